//! A `git` child with nothing around it, under limits.
//!
//! It starts with an empty environment but for what a connection needs (path, proxies, certificates), reads no system,
//! user or repository configuration that could name programs, may speak https only, asks nobody, runs no hook and keeps
//! no credential. Objects are checked as they come (`fsckObjects`), but for the faults in names and dates that real
//! histories have and that are evidence here. Its folder's size and its time are watched; past a limit the child and all
//! that it started are ended.

use crate::fetch::FetchError;
use crate::fetch::FetchOptions;
use std::io::Read;
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use walkdir::WalkDir;

/// How often size and time are looked at.
const TICK: Duration = Duration::from_millis(50);
/// Sizes are summed up on every so many ticks: a walk over some ten files.
const LOOK_EVERY: u32 = 4;
/// Bytes of git's messages that are kept.
const MESSAGE_LEN: u64 = 64 << 10;

/// Settings of every call. The first line is what `git help git` calls a deny-list: nothing but https.
const SETTINGS: [&str; 16] = [
    "protocol.allow=never",
    "protocol.https.allow=always",
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.askPass=",
    "core.symlinks=false",
    "credential.helper=",
    "credential.interactive=false",
    "transfer.fsckObjects=true",
    "submodule.recurse=false",
    "gc.auto=0",
    "maintenance.auto=false",
    "http.lowSpeedLimit=1000",
    "http.lowSpeedTime=30",
    "http.cookieFile=",
    "http.version=HTTP/1.1",
];

/// Faults that `fsckObjects` would refuse a whole repository for, and that old or odd clients made: the reader takes the
/// raw lines, and an offset that is none is worth knowing (`git help config`, `fsck.<msg-id>`; `git help fsck`).
const TOLERATED: [&str; 12] = [
    "badDate",
    "badDateOverflow",
    "badEmail",
    "badName",
    "badTimezone",
    "missingEmail",
    "missingNameBeforeEmail",
    "missingSpaceBeforeDate",
    "missingSpaceBeforeEmail",
    "multipleAuthors",
    "zeroPaddedDate",
    "zeroPaddedFilemode",
];

/// What of the environment a connection needs; `GIT_SSL_CAINFO` and its like name further certificates to trust.
const KEPT: [&str; 14] = [
    "PATH",
    "SYSTEMROOT",
    "TMPDIR",
    "https_proxy",
    "HTTPS_PROXY",
    "all_proxy",
    "ALL_PROXY",
    "no_proxy",
    "NO_PROXY",
    "SSL_CERT_FILE",
    "SSL_CERT_DIR",
    "GIT_SSL_CAINFO",
    "GIT_SSL_CAPATH",
    "GIT_EXEC_PATH",
];

/// Runs git in `folder`, whose size is watched; gives its output.
///
/// # Errors
/// Past a limit, or git's own word.
pub(in crate::fetch) fn run(
    arguments: &[&str],
    folder: &Path,
    deadline: Instant,
    options: &FetchOptions,
) -> Result<String, FetchError> {
    let mut command = command(folder);
    command.args(arguments);
    let mut child = command
        .spawn()
        .map_err(|e| FetchError::NoGit(e.to_string().to_lowercase()))?;
    let out = child.stdout.take().map(reader);
    let err = child.stderr.take().map(reader);
    let status = watch(&mut child, folder, deadline, options)?;
    let text = |from: Option<std::thread::JoinHandle<String>>| {
        from.and_then(|f| f.join().ok()).unwrap_or_default()
    };
    if status.success() {
        return Ok(text(out));
    }
    Err(FetchError::Git(reason(&text(err))))
}

/// git without surroundings. `HOME` is the watched folder, where there is nothing to read.
fn command(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.env_clear();
    let kept = KEPT.iter().filter_map(|k| Some((k, std::env::var_os(k)?)));
    command.envs(kept);
    command
        .envs([
            ("GIT_CONFIG_NOSYSTEM", "1"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_ATTR_NOSYSTEM", "1"),
            ("GIT_TERMINAL_PROMPT", "0"),
            ("GIT_ALLOW_PROTOCOL", "https"),
            ("GIT_NO_LAZY_FETCH", "1"),
            ("GIT_NO_REPLACE_OBJECTS", "1"),
            ("GIT_OPTIONAL_LOCKS", "0"),
            ("LC_ALL", "C"),
        ])
        .env("HOME", folder)
        .env("GIT_CEILING_DIRECTORIES", folder);
    for setting in SETTINGS {
        command.args(["-c", setting]);
    }
    for fault in TOLERATED {
        command.args(["-c", &format!("fetch.fsck.{fault}=ignore")]);
    }
    command
        .current_dir(folder)
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    own_group(&mut command);
    command
}

/// Reads a pipe to its end, keeping the start.
fn reader(mut from: impl Read + Send + 'static) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut kept = Vec::new();
        // What was read before an error is all there is to show.
        let _ = (&mut from).take(MESSAGE_LEN).read_to_end(&mut kept);
        let _ = std::io::copy(&mut from, &mut std::io::sink());
        String::from_utf8_lossy(&kept).into_owned()
    })
}

