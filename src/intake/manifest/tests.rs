//! The rules of a manifest, each on a folder of its own.

use crate::intake::Pool;
use crate::model::Effect;
use proptest::prelude::*;
use std::fs;
use std::path::Path;
use tempfile::TempDir;

/// A folder with a manifest and a few files.
fn pool(name: &str, manifest: &[u8]) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    for file in [
        "anna/resume.pdf",
        "anna/letter.txt",
        "ben.pdf",
        "work/.git/HEAD",
        "work/main.rs",
    ] {
        let path = dir.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, "x").unwrap();
    }
    fs::write(dir.path().join(name), manifest).unwrap();
    dir
}

fn open(name: &str, manifest: impl AsRef<[u8]>) -> Pool {
    let dir = pool(name, manifest.as_ref());
    crate::intake::open(&[dir.path().into()]).unwrap()
}

fn csv(manifest: &str) -> Pool {
    open("manifest.csv", manifest)
}

fn ids(pool: &Pool) -> Vec<&str> {
    pool.applicants.iter().map(|a| a.id.as_str()).collect()
}

fn shown(pool: &Pool, at: usize) -> Vec<&str> {
    pool.applicants[at]
        .sources
        .iter()
        .map(|s| s.shown.as_str())
        .collect()
}

/// Where each problem stands, and a word of it.
fn problems(pool: &Pool) -> Vec<(&str, &str)> {
    pool.problems
        .iter()
        .map(|p| (p.source.as_str(), p.message.as_str()))
        .collect()
}

fn assert_problem(pool: &Pool, source: &str, says: &str, effect: Effect) {
    let hit = pool
        .problems
        .iter()
        .find(|p| p.source == source && p.message.contains(says));
    assert_eq!(hit.map(|p| p.effect), Some(effect), "{:?}", problems(pool));
}

#[test]
fn every_column_is_read_under_every_name() {
    let pool = csv(
        "\u{feff}Applicant ID,Name,Emails,Phones,Location,Claimed-TZ,GitHub,Links,Documents,Repos,Applied At,Source,Team\r\n\
         a1,Anna Beispiel,a@example.org; b@example.org,+1 202 555 0100,Lyon,Europe/Paris,annab,https://a.example,anna/resume.pdf;ben.pdf,work,2026-01-02,board,blue\r\n",
    );
    assert_eq!(problems(&pool), []);
    let anna = &pool.applicants[0];
    assert_eq!(anna.id.as_str(), "a1");
    assert_eq!(anna.name.as_ref().unwrap().as_written(), "Anna Beispiel");
    assert_eq!(anna.row, Some(("manifest.csv".into(), 2)));
    let claims = &anna.claims;
    assert_eq!(claims.emails, ["a@example.org", "b@example.org"]);
    assert_eq!(claims.phones, ["+1 202 555 0100"]);
    assert_eq!(claims.links, ["https://a.example"]);
    let ones = [
        &claims.location,
        &claims.timezone,
        &claims.github,
        &claims.applied_at,
        &claims.source,
    ];
    assert_eq!(
        ones.map(|c| c.as_deref().unwrap()),
        ["Lyon", "Europe/Paris", "annab", "2026-01-02", "board"]
    );
    assert_eq!(claims.extra["Team"], "blue");
    assert_eq!(shown(&pool, 0), ["anna/resume.pdf", "ben.pdf", "work"]);
    assert_eq!(pool.manifests[0].0, "manifest.csv");
}

#[test]
fn json_lines_say_the_same() {
    let pool = open(
        "manifest.jsonl",
        "{\"id\": 7, \"emails\": [\"a@example.org\", \"b@example.org\"], \"phone\": \"1;2\", \"location\": null, \
         \"resume\": [\"ben.pdf\"], \"team\": {\"n\": 1}}\n\n{\"id\": \"b\", \"location\": [\"x\"], \"email\": [[]]}\n",
    );
    assert_eq!(ids(&pool), ["7", "b"]);
    let claims = &pool.applicants[0].claims;
    assert_eq!(claims.emails, ["a@example.org", "b@example.org"]);
    assert_eq!(claims.phones, ["1", "2"]);
    assert_eq!(claims.extra["team"], "{\"n\":1}");
    assert_eq!(shown(&pool, 0), ["ben.pdf"]);
    assert_problem(
        &pool,
        "manifest.jsonl line 3, column location",
        "a text is expected",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.jsonl line 3, column email",
        "a list of texts",
        Effect::NotUsed,
    );
}

#[test]
fn a_broken_line_is_a_problem_and_the_others_are_used() {
    let pool = open(
        "manifest.jsonl",
        "{\"id\": \"a\", \"email\": \"a@b.example\"}\n{\"id\": oops}\n[1]\n",
    );
    assert_eq!(ids(&pool), ["a"]);
    assert_problem(
        &pool,
        "manifest.jsonl line 2, column 8",
        "not valid JSON",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.jsonl line 3, column 1",
        "not a JSON object",
        Effect::NotUsed,
    );
}

