//! A summary for a terminal: what was examined, groups first, then what is ordinary, findings apart, problems.
//!
//! Everything that is not ours passes [`clean::line`] again here, since a [`Report`] may have been read from a file:
//! a file name must not move the cursor. Lines are wrapped at `width` by counting characters, which is right for most
//! scripts and a little too wide for those with double-width letters.

use crate::model::Words;
use crate::report::clean;
use crate::report::outline::{Group, Outline};
use crate::report::sentence::{self, count};
use crate::report::wrapped::{Look, MAX_ROWS, Page};
use crate::report::{LinkEntry, Report};
use std::collections::BTreeMap;
use std::io::{self, Write};

/// Writes the summary, wrapped at `width` characters. Links outside of groups that are weaker than `at_least` are counted
/// and not shown.
///
/// # Errors
/// What the writer returns.
pub fn write_summary(
    report: &Report,
    out: &mut dyn Write,
    colour: bool,
    width: usize,
    at_least: Words,
) -> io::Result<()> {
    let outline = Outline::new(report, at_least);
    let mut page = Page::new(out, colour, width);
    examined(&mut page, report)?;
    groups(&mut page, &outline)?;
    others(&mut page, &outline, at_least)?;
    related(&mut page, &outline)?;
    findings(&mut page, &outline)?;
    watched(&mut page, report)?;
    repeated(&mut page, &outline)?;
    reviewed(&mut page, report, &outline)?;
    problems(&mut page, report)?;
    set_aside(&mut page, &outline)?;
    reading(&mut page)
}

fn examined(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    let sources = || report.applicants.iter().flat_map(|a| &a.sources);
    let unread = sources().filter(|s| s.engine.is_none()).count();
    let read = sources().count() - unread;
    let text = format!(
        "{} compared, {} read, {} not read",
        count(report.applicants.len(), "applicant", "applicants"),
        count(read, "file or repository", "files and repositories"),
        if unread == 0 {
            "none".into()
        } else {
            sentence::thousands(unread as u64)
        },
    );
    page.line("", &text, Look::Bold)
}

fn groups(page: &mut Page<'_>, outline: &Outline<'_>) -> io::Result<()> {
    match outline.groups.len() {
        0 => page.heading("No group stands out"),
        n => page.heading(&sentence::capital(&count(n, "group", "groups"))),
    }?;
    for (i, group) in outline.groups.iter().enumerate() {
        let members = named(&outline.label_all(&group.cluster.members));
        page.line(&format!("  {}. ", i + 1), &members, Look::Bold)?;
        strongest(page, outline, group)?;
        let touching = outline.label_all(&group.cluster.touching);
        if !touching.is_empty() {
            page.line(
                "     ",
                &format!("Touching, not belonging: {}", named(&touching)),
                Look::Dim,
            )?;
        }
    }
    Ok(())
}

/// Up to a dozen names in a sentence.
fn named(labels: &[&str]) -> String {
    let short: Vec<String> = labels
        .iter()
        .take(12)
        .map(|l| clean::shorten(l, 60))
        .collect();
    match labels.len().saturating_sub(short.len()) {
        0 => sentence::list(&short),
        more => format!("{} and {more} more", short.join(", ")),
    }
}

fn strongest(page: &mut Page<'_>, outline: &Outline<'_>, group: &Group<'_>) -> io::Result<()> {
    let Some(link) = group.links.first() else {
        // A large group holds together by what all of it share.
        let shared = group.evidence.first();
        return shared.map_or(Ok(()), |e| page.line("     ", &e.explanation, Look::Plain));
    };
    page.line("     ", &sentence::support(link.words), Look::Plain)?;
    if let Some(evidence) = outline.evidence(link).first() {
        page.line("     ", &evidence.explanation, Look::Plain)?;
    }
    page.line("     ", &sentence::chance(link), Look::Dim)
}

