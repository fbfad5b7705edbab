//! Planted copies and their innocent twins.

use crate::detect::Detector;
use crate::detect::code_fixture::applicant;
use crate::detect::code_fixture::file;
use crate::detect::code_fixture::id;
use crate::detect::code_fixture::several;
use crate::detect::code_origin::SAME_COMMITS;
use crate::detect::shared_blobs::SharedBlobs;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::KeySink;
use crate::link::ScaffoldTable;
use crate::model::CodeUnit;
use crate::model::Evidence;
use crate::model::FileClass;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

/// `count` files of `project` in two folders.
fn files(project: &str, count: usize, size: u64) -> Vec<CodeUnit> {
    let path = |n: usize| {
        format!(
            "{}/{project}{n}.rs",
            if n.is_multiple_of(2) {
                "src"
            } else {
                "src/parts"
            }
        )
    };
    (0..count)
        .map(|n| file(&path(n), &format!("{project} {n}"), size))
        .collect()
}

fn person(who: &str, commits: &str, code: Vec<CodeUnit>) -> Profile {
    let email = format!("{who}@mail.invalid");
    applicant(who, who, &[&email], &several(4, commits, who, &email), code)
}

fn compare(members: &[&Profile], background: &Background) -> Vec<Outcome> {
    SharedBlobs.compare(
        &Candidate {
            members: members.to_vec(),
            keys: Vec::new(),
        },
        background,
    )
}

