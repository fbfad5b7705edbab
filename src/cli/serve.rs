//! `samehand serve`

use crate::cli::args::{Chance, Recognise, Shared, Switch, Threads};
use crate::cli::audit::{self, Audit, Event};
use crate::cli::exit::Status;
use crate::cli::options::Settings;
use crate::cli::output::Output;
use crate::cli::session;
use crate::cli::terminal;
use crate::cli::usage;
use crate::model::ApplicantId;
use crate::report::Report;
use crate::server::{self, Config, Hook, Limits, Token, Witness};
use anyhow::Context;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

/// The environment variable that holds the token where there is no file.
const TOKEN: &str = "SAMEHAND_TOKEN";

/// Serve an index over HTTP: hand applicants in, ask for what ties them to everybody seen before
///
/// docs/serve.md describes the routes; the running server gives them at /openapi.json. Whoever asks needs the token, which
/// comes from --token-file or the environment variable SAMEHAND_TOKEN. It speaks no TLS: beyond this machine, put a proxy
/// in front that does.
///
/// Exit codes: 0 stopped when asked to; 2 usage; 1 the server could not start.
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    /// The index; made where there is none
    #[arg(long, value_name = "FILE", help_heading = "Index")]
    index: PathBuf,

    /// Address and port to listen on; port 0 takes a free one, which is printed
    #[arg(
        long,
        value_name = "ADDRESS:PORT",
        default_value = "127.0.0.1:7425",
        help_heading = "Server"
    )]
    listen: SocketAddr,

    /// Allow an address that other machines reach
    #[arg(long, help_heading = "Server")]
    allow_remote: bool,

    /// File with the token that clients present [default: the variable SAMEHAND_TOKEN]
    #[arg(long, value_name = "FILE", help_heading = "Server")]
    token_file: Option<PathBuf>,

    /// Folder below which JSON may name files and repositories [default: none, so files have to be sent]
    #[arg(long, value_name = "DIR", help_heading = "Server")]
    root: Option<PathBuf>,

    /// Send every result to this address: https, or on this machine
    #[arg(
        long,
        value_name = "URL",
        help_heading = "Server",
        requires = "webhook_secret_file"
    )]
    webhook: Option<String>,

    /// File with the secret that signs what is sent
    #[arg(
        long,
        value_name = "FILE",
        help_heading = "Server",
        requires = "webhook"
    )]
    webhook_secret_file: Option<PathBuf>,

    /// Largest request, MB: a résumé has a few, a bundle of a repository tens
    #[arg(long, value_name = "MB", default_value_t = 64, value_parser = clap::value_parser!(u64).range(1..=4096), help_heading = "Limits")]
    max_body: u64,

    /// Applicants that may wait to be read; more are answered 429. 256 are about a minute of work
    #[arg(long, value_name = "N", default_value_t = 256, value_parser = clap::value_parser!(u16).range(1..), help_heading = "Limits")]
    queue: u16,

    /// Seconds in which a request's body has to arrive: 64 MB at 10 Mbit/s
    #[arg(long, value_name = "SECONDS", default_value_t = 60, value_parser = clap::value_parser!(u16).range(1..=3600), help_heading = "Limits")]
    read_timeout: u16,

    /// Seconds after which a request that waits for its result is answered 202
    #[arg(long, value_name = "SECONDS", default_value_t = 5, value_parser = clap::value_parser!(u16).range(0..=60), help_heading = "Limits")]
    wait: u16,

    /// Seconds in which a server that is asked to stop finishes what waits; the rest is named and has to be sent again
    #[arg(long, value_name = "SECONDS", default_value_t = 20, value_parser = clap::value_parser!(u16).range(0..=3600), help_heading = "Limits")]
    grace: u16,

    /// Append a line about every report that is given, and about everybody who is deleted, to FILE
    #[arg(long, value_name = "FILE", help_heading = "Report")]
    audit: Option<PathBuf>,

    /// Switch a detector off (or on again, against --config); `samehand explain` lists them
    #[arg(long, value_name = "ID=off", help_heading = "Analysis")]
    detector: Vec<Switch>,

    /// Cluster links that at most X unrelated pairs would reach by chance [default: 0.05, one pool in twenty]
    #[arg(long, value_name = "X", help_heading = "Analysis")]
    chance: Option<Chance>,

    /// Let the text of this job advertisement, in any readable format, weigh nothing; repeatable
    #[arg(long, value_name = "FILE", help_heading = "Analysis")]
    job: Vec<PathBuf>,

    /// Recognise text in pictures and scans [default: auto, where a file has no text and tesseract is installed]
    #[arg(long, value_name = "WHEN", help_heading = "Analysis")]
    ocr: Option<Recognise>,

    /// Applicants that are read at one time, and threads [default: one per processor]
    #[arg(short = 'j', long, value_name = "N", help_heading = "Analysis")]
    threads: Option<Threads>,

    /// Read options from a TOML file, named as here without the dashes; the command line wins
    #[arg(long, value_name = "FILE", help_heading = "Analysis")]
    config: Option<PathBuf>,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    if !args.listen.ip().is_loopback() {
        if !args.allow_remote {
            return Err(usage(format!(
                "{} can be reached from other machines: --allow-remote says that this is meant",
                args.listen
            )));
        }
        terminal::tell(
            "warning: other machines can reach this address, and what is sent to it can be read on the way: put a proxy with TLS in front",
        );
    }
    let settings = settings(args)?;
    let token = Token::new(&token(args)?).map_err(|why| usage(format!("the token {why}")))?;
    let audit = Audit::new(settings.audit.as_deref(), &Output::Json, &[])?;
    let config = Config {
        index: args.index.clone(),
        options: settings.options.clone(),
        listen: args.listen,
        token,
        root: args.root.as_deref().map(folder).transpose()?,
        hook: hook(args)?,
        limits: limits(args),
    };
    let witness = Log {
        audit,
        file: settings.audit,
        index: args.index.clone(),
    };
    server::run(config, Arc::new(witness))?;
    Ok(Status::Finished)
}

