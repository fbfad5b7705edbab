//! The parent's side: a few worker processes, reused; one that hangs, crashes or breaks a limit is ended and replaced.
//!
//! Parsers of foreign bytes abort, overflow the stack and loop; `catch_unwind` stops none of that, a process border does.
//! Each thread of the run has one worker, started when first needed: two hundred files do not start two hundred processes.

use crate::extract::private_folder;
use crate::extract::{Job, Limits, ReadError};
use crate::pipeline::frame::{self, Hello, Quote, Quoted, Reply, Request};
use serde::de::DeserializeOwned;
use std::io::{self, BufReader, BufWriter};
use std::path::PathBuf;
use std::process::{Child, ChildStdin, Command, ExitStatus, Stdio};
use std::sync::Mutex;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::Duration;
use tempfile::TempDir;

/// Jobs after which a worker is replaced: what a parser leaks stays small.
const MAX_JOBS: u32 = 1000;

/// The worker processes of a run.
pub(in crate::pipeline) struct Workers {
    binary: PathBuf,
    limits: Limits,
    slots: Vec<Mutex<Option<Worker>>>,
}

impl Workers {
    /// One slot for each thread of the run; processes start when first needed.
    pub fn new(binary: PathBuf, limits: Limits, threads: usize) -> Self {
        Self {
            binary,
            limits,
            slots: (0..threads.max(1)).map(|_| Mutex::new(None)).collect(),
        }
    }

    /// Reads one source in the worker of the calling thread. What a worker died over is given once more to a new one,
    /// which starts with a document's second engine, and parses no code of a repository.
    pub fn read(&self, job: &Job) -> Reply {
        let attempt = |job: &Job| self.attempt(&Request::Read(job.clone()));
        match attempt(job) {
            Err(ReadError::WorkerDied(why)) if job.attempt == 0 => {
                let again = attempt(&Job {
                    attempt: 1,
                    ..job.clone()
                });
                again.map_err(|second| match second {
                    ReadError::WorkerDied(_) => ReadError::WorkerDied(why),
                    other => other,
                })
            }
            other => other,
        }
    }

    /// Reads lines of a repository's files again.
    pub fn quote(&self, job: Job, quotes: Vec<Quote>) -> Quoted {
        self.attempt(&Request::Quote(job, quotes))
    }

    fn attempt<T: DeserializeOwned>(&self, request: &Request) -> Result<T, ReadError> {
        let slot = rayon::current_thread_index().unwrap_or(0) % self.slots.len();
        // A thread that panicked while it held the slot leaves a worker in an unknown state: start anew.
        let mut slot = self.slots[slot].lock().unwrap_or_else(|poisoned| {
            let mut slot = poisoned.into_inner();
            *slot = None;
            slot
        });
        let mut worker = match slot.take() {
            Some(worker) => worker,
            None => Worker::start(&self.binary, &self.limits).map_err(|e| {
                ReadError::Io(format!(
                    "no worker could be started ({}): {e}",
                    self.binary.display()
                ))
            })?,
        };
        let reply = worker.run(request, &self.limits);
        if worker.alive && worker.jobs < MAX_JOBS {
            *slot = Some(worker);
        }
        reply
    }
}

/// One worker process.
struct Worker {
    child: Child,
    stdin: Option<BufWriter<ChildStdin>>,
    replies: Receiver<io::Result<Vec<u8>>>,
    jobs: u32,
    alive: bool,
    /// Where it unpacks repositories; removed with it, whatever became of the process.
    _scratch: Option<TempDir>,
}

impl Worker {
    fn start(binary: &PathBuf, limits: &Limits) -> io::Result<Self> {
        let mut child = Command::new(binary)
            .arg("worker")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        let stdin = child.stdin.take().map(BufWriter::new);
        let mut stdout = BufReader::new(
            child
                .stdout
                .take()
                .ok_or_else(|| io::Error::other("no stdout"))?,
        );
        let (send, replies) = channel();
        std::thread::spawn(move || {
            while let Some(reply) = frame::read_bytes(&mut stdout).transpose() {
                let last = reply.is_err();
                if send.send(reply).is_err() || last {
                    break;
                }
            }
        });
        // Where no folder can be made only packed repositories cannot be read, and they say so.
        let scratch = private_folder(limits.scratch.as_deref()).ok();
        let limits = Limits {
            scratch: scratch.as_ref().map(|s| s.path().to_path_buf()),
            ..limits.clone()
        };
        let mut worker = Self {
            child,
            stdin,
            replies,
            jobs: 0,
            alive: true,
            _scratch: scratch,
        };
        worker.send(&Hello { limits })?;
        Ok(worker)
    }

    fn send(&mut self, message: &impl serde::Serialize) -> io::Result<()> {
        let stdin = self
            .stdin
            .as_mut()
            .ok_or_else(|| io::Error::other("closed"))?;
        frame::write(stdin, message)
    }

    fn run<T: DeserializeOwned>(
        &mut self,
        request: &Request,
        limits: &Limits,
    ) -> Result<T, ReadError> {
        let (Request::Read(job) | Request::Quote(job, _)) = request;
        self.jobs += 1;
        if self.send(request).is_err() {
            return Err(self.died(job, limits));
        }
        let seconds = if job.repository {
            limits.repository_seconds * 2
        } else {
            limits.wall_seconds
        };
        match self.replies.recv_timeout(Duration::from_secs(seconds)) {
            Ok(Ok(bytes)) => frame::decode(&bytes).unwrap_or_else(|e| {
                self.alive = false;
                Err(ReadError::WorkerDied(format!("answered nonsense: {e}")))
            }),
            Err(RecvTimeoutError::Timeout) => {
                self.end();
                Err(ReadError::WorkerDied(format!(
                    "took longer than {seconds} s and was stopped"
                )))
            }
            Ok(Err(_)) | Err(RecvTimeoutError::Disconnected) => Err(self.died(job, limits)),
        }
    }

    /// The process is gone: says why.
    fn died(&mut self, job: &Job, limits: &Limits) -> ReadError {
        self.stdin = None;
        let status = self.child.wait();
        self.alive = false;
        let cpu = if job.repository {
            limits.repository_seconds
        } else {
            limits.cpu_seconds
        };
        ReadError::WorkerDied(status.map_or_else(|e| format!("ended: {e}"), |s| cause(s, cpu)))
    }

    fn end(&mut self) {
        self.alive = false;
        self.stdin = None;
        // It may be gone already; either way it must not stay behind.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Drop for Worker {
    fn drop(&mut self) {
        if self.alive {
            self.end();
        }
    }
}

#[cfg(unix)]
fn cause(status: ExitStatus, cpu_seconds: u64) -> String {
    use std::os::unix::process::ExitStatusExt;
    match status.signal() {
        Some(24) => format!("used more than {cpu_seconds} s of computing time and was stopped"),
        Some(6) => "needed more memory than it may use, or gave up, and was stopped".into(),
        Some(11 | 7) => "ran out of stack or memory and was stopped".into(),
        Some(signal) => format!("was ended by signal {signal}"),
        None => format!("ended with {status}"),
    }
}

#[cfg(not(unix))]
fn cause(status: ExitStatus, _cpu_seconds: u64) -> String {
    format!("ended with {status}")
}
