//! The planted case of `anachronism` and its innocent twins.

use crate::detect::anachronism::*;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::RepositoryTraces;
use crate::model::Version;

/// Commits of the first days of 2024, the last committed on a given day; files that name these versions.
fn with(committed: i64, pins: &[(&str, &str)]) -> Vec<Outcome> {
    let case = Case::claiming("").at(0..5, 60);
    let at = START + committed * 86_400;
    let mut profile = case
        .committed(START + 86_400, Some(60), OWN, OWN, at)
        .profile();
    let source = profile.histories[0].source.clone();
    let pin = |(package, version): &(&str, &str)| Pin {
        package: (*package).into(),
        version: Version::parse(version).unwrap(),
        at: Provenance::new(&source, Place::Whole),
    };
    profile.repositories = vec![RepositoryTraces {
        pins: pins.iter().map(pin).collect(),
        ..RepositoryTraces::default()
    }];
    Anachronism.examine(&profile, &Background::default())
}

const LATER: [(&str, &str); 3] = [
    ("npm react", "19.0.0"),
    ("npm typescript", "5.7.2"),
    ("npm next", "13.0.0"),
];

#[test]
fn two_versions_after_the_last_commit_are_told() {
    let outcomes = with(2, &LATER);
    let [Outcome::Finding(finding)] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(is_whole(finding));
    assert_eq!(
        facts(finding),
        ["2024-01-05", "2", "npm react 19.0.0", "2024-12-05"]
    );
    assert_eq!(finding.sample, 3);
}

#[test]
fn ordinary_repositories_are_silent() {
    let old = [("npm react", "18.2.0"), ("npm typescript", "5.3.3")];
    assert!(with(2, &old).is_empty());
    // One alone may be an error of the table.
    assert!(with(2, &LATER[1..]).is_empty());
    // Rebased or committed later: the committer's date counts.
    assert!(with(500, &LATER).is_empty());
}

#[test]
fn it_says_when_it_cannot_look() {
    assert!(why_not(&with(2, &[])).is_some());
    assert!(why_not(&with(2, &[("npm react", "0.1.0")])).is_some());
    assert_eq!(amount(&with(2, &LATER[..1])), Some((1, 2)));
}
