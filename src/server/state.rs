//! What the parts of a server share.

use crate::model::ApplicantId;
use crate::pipeline::{Memory, Options};
use crate::report::Report;
use crate::server::clusters::Clusters;
use crate::server::jobs::Jobs;
use crate::server::metrics::Metrics;
use crate::server::problem::Fault;
use crate::server::upload::Uploads;
use crate::server::webhook::{Hook, Sender};
use crate::server::{Config, Limits, Token, Witness};
use axum::http::StatusCode;
use serde_json::value::RawValue;
use std::collections::BTreeSet;
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError, RwLock};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};
use tokio::sync::Semaphore;

/// Questions to the index at one time, besides the writer: each has a connection and the tables.
const READERS: usize = 2;

/// Requests that may send a body at one time.
const UPLOADING: usize = 128;

/// How long a request waits for one of these places.
const PATIENCE: Duration = Duration::from_secs(30);

/// A server.
pub(in crate::server) struct Server {
    pub index: PathBuf,
    pub options: Options,
    pub limits: Limits,
    pub root: Option<PathBuf>,
    pub token: Token,
    pub witness: Arc<dyn Witness>,
    pub uploads: Uploads,
    pub jobs: Jobs,
    pub metrics: Metrics,
    pub sender: Option<Sender>,
    /// Comparing and putting in, or deleting: one at a time.
    pub turn: Mutex<()>,
    /// Held by whoever looks at the index, and alone by whoever deletes: deleted bytes leave the log when nobody reads it.
    pub looking: RwLock<()>,
    /// Applicants who were deleted while another process read the index: bytes of theirs stand in its log.
    pub remains: Mutex<BTreeSet<ApplicantId>>,
    /// The clusters of everybody, as far as they are known.
    pub clusters: Clusters,
    /// Places of those who send a body.
    pub sending: Semaphore,
    watcher: Mutex<Memory>,
    readers: Mutex<Vec<Memory>>,
    reading: Arc<Semaphore>,
}

impl Server {
    /// Opens everything.
    ///
    /// # Errors
    /// When the index cannot be opened, or another server has it.
    pub fn new(config: Config, witness: Arc<dyn Witness>) -> anyhow::Result<Self> {
        let uploads = Uploads::open(&config.index)?;
        let watcher = Memory::create(&config.index, &config.options)?;
        let start = |hook: Hook| hook.start(Arc::clone(&witness));
        Ok(Self {
            sender: config.hook.map(start).transpose()?,
            uploads,
            jobs: Jobs::new(config.limits.queue),
            metrics: Metrics::default(),
            turn: Mutex::new(()),
            looking: RwLock::new(()),
            remains: Mutex::default(),
            clusters: Clusters::default(),
            sending: Semaphore::new(UPLOADING),
            watcher: Mutex::new(watcher),
            readers: Mutex::default(),
            reading: Arc::new(Semaphore::new(READERS)),
            index: config.index,
            options: config.options,
            limits: config.limits,
            root: config.root,
            token: config.token,
            witness,
        })
    }

