//! `disclosure.html`: the disclosure as a page, drawn with the parts of the report's own page.
//!
//! No script, no network, nothing that was taken out; every value is escaped as in `report.html`.

use crate::model::Words;
use crate::report::applicant_view::ApplicantView;
use crate::report::applicant_view::LooksView;
use crate::report::disclose::Disclosure;
use crate::report::html;
use crate::report::opening;
use crate::report::outline::Outline;
use crate::report::sentence;
use crate::report::view::{Budget, EvidenceView, ExhibitView, FindingView, LinksView, Views};
use crate::report::{Report, SetAsideEntry};
use askama::Template;
use std::io::{self, Write};

#[derive(Template)]
#[template(path = "disclosure.html")]
struct Page<'r> {
    css: &'static str,
    style_hash: String,
    report: &'r Report,
    about: &'r [&'static str],
    label: String,
    withheld: String,
    sources: Vec<(String, &'static str, String)>,
    groups: Vec<String>,
    links: LinksView<'r>,
    shared: Vec<EvidenceView<'r>>,
    findings: Vec<FindingView<'r>>,
    exhibits: Vec<ExhibitView<'r>>,
    watched: Option<(String, Vec<String>)>,
    set_aside: Vec<(String, String, &'r SetAsideEntry)>,
    looks: Vec<LooksView>,
    problems: Vec<[String; 3]>,
    scale: Vec<(String, &'static str)>,
    coverage: Option<String>,
    references: Vec<(&'r str, String)>,
    revealed: bool,
}

/// Writes the page.
///
/// # Errors
/// What the writer returns.
pub fn write_disclosure_html(disclosure: &Disclosure, out: &mut dyn Write) -> io::Result<()> {
    let outline = Outline::new(&disclosure.report, Words::NoSupport);
    let page = Page::new(disclosure, &outline);
    Template::write_into(&page, out)
}

impl<'r> Page<'r> {
    fn new(disclosure: &'r Disclosure, outline: &Outline<'r>) -> Self {
        let report = &disclosure.report;
        // A disclosure has one applicant.
        let me = ApplicantView::new(&report.applicants[0]);
        let mut views = Views::new(outline, Budget::unlimited());
        let hits = report.watch_hits.iter().map(sentence::watch_hit).collect();
        Self {
            css: html::CSS,
            style_hash: html::style_hash(),
            report,
            about: &disclosure.about,
            label: me.label,
            withheld: withheld(disclosure),
            sources: me.sources,
            groups: report
                .clusters
                .iter()
                .map(|c| group(c, disclosure))
                .collect(),
            links: views.all_links(&report.links),
            shared: views.shared(),
            findings: views.findings(),
            exhibits: me.exhibits,
            watched: (!report.watch_lists.is_empty()).then(|| {
                (
                    sentence::watched(&report.watch_lists, report.watch_hits.len()),
                    hits,
                )
            }),
            set_aside: report
                .set_aside
                .iter()
                .map(|s| aside(s, disclosure))
                .collect(),
            looks: me.looks,
            problems: report.problems.iter().map(html::problem).collect(),
            scale: opening::scale(),
            coverage: report
                .background
                .coverage
                .map(|c| sentence::number(c * 100.0)),
            references: html::references(report),
            revealed: report.run.options.contains_key("reveal"),
        }
    }
}

fn withheld(disclosure: &Disclosure) -> String {
    let all: u64 = disclosure.withheld.values().sum();
    match all {
        0 => String::new(),
        n => format!(
            "Left out, because it stands in other applicants’ material alone or shows it: {}.",
            sentence::count(
                n as usize,
                "observation or drawing",
                "observations and drawings"
            )
        ),
    }
}

fn group(cluster: &crate::report::ClusterEntry, disclosure: &Disclosure) -> String {
    let others = |all: &[crate::model::ApplicantId]| {
        let names = all
            .iter()
            .filter(|id| **id != disclosure.applicant)
            .map(|id| id.as_str());
        sentence::list(&names.collect::<Vec<_>>())
    };
    match cluster.members.contains(&disclosure.applicant) {
        true => format!(
            "Your application stands in a group with {}: links that chance does not explain and for which no single ordinary relation is named hold it together.",
            others(&cluster.members)
        ),
        false => format!(
            "Your application is linked to a member of a group ({}), but not enough to belong to it.",
            others(&cluster.members)
        ),
    }
}

/// The detector and the others of a row set aside.
fn aside<'r>(
    row: &'r SetAsideEntry,
    disclosure: &Disclosure,
) -> (String, String, &'r SetAsideEntry) {
    let others = row
        .subjects
        .iter()
        .filter(|id| **id != disclosure.applicant);
    let names: Vec<&str> = others.map(|id| id.as_str()).take(12).collect();
    let more = row.subjects.len().saturating_sub(1 + names.len());
    let mut names = sentence::list(&names);
    if more > 0 {
        names.push_str(&format!(" ({more} more)"));
    }
    (sentence::detector(&row.detector), names, row)
}
