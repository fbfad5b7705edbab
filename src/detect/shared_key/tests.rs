//! Keys of invented people.

use crate::detect::Detector;
use crate::detect::code_fixture::Made;
use crate::detect::code_fixture::applicant;
use crate::detect::code_fixture::by;
use crate::detect::code_fixture::several;
use crate::detect::shared_key::SHARED_KEY;
use crate::link::Background;
use crate::link::Candidate;
use crate::model::Digest;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::ObjectId;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use crate::model::RepositoryTraces;

/// An applicant with an own address whose commits a key signs.
fn signer(who: &str, name: &str, key: &str, claims: bool) -> Profile {
    let email = format!("{who}@one.invalid");
    let signed = |m: Made| Made {
        key: Some(key.into()),
        ..m
    };
    let written = if claims { name } else { "somebody" };
    let made: Vec<Made> = several(5, who, written, &email)
        .into_iter()
        .map(signed)
        .collect();
    let claimed: &[&str] = if claims { &[&email] } else { &[] };
    applicant(who, name, claimed, &made, vec![])
}

/// An applicant with a public key in a file.
fn with_file(mut profile: Profile, key: &str, blob: u8) -> Profile {
    let identifier = Identifier {
        kind: IdentifierKind::SigningKey,
        value: key.into(),
        written: key.into(),
        role: IdentifierRole::EmbeddedKey,
        assumed_region: false,
        at: Provenance {
            source: format!("{}/work.git", profile.applicant),
            digest: Digest::default(),
            place: Place::File {
                path: "keys".into(),
                blob: ObjectId([blob; 20]),
            },
        },
    };
    profile.repositories = vec![RepositoryTraces {
        identifiers: vec![identifier],
        names: Vec::new(),
        ..RepositoryTraces::default()
    }];
    profile
}

/// Table and relations of the one evidence.
fn evidence(a: &Profile, b: &Profile) -> (&'static str, Vec<Relation>) {
    let candidate = Candidate {
        members: vec![a, b],
        keys: Vec::new(),
    };
    match SHARED_KEY
        .compare(&candidate, &Background::default())
        .as_slice()
    {
        [Outcome::Evidence(e)] => (e.measure.table, e.explained_by.clone()),
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_key_on_the_own_commits_of_two() {
    let (a, b) = (
        signer("a", "Ann", "K1", true),
        signer("b", "Bea", "K1", true),
    );
    assert_eq!(evidence(&a, &b), ("shared-key/own", vec![]));
}

#[test]
fn work_of_one_handed_in_by_the_other_is_explained() {
    let (a, b) = (
        signer("a", "Ann", "K1", true),
        signer("b", "Bea", "K1", false),
    );
    let expected = vec![Relation::Fork, Relation::Colleagues];
    assert_eq!(evidence(&a, &b), ("shared-key/supposed", expected));
}

#[test]
fn a_public_key_in_files_lets_somebody_in() {
    let a = signer("a", "Ann", "K1", true);
    let b = with_file(signer("b", "Bea", "K2", true), "K1", 1);
    assert_eq!(evidence(&a, &b).0, "shared-key/let-in");
    let a = with_file(signer("a", "Ann", "K3", true), "K9", 2);
    let b = with_file(signer("b", "Bea", "K2", true), "K9", 1);
    assert_eq!(evidence(&a, &b).0, "shared-key/in-files");
}

#[test]
fn a_colleagues_or_a_hosts_key_is_nobodys_own() {
    let a = signer("a", "Ann", "K1", true);
    let help = Made {
        key: Some("K1".into()),
        ..by("help", "Ann", "a@one.invalid")
    };
    let host = Made {
        key: Some("B5690EEEBB952194".into()),
        ..by("web", "GitHub", "noreply@github.com")
    };
    let made = [several(20, "b", "Bea", "b@two.invalid"), vec![help, host]].concat();
    let b = applicant("b", "Bea", &["b@two.invalid"], &made, vec![]);
    let candidate = Candidate {
        members: vec![&a, &b],
        keys: Vec::new(),
    };
    assert!(
        SHARED_KEY
            .compare(&candidate, &Background::default())
            .is_empty()
    );
    let outcomes = SHARED_KEY.examine(&b, &Background::default());
    assert!(matches!(
        outcomes.as_slice(),
        [Outcome::CouldNotLook { .. }]
    ));
}
