//! One applicant on the page: a line that says how much was looked at, and behind it what each look gave.
//!
//! There are more detectors than a table has room for, and most of them say the same of an applicant: no repository was
//! handed in. So they are listed by what they saw, not by name.

use crate::model::LookState;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::report::ApplicantEntry;
use crate::report::clean::shorten;
use crate::report::sentence;
use crate::report::sentence::capital;
use crate::report::sentence::count;
use crate::report::view::Budget;
use crate::report::view::ExhibitView;
use crate::report::view::cost;
use crate::report::view::exhibits;
use std::collections::BTreeMap;

/// Longest label, in characters.
const MAX_LABEL: usize = 80;
/// Longest path, in characters.
const MAX_PATH: usize = 240;

/// What the page shows of an applicant.
pub(in crate::report) struct ApplicantView<'r> {
    /// Name or label.
    pub(in crate::report) label: String,
    /// The id, where it is not the label.
    pub(in crate::report) id: Option<String>,
    /// The line: what was read and how many looks gave what.
    pub(in crate::report) line: String,
    /// Path, kind and reader of each source.
    pub(in crate::report) sources: Vec<(String, &'static str, String)>,
    /// What looks gave; what was found first.
    pub(in crate::report) looks: Vec<LooksView>,
    /// What to draw.
    pub(in crate::report) exhibits: Vec<ExhibitView<'r>>,
    /// Whether there is room for more than the line.
    pub(in crate::report) full: bool,
}

/// Looks that gave the same.
pub(in crate::report) struct LooksView {
    /// Style class.
    pub(in crate::report) class: &'static str,
    /// What they gave.
    pub(in crate::report) heading: &'static str,
    /// Reason or amount, where there is one, and the detectors whose it is.
    pub(in crate::report) lines: Vec<(Option<String>, String)>,
}

impl<'r> ApplicantView<'r> {
    /// Takes an applicant of the report.
    pub(in crate::report) fn new(entry: &'r ApplicantEntry) -> Self {
        let mut looks: BTreeMap<(u8, Option<String>), Vec<String>> = BTreeMap::new();
        let mut numbers = [0; 4];
        for look in &entry.looked {
            let rank = rank(look.state);
            numbers[usize::from(rank)] += 1;
            let detectors = looks
                .entry((rank, sentence::why_no_look(look)))
                .or_default();
            detectors.push(sentence::detector(&look.detector));
        }
        let looks = (0u8..).zip(STATES).map(|(rank, (class, heading))| {
            let of_rank = looks.iter().filter(|((r, _), _)| *r == rank);
            LooksView {
                class,
                heading,
                lines: of_rank
                    .map(|((_, why), names)| (why.clone(), capital(&names.join(", "))))
                    .collect(),
            }
        });
        Self {
            label: shorten(&entry.label, MAX_LABEL),
            id: (entry.label != entry.id.as_str()).then(|| shorten(entry.id.as_str(), MAX_LABEL)),
            line: line(entry, numbers),
            sources: entry.sources.iter().map(source).collect(),
            looks: looks.filter(|l| !l.lines.is_empty()).collect(),
            exhibits: exhibits(&entry.exhibits),
            full: true,
        }
    }

    /// The views of a pool, in its order. Where there is no room for all, those about whom something was found are shown in
    /// full first, and the others in a line each.
    pub(in crate::report) fn of_pool(all: &'r [ApplicantEntry], budget: &mut Budget) -> Vec<Self> {
        let is_told = |a: &ApplicantEntry| !a.evidence.is_empty() || !a.findings.is_empty();
        let mut full = vec![false; all.len()];
        for told in [true, false] {
            for (entry, full) in all.iter().zip(&mut full) {
                *full |= is_told(entry) == told && budget.spend(bytes(entry));
            }
        }
        let view = |(entry, full)| match full {
            true => Self::new(entry),
            false => Self {
                full,
                sources: Vec::new(),
                looks: Vec::new(),
                exhibits: Vec::new(),
                ..Self::new(entry)
            },
        };
        all.iter().zip(full).map(view).collect()
    }
}

/// What an applicant takes on the page, about.
fn bytes(entry: &ApplicantEntry) -> usize {
    900 + entry.sources.len() * 330 + entry.looked.len() * 40 + cost(&entry.exhibits)
}

/// Style class and heading by rank.
const STATES: [(&str, &str); 4] = [
    ("found", "Found something"),
    ("nothing", "Looked, found nothing"),
    ("little", "Too little data"),
    ("off", "Could not look"),
];

/// The order in which looks are listed.
fn rank(state: LookState) -> u8 {
    match state {
        LookState::Found => 0,
        LookState::Nothing => 1,
        LookState::TooLittle => 2,
        LookState::CouldNot => 3,
    }
}

fn line(entry: &ApplicantEntry, [found, nothing, little, off]: [usize; 4]) -> String {
    let read = entry.sources.iter().filter(|s| is_read(s)).count();
    let mut parts = vec![count(
        read,
        "file or repository read",
        "files and repositories read",
    )];
    let unread = entry.sources.len() - read;
    for (number, what) in [
        (unread, "could not be read"),
        (found, "found something"),
        (nothing, "found nothing"),
        (little, "had too little data"),
        (off, "could not look"),
    ] {
        if number > 0 {
            parts.push(format!("{number} {what}"));
        }
    }
    parts.join(" · ")
}

/// Repositories name no engine where nothing could be read; a manifest is no source.
fn is_read(source: &SourceInfo) -> bool {
    source.engine.is_some()
}

fn source(source: &SourceInfo) -> (String, &'static str, String) {
    let engine = source
        .engine
        .as_ref()
        .map_or("not read".into(), |e| match e.name.as_str() {
            "tesseract" => format!("text recognition ({} {})", e.name, e.version),
            _ => format!("{} {}", e.name, e.version),
        });
    (shorten(&source.path, MAX_PATH), kind(source.kind), engine)
}

fn kind(kind: SourceKind) -> &'static str {
    match kind {
        SourceKind::Pdf => "PDF",
        SourceKind::Docx => "Word document",
        SourceKind::Text => "text",
        SourceKind::Markdown => "Markdown",
        SourceKind::Odt => "OpenDocument",
        SourceKind::Rtf => "RTF",
        SourceKind::Html => "HTML",
        SourceKind::JsonResume => "JSON Resume",
        SourceKind::Doc => "Word (.doc)",
        SourceKind::Image => "image",
        SourceKind::Git => "git repository",
        SourceKind::Manifest => "manifest",
        SourceKind::Unknown => "not recognised",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;

    #[test]
    fn looks_are_listed_by_what_they_gave() {
        let report = assemble(sample::draft());
        let views: Vec<ApplicantView<'_>> =
            report.applicants.iter().map(ApplicantView::new).collect();
        assert!(views.iter().any(|v| v.looks[0].class == "found"));
        for (view, entry) in views.iter().zip(&report.applicants) {
            let lines = view.looks.iter().flat_map(|l| &l.lines);
            let listed: usize = lines.map(|(_, names)| names.split(", ").count()).sum();
            assert_eq!(listed, entry.looked.len(), "{}", view.line);
            let off = view.looks.iter().filter(|l| l.class == "off");
            for (why, names) in off.flat_map(|l| &l.lines) {
                assert!(why.is_some(), "{names}");
            }
        }
    }
}
