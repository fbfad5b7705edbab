//! Compares the clock that a document's program recorded with the place or zone that the applicant claims.
//!
//! # What it looks at
//! The UTC offset of a document's creation time against every offset that the claim allows on that date, summer time
//! included; where nothing is claimed, against the clocks of the applicant's own commits of the same weeks. Only
//! documents by programs that write the clock of the machine they run on.
//!
//! # Why it can mean something
//! A word processor takes the offset from the machine, without asking. One that is three hours or more from the claim is
//! worth a question.
//!
//! # Innocent explanations
//! A journey or a move; a friend's or an agency's machine; an employer's remote desktop; a clock that was never set.
//!
//! # Limits
//! One file is one moment. `+00:00` and `−07:00`/`−08:00` say nothing unless the claim allows them: converters on servers
//! and Chromium, Skia and Typst write the first, default clocks the others. Office files record UTC only. It says nothing
//! of where the applicant is, and is never part of a link.
//!
//! # References
//! ISO 32000-1 §7.9.4; IANA time zone database.

use crate::detect::Detector;
use crate::detect::commit_finding::written;
use crate::features::clock::ClaimedClock;
use crate::features::clock::ClockStamp;
use crate::features::clock::FAR_MINUTES;
use crate::features::clock::one;
use crate::features::near_clocks::Against;
use crate::features::near_clocks::against;
use crate::features::near_clocks::near;
use crate::features::own::OwnCommit;
use crate::features::own::own_commits;
use crate::link::Background;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::Document;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::UtcOffset;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static CARD: Card = Card {
    id: "file-clock",
    title: "The clock of a document is not the clock of the claimed place",
    family: Family::Document,
    looks_at: "The UTC offset that a program recorded when it made a document, compared with the offsets of the claimed place \
               or time zone on that date; where no place is claimed, with the clocks of the applicant's own commits within \
               six weeks of it.",
    why: "A word processor takes the offset from the machine it runs on, without being asked. When it is three hours or more \
          from every clock of the claimed place, the document was made elsewhere, or on a machine set for elsewhere.",
    innocent: &[
        "The applicant was travelling, or has moved, or is about to move to the place they gave.",
        "An agency, a coach, a friend or a relative made the document on their own machine.",
        "It was made on a remote desktop or a hosted machine that stands elsewhere.",
        "The clock of the machine was never set to the local zone.",
        "A web service whose server keeps its local time made it under the name of a desktop program.",
    ],
    question: "This document records a clock several hours from the place you gave. Where, and on what machine, was it made?",
    limits: "One document is one moment. Only creation times with an offset by programs that write the local clock (word \
             processors, TeX, printer drivers) are compared. +00:00 and −07:00/−08:00 say nothing unless the claim allows them. \
             Word and LibreOffice files themselves record UTC only and are not compared. When any document keeps the claim, \
             it stays silent. Differences under three hours are not looked at, and an offset can be set to anything.",
    base_rate: "Measured on commits, not on documents, because no documents beside true places were at hand: of 116 developers who \
                state a time zone in public projects, a clock taken from one of their days at random is three hours or more \
                from it in 1.9 % (95 % interval 0.1 to 3.7 %; corpora/calibration/file-clock.json has the command). That the \
                same share holds for documents is an assumption; documents that somebody else made raise it.",
    references: &[
        "ISO 32000-1:2008, 7.9.4: dates",
        "IANA time zone database",
        "Rossi and Zacchiroli 2022: geographic diversity in public code contributions (+00:00 is uninformative)",
    ],
};

/// The finding's two propositions.
const PROPOSITIONS: [&str; 2] = [
    "the document was made on a clock of the claimed place, give or take less than three hours",
    "it was made on another clock, three hours or more from every clock of the claimed place",
];

const AGAINST_CLAIM: &str = "{0} recorded {1} when it made the document; the claimed place, {2}, has {3} on that date. Documents \
                             that say anything about it: {4}, and none keeps the claimed clock.";
const WITH_COMMITS: &str = "{0} recorded {1} when it made the document; the claimed place, {2}, has {3} on that date. Documents \
                            that say anything about it: {4}, and none keeps the claimed clock. The applicant's own commits of \
                            those weeks record {5}.";
const AGAINST_COMMITS: &str = "{0} recorded {1} when it made the document; the applicant's own commits within six weeks of it, \
                               on {2} days, record {3}. No place is claimed.";

/// Parts of program names, in lower case, that write the clock of the machine they run on. Everything else is not
/// compared: converters and generators on servers (iText, TCPDF, Prince and many more) write the server's clock, and
/// Chromium, Skia, Typst and Quartz UTC.
const LOCAL_CLOCK: [&str; 16] = [
    "microsoft® word",
    "microsoft word",
    "microsoft: print to pdf",
    "microsoft® publisher",
    "microsoft® powerpoint",
    "libreoffice",
    "openoffice",
    "pdftex",
    "xdvipdfmx",
    "luatex",
    "ghostscript",
    "acrobat distiller",
    "adobe pdf library",
    "adobe acrobat",
    "wps writer",
    "wps office",
];

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../corpora/calibration/file-clock.json");
    serde_json::from_str(text).expect("the shipped table is checked by a test")
});

/// The part of the shipped table that is used here.
#[derive(Deserialize)]
struct Table {
    base_rate: BaseRate,
    commits: Commits,
}

