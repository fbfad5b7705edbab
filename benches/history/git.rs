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

/// What lists the files at the tips of one repository with their sizes, each file once, as ours does.
const LIST: &str = r#"while IFS= read -r dir; do
    git --git-dir="$dir" rev-list --no-walk --objects --branches --remotes | cut -c1-40 |
        git --git-dir="$dir" cat-file --batch-check > /dev/null
done; times"#;

/// CPU seconds of `git log` on each of the repositories.
pub fn log(repositories: &[PathBuf]) -> Result<f64> {
    timed(LOOP, repositories)
}

/// CPU seconds of `git rev-list --objects` and `git cat-file --batch-check` at the tips of each of the repositories.
pub fn list(repositories: &[PathBuf]) -> Result<f64> {
    timed(LIST, repositories)
}

/// CPU seconds of a loop over repositories, as the shell's `times` tells: user and system of its children.
fn timed(script: &str, repositories: &[PathBuf]) -> Result<f64> {
    let list = tempfile::NamedTempFile::new()?;
    let dirs = repositories.iter().map(|path| git_dir(path));
    let lines: Vec<String> = dirs.map(|dir| format!("{}\n", dir.display())).collect();
    std::fs::write(list.path(), lines.concat())?;
    let output = Command::new("bash")
        .args(["-c", script, FORMAT])
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

/// Makes `to` the same commits under refs of proposals, whose files are not listed: the commits alone are read there.
pub fn commits_only(from: &Path, to: &Path) -> Result<()> {
    let refs = git(&git_dir(from), &["for-each-ref", "--format=%(objectname)"]).output()?;
    let ids = String::from_utf8(refs.stdout)?;
    let lines = ids.lines().enumerate();
    let packed: Vec<String> = lines
        .map(|(n, id)| format!("{id} refs/pull/{n}/head\n"))
        .collect();
    // Taken away first: a copy's files are links to the original's.
    for (name, text) in [
        ("packed-refs", packed.concat()),
        ("HEAD", "ref: refs/heads/none\n".into()),
    ] {
        let _ = std::fs::remove_file(to.join(name));
        std::fs::write(to.join(name), text)?;
    }
    match std::fs::remove_dir_all(to.join("refs")) {
        Err(e) if e.kind() != std::io::ErrorKind::NotFound => Err(e)?,
        _ => Ok(std::fs::create_dir(to.join("refs"))?),
    }
}

/// Where the objects and refs are.
pub fn git_dir(path: &Path) -> PathBuf {
    let inner = path.join(".git");
    if inner.is_dir() { inner } else { path.into() }
}
