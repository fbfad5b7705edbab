//! Programs of other people that read what no library here reads (old Word files, pictures of text): run without a
//! shell, with nothing of our environment but the search path, fed and read through pipes, ended after a time.
//!
//! No file is written: nothing is left behind when a worker is ended. A program started by a worker has the worker's
//! limits of memory and computing time.

use std::ffi::OsStr;
use std::io::Read;
use std::io::Write;
use std::path::PathBuf;
use std::process::Child;
use std::process::Command;
use std::process::Stdio;
use std::thread;
use std::time::Duration;
use std::time::Instant;

/// How often a running program is looked at.
const POLL: Duration = Duration::from_millis(5);

/// A program that is installed.
#[derive(Clone, Debug)]
pub(in crate::extract) struct Program {
    path: PathBuf,
}

impl Program {
    /// The program of this name on the search path; names relative to the current folder are passed over.
    pub fn find(name: &str) -> Option<Self> {
        let folders = std::env::var_os("PATH")?;
        let file = format!("{name}{}", std::env::consts::EXE_SUFFIX);
        let mut candidates = std::env::split_paths(&folders)
            .filter(|f| f.is_absolute())
            .map(|f| f.join(&file));
        candidates
            .find(|path| path.is_file())
            .map(|path| Self { path })
    }

    /// Runs it on `input`; what it wrote, up to `most` bytes.
    ///
    /// # Errors
    /// Why it did not end well, in words.
    pub fn run<S: AsRef<OsStr>>(
        &self,
        arguments: &[S],
        input: &[u8],
        most: u64,
        time: Duration,
    ) -> Result<Vec<u8>, String> {
        let until = Instant::now() + time;
        let mut child = self
            .start(arguments)
            .map_err(|e| format!("cannot be started: {e}"))?;
        let (stdin, stdout) = (child.stdin.take(), child.stdout.take());
        let done = thread::scope(|scope| {
            scope.spawn(move || {
                // A program that has seen enough closes the pipe; that is no fault.
                if let Some(mut stdin) = stdin {
                    let _ = stdin.write_all(input);
                }
            });
            let reader = scope.spawn(move || {
                let mut out = Vec::new();
                if let Some(stdout) = stdout {
                    let _ = stdout.take(most).read_to_end(&mut out);
                }
                out
            });
            let ended = wait(&mut child, until);
            let out = reader.join().unwrap_or_default();
            ended.map(|()| out)
        });
        done.map_err(|why| format!("{} {why}", self.name()))
    }

    fn start<S: AsRef<OsStr>>(&self, arguments: &[S]) -> std::io::Result<Child> {
        let mut command = Command::new(&self.path);
        command.args(arguments).env_clear();
        if let Some(path) = std::env::var_os("PATH") {
            command.env("PATH", path);
        }
        // One thread: the worker has one share of computing time. Some programs ask for a home before they look for
        // their tables, and complain without one.
        command
            .env("OMP_THREAD_LIMIT", "1")
            .env("HOME", "/nonexistent")
            .env("LC_ALL", "C.UTF-8");
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        command.spawn()
    }

    fn name(&self) -> String {
        self.path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned()
    }
}

/// Waits for the end, or ends it.
fn wait(child: &mut Child, until: Instant) -> Result<(), String> {
    loop {
        match child.try_wait() {
            Ok(Some(status)) if status.success() => return Ok(()),
            Ok(Some(status)) => return Err(format!("failed ({status})")),
            Ok(None) if Instant::now() < until => thread::sleep(POLL),
            _ => {
                // It may be gone already; either way it must not stay behind.
                let _ = child.kill();
                let _ = child.wait();
                return Err("took too long and was stopped".into());
            }
        }
    }
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    #[test]
    fn programs_are_fed_read_and_ended() {
        let second = Duration::from_secs(5);
        let cat = Program::find("cat").unwrap();
        let much = vec![b'x'; 1 << 20];
        assert_eq!(cat.run(&["-"], &much, 1 << 30, second).unwrap(), much);
        assert_eq!(
            cat.run(&["no such file"], b"", 10, second)
                .unwrap_err()
                .split(' ')
                .next(),
            Some("cat")
        );
        let sleep = Program::find("sleep").unwrap();
        let slow = sleep
            .run(&["60"], b"", 10, Duration::from_millis(50))
            .unwrap_err();
        assert!(slow.contains("took too long"), "{slow}");
        let env = Program::find("env")
            .unwrap()
            .run::<&str>(&[], b"", 10_000, second)
            .unwrap();
        assert!(!String::from_utf8_lossy(&env).contains("CARGO"));
        assert!(Program::find("no-such-program-here").is_none());
    }
}
