//! Command line and configuration file to settings.

use crate::cli::args::{Chance, Format, Recognise, Shared, Switch, When};
use crate::cli::config::Config;
use crate::cli::usage;
use crate::cli::watchlist;
use crate::intake;
use crate::model::Words;
use crate::pipeline::Options;
use crate::pipeline::Watch;
use crate::report::read_decisions;
use crate::watch;
use crate::watch::WatchList;
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::thread;

/// Everything a run needs besides its pool.
#[derive(Debug)]
pub(in crate::cli) struct Settings {
    /// Where to write; `None` writes to stdout.
    pub output: Option<PathBuf>,
    /// The audit log, where it does not stand beside the report.
    pub audit: Option<PathBuf>,
    /// What was asked for; empty for the default.
    pub formats: BTreeSet<Format>,
    /// What the summary and the HTML show.
    pub at_least: Words,
    /// The word that makes a run end with 10.
    pub exit_on: Option<Words>,
    /// Colours.
    pub color: When,
    /// Progress.
    pub progress: When,
    /// Cache of fetched repositories that the file names.
    pub cache: Option<PathBuf>,
    /// Decisions that the file names.
    pub decisions: Option<PathBuf>,
    /// The index that the file names.
    pub index: Option<PathBuf>,
    /// The file asks for the pool to be put into it.
    pub add: bool,
    /// For the pipeline.
    pub options: Options,
}

impl Settings {
    /// The command line over the configuration file over the defaults.
    ///
    /// # Errors
    /// A usage error for a configuration file that cannot be used.
    pub(in crate::cli) fn new(args: &Shared, exit_on: Option<Words>) -> anyhow::Result<Self> {
        let config = match &args.config {
            Some(path) => Config::read(path).map_err(|e| usage(format!("{e:#}")))?,
            None => Config::default(),
        };
        let formats = if args.format.is_empty() {
            &config.format
        } else {
            &args.format
        };
        let settings = Self {
            output: args.output.clone().or(config.output.clone()),
            audit: args.audit.clone().or(config.audit.clone()),
            formats: formats.iter().copied().collect(),
            at_least: args.at_least.or(config.at_least).unwrap_or(Words::Weak),
            exit_on: exit_on.or(config.exit_on),
            color: args.color.or(config.color).unwrap_or_default(),
            progress: args.progress.or(config.progress).unwrap_or_default(),
            cache: config.cache.clone(),
            decisions: config.decisions.clone(),
            index: config.index.clone(),
            add: config.add,
            options: Options {
                watch: watch(args, &config)?,
                ..options(args, &config)
            },
        };
        Ok(settings.with_changes())
    }

    /// Reads the decisions of `asked`, else those that the configuration file names.
    ///
    /// # Errors
    /// A usage error for a file that holds no whole set of decisions, or that lies in the pool.
    pub(in crate::cli) fn with_decisions(
        mut self,
        asked: Option<&Path>,
        pools: &[PathBuf],
    ) -> anyhow::Result<Self> {
        let Some(file) = asked.map(Path::to_path_buf).or(self.decisions.clone()) else {
            return Ok(self);
        };
        if intake::would_read(pools, &file) {
            let file = file.display();
            return Err(usage(format!(
                "{file} lies in the pool and would be read as an applicant"
            )));
        }
        let decisions = read_decisions(&file).map_err(|e| match std::error::Error::source(&e) {
            Some(why) => usage(format!("{e}: {why}")),
            None => usage(e.to_string()),
        })?;
        self.options.decisions = Some(decisions);
        let shown = file.display().to_string();
        self.options.changed.insert("decisions".into(), shown);
        Ok(self)
    }

    /// Notes for the report which settings differ from the default. What changes no result is left out, and so is the
    /// number of threads, which the report has anyway.
    fn with_changes(mut self) -> Self {
        let mut changed = BTreeMap::new();
        let mut note = |name: &str, value: String| changed.insert(name.to_string(), value);
        let options = &self.options;
        if !options.off.is_empty() {
            note(
                "detector",
                options
                    .off
                    .iter()
                    .map(|id| format!("{id}=off"))
                    .collect::<Vec<_>>()
                    .join(","),
            );
        }
        if options.reveal {
            note("reveal", "true".into());
        }
        let names = |paths: &[PathBuf]| {
            let shown = paths.iter().map(|p| p.display().to_string());
            shown.collect::<Vec<_>>().join(", ")
        };
        if !options.backgrounds.is_empty() {
            note("background", names(&options.backgrounds));
        }
        if !options.watch.lists.is_empty() {
            let all = options.watch.lists.iter().map(|l| l.name.clone());
            note("watchlist", all.collect::<Vec<_>>().join(","));
        }
        if !options.jobs.is_empty() {
            note("job", names(&options.jobs));
        }
        if options.chance != Options::default().chance {
            note("chance", options.chance.to_string());
        }
        if options.limits.ocr != Options::default().limits.ocr {
            note("ocr", format!("{:?}", options.limits.ocr).to_lowercase());
        }
        if self.at_least != Words::Weak {
            note("at-least", option_name(self.at_least));
        }
        if let Some(word) = self.exit_on {
            note("exit-on", option_name(word));
        }
        if !self.formats.is_empty() {
            note(
                "format",
                self.formats
                    .iter()
                    .map(|f| f.name())
                    .collect::<Vec<_>>()
                    .join(","),
            );
        }
        self.options.changed = changed;
        self
    }
}