    /// Asks the index, away from the threads that answer.
    ///
    /// # Errors
    /// [`Fault::busy`] when too many ask; whatever fails is told and is [`Fault::ours`].
    pub async fn ask<T: Send + 'static>(
        self: &Arc<Self>,
        ask: impl FnOnce(&mut Memory, &Self) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let place = Arc::clone(&self.reading).acquire_owned();
        let Ok(Ok(place)) = tokio::time::timeout(PATIENCE, place).await else {
            return Err(Fault::busy("too many questions at once"));
        };
        self.away(move |server| {
            let _place = place;
            let _looking = server
                .looking
                .read()
                .unwrap_or_else(PoisonError::into_inner);
            let mut memory = server.memory()?;
            memory.begin(now());
            let answer = ask(&mut memory, server);
            // One that panicked is not used again.
            server.give_back(memory);
            answer
        })
        .await
    }

    /// Does something that takes its time away from the threads that answer; a panic is a failure.
    ///
    /// # Errors
    /// Whatever fails is told and is [`Fault::ours`].
    pub async fn away<T: Send + 'static>(
        self: &Arc<Self>,
        work: impl FnOnce(&Self) -> anyhow::Result<T> + Send + 'static,
    ) -> Result<T, Fault> {
        let server = Arc::clone(self);
        let done = tokio::task::spawn_blocking(move || work(&server)).await;
        let done = done.unwrap_or_else(|e| Err(e.into()));
        done.map_err(|e| self.failed("a request", &format!("{e:#}")))
    }

    /// A connection of its own.
    ///
    /// # Errors
    /// When the index cannot be opened.
    pub fn open(&self) -> anyhow::Result<Memory> {
        Memory::open(&self.index, &self.options)
    }

    /// A connection, an idle one if there is one.
    ///
    /// # Errors
    /// As for [`Server::open`].
    pub fn memory(&self) -> anyhow::Result<Memory> {
        let idle = self.idle().pop();
        idle.map_or_else(|| self.open(), Ok)
    }

    /// Keeps a connection for the next who asks.
    pub fn give_back(&self, memory: Memory) {
        let mut idle = self.idle();
        if idle.len() < READERS {
            idle.push(memory);
        }
    }

    fn idle(&self) -> std::sync::MutexGuard<'_, Vec<Memory>> {
        self.readers.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The version of the index, by the one connection that is kept for this: versions of different ones do not compare.
    ///
    /// # Errors
    /// As for [`Server::ask`].
    pub async fn version(self: &Arc<Self>) -> Result<i64, Fault> {
        self.ask(|_, server| {
            let watcher = server.watcher.lock();
            Ok(watcher.unwrap_or_else(PoisonError::into_inner).version()?)
        })
        .await
    }

    /// Tells what failed; what the client is told.
    pub fn failed(&self, what: &str, error: &dyn Display) -> Fault {
        self.witness.tell(&format!("error: {what}: {error}"));
        Fault::ours()
    }

    /// Makes an applicant's report about what the index holds; `None` where there is nobody.
    ///
    /// # Errors
    /// What the index says, or when the log cannot be written.
    pub fn report_on(
        &self,
        memory: &mut Memory,
        id: &ApplicantId,
    ) -> anyhow::Result<Option<Report>> {
        let Some(handed) = memory.recall(id)? else {
            return Ok(None);
        };
        let report = memory.scan(&handed, &crate::pipeline::Silent)?;
        self.witness.shown(&report)?;
        Ok(Some(report))
    }

    /// The end: what waits is done as long as the time of grace goes on, what is being written is written.
    pub fn finish(&self, workers: Vec<JoinHandle<()>>) {
        let end = Instant::now() + self.limits.grace;
        self.jobs.close();
        while !workers.iter().all(JoinHandle::is_finished) && Instant::now() < end {
            std::thread::sleep(Duration::from_millis(10));
        }
        // What is being written is written; who is not done then is not put in any more.
        let turn = self.turn.lock().unwrap_or_else(PoisonError::into_inner);
        let lost = self.jobs.give_up();
        drop(turn);
        for id in lost {
            let line = format!("stopped before {id} was in the index; send it again");
            self.witness.tell(&line);
        }
        if let Some(sender) = &self.sender {
            sender.finish(end.max(Instant::now() + Duration::from_secs(1)));
        }
        self.uploads.remove();
    }
}

/// Now, RFC 3339, to the second.
pub(in crate::server) fn now() -> String {
    let now = jiff::Timestamp::now().round(jiff::Unit::Second);
    now.map_or_else(|_| String::new(), |t| t.to_string())
}

/// A report as JSON on one line, to stand in other JSON.
///
/// # Errors
/// What serialising says.
pub(in crate::server) fn raw(report: &Report) -> anyhow::Result<Box<RawValue>> {
    Ok(RawValue::from_string(crate::report::json_line(report)?)?)
}

/// The answer to a request that meets a stop.
pub(in crate::server) fn stopping() -> Fault {
    Fault::new(
        StatusCode::SERVICE_UNAVAILABLE,
        "the server stops; send it again when it is back",
    )
    .after(10)
}
