//! Planted slips and their innocent twins.

use crate::detect::Detector;
use crate::detect::code_fixture::Made;
use crate::detect::code_fixture::applicant;
use crate::detect::code_fixture::by;
use crate::detect::code_fixture::several;
use crate::detect::commit_identity as this;
use crate::detect::commit_identity::CommitIdentity;
use crate::detect::commit_identity::verdict;
use crate::features::commit_token::Token;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::KeySink;
use crate::link::Role;
use crate::model::Evidence;
use crate::model::Fact;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

const ANN: &str = "ann@one.invalid";
const BEA: &str = "bea@two.invalid";

fn ann() -> Profile {
    applicant(
        "a",
        "Ann",
        &[ANN],
        &several(12, "a", "Ann", ANN),
        Vec::new(),
    )
}

/// Bea with twenty commits of her own and some more.
fn bea(more: Vec<Made>) -> Profile {
    applicant(
        "b",
        "Bea",
        &[BEA],
        &[several(20, "b", "Bea", BEA), more].concat(),
        Vec::new(),
    )
}

fn compare(members: &[&Profile]) -> Vec<Outcome> {
    let mut keys: Vec<u64> = members
        .iter()
        .flat_map(|p| rows(p))
        .map(|(key, _)| key)
        .collect();
    keys.sort();
    keys.dedup();
    CommitIdentity.compare(
        &Candidate {
            members: members.to_vec(),
            keys,
        },
        &Background::default(),
    )
}

fn rows(profile: &Profile) -> Vec<(u64, Role)> {
    let mut sink = KeySink::new(0, 0);
    CommitIdentity.keys(profile, &mut sink);
    sink.into_rows()
        .into_iter()
        .map(|row| (row.key, row.role))
        .collect()
}

/// Whether the join would propose the pair.
fn meet(a: &Profile, b: &Profile) -> bool {
    let rows_b = rows(b);
    rows(a)
        .iter()
        .any(|(key, role)| rows_b.iter().any(|(k, r)| k == key && role.meets(*r)))
}

fn evidence(a: &Profile, b: &Profile) -> Evidence {
    assert!(meet(a, b));
    match compare(&[a, b]).as_slice() {
        [Outcome::Evidence(e)] => (**e).clone(),
        other => panic!("{other:?}"),
    }
}

fn set_aside(a: &Profile, b: &Profile) -> &'static str {
    match compare(&[a, b]).as_slice() {
        [Outcome::SetAside(s), ..] => s.why,
        other => panic!("{other:?}"),
    }
}

#[test]
fn one_commit_with_anothers_address_under_the_own_name() {
    let e = evidence(&ann(), &bea(vec![by("slip", "Bea", ANN)]));
    assert_eq!(
        (e.measure.table, e.explained_by.as_slice()),
        (this::TABLE_OWNED, [].as_slice())
    );
    assert_eq!(e.explanation.template, this::NAMED[0]);
    assert_eq!(e.explanation.facts[0], Fact::Email(ANN.into()));
    assert_eq!(
        (e.explanation.facts[1].raw(), e.explanation.facts[2].raw()),
        ("1", "21")
    );
    assert_eq!(
        e.observations.as_slice().len(),
        2,
        "the commit and the claim"
    );
}

#[test]
fn the_other_way_round_the_sentence_turns() {
    let slipped = applicant(
        "a",
        "Bea",
        &[BEA],
        &[several(9, "x", "Bea", BEA), vec![by("slip", "Bea", ANN)]].concat(),
        vec![],
    );
    let owner = applicant("b", "Ann", &[ANN], &several(12, "y", "Ann", ANN), vec![]);
    assert_eq!(
        evidence(&slipped, &owner).explanation.template,
        this::NAMED[1]
    );
}

#[test]
fn a_few_commits_under_the_own_name_may_be_a_colleagues() {
    let e = evidence(&ann(), &bea(vec![by("help", "Ann", ANN)]));
    assert_eq!(
        (e.measure.table, e.explained_by.as_slice()),
        (this::TABLE_IN_OTHERS, [Relation::Colleagues].as_slice())
    );
}

#[test]
fn a_declared_pair_programmer_is_set_aside() {
    let trailer = Made {
        trailer: Some(("Ann".into(), ANN.into())),
        ..by("pair", "Bea", BEA)
    };
    assert_eq!(
        set_aside(&ann(), &bea(vec![trailer.clone(), by("help", "Ann", ANN)])),
        verdict::DECLARED
    );
    let e = evidence(&ann(), &bea(vec![trailer, by("slip", "Bea", ANN)]));
    assert!(
        e.explained_by.contains(&Relation::Colleagues),
        "she works with Ann, so the slip may be Ann's machine"
    );
}

