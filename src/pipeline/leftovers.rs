//! Names and contacts that are not the applicant's own, in what files keep beside their visible text, and names where the
//! text itself says whose it is.
//!
//! Metadata fields, paths, the file's own name, earlier revisions, tracked changes and comments with their authors, hidden
//! text, and links that show one address and lead to another. Names become opaque keys here and are joined across
//! applicants later; what is openly written on the page is no leftover.

use crate::features::leftovers;
use crate::features::naming_places;
use crate::identity::DisplayName;
use crate::identity::FoundName;
use crate::identity::NameFinder;
use crate::model::{
    DocumentMeta, Identifier, IdentifierKind, IdentifierRole, Leftover, LeftoverSite,
    LeftoverValue, NameKey, PagedText, Place, Provenance, RawDocument, Revision, RevisionKind,
    SourceInfo,
};
use std::collections::BTreeSet;

/// Bytes behind "my name is" within which the name begins: a blank, a bracket, a title.
const NEAR: usize = 8;

/// What is known of an applicant when their files are searched.
pub(in crate::pipeline) struct Leavings<'a> {
    /// Passes over the applicant's own name.
    pub names: NameFinder,
    /// Everything they claim, write or link.
    pub identifiers: &'a [Identifier],
    /// Country of the claimed place, for phone numbers.
    pub region: Option<&'a str>,
}

/// The leftovers of one document as they are collected.
struct Bag<'a> {
    leavings: &'a Leavings<'a>,
    source: &'a SourceInfo,
    /// Names that stand openly on the page.
    open: BTreeSet<NameKey>,
    found: Vec<Leftover>,
}

impl Leavings<'_> {
    /// Everything that one document leaves.
    pub fn of_document(&self, source: &SourceInfo, raw: &RawDocument) -> Vec<Leftover> {
        // Only what is kept of the past is compared with the page; most files keep nothing.
        let open = match raw.traces.revisions.is_empty() {
            true => Vec::new(),
            false => self.names.in_text(&raw.text.text),
        };
        let mut bag = Bag {
            leavings: self,
            source,
            open: open.into_iter().map(|f| f.key).collect(),
            found: Vec::new(),
        };
        bag.page(&raw.text);
        bag.metadata(&raw.meta);
        bag.paths(&raw.meta, &raw.traces.paths);
        for revision in &raw.traces.revisions {
            bag.revision(revision);
        }
        for hidden in raw.traces.hidden.iter().filter(|h| h.ordinary.is_none()) {
            bag.passage(LeftoverSite::Hidden, "hidden text", &hidden.text);
        }
        for link in &raw.links {
            if let Some(clash) = leftovers::clash(&link.text, &link.target, self.region) {
                let place = Place::Link { page: link.page };
                bag.contact(
                    LeftoverSite::Link,
                    clash.target.kind,
                    clash.target.value,
                    place,
                );
            }
        }
        bag.found.sort();
        bag.found.dedup();
        bag.found
    }

    /// Whether a contact is the applicant's own. In hidden text and behind links only what is claimed counts, for the
    /// text that was read may hold what is hidden, too.
    fn owns(&self, site: LeftoverSite, kind: IdentifierKind, value: &str) -> bool {
        let counts = |role| match site {
            LeftoverSite::Hidden => role == IdentifierRole::Claimed,
            LeftoverSite::Link => {
                matches!(role, IdentifierRole::Claimed | IdentifierRole::Contact)
            }
            _ => role.is_own() || role == IdentifierRole::Mention,
        };
        self.identifiers
            .iter()
            .any(|i| i.kind == kind && i.value == value && counts(i.role))
    }
}

