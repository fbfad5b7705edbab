//! Options that `scan` and `compare` share, and the types of their values.
//!
//! Every option may stay unset, so that a value from `--config` can be told from a value on the command line.

use crate::detect::DETECTORS;
use crate::model::Words;
use crate::pipeline::Ocr;
use clap::{Args, ValueEnum};
use serde::Deserialize;
use std::path::PathBuf;
use std::str::FromStr;

const REPORT: &str = "Report";
const ANALYSIS: &str = "Analysis";
const TERMINAL: &str = "Terminal";

/// What a WORD may be, below the options.
pub(in crate::cli) const WORDS: &str = "A WORD is a strength, weakest first: weak, moderate, moderately-strong, strong, very-strong, extremely-strong.";

/// The shared options.
#[derive(Clone, Debug, Default, Args)]
pub(in crate::cli) struct Shared {
    /// Write the report into this folder; without it a summary is printed, by `check` the report itself
    #[arg(short, long, value_name = "DIR", help_heading = REPORT)]
    pub output: Option<PathBuf>,

    /// What to write [default: html,json,csv with -o, else the summary]
    #[arg(long, value_name = "FORMAT", value_delimiter = ',', help_heading = REPORT)]
    pub format: Vec<Format>,

    /// Hide weaker links in the summary and the HTML; json and csv keep all [default: weak, so nothing]
    #[arg(long, value_name = "WORD", help_heading = REPORT)]
    pub at_least: Option<Words>,

    /// Show e-mails, phones, accounts and names unmasked; the report says so
    #[arg(long, help_heading = REPORT)]
    pub reveal: bool,

    /// Append a line about this run to FILE [default: audit.jsonl beside the report; a --reveal without a folder, on stderr]
    #[arg(long, value_name = "FILE", help_heading = REPORT)]
    pub audit: Option<PathBuf>,

    /// Switch a detector off (or on again, against --config); `samehand explain` lists them
    #[arg(long, value_name = "ID=off", help_heading = ANALYSIS)]
    pub detector: Vec<Switch>,

    /// Cluster links that at most X unrelated pairs would reach by chance [default: 0.05, one pool in twenty]
    #[arg(long, value_name = "X", help_heading = ANALYSIS)]
    pub chance: Option<Chance>,

    /// Also judge by this reference of common phrases, made by `samehand background build`; repeatable
    #[arg(long, value_name = "FILE", help_heading = ANALYSIS)]
    pub background: Vec<PathBuf>,

    /// Let the text of this job advertisement, in any readable format, weigh nothing; repeatable
    #[arg(long, value_name = "FILE", help_heading = ANALYSIS)]
    pub job: Vec<PathBuf>,

    /// Say whose identifiers stand in this watch list (see `samehand watchlist`); repeatable
    #[arg(long, value_name = "FILE", help_heading = ANALYSIS)]
    pub watchlist: Vec<PathBuf>,

    /// Key of hashed watch lists
    #[arg(long, value_name = "FILE", help_heading = ANALYSIS, requires = "watchlist")]
    pub watchlist_key: Option<PathBuf>,

    /// Recognise text in pictures and scans [default: auto, where a file has no text and tesseract is installed]
    #[arg(long, value_name = "WHEN", help_heading = ANALYSIS)]
    pub ocr: Option<Recognise>,

    /// Number of threads; the result is the same with any [default: one per processor]
    #[arg(short = 'j', long, value_name = "N", help_heading = ANALYSIS)]
    pub threads: Option<Threads>,

    /// Read options from a TOML file, named as here without the dashes; the command line wins
    #[arg(long, value_name = "FILE", help_heading = ANALYSIS)]
    pub config: Option<PathBuf>,

    /// Colours in the summary [default: auto, on a terminal unless NO_COLOR is set]
    #[arg(long, value_name = "WHEN", help_heading = TERMINAL)]
    pub color: Option<When>,

    /// Progress on stderr [default: auto, on a terminal]
    #[arg(long, value_name = "WHEN", help_heading = TERMINAL)]
    pub progress: Option<When>,
}

