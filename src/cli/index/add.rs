//! `samehand index add`

use crate::cli::args::Shared;
use crate::cli::args::{Recognise, Threads, When};
use crate::cli::exit::Status;
use crate::cli::index::File;
use crate::cli::options::Settings;
use crate::cli::scan::copies;
use crate::cli::terminal::{self, Screen};
use crate::cli::usage;
use crate::intake;
use crate::intake::Copies;
use crate::pipeline::{Memory, Progress};
use std::path::PathBuf;

/// Put pools into an index; whoever has not changed is not read again
///
/// The index is made where there is none. An id names one person: whoever stands in the index under the same id is
/// replaced. Every applicant is on disk as soon as they are put in; a run that was ended is simply started again.
#[derive(Debug, clap::Args)]
pub(in crate::cli::index) struct Args {
    /// Folders of applicants, or manifests
    #[arg(required = true, value_name = "POOL")]
    pool: Vec<PathBuf>,

    #[command(flatten)]
    file: File,

    /// Read repositories that a manifest names by address from this cache, filled by `samehand fetch`; offline
    #[arg(long, value_name = "DIR", help_heading = "Source")]
    cache: Option<PathBuf>,

    /// Recognise text in pictures and scans [default: auto, where a file has no text and tesseract is installed]
    #[arg(long, value_name = "WHEN", help_heading = "Analysis")]
    ocr: Option<Recognise>,

    /// Number of threads; the result is the same with any [default: one per processor]
    #[arg(short = 'j', long, value_name = "N", help_heading = "Analysis")]
    threads: Option<Threads>,

    /// Progress on stderr [default: auto, on a terminal]
    #[arg(long, value_name = "WHEN", help_heading = "Terminal")]
    progress: Option<When>,
}

/// Applicants who are read before the first of them is written: an ended run has lost at most these.
const AT_ONCE: usize = 64;

/// Runs the command.
pub(in crate::cli::index) fn run(args: &Args) -> anyhow::Result<Status> {
    let shared = Shared {
        ocr: args.ocr,
        threads: args.threads,
        progress: args.progress,
        ..Shared::default()
    };
    let settings = Settings::new(&shared, None)?;
    if intake::would_read(&args.pool, &args.file.index) {
        return Err(usage(format!(
            "{} lies in the pool and would be read as an applicant next time",
            args.file.index.display()
        )));
    }
    let copies = match &args.cache {
        Some(folder) => copies(folder)?,
        None => Copies::new(),
    };
    let pool = intake::open_with(&args.pool, copies)?;
    let mut memory = Memory::create(&args.file.index, &settings.options)?;
    let screen = Screen::new(settings.progress);
    let mut all_read = pool.problems.is_empty();
    let (mut new, mut replaced, mut unchanged) = (0, 0, 0);
    for part in parts(pool) {
        let handed = memory.hand_in(part, &screen)?;
        all_read &= handed.problems().next().is_none();
        let added = memory.add(&handed)?;
        new += added.new;
        replaced += added.replaced;
        unchanged += added.unchanged;
    }
    screen.finish();
    terminal::tell(&format!(
        "{}: {new} added, {replaced} replaced, {unchanged} unchanged",
        args.file.index.display()
    ));
    Ok(match all_read {
        true => Status::Finished,
        false => Status::Problems,
    })
}

/// The pool in parts; what it says of itself goes with the first.
fn parts(mut pool: intake::Pool) -> Vec<intake::Pool> {
    let mut all = Vec::new();
    let mut applicants = std::mem::take(&mut pool.applicants).into_iter().peekable();
    pool.applicants = applicants.by_ref().take(AT_ONCE).collect();
    all.push(pool);
    while applicants.peek().is_some() {
        all.push(intake::Pool {
            applicants: applicants.by_ref().take(AT_ONCE).collect(),
            ..intake::Pool::default()
        });
    }
    all
}
