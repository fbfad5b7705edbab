//! Two documents set in one and the same way.
//!
//! # What it looks at
//! Opaque hashes of how a page is set: the sequence of (font, size, horizontal place) of its lines, and the set of these
//! values. Only equality counts. The hashes say nothing of what the fonts are, and are compared with nothing else.
//!
//! # Why it can mean a link
//! Somebody who prepares several applications tends to start from one file of their own.
//!
//! # Innocent explanations
//! A public template, which is by far the most common; a tool's only style; an agency's own form.
//!
//! # Limits
//! Weak by its table, always explained by a template, so that it never makes a cluster. What more than a dozen applicants
//! share is set aside as a template. No list of public templates is shipped.
//!
//! # References
//! None beyond the calibration table.

use crate::detect::Detector;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Document;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Layout;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use crate::model::combine;
use crate::model::hash_text;

static CARD: Card = Card {
    id: "same-layout",
    title: "Two documents set in one and the same way",
    family: Family::Document,
    looks_at: "Whether the lines of two documents have the same sequence of type, size and place on the page, or draw on \
               exactly the same set of these. Only opaque hashes are compared, and only for equality.",
    why: "Somebody who prepares several applications often starts each from one file of their own, and the way it is set \
          stays when the text is changed.",
    innocent: &[
        "Both filled in the same public template.",
        "Both used one web service or program that sets every résumé in the same way.",
        "An agency, a course or a school put both into its own form.",
        "One person showed their résumé to the other, who liked how it looks.",
    ],
    question: "Which template or tool did you make this document with?",
    limits: "Needs 20 lines and eight different settings. It cannot tell a public template from a private one, because no list \
             of public templates is shipped; what more than twelve applicants share is set aside as a template. Weak by its \
             table, and always listed as explained by a template, so it makes no cluster by itself. Formats without a page \
             (text, Markdown) are not looked at.",
    base_rate: "Not measured on applicants. Of 919 public regression PDFs 44 are long and varied enough; of their 946 pairs 13 \
                agree, and all 13 are states of two documents. People who use one popular template agree by design, and nobody \
                knows how many do: the table assumes that 1 pair of unrelated applicants in 10 shares a set, and 1 in 30 the \
                whole sequence.",
    references: &["corpora/calibration/same-layout.json (the assumptions)"],
};

/// A page of a résumé has 30 to 60 lines; fewer agree by chance.
const MIN_LINES: u32 = 20;
/// Fewer different settings are those of plain text in any word processor.
const MIN_SETTINGS: usize = 8;

const SEQUENCE: &str = "The documents of {a} and {b} are set line for line in the same way: {0} lines with the same sequence of \
                        type, size and place.";
const SET: &str =
    "The documents of {a} and {b} draw on exactly the same {0} settings of type, size and place.";
const TEMPLATE: &str = "many applicants' documents are set in this way: a template";

/// Compares how documents are set.
pub(in crate::detect) struct SameLayout;

impl Detector for SameLayout {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for (_, layout) in layouts(profile) {
            sink.both(set_key(layout));
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let all = || {
            profile
                .documents
                .iter()
                .filter_map(|d| d.traces.layout.as_ref())
        };
        if all().next().is_none() {
            return vec![Outcome::CouldNotLook {
                why: "no document says how it is set",
            }];
        }
        if layouts(profile).next().is_some() {
            return Vec::new();
        }
        vec![Outcome::TooLittle {
            have: all()
                .map(|l| l.num_lines)
                .max()
                .unwrap_or(0)
                .min(MIN_LINES - 1),
            need: MIN_LINES,
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b).into_iter().collect(),
            None => group(candidate),
        }
    }
}

/// Documents that are long and varied enough.
fn layouts(profile: &Profile) -> impl Iterator<Item = (&Document, &Layout)> {
    let of = |d: &'_ Document| -> bool {
        let enough = |l: &Layout| l.num_lines >= MIN_LINES && l.grid.len() >= MIN_SETTINGS;
        d.traces.layout.as_ref().is_some_and(enough)
    };
    let long = profile.documents.iter().filter(move |d| of(d));
    long.filter_map(|d| Some((d, d.traces.layout.as_ref()?)))
}

fn set_key(layout: &Layout) -> Key {
    layout
        .grid
        .iter()
        .fold(hash_text("set"), |key, &value| combine(key, value))
}

