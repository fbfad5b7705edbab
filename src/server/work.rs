//! The threads that read, compare and write: what `samehand check --add` does, for one job after the other.

use crate::pipeline::{Memory, Silent};
use crate::server::jobs::{Change, Finished, Job, Lost, Phase};
use crate::server::receive::Received;
use crate::server::state::{Server, now, raw};
use anyhow::Context;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, PoisonError};
use std::thread::{Builder, JoinHandle};
use std::time::Instant;

/// Starts one thread for each of the options, each with an index of its own.
///
/// # Errors
/// When one cannot be started.
pub(in crate::server) fn start(server: &Arc<Server>) -> anyhow::Result<Vec<JoinHandle<()>>> {
    let one = |number: usize| {
        let server = Arc::clone(server);
        Builder::new()
            .name(format!("job {number}"))
            .spawn(move || serve(&server))
            .context("failed to start a thread")
    };
    (0..server.options.threads.max(1)).map(one).collect()
}

fn serve(server: &Server) {
    let mut idle: Option<Memory> = None;
    while let Some(job) = server.jobs.next() {
        let start = Instant::now();
        let done = catch_unwind(AssertUnwindSafe(|| work(server, &job, &mut idle)));
        let phase = match done {
            Ok(Ok(phase)) => phase,
            Ok(Err(e)) => {
                let line = format!("error: {}: {e:#}", job.id);
                server.witness.tell(&line);
                Phase::Failed("the server could not read or keep the applicant".into())
            }
            Err(_) => {
                // What broke off may have left anything behind: the next job opens the index anew.
                idle = None;
                let line = format!("error: {}: broke off, a fault of the program", job.id);
                server.witness.tell(&line);
                Phase::Failed("a fault of the program".into())
            }
        };
        server.metrics.job(&phase, start.elapsed());
        if let (Phase::Done(done), Some(sender)) = (&phase, &server.sender) {
            sender.send(&job.id, done);
        }
        server.jobs.end(&job, phase);
    }
}

fn work(server: &Server, job: &Job, idle: &mut Option<Memory>) -> anyhow::Result<Phase> {
    let Some(Received { pool, upload, .. }) = job.take() else {
        return Ok(Phase::Dropped(Lost::Deleted));
    };
    let mut memory = match idle.take() {
        Some(memory) => memory,
        None => server.open()?,
    };
    memory.begin(now());
    let handed = memory.hand_in(pool, &Silent)?;
    // One at a time from here: whoever is put in meanwhile would be missed.
    let turn = server.turn.lock().unwrap_or_else(PoisonError::into_inner);
    if job.is_cancelled() {
        *idle = Some(memory);
        return Ok(Phase::Dropped(Lost::Deleted));
    }
    let report = memory.scan(&handed, &Silent)?;
    server.witness.shown(&report)?;
    let change = match handed.is_known() {
        true => Change::Unchanged,
        false => match memory.add(&handed)?.new {
            0 => Change::Replaced,
            _ => Change::New,
        },
    };
    // While nobody else has the turn: who stops the server then knows who is in the index.
    job.keep();
    drop(turn);
    // Code that the report quotes was read from the files; now nothing needs them.
    drop(upload);
    *idle = Some(memory);
    Ok(Phase::Done(Arc::new(Finished {
        change,
        report: raw(&report)?,
    })))
}
