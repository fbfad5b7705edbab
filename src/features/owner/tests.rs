//! Closures of invented histories.

use crate::features::owner::closure;
use crate::model::Commit;
use crate::model::Digest;
use crate::model::History;
use crate::model::Ident;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::KeyId;
use crate::model::NameKey;
use crate::model::ObjectId;
use crate::model::OwnedBy;
use crate::model::Owner;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::RecordedName;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Stamp;

/// A linear history: one row per commit, (author e-mail, committer e-mail, key).
fn history(rows: &[(&str, &str, Option<&str>)]) -> History {
    let mut emails: Vec<&str> = rows.iter().flat_map(|r| [r.0, r.1]).collect();
    emails.sort();
    emails.dedup();
    let mut keys: Vec<&str> = rows.iter().filter_map(|r| r.2).collect();
    keys.sort();
    keys.dedup();
    let find = |e: &str| emails.iter().position(|x| *x == e).unwrap() as u32;
    let stamp = |e: &str| Stamp {
        ident: find(e),
        seconds: 0,
        offset: None,
    };
    let commit = |(n, r): (usize, &(&str, &str, Option<&str>))| Commit {
        id: ObjectId([n as u8; 20]),
        tree: ObjectId([0; 20]),
        parents: Vec::new(),
        author: stamp(r.0),
        committer: stamp(r.1),
        key: r
            .2
            .map(|k| keys.iter().position(|x| *x == k).unwrap() as u32),
        subject: 0,
        co_authors: Vec::new(),
    };
    History {
        source: SourceInfo {
            path: "a".into(),
            sha256: Digest("d".into()),
            kind: SourceKind::Git,
            engine: None,
        },
        refs: Vec::new(),
        commits: rows.iter().enumerate().map(commit).collect(),
        idents: emails
            .iter()
            .map(|e| Ident {
                name: RecordedName::new("n"),
                name_key: e.len() as u64,
                has_full_name: true,
                email: e.to_string(),
            })
            .collect(),
        keys: keys.iter().map(|k| KeyId(k.to_string())).collect(),
        truncated: false,
        odd_offsets: Vec::new(),
    }
}

fn claim(kind: IdentifierKind, role: IdentifierRole, value: &str) -> Identifier {
    let at = Provenance {
        source: "m.csv".into(),
        digest: Digest("m".into()),
        place: Place::Whole,
    };
    Identifier {
        kind,
        value: value.into(),
        written: value.into(),
        role,
        assumed_region: false,
        at,
    }
}

fn email(value: &str) -> Identifier {
    claim(IdentifierKind::Email, IdentifierRole::Claimed, value)
}

#[test]
fn it_grows_by_number_and_key_but_not_through_hosts() {
    let h = history(&[
        ("ann@one.invalid", "ann@one.invalid", Some("K1")),
        (
            "7+ann@users.noreply.github.com",
            "7+ann@users.noreply.github.com",
            Some("K1"),
        ),
        (
            "7+ann-new@users.noreply.github.com",
            "noreply@github.com",
            Some("B5690EEEBB952194"),
        ),
        (
            "bea@two.invalid",
            "noreply@github.com",
            Some("B5690EEEBB952194"),
        ),
        ("cy@three.invalid", "noreply@github.com", Some("HOSTKEY")),
        ("ann@one.invalid", "cy@three.invalid", Some("HOSTKEY")),
    ]);
    let owner = closure(&[email("Ann@One.invalid")], None, &h);
    assert_eq!(
        owner.emails,
        [
            "7+ann-new@users.noreply.github.com",
            "7+ann@users.noreply.github.com",
            "ann@one.invalid"
        ]
    );
    assert_eq!(owner.github_ids, [7]);
    assert_eq!(owner.keys, ["K1"]);
    assert_eq!(
        owner
            .idents
            .iter()
            .filter(|(_, why)| *why == OwnedBy::Claim)
            .count(),
        1
    );
}

