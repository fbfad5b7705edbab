//! Names in metadata that tie two applicants, and names that are anybody's.

use crate::detect::document_fixture::*;
use crate::detect::metadata_author::*;
use crate::model::DocumentMeta;

fn by(author: &str) -> DocumentMeta {
    DocumentMeta {
        author: Some(author.into()),
        ..DocumentMeta::default()
    }
}

#[test]
fn another_applicant_as_author_is_a_shared_machine_perhaps() {
    let (mut a, b) = (keeping("a", by("Bob")), keeping("b", by("x")));
    leave_name(&mut a, "b", LeftoverSite::Metadata, "author");
    let outcomes = compared(&MetadataAuthor, &[a.clone(), b.clone()]);
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "metadata-author/named");
    assert_eq!(
        found[0].explained_by,
        [Relation::Household, Relation::SharedMachine]
    );

    leave_name(&mut a, "b", LeftoverSite::Metadata, "title");
    let outcomes = compared(&MetadataAuthor, &[a, b]);
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "metadata-author/named-in-title");
}

#[test]
fn a_rare_value_is_shared_and_a_common_one_is_not() {
    let pair = |value: &str| {
        let members = [
            keeping("a", by(value)),
            keeping("b", by(&value.to_uppercase())),
        ];
        let outcomes = compared(&MetadataAuthor, &members);
        evidence_of(&outcomes)
            .first()
            .map(|e| (e.measure.table, e.explained_by[0]))
    };
    assert_eq!(
        pair("carol smithson"),
        Some(("metadata-author/shared-value", Relation::Agency))
    );
    for common in ["user", "Windows User", "python-docx", "HP", "admin"] {
        assert_eq!(pair(common), None, "{common}");
    }
}

#[test]
fn a_company_is_an_employers() {
    let company = || DocumentMeta {
        company: Some("Marrowline Ferries".into()),
        ..DocumentMeta::default()
    };
    let outcomes = compared(
        &MetadataAuthor,
        &[keeping("a", company()), keeping("b", company())],
    );
    assert_eq!(
        evidence_of(&outcomes)[0].explained_by[0],
        Relation::Colleagues
    );
}

#[test]
fn what_many_share_is_set_aside_once() {
    let members: Vec<_> = (0..13)
        .map(|i| keeping(&format!("p{i:02}"), by("Harbour Recruiting")))
        .collect();
    let outcomes = compared(&MetadataAuthor, &members);
    assert!(evidence_of(&outcomes).is_empty());
    let aside = set_aside_of(&outcomes);
    assert_eq!((aside.len(), aside[0].subjects.len()), (1, 13));
    assert_eq!(aside[0].what, Fact::Name("Harbour Recruiting".into()));
}

#[test]
fn names_in_facts_are_typed_so_that_the_report_masks_them() {
    let members = [
        keeping("a", by("Carol Smithson")),
        keeping("b", by("Carol Smithson")),
    ];
    let outcomes = compared(&MetadataAuthor, &members);
    let found = evidence_of(&outcomes)[0];
    for fact in found
        .observations
        .as_slice()
        .iter()
        .map(|o| &o.fact)
        .chain(&found.explanation.facts)
    {
        assert!(matches!(fact, Fact::Name(_)), "{fact:?}");
    }
}

#[test]
fn it_says_what_it_set_aside_and_when_it_cannot_look() {
    let look = |p: &Profile| MetadataAuthor.examine(p, &Background::default());
    assert!(matches!(
        look(&keeping("a", DocumentMeta::default()))[..],
        [Outcome::CouldNotLook { .. }]
    ));
    assert_eq!(
        set_aside_of(&look(&keeping("a", by("python-docx"))))[0].why,
        BY_DEFAULT
    );
    assert!(look(&keeping("a", by("Carol Smithson"))).is_empty());
}
