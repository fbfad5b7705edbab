use crate::report::decisions::file::parse_decisions as parse;
use crate::report::decisions::{About, State, link_id};
use crate::report::sample;

const WHOLE: &str = r#"{"schema": "decisions/1", "decisions": [
    {"about": "evidence", "id": "near-text-1", "state": "dismissed", "note": "One course.", "by": "AB", "on": "2026-11-21"},
    {"about": "finding", "id": "clock-offset-2", "state": "noted"},
    {"about": "link", "id": "link-3", "state": "dismissed", "evidence": ["e1", "e2"]}
]}"#;

#[test]
fn a_whole_file_is_read() {
    let decisions = parse(WHOLE.as_bytes()).unwrap();
    assert_eq!(decisions.len(), 3);
    let first = decisions.of(About::Evidence, "near-text-1").unwrap();
    assert_eq!(
        (first.state, first.note.as_str()),
        (State::Dismissed, "One course.")
    );
    assert!(decisions.of(About::Finding, "near-text-1").is_none());
    assert_eq!(decisions.sha256.0.len(), 64);
    assert!(
        parse(br#"{"schema": "decisions/1", "decisions": []}"#)
            .unwrap()
            .is_empty()
    );
}

#[test]
fn a_link_that_rests_on_more_than_was_seen_is_open_again() {
    let decisions = parse(WHOLE.as_bytes()).unwrap();
    let of = |evidence: &[&str]| {
        let ids: Vec<String> = evidence.iter().map(|e| e.to_string()).collect();
        decisions.of_link("link-3", &ids).unwrap()
    };
    assert!(of(&["e1", "e2"]).dismisses() && of(&["e2"]).dismisses());
    assert!(!of(&["e1", "e4"]).dismisses() && of(&["e1", "e4"]).outdated);
    assert!(decisions.of_link("link-9", &[]).is_none());
}

#[test]
fn a_link_has_one_id_in_either_order() {
    let (a, b, c) = (sample::id("a"), sample::id("b"), sample::id("c"));
    assert_eq!(link_id(&a, &b), link_id(&b, &a));
    assert_ne!(link_id(&a, &b), link_id(&a, &c));
}

#[test]
fn a_bad_file_is_named_for_what_it_is() {
    let one = |row: &str| format!(r#"{{"schema": "decisions/1", "decisions": [{row}]}}"#);
    let evidence = r#"{"about": "evidence", "id": "e", "state": "noted"}"#;
    let long = "x".repeat(2_001);
    for (text, says) in [
        ("a,b".to_string(), "no JSON"),
        ("[]".into(), "no JSON with a field `schema`"),
        (
            r#"{"schema": "decisions/2"}"#.into(),
            "decisions/2; this version reads decisions/1",
        ),
        (
            r#"{"schema": "decisions/1"}"#.into(),
            "missing field `decisions`",
        ),
        (
            one(r#"{"about": "person", "id": "e", "state": "noted"}"#),
            "unknown variant `person`",
        ),
        (
            one(r#"{"about": "evidence", "id": "e", "state": "hired"}"#),
            "unknown variant `hired`",
        ),
        (
            one(r#"{"about": "evidence", "id": "e", "state": "noted", "score": 1}"#),
            "`score`",
        ),
        (
            one(r#"{"about": "evidence", "id": "", "state": "noted"}"#),
            "decision 1: it has no id",
        ),
        (
            one(&format!("{evidence}, {evidence}")),
            "decision 2 is the second about one id",
        ),
        (
            one(r#"{"about": "link", "id": "l", "state": "dismissed"}"#),
            "names the evidence",
        ),
        (
            one(&format!(
                r#"{{"about": "finding", "id": "f", "state": "noted", "note": "{long}"}}"#
            )),
            "longer than 2000",
        ),
    ] {
        let why = parse(text.as_bytes()).unwrap_err();
        assert!(why.contains(says), "{text}: {why}");
    }
}
