//! The worker's side: a loop over jobs on stdin, until the parent closes it.

use crate::extract::{Guard, ReadError, read};
use crate::pipeline::files::Files;
use crate::pipeline::frame::{self, Hello, Quoted, Reply, Request};
use crate::pipeline::quotes;
use std::io::{self, BufReader, Read, Write};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::process::ExitCode;

/// Stack of the thread that parses. Documents nest deeper than the default allows for; past this the system ends the
/// process and the parent starts another.
const STACK: usize = 64 << 20;

/// Serves jobs until stdin closes. The hidden subcommand of the binary calls nothing else.
pub fn serve_worker() -> ExitCode {
    let served = std::thread::Builder::new()
        .stack_size(STACK)
        .spawn(|| serve(&mut BufReader::new(io::stdin()), &mut io::stdout().lock()))
        .map(|thread| thread.join());
    match served {
        Ok(Ok(Ok(()))) => ExitCode::SUCCESS,
        _ => ExitCode::FAILURE,
    }
}

fn serve(from: &mut impl Read, to: &mut impl Write) -> io::Result<()> {
    // A parser's panic is an answer to the parent, not a message to the user.
    std::panic::set_hook(Box::new(|_| {}));
    let Some(hello) = frame::read_bytes(from)? else {
        return Ok(());
    };
    let guard = Guard::new(frame::decode::<Hello>(&hello)?.limits);
    while let Some(bytes) = frame::read_bytes(from)? {
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
