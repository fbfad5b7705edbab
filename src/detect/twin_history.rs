//! Looks for commits that stand in one repository twice, under two identities.
//!
//! # What it looks at
//! Commits with the same tree, author time and subject but another author in the history of one repository.
//!
//! # Why it can mean something
//! A commit has one author. Where the applicant's commits also stand under somebody else's name, one of the two lines was
//! rewritten to carry another name.
//!
//! # Innocent explanations
//! An address or name corrected in the whole history, a maintainer who rewrote authorship, a fork merged back.
//!
//! # Limits
//! Only inside one repository, every ref included; copies across applicants are other detectors' business.
//!
//! # References
//! git-filter-repo documentation; git-commit-tree(1).

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_repositories;
use crate::detect::commit_finding::percent;
use crate::features::commit_address::address_kind;
use crate::features::commit_address::lowered;
use crate::features::own::OwnCommit;
use crate::link::Background;
use crate::model::Card;
use crate::model::Commit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::FindingParts;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "twin-history",
    title: "The applicant's commits also stand under another name",
    family: Family::History,
    looks_at: "Commits with the same files, author time and subject but another author's name and address, in the history of one \
               repository with all its branches and proposals.",
    why: "A commit has one author. Where a whole line of the applicant's commits stands a second time under somebody else's name, \
          one of the two was rewritten to carry another name, and it is worth asking whose work it is.",
    innocent: &[
        "The applicant changed name or address and had the history rewritten; the old line is still on another branch.",
        "A maintainer or a tool rewrote the authors of an imported or squashed branch.",
        "The applicant began under a nickname or on a borrowed machine and corrected that later.",
    ],
    question: "Part of this repository exists twice, under your name and another. How did that come about?",
    limits: "Needs 20 commits of the applicant's own in one repository; ten twins and one in twenty of them. Two addresses under \
             one name, or two names under one address, are no twins.",
    base_rate: "30 of 4,795 authors of 367 public repositories (0.6 %, 95 % interval 0.4 to 0.9 %; \
                corpora/programs/measure_histories.rs), nearly all in old Subversion histories that were imported twice; none of \
                404 authors of small repositories.",
    references: &[
        "git-filter-repo documentation: rewriting authors",
        "git-commit-tree(1): what a commit consists of",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the commits were made once, by the author they name",
    "a line of them was made again under another name, for whatever reason",
];

const MIN_COMMITS: usize = 20;
/// INDICATORS.md G5.
const MIN_TWINS: usize = 10;
const MIN_SHARE: f64 = 0.05;

/// One line of commits under two names.
pub(in crate::detect) struct TwinHistory;

impl Detector for TwinHistory {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let repositories = match own_repositories(profile, MIN_COMMITS, |_| true) {
            Ok(repositories) => repositories,
            Err(outcomes) => return outcomes,
        };
        repositories
            .iter()
            .filter_map(|own| parts(own))
            .map(|p| found(self, profile, p))
            .collect()
    }
}

/// What a commit says beside who made it.
fn content(commit: &Commit) -> (ObjectId, i64, u64) {
    (commit.tree, commit.author.seconds, commit.subject)
}

/// Another person's commit: name and address both differ, and the address can stand for somebody.
fn is_another(history: &History, a: u32, b: u32) -> bool {
    let (Some(a), Some(b)) = (
        history.idents.get(a as usize),
        history.idents.get(b as usize),
    ) else {
        return false;
    };
    a.name_key != b.name_key
        && lowered(&a.email) != lowered(&b.email)
        && address_kind(&b.email).is_somebody()
}

fn parts(own: &[OwnCommit<'_>]) -> Option<FindingParts> {
    let history = own.first()?.history;
    let mine: BTreeSet<u32> = own.iter().map(|o| o.commit.author.ident).collect();
    let wanted: BTreeSet<_> = own.iter().map(|o| content(o.commit)).collect();
    let mut others: BTreeMap<_, &Commit> = BTreeMap::new();
    for commit in history
        .commits
        .iter()
        .filter(|c| !mine.contains(&c.author.ident))
    {
        if wanted.contains(&content(commit)) {
            others.entry(content(commit)).or_insert(commit);
        }
    }
    let twins: Vec<(&OwnCommit<'_>, &Commit)> = own
        .iter()
        .filter_map(|o| Some((o, *others.get(&content(o.commit))?)))
        .filter(|(o, twin)| is_another(history, o.commit.author.ident, twin.author.ident))
        .collect();
    let share = twins.len() as f64 / own.len() as f64;
    if twins.len() < MIN_TWINS || share < MIN_SHARE {
        return None;
    }
    let explanation = Explanation::new(
        "{0} of the applicant's {1} commits in one repository ({2}) stand in it a second time with the same files, author \
         time and subject, under another name and address.",
        vec![number(twins.len()), number(own.len()), percent(share)],
    );
    let shown = twins.iter().take(MAX_SOURCES / 2);
    let sources = shown.flat_map(|(o, twin)| {
        let time = || Fact::Time(in_utc(o.commit.author.seconds));
        [
            at_commit(history, o.commit, time()),
            at_commit(history, twin, time()),
        ]
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: own.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(sources.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "twin_history_tests.rs"]
mod tests;
