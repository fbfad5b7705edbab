//! `samehand generate`: files that packagers and programs need.

use crate::cli::Cli;
use crate::cli::exit::Status;
use crate::cli::terminal;
use crate::cli::usage;
use crate::report;
use clap::{CommandFactory, Subcommand};
use clap_complete::Shell;
use clap_mangen::Man;

/// Print shell completions, manual pages or the schema of report.json
#[derive(Debug, clap::Args)]
pub(in crate::cli) struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Subcommand)]
enum What {
    /// Completions for a shell
    Completions {
        /// Which shell
        shell: Shell,
    },
    /// A manual page in roff
    Man {
        /// A subcommand, such as scan; without it the page of the whole program
        command: Option<String>,
    },
    /// The JSON Schema of report.json
    Schema,
}

/// Runs the command.
pub(in crate::cli) fn run(args: &Args) -> anyhow::Result<Status> {
    let mut text = Vec::new();
    match &args.what {
        What::Completions { shell } => {
            clap_complete::generate(*shell, &mut Cli::command(), "samehand", &mut text);
        }
        What::Man { command } => manual(command.as_deref())?.render(&mut text)?,
        What::Schema => {
            serde_json::to_writer_pretty(&mut text, &report::schema())?;
            text.push(b'\n');
        }
    }
    terminal::to_stdout(|out| out.write_all(&text))?;
    Ok(Status::Finished)
}

fn manual(command: Option<&str>) -> anyhow::Result<Man> {
    let mut whole = Cli::command();
    whole.build();
    let Some(name) = command else {
        return Ok(Man::new(whole));
    };
    let part = whole
        .get_subcommands()
        .find(|c| c.get_name() == name && !c.is_hide_set())
        .cloned();
    let part = part.ok_or_else(|| usage(format!("there is no subcommand `{name}`")))?;
    Ok(Man::new(part.version(env!("CARGO_PKG_VERSION"))))
}
