//! Copies that keep the states of all files, and their innocent twins.

use crate::detect::copy_fixture::DAY;
use crate::detect::copy_fixture::Step;
use crate::detect::copy_fixture::authored_by;
use crate::detect::copy_fixture::compared;
use crate::detect::copy_fixture::only_evidence;
use crate::detect::copy_fixture::person;
use crate::detect::copy_fixture::work;
use crate::detect::same_trees::EMPTY;
use crate::detect::same_trees::SameTrees;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

fn say(a: &Profile, b: &Profile) -> Vec<Outcome> {
    compared(&SameTrees, &[a, b])
}

/// Every `n`th state, at other times.
fn squashed(steps: &[Step], by: &str, n: usize) -> Vec<Step> {
    let mut kept: Vec<Step> = authored_by(by, steps)
        .into_iter()
        .skip(n - 1)
        .step_by(n)
        .collect();
    for (n, step) in (0..).zip(&mut kept) {
        step.seconds += 40 * DAY + n * 977;
    }
    kept
}

#[test]
fn a_squashed_copy_is_found_with_its_places() {
    let own = work("ann", 1, 30);
    let b = person("bob", &squashed(&own, "bob", 5));
    let e = only_evidence(say(&person("ann", &own), &b));
    let facts: Vec<&str> = e.explanation.facts.iter().map(|f| f.raw()).collect();
    assert_eq!((facts[0], &facts[7..]), ("6", &["5", "30", "1", "6"][..]));
    assert!(e.explained_by.is_empty());
}

#[test]
fn one_starter_is_no_evidence() {
    let pupil = |who: &str, seed| {
        let mut steps = work(who, seed, 20);
        steps[0].tree = "the starter".into();
        steps[1].tree = "the starter with a licence".into();
        person(who, &steps)
    };
    assert!(say(&pupil("ann", 1), &pupil("bob", 2)).is_empty());
}

#[test]
fn a_course_followed_step_by_step_is_a_template() {
    let pupil = |who: &str, seed| {
        let mut steps = work(who, seed, 30);
        for (n, step) in steps.iter_mut().take(8).enumerate() {
            step.tree = format!("step {n} of the course");
        }
        person(who, &steps)
    };
    let e = only_evidence(say(&pupil("ann", 1), &pupil("bob", 2)));
    assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
}

#[test]
fn empty_commits_say_nothing() {
    let mut empty = person("ann", &work("ann", 1, 20));
    let mut other = person("bob", &work("bob", 2, 20));
    for profile in [&mut empty, &mut other] {
        profile.histories[0]
            .commits
            .iter_mut()
            .for_each(|c| c.tree = EMPTY);
    }
    assert!(say(&empty, &other).is_empty());
}
