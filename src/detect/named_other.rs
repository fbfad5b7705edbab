//! One applicant's name or contact among another's leftovers: what the detectors of documents share.
//!
//! Names are opaque keys here (`identity` made them); a match is exact. Nothing is said about what a name is like.

use crate::features::leftovers::at_sites;
use crate::features::leftovers::of_other;
use crate::features::leftovers::own_values;
use crate::features::leftovers::value_key;
use crate::link::Candidate;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::LeftoverValue;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::Subjects;
use std::borrow::Cow;

/// The tag of keys of which one is enough for a comparison: names and contacts are odd, sampled phrases even.
const SINGLE: Key = 1;

/// The keys of what is an applicant's own, and of what their files leave at `sites`.
pub(in crate::detect) fn name_keys(profile: &Profile, sites: &[LeftoverSite], sink: &mut KeySink) {
    for value in own_values(profile) {
        sink.owns(value_key(&value) | SINGLE);
    }
    for leftover in at_sites(profile, sites) {
        sink.mentions(value_key(&leftover.value) | SINGLE);
    }
}

/// Whether a key is that of a name or contact.
pub(in crate::detect) fn is_name_key(key: Key) -> bool {
    key & SINGLE == SINGLE
}

/// Leftovers of one applicant that are another's name or contact; at least one.
pub(in crate::detect) struct Named<'a> {
    /// In whose file they stand.
    pub holder: &'a Profile,
    /// They.
    pub leftovers: Vec<Cow<'a, Leftover>>,
}

impl<'a> Named<'a> {
    /// What `holder`'s files leave of `other` at `sites`.
    pub fn new(holder: &'a Profile, other: &'a Profile, sites: &'a [LeftoverSite]) -> Option<Self> {
        let leftovers = of_other(holder, other, sites);
        (!leftovers.is_empty()).then_some(Self { holder, leftovers })
    }

    /// Both directions of a pair.
    pub fn of_pair(a: &'a Profile, b: &'a Profile, sites: &'a [LeftoverSite]) -> Vec<Self> {
        [Self::new(a, b, sites), Self::new(b, a, sites)]
            .into_iter()
            .flatten()
            .collect()
    }

    /// Whether the name is among them.
    pub fn has_name(&self) -> bool {
        self.leftovers
            .iter()
            .any(|l| matches!(l.value, LeftoverValue::Name(_)))
    }

    /// Whether a contact is among them.
    pub fn has_contact(&self) -> bool {
        self.contact().is_some()
    }

    /// The first contact.
    fn contact(&self) -> Option<Fact> {
        self.leftovers.iter().find_map(|l| contact_of(l))
    }

    /// What stands there, for a sentence: "the name", "the name and a•••@x.example".
    pub fn what(&self) -> [Fact; 2] {
        let name = if self.has_name() {
            "the name"
        } else {
            "a contact"
        };
        let contact = self
            .contact()
            .unwrap_or_else(|| Fact::Text("no contact".into()));
        [Fact::Text(name.into()), contact]
    }

    /// The file in which the first of them stands.
    pub fn file(&self) -> Fact {
        Fact::Path(self.leftovers[0].at.source.clone())
    }

    /// The part of the file in which the first of them stands.
    pub fn part(&self) -> Fact {
        Fact::Text(part_of(&self.leftovers[0]).to_owned())
    }

    /// Each with its place.
    pub fn observations(&self) -> impl Iterator<Item = Observation> + '_ {
        self.leftovers.iter().map(|l| Observation {
            fact: contact_of(l).unwrap_or_else(|| Fact::Text("the other applicant's name".into())),
            at: l.at.clone(),
        })
    }
}

/// One whose name or contact stands in the files of many, as group evidence for each such one; `table` gives the stratum,
/// and the sentence is over the number of files' owners {0}.
pub(in crate::detect) fn named_by_many(
    card: &'static Card,
    candidate: &Candidate<'_>,
    sites: &[LeftoverSite],
    table: impl Fn(&[Named<'_>]) -> &'static str,
    sentence: &'static str,
    explained_by: &[Relation],
) -> Vec<Outcome> {
    let about = |other: &Profile| {
        let named: Vec<Named<'_>> = candidate
            .members
            .iter()
            .filter_map(|holder| Named::new(holder, other, sites))
            .collect();
        let holders = named.iter().map(|n| n.holder.applicant.clone());
        let observations = named.iter().flat_map(|n| n.observations());
        Some(Outcome::Evidence(Box::new(Evidence::new(
            card,
            Subjects::group(holders.chain([other.applicant.clone()]))?,
            Measure {
                table: table(&named),
                score: 1.0,
            },
            Explanation::new(sentence, vec![Fact::Number(named.len().to_string())]),
            explained_by.to_vec(),
            Observations::from_vec(observations.collect())?,
        ))))
    };
    candidate.members.iter().filter_map(|m| about(m)).collect()
}

/// The part of a file that a leftover stands in.
pub(in crate::detect) fn part_of(leftover: &Leftover) -> &str {
    match &leftover.at.place {
        Place::Part(part) => part,
        Place::File { path, .. } | Place::Lines { path, .. } => path,
        Place::Line { .. } => "the page",
        _ => "link",
    }
}

fn contact_of(leftover: &Leftover) -> Option<Fact> {
    match &leftover.value {
        LeftoverValue::Name(_) => None,
        LeftoverValue::Contact { kind, value } => Some(kind.fact(value.clone())),
    }
}
