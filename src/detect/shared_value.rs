//! Values that stand in the material of two applicants: what the detectors of accounts, keys, machines, secrets, services
//! and referees share.
//!
//! Each detector is a [`Values`]: what an applicant holds ([`Held`]) and what a value that two hold amounts to ([`Judged`]). Here the
//! two are brought together, and what both have for an ordinary reason is set aside: a repository that grew from one
//! root, a file that stands in both. What many hold is in [`many`].

pub(in crate::detect) mod many;

use crate::detect::Detector;
use crate::detect::common_ground::CommonGround;
use crate::detect::shared_value::many::OfMany;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Ident;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::OwnedBy;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeMap;

/// Places of one value shown for one applicant.
const SHOWN: usize = 4;

/// Why a value that both have by one history or one file says nothing.
pub(in crate::detect) const COPIED: &str = "it stands in a repository or a file that both have: a fork, a common upstream or a copied file";

/// How an applicant holds a value, weakest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Hold {
    /// It stands in their material and is somebody else's: meets only those whose own it is.
    Mentions,
    /// It stands in their material; whose it is stays open.
    Has,
    /// It is their own.
    Owns,
}

/// A value in one applicant's material.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::detect) struct Held {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Equal values are the same.
    pub value: String,
    /// What stands beside it and tells cases apart, such as a login; may be empty.
    pub detail: String,
    /// How it is held.
    pub hold: Hold,
    /// Where it stands.
    pub at: Provenance,
}

impl Held {
    /// An identifier, without detail.
    pub fn new(identifier: &Identifier, hold: Hold) -> Self {
        Self {
            kind: identifier.kind,
            value: identifier.value.clone(),
            detail: String::new(),
            hold,
            at: identifier.at.clone(),
        }
    }
}

/// One value that two applicants hold.
pub(in crate::detect) struct Case<'a> {
    /// Its kind.
    pub kind: IdentifierKind,
    /// The value.
    pub value: &'a str,
    /// Where the first holds it; never empty.
    pub of_a: Vec<&'a Held>,
    /// Where the second does; never empty.
    pub of_b: Vec<&'a Held>,
}

impl Case<'_> {
    /// The strongest way in which each holds it.
    pub fn holds(&self) -> [Hold; 2] {
        [&self.of_a, &self.of_b].map(|of| of.iter().map(|h| h.hold).max().unwrap_or(Hold::Mentions))
    }

    fn observations(&self) -> impl Iterator<Item = Observation> + '_ {
        [&self.of_a, &self.of_b].into_iter().flat_map(|of| {
            of.iter().take(SHOWN).map(|h| Observation {
                fact: h.kind.fact(h.value.clone()),
                at: h.at.clone(),
            })
        })
    }
}

/// What a shared value amounts to.
pub(in crate::detect) enum Judged {
    /// It ties the two.
    Ties(Tie),
    /// It was ignored on purpose, and why.
    SetAside(&'static str),
    /// Another detector speaks of it, or it says nothing.
    Nothing,
}

/// How a shared value ties two applicants.
pub(in crate::detect) struct Tie {
    /// Of several values the one of the highest rank is told.
    pub rank: u8,
    /// Stratum of the calibration table.
    pub table: &'static str,
    /// One sentence over the value {0}, the sources in which it stands {1} and {2}, and details {3} and {4} of the two.
    pub sentence: &'static str,
    /// Ordinary relations that would show it too.
    pub explained_by: &'static [Relation],
}

/// What makes a detector of shared values.
pub(in crate::detect) struct Values {
    /// Its card.
    pub card: &'static Card,
    /// What an applicant holds.
    pub held: fn(&Profile) -> Vec<Held>,
    /// What a value that two hold amounts to.
    pub judge: fn(&Case<'_>) -> Judged,
    /// Why nobody is tied by a value that many hold and that is not told.
    pub by_many: &'static str,
    /// How a value that many hold is told, once for all of them; without it, it is set aside.
    pub told: Option<OfMany>,
    /// Why it cannot look at an applicant who holds nothing of the kind.
    pub none: &'static str,
}

impl Detector for Values {
    fn card(&self) -> &'static Card {
        self.card
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for held in (self.held)(profile) {
            let key = key(held.kind, &held.value);
            match held.hold {
                Hold::Owns => sink.owns(key),
                Hold::Has => sink.both(key),
                Hold::Mentions => sink.mentions(key),
            }
        }
    }

    /// Says where there is nothing to look at.
    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        match (self.held)(profile).is_empty() {
            true => vec![Outcome::CouldNotLook { why: self.none }],
            false => Vec::new(),
        }
    }

    /// What ties a pair; what many share is told once or set aside.
    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => self.pair(a, b),
            None => self.many(candidate, background),
        }
    }
}

