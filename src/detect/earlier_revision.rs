//! Another applicant in an earlier state of a file.
//!
//! # What it looks at
//! What a file still holds of its past: earlier revisions of a PDF, deleted and inserted text of tracked changes, comments,
//! and who made them. Another applicant's name or contact there, or text that stands on the other's page.
//!
//! # Why it can mean a link
//! A file that was once headed by another name, and now carries this one, was made by rewriting the other's.
//!
//! # Innocent explanations
//! A lent résumé; a friend who corrected it; a referee or colleague named and taken out again; a namesake.
//!
//! # Limits
//! Most files keep no past. A changed word or middle name is not matched.
//!
//! # References
//! ISO 32000-2 §7.5.6; ECMA-376 part 1 §17.13.

use crate::detect::Detector;
use crate::detect::kept_text::Kept;
use crate::detect::kept_text::copied;
use crate::detect::kept_text::kept_keys;
use crate::detect::kept_text::kept_weight;
use crate::detect::named_other::Named;
use crate::detect::named_other::named_by_many;
use crate::detect::named_other::part_of;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Family;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::Measure;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::RevisionKind;
use crate::model::Subjects;

static CARD: Card = Card {
    id: "earlier-revision",
    title: "Another applicant in an earlier state of a file",
    family: Family::Document,
    looks_at: "What a file still holds of its past: earlier revisions of a PDF, deleted and inserted text, comments and who \
               made them. Another applicant's name or contact details there, or text that now stands on the other's page.",
    why: "Programs often add a change to a file and leave what was there before. A file that carried another applicant's name, \
          address or sentences before it carried this one's was made by rewriting theirs.",
    innocent: &[
        "One lent the other a résumé to start from.",
        "The other helped: wrote the comments or corrected the text.",
        "The other was named as a referee or colleague in an earlier version.",
        "It is the name of somebody else, or of a template's sample person, who is called the same.",
    ],
    question: "This file still holds an earlier version with another person's details. How did it come to be?",
    limits: "Most files keep nothing of their past, and printing to PDF removes it. Names are matched whole: another spelling \
             or a further middle name is not seen. Names on lines about referees and names that stand openly on the page are \
             left out. Nothing tells namesakes apart.",
    base_rate: "37 % of 3,003 real résumés in PDF made by ordinary programs keep more than one revision (measured 2026); what \
                stands in them was not counted. Full names of two people agree in at most 5.7 of a million pairs (19,978 commit \
                authors of 352 public repositories), from which about 1 in 50,000 pairs of strangers would have one's name in \
                the other's past.",
    references: &[
        "ISO 32000-2, section 7.5.6 (incremental updates)",
        "ECMA-376 part 1, section 17.13 (annotations, tracked changes)",
        "Fellegi and Sunter 1969, A theory for record linkage",
    ],
};

const SITES: &[LeftoverSite] = &[LeftoverSite::Revision, LeftoverSite::Change];

/// See the card.
pub(in crate::detect) struct EarlierRevision;

impl Detector for EarlierRevision {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: 1.0 }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        kept_keys(profile, SITES, past(profile), sink);
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        kept_weight(key, background)
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile
            .documents
            .iter()
            .any(|d| !d.traces.revisions.is_empty())
        {
            return Vec::new();
        }
        vec![Outcome::CouldNotLook {
            why: "no document keeps an earlier state",
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b, background).into_iter().collect(),
            None => groups(candidate),
        }
    }
}

/// Text of the past, with its document and part. What was put in stands on the page still.
fn past(profile: &Profile) -> impl Iterator<Item = Kept<'_>> {
    profile.documents.iter().flat_map(|d| {
        d.traces.revisions.iter().filter_map(move |r| {
            let part = match r.kind {
                RevisionKind::Saved(n) => format!("earlier revision {n}"),
                RevisionKind::Deleted => "deleted text".into(),
                RevisionKind::Comment => "comment".into(),
                RevisionKind::Inserted => return None,
            };
            Some((d, part, &r.text))
        })
    })
}

/// What stands in the past of one of two, likeliest to tell last.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Stratum {
    Editor,
    Name,
    Contact,
    NameAndContact,
}

