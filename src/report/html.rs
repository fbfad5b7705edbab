//! `report.html`: one file that needs nothing else, for people.
//!
//! No network: the content security policy allows one style sheet and one script by their digests, pictures that stand in
//! the page itself (photos, with `--reveal`), and nothing more. The script searches, filters and notes decisions; without it
//! everything is there to be read. Every value goes through askama's escaping; the only texts that do not are the style
//! sheet and the script of this crate. Nothing an applicant wrote becomes a link or an attribute that a browser would follow.

use crate::model::Exhibit;
use crate::model::Family;
use crate::model::Words;
use crate::model::base64;
use crate::report::applicant_view::ApplicantView;
use crate::report::clean::shorten;
use crate::report::decisions::entry;
use crate::report::network::{Network, network};
use crate::report::opening::{self, Figure, MAX_ROWS};
use crate::report::outline::Outline;
use crate::report::sentence::{self, count};
use crate::report::view::{
    Budget, EvidenceView, ExhibitView, FindingView, GroupView, LinksView, Views,
};
use crate::report::{Report, SetAsideEntry, TableEntry};
use askama::Template;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeSet;
use std::io::{self, Write};

/// The style sheet of every page.
pub(in crate::report) const CSS: &str = include_str!("templates/style.css");

/// The script of the report's page.
const JS: &str = include_str!("templates/report.js");

/// Applicants listed; more stand in applicants.csv.
const MAX_APPLICANTS: usize = 5_000;

/// Above so many applicants a browser lays out only what is seen.
const LARGE: usize = 100;

/// Writes the page. Links outside of groups that are weaker than `at_least` are counted and not shown.
///
/// # Errors
/// What the writer returns.
pub fn write_html(report: &Report, out: &mut dyn Write, at_least: Words) -> io::Result<()> {
    let outline = Outline::new(report, at_least);
    let page = Page::new(report, &outline, at_least);
    Template::write_into(&page, out)
}

#[derive(Template)]
#[template(path = "page.html")]
struct Page<'r> {
    css: &'static str,
    js: &'static str,
    style_hash: String,
    script_hash: String,
    large: bool,
    report: &'r Report,
    title: String,
    opening: String,
    groups_sentence: String,
    figures: Vec<Figure>,
    groups: Vec<GroupView<'r>>,
    related: Vec<LinksView<'r>>,
    others: LinksView<'r>,
    shared: Vec<EvidenceView<'r>>,
    hidden: String,
    findings: Vec<FindingView<'r>>,
    network: Option<Network>,
    families: Vec<(String, &'static str)>,
    kept: String,
    reviewed: Option<String>,
    dismissed_links: LinksView<'r>,
    dismissed_evidence: Vec<EvidenceView<'r>>,
    dismissed_findings: Vec<FindingView<'r>>,
    unmatched: Vec<(&'r str, String, &'r str)>,
    watched: Option<(String, Vec<String>)>,
    repeated: Vec<AsideView<'r>>,
    applicants: Vec<ApplicantView<'r>>,
    left_brief: usize,
    has_charts: bool,
    set_aside: Vec<AsideView<'r>>,
    set_aside_count: String,
    problems: Vec<[String; 3]>,
    scale: Vec<(String, &'static str)>,
    coverage: Option<String>,
    references: Vec<(&'r str, String)>,
    revealed: bool,
}

/// A row about something set aside, or about one person who applied twice.
struct AsideView<'r> {
    detector: String,
    subjects: Vec<String>,
    entry: &'r SetAsideEntry,
}

impl<'r> Page<'r> {
    fn new(report: &'r Report, outline: &Outline<'r>, at_least: Words) -> Self {
        let mut views = Views::new(outline, Budget::of_pool(report.applicants.len()));
        let aside = |entry: &&'r SetAsideEntry| AsideView {
            detector: sentence::detector(&entry.detector),
            subjects: outline
                .label_all(&entry.subjects)
                .into_iter()
                .map(String::from)
                .collect(),
            entry,
        };
        // What comes first is shown in full first.
        let (groups, others) = (views.groups(), views.others());
        let (shared, related, findings) = (views.shared(), views.related(), views.findings());
        let applicants = &report.applicants[..report.applicants.len().min(MAX_APPLICANTS)];
        let applicants = ApplicantView::of_pool(applicants, views.budget());
        Self {
            css: CSS,
            js: JS,
            style_hash: style_hash(),
            script_hash: policy_hash(JS),
            large: report.applicants.len() > LARGE,
            network: network(report, outline, views.link_anchors()),
            families: families(report),
            kept: kept(report),
            reviewed: report
                .review
                .as_ref()
                .map(|r| sentence::reviewed(r, outline.dismissed.len())),
            dismissed_links: views.dismissed_links(),
            dismissed_evidence: views.dismissed_evidence(),
            dismissed_findings: views.dismissed_findings(),
            unmatched: unmatched(report),
            report,
            title: format!(
                "What {} share",
                count(report.applicants.len(), "application", "applications")
            ),
            opening: opening::opening(report) + &opening::gaps(report),
            groups_sentence: opening::groups_sentence(outline),
            figures: opening::figures(report, outline),
            groups,
            related,
            others,
            shared,
            hidden: opening::hidden(outline, at_least),
            findings,
            watched: (!report.watch_lists.is_empty()).then(|| {
                let hits = report.watch_hits.iter().take(MAX_ROWS);
                (
                    sentence::watched(&report.watch_lists, report.watch_hits.len()),
                    hits.map(sentence::watch_hit).collect(),
                )
            }),
            repeated: outline.repeated.iter().map(aside).collect(),
            left_brief: applicants.iter().filter(|a| !a.full).count(),
            applicants,
            has_charts: report
                .applicants
                .iter()
                .any(|a| a.exhibits.iter().any(is_chart)),
            set_aside: outline.set_aside.iter().take(MAX_ROWS).map(aside).collect(),
            set_aside_count: opening::set_aside_count(outline),
            problems: report.problems.iter().take(MAX_ROWS).map(problem).collect(),
            scale: opening::scale(),
            coverage: report
                .background
                .coverage
                .map(|c| sentence::number(c * 100.0)),
            references: references(report),
            revealed: report.run.options.contains_key("reveal"),
        }
    }
}

