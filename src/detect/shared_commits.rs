//! # What it looks at
//! Commits that two applicants both hand in, and whose own identity wrote them.
//! # Why it can mean a link
//! A repository handed in under two names shows one work as two people's.
//! # Innocent explanations
//! A fork, a project of both, a course starter, somebody else's repository named by mistake.
//! # Limits
//! A history that was written again has other ids: see the other detectors of copied histories.
//! # References
//! Pro Git, chapter 10.2 (Git objects).
//!
//! Equal ids name their author in the open, so nearly all of it is ordinary and told as such. Left unexplained is only a
//! repository that one applicant wrote and another, who shows no commit of their own anywhere, hands in too.

mod common;

use crate::detect::Detector;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::shared_commits::common::Case;
use crate::detect::shared_commits::common::Common;
use crate::detect::shared_commits::common::Side;
use crate::features::own::own_commits;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Commit;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::History;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::HashSet;

static CARD: Card = Card {
    id: "shared-commits",
    title: "One repository in two applications",
    family: Family::History,
    looks_at: "Commits with the same id in repositories of two applicants, by whose own identity they stand, and whether \
               anything declares a fork: remote or pull refs, commits of both.",
    why: "A commit id is the hash of its content, author and past: equal ids are one commit. Somebody who applies under two \
          names may hand in one repository twice.",
    innocent: &[
        "One forked the other's project, or both work on it.",
        "One handed in a link to somebody else's repository, such as an untouched fork.",
        "Both started from one course starter or template.",
    ],
    question: "This repository, or part of it, was also handed in by somebody else. Which commits in it are yours?",
    limits: "Needs five commits by an applicant's own identity to speak unexplained. What others wrote mostly is set aside as a \
             common upstream, and what more than a dozen applicants hold as public. Hosting services mark forks only in \
             their web pages. A copy that was written again has other ids.",
    base_rate: "Of 43,071 pairs of 294 unrelated owners of 367 public repositories (corpora/programs/measure_copies) none held a \
                commit in common, but these are their owners' own projects: how many applicants hand in untouched forks is not \
                known. The strength is therefore assumed, at most moderate, and never makes a group.",
    references: &["Chacon and Straub 2014, Pro Git, chapter 10.2 (Git objects)"],
};

const PUBLIC: &str =
    "many applicants hold these commits: a public project, a course starter or a template";
/// For a repository that {a} wrote, and the other way round.
const HANDED_IN: [&str; 2] = [
    "{b}'s repository {3} ({4} commits) consists of {0} commits that also stand in {a}'s repository {1} ({2} commits); {a}'s own \
     identity wrote {5} of them, from {6} to {7} (UTC). {b} shows no commit of their own in any repository.",
    "{a}'s repository {1} ({2} commits) consists of {0} commits that also stand in {b}'s repository {3} ({4} commits); {b}'s own \
     identity wrote {5} of them, from {6} to {7} (UTC). {a} shows no commit of their own in any repository.",
];
const DECLARED: &str = "{a}'s repository {1} ({2} commits) and {b}'s repository {3} ({4} commits) have {0} commits in common, {5} of \
                        them by the own identity of one of the two, from {6} to {7} (UTC).";
const THIRD: &str = "{a} and {b} both handed in a repository with the same {0} commits, {1} ({2} commits) and {3} ({4} commits); one \
                     author, whom neither claims, wrote {5} of them, from {6} to {7} (UTC).";

/// History of more commits than this gives a sample of its ids as keys, one in [`SAMPLE`]: what others wrote mostly is
/// set aside anyway.
const ALL_KEYS: usize = 4096;
const SAMPLE: u64 = 16;

/// See the card.
pub(in crate::detect) struct SharedCommits;

