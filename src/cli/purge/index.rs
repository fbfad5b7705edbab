//! Forgetting applicants of an index.

use crate::cli::audit;
use crate::cli::audit::Event;
use crate::cli::purge::{Args, log, options};
use crate::cli::terminal;
use crate::model::ApplicantId;
use crate::pipeline::index_at;
use jiff::Timestamp;
use std::collections::BTreeSet;
use std::path::Path;

/// Takes out whoever is old enough and, where ids are given, has one of them. Gives how many.
///
/// # Errors
/// When the index cannot be opened or written.
pub(in crate::cli::purge) fn purge(
    file: &Path,
    args: &Args,
    before: Option<Timestamp>,
) -> anyhow::Result<usize> {
    let mut index = index_at(file)?;
    let moment = before.map_or(i64::MAX, |before| before.as_second());
    let mut ids: Vec<ApplicantId> = index.added_before(moment)?;
    let asked: BTreeSet<&str> = args.applicant.iter().map(String::as_str).collect();
    ids.retain(|id| asked.is_empty() || asked.contains(id.as_str()));
    let of_file = |id: &ApplicantId| {
        let id = terminal::plain(id.as_str());
        format!("the applicant {id} of {}", file.display())
    };
    if args.dry_run {
        for id in &ids {
            terminal::tell(&format!("would delete {}", of_file(id)));
        }
        return Ok(ids.len());
    }
    if ids.is_empty() {
        return Ok(0);
    }
    let gone = index.forget(&ids)?;
    let folder = file.parent().unwrap_or(Path::new(""));
    let event = Event {
        what: "purge",
        options: options(args),
        reveal: false,
        report: file.display().to_string(),
        input_digest: None,
        files: gone.iter().map(ApplicantId::to_string).collect(),
    };
    audit::append(Some(&log(args, folder)), &event)?;
    for id in &gone {
        terminal::tell(&format!("deleted {}", of_file(id)));
    }
    Ok(gone.len())
}
