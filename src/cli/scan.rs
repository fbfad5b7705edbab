//! `samehand scan`

use crate::cli::args::Shared;
use crate::cli::args::WORDS;
use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::session;
use crate::cli::usage;
use crate::fetch::Cache;
use crate::intake;
use crate::intake::Copies;
use crate::model::RepositoryUrl;
use crate::model::Words;
use std::path::Path;
use std::path::PathBuf;

/// Look through a pool of applicants and report what ties some of them together
///
/// A pool is a folder with one folder or one file per applicant, or a manifest (.csv, .jsonl) beside the files.
///
/// Exit codes: 0 finished, every input read; 3 finished, some inputs could not be read; 10 see --exit-on; 2 usage;
/// 1 the run failed.
#[derive(Debug, clap::Args)]
#[command(after_help = WORDS)]
pub(in crate::cli) struct Args {
    /// Folders of applicants, or manifests
    #[arg(required = true, value_name = "POOL")]
    pool: Vec<PathBuf>,

    #[command(flatten)]
    shared: Shared,

    /// Read repositories that a manifest names by address from this cache, filled by `samehand fetch`; offline
    #[arg(long, value_name = "DIR", help_heading = "Source")]
    cache: Option<PathBuf>,

    /// What was dismissed or noted in an earlier report of the pool, as its page saved it; see docs/decisions.md
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    decisions: Option<PathBuf>,

    /// Compare also with everybody in this index, made by `samehand index add`; the report is about the pool
    #[arg(long, value_name = "FILE", help_heading = "Index")]
    index: Option<PathBuf>,

    /// Put the pool into the index when the report is written
    #[arg(long, help_heading = "Index")]
    add: bool,

    /// Exit with 10 when a cluster holds a link of at least this strength that nobody dismissed
    #[arg(long, value_name = "WORD", help_heading = "Report")]
    exit_on: Option<Words>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let settings = Settings::new(&args.shared, args.exit_on)?;
    let settings = settings.with_decisions(args.decisions.as_deref(), &args.pool)?;
    let index = args.index.as_ref().or(settings.index.as_ref());
    let add = args.add || settings.add;
    if add && index.is_none() {
        return Err(usage("--add needs an index to add to: --index FILE"));
    }
    let output = Output::new(&settings, &args.pool)?;
    let audit = Audit::new(settings.audit.as_deref(), &output, &args.pool)?;
    let copies = match args.cache.as_ref().or(settings.cache.as_ref()) {
        Some(folder) => copies(folder)?,
        None => Copies::new(),
    };
    let pool = intake::open_with(&args.pool, copies)?;
    if pool.applicants.is_empty() && pool.problems.is_empty() {
        anyhow::bail!(
            "no applicants in {}: put one folder or one file per applicant there",
            args.pool[0].display()
        );
    }
    match index {
        Some(index) => session::run_with(index, pool, add, &settings, &output, &audit),
        None => session::run(pool, &settings, &output, &audit),
    }
}

/// What a cache holds, by address.
pub(in crate::cli) fn copies(folder: &Path) -> anyhow::Result<Copies> {
    let cache = Cache::open(folder)?;
    let urls = cache
        .all()
        .filter_map(|f| RepositoryUrl::parse(&f.url).ok());
    Ok(urls
        .filter_map(|url| cache.find(&url).map(|path| (url, path)))
        .collect())
}