/// Whether an exhibit is one of an applicant's own charts.
fn is_chart(exhibit: &Exhibit) -> bool {
    matches!(
        exhibit,
        Exhibit::HoursByMonth { .. } | Exhibit::Timeline { .. }
    )
}

/// The digest of the style sheet, as the content security policy names it.
pub(in crate::report) fn style_hash() -> String {
    policy_hash(CSS)
}

/// A digest as a content security policy names it.
fn policy_hash(text: &str) -> String {
    format!("sha256-{}", base64(&Sha256::digest(text.as_bytes())))
}

/// The families that some link speaks of, for the filter.
fn families(report: &Report) -> Vec<(String, &'static str)> {
    let spoken = report.links.iter().flat_map(|l| &l.families);
    let all: BTreeSet<Family> = spoken.filter(|(_, x)| **x > 0.0).map(|(f, _)| *f).collect();
    all.into_iter()
        .map(|f| (f.to_string(), sentence::family(f)))
        .collect()
}

/// Decisions about nothing on this page: the page hands them on, so that none is lost on the way.
fn kept(report: &Report) -> String {
    let unmatched = report.review.as_ref().map(|r| &r.unmatched);
    serde_json::to_string(&unmatched.into_iter().flatten().collect::<Vec<_>>()).unwrap_or_default()
}

/// Id, state and note of each of them.
fn unmatched(report: &Report) -> Vec<(&str, String, &str)> {
    let all = report.review.iter().flat_map(|r| &r.unmatched);
    all.take(MAX_ROWS)
        .map(|d| (d.id.as_str(), sentence::decided(&entry(d)), d.note.as_str()))
        .collect()
}

/// Each reference with how many in a hundred of the pool's phrases it knows.
pub(in crate::report) fn references(report: &Report) -> Vec<(&str, String)> {
    let known = |t: &TableEntry| t.coverage.map(|c| sentence::number(c * 100.0));
    let tables = report.background.tables.iter();
    tables
        .filter_map(|t| Some((t.name.as_str(), known(t)?)))
        .collect()
}

