//! Tests of whole repositories: ordinary shapes first, then broken and hostile ones. What is refused before opening is
//! tested in `open.rs` and `refs.rs`.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::GIT2;
use crate::extract::git::fixture::Fixture;
use crate::extract::git::fixture::look;
use crate::extract::git::fixture::see;
use crate::model::FileClass;
use crate::model::KeyId;
use crate::model::RefClass;
use crate::model::SourceKind;
use crate::model::hash_text;
use std::fs;

const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

/// Three commits on `main`, one beside it, merged.
fn merged() -> Fixture {
    let repo = Fixture::with_one_commit();
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

#[test]
fn a_merge_has_both_parents_and_every_clock() {
    let seen = see(&merged());
    let history = &seen.history;
    assert_eq!(history.commits.len(), 4);
    assert!(
        !history.truncated && seen.warnings.is_empty(),
        "{:?}",
        seen.warnings
    );
    let order: Vec<_> = history
        .commits
        .iter()
        .map(|c| (c.author.seconds, c.id))
        .collect();
    assert!(order.is_sorted());
    let offsets: Vec<_> = history
        .commits
        .iter()
        .map(|c| c.author.offset.unwrap().minutes())
        .collect();
    assert!(offsets.contains(&330) && offsets.contains(&-210));
    let merge = history
        .commits
        .iter()
        .find(|c| c.subject == hash_text("Merge side"))
        .unwrap();
    assert_eq!(merge.parents.len(), 2);
    assert_eq!(history.idents.len(), 1);
    assert_eq!(
        (
            history.idents[0].name.as_recorded(),
            history.idents[0].name_key
        ),
        ("Ann Example", 0)
    );
    assert_eq!(
        (history.source.kind, history.source.path.as_str()),
        (SourceKind::Git, "ann/repo")
    );
    assert_eq!(seen.digest, history.source.sha256.0);
    assert!(
        history
            .source
            .engine
            .as_ref()
            .unwrap()
            .version
            .starts_with("0.21.0 (libgit2 1.")
    );
    assert_eq!(
        seen.code
            .iter()
            .map(|c| c.path.as_str())
            .collect::<Vec<_>>(),
        ["lib.rs", "main.rs", "side.rs"]
    );
    assert!(seen.code.iter().all(|c| c.class == FileClass::Source));
}

/// The figure shown as the engine's version is the one that was compiled.
#[test]
fn the_engine_version_is_that_of_the_lock_file() {
    let lock = include_str!("../../../Cargo.lock");
    assert!(lock.contains(&format!("name = \"git2\"\nversion = \"{GIT2}\"")));
}

#[test]
fn bare_packed_and_work_tree_read_the_same() {
    let repo = merged();
    let first = see(&repo);
    let bare = repo.cloned(&["--mirror"]);
    assert!(bare.git_dir().join("packed-refs").exists());
    assert_eq!(see(&bare), first);
    repo.git(&["pack-refs", "--all", "--prune"]);
    repo.git(&["gc", "-q"]);
    assert_eq!(see(&repo), first);
}

#[test]
fn every_ref_has_its_class_and_pull_refs_give_commits_but_no_files() {
    let repo = merged();
    repo.git(&["tag", "-a", "v1", "-m", "One", "main"]);
    repo.git(&["tag", "-a", "v1-again", "-m", "A tag of a tag", "v1"]);
    let blob = repo.git(&["rev-parse", "main:main.rs"]);
    repo.git(&["tag", "a-file", &blob]);
    repo.git(&["checkout", "-q", "-b", "proposal"]);
    let theirs = repo.commit(
        "theirs.rs",
        &"fn theirs() {}\n".repeat(30),
        "Propose",
        1_600_000_900,
        "+0900",
    );
    repo.git(&["update-ref", "refs/pull/7/head", &theirs]);
    repo.git(&["checkout", "-q", "--detach", "main"]);
    repo.git(&["branch", "-q", "-D", "proposal"]);
    let seen = see(&repo);
    let refs: Vec<_> = seen
        .history
        .refs
        .iter()
        .map(|r| (r.name.as_str(), r.class))
        .collect();
    assert_eq!(
        refs,
        [
            ("HEAD", RefClass::Branch),
            ("refs/heads/main", RefClass::Branch),
            ("refs/heads/side", RefClass::Branch),
            ("refs/pull/7/head", RefClass::Pull),
            ("refs/tags/v1", RefClass::Tag),
            ("refs/tags/v1-again", RefClass::Tag),
        ]
    );
    let main = repo.git(&["rev-parse", "main"]);
    for name in [0, 1, 4, 5] {
        assert_eq!(
            seen.history.refs[name].commit.to_string(),
            main,
            "{}",
            seen.history.refs[name].name
        );
    }
    assert_eq!(seen.history.commits.len(), 5);
    assert!(seen.code.iter().all(|c| c.path != "theirs.rs"));
    assert!(!seen.history.truncated);
}

#[test]
fn odd_offsets_are_counted_and_trailers_name_people() {
    let repo = Fixture::with_one_commit();
    for (branch, offset) in [
        ("a", "+051800"),
        ("b", "+9999"),
        ("c", "-0000"),
        ("d", "+0545"),
    ] {
        repo.raw_commit(
            branch,
            &format!(
                "tree {EMPTY_TREE}\nauthor Ben <ben@example.org> 1500000000 {offset}\n\
                 committer Ben <ben@example.org> 1500000000 +0000\n\nOn {branch}\n\n\
                 Co-authored-by: Cy <cy@example.org>\nSigned-off-by: Ben <ben@example.org>\n"
            ),
        );
    }
    let seen = see(&repo);
    let odd = [("+051800", 1), ("+9999", 1), ("-0000", 1)];
    assert_eq!(
        seen.history.odd_offsets,
        odd.map(|(text, n)| (text.to_string(), n))
    );
    let offset = |subject: &str| {
        let commit = seen
            .history
            .commits
            .iter()
            .find(|c| c.subject == hash_text(subject))
            .unwrap();
        assert_eq!(
            seen.emails(&commit.co_authors),
            ["ben@example.org", "cy@example.org"]
        );
        commit.author.offset.map(|o| o.minutes())
    };
    assert_eq!(
        ["On a", "On b", "On c", "On d"].map(offset),
        [None, None, None, Some(345)]
    );
    assert!(seen.history.idents.is_sorted());
}

#[test]
fn signing_keys_are_kept_once() {
    let repo = Fixture::with_one_commit();
    // version 3 signature packet of the invented key AA010203040506BB
    let signature = "gpgsig -----BEGIN PGP SIGNATURE-----\n \n iBMDBQABAgMEqgECAwQFBrsBCAAA\n -----END PGP SIGNATURE-----\n";
    for branch in ["a", "b"] {
        let who = "Ben <ben@example.org> 1500000000 +0000";
        repo.raw_commit(
            branch,
            &format!("tree {EMPTY_TREE}\nauthor {who}\ncommitter {who}\n{signature}\n{branch}\n"),
        );
    }
    let seen = see(&repo);
    assert_eq!(seen.history.keys, [KeyId("AA010203040506BB".into())]);
    assert_eq!(
        seen.history
            .commits
            .iter()
            .filter(|c| c.key == Some(0))
            .count(),
        2
    );
}

#[test]
fn a_file_has_its_first_path_in_all_tips() {
    let repo = Fixture::new();
    let text = "fn shared() {}\n".repeat(20);
    for path in ["b/x/one.rs", "b/y/one.rs", "c.rs"] {
        repo.commit(path, &text, path, 1_600_000_000, "+0000");
    }
    repo.git(&["checkout", "-q", "-b", "other"]);
    repo.git(&["mv", "b", "a"]);
    repo.git(&["commit", "-q", "-m", "Move"]);
    let seen = see(&repo);
    assert_eq!(
        seen.code
            .iter()
            .map(|c| c.path.as_str())
            .collect::<Vec<_>>(),
        ["a/x/one.rs"]
    );
}

#[test]
fn a_shallow_clone_is_truncated() {
    let seen = see(&merged().cloned(&["--depth", "1", "--no-single-branch"]));
    assert!(seen.history.truncated);
    assert_eq!(seen.history.commits.len(), 2);
    assert_eq!(
        seen.warnings,
        ["a shallow clone: the older part of the history is missing"]
    );
}

#[test]
fn missing_objects_cut_the_history_but_do_not_lose_it() {
    let repo = merged();
    let remove = |id: &str| {
        let path = repo.git_dir().join("objects").join(&id[..2]).join(&id[2..]);
        fs::remove_file(path).unwrap();
    };
    remove(&repo.git(&["rev-parse", "main~1"]));
    remove(&repo.git(&["rev-parse", "main:side.rs"]));
    let seen = see(&repo);
    assert!(seen.history.truncated);
    assert_eq!(seen.history.commits.len(), 3);
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
    let repo = merged();
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
    let repo = merged();
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
