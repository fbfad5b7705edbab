//! One file or repository, on its own: what was read, by what, and what it says about itself.
//!
//! Everything is shown as recorded, contacts included: the reader holds the file. Nothing is compared with anybody.

mod code;
mod document;
mod history;
mod section;

pub use section::Section;

use crate::extract::Job;
use crate::features::code::style::outline;
use crate::intake;
use crate::model::{CodeUnit, RawTime, Reading, SourceInfo};
use crate::pipeline::Options;
use crate::pipeline::workers::Workers;
use anyhow::{Context, bail};
use serde::Serialize;
use std::io::{self, Write};
use std::path::Path;

/// What one source holds.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The source.
    pub source: SourceInfo,
    /// What it says about itself, by subject, in the order of the file.
    pub sections: Vec<Section>,
    /// Parts that could not be read.
    pub warnings: Vec<String>,
    /// The first lines of a document's text.
    pub text: Option<String>,
}

/// Reads one file or repository in a worker and tells what it holds.
///
/// # Errors
/// When the path does not exist or nothing of it can be read.
pub fn inspect(path: &Path, options: &Options) -> anyhow::Result<Inspection> {
    let meta = path
        .metadata()
        .with_context(|| format!("failed to open {}", path.display()))?;
    if !meta.is_file() && !meta.is_dir() {
        bail!("{} is neither a file nor a repository", path.display());
    }
    let binary = options
        .worker
        .clone()
        .map_or_else(std::env::current_exe, Ok)?;
    let workers = Workers::new(binary, options.limits.clone(), 1);
    let shown = path.display().to_string();
    let job = Job {
        path: path.into(),
        shown: shown.clone(),
        repository: intake::is_repository(path),
        inside: None,
        attempt: 0,
    };
    match workers.read(&job) {
        Ok((sha256, Reading::Document(document))) => {
            Ok(document::inspection(shown, sha256, *document))
        }
        Ok((
            _,
            Reading::Repository {
                history,
                code,
                warnings,
                ..
            },
        )) => {
            let at_tips = code.iter().filter(|unit| !unit.earlier).count();
            let mut sections = history::sections(&history, at_tips);
            sections.extend(Some(habits(&code)).filter(|s| !s.facts.is_empty()));
            sections.extend(code::sections(code));
            Ok(Inspection {
                source: history.source.clone(),
                sections,
                warnings,
                text: None,
            })
        }
        Err(error) => bail!("{shown}: {error}"),
    }
}

/// Habits of the code, language by language.
fn habits(code: &[CodeUnit]) -> Section {
    let mut section = Section::new("habits of the code");
    section.put("by language", outline(code));
    section
}

/// A time with its recorded offset, or without where none is recorded.
fn written(time: RawTime) -> String {
    let minutes = time.offset.map_or(0, crate::model::UtcOffset::minutes);
    let local = time.seconds.saturating_add(i64::from(minutes) * 60);
    let text = jiff::Timestamp::from_second(local)
        .map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_else(|_| "beyond the calendar".into());
    time.offset.map_or_else(
        || format!("{text} (no offset recorded)"),
        |o| format!("{text} {o}"),
    )
}

impl Inspection {
    /// Writes it for a person; control characters of the source are dropped.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_human(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "{}", section::clean(&self.source.path))?;
        writeln!(
            out,
            "  kind: {:?}, sha256 {}",
            self.source.kind, self.source.sha256
        )?;
        if let Some(engine) = &self.source.engine {
            writeln!(out, "  read by: {} {}", engine.name, engine.version)?;
        }
        self.sections.iter().try_for_each(|s| s.write(out))?;
        for (title, lines) in [
            ("notes", self.warnings.join("\n")),
            ("text begins", self.text.clone().unwrap_or_default()),
        ] {
            if !lines.is_empty() {
                writeln!(out, "\n{title}")?;
                lines
                    .lines()
                    .try_for_each(|l| writeln!(out, "  {}", section::clean(l)))?;
            }
        }
        Ok(())
    }
}