#[test]
fn the_delimiter_is_told_by_the_header() {
    for manifest in [
        "id,email,resume\na,x@example.org,ben.pdf\n",
        "id;email;resume\na;x@example.org;ben.pdf\n",
        "id\temail\tresume\na\tx@example.org\tben.pdf\n",
        "sep=;\r\n\"id\";\"email\";\"resume\"\r\n\"a\";\"x@example.org\";\"ben.pdf\"\r\n",
        "\nid;email;resume;\"last, first\"\na;x@example.org;ben.pdf;\"b, a\"\n",
        "id,email,resume\ra,x@example.org,ben.pdf\r",
    ] {
        let pool = csv(manifest);
        assert_eq!(problems(&pool), [], "{manifest}");
        assert_eq!(
            pool.applicants[0].claims.emails,
            ["x@example.org"],
            "{manifest}"
        );
        assert_eq!(shown(&pool, 0), ["ben.pdf"], "{manifest}");
    }
}

#[test]
fn every_encoding_is_read() {
    let utf16: Vec<u8> = "\u{feff}id,location,email\na,Zürich,x@y.example\n"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    for manifest in [
        utf16,
        b"id,location,email\na,Z\xfcrich,x@y.example\n".to_vec(),
    ] {
        let pool = open("manifest.csv", manifest);
        assert_eq!(
            pool.applicants[0].claims.location.as_deref(),
            Some("Zürich")
        );
    }
}

#[test]
fn a_missing_or_second_id_names_line_and_column() {
    let pool = csv(
        "Applicant ID,email\na,1@x.example\n\n,2@x.example\n\"b\",\"3@x.example\"\na,4@x.example\n",
    );
    assert_eq!(ids(&pool), ["a", "b"]);
    assert_eq!(pool.applicants[0].claims.emails, ["1@x.example"]);
    assert_problem(
        &pool,
        "manifest.csv line 4, column id",
        "no id",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.csv line 6, column Applicant ID",
        "line 2",
        Effect::NotUsed,
    );
    assert_eq!(pool.problems.len(), 2);
}

#[test]
fn lines_are_counted_through_quoted_newlines_and_blank_lines() {
    let pool =
        csv("id,email,notes\r\n\r\na,1@x.example,\"two\r\nlines\"\r\n\r\n\r\n,2@x.example,\r\n");
    assert_eq!(pool.applicants[0].row, Some(("manifest.csv".into(), 3)));
    assert_eq!(pool.applicants[0].claims.extra["notes"], "two\r\nlines");
    assert_problem(
        &pool,
        "manifest.csv line 7, column id",
        "no id",
        Effect::NotUsed,
    );
}

#[test]
fn paths_may_not_leave_the_folder_and_the_rest_of_the_row_is_used() {
    let dir = pool(
        "manifest.csv",
        b"id,email,resume\na,a@x.example,../secret.pdf;ben.pdf\nb,b@x.example,/etc/passwd\n",
    );
    let pool = crate::intake::open(&[dir.path().join("manifest.csv")]).unwrap();
    assert_eq!(shown(&pool, 0), ["ben.pdf"]);
    assert_eq!(pool.applicants[1].claims.emails, ["b@x.example"]);
    assert_problem(
        &pool,
        "manifest.csv line 2, column resume",
        "`..`",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.csv line 3, column resume",
        "absolute",
        Effect::NotUsed,
    );
}

#[cfg(unix)]
#[test]
fn links_may_not_leave_the_folder_either() {
    use std::os::unix::fs::symlink;
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("cv.pdf"), "x").unwrap();
    let dir = pool(
        "manifest.csv",
        b"id,resume\na,cv.pdf\nb,far/cv.pdf\nc,near.pdf\nd,self\n",
    );
    symlink(outside.path().join("cv.pdf"), dir.path().join("cv.pdf")).unwrap();
    symlink(outside.path(), dir.path().join("far")).unwrap();
    symlink("ben.pdf", dir.path().join("near.pdf")).unwrap();
    symlink(".", dir.path().join("self")).unwrap();
    let pool = crate::intake::open(&[dir.path().into()]).unwrap();
    assert_problem(
        &pool,
        "manifest.csv line 2, column resume",
        "leaves the manifest's folder",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.csv line 3, column resume",
        "leaves the manifest's folder",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.csv line 5, column resume",
        "everybody",
        Effect::NotUsed,
    );
    assert_eq!(shown(&pool, 2), ["near.pdf"]);
    assert_eq!(ids(&pool), ["a", "b", "c", "d"]);
}

#[test]
fn a_missing_file_is_a_problem() {
    let pool = csv("id,Documents\na,anna/none.pdf;ben.pdf\n");
    assert_problem(
        &pool,
        "manifest.csv line 2, column Documents",
        "anna/none.pdf: no such file",
        Effect::NotRead,
    );
    assert_eq!(shown(&pool, 0), ["ben.pdf"]);
}

