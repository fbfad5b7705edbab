//! Compares the clocks of one applicant with each other: the recorded offset with the hours of activity, and commits made
//! in a website with commits made on a machine on the same day. No claim is needed.
//!
//! # What it looks at
//! (1) One recorded offset that holds on most days, against the rhythm of activity (`features::rhythm`). (2) On days with
//! commits of both kinds, the offset of the website's commits (that of a browser or an account) against the machine's.
//!
//! # Why it can mean something
//! A machine's clock can be set to any place; the hours of sleep and the browser's clock usually are not set with it.
//!
//! # Innocent explanations
//! Travel, a hosted machine, a browser or account set elsewhere, nights at work.
//!
//! # Limits
//! It does not say which clock is right. +00:00 and −07:00/−08:00 are not compared: servers, virtual machines, and old
//! commits of websites carry them. The clock of a résumé file is compared with the claim, and where nothing is
//! claimed with the commits of those weeks, by `file-clock`.
//!
//! # References
//! Rossi and Zacchiroli 2022; La Morgia et al. 2018.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::percent;
use crate::detect::commit_finding::too_little;
use crate::detect::commit_finding::written;
use crate::features::clock::ClaimedClock;
use crate::features::clock::FAR_MINUTES;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::rhythm::FAR_HOURS;
use crate::features::rhythm::Rhythms;
use crate::features::two_clocks::ByHours;
use crate::features::two_clocks::OtherClock;
use crate::features::two_clocks::Website;
use crate::features::two_clocks::by_hours;
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
    id: "clock-disagreement",
    title: "Two clocks of one applicant disagree",
    family: Family::History,
    looks_at: "The offset that the applicant's machine recorded on most days, against the hours at which the commits were made; \
               and the offset of commits made in a website, against that of commits made on a machine on the same day.",
    why: "A machine's clock is a setting. If the hours of the commits, or the browser on the same day, follow another clock \
          hours away, it is worth asking which one is the applicant's.",
    innocent: &[
        "The applicant was travelling, or had moved, and one of the clocks was left as it was.",
        "The applicant works on these repositories at night, or keeps the hours of a client or a team.",
        "The machine, a hosted desktop or a development server stands elsewhere or came with another default clock.",
        "The account of the website is set to another zone, or the browser hides its zone.",
        "Some of the commits were made by a colleague in the applicant's name.",
    ],
    question: "Your machine's clock and the hours or the browser of your commits differ by several hours. How was the machine set \
               up, and where were you working?",
    limits: "Hours: 50 commits on 10 days, one recorded clock on four fifths of the days, six hours or more apart. Website: 20 \
             commits there on days with commits from a machine, one fifth of them three hours or more apart. +00:00 and \
             −07:00/−08:00 are never compared. Where the recorded clock is the claimed one, hours against it are told by \
             clock-rhythm alone. GitLab's website cannot be told from a machine.",
    base_rate: "Hours: 5 of 1,480 authors of 355 public repositories (0.3 %, 95 % interval 0.1 to 0.8 %), ten times that among people who \
                work at night. Website: 7 of 234 authors with 20 such commits (3.0 %, 1.5 to 6.0 %) \
                (corpora/programs/measure_histories.rs, docs/clocks.md).",
    references: &[
        "Rossi and Zacchiroli 2022: geographic diversity in public code contributions (+00:00 is uninformative)",
        "La Morgia et al. 2018: time-zone geolocation of crowds (of crowds, not of persons)",
    ],
};

/// Base rate of the hours' part, and of the website's part.
const BY_HOURS: &str = "clock-disagreement/hours";
const BY_WEBSITE: &str = "clock-disagreement/website";

const OF_HOURS: [&str; 2] = [
    "the applicant's activity follows the recorded clock, give or take two hours",
    "it follows another clock, or the applicant keeps unusual hours",
];
const OF_WEBSITE: [&str; 2] = [
    "the website and the machine were used at one clock",
    "they were used at clocks three hours or more apart",
];

