//! What two files have in common of their making.

use crate::features::template_marks::derives_ids;
use crate::features::template_marks::is_template_rsid;
use crate::link::Key;
use crate::model::Document;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeSet;

/// Fewer editing ids in common say nothing. Ids have 24 bits in practice: two files of 500 each share three by chance
/// once in two million pairs, and of 118,685 pairs of unrelated families of files none shared three
/// (corpora/programs/measure_documents.py).
pub(in crate::detect) const MIN_RSIDS: usize = 4;

/// Editing ids written out as observed values.
const SHOWN_RSIDS: usize = 12;

/// Hex digits a PDF id needs: shorter ones are counters, not random values (16 bytes are usual).
const MIN_ID: usize = 16;

/// The tag that tells a key of which one is enough from an editing id's.
const SINGLE: Key = 1;

/// What ties two files, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Mark {
    /// Common editing ids.
    Rsids,
    /// A common earlier document.
    Ancestor,
    /// All editing ids of one file and more.
    Continued,
    /// One document in two states.
    Document,
    /// One permanent id.
    PdfId,
}

/// One mark in common.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) struct Shared {
    /// What it is.
    pub mark: Mark,
    /// How many ids agree.
    pub score: usize,
    /// The ids, written out.
    pub value: String,
}

/// Two files and what they share.
pub(in crate::detect) struct Lineage<'a> {
    /// The first file.
    pub x: &'a Document,
    /// The second.
    pub y: &'a Document,
    /// Marks in common, weakest first.
    pub shared: Vec<Shared>,
    /// Ids that agree and that the program computes.
    pub computed: Vec<String>,
    /// Number of editing ids on both sides, those of built-in templates left out.
    pub rsids: [usize; 2],
}

impl<'a> Lineage<'a> {
    /// Compares two files.
    pub fn new(x: &'a Document, y: &'a Document) -> Self {
        let (mine, theirs) = (own_rsids(x), own_rsids(y));
        let mut lineage = Self {
            x,
            y,
            shared: Vec::new(),
            computed: Vec::new(),
            rsids: [mine.len(), theirs.len()],
        };
        lineage.compare_rsids(&mine, &theirs);
        lineage.compare_ids();
        lineage.shared.sort();
        lineage
    }

    /// The mark that speaks.
    pub fn strongest(&self) -> Option<&Shared> {
        self.shared.last()
    }

    /// Larger for more in common.
    pub fn rank(&self) -> Option<(Mark, usize)> {
        self.strongest().map(|s| (s.mark, s.score))
    }

    /// Whether a program for forms made one of them: strangers fill in one form.
    pub fn is_form(&self) -> bool {
        let by_form_program = |d: &Document| {
            let programs = [&d.meta.creator, &d.meta.producer];
            programs
                .into_iter()
                .flatten()
                .any(|p| p.contains("LiveCycle") || p.contains("Forms"))
        };
        by_form_program(self.x) || by_form_program(self.y)
    }

    fn compare_rsids(&mut self, mine: &BTreeSet<u32>, theirs: &BTreeSet<u32>) {
        let common: Vec<u32> = mine.intersection(theirs).copied().collect();
        if common.len() < MIN_RSIDS {
            return;
        }
        let whole = common.len() == mine.len().min(theirs.len());
        let more = mine.len() != theirs.len();
        let by_word = |d: &Document| {
            let program = d.meta.creator.as_deref();
            program.is_some_and(|p| p.starts_with("Microsoft"))
        };
        // Word adds an id with each session, so a finished file has at least one that its template had not. Other
        // programs do not: there, equal ids may be the template's.
        let continued = whole && more && by_word(self.x) && by_word(self.y);
        let shown: Vec<String> = common
            .iter()
            .take(SHOWN_RSIDS)
            .map(|r| format!("{r:08X}"))
            .collect();
        let mark = match continued {
            true => Mark::Continued,
            false => Mark::Rsids,
        };
        self.shared.push(Shared {
            mark,
            score: common.len(),
            value: shown.join(" "),
        });
    }

