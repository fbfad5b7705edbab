//! The planted case of `clock-runs-backwards` and its innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::OTHER;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::WEB;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_runs_backwards::ClockRunsBackwards;

/// A hundred ordinary commits and `count` dated `ahead` seconds after they were committed by `committer`.
fn ahead(count: i64, ahead: i64, committer: u32) -> Case {
    let mut case = Case::claiming("").at(0..50, 60);
    for n in 0..count {
        let at = START + n * 5_000;
        case = case.committed(at + ahead, Some(60), OWN, committer, at);
    }
    case
}

#[test]
fn dates_after_the_commit_are_found() {
    let found = ahead(4, 86_400, OWN).findings(&ClockRunsBackwards);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0]), ["4", "104", "3.8 %", "1440"]);
    assert_eq!(found[0].observations.as_slice().len(), 4);
}

#[test]
fn seconds_and_single_slips_are_silent() {
    assert!(ahead(20, 60, OWN).asked(&ClockRunsBackwards).is_empty());
    assert!(ahead(2, 86_400, OWN).asked(&ClockRunsBackwards).is_empty());
    assert!(
        ahead(20, -86_400, OWN)
            .asked(&ClockRunsBackwards)
            .is_empty(),
        "rebased"
    );
}

#[test]
fn other_peoples_clocks_are_left_out() {
    for committer in [OTHER, WEB] {
        assert!(
            ahead(20, 86_400, committer)
                .asked(&ClockRunsBackwards)
                .is_empty()
        );
    }
    let few = Case::claiming("").at(0..10, 60);
    assert_eq!(amount(&few.asked(&ClockRunsBackwards)), Some((20, 50)));
}
