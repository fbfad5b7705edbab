//! From a pool and settings to a written report and an exit code: what `scan`, `compare`, `check` and `index report` have in
//! common.

use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::terminal::{self, Screen};
use crate::cli::usage;
use crate::intake::Pool;
use crate::pipeline::{self, Memory, Progress};
use crate::report::Report;
use std::path::Path;

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
    pipeline::prepare(&pool);
    write(settings, output, audit, |screen| {
        pipeline::run(pool, &settings.options, screen)
    })
}

/// The same for a pool against an index; with `add` the pool is put into it when the report is written.
///
/// # Errors
/// As for [`run`], and when the index cannot be used.
pub(in crate::cli) fn run_with(
    index: &Path,
    pool: Pool,
    add: bool,
    settings: &Settings,
    output: &Output,
    audit: &Audit,
) -> anyhow::Result<Status> {
    pipeline::prepare(&pool);
    let mut memory = memory(index, add, settings)?;
    let mut handed = None;
    let status = write(settings, output, audit, |screen| {
        let read = memory.hand_in(pool, screen)?;
        let report = memory.scan(&read, screen);
        handed = Some(read);
        report
    })?;
    if let (true, Some(handed)) = (add, handed) {
        memory.add(&handed)?;
    }
    Ok(status)
}

/// Opens an index to ask it, or to add to it as well.
///
/// # Errors
/// As for [`goes_with_an_index`], and when the file cannot be used.
pub(in crate::cli) fn memory(
    index: &Path,
    add: bool,
    settings: &Settings,
) -> anyhow::Result<Memory> {
    goes_with_an_index(settings)?;
    match add {
        true => Memory::create(index, &settings.options),
        false => Memory::open(index, &settings.options),
    }
}

/// Refuses what an index cannot be asked with.
///
/// # Errors
/// A usage error for a user's own reference: the counts of the index are by the shipped one.
pub(in crate::cli) fn goes_with_an_index(settings: &Settings) -> anyhow::Result<()> {
    if !settings.options.backgrounds.is_empty() {
        return Err(usage(
            "--background does not go with an index, whose counts are by the shipped reference; `samehand index report` takes it",
        ));
    }
    Ok(())
}

/// Makes a report and writes it.
///
/// # Errors
/// What `make` says, or when the report cannot be written.
pub(in crate::cli) fn write(
    settings: &Settings,
    output: &Output,
    audit: &Audit,
    make: impl FnOnce(&Screen) -> anyhow::Result<Report>,
) -> anyhow::Result<Status> {
    output.prepare()?;
    if settings.options.reveal {
        terminal::tell(
            "note: --reveal: this report shows contacts and names unmasked; handle it accordingly",
        );
    }
    let screen = Screen::new(settings.progress);
    let report = make(&screen);
    screen.finish();
    let report = report?;
    report.problems.iter().for_each(|p| screen.problem(p));
    audit.write(&report, settings.options.reveal, output)?;
    output.write(&report, settings)?;
    Ok(Status::of(&report, settings.exit_on))
}
