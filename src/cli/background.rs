//! `samehand background`

use crate::cli::args::{Threads, When};
use crate::cli::exit::Status;
use crate::cli::terminal::{self, Screen};
use crate::cli::usage;
use crate::intake;
use crate::pipeline::{self, BackgroundHeader, BuildOptions, Options, Progress};
use anyhow::Context;
use clap::Subcommand;
use std::fs;
use std::path::{Path, PathBuf};

/// Make a reference of common phrases from past applicants, or describe one
#[derive(Debug, clap::Args)]
#[command(subcommand_required = true, arg_required_else_help = true)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Build(Build),
    Info(Info),
}

/// Count which phrases past applicants have in common, for `scan --background`
///
/// The file holds hashes and counts of phrases and words that at least four different applicants wrote, and no text. Do
/// not build it from the pool that it is to judge, nor from one that may hold a campaign: what many copies share would
/// look common. Copies that are nearly the same text count once.
///
/// Exit codes: 0 finished, every input read; 3 finished, some inputs could not be read; 2 usage; 1 it failed.
#[derive(Debug, clap::Args)]
struct Build {
    /// Folders of applicants, or manifests
    #[arg(required = true, value_name = "POOL")]
    pool: Vec<PathBuf>,

    /// Write the background to this file
    #[arg(short, long, value_name = "FILE", help_heading = "Background")]
    output: PathBuf,

    /// Its name in reports [default: the name of the file]
    #[arg(long, value_name = "NAME", help_heading = "Background")]
    name: Option<String>,

    /// Its version in reports
    #[arg(
        long,
        value_name = "TEXT",
        default_value = "1",
        help_heading = "Background"
    )]
    label: String,

    /// Keep a phrase that at least N applicants wrote; not below 4, so that none leads to a person
    #[arg(long, value_name = "N", default_value_t = 4, value_parser = clap::value_parser!(u32).range(4..), help_heading = "Background")]
    min_applicants: u32,

    /// Number of threads; the result is the same with any [default: one per processor]
    #[arg(short = 'j', long, value_name = "N", help_heading = "Background")]
    threads: Option<Threads>,

    /// Progress on stderr [default: auto, on a terminal]
    #[arg(long, value_name = "WHEN", help_heading = "Terminal")]
    progress: Option<When>,
}

/// Say what a background file was counted over
#[derive(Debug, clap::Args)]
struct Info {
    /// A file made by `samehand background build`
    file: PathBuf,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    match &args.command {
        Command::Build(args) => build(args),
        Command::Info(args) => {
            print(&pipeline::describe_background(&args.file)?)?;
            Ok(Status::Finished)
        }
    }
}

fn build(args: &Build) -> anyhow::Result<Status> {
    let name = args.name.clone().or_else(|| stem(&args.output));
    let name = name.ok_or_else(|| usage("-o names no file"))?;
    let build = BuildOptions {
        name,
        version: args.label.clone(),
        min_applicants: args.min_applicants,
    };
    let mut options = Options::default();
    if let Some(Threads(n)) = args.threads {
        options.threads = n;
    }
    let pool = intake::open(&args.pool)?;
    let screen = Screen::new(args.progress.unwrap_or_default());
    let built = pipeline::build_background(&pool, &build, &options, &screen);
    screen.finish();
    let built = built?;
    built.problems.iter().for_each(|p| screen.problem(p));
    fs::write(&args.output, &built.bytes)
        .with_context(|| format!("failed to write {}", args.output.display()))?;
    print(&built.header)?;
    Ok(if built.problems.is_empty() {
        Status::Finished
    } else {
        Status::Problems
    })
}

fn stem(path: &Path) -> Option<String> {
    path.file_stem().map(|s| s.to_string_lossy().into_owned())
}

fn print(header: &BackgroundHeader) -> anyhow::Result<()> {
    let rows = [
        ("name", header.name.clone()),
        ("version", header.version.clone()),
        ("applicants counted", header.num_applicants.to_string()),
        ("documents", header.num_documents.to_string()),
        (
            "fewest applicants of a phrase",
            header.min_applicants.to_string(),
        ),
        ("five-word phrases", header.num_phrases.to_string()),
        ("words", header.num_words.to_string()),
        ("hash version", header.hash_version.to_string()),
        ("text version", header.text_version.to_string()),
    ];
    terminal::to_stdout(|out| {
        rows.iter()
            .try_for_each(|(name, value)| writeln!(out, "{name:<30} {value}"))
    })
}
