//! Another applicant's name or contact in one's own material: what `persona-leftover` and `licence-holder` share.
//!
//! What is natural is taken out first: a repository in whose history the other openly stands, one that grew from a root
//! that both have, a file that stands in both.

use crate::detect::common_ground::CommonGround;
use crate::detect::named_other::Named;
use crate::detect::named_other::name_keys;
use crate::detect::shared_value::COPIED;
use crate::features::commit_token::Token;
use crate::features::commit_token::own_tokens;
use crate::link::Candidate;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::Measure;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::BTreeSet;

/// Why somebody who works in a repository in the open is no leftover in it.
pub(in crate::detect) const OPENLY: &str = "they stand openly in the history of that repository: a co-author or a project that one builds on";

/// What a name or contact in another's material amounts to.
pub(in crate::detect) struct Stratum {
    /// Of several the one of the highest rank is told.
    pub rank: u8,
    /// Stratum of the calibration table.
    pub table: &'static str,
    /// Sentences over the source {0}, the place in it {1} and a contact {2}: of {b} in {a}'s material, and the other way.
    pub sentences: [&'static str; 2],
    /// Ordinary relations that would show it too.
    pub explained_by: &'static [Relation],
}

/// What makes a detector of the kind.
pub(in crate::detect) struct NamedIn {
    /// Its card.
    pub card: &'static Card,
    /// Where it looks.
    pub sites: &'static [LeftoverSite],
    /// What a leftover amounts to.
    pub stratum: fn(&Leftover) -> &'static Stratum,
    /// Why nobody is tied to somebody whom many name.
    pub by_many: &'static str,
}

impl NamedIn {
    /// The blocking keys of an applicant.
    pub fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        name_keys(profile, self.sites, sink);
    }

    /// What ties a pair; somebody whom many name is set aside.
    pub fn compare(&self, candidate: &Candidate<'_>) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => self.pair(a, b),
            None => self.many(candidate),
        }
    }

    fn pair(&self, a: &Profile, b: &Profile) -> Vec<Outcome> {
        let common = CommonGround::new(&[a, b]);
        let mut outcomes = Vec::new();
        let mut strongest: Option<(&Stratum, Named<'_>)> = None;
        for (holder, other) in [(a, b), (b, a)] {
            let Some(mut named) = Named::new(holder, other, self.sites) else {
                continue;
            };
            let fact = named.what();
            let mut why = None;
            named.leftovers.retain(|l| {
                let ordinary = ordinary(holder, other, &common, l);
                why = ordinary.or(why);
                ordinary.is_none()
            });
            let Some(best) = named
                .leftovers
                .iter()
                .map(|l| (self.stratum)(l))
                .max_by_key(|s| s.rank)
            else {
                let [what, contact] = fact;
                let what = if named_contact(&contact) {
                    contact
                } else {
                    what
                };
                outcomes.extend(why.map(|why| self.set_aside([a, b], what, why)));
                continue;
            };
            named
                .leftovers
                .sort_by_key(|l| std::cmp::Reverse((self.stratum)(l).rank));
            if strongest.as_ref().is_none_or(|(s, _)| s.rank < best.rank) {
                strongest = Some((best, named));
            }
        }
        outcomes.extend(strongest.and_then(|(s, named)| self.evidence(a, b, s, &named)));
        outcomes
    }

    fn evidence(
        &self,
        a: &Profile,
        b: &Profile,
        stratum: &Stratum,
        named: &Named<'_>,
    ) -> Option<Outcome> {
        let turned = usize::from(named.holder.applicant != a.applicant);
        let [_, contact] = named.what();
        Some(Outcome::Evidence(Box::new(Evidence::new(
            self.card,
            Subjects::pair(&a.applicant, &b.applicant),
            Measure {
                table: stratum.table,
                score: 1.0,
            },
            Explanation::new(
                stratum.sentences[turned],
                vec![named.file(), named.part(), contact],
            ),
            stratum.explained_by.to_vec(),
            Observations::from_vec(named.observations().collect())?,
        ))))
    }

    /// Somebody whom several of a group name.
    fn many(&self, candidate: &Candidate<'_>) -> Vec<Outcome> {
        let about = |other: &Profile| {
            let named: Vec<Named<'_>> = candidate
                .members
                .iter()
                .filter_map(|holder| Named::new(holder, other, self.sites))
                .collect();
            let [what, contact] = named.first()?.what();
            let holders = named.iter().map(|n| &n.holder.applicant);
            let mut subjects: Vec<ApplicantId> =
                holders.chain([&other.applicant]).cloned().collect();
            subjects.sort();
            Some(Outcome::SetAside(SetAside {
                detector: self.card.id,
                subjects,
                what: if named_contact(&contact) {
                    contact
                } else {
                    what
                },
                why: self.by_many,
            }))
        };
        candidate.members.iter().filter_map(|m| about(m)).collect()
    }

    fn set_aside(&self, pair: [&Profile; 2], what: Fact, why: &'static str) -> Outcome {
        let mut subjects = pair.map(|p| p.applicant.clone()).to_vec();
        subjects.sort();
        Outcome::SetAside(SetAside {
            detector: self.card.id,
            subjects,
            what,
            why,
        })
    }
}

/// Whether the fact is a contact rather than words of our own.
fn named_contact(fact: &Fact) -> bool {
    !matches!(fact, Fact::Text(_))
}

/// Why a leftover of `other` in `holder`'s material is natural, if it is.
fn ordinary(
    holder: &Profile,
    other: &Profile,
    common: &CommonGround,
    leftover: &Leftover,
) -> Option<&'static str> {
    if common.holds(&leftover.at) {
        return Some(COPIED);
    }
    let history = holder
        .histories
        .iter()
        .find(|h| h.source.path == leftover.at.source)?;
    let own: BTreeSet<Token> = own_tokens(other);
    let is_other = |(email, name): (&str, u64)| {
        let same_name = name != 0 && other.name.is_some_and(|n| n.0 == name);
        same_name || Token::of_email(email).iter().any(|t| own.contains(t))
    };
    history
        .idents
        .iter()
        .any(|i| is_other((&i.email, i.name_key)))
        .then_some(OPENLY)
}
