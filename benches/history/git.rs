//! git as the peer: the same fields of every commit, printed to nowhere.

use anyhow::{Context, Result};
use std::path::{Path, PathBuf};
use std::process::Command;

/// The fields that a history holds.
const FORMAT: &str = "--format=%H%x09%T%x09%P%x09%an%x09%ae%x09%ad%x09%cn%x09%ce%x09%cd%x09%s";
/// Runs `git log` on the repositories of standard input, one after the other, then tells what its children took.
const LOOP: &str = r#"while IFS= read -r dir; do
    git --git-dir="$dir" log --all "$0" --date=raw > /dev/null
done; times"#;

/// git without anybody's configuration.
pub fn git(dir: &Path, args: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(args).current_dir(dir);
    command.envs([
        ("GIT_CONFIG_GLOBAL", "/dev/null"),
        ("GIT_CONFIG_SYSTEM", "/dev/null"),
    ]);
    command
}

/// CPU seconds of `git log` on each of the repositories, as the shell's `times` tells: user and system of its children.
pub fn log(repositories: &[PathBuf]) -> Result<f64> {
    let list = tempfile::NamedTempFile::new()?;
    let dirs = repositories.iter().map(|path| git_dir(path));
    let lines: Vec<String> = dirs.map(|dir| format!("{}\n", dir.display())).collect();
    std::fs::write(list.path(), lines.concat())?;
    let output = Command::new("bash")
        .args(["-c", LOOP, FORMAT])
        .stdin(list.reopen()?)
        .envs([
            ("GIT_CONFIG_GLOBAL", "/dev/null"),
            ("GIT_CONFIG_SYSTEM", "/dev/null"),
        ])
        .output()?;
    let text = String::from_utf8(output.stdout)?;
    let children = text.lines().nth(1).context("`times` prints two lines")?;
    children.split_whitespace().try_fold(0.0, |sum, field| {
        let (minutes, seconds) = field
            .trim_end_matches('s')
            .split_once('m')
            .context("times are 0m0.0s")?;
        Ok(sum + minutes.parse::<f64>()? * 60.0 + seconds.parse::<f64>()?)
    })
}

fn git_dir(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if inner.is_dir() { inner } else { path.into() }
}
