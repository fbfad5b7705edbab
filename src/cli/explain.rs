//! `samehand explain`: the detectors' cards, as the report and the README print them.

use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::detect::DETECTORS;
use crate::model::Card;
use std::fmt::Write as _;

/// Columns of a card on the terminal.
const WIDTH: usize = 96;

/// Say what a detector looks at, why, and what it cannot see; without an id, list them
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// Id of a detector
    detector: Option<String>,

    /// Print as Markdown, as in the README
    #[arg(long, help_heading = "Report")]
    markdown: bool,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let text = match (&args.detector, args.markdown) {
        (None, false) => list(),
        (None, true) => cards_markdown(),
        (Some(id), false) => plain(find(id)?),
        (Some(id), true) => markdown(find(id)?),
    };
    terminal::to_stdout(|out| out.write_all(text.as_bytes()))?;
    Ok(Status::Finished)
}

/// A line for each detector as a Markdown table: the part of the README between its `cards` markers.
pub fn cards_table() -> String {
    let mut out = String::from("| detector | family | what it tells |\n|---|---|---|\n");
    for card in cards() {
        let row = format!(
            "| [`{id}`](docs/detectors.md#{id}) | {} | {} |",
            card.family,
            card.title,
            id = card.id
        );
        let _ = writeln!(out, "{row}");
    }
    out
}

/// Every card as Markdown: `docs/detectors.md` below its head.
pub fn cards_markdown() -> String {
    cards().map(markdown).collect::<Vec<_>>().join("\n")
}

fn cards() -> impl Iterator<Item = &'static Card> {
    DETECTORS.iter().map(|d| d.card())
}

fn find(id: &str) -> anyhow::Result<&'static Card> {
    cards().find(|c| c.id == id).ok_or_else(|| {
        let ids: Vec<_> = cards().map(|c| c.id).collect();
        usage(format!(
            "there is no detector `{id}`; there are {}",
            ids.join(", ")
        ))
    })
}

fn list() -> String {
    let ids = cards().map(|c| c.id.len()).max().unwrap_or(0);
    let families = cards().map(|c| c.family.name().len()).max().unwrap_or(0);
    let mut out = String::new();
    for card in cards() {
        let line = format!(
            "{:ids$}  {:families$}  {}",
            card.id,
            card.family.name(),
            card.title
        );
        let _ = writeln!(out, "{}", line.trim_end());
    }
    out.push_str("\n`samehand explain ID` says more about one.\n");
    out
}

/// The parts of a card in the order in which a reader asks for them.
fn parts(card: &Card) -> [(&'static str, Vec<&'static str>); 7] {
    [
        ("What it looks at", vec![card.looks_at]),
        ("Why it can mean a link", vec![card.why]),
        ("Ordinary explanations", card.innocent.to_vec()),
        ("A question to ask", vec![card.question]),
        ("What it cannot see", vec![card.limits]),
        ("How often ordinary people show it", vec![card.base_rate]),
        ("References", card.references.to_vec()),
    ]
}

fn plain(card: &Card) -> String {
    let mut out = format!("{}  ({}, family {})\n", card.title, card.id, card.family);
    for (heading, texts) in parts(card) {
        let _ = write!(out, "\n{heading}\n");
        let several = texts.len() > 1;
        for text in texts {
            let (first, rest) = if several {
                ("  - ", "    ")
            } else {
                ("  ", "  ")
            };
            out.push_str(&wrapped(text, first, rest));
        }
    }
    out
}

fn markdown(card: &Card) -> String {
    let mut out = format!(
        "### {}\n\n**{}** · family *{}*\n\n",
        card.id, card.title, card.family
    );
    for (heading, texts) in parts(card) {
        let _ = writeln!(out, "- **{heading}:** {}", texts.join(" · "));
    }
    out
}

/// `text` broken at spaces into lines of at most [`WIDTH`] columns.
fn wrapped(text: &str, first: &str, rest: &str) -> String {
    let mut out = String::new();
    let mut line = first.to_string();
    let mut is_empty = true;
    for word in text.split_whitespace() {
        if !is_empty && line.chars().count() + 1 + word.chars().count() > WIDTH {
            out.push_str(&line);
            out.push('\n');
            line = rest.to_string();
            is_empty = true;
        }
        if !is_empty {
            line.push(' ');
        }
        line.push_str(word);
        is_empty = false;
    }
    out.push_str(&line);
    out.push('\n');
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lines_break_at_spaces() {
        let text = ["word"; 40].join(" ");
        let out = wrapped(&text, "  - ", "    ");
        assert!(out.lines().all(|l| l.len() <= WIDTH));
        assert_eq!(out.lines().count(), 3);
        assert!(out.lines().nth(1).unwrap().starts_with("    word"));
    }

    #[test]
    fn every_detector_is_listed_and_explained() {
        let list = list();
        for card in cards() {
            assert!(list.lines().any(|l| l.starts_with(card.id)), "{}", card.id);
            assert!(plain(find(card.id).unwrap()).contains(card.id));
            assert!(cards_markdown().contains(&format!("### {}\n", card.id)));
        }
        assert!(find("nothing").is_err());
    }
}