fn link(page: &mut Page<'_>, outline: &Outline<'_>, link: &LinkEntry) -> io::Result<()> {
    let subjects = [
        clean::shorten(outline_label(outline, link, 0), 60),
        clean::shorten(outline_label(outline, link, 1), 60),
    ];
    page.line(
        "  - ",
        &format!(
            "{}: {} support",
            sentence::list(&subjects),
            support_word(link.words)
        ),
        Look::Plain,
    )?;
    for evidence in outline.evidence(link).iter().take(3) {
        page.line("    ", &evidence.explanation, Look::Dim)?;
    }
    Ok(())
}

fn support_word(words: Words) -> &'static str {
    words.phrase().trim_end_matches(" support")
}

fn outline_label<'r>(outline: &Outline<'r>, link: &'r LinkEntry, which: usize) -> &'r str {
    outline.label(if which == 0 { &link.a } else { &link.b })
}

fn related(page: &mut Page<'_>, outline: &Outline<'_>) -> io::Result<()> {
    if !outline.shared.is_empty() {
        page.heading("Shared by several, without a link")?;
        for evidence in outline.shared.iter().take(MAX_ROWS) {
            page.line("  - ", &evidence.explanation, Look::Plain)?;
        }
        page.more("  ", outline.shared.len())?;
    }
    for (relations, links) in &outline.related {
        page.heading(&format!(
            "{} (an ordinary relation would show the same)",
            sentence::question(relations)
        ))?;
        for entry in links.iter().take(MAX_ROWS) {
            link(page, outline, entry)?;
        }
        page.more("  ", links.len())?;
    }
    Ok(())
}

fn others(page: &mut Page<'_>, outline: &Outline<'_>, at_least: Words) -> io::Result<()> {
    if outline.others.is_empty() && outline.num_hidden == 0 {
        return Ok(());
    }
    page.heading("Other links that no ordinary relation explains")?;
    for entry in outline.others.iter().take(MAX_ROWS) {
        link(page, outline, entry)?;
    }
    page.more("  ", outline.others.len())?;
    if outline.num_hidden > 0 {
        let text = format!(
            "{} weaker than “{at_least}” not shown",
            count(outline.num_hidden, "link", "links")
        );
        page.line("  ", &text, Look::Dim)?;
    }
    Ok(())
}

fn findings(page: &mut Page<'_>, outline: &Outline<'_>) -> io::Result<()> {
    if outline.findings.is_empty() {
        return Ok(());
    }
    page.heading("About one applicant (ties nobody to anybody)")?;
    for finding in outline.findings.iter().take(MAX_ROWS) {
        let subject = clean::shorten(outline.label(&finding.subject), 60);
        page.line(
            "  - ",
            &format!("{subject}: {}", finding.explanation),
            Look::Plain,
        )?;
        page.line("    ", &sentence::base_rate(&finding.base_rate), Look::Dim)?;
        page.line("    ", &format!("Ask: {}", finding.question), Look::Dim)?;
    }
    page.more("  ", outline.findings.len())
}

fn watched(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    if report.watch_lists.is_empty() {
        return Ok(());
    }
    page.heading(
        "On a watch list (check the entry before anything else: identifiers change hands)",
    )?;
    for hit in report.watch_hits.iter().take(MAX_ROWS) {
        page.line("  - ", &sentence::watch_hit(hit), Look::Plain)?;
    }
    page.more("  ", report.watch_hits.len())?;
    page.line(
        "  ",
        &sentence::watched(&report.watch_lists, report.watch_hits.len()),
        Look::Dim,
    )
}

fn repeated(page: &mut Page<'_>, outline: &Outline<'_>) -> io::Result<()> {
    if outline.repeated.is_empty() {
        return Ok(());
    }
    page.heading("Applied more than once")?;
    for row in outline.repeated.iter().take(MAX_ROWS) {
        let text = format!("{}: {}", named(&outline.label_all(&row.subjects)), row.what);
        page.line("  - ", &text, Look::Plain)?;
    }
    page.more("  ", outline.repeated.len())
}

