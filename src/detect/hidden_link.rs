//! A link that shows one address and leads to another.
//!
//! # What it looks at
//! Links whose visible text is itself an e-mail address, a phone number, a profile or a site, against their targets.
//!
//! # Why it can mean a link
//! Word processors keep the old target when the text over it is typed anew. A résumé rewritten for another name keeps the
//! first name's links.
//!
//! # Innocent explanations
//! An old address; a link copied from a line above; a template's sample; a shortener.
//!
//! # Limits
//! Text that is a word ("LinkedIn") is not compared. Shorteners and mail filters are set aside: nothing is fetched.
//!
//! # References
//! ISO 32000-2 §12.6.4.8; ECMA-376 part 1 §17.16.22.

use crate::detect::Detector;
use crate::detect::named_other::Named;
use crate::detect::named_other::name_keys;
use crate::features::leftovers::Clash;
use crate::features::leftovers::clash;
use crate::features::leftovers::passes_on;
use crate::features::leftovers::shown_address;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::DocumentLink;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
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
use serde::Deserialize;
use std::sync::LazyLock;

static CARD: Card = Card {
    id: "hidden-link",
    title: "A link that shows one address and leads to another",
    family: Family::Contact,
    looks_at: "Links whose visible text is itself an e-mail address, a phone number, an online profile or a site, compared with \
               where they lead.",
    why: "A program keeps the old target when the text over it is typed anew. A résumé that was rewritten for another name often \
          still leads to the first one's profile or mailbox.",
    innocent: &[
        "It leads to an older address or profile of the applicant's own.",
        "The link was copied from another line, and only its text was changed.",
        "It is what a template left, such as the sample profile of its maker.",
        "It leads through a service that counts clicks or shortens addresses.",
    ],
    question: "This link shows one address and opens another. Whose is the other one?",
    limits: "Only a text that is an address can contradict its target; a word such as “LinkedIn” cannot. Shorteners and the link \
             rewriters of mail filters are set aside, because nothing is looked up on the network. Many formats and engines do not \
             tell which text a link stands under.",
    base_rate: "1 of 118 files with such links shows it (0.8 %, 95 % interval 0.2 to 4.6 %); they come from six public software projects \
                and are no résumés, of which none with links were at hand. That the target is another applicant's by accident is \
                put at one pair in a million by a model.",
    references: &[
        "ISO 32000-2, section 12.6.4.8 (URI actions)",
        "ECMA-376 part 1, section 17.16.22 (hyperlink)",
        "corpora/calibration/hidden-link.json (the model and its assumptions)",
    ],
};

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../corpora/calibration/hidden-link.json");
    serde_json::from_str(text).expect("the shipped table is checked by a test")
});

/// The part of the shipped table that the finding needs.
#[derive(Deserialize)]
struct Table {
    base_rate: BaseRate,
}

fn base_rate() -> BaseRate {
    TABLE.base_rate
}

const PROPOSITIONS: [&str; 2] = [
    "every link of the document leads where its text says",
    "a link of the document shows one address and leads to another",
];

const SITES: &[LeftoverSite] = &[LeftoverSite::Link];

const PASSED_ON: &str = "a link shortener or filter: where it leads is not in the file";

/// See the card.
pub(in crate::detect) struct HiddenLink;

impl Detector for HiddenLink {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        name_keys(profile, SITES, sink);
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let links = || profile.documents.iter().flat_map(|d| &d.links);
        if links().next().is_none() {
            return vec![Outcome::CouldNotLook {
                why: "no document holds a link",
            }];
        }
        if links().all(|l| l.text.is_empty()) {
            return vec![Outcome::CouldNotLook {
                why: "the files do not tell which text their links stand under",
            }];
        }
        let mut outcomes: Vec<Outcome> = links()
            .filter(|l| passes_on(&l.target) && shown_address(&l.text, None).is_some())
            .map(|l| {
                Outcome::SetAside(SetAside {
                    detector: CARD.id,
                    subjects: vec![profile.applicant.clone()],
                    what: Fact::Account(l.target.clone()),
                    why: PASSED_ON,
                })
            })
            .collect();
        outcomes.extend(finding(profile).map(|f| Outcome::Finding(Box::new(f))));
        outcomes
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b).into_iter().collect(),
            None => group(candidate),
        }
    }
}

/// What a link shows against where it leads. In a profile the text of a link is masked unless it is an address of its own.
fn clash_of(link: &DocumentLink) -> Option<Clash> {
    clash(&link.text, &link.target, None)
}

fn finding(profile: &Profile) -> Option<Finding> {
    let clashes: Vec<_> = profile
        .documents
        .iter()
        .flat_map(|d| {
            d.links
                .iter()
                .filter_map(move |l| Some((d, l, clash_of(l)?)))
        })
        .collect();
    let (_, _, first) = clashes.first()?;
    let observations = clashes.iter().flat_map(|(document, link, clash)| {
        let at = Provenance::new(&document.source, Place::Link { page: link.page });
        [&clash.shown, &clash.target].map(|address| Observation {
            fact: address.fact(),
            at: at.clone(),
        })
    });
    let facts = vec![
        Fact::Number(clashes.len().to_string()),
        first.shown.fact(),
        first.target.fact(),
    ];
    let parts = FindingParts {
        base_rate: base_rate(),
        sample: profile.documents.iter().map(|d| d.links.len() as u32).sum(),
        propositions: PROPOSITIONS,
        explanation: Explanation::new(
            "Links that show one address and lead to another: {0}. One shows {1} and leads to {2}.",
            facts,
        ),
        observations: Observations::from_vec(observations.collect())?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

fn pair(a: &Profile, b: &Profile) -> Option<Outcome> {
    let all = Named::of_pair(a, b, SITES);
    let named = all.first()?;
    let template = match named.holder.applicant == a.applicant {
        true => {
            "A link in {a}'s file {0} shows an address of its own and leads to {1}, which is {b}'s."
        }
        false => {
            "A link in {b}'s file {0} shows an address of its own and leads to {1}, which is {a}'s."
        }
    };
    let [_, target] = named.what();
    let observations = all.iter().flat_map(|n| n.observations()).collect();
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table: "hidden-link",
            score: 1.0,
        },
        Explanation::new(template, vec![named.file(), target]),
        Vec::new(),
        Observations::from_vec(observations)?,
    ))))
}

/// Hidden links of many that lead to one of them: a template's maker may have applied, or one file became many.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let about = |other: &Profile| {
        let named: Vec<Named<'_>> = candidate
            .members
            .iter()
            .filter_map(|holder| Named::new(holder, other, SITES))
            .collect();
        let [_, target] = named.first()?.what();
        let holders = named.iter().map(|n| n.holder.applicant.clone());
        let observations = named.iter().flat_map(|n| n.observations());
        Some(Outcome::Evidence(Box::new(Evidence::new(
            &CARD,
            Subjects::group(holders.chain([other.applicant.clone()]))?,
            Measure {
                table: "hidden-link",
                score: 1.0,
            },
            Explanation::new(
                "Links of {0} applicants show addresses of their own and lead to {1}, which is one further applicant's.",
                vec![Fact::Number(named.len().to_string()), target],
            ),
            vec![Relation::Template, Relation::Agency],
            Observations::from_vec(observations.collect())?,
        ))))
    };
    candidate.members.iter().filter_map(|m| about(m)).collect()
}

#[cfg(test)]
mod tests;
