//! Where a report goes: a folder, or stdout.

use crate::cli::args::Format;
use crate::cli::options::Settings;
use crate::cli::terminal;
use crate::cli::usage;
use crate::intake;
use crate::model::Words;
use crate::report::{self, Report};
use anyhow::Context;
use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{self, BufWriter, Read, Write};
use std::path::{Path, PathBuf};

const HTML: &str = "report.html";
const JSON: &str = "report.json";

/// A checked plan of what to write where.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::cli) enum Output {
    /// A summary on stdout.
    Summary,
    /// `report.json` on stdout.
    Json,
    /// Files in a folder, and a summary on stdout.
    Files {
        /// The folder.
        dir: PathBuf,
        /// What to write.
        formats: BTreeSet<Format>,
    },
}

impl Output {
    /// What the settings ask for.
    ///
    /// # Errors
    /// Usage errors: html or csv without a folder; a folder that the next run would read as an applicant.
    pub(in crate::cli) fn new(settings: &Settings, pools: &[PathBuf]) -> anyhow::Result<Self> {
        let formats = settings.formats.clone();
        let Some(dir) = settings.output.clone() else {
            let needs_folder: Vec<_> = formats
                .iter()
                .filter(|f| **f != Format::Json)
                .map(|f| f.name())
                .collect();
            if !needs_folder.is_empty() {
                return Err(usage(format!(
                    "{} cannot be printed; add -o DIR",
                    needs_folder.join(" and ")
                )));
            }
            return Ok(if formats.is_empty() {
                Output::Summary
            } else {
                Output::Json
            });
        };
        if intake::would_read(pools, &dir) {
            let dir = dir.display();
            return Err(usage(format!(
                "{dir} lies in the pool and would be read as an applicant next time"
            )));
        }
        let all = || BTreeSet::from([Format::Html, Format::Json, Format::Csv]);
        Ok(Output::Files {
            dir,
            formats: if formats.is_empty() { all() } else { formats },
        })
    }

    /// Makes the folder, so that a run does not end with nowhere to write.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(in crate::cli) fn prepare(&self) -> anyhow::Result<()> {
        match self {
            Output::Files { dir, .. } => {
                fs::create_dir_all(dir).with_context(|| format!("failed to make {}", dir.display()))
            }
            _ => Ok(()),
        }
    }

    /// Writes the report.
    ///
    /// # Errors
    /// What cannot be written.
    pub(in crate::cli) fn write(&self, report: &Report, settings: &Settings) -> anyhow::Result<()> {
        match self {
            Output::Json => return terminal::to_stdout(|out| report::write_json(report, out)),
            Output::Summary => {}
            Output::Files { dir, formats } => {
                write_files(report, dir, formats, settings.at_least)
                    .with_context(|| format!("failed to write the report to {}", dir.display()))?;
                terminal::tell(&format!(
                    "written to {}",
                    dir.join(first_file(formats)).display()
                ));
            }
        }
        let colour = terminal::has_colour(settings.color);
        terminal::to_stdout(|out| {
            report::write_summary(report, out, colour, terminal::width(), settings.at_least)
        })
    }
}

/// The file to open first.
fn first_file(formats: &BTreeSet<Format>) -> &'static str {
    match formats.first() {
        Some(Format::Html) => HTML,
        Some(Format::Json) => JSON,
        _ => report::CSV_FILES[0],
    }
}

fn write_files(
    report: &Report,
    dir: &Path,
    formats: &BTreeSet<Format>,
    at_least: Words,
) -> io::Result<()> {
    if holds_report(dir) {
        remove_report(dir)?;
    }
    for format in formats {
        match format {
            Format::Html => write_file(&dir.join(HTML), |out| {
                report::write_html(report, out, at_least)
            })?,
            Format::Json => write_file(&dir.join(JSON), |out| report::write_json(report, out))?,
            Format::Csv => report::write_csv(report, dir)?,
        }
    }
    Ok(())
}

fn write_file(path: &Path, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = BufWriter::new(File::create(path)?);
    write(&mut out)?;
    out.flush()
}

/// Whether an earlier report stands in `dir`: its `report.json` names our schema, or its `report.html` our name.
fn holds_report(dir: &Path) -> bool {
    let begins_with = |name: &str, mark: &str| {
        let mut start = Vec::new();
        let read = File::open(dir.join(name)).and_then(|f| f.take(4096).read_to_end(&mut start));
        read.is_ok() && String::from_utf8_lossy(&start).contains(mark)
    };
    begins_with(JSON, "\"report/1\"") || begins_with(HTML, "samehand")
}

/// Removes the files of an earlier report, so that no part of it stands beside parts of the new one.
fn remove_report(dir: &Path) -> io::Result<()> {
    for name in [HTML, JSON].into_iter().chain(report::CSV_FILES) {
        match fs::remove_file(dir.join(name)) {
            Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e),
            _ => {}
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::args::Shared;

    fn planned(output: Option<&Path>, format: &[Format]) -> anyhow::Result<Output> {
        let args = Shared {
            output: output.map(PathBuf::from),
            format: format.into(),
            ..Shared::default()
        };
        Output::new(&Settings::new(&args, None).unwrap(), &[])
    }

    #[test]
    fn what_cannot_be_printed_needs_a_folder() {
        assert_eq!(planned(None, &[]).unwrap(), Output::Summary);
        assert_eq!(planned(None, &[Format::Json]).unwrap(), Output::Json);
        let error = planned(None, &[Format::Json, Format::Csv, Format::Html])
            .unwrap_err()
            .to_string();
        assert!(error.contains("html and csv cannot be printed"), "{error}");
        let Output::Files { formats, .. } = planned(Some(Path::new("r")), &[]).unwrap() else {
            panic!()
        };
        assert_eq!(formats.len(), 3);
    }

    #[test]
    fn an_earlier_report_goes_and_other_files_stay() {
        let dir = tempfile::tempdir().unwrap();
        for (name, text) in [
            ("report.html", "<title>samehand"),
            ("report.json", "{}"),
            ("links.csv", "a"),
            ("notes.txt", "mine"),
        ] {
            fs::write(dir.path().join(name), text).unwrap();
        }
        assert!(holds_report(dir.path()));
        remove_report(dir.path()).unwrap();
        let left: Vec<_> = fs::read_dir(dir.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(left, ["notes.txt"]);
    }

    #[test]
    fn files_of_these_names_by_others_are_no_report() {
        let dir = tempfile::tempdir().unwrap();
        fs::write(dir.path().join("report.json"), "{\"sales\": 1}").unwrap();
        fs::write(dir.path().join("links.csv"), "mine").unwrap();
        assert!(!holds_report(dir.path()));
    }
}