/// Where, what and the effect of a problem.
pub(in crate::report) fn problem(problem: &crate::model::Problem) -> [String; 3] {
    let effect = sentence::capital(sentence::effect(problem.effect));
    [
        shorten(&problem.source, 240),
        sentence::capital(&problem.message),
        effect,
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;

    fn page(report: &Report) -> String {
        let mut out = Vec::new();
        write_html(report, &mut out, Words::Weak).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn headings_come_in_the_promised_order() {
        let html = page(&assemble(sample::draft()));
        let ids = [
            "groups",
            "other",
            "ordinary",
            "findings",
            "repeated",
            "applicants",
            "set-aside",
            "problems",
            "reading",
        ];
        let at = |id: &&str| {
            html.find(&format!("<section id=\"{id}\""))
                .unwrap_or_else(|| panic!("{id}"))
        };
        assert!(ids.iter().map(at).is_sorted());
    }

    #[test]
    fn the_page_needs_nothing_from_outside_and_runs_one_script() {
        let html = page(&assemble(sample::draft()));
        for forbidden in [
            "http://",
            "https://",
            "url(",
            "@import",
            "<img",
            "<iframe",
            " style=",
            " onclick",
            "innerHTML",
            "fetch(",
            "eval(",
            "localStorage",
        ] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        assert_eq!(html.matches("<script").count(), 1);
        assert!(!JS.contains("</"));
        let links = html
            .match_indices("href=\"")
            .map(|(i, h)| html[i + h.len()..].starts_with('#'));
        assert!(links.clone().count() > 5 && links.into_iter().all(|inside| inside));
    }

    #[test]
    fn the_policy_names_the_digests_of_style_sheet_and_script() {
        let html = page(&assemble(sample::draft()));
        let style = &html[html.find("<style>").unwrap() + 7..html.find("</style>").unwrap()];
        let digest = base64(&Sha256::digest(style.as_bytes()));
        assert!(html.contains(&format!("style-src 'sha256-{digest}'")));
        let script = &html[html.find("<script>").unwrap() + 8..html.find("</script>").unwrap()];
        assert!(html.contains(&format!("script-src '{}'", policy_hash(script))));
    }

    #[test]
    fn evidence_stands_once_and_is_referred_to_afterwards() {
        let mut draft = sample::draft();
        let shared = draft
            .evidence
            .iter()
            .find(|(e, _)| e.subjects.as_slice().len() > 2)
            .unwrap()
            .0
            .id
            .clone();
        for link in &mut draft.links {
            link.evidence.push(shared.clone());
        }
        draft.links.push(crate::weigh::Link {
            a: sample::id("A-014"),
            b: sample::id("B-101"),
            ..draft.links[0].clone()
        });
        draft.links.push(crate::weigh::Link {
            a: sample::id("C-007"),
            b: sample::id("A-014"),
            ..draft.links[0].clone()
        });
        let html = page(&assemble(draft));
        assert_eq!(html.matches(&format!("<code>{shared}</code>")).count(), 1);
        assert!(html.contains(">Shown above</a>"));
    }

    #[test]
    fn ids_on_the_page_are_unique() {
        let html = page(&assemble(sample::draft()));
        let ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .collect();
        let unique: BTreeSet<&str> = ids.iter().copied().collect();
        assert_eq!(ids.len(), unique.len());
        for target in html
            .split("href=\"#")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
        {
            assert!(unique.contains(target), "{target}");
        }
    }

    /// Bins, not commits: charts of busy years for everybody in a large pool.
    #[test]
    fn charts_of_three_hundred_applicants_stay_small() {
        let exhibits = crate::report::sample::busy_charts();
        let one = sample::draft().applicants[0].clone();
        let applicant = |n: usize| crate::report::DraftApplicant {
            id: sample::id(&format!("A-{n:03}")),
            exhibits: exhibits.clone(),
            ..one.clone()
        };
        let draft = crate::report::Draft {
            applicants: (0..300).map(applicant).collect(),
            ..crate::report::Draft::default()
        };
        let html = page(&assemble(draft));
        let drawn = html.matches("class=\"heat\" role=\"img\"").count();
        let named = html.matches("data-kind=\"applicant\"").count();
        assert!(
            drawn >= 150 && named == 300,
            "{drawn} charts, {named} applicants"
        );
        // The estimate of what fits is near what the templates make of it.
        assert!(
            (1_200_000..3_000_000).contains(&html.len()),
            "{} bytes",
            html.len()
        );
    }

    #[test]
    fn an_empty_pool_makes_a_page() {
        assert!(
            page(&assemble(crate::report::Draft::default()))
                .contains("No group of applications stands out.")
        );
    }
}