impl Bag<'_> {
    /// The page: names where it says whose it is. A name elsewhere on it is a colleague, a client or a place as a rule.
    fn page(&mut self, text: &PagedText) {
        let heading = DisplayName::from_heading(text).map(|n| n.spans(&text.text));
        let heading = heading.and_then(|spans| spans.first().cloned());
        let others = leftovers::lines_of_others(&text.text);
        let mut places = naming_places::on_page(&text.text);
        places.extend(heading);
        places.retain(|p| !others.iter().any(|o| o.contains(&p.start)));
        for place in places {
            let names = self.leavings.names.in_text(&text.text[place.clone()]);
            // "My name is" and a word more: what stands further behind is somebody else.
            let at_start = |f: &FoundName| f.span.start < NEAR;
            for found in names.into_iter().filter(at_start) {
                let at = text.place(place.start + found.span.start);
                self.name(LeftoverSite::Text, found.key, at);
            }
        }
    }

    fn metadata(&mut self, meta: &DocumentMeta) {
        for (part, value) in [
            ("author", &meta.author),
            ("last modified by", &meta.last_modified_by),
            ("company", &meta.company),
            ("title", &meta.title),
        ] {
            for value in value.iter() {
                self.field(LeftoverSite::Metadata, part, value);
            }
        }
    }

    fn paths(&mut self, meta: &DocumentMeta, paths: &[String]) {
        let file = self.source.path.rsplit('/').next().unwrap_or_default();
        let template = meta.template.iter().map(|t| ("template", t.as_str()));
        let inside = paths.iter().map(|p| ("path in the file", p.as_str()));
        for (part, path) in template.chain(inside).chain([("file name", file)]) {
            for key in self.leavings.names.in_path(path) {
                self.name(LeftoverSite::Path, key, Place::Part(part.into()));
            }
        }
    }

    fn revision(&mut self, revision: &Revision<PagedText>) {
        let (site, part) = match revision.kind {
            RevisionKind::Saved(n) => (LeftoverSite::Revision, format!("earlier revision {n}")),
            RevisionKind::Deleted => (LeftoverSite::Change, "deleted text".into()),
            RevisionKind::Inserted => (LeftoverSite::Change, "inserted text".into()),
            RevisionKind::Comment => (LeftoverSite::Change, "comment".into()),
        };
        self.passage(site, &part, &revision.text);
        for author in revision.author.iter() {
            self.field(LeftoverSite::Change, &format!("author of: {part}"), author);
        }
        for (field, value) in &revision.fields {
            self.field(site, &format!("{part}, {field}"), value);
        }
    }

    /// A field: names in any case, contacts.
    fn field(&mut self, site: LeftoverSite, part: &str, value: &str) {
        let place = Place::Part(part.to_owned());
        for key in self.leavings.names.in_field(value) {
            self.name(site, key, place.clone());
        }
        for contact in leftovers::contacts(value, self.leavings.region) {
            self.contact(site, contact.kind, contact.value, place.clone());
        }
    }

    /// Running text: names by their capitals, contacts; lines about referees and names that stand openly left out.
    fn passage(&mut self, site: LeftoverSite, part: &str, text: &PagedText) {
        let place = Place::Part(part.to_owned());
        let others = leftovers::lines_of_others(&text.text);
        for found in self.leavings.names.in_text(&text.text) {
            let on_purpose = others.iter().any(|r| r.contains(&found.span.start));
            // What is read as the page may hold what is hidden on it.
            let open = site != LeftoverSite::Hidden && self.open.contains(&found.key);
            if !on_purpose && !open {
                self.name(site, found.key, place.clone());
            }
        }
        for contact in leftovers::contacts(&text.text, self.leavings.region) {
            self.contact(site, contact.kind, contact.value, place.clone());
        }
    }

    fn name(&mut self, site: LeftoverSite, key: NameKey, place: Place) {
        self.push(LeftoverValue::Name(key), site, place);
    }

    fn contact(&mut self, site: LeftoverSite, kind: IdentifierKind, value: String, place: Place) {
        if !self.leavings.owns(site, kind, &value) {
            self.push(LeftoverValue::Contact { kind, value }, site, place);
        }
    }

    fn push(&mut self, value: LeftoverValue, site: LeftoverSite, place: Place) {
        let at = Provenance::new(self.source, place);
        self.found.push(Leftover { value, site, at });
    }
}

#[cfg(test)]
mod tests;
