//! Another applicant, or one rare name, in what a file records about its making.
//!
//! # What it looks at
//! Author, last editor, company, title, template and local paths in the file, and the file's own name.
//!
//! # Why it can mean a link
//! Office programs write the account's name into every file without being asked, and titles keep the name of the file that
//! was opened.
//!
//! # Innocent explanations
//! A family's, a school's or a library's computer; an agency; a template's author; an employer's licence.
//!
//! # Limits
//! Default accounts and programs are set aside; so is what more than a dozen applicants share.
//!
//! # References
//! ISO 32000-2 §14.3.3; ECMA-376 part 2 §11.

use crate::detect::Detector;
use crate::detect::named_other::Named;
use crate::detect::named_other::name_keys;
use crate::detect::named_other::named_by_many;
use crate::detect::named_other::part_of;
use crate::features::template_marks::folded;
use crate::features::template_marks::is_nobody;
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
use crate::model::LeftoverSite;
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
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "metadata-author",
    title: "A file records another applicant, or one name stands in several applicants' files",
    family: Family::Document,
    looks_at: "Author, last editor, company, title, template and local paths that a file records, and the file's own name: \
               another applicant's name or contact in them, or one uncommon author, editor or company in the files of several.",
    why: "Office programs write the name of the account into every file without being asked, and a title keeps the name of the \
          file that was opened first. Whoever prepares applications for several names often leaves one of them there.",
    innocent: &[
        "They share a computer: a family, a flat, a school, a library, an office.",
        "An agency, a coach or a friend wrote both files.",
        "It is the author of a template that both used.",
        "Both work or worked for the company whose licence made the files.",
        "It is somebody else of the same name.",
    ],
    question: "Your file records another person's name as its author or in its title. Who is that, and how did the file come about?",
    limits: "Can be set to anything and is often empty. Default accounts, makers of computers and programs are set aside \
             by a list, and so is a name that more than twelve applicants share. Names are matched whole. A user name is read \
             only as two names without a space; initials and nicknames are not.",
    base_rate: "In 59 % of 2,290 real résumés in DOCX author and last editor differ (measured 2026), so another's name alone is \
                ordinary. Full names of two people agree in at most 5.7 of a million pairs (19,978 commit authors of 352 public \
                repositories), from which about 3 in 100,000 pairs of strangers would meet so. None of 118,685 pairs of families \
                of DOCX files from unrelated public projects shares an uncommon author, editor or company.",
    references: &[
        "ISO 32000-2, section 14.3.3 (document information dictionary)",
        "ECMA-376 part 2, section 11 (core properties)",
        "corpora/background/common_authors.txt (what is set aside)",
    ],
};

const SITES: &[LeftoverSite] = &[LeftoverSite::Metadata, LeftoverSite::Path];

const BY_MANY: &str = "more than a dozen applicants share this author, editor or company: an agency, a school, a system or a program";
const BY_DEFAULT: &str = "a default account, a program or a maker of computers, not a person";

/// See the card.
pub(in crate::detect) struct MetadataAuthor;

impl Detector for MetadataAuthor {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        name_keys(profile, SITES, sink);
        for (value, _) in recorded(profile).values().filter(|(v, _)| !is_nobody(v)) {
            sink.both(value_key(value));
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let all = recorded(profile);
        let default = |value: &str| {
            Outcome::SetAside(SetAside {
                detector: CARD.id,
                subjects: vec![profile.applicant.clone()],
                what: Fact::Text(folded(value)),
                why: BY_DEFAULT,
            })
        };
        let defaults = all.values().filter(|(v, _)| is_nobody(v));
        let mut outcomes: Vec<Outcome> = defaults.map(|(v, _)| default(v)).collect();
        let titled = profile.documents.iter().any(|d| d.meta.title.is_some());
        if all.values().all(|(v, _)| is_nobody(v)) && !titled && profile.leftovers.is_empty() {
            outcomes.push(Outcome::CouldNotLook {
                why: "no document records an author, an editor or a title",
            });
        }
        outcomes
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b).into_iter().collect(),
            None => group(candidate),
        }
    }
}

/// A recorded value as written, and where it stands.
type Recorded<'a> = (&'a str, Vec<(&'a Document, &'static str)>);

/// Authors, last editors and companies of an applicant's files, by their folded form.
fn recorded(profile: &Profile) -> BTreeMap<String, Recorded<'_>> {
    let mut all: BTreeMap<String, Recorded<'_>> = BTreeMap::new();
    for document in &profile.documents {
        let meta = &document.meta;
        for (part, value) in [
            ("author", &meta.author),
            ("last modified by", &meta.last_modified_by),
            ("company", &meta.company),
        ] {
            if let Some(value) = value {
                let entry = all.entry(folded(value)).or_insert((value, Vec::new()));
                entry.1.push((document, part));
            }
        }
    }
    all
}

