//! The planted case of `backfilled-history` and its innocent twins.

use crate::detect::backfilled_history::BackfilledHistory;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::WEB;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;

const DAY: i64 = 86_400;

/// Thirty commits, dated `apart` days from each other, committed a minute apart by `committer`.
fn at_once(apart: i64, committer: u32) -> Case {
    let mut case = Case::claiming("");
    for n in 0..30 {
        let (dated, at) = (START + n * apart * DAY, START + 400 * DAY + n * 60);
        case = case.committed(dated, Some(60), OWN, committer, at);
    }
    case
}

#[test]
fn months_committed_within_a_day_are_found() {
    let found = at_once(5, OWN).findings(&BackfilledHistory);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0])[..4], ["30", "30", "100 %", "145"]);
}

#[test]
fn a_month_a_website_and_ordinary_work_are_silent() {
    assert!(
        at_once(1, OWN).asked(&BackfilledHistory).is_empty(),
        "29 days"
    );
    assert_eq!(
        amount(&at_once(5, WEB).asked(&BackfilledHistory)),
        Some((0, 20))
    );
    assert!(
        Case::claiming("")
            .at(0..60, 60)
            .asked(&BackfilledHistory)
            .is_empty()
    );
}

#[test]
fn a_rebased_branch_among_other_work_is_silent() {
    let mut case = at_once(5, OWN);
    for n in 0..10 {
        case = case.commit(START + n * 9 * DAY, Some(60), OWN, OWN);
    }
    assert!(case.asked(&BackfilledHistory).is_empty());
}

#[test]
fn too_little_is_its_own_outcome() {
    let few = Case::claiming("").at(0..9, 60);
    assert_eq!(amount(&few.asked(&BackfilledHistory)), Some((18, 20)));
}
