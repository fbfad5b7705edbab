//! An evaluation as tables for people.

use crate::evaluate::counts::Counts;
use crate::evaluate::flagged::Flagged;
use crate::evaluate::kinds::BUDGETS;
use crate::evaluate::likelihood::LikelihoodCost;
use crate::evaluate::outcome::Evaluation;
use crate::evaluate::ranking::Ranking;
use comfy_table::presets::NOTHING;
use comfy_table::{Cell, CellAlignment, Table};
use std::io::{self, Write};

/// Flagged pairs that are listed; the JSON has all.
const MAX_FLAGGED: usize = 40;

/// Writes the figures, each with what it means.
///
/// # Errors
/// What the writer returns.
pub fn write_human(evaluation: &Evaluation, out: &mut dyn Write) -> io::Result<()> {
    let e = evaluation;
    let c = &e.compared;
    writeln!(
        out,
        "{} applicants with a label: {} pairs of one hand, {} of two; {} of them without a link.",
        c.applicants, c.same, c.different, c.without_link
    )?;
    if c.unlabelled + c.repeated > 0 {
        writeln!(
            out,
            "Left out: {} applicants without a label, {} pairs of one person who applied more than once.",
            c.unlabelled, c.repeated
        )?;
    }
    writeln!(out, "\nPairs found\n{}", pairs(e))?;
    writeln!(
        out,
        "\nGroups, B-cubed: precision {:.3}, recall {:.3}, F1 {:.3}",
        e.bcubed.precision, e.bcubed.recall, e.bcubed.f1
    )?;
    writeln!(out, "Order of the pairs: {}", ranking(&e.ranking))?;
    writeln!(
        out,
        "  without links that a relation explains: {}",
        ranking(&e.ranking_unexplained)
    )?;
    writeln!(
        out,
        "  as the report shows them: {}",
        ranking(&e.ranking_shown)
    )?;
    writeln!(out, "Likelihood ratios, all pairs: {}", cost(e.likelihood))?;
    writeln!(out, "  linked pairs alone: {}", cost(e.likelihood_of_links))?;
    if !e.kinds.is_empty() {
        writeln!(
            out,
            "\nRecall by kind, when so many pairs of two hands may stand as high\n{}",
            kinds(e)
        )?;
    }
    writeln!(
        out,
        "\nPairs of two hands that are grouped or linked at least strongly: {}",
        e.flagged.len()
    )?;
    for flagged in e.flagged.iter().take(MAX_FLAGGED) {
        write_flagged(flagged, out)?;
    }
    if e.flagged.len() > MAX_FLAGGED {
        writeln!(
            out,
            "{} more stand in the JSON.",
            e.flagged.len() - MAX_FLAGGED
        )?;
    }
    Ok(())
}

fn share(x: Option<f64>) -> String {
    x.map_or("–".into(), |x| format!("{x:.3}"))
}

/// A table without lines; the first column is text, the others are numbers.
fn table(head: &[&str], rows: Vec<Vec<String>>) -> Table {
    let mut table = Table::new();
    table.load_style(NOTHING);
    let cells = |row: Vec<String>| {
        let align = |(i, text): (usize, String)| match i {
            0 => Cell::new(text),
            _ => Cell::new(text).set_alignment(CellAlignment::Right),
        };
        row.into_iter().enumerate().map(align).collect::<Vec<_>>()
    };
    table.set_header(cells(head.iter().map(|h| h.to_string()).collect()));
    for row in rows {
        table.add_row(cells(row));
    }
    table
}

fn pairs(e: &Evaluation) -> Table {
    let row = |what: String, c: &Counts| {
        let counts = [c.found, c.wrong, c.missed].map(|n| n.to_string());
        let shares = [c.precision, c.recall, c.f1].map(share);
        [vec![what], counts.into(), shares.into()].concat()
    };
    let mut rows = vec![row("in a group".into(), &e.groups)];
    let links = e
        .links
        .iter()
        .map(|l| row(format!("linked: {}", l.at_least), &l.counts));
    rows.extend(links);
    table(
        &["", "found", "wrong", "missed", "precision", "recall", "F1"],
        rows,
    )
}

fn kinds(e: &Evaluation) -> Table {
    let budgets = BUDGETS.map(|b| b.to_string());
    let mut head = vec!["kind", "pairs", "grouped"];
    head.extend(budgets.iter().map(String::as_str));
    let rows = e.kinds.iter().map(|k| {
        let kind = if k.kind.is_empty() {
            "(no kind)"
        } else {
            &k.kind
        };
        let mut row = vec![plain(kind), k.pairs.to_string(), k.grouped.to_string()];
        row.extend(k.at_budget.iter().map(|b| format!("{:.3}", b.recall)));
        row
    });
    table(&head, rows.collect())
}

fn ranking(ranking: &Ranking) -> String {
    format!(
        "AUC {}, average precision {}",
        share(ranking.auc),
        share(ranking.average_precision)
    )
}

fn cost(cost: Option<LikelihoodCost>) -> String {
    match cost {
        Some(c) => format!(
            "Cllr {:.3}, at best {:.3}, lost to calibration {:.3}",
            c.cllr,
            c.cllr_min,
            c.cllr - c.cllr_min
        ),
        None => "nothing to say without pairs of both sorts".into(),
    }
}

fn write_flagged(f: &Flagged, out: &mut dyn Write) -> io::Result<()> {
    let strength = match (f.words, f.log10_lr, f.expected_by_chance) {
        (Some(words), Some(x), Some(chance)) => {
            format!("{words}, log10 LR {x}, {chance} pairs expected by chance")
        }
        _ => "no link of their own".into(),
    };
    let grouped = if f.is_grouped { ", grouped" } else { "" };
    let relations: Vec<&str> = f.explained_by.iter().map(|r| r.question()).collect();
    let because = match relations.is_empty() {
        true => "no relation named".into(),
        false => relations.join(" "),
    };
    writeln!(
        out,
        "  {} and {} [{}]: {strength}{grouped}; {because}",
        plain(f.a.as_str()),
        plain(f.b.as_str()),
        plain(&f.kind)
    )?;
    for sentence in &f.evidence {
        writeln!(out, "    {}", plain(sentence))?;
    }
    Ok(())
}

/// Labels and reports are files of others: their control characters do not reach the terminal.
fn plain(text: &str) -> String {
    text.chars()
        .map(|c| {
            match c.is_control()
                || ('\u{202a}'..='\u{202e}').contains(&c)
                || ('\u{2066}'..='\u{2069}').contains(&c)
            {
                true => '\u{fffd}',
                false => c,
            }
        })
        .collect()
}
