//! Copies with moved dates and their innocent twins.

use crate::detect::copy_fixture::DAY;
use crate::detect::copy_fixture::Step;
use crate::detect::copy_fixture::authored_by;
use crate::detect::copy_fixture::compared;
use crate::detect::copy_fixture::only_evidence;
use crate::detect::copy_fixture::person;
use crate::detect::copy_fixture::shared_keys;
use crate::detect::copy_fixture::work;
use crate::detect::same_author_seconds::SameAuthorSeconds;
use crate::detect::shifted_copy::ShiftedCopy;
use crate::model::Outcome;
use crate::model::Profile;

fn moved(steps: &[Step], by: &str, shift: i64) -> Vec<Step> {
    let mut moved = authored_by(by, steps);
    moved.iter_mut().for_each(|step| step.seconds += shift);
    moved
}

fn say(a: &Profile, b: &Profile) -> Vec<Outcome> {
    compared(&ShiftedCopy, &[a, b])
}

#[test]
fn a_copy_moved_by_400_days_is_found() {
    let own = work("ann", 1, 40);
    let copy = moved(&own, "bob", 400 * DAY + 7);
    let (a, b) = (person("ann", &[own]), person("bob", &[copy]));
    let e = only_evidence(say(&a, &b));
    let facts: Vec<&str> = e.explanation.facts.iter().map(|f| f.raw()).collect();
    assert_eq!((facts[0], &facts[7..]), ("40", &["later", "400", "7"][..]));
    assert!(e.explained_by.is_empty() && e.measure.score > 50.0);
    assert!(!shared_keys(&ShiftedCopy, &[&a, &b]).is_empty());
    assert_eq!(
        only_evidence(say(&b, &a)).explanation.facts[7].raw(),
        "earlier"
    );
    assert!(compared(&SameAuthorSeconds, &[&a, &b]).is_empty());
}

#[test]
fn a_part_that_lost_commits_is_found() {
    let own = work("ann", 1, 80);
    let mut mixed = work("bob", 2, 40);
    let kept: Vec<Step> = own[10..60]
        .iter()
        .enumerate()
        .filter(|(n, _)| n % 9 != 4)
        .map(|(_, s)| s.clone())
        .collect();
    mixed.extend(moved(&kept, "bob", -900 * DAY));
    let e = only_evidence(say(&person("ann", &[own]), &person("bob", &[mixed])));
    assert_eq!(e.explanation.facts[0].raw(), "44");
}

#[test]
fn unrelated_work_regular_work_and_a_copy_in_place_are_silent() {
    let own = work("ann", 1, 200);
    let a = person("ann", &[own.clone()]);
    assert!(say(&a, &person("bob", &[work("bob", 2, 200)])).is_empty());
    assert!(
        say(&a, &person("bob", &[authored_by("bob", &own)])).is_empty(),
        "not moved"
    );
    let daily = |who: &str, first: i64| {
        let mut steps = work(who, 3, 60);
        (0..)
            .zip(&mut steps)
            .for_each(|(n, s)| s.seconds = first + n * DAY);
        person(who, &[authored_by(who, &steps)])
    };
    assert!(say(&daily("ann", 1_700_000_003), &daily("bob", 1_710_000_017)).is_empty());
}

#[test]
fn seven_commits_are_too_few() {
    let own = work("ann", 1, 40);
    let mut mixed = work("bob", 2, 40);
    mixed.extend(moved(&own[12..19], "bob", 500 * DAY));
    assert!(say(&person("ann", &[own]), &person("bob", &[mixed])).is_empty());
}
