//! Looks for months of author times that were committed within one day.
//!
//! # What it looks at
//! Author and committer times of the applicant's own commits in one repository.
//!
//! # Why it can mean something
//! Both times are written when a commit is made; later only the committer time is renewed. A history authored over months
//! and committed within a day was rewritten, moved, or written afterwards.
//!
//! # Innocent explanations
//! A rewrite (rebase, filter-repo to remove a secret or correct an address), an import, a series of patches applied at once.
//!
//! # Limits
//! Who sets the committer time as well escapes.
//!
//! # References
//! git-commit(1), git-rebase(1); Kalliamvakou et al. 2014.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::is_local_work;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_repositories;
use crate::detect::commit_finding::percent;
use crate::features::cadence::DAY;
use crate::features::cadence::busiest_day;
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

static CARD: Card = Card {
    id: "backfilled-history",
    title: "Months of work were committed within one day",
    family: Family::History,
    looks_at: "Author and committer times of the applicant's own commits in one repository.",
    why: "Git writes both times when a commit is made. A history that claims months of work but was committed within one day \
          was rewritten, moved or written afterwards, so its dates show less than they seem to.",
    innocent: &[
        "The history was rewritten as a whole: a rebase, or a tool that removed a secret, a large file or an old address.",
        "The history was imported from another system or joined from several repositories.",
        "The applicant handed in a series of patches that was applied at once.",
        "The applicant wrote the dates of old work down when it was put into git.",
    ],
    question: "This repository's commits are dated over months but were all written on one day. What was done on that day?",
    limits: "Needs 20 commits in one repository, made on a machine, merges apart; nine in ten committed within a day and dated \
             over more than 30 days. Commits that a website made again (merges by rebase) are left out. Who sets the \
             committer's time too is not seen.",
    base_rate: "15 of 3,973 authors of 367 public repositories (0.4 %, 95 % interval 0.2 to 0.6 %; corpora/programs/measure_histories.rs): \
                rebased branches, imports and series of patches. None of 361 authors of small repositories.",
    references: &[
        "git-commit(1), git-rebase(1): author and committer dates",
        "Kalliamvakou et al. 2014: the promises and perils of mining GitHub (rewritten histories)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the commits were made when they are dated",
    "they were made or made again within one day, for whatever reason",
];

const MIN_COMMITS: usize = 20;
/// METHODS.md §3: 90 % within a day, authored over more than 30 days.
const MIN_SHARE: f64 = 0.9;
const MIN_SPAN: i64 = 30 * DAY;

/// Committer times in a burst.
pub(in crate::detect) struct BackfilledHistory;

impl Detector for BackfilledHistory {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let repositories = match own_repositories(profile, MIN_COMMITS, is_local_work) {
            Ok(repositories) => repositories,
            Err(outcomes) => return outcomes,
        };
        repositories
            .iter()
            .filter_map(|commits| parts(commits))
            .map(|p| found(self, profile, p))
            .collect()
    }
}

fn parts(commits: &[OwnCommit<'_>]) -> Option<FindingParts> {
    let mut commits = commits.to_vec();
    commits.sort_by_key(|o| {
        (
            o.commit.committer.seconds,
            o.commit.author.seconds,
            o.commit.id,
        )
    });
    let times: Vec<(i64, i64)> = commits
        .iter()
        .map(|o| (o.commit.author.seconds, o.commit.committer.seconds))
        .collect();
    let day = busiest_day(&times);
    let share = day.len() as f64 / times.len() as f64;
    let authored = || times[day.clone()].iter().map(|t| t.0);
    let (first, last) = (authored().min()?, authored().max()?);
    if share < MIN_SHARE || last.saturating_sub(first) <= MIN_SPAN {
        return None;
    }
    let explanation = Explanation::new(
        "{0} of {1} commits in one repository ({2}) are dated over {3} days, from {4} to {5}, but were committed within 24 \
         hours, from {6} (all in UTC).",
        vec![
            number(day.len()),
            number(times.len()),
            percent(share),
            number((last.saturating_sub(first) / DAY) as usize),
            Fact::Time(in_utc(first)),
            Fact::Time(in_utc(last)),
            Fact::Time(in_utc(times[day.start].1)),
        ],
    );
    let mut shown = commits[day].to_vec();
    shown.sort_by_key(|o| (o.commit.author.seconds, o.commit.id));
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: times.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(ends(&shown))?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "backfilled_history_tests.rs"]
mod tests;
