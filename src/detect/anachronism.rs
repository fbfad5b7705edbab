//! Looks for files in a repository that name versions younger than its last commit.
//!
//! # What it looks at
//! Versions in the dependency files at the tips (`features::pins`) against the latest date of any commit, author's or
//! committer's, and the day before which each version cannot have been had (`features::releases`).
//!
//! # Why it can mean something
//! A history whose dates were made up still holds the versions of the day on which it was made.
//!
//! # Innocent explanations
//! A machine with a wrong clock, an import that kept old dates, a version built by oneself.
//!
//! # Limits
//! Only the tips are read, so only a history that was dated back as a whole is seen.
//!
//! # References
//! `corpora/background/releases.md`.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::too_little;
use crate::features::releases::no_earlier_than;
use crate::link::Background;
use crate::model::Card;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::FindingParts;
use crate::model::History;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Pin;
use crate::model::Profile;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "anachronism",
    title: "Files name versions that came out after the last commit",
    family: Family::History,
    looks_at: "The versions that manifests and lock files at the tips of a repository name, against the latest date that any of its \
               commits carries, and the day before which each version could not be had.",
    why: "Nobody can ask for a version that does not exist yet. Files with several versions younger than the whole history were \
          written after the dates that its commits carry.",
    innocent: &[
        "The clock of the machine was wrong, or a container started with an old date.",
        "The dates were set on purpose and openly, for a backdated archive or a decorated activity chart.",
        "An import or a migration gave the last state the dates of an older history.",
        "A version was built from the project's own sources before its release, or comes from a private registry.",
        "The table of releases is wrong about a version.",
    ],
    question: "This repository uses versions that came out after its last commit. How did its dates come about?",
    limits: "Reads the files at the tips only, so a history is seen only where all of its dates are older than two or more of its \
             versions by more than two days. Dates set for the author alone are no match: the committer's count as well. Knows \
             some dozens of packages, languages and formats; pre-releases and ranges without a lower end are left out.",
    base_rate: "None of 218 public repositories whose files name two known versions or more (0.2 %, 95 % interval 0 to 1.7 %; \
                corpora/programs/measure_consistency.rs).",
    references: &[
        "corpora/background/releases.md (the table and how it was made)",
        "corpora/calibration/consistency-findings.json (the counts)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the files were written by the dates of the commits",
    "they were written after the latest of them",
];
const TEMPLATE: &str = "The latest date of any commit in the repository is {0}, but files at its tips name {1} packages or formats in \
                        versions that came out more than two days later, such as {2}, of {3}.";
/// Seconds after the latest commit from which a version counts: time zones, a release day taken from a changelog.
const MARGIN: i64 = 48 * 3600;
/// Different packages: one may be an error of the table or a private build.
const MIN_PACKAGES: usize = 2;
/// Most versions named as sources.
const MAX_SHOWN: usize = 8;

/// See the card.
pub(in crate::detect) struct Anachronism;

impl Detector for Anachronism {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        let sources: BTreeSet<&str> = own.iter().map(|o| o.history.source.path.as_str()).collect();
        let both = profile.histories.iter().zip(&profile.repositories);
        let dated: Vec<(&History, Vec<Dated<'_>>)> = both
            .filter(|(history, _)| sources.contains(history.source.path.as_str()))
            .map(|(history, traces)| (history, dated(&traces.pins)))
            .collect();
        let packages = |pins: &[Dated<'_>]| {
            pins.iter()
                .map(|d| &d.pin.package)
                .collect::<BTreeSet<_>>()
                .len()
        };
        let most = dated.iter().map(|(_, pins)| packages(pins)).max();
        match most.unwrap_or_default() {
            0 => return could_not("no file names a version whose release is known"),
            few if few < MIN_PACKAGES => return too_little(few, MIN_PACKAGES),
            _ => {}
        }
        dated
            .iter()
            .filter_map(|(history, pins)| parts(history, pins))
            .map(|p| found(self, profile, p))
            .collect()
    }
}

/// A version and the moment before which it could not be had.
struct Dated<'a> {
    pin: &'a Pin,
    out: i64,
}

fn dated(pins: &[Pin]) -> Vec<Dated<'_>> {
    fn one(pin: &Pin) -> Option<Dated<'_>> {
        let out = no_earlier_than(&pin.package, pin.version)?;
        Some(Dated { pin, out })
    }
    pins.iter().filter_map(one).collect()
}

/// The latest time that any commit carries.
fn latest(history: &History) -> Option<i64> {
    let of_commit = |c: &crate::model::Commit| c.author.seconds.max(c.committer.seconds);
    history.commits.iter().map(of_commit).max()
}

fn parts(history: &History, pins: &[Dated<'_>]) -> Option<FindingParts> {
    let latest = latest(history)?;
    // Of each package the youngest version.
    let mut late: BTreeMap<&str, &Dated<'_>> = BTreeMap::new();
    for dated in pins.iter().filter(|d| d.out > latest + MARGIN) {
        let youngest = late.entry(&dated.pin.package).or_insert(dated);
        if dated.out > youngest.out {
            *youngest = dated;
        }
    }
    if late.len() < MIN_PACKAGES {
        return None;
    }
    let day = |seconds| {
        in_utc(seconds)
            .split(' ')
            .next()
            .unwrap_or_default()
            .to_string()
    };
    let written = |d: &Dated<'_>| format!("{} {}", d.pin.package, d.pin.version);
    let mut by_day: Vec<&Dated<'_>> = late.into_values().collect();
    by_day.sort_by_key(|d| (std::cmp::Reverse(d.out), &d.pin.package));
    let last = by_day.first()?;
    let facts = vec![
        Fact::Time(day(latest)),
        number(by_day.len()),
        Fact::Text(written(last)),
        Fact::Time(day(last.out)),
    ];
    let shown = by_day.iter().take(MAX_SHOWN).map(|d| Observation {
        fact: Fact::Text(format!("{} (no earlier than {})", written(d), day(d.out))),
        at: d.pin.at.clone(),
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: pins.len() as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(TEMPLATE, facts),
        observations: Observations::from_vec(shown.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "anachronism_tests.rs"]
mod tests;
