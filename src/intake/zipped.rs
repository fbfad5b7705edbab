//! A pool in a zip, as applicant-tracking systems export it: one folder or one file per applicant inside, or a manifest.
//! An archive that lies in a pool folder is a pool of its own; one that lies in an applicant's folder is the applicant's.

use crate::intake::folder::NOT_APPLICANTS;
use crate::intake::listing::Listing;
use crate::intake::manifest;
use crate::intake::pool::MANIFESTS;
use crate::intake::pool::Opened;
use crate::intake::walk;
use crate::intake::{Copies, Entry, IntakeError};
use crate::model::{ApplicantId, Claims, Effect};
use std::path::Path;
use std::rc::Rc;

/// Of one repository no pool can be made.
const NOT_A_POOL: &str = "it is a repository; hand in the folder that holds it";

/// Opens an archive that was handed in.
pub(in crate::intake) fn open(path: &Path, copies: &Rc<Copies>) -> Result<Opened, IntakeError> {
    let listing = Listing::open(path).map_err(|e| IntakeError::unreadable(path, e))?;
    if listing.is_repository() {
        return Err(IntakeError::not_a_pool(path, NOT_A_POOL));
    }
    let whole = walk::canonical(path);
    let mut opened = Opened::new(whole.parent().unwrap_or(&whole));
    opened.key = whole;
    let root = listing.root().to_string();
    let shown = walk::shown_name(path);
    read(&mut opened, listing, &root, ("", &shown), copies);
    Ok(opened)
}

/// Adds the applicants of an archive that lies in a pool folder; `shown` is how reports name it.
pub(in crate::intake) fn add(opened: &mut Opened, path: &Path, shown: &str, copies: &Rc<Copies>) {
    match Listing::open(path) {
        Err(why) => opened
            .problems
            .push(walk::problem(shown, why, Effect::NotRead)),
        Ok(listing) => {
            if listing.is_repository() {
                return of_one(opened, &listing, shown);
            }
            // One folder of files is one applicant; one that holds folders or a manifest was packed as a whole.
            let root = listing.root();
            let is_pool = listing.has_folders(root) || own_manifest(&listing, root).is_some();
            let root = if is_pool {
                root.to_string()
            } else {
                String::new()
            };
            let prefix = format!("{shown}/");
            read(opened, listing, &root, (&prefix, shown), copies);
        }
    }
}

/// An archive that is a repository, as a whole or in one folder: an applicant of its own, like a repository's folder.
fn of_one(opened: &mut Opened, listing: &Listing, shown: &str) {
    let found = listing.collect("", shown);
    opened.problems.extend(listing.strays(shown));
    opened.problems.extend(found.problems);
    opened.entries.push(Entry {
        id: ApplicantId::new(shown),
        name: None,
        claims: Claims::default(),
        row: None,
        sources: found.sources,
    });
}

fn own_manifest(listing: &Listing, root: &str) -> Option<String> {
    let names = MANIFESTS.iter().map(|name| join(root, name));
    names.into_iter().find(|name| listing.has(name))
}

fn join(folder: &str, name: &str) -> String {
    if folder.is_empty() {
        name.into()
    } else {
        format!("{folder}/{name}")
    }
}

/// `prefix` stands before ids and paths; `shown` is the archive itself.
fn read(
    opened: &mut Opened,
    listing: Listing,
    root: &str,
    (prefix, shown): (&str, &str),
    copies: &Rc<Copies>,
) {
    opened.problems.extend(listing.strays(shown));
    if let Some(manifest) = own_manifest(&listing, root) {
        let inside = manifest::Inside {
            listing: Rc::new(listing),
            folder: root.into(),
            prefix: prefix.into(),
        };
        return manifest::open_inside(opened, inside, &manifest, shown, copies);
    }
    let mut found_any = false;
    for name in listing.children(root) {
        if walk::is_clutter(&name) || NOT_APPLICANTS.contains(&name.as_str()) {
            continue;
        }
        let id = format!("{prefix}{}", walk::printable(&name));
        let found = listing.collect(&join(root, &name), &id);
        found_any |= !found.sources.is_empty() || !found.problems.is_empty();
        opened.problems.extend(found.problems);
        if !found.sources.is_empty() {
            opened.entries.push(Entry {
                id: ApplicantId::new(id),
                name: None,
                claims: Claims::default(),
                row: None,
                sources: found.sources,
            });
        }
    }
    if !found_any {
        let message = "an empty archive: nothing to read";
        opened
            .problems
            .push(walk::problem(shown, message, Effect::NotUsed));
    }
}

#[cfg(test)]
mod tests;
