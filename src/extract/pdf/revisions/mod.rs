//! Earlier states of a PDF that are still in the file.
//!
//! An incremental update (ISO 32000-2 §7.5.6) appends what changed and leaves the rest as it was; cut at the end of the
//! state before, the file is that state again. A linearised file (Annex F) has two sections of one state and no earlier
//! one. 37 % of real native résumés hold more than one state, and most updates only sign, annotate or rename: so the
//! objects are compared first, and only pages whose content changed are read again.
//!
//! States of a file that was rewritten as a whole are gone, and so is what was overwritten inside one state.

use crate::extract::Limits;
use crate::extract::pdf::engines::PageReader;
use crate::extract::pdf::text::PdfText;
use crate::extract::time::pdf_date;
use crate::model::PagedText;
use crate::model::Revision;
use crate::model::RevisionKind;
use memchr::memmem;
use pdfboss_core::Dict;
use pdfboss_core::Document;
use pdfboss_core::Metadata;
use pdfboss_core::ObjRef;
use pdfboss_core::Object;
use pdfboss_core::Page;
use pdfboss_core::xref::XrefEntry;
use pdfboss_core::xref::parse_section_at;
use pdfboss_core::xref::startxref;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// Sections of the cross-reference chain that are followed.
const MAX_SECTIONS: usize = 200;
/// Objects compared of one state.
const MAX_CHANGED: usize = 20_000;
/// Pages read again, of all states together.
const MAX_PAGES: usize = 50;
/// Bytes kept of the text of one state.
const MAX_TEXT: usize = 64 << 10;

/// Ends of the earlier states of a file, oldest first.
pub(in crate::extract) fn ends(bytes: &[u8]) -> Vec<usize> {
    catch_unwind(|| find_ends(bytes)).unwrap_or_default()
}

