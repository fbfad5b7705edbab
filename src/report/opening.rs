//! The opening of the page: how much was read, what stands out, what is hidden, in plain words.

use crate::model::SourceKind;
use crate::model::Words;
use crate::report::ApplicantEntry;
use crate::report::Report;
use crate::report::outline::Outline;
use crate::report::sentence::{self, count};

/// Rows of a table at the end of the page.
pub(in crate::report) const MAX_ROWS: usize = 500;

/// A number of the opening.
pub(in crate::report) struct Figure {
    /// The number.
    pub(in crate::report) count: String,
    /// What is counted.
    pub(in crate::report) what: &'static str,
    /// Where it stands on the page.
    pub(in crate::report) href: &'static str,
}

fn num_unread(report: &Report) -> usize {
    report
        .applicants
        .iter()
        .flat_map(|a| &a.sources)
        .filter(|s| s.engine.is_none())
        .count()
}

fn num_read(report: &Report) -> usize {
    report
        .applicants
        .iter()
        .map(|a| a.sources.len())
        .sum::<usize>()
        - num_unread(report)
}

/// How many applications were compared, from how much.
pub(in crate::report) fn opening(report: &Report) -> String {
    let unread = match num_unread(report) {
        0 => String::new(),
        1 => " One could not be read.".into(),
        n => format!(" {} could not be read.", sentence::thousands(n as u64)),
    };
    format!(
        "{} were compared with each other, from {} that could be read.{unread}",
        sentence::capital(&count(
            report.applicants.len(),
            "application",
            "applications"
        )),
        count(
            num_read(report),
            "file or repository",
            "files and repositories"
        ),
    )
}

/// What could not be compared for want of it, in plain words; empty where everybody handed in both.
pub(in crate::report) fn gaps(report: &Report) -> String {
    let all = report.applicants.len();
    let without = |wanted: &dyn Fn(SourceKind) -> bool| {
        let has = |a: &&ApplicantEntry| {
            let mut read = a.sources.iter().filter(|s| s.engine.is_some());
            read.any(|s| wanted(s.kind))
        };
        all - report.applicants.iter().filter(has).count()
    };
    let no_code = without(&|kind| kind == SourceKind::Git);
    let no_text = without(&|kind| kind != SourceKind::Git && kind != SourceKind::Manifest);
    let told = |n: usize, what: &str, lost: &str| match n {
        0 => String::new(),
        n if n == all => format!(" None came with {what} that could be read: {lost} not compared."),
        n => format!(
            " {} came with {what} that could be read; of the others, {lost} not compared.",
            sentence::thousands((all - n) as u64)
        ),
    };
    told(no_text, "a document", "what documents say was")
        + &told(no_code, "a repository", "code and commit times were")
}

/// Whether any group stands out.
pub(in crate::report) fn groups_sentence(outline: &Outline<'_>) -> String {
    match outline.groups.len() {
        0 => "No group of applications stands out.".into(),
        1 => {
            "In one group, what was handed in supports one hand more than unrelated people.".into()
        }
        n => format!(
            "In {n} groups, what was handed in supports one hand more than unrelated people."
        ),
    }
}

/// How many links are not shown; empty where all are.
pub(in crate::report) fn hidden(outline: &Outline<'_>, at_least: Words) -> String {
    match outline.num_hidden {
        0 => String::new(),
        n => format!(
            "{} weaker than “{at_least}” {} not shown here; report.json and links.csv list all.",
            sentence::capital(&count(n, "link", "links")),
            if n == 1 { "is" } else { "are" }
        ),
    }
}

/// How many rows were set aside, and how many of them stand here.
pub(in crate::report) fn set_aside_count(outline: &Outline<'_>) -> String {
    let all = outline.set_aside.len();
    match all.saturating_sub(MAX_ROWS) {
        0 => sentence::capital(&count(all, "row", "rows")),
        more => format!("The first {MAX_ROWS} rows; {more} more stand in report.json"),
    }
}

/// One number for each heading.
pub(in crate::report) fn figures(report: &Report, outline: &Outline<'_>) -> Vec<Figure> {
    let figure = |n: usize, one, many, href| Figure {
        count: sentence::thousands(n as u64),
        what: if n == 1 { one } else { many },
        href,
    };
    let ordinary = outline.related.iter().map(|r| r.1.len()).sum::<usize>() + outline.shared.len();
    vec![
        figure(outline.groups.len(), "group", "groups", "#groups"),
        figure(
            ordinary,
            "perhaps ordinary",
            "perhaps ordinary",
            "#ordinary",
        ),
        figure(outline.others.len(), "other link", "other links", "#other"),
        figure(
            outline.findings.len(),
            "finding about one applicant",
            "findings about one applicant",
            "#findings",
        ),
        figure(
            outline.repeated.len(),
            "applied more than once",
            "applied more than once",
            "#repeated",
        ),
        figure(report.problems.len(), "problem", "problems", "#problems"),
    ]
}

/// The verbal scale with its borders, weakest first.
pub(in crate::report) fn scale() -> Vec<(String, &'static str)> {
    let times = [
        "1 or less",
        "more than 1, less than 10",
        "10 to 100",
        "100 to 1,000",
        "1,000 to 10,000",
        "10,000 to 1 million",
        "more than 1 million",
    ];
    Words::ALL
        .iter()
        .map(|w| sentence::capital(w.phrase()))
        .zip(times)
        .collect()
}
