//! The contract of `report.json`: the committed schema is the one that the structs give, and a report fits it.
#![allow(clippy::unwrap_used)]

use samehand::model::{ApplicantId, Digest, Effect, Problem, SourceInfo, SourceKind, Stage};
use samehand::report::{Draft, DraftApplicant, assemble, schema, write_json};
use std::fs;
use std::path::Path;

const COMMITTED: &str = "docs/report.schema.json";

/// A change of the schema is a change of the contract: look at the difference, then run
/// `cargo run -- generate schema > docs/report.schema.json` and commit it.
#[test]
fn the_committed_schema_is_the_schema_of_the_structs() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMMITTED);
    let committed: serde_json::Value =
        serde_json::from_str(&fs::read_to_string(path).unwrap()).unwrap();
    assert_eq!(
        committed,
        schema(),
        "run `cargo run -- generate schema > {COMMITTED}`"
    );
}

#[test]
fn a_report_fits_the_committed_schema() {
    let source = SourceInfo {
        path: "a/cv.pdf".into(),
        sha256: Digest("0".repeat(64)),
        kind: SourceKind::Pdf,
        engine: None,
    };
    let draft = Draft {
        applicants: vec![DraftApplicant {
            id: ApplicantId::new("a"),
            name: None,
            sources: vec![source],
            looked: vec![],
            exhibits: vec![],
        }],
        problems: vec![Problem {
            source: "a/cv.pdf".into(),
            stage: Stage::Extract,
            message: "the file is empty".into(),
            effect: Effect::NotRead,
        }],
        ..Draft::default()
    };
    let mut out = Vec::new();
    write_json(&assemble(draft), &mut out).unwrap();
    let report: serde_json::Value = serde_json::from_slice(&out).unwrap();
    let validator = jsonschema::validator_for(&schema()).unwrap();
    assert!(
        validator.is_valid(&report),
        "{:?}",
        validator
            .iter_errors(&report)
            .map(|e| e.to_string())
            .collect::<Vec<_>>()
    );
    let mut without = report.clone();
    without.as_object_mut().unwrap().remove("problems");
    assert!(
        !validator.is_valid(&without),
        "every list of the contract is required"
    );
}