impl Stratum {
    fn of(named: &Named<'_>) -> Self {
        match (named.has_name(), named.has_contact()) {
            _ if named.leftovers.iter().all(|l| is_editor(l)) => Stratum::Editor,
            (true, true) => Stratum::NameAndContact,
            (false, _) => Stratum::Contact,
            (true, false) => Stratum::Name,
        }
    }

    fn table(self) -> &'static str {
        match self {
            Stratum::Editor => "earlier-revision/editor",
            Stratum::Name => "earlier-revision/name",
            Stratum::Contact => "earlier-revision/contact",
            Stratum::NameAndContact => "earlier-revision/name-and-contact",
        }
    }

    /// A helper explains a comment; nothing ordinary between strangers explains the other's identity in the text.
    fn explained_by(self) -> &'static [Relation] {
        match self {
            Stratum::Editor => &[
                Relation::Household,
                Relation::Colleagues,
                Relation::SharedMachine,
            ],
            _ => &[],
        }
    }
}

/// Whether a leftover is who made a change, or stands in a comment, which a helper signs: not what the text said.
fn is_editor(leftover: &Leftover) -> bool {
    let part = part_of(leftover);
    part.starts_with("author of") || part == "comment"
}

fn pair(a: &Profile, b: &Profile, background: &Background) -> Option<Outcome> {
    let named = Named::of_pair(a, b, SITES);
    if let Some(strongest) = named.iter().max_by_key(|n| Stratum::of(n)) {
        return Some(names_evidence(a, b, strongest));
    }
    copied(a, b, past, background)?.evidence(
        &CARD,
        [a, b],
        "earlier-revision/text",
        [
            "An earlier state of {a}'s file {0} holds {1} words, in passages, that stand on the page of {b}; by rarity they weigh \
             as much as {2} five-word phrases that no résumé of the reference holds. They are not on {a}'s page any more.",
            "An earlier state of {b}'s file {0} holds {1} words, in passages, that stand on the page of {a}; by rarity they weigh \
             as much as {2} five-word phrases that no résumé of the reference holds. They are not on {b}'s page any more.",
        ],
    )
}

fn names_evidence(a: &Profile, b: &Profile, named: &Named<'_>) -> Outcome {
    let stratum = Stratum::of(named);
    let of_a = named.holder.applicant == a.applicant;
    let template = match (stratum, of_a) {
        (Stratum::Editor, true) => {
            "By what {a}'s file {0} records, {b} changed it or commented on it ({1})."
        }
        (Stratum::Editor, false) => {
            "By what {b}'s file {0} records, {a} changed it or commented on it ({1})."
        }
        (Stratum::Name, true) => "The past of {a}'s file {0} holds the name of {b} ({1}).",
        (Stratum::Name, false) => "The past of {b}'s file {0} holds the name of {a} ({1}).",
        (Stratum::Contact, true) => "The past of {a}'s file {0} holds a contact of {b}, {2} ({1}).",
        (Stratum::Contact, false) => {
            "The past of {b}'s file {0} holds a contact of {a}, {2} ({1})."
        }
        (Stratum::NameAndContact, true) => {
            "The past of {a}'s file {0} holds the name of {b} and a contact, {2} ({1})."
        }
        (Stratum::NameAndContact, false) => {
            "The past of {b}'s file {0} holds the name of {a} and a contact, {2} ({1})."
        }
    };
    let [_, contact] = named.what();
    let observations = named.observations().collect();
    Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table: stratum.table(),
            score: 1.0,
        },
        Explanation::new(template, vec![named.file(), named.part(), contact]),
        stratum.explained_by().to_vec(),
        Observations::from_vec(observations).expect("somebody is named at least once"),
    )))
}

/// One whose name or contact stands in the past of many: a helper, a template's sample person, or one file that became many.
fn groups(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let weakest = |named: &[Named<'_>]| named.iter().map(Stratum::of).min();
    named_by_many(
        &CARD,
        candidate,
        SITES,
        |named| weakest(named).unwrap_or(Stratum::Editor).table(),
        "The past of files of {0} applicants holds the name or a contact of one of them all.",
        &[Relation::Agency, Relation::Template],
    )
}

#[cfg(test)]
mod tests;
