//! The planted case of `name-spellings` and its innocent twins.

use crate::detect::clock_case::Case;
use crate::detect::clock_case::START;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::name_spellings::*;
use crate::model::Ident;
use crate::model::NameKey;
use crate::model::OwnedBy;
use crate::model::RecordedName;

/// Thirty commits under one address and so many names in turn; 0 is the key of a name that many share.
fn named(keys: &[u64]) -> Profile {
    let mut case = Case::claiming("");
    for n in 0..30 {
        let ident = n as u32 % keys.len() as u32;
        case = case.commit(START + n * 86_400, Some(60), ident, ident);
    }
    let mut profile = case.profile();
    let ident = |&name_key: &u64| Ident {
        name: RecordedName::new(""),
        name_key,
        has_full_name: true,
        email: "own@mail.invalid".into(),
    };
    profile.histories[0].idents = keys.iter().map(ident).collect();
    profile.owners[0].idents = (0..keys.len() as u32)
        .map(|i| (i, OwnedBy::Claim))
        .collect();
    profile
}

fn look(profile: &Profile) -> Vec<Outcome> {
    NameSpellings.examine(profile, &Background::default())
}

#[test]
fn four_names_are_told_without_saying_which() {
    let mut profile = named(&[11, 12, 13, 14]);
    for (claimed, template) in [
        (None, NO_CLAIM),
        (Some(12), WITH_CLAIM),
        (Some(9), WITHOUT_CLAIM),
    ] {
        profile.name = claimed.map(NameKey);
        let outcomes = look(&profile);
        let [Outcome::Finding(finding)] = &outcomes[..] else {
            panic!("{outcomes:?}")
        };
        assert!(is_whole(finding));
        assert_eq!(finding.explanation.template, template);
        assert_eq!(facts(finding), ["4", "30"]);
        assert_eq!(finding.observations.as_slice().len(), 4);
    }
}

#[test]
fn a_few_names_and_names_that_many_share_are_silent() {
    assert!(look(&named(&[11, 12, 13])).is_empty());
    assert!(look(&named(&[11, 12, 0])).is_empty());
    assert_eq!(amount(&look(&named(&[0, 0]))), Some((0, 20)));
}
