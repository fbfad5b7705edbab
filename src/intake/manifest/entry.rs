//! Rows to applicants.

use crate::identity::DisplayName;
use crate::intake::Entry;
use crate::intake::Source;
use crate::intake::manifest::Place;
use crate::intake::manifest::column::Column;
use crate::intake::manifest::paths::{self, Wanted};
use crate::intake::manifest::row::{Cell, Row, Rows};
use crate::intake::walk::{self, Found};
use crate::model::{ApplicantId, Claims, Effect, Problem, RepositoryUrl};
use std::collections::BTreeMap;

/// Reads the rows of one manifest.
#[derive(Debug)]
pub(in crate::intake::manifest) struct Reader<'a> {
    place: &'a Place,
    /// Files that came with the row, where it is one row.
    handed: Option<Found>,
    /// Line on which each id was first used.
    first: BTreeMap<String, u32>,
    /// The applicants, in the order of the rows.
    pub entries: Vec<Entry>,
    /// What could not be used.
    pub problems: Vec<Problem>,
    /// Addresses that rows name, in their order.
    pub addresses: Vec<RepositoryUrl>,
}

impl<'a> Reader<'a> {
    /// A reader of the manifest at `place`.
    pub(in crate::intake::manifest) fn new(place: &'a Place) -> Self {
        Self {
            place,
            handed: None,
            first: BTreeMap::new(),
            entries: Vec::new(),
            problems: Vec::new(),
            addresses: Vec::new(),
        }
    }

    /// A reader of one row that came with files.
    pub(in crate::intake::manifest) fn with_files(place: &'a Place, files: Found) -> Self {
        Self {
            handed: Some(files),
            ..Self::new(place)
        }
    }

    /// Turns every row into an applicant or a problem.
    pub(in crate::intake::manifest) fn read(&mut self, rows: Rows) {
        self.problems.extend(rows.problems);
        for row in rows.rows {
            if let Some(id) = self.admit(&row) {
                let entry = self.entry(id, &row);
                self.entries.push(entry);
            }
        }
    }

    /// The row's id, unless it has none or an earlier row has it.
    fn admit(&mut self, row: &Row) -> Option<String> {
        let Some(cell) = row.cells.iter().find(|c| c.meaning == Some(Column::Id)) else {
            self.problem(row, "id", "no id; the row is not used", Effect::NotUsed);
            return None;
        };
        let id = walk::printable(&cell.values[0]);
        if let Some(line) = self.first.get(&id) {
            let message = format!("`{id}` already stands on line {line}; the row is not used");
            self.problem(row, &cell.column, message, Effect::NotUsed);
            return None;
        }
        self.first.insert(id.clone(), row.line);
        Some(id)
    }

    fn entry(&mut self, id: String, row: &Row) -> Entry {
        let mut entry = Entry {
            id: ApplicantId::new(id),
            name: None,
            claims: Claims::default(),
            row: Some((self.place.shown.clone(), row.line)),
            sources: Vec::new(),
        };
        let mut names_sources = false;
        for cell in &row.cells {
            match cell.meaning {
                Some(Column::Resume) => {
                    names_sources = true;
                    self.resolve(row, cell, Wanted::Documents, &mut entry);
                }
                Some(Column::Repos) => {
                    names_sources = true;
                    self.resolve(row, cell, Wanted::Repositories, &mut entry);
                }
                _ => claim(&mut entry, cell),
            }
        }
        match self.handed.take() {
            Some(files) if !files.is_empty() => self.take(files, &mut entry),
            _ if !names_sources => self.look_for_its_folder(row, &mut entry),
            _ => {}
        }
        entry.sources.sort();
        entry.sources.dedup();
        entry
    }

    fn resolve(&mut self, row: &Row, cell: &Cell, wanted: Wanted, entry: &mut Entry) {
        for written in &cell.values {
            if wanted == Wanted::Repositories && RepositoryUrl::is_meant(written) {
                self.look_for_a_copy(row, cell, written, entry);
                continue;
            }
            match paths::resolve(self.place, written, wanted) {
                Ok(found) => self.take(found, entry),
                Err(refused) => {
                    self.problem(
                        row,
                        &cell.column,
                        walk::printable(&refused.message),
                        refused.effect,
                    );
                }
            }
        }
    }

    /// A repository named by its address: one of the copies that were handed in, never fetched here.
    fn look_for_a_copy(&mut self, row: &Row, cell: &Cell, written: &str, entry: &mut Entry) {
        let url = match RepositoryUrl::parse(written) {
            Ok(url) => url,
            Err(why) => {
                let message = format!("{why}; hand in a copy");
                return self.problem(row, &cell.column, message, Effect::NotUsed);
            }
        };
        if let Some(path) = self.place.copies.get(&url) {
            // By the name of the copy: an address names an account.
            entry.sources.push(Source {
                shown: format!("fetched/{}", walk::shown_name(path)),
                path: path.clone(),
                repository: true,
                inside: None,
            });
        } else {
            let message = format!(
                "not fetched during a scan: run `samehand fetch {url} --cache DIR`, then scan with `--cache DIR`"
            );
            self.problem(row, &cell.column, message, Effect::NotRead);
        }
        self.addresses.push(url);
    }

    fn look_for_its_folder(&mut self, row: &Row, entry: &mut Entry) {
        match paths::named_like(self.place, entry.id.as_str()) {
            Some(found) => self.take(found, entry),
            None if has_contacts(&entry.claims) => {}
            None => {
                let message =
                    "no document, no repository, no contact and no folder named like the id";
                self.problem(row, "id", message, Effect::NotRead);
            }
        }
    }

    fn take(&mut self, found: Found, entry: &mut Entry) {
        entry.sources.extend(found.sources);
        self.problems.extend(found.problems);
    }

    fn problem(&mut self, row: &Row, column: &str, message: impl Into<String>, effect: Effect) {
        self.problems
            .push(self.place.at(row.line, column, message, effect));
    }
}

/// Whether there is anything to compare without a document.
fn has_contacts(claims: &Claims) -> bool {
    !(claims.emails.is_empty()
        && claims.phones.is_empty()
        && claims.links.is_empty()
        && claims.github.is_none())
}

fn claim(entry: &mut Entry, cell: &Cell) {
    let claims = &mut entry.claims;
    let list = match cell.meaning {
        Some(Column::Email) => &mut claims.emails,
        Some(Column::Phone) => &mut claims.phones,
        Some(Column::Links) => &mut claims.links,
        _ => return claim_one(entry, cell),
    };
    list.extend(cell.values.iter().cloned());
}

fn claim_one(entry: &mut Entry, cell: &Cell) {
    let claims = &mut entry.claims;
    let value = cell.values[0].clone();
    let field = match cell.meaning {
        Some(Column::Name) => {
            entry.name = entry.name.take().or_else(|| DisplayName::new(&value));
            return;
        }
        Some(Column::Location) => &mut claims.location,
        Some(Column::Timezone) => &mut claims.timezone,
        Some(Column::Github) => &mut claims.github,
        Some(Column::AppliedAt) => &mut claims.applied_at,
        Some(Column::Source) => &mut claims.source,
        Some(_) => return,
        None => {
            claims.extra.entry(cell.column.clone()).or_insert(value);
            return;
        }
    };
    field.get_or_insert(value);
}
