//! The planted cases of `contradicting-versions` and their innocent twins.

use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::contradicting_versions::*;
use crate::detect::document_fixture::*;
use crate::model::ApplicantId;
use crate::model::Digest;
use crate::model::DocumentMeta;
use crate::model::Revision;

const FIRST: &str = "Experience\nHerons Ltd, Software Engineer\nJan 2018 - Jun 2021\n- Timetables.\nKontor AG, Backend Developer\nMar 2014 - Dec 2017\n- Ledgers.\n";

fn looked(profile: &Profile) -> Vec<Outcome> {
    ContradictingVersions.examine(profile, &Background::default())
}

fn two(second: &str) -> Vec<Outcome> {
    let mut profile = applicant("a", document("a", FIRST, DocumentMeta::default()));
    let mut other = document("a", second, DocumentMeta::default());
    other.source.path = "a/other.docx".into();
    other.source.sha256 = Digest("b".into());
    profile.documents.push(other);
    looked(&profile)
}

#[test]
fn two_documents_with_other_dates_are_told_with_both_places() {
    let outcomes = two(&FIRST.replace("Mar 2014", "Mar 2012"));
    let found = findings_of(&outcomes);
    assert_eq!(found.len(), 1);
    assert!(is_whole(found[0]));
    let told = [
        "the dates of one employment",
        "2014-03 to 2017-12",
        "2012-03 to 2017-12",
        "1",
    ];
    assert_eq!(facts(found[0]), told);
    let places: Vec<_> = found[0]
        .observations
        .as_slice()
        .iter()
        .map(|o| o.at.source.as_str())
        .collect();
    assert_eq!(places.len(), 2);
    assert_ne!(places[0], places[1]);
}

#[test]
fn an_earlier_state_of_the_file_is_told() {
    let mut own = document("a", FIRST, DocumentMeta::default());
    own.traces.revisions.push(Revision {
        kind: RevisionKind::Saved(1),
        author: None,
        time: None,
        fields: Vec::new(),
        text: masked("Kontor AG, Backend Developer, Mar 2011 - Dec 2017\n"),
    });
    let outcomes = looked(&applicant("a", own));
    assert_eq!(findings_of(&outcomes).len(), 1);
}

#[test]
fn tailored_versions_and_other_careers_are_silent() {
    assert!(two(&FIRST.replace("Ledgers.", "Kept the ledgers of forty barges.")).is_empty());
    assert!(two(&FIRST.replace("Jun 2021", "present")).is_empty());
    let other = FIRST
        .replace("Herons", "Silt")
        .replace("Mar 2014", "Mar 2012");
    assert!(two(&other).is_empty(), "no step in common");
}

#[test]
fn one_version_is_too_little() {
    let one = applicant("a", document("a", FIRST, DocumentMeta::default()));
    assert_eq!(amount(&looked(&one)), Some((1, 2)));
    let empty = Profile::empty(ApplicantId::new("a"));
    assert!(why_not(&looked(&empty)).is_some());
}
