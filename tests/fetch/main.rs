//! `samehand fetch` against a forge on this machine: `git http-backend` behind TLS with a certificate of its own, which
//! git is told to trust as by anybody behind a company's proxy (`GIT_SSL_CAINFO`). Needs python3 and openssl; without
//! them the tests say so and pass.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

/// A running forge; ended when dropped.
struct Forge {
    dir: TempDir,
    server: Child,
    port: u16,
}

impl Drop for Forge {
    fn drop(&mut self) {
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

fn git(dir: &Path, arguments: &[&str]) -> String {
    let mut command = Command::new("git");
    command.current_dir(dir).args(arguments);
    command
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_CONFIG_NOSYSTEM", "1");
    for role in ["AUTHOR", "COMMITTER"] {
        command.env(format!("GIT_{role}_NAME"), "Hidde Marrable");
        command.env(format!("GIT_{role}_EMAIL"), "hidde@marrable-yard.test");
        command.env(format!("GIT_{role}_DATE"), "2024-05-06T09:30:00+02:00");
    }
    let out = command.output().unwrap();
    assert!(
        out.status.success(),
        "git {arguments:?}: {}",
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8_lossy(&out.stdout).trim().to_string()
}

/// A repository of three commits on two branches, a large file, and an offset that is none.
fn origin(at: &Path) {
    let tree = tempfile::tempdir().unwrap();
    let dir = tree.path();
    git(dir, &["init", "-q", "-b", "main", "."]);
    let write = |name: &str, text: &str| {
        fs::write(dir.join(name), text).unwrap();
        git(dir, &["add", name]);
        git(dir, &["commit", "-q", "-m", name]);
    };
    write("old.rs", &"fn old() {}\n".repeat(20));
    git(dir, &["rm", "-q", "old.rs"]);
    write("main.rs", &"fn main() {}\n".repeat(20));
    let random: String = (0..80_000u32)
        .map(|i| format!("{:x}", i.wrapping_mul(2_654_435_761)))
        .collect();
    write("large.rs", &random);
    git(dir, &["checkout", "-q", "-b", "side"]);
    let tree_id = git(dir, &["rev-parse", "HEAD^{tree}"]);
    let odd = format!(
        "tree {tree_id}\nparent {}\nauthor H <h@marrable-yard.test> 1714980600 +051800\ncommitter H <h@marrable-yard.test> 1714980600 +0200\n\nOdd\n",
        git(dir, &["rev-parse", "HEAD"])
    );
    fs::write(dir.join(".git/odd"), odd).unwrap();
    let odd = git(
        dir,
        &[
            "hash-object",
            "-t",
            "commit",
            "-w",
            "--literally",
            ".git/odd",
        ],
    );
    git(dir, &["update-ref", "refs/heads/side", &odd]);
    git(dir, &["checkout", "-q", "main"]);
    git(dir, &["clone", "-q", "--bare", ".", at.to_str().unwrap()]);
}

impl Forge {
    fn start() -> Option<Self> {
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        let made = Command::new("openssl")
            .args([
                "req",
                "-x509",
                "-newkey",
                "ec",
                "-pkeyopt",
                "ec_paramgen_curve:prime256v1",
                "-nodes",
            ])
            .args([
                "-days",
                "2",
                "-subj",
                "/CN=127.0.0.1",
                "-addext",
                "subjectAltName=IP:127.0.0.1",
            ])
            .arg("-keyout")
            .arg(at("key.pem"))
            .arg("-out")
            .arg(at("cert.pem"))
            .output();
        if !made.is_ok_and(|m| m.status.success()) {
            eprintln!("openssl is not installed: not tested");
            return None;
        }
        fs::create_dir(at("forge")).unwrap();
        origin(&at("forge/tool.git"));
        let server = Command::new("python3")
            .arg(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/tests/fetch/server.py"
            ))
            .args([at("forge"), at("cert.pem"), at("key.pem")])
            .stdout(Stdio::piped())
            .spawn();
        let Ok(mut server) = server else {
            eprintln!("python3 is not installed: not tested");
            return None;
        };
        let mut line = String::new();
        BufReader::new(server.stdout.take().unwrap())
            .read_line(&mut line)
            .unwrap();
        let port = line.trim().parse().unwrap();
        Some(Self { dir, server, port })
    }

    fn url(&self, path: &str) -> String {
        format!("https://127.0.0.1:{}/{path}", self.port)
    }

    fn at(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
        command
            .args(arguments)
            .env("GIT_SSL_CAINFO", self.at("cert.pem"));
        // What a user's configuration says must not matter.
        command
            .env("HOME", self.at("home"))
            .env("GIT_CONFIG_GLOBAL", self.at("home/.gitconfig"));
        command.output().unwrap()
    }

    fn fetch(&self, url: &str, more: &[&str]) -> (Option<i32>, String) {
        let cache = self.at("cache");
        let base = ["fetch", "--local", "--cache", cache.to_str().unwrap(), url];
        let out = self.run(&[&base[..], more].concat());
        (
            out.status.code(),
            String::from_utf8_lossy(&out.stderr).into_owned(),
        )
    }

    fn in_cache(&self) -> Vec<String> {
        let all = fs::read_dir(self.at("cache")).unwrap();
        let mut names: Vec<String> = all
            .map(|e| e.unwrap().file_name().to_string_lossy().into_owned())
            .collect();
        names.sort();
        names
    }
}

#[test]
fn a_repository_is_fetched_once_and_scanned_offline() {
    let Some(forge) = Forge::start() else { return };
    // A configuration that would run programs and send everything elsewhere.
    fs::create_dir(forge.at("home")).unwrap();
    let marker = forge.at("was-run");
    let evil = format!(
        "[core]\n\thooksPath = {0}\n\tfsmonitor = touch {1}\n[credential]\n\thelper = !touch {1}\n[url \"https://elsewhere.invalid/\"]\n\tinsteadOf = https://127.0.0.1\n",
        forge.at("home").display(),
        marker.display()
    );
    fs::write(forge.at("home/.gitconfig"), evil).unwrap();
    let url = forge.url("tool.git");
    let (code, told) = forge.fetch(&url, &[]);
    assert_eq!(code, Some(0), "{told}");
    assert!(told.contains(": fetched"), "{told}");
    assert!(!marker.exists());
    let (code, told) = forge.fetch(&url, &[]);
    assert!(
        code == Some(0) && told.contains("in the cache already"),
        "{told}"
    );
    let names = forge.in_cache();
    assert_eq!(names.len(), 2, "{names:?}");
    let index = fs::read_to_string(forge.at("cache/index.json")).unwrap();
    assert!(
        index.contains("refs/heads/side") && index.contains("\"checked\": false"),
        "{index}"
    );
    assert!(!forge.at("cache").join(&names[1]).join("shallow").exists());

    let pool = forge.at("pool");
    fs::create_dir(&pool).unwrap();
    fs::write(
        pool.join("manifest.csv"),
        format!("id,repos\nhidde,{url}\n"),
    )
    .unwrap();
    let scan = |more: &[&str]| {
        let out =
            forge.run(&[&["scan", pool.to_str().unwrap(), "--format", "json"], more].concat());
        serde_json::from_slice::<serde_json::Value>(&out.stdout)
            .unwrap_or_else(|_| panic!("{}", String::from_utf8_lossy(&out.stderr)))
    };
    let without = scan(&[]);
    let message = without["problems"][0]["message"].as_str().unwrap();
    assert!(
        message.contains(&format!("samehand fetch {}", url.trim_end_matches(".git"))),
        "{message}"
    );
    let cache = forge.at("cache");
    let with = scan(&["--cache", cache.to_str().unwrap()]);
    let source = &with["applicants"][0]["sources"][0];
    assert_eq!(source["kind"], "git", "{with}");
    assert_eq!(source["path"], format!("fetched/{}", names[1]));
    let problems = with["problems"].as_array().unwrap();
    assert_eq!(problems.len(), 1, "{problems:?}");
    assert_eq!(
        problems[0]["message"],
        "1 current files were left out when the repository was cloned"
    );
    let shown = forge.run(&["inspect", cache.join(&names[1]).to_str().unwrap()]);
    let shown = String::from_utf8_lossy(&shown.stdout).into_owned();
    assert!(
        shown.contains("commits: 4") || shown.contains("commits") && shown.contains('4'),
        "{shown}"
    );
}

#[test]
fn what_cannot_be_fetched_leaves_nothing() {
    let Some(forge) = Forge::start() else { return };
    let (code, told) = forge.fetch(&forge.url("missing.git"), &[]);
    assert_eq!(code, Some(3), "{told}");
    assert!(
        told.contains("not found") || told.contains("not exist"),
        "{told}"
    );
    let (code, told) = forge.fetch(&forge.url("tool.git"), &["--max-size", "0"]);
    assert!(
        code == Some(3) && told.contains("larger than the limit of 0 MB"),
        "{told}"
    );
    let start = Instant::now();
    let (code, told) = forge.fetch(&forge.url("slow/tool.git"), &["--max-time", "2"]);
    assert!(
        code == Some(3) && told.contains("longer than the limit of 2 s"),
        "{told}"
    );
    assert!(start.elapsed() < Duration::from_secs(20));
    assert_eq!(forge.in_cache(), Vec::<String>::new());
    // Without --local, and without the certificate, nothing is fetched at all.
    let cache = forge.at("cache");
    let out = forge.run(&[
        "fetch",
        &forge.url("tool.git"),
        "--cache",
        cache.to_str().unwrap(),
    ]);
    assert!(String::from_utf8_lossy(&out.stderr).contains("local network"));
    let out = Command::new(env!("CARGO_BIN_EXE_samehand"))
        .args(["fetch", "--local", &forge.url("tool.git"), "--cache"])
        .arg(&cache)
        .env_remove("GIT_SSL_CAINFO")
        .output()
        .unwrap();
    assert!(String::from_utf8_lossy(&out.stderr).contains("certificate"));
}

#[test]
fn files_can_be_left_out_and_a_copy_renewed() {
    let Some(forge) = Forge::start() else { return };
    let url = forge.url("tool.git");
    assert_eq!(forge.fetch(&url, &["--no-files"]).0, Some(0));
    let index = || fs::read_to_string(forge.at("cache/index.json")).unwrap();
    assert!(index().contains("\"files\": false"));
    let (code, told) = forge.fetch(&url, &["--refresh"]);
    assert!(code == Some(0) && told.contains(": fetched"), "{told}");
    assert!(index().contains("\"files\": true"));
    assert_eq!(forge.in_cache().len(), 2);
}

#[test]
fn addresses_that_are_none_are_usage_errors() {
    for (address, says) in [
        ("http://example.org/a/b", "only https"),
        ("file:///etc", "only https"),
        ("ssh://git@example.org/a/b", "only https"),
        ("--upload-pack=touch x", "unexpected argument"),
        ("https://ann:word@example.org/a/b", "password"),
    ] {
        let out = Command::new(env!("CARGO_BIN_EXE_samehand"))
            .args(["fetch", address, "--cache", "x"])
            .output()
            .unwrap();
        let told = String::from_utf8_lossy(&out.stderr).into_owned();
        assert_eq!(out.status.code(), Some(2), "{told}");
        assert!(told.contains(says), "{told}");
    }
}