#[test]
fn a_trailer_alone_says_nothing() {
    let trailer = Made {
        trailer: Some(("Ann".into(), ANN.into())),
        ..by("pair", "Bea", BEA)
    };
    let (a, b) = (ann(), bea(vec![trailer]));
    assert!(!meet(&a, &b));
    assert!(compare(&[&a, &b]).is_empty());
}

#[test]
fn a_regular_contributor_is_set_aside() {
    assert_eq!(
        set_aside(&ann(), &bea(several(5, "work", "Ann", ANN))),
        verdict::REGULAR
    );
}

#[test]
fn a_project_of_several_people_is_set_aside() {
    let others = several(60, "third", "Cyd", "cyd@three.invalid");
    assert_eq!(
        set_aside(
            &ann(),
            &bea([others, vec![by("help", "Ann", ANN)]].concat())
        ),
        verdict::PROJECT
    );
}

#[test]
fn a_fork_and_a_common_upstream_are_set_aside() {
    let fork = bea(several(12, "a", "Ann", ANN));
    assert_eq!(set_aside(&ann(), &fork), verdict::COMMON);
    let upstream = several(30, "up", "Dot", "dot@up.invalid");
    let with = |who, name: &str, email: &str, more: Vec<Made>| {
        applicant(
            who,
            name,
            &[email],
            &[upstream.clone(), several(9, email, name, email), more].concat(),
            vec![],
        )
    };
    let (a, b) = (
        with("a", "Ann", ANN, vec![]),
        with("b", "Bea", BEA, vec![by("a-patch", "Ann", ANN)]),
    );
    assert_eq!(set_aside(&a, &b), verdict::COMMON);
    assert!(
        !meet(
            &with("a", "Ann", ANN, vec![]),
            &with("b", "Bea", BEA, vec![])
        ),
        "upstream authors belong to neither"
    );
}

#[test]
fn one_key_or_number_under_two_names() {
    let sign = |made: Vec<Made>| {
        made.into_iter()
            .map(|m| Made {
                key: Some("SHA256:k".into()),
                ..m
            })
            .collect::<Vec<_>>()
    };
    let a = applicant(
        "a",
        "Ann",
        &[ANN],
        &sign(several(5, "a", "Ann", ANN)),
        vec![],
    );
    let b = applicant(
        "b",
        "Bea",
        &[BEA],
        &sign(several(5, "b", "Bea", BEA)),
        vec![],
    );
    let e = evidence(&a, &b);
    assert_eq!(
        (e.measure.table, e.explained_by.as_slice()),
        (this::TABLE_OWNED, [].as_slice())
    );
    assert_eq!(
        e.explanation.facts[0],
        Fact::Account("signing key SHA256:k".into())
    );
    let number = |who, name, login: &str| {
        let email = format!("77+{login}@users.noreply.github.com");
        applicant(who, name, &[], &several(5, login, name, &email), vec![])
    };
    let e = evidence(&number("a", "Ann", "ann-1"), &number("b", "Bea", "bea-2"));
    assert_eq!(
        e.explanation.facts[0],
        Fact::Account("GitHub account number 77".into())
    );
}

#[test]
fn a_machines_address_is_a_shared_machine() {
    let of = |who, name, seed| {
        applicant(
            who,
            name,
            &[],
            &several(5, seed, name, "user@DESKTOP-7QX"),
            vec![],
        )
    };
    assert_eq!(
        evidence(&of("a", "Ann", "x"), &of("b", "Bea", "y")).explained_by,
        [Relation::SharedMachine]
    );
}

#[test]
fn robots_hosts_and_placeholders_never_meet() {
    for email in [
        "49699333+dependabot[bot]@users.noreply.github.com",
        "noreply@github.com",
        "you@example.com",
        "",
    ] {
        let with = |who, name, own: &str| {
            applicant(
                who,
                name,
                &[own],
                &[several(5, own, name, own), several(2, who, "x", email)].concat(),
                vec![],
            )
        };
        let (a, b) = (with("a", "Ann", ANN), with("b", "Bea", BEA));
        assert!(!meet(&a, &b), "{email}");
        assert!(compare(&[&a, &b]).is_empty(), "{email}");
    }
}

