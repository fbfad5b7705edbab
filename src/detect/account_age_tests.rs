//! The planted case of `account-age` and its innocent twins.

use crate::detect::account_age::*;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;

/// Commits on the first days of 2024 under a no-reply address.
fn under(address: &str, num: i64) -> Profile {
    let mut case = Case::claiming("");
    for day in 0..num {
        case = case.commit(START + day * 86_400, Some(60), OWN, OWN);
    }
    let mut profile = case.profile();
    profile.histories[0].idents[OWN as usize].email = address.into();
    profile
}

fn look(address: &str, num: i64) -> Vec<Outcome> {
    AccountAge.examine(&under(address, num), &Background::default())
}

#[test]
fn commits_years_before_the_account_are_told() {
    let outcomes = look("280000001+heron@users.noreply.github.com", 30);
    let [Outcome::Finding(finding)] = &outcomes[..] else {
        panic!("{outcomes:?}")
    };
    assert!(is_whole(finding));
    assert_eq!(finding.sample, 30);
    assert_eq!(finding.explanation.facts[0].raw(), "30");
}

#[test]
fn ordinary_accounts_are_silent() {
    assert!(look("120000001+heron@users.noreply.github.com", 30).is_empty());
    // Within the margin of a year: an account of mid-2024.
    assert!(look("169000001+heron@users.noreply.github.com", 30).is_empty());
    assert!(look("280000001+heron@users.noreply.github.com", 2).is_empty());
}

#[test]
fn it_says_when_it_cannot_look() {
    for address in ["own@mail.invalid", "900+heron@users.noreply.github.com"] {
        assert!(why_not(&look(address, 30)).is_some(), "{address}");
    }
}
