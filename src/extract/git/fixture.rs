//! Repositories for tests, built by the real `git` in a temporary directory: fixed identities and dates, no user or
//! system configuration.

use crate::extract::Limits;
use crate::extract::NoVisitor;
use crate::extract::ReadError;
use crate::extract::git;
use crate::model::CodeUnit;
use crate::model::History;
use crate::model::Reading;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use tempfile::TempDir;

/// Who makes commits unless a test says otherwise.
pub(in crate::extract::git) const ANN: (&str, &str) = ("Ann Example", "ann@example.org");

pub(in crate::extract::git) struct Fixture {
    dir: TempDir,
    inner: PathBuf,
}

impl Fixture {
    /// An empty work tree.
    pub(in crate::extract::git) fn new() -> Self {
        let fixture = Self::at("repo");
        fixture.git(&["init", "-q", "-b", "main", "."]);
        fixture
    }

    /// A directory inside a fresh temporary directory.
    fn at(name: &str) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let inner = dir.path().join(name);
        std::fs::create_dir(&inner).unwrap();
        Self { dir, inner }
    }

    pub(in crate::extract::git) fn with_one_commit() -> Self {
        let fixture = Self::new();
        fixture.commit(
            "main.rs",
            &"fn main() {}\n".repeat(20),
            "Begin",
            1_600_000_000,
            "+0200",
        );
        fixture
    }

    /// Three commits on `main` and `side`, and their merge.
    pub(in crate::extract::git) fn merged() -> Self {
        let repo = Self::with_one_commit();
        repo.commit(
            "lib.rs",
            &"pub fn a() {}\n".repeat(30),
            "Add a library",
            1_600_000_100,
            "+0530",
        );
        repo.git(&["checkout", "-q", "-b", "side", "HEAD~1"]);
        repo.commit(
            "side.rs",
            &"pub fn b() {}\n".repeat(30),
            "Work aside",
            1_600_000_050,
            "-0330",
        );
        repo.git(&["checkout", "-q", "main"]);
        repo.git(&["merge", "-q", "--no-ff", "-m", "Merge side", "side"]);
        repo
    }

    /// A clone, made with these options.
    pub(in crate::extract::git) fn cloned(&self, options: &[&str]) -> Self {
        let clone = Self::at("clone");
        let url = format!("file://{}", self.inner.display());
        clone.git(&[&["clone", "-q"], options, &[&url, "."]].concat());
        clone
    }

    pub(in crate::extract::git) fn path(&self) -> &Path {
        &self.inner
    }

    pub(in crate::extract::git) fn git_dir(&self) -> PathBuf {
        let inner = self.inner.join(".git");
        if inner.exists() {
            inner
        } else {
            self.inner.clone()
        }
    }

    /// Runs git as Ann at a fixed time; gives its output.
    pub(in crate::extract::git) fn git(&self, args: &[&str]) -> String {
        self.run(args, b"", ANN, "1600000000 +0200")
    }

    /// Runs git with something to read.
    pub(in crate::extract::git) fn git_with(&self, args: &[&str], input: &[u8]) -> String {
        self.run(args, input, ANN, "1600000000 +0200")
    }

    /// Writes a file and commits it as Ann; gives the id.
    pub(in crate::extract::git) fn commit(
        &self,
        file: &str,
        text: &str,
        message: &str,
        seconds: i64,
        offset: &str,
    ) -> String {
        let path = self.inner.join(file);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
        self.git(&["add", "-f", file]);
        let date = format!("{seconds} {offset}");
        self.run(
            &["commit", "-q", "--allow-empty", "-m", message],
            b"",
            ANN,
            &date,
        );
        self.git(&["rev-parse", "HEAD"])
    }

    /// Writes a commit object from its bytes and lets a branch point to it; gives the id.
    pub(in crate::extract::git) fn raw_commit(&self, branch: &str, data: &str) -> String {
        let id = self.git_with(
            &[
                "hash-object",
                "-t",
                "commit",
                "-w",
                "--stdin",
                "--literally",
            ],
            data.as_bytes(),
        );
        std::fs::write(
            self.git_dir().join("refs/heads").join(branch),
            format!("{id}\n"),
        )
        .unwrap();
        id
    }

    fn run(&self, args: &[&str], input: &[u8], (name, email): (&str, &str), date: &str) -> String {
        let mut child = Command::new("git")
            .args([
                "-c",
                "protocol.file.allow=always",
                "-c",
                "core.autocrlf=false",
            ])
            .args(args)
            .current_dir(&self.inner)
            .env("GIT_CONFIG_GLOBAL", "/dev/null")
            .env("GIT_CONFIG_SYSTEM", "/dev/null")
            .env("GIT_CEILING_DIRECTORIES", self.dir.path())
            .env_remove("GIT_DIR")
            .env_remove("GIT_WORK_TREE")
            .env_remove("GIT_INDEX_FILE")
            .envs([("GIT_AUTHOR_NAME", name), ("GIT_COMMITTER_NAME", name)])
            .envs([("GIT_AUTHOR_EMAIL", email), ("GIT_COMMITTER_EMAIL", email)])
            .envs([("GIT_AUTHOR_DATE", date), ("GIT_COMMITTER_DATE", date)])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("git is installed");
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(
            output.status.success(),
            "git {args:?}: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8_lossy(&output.stdout).trim().to_string()
    }
}

/// What the reader gives for a fixture.
#[derive(Debug, PartialEq)]
pub(in crate::extract::git) struct Seen {
    pub digest: String,
    pub history: History,
    pub code: Vec<CodeUnit>,
    pub warnings: Vec<String>,
}

impl Seen {
    /// A file by its path.
    pub(in crate::extract::git) fn file(&self, path: &str) -> &CodeUnit {
        self.code
            .iter()
            .find(|c| c.path == path)
            .unwrap_or_else(|| panic!("no {path} in {:?}", self.code))
    }

    /// Addresses of the identities with these places.
    pub(in crate::extract::git) fn emails(&self, idents: &[u32]) -> Vec<&str> {
        idents
            .iter()
            .map(|&i| self.history.idents[i as usize].email.as_str())
            .collect()
    }
}

/// Reads a fixture within limits.
pub(in crate::extract::git) fn look(fixture: &Fixture, limits: &Limits) -> Result<Seen, ReadError> {
    let (digest, reading) = git::read(fixture.path(), "ann/repo", limits, &mut NoVisitor)?;
    match reading {
        Reading::Repository {
            history,
            code,
            warnings,
            ..
        } => Ok(Seen {
            digest,
            history: *history,
            code,
            warnings,
        }),
        Reading::Document(_) => panic!("a repository was read"),
    }
}

/// Reads a fixture that can be read.
pub(in crate::extract::git) fn see(fixture: &Fixture) -> Seen {
    look(fixture, &Limits::default()).unwrap()
}
