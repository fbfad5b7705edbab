//! The file of `--config`: TOML with the names of the long options.
//!
//! ```toml
//! output = "report"
//! format = ["html", "json"]
//! detector = ["clock-offset=off"]
//! chance = 0.01
//! ```

use crate::cli::args::{Chance, Format, Recognise, Switch, Threads, When};
use crate::model::Words;
use anyhow::Context;
use clap::ValueEnum;
use serde::de::{Deserialize, Deserializer, Error};
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::str::FromStr;

/// What the file sets.
#[derive(Debug, Default, serde::Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case", default)]
pub(in crate::cli) struct Config {
    /// `--output`
    pub output: Option<PathBuf>,
    /// `--format`
    #[serde(deserialize_with = "formats")]
    pub format: Vec<Format>,
    /// `--at-least`
    #[serde(deserialize_with = "parsed")]
    pub at_least: Option<Words>,
    /// `--exit-on`
    #[serde(deserialize_with = "parsed")]
    pub exit_on: Option<Words>,
    /// `--reveal`
    pub reveal: bool,
    /// `--audit`
    pub audit: Option<PathBuf>,
    /// `--detector`
    #[serde(deserialize_with = "switches")]
    pub detector: Vec<Switch>,
    /// `--chance`
    #[serde(deserialize_with = "chance")]
    pub chance: Option<Chance>,
    /// `--background`, added to those of the command line
    #[serde(deserialize_with = "paths")]
    pub background: Vec<PathBuf>,
    /// `--job`, likewise
    #[serde(deserialize_with = "paths")]
    pub job: Vec<PathBuf>,
    /// `--watchlist`, likewise
    #[serde(deserialize_with = "paths")]
    pub watchlist: Vec<PathBuf>,
    /// `--watchlist-key`
    pub watchlist_key: Option<PathBuf>,
    /// `--cache`, of scan alone
    pub cache: Option<PathBuf>,
    /// `--decisions`, of scan alone
    pub decisions: Option<PathBuf>,
    /// `--index`, of scan alone
    pub index: Option<PathBuf>,
    /// `--add`, of scan alone
    pub add: bool,
    /// `--ocr`
    pub ocr: Option<Recognise>,
    /// `--threads`
    #[serde(deserialize_with = "threads")]
    pub threads: Option<Threads>,
    /// `--color`
    pub color: Option<When>,
    /// `--progress`
    pub progress: Option<When>,
}

impl Config {
    /// Reads a file.
    ///
    /// # Errors
    /// When it cannot be read, is not TOML, or has a key or value that no option has; the message names it.
    pub(in crate::cli) fn read(path: &Path) -> anyhow::Result<Self> {
        let text = std::fs::read_to_string(path)
            .with_context(|| format!("failed to read {}", path.display()))?;
        toml::from_str(&text).with_context(|| format!("failed to use {}", path.display()))
    }
}

/// One text or a list of texts.
#[derive(serde::Deserialize)]
#[serde(untagged)]
enum Texts {
    One(String),
    Many(Vec<String>),
}

impl Texts {
    fn split(self) -> Vec<String> {
        match self {
            Texts::One(text) => text.split(',').map(|t| t.trim().to_string()).collect(),
            Texts::Many(texts) => texts,
        }
    }
}

fn paths<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<PathBuf>, D::Error> {
    // A path may hold a comma: one text is one path.
    let paths = match Texts::deserialize(from)? {
        Texts::One(path) => vec![path],
        Texts::Many(paths) => paths,
    };
    Ok(paths.into_iter().map(PathBuf::from).collect())
}

fn formats<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Format>, D::Error> {
    let texts = Texts::deserialize(from)?.split();
    texts
        .iter()
        .map(|t| Format::from_str(t, true).map_err(D::Error::custom))
        .collect()
}

fn switches<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Switch>, D::Error> {
    let texts = Texts::deserialize(from)?.split();
    texts
        .iter()
        .map(|t| t.parse().map_err(D::Error::custom))
        .collect()
}

fn parsed<'de, D: Deserializer<'de>, T: FromStr<Err: Display>>(
    from: D,
) -> Result<Option<T>, D::Error> {
    String::deserialize(from)?
        .parse()
        .map(Some)
        .map_err(D::Error::custom)
}

fn chance<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Chance>, D::Error> {
    Chance::new(f64::deserialize(from)?)
        .map(Some)
        .ok_or_else(|| D::Error::custom(Chance::WANTED))
}

fn threads<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Threads>, D::Error> {
    Threads::new(usize::deserialize(from)?)
        .map(Some)
        .ok_or_else(|| D::Error::custom(Threads::WANTED))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::scan;
    use clap::Args;

    #[test]
    fn every_option_can_stand_in_the_file() {
        let all = "output = 'r'\nformat = 'html,json'\nat-least = 'strong'\nexit-on = 'very-strong'\nreveal = true\n\
                   detector = ['near-text=off']\nchance = 1\nbackground = 'b'\njob = ['j,1', 'j2']\nwatchlist = 'w.csv'\nwatchlist-key = 'k'\ncache = 'c'\ndecisions = 'd.json'\nindex = 'i'\nadd = true\naudit = 'a.jsonl'\nocr = 'never'\nthreads = 2\ncolor = 'never'\nprogress = 'always'\n";
        let config: Config = toml::from_str(all).unwrap();
        assert_eq!(config.format, [Format::Html, Format::Json]);
        assert_eq!(config.chance, Some(Chance(1.0)));
        assert_eq!(config.job, [PathBuf::from("j,1"), PathBuf::from("j2")]);
        let command = scan::Args::augment_args(clap::Command::new("scan"));
        for option in command
            .get_opts()
            .filter_map(|o| o.get_long())
            .filter(|o| *o != "config")
        {
            assert!(all.contains(&format!("{option} =")), "--{option}");
        }
    }

    #[test]
    fn a_wrong_key_or_value_is_named() {
        for (text, says) in [
            ("treads = 2", "`treads`"),
            ("threads = 0", "1 to 1024"),
            ("chance = -1.0", "above 0"),
            ("at-least = 'certain'", "`certain`"),
            ("detector = 'x=off'", "`x`"),
            ("format = ['pdf']", "pdf"),
            ("color = 'red'", "`red`"),
        ] {
            let error = toml::from_str::<Config>(text).unwrap_err().to_string();
            assert!(error.contains(says), "{text}: {error}");
        }
    }
}
