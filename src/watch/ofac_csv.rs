//! OFAC's list of specially designated nationals as `sdn.csv`: twelve columns without a head, identifiers in the remarks.
//!
//! The remarks are phrases that end in `.` or `;`: "Digital Currency Address - XBT 1abc…; Email Address a@b.c". `-0-` stands
//! for "none". The published file ends with a control-Z.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::WatchKind;
use crate::watch::plain::fault_line;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "OFAC SDN (CSV)",
    recognises,
    read,
};

const COLUMNS: usize = 12;
const REMARKS: usize = 11;

/// What introduces an identifier in the remarks or in an `idType`.
const PHRASES: &[(&str, WatchKind)] = &[
    ("Digital Currency Address", WatchKind::Wallet),
    ("Email Address", WatchKind::Email),
    ("Phone Number", WatchKind::Phone),
    ("Website", WatchKind::Account),
];

/// The kind that OFAC's name of an identifier stands for.
pub(in crate::watch) fn kind_of(phrase: &str) -> Option<WatchKind> {
    PHRASES
        .iter()
        .find(|(start, _)| phrase.starts_with(start))
        .map(|(_, kind)| *kind)
}

fn recognises(text: &str) -> bool {
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let first = reader.records().next();
    first.is_some_and(|r| {
        r.is_ok_and(|r| {
            r.len() == COLUMNS
                && r[0].trim().parse::<u64>().is_ok()
                && r.iter().any(|f| f.trim() == "-0-")
        })
    })
}

fn read(text: &str) -> Result<Parsed, Fault> {
    let text = text.trim_end_matches(['\u{1a}', '\r', '\n']);
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut parsed = Parsed::default();
    for record in reader.records() {
        let record = record.map_err(|e| Fault::new(fault_line(&e), "not twelve columns"))?;
        let line = record.position().map_or(1, csv::Position::line);
        if record.len() != COLUMNS {
            return Err(Fault::new(line, "not twelve columns"));
        }
        parsed.num_names += 1;
        for part in record[REMARKS].split(';') {
            let part = part.trim().trim_end_matches('.');
            let part = part.strip_prefix("alt. ").unwrap_or(part);
            let Some(kind) = kind_of(part) else {
                parsed.num_other += u64::from(!part.is_empty() && part != "-0-");
                continue;
            };
            // "Digital Currency Address - XBT 1abc": the value is the last word; a phone number may hold blanks.
            let value = match kind {
                WatchKind::Phone => part.trim_start_matches("Phone Number"),
                _ => part.rsplit(' ').next().unwrap_or_default(),
            };
            parsed.entries.push(WatchEntry {
                kind,
                value: value.trim().into(),
                source: "OFAC SDN".into(),
                first_seen: None,
                note: format!("SDN {}", record[0].trim()),
                line,
            });
        }
    }
    Ok(parsed)
}