#[test]
fn repositories_are_not_fetched() {
    let pool = csv(
        "id,resume,repos\na,ben.pdf,https://github.com/x/y;work\nb,ben.pdf,anna\nc,ben.pdf,ben.pdf\n",
    );
    assert_problem(
        &pool,
        "manifest.csv line 2, column repos",
        "not fetched during a scan: run `samehand fetch https://github.com/x/y --cache DIR`, then scan with \
         `--cache DIR`",
        Effect::NotRead,
    );
    assert_problem(
        &pool,
        "manifest.csv line 3, column repos",
        "no repository there",
        Effect::NotRead,
    );
    assert_problem(
        &pool,
        "manifest.csv line 4, column repos",
        "not a repository",
        Effect::NotRead,
    );
    assert_eq!(shown(&pool, 0), ["ben.pdf", "work"]);
    assert!(pool.applicants[0].sources[1].repository);
}

#[test]
fn a_row_that_names_a_folder_takes_everything_in_it() {
    let pool = csv("id,resume\na,anna\n");
    assert_eq!(shown(&pool, 0), ["anna/letter.txt", "anna/resume.pdf"]);
}

#[test]
fn a_row_that_names_nothing_takes_the_folder_named_like_its_id() {
    let pool = csv("id,resume\nanna,\nben.pdf,\nwork,\n..,\nnobody,\n");
    assert_eq!(ids(&pool), ["..", "anna", "ben.pdf", "nobody", "work"]);
    assert_eq!(shown(&pool, 1), ["anna/letter.txt", "anna/resume.pdf"]);
    assert_eq!(shown(&pool, 2), ["ben.pdf"]);
    assert_eq!(shown(&pool, 4), ["work"]);
    assert_problem(
        &pool,
        "manifest.csv line 6, column id",
        "no document",
        Effect::NotRead,
    );
    // A row that lists one file of its folder has only that one.
    let pool = csv("id,resume\nanna,anna/letter.txt\n");
    assert_eq!(shown(&pool, 0), ["anna/letter.txt"]);
}

#[test]
fn a_row_that_names_a_missing_file_does_not_fall_back_to_its_folder() {
    let pool = csv("id,resume\nanna,anna/none.pdf\n");
    assert_eq!(shown(&pool, 0), [""; 0]);
}

#[test]
fn a_manifest_without_ids_or_rows_says_so() {
    assert_problem(
        &csv("name,email\nA,a@x.example\n"),
        "manifest.csv line 1",
        "no column `id`",
        Effect::NotUsed,
    );
    assert_problem(&csv(""), "manifest.csv line 1", "empty", Effect::NotUsed);
    assert_problem(
        &open("manifest.jsonl", "\n"),
        "manifest.jsonl line 1",
        "empty",
        Effect::NotUsed,
    );
}

#[test]
fn an_unclosed_quote_does_not_swallow_applicants_in_silence() {
    let pool = csv("id,email\na,1@x.example\nb,\"2@x.example\nc,3@x.example\n");
    assert_eq!(ids(&pool), ["a"]);
    assert_problem(
        &pool,
        "manifest.csv line 3",
        "never closed",
        Effect::NotUsed,
    );
}

#[test]
fn fields_beyond_the_header_and_second_columns_are_named() {
    let pool = csv("id,location,Location,email\na,,Lyon,1@x.example,more,fields\n");
    assert_problem(
        &pool,
        "manifest.csv line 1, column Location",
        "second column",
        Effect::NotUsed,
    );
    assert_problem(
        &pool,
        "manifest.csv line 2",
        "2 more fields",
        Effect::NotUsed,
    );
    assert_eq!(pool.applicants[0].claims.location.as_deref(), Some("Lyon"));
}

#[test]
fn a_manifest_of_any_name_can_be_handed_in() {
    let dir = pool("people.tsv", b"id\tresume\na\tben.pdf\n");
    let pool = crate::intake::open(&[dir.path().join("people.tsv")]).unwrap();
    assert_eq!(shown(&pool, 0), ["ben.pdf"]);
    let here = crate::intake::open(&[Path::new("no-such.csv").into()])
        .unwrap_err()
        .to_string();
    assert_eq!(here, "cannot open no-such.csv: no such file or folder");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn arbitrary_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
        open("manifest.csv", &bytes);
        open("manifest.jsonl", &bytes);
    }

    #[test]
    fn arbitrary_rows_never_panic(rows in "(id|resume|[a-z./\\\\;,\"\t\r\n~: é])*") {
        let pool = open("manifest.csv", format!("id,resume,repos\n{rows}"));
        let unique: std::collections::BTreeSet<_> = ids(&pool).into_iter().collect();
        prop_assert_eq!(unique.len(), pool.applicants.len());
    }
}
