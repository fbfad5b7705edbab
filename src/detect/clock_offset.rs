//! Compares the clock that an applicant's own commits recorded with the place or zone that the applicant claims.
//!
//! # What it looks at
//! The UTC offset that each commit of the applicant's own records for its author, against every offset that the claim
//! allows on that very date, summer time included. The rule is in `features::clock`; this file chooses the commits,
//! words the finding and says why it stays silent.
//!
//! # Why it can mean something
//! A machine takes its offset from its owner's settings, commit by commit, without being asked. When nearly every day
//! carries one clock that is three hours or more from the claim, and no working week ever kept the claim, the place of
//! work and the claim are worth a question.
//!
//! # Innocent explanations
//! A recent move, travel, a machine or hosted desktop elsewhere, a clock set for a client's or a team's hours.
//!
//! # Limits
//! A clock can be set to anything, so agreement shows nothing. It says nothing of where the applicant is, and is never
//! part of a link between applicants.
//!
//! # References
//! Rossi and Zacchiroli 2022; La Morgia et al. 2018; Wilson 1927; IANA time zone database.

use crate::detect::Detector;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::no_claim;
use crate::detect::commit_finding::own_or_why;
use crate::features::clock::Agreement;
use crate::features::clock::ClaimedClock;
use crate::features::clock::Difference;
use crate::features::clock::MIN_COMMITS;
use crate::features::clock::SUSTAINED_DAYS;
use crate::features::clock::compare;
use crate::features::own::OwnCommit;
use crate::link::Background;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::ClaimedZones;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::HourRow;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::UtcOffset;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CARD: Card = Card {
    id: "clock-offset",
    title: "The clock of the commits is not the clock of the claimed place",
    family: Family::History,
    looks_at: "The UTC offset recorded in each of the applicant's own commits, compared with the claimed place or time zone \
               on the date of that commit, summer time included.",
    why: "A computer records its owner's clock in every commit without being asked. If nearly every day carries one clock \
          three hours or more from the claim, and no working week ever kept the claimed clock, it is worth asking where the \
          work was done.",
    innocent: &[
        "The applicant moved to the claimed place after these commits, or claims the place they are about to move to.",
        "The applicant was travelling, studying or on an assignment elsewhere while working on these repositories.",
        "The computer, a hosted desktop or a development server stands elsewhere or came with another default clock.",
        "The clock is set on purpose to the hours of a client, an employer or a team.",
        "The commits were written by somebody else and the repository was counted as the applicant's by mistake.",
    ],
    question: "Your commits record a clock several hours from the place you gave. Where were you working at that time, and on \
               what machine?",
    limits: "Needs 20 commits of the applicant's own, counted at most two a day, whose clock says something. +00:00 (servers, \
             containers) and −07:00/−08:00 (the default of many virtual machines) say nothing unless the claim allows them. \
             Commits made on a website are left out. Differences under three hours are not looked at. A clock can be set to \
             anything, so a clock that fits shows nothing either.",
    base_rate: "None of 74 ordinary developers who state a time zone in the pom.xml of public projects shows it (rate 0.7 %, 95 % \
                interval 0 to 4.9 %; corpora/calibration/clock-offset.json has the command). They are experienced and mostly \
                settled; applicants who are about to move will show it more often.",
    references: &[
        "Rossi and Zacchiroli 2022: geographic diversity in public code contributions (offsets of commits; +00:00 is uninformative)",
        "La Morgia et al. 2018: time-zone geolocation of crowds (of crowds, not of persons)",
        "Wilson 1927: probable inference, the law of succession, and statistical inference",
        "IANA time zone database",
        "GeoNames (CC BY 4.0)",
    ],
};

/// The finding's two propositions.
const PROPOSITIONS: [&str; 2] = [
    "the applicant's own commits were made on a clock of the claimed place, give or take less than three hours",
    "they were made on another clock, three hours or more from every clock of the claimed place",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../corpora/calibration/clock-offset.json");
    serde_json::from_str(text).expect("the shipped table is checked by a test")
});

