//! The planted case of `no-daylight-saving` and its innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::no_daylight_saving::NoDaylightSaving;
use crate::features::clock::ClaimedClock;
use crate::features::place::zones;

/// Days in January and February, and in June and July.
fn both_halves(claim: &'static str, offset_at: impl Fn(i64) -> i32) -> Case {
    Case::claiming(claim)
        .on_clock(0..40, &[9, 15], &offset_at)
        .on_clock(160..200, &[9, 15], &offset_at)
}

#[test]
fn a_clock_that_never_changes_is_found() {
    let found = both_halves("Lyon, France", |_| 60).findings(&NoDaylightSaving);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0]), ["+01:00", "80", "80", "Lyon, France"]);
    assert_eq!(found[0].observations.as_slice().len(), 4);
}

#[test]
fn the_claimed_clock_is_silent() {
    for claim in [
        "Lyon, France",
        "Sydney, NSW",
        "New York, NY",
        "Dublin, Ireland",
        "Seattle, WA",
    ] {
        let zones = zones(Some(claim), None);
        let clock = ClaimedClock::new(&zones);
        let case = both_halves(claim, |at| clock.allowed(at)[0].minutes());
        assert!(case.asked(&NoDaylightSaving).is_empty(), "{claim}");
    }
}

#[test]
fn a_move_between_the_halves_is_silent() {
    assert!(
        both_halves("Lyon, France", |at| if at < 1_710_000_000 {
            60
        } else {
            330
        })
        .asked(&NoDaylightSaving)
        .is_empty()
    );
    // Several clocks within one half: nothing to say.
    let changing = |at: i64| if at / 86_400 % 3 == 0 { 60 } else { 330 };
    assert!(
        both_halves("Lyon, France", changing)
            .asked(&NoDaylightSaving)
            .is_empty()
    );
}

#[test]
fn a_place_without_summer_time_is_not_judged() {
    for claim in ["Pune, India", "UTC+1", "USA", "Phoenix, AZ"] {
        let outcomes = both_halves(claim, |_| 330).asked(&NoDaylightSaving);
        assert!(why_not(&outcomes).unwrap().contains("one clock"), "{claim}");
    }
}

#[test]
fn default_clocks_are_not_judged() {
    for minutes in [0, -420, -480] {
        let outcomes = both_halves("Lyon, France", |_| minutes).asked(&NoDaylightSaving);
        assert!(why_not(&outcomes).unwrap().contains("default"), "{minutes}");
    }
    // Where the claim allows it, it is a clock like any other.
    assert_eq!(
        both_halves("Seattle, WA", |_| -480)
            .findings(&NoDaylightSaving)
            .len(),
        0
    );
}

#[test]
fn one_half_of_the_year_is_too_little() {
    let winter = Case::claiming("Lyon, France").on_clock(0..40, &[9, 15], |_| 60);
    assert_eq!(amount(&winter.asked(&NoDaylightSaving)), Some((0, 10)));
    let hours = [8, 9, 10, 11, 12, 13];
    let few_days = Case::claiming("Lyon, France")
        .on_clock(0..40, &[9], |_| 60)
        .on_clock(170..172, &hours, |_| 60);
    assert_eq!(amount(&few_days.asked(&NoDaylightSaving)), Some((2, 5)));
}
