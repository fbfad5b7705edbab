//! Tests with ordinary repositories, in the shapes in which applicants hand them in.

use crate::extract::git::GIT2;
use crate::extract::git::fixture::Fixture;
use crate::extract::git::fixture::see;
use crate::model::FileClass;
use crate::model::KeyId;
use crate::model::RefClass;
use crate::model::SourceKind;
use crate::model::hash_text;

const EMPTY_TREE: &str = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";

#[test]
fn a_merge_has_both_parents_and_every_clock() {
    let seen = see(&Fixture::merged());
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
    let repo = Fixture::merged();
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
    let repo = Fixture::merged();
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
    let seen = see(&Fixture::merged().cloned(&["--depth", "1", "--no-single-branch"]));
    assert!(seen.history.truncated);
    assert_eq!(seen.history.commits.len(), 2);
    assert_eq!(
        seen.warnings,
        ["a shallow clone: the older part of the history is missing"]
    );
}
