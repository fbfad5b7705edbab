//! A disclosure holds all that is one's own and nothing that is another's alone.

use crate::model::Exhibit;
use crate::report::disclose::others::{Others, Owner};
use crate::report::disclose::redact::{Redactor, WITHHELD};
use crate::report::disclose::{Disclosure, disclose, write_disclosure_html, write_disclosure_json};
use crate::report::sample;
use crate::report::{Draft, Masking, Report, assemble, schema};

fn outputs(disclosure: &Disclosure) -> [String; 2] {
    let mut html = Vec::new();
    write_disclosure_html(disclosure, &mut html).unwrap();
    let mut json = Vec::new();
    write_disclosure_json(disclosure, &mut json).unwrap();
    [html, json].map(|bytes| String::from_utf8(bytes).unwrap())
}

fn revealed() -> Report {
    assemble(Draft {
        masking: Masking::Reveal,
        ..sample::draft()
    })
}

#[test]
fn no_other_applicant_can_be_recognised() {
    for report in [assemble(sample::draft()), revealed()] {
        for me in &report.applicants {
            let disclosure = disclose(&report, me.id.as_str()).unwrap();
            for text in outputs(&disclosure) {
                for other in report.applicants.iter().filter(|a| a.id != me.id) {
                    assert!(
                        !text.contains(other.id.as_str()),
                        "{} in the disclosure to {}",
                        other.id,
                        me.id
                    );
                    assert!(
                        !text.contains(&other.label),
                        "{} in the disclosure to {}",
                        other.label,
                        me.id
                    );
                    for source in &other.sources {
                        assert!(!text.contains(&source.path), "{} to {}", source.path, me.id);
                    }
                }
            }
        }
    }
}

#[test]
fn everything_about_the_applicant_is_there() {
    let report = assemble(sample::draft());
    for me in &report.applicants {
        let told = disclose(&report, me.id.as_str()).unwrap().report;
        let count = |n: usize, of: usize| assert_eq!(n, of, "{}", me.id);
        count(
            told.evidence.len(),
            report
                .evidence
                .iter()
                .filter(|e| e.subjects.contains(&me.id))
                .count(),
        );
        count(
            told.links.len(),
            report
                .links
                .iter()
                .filter(|l| l.a == me.id || l.b == me.id)
                .count(),
        );
        count(
            told.findings.len(),
            report
                .findings
                .iter()
                .filter(|f| f.subject == me.id)
                .count(),
        );
        assert_eq!(told.applicants[0].looked, me.looked);
        for evidence in &told.evidence {
            assert!(!evidence.innocent.is_empty() && !evidence.question.is_empty());
        }
    }
}

#[test]
fn the_disclosure_is_a_report_of_its_own_schema() {
    let report = assemble(sample::draft());
    let validator = jsonschema::validator_for(&schema()).unwrap();
    let disclosure = disclose(&report, "A-014").unwrap();
    let value = serde_json::to_value(&disclosure).unwrap();
    assert!(validator.is_valid(&value["report"]));
    assert_eq!(value["schema"], "disclosure/1");
}

#[test]
fn the_other_side_of_a_passage_is_left_out() {
    let report = assemble(sample::draft());
    let told = disclose(&report, "A-022").unwrap();
    let mut seen = 0;
    for exhibit in told.report.evidence.iter().flat_map(|e| &e.exhibits) {
        if let Exhibit::Passages { left, passages, .. } = exhibit {
            assert_eq!(left, "A-022/resume.pdf");
            assert!(
                passages
                    .iter()
                    .all(|p| p.right == WITHHELD && p.left.len() > WITHHELD.len())
            );
            seen += 1;
        }
    }
    assert!(seen > 0);
    assert!(
        told.withheld.values().sum::<u64>() > 0,
        "what the other's file holds is counted"
    );
}

