//! The worker's side: a loop over jobs on stdin, until the parent closes it.

use crate::extract::{Guard, ReadError, read};
use crate::pipeline::files::Files;
use crate::pipeline::frame::{self, Hello, Reply, Request};
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
        let job: Request = frame::decode(&bytes)?;
        guard.start_job(job.repository);
        let reply: Reply = catch_unwind(AssertUnwindSafe(|| {
            read(&job, guard.limits(), &mut Files::new(job.attempt))
        }))
        .unwrap_or_else(|panic| {
            Err(ReadError::WorkerDied(format!(
                "failed: {}",
                message(panic.as_ref())
            )))
        });
        frame::write(to, &reply)?;
    }
    Ok(())
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
