//! Looks for commits in a row whose clocks are too far apart for the time between them.
//!
//! # What it looks at
//! Pairs of commits next to each other in time, made on machines, whose recorded offsets differ by three hours or more while
//! less time passed than a flight takes.
//!
//! # Why it can mean something
//! One person with one machine cannot change place that fast; several machines, or several people, can.
//!
//! # Innocent explanations
//! Travel with a clock set early or late, a server beside the own machine, containers, a pair at one keyboard.
//!
//! # Limits
//! It says that there are two clocks, not whose they are.
//!
//! # References
//! Rossi and Zacchiroli 2022.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::percent;
use crate::detect::commit_finding::too_little;
use crate::detect::commit_finding::written;
use crate::features::clock::ClockStamp;
use crate::features::clock::FAR_MINUTES;
use crate::features::clock::is_default_clock;
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
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "clock-hop",
    title: "Commits in a row carry clocks hours apart",
    family: Family::History,
    looks_at: "Commits of the applicant's own from machines, next to each other in time: pairs whose recorded offsets differ by \
               three hours or more although less time passed than a flight across so many zones takes.",
    why: "One person with one machine does not change place within minutes. Where that keeps happening, two machines or two \
          people commit in turn, and it is worth asking who and where.",
    innocent: &[
        "The applicant was travelling and set the clock before or after the journey, or the machine did.",
        "The applicant works on a laptop and on a server or hosted desktop with another clock in turn.",
        "Some of the work is done in containers or by tools with a clock of their own.",
        "Patches of the applicant were replayed later, or a colleague committed in the applicant's name.",
    ],
    question: "Some of your commits within the same hour carry clocks hours apart. Which machines did you use?",
    limits: "Needs 20 such neighbours, at least 3 hops and one in twenty. +00:00 and −07:00/−08:00 are left out: servers and \
             virtual machines. Commits in websites are left out.",
    base_rate: "9 of 3,098 authors of 367 public repositories (0.3 %, 95 % interval 0.2 to 0.6 %; \
                corpora/programs/measure_histories.rs). People who travel or use a server show it more often.",
    references: &[
        "Rossi and Zacchiroli 2022: geographic diversity in public code contributions (+00:00 is uninformative)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the applicant's own commits were made on one machine at a time, moved as fast as people move",
    "they were made on machines with different clocks in turn",
];

/// Minutes of flight for each hour between two clocks: 15° of longitude at 50° of latitude are 1,070 km, at 900 km/h.
const FLIGHT_MINUTES: i64 = 70;
/// Neighbours needed, hops needed, and their share (INDICATORS.md G7: ordinary developers up to 4 %).
const MIN_PAIRS: usize = 20;
const MIN_HOPS: usize = 3;
const MIN_HOP_SHARE: f64 = 0.05;

/// Clocks that change faster than people.
pub(in crate::detect) struct ClockHop;

type Timed<'a> = (OwnCommit<'a>, ClockStamp);

impl Detector for ClockHop {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        let told: Vec<Timed<'_>> = own
            .iter()
            .filter_map(|o| Some((*o, o.stamp().filter(|s| !is_default_clock(s.offset))?)))
            .collect();
        if told.is_empty() {
            return could_not(
                "every recorded clock reads +00:00, −07:00 or −08:00, as servers and virtual machines do by default",
            );
        }
        let pairs = told.len() - 1;
        if pairs < MIN_PAIRS {
            return too_little(pairs, MIN_PAIRS);
        }
        let hops: Vec<_> = told.windows(2).filter(|w| is_hop(w[0].1, w[1].1)).collect();
        let share = hops.len() as f64 / pairs as f64;
        if hops.len() < MIN_HOPS || share < MIN_HOP_SHARE {
            return Vec::new();
        }
        parts(&hops, pairs, share)
            .map(|p| found(self, profile, p))
            .into_iter()
            .collect()
    }
}

fn is_hop(before: ClockStamp, after: ClockStamp) -> bool {
    let apart = (before.offset.minutes() - after.offset.minutes()).abs();
    let flight = i64::from(apart) * FLIGHT_MINUTES; // minutes × minutes per hour = seconds
    apart >= FAR_MINUTES && after.seconds.saturating_sub(before.seconds) < flight
}

fn parts(hops: &[&[Timed<'_>]], pairs: usize, share: f64) -> Option<FindingParts> {
    let kinds: BTreeSet<_> = hops
        .iter()
        .map(|w| {
            (
                w[0].1.offset.min(w[1].1.offset),
                w[0].1.offset.max(w[1].1.offset),
            )
        })
        .collect();
    let kinds: Vec<_> = kinds
        .iter()
        .take(MAX_SOURCES)
        .map(|(a, b)| format!("{a} and {b}"))
        .collect();
    let explanation = Explanation::new(
        "Of {0} pairs of commits next to each other in time, {1} ({2}) carry clocks {3} hours or more apart although less \
         time passed than the journey takes ({4}).",
        vec![
            number(pairs),
            number(hops.len()),
            percent(share),
            number(FAR_MINUTES as usize / 60),
            Fact::Time(kinds.join("; ")),
        ],
    );
    let shown = hops.iter().flat_map(|w| w.iter()).take(MAX_SOURCES);
    let sources = shown.map(|(own, s)| at_commit(own.history, own.commit, Fact::Time(written(*s))));
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: pairs as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(sources.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "clock_hop_tests.rs"]
mod tests;
