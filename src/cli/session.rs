//! From a pool and settings to a written report and an exit code: what `scan` and `compare` have in common.

use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::terminal::{self, Screen};
use crate::intake::Pool;
use crate::pipeline::{self, Progress};

/// Runs the pipeline and writes what it found.
///
/// # Errors
/// When the run fails as a whole or the report cannot be written.
pub(in crate::cli) fn run(
    pool: Pool,
    settings: &Settings,
    output: &Output,
    audit: &Audit,
) -> anyhow::Result<Status> {
    output.prepare()?;
    if settings.options.reveal {
        terminal::tell(
            "note: --reveal: this report shows contacts and names unmasked; handle it accordingly",
        );
    }
    let screen = Screen::new(settings.progress);
    let report = pipeline::run(pool, &settings.options, &screen);
    screen.finish();
    let report = report?;
    report.problems.iter().for_each(|p| screen.problem(p));
    audit.write(&report, settings.options.reveal, output)?;
    output.write(&report, settings)?;
    Ok(Status::of(&report, settings.exit_on))
}
