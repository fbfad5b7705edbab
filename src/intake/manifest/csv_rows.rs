//! CSV to rows: delimiter `,` `;` or tab, told by the header; quoting as in RFC 4180.

use crate::intake::manifest::Place;
use crate::intake::manifest::column::Column;
use crate::intake::manifest::decode;
use crate::intake::manifest::row::{Cell, Row, Rows};
use csv::{ReaderBuilder, StringRecord};
use std::collections::BTreeSet;

/// Parses a manifest in CSV.
pub(in crate::intake::manifest) fn parse(place: &Place, bytes: &[u8]) -> Rows {
    let text = decode::text(bytes);
    let (delimiter, start) = dialect(&text);
    let mut lines = Lines {
        text: &text,
        at: 0,
        line: 1,
    };
    let mut rows = Rows::default();
    let mut reader = ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(&text.as_bytes()[start..]);
    let mut header: Option<Vec<String>> = None;
    let mut record = StringRecord::new();
    loop {
        let begin = start + reader.position().byte() as usize;
        let line = lines.line_of(begin);
        match reader.read_record(&mut record) {
            Ok(false) => break,
            Err(e) => {
                rows.problems
                    .push(place.at_line(line, format!("not readable as CSV: {e}")));
                continue;
            }
            Ok(true) => {}
        }
        let end = start + reader.position().byte() as usize;
        if runs_to_the_end(&text, begin, end, &record) {
            rows.problems
                .push(place.at_line(line, "a quoted field that begins here is never closed"));
            break;
        }
        match &header {
            None => {
                let names: Vec<String> = record.iter().map(String::from).collect();
                check_header(place, line, &names, &mut rows);
                header = Some(names);
            }
            Some(names) => add(place, line, names, &record, &mut rows),
        }
    }
    if header.is_none() {
        rows.problems
            .push(place.at_line(1, "the manifest is empty"));
    }
    rows
}

fn check_header(place: &Place, line: u32, names: &[String], rows: &mut Rows) {
    let known: Vec<Column> = names.iter().filter_map(|n| Column::from_name(n)).collect();
    if !known.contains(&Column::Id) {
        rows.problems
            .push(place.at_line(line, "there is no column `id`"));
    }
    let mut seen = BTreeSet::new();
    for (name, column) in names
        .iter()
        .filter_map(|n| Some((n, Column::from_name(n)?)))
    {
        if !seen.insert(column) && !column.is_list() {
            let message = "a second column of this meaning; the first that is filled is used";
            rows.problems
                .push(place.at(line, name.trim(), message, crate::model::Effect::NotUsed));
        }
    }
}

fn add(place: &Place, line: u32, names: &[String], record: &StringRecord, rows: &mut Rows) {
    let beyond = record
        .iter()
        .skip(names.len())
        .filter(|v| !v.trim().is_empty())
        .count();
    if beyond > 0 {
        let message = format!("{beyond} more fields than the header has; they are not used");
        rows.problems.push(place.at_line(line, message));
    }
    let cells: Vec<Cell> = names
        .iter()
        .zip(record)
        .filter_map(|(name, text)| Cell::from_text(name, text))
        .collect();
    if !cells.is_empty() {
        rows.rows.push(Row { line, cells });
    }
}

/// The delimiter, and where the header begins: behind a line `sep=;`, which spreadsheet programs write and obey.
fn dialect(text: &str) -> (u8, usize) {
    let first = text.lines().next().unwrap_or_default();
    let declared = first
        .strip_prefix("sep=")
        .and_then(|rest| match rest.as_bytes() {
            [d @ (b',' | b';' | b'\t')] => Some(*d),
            _ => None,
        });
    if let Some(delimiter) = declared {
        let start = text.find('\n').map_or(text.len(), |at| at + 1);
        return (delimiter, start);
    }
    let header = text
        .lines()
        .find(|l| !l.trim().is_empty())
        .unwrap_or_default();
    // The delimiter that makes most columns known; then the one that makes most columns; then the comma.
    let worth = |d: u8| {
        let names: Vec<&str> = header
            .split(d as char)
            .map(|n| n.trim().trim_matches('"'))
            .collect();
        (
            names
                .iter()
                .filter(|n| Column::from_name(n).is_some())
                .count(),
            names.len(),
        )
    };
    let best = [b'\t', b';', b','].into_iter().max_by_key(|d| worth(*d));
    (best.unwrap_or(b','), 0)
}

/// Whether a record swallowed the rest of the file because a quote in it is never closed.
fn runs_to_the_end(text: &str, begin: usize, end: usize, record: &StringRecord) -> bool {
    end >= text.len()
        && record.iter().any(|field| field.contains('\n'))
        && text.as_bytes()[begin..]
            .iter()
            .filter(|b| **b == b'"')
            .count()
            % 2
            == 1
}

/// Line numbers of growing byte offsets, counted once over the whole text.
struct Lines<'a> {
    text: &'a str,
    at: usize,
    line: u32,
}

impl Lines<'_> {
    /// The line on which the first record at or behind `offset` begins: blank lines before it are passed over.
    fn line_of(&mut self, offset: usize) -> u32 {
        let bytes = self.text.as_bytes();
        while let Some(&byte) = bytes.get(self.at) {
            if self.at >= offset && byte != b'\n' && byte != b'\r' {
                break;
            }
            self.line += u32::from(byte == b'\n');
            self.at += 1;
        }
        self.line
    }
}
