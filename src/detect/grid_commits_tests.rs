//! The planted cases of `grid-commits` and their innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::OTHER;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::grid_commits::GridCommits;

#[test]
fn a_noon_grid_is_found() {
    let found = Case::claiming("")
        .on_clock(0..60, &[12], |_| 60)
        .findings(&GridCommits);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(
        facts(&found[0]),
        ["60", "0.00", "1.05", "24 h 00 min 00 s", "100 %", "100 %"]
    );
}

#[test]
fn evenly_drawn_times_are_found() {
    let mut case = Case::claiming("");
    for n in 0..80 {
        case = case.commit(
            START + n * 40_000 + (n * 7_919) % 20_011,
            Some(60),
            OWN,
            OWN,
        );
    }
    assert_eq!(case.findings(&GridCommits).len(), 1);
}

#[test]
fn people_are_silent() {
    let bursts = |mut case: Case| {
        for day in [0, 1, 2, 5, 9, 10, 11, 17, 30, 31, 32, 33, 45, 60, 61, 90] {
            for n in 0..5 {
                let at = START + day * 86_400 + 36_000 + day * 61 + n * n * (137 + day) + n;
                case = case.commit(at, Some(60), OWN, OWN);
            }
        }
        case
    };
    assert!(bursts(Case::claiming("")).asked(&GridCommits).is_empty());
    // Somebody else's job beside them.
    let mut job = bursts(Case::claiming(""));
    for day in 0..90 {
        job = job.commit(START + day * 86_400, Some(0), OTHER, OTHER);
    }
    assert!(job.asked(&GridCommits).is_empty());
}

#[test]
fn replayed_commits_at_one_second_are_too_little() {
    let mut case = Case::claiming("");
    for _ in 0..90 {
        case = case.commit(START, Some(60), OWN, OWN);
    }
    assert_eq!(amount(&case.asked(&GridCommits)), Some((0, 60)));
    let short = Case::claiming("").on_clock(0..59, &[12], |_| 60);
    assert_eq!(amount(&short.asked(&GridCommits)), Some((59, 60)));
}
