//! Applicants who wait to be read: a bounded queue, and what became of those who left it.
//!
//! An id is in the queue once: the same material again joins the job that is there, other material has to wait. Who is done
//! is in the index and needs no memory here; of those who failed, the last are remembered.

use crate::model::ApplicantId;
use crate::server::receive::Received;
use serde_json::value::RawValue;
use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use tokio::sync::watch;

/// Failed applicants that are remembered.
const REMEMBERED: usize = 1000;

/// Most bytes of files that wait. A choice: a sixteenth of a small machine's disk, and many times a day's résumés.
const BYTES: u64 = 4 << 30;

/// Where a job stands.
#[derive(Clone, Debug)]
pub(in crate::server) enum Phase {
    /// Nobody has begun.
    Queued,
    /// It is being read, compared or written.
    Reading,
    /// It is in the index.
    Done(Arc<Finished>),
    /// The server could not do it; why, in words.
    Failed(String),
    /// It was taken out of the queue: the applicant was deleted, or the server stops.
    Dropped(Lost),
}

/// Why a job was dropped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Lost {
    /// The applicant was deleted.
    Deleted,
    /// The server stops.
    Stopping,
}

impl Phase {
    /// Whether nothing will follow.
    pub fn is_final(&self) -> bool {
        !matches!(self, Self::Queued | Self::Reading)
    }
}

/// What an applicant is in the index after a job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::server) enum Change {
    /// Was not there before.
    New,
    /// Stood there with other material.
    Replaced,
    /// Stood there with the same material.
    Unchanged,
}

/// The result of a job.
#[derive(Debug)]
pub(in crate::server) struct Finished {
    /// What changed.
    pub change: Change,
    /// The report about the applicant.
    pub report: Box<RawValue>,
}

/// An applicant who is to be read.
pub(in crate::server) struct Job {
    /// Who.
    pub id: ApplicantId,
    stamp: String,
    bytes: u64,
    material: Mutex<Option<Received>>,
    phase: watch::Sender<Phase>,
    cancelled: AtomicBool,
    /// The applicant is in the index, though the job may not have ended yet.
    kept: AtomicBool,
}

impl Job {
    fn new(received: Received) -> Self {
        Self {
            id: received.pool.applicants[0].id.clone(),
            stamp: received.stamp.clone(),
            bytes: received.bytes,
            material: Mutex::new(Some(received)),
            phase: watch::Sender::new(Phase::Queued),
            cancelled: AtomicBool::new(false),
            kept: AtomicBool::new(false),
        }
    }

    /// Notes that the applicant was put into the index.
    pub fn keep(&self) {
        self.kept.store(true, Ordering::SeqCst);
    }

    /// What was handed in, once.
    pub fn take(&self) -> Option<Received> {
        lock(&self.material).take()
    }

    /// Whether the applicant was deleted meanwhile.
    pub fn is_cancelled(&self) -> bool {
        self.cancelled.load(Ordering::SeqCst)
    }

    /// Where it stands.
    pub fn phase(&self) -> Phase {
        self.phase.borrow().clone()
    }

    /// To wait for the end.
    pub fn watch(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }
}

/// What became of somebody handed in.
pub(in crate::server) enum Submitted {
    /// Waits.
    New(Arc<Job>),
    /// The same material waits already.
    Same(Arc<Job>),
    /// Other material of the same id waits.
    Conflict,
    /// There is no place.
    Full,
    /// The server stops.
    Stopping,
}

/// The queue.
pub(in crate::server) struct Jobs {
    inner: Mutex<Inner>,
    wake: Condvar,
    most: usize,
}