impl Detector for SharedCommits {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for own in own_commits(profile) {
            sink.owns(own.commit.id.prefix());
        }
        for history in &profile.histories {
            let is_small = history.commits.len() <= ALL_KEYS;
            for commit in &history.commits {
                let key = commit.id.prefix();
                if commit.parents.is_empty() {
                    sink.both(key);
                } else if is_small || key % SAMPLE == 0 {
                    sink.mentions(key);
                }
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.histories.is_empty() {
            return could_not("no repository was handed in");
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b),
            None => public(candidate).into_iter().collect(),
        }
    }
}

/// The heaviest case of all pairs of repositories, or what was set aside.
fn pair(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let sides = [Side::new(a), Side::new(b)];
    let mut all = Vec::new();
    for left in &a.histories {
        let ids: HashSet<ObjectId> = left.commits.iter().map(|c| c.id).collect();
        for right in &b.histories {
            let common = right.commits.iter().map(|c| c.id);
            let common = common.filter(|id| ids.contains(id)).collect();
            all.extend(Common::new(sides.each_ref(), [left, right], &common));
        }
    }
    all.sort_by(|x, y| (&y.case, y.own.len()).cmp(&(&x.case, x.own.len())));
    match all.first() {
        Some(first) if !matches!(first.case, Case::SetAside(_)) => {
            let comparisons = a.histories.len() * b.histories.len();
            evidence(a, b, first, comparisons).into_iter().collect()
        }
        _ => all.iter().filter_map(|c| set_aside(a, b, c)).collect(),
    }
}

fn set_aside(a: &Profile, b: &Profile, common: &Common<'_>) -> Option<Outcome> {
    let Case::SetAside(why) = common.case else {
        return None;
    };
    Some(Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects: vec![a.applicant.clone(), b.applicant.clone()],
        what: Fact::Path(common.histories[0].source.path.clone()),
        why,
    }))
}

fn evidence(a: &Profile, b: &Profile, common: &Common<'_>, comparisons: usize) -> Option<Outcome> {
    let (template, table, explained) = match &common.case {
        Case::HandedIn(owner) => (HANDED_IN[*owner], "shared-commits/handed-in", Vec::new()),
        Case::Declared(why) => (DECLARED, "shared-commits/declared", why.clone()),
        Case::Third(why) => (THIRD, "shared-commits/declared", why.clone()),
        Case::SetAside(_) => return None,
    };
    let [left, right] = common.histories;
    let (first, last) = (*common.own.first()?, *common.own.last()?);
    let time = |c: &Commit| Fact::Time(in_utc(c.author.seconds));
    let facts = vec![
        number(common.commits.len()),
        Fact::Path(left.source.path.clone()),
        number(left.commits.len()),
        Fact::Path(right.source.path.clone()),
        number(right.commits.len()),
        number(common.own.len()),
        time(first),
        time(last),
    ];
    let seen = [first, last].into_iter().flat_map(|commit| {
        [left, right].map(|history: &History| at_commit(history, commit, time(commit)))
    });
    let seen: Vec<Observation> = seen.collect();
    let evidence = Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table,
            score: common.own.len() as f64,
        },
        Explanation::new(template, facts),
        explained,
        Observations::from_vec(seen)?,
    );
    Some(Outcome::Evidence(Box::new(evidence.best_of(comparisons))))
}

/// What more than a few hold is public: one entry instead of every pair.
fn public(candidate: &Candidate<'_>) -> Option<Outcome> {
    let holds = |history: &&History| {
        let mut keys = history.commits.iter().map(|c| c.id.prefix());
        keys.any(|key| candidate.keys.binary_search(&key).is_ok())
    };
    let mut histories = candidate.members.iter().flat_map(|p| &p.histories);
    let subjects = candidate.members.iter().map(|p| p.applicant.clone());
    Some(Outcome::SetAside(SetAside {
        detector: CARD.id,
        what: Fact::Path(histories.find(holds)?.source.path.clone()),
        subjects: subjects.collect(),
        why: PUBLIC,
    }))
}

#[cfg(test)]
mod tests;
