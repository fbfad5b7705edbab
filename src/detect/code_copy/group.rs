//! Code that many applicants hold: one group, never pairs.
//!
//! A starter that a course hands out is common to many and a small part of each repository: it is set aside. Where most of
//! every repository is the same code, that is told of the group as a whole, with the template or course that may explain it.

use crate::detect::code_copy::CARD;
use crate::detect::code_copy::side::Match;
use crate::detect::code_copy::side::Side;
use crate::detect::code_copy::{pair, tell};
use crate::link::Background;
use crate::link::Candidate;
use crate::model::ApplicantId;
use crate::model::Fact;
use crate::model::Outcome;
use crate::model::SetAside;
use crate::model::Subjects;

/// Share of the smaller repository from which on a group is told rather than set aside.
const MOST: f64 = 0.6;

/// Leaders that may find nobody before the rest is set aside: a group of thousands on one starter would be compared pair by
/// pair.
const LEADERS: usize = 12;

const COMMON: &str = "many of the pool hold this code, and it is a part of each repository only: a starter, a course or a tutorial";

/// Splits a group: the first member left leads, and whoever has most of the same code joins. Two are an ordinary pair.
pub(in crate::detect::code_copy) fn outcomes(
    candidate: &Candidate<'_>,
    background: &Background,
) -> Vec<Outcome> {
    let sides: Vec<Side<'_>> = candidate
        .members
        .iter()
        .map(|p| Side::new(p, background))
        .collect();
    let mut left: Vec<&Side<'_>> = sides.iter().collect();
    let mut out = Vec::new();
    let mut lonely = 0;
    while left.len() > 1 && lonely < LEADERS {
        let leader = left.remove(0);
        let mut joined: Vec<(&Side<'_>, Match<'_>)> = Vec::new();
        let mut rest = Vec::new();
        for side in left {
            match best(leader, side, background) {
                Some(found) => joined.push((side, found)),
                None => rest.push(side),
            }
        }
        left = rest;
        lonely += usize::from(joined.is_empty());
        match joined.as_slice() {
            [] => {}
            [(one, _)] => out.extend(pair(leader.profile, one.profile, background)),
            several => out.extend(evidence(leader, several)),
        }
    }
    if out.is_empty() {
        let id = |p: &&crate::model::Profile| -> ApplicantId { p.applicant.clone() };
        out.push(Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects: candidate.members.iter().map(id).collect(),
            what: Fact::Text("common code".into()),
            why: COMMON,
        }));
    }
    out
}

/// The strongest match in which most of both repositories is the same; that many hold it is what the group says, so only
/// public code counts for nothing.
fn best<'s>(a: &'s Side<'s>, b: &'s Side<'s>, background: &Background) -> Option<Match<'s>> {
    let weight = |mark| match background.code_marks.contains(mark) {
        true => 0.0,
        false => 1.0,
    };
    a.repository_pairs(b)
        .filter(|(left, right)| left.declared(right).is_none())
        .filter_map(|(left, right)| Match::new(left, right, &weight))
        .filter(|m| m.copied.left_share().min(m.copied.right_share()) >= MOST)
        .max_by(|m, n| m.score.total_cmp(&n.score))
}

fn evidence(leader: &Side<'_>, joined: &[(&Side<'_>, Match<'_>)]) -> Option<Outcome> {
    let (_, weakest) = joined
        .iter()
        .min_by(|m, n| m.1.score.total_cmp(&n.1.score))?;
    let members = joined
        .iter()
        .map(|(side, _)| side.profile.applicant.clone());
    let subjects = Subjects::group(members.chain([leader.profile.applicant.clone()]))?;
    let comparisons = joined
        .iter()
        .map(|(side, _)| leader.repository_pairs(side).count())
        .max();
    Some(tell::group(subjects, weakest, comparisons.unwrap_or(1)))
}
