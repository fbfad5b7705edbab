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

use crate::intake::Copies;
use crate::intake::IntakeError;
use crate::intake::listing::Listing;
use crate::intake::pool::Opened;
use crate::intake::walk;
use crate::model::{ApplicantId, Effect};
use entry::Reader;
use row::Rows;
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::rc::Rc;

/// Size of the largest manifest that is read, bytes: at a few hundred bytes a row, about a million applicants.
const LARGEST: u64 = 256 << 20;

/// What a row is read against.
#[derive(Debug)]
pub(in crate::intake::manifest) struct Place {
    /// How reports name the manifest.
    pub shown: String,
    /// Its folder, canonical; the one that holds the archive, where it stands in one.
    pub root: PathBuf,
    /// The archive it stands in.
    pub archive: Option<Inside>,
    /// Copies of repositories that rows name by address.
    pub copies: Rc<Copies>,
}

/// A folder of an archive.
#[derive(Debug)]
pub(in crate::intake) struct Inside {
    /// What the archive holds.
    pub listing: Rc<Listing>,
    /// The folder, empty for the archive itself.
    pub folder: String,
    /// What stands before the names of its files in reports.
    pub prefix: String,
}

/// Reads a manifest and what its rows name.
pub(in crate::intake) fn open(path: &Path, copies: &Rc<Copies>) -> Result<Opened, IntakeError> {
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
        archive: None,
        copies: Rc::clone(copies),
    };
    take(&mut opened, place, parse, bytes);
    Ok(opened)
}

/// A pool of one row, whose files lie in `root`, and where that row stands.
fn one_row(root: &Path, shown: &str) -> Result<(Opened, Place), IntakeError> {
    let opened = open_empty(root)?;
    let place = Place {
        shown: shown.into(),
        root: opened.root.clone(),
        archive: None,
        copies: Rc::new(Copies::new()),
    };
    Ok((opened, place))
}

/// Reads one row in JSON, whose paths stand in `root`.
pub(in crate::intake) fn open_row(
    json: &str,
    root: &Path,
    shown: &str,
) -> Result<Opened, IntakeError> {
    let (mut opened, place) = one_row(root, shown)?;
    take(
        &mut opened,
        place,
        json_rows::parse,
        json.as_bytes().to_vec(),
    );
    Ok(opened)
}

/// Reads one row in JSON whose files came with it.
pub(in crate::intake) fn open_files(
    json: &str,
    folder: &Path,
    files: &[(String, PathBuf)],
    shown: &str,
) -> Result<Opened, IntakeError> {
    let (mut opened, place) = one_row(folder, shown)?;
    let bytes = json.as_bytes().to_vec();
    let mut rows = json_rows::parse(&place, &bytes);
    rows.refuse_paths(&place);
    let mut handed = walk::Found::default();
    for (name, path) in files {
        // A file stands in a folder of its own making: there is no link that could leave it.
        let root = path.parent().map_or_else(|| path.clone(), walk::canonical);
        let found = walk::collect(&root, path, name);
        handed.sources.extend(found.sources);
        handed.problems.extend(found.problems);
    }
    gather(&mut opened, Reader::with_files(&place, handed), rows);
    opened.manifests.push((place.shown, bytes));
    Ok(opened)
}

fn open_empty(root: &Path) -> Result<Opened, IntakeError> {
    std::fs::read_dir(root).map_err(|e| IntakeError::unreadable(root, walk::reason(&e)))?;
    Ok(Opened::new(root))
}

fn take(opened: &mut Opened, place: Place, parse: Parser, bytes: Vec<u8>) {
    let rows = parse(&place, &bytes);
    gather(opened, Reader::new(&place), rows);
    opened.manifests.push((place.shown, bytes));
}

fn gather(opened: &mut Opened, mut reader: Reader<'_>, rows: Rows) {
    reader.read(rows);
    opened.entries.extend(reader.entries);
    opened.problems.extend(reader.problems);
    opened.addresses.extend(reader.addresses);
}

/// Reads the manifest `name` of an archive, whose rows name files in a folder of it.
pub(in crate::intake) fn open_inside(
    opened: &mut Opened,
    inside: Inside,
    name: &str,
    archive: &str,
    copies: &Rc<Copies>,
) {
    let prefix = inside.prefix.clone();
    let refuse = |why: String| walk::problem(format!("{archive}: {name}"), why, Effect::NotRead);
    let read = inside.listing.bytes(name, LARGEST).and_then(|bytes| {
        let parse = parser_for(Path::new(name)).map_err(|e| e.to_string())?;
        Ok((bytes, parse))
    });
    let (bytes, parse) = match read {
        Ok(read) => read,
        Err(why) => return opened.problems.push(refuse(why)),
    };
    let first = opened.entries.len();
    let place = Place {
        shown: format!("{prefix}{}", walk::shown_name(Path::new(name))),
        root: opened.root.clone(),
        archive: Some(inside),
        copies: Rc::clone(copies),
    };
    take(opened, place, parse, bytes);
    for entry in &mut opened.entries[first..] {
        entry.id = ApplicantId::new(format!("{prefix}{}", entry.id));
    }
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
        "gz" | "tar" | "7z" => Err(IntakeError::not_a_pool(
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
