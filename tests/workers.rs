//! Worker processes: reused, ended when they hang, replaced afterwards. Unix only: shell scripts stand for the binary.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use samehand::pipeline::{Options, Silent, inspect, read};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

/// Options whose worker is a shell script.
fn scripted(dir: &Path, body: &str) -> Options {
    let script = dir.join("worker.sh");
    fs::write(&script, format!("#!/bin/sh\n{body}\n")).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    Options {
        worker: Some(script),
        ..Options::default()
    }
}

/// A worker that notes its start in `log` before it becomes the real one.
fn counting(dir: &Path) -> Options {
    let (log, real) = (dir.join("log"), env!("CARGO_BIN_EXE_samehand"));
    scripted(
        dir,
        &format!("echo started >> '{}'\nexec '{real}' \"$@\"", log.display()),
    )
}

#[test]
fn two_hundred_files_do_not_start_two_hundred_processes() {
    let dir = tempfile::tempdir().unwrap();
    let pool = dir.path().join("pool");
    fs::create_dir(&pool).unwrap();
    for i in 0..200 {
        fs::write(
            pool.join(format!("p{i:03}.txt")),
            format!("Applicant number {i} writes a line.\n"),
        )
        .unwrap();
    }
    let options = counting(dir.path());
    let pool = samehand::intake::open(&[pool]).unwrap();
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(2)
        .build()
        .unwrap();
    let all = threads.install(|| read(&pool, &options, &Silent)).unwrap();
    assert_eq!(all.len(), 200);
    assert!(
        all.iter().all(|a| a.profile.documents.len() == 1),
        "every file was read"
    );
    let starts = fs::read_to_string(dir.path().join("log"))
        .unwrap()
        .lines()
        .count();
    assert!(
        (1..=2).contains(&starts),
        "{starts} processes for two threads"
    );
}

#[test]
fn a_worker_that_hangs_is_ended_and_replaced() {
    let dir = tempfile::tempdir().unwrap();
    let file = dir.path().join("good.txt");
    fs::write(&file, "Led the night shift of a ferry line.\n").unwrap();
    let real = env!("CARGO_BIN_EXE_samehand");
    let mark = dir.path().join("mark");
    let (mark, sleep) = (mark.display(), "exec sleep 60");

    let mut options = scripted(dir.path(), sleep);
    options.limits.wall_seconds = 1;
    let error = inspect(&file, &options).unwrap_err().to_string();
    assert!(
        error.contains("good.txt") && error.contains("took longer than 1 s"),
        "{error}"
    );

    let once =
        format!("if [ -e '{mark}' ]; then exec '{real}' \"$@\"; fi\ntouch '{mark}'\n{sleep}");
    let mut options = scripted(dir.path(), &once);
    options.limits.wall_seconds = 1;
    assert!(
        inspect(&file, &options)
            .unwrap()
            .text
            .unwrap()
            .contains("ferry"),
        "the second worker reads it"
    );
}

#[test]
fn a_worker_that_cannot_start_is_a_problem_of_each_file() {
    let dir = tempfile::tempdir().unwrap();
    fs::write(dir.path().join("anna.txt"), "Some text.\n").unwrap();
    let pool = samehand::intake::open(&[dir.path().to_path_buf()]).unwrap();
    let options = Options {
        worker: Some(dir.path().join("missing")),
        ..Options::default()
    };
    let all = read(&pool, &options, &Silent).unwrap();
    assert!(
        all[0].problems[0]
            .message
            .contains("no worker could be started")
    );
}

/// A gzipped tar whose one file, no part of a repository, holds 8 GB of zeros: reading its names alone takes seconds.
fn slow_archive(path: &Path) {
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::io::Write;
    let member = |bytes: &[u8]| {
        let mut out = GzEncoder::new(Vec::new(), Compression::fast());
        out.write_all(bytes).unwrap();
        out.finish().unwrap()
    };
    const PIECE: usize = 32 << 20;
    const PIECES: usize = 250;
    let mut header = tar::Header::new_gnu();
    header.set_path("movie").unwrap();
    header.set_size((PIECE * PIECES) as u64);
    header.set_cksum();
    let mut all = member(header.as_bytes());
    all.extend(member(&vec![0; PIECE]).repeat(PIECES));
    fs::write(path, all).unwrap();
}

#[test]
fn a_killed_worker_leaves_nothing_unpacked() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, scratch) = (dir.path().join("pool"), dir.path().join("scratch"));
    fs::create_dir(&pool).unwrap();
    fs::create_dir(&scratch).unwrap();
    slow_archive(&pool.join("anna.tar.gz"));
    let mut options = counting(dir.path());
    options.limits.scratch = Some(scratch.clone());
    options.limits.unpacked = 4 << 30;
    options.limits.repository_seconds = 0;
    let pool = samehand::intake::open(&[pool]).unwrap();
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(1)
        .build()
        .unwrap();
    let all = threads.install(|| read(&pool, &options, &Silent)).unwrap();
    let message = &all[0].problems[0].message;
    assert!(message.ends_with("and was stopped"), "{message}");
    assert_eq!(fs::read_dir(&scratch).unwrap().count(), 0);
}

#[test]
fn a_killed_run_leaves_nothing_unpacked() {
    use std::time::{Duration, Instant};
    let dir = tempfile::tempdir().unwrap();
    let (archive, scratch) = (dir.path().join("anna.tar.gz"), dir.path().join("scratch"));
    fs::create_dir(&scratch).unwrap();
    slow_archive(&archive);
    let mut run = std::process::Command::new(env!("CARGO_BIN_EXE_samehand"))
        .arg("inspect")
        .arg(&archive)
        .env("TMPDIR", &scratch)
        .stderr(std::process::Stdio::null())
        .spawn()
        .unwrap();
    let folders = || {
        let all = walkdir::WalkDir::new(&scratch).min_depth(2).max_depth(2);
        all.into_iter().filter_map(Result::ok).count()
    };
    let wait = |what: &dyn Fn() -> bool| {
        let start = Instant::now();
        while !what() && start.elapsed() < Duration::from_secs(20) {
            std::thread::sleep(Duration::from_millis(20));
        }
        what()
    };
    assert!(wait(&|| folders() > 0), "it began to unpack");
    run.kill().unwrap();
    run.wait().unwrap();
    assert!(wait(&|| fs::read_dir(&scratch).unwrap().count() == 0));
}
