//! The planted cases of `clock-disagreement` and their innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::WEB;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::clock_disagreement::ClockDisagreement;
use crate::model::UtcOffset;

/// Office days by one clock, recorded by another.
fn recorded_as(minutes: i32, by: i32) -> Case {
    let mut case = Case::claiming("").working(0..60, |_| minutes);
    for commit in &mut case.commits {
        commit.author.offset = UtcOffset::from_minutes(by);
    }
    case
}

/// Days with a commit on a machine and one in a website.
fn beside(machine: i32, site: i32, days: i64) -> Case {
    let mut case = Case::claiming("").working(0..60, |_| machine);
    for day in 0..days {
        let noon = START + day * 86_400 + 43_200 - i64::from(machine) * 60;
        case = case.commit(noon, Some(machine), OWN, OWN);
        case = case.commit(noon + 600, Some(site), OWN, WEB);
    }
    case
}

#[test]
fn a_recorded_clock_against_the_hours_is_found() {
    let found = recorded_as(600, -300).findings(&ClockDisagreement);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0])[2], "-05:00");
}

#[test]
fn a_recorded_clock_that_is_claimed_is_told_once() {
    let mut case = recorded_as(600, -300);
    case.claim = "New York, NY, USA";
    assert!(
        case.asked(&ClockDisagreement).is_empty(),
        "clock-rhythm tells it"
    );
    let mut elsewhere = recorded_as(600, -300);
    elsewhere.claim = "Lyon, France";
    assert_eq!(elsewhere.findings(&ClockDisagreement).len(), 1);
}

#[test]
fn a_clock_that_fits_is_silent() {
    for minutes in [-300, 60, 330, 600] {
        assert!(
            recorded_as(minutes, minutes)
                .asked(&ClockDisagreement)
                .is_empty(),
            "{minutes}"
        );
    }
}

#[test]
fn a_traveller_is_silent() {
    let mut case = recorded_as(600, -300);
    for commit in case.commits.iter_mut().step_by(3) {
        commit.author.offset = UtcOffset::from_minutes(540);
    }
    assert!(case.asked(&ClockDisagreement).is_empty());
}

#[test]
fn default_clocks_are_not_judged() {
    for minutes in [0, -480, -420] {
        let outcomes = recorded_as(330, minutes).asked(&ClockDisagreement);
        assert!(
            why_not(&outcomes).unwrap().contains("virtual machines"),
            "{minutes}"
        );
    }
}

#[test]
fn a_website_against_the_machine_is_found() {
    let found = beside(60, 540, 25).findings(&ClockDisagreement);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(
        facts(&found[0]),
        ["25", "25", "100 %", "3", "+09:00 beside +01:00"]
    );
    assert_eq!(found[0].observations.as_slice().len(), 8);
}

#[test]
fn a_website_at_the_machines_clock_or_at_a_default_one_is_silent() {
    for site in [60, 120, -60, 0, -420] {
        assert!(
            beside(60, site, 25).asked(&ClockDisagreement).is_empty(),
            "{site}"
        );
    }
    assert!(
        beside(60, 540, 12).asked(&ClockDisagreement).is_empty(),
        "too few to compare"
    );
}

#[test]
fn too_little_is_its_own_outcome() {
    let few = Case::claiming("").working(0..20, |_| 600);
    assert_eq!(amount(&few.asked(&ClockDisagreement)), Some((39, 50)));
}
