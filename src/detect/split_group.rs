//! A group that one hot key proposed, split into those who really match.
//!
//! The first member not yet placed leads, and whoever matches the leader joins; the rest is split again. Comparing every
//! member with every other would cost the square of a group that may have thousands, so leaders whom nobody matches are
//! counted, and after some of them the rest counts as common. What only two of them share is not lost: rarer keys
//! propose them as a pair.

use crate::link::Candidate;
use crate::model::Card;
use crate::model::Fact;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::SetAside;

/// Leaders that may match nobody where one comparison aligns two texts (a millisecond).
pub(in crate::detect) const LONELY_TEXTS: usize = 12;
/// Leaders that may match nobody where one comparison looks at a few values (microseconds).
pub(in crate::detect) const LONELY_VALUES: usize = 100;

/// How a detector splits a group.
pub(in crate::detect) struct Split<'c, 'a> {
    /// The group.
    pub candidate: &'c Candidate<'a>,
    /// Leaders that may match nobody.
    pub lonely: usize,
}

impl<'a> Split<'_, 'a> {
    /// What is told of the parts: `best` compares a leader with another, given the matches already admitted; `tell` makes
    /// evidence of a leader and the matches, if any. Nothing told: `common`.
    pub fn outcomes<M>(
        &self,
        best: impl Fn(&'a Profile, &'a Profile, &[M]) -> Option<M>,
        tell: impl Fn(&'a Profile, Vec<M>) -> Option<Outcome>,
        common: impl FnOnce() -> Outcome,
    ) -> Vec<Outcome> {
        let mut left = self.candidate.members.clone();
        let mut out = Vec::new();
        let mut lonely = 0;
        while let Some((leader, rest)) = left.split_first().filter(|_| lonely < self.lonely) {
            let mut matches = Vec::new();
            let mut others = Vec::new();
            for &other in rest {
                match best(leader, other, &matches) {
                    Some(found) => matches.push(found),
                    None => others.push(other),
                }
            }
            lonely += usize::from(matches.is_empty());
            out.extend(tell(leader, matches));
            left = others;
        }
        if out.is_empty() {
            out.push(common());
        }
        out
    }
}

/// What a group has in common and why that tells nothing.
pub(in crate::detect) fn common(
    card: &'static Card,
    candidate: &Candidate<'_>,
    what: &str,
    why: &'static str,
) -> Outcome {
    let mut subjects: Vec<_> = candidate
        .members
        .iter()
        .map(|p| p.applicant.clone())
        .collect();
    subjects.sort();
    Outcome::SetAside(SetAside {
        detector: card.id,
        subjects,
        what: Fact::Text(what.into()),
        why,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ApplicantId;
    use std::cell::Cell;

    fn split(people: &[Profile], lonely: usize) -> (Vec<usize>, usize) {
        let candidate = Candidate {
            members: people.iter().collect(),
            keys: vec![],
        };
        let (compared, told) = (Cell::new(0), std::cell::RefCell::new(vec![]));
        let split = Split {
            candidate: &candidate,
            lonely,
        };
        // Ids with the same first letter match.
        split.outcomes(
            |a, b, _: &[()]| {
                compared.set(compared.get() + 1);
                (a.applicant.to_string()[..1] == b.applicant.to_string()[..1]).then_some(())
            },
            |_, matches| {
                told.borrow_mut().push(matches.len());
                None
            },
            || Outcome::CouldNotLook { why: "common" },
        );
        (told.into_inner(), compared.get())
    }

    #[test]
    fn everybody_is_placed_once_and_lonely_leaders_are_few() {
        let ids = ["a1", "b1", "a2", "c1", "b2", "a3"];
        let people = ids.map(|id| Profile::empty(ApplicantId::new(id)));
        assert_eq!(split(&people, 12).0, [2, 1, 0]);
        let strangers: Vec<Profile> = ('a'..='z')
            .map(|c| Profile::empty(ApplicantId::new(c.to_string())))
            .collect();
        assert_eq!(split(&strangers, 3), (vec![0, 0, 0], 25 + 24 + 23));
    }
}
