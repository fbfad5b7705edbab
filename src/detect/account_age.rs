//! Compares the dates of commits with the age of the GitHub account whose number they carry.
//!
//! # What it looks at
//! Own commits under a no-reply address with an account number, and the day by which an account of that number existed
//! (`features::account_number`).
//!
//! # Why it can mean something
//! The address did not exist before the account: a commit dated years earlier was written, or written anew, later.
//!
//! # Innocent explanations
//! Old work that was brought to a new account, a history rewritten to hide a private address.
//!
//! # Limits
//! A rough bound with a margin of a year; nothing for accounts made before 2018.
//!
//! # References
//! `corpora/background/github_ids.md`; GitHub's documentation of no-reply addresses.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::features::account_number::existed_by;
use crate::features::github_noreply::GithubNoReply;
use crate::features::own::OwnCommit;
use crate::link::Background;
use crate::model::Card;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::FindingParts;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "account-age",
    title: "Commits carry a GitHub account that did not exist at their date",
    family: Family::History,
    looks_at: "Own commits under GitHub's no-reply address, which holds the number of the account, against the day by which an account \
               of that number existed.",
    why: "Accounts are numbered in order, and the address does not exist before the account. A commit under it that is dated a year \
          or more earlier got its date or its address later.",
    innocent: &[
        "Old code was put into git, or uploaded, when the account was new, with the dates of the files.",
        "An old history was rewritten to replace a private or a company address by the no-reply one.",
        "The applicant moved to a new account and took the history along.",
        "Commits were imported from another system with their old dates.",
        "A machine whose clock was wrong.",
    ],
    question: "Some of your commits are older than the account they carry. How did that history come about?",
    limits: "Needs commits under an address with a number (the form began in July 2017); numbers below 35 million are older than the \
             table. The bound is late by days to months, so only commits a year before it count, and at least three of them. That \
             people used git before they had the account is ordinary and not looked at.",
    base_rate: "None of 71 authors of public repositories whose commits carry such a number (0.7 %, 95 % interval 0 to 5.1 %; \
                corpora/programs/measure_consistency.rs). People who bring old work to a new account show it more often.",
    references: &[
        "GitHub documentation: setting your commit email address",
        "corpora/background/github_ids.md (the bound and how it was measured)",
        "corpora/calibration/consistency-findings.json (the counts)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the commits were made at their dates under this account",
    "their dates or their address were written later",
];
const TEMPLATE: &str = "{0} of {1} own commits under {2} are dated more than a year before {3}, by which time an account of that number \
                        first certainly existed; the earliest is of {4}.";
/// Seconds before the bound from which a commit counts: a year, because the bound is late by up to some months.
const MARGIN: i64 = 365 * 86_400;
/// Fewer commits may be one wrong clock or one old file.
const MIN_COMMITS: usize = 3;

/// See the card.
pub(in crate::detect) struct AccountAge;

impl Detector for AccountAge {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        let mut by_number: BTreeMap<u64, Vec<OwnCommit<'_>>> = BTreeMap::new();
        for commit in own {
            let ident = &commit.history.idents[commit.commit.author.ident as usize];
            if let Some(id) = GithubNoReply::from_email(&ident.email).and_then(|n| n.id) {
                by_number.entry(id).or_default().push(commit);
            }
        }
        if by_number.is_empty() {
            return could_not("no own commit carries the number of a GitHub account");
        }
        let known: Vec<_> = by_number
            .into_iter()
            .filter_map(|(id, commits)| Some((id, existed_by(id)?, commits)))
            .collect();
        if known.is_empty() {
            return could_not("the account's number is older or newer than the table of ages");
        }
        known
            .iter()
            .filter_map(|(id, by, commits)| parts(*id, *by, commits))
            .map(|p| found(self, profile, p))
            .collect()
    }
}

fn parts(id: u64, by: i64, commits: &[OwnCommit<'_>]) -> Option<FindingParts> {
    let early: Vec<&OwnCommit<'_>> = commits
        .iter()
        .filter(|o| o.commit.author.seconds < by - MARGIN)
        .collect();
    if early.len() < MIN_COMMITS {
        return None;
    }
    let day = |seconds| Fact::Time(in_utc(seconds).split(' ').next().unwrap_or_default().into());
    let facts = vec![
        number(early.len()),
        number(commits.len()),
        Fact::Account(format!("GitHub account number {id}")),
        day(by),
        day(early.first()?.commit.author.seconds),
    ];
    let shown = early.iter().take(MAX_SOURCES).map(|o| {
        let time = Fact::Time(in_utc(o.commit.author.seconds));
        at_commit(o.history, o.commit, time)
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: commits.len() as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(TEMPLATE, facts),
        observations: Observations::from_vec(shown.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "account_age_tests.rs"]
mod tests;
