//! The `samehand` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    samehand::cli::main()
}