fn settings(args: &Args) -> anyhow::Result<Settings> {
    let shared = Shared {
        audit: args.audit.clone(),
        detector: args.detector.clone(),
        chance: args.chance,
        job: args.job.clone(),
        ocr: args.ocr,
        threads: args.threads,
        config: args.config.clone(),
        ..Shared::default()
    };
    let settings = Settings::new(&shared, None)?;
    if settings.options.reveal {
        return Err(usage(
            "a server gives masked reports only; take `reveal` out of the configuration file",
        ));
    }
    session::goes_with_an_index(&settings)?;
    Ok(settings)
}

fn limits(args: &Args) -> Limits {
    Limits {
        body: args.max_body << 20,
        queue: usize::from(args.queue),
        read: Duration::from_secs(args.read_timeout.into()),
        wait: Duration::from_secs(args.wait.into()),
        grace: Duration::from_secs(args.grace.into()),
    }
}

fn folder(path: &Path) -> anyhow::Result<PathBuf> {
    match path.is_dir() {
        true => Ok(path.to_path_buf()),
        false => Err(usage(format!("{} is no folder", path.display()))),
    }
}

fn read(path: &Path) -> anyhow::Result<String> {
    std::fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))
}

fn token(args: &Args) -> anyhow::Result<String> {
    match (&args.token_file, std::env::var(TOKEN)) {
        (Some(file), _) => read(file),
        (None, Ok(token)) => Ok(token),
        (None, Err(_)) => Err(usage(format!(
            "a server needs a token: --token-file FILE, or the environment variable {TOKEN}"
        ))),
    }
}

fn hook(args: &Args) -> anyhow::Result<Option<Hook>> {
    let (Some(url), Some(file)) = (&args.webhook, &args.webhook_secret_file) else {
        return Ok(None);
    };
    let hook = Hook::new(url, &read(file)?).map_err(|e| usage(e.to_string()))?;
    Ok(Some(hook))
}

/// Keeps the audit log, and tells on stderr what happens.
struct Log {
    audit: Audit,
    file: Option<PathBuf>,
    index: PathBuf,
}

impl Witness for Log {
    fn shown(&self, report: &Report) -> anyhow::Result<()> {
        self.audit.write(report, false, &Output::Json)
    }

    fn forgotten(&self, ids: &[ApplicantId]) -> anyhow::Result<()> {
        let event = Event {
            what: "purge",
            options: Vec::new(),
            reveal: false,
            report: self.index.display().to_string(),
            input_digest: None,
            files: ids.iter().map(ApplicantId::to_string).collect(),
        };
        audit::append(self.file.as_deref(), &event)
    }

    fn tell(&self, line: &str) {
        terminal::tell(line);
    }
}