/// The part of the shipped table that is used here.
#[derive(Deserialize)]
struct Table {
    base_rate: BaseRate,
}

/// Recorded offsets against the claimed place.
pub(in crate::detect) struct ClockOffset;

impl Detector for ClockOffset {
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
        let stamps: Vec<_> = own.iter().filter_map(OwnCommit::stamp).collect();
        if stamps.is_empty() {
            return could_not(
                "no commit of the applicant's own was made outside a website with a readable clock",
            );
        }
        match compare(&stamps, &profile.zones) {
            Agreement::Kept => Vec::new(),
            Agreement::TooFew { have } => vec![Outcome::TooLittle {
                have,
                need: MIN_COMMITS,
            }],
            Agreement::OnlyUtc => {
                could_not("every recorded clock reads +00:00, as servers and containers do")
            }
            Agreement::OnlyDefaultClock => could_not(
                "every recorded clock reads +00:00, −07:00 or −08:00, as virtual machines do by default",
            ),
            Agreement::Differs(difference) => finding(profile, &own, &difference)
                .map(|f| Outcome::Finding(Box::new(f)))
                .into_iter()
                .collect(),
        }
    }
}

fn finding(profile: &Profile, own: &[OwnCommit<'_>], difference: &Difference) -> Option<Finding> {
    let number = |n: u32| Fact::Number(n.to_string());
    let shares: Vec<_> = difference
        .by_offset
        .iter()
        .map(|(offset, days)| format!("{offset} on {days}"))
        .collect();
    let allowed: Vec<_> = difference.allowed.iter().map(ToString::to_string).collect();
    let explanation = Explanation::new(
        "On {0} of the {1} days on which the applicant's own commits record a clock that says something, that clock is one \
         and the same, far from the claim (days by offset: {2}); the claimed place, {3}, has {4} on those dates. \
         {5} commits were compared, and no {6} such days in a row keep the claimed clock.",
        vec![
            number(difference.days),
            number(difference.all_days),
            Fact::Time(shares.join(", ")),
            Fact::Text(profile.zones.claim.clone()),
            Fact::Time(allowed.join(", ")),
            number(difference.stamps.len() as u32),
            number(SUSTAINED_DAYS as u32),
        ],
    );
    let stamps: BTreeSet<_> = difference.stamps.iter().copied().collect();
    let is_far = |o: &&OwnCommit<'_>| o.stamp().is_some_and(|s| stamps.contains(&s));
    let far: Vec<_> = own.iter().filter(is_far).copied().collect();
    let parts = FindingParts {
        base_rate: TABLE.base_rate,
        sample: difference.stamps.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(ends(&far))?,
        exhibits: vec![hours(&profile.zones, difference)],
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

/// Hours of the day by the recorded clock and by the claimed one: of several claimed clocks the one nearest to the
/// recorded. No weekdays: they would tell religion or region.
fn hours(zones: &ClaimedZones, difference: &Difference) -> Exhibit {
    let clock = ClaimedClock::new(zones);
    let (mut recorded, mut claimed) = (vec![0; 24], vec![0; 24]);
    for stamp in &difference.stamps {
        recorded[stamp.hour_at(stamp.offset)] += 1;
        let distance = |o: &UtcOffset| (o.minutes() - stamp.offset.minutes()).abs();
        if let Some(offset) = clock
            .allowed(stamp.seconds)
            .into_iter()
            .min_by_key(distance)
        {
            claimed[stamp.hour_at(offset)] += 1;
        }
    }
    Exhibit::Hours {
        caption: "Commits in each hour of the day".into(),
        rows: vec![
            HourRow {
                label: "by the recorded clock".into(),
                counts: recorded,
            },
            HourRow {
                label: "by the clock of the claimed place".into(),
                counts: claimed,
            },
        ],
    }
}

#[cfg(test)]
#[path = "clock_offset_tests.rs"]
mod tests;