#[test]
fn a_third_contributor_of_both_never_joins_them() {
    let guest = |seed: &str| vec![by(seed, "Cyd", "cyd@three.invalid")];
    let a = applicant(
        "a",
        "Ann",
        &[ANN],
        &[several(12, "a", "Ann", ANN), guest("g1")].concat(),
        vec![],
    );
    assert!(!meet(&a, &bea(guest("g2"))));
}

#[test]
fn a_merge_request_alone_says_nothing() {
    let (a, b) = (
        ann(),
        bea(vec![Made {
            pull_only: true,
            ..by("mr", "Ann", ANN)
        }]),
    );
    assert!(!meet(&a, &b));
    assert!(compare(&[&a, &b]).is_empty());
}

#[test]
fn somebody_elses_repository_handed_in_is_no_second_name() {
    let b = applicant(
        "b",
        "Bea",
        &[BEA],
        &several(9, "theirs", "Ann", ANN),
        vec![],
    );
    let e = evidence(&ann(), &b);
    assert_eq!(e.measure.table, this::TABLE_IN_OTHERS);
    assert!(e.explained_by.contains(&Relation::Colleagues));
}

#[test]
fn a_teachers_repositories_handed_in_by_two_students_tie_nobody() {
    let student = |id, name, own: &str, tag| {
        applicant(
            id,
            name,
            &[own],
            &several(9, tag, "Teo", "teo@school.test"),
            vec![],
        )
    };
    let (b, c) = (
        student("b", "Bea", BEA, "one"),
        student("c", "Cyd", "cyd@post.test", "two"),
    );
    assert_eq!(set_aside(&b, &c), verdict::SUPPOSED);
}

#[test]
fn an_address_both_claim_is_left_to_contacts() {
    let b = applicant("b", "Bea", &[ANN], &several(9, "b", "Bea", ANN), vec![]);
    assert_eq!(set_aside(&ann(), &b), verdict::CLAIMED);
}

#[test]
fn a_hot_identity_makes_a_group_of_its_owners_or_nothing() {
    let sign = |made: Vec<Made>| {
        made.into_iter()
            .map(|m| Made {
                key: Some("K".into()),
                ..m
            })
            .collect::<Vec<_>>()
    };
    let person = |n: usize| {
        let (who, email) = (format!("p{n:02}"), format!("p{n}@mail.invalid"));
        applicant(
            &who,
            &who,
            &[&email],
            &sign(several(3, &who, &who, &email)),
            vec![],
        )
    };
    let people: Vec<Profile> = (0..14).map(person).collect();
    let key = vec![Token::Key("K".into()).join_key()];
    let candidate = Candidate {
        members: people.iter().collect(),
        keys: key,
    };
    let outcomes = CommitIdentity.compare(&candidate, &Background::default());
    let [Outcome::Evidence(e)] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert_eq!(e.subjects.as_slice().len(), 14);

    let guests: Vec<Profile> = (0..13)
        .map(|n| {
            let (who, email) = (format!("p{n:02}"), format!("p{n}@mail.invalid"));
            applicant(
                &who,
                &who,
                &[&email],
                &[
                    several(9, &who, &who, &email),
                    several(1, &format!("g{n}"), "Ann", ANN),
                ]
                .concat(),
                vec![],
            )
        })
        .collect();
    let author = ann();
    let members = [&author].into_iter().chain(&guests).collect();
    let candidate = Candidate {
        members,
        keys: vec![Token::Email(ANN.into()).join_key()],
    };
    let outcomes = CommitIdentity.compare(&candidate, &Background::default());
    assert!(
        matches!(outcomes.as_slice(), [Outcome::SetAside(s)] if s.why == verdict::PUBLIC),
        "{outcomes:?}"
    );
}

#[test]
fn it_says_when_it_cannot_look() {
    let examine = |commits| {
        CommitIdentity.examine(
            &applicant(
                "a",
                "Ann",
                &[ANN],
                &several(commits, "a", "Ann", ANN),
                vec![],
            ),
            &Background::default(),
        )
    };
    assert!(matches!(
        examine(0).as_slice(),
        [Outcome::CouldNotLook {
            why: "no repository was given"
        }]
    ));
    assert!(matches!(
        examine(2).as_slice(),
        [Outcome::TooLittle { have: 2, need: 3 }]
    ));
    assert!(examine(3).is_empty());
}
