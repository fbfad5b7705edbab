//! stdout, stderr and what suits a terminal: colours, width, progress.

use crate::cli::args::When;
use crate::model::Problem;
use crate::pipeline::Progress;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use std::collections::BTreeSet;
use std::io::{self, BufWriter, ErrorKind, IsTerminal, Write};
use std::sync::{Mutex, PoisonError};

/// Columns of the summary where stdout is no terminal.
const WIDTH: usize = 100;

/// Whoever read stdout has stopped; not a failure.
#[derive(Debug, thiserror::Error)]
#[error("nobody reads the output any more")]
pub(in crate::cli) struct Closed;

/// Writes to stdout.
///
/// # Errors
/// [`Closed`] when the reader has gone, else what the system says.
pub(in crate::cli) fn to_stdout(
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let mut out = BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(e) if e.kind() == ErrorKind::BrokenPipe => {
            // What is left in the buffer has nowhere to go.
            let _ = out.into_parts();
            Err(Closed.into())
        }
        Err(e) => Err(anyhow::Error::new(e).context("failed to write to stdout")),
    }
}

/// Writes one line to stderr; control characters in it, which foreign names may carry, are replaced.
pub(in crate::cli) fn tell(line: &str) {
    // A closed stderr is no reason to lose the report.
    let _ = writeln!(io::stderr(), "{}", plain(line));
}

/// A foreign text for one line of output: control characters are replaced.
pub(in crate::cli) fn plain(text: &str) -> String {
    let printable = |c: char| if c.is_control() { '\u{fffd}' } else { c };
    text.chars().map(printable).collect()
}

/// Whether the summary has colours.
pub(in crate::cli) fn has_colour(when: When) -> bool {
    match when {
        When::Always => true,
        When::Never => false,
        When::Auto => {
            let refused = std::env::var_os("NO_COLOR").is_some_and(|v| !v.is_empty())
                || std::env::var_os("TERM").is_some_and(|v| v == "dumb");
            !refused && io::stdout().is_terminal()
        }
    }
}

/// Columns for the summary.
pub(in crate::cli) fn width() -> usize {
    if !io::stdout().is_terminal() {
        return WIDTH;
    }
    terminal_size::terminal_size().map_or(WIDTH, |(width, _)| usize::from(width.0))
}

/// Progress and problems on stderr.
pub(in crate::cli) struct Screen {
    bar: ProgressBar,
    /// One line per stage where a bar cannot be drawn and progress is wanted all the same.
    lines: bool,
    told: Mutex<BTreeSet<Problem>>,
}

impl Screen {
    /// A screen for a run.
    pub(in crate::cli) fn new(when: When) -> Self {
        let terminal = io::stderr().is_terminal();
        let draws = terminal && when != When::Never;
        let target = if draws {
            ProgressDrawTarget::stderr()
        } else {
            ProgressDrawTarget::hidden()
        };
        let style = ProgressStyle::with_template("{msg:24} {wide_bar} {pos}/{len}");
        let bar = ProgressBar::with_draw_target(Some(0), target)
            .with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
        Self {
            bar,
            lines: when == When::Always && !terminal,
            told: Mutex::default(),
        }
    }
}

impl Progress for Screen {
    fn stage(&self, name: &str, total: u64) {
        if self.lines {
            tell(&format!("{name} ({total})"));
        }
        self.bar.set_length(total);
        self.bar.set_position(0);
        self.bar.set_message(name.to_string());
    }

    fn step(&self) {
        self.bar.inc(1);
    }

    /// Tells a problem once, however often it is reported.
    fn problem(&self, problem: &Problem) {
        if self
            .told
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .insert(problem.clone())
        {
            self.bar.suspend(|| tell(&format!("problem: {problem}")));
        }
    }

    fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
