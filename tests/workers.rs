//! Worker processes: reused, ended when they hang, replaced afterwards. Unix only: named pipes and a shell script.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use samehand::pipeline::{Options, Silent, inspect, read};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::Command;

fn options() -> Options {
    let worker = Some(env!("CARGO_BIN_EXE_samehand").into());
    Options {
        worker,
        ..Options::default()
    }
}

/// A worker that notes its start in `log` before it becomes the real one.
fn counting(dir: &Path) -> Options {
    let script = dir.join("worker.sh");
    let log = dir.join("log");
    let text = format!(
        "#!/bin/sh\necho started >> '{}'\nexec '{}' \"$@\"\n",
        log.display(),
        env!("CARGO_BIN_EXE_samehand")
    );
    fs::write(&script, text).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    Options {
        worker: Some(script),
        ..Options::default()
    }
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
fn a_worker_that_hangs_is_ended_and_the_next_file_is_read() {
    let dir = tempfile::tempdir().unwrap();
    let pool = dir.path().join("pool");
    fs::create_dir(&pool).unwrap();
    // Opening a named pipe that nobody writes to waits for ever.
    let pipe = dir.path().join("pipe.txt");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let mut options = options();
    options.limits.wall_seconds = 1;
    let error = inspect(&pipe, &options).unwrap_err().to_string();
    assert!(
        error.contains("pipe.txt") && error.contains("took longer than 1 s"),
        "{error}"
    );
    let good = dir.path().join("good.txt");
    fs::write(&good, "Led the night shift of a ferry line.\n").unwrap();
    assert!(
        inspect(&good, &options)
            .unwrap()
            .text
            .unwrap()
            .contains("ferry")
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