fn reviewed(page: &mut Page<'_>, report: &Report, outline: &Outline<'_>) -> io::Result<()> {
    let Some(review) = &report.review else {
        return Ok(());
    };
    page.heading("Reviewed before")?;
    page.line(
        "  ",
        &sentence::reviewed(review, outline.dismissed.len()),
        Look::Plain,
    )
}

fn problems(page: &mut Page<'_>, report: &Report) -> io::Result<()> {
    if report.problems.is_empty() {
        return Ok(());
    }
    page.heading("Problems")?;
    for problem in report.problems.iter().take(MAX_ROWS) {
        let source = clean::shorten(&problem.source, 160);
        let text = format!(
            "{source}: {} ({})",
            problem.message,
            sentence::effect(problem.effect)
        );
        page.line("  - ", &text, Look::Plain)?;
    }
    page.more("  ", report.problems.len())
}

fn set_aside(page: &mut Page<'_>, outline: &Outline<'_>) -> io::Result<()> {
    if outline.set_aside.is_empty() {
        return Ok(());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for row in &outline.set_aside {
        *counts.entry(&row.detector).or_default() += 1;
    }
    let parts: Vec<String> = counts
        .iter()
        .map(|(d, n)| format!("{n} by {}", sentence::detector(d)))
        .collect();
    page.heading("Set aside, because it says nothing")?;
    page.line("  ", &sentence::list(&parts), Look::Plain)
}

fn reading(page: &mut Page<'_>) -> io::Result<()> {
    page.heading("How to read this")?;
    page.line(
        "  ",
        "Signals, not decisions: each has ordinary explanations; ask before you conclude.",
        Look::Plain,
    )?;
    let text = "A strength compares one hand with unrelated people. It is not the probability that one hand is behind \
                two applications, and does not say why they look alike.";
    page.line("  ", text, Look::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;
    use crate::report::wrapped::{MIN_WIDTH, wrap};

    fn shown(report: &Report, colour: bool, width: usize) -> String {
        let mut out = Vec::new();
        write_summary(report, &mut out, colour, width, Words::Weak).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_summary_reads_from_groups_to_how_to_read() {
        let text = shown(&assemble(sample::draft()), false, 100);
        let order = [
            "9 applicants compared, 12 files and repositories read, 1 not read",
            "1 group\n  1. A-014, A-022 and A-031\n",
            "Extremely strong support for one hand rather than unrelated people",
            "Touching, not belonging: E-300",
            "Other links that no ordinary relation explains\n  - C-007 and E-300: moderate support",
            "Same household? (an ordinary relation would show the same)\n  - B-101 and B-102: very strong support",
            "About one applicant (ties nobody to anybody)\n  - C-007: 209 of 214 commits",
            "Applied more than once\n  - D-201 and D-202: j•••@g•••.com",
            "Problems\n",
            "Set aside, because it says nothing\n  1 by shared blobs and 1 by shared contact",
            "How to read this",
        ];
        let places: Vec<usize> = order
            .iter()
            .map(|o| text.find(o).unwrap_or_else(|| panic!("{o}\n{text}")))
            .collect();
        assert!(places.is_sorted(), "{text}");
    }

    #[test]
    fn lines_keep_the_width_and_colour_is_opt_in() {
        let report = assemble(sample::draft());
        for width in [10, 60, 100] {
            let text = shown(&report, false, width);
            assert!(
                text.lines()
                    .all(|l| l.chars().count() <= width.max(MIN_WIDTH)),
                "{text}"
            );
            assert!(!text.contains('\x1b'));
        }
        assert!(shown(&report, true, 80).contains("\x1b[1m"));
    }

    #[test]
    fn words_longer_than_the_line_are_cut() {
        assert_eq!(wrap("ab abcdefgh x", 4), ["ab", "abcd", "efgh", "x"]);
    }

    #[test]
    fn an_empty_pool_says_that_nothing_stands_out() {
        let text = shown(&assemble(crate::report::Draft::default()), false, 80);
        assert!(text.contains("No group stands out"));
        assert!(!text.contains("Problems"));
    }
}
