//! One repository in two applications: forks, projects of several, starters, and the one case that is left unexplained.

use crate::detect::copy_fixture::Step;
use crate::detect::copy_fixture::compared;
use crate::detect::copy_fixture::only_evidence;
use crate::detect::copy_fixture::only_set_aside;
use crate::detect::copy_fixture::person;
use crate::detect::copy_fixture::with_refs;
use crate::detect::copy_fixture::work;
use crate::detect::shared_commits::PUBLIC;
use crate::detect::shared_commits::SharedCommits;
use crate::detect::shared_commits::common::PROJECT;
use crate::detect::shared_commits::common::UPSTREAM;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::RefClass;
use crate::model::Relation;

fn say(a: &Profile, b: &Profile) -> Vec<Outcome> {
    compared(&SharedCommits, &[a, b])
}

fn joined(parts: &[&[Step]]) -> Vec<Step> {
    parts.concat()
}

#[test]
fn anothers_repository_and_nothing_of_ones_own_is_unexplained() {
    let own = work("ann", 1, 20);
    let (a, b) = (person("ann", &[own.clone()]), person("bob", &[own.clone()]));
    let e = only_evidence(say(&a, &b));
    assert_eq!(
        (e.measure.table, e.measure.score),
        ("shared-commits/handed-in", 20.0)
    );
    assert!(e.explained_by.is_empty() && e.explanation.template.starts_with("{b}'s"));
    let turned = only_evidence(say(&b, &a));
    assert!(turned.explanation.template.starts_with("{a}'s"));
    let few = only_evidence(say(
        &person("ann", &[own[..4].to_vec()]),
        &person("bob", &[own[..4].to_vec()]),
    ));
    assert_eq!(few.explained_by, [Relation::Fork]);
}

#[test]
fn a_fork_is_a_fork_however_it_shows() {
    let own = work("ann", 1, 20);
    let a = person("ann", &[own.clone()]);
    let with_work = person("bob", &[joined(&[&own, &work("bob", 2, 3)])]);
    let beside_work = person("bob", &[own.clone(), work("bob", 2, 9)]);
    let with_remote = with_refs("bob", &[own.clone()], RefClass::Remote);
    let of_a_part = person("bob", &[joined(&[&own, &work("carl", 3, 9)])]);
    for b in [with_work, beside_work, with_remote, of_a_part] {
        let e = only_evidence(say(&a, &b));
        assert_eq!(
            (e.explained_by, e.measure.table),
            (vec![Relation::Fork], "shared-commits/declared")
        );
    }
}

#[test]
fn a_project_of_both_is_colleagues_and_of_many_set_aside() {
    let (ann, bob) = (work("ann", 1, 10), work("bob", 2, 12));
    let both = joined(&[&ann, &bob]);
    let e = only_evidence(say(
        &person("ann", &[both.clone()]),
        &person("bob", &[both]),
    ));
    assert_eq!(e.explained_by, [Relation::Colleagues, Relation::Fork]);
    let many = joined(&[&ann, &bob, &work("carl", 3, 40)]);
    let outcomes = say(&person("ann", &[many.clone()]), &person("bob", &[many]));
    assert_eq!(only_set_aside(&outcomes), PROJECT);
}

#[test]
fn a_common_upstream_is_set_aside() {
    let upstream = joined(&[&work("carl", 3, 40), &work("dora", 4, 40)]);
    let forked = |who: &str, seed| person(who, &[joined(&[&upstream, &work(who, seed, 12)])]);
    assert_eq!(
        only_set_aside(&say(&forked("ann", 1), &forked("bob", 2))),
        UPSTREAM
    );
}

#[test]
fn a_start_from_anothers_first_commit_is_a_template() {
    let own = work("ann", 1, 20);
    let start = joined(&[&own[..1], &work("carl", 2, 12)]);
    let e = only_evidence(say(&person("ann", &[own]), &person("bob", &[start])));
    assert_eq!(e.explained_by, [Relation::Template, Relation::Fork]);
}

#[test]
fn a_repository_of_a_third_whom_neither_claims_is_a_fork() {
    let third = work("carl", 1, 20);
    let e = only_evidence(say(
        &person("ann", &[third.clone()]),
        &person("bob", &[third]),
    ));
    assert_eq!(e.explained_by, [Relation::Fork, Relation::Template]);
}

#[test]
fn what_many_hold_is_one_entry() {
    let upstream = joined(&[&work("carl", 3, 30), &work("dora", 4, 30)]);
    let all: Vec<Profile> = (0..40u64)
        .map(|n| {
            let who = format!("p{n:02}");
            person(&who, &[joined(&[&upstream, &work(&who, 100 + n, 5)])])
        })
        .collect();
    let outcomes = compared(&SharedCommits, &all.iter().collect::<Vec<_>>());
    assert_eq!(only_set_aside(&outcomes), PUBLIC);
}
