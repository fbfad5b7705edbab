//! A manifest: one row per applicant, in CSV or JSON lines. The rules stand in `docs/manifest.md`.
//!
//! A row that cannot be used, or a field of it, is a problem that names line and column; the rest of the row and every
//! other row are used all the same.

mod column;
mod csv_rows;
mod decode;
mod entry;
mod json_rows;
mod paths;
mod row;

use crate::intake::IntakeError;
use crate::intake::pool::Opened;
use crate::intake::walk;
use entry::Reader;
use row::Rows;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

/// Size of the largest manifest that is read, bytes: at a few hundred bytes a row, about a million applicants.
const LARGEST: u64 = 256 << 20;

/// What a row is read against.
#[derive(Debug)]
pub(in crate::intake::manifest) struct Place {
    /// How reports name the manifest.
    pub shown: String,
    /// Its folder, canonical.
    pub root: PathBuf,
}

/// Reads a manifest and what its rows name.
pub(in crate::intake) fn open(path: &Path) -> Result<Opened, IntakeError> {
    let parse = parser_for(path)?;
    let bytes = read(path)?;
    let whole = walk::canonical(path);
    let folder = match path.parent() {
        Some(parent) if parent != Path::new("") => walk::canonical(parent),
        _ => walk::canonical(Path::new(".")),
    };
    let mut opened = Opened::new(&folder);
    opened.key = whole;
    let place = Place {
        shown: walk::shown_name(path),
        root: opened.root.clone(),
    };
    let rows = parse(&place, &bytes);
    let mut reader = Reader::new(&place);
    reader.read(rows);
    opened.entries = reader.entries;
    opened.problems = reader.problems;
    opened.manifests = vec![(place.shown, bytes)];
    Ok(opened)
}

type Parser = fn(&Place, &[u8]) -> Rows;

fn parser_for(path: &Path) -> Result<Parser, IntakeError> {
    let extension = path
        .extension()
        .map(|x| x.to_string_lossy().to_ascii_lowercase())
        .unwrap_or_default();
    match extension.as_str() {
        "csv" | "tsv" => Ok(csv_rows::parse),
        "jsonl" | "ndjson" => Ok(json_rows::parse),
        "xls" | "xlsx" | "ods" => Err(IntakeError::not_a_pool(
            path,
            "it is a spreadsheet; save it as CSV",
        )),
        "zip" | "gz" | "tar" | "7z" => Err(IntakeError::not_a_pool(
            path,
            "it is an archive; unpack it first",
        )),
        _ => Err(IntakeError::not_a_pool(
            path,
            "hand in the folder that holds the applications, or a manifest (.csv, .jsonl)",
        )),
    }
}

fn read(path: &Path) -> Result<Vec<u8>, IntakeError> {
    let unreadable = |e: std::io::Error| IntakeError::unreadable(path, walk::reason(&e));
    let mut bytes = Vec::new();
    fs::File::open(path)
        .map_err(unreadable)?
        .take(LARGEST + 1)
        .read_to_end(&mut bytes)
        .map_err(unreadable)?;
    if bytes.len() as u64 > LARGEST {
        return Err(IntakeError::unreadable(path, "larger than 256 MiB"));
    }
    Ok(bytes)
}

#[cfg(test)]
mod tests;