fn watch(
    child: &mut Child,
    folder: &Path,
    deadline: Instant,
    options: &FetchOptions,
) -> Result<std::process::ExitStatus, FetchError> {
    for tick in 0_u32.. {
        match child.try_wait() {
            Ok(Some(status)) if size(folder) <= options.size => return Ok(status),
            Ok(Some(_)) => return Err(FetchError::TooLarge(options.size >> 20)),
            Ok(None) => {}
            Err(e) => {
                end(child);
                return Err(FetchError::Git(e.to_string().to_lowercase()));
            }
        }
        if Instant::now() >= deadline {
            end(child);
            return Err(FetchError::TooSlow(options.time.as_secs()));
        }
        if tick % LOOK_EVERY == 0 && size(folder) > options.size {
            end(child);
            return Err(FetchError::TooLarge(options.size >> 20));
        }
        std::thread::sleep(TICK);
    }
    unreachable!("the deadline comes first")
}

/// Bytes in a folder; files that vanish meanwhile do not count.
fn size(folder: &Path) -> u64 {
    let files = WalkDir::new(folder).into_iter().filter_map(Result::ok);
    files
        .filter_map(|e| e.metadata().ok())
        .filter(std::fs::Metadata::is_file)
        .map(|m| m.len())
        .sum()
}

/// The line that says what went wrong.
fn reason(text: &str) -> String {
    let line = text
        .lines()
        .find_map(|l| {
            l.strip_prefix("fatal: ")
                .or_else(|| l.strip_prefix("remote: "))
        })
        .or_else(|| text.lines().last())
        .unwrap_or("git failed and gave no reason");
    let printable = line.chars().filter(|c| !c.is_control()).take(300);
    let line: String = printable.collect();
    // Without a prompt git cannot ask for a password, which forges want for what does not exist as well.
    match line.contains("could not read Username") {
        true => "it does not exist, or is not public".into(),
        false => line,
    }
}

/// A group of its own, so that the helpers that git starts end with it.
#[cfg(unix)]
fn own_group(command: &mut Command) {
    use std::os::unix::process::CommandExt;
    command.process_group(0);
}

#[cfg(not(unix))]
fn own_group(_command: &mut Command) {}

/// Ends the child and what it started.
fn end(child: &mut Child) {
    #[cfg(unix)]
    if let Some(group) = rustix::process::Pid::from_raw(child.id() as i32) {
        // It may have ended by itself meanwhile.
        let _ = rustix::process::kill_process_group(group, rustix::process::Signal::KILL);
    }
    let _ = child.kill();
    let _ = child.wait();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_reason_is_one_printable_line() {
        for (text, want) in [
            (
                "Cloning into 'x'...\nfatal: unable to access 'u': Could not resolve host: h\n",
                "unable to access 'u': Could not resolve host: h",
            ),
            (
                "fatal: could not read Username for 'https://github.com': terminal prompts disabled",
                "it does not exist, or is not public",
            ),
            ("remote: \u{1b}[2Jgone\n", "[2Jgone"),
            ("", "git failed and gave no reason"),
        ] {
            assert_eq!(reason(text), want);
        }
    }

    #[test]
    fn a_child_past_its_time_is_ended() {
        let dir = tempfile::tempdir().unwrap();
        let options = FetchOptions {
            size: 1 << 20,
            time: Duration::from_secs(0),
            files: false,
            refresh: false,
            local: false,
            now: String::new(),
        };
        let late = Instant::now();
        let error = run(
            &["hash-object", "--stdin-paths"],
            dir.path(),
            late,
            &options,
        );
        assert!(
            matches!(error, Err(FetchError::TooSlow(0))) || error.is_ok(),
            "{error:?}"
        );
    }
}
