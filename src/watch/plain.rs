//! Plain CSV: `type,value,source,first_seen,note`, in any order, all but the first two optional.
//!
//! A hashed list has `type,hmac` instead of the value (see `samehand watchlist hash`); the two cannot be mixed in one file.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::tables::meaning;
use csv::StringRecord;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "CSV",
    recognises,
    read,
};

/// Column of keyed hashes.
const HASHED: &str = "hmac";

fn head(text: &str) -> Vec<String> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader.headers().cloned().unwrap_or_default();
    head.iter().map(|c| c.trim().to_ascii_lowercase()).collect()
}

fn recognises(text: &str) -> bool {
    let head = head(text);
    let has = |name: &str| head.iter().any(|c| c == name);
    has("type") && (has("value") || has(HASHED))
}

fn read(text: &str) -> Result<Parsed, Fault> {
    let head = head(text);
    let column = |name: &str| head.iter().position(|c| c == name);
    let hashed = column("value").is_none();
    let columns = Columns {
        kind: column("type").unwrap_or(0),
        value: column("value").or(column(HASHED)).unwrap_or(1),
        source: column("source"),
        first_seen: column("first_seen"),
        note: column("note"),
    };
    let mut parsed = Parsed {
        hashed,
        ..Parsed::default()
    };
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    for record in reader.records() {
        let record = record
            .map_err(|e| Fault::new(fault_line(&e), "the columns do not match the first line"))?;
        columns.take(&record, &mut parsed)?;
    }
    Ok(parsed)
}

/// The line that a CSV error names.
pub(in crate::watch) fn fault_line(error: &csv::Error) -> u64 {
    error.position().map_or(1, csv::Position::line)
}

struct Columns {
    kind: usize,
    value: usize,
    source: Option<usize>,
    first_seen: Option<usize>,
    note: Option<usize>,
}

impl Columns {
    fn take(&self, record: &StringRecord, parsed: &mut Parsed) -> Result<(), Fault> {
        let line = record.position().map_or(1, csv::Position::line);
        let field = |at: Option<usize>| at.and_then(|i| record.get(i)).unwrap_or_default().trim();
        let (word, value) = (field(Some(self.kind)), field(Some(self.value)));
        if value.is_empty() {
            return Err(Fault::new(line, "no value"));
        }
        let Some(meaning) = meaning(word) else {
            return Err(Fault::new(
                line,
                format!(
                    "unknown type {word:?}: email, phone, url, wallet, github, gitlab, bitbucket, linkedin, telegram, x or name"
                ),
            ));
        };
        let Some((kind, written)) = meaning.entry(value) else {
            parsed.num_names += 1;
            return Ok(());
        };
        let value = if parsed.hashed {
            value.to_ascii_lowercase()
        } else {
            written
        };
        if parsed.hashed && !(value.len() == 64 && value.bytes().all(|b| b.is_ascii_hexdigit())) {
            return Err(Fault::new(line, "not a keyed hash of 64 hex digits"));
        }
        let first_seen = field(self.first_seen);
        parsed.entries.push(WatchEntry {
            kind,
            value,
            source: field(self.source).into(),
            first_seen: (!first_seen.is_empty()).then(|| first_seen.into()),
            note: field(self.note).into(),
            line,
        });
        Ok(())
    }
}
