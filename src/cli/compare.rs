//! `samehand compare`

use crate::cli::args::Shared;
use crate::cli::args::WORDS;
use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::session;
use crate::cli::usage;
use crate::intake;
use std::path::PathBuf;

/// Compare two applicants, each a file, a folder or a repository
///
/// Two applicants are a small pool: nothing common to many can be seen in it, so a scan of the whole pool knows more.
///
/// Exit codes: 0 finished, every input read; 3 finished, some inputs could not be read; 2 usage; 1 the run failed.
#[derive(Debug, clap::Args)]
#[command(after_help = WORDS)]
pub(in crate::cli) struct Args {
    /// The first applicant
    a: PathBuf,

    /// The second applicant
    b: PathBuf,

    #[command(flatten)]
    shared: Shared,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let settings = Settings::new(&args.shared, None)?;
    if settings.exit_on.is_some() {
        return Err(usage(
            "exit-on does not go with compare: it counts clusters of a pool",
        ));
    }
    let paths = [args.a.clone(), args.b.clone()];
    let output = Output::new(&settings, &paths)?;
    let audit = Audit::new(settings.audit.as_deref(), &output, &paths)?;
    let pool = intake::open_applicants(&paths)?;
    if pool.applicants.len() < 2 && pool.problems.is_empty() {
        return Err(usage(format!(
            "{} and {} are the same",
            args.a.display(),
            args.b.display()
        )));
    }
    session::run(pool, &settings, &output, &audit)
}