/// The rate against commits, where nothing is claimed.
#[derive(Deserialize)]
struct Commits {
    base_rate: BaseRate,
}

/// Recorded offsets of documents against the claimed place.
pub(in crate::detect) struct FileClock;

impl Detector for FileClock {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        match look(profile) {
            Ok(finding) => finding
                .map(|f| Outcome::Finding(Box::new(f)))
                .into_iter()
                .collect(),
            Err(why) => vec![Outcome::CouldNotLook { why }],
        }
    }
}

/// A document with the clock of the machine that made it.
struct Made<'a> {
    document: &'a Document,
    program: &'a str,
    stamp: ClockStamp,
}

fn made(document: &Document) -> Option<Made<'_>> {
    let created = document.meta.created?;
    let names = [&document.meta.producer, &document.meta.creator];
    let program = names
        .into_iter()
        .filter_map(|n| n.as_deref())
        .find(|name| {
            let name = name.to_lowercase();
            LOCAL_CLOCK.iter().any(|part| name.contains(part))
        })?;
    Some(Made {
        document,
        program,
        stamp: ClockStamp {
            seconds: created.seconds,
            offset: created.offset?,
        },
    })
}

fn look(profile: &Profile) -> Result<Option<Finding>, &'static str> {
    if profile.documents.is_empty() {
        return Err("no document was read");
    }
    let all: Vec<Made<'_>> = profile.documents.iter().filter_map(made).collect();
    if all.is_empty() {
        return Err("no document records the clock of the machine that made it");
    }
    if profile.zones.is_empty() {
        return against_commits(profile, &all);
    }
    let clock = ClaimedClock::new(&profile.zones);
    let telling: Vec<(i32, &Made<'_>)> = all
        .iter()
        .filter_map(|m| Some((one(&clock, m.stamp)?, m)))
        .collect();
    if telling.is_empty() {
        return Err(
            "every document records +00:00, −07:00 or −08:00, as servers and unset machines do",
        );
    }
    if telling.iter().any(|&(far, _)| far < FAR_MINUTES) {
        return Ok(None);
    }
    Ok(against_claim(profile, &clock, &telling))
}

fn against_claim(
    profile: &Profile,
    clock: &ClaimedClock,
    telling: &[(i32, &Made<'_>)],
) -> Option<Finding> {
    let (_, farthest) = telling
        .iter()
        .max_by_key(|(far, m)| (*far, &m.document.source.path))?;
    let mut facts = first_facts(farthest);
    facts.extend([
        Fact::Text(profile.zones.claim.clone()),
        Fact::Time(list(clock.allowed(farthest.stamp.seconds))),
        Fact::Number(telling.len().to_string()),
    ]);
    let near = near_commits(profile, farthest.stamp);
    let template = if near.is_empty() {
        AGAINST_CLAIM
    } else {
        facts.push(Fact::Time(offsets(&near)));
        WITH_COMMITS
    };
    let documents: Vec<&Made<'_>> = telling.iter().map(|&(_, m)| m).collect();
    finding(
        profile,
        &documents,
        Explanation::new(template, facts),
        TABLE.base_rate,
    )
}

/// Without a claim: the clocks of own commits, when enough days of them agree on where they are not.
fn against_commits(profile: &Profile, all: &[Made<'_>]) -> Result<Option<Finding>, &'static str> {
    let mut could = false;
    for document in all {
        let near = near_commits(profile, document.stamp);
        match against(&near, document.stamp) {
            Against::Unknown => continue,
            Against::Near => could = true,
            Against::Far { days } => {
                let mut facts = first_facts(document);
                facts.extend([Fact::Number(days.to_string()), Fact::Time(offsets(&near))]);
                let explanation = Explanation::new(AGAINST_COMMITS, facts);
                let rate = TABLE.commits.base_rate;
                return Ok(finding(profile, &[document], explanation, rate));
            }
        }
    }
    match could {
        true => Ok(None),
        false => Err(
            "no place or time zone is claimed or understood, and too few own commits stand beside the document",
        ),
    }
}

/// The program and the time it recorded.
fn first_facts(document: &Made<'_>) -> Vec<Fact> {
    vec![
        Fact::Text(document.program.to_string()),
        Fact::Time(written(document.stamp)),
    ]
}

/// Own commits of the weeks around a moment whose clock says something.
fn near_commits(profile: &Profile, stamp: ClockStamp) -> Vec<ClockStamp> {
    let own = own_commits(profile);
    near(own.iter().filter_map(OwnCommit::stamp), stamp)
}

fn offsets(stamps: &[ClockStamp]) -> String {
    list(stamps.iter().map(|s| s.offset).collect::<BTreeSet<_>>())
}

fn list(offsets: impl IntoIterator<Item = UtcOffset>) -> String {
    let all: Vec<String> = offsets.into_iter().map(|o| o.to_string()).collect();
    all.join(", ")
}

fn finding(
    profile: &Profile,
    documents: &[&Made<'_>],
    explanation: Explanation,
    base_rate: BaseRate,
) -> Option<Finding> {
    let observed = documents.iter().map(|m| Observation {
        fact: Fact::Time(written(m.stamp)),
        at: Provenance::new(&m.document.source, Place::Whole),
    });
    let parts = FindingParts {
        base_rate,
        sample: documents.len() as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(observed.collect())?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

#[cfg(test)]
mod tests;
