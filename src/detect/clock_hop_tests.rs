//! The planted case of `clock-hop` and its innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::clock_hop::ClockHop;

/// Two commits a day, so many seconds apart, by two clocks in turn.
fn in_turn(gap: i64, first: i32, second: i32) -> Case {
    let mut case = Case::claiming("");
    for day in 0..15 {
        let at = START + day * 86_400 * 3;
        case = case
            .commit(at, Some(first), OWN, OWN)
            .commit(at + gap, Some(second), OWN, OWN);
    }
    case
}

#[test]
fn clocks_that_change_within_minutes_are_found() {
    let found = in_turn(600, 540, 60).findings(&ClockHop);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(
        facts(&found[0]),
        ["29", "15", "52 %", "3", "+01:00 and +09:00"]
    );
}

#[test]
fn journeys_and_neighbouring_clocks_are_silent() {
    // Half a day for eight hours of the clock, and two hours' difference at once.
    assert!(in_turn(12 * 3600, 540, 60).asked(&ClockHop).is_empty());
    assert!(in_turn(60, 60, 180).asked(&ClockHop).is_empty());
    let traveller = Case::claiming("")
        .at(0..30, 60)
        .at(31..45, 540)
        .at(46..60, 60);
    assert!(traveller.asked(&ClockHop).is_empty());
}

#[test]
fn containers_and_virtual_machines_are_left_out() {
    for other in [0, -420, -480] {
        let outcomes = in_turn(600, 540, other).asked(&ClockHop);
        assert_eq!(amount(&outcomes), Some((14, 20)), "{other}");
    }
    assert!(why_not(&in_turn(600, 0, -480).asked(&ClockHop)).is_some());
}

#[test]
fn a_single_slip_is_silent() {
    let case = Case::claiming("").at(0..30, 60).commit(
        START + 10 * 86_400 + 9 * 3600 + 600,
        Some(540),
        OWN,
        OWN,
    );
    assert!(case.asked(&ClockHop).is_empty());
}