#[derive(Default)]
struct Inner {
    waiting: VecDeque<Arc<Job>>,
    /// Queued or being read.
    open: BTreeMap<ApplicantId, Arc<Job>>,
    failed: BTreeMap<ApplicantId, String>,
    /// The order in which they failed.
    failures: VecDeque<ApplicantId>,
    bytes: u64,
    closed: bool,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Every change under the lock is whole, so what a panic left is as good as before.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Jobs {
    /// An empty queue with room for `most`.
    pub fn new(most: usize) -> Self {
        Self {
            inner: Mutex::default(),
            wake: Condvar::new(),
            most,
        }
    }

    /// Puts an applicant into the queue.
    pub fn submit(&self, received: Received) -> Submitted {
        let mut inner = lock(&self.inner);
        let job = Arc::new(Job::new(received));
        if let Some(open) = inner.open.get(&job.id) {
            let same = !job.stamp.is_empty() && open.stamp == job.stamp && !open.is_cancelled();
            return match same {
                true => Submitted::Same(Arc::clone(open)),
                false => Submitted::Conflict,
            };
        }
        if inner.closed {
            return Submitted::Stopping;
        }
        if inner.waiting.len() >= self.most || inner.bytes + job.bytes > BYTES {
            return Submitted::Full;
        }
        inner.forget_failure(&job.id);
        inner.bytes += job.bytes;
        inner.open.insert(job.id.clone(), Arc::clone(&job));
        inner.waiting.push_back(Arc::clone(&job));
        self.wake.notify_one();
        Submitted::New(job)
    }

    /// The next job, when there is one; `None` when the server stops.
    pub fn next(&self) -> Option<Arc<Job>> {
        let mut inner = lock(&self.inner);
        loop {
            if let Some(job) = inner.waiting.pop_front() {
                job.phase.send_replace(Phase::Reading);
                return Some(job);
            }
            if inner.closed {
                return None;
            }
            inner = self
                .wake
                .wait(inner)
                .unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Notes how a job ended.
    pub fn end(&self, job: &Arc<Job>, phase: Phase) {
        let mut inner = lock(&self.inner);
        inner.leave(job);
        if let Phase::Failed(why) = &phase {
            inner.failed.insert(job.id.clone(), why.clone());
            inner.failures.push_back(job.id.clone());
            if inner.failures.len() > REMEMBERED
                && let Some(oldest) = inner.failures.pop_front()
            {
                inner.failed.remove(&oldest);
            }
        }
        drop(inner);
        job.phase.send_replace(phase);
    }

    /// The phase of an applicant who is in the queue, or failed.
    pub fn phase(&self, id: &ApplicantId) -> Option<Phase> {
        let inner = lock(&self.inner);
        let open = inner.open.get(id).map(|job| job.phase());
        open.or_else(|| inner.failed.get(id).cloned().map(Phase::Failed))
    }

    /// Takes an applicant out of the queue; one who is being read will not be put into the index. Says whether there was one.
    pub fn cancel(&self, id: &ApplicantId) -> bool {
        let mut inner = lock(&self.inner);
        let had_failed = inner.forget_failure(id);
        let Some(job) = inner.open.get(id).cloned() else {
            return had_failed;
        };
        job.cancelled.store(true, Ordering::SeqCst);
        let queued = inner.waiting.iter().position(|w| Arc::ptr_eq(w, &job));
        if let Some(at) = queued {
            inner.waiting.remove(at);
            inner.leave(&job);
            drop(inner);
            job.take();
            job.phase.send_replace(Phase::Dropped(Lost::Deleted));
        }
        true
    }

    /// How many wait, and how many are being read.
    pub fn counts(&self) -> (usize, usize) {
        let inner = lock(&self.inner);
        (inner.waiting.len(), inner.open.len() - inner.waiting.len())
    }

    /// Takes nobody any more: [`Jobs::next`] gives what waits and then `None`.
    pub fn close(&self) {
        lock(&self.inner).closed = true;
        self.wake.notify_all();
    }

    /// Drops everybody who is not done, those being read as well; gives their ids.
    pub fn give_up(&self) -> Vec<ApplicantId> {
        let mut inner = lock(&self.inner);
        let waiting: Vec<Arc<Job>> = inner.waiting.drain(..).collect();
        let open = inner.open.values();
        let lost = open.filter(|job| !job.kept.load(Ordering::SeqCst));
        let lost = lost.map(|job| job.id.clone()).collect();
        for job in inner.open.values() {
            job.cancelled.store(true, Ordering::SeqCst);
        }
        for job in &waiting {
            inner.leave(job);
        }
        drop(inner);
        for job in waiting {
            job.take();
            job.phase.send_replace(Phase::Dropped(Lost::Stopping));
        }
        lost
    }
}

impl Inner {
    fn leave(&mut self, job: &Arc<Job>) {
        if self
            .open
            .get(&job.id)
            .is_some_and(|open| Arc::ptr_eq(open, job))
        {
            self.open.remove(&job.id);
            self.bytes = self.bytes.saturating_sub(job.bytes);
        }
    }

    fn forget_failure(&mut self, id: &ApplicantId) -> bool {
        self.failures.retain(|known| known != id);
        self.failed.remove(id).is_some()
    }
}

#[cfg(test)]
mod tests;
