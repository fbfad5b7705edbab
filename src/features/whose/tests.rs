#![allow(clippy::unwrap_used)]

use crate::features::whose::from_claims;
use crate::features::whose::from_document;
use crate::features::whose::from_target;
use crate::model::Claims;
use crate::model::Digest;
use crate::model::DocumentLink;
use crate::model::IdentifierRole;
use crate::model::PagedText;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;
use crate::model::SourceKind;

fn source() -> SourceInfo {
    SourceInfo {
        path: "ann/cv.txt".into(),
        sha256: Digest::default(),
        kind: SourceKind::Text,
        engine: None,
    }
}

fn read(text: &str, links: &[&str]) -> Vec<(String, IdentifierRole)> {
    let text = PagedText::new(text, Vec::new());
    let link = |t: &&str| DocumentLink {
        target: (*t).into(),
        text: String::new(),
        page: Some(1),
    };
    let links: Vec<_> = links.iter().map(link).collect();
    let all = from_document(&text, &links, &source(), None);
    all.into_iter().map(|i| (i.value, i.role)).collect()
}

#[test]
fn referees_contacts_have_their_role_in_text_and_links() {
    let text =
        "Ann Lee\nann@kontor.example\nReferences\nBob Ray, bob@kontor.example, +1 206 555 0199\n";
    let got = read(
        text,
        &[
            "mailto:bob@kontor.example",
            "mailto:ann@kontor.example",
            "tel:+12065550199",
        ],
    );
    let ann = |role| ("ann@kontor.example".to_owned(), role);
    let bob = |value: &str| (value.to_owned(), IdentifierRole::Referee);
    assert_eq!(
        got,
        [
            ann(IdentifierRole::Contact),
            ann(IdentifierRole::Link),
            bob("bob@kontor.example"),
            bob("+12065550199"),
        ]
    );
}

fn own(text: &str) -> Vec<String> {
    let mut own = read(text, &[]);
    own.retain(|(_, role)| role.is_own());
    own.into_iter().map(|(value, _)| value).collect()
}

#[test]
fn a_project_in_a_sentence_is_not_ones_own_account() {
    let text = "Ann Lee\nann@mail.example | github.com/annlee-x\nProjects\nContributor to github.com/kubernetes\n";
    assert_eq!(own(text), ["ann@mail.example", "github.com/annlee-x"]);
    let alone = "Ann Lee\nProjects\nContributor to github.com/kubernetes\n";
    assert!(own(alone).is_empty());
    let labelled = "Ann Lee\nSkills\nRust\nGitHub: github.com/annlee-x\n";
    assert_eq!(own(labelled), ["github.com/annlee-x"]);
}

#[test]
fn a_colleague_in_a_sentence_is_a_mention() {
    let text = "Ann Lee\nann@mail.example\nProjects\nBuilt the herons map together with Bob, bob@kontor.example, in a year\n";
    assert_eq!(own(text), ["ann@mail.example"]);
    let alone = "Ann Lee\nPlease write to me about anything at ann@mail.example\n";
    assert_eq!(own(alone), ["ann@mail.example"]);
    let twice =
        "Ann Lee\nann@mail.example\nPlease write to me about anything at ann@mail.example\n";
    assert_eq!(own(twice), ["ann@mail.example"]);
}

#[test]
fn a_contract_is_not_ones_own_wallet() {
    let wallet = "1HNd8kNRxpi2iNodYANAnSLCZ6MZHVXFAG";
    let own_wallet = format!("Ann Lee\nBTC {wallet}\n");
    assert_eq!(own(&own_wallet).len(), 1);
    let contract = format!("Ann Lee\nProjects\nLending pool deployed on mainnet: {wallet}\n");
    assert!(own(&contract).is_empty());
}

#[test]
fn a_bare_scheme_is_no_number() {
    for target in ["tel", "TEL", "tel:", "mailto"] {
        assert!(from_target(target, None).is_none(), "{target}");
    }
}

