//! Compares the hours at which an applicant's own commits were made with the place or zone that the applicant claims.
//!
//! # What it looks at
//! The half-hours of the day in which the applicant committed, in UTC; no recorded offset and no weekday. The estimate is
//! `features::rhythm`; this file chooses the commits, words the finding and says why it stays silent.
//!
//! # Why it can mean something
//! An offset is a setting and can be set; when somebody is awake is harder to set for months.
//!
//! # Innocent explanations
//! Night work, the hours of a client, caring duties, studies beside a job, a move.
//!
//! # Limits
//! Working the claimed place's hours defeats it. Night workers look like people far away: false alarms among them are
//! on the card. It says nothing of where the applicant is, and is never part of a link between applicants.
//!
//! # References
//! La Morgia et al. 2018; Claes et al. 2018; Brümmer and du Preez 2006; Domingo-Ferrer and Mateo-Sanz 2002.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::ends;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::no_claim;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::percent;
use crate::detect::commit_finding::too_little;
use crate::features::clock::ClaimedClock;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::rhythm::Activity;
use crate::features::rhythm::FAR_HOURS;
use crate::features::rhythm::MIN_COMMITS;
use crate::features::rhythm::MIN_DAYS;
use crate::features::rhythm::Posterior;
use crate::features::rhythm::Rhythms;
use crate::link::Background;
use crate::model::Card;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::FindingParts;
use crate::model::HourRow;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::UtcOffset;

static CARD: Card = Card {
    id: "clock-rhythm",
    title: "The hours of the commits do not fit the claimed place",
    family: Family::History,
    looks_at: "The half-hours of the day in which the applicant's own commits were made, in UTC, compared with how real authors \
               spread over their day. No weekday and no recorded offset is used.",
    why: "Most people commit by day and evening and sleep at night. If the hours fit a clock six hours or more from every \
          clock of the claimed place, and hardly fit the claimed one, it is worth asking when the applicant works.",
    innocent: &[
        "The applicant works on these repositories at night: beside a day job, by habit, or because of a shift.",
        "The applicant keeps the hours of a client, an employer or a team elsewhere.",
        "The applicant cares for somebody, is ill, or sleeps irregularly, and works when it is possible.",
        "The applicant moved to the claimed place after these commits, or was travelling or studying elsewhere.",
        "The times are those of an import or a script and not of the work.",
    ],
    question: "Your commits cluster at unusual hours for the place you gave. When do you usually work on these projects?",
    limits: "Needs 50 commits on 10 days. Differences under six hours are not reported. It cannot tell a night worker from \
             somebody far away, and somebody who keeps the hours of the claimed place cannot be told at all. Commits of \
             websites count: their times are exact. Merges by robots do not.",
    base_rate: "2 of 374 ordinary people (0.5 %, 95 % interval 0.1 to 1.9 %): 1 of 264 authors, each left out of the table, \
                against their own recorded clock, and 1 of 110 developers against the zone they state. Of the tenth with most \
                activity between midnight and six, 1 of 26 (4 %): for people who work at night, among them many who care \
                for others, expect ten times the rate (corpora/programs/score_rhythm.rs, docs/clocks.md).",
    references: &[
        "La Morgia et al. 2018: time-zone geolocation of crowds (of crowds, not of persons)",
        "Claes et al. 2018: do programmers work at night or during the weekend?",
        "Brümmer and du Preez 2006: application-independent evaluation of speaker detection (Cllr)",
        "Domingo-Ferrer and Mateo-Sanz 2002: practical data-oriented microaggregation for statistical disclosure control",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the applicant's activity follows a clock of the claimed place, give or take two hours",
    "it follows another clock, or the applicant keeps unusual hours",
];

/// Offsets shown of the posterior.
const SHOWN_OFFSETS: usize = 6;

/// Hours of activity against the claimed place.
pub(in crate::detect) struct ClockRhythm;

impl Detector for ClockRhythm {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if let Some(why) = no_claim(profile) {
            return could_not(why);
        }
        let mut own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        own.retain(|o| o.made != Made::Robot);
        let activity = Activity::in_utc(own.iter().map(|o| o.commit.author.seconds));
        if own.len() < MIN_COMMITS as usize {
            return too_little(own.len(), MIN_COMMITS as usize);
        }
        if activity.num_days() < MIN_DAYS {
            return too_little(activity.num_days() as usize, MIN_DAYS as usize);
        }
        let clock = ClaimedClock::new(&profile.zones);
        let allowed = clock.allowed_on_days(own.iter().map(|o| o.commit.author.seconds));
        let posterior = Rhythms::shipped().posterior(&activity);
        if !posterior.contradicts(&allowed) {
            return Vec::new();
        }
        finding(profile, &own, &activity, &posterior, &allowed)
            .map(|parts| found(self, profile, parts))
            .into_iter()
            .collect()
    }
}

fn finding(
    profile: &Profile,
    own: &[OwnCommit<'_>],
    activity: &Activity,
    posterior: &Posterior,
    allowed: &[UtcOffset],
) -> Option<FindingParts> {
    let written: Vec<_> = allowed.iter().map(ToString::to_string).collect();
    let explanation = Explanation::new(
        "The hours of {0} commits on {1} days fit a clock around {2} best. The claimed place, {3}, has {4} on those dates, at \
         least {5} hours away; measured against the days of ordinary authors, the hours leave {6} for a clock within two \
         hours of the claim (log10 of the Bayes factor against it: {7}; nights at work explain that as well).",
        vec![
            number(own.len()),
            number(activity.num_days() as usize),
            Fact::Time(posterior.best().to_string()),
            Fact::Text(profile.zones.claim.clone()),
            Fact::Time(written.join(", ")),
            number(FAR_HOURS as usize),
            percent(posterior.near(allowed)),
            Fact::Number(format!("{:.1}", posterior.log10_bf_against(allowed))),
        ],
    );
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: own.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(ends(own))?,
        exhibits: vec![hours(activity, posterior, allowed), offsets(posterior)],
    })
}

/// Half-hours with activity in each hour of the day, by a clock of the claimed place and by the one that fits best.
fn hours(activity: &Activity, posterior: &Posterior, allowed: &[UtcOffset]) -> Exhibit {
    let row = |label: String, offset: UtcOffset| {
        let mut counts = vec![0; 24];
        for (half_hour, &n) in activity.counts().iter().enumerate() {
            let minutes = half_hour as i32 * 30 + offset.minutes();
            counts[(minutes.rem_euclid(1440) / 60) as usize] += n;
        }
        HourRow { label, counts }
    };
    let best = posterior.best();
    let claimed = allowed
        .first()
        .map(|&a| row(format!("by a clock of the claimed place ({a})"), a));
    let fits = row(format!("by the clock that fits best ({best})"), best);
    Exhibit::Hours {
        caption: "Half-hours with commits in each hour of the day".into(),
        rows: claimed.into_iter().chain([fits]).collect(),
    }
}

/// The most probable offsets.
fn offsets(posterior: &Posterior) -> Exhibit {
    let mut places: Vec<(usize, f64)> = posterior.shares().iter().copied().enumerate().collect();
    places.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
    let row = |&(place, share): &(usize, f64)| {
        vec![
            Posterior::offset(place).to_string(),
            percent(share).raw().to_string(),
        ]
    };
    Exhibit::Table {
        caption: "How well the offsets fit, if each was as likely as any other beforehand".into(),
        head: vec!["offset".into(), "probability".into()],
        rows: places.iter().take(SHOWN_OFFSETS).map(row).collect(),
    }
}

#[cfg(test)]
#[path = "clock_rhythm_tests.rs"]
mod tests;
