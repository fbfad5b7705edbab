//! Watch lists: identifiers that somebody else has seen before, read from the formats in which such lists are exchanged.
//!
//! Only strong identifiers are taken (e-mail, phone, account, wallet); names in a list are counted and left alone, because
//! a name ties a list to everybody who bears it. Values are kept as they are written: bringing them into normal form is
//! the business of whoever compares them. One format is one file and one line in [`FORMATS`], told by content.
//!
//! A list that cannot be read whole is an error and not a shorter list: a scan must not start half-armed.

mod misp;
mod ofac_csv;
mod ofac_xml;
mod opensanctions;
mod plain;
mod stix;
mod tables;

use crate::model::Digest;
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// The largest list that is read. The OFAC list of specially designated nationals has 30 MB, OpenSanctions' targets 400 MB.
const MAX_BYTES: u64 = 1 << 30;

/// What kind of identifier an entry names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WatchKind {
    /// An e-mail address.
    Email,
    /// A phone number.
    Phone,
    /// A profile: its URL, or what makes one (see [`WatchEntry::value`]).
    Account,
    /// A wallet address.
    Wallet,
}

/// One identifier of a list.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct WatchEntry {
    /// Its kind.
    pub kind: WatchKind,
    /// As written in the list; an account without a URL is written as `https://site/login`. In a hashed list 64 hex digits.
    pub value: String,
    /// Who listed it: the list's own name for the entry's origin.
    pub source: String,
    /// When it was first listed or seen, as written.
    pub first_seen: Option<String>,
    /// The entry it belongs to: an id or a short note of the list.
    pub note: String,
    /// 1-based line where the entry starts.
    pub line: u64,
}

/// A list, read whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WatchList {
    /// File name without its folder.
    pub name: String,
    /// Name of the format.
    pub format: &'static str,
    /// Digest of the bytes.
    pub sha256: Digest,
    /// Its identifiers, sorted, each once.
    pub entries: Vec<WatchEntry>,
    /// Values are keyed hashes: only who has the key can compare.
    pub hashed: bool,
    /// Names that were left alone on purpose.
    pub num_names: u64,
    /// Other values that are no identifier of a known kind.
    pub num_other: u64,
}

/// A list that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum WatchError {
    /// The file cannot be read.
    #[error("watch list {list}: {source}")]
    Io {
        /// The file.
        list: String,
        /// Why.
        source: std::io::Error,
    },
    /// It is larger than the limit.
    #[error("watch list {list}: larger than the limit of {} MB", MAX_BYTES >> 20)]
    TooLarge {
        /// The file.
        list: String,
    },
    /// No known format.
    #[error(
        "watch list {list}: not a format this program reads (CSV with the columns type and value, OFAC SDN as XML or CSV, \
         OpenSanctions targets.simple.csv, STIX 2.1 bundle, MISP event)"
    )]
    Unknown {
        /// The file.
        list: String,
    },
    /// Something in it is broken.
    #[error("watch list {list}, line {line}: {reason}")]
    Broken {
        /// The file.
        list: String,
        /// 1-based line.
        line: u64,
        /// What is wrong.
        reason: String,
    },
}

/// What a format made of the bytes.
#[derive(Debug, Default)]
struct Parsed {
    entries: Vec<WatchEntry>,
    hashed: bool,
    num_names: u64,
    num_other: u64,
}

/// Where and why a list is broken.
#[derive(Debug, PartialEq, Eq)]
struct Fault {
    line: u64,
    reason: String,
}

impl Fault {
    fn new(line: u64, reason: impl Into<String>) -> Self {
        Self {
            line,
            reason: reason.into(),
        }
    }
}

/// A format of watch lists.
struct Format {
    name: &'static str,
    recognises: fn(&str) -> bool,
    read: fn(&str) -> Result<Parsed, Fault>,
}

/// Every format, asked in this order.
static FORMATS: &[&Format] = &[
    &ofac_xml::FORMAT,
    &stix::FORMAT,
    &misp::FORMAT,
    &opensanctions::FORMAT,
    &plain::FORMAT,
    &ofac_csv::FORMAT,
];

/// Reads a list.
///
/// # Errors
/// When the file cannot be read, is of no known format, or anything in it is broken.
pub fn read(path: &Path) -> Result<WatchList, WatchError> {
    let list = path.display().to_string();
    let name = path
        .file_name()
        .map_or_else(|| list.clone(), |name| name.to_string_lossy().into_owned());
    let mut bytes = Vec::new();
    let read = File::open(path).and_then(|f| f.take(MAX_BYTES + 1).read_to_end(&mut bytes));
    if let Err(source) = read {
        return Err(WatchError::Io { list, source });
    }
    if bytes.len() as u64 > MAX_BYTES {
        return Err(WatchError::TooLarge { list });
    }
    parse(&name, &list, &bytes)
}

fn parse(name: &str, list: &str, bytes: &[u8]) -> Result<WatchList, WatchError> {
    let broken = |fault: Fault| WatchError::Broken {
        list: list.into(),
        line: fault.line,
        reason: fault.reason,
    };
    let text = std::str::from_utf8(bytes).map_err(|e| {
        broken(Fault::new(
            line_at(&bytes[..e.valid_up_to()]),
            "not UTF-8 text",
        ))
    })?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let format = FORMATS
        .iter()
        .find(|f| (f.recognises)(text))
        .ok_or_else(|| WatchError::Unknown { list: list.into() })?;
    let mut parsed = (format.read)(text).map_err(broken)?;
    parsed.entries.sort();
    parsed.entries.dedup_by(|a, b| {
        (a.kind, &a.value, &a.source, &a.note) == (b.kind, &b.value, &b.source, &b.note)
    });
    Ok(WatchList {
        name: name.into(),
        format: format.name,
        sha256: Digest(
            Sha256::digest(bytes)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
        ),
        entries: parsed.entries,
        hashed: parsed.hashed,
        num_names: parsed.num_names,
        num_other: parsed.num_other,
    })
}

/// 1-based line of the byte after `before`.
fn line_at(before: &[u8]) -> u64 {
    before.iter().filter(|&&b| b == b'\n').count() as u64 + 1
}

#[cfg(test)]
mod tests;
