//! Looks whether an applicant's recorded clock changes on the dates on which the claimed zone changes its clocks.
//!
//! # What it looks at
//! The offsets recorded in both halves of the year, where every zone that the claim allows has summer time.
//!
//! # Why it can mean something
//! Machines change their clock with their zone without being asked; one that never does is set to another zone.
//!
//! # Innocent explanations
//! A machine set to a fixed offset, a stay in a place without summer time, a hosted machine.
//!
//! # Limits
//! One developer in twenty with such a claim shows it. It prints offsets and the rule, never where the clock would be right.
//!
//! # References
//! IANA time zone database; Rossi and Zacchiroli 2022.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::no_claim;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::too_little;
use crate::features::clock::ClaimedClock;
use crate::features::clock::ClockStamp;
use crate::features::clock::Season;
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
use crate::model::UtcOffset;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "no-daylight-saving",
    title: "The clock of the commits does not change with the claimed place's",
    family: Family::History,
    looks_at: "The UTC offset recorded in the applicant's own commits in both halves of the year, where every zone of the claimed \
               place has summer time.",
    why: "A machine changes its clock with the zone it is set to. If the recorded offset is the same in both halves of the \
          year, the machine was set to something else than the claimed place, or was elsewhere.",
    innocent: &[
        "The machine is set to a fixed offset, or not told to change with summer time.",
        "The applicant lived or travelled where clocks do not change during these months.",
        "The work was done on a hosted machine or in a container with a clock of its own.",
        "The commits were imported by a tool that writes one offset for all.",
    ],
    question: "The offset in your commits stays the same in summer and winter. How is the clock of your machine set up?",
    limits: "Needs 10 commits on 5 days in each half of the year. +00:00 and −07:00/−08:00 are left out on dates on which the claim does \
             not allow them. A claim that allows a zone without summer time, or a fixed offset, cannot be asked.",
    base_rate: "None of 48 developers who state a zone with summer time in the pom.xml of public projects (1.0 %, 95 % interval 0 to \
                7.4 %; corpora/programs/measure_histories.rs). A count that took everybody at such an offset for one found 5.6 %: \
                in a pool of 3,000 that would be 168.",
    references: &[
        "IANA time zone database",
        "Rossi and Zacchiroli 2022: geographic diversity in public code contributions (offsets of commits)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the applicant's machine was set to a zone of the claimed place",
    "it was set to something that does not change with the claimed place",
];

/// Commits, and different days, needed in each half of the year (METHODS.md §3: 10 commits; days against one deadline).
const MIN_COMMITS: usize = 10;
const MIN_DAYS: usize = 5;
/// Share of each half's commits that must carry the one offset: a trip or a server beside the machine is no change.
const MIN_SHARE: f64 = 0.95;

/// Summer time in the claim and none in the commits.
pub(in crate::detect) struct NoDaylightSaving;

impl Detector for NoDaylightSaving {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if let Some(why) = no_claim(profile) {
            return could_not(why);
        }
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        let clock = ClaimedClock::new(&profile.zones);
        let stamps: Vec<(OwnCommit<'_>, ClockStamp)> = own
            .iter()
            .filter_map(|o| Some((*o, o.stamp()?)))
            .filter(|(_, s)| {
                !is_default_clock(s.offset) || clock.allowed(s.seconds).contains(&s.offset)
            })
            .collect();
        if stamps.is_empty() {
            return could_not(
                "every recorded clock reads as servers and virtual machines do by default",
            );
        }
        let halves = Halves::new(&stamps, &clock);
        if halves.0.is_empty() {
            return could_not(
                "the claimed place keeps one clock all the year, or allows a zone that does",
            );
        }
        let least = halves.least();
        if least < MIN_COMMITS {
            return too_little(least, MIN_COMMITS);
        }
        if halves.least_days() < MIN_DAYS {
            return too_little(halves.least_days(), MIN_DAYS);
        }
        let parts = halves
            .unchanged()
            .and_then(|offset| halves.parts(profile, offset));
        parts.map(|p| found(self, profile, p)).into_iter().collect()
    }
}

/// Commits by the half of the claimed zone's year.
struct Halves<'a>(BTreeMap<Season, Vec<(OwnCommit<'a>, ClockStamp)>>);

impl<'a> Halves<'a> {
    fn new(stamps: &[(OwnCommit<'a>, ClockStamp)], clock: &ClaimedClock) -> Self {
        let mut halves: BTreeMap<Season, Vec<_>> = BTreeMap::new();
        for &(own, stamp) in stamps {
            if let Some(season) = clock.season(stamp.seconds) {
                halves.entry(season).or_default().push((own, stamp));
            }
        }
        Self(halves)
    }

    fn of(&self, season: Season) -> &[(OwnCommit<'a>, ClockStamp)] {
        self.0.get(&season).map_or(&[], Vec::as_slice)
    }

    fn each<T>(&self, value: impl Fn(&[(OwnCommit<'a>, ClockStamp)]) -> T) -> [T; 2] {
        [Season::Winter, Season::Summer].map(|s| value(self.of(s)))
    }

    fn least(&self) -> usize {
        let [winter, summer] = self.each(<[_]>::len);
        winter.min(summer)
    }

    fn least_days(&self) -> usize {
        let days = |half: &[(OwnCommit<'a>, ClockStamp)]| {
            half.iter()
                .map(|(_, s)| s.day())
                .collect::<BTreeSet<_>>()
                .len()
        };
        let [winter, summer] = self.each(days);
        winter.min(summer)
    }

    /// The one offset of both halves, if there is one.
    fn unchanged(&self) -> Option<UtcOffset> {
        let main = |half: &[(OwnCommit<'a>, ClockStamp)]| {
            let mut count: BTreeMap<UtcOffset, usize> = BTreeMap::new();
            for (_, stamp) in half {
                *count.entry(stamp.offset).or_default() += 1;
            }
            let (offset, n) = count.into_iter().max_by_key(|&(_, n)| n)?;
            (n as f64 >= MIN_SHARE * half.len() as f64).then_some(offset)
        };
        let [winter, summer] = self.each(main);
        winter.filter(|_| winter == summer)
    }

    fn parts(&self, profile: &Profile, offset: UtcOffset) -> Option<FindingParts> {
        let [winter, summer] = self.each(<[_]>::len);
        let explanation = Explanation::new(
            "The applicant's own commits carry {0} in both halves of the year ({1} in winter, {2} in summer of the claimed \
             place), while every zone of the claimed place, {3}, changes its clock between them.",
            vec![
                Fact::Time(offset.to_string()),
                number(winter),
                number(summer),
                Fact::Text(profile.zones.claim.clone()),
            ],
        );
        // The ends of each half: four commits that show the rule.
        let of_half = |half: &[(OwnCommit<'a>, ClockStamp)]| {
            let commits: Vec<_> = half.iter().map(|&(own, _)| own).collect();
            ends(&commits)
        };
        let [mut sources, rest] = self.each(of_half);
        sources.truncate(4);
        sources.extend(rest.into_iter().take(4));
        Some(FindingParts {
            base_rate: base_rate(CARD.id),
            sample: (winter + summer) as u32,
            propositions: PROPOSITIONS,
            explanation,
            observations: Observations::from_vec(sources)?,
            exhibits: Vec::new(),
        })
    }
}

#[cfg(test)]
#[path = "no_daylight_saving_tests.rs"]
mod tests;
