//! What a file's past tells, and what it does not.

use crate::detect::document_fixture::*;
use crate::detect::earlier_revision::*;
use crate::model::DocumentMeta;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::LeftoverValue;
use crate::model::MaskedText;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::Revision;

const CAREER: &str =
    "Rebuilt the timetable solver so that a storm closes one pier and not the whole crossing.
Moved 14 nightly exports onto one queue and cut the morning delay from 95 minutes to 11.
Measured every stop on 212 routes by hand and found 31 that no bus could reach on time.
";

fn plain(id: &str) -> Profile {
    keeping(id, DocumentMeta::default())
}

fn before(text: &str) -> Revision<MaskedText> {
    Revision {
        kind: RevisionKind::Saved(1),
        author: None,
        time: None,
        fields: Vec::new(),
        text: masked(text),
    }
}

fn leave_contact(holder: &mut Profile, other: &mut Profile) {
    let at = Provenance::new(
        &holder.documents[0].source,
        Place::Part("earlier revision 1".into()),
    );
    holder.leftovers.push(Leftover {
        value: LeftoverValue::Contact {
            kind: IdentifierKind::Email,
            value: "ann@kontor.example".into(),
        },
        site: LeftoverSite::Revision,
        at: at.clone(),
    });
    other.identifiers.push(Identifier {
        kind: IdentifierKind::Email,
        value: "ann@kontor.example".into(),
        written: "ann@kontor.example".into(),
        role: IdentifierRole::Contact,
        assumed_region: false,
        at,
    });
}

#[test]
fn the_name_and_contact_of_another_tell_more_together() {
    let (a, mut b) = (plain("a"), plain("b"));
    leave_name(&mut b, "a", LeftoverSite::Revision, "earlier revision 1");
    let outcomes = compared(&EarlierRevision, &[a.clone(), b.clone()]);
    let name = evidence_of(&outcomes)[0];
    assert_eq!(name.measure.table, "earlier-revision/name");
    assert!(name.explanation.template.starts_with("The past of {b}'s"));
    assert_eq!(name.explained_by, []);

    let mut a = a;
    leave_contact(&mut b, &mut a);
    let outcomes = compared(&EarlierRevision, &[a, b]);
    let both = evidence_of(&outcomes)[0];
    assert_eq!(both.measure.table, "earlier-revision/name-and-contact");
    assert_eq!(both.observations.as_slice().len(), 2);
}

#[test]
fn a_helper_who_commented_is_explained() {
    let (mut a, b) = (plain("a"), plain("b"));
    leave_name(&mut a, "b", LeftoverSite::Change, "author of: comment");
    let outcomes = compared(&EarlierRevision, &[a, b]);
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "earlier-revision/editor");
    assert_eq!(found[0].explained_by[0], Relation::Household);
}

#[test]
fn namesakes_and_other_sites_are_left_alone() {
    let (mut a, b) = (plain("a"), plain("b"));
    leave_name(&mut a, "b", LeftoverSite::Metadata, "author");
    assert!(compared(&EarlierRevision, &[a.clone(), b.clone()]).is_empty());
    let mut twice = a.clone();
    leave_name(
        &mut twice,
        "b",
        LeftoverSite::Revision,
        "earlier revision 1",
    );
    twice.name = b.name;
    assert!(compared(&EarlierRevision, &[twice, b]).is_empty());
}

#[test]
fn text_of_the_past_that_is_the_others_page() {
    let mut a = plain("a");
    a.documents[0].traces.revisions = vec![before(CAREER)];
    let b = applicant("b", document("b", CAREER, DocumentMeta::default()));
    let outcomes = compared(&EarlierRevision, &[a.clone(), b]);
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "earlier-revision/text");
    assert_eq!(found[0].explained_by, [], "facts of one career agree");
    assert_eq!(found[0].exhibits.len(), 1);
    let other = applicant(
        "b",
        document(
            "b",
            "Planned evening courses for people.",
            DocumentMeta::default(),
        ),
    );
    assert!(compared(&EarlierRevision, &[a, other]).is_empty());
}

#[test]
fn keys_meet_by_name_and_by_phrase() {
    let rows = |p: &Profile| {
        let mut sink = KeySink::new(0, 0);
        EarlierRevision.keys(p, &mut sink);
        sink.into_rows()
    };
    let (mut a, b) = (plain("a"), plain("b"));
    leave_name(&mut a, "b", LeftoverSite::Revision, "earlier revision 1");
    a.documents[0].traces.revisions = vec![before(CAREER)];
    let with_text = applicant("b", document("b", CAREER, DocumentMeta::default()));
    let shared = |x: &Profile, y: &Profile| {
        let keys: Vec<Key> = rows(y).into_iter().map(|r| r.key).collect();
        rows(x)
            .into_iter()
            .filter(|r| keys.contains(&r.key))
            .count()
    };
    assert!(shared(&a, &b) >= 1, "the name");
    assert!(shared(&a, &with_text) >= 2, "the name and phrases");
}

#[test]
fn the_past_of_many_is_one_row() {
    let mut members: Vec<Profile> = (0..14).map(|i| plain(&format!("p{i:02}"))).collect();
    for member in &mut members[1..] {
        leave_name(member, "p00", LeftoverSite::Revision, "earlier revision 1");
    }
    let outcomes = compared(&EarlierRevision, &members);
    let found = evidence_of(&outcomes);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subjects.as_slice().len(), 14);
    assert_eq!(found[0].explained_by[0], Relation::Agency);
}

#[test]
fn a_file_without_a_past_cannot_be_looked_at() {
    let look = |p: &Profile| EarlierRevision.examine(p, &Background::default());
    assert!(matches!(
        look(&plain("a"))[..],
        [Outcome::CouldNotLook { .. }]
    ));
    let mut a = plain("a");
    a.documents[0].traces.revisions = vec![before("x")];
    assert!(look(&a).is_empty());
}
