//! Prints the text of one file as a worker reads it, under a worker's limits, for measuring.
//!
//! `cargo run --release --example read_text -- FILE [ATTEMPT] [--json]` prints the engine on the first line and then the
//! text; with `--json` everything that was read. Exit 3 and the reason on stderr where it cannot be read. ATTEMPT 1 asks
//! the second engine, as the pipeline does when a worker died.

use samehand::extract::Guard;
use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::extract::NoVisitor;
use samehand::extract::read;
use samehand::model::Reading;
use std::io::Write as _;
use std::process::ExitCode;

fn main() -> ExitCode {
    let mut args = std::env::args_os().skip(1);
    let Some(path) = args.next() else {
        eprintln!("usage: read_text FILE [ATTEMPT] [--json]");
        return ExitCode::from(2);
    };
    let rest: Vec<_> = args.filter_map(|a| a.into_string().ok()).collect();
    let attempt = rest.iter().find_map(|a| a.parse().ok());
    let job = Job {
        path: path.into(),
        shown: String::new(),
        repository: false,
        inside: None,
        attempt: attempt.unwrap_or(0),
    };
    // A panic that the reader survives is no message for the reader of this output.
    std::panic::set_hook(Box::new(|_| ()));
    let guard = Guard::new(Limits::default());
    guard.start_job(false);
    match read(&job, guard.limits(), &mut NoVisitor) {
        Ok((_, Reading::Document(document))) => {
            let text = match rest.iter().any(|a| a == "--json") {
                true => serde_json::to_string(&document).unwrap_or_default(),
                false => format!("{}\n{}", document.engine.name, document.text.text),
            };
            match std::io::stdout().write_all(text.as_bytes()) {
                Ok(()) => ExitCode::SUCCESS,
                Err(_) => ExitCode::from(1),
            }
        }
        Ok(_) => ExitCode::from(2),
        Err(why) => {
            eprintln!("{why}");
            ExitCode::from(3)
        }
    }
}