#[test]
fn somebody_unknown_is_an_error_that_names_nobody_else() {
    let said = disclose(&assemble(sample::draft()), "nobody")
        .unwrap_err()
        .to_string();
    assert_eq!(said, "the report has no applicant `nobody`");
}

#[test]
fn the_page_runs_nothing_and_is_the_same_each_time() {
    let mut report = assemble(sample::draft());
    let hostile = "<script>alert(1)</script>\"'><svg onload=alert(1)>\u{202e}";
    for entry in &mut report.evidence {
        entry.explanation = hostile.into();
        entry.innocent = vec![hostile.into()];
    }
    report.applicants[0].label = hostile.into();
    let me = report.applicants[0].id.clone();
    let write = || outputs(&disclose(&report, me.as_str()).unwrap());
    let [html, json] = write();
    assert_eq!([html.clone(), json], write());
    for forbidden in [
        "<script",
        "<svg onload",
        "http://",
        "https://",
        "<img",
        "url(",
        " style=",
    ] {
        assert!(!html.contains(forbidden), "{forbidden}");
    }
}

#[test]
fn values_of_others_leave_a_sentence() {
    let report = assemble(sample::draft());
    let me = &report.applicants[0];
    let others = Others::new(&report, me);
    assert_eq!(me.id.as_str(), "A-014");
    let redactor = Redactor::new(&report, &me.id, &others);
    let subjects = [sample::id("A-014"), sample::id("A-022")];
    let own = [
        "2026-03-01 10:00:05 +00:00".to_string(),
        "Writer 7.4".to_string(),
    ];
    let foreign = ["Other Corp".to_string(), "17".to_string()];
    for (text, expected) in [
        (
            "A-014 made it at 2026-03-01 10:00:05 +00:00 and A-022 at 2026-03-01 10:00:09 +00:00.",
            "A-014 made it at 2026-03-01 10:00:05 +00:00 and another applicant 1 at [left out].",
        ),
        (
            "Both used Writer 7.4 of Other Corp, 170 and 17 times.",
            "Both used Writer 7.4 of [left out], 170 and [left out] times.",
        ),
        (
            "In A-022/resume.pdf it says “Ann was here”.",
            "In a file of another applicant 1 it says [left out].",
        ),
        (
            "a•••@x•••.example #3 stands in 3f2a9bc1",
            "[left out] stands in [left out]",
        ),
        ("write to ann@x.example", "write to [left out]"),
    ] {
        assert_eq!(redactor.sentence(text, &subjects, &own, &foreign), expected);
    }
}

#[test]
fn ids_that_are_ordinary_words_go_where_they_are_meant() {
    let mut report = assemble(sample::draft());
    report.applicants[1].id = sample::id("a");
    report.applicants[1].label = "a".into();
    let me = report.applicants[0].clone();
    let others = Others::new(&report, &me);
    let redactor = Redactor::new(&report, &me.id, &others);
    assert_eq!(
        redactor.text("a phone", std::slice::from_ref(&me.id)),
        "a phone"
    );
    assert_eq!(
        redactor.text("a phone", &[me.id.clone(), sample::id("a")]),
        "another applicant phone"
    );
}

#[test]
fn a_file_that_several_handed_in_is_nobodys_own() {
    let mut report = assemble(sample::draft());
    let shared = report.applicants[1].sources[0].clone();
    report.applicants[0].sources.push(shared.clone());
    let me = report.applicants[0].clone();
    let others = Others::new(&report, &me);
    assert_eq!(others.owner(&shared.path), Owner::Common);
    assert_eq!(others.owner("A-014/cv.pdf"), Owner::Own);
    assert_eq!(others.owner("A-014/cv.pdf/inner.txt"), Owner::Own);
    assert_eq!(others.owner("B-101/cv.pdf"), Owner::Other);
    assert_eq!(others.owner("B-101/unlisted.git"), Owner::Other);
    assert_eq!(others.owner("manifest.csv"), Owner::Common);
}
