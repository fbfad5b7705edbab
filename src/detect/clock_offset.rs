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
use crate::features::clock::Agreement;
use crate::features::clock::ClaimedClock;
use crate::features::clock::ClockStamp;
use crate::features::clock::Difference;
use crate::features::clock::MIN_COMMITS;
use crate::features::clock::SUSTAINED_DAYS;
use crate::features::clock::compare;
use crate::link::Background;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::ClaimedZones;
use crate::model::Commit;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::History;
use crate::model::HourRow;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::OwnedBy;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::UtcOffset;
use serde::Deserialize;
use std::collections::BTreeMap;
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

/// The web interface of a host signs commits as this committer; their offset is that of a profile or a browser.
const WEB_COMMITTER: &str = "noreply@github.com";

/// At most so many commits are named as sources, spread over the repositories.
const MAX_SOURCES: usize = 8;

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
        if profile.histories.is_empty() {
            return could_not("no repository was handed in");
        }
        if profile.zones.is_empty() {
            return could_not(match profile.zones.claim.is_empty() {
                true => "no place or time zone is claimed",
                false => "the claimed place or time zone is not understood",
            });
        }
        let own = own_commits(profile);
        if own.is_empty() {
            return could_not("no commit is known to be the applicant's own");
        }
        let stamps: Vec<_> = own.iter().filter_map(|c| c.stamp).collect();
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

fn could_not(why: &'static str) -> Vec<Outcome> {
    vec![Outcome::CouldNotLook { why }]
}

/// A commit of the applicant's own.
struct Own<'a> {
    history: &'a History,
    commit: &'a Commit,
    /// Its clock; `None` where it was made on a website or records none.
    stamp: Option<ClockStamp>,
}

/// The clocks of the applicant's own commits, in no order.
pub(in crate::detect) fn own_stamps(profile: &Profile) -> Vec<ClockStamp> {
    own_commits(profile)
        .iter()
        .filter_map(|c| c.stamp)
        .collect()
}

/// Commits by identities the applicant claims or that are tied to those; only where no repository has any, those of a
/// repository's sole author. The same commit in two repositories counts once.
fn own_commits(profile: &Profile) -> Vec<Own<'_>> {
    let is_tied = |by: OwnedBy| by != OwnedBy::SoleAuthor;
    let any_tied = profile
        .owners
        .iter()
        .flat_map(|o| &o.idents)
        .any(|&(_, by)| is_tied(by));
    let mut seen = BTreeSet::new();
    let mut own = Vec::new();
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        let counted = owner
            .idents
            .iter()
            .filter(|&&(_, by)| !any_tied || is_tied(by));
        let idents: BTreeSet<u32> = counted.map(|&(ident, _)| ident).collect();
        for commit in history
            .commits
            .iter()
            .filter(|c| idents.contains(&c.author.ident))
        {
            if seen.insert(commit.id) {
                own.push(Own {
                    history,
                    commit,
                    stamp: stamp(history, commit),
                });
            }
        }
    }
    own
}

fn stamp(history: &History, commit: &Commit) -> Option<ClockStamp> {
    let committer = history.idents.get(commit.committer.ident as usize);
    if committer.is_some_and(|c| c.email.eq_ignore_ascii_case(WEB_COMMITTER)) {
        return None;
    }
    Some(ClockStamp {
        seconds: commit.author.seconds,
        offset: commit.author.offset?,
    })
}

fn finding(profile: &Profile, own: &[Own<'_>], difference: &Difference) -> Option<Finding> {
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
    let parts = FindingParts {
        base_rate: TABLE.base_rate,
        sample: difference.stamps.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(sources(own, difference))?,
        exhibits: vec![hours(&profile.zones, difference)],
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

/// The first and last such commit of each repository, with the time as recorded.
fn sources(own: &[Own<'_>], difference: &Difference) -> Vec<Observation> {
    let far: BTreeSet<_> = difference.stamps.iter().copied().collect();
    let mut by_source: BTreeMap<&str, Vec<(ClockStamp, &Own<'_>)>> = BTreeMap::new();
    for commit in own {
        if let Some(stamp) = commit.stamp.filter(|s| far.contains(s)) {
            by_source
                .entry(&commit.history.source.path)
                .or_default()
                .push((stamp, commit));
        }
    }
    let mut all = Vec::new();
    for commits in by_source.values_mut() {
        commits.sort_by_key(|&(stamp, own)| (stamp, own.commit.id));
        let last = commits.len() - 1;
        all.extend(
            [0, last]
                .into_iter()
                .take(commits.len())
                .map(|at| observation(commits[at])),
        );
    }
    all.truncate(MAX_SOURCES);
    all
}

fn observation((stamp, own): (ClockStamp, &Own<'_>)) -> Observation {
    Observation {
        fact: Fact::Time(written(stamp)),
        at: Provenance::new(&own.history.source, Place::Commit(own.commit.id)),
    }
}

/// `2024-03-02 14:05 +09:00`.
pub(in crate::detect) fn written(stamp: ClockStamp) -> String {
    let local = stamp
        .seconds
        .saturating_add(i64::from(stamp.offset.minutes()) * 60);
    let date =
        jiff::Timestamp::from_second(local).map(|t| t.strftime("%Y-%m-%d %H:%M ").to_string());
    format!("{}{}", date.unwrap_or_default(), stamp.offset)
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
#[path = "clock_case.rs"]
pub(in crate::detect) mod case;

#[cfg(test)]
#[path = "clock_offset_tests.rs"]
mod tests;
