//! The planted cases of `impossible-timeline` and their innocent twins.

use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::document_fixture::*;
use crate::detect::impossible_timeline::*;
use crate::features::career::steps;
use crate::model::ApplicantId;
use crate::model::DocumentMeta;

fn look(text: &str) -> Vec<Outcome> {
    let mut profile = applicant("a", document("a", text, DocumentMeta::default()));
    profile.careers = vec![steps(text)];
    ImpossibleTimeline.examine(&profile, &Background::default())
}

const TWO_JOBS: &str = "Experience\nHerons Ltd, Software Engineer\nJan 2018 - Jun 2021\n- Wrote timetables.\n\nKontor AG, Backend Developer\nMar 2019 - Dec 2020\n- Kept ledgers.\n";

#[test]
fn two_full_time_jobs_are_told_with_both_places() {
    let outcomes = look(TWO_JOBS);
    let found = findings_of(&outcomes);
    assert_eq!(found.len(), 1);
    assert!(is_whole(found[0]));
    assert_eq!(
        facts(found[0]),
        ["2018-01 to 2021-06", "2019-03 to 2020-12", "20"]
    );
    assert_eq!(found[0].observations.as_slice().len(), 2);
}

#[test]
fn a_technology_of_later_years_is_told() {
    let outcomes = look(
        "Experience\nKontor AG, Developer\nJan 2012 - Jun 2014\n- Kept ledgers.\nHerons Ltd, Software Engineer\nJan 2008 - Jun 2011\n- Ran the fleet on Kubernetes.\n",
    );
    let found = findings_of(&outcomes);
    assert_eq!(found.len(), 1);
    assert!(is_whole(found[0]));
    assert_eq!(
        facts(found[0]),
        ["2008-01 to 2011-06", "Kubernetes", "2014-06", "1"]
    );
}

#[test]
fn ordinary_careers_are_silent() {
    for text in [
        TWO_JOBS.replace("Backend Developer", "Backend Developer, part-time"),
        TWO_JOBS.replace("Kontor AG", "Herons Group"),
        TWO_JOBS.replace("Mar 2019 - Dec 2020", "Apr 2021 - Dec 2022"),
    ] {
        assert!(look(&text).is_empty(), "{text}");
    }
}

#[test]
fn one_step_is_too_little_and_no_document_cannot_be_looked_at() {
    let one = look("Experience\nHerons Ltd, Engineer\nJan 2018 - Jun 2021\n");
    assert_eq!(amount(&one), Some((1, 2)));
    let empty = Profile::empty(ApplicantId::new("a"));
    let outcomes = ImpossibleTimeline.examine(&empty, &Background::default());
    assert!(why_not(&outcomes).is_some());
}
