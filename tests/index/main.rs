//! The index: one by one is the same as all at once; what an ended process leaves; two processes at one file; forgetting.
//!
//! `SAMEHAND_INDEX_POOL=FOLDER cargo test --release --test index same` compares over another pool as well.
#![allow(clippy::unwrap_used)]

mod ended;
mod forgotten;
mod pools;
mod same;
mod streamed;
mod together;

use assert_cmd::Command;
use serde_json::Value;
use std::path::Path;

/// What a command ended with, printed and told.
pub(crate) struct Said {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) told: String,
}

pub(crate) fn samehand(args: &[&str], input: &str) -> Said {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command.args(args).write_stdin(input).output().unwrap();
    Said {
        code: out.status.code().unwrap_or(-1),
        out: String::from_utf8(out.stdout).unwrap(),
        told: String::from_utf8(out.stderr).unwrap(),
    }
}

/// A JSON report that a command prints.
pub(crate) fn report(args: &[&str]) -> Value {
    let said = samehand(args, "");
    assert!(matches!(said.code, 0 | 3), "{args:?}: {}", said.told);
    serde_json::from_str(&said.out).unwrap()
}

/// A path as an argument.
pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}
