//! An identity that more than a few applicants carry: one group of those who own it, or set aside.

use crate::detect::commit_identity::CARD;
use crate::detect::commit_identity::TABLE_OWNED;
use crate::detect::commit_identity::own_side;
use crate::detect::commit_identity::verdict::CLAIMED;
use crate::detect::commit_identity::verdict::PUBLIC;
use crate::detect::commit_identity::verdict::SUPPOSED;
use crate::detect::commit_identity::verdict::only_supposed;
use crate::detect::commit_identity::verdict::ordinary;
use crate::features::commit_token::Token;
use crate::features::commit_token::claimed_tokens;
use crate::features::commit_token::own_tokens;
use crate::link::Candidate;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::BTreeSet;

const GROUP: &str = "{1} applicants commit or sign as {0}: it is the own identity of each.";

/// More than a few applicants meet in one identity. Those who own it, and hold no commits in common, are one group
/// evidence; an identity that only one of them owns is that of a public author, and set aside.
pub(in crate::detect::commit_identity) fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let own: Vec<BTreeSet<Token>> = candidate.members.iter().map(|p| own_tokens(p)).collect();
    let hot: BTreeSet<&Token> = own
        .iter()
        .flatten()
        .filter(|t| candidate.keys.binary_search(&t.join_key()).is_ok())
        .collect();
    let mut done: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut outcomes = Vec::new();
    for token in hot {
        let mut commits: BTreeSet<ObjectId> = BTreeSet::new();
        let mut kept = Vec::new();
        for (n, _) in own
            .iter()
            .enumerate()
            .filter(|(_, tokens)| tokens.contains(token))
        {
            let theirs: BTreeSet<ObjectId> = candidate.members[n]
                .histories
                .iter()
                .flat_map(|h| h.commits.iter().map(|c| c.id))
                .collect();
            if commits.is_disjoint(&theirs) {
                commits.extend(theirs);
                kept.push(n);
            }
        }
        // Several identities of the same people are one evidence; what was set aside uses nobody up.
        if !done.contains(&kept) {
            let outcome = group_outcome(candidate, token, &kept);
            if matches!(outcome, Some(Outcome::Evidence(_))) {
                done.insert(kept);
            }
            outcomes.extend(outcome);
        }
    }
    outcomes
}

fn group_outcome(candidate: &Candidate<'_>, token: &Token, kept: &[usize]) -> Option<Outcome> {
    let members = kept.iter().map(|&n| candidate.members[n]);
    let all_claim = members.clone().all(|p| claimed_tokens(p).contains(token));
    let supposed = members
        .clone()
        .all(|p| only_supposed(p, &BTreeSet::from([token])));
    if kept.len() < 2 || all_claim || supposed {
        let subjects = candidate
            .members
            .iter()
            .map(|p| p.applicant.clone())
            .collect();
        let why = match (kept.len() < 2, supposed) {
            (true, _) => PUBLIC,
            (_, true) => SUPPOSED,
            _ => CLAIMED,
        };
        return Some(Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects,
            what: token.fact(),
            why,
        }));
    }
    let seen = members.clone().filter_map(|p| own_side(p, token)).collect();
    let facts = vec![token.fact(), Fact::Number(kept.len().to_string())];
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::group(members.map(|p| p.applicant.clone()))?,
        Measure {
            table: TABLE_OWNED,
            score: 1.0,
        },
        Explanation::new(GROUP, facts),
        ordinary(&BTreeSet::from([token]), false),
        Observations::from_vec(seen)?,
    ))))
}