/// The strongest of all pairs of documents; one file handed in twice is no news about how it is set.
fn pair(a: &Profile, b: &Profile) -> Option<Outcome> {
    let mut best: Option<(bool, Fact, [Observation; 2])> = None;
    for (left, l) in layouts(a) {
        for (right, r) in layouts(b) {
            if left.source.sha256 == right.source.sha256 || l.grid != r.grid {
                continue;
            }
            let whole = l.hash == r.hash && l.num_lines == r.num_lines;
            if best.as_ref().is_none_or(|(best, ..)| whole && !best) {
                let size = if whole {
                    l.num_lines as usize
                } else {
                    l.grid.len()
                };
                let fact = Fact::Number(size.to_string());
                best = Some((whole, fact, [observe(left, l), observe(right, r)]));
            }
        }
    }
    let (whole, fact, [first, second]) = best?;
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table: if whole {
                "same-layout/sequence"
            } else {
                "same-layout/set"
            },
            score: 1.0,
        },
        Explanation::new(if whole { SEQUENCE } else { SET }, vec![fact]),
        vec![Relation::Template, Relation::Agency],
        Observations::new(first, [second]),
    ))))
}

fn observe(document: &Document, layout: &Layout) -> Observation {
    Observation {
        fact: Fact::Text(format!("layout {:016x}", set_key(layout))),
        at: Provenance::new(&document.source, Place::Whole),
    }
}

/// What so many share is a template. A group may hold several.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let mut keys: Vec<Key> = candidate.keys.clone();
    keys.dedup();
    let mut outcomes = Vec::new();
    for key in keys {
        let carries = |p: &&&Profile| layouts(p).any(|(_, l)| set_key(l) == key);
        let mut subjects: Vec<_> = candidate
            .members
            .iter()
            .filter(carries)
            .map(|p| p.applicant.clone())
            .collect();
        subjects.sort();
        if subjects.len() > 1 {
            outcomes.push(Outcome::SetAside(SetAside {
                detector: CARD.id,
                subjects,
                what: Fact::Text(format!("layout {key:016x}")),
                why: TEMPLATE,
            }));
        }
    }
    outcomes
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ApplicantId;
    use crate::model::Digest;
    use crate::model::DocumentMeta;
    use crate::model::MaskedText;
    use crate::model::PagedText;
    use crate::model::Signature;
    use crate::model::SourceInfo;
    use crate::model::SourceKind;
    use crate::model::Traces;

    fn profile(id: &str, hash: u64, num_lines: u32, grid: std::ops::Range<u64>) -> Profile {
        let document = Document {
            source: SourceInfo {
                path: format!("{id}/cv.pdf"),
                sha256: Digest(id.into()),
                kind: SourceKind::Pdf,
                engine: None,
            },
            text: MaskedText::new(&PagedText::default(), &[]),
            signature: Signature::default(),
            fingerprints: Default::default(),
            meta: DocumentMeta::default(),
            links: Vec::new(),
            traces: Traces {
                layout: Some(Layout {
                    hash,
                    num_lines,
                    grid: grid.collect(),
                    fonts: Vec::new(),
                }),
                ..Traces::default()
            },
        };
        Profile {
            documents: vec![document],
            ..Profile::empty(ApplicantId::new(id))
        }
    }

    fn compared(a: Profile, b: Profile) -> Option<&'static str> {
        let candidate = Candidate {
            members: vec![&a, &b],
            keys: Vec::new(),
        };
        match SameLayout
            .compare(&candidate, &Background::default())
            .pop()?
        {
            Outcome::Evidence(e) => Some(e.measure.table),
            _ => None,
        }
    }

    #[test]
    fn equal_sequences_and_equal_sets_are_told_apart() {
        let a = || profile("a", 1, 40, 0..9);
        assert_eq!(
            compared(a(), profile("b", 1, 40, 0..9)),
            Some("same-layout/sequence")
        );
        assert_eq!(
            compared(a(), profile("b", 2, 44, 0..9)),
            Some("same-layout/set")
        );
        assert_eq!(compared(a(), profile("b", 1, 40, 0..10)), None);
        assert_eq!(
            compared(a(), profile("a", 1, 40, 0..9)),
            None,
            "one and the same file"
        );
    }

    #[test]
    fn short_and_plain_documents_say_too_little() {
        let look = |p: Profile| SameLayout.examine(&p, &Background::default());
        assert!(look(profile("a", 1, 40, 0..9)).is_empty());
        for little in [profile("a", 1, 19, 0..9), profile("a", 1, 40, 0..7)] {
            assert!(matches!(look(little)[..], [Outcome::TooLittle { .. }]));
        }
        let nothing = Profile::empty(ApplicantId::new("a"));
        assert!(matches!(look(nothing)[..], [Outcome::CouldNotLook { .. }]));
    }

    #[test]
    fn what_many_share_is_a_template() {
        let many: Vec<Profile> = (0..14)
            .map(|i| profile(&format!("a{i:02}"), i, 40, 0..9))
            .collect();
        let candidate = Candidate {
            members: many.iter().collect(),
            keys: vec![set_key(
                many[0].documents[0].traces.layout.as_ref().unwrap(),
            )],
        };
        let outcomes = SameLayout.compare(&candidate, &Background::default());
        assert!(matches!(&outcomes[..], [Outcome::SetAside(s)] if s.subjects.len() == 14));
    }
}
