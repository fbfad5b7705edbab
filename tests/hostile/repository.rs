//! A repository that points out of itself, made by git.

use std::fs;
use std::path::Path;
use std::process::Command;

/// Runs git without anybody's configuration.
fn git(folder: &Path, arguments: &[&str]) {
    let mut command = Command::new("git");
    command.current_dir(folder).args(arguments);
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
}

/// A bare repository whose objects are to be looked up in `elsewhere`, a folder that is not its own.
pub fn with_alternates(target: &Path, elsewhere: &Path) {
    let tree = tempfile::TempDir::new().unwrap();
    git(tree.path(), &["init", "--quiet", "-b", "main"]);
    fs::write(
        tree.path().join("notes.txt"),
        "a repository with a door in its back wall\n",
    )
    .unwrap();
    git(tree.path(), &["add", "notes.txt"]);
    git(tree.path(), &["commit", "--quiet", "-m", "Take notes"]);
    fs::create_dir_all(target).unwrap();
    git(
        target,
        &[
            "clone",
            "--quiet",
            "--bare",
            tree.path().to_str().unwrap(),
            ".",
        ],
    );
    fs::create_dir_all(target.join("objects/info")).unwrap();
    fs::write(
        target.join("objects/info/alternates"),
        format!("{}\n", elsewhere.display()),
    )
    .unwrap();
}