#[test]
fn one_name_is_not_one_owner() {
    // In these histories everybody bears the same recorded name, and keys of names are lengths of addresses.
    let h = history(&[
        ("ann@one.invalid", "ann@one.invalid", None),
        ("ann@two.invalid", "ann@two.invalid", None),
        ("root@localhost", "root@localhost", None),
    ]);
    let name = Some(NameKey("ann@one.invalid".len() as u64));
    let owner = closure(&[email("ann@one.invalid")], name, &h);
    assert_eq!(owner.emails, ["ann@one.invalid"]);
}

#[test]
fn a_key_that_signs_for_a_program_leads_nowhere() {
    let h = history(&[
        ("ann@one.invalid", "ann@one.invalid", Some("BUILD")),
        ("bea@two.invalid", "bea@two.invalid", Some("BUILD")),
        (
            "release-bot@one.invalid",
            "release-bot@one.invalid",
            Some("BUILD"),
        ),
    ]);
    let owner = closure(&[email("ann@one.invalid")], None, &h);
    assert_eq!(owner.emails, ["ann@one.invalid"]);
    assert!(owner.keys.is_empty());
}

#[test]
fn what_is_only_mentioned_does_not_seed() {
    let h = history(&[
        ("bea@two.invalid", "bea@two.invalid", None),
        ("cy@three.invalid", "cy@three.invalid", None),
    ]);
    for role in [
        IdentifierRole::Referee,
        IdentifierRole::Mention,
        IdentifierRole::Metadata,
    ] {
        let other = claim(IdentifierKind::Email, role, "bea@two.invalid");
        assert!(closure(&[other], None, &h).idents.is_empty(), "{role:?}");
    }
}

#[test]
fn a_login_seeds() {
    let h = history(&[
        ("9+ann@users.noreply.github.com", "x@y.invalid", None),
        ("x@y.invalid", "x@y.invalid", None),
    ]);
    let one = claim(
        IdentifierKind::Account,
        IdentifierRole::Link,
        "github.com/Ann",
    );
    let two = claim(
        IdentifierKind::Account,
        IdentifierRole::Link,
        "github.com/friend",
    );
    assert_eq!(
        closure(std::slice::from_ref(&one), None, &h).github_ids,
        [9]
    );
    assert!(
        closure(&[one, two], None, &h).idents.is_empty(),
        "which of two linked profiles is theirs is not known"
    );
}

#[test]
fn nothing_claimed_needs_nearly_all_commits() {
    let mut rows = vec![("ann@one.invalid", "ann@one.invalid", None); 9];
    rows.push(("bea@two.invalid", "bea@two.invalid", None));
    rows.push((
        "1+dependabot[bot]@users.noreply.github.com",
        "noreply@github.com",
        None,
    ));
    let owner = closure(&[email("zed@nine.invalid")], None, &history(&rows));
    assert_eq!(owner.emails, ["ann@one.invalid"]);
    assert_eq!(owner.idents[0].1, OwnedBy::SoleAuthor);
    rows.push(("bea@two.invalid", "bea@two.invalid", None));
    assert!(closure(&[], None, &history(&rows)).idents.is_empty());
}

#[test]
fn a_name_only_says_no() {
    let mut rows = vec![("ann@one.invalid", "ann@one.invalid", None); 19];
    rows.push(("beatrice@two.invalid", "beatrice@two.invalid", None));
    let h = history(&rows);
    let of = |key: usize| closure(&[], Some(NameKey(key as u64)), &h).emails;
    assert!(of("beatrice@two.invalid".len()).is_empty());
    assert_eq!(of("ann@one.invalid".len()), ["ann@one.invalid"]);
}

#[test]
fn placeholders_and_robots_never_own() {
    let h = history(&[
        ("you@example.com", "you@example.com", None),
        ("release-bot@a.invalid", "noreply@github.com", None),
    ]);
    assert_eq!(
        closure(&[email("you@example.com")], None, &h),
        Owner::default()
    );
}