#[test]
fn an_addressee_is_not_the_writer() {
    let text = "Ann Lee\nann@mail.example | +44 7700 900123\n\n3 May 2024\n\nKontor Ltd\n9 Quay Road, Leeds LS1 4AB\n\
        +44 20 7946 0100\nrosa.roe@kontor.example\n\nDear Hiring Manager,\nI apply.\n";
    assert_eq!(own(text), ["ann@mail.example", "+447700900123"]);
    let alone = "Ann Lee\nann@mail.example | +44 7700 900123\n\nDear Hiring Manager,\nI apply.\n";
    assert_eq!(own(alone), ["ann@mail.example", "+447700900123"]);
}

#[test]
fn an_employers_switchboard_is_not_the_applicants() {
    let text = "Ann Lee\nann@mail.example | +44 7700 900123\nWork Experience\nKontor Ltd, Leeds, +44 20 7946 0100, \
        desk@kontor.example\nSkills\nRust\n";
    assert_eq!(own(text), ["ann@mail.example", "+447700900123"]);
    // Two columns read as one: nothing stands above the heading.
    let columns =
        "Ann Lee\nExperience\nann@mail.example\n+44 7700 900123\nKontor Ltd, info@kontor.example\n";
    assert_eq!(own(columns), ["ann@mail.example", "+447700900123"]);
    // The same address above and below is still the applicant's.
    let twice = "Ann\nann@mail.example\nExperience\nFreelance, ann@mail.example\n";
    assert_eq!(own(twice), ["ann@mail.example"]);
}

#[test]
fn a_builders_foot_is_not_the_applicants() {
    let text = "Ann Lee\nann@mail.example\nSkills\nRust\nMade with QuickCV resume builder\n12 Quay Road, Leeds LS1 4AB | \
        help.desk@quickcv.example | +44 20 7946 0100\n";
    assert_eq!(own(text), ["ann@mail.example"]);
    let kept = "Ann Lee\nSkills\nRust\nContact\nann@mail.example\n+44 7700 900123\n";
    assert_eq!(own(kept), ["ann@mail.example", "+447700900123"]);
}

#[test]
fn other_accounts_and_repositories_are_mentions() {
    let text =
        "Ann\ngithub.com/annlee\nPatched github.com/bigproject/core; see github.com/boblee\n";
    let got = read(
        text,
        &[
            "https://github.com/annlee/tool",
            "https://linkedin.com/in/ann-lee-1",
        ],
    );
    let account = |a: &str, r| (a.to_owned(), r);
    let expected = [
        account("github.com/annlee", IdentifierRole::Contact),
        account("github.com/annlee", IdentifierRole::Link),
        account("github.com/bigproject", IdentifierRole::Mention),
        account("github.com/boblee", IdentifierRole::Mention),
        account("linkedin.com/in/ann-lee-1", IdentifierRole::Link),
    ];
    assert_eq!(got, expected);
}

#[test]
fn places_are_pages_and_lines() {
    let text = PagedText::new("Ann\n+1 206 555 0142\n", vec![0]);
    let all = from_document(&text, &[], &source(), None);
    assert_eq!(all[0].at.place, Place::Line { page: 1, line: 2 });
}

#[test]
fn claims_are_read_by_column() {
    let claims = Claims {
        emails: vec!["Ann@Kontor.example".into(), "your@email.com".into()],
        phones: vec!["206-555-0142".into()],
        github: Some("AnnLee".into()),
        links: vec![
            "https://www.linkedin.com/in/ann-lee-1/".into(),
            "annlee.dev".into(),
        ],
        extra: [
            ("Telegram", "ann_lee"),
            ("recruiter_email", "bob@kontor.example"),
            ("website", "https://ann.example"),
        ]
        .map(|(k, v)| (k.to_owned(), v.to_owned()))
        .into(),
        ..Claims::default()
    };
    let at = |column: &str| {
        Provenance::new(
            &source(),
            Place::Field {
                line: 2,
                column: column.into(),
            },
        )
    };
    let got: Vec<_> = from_claims(&claims, at, Some("US"))
        .into_iter()
        .map(|i| (i.value, i.assumed_region))
        .collect();
    let expected = [
        ("ann@kontor.example", false),
        ("+12065550142", true),
        ("ann.example", false),
        ("annlee.dev", false),
        ("github.com/annlee", false),
        ("linkedin.com/in/ann-lee-1", false),
        ("t.me/ann_lee", false),
    ];
    assert_eq!(got, expected.map(|(v, a)| (v.to_owned(), a)));
}
