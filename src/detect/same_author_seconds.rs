//! # What it looks at
//! Author times of commits that stand under each applicant's own identity, in different commits.
//! # Why it can mean a link
//! Rewriting a history under another name changes every commit id and keeps the author times to the second.
//! # Innocent explanations
//! A common start under everybody's own name, patches taken over without their author, a program that commits for both.
//! # Limits
//! Dates that were changed as well are `shifted-copy`'s. Few coincidences in long histories are chance.
//! # References
//! Perkel, Gerstein and Moore 1967 (chance level of coincidences); git-filter-repo(1).

use crate::detect::Detector;
use crate::detect::commit_finding::own_repositories;
use crate::detect::copied::Copied;
use crate::detect::copied::Line;
use crate::detect::copied::Teller;
use crate::detect::copied::counted;
use crate::detect::copied::seconds;
use crate::features::coincidence::Coincidences;
use crate::features::coincidence::telling;
use crate::features::own::Made;
use crate::features::own::by_repository;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::mix;
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "same-author-seconds",
    title: "Different commits under two names, dated to the same seconds",
    family: Family::History,
    looks_at: "Author times, to the second, of the commits that stand under each applicant's own identity; commits that both \
               hold as they are, programs' commits, whole minutes and seconds with three commits or more are left out.",
    why: "A history that is written again under another name gets new commit ids, but keeps the seconds at which its commits \
          were made. Two people seldom commit on the same second.",
    innocent: &[
        "Both took part in one course or project whose history was handed out under each participant's name.",
        "One took patches of the other over, and git recorded who applied them as the author.",
        "One is a copy that was made openly, with the names replaced by a tool.",
        "One program commits for both at set times.",
    ],
    question: "Many commits of this repository carry the same second as commits under another name. How was this repository \
               made?",
    limits: "Needs four own commits on each side, and so many coincidences that chance brings them less than once in a million \
             such pairs; chance is read off the same two histories at other shifts. A copy whose dates were changed is not \
             seen here. Commits by one address on both sides are set aside.",
    base_rate: "Of 43,071 pairs of 294 unrelated owners of 367 public repositories (corpora/programs/measure_copies) none \
                showed it: 95 % interval 0 to 0.009 % on the 32,045 pairs outside the half that the thresholds were \
                chosen on. Of copies of 272 owners' commits it finds all that are whole and 94 % of those that take over \
                a tenth.",
    references: &[
        "Perkel, Gerstein and Moore 1967: neuronal spike trains and stochastic point processes II",
        "git-filter-repo documentation: rewriting authors",
        "Vovk and Wang 2021, E-values: calibration, combination and applications",
    ],
};

const PAIR: &str = "{0} commits of {a}'s repository {1} ({2} own commits) and {b}'s repository {3} ({4} own commits) are dated \
                    to the same seconds, from {5} to {6} (UTC), under different identities and with different ids; chance \
                    would bring {7} of them.";

/// Fewer coincidences say nothing.
const MIN_SHARED: usize = 4;
/// Less surprise than one in a million is chance's: a pool of a thousand compares half a million pairs.
const MIN_SURPRISE: f64 = 6.0;

static TELLER: Teller = Teller {
    card: &CARD,
    table: "same-author-seconds",
    pair: PAIR,
    group: "commits dated to the same seconds",
    min: MIN_SHARED,
    compare,
};

/// See the card.
pub(in crate::detect) struct SameAuthorSeconds;

impl Detector for SameAuthorSeconds {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass {
            min: MIN_SHARED as f32,
        }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for line in by_repository(counted(profile)) {
            for (second, _) in telling(&seconds(&line)) {
                sink.both(mix(second as u64));
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let repositories = own_repositories(profile, MIN_SHARED, |o| o.made != Made::Robot);
        repositories.err().unwrap_or_default()
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        TELLER.tell(candidate)
    }
}

fn compare<'a>(left: &Line<'a>, right: &Line<'a>) -> Option<Copied<'a>> {
    let (a, b) = (telling(&seconds(left)), telling(&seconds(right)));
    let only = |side: &[(i64, usize)]| side.iter().map(|s| s.0).collect::<Vec<i64>>();
    let coincidences = Coincidences::at(&only(&a), &only(&b), 0);
    if coincidences.num < MIN_SHARED || coincidences.surprise(1.0) < MIN_SURPRISE {
        return None;
    }
    let places: BTreeMap<i64, usize> = b.into_iter().collect();
    let shared = a
        .into_iter()
        .filter_map(|(second, l)| Some((l, *places.get(&second)?)))
        .collect();
    let mut copied = Copied::new(left, right, shared);
    let kept = Coincidences {
        num: copied.num(),
        ..coincidences
    };
    copied.score = kept.surprise(1.0);
    copied.more = vec![Fact::Number(format!("{:.3}", coincidences.expected))];
    (copied.score >= MIN_SURPRISE || copied.num() == 0).then_some(copied)
}

#[cfg(test)]
#[path = "same_author_seconds_tests.rs"]
mod tests;
