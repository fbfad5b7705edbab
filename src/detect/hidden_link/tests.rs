//! Links that say one thing and lead elsewhere.

use crate::detect::document_fixture::*;
use crate::detect::hidden_link::*;
use crate::model::DocumentMeta;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Leftover;
use crate::model::LeftoverValue;

fn linking(id: &str, links: &[(&str, &str)]) -> Profile {
    let mut profile = keeping(id, DocumentMeta::default());
    profile.documents[0].links = links
        .iter()
        .map(|(text, target)| DocumentLink {
            target: (*target).into(),
            text: (*text).into(),
            page: Some(1),
        })
        .collect();
    profile
}

fn look(links: &[(&str, &str)]) -> Vec<Outcome> {
    HiddenLink.examine(&linking("a", links), &Background::default())
}

#[test]
fn a_finding_names_both_addresses() {
    let outcomes = look(&[
        ("█", "mailto:ann@kontor.example"),
        ("github.com/annlee", "https://github.com/bobray"),
    ]);
    let found = findings_of(&outcomes);
    let facts: Vec<&str> = found[0].explanation.facts.iter().map(Fact::raw).collect();
    assert_eq!(facts, ["1", "github.com/annlee", "github.com/bobray"]);
    assert_eq!(found[0].sample, 2);
}

#[test]
fn a_shortener_is_set_aside() {
    let outcomes = look(&[("https://annlee.example", "https://bit.ly/3abc")]);
    assert_eq!(set_aside_of(&outcomes)[0].why, PASSED_ON);
    assert!(findings_of(&outcomes).is_empty());
}

#[test]
fn it_says_when_it_cannot_look() {
    for links in [&[][..], &[("", "https://github.com/annlee")][..]] {
        assert!(matches!(look(links)[..], [Outcome::CouldNotLook { .. }]));
    }
    assert!(look(&[("GitHub", "https://github.com/annlee")]).is_empty());
}

#[test]
fn a_target_that_is_another_applicants_is_evidence() {
    let mut a = linking("a", &[("ann@kontor.example", "mailto:bob@kontor.example")]);
    let mut b = linking("b", &[]);
    let at = Provenance::new(&a.documents[0].source, Place::Link { page: Some(1) });
    a.leftovers.push(Leftover {
        value: LeftoverValue::Contact {
            kind: IdentifierKind::Email,
            value: "bob@kontor.example".into(),
        },
        site: LeftoverSite::Link,
        at: at.clone(),
    });
    b.identifiers.push(Identifier {
        kind: IdentifierKind::Email,
        value: "bob@kontor.example".into(),
        written: "bob@kontor.example".into(),
        role: IdentifierRole::Contact,
        assumed_region: false,
        at,
    });
    let outcomes = compared(&HiddenLink, &[a, b]);
    let found = evidence_of(&outcomes);
    assert_eq!(
        found[0].explanation.facts[1],
        Fact::Email("bob@kontor.example".into())
    );
    assert_eq!(found[0].explained_by, []);
}

#[test]
fn the_rate_lies_in_its_interval() {
    let rate = base_rate();
    assert!(rate.low <= rate.rate && rate.rate <= rate.high && rate.n > 0);
}
