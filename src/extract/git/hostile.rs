//! Tests with broken and hostile repositories. What is refused before opening is tested in `open.rs` and `refs.rs`.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::commit::RawCommit;
use crate::extract::git::fixture::Fixture;
use crate::extract::git::fixture::look;
use crate::extract::git::fixture::see;
use crate::model::FileClass;
use crate::model::RefClass;
use proptest::collection::vec;
use proptest::prelude::*;
use std::fs;

#[test]
fn missing_objects_cut_the_history_but_do_not_lose_it() {
    let repo = Fixture::merged();
    repo.git(&["branch", "lost", "main~1"]);
    let remove = |id: &str| {
        let path = repo.git_dir().join("objects").join(&id[..2]).join(&id[2..]);
        fs::remove_file(path).unwrap();
    };
    remove(&repo.git(&["rev-parse", "main~1"]));
    remove(&repo.git(&["rev-parse", "main:side.rs"]));
    let seen = see(&repo);
    assert!(seen.history.truncated);
    assert_eq!(seen.history.commits.len(), 3);
    // a ref to a commit that is not there is no ref of the history
    assert_eq!(seen.history.refs.len(), 2);
    assert_eq!(
        seen.warnings,
        [
            "1 objects of the history are missing or unreadable",
            "1 objects of the current files are missing",
        ]
    );
    assert_eq!(seen.file("lib.rs").class, FileClass::Source);
}

#[test]
fn a_repository_without_commits_says_so() {
    let error = look(&Fixture::new(), &Limits::default()).unwrap_err();
    assert_eq!(error.to_string(), "the repository has no commits");
    let repo = Fixture::with_one_commit();
    fs::remove_dir_all(repo.git_dir().join("objects")).unwrap();
    fs::create_dir(repo.git_dir().join("objects")).unwrap();
    let error = look(&repo, &Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "damaged git repository: none of its refs leads to a readable commit"
    );
}

#[test]
fn damaged_packs_never_panic() {
    let repo = Fixture::merged();
    repo.git(&["gc", "-q"]);
    let packs = repo.git_dir().join("objects/pack");
    let pack = fs::read_dir(packs).unwrap().map(|e| e.unwrap().path());
    let pack = pack
        .into_iter()
        .find(|p| p.extension().is_some_and(|x| x == "pack"))
        .unwrap();
    let whole = fs::read(&pack).unwrap();
    let mut permissions = fs::metadata(&pack).unwrap().permissions();
    #[expect(clippy::permissions_set_readonly_false, reason = "a temporary file")]
    permissions.set_readonly(false);
    fs::set_permissions(&pack, permissions).unwrap();
    for at in (12..whole.len() - 20).step_by(37) {
        let mut broken = whole.clone();
        broken[at] ^= 0xff;
        fs::write(&pack, &broken).unwrap();
        match look(&repo, &Limits::default()) {
            Ok(seen) => assert!(seen.history.commits.len() <= 4, "byte {at}"),
            Err(error) => assert!(
                matches!(error, ReadError::Damaged { .. }),
                "byte {at}: {error}"
            ),
        }
    }
}

#[test]
fn a_huge_file_is_listed_without_being_read() {
    let repo = Fixture::with_one_commit();
    // 64 MB of zeros, 64 kB in the repository
    repo.commit(
        "huge.rs",
        &"\0".repeat(64 << 20),
        "Bomb",
        1_600_000_000,
        "+0000",
    );
    repo.git(&["gc", "-q"]);
    let seen = see(&repo);
    assert_eq!(
        (seen.file("huge.rs").size, seen.file("huge.rs").class),
        (64 << 20, FileClass::Data)
    );
}

#[test]
fn deep_and_self_repeating_trees_cost_little() {
    let repo = Fixture::with_one_commit();
    let blob = repo.git(&["rev-parse", "main:main.rs"]);
    let commit = |tree: &str, branch: &str| {
        let id = repo.git(&["commit-tree", tree, "-m", branch]);
        repo.git(&["branch", "-f", branch, &id]);
    };
    let tree = |lines: &str| repo.git_with(&["mktree"], lines.as_bytes());
    let file = format!("100644 blob {blob}\tdeep.rs\n");
    let mut deep = tree(&file);
    for _ in 0..70 {
        deep = tree(&format!("040000 tree {deep}\td\n"));
    }
    commit(&deep, "deep");
    // ten copies of ten copies … twelve times: 10^12 paths, 13 trees
    let mut wide = tree(&file);
    for _ in 0..12 {
        let lines: String = (0..10)
            .map(|i| format!("040000 tree {wide}\t{i}\n"))
            .collect();
        wide = tree(&lines);
    }
    commit(&wide, "wide");
    let seen = see(&repo);
    assert_eq!(
        seen.warnings,
        ["1 directories are nested too deeply to read"]
    );
    assert_eq!(seen.code.len(), 1);
    assert_eq!(seen.code[0].path, format!("{}deep.rs", "0/".repeat(12)));
}