/// Even: what is recorded is no name key.
fn value_key(value: &str) -> Key {
    combine(7, hash_text(&folded(value))) & !1
}

fn pair(a: &Profile, b: &Profile) -> Option<Outcome> {
    let named = Named::of_pair(a, b, SITES);
    let strongest = named
        .iter()
        .max_by_key(|n| (n.has_contact(), is_in_title(n)));
    match strongest {
        Some(named) => named_evidence(a, b, named),
        None => shared_evidence(a, b),
    }
}

/// Whether a name stands in a title, a path or a file's name: there it is the name of a file, not of an account.
fn is_in_title(named: &Named<'_>) -> bool {
    named
        .leftovers
        .iter()
        .any(|l| matches!(part_of(l), "title" | "file name"))
}

fn named_evidence(a: &Profile, b: &Profile, named: &Named<'_>) -> Option<Outcome> {
    let of_a = named.holder.applicant == a.applicant;
    let (table, explained_by) = if named.has_contact() {
        ("metadata-author/contact", vec![Relation::Household])
    } else if is_in_title(named) {
        ("metadata-author/named-in-title", vec![Relation::Household])
    } else {
        (
            "metadata-author/named",
            vec![Relation::Household, Relation::SharedMachine],
        )
    };
    let template = match of_a {
        true => "{a}'s file {0} records {1} of {b} ({2}).",
        false => "{b}'s file {0} records {1} of {a} ({2}).",
    };
    let [what, contact] = named.what();
    let what = if named.has_contact() { contact } else { what };
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure { table, score: 1.0 },
        Explanation::new(template, vec![named.file(), what, named.part()]),
        explained_by,
        Observations::from_vec(named.observations().collect())?,
    ))))
}

/// One uncommon value in the files of both.
fn shared_evidence(a: &Profile, b: &Profile) -> Option<Outcome> {
    let (mine, theirs) = (recorded(a), recorded(b));
    let shared: Vec<&String> = mine
        .keys()
        .filter(|k| theirs.contains_key(*k) && !is_nobody(k))
        .collect();
    let first = shared.first()?;
    let places = |of: &BTreeMap<String, Recorded<'_>>, key: &str| -> Vec<Observation> {
        of[key]
            .1
            .iter()
            .map(|(d, part)| observe(d, part, of[key].0))
            .collect()
    };
    let mut observations = Vec::new();
    for key in &shared {
        observations.extend(places(&mine, key));
        observations.extend(places(&theirs, key));
    }
    let only_company = shared.iter().all(|k| {
        mine[*k]
            .1
            .iter()
            .chain(&theirs[*k].1)
            .all(|(_, part)| *part == "company")
    });
    let explained_by = match only_company {
        true => vec![Relation::Colleagues, Relation::SharedMachine],
        false => vec![
            Relation::Agency,
            Relation::SharedMachine,
            Relation::Household,
            Relation::Template,
        ],
    };
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table: "metadata-author/shared-value",
            score: 1.0,
        },
        Explanation::new(
            "The files of {a} and {b} record the same author, editor or company, {0}, which is neither a default account nor a \
             program.",
            vec![Fact::Name(mine[*first].0.to_owned())],
        ),
        explained_by,
        Observations::from_vec(observations)?,
    ))))
}

fn observe(document: &Document, part: &str, value: &str) -> Observation {
    Observation {
        fact: Fact::Name(value.to_owned()),
        at: Provenance::new(&document.source, Place::Part(part.to_owned())),
    }
}

/// What many share is set aside; one whose name stands in the files of many is a group that an agency would explain.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let mut outcomes = named_by_many(
        &CARD,
        candidate,
        SITES,
        |_| "metadata-author/named",
        "Files of {0} applicants record the name of one and the same further applicant.",
        &[
            Relation::Agency,
            Relation::Template,
            Relation::SharedMachine,
        ],
    );
    let mut carriers: BTreeMap<String, (String, BTreeSet<_>)> = BTreeMap::new();
    for member in &candidate.members {
        for (key, (value, _)) in recorded(member) {
            let keyed = candidate.keys.is_empty() || candidate.keys.contains(&value_key(&key));
            if keyed && !is_nobody(&key) {
                let entry = carriers
                    .entry(key)
                    .or_insert((value.to_owned(), BTreeSet::new()));
                entry.1.insert(member.applicant.clone());
            }
        }
    }
    outcomes.extend(
        carriers
            .into_values()
            .filter(|(_, who)| who.len() > 1)
            .map(|(value, who)| {
                Outcome::SetAside(SetAside {
                    detector: CARD.id,
                    subjects: who.into_iter().collect(),
                    what: Fact::Name(value),
                    why: BY_MANY,
                })
            }),
    );
    outcomes
}

#[cfg(test)]
mod tests;
