//! A folder with one folder or one file per applicant; the name of the folder or file is the applicant's id.

use crate::intake::listing;
use crate::intake::pool::Opened;
use crate::intake::walk;
use crate::intake::zipped;
use crate::intake::{Copies, Entry, IntakeError};
use crate::model::{ApplicantId, Claims, Effect};
use std::fs;
use std::path::Path;
use std::rc::Rc;

/// Files of a pool that are not applicants: a manifest that was not chosen, and the notes of a test corpus.
pub(in crate::intake) const NOT_APPLICANTS: [&str; 3] =
    ["manifest.csv", "manifest.jsonl", "case.toml"];

/// Reads a folder in which everything is an applicant.
pub(in crate::intake) fn open(dir: &Path, copies: &Rc<Copies>) -> Result<Opened, IntakeError> {
    let mut opened = Opened::new(dir);
    let entries = fs::read_dir(dir).map_err(|e| IntakeError::unreadable(dir, walk::reason(&e)))?;
    let mut names = Vec::new();
    for entry in entries {
        names.push(
            entry
                .map_err(|e| IntakeError::unreadable(dir, walk::reason(&e)))?
                .path(),
        );
    }
    names.sort();
    for path in names {
        let name = walk::shown_name(&path);
        if !walk::is_clutter(&name) && !NOT_APPLICANTS.contains(&name.as_str()) {
            // A link is followed, or refused, like any other.
            if !path.is_symlink() && listing::is_archive(&path) {
                zipped::add(&mut opened, &path, &name, copies);
            } else {
                add(&mut opened, &path, name);
            }
        }
    }
    Ok(opened)
}

/// Reads a file, folder or repository as one applicant.
pub(in crate::intake) fn open_applicant(path: &Path) -> Result<Opened, IntakeError> {
    let whole =
        fs::canonicalize(path).map_err(|e| IntakeError::unreadable(path, walk::reason(&e)))?;
    let mut opened = Opened::new(whole.parent().unwrap_or(&whole));
    opened.key.clone_from(&whole);
    add(&mut opened, &whole, walk::shown_name(&whole));
    Ok(opened)
}

fn add(opened: &mut Opened, path: &Path, name: String) {
    let found = walk::collect(&opened.root, path, &name);
    let nothing = found.sources.is_empty() && found.problems.is_empty();
    opened.problems.extend(found.problems);
    if nothing {
        opened.problems.push(walk::problem(
            &name,
            "an empty folder: nothing to read",
            Effect::NotUsed,
        ));
    }
    if !found.sources.is_empty() {
        opened.entries.push(Entry {
            id: ApplicantId::new(name),
            name: None,
            claims: Claims::default(),
            row: None,
            sources: found.sources,
        });
    }
}