/// The applicant's clocks against each other.
pub(in crate::detect) struct ClockDisagreement;

impl Detector for ClockDisagreement {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let mut own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        own.retain(|o| o.made != Made::Robot);
        let website = Website::new(&own);
        let by_hours = by_hours(&own, Rhythms::shipped());
        if !website.is_enough() {
            match by_hours {
                ByHours::TooFew { have, need } => return too_little(have, need),
                ByHours::OnlyDefaultClocks => {
                    return could_not(
                        "every recorded clock reads +00:00, −07:00 or −08:00, as servers and virtual machines do by default",
                    );
                }
                ByHours::Fits | ByHours::Differs(_) => {}
            }
        }
        let of_hours = match by_hours {
            ByHours::Differs(other) if !is_claimed(profile, &own, &other) => of_hours(&own, &other),
            _ => None,
        };
        [of_hours, of_website(&website)]
            .into_iter()
            .flatten()
            .map(|parts| found(self, profile, parts))
            .collect()
    }
}

/// Whether the recorded clock is one that the applicant claims: then hours that contradict it contradict the claim, which
/// `clock-rhythm` reports, and one observation is told once.
fn is_claimed(profile: &Profile, own: &[OwnCommit<'_>], other: &OtherClock) -> bool {
    let clock = ClaimedClock::new(&profile.zones);
    let allowed = clock.allowed_on_days(own.iter().map(|o| o.commit.author.seconds));
    other.recorded.iter().any(|o| allowed.contains(o))
}

fn of_hours(own: &[OwnCommit<'_>], other: &OtherClock) -> Option<FindingParts> {
    let recorded: Vec<_> = other.recorded.iter().map(ToString::to_string).collect();
    let explanation = Explanation::new(
        "On {0} of {1} days the applicant's machine recorded {2}, but the hours of {3} commits fit a clock at {4} best, at \
         least {5} hours away; they leave {6} for a clock within two hours of the recorded one.",
        vec![
            number(other.days),
            number(other.all_days),
            Fact::Time(recorded.join(", ")),
            number(own.len()),
            Fact::Time(other.posterior.best().to_string()),
            number(FAR_HOURS as usize),
            percent(other.posterior.near(&other.recorded)),
        ],
    );
    Some(FindingParts {
        base_rate: base_rate(BY_HOURS),
        sample: own.len() as u32,
        propositions: OF_HOURS,
        explanation,
        observations: Observations::from_vec(ends(own))?,
        exhibits: Vec::new(),
    })
}

fn of_website(website: &Website<'_>) -> Option<FindingParts> {
    if !website.disagrees() {
        return None;
    }
    let pairs: BTreeSet<String> = website
        .far
        .iter()
        .map(|(_, site, machine)| format!("{} beside {}", site.offset, machine.offset))
        .collect();
    let pairs: Vec<_> = pairs.into_iter().take(MAX_SOURCES).collect();
    let explanation = Explanation::new(
        "Of {0} commits that the applicant made in a website on days with commits from a machine, {1} ({2}) carry an \
         offset {3} hours or more from every one of that day's machine (website beside machine: {4}).",
        vec![
            number(website.num_compared),
            number(website.far.len()),
            percent(website.far_share()),
            number(FAR_MINUTES as usize / 60),
            Fact::Time(pairs.join(", ")),
        ],
    );
    let sources = website.far.iter().take(MAX_SOURCES);
    let observations = sources
        .map(|(own, stamp, _)| at_commit(own.history, own.commit, Fact::Time(written(*stamp))));
    Some(FindingParts {
        base_rate: base_rate(BY_WEBSITE),
        sample: website.num_compared as u32,
        propositions: OF_WEBSITE,
        explanation,
        observations: Observations::from_vec(observations.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "clock_disagreement_tests.rs"]
mod tests;
