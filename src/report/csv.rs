//! CSV twins of the report: one file per list, for spreadsheets and data frames.
//!
//! A spreadsheet runs a cell that starts with `=`, `+`, `-`, `@`, a tab or a carriage return as a formula (OWASP, "CSV
//! Injection"). Such a cell gets an apostrophe in front unless it is a number that the program wrote itself.
//! Lists inside a cell are separated by `;`.

use crate::report::sentence;
use crate::report::{DecisionEntry, LinkEntry, Report};
use ::csv::Writer;
use serde::Serialize;
use std::fs::File;
use std::io;
use std::path::Path;

/// The files that [`write_csv`] makes, in the order of their making.
pub const CSV_FILES: [&str; 7] = [
    "links.csv",
    "evidence.csv",
    "findings.csv",
    "applicants.csv",
    "clusters.csv",
    "watch_hits.csv",
    "problems.csv",
];

/// One cell.
enum Cell {
    /// Text from anywhere.
    Text(String),
    /// A number of our own.
    Number(f64),
}

impl Cell {
    fn written(self) -> String {
        match self {
            Cell::Number(x) => x.to_string(),
            Cell::Text(text) if text.starts_with(['=', '+', '-', '@', '\t', '\r']) => {
                format!("'{text}")
            }
            Cell::Text(text) => text,
        }
    }
}

fn text(value: impl ToString) -> Cell {
    Cell::Text(value.to_string())
}

fn number(value: impl Into<f64>) -> Cell {
    Cell::Number(value.into())
}

fn join<T: ToString>(items: impl IntoIterator<Item = T>) -> Cell {
    Cell::Text(
        items
            .into_iter()
            .map(|i| i.to_string())
            .collect::<Vec<_>>()
            .join(";"),
    )
}

/// "dismissed", "noted", or nothing; "outdated" where a link rests on more than was looked at.
fn decided(decision: &Option<DecisionEntry>) -> Cell {
    let word = decision.as_ref().map(|d| match d.outdated {
        true => "outdated".into(),
        false => name(d.state),
    });
    Cell::Text(word.unwrap_or_default())
}

/// The kebab-case name that a value has in `report.json`.
fn name(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(String::from))
        .unwrap_or_default()
}

/// Writes [`CSV_FILES`] into `dir`, which must exist; files of these names are replaced.
///
/// # Errors
/// A file that cannot be written.
pub fn write_csv(report: &Report, dir: &Path) -> io::Result<()> {
    for file in CSV_FILES {
        let mut writer = Writer::from_writer(File::create(dir.join(file))?);
        let (head, rows) = table(report, file);
        writer.write_record(head)?;
        for row in rows {
            writer.write_record(row.into_iter().map(Cell::written))?;
        }
        writer.flush()?;
    }
    Ok(())
}

type Table = (&'static [&'static str], Vec<Vec<Cell>>);

fn table(report: &Report, file: &str) -> Table {
    match file {
        "links.csv" => links(report),
        "evidence.csv" => evidence(report),
        "findings.csv" => findings(report),
        "applicants.csv" => applicants(report),
        "clusters.csv" => clusters(report),
        "watch_hits.csv" => watch_hits(report),
        _ => problems(report),
    }
}

fn links(report: &Report) -> Table {
    let families = |l: &LinkEntry| join(l.families.iter().map(|(f, x)| format!("{f}={x}")));
    let row = |l: &LinkEntry| {
        vec![
            text(&l.a),
            text(&l.b),
            number(l.log10_lr),
            text(name(l.words)),
            number(l.expected_by_chance),
            families(l),
            join(l.explained_by.iter().map(name)),
            join(&l.evidence),
            decided(&l.decision),
        ]
    };
    let head = &[
        "a",
        "b",
        "log10_lr",
        "words",
        "expected_by_chance",
        "families",
        "explained_by",
        "evidence",
        "decision",
    ];
    (head, report.links.iter().map(row).collect())
}

fn evidence(report: &Report) -> Table {
    let rows = report.evidence.iter().map(|e| {
        vec![
            text(&e.id),
            text(&e.detector),
            text(e.family),
            join(&e.subjects),
            number(e.log10_lr),
            text(name(e.words)),
            text(e.calibrated.as_deref().unwrap_or_default()),
            join(e.explained_by.iter().map(name)),
            text(&e.explanation),
            join(&e.innocent),
            text(&e.question),
            join(
                e.observations
                    .iter()
                    .map(|o| format!("{} ({})", o.fact.value, sentence::place(&o.at))),
            ),
            decided(&e.decision),
        ]
    });
    let head = &[
        "id",
        "detector",
        "family",
        "subjects",
        "log10_lr",
        "words",
        "calibrated",
        "explained_by",
        "explanation",
        "innocent",
        "question",
        "observations",
        "decision",
    ];
    (head, rows.collect())
}