fn find_ends(bytes: &[u8]) -> Vec<usize> {
    // Offset and end of each section, newest first.
    let mut chain: Vec<(usize, usize)> = Vec::new();
    let mut next = startxref(bytes);
    while let Some(at) = next {
        if chain.len() >= MAX_SECTIONS || chain.iter().any(|&(seen, _)| seen == at) {
            break;
        }
        let Ok(section) = parse_section_at(bytes, at) else {
            break;
        };
        let end = section.trailer_span.unwrap_or(section.span).end;
        chain.push((at, end as usize));
        next = section.prev.and_then(|p| usize::try_from(p).ok());
    }
    let mut ends = Vec::new();
    for (i, &(at, _)) in chain.iter().enumerate() {
        // An update follows what it updates; the first section of a linearised file stands before its other one.
        let Some(before) = chain[i + 1..].iter().map(|&(_, end)| end).max() else {
            continue;
        };
        if before > at {
            continue;
        }
        if let Some(marker) = memmem::find(&bytes[before..at], b"%%EOF") {
            ends.push(before + marker + b"%%EOF".len());
        }
    }
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Reads the earlier states again. `ends` as [`ends`] gives them; at most `limits.revisions` are read, the oldest and
/// the newest ones. `present` is the text of the file as it is.
pub(in crate::extract) fn read(
    bytes: &[u8],
    ends: &[usize],
    present: &str,
    limits: &Limits,
) -> Vec<Revision<PagedText>> {
    if ends.is_empty() || limits.revisions == 0 {
        return Vec::new();
    }
    let all = catch_unwind(|| {
        let now = State::load(bytes)?;
        let present = letters(present);
        let mut pages_left = MAX_PAGES;
        let mut revisions = Vec::new();
        let half = limits.revisions / 2;
        for (i, &end) in ends.iter().enumerate() {
            if i >= limits.revisions - half && i + half < ends.len() {
                continue;
            }
            let Some(then) = State::load(&bytes[..end]) else {
                continue;
            };
            let number = i as u32 + 1;
            revisions.push(then.compare(&now, number, &present, &mut pages_left, limits));
        }
        Some(revisions)
    });
    all.ok().flatten().unwrap_or_default()
}

/// One state of the file.
struct State {
    doc: Document,
    info: Metadata,
}

impl State {
    fn load(bytes: &[u8]) -> Option<Self> {
        let doc = Document::load(bytes.to_vec()).ok()?;
        let info = doc.metadata();
        (!doc.is_locked()).then_some(Self { doc, info })
    }

    fn compare(
        &self,
        now: &Self,
        number: u32,
        present: &str,
        pages_left: &mut usize,
        limits: &Limits,
    ) -> Revision<PagedText> {
        let date = |date: &Option<String>| date.as_deref().and_then(pdf_date);
        let (then, today) = (&self.info, &now.info);
        let fields = [
            ("author", &then.author, &today.author),
            ("creator", &then.creator, &today.creator),
            ("keywords", &then.keywords, &today.keywords),
            ("producer", &then.producer, &today.producer),
            ("subject", &then.subject, &today.subject),
            ("title", &then.title, &today.title),
        ];
        let fields = fields.into_iter().filter(|(_, then, now)| then != now);
        let fields = fields.filter_map(|(name, then, _)| {
            let value = then.as_deref()?.trim_matches(['\0', ' ', '\n', '\r', '\t']);
            (!value.is_empty()).then(|| (name.to_owned(), value.to_owned()))
        });
        Revision {
            kind: RevisionKind::Saved(number),
            // A PDF names the author of the document, not who saved it.
            author: None,
            time: date(&then.mod_date).or_else(|| date(&then.creation_date)),
            fields: fields.collect(),
            text: self.lost_text(now, present, pages_left, limits),
        }
    }

    /// Lines of this state whose letters the present text does not have.
    fn lost_text(
        &self,
        now: &Self,
        present: &str,
        pages_left: &mut usize,
        limits: &Limits,
    ) -> PagedText {
        let mut lost = PagedText::default();
        let pages = self.changed_pages(now, limits);
        if pages.is_empty() {
            return lost;
        }
        let reader = PageReader::new(&self.doc);
        let mut starts = Vec::new();
        for index in pages {
            if *pages_left == 0 || lost.text.len() > MAX_TEXT {
                break;
            }
            *pages_left -= 1;
            let mut page = PdfText::default();
            let read = catch_unwind(AssertUnwindSafe(|| reader.read(index, &mut page, &mut [])));
            if !matches!(read, Ok(Ok(()))) {
                continue;
            }
            starts.resize(index + 1, lost.text.len() as u32);
            for line in page.text.text.lines() {
                let key = letters(line);
                if !key.is_empty() && !present.contains(&key) {
                    lost.text.push_str(line.trim());
                    lost.text.push('\n');
                }
            }
        }
        if !lost.text.is_empty() {
            lost.pages = starts;
            lost.truncate(MAX_TEXT);
        }
        lost
    }

    /// 0-based pages of this state that are gone or whose content is another one now.
    fn changed_pages(&self, now: &Self, limits: &Limits) -> Vec<usize> {
        let changed = self.changed_objects(now);
        if changed.is_empty() {
            return Vec::new();
        }
        let pages = |doc: &Document| -> Vec<Page> {
            let count = doc.flattened_page_count().min(limits.pages);
            (0..count).filter_map(|i| doc.page(i).ok()).collect()
        };
        let (then, today) = (pages(&self.doc), pages(&now.doc));
        let contents: BTreeSet<u32> = then.iter().flat_map(|p| self.contents(p)).collect();
        let drawn_by_all = changed
            .iter()
            .any(|num| !contents.contains(num) && self.is_drawn(*num));
        let stays = |page: &Page| {
            !drawn_by_all
                && !self.contents(page).any(|num| changed.contains(&num))
                && today.iter().any(|other| {
                    other.object_ref() == page.object_ref()
                        && other.dict().get("Contents") == page.dict().get("Contents")
                        && other.resources == page.resources
                })
        };
        let gone = then.iter().filter(|page| !stays(page));
        gone.map(|page| page.index).collect()
    }

    /// Numbers of the objects that are elsewhere in the present file.
    fn changed_objects(&self, now: &Self) -> BTreeSet<u32> {
        let entries = self.doc.xref().iter();
        let other = entries.filter(|(num, entry)| {
            !matches!(entry, XrefEntry::Free) && now.doc.xref().get(*num) != Some(*entry)
        });
        other.map(|(num, _)| num).take(MAX_CHANGED).collect()
    }

    /// Numbers of the streams of a page's content, and of the array that names them.
    fn contents(&self, page: &Page) -> impl Iterator<Item = u32> + use<> {
        let mut numbers = Vec::new();
        let contents = page.dict().get("Contents").cloned();
        numbers.extend(contents.as_ref().and_then(Object::as_ref).map(|r| r.num));
        let contents = contents.and_then(|c| self.doc.resolve(&c).ok());
        if let Some(parts) = contents.as_ref().and_then(Object::as_array) {
            numbers.extend(parts.iter().filter_map(Object::as_ref).map(|r| r.num));
        }
        numbers.into_iter()
    }

    /// Whether an object may change what pages show though it is no page's content: a form, a font, resources. Images,
    /// metadata and annotations do not change the text.
    fn is_drawn(&self, num: u32) -> bool {
        let of = |dict: &Dict, key: &str, names: &[&str]| {
            dict.get_name(key)
                .is_some_and(|n| names.contains(&n.0.as_str()))
        };
        match self.doc.get(ObjRef { num, r#gen: 0 }) {
            Ok(Object::Stream(stream)) => {
                !of(
                    &stream.dict,
                    "Type",
                    &["Metadata", "XRef", "ObjStm", "EmbeddedFile"],
                ) && !of(&stream.dict, "Subtype", &["Image"])
            }
            Ok(Object::Dict(dict)) => {
                of(&dict, "Type", &["Font", "FontDescriptor"])
                    || ["XObject", "ColorSpace", "ProcSet"]
                        .iter()
                        .any(|key| dict.get(key).is_some())
            }
            _ => false,
        }
    }
}

/// Letters and digits only, in small letters: broken into other lines a text stays the same.
fn letters(text: &str) -> String {
    let letters = text.chars().filter(|c| c.is_alphanumeric());
    letters.flat_map(char::to_lowercase).collect()
}

#[cfg(test)]
mod tests;
