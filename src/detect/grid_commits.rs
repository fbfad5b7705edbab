//! Looks for commit times more regular than people's.
//!
//! # What it looks at
//! The author times of the applicant's own commits in one repository: how evenly they are spread, whether one gap keeps
//! coming back, and whether the seconds are :00 (`features::cadence`).
//!
//! # Why it can mean something
//! Tools that paint a history draw their times from a grid; people commit in bursts, at any second.
//!
//! # Innocent explanations
//! An import from a system that keeps days or minutes, a job that commits by schedule, exercises checked in one a day.
//!
//! # Limits
//! Times drawn at random for author and committer alike escape, as do times taken from people.
//!
//! # References
//! Barabási 2005 (bursts of human activity).

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::is_local_work;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_repositories;
use crate::detect::commit_finding::percent;
use crate::detect::commit_finding::too_little;
use crate::features::cadence::Regularity;
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
    id: "grid-commits",
    title: "The commits come at times more regular than people's",
    family: Family::History,
    looks_at: "The author times of the applicant's own commits in one repository: how evenly they are spread, whether one gap \
               keeps coming back, and whether their seconds are :00.",
    why: "People commit in bursts and at any second. Evenly spread times, one returning gap, or whole minutes are what a \
          program writes that makes commits for past dates.",
    innocent: &[
        "The history was imported from a system that keeps times by the minute or the day.",
        "A job of the applicant commits by schedule: backups, data that are collected, a published site.",
        "The applicant made the dates of old work up when it was put into git, or decorated the activity chart openly.",
        "Exercises of a course, one a day at a fixed hour.",
    ],
    question: "The times of your commits in this repository are unusually regular. How did its history come about?",
    limits: "Needs 60 commits in one repository, at different times, made on a machine, merges apart. Times drawn at random for \
             author and committer, and times copied from people, are not seen.",
    base_rate: "None of 1,775 authors of 367 public repositories (0.03 %, 95 % interval 0 to 0.2 %; \
                corpora/programs/measure_histories.rs). People who import old work show it more often.",
    references: &["Barabási 2005: the origin of bursts and heavy tails in human dynamics"],
};

const PROPOSITIONS: [&str; 2] = [
    "the times of the commits are those of a person's work",
    "they were written by a program or a schedule",
];

/// Commits needed in one repository: with fewer the spread of the gaps is uncertain by a fifth.
const MIN_COMMITS: usize = 60;
/// Of 902 authors with 50 commits in one public repository the most even has 1.05, the largest share of one gap is 4 % and
/// that of whole minutes 6 %; the thresholds leave room for other people. Rates: history-findings.json.
const MAX_GAP_CV: f64 = 0.8;
const LEAST_GAP_CV: f64 = 1.05;
const MIN_EQUAL_GAPS: f64 = 0.2;
const MIN_ZERO_SECONDS: f64 = 0.2;

/// Times more regular than people's.
pub(in crate::detect) struct GridCommits;

impl Detector for GridCommits {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let repositories = match own_repositories(profile, MIN_COMMITS, is_local_work) {
            Ok(repositories) => repositories,
            Err(outcomes) => return outcomes,
        };
        let measured: Vec<_> = repositories
            .into_iter()
            .filter_map(|commits| {
                let regularity = Regularity::new(commits.iter().map(|o| o.commit.author.seconds))?;
                Some((commits, regularity))
            })
            .collect();
        let most = measured.iter().map(|(_, r)| r.num_times).max();
        let most = most.unwrap_or_default();
        if most < MIN_COMMITS {
            return too_little(most, MIN_COMMITS);
        }
        measured
            .iter()
            .filter(|(_, r)| r.num_times >= MIN_COMMITS && is_regular(r))
            .filter_map(|(commits, r)| parts(commits, r))
            .map(|p| found(self, profile, p))
            .collect()
    }
}

fn is_regular(r: &Regularity) -> bool {
    r.gap_cv < MAX_GAP_CV || r.equal_gap.1 >= MIN_EQUAL_GAPS || r.zero_seconds >= MIN_ZERO_SECONDS
}

fn parts(commits: &[OwnCommit<'_>], r: &Regularity) -> Option<FindingParts> {
    let explanation = Explanation::new(
        "{0} different times of commits in one repository: the gaps between them spread by {1} of their mean (people work in \
         bursts: more than {2}), one gap, {3}, makes {4} of all, and {5} of the times fall on a whole minute (by chance: 1.7 %).",
        vec![
            number(r.num_times),
            Fact::Number(format!("{:.2}", r.gap_cv)),
            Fact::Number(LEAST_GAP_CV.to_string()),
            Fact::Number(duration(r.equal_gap.0)),
            percent(r.equal_gap.1),
            percent(r.zero_seconds),
        ],
    );
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: r.num_times as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(ends(commits))?,
        exhibits: Vec::new(),
    })
}

/// `24 h 00 min 00 s`.
fn duration(seconds: i64) -> String {
    let (hours, minutes) = (seconds / 3600, seconds / 60 % 60);
    format!("{hours} h {minutes:02} min {:02} s", seconds % 60)
}

#[cfg(test)]
#[path = "grid_commits_tests.rs"]
mod tests;
