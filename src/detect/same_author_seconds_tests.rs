//! Re-authored copies and their innocent twins.

use crate::detect::Detector;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::why_not;
use crate::detect::copied::teller::ONE_IDENTITY;
use crate::detect::copy_fixture::DAY;
use crate::detect::copy_fixture::authored_by;
use crate::detect::copy_fixture::compared;
use crate::detect::copy_fixture::only_evidence;
use crate::detect::copy_fixture::only_set_aside;
use crate::detect::copy_fixture::person;
use crate::detect::copy_fixture::shared_keys;
use crate::detect::copy_fixture::work;
use crate::detect::same_author_seconds::MIN_SHARED;
use crate::detect::same_author_seconds::SameAuthorSeconds;
use crate::link::Background;
use crate::model::ApplicantId;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

fn say(a: &Profile, b: &Profile) -> Vec<Outcome> {
    compared(&SameAuthorSeconds, &[a, b])
}

#[test]
fn a_copy_under_another_name_is_found() {
    let own = work("ann", 1, 30);
    let (a, b) = (
        person("ann", &own),
        person("bob", &authored_by("bob", &own)),
    );
    let e = only_evidence(say(&a, &b));
    assert_eq!(e.explained_by, []);
    assert!(e.measure.score > 50.0);
    assert_eq!(e.explanation.facts[0].raw(), "30");
    assert_eq!(e.observations.as_slice().len(), 12);
    assert!(shared_keys(&SameAuthorSeconds, &[&a, &b]).len() >= MIN_SHARED);
    let turned = only_evidence(say(&b, &a));
    assert_eq!((turned.id, turned.measure), (e.id, e.measure));
}

#[test]
fn a_part_among_other_work_is_found() {
    let own = work("ann", 1, 60);
    let mut mixed = work("bob", 2, 60);
    mixed.extend(authored_by("bob", &own[20..45]));
    let e = only_evidence(say(&person("ann", &own), &person("bob", &mixed)));
    assert_eq!(
        (e.explanation.facts[0].raw(), e.explained_by.len()),
        ("25", 0)
    );
}

#[test]
fn unrelated_work_and_few_coincidences_are_silent() {
    let (a, b) = (work("ann", 1, 300), work("bob", 2, 300));
    assert!(say(&person("ann", &a), &person("bob", &b)).is_empty());
    let mut three = b;
    three.extend(authored_by("bob", &a[10..13]));
    assert!(say(&person("ann", &a), &person("bob", &three)).is_empty());
}

#[test]
fn a_fork_shares_commits_and_is_not_looked_at() {
    let own = work("ann", 1, 30);
    let mut fork = own.clone();
    fork.extend(work("bob", 2, 10));
    assert!(say(&person("ann", &own), &person("bob", &fork)).is_empty());
}

#[test]
fn a_common_start_is_a_template_and_a_few_patches_colleagues() {
    let start = work("teacher", 9, 8);
    let pupil = |who: &str, seed| {
        let mut all = authored_by(who, &start);
        all.extend(work(who, seed, 30).into_iter().map(|mut step| {
            step.seconds += 30 * DAY;
            step
        }));
        person(who, &all)
    };
    let e = only_evidence(say(&pupil("ann", 1), &pupil("bob", 2)));
    assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
    let own = work("ann", 1, 60);
    let mut patched = work("bob", 2, 60);
    patched.extend(authored_by("bob", &own[30..36]));
    let e = only_evidence(say(&person("ann", &own), &person("bob", &patched)));
    assert_eq!(e.explained_by, [Relation::Colleagues]);
}

#[test]
fn whole_minutes_and_one_schedule_say_nothing() {
    let on = |who: &str, seed, every: i64, jitter: i64| {
        let mut steps = work(who, seed, 90);
        for (n, step) in (0..).zip(&mut steps) {
            step.seconds =
                1_700_000_000 / 3600 * 3600 + n * every + (n * 7 + seed as i64) % (jitter + 1);
        }
        person(who, &steps)
    };
    assert!(
        say(&on("ann", 1, 3600, 0), &on("bob", 1, 3600, 0)).is_empty(),
        "imports"
    );
    assert!(
        say(&on("ann", 1, 3600, 6), &on("bob", 3, 3600, 6)).is_empty(),
        "jobs"
    );
}

#[test]
fn one_identity_on_both_sides_is_set_aside() {
    // Neither claims what stands in the repositories: their one author stands in.
    let own = work("carl", 1, 30);
    let rebased = authored_by("carl", &own);
    assert_eq!(
        only_set_aside(&say(&person("ann", &own), &person("bob", &rebased))),
        ONE_IDENTITY
    );
}

#[test]
fn many_on_one_history_are_one_group() {
    let own = work("x", 1, 30);
    let all: Vec<Profile> = (0..14)
        .map(|n| {
            let who = format!("p{n:02}");
            person(&who, &authored_by(&who, &own))
        })
        .collect();
    let e = only_evidence(compared(
        &SameAuthorSeconds,
        &all.iter().collect::<Vec<_>>(),
    ));
    assert_eq!(e.subjects.as_slice().len(), 14);
}

#[test]
fn too_little_and_nothing_are_told_apart() {
    let ask = |p: &Profile| SameAuthorSeconds.examine(p, &Background::default());
    assert_eq!(
        amount(&ask(&person("ann", &work("ann", 1, 3)))),
        Some((3, 4))
    );
    assert!(ask(&person("ann", &work("ann", 1, 4))).is_empty());
    let none = Profile::empty(ApplicantId::new("a"));
    assert_eq!(why_not(&ask(&none)), Some("no repository was handed in"));
}
