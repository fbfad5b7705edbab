//! The planted case of `twin-history` and its innocent twins.

use crate::detect::Detector;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OTHER;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::twin_history::TwinHistory;
use crate::link::Background;
use crate::model::Outcome;

#[test]
fn a_line_under_two_names_is_found() {
    let found = Case::claiming("")
        .at(0..10, 60)
        .twice(OTHER)
        .at(20..30, 60)
        .findings(&TwinHistory);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0]), ["20", "40", "50 %"]);
    assert_eq!(found[0].observations.as_slice().len(), 8);
}

#[test]
fn a_few_rewritten_commits_are_silent() {
    let few = Case::claiming("").at(0..4, 60).twice(OTHER).at(20..40, 60);
    assert!(few.asked(&TwinHistory).is_empty());
    let small_part = Case::claiming("").at(0..6, 60).twice(OTHER).at(20..220, 60);
    assert!(small_part.asked(&TwinHistory).is_empty());
}

#[test]
fn a_corrected_address_or_name_is_no_twin() {
    let rewritten = || Case::claiming("").at(0..20, 60).twice(OTHER).profile();
    let silent = |profile| {
        let outcomes: Vec<Outcome> = TwinHistory.examine(&profile, &Background::default());
        outcomes.is_empty()
    };
    let mut new_address = rewritten();
    new_address.histories[0].idents[1].name_key = new_address.histories[0].idents[0].name_key;
    assert!(silent(new_address));
    let mut new_name = rewritten();
    new_name.histories[0].idents[1].email = "Own@mail.invalid".into();
    assert!(silent(new_name));
    let mut robot = rewritten();
    robot.histories[0].idents[1].email = "action@github.com".into();
    assert!(silent(robot));
}

#[test]
fn too_little_is_its_own_outcome() {
    let few = Case::claiming("").at(0..9, 60);
    assert_eq!(amount(&few.asked(&TwinHistory)), Some((18, 20)));
}
