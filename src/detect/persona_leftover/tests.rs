//! Names and contacts in another's documents and repositories, for both detectors that look there.

use crate::detect::Detector;
use crate::detect::code_fixture::applicant;
use crate::detect::code_fixture::by;
use crate::detect::code_fixture::file;
use crate::detect::code_fixture::id;
use crate::detect::code_fixture::several;
use crate::detect::document_fixture::evidence_of;
use crate::detect::document_fixture::set_aside_of;
use crate::detect::licence_holder::LicenceHolder;
use crate::detect::named_in_files::OPENLY;
use crate::detect::persona_leftover::PersonaLeftover;
use crate::detect::shared_value::COPIED;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::KeySink;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::LeftoverValue;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::RepositoryTraces;

const BEA: &str = "bea@two.invalid";

fn ann() -> Profile {
    let made = several(6, "a", "Ann", "ann@one.invalid");
    applicant("a", "Ann", &["ann@one.invalid"], &made, vec![])
}

fn bea() -> Profile {
    let made = several(6, "b", "Bea", BEA);
    applicant(
        "b",
        "Bea",
        &[BEA],
        &made,
        vec![file("kept.txt", "kept", 900)],
    )
}

/// Ann with Bea's name, and with her address where asked, in a file of her repository.
fn naming(mut holder: Profile, site: LeftoverSite, blob: &str) -> Profile {
    let source = holder.histories[0].source.clone();
    let place = Place::Lines {
        path: "src/a.py".into(),
        blob: id(blob),
        first: 1,
        last: 1,
    };
    let name = Leftover {
        value: LeftoverValue::Name(bea().name.unwrap()),
        site,
        at: Provenance::new(&source, place),
    };
    holder.repositories = vec![RepositoryTraces {
        identifiers: Vec::new(),
        names: vec![name],
        ..RepositoryTraces::default()
    }];
    holder
}

fn giving(mut holder: Profile, email: &str, role: IdentifierRole) -> Profile {
    let source = holder.histories[0].source.clone();
    let place = Place::File {
        path: "README.md".into(),
        blob: id("readme"),
    };
    holder.repositories = vec![RepositoryTraces {
        identifiers: vec![Identifier {
            kind: IdentifierKind::Email,
            value: email.into(),
            written: email.into(),
            role,
            assumed_region: false,
            at: Provenance::new(&source, place),
        }],
        names: Vec::new(),
        ..RepositoryTraces::default()
    }];
    holder
}

fn compare(detector: &dyn Detector, a: &Profile, b: &Profile) -> Vec<Outcome> {
    let candidate = Candidate {
        members: vec![a, b],
        keys: Vec::new(),
    };
    detector.compare(&candidate, &Background::default())
}

fn told(detector: &dyn Detector, a: &Profile, b: &Profile) -> (&'static str, Vec<Relation>) {
    let outcomes = compare(detector, a, b);
    let found = evidence_of(&outcomes);
    assert_eq!(found.len(), 1, "{outcomes:?}");
    (found[0].measure.table, found[0].explained_by.clone())
}

#[test]
fn a_page_under_anothers_name_ties() {
    let mut a = ann();
    a.leftovers = vec![Leftover {
        value: LeftoverValue::Name(bea().name.unwrap()),
        site: LeftoverSite::Text,
        at: Provenance::new(&a.sources[0], Place::Line { page: 1, line: 1 }),
    }];
    assert_eq!(
        told(&PersonaLeftover, &a, &bea()),
        ("persona-leftover/head", vec![Relation::Colleagues])
    );
    assert!(compare(&LicenceHolder, &a, &bea()).is_empty());
}

#[test]
fn files_of_a_repository_are_explained_by_a_fork() {
    for (site, table) in [
        (LeftoverSite::File, "persona-leftover/file"),
        (LeftoverSite::Licence, "licence-holder/licence"),
        (LeftoverSite::Package, "licence-holder/package"),
    ] {
        let a = naming(ann(), site, "mine");
        let (one, other): (&dyn Detector, &dyn Detector) = match site {
            LeftoverSite::File => (&PersonaLeftover, &LicenceHolder),
            _ => (&LicenceHolder, &PersonaLeftover),
        };
        let (told_in, explained) = told(one, &a, &bea());
        assert_eq!(told_in, table);
        assert!(explained.contains(&Relation::Fork));
        assert!(compare(other, &a, &bea()).is_empty());
    }
    let a = giving(ann(), BEA, IdentifierRole::Mention);
    assert_eq!(
        told(&PersonaLeftover, &a, &bea()).0,
        "persona-leftover/contact"
    );
    let a = giving(ann(), BEA, IdentifierRole::PackageAuthor);
    assert_eq!(told(&LicenceHolder, &a, &bea()).0, "licence-holder/package");
}

#[test]
fn ones_own_address_and_a_strangers_are_nothing() {
    for email in ["ann@one.invalid", "zoe@nine.invalid"] {
        let a = giving(ann(), email, IdentifierRole::Mention);
        assert!(compare(&PersonaLeftover, &a, &bea()).is_empty(), "{email}");
    }
}

#[test]
fn a_copied_file_and_an_open_co_author_are_set_aside() {
    let a = naming(
        applicant(
            "a",
            "Ann",
            &["ann@one.invalid"],
            &several(6, "a", "Ann", "ann@one.invalid"),
            vec![file("kept.txt", "kept", 900)],
        ),
        LeftoverSite::Licence,
        "kept",
    );
    let outcomes = compare(&LicenceHolder, &a, &bea());
    assert_eq!(set_aside_of(&outcomes)[0].why, COPIED);

    let made = [
        several(6, "a", "Ann", "ann@one.invalid"),
        vec![by("with", "Bea", BEA)],
    ]
    .concat();
    let open = applicant("a", "Ann", &["ann@one.invalid"], &made, vec![]);
    let a = naming(open, LeftoverSite::File, "mine");
    let outcomes = compare(&PersonaLeftover, &a, &bea());
    assert!(evidence_of(&outcomes).is_empty());
    assert_eq!(set_aside_of(&outcomes)[0].why, OPENLY);
}

#[test]
fn somebody_whom_many_name_is_set_aside() {
    let holders: Vec<Profile> = ["c", "d", "e"]
        .iter()
        .map(|who| {
            let email = format!("{who}@one.invalid");
            let made = several(6, who, who, &email);
            naming(
                applicant(who, who, &[&email], &made, vec![]),
                LeftoverSite::File,
                who,
            )
        })
        .collect();
    let b = bea();
    let members = [&b].into_iter().chain(&holders).collect();
    let candidate = Candidate {
        members,
        keys: Vec::new(),
    };
    let outcomes = PersonaLeftover.compare(&candidate, &Background::default());
    assert_eq!(set_aside_of(&outcomes)[0].subjects.len(), 4);
    assert!(evidence_of(&outcomes).is_empty());
}

#[test]
fn names_meet_those_who_bear_them() {
    let rows = |p: &Profile| {
        let mut sink = KeySink::new(0, 0);
        PersonaLeftover.keys(p, &mut sink);
        sink.into_rows()
    };
    let (a, b) = (naming(ann(), LeftoverSite::File, "x"), bea());
    let meets = rows(&a).iter().any(|x| {
        rows(&b)
            .iter()
            .any(|y| x.key == y.key && x.role.meets(y.role))
    });
    assert!(meets);
}
