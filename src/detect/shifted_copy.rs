//! # What it looks at
//! The gaps between the commits that stand under each applicant's own identity.
//! # Why it can mean a link
//! Moving all dates of a copied history by one amount leaves the gaps between them as they were.
//! # Innocent explanations
//! A program that replays the same steps for two people; exercises that a course hands out as a history.
//! # Limits
//! A copy whose dates were moved one by one, or stretched, is not seen.
//! # References
//! Schleimer, Wilkerson, Aiken 2003 (winnowing), here over gaps; Perkel, Gerstein and Moore 1967.

use crate::detect::Detector;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_repositories;
use crate::detect::copied::Copied;
use crate::detect::copied::Line;
use crate::detect::copied::Teller;
use crate::detect::copied::counted;
use crate::detect::copied::seconds;
use crate::features::coincidence::Coincidences;
use crate::features::coincidence::once;
use crate::features::gap_runs::GUARANTEE;
use crate::features::gap_runs::keys;
use crate::features::gap_runs::shifts;
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
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "shifted-copy",
    title: "Two histories with the same gaps between commits, moved in time",
    family: Family::History,
    looks_at: "The gaps, to the second, between commits that stand under each applicant's own identity; equal gaps, gaps of \
               seconds and gaps of whole minutes, which programs make, say nothing.",
    why: "Tools that give a copied history other dates mostly move all of them by one amount. The gaps between the commits \
          stay the same to the second, and no two people work at the same rhythm for eight commits.",
    innocent: &[
        "A course or a program replayed the same exercises as commits for each participant.",
        "One is an openly made copy, with the dates moved by a tool.",
        "Both imported one history from another system, which gave it other dates.",
    ],
    question: "The commits of this repository follow each other with exactly the gaps of another repository, at other dates. \
               How was it made?",
    limits: "Needs eight own commits on each side and eight that fit one shift, so many that chance brings them less than \
             once in a million such pairs. Dates moved one by one, stretched or drawn anew escape; of dates moved by local \
             time over a change of clocks the longest part is found. Commits by one address on both sides are set aside.",
    base_rate: "Of 43,071 pairs of 294 unrelated owners of 367 public repositories (corpora/programs/measure_copies) none \
                showed it: 95 % interval 0 to 0.009 % on the 32,045 pairs outside the half that the thresholds were \
                chosen on. Of copies of 272 owners' commits moved by 400 days it finds 271 that are whole and 79 % of \
                those that take over a tenth.",
    references: &[
        "Schleimer, Wilkerson, Aiken 2003: Winnowing: local algorithms for document fingerprinting",
        "Perkel, Gerstein and Moore 1967: neuronal spike trains and stochastic point processes II",
    ],
};

const PAIR: &str = "{0} commits of {a}'s repository {1} ({2} own commits) come again in {b}'s repository {3} ({4} own commits) \
                    with the same gaps between them, to the second, {8} days and {9} seconds {7}. On the left they go from {5} \
                    to {6} (UTC). The ids and the identities differ.";

/// The run that winnowing surely finds.
const MIN_SHARED: usize = GUARANTEE;
/// As for `same-author-seconds`.
const MIN_SURPRISE: f64 = 6.0;
/// Shifts with the most common runs that are checked.
const TRIED: usize = 8;
const DAY: i64 = 86_400;

static TELLER: Teller = Teller {
    card: &CARD,
    table: "shifted-copy",
    pair: PAIR,
    group: "commits with the same gaps between them, moved in time,",
    min: MIN_SHARED,
    compare,
};

/// See the card.
pub(in crate::detect) struct ShiftedCopy;

impl Detector for ShiftedCopy {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for line in by_repository(counted(profile)) {
            let (times, _) = moments(&line);
            keys(&times).into_iter().for_each(|key| sink.both(key));
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

/// Different times, ascending, and where each stands in the line.
fn moments(line: &Line<'_>) -> (Vec<i64>, Vec<usize>) {
    once(&seconds(line)).into_iter().unzip()
}

fn compare<'a>(left: &Line<'a>, right: &Line<'a>) -> Option<Copied<'a>> {
    let ((a, a_places), (b, b_places)) = (moments(left), moments(right));
    // Any pair of commits may be laid on each other.
    let trials = (a.len() * b.len()) as f64;
    let tried = shifts(&a, &b).into_iter().filter(|(shift, _)| *shift != 0);
    let at = |(shift, _)| (shift, Coincidences::at(&a, &b, shift));
    let (shift, best) = tried
        .take(TRIED)
        .map(at)
        .max_by_key(|(shift, c)| (c.num, -shift.saturating_abs(), *shift))?;
    if best.num < MIN_SHARED || best.surprise(trials) < MIN_SURPRISE {
        return None;
    }
    let places: BTreeMap<i64, usize> = b.iter().copied().zip(b_places).collect();
    let shared = a
        .iter()
        .zip(a_places)
        .filter_map(|(second, l)| Some((l, *places.get(&second.saturating_add(shift))?)))
        .collect();
    let mut copied = Copied::new(left, right, shared);
    let kept = Coincidences {
        num: copied.num(),
        ..best
    };
    copied.score = kept.surprise(trials);
    let way = if shift > 0 { "later" } else { "earlier" };
    let shift = shift.unsigned_abs() as usize;
    copied.more = vec![
        Fact::Text(way.into()),
        number(shift / DAY as usize),
        number(shift % DAY as usize),
    ];
    (copied.score >= MIN_SURPRISE || copied.num() == 0).then_some(copied)
}

#[cfg(test)]
#[path = "shifted_copy_tests.rs"]
mod tests;