#[test]
fn the_budget_ends_a_walk_without_losing_it() {
    let limits = Limits {
        objects: 40,
        ..Limits::default()
    };
    let repo = Fixture::new();
    let mut stream = String::new();
    for n in 0..60 {
        let from = if n > 0 {
            format!("from :{n}\n")
        } else {
            String::new()
        };
        stream += &format!(
            "commit refs/heads/main\nmark :{}\ncommitter A <a@b.c> {n} +0000\ndata 1\nx\n{from}",
            n + 1
        );
    }
    repo.git_with(
        &["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet"],
        stream.as_bytes(),
    );
    let _ = fs::remove_dir_all(repo.git_dir().join("hooks"));
    let seen = look(&repo, &limits).unwrap();
    assert!(seen.history.truncated);
    assert!(
        (30..40).contains(&seen.history.commits.len()),
        "{}",
        seen.history.commits.len()
    );
    assert!(seen.warnings[0].contains("the limit on objects was reached"));
}

/// Neither configuration, replacement refs, grafts nor a missing `config` change what is read.
#[test]
fn configuration_replacements_and_grafts_have_no_effect() {
    let repo = Fixture::merged();
    let first = see(&repo);
    let (old, new) = (
        repo.git(&["rev-parse", "main~1"]),
        repo.git(&["rev-parse", "side"]),
    );
    fs::write(repo.git_dir().join("info/grafts"), format!("{old}\n")).unwrap();
    fs::write(
        repo.git_dir().join("config"),
        "[include]\n\tpath = /srv/other\n[core]\n\tbare = maybe\n[broken",
    )
    .unwrap();
    assert_eq!(see(&repo), first);
    fs::create_dir_all(repo.git_dir().join("refs/replace")).unwrap();
    fs::write(
        repo.git_dir().join("refs/replace").join(&old),
        format!("{new}\n"),
    )
    .unwrap();
    let seen = see(&repo);
    assert_eq!(seen.history.commits, first.history.commits);
    assert_eq!(seen.history.refs.last().unwrap().class, RefClass::Other);
}

#[test]
fn a_sha256_repository_is_refused() {
    let repo = Fixture::new();
    fs::remove_dir_all(repo.git_dir()).unwrap();
    repo.git(&["init", "-q", "--object-format=sha256", "-b", "main", "."]);
    repo.commit("a", "a", "a", 1_600_000_000, "+0000");
    let error = look(&repo, &Limits::default()).unwrap_err();
    assert_eq!(
        error.to_string(),
        "repository refused: it uses SHA-256 object ids, which are not read yet"
    );
}

#[test]
fn arbitrary_bytes_never_panic() {
    proptest!(|(bytes in vec(any::<u8>(), 0..400), armored in "[ -~\n]{0,200}")| {
        let text = String::from_utf8_lossy(&bytes).into_owned();
        for data in [
            [format!("tree {}\n", "a".repeat(40)).as_bytes(), &bytes].concat(),
            format!("tree {}\nauthor {text}\ngpgsig -----BEGIN PGP SIGNATURE-----\n {armored}\n\n{text}", "a".repeat(40)).into_bytes(),
        ] {
            let commit = RawCommit::parse(&data).expect("it has a tree");
            let _ = (commit.key(), commit.subject(), commit.trailers().count(), commit.author.utc_offset());
        }
    });
}

/// A clone that left its files out says where to fetch them, and by which program: none of it is ever done.
#[cfg(unix)]
#[test]
fn files_left_out_of_a_clone_are_never_fetched() {
    use std::os::unix::fs::PermissionsExt;
    let origin = Fixture::merged();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let repo = origin.cloned(&["--bare", "--filter=blob:none"]);
    let script = repo.git_dir().join("run.sh");
    let marker = repo.git_dir().join("was-run");
    fs::write(
        &script,
        format!("#!/bin/sh\ntouch '{}'\n", marker.display()),
    )
    .unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    repo.git(&[
        "config",
        "remote.origin.uploadpack",
        script.to_str().unwrap(),
    ]);
    repo.git(&["config", "core.fsmonitor", script.to_str().unwrap()]);
    let packs = || {
        fs::read_dir(repo.git_dir().join("objects/pack"))
            .unwrap()
            .count()
    };
    let before = packs();
    let seen = see(&repo);
    assert_eq!(seen.history.commits.len(), 4);
    assert!(!seen.history.truncated && seen.code.is_empty());
    assert_eq!(
        seen.warnings,
        ["3 current files were left out when the repository was cloned"]
    );
    assert_eq!(packs(), before);
    assert!(!marker.exists());
}