/// A form of the report.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub(in crate::cli) enum Format {
    /// One self-contained page for people.
    Html,
    /// Everything, for programs.
    Json,
    /// Tables.
    Csv,
}

impl Format {
    /// Its name as an option.
    pub(in crate::cli) fn name(self) -> &'static str {
        match self {
            Format::Html => "html",
            Format::Json => "json",
            Format::Csv => "csv",
        }
    }
}

/// When to do something that suits terminals only.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum When {
    /// On a terminal.
    #[default]
    Auto,
    /// Anyway.
    Always,
    /// Not at all.
    Never,
}

/// When text is recognised.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(in crate::cli) enum Recognise {
    /// In pictures, and in PDFs without text.
    Auto,
    /// In every PDF, as its pages look, whatever text it holds.
    Always,
    /// Not at all.
    Never,
}

impl Recognise {
    /// As the pipeline takes it.
    pub(in crate::cli) fn into_ocr(self) -> Ocr {
        match self {
            Self::Auto => Ocr::Auto,
            Self::Always => Ocr::Always,
            Self::Never => Ocr::Never,
        }
    }
}

/// A detector switched off or on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Switch {
    /// Its id.
    pub id: String,
    /// Whether it runs.
    pub on: bool,
}

impl FromStr for Switch {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (id, state) = text.split_once('=').ok_or("write ID=off")?;
        let on = match state.trim() {
            "off" => false,
            "on" => true,
            _ => return Err("write ID=off or ID=on".into()),
        };
        let ids: Vec<&str> = DETECTORS.iter().map(|d| d.card().id).collect();
        match ids.iter().find(|known| **known == id.trim()) {
            Some(id) => Ok(Self {
                id: (*id).into(),
                on,
            }),
            None => Err(format!(
                "there is no detector `{}`; there are {}",
                id.trim(),
                ids.join(", ")
            )),
        }
    }
}

/// A number of pairs expected by chance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::cli) struct Chance(pub f64);

impl FromStr for Chance {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.trim()
            .parse()
            .ok()
            .and_then(|x: f64| Self::new(x))
            .ok_or_else(|| Self::WANTED.into())
    }
}

impl Chance {
    /// What is allowed, in words.
    pub(in crate::cli) const WANTED: &str = "a number above 0 is expected";

    /// Checks the number.
    pub(in crate::cli) fn new(x: f64) -> Option<Self> {
        (x.is_finite() && x > 0.0).then_some(Self(x))
    }
}

/// A number of threads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) struct Threads(pub usize);

impl FromStr for Threads {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.trim()
            .parse()
            .ok()
            .and_then(Self::new)
            .ok_or_else(|| Self::WANTED.into())
    }
}

impl Threads {
    /// What is allowed, in words. Each thread has a worker process, so a slip of the finger must not start thousands.
    pub(in crate::cli) const WANTED: &str = "a number from 1 to 1024 is expected";

    /// Checks the number.
    pub(in crate::cli) fn new(n: usize) -> Option<Self> {
        (1..=1024).contains(&n).then_some(Self(n))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_are_those_of_the_scale() {
        let words = WORDS.split(": ").nth(1).unwrap().trim_end_matches('.');
        let parsed: Vec<Words> = words.split(", ").map(|w| w.parse().unwrap()).collect();
        assert_eq!(parsed, Words::ALL[1..]);
    }

    #[test]
    fn values_are_checked() {
        assert!("near-text=off".parse::<Switch>().is_ok_and(|s| !s.on));
        assert!("near-text=on".parse::<Switch>().is_ok_and(|s| s.on));
        for wrong in ["near-text", "near-text=maybe", "nothing=off", ""] {
            assert!(wrong.parse::<Switch>().is_err(), "{wrong}");
        }
        for wrong in ["0", "-1", "NaN", "inf", "x"] {
            assert!(wrong.parse::<Chance>().is_err(), "{wrong}");
        }
        for wrong in ["0", "1025", "-1", "two"] {
            assert!(wrong.parse::<Threads>().is_err(), "{wrong}");
        }
    }
}