fn only_evidence(outcomes: Vec<Outcome>) -> Evidence {
    match outcomes.as_slice() {
        [Outcome::Evidence(e)] => (**e).clone(),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_copied_repository_is_found_and_nothing_ordinary_explains_it() {
    let mut grown = files("game", 8, 2000);
    grown.extend(files("own", 2, 2000));
    let (a, b) = (
        person("a", "a", files("game", 8, 2000)),
        person("b", "b", grown),
    );
    let e = only_evidence(compare(&[&a, &b], &Background::default()));
    assert_eq!(e.explained_by, []);
    assert_eq!(e.measure.table, "shared-blobs");
    assert!((e.measure.score - 8.0 * 20f64.log2()).abs() < 1e-9);
    assert_eq!(e.observations.as_slice().len(), 16);
    assert_eq!(e.explanation.facts[0].raw(), "8");
    assert_eq!(e.explanation.facts[4].raw(), "10");
    let turned = only_evidence(compare(&[&b, &a], &Background::default()));
    assert_eq!((turned.id, turned.measure.score), (e.id, e.measure.score));
}

#[test]
fn a_declared_fork_is_set_aside() {
    let (a, b) = (
        person("a", "same", files("game", 8, 2000)),
        person("b", "same", files("game", 8, 2000)),
    );
    let outcomes = compare(&[&a, &b], &Background::default());
    assert!(
        matches!(outcomes.as_slice(), [Outcome::SetAside(s)] if s.why == SAME_COMMITS),
        "{outcomes:?}"
    );
}

#[test]
fn one_scaffold_is_no_evidence() {
    let scaffold = files("starter", 9, 1500);
    let background = Background {
        scaffold: ScaffoldTable::from_blobs(scaffold.iter().map(|u| u.blob)),
        ..Background::default()
    };
    let with = |own: &str| [scaffold.clone(), files(own, 5, 900)].concat();
    let (a, b) = (person("a", "a", with("one")), person("b", "b", with("two")));
    assert!(compare(&[&a, &b], &background).is_empty());
    assert_eq!(
        SharedBlobs.weight(scaffold[0].blob.prefix(), &background),
        0.0
    );
    assert_eq!(SharedBlobs.weight(id("other").prefix(), &background), 1.0);
}

#[test]
fn vendored_code_data_and_tiny_files_never_meet() {
    for (class, size) in [
        (FileClass::Vendored, 9000),
        (FileClass::Generated, 9000),
        (FileClass::Data, 9000),
        (FileClass::Licence, 9000),
        (FileClass::Source, 90),
    ] {
        let same: Vec<CodeUnit> = files("lib", 40, size)
            .into_iter()
            .map(|u| CodeUnit { class, ..u })
            .collect();
        let with = |own: &str| [same.clone(), files(own, 5, 900)].concat();
        let (a, b) = (person("a", "a", with("one")), person("b", "b", with("two")));
        assert!(
            compare(&[&a, &b], &Background::default()).is_empty(),
            "{class:?}"
        );
        let mut sink = KeySink::new(0, 0);
        SharedBlobs.keys(&a, &mut sink);
        assert_eq!(sink.into_rows().len(), 5, "{class:?}");
    }
}

#[test]
fn a_small_common_part_is_explained_by_a_template() {
    let with = |own: &str| [files("course", 4, 2000), files(own, 16, 2000)].concat();
    let (a, b) = (person("a", "a", with("one")), person("b", "b", with("two")));
    let e = only_evidence(compare(&[&a, &b], &Background::default()));
    assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
    assert!(e.measure.score < 4.0, "{}", e.measure.score);
}

#[test]
fn a_library_that_one_side_includes_is_explained() {
    let larger = [files("library", 6, 2000), files("own", 40, 2000)].concat();
    let (a, b) = (
        person("a", "a", files("library", 6, 2000)),
        person("b", "b", larger),
    );
    assert_eq!(
        only_evidence(compare(&[&a, &b], &Background::default())).explained_by,
        [Relation::Fork]
    );
}

#[test]
fn too_few_files_or_one_folder_say_nothing() {
    let with = |n: usize, own: &str| [files("x", n, 2000), files(own, 6, 2000)].concat();
    let (a, b) = (
        person("a", "a", with(2, "one")),
        person("b", "b", with(2, "two")),
    );
    assert!(compare(&[&a, &b], &Background::default()).is_empty());
    let folder = |own: &str| {
        let flat = (0..3)
            .map(|n| file(&format!("ui/{n}.rs"), &format!("flat {n}"), 2000))
            .collect();
        [flat, files(own, 6, 2000)].concat()
    };
    let (a, b) = (
        person("a", "a", folder("one")),
        person("b", "b", folder("two")),
    );
    assert!(compare(&[&a, &b], &Background::default()).is_empty());
}

#[test]
fn a_group_splits_by_what_it_shares() {
    let with = |who: &str, course: &str| {
        person(
            who,
            who,
            [files(course, 6, 2000), files(who, 6, 2000)].concat(),
        )
    };
    let people = [
        with("a", "red"),
        with("b", "red"),
        with("c", "blue"),
        with("d", "red"),
        with("e", "blue"),
        with("f", "grey"),
    ];
    let outcomes = compare(&people.iter().collect::<Vec<_>>(), &Background::default());
    let [Outcome::Evidence(red), Outcome::Evidence(blue)] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    let who = |e: &Evidence| {
        e.subjects
            .as_slice()
            .iter()
            .map(|s| s.to_string())
            .collect::<String>()
    };
    assert_eq!((who(red), who(blue)), ("abd".into(), "ce".into()));
    assert_eq!(red.explained_by, [Relation::Template, Relation::Agency]);
}

#[test]
fn it_says_when_it_cannot_look() {
    let none = applicant("a", "a", &[], &[], Vec::new());
    let outcomes = SharedBlobs.examine(&none, &Background::default());
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::CouldNotLook { .. }]
    ));
    let outcomes = SharedBlobs.examine(
        &person("a", "a", files("x", 2, 900)),
        &Background::default(),
    );
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::TooLittle { have: 2, need: 3 }]
    ));
    assert!(
        SharedBlobs
            .examine(
                &person("a", "a", files("x", 3, 900)),
                &Background::default()
            )
            .is_empty()
    );
}

#[test]
fn the_best_of_several_repositories_says_of_how_many() {
    let copied = files("game", 8, 2000);
    let mut a = person("a", "a", copied.clone());
    let other = person("a", "other", files("mine", 8, 2000));
    a.histories.extend(other.histories);
    a.owners.extend(other.owners);
    a.code.extend(other.code);
    let b = person("b", "b", copied);
    let e = only_evidence(compare(&[&a, &b], &Background::default()));
    assert_eq!(e.best_of, 2);
}
