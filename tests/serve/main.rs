//! `samehand serve`: a real server process on a free port, asked over real connections. The load and the long kill test are
//! `corpora/programs/load_serve.py`.
#![allow(clippy::unwrap_used)]

mod client;
mod described;
mod ended;
mod forgotten;
mod handed;
mod hooked;
#[path = "../index/pools.rs"]
mod pools;
mod refused;
mod slow;

use assert_cmd::Command as Checked;
use client::Client;
use serde_json::Value;
use std::io::{BufRead, BufReader, Read};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A server on an index of its own.
pub(crate) struct Server {
    child: Child,
    pub(crate) address: String,
    pub(crate) index: PathBuf,
    told: Arc<Mutex<String>>,
}

impl Server {
    /// On an index in `dir`.
    pub(crate) fn start(dir: &Path, options: &[&str]) -> Self {
        let index = dir.join("index");
        let mut child = Command::new(env!("CARGO_BIN_EXE_samehand"))
            .args(["serve", "--listen", "127.0.0.1:0", "-j", "2", "--index"])
            .arg(&index)
            .args(options)
            .env("SAMEHAND_TOKEN", client::TOKEN)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stderr = BufReader::new(child.stderr.take().unwrap());
        let mut line = String::new();
        let address = loop {
            line.clear();
            assert_ne!(stderr.read_line(&mut line).unwrap(), 0, "it ended");
            if let Some(address) = line.trim().strip_prefix("listening on http://") {
                break address.to_owned();
            }
        };
        let told = Arc::new(Mutex::new(String::new()));
        let kept = Arc::clone(&told);
        std::thread::spawn(move || {
            for line in stderr.lines().map_while(Result::ok) {
                *kept.lock().unwrap() += &(line + "\n");
            }
        });
        Self {
            child,
            address,
            index,
            told,
        }
    }

    pub(crate) fn client(&self) -> Client {
        Client::new(&self.address)
    }

    /// What it said so far.
    pub(crate) fn told(&self) -> String {
        self.told.lock().unwrap().clone()
    }

    pub(crate) fn kill(&mut self) {
        self.child.kill().unwrap();
        self.child.wait().unwrap();
    }

    /// Asks it to stop; gives its exit code.
    pub(crate) fn stop(&mut self) -> Option<i32> {
        self.ask_to_stop();
        self.ended()
    }

    pub(crate) fn ask_to_stop(&self) {
        let pid = self.child.id().to_string();
        assert!(Command::new("kill").arg(pid).status().unwrap().success());
    }

    pub(crate) fn ended(&mut self) -> Option<i32> {
        let start = Instant::now();
        while start.elapsed() < Duration::from_secs(60) {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("it does not stop: {}", self.told());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended.
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A folder with a pool of twelve texts, two of them copies, in `pool`.
pub(crate) fn pool() -> (TempDir, PathBuf, Vec<String>) {
    let dir = tempfile::tempdir().unwrap();
    let pool = dir.path().join("pool");
    pools::write(&pool, 12, 4);
    let names = (0..12).map(pools::name).collect();
    (dir, pool, names)
}

pub(crate) fn bytes(path: &Path) -> Vec<u8> {
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .unwrap()
        .read_to_end(&mut bytes)
        .unwrap();
    bytes
}

/// What a command prints, which ends with 0 or 3.
pub(crate) fn samehand(args: &[&str], input: &str) -> String {
    let mut command = Checked::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command.args(args).write_stdin(input).output().unwrap();
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(matches!(out.status.code(), Some(0 | 3)), "{args:?}: {told}");
    String::from_utf8(out.stdout).unwrap()
}

/// A report without what differs between equal runs.
pub(crate) fn without_run(mut report: Value) -> Value {
    report.as_object_mut().unwrap().remove("run").unwrap();
    report
}

pub(crate) fn arg(path: &Path) -> &str {
    path.to_str().unwrap()
}
