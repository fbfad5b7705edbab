//! One account of two applicants, and of one.

use crate::detect::Detector;
use crate::detect::code_fixture::applicant;
use crate::detect::code_fixture::several;
use crate::detect::renamed_account::CLAIMED_BY_NEITHER;
use crate::detect::renamed_account::RenamedAccount;
use crate::link::Background;
use crate::link::Candidate;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;

fn no_reply(login: &str) -> String {
    format!("77+{login}@users.noreply.github.com")
}

/// An applicant with five commits as `login`, which they claim or which stand under a name that is not theirs.
fn person(who: &str, name: &str, login: &str, claims: bool) -> Profile {
    let email = no_reply(login);
    let (claimed, written): (&[&str], &str) = match claims {
        true => (&[&email], name),
        false => (&[], "somebody"),
    };
    applicant(
        who,
        name,
        claimed,
        &several(5, who, written, &email),
        vec![],
    )
}

fn compare(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let candidate = Candidate {
        members: vec![a, b],
        keys: Vec::new(),
    };
    RenamedAccount.compare(&candidate, &Background::default())
}

#[test]
fn one_number_under_two_claimed_logins_ties() {
    let (a, b) = (
        person("a", "Ann", "ann-1", true),
        person("b", "Bea", "bea-2", true),
    );
    match compare(&a, &b).as_slice() {
        [Outcome::Evidence(e)] => {
            assert_eq!(e.measure.table, "renamed-account/claimed");
            assert!(e.explained_by.is_empty());
            assert_eq!(e.explanation.facts[3].raw(), "ann-1");
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_is_only_supposed_is_a_fork_or_nothing() {
    let claimed = person("a", "Ann", "ann-1", true);
    let supposed = person("b", "Bea", "bea-2", false);
    match compare(&claimed, &supposed).as_slice() {
        [Outcome::Evidence(e)] => {
            assert_eq!(e.explained_by, [Relation::Fork, Relation::Colleagues])
        }
        other => panic!("{other:?}"),
    }
    let other = person("a", "Ann", "ann-1", false);
    match compare(&other, &supposed).as_slice() {
        [Outcome::SetAside(s)] => assert_eq!(s.why, CLAIMED_BY_NEITHER),
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_same_login_is_left_to_others() {
    let (a, b) = (
        person("a", "Ann", "ann-1", true),
        person("b", "Bea", "ann-1", true),
    );
    assert!(compare(&a, &b).is_empty());
}

#[test]
fn a_renamed_account_of_ones_own_is_a_finding() {
    let emails = [no_reply("ann-old"), no_reply("ann-new")];
    let made = [
        several(4, "x", "Ann", &emails[0]),
        several(3, "y", "Ann", &emails[1]),
    ]
    .concat();
    let renamed = applicant("a", "Ann", &[&emails[1]], &made, vec![]);
    match RenamedAccount
        .examine(&renamed, &Background::default())
        .as_slice()
    {
        [Outcome::Finding(f)] => {
            assert_eq!(f.explanation.facts[1].raw(), "2");
            assert!(f.base_rate.rate > 0.01 && f.base_rate.n == 4945);
        }
        other => panic!("{other:?}"),
    }
    let plain = person("a", "Ann", "ann-1", true);
    assert!(
        RenamedAccount
            .examine(&plain, &Background::default())
            .is_empty()
    );
}