fn options(args: &Shared, config: &Config) -> Options {
    let defaults = Options::default();
    let threads = args.threads.or(config.threads).map(|t| t.0);
    let mut limits = defaults.limits.clone();
    limits.ocr = args
        .ocr
        .or(config.ocr)
        .map_or(limits.ocr, Recognise::into_ocr);
    Options {
        limits,
        threads: threads.unwrap_or_else(|| thread::available_parallelism().map_or(1, usize::from)),
        off: switched_off(config.detector.iter().chain(&args.detector)),
        reveal: args.reveal || config.reveal,
        chance: args
            .chance
            .or(config.chance)
            .map_or(defaults.chance, |Chance(x)| x),
        backgrounds: both(&config.background, &args.background),
        jobs: both(&config.job, &args.job),
        command: typed_command(),
        started: now(),
        ..defaults
    }
}

/// The command line of this run.
pub(in crate::cli) fn typed_command() -> String {
    let args = std::env::args_os().skip(1);
    command_line(args.map(|a| a.to_string_lossy().into_owned()))
}

/// Now, RFC 3339, to the second.
pub(in crate::cli) fn now() -> String {
    let now = jiff::Timestamp::now().round(jiff::Unit::Second);
    now.map_or_else(|_| String::new(), |t| t.to_string())
}

/// The watch lists, read whole: a scan does not start with half of them.
fn watch(args: &Shared, config: &Config) -> anyhow::Result<Watch> {
    let paths = both(&config.watchlist, &args.watchlist);
    let lists = paths.iter().map(|path| watch::read(path));
    let lists: Vec<WatchList> = lists.collect::<Result<_, _>>()?;
    let key = args
        .watchlist_key
        .as_ref()
        .or(config.watchlist_key.as_ref());
    let key = key.map(|path| watchlist::read_key(path)).transpose()?;
    match lists.iter().find(|list| list.hashed && key.is_none()) {
        Some(list) => Err(usage(format!(
            "{} is hashed: give its key with --watchlist-key",
            list.name
        ))),
        None => Ok(Watch { lists, key }),
    }
}

fn both(config: &[PathBuf], args: &[PathBuf]) -> Vec<PathBuf> {
    config.iter().chain(args).cloned().collect()
}

/// The detectors that are off when all is said; a later switch of the same detector wins.
fn switched_off<'a>(switches: impl Iterator<Item = &'a Switch>) -> BTreeSet<String> {
    let last: BTreeMap<&String, bool> = switches.map(|s| (&s.id, s.on)).collect();
    last.into_iter()
        .filter(|(_, on)| !on)
        .map(|(id, _)| id.clone())
        .collect()
}

/// A word as an option writes it.
fn option_name(word: Words) -> String {
    word.phrase().replace(' ', "-")
}

/// The command as it can be typed again in a POSIX shell.
fn command_line(args: impl Iterator<Item = String>) -> String {
    let plain = |c: char| c.is_alphanumeric() || "-_./=,:@%+".contains(c);
    let quoted = args.map(|a| {
        if !a.is_empty() && a.chars().all(plain) {
            a
        } else {
            format!("'{}'", a.replace('\'', r"'\''"))
        }
    });
    std::iter::once("samehand".to_string())
        .chain(quoted)
        .collect::<Vec<_>>()
        .join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shared(config: &str, dir: &tempfile::TempDir) -> Shared {
        let path = dir.path().join("samehand.toml");
        std::fs::write(&path, config).unwrap();
        Shared {
            config: Some(path),
            ..Shared::default()
        }
    }

    #[test]
    fn the_command_line_wins_over_the_file() {
        let dir = tempfile::tempdir().unwrap();
        let mut args = shared(
            "chance = 0.5\nthreads = 3\ndetector = 'near-text=off,clock-offset=off'\n",
            &dir,
        );
        args.chance = Some(Chance(0.01));
        args.detector = vec!["near-text=on".parse().unwrap()];
        let settings = Settings::new(&args, Some(Words::Strong)).unwrap();
        assert_eq!(settings.options.chance, 0.01);
        assert_eq!(settings.options.threads, 3);
        let noted: Vec<_> = settings
            .options
            .changed
            .iter()
            .map(|(k, v)| format!("{k} {v}"))
            .collect();
        assert_eq!(
            noted,
            ["chance 0.01", "detector clock-offset=off", "exit-on strong"]
        );
    }

    #[test]
    fn defaults_are_no_change() {
        let settings = Settings::new(&Shared::default(), None).unwrap();
        assert!(settings.options.changed.is_empty());
        assert!(
            settings.options.started.ends_with('Z'),
            "{}",
            settings.options.started
        );
    }

    #[test]
    fn the_command_can_be_typed_again() {
        let typed = ["scan", "my pool", "it's", ""]
            .map(String::from)
            .into_iter();
        assert_eq!(command_line(typed), r"samehand scan 'my pool' 'it'\''s' ''");
    }
}