impl Values {
    fn pair(&self, a: &Profile, b: &Profile) -> Vec<Outcome> {
        let (of_a, of_b) = ((self.held)(a), (self.held)(b));
        let common = CommonGround::new(&[a, b]);
        let mut ties = Vec::new();
        let mut aside = Vec::new();
        for mut case in cases(&of_a, &of_b) {
            case.of_a.retain(|h| !common.holds(&h.at));
            case.of_b.retain(|h| !common.holds(&h.at));
            let judged = match case.of_a.is_empty() || case.of_b.is_empty() {
                true => Judged::SetAside(COPIED),
                false => (self.judge)(&case),
            };
            match judged {
                Judged::Ties(tie) => ties.push((tie, case)),
                Judged::SetAside(why) => aside.push(self.set_aside(
                    [a, b].map(|p| p.applicant.clone()).to_vec(),
                    case.kind.fact(case.value.to_owned()),
                    why,
                )),
                Judged::Nothing => {}
            }
        }
        aside.extend(self.evidence(a, b, ties));
        aside
    }

    /// One evidence for every value that ties two applicants.
    fn evidence(
        &self,
        a: &Profile,
        b: &Profile,
        mut ties: Vec<(Tie, Case<'_>)>,
    ) -> Option<Outcome> {
        ties.sort_by_key(|(tie, _)| std::cmp::Reverse(tie.rank));
        let (first, case) = ties.first()?;
        let explains = |r: &&Relation| ties.iter().all(|(t, _)| t.explained_by.contains(r));
        // Where no one relation explains all of them, those of the strongest stand: ordinary things together stay ordinary.
        let whole: Vec<Relation> = first
            .explained_by
            .iter()
            .filter(explains)
            .copied()
            .collect();
        let all_ordinary = ties.iter().all(|(t, _)| !t.explained_by.is_empty());
        let explained_by = match whole.is_empty() && all_ordinary {
            true => first.explained_by.to_vec(),
            false => whole,
        };
        let detail = |of: &[&Held]| Fact::Account(of[0].detail.clone());
        let facts = vec![
            case.kind.fact(case.value.to_owned()),
            Fact::Path(case.of_a[0].at.source.clone()),
            Fact::Path(case.of_b[0].at.source.clone()),
            detail(&case.of_a),
            detail(&case.of_b),
        ];
        let observed = ties.iter().flat_map(|(_, c)| c.observations()).collect();
        Some(Outcome::Evidence(Box::new(Evidence::new(
            self.card,
            Subjects::pair(&a.applicant, &b.applicant),
            Measure {
                table: first.table,
                score: 1.0,
            },
            Explanation::new(first.sentence, facts),
            explained_by,
            Observations::from_vec(observed)?,
        ))))
    }

    fn set_aside(&self, mut subjects: Vec<ApplicantId>, what: Fact, why: &'static str) -> Outcome {
        subjects.sort();
        Outcome::SetAside(SetAside {
            detector: self.card.id,
            subjects,
            what,
            why,
        })
    }
}

/// How an owned identity of a commit is held: somebody who wrote nearly all of a repository under a name that the
/// applicant does not bear may be anybody whose work was handed in.
pub(in crate::detect) fn hold_of(profile: &Profile, ident: &Ident, by: OwnedBy) -> Hold {
    let is_named = profile
        .name
        .is_some_and(|n| n.0 != 0 && n.0 == ident.name_key);
    match by {
        OwnedBy::SoleAuthor if !is_named => Hold::Has,
        _ => Hold::Owns,
    }
}

/// What the files of an applicant's repositories hold of the kinds that `hold` takes.
pub(in crate::detect) fn in_files(
    profile: &Profile,
    hold: impl Fn(IdentifierKind) -> Option<Hold>,
) -> Vec<Held> {
    let all = profile.repositories.iter().flat_map(|r| &r.identifiers);
    all.filter_map(|i| Some(Held::new(i, hold(i.kind)?)))
        .collect()
}

/// What an applicant's claims and documents hold of the kinds that `hold` takes.
pub(in crate::detect) fn in_documents(
    profile: &Profile,
    hold: impl Fn(IdentifierKind) -> Option<Hold>,
) -> Vec<Held> {
    let all = profile.identifiers.iter();
    all.filter_map(|i| Some(Held::new(i, hold(i.kind)?)))
        .collect()
}

/// Equal for equal values of one kind.
pub(in crate::detect) fn key(kind: IdentifierKind, value: &str) -> Key {
    combine(0x5a + kind as u64, hash_text(value))
}

/// The values that both hold, if the roles meet.
fn cases<'a>(of_a: &'a [Held], of_b: &'a [Held]) -> Vec<Case<'a>> {
    let mut by_value: BTreeMap<(IdentifierKind, &str), [Vec<&Held>; 2]> = BTreeMap::new();
    for (side, of) in [of_a, of_b].into_iter().enumerate() {
        for held in of {
            by_value.entry((held.kind, &held.value)).or_default()[side].push(held);
        }
    }
    by_value
        .into_iter()
        .filter(|(_, [x, y])| !x.is_empty() && !y.is_empty())
        .map(|((kind, value), [of_a, of_b])| Case {
            kind,
            value,
            of_a,
            of_b,
        })
        .filter(|c| c.holds() != [Hold::Mentions, Hold::Mentions])
        .collect()
}

#[cfg(test)]
mod tests;
