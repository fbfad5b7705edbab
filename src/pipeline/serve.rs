//! The worker's side: a loop over jobs on stdin, until the parent closes it.
//!
//! A second thread reads stdin, so that the end of the parent is noticed in the middle of a job, too: a worker whose parent
//! was killed removes what it unpacked and ends. (A killed worker's folder is removed by its parent.)

use crate::extract::{Guard, ReadError, read};
use crate::pipeline::files::Files;
use crate::pipeline::frame::{self, Hello, Quoted, Reply, Request};
use crate::pipeline::quotes;
use std::io::{self, BufReader, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::mpsc::{Receiver, channel};

/// Stack of the thread that parses. Documents nest deeper than the default allows for; past this the system ends the
/// process and the parent starts another.
const STACK: usize = 64 << 20;

/// Serves jobs until stdin closes. The hidden subcommand of the binary calls nothing else.
pub fn serve_worker() -> ExitCode {
    // A parser's panic is an answer to the parent, not a message to the user.
    std::panic::set_hook(Box::new(|_| {}));
    let mut stdin = BufReader::new(io::stdin());
    let hello =
        frame::read_bytes(&mut stdin).and_then(|h| h.as_deref().map(frame::decode).transpose());
    let hello: Hello = match hello {
        Ok(Some(hello)) => hello,
        Ok(None) => return ExitCode::SUCCESS,
        Err(_) => return ExitCode::FAILURE,
    };
    let scratch = hello.limits.scratch.clone();
    let (send, jobs) = channel();
    let served = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(move || serve(hello, &jobs, &mut io::stdout().lock()));
    let Ok(served) = served else {
        return ExitCode::FAILURE;
    };
    while let Ok(Some(job)) = frame::read_bytes(&mut stdin) {
        if send.send(job).is_err() {
            // The other thread has ended: it could not answer.
            return match served.join() {
                Ok(Ok(())) => ExitCode::SUCCESS,
                _ => ExitCode::FAILURE,
            };
        }
    }
    leave(scratch)
}

/// The parent is gone or needs nothing more: nobody waits for an answer.
fn leave(scratch: Option<PathBuf>) -> ExitCode {
    if let Some(scratch) = scratch {
        // Whoever is still unpacking into it meets errors, and ends with this process.
        let _ = std::fs::remove_dir_all(scratch);
    }
    std::process::exit(0)
}

fn serve(hello: Hello, jobs: &Receiver<Vec<u8>>, to: &mut impl Write) -> io::Result<()> {
    let guard = Guard::new(hello.limits);
    for bytes in jobs {
        match frame::decode(&bytes)? {
            Request::Read(job) => {
                guard.start_job(job.repository);
                let files = &mut Files::new(job.attempt);
                let reply: Reply = guarded(|| read(&job, guard.limits(), files));
                frame::write(to, &reply)?;
            }
            Request::Quote(job, quotes) => {
                guard.start_job(job.repository);
                let quoted: Quoted = guarded(|| quotes::of_worker(&job, &quotes, guard.limits()));
                frame::write(to, &quoted)?;
            }
        }
    }
    Ok(())
}

/// What `work` gives; a panic is an error to hand over.
fn guarded<T>(work: impl FnOnce() -> Result<T, ReadError>) -> Result<T, ReadError> {
    catch_unwind(AssertUnwindSafe(work)).unwrap_or_else(|panic| {
        let why = format!("failed: {}", message(panic.as_ref()));
        Err(ReadError::WorkerDied(why))
    })
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().cloned();
    let text = text.or_else(|| panic.downcast_ref::<&str>().map(|s| (*s).to_string()));
    text.unwrap_or_else(|| "no reason given".into())
        .chars()
        .filter(|c| !c.is_control())
        .take(200)
        .collect()
}
