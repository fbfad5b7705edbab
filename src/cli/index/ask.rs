//! `samehand index list`, `stats`, `verify`, `remove`, `decide`

use crate::cli::exit::Status;
use crate::cli::index::File;
use crate::cli::options::now;
use crate::cli::terminal;
use crate::cli::usage;
use crate::model::ApplicantId;
use crate::pipeline::index_at;
use crate::report::parse_decisions;
use crate::report::read_decisions;
use anyhow::Context;
use jiff::Timestamp;
use std::path::PathBuf;

/// List the applicants of an index: id, day added, sources, size
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct List {
    #[command(flatten)]
    file: File,
}

/// Say how much an index holds, and how large each part of it is
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct Stats {
    #[command(flatten)]
    file: File,
}

/// Check that an index is whole: the file, every profile, every key
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct Verify {
    #[command(flatten)]
    file: File,
}

/// Take applicants out of an index, with every byte of theirs; as `purge --applicant` does
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct Remove {
    /// Ids of applicants
    #[arg(required = true, value_name = "ID")]
    applicant: Vec<String>,

    #[command(flatten)]
    file: File,
}

/// Keep what a reviewer dismissed or noted, as a report's page saved it; later reports of the index follow it
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct Decide {
    /// The file of decisions; see docs/decisions.md
    #[arg(value_name = "DECISIONS")]
    decisions: PathBuf,

    #[command(flatten)]
    file: File,
}

/// Lists.
pub(in crate::cli::index) fn list(args: &List) -> anyhow::Result<Status> {
    let index = index_at(&args.file.index)?;
    let rows = index.snapshot()?.list()?;
    terminal::to_stdout(|out| {
        for row in &rows {
            let day = Timestamp::from_second(row.added).unwrap_or_default();
            let day = day.strftime("%Y-%m-%d");
            writeln!(
                out,
                "{}\t{day}\t{}\t{}",
                terminal::plain(row.applicant.as_str()),
                row.sources,
                row.bytes
            )?;
        }
        Ok(())
    })?;
    Ok(Status::Finished)
}

/// Counts.
pub(in crate::cli::index) fn stats(args: &Stats) -> anyhow::Result<Status> {
    let index = index_at(&args.file.index)?;
    let stats = index.snapshot()?.stats()?;
    let per_head = |bytes: u64| bytes as f64 / stats.applicants.max(1) as f64;
    terminal::to_stdout(|out| {
        writeln!(out, "applicants\t{}", stats.applicants)?;
        writeln!(out, "of another version\t{}", stats.outdated)?;
        writeln!(out, "runs\t{}", stats.runs)?;
        writeln!(out, "keys\t{}", stats.keys)?;
        writeln!(out, "values counted\t{}", stats.frequencies)?;
        for (part, bytes) in &stats.pages {
            writeln!(
                out,
                "bytes of {part}\t{bytes}\t{:.0} an applicant",
                per_head(*bytes)
            )?;
        }
        Ok(())
    })?;
    Ok(Status::Finished)
}

/// Checks.
pub(in crate::cli::index) fn verify(args: &Verify) -> anyhow::Result<Status> {
    let index = index_at(&args.file.index)?;
    let faults = index.verify()?;
    for id in index.outdated()? {
        terminal::tell(&format!(
            "note: {} was read by another version and is compared with nobody; add it again",
            terminal::plain(id.as_str())
        ));
    }
    for fault in &faults {
        terminal::tell(&format!("{}: {fault}", args.file.index.display()));
    }
    Ok(match faults.is_empty() {
        true => {
            terminal::tell(&format!("{}: whole", args.file.index.display()));
            Status::Finished
        }
        false => Status::Failed,
    })
}

/// Forgets.
pub(in crate::cli::index) fn remove(args: &Remove) -> anyhow::Result<Status> {
    let mut index = index_at(&args.file.index)?;
    let ids: Vec<ApplicantId> = args.applicant.iter().map(ApplicantId::new).collect();
    let gone = index.forget(&ids)?;
    match ids.iter().find(|id| !gone.contains(id)) {
        Some(missing) => Err(usage(format!(
            "{}: there is no applicant {}",
            args.file.index.display(),
            terminal::plain(missing.as_str())
        ))),
        None => Ok(Status::Finished),
    }
}

/// Keeps decisions.
pub(in crate::cli::index) fn decide(args: &Decide) -> anyhow::Result<Status> {
    let index = index_at(&args.file.index)?;
    let file = &args.decisions;
    read_decisions(file)?;
    let text = std::fs::read_to_string(file)
        .with_context(|| format!("failed to read {}", file.display()))?;
    parse_decisions(text.as_bytes()).map_err(usage)?;
    let moment: Timestamp = now().parse().unwrap_or_default();
    index.put_decisions(&text, moment.as_second())?;
    Ok(Status::Finished)
}
