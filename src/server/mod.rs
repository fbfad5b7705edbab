//! `samehand serve`: the index over HTTP, for a hiring pipeline that hands in one applicant at a time.
//!
//! It does what `samehand check --add` does, by the same functions: an applicant is read in worker processes, compared
//! with everybody in the index, and put into it. What a route gives stands in `docs/serve.md` and in `/openapi.json`.
//!
//! - [`listen`]: connections, time limits for slow clients, the stop.
//! - [`routes`]: who may ask what; everything but `/healthz` needs the token.
//! - [`upload`]: a request's files, in a private folder that is removed with the job.
//! - [`jobs`] and [`work`]: a bounded queue, and threads that read, compare, write. **One writer at a time**: comparing and
//!   putting in are one step, so that of two applicants who come at once the second one meets the first.
//! - [`state`]: readers of the index beside the writer.
//!
//! It is no TLS endpoint and knows one token, not users: put a proxy in front for both.

mod answer;
mod applicants;
mod clusters;
mod health;
mod jobs;
mod listen;
mod metrics;
mod openapi;
mod problem;
mod receive;
mod routes;
mod seal;
mod state;
mod upload;
mod webhook;
mod work;

pub use openapi::document;
pub use seal::Token;
pub use webhook::{Hook, HookError};

use crate::model::ApplicantId;
use crate::pipeline::Options;
use crate::report::Report;
use crate::server::state::Server;
use anyhow::Context;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

/// What a server is told.
pub struct Config {
    /// The index; made where there is none.
    pub index: PathBuf,
    /// Options of every run.
    pub options: Options,
    /// Where to listen; port 0 takes a free one.
    pub listen: SocketAddr,
    /// Who may ask.
    pub token: Token,
    /// The folder below which JSON may name paths.
    pub root: Option<PathBuf>,
    /// Whom to tell of every result.
    pub hook: Option<Hook>,
    /// What a client may cost.
    pub limits: Limits,
}

/// What a client may cost.
#[derive(Clone, Debug)]
pub struct Limits {
    /// Largest body of a request with files, bytes.
    pub body: u64,
    /// Applicants that wait to be read.
    pub queue: usize,
    /// How long a body may take to arrive.
    pub read: Duration,
    /// How long an answer waits for its applicant to be finished, before it says 202.
    pub wait: Duration,
    /// How long a stop waits for what is under way.
    pub grace: Duration,
}

impl Default for Limits {
    /// Choices: a résumé with certificates has a few MB, a bundle of a repository tens; a person's connection sends that in a
    /// minute; 256 applicants are a minute of work.
    fn default() -> Self {
        Self {
            body: 64 << 20,
            queue: 256,
            read: Duration::from_secs(60),
            wait: Duration::from_secs(5),
            grace: Duration::from_secs(20),
        }
    }
}

/// Whoever keeps the log, and is told what happens.
pub trait Witness: Send + Sync {
    /// A report is about to be shown.
    ///
    /// # Errors
    /// When that cannot be noted: the report is then not shown.
    fn shown(&self, report: &Report) -> anyhow::Result<()>;
    /// Applicants were taken out of the index.
    ///
    /// # Errors
    /// When that cannot be noted.
    fn forgotten(&self, ids: &[ApplicantId]) -> anyhow::Result<()>;
    /// A line for whoever runs the server.
    fn tell(&self, line: &str);
}

/// Serves until the process is asked to stop.
///
/// # Errors
/// When the index cannot be opened, the address cannot be had, or another server has the index.
pub fn run(config: Config, witness: Arc<dyn Witness>) -> anyhow::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .max_blocking_threads(32)
        .enable_all()
        .build()
        .context("failed to start threads")?;
    let address = config.listen;
    let server = Arc::new(Server::new(config, witness)?);
    let workers = work::start(&server)?;
    runtime.block_on(listen::listen(&server, address))?;
    server.finish(workers);
    // A request that is still being answered is cut here; nothing is written after the writer's turn was taken.
    runtime.shutdown_background();
    Ok(())
}
