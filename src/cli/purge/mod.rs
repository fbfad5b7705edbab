//! `samehand purge`
//!
//! Reports are whole or gone. Every card of a report says what two or more applicants share, so one of them cannot be cut
//! out without leaving traces in what is said of the others: whoever must forget an applicant deletes the reports that
//! hold this applicant, and scans again without. An index forgets one applicant and keeps the others.

mod age;
mod found;
mod index;

use crate::cli::audit;
use crate::cli::audit::Event;
use crate::cli::exit::Status;
use crate::cli::purge::age::Age;
use crate::cli::purge::found::{Kind, Purgeable};
use crate::cli::terminal;
use crate::cli::usage;
use anyhow::Context;
use jiff::Timestamp;
use std::path::{Path, PathBuf};

/// Delete old reports, disclosures and fetched repositories, or every report that holds an applicant
///
/// With --index, applicants of the index go, one by one, with every byte of theirs.
///
/// Looked at are the folders named and the folders directly in them. What the program wrote there is deleted, other files
/// and the audit log stay, and the log says what went. Manifests, résumés and repositories handed in are never touched.
///
/// Exit codes: 0 done, also where there was nothing to delete; 2 usage; 1 something could not be deleted.
#[derive(Debug, clap::Args)]
#[command(group = clap::ArgGroup::new("what").required(true).multiple(true))]
pub(in crate::cli) struct Args {
    /// Folders of reports, or folders that hold such folders; caches of `samehand fetch`
    #[arg(required_unless_present = "index", value_name = "DIR")]
    folders: Vec<PathBuf>,

    /// Also forget applicants of this index: those added before the age, or those with the ids; repeatable
    #[arg(long, value_name = "FILE", help_heading = "What")]
    index: Vec<PathBuf>,

    /// Only what is older than this: 180d (days) or 26w (weeks), counted from the run that made it
    #[arg(long, value_name = "AGE", group = "what", help_heading = "What")]
    older_than: Option<Age>,

    /// Only reports and disclosures that hold this applicant, by the id that they show; repeatable
    #[arg(long, value_name = "ID", group = "what", help_heading = "What")]
    applicant: Vec<String>,

    /// Say what would be deleted, and delete nothing
    #[arg(long, help_heading = "What")]
    dry_run: bool,

    /// Append the line about this to FILE [default: audit.jsonl in each folder that something was deleted from]
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    audit: Option<PathBuf>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    if let Some(missing) = args.folders.iter().find(|f| !f.is_dir()) {
        return Err(usage(format!("{} is no folder", missing.display())));
    }
    let before = args.older_than.map(|age| age.before(Timestamp::now()));
    let mut deleted = 0;
    for file in &args.index {
        deleted += index::purge(file, args, before)?;
    }
    for purgeable in found::all(&args.folders)? {
        if !concerned(&purgeable, args, before) {
            continue;
        }
        deleted += 1;
        let what = purgeable.in_words();
        if args.dry_run {
            terminal::tell(&format!("would delete {what}"));
            continue;
        }
        purgeable
            .delete()
            .with_context(|| format!("failed to delete {what}"))?;
        // The line stands behind the deletion: a log that says more than was done is worse than one that says less.
        audit::append(
            Some(&log(args, &purgeable.folder)),
            &event(args, &purgeable),
        )?;
        terminal::tell(&format!("deleted {what}"));
    }
    if deleted == 0 {
        terminal::tell("nothing to delete");
    }
    Ok(Status::Finished)
}

/// Whether it is old enough, and about one of the applicants. Something without a date is never old.
fn concerned(purgeable: &Purgeable, args: &Args, before: Option<Timestamp>) -> bool {
    let is_old = before.is_none_or(|before| purgeable.made.is_some_and(|made| made < before));
    // A cache holds repositories, not applicants.
    let about = args.applicant.is_empty()
        || (purgeable.kind != Kind::Fetched
            && args
                .applicant
                .iter()
                .any(|a| purgeable.applicants.contains(a)));
    is_old && about
}

fn log(args: &Args, folder: &Path) -> PathBuf {
    args.audit
        .clone()
        .unwrap_or_else(|| folder.join(audit::FILE))
}

fn event<'a>(args: &'a Args, purgeable: &'a Purgeable) -> Event<'a> {
    Event {
        what: "purge",
        options: options(args),
        reveal: false,
        report: purgeable.folder.display().to_string(),
        input_digest: purgeable.input_digest.as_deref(),
        files: purgeable.names(),
    }
}

/// What was asked for, as the log has it.
fn options(args: &Args) -> Vec<(&'static str, String)> {
    let mut options = vec![];
    if let Some(age) = args.older_than {
        options.push(("older-than", age.to_string()));
    }
    if !args.applicant.is_empty() {
        options.push(("applicant", args.applicant.join(";")));
    }
    options
}
