//! `samehand check`

use crate::cli::args::Format;
use crate::cli::args::Shared;
use crate::cli::args::WORDS;
use crate::cli::audit::Audit;
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::session;
use crate::cli::terminal;
use crate::cli::usage;
use crate::intake;
use crate::intake::Pool;
use crate::model::Words;
use crate::pipeline::{Memory, Silent};
use crate::report;
use anyhow::Context;
use serde_json::{Value, json};
use std::io::{self, BufRead, Read};
use std::path::{Path, PathBuf};

/// Compare one applicant with everybody in an index, and print the report as JSON
///
/// APPLICANT is a folder, or the files and repositories of one applicant, or `-`: one JSON object on stdin with the fields
/// of a manifest's row (docs/manifest.md); its paths are relative to --root and may not leave it.
///
/// Exit codes: 0 finished, every input read; 3 finished, some inputs could not be read; 10 see --exit-on; 2 usage;
/// 1 the run failed.
#[derive(Debug, clap::Args)]
#[command(after_help = WORDS)]
pub(in crate::cli) struct Args {
    /// A folder, or files and repositories, of one applicant; - for JSON on stdin
    #[arg(required_unless_present = "jsonl", value_name = "APPLICANT")]
    applicant: Vec<PathBuf>,

    /// Everybody to compare with, as `samehand index add` keeps them
    #[arg(long, value_name = "FILE", help_heading = "Index")]
    index: PathBuf,

    /// Put the applicant into the index when the report is written
    #[arg(long, help_heading = "Index")]
    add: bool,

    /// The applicant's id [default: the name of the folder or of the first file]
    #[arg(
        long,
        value_name = "ID",
        help_heading = "Source",
        conflicts_with = "jsonl"
    )]
    id: Option<String>,

    /// Folder in which the paths of JSON on stdin stand [default: the current one]
    #[arg(long, value_name = "DIR", help_heading = "Source")]
    root: Option<PathBuf>,

    /// Read one applicant a line from stdin and print one report a line, in the same order
    #[arg(long, help_heading = "Source", conflicts_with_all = ["applicant", "output", "format"])]
    jsonl: bool,

    #[command(flatten)]
    shared: Shared,

    /// Exit with 10 when a cluster holds a link of at least this strength that nobody dismissed
    #[arg(
        long,
        value_name = "WORD",
        help_heading = "Report",
        conflicts_with = "jsonl"
    )]
    exit_on: Option<Words>,
}

/// Longest line or object that is read from stdin, bytes: a row of a manifest is a few hundred.
const LONGEST: u64 = 1 << 20;

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let mut shared = args.shared.clone();
    if shared.output.is_none() && shared.format.is_empty() {
        shared.format = vec![Format::Json];
    }
    let settings = Settings::new(&shared, args.exit_on)?;
    if args.jsonl {
        return lines(args, &settings);
    }
    let is_stdin = args.applicant == [Path::new("-")];
    let pools = if is_stdin { &[][..] } else { &args.applicant };
    let output = Output::new(&settings, pools)?;
    let audit = Audit::new(settings.audit.as_deref(), &output, pools)?;
    let pool = match is_stdin {
        true => row(&object(&mut io::stdin().lock())?, args)?,
        false => intake::open_as_one(&args.applicant, args.id.as_deref())?,
    };
    let pool = whole(pool)?;
    session::run_with(&args.index, pool, args.add, &settings, &output, &audit)
}

/// The JSON object on a stream, on one line.
fn object(from: &mut impl Read) -> anyhow::Result<String> {
    let mut text = String::new();
    from.take(LONGEST + 1)
        .read_to_string(&mut text)
        .context("failed to read stdin")?;
    if text.len() as u64 > LONGEST {
        return Err(usage("stdin holds more than 1 MiB; name files instead"));
    }
    let value: Value = serde_json::from_str(&text)
        .map_err(|e| usage(format!("stdin is no JSON object of one applicant: {e}")))?;
    Ok(value.to_string())
}

fn row(json: &str, args: &Args) -> anyhow::Result<Pool> {
    let root = args.root.as_deref().unwrap_or(Path::new("."));
    let mut pool = intake::open_row(json, root, "stdin")?;
    if let (Some(id), [one]) = (&args.id, pool.applicants.as_mut_slice()) {
        one.id = crate::model::ApplicantId::new(id.as_str());
    }
    Ok(pool)
}

/// Refuses a pool without an applicant: there is nothing to compare.
fn whole(pool: Pool) -> anyhow::Result<Pool> {
    match (pool.applicants.is_empty(), pool.problems.first()) {
        (false, _) => Ok(pool),
        (true, Some(problem)) => Err(usage(problem.to_string())),
        (true, None) => Err(usage("there is nothing to read")),
    }
}

/// One applicant a line in, one line out. The next line is read when the last answer is written: a reader that is slow
/// slows this down, and nothing piles up.
fn lines(args: &Args, settings: &Settings) -> anyhow::Result<Status> {
    let mut memory = session::memory(&args.index, args.add, settings)?;
    let audit = settings.audit.as_deref();
    let audit = Audit::new(audit, &Output::Json, &[])?;
    let mut input = io::stdin().lock();
    let mut all_read = true;
    for number in 1u64.. {
        let Some(line) = next_line(&mut input)? else {
            break;
        };
        if line.as_ref().is_ok_and(|l| l.trim().is_empty()) {
            continue;
        }
        let answer = line.and_then(|line| one(&line, &mut memory, args, settings, &audit));
        let answer = match answer {
            Ok((report, no_problem)) => {
                all_read &= no_problem;
                report
            }
            Err(e) => {
                all_read = false;
                json!({"schema": "error/1", "line": number, "error": format!("{e:#}")}).to_string()
            }
        };
        terminal::to_stdout(|out| writeln!(out, "{answer}"))?;
    }
    Ok(match all_read {
        true => Status::Finished,
        false => Status::Problems,
    })
}

/// The next line, or why it is none; `None` at the end. What is too long is read away, so that the rest stays in step.
fn next_line(input: &mut impl BufRead) -> anyhow::Result<Option<anyhow::Result<String>>> {
    let mut line = Vec::new();
    let read = input.by_ref().take(LONGEST).read_until(b'\n', &mut line);
    if read.context("failed to read stdin")? == 0 {
        return Ok(None);
    }
    if line.len() as u64 == LONGEST && line.last() != Some(&b'\n') {
        input.skip_until(b'\n').context("failed to read stdin")?;
        return Ok(Some(Err(usage("the line is longer than 1 MiB"))));
    }
    let text = String::from_utf8(line).map_err(|_| usage("the line is not UTF-8"));
    Ok(Some(text))
}

/// The report about the applicant of one line, on one line, and whether everything could be read.
fn one(
    line: &str,
    memory: &mut Memory,
    args: &Args,
    settings: &Settings,
    audit: &Audit,
) -> anyhow::Result<(String, bool)> {
    let handed = memory.hand_in(whole(row(line.trim_end(), args)?)?, &Silent)?;
    let report = memory.scan(&handed, &Silent)?;
    audit.write(&report, settings.options.reveal, &Output::Json)?;
    if args.add {
        memory.add(&handed)?;
    }
    Ok((report::json_line(&report)?, report.problems.is_empty()))
}
