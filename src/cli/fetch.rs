//! `samehand fetch`

use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::fetch::Cache;
use crate::fetch::FetchOptions;
use crate::fetch::Outcome;
use crate::fetch::fetch;
use crate::intake;
use crate::model::RepositoryUrl;
use std::collections::BTreeSet;
use std::path::PathBuf;
use std::time::Duration;

/// Fetch public repositories into a cache, for later scans to read offline
///
/// Addresses are github:OWNER/NAME or https://…. This is the only command that uses the network; it needs git. All
/// branches are fetched with their whole history, without the contents of files but for small ones at the tip.
///
/// Exit codes: 0 all are in the cache; 3 some could not be fetched; 2 usage; 1 the run failed.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Addresses of repositories
    #[arg(value_name = "ADDRESS")]
    addresses: Vec<String>,

    /// Also fetch what the column `repos` of this manifest, or of the one in this folder, names; repeatable
    #[arg(long, value_name = "FILE", help_heading = "Source")]
    manifest: Vec<PathBuf>,

    /// Folder of the cache, made where there is none; hand it to `samehand scan --cache`
    #[arg(long, value_name = "DIR", required = true, help_heading = "Cache")]
    cache: PathBuf,

    /// Fetch again what is in the cache
    #[arg(long, help_heading = "Cache")]
    refresh: bool,

    /// Leave out the contents of files: no code is compared then, and no identifier found in it
    #[arg(long, help_heading = "Limits")]
    no_files: bool,

    /// Most disk space of one repository, in MB [default: 1000; ordinary ones take 1 to 20]
    #[arg(
        long,
        value_name = "MB",
        default_value_t = 1000,
        hide_default_value = true,
        help_heading = "Limits"
    )]
    max_size: u64,

    /// Longest time for one repository, in seconds [default: 300; ordinary ones take 1 to 10]
    #[arg(
        long,
        value_name = "SECONDS",
        default_value_t = 300,
        hide_default_value = true,
        help_heading = "Limits"
    )]
    max_time: u64,

    /// Also fetch from addresses of this machine and of local networks, such as a company's own forge
    #[arg(long, help_heading = "Limits")]
    local: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let mut all_well = true;
    let mut urls = BTreeSet::new();
    for written in &args.addresses {
        let url = RepositoryUrl::parse(written).map_err(|e| usage(format!("{written}: {e}")))?;
        urls.insert(url);
    }
    if !args.manifest.is_empty() {
        let pool = intake::open(&args.manifest)?;
        urls.extend(pool.addresses);
    }
    if urls.is_empty() {
        return Err(usage(
            "no address to fetch: name some, or a --manifest whose column `repos` does",
        ));
    }
    let mut cache = Cache::open(&args.cache)?;
    let options = FetchOptions {
        size: args.max_size << 20,
        time: Duration::from_secs(args.max_time),
        files: !args.no_files,
        refresh: args.refresh,
        local: args.local,
        now: jiff::Timestamp::now()
            .strftime("%Y-%m-%dT%H:%M:%SZ")
            .to_string(),
    };
    for url in &urls {
        match fetch(url, &mut cache, &options) {
            Ok(Outcome::New) => terminal::tell(&format!("{url}: fetched")),
            Ok(Outcome::Kept) => terminal::tell(&format!("{url}: in the cache already")),
            Err(e) => {
                all_well = false;
                terminal::tell(&format!("{url}: {e}"));
            }
        }
    }
    Ok(if all_well {
        Status::Finished
    } else {
        Status::Problems
    })
}
