//! `samehand watchlist`

use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::pipeline::{keyed_hash, normal, word};
use crate::watch::{self, WatchList};
use anyhow::Context;
use clap::Subcommand;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// Check a watch list, or turn it into keyed hashes that can be shared
///
/// Lists are read as CSV with the columns type and value, OFAC SDN (XML or CSV), OpenSanctions targets.simple.csv, STIX 2.1
/// bundles and MISP events. Names in them are never compared.
#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Check(Check),
    Hash(Hash),
}

/// Say what a list holds and whether all of it can be used
#[derive(Debug, clap::Args)]
struct Check {
    /// Watch lists
    #[arg(required = true, value_name = "FILE")]
    lists: Vec<PathBuf>,
}

/// Print a list as keyed hashes, for partners who share the key
///
/// Only who has the key can test an identifier against the result, one at a time. Whoever has the key can also try out
/// every phone number there is: share it with partners whom you would show the list itself.
#[derive(Debug, clap::Args)]
struct Hash {
    /// A watch list
    #[arg(value_name = "FILE")]
    list: PathBuf,

    /// File that holds the key, at least 16 bytes; a line end behind it does not count
    #[arg(long, value_name = "FILE")]
    key: PathBuf,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    match &args.command {
        Command::Check(args) => {
            for path in &args.lists {
                print(&described(&watch::read(path)?))?;
            }
        }
        Command::Hash(args) => {
            let key = read_key(&args.key)?;
            print(&hashed(&watch::read(&args.list)?, &key)?)?;
        }
    }
    Ok(Status::Finished)
}

fn print(text: &str) -> anyhow::Result<()> {
    terminal::to_stdout(|out| out.write_all(text.as_bytes()))
}

/// The key in a file.
///
/// # Errors
/// When it cannot be read or is too short to be secret.
pub(in crate::cli) fn read_key(path: &Path) -> anyhow::Result<Vec<u8>> {
    let key = fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    let end = key
        .iter()
        .rposition(|b| !b"\r\n".contains(b))
        .map_or(0, |i| i + 1);
    if end < 16 {
        return Err(usage(format!(
            "the key in {} is shorter than 16 bytes",
            path.display()
        )));
    }
    Ok(key[..end].to_vec())
}

fn described(list: &WatchList) -> String {
    let unusable: Vec<u64> = if list.hashed {
        Vec::new()
    } else {
        let broken = list.entries.iter().filter(|e| normal(e).is_none());
        broken.map(|e| e.line).collect()
    };
    let mut text = format!(
        "{}: {}{}, {} identifiers, {} names left alone, {} other values\n",
        list.name,
        list.format,
        if list.hashed { ", hashed" } else { "" },
        list.entries.len(),
        list.num_names,
        list.num_other
    );
    for line in unusable {
        text.push_str(&format!(
            "  line {line}: not an identifier of its kind (a phone number needs its country code, a wallet its checksum)\n"
        ));
    }
    text
}

fn hashed(list: &WatchList, key: &[u8]) -> anyhow::Result<String> {
    if list.hashed {
        return Err(usage(format!("{} is hashed already", list.name)));
    }
    let mut rows = BTreeSet::new();
    for entry in &list.entries {
        if let Some((kind, value)) = normal(entry) {
            let seen = entry.first_seen.clone().unwrap_or_default();
            rows.insert((word(kind), keyed_hash(key, kind, &value), seen));
        }
    }
    let mut out = String::from("type,hmac,first_seen\n");
    for (kind, hash, seen) in rows {
        // A date of the list may hold anything; only what is one goes on.
        let seen: String = seen
            .chars()
            .filter(|c| c.is_ascii_alphanumeric() || "-:.+".contains(*c))
            .collect();
        out.push_str(&format!("{kind},{hash},{seen}\n"));
    }
    Ok(out)
}