    fn compare_ids(&mut self) {
        let computed = derived(self.x) || derived(self.y);
        let mut push = |mark, value: &str| {
            if computed {
                self.computed.push(value.to_owned());
            } else {
                self.shared.push(Shared {
                    mark,
                    score: 1,
                    value: value.to_owned(),
                });
            }
        };
        if let (Some(id), Some(other)) = (pdf_id(self.x), pdf_id(self.y))
            && id == other
        {
            push(Mark::PdfId, id);
        }
        let (x, y) = (XmpIds::new(self.x), XmpIds::new(self.y));
        if let Some(id) = x.states.intersection(&y.all()).next() {
            push(Mark::Document, id);
        } else if let Some(id) = y.states.intersection(&x.ancestors).next() {
            push(Mark::Document, id);
        } else if let Some(id) = x.ancestors.intersection(&y.ancestors).next() {
            push(Mark::Ancestor, id);
        }
    }
}

/// The XMP ids of a file: of its own states and of what it was made from.
struct XmpIds {
    states: BTreeSet<String>,
    ancestors: BTreeSet<String>,
}

impl XmpIds {
    fn new(document: &Document) -> Self {
        let meta = &document.meta;
        let states: BTreeSet<String> = [&meta.xmp_document_id, &meta.xmp_instance_id]
            .into_iter()
            .flatten()
            .filter_map(|id| bare_id(id))
            .collect();
        let older = meta.xmp_original_id.iter().chain(&meta.derived_from);
        let ancestors = older
            .filter_map(|id| bare_id(id))
            .filter(|id| !states.contains(id))
            .collect();
        Self { states, ancestors }
    }

    fn all(&self) -> BTreeSet<String> {
        self.states.union(&self.ancestors).cloned().collect()
    }
}

/// "uuid:1B3…", "xmp.did:1b3…" and "adobe:docid:indd:1b3…" without what stands before the last colon.
fn bare_id(id: &str) -> Option<String> {
    let bare = id.rsplit(':').next().unwrap_or(id).trim().to_lowercase();
    let digits = bare.chars().filter(char::is_ascii_hexdigit).count();
    (digits >= MIN_ID && !is_blank(&bare)).then_some(bare)
}

/// Nothing but one sign: an id that was never set.
fn is_blank(id: &str) -> bool {
    let mut signs = id.chars().filter(|c| *c != '-');
    let first = signs.next();
    signs.all(|c| Some(c) == first)
}

fn pdf_id(document: &Document) -> Option<&str> {
    let id = document.meta.permanent_id.as_deref();
    id.filter(|id| id.len() >= MIN_ID && !is_blank(id))
}

/// Whether the program that made a file, or an earlier state of it that the file still holds, computes its ids: an editor
/// keeps the id and writes itself as producer.
fn derived(document: &Document) -> bool {
    let meta = &document.meta;
    let mut before = document.traces.revisions.iter().flat_map(|r| &r.fields);
    derives_ids(meta.producer.as_deref(), meta.creator.as_deref())
        || before.any(|(_, then)| derives_ids(Some(then.as_str()), None))
}

/// Editing ids that no built-in template brings along.
fn own_rsids(document: &Document) -> BTreeSet<u32> {
    let meta = &document.meta;
    meta.rsids
        .iter()
        .copied()
        .chain(meta.rsid_root)
        .filter(|&r| r != 0 && !is_template_rsid(r))
        .collect()
}

/// Every id of a file as a key: even for editing ids, odd for those of which one is enough.
pub(in crate::detect) fn keys_of(document: &Document) -> impl Iterator<Item = Key> {
    let single = |kind: u64, id: &str| combine(kind, hash_text(id)) | SINGLE;
    let mut keys: Vec<Key> = own_rsids(document)
        .into_iter()
        .map(|r| combine(3, u64::from(r)) & !SINGLE)
        .collect();
    keys.extend(pdf_id(document).map(|id| single(1, id)));
    keys.extend(XmpIds::new(document).all().iter().map(|id| single(2, id)));
    keys.into_iter()
}

/// Whether one key of this kind is enough for a comparison.
pub(in crate::detect) fn is_single_mark(key: Key) -> bool {
    key & SINGLE == SINGLE
}