fn findings(report: &Report) -> Table {
    let rows = report.findings.iter().map(|f| {
        vec![
            text(&f.id),
            text(&f.detector),
            text(&f.subject),
            number(f.base_rate.rate),
            number(f.base_rate.low),
            number(f.base_rate.high),
            number(f.base_rate.n),
            number(f.expected_in_pool),
            number(f.sample),
            text(&f.explanation),
            join(&f.innocent),
            text(&f.question),
            join(
                f.observations
                    .iter()
                    .map(|o| format!("{} ({})", o.fact.value, sentence::place(&o.at))),
            ),
            decided(&f.decision),
        ]
    });
    let head = &[
        "id",
        "detector",
        "subject",
        "rate",
        "rate_low",
        "rate_high",
        "rate_n",
        "expected_in_pool",
        "sample",
        "explanation",
        "innocent",
        "question",
        "observations",
        "decision",
    ];
    (head, rows.collect())
}

fn applicants(report: &Report) -> Table {
    let rows = report.applicants.iter().map(|a| {
        vec![
            text(&a.id),
            text(&a.label),
            join(a.sources.iter().map(|s| &s.path)),
            join(
                a.looked
                    .iter()
                    .map(|l| format!("{}: {}", l.detector, sentence::looked(l))),
            ),
            join(&a.evidence),
            join(&a.findings),
        ]
    });
    (
        &["id", "label", "sources", "looked", "evidence", "findings"],
        rows.collect(),
    )
}

fn clusters(report: &Report) -> Table {
    let rows = report.clusters.iter().map(|c| {
        vec![
            text(&c.id),
            join(&c.members),
            join(&c.touching),
            join(&c.weakest_link),
            join(&c.evidence),
        ]
    });
    (
        &["id", "members", "touching", "weakest_link", "evidence"],
        rows.collect(),
    )
}

fn watch_hits(report: &Report) -> Table {
    let rows = report.watch_hits.iter().map(|h| {
        vec![
            text(&h.subject),
            text(&h.list),
            text(&h.listed_by),
            text(h.first_seen.as_deref().unwrap_or_default()),
            text(&h.note),
            number(h.line as f64),
            text(&h.identifier.kind),
            text(&h.identifier.value),
            text(sentence::place(&h.at)),
        ]
    });
    let head = &[
        "subject",
        "list",
        "listed_by",
        "first_seen",
        "note",
        "line",
        "kind",
        "identifier",
        "at",
    ];
    (head, rows.collect())
}

fn problems(report: &Report) -> Table {
    let rows = report.problems.iter().map(|p| {
        vec![
            text(&p.source),
            text(name(p.stage)),
            text(&p.message),
            text(name(p.effect)),
        ]
    });
    (&["source", "stage", "message", "effect"], rows.collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Effect, Problem, Stage};
    use crate::report::assemble;
    use crate::report::sample;

    fn written(report: &Report, file: &str) -> String {
        let dir = tempfile::tempdir().unwrap();
        write_csv(report, dir.path()).unwrap();
        std::fs::read_to_string(dir.path().join(file)).unwrap()
    }

    #[test]
    fn a_formula_from_an_applicant_does_not_run_and_our_numbers_stay_numbers() {
        for (cell, expected) in [
            (
                text("=HYPERLINK(\"http://x.example\")"),
                "'=HYPERLINK(\"http://x.example\")",
            ),
            (text("+1"), "'+1"),
            (text("-2+3"), "'-2+3"),
            (text("@SUM(A1)"), "'@SUM(A1)"),
            (text("\t=1"), "'\t=1"),
            (text("a=b"), "a=b"),
            (number(-0.25), "-0.25"),
        ] {
            assert_eq!(cell.written(), expected);
        }
    }

    #[test]
    fn every_list_becomes_a_file_with_one_row_each() {
        let report = assemble(sample::draft());
        let counts = [
            report.links.len(),
            report.evidence.len(),
            report.findings.len(),
            report.applicants.len(),
            report.clusters.len(),
            report.watch_hits.len(),
            report.problems.len(),
        ];
        let dir = tempfile::tempdir().unwrap();
        write_csv(&report, dir.path()).unwrap();
        for (file, count) in CSV_FILES.iter().zip(counts) {
            let mut reader = ::csv::Reader::from_path(dir.path().join(file)).unwrap();
            assert!(count > 0, "the sample shows nothing in {file}");
            assert_eq!(
                reader.records().filter(Result::is_ok).count(),
                count,
                "{file}"
            );
        }
    }

    #[test]
    fn links_have_the_promised_columns() {
        let csv = written(&assemble(sample::draft()), "links.csv");
        assert!(csv.starts_with(
            "a,b,log10_lr,words,expected_by_chance,families,explained_by,evidence,decision\n"
        ));
        assert!(csv.contains("household"));
    }

    #[test]
    fn a_hostile_path_is_quoted() {
        let mut draft = sample::draft();
        let message = "cannot read \"it\",\n=cmd|' /C calc'!A0".to_string();
        draft.problems = vec![Problem {
            source: "=1+1.pdf".into(),
            stage: Stage::Extract,
            message,
            effect: Effect::NotRead,
        }];
        let csv = written(&assemble(draft), "problems.csv");
        assert!(
            csv.contains("\n'=1+1.pdf,extract,\"cannot read \"\"it\"\", =cmd"),
            "{csv}"
        );
    }
}
