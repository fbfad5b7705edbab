//! `report.html`: one file that needs nothing else, for people.
//!
//! No script, no network, no image: the content security policy allows one style sheet by its digest and nothing more.
//! Every value goes through askama's escaping; the only text that does not is the style sheet of this crate. Nothing an
//! applicant wrote becomes a link or an attribute that a browser would follow.

use crate::model::Exhibit;
use crate::model::Words;
use crate::report::applicant_view::ApplicantView;
use crate::report::clean::shorten;
use crate::report::opening::{self, Figure, MAX_ROWS};
use crate::report::outline::Outline;
use crate::report::sentence::{self, count};
use crate::report::view::{EvidenceView, ExhibitView, FindingView, GroupView, LinksView, Views};
use crate::report::{Report, SetAsideEntry, TableEntry};
use askama::Template;
use sha2::{Digest as _, Sha256};
use std::io::{self, Write};

/// The style sheet of every page.
pub(in crate::report) const CSS: &str = include_str!("templates/style.css");

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
    style_hash: String,
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
    watched: Option<(String, Vec<String>)>,
    repeated: Vec<AsideView<'r>>,
    applicants: Vec<ApplicantView<'r>>,
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
        let mut views = Views::new(outline);
        let aside = |entry: &&'r SetAsideEntry| AsideView {
            detector: sentence::detector(&entry.detector),
            subjects: outline
                .label_all(&entry.subjects)
                .into_iter()
                .map(String::from)
                .collect(),
            entry,
        };
        Self {
            css: CSS,
            style_hash: style_hash(),
            report,
            title: format!(
                "What {} share",
                count(report.applicants.len(), "application", "applications")
            ),
            opening: opening::opening(report),
            groups_sentence: opening::groups_sentence(outline),
            figures: opening::figures(report, outline),
            groups: views.groups(),
            related: views.related(),
            others: views.others(),
            shared: views.shared(),
            hidden: opening::hidden(outline, at_least),
            findings: views.findings(),
            watched: (!report.watch_lists.is_empty()).then(|| {
                let hits = report.watch_hits.iter().take(MAX_ROWS);
                (
                    sentence::watched(&report.watch_lists, report.watch_hits.len()),
                    hits.map(sentence::watch_hit).collect(),
                )
            }),
            repeated: outline.repeated.iter().map(aside).collect(),
            applicants: report
                .applicants
                .iter()
                .take(MAX_ROWS)
                .map(ApplicantView::new)
                .collect(),
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
    format!("sha256-{}", base64(&Sha256::digest(CSS.as_bytes())))
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

/// Standard Base64 (RFC 4648) of a digest, as a content security policy wants it.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut out = String::new();
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0_u32, |all, &b| all << 8 | u32::from(b)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let letter = LETTERS[(group >> (18 - 6 * i)) as usize & 63] as char;
            out.push(if i <= chunk.len() { letter } else { '=' });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;
    use std::collections::BTreeSet;

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
            "ordinary",
            "other",
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
    fn the_page_needs_nothing_from_outside_and_runs_nothing() {
        let html = page(&assemble(sample::draft()));
        for forbidden in [
            "<script", "http://", "https://", "url(", "@import", "<img", "<iframe", " style=",
            " onclick",
        ] {
            assert!(!html.contains(forbidden), "{forbidden}");
        }
        let links = html
            .match_indices("href=\"")
            .map(|(i, h)| html[i + h.len()..].starts_with('#'));
        assert!(links.clone().count() > 5 && links.into_iter().all(|inside| inside));
    }

    #[test]
    fn the_policy_names_the_digest_of_the_style_sheet() {
        let html = page(&assemble(sample::draft()));
        let style = &html[html.find("<style>").unwrap() + 7..html.find("</style>").unwrap()];
        let digest = base64(&Sha256::digest(style.as_bytes()));
        assert!(html.contains(&format!("style-src 'sha256-{digest}'")));
    }

    #[test]
    fn base64_matches_the_rfc() {
        for (bytes, text) in [
            ("f", "Zg=="),
            ("fo", "Zm8="),
            ("foo", "Zm9v"),
            ("foobar", "Zm9vYmFy"),
        ] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
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
        assert!(html.matches("class=\"heat\" role=\"img\"").count() == 300);
        assert!(html.len() < 3_000_000, "{} bytes", html.len());
    }

    #[test]
    fn an_empty_pool_makes_a_page() {
        assert!(
            page(&assemble(crate::report::Draft::default()))
                .contains("No group of applications stands out.")
        );
    }
}
