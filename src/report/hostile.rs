//! Tests that a hostile applicant, and a careless detector, change nothing but words in any output.

use crate::model::{Effect, Exhibit, Fact, Problem, SourceInfo, SourceKind, Stage, Words};
use crate::report::sample;
use crate::report::{
    CSV_FILES, Draft, Masking, Repeated, Report, assemble, write_csv, write_html, write_json,
    write_summary,
};

/// Text that would do something in one output or another.
const HOSTILE: [&str; 8] = [
    "<script>alert(1)</script>",
    "\"><svg onload=alert(1)>",
    "</style><style>*{display:none}",
    "=HYPERLINK(\"http://x.example\",\"a\")",
    "\u{1b}]0;title\u{7}\u{1b}[2J",
    "\u{9b}31m\r\nInjected: line",
    "cv\u{202e}fdp.exe",
    "{0}{a}{{ report }}",
];

/// Every output as text, by name.
fn outputs(report: &Report) -> Vec<(&'static str, String)> {
    let mut all = Vec::new();
    let mut add = |name, write: &dyn Fn(&mut Vec<u8>) -> std::io::Result<()>| {
        let mut out = Vec::new();
        write(&mut out).unwrap();
        all.push((name, String::from_utf8(out).unwrap()));
    };
    add("report.json", &|out| write_json(report, out));
    add("report.html", &|out| {
        write_html(report, out, Words::NoSupport)
    });
    add("terminal", &|out| {
        write_summary(report, out, false, 100, Words::NoSupport)
    });
    let dir = tempfile::tempdir().unwrap();
    write_csv(report, dir.path()).unwrap();
    for file in CSV_FILES {
        all.push((
            file,
            std::fs::read_to_string(dir.path().join(file)).unwrap(),
        ));
    }
    all
}

/// The sample with `text` in every place where an applicant's words can stand.
fn with_text(text: &str) -> Draft {
    let mut draft = sample::draft();
    let id = sample::id(text);
    for applicant in &mut draft.applicants {
        applicant.sources.push(SourceInfo {
            path: format!("{text}.pdf"),
            sha256: Default::default(),
            kind: SourceKind::Unknown,
            engine: None,
        });
        applicant.looked[0].why = Some(text.into());
        applicant.exhibits.push(Exhibit::Table {
            caption: text.into(),
            head: vec![text.into()],
            rows: vec![vec![text.into()]],
        });
    }
    draft.applicants[0].id = id.clone();
    for (evidence, _) in &mut draft.evidence {
        evidence.explanation.facts = vec![
            Fact::Text(text.into()),
            Fact::Path(text.into()),
            Fact::Email(text.into()),
        ];
    }
    draft.findings[0].explanation.facts = vec![Fact::Time(text.into()); 5];
    draft.findings[0].subject = id.clone();
    draft.clusters[0].touching = vec![id.clone()];
    draft.repeated.push(Repeated {
        members: vec![id],
        shared: vec![Fact::Account(text.into())],
        same_name: false,
    });
    let problem = Problem {
        source: text.into(),
        stage: Stage::Intake,
        message: text.into(),
        effect: Effect::NotUsed,
    };
    draft.problems.push(problem);
    draft.run.command = format!("samehand scan {text}");
    draft
}

#[test]
fn hostile_text_does_nothing_in_any_output() {
    for text in HOSTILE {
        for (name, written) in outputs(&assemble(with_text(text))) {
            let odd =
                |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!written.contains(odd), "{name}: {text:?}");
            if name == "report.html" {
                assert!(!written.contains("<svg onload"), "{text:?}");
                assert_eq!(written.matches("<script").count(), 1, "{text:?}");
                assert_eq!(written.matches("<style>").count(), 1, "{text:?}");
            }
            if name.ends_with(".csv") {
                let mut reader = csv::ReaderBuilder::new()
                    .flexible(false)
                    .from_reader(written.as_bytes());
                for record in reader.records().map(|r| r.unwrap()) {
                    let runs = |cell: &str| {
                        cell.starts_with(['=', '+', '@'])
                            || cell.starts_with('-') && cell.parse::<f64>().is_err()
                    };
                    assert!(!record.iter().any(runs), "{name}: {record:?}");
                }
            }
        }
    }
}

#[test]
fn text_of_a_hundred_thousand_characters_stays_a_word() {
    let long = "Lorem ".repeat(16_700);
    let short = outputs(&assemble(with_text("Lorem")));
    for ((name, written), (_, reference)) in outputs(&assemble(with_text(&long))).iter().zip(&short)
    {
        let limit = match *name {
            "terminal" => 8_000,
            "report.html" => 150_000,
            // The id and the path are the one thing that must stay whole.
            _ => continue,
        };
        assert!(
            written.len() < reference.len() + limit,
            "{name}: {} against {}",
            written.len(),
            reference.len()
        );
    }
}

#[test]
fn no_output_holds_a_contact_or_a_name_unless_revealed() {
    for (name, written) in outputs(&assemble(sample::draft())) {
        for secret in sample::SECRETS {
            assert!(
                !written.to_lowercase().contains(&secret.to_lowercase()),
                "{secret} in {name}"
            );
        }
    }
    let revealed = outputs(&assemble(Draft {
        masking: Masking::Reveal,
        ..sample::draft()
    }));
    let json = &revealed[0].1;
    assert!(sample::SECRETS.iter().all(|s| json.contains(s)));
    assert!(json.contains("\"reveal\": \"true\""));
}

#[test]
fn order_of_the_input_changes_no_byte() {
    let mut draft = sample::draft();
    draft.applicants.reverse();
    draft.evidence.reverse();
    draft.links.reverse();
    draft.set_aside.reverse();
    draft.problems.reverse();
    draft.background.tables.reverse();
    draft.applicants.iter_mut().for_each(|a| a.looked.reverse());
    assert_eq!(
        outputs(&assemble(draft)),
        outputs(&assemble(sample::draft()))
    );
}

#[test]
fn our_own_words_hold_no_verdict() {
    for (name, written) in outputs(&assemble(sample::draft())) {
        for word in [
            "fraud",
            "fake",
            "guilty",
            "suspicious",
            "impost",
            "criminal",
        ] {
            assert!(!written.to_lowercase().contains(word), "{word} in {name}");
        }
    }
}
