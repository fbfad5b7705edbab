//! Looks for commits whose author time lies after their committer time.
//!
//! # What it looks at
//! Commits of the applicant's own that the applicant's own machine also committed.
//!
//! # Why it can mean something
//! A commit is written before or when it is committed. One person's clock that says otherwise was set back, or the date was
//! given by hand.
//!
//! # Innocent explanations
//! A clock that was wrong and corrected, two machines with different clocks, a dual-boot machine, a test of dates.
//!
//! # Limits
//! Patches that others applied are left out: their clocks are others'.
//!
//! # References
//! git-commit(1).

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::percent;
use crate::detect::commit_finding::too_little;
use crate::features::own::Made;
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
    id: "clock-runs-backwards",
    title: "Commits are dated after the moment they were committed",
    family: Family::History,
    looks_at: "Author and committer time of commits that the applicant both wrote and committed.",
    why: "A commit is written no later than it is committed. Where one person's commits say otherwise again and again, a clock \
          was set or dates were given by hand.",
    innocent: &[
        "The machine's clock was wrong and was corrected, or a machine with two systems reads it in two ways.",
        "The applicant rewrote commits on a second machine whose clock was behind.",
        "A tool or a script of the applicant sets dates: tests, releases, imports.",
    ],
    question: "Some of your commits are dated later than they were committed. Was a clock wrong, or were dates set?",
    limits: "Needs 50 commits that the applicant wrote and committed on a machine; one in a hundred and at least three must lie \
             more than a minute ahead. Patches that others applied are left out.",
    base_rate: "None of 2,050 authors of 367 public repositories (0.02 %, 95 % interval 0 to 0.2 %; \
                corpora/programs/measure_histories.rs).",
    references: &["git-commit(1): author and committer dates"],
};

const PROPOSITIONS: [&str; 2] = [
    "author and committer times were taken from one clock that runs forwards",
    "a clock was set back or dates were given by hand",
];

const MIN_COMMITS: usize = 50;
/// METHODS.md §3: one in a hundred.
const MIN_SHARE: f64 = 0.01;
const MIN_BACKWARDS: usize = 3;
/// Seconds by which a corrected clock may step back.
const STEP: i64 = 60;

/// Author times after committer times.
pub(in crate::detect) struct ClockRunsBackwards;

impl Detector for ClockRunsBackwards {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let mut own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        own.retain(|o| o.made == Made::Locally && committed_by_author(o));
        if own.len() < MIN_COMMITS {
            return too_little(own.len(), MIN_COMMITS);
        }
        let ahead = |o: &OwnCommit<'_>| {
            o.commit
                .author
                .seconds
                .saturating_sub(o.commit.committer.seconds)
        };
        let backwards: Vec<_> = own.iter().filter(|o| ahead(o) > STEP).copied().collect();
        let share = backwards.len() as f64 / own.len() as f64;
        if backwards.len() < MIN_BACKWARDS || share < MIN_SHARE {
            return Vec::new();
        }
        let mut seconds: Vec<i64> = backwards.iter().map(ahead).collect();
        seconds.sort_unstable();
        let median = seconds[seconds.len() / 2];
        parts(&backwards, own.len(), share, median)
            .map(|p| found(self, profile, p))
            .into_iter()
            .collect()
    }
}

/// Author and committer carry one e-mail address: an exact address is the one sign of one machine's owner.
fn committed_by_author(own: &OwnCommit<'_>) -> bool {
    let email = |ident: u32| own.history.idents.get(ident as usize).map(|i| &i.email);
    let (author, committer) = (own.commit.author.ident, own.commit.committer.ident);
    author == committer || email(author) == email(committer)
}

fn parts(backwards: &[OwnCommit<'_>], all: usize, share: f64, median: i64) -> Option<FindingParts> {
    let explanation = Explanation::new(
        "{0} of {1} commits that the applicant wrote and committed ({2}) are dated after the moment they were committed, \
         half of them by {3} minutes or more.",
        vec![
            number(backwards.len()),
            number(all),
            percent(share),
            number((median / 60) as usize),
        ],
    );
    let sources = backwards.iter().take(MAX_SOURCES).map(|o| {
        let (author, committer) = (o.commit.author.seconds, o.commit.committer.seconds);
        let times = format!(
            "dated {}, committed {} (UTC)",
            in_utc(author),
            in_utc(committer)
        );
        at_commit(o.history, o.commit, Fact::Time(times))
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: all as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(sources.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "clock_runs_backwards_tests.rs"]
mod tests;
