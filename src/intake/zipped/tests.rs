use crate::intake::Pool;
use crate::intake::{open, open_applicants};
use std::fs::File;
use std::io::Write;
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(path: &Path, files: &[(&str, &str)]) {
    let mut zip = ZipWriter::new(File::create(path).unwrap());
    for (name, content) in files {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap();
}

fn ids(pool: &Pool) -> Vec<&str> {
    pool.applicants.iter().map(|a| a.id.as_str()).collect()
}

fn shown(pool: &Pool) -> Vec<&str> {
    let sources = pool.applicants.iter().flat_map(|a| &a.sources);
    sources.map(|s| s.shown.as_str()).collect()
}

#[test]
fn a_folder_or_a_file_inside_is_an_applicant() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.zip");
    archive(
        &path,
        &[
            ("export/anna/cv.pdf", "x"),
            ("export/anna/more/letter.txt", "x"),
            ("export/ben.docx", "x"),
            ("export/.DS_Store", "x"),
            ("__MACOSX/export/ben.docx", "x"),
            ("export/clara/work/.git/HEAD", "x"),
            ("export/clara/work/.git/refs/heads/main", "x"),
            ("export/clara/work/.git/modules/sub/HEAD", "x"),
            ("export/clara/work/.git/modules/sub/refs/heads/main", "x"),
            ("export/clara/old.bundle", "x"),
            ("export/clara/work/lib.rs", "x"),
            ("../evil.pdf", "x"),
            ("/abs.pdf", "x"),
        ],
    );
    let pool = open(std::slice::from_ref(&path)).unwrap();
    assert_eq!(ids(&pool), ["anna", "ben.docx", "clara"]);
    assert_eq!(
        shown(&pool),
        [
            "anna/cv.pdf",
            "anna/more/letter.txt",
            "ben.docx",
            "clara/old.bundle",
            "clara/work"
        ]
    );
    assert!(pool.applicants[2].sources.iter().all(|s| s.repository));
    assert!(pool.applicants[0].sources[0].inside.is_some());
    let problems: Vec<_> = pool.problems.iter().map(|p| p.to_string()).collect();
    assert_eq!(
        problems,
        [
            "export.zip: ../evil.pdf: a name that leads out of the archive; not read",
            "export.zip: /abs.pdf: an absolute name inside an archive; not read",
        ]
    );
    let one = open_applicants(&[path]).unwrap();
    assert_eq!(ids(&one), ["export.zip"]);
}

#[test]
fn a_manifest_inside_is_honoured() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.zip");
    let manifest = "id,name,resume\nanna,Anna Lee,files/a.pdf\nben,,\ncleo,,files/missing.pdf\ndora,,../a.pdf\n";
    archive(
        &path,
        &[
            ("x/manifest.csv", manifest),
            ("x/files/a.pdf", "x"),
            ("x/ben/cv.txt", "x"),
            ("x/unlisted.txt", "x"),
        ],
    );
    let pool = open(&[path]).unwrap();
    assert_eq!(ids(&pool), ["anna", "ben", "cleo", "dora"]);
    assert_eq!(shown(&pool), ["files/a.pdf", "ben/cv.txt"]);
    assert_eq!(
        pool.applicants[0].name.as_ref().map(|n| n.key()),
        crate::identity::DisplayName::new("Anna Lee").map(|n| n.key())
    );
    assert_eq!(pool.manifests.len(), 1);
    assert_eq!(pool.problems.len(), 2, "{:?}", pool.problems);
}

#[test]
fn inside_a_pool_folder_and_inside_an_applicant() {
    let dir = tempfile::tempdir().unwrap();
    std::fs::create_dir(dir.path().join("anna")).unwrap();
    archive(
        &dir.path().join("anna/papers.zip"),
        &[("cv.txt", "x"), ("deep/letter.txt", "x")],
    );
    archive(
        &dir.path().join("more.zip"),
        &[("ben/cv.txt", "x"), ("cleo/cv.txt", "x")],
    );
    archive(
        &dir.path().join("one.zip"),
        &[("dora/cv.txt", "x"), ("dora/letter.txt", "x")],
    );
    archive(
        &dir.path().join("office.docx"),
        &[("[Content_Types].xml", "x"), ("word/document.xml", "x")],
    );
    std::fs::write(dir.path().join("broken.zip"), b"PK\x03\x04 nothing").unwrap();
    let pool = open(&[dir.path().into()]).unwrap();
    assert_eq!(
        ids(&pool),
        [
            "anna",
            "more.zip/ben",
            "more.zip/cleo",
            "office.docx",
            "one.zip/dora"
        ]
    );
    assert_eq!(
        shown(&pool)[..4],
        [
            "anna/papers.zip/cv.txt",
            "anna/papers.zip/deep/letter.txt",
            "more.zip/ben/cv.txt",
            "more.zip/cleo/cv.txt"
        ]
    );
    assert_eq!(pool.problems.len(), 1, "{:?}", pool.problems);
    assert!(
        pool.problems[0].message.contains("damaged zip"),
        "{:?}",
        pool.problems
    );
}

#[test]
fn what_expands_or_is_linked_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("export.zip");
    let mut zip = ZipWriter::new(File::create(&path).unwrap());
    zip.start_file("anna/bomb.txt", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(&vec![b' '; 20 << 20]).unwrap();
    zip.add_symlink("anna/link.txt", "/etc/passwd", SimpleFileOptions::default())
        .unwrap();
    zip.start_file("anna/good.txt", SimpleFileOptions::default())
        .unwrap();
    zip.write_all(b"x").unwrap();
    zip.finish().unwrap();
    let pool = open(&[path]).unwrap();
    // One applicant in one folder: its files are the pool.
    assert_eq!(shown(&pool), ["good.txt"]);
    let messages: Vec<_> = pool.problems.iter().map(|p| p.message.as_str()).collect();
    assert_eq!(
        messages,
        [
            "expands beyond the limits",
            "a link inside an archive is not followed"
        ]
    );
}

#[test]
fn an_archive_that_is_a_repository_is_an_applicant() {
    let dir = tempfile::tempdir().unwrap();
    for (name, root) in [
        ("bare.zip", ""),
        ("git.zip", ".git/"),
        ("tree.zip", "tool/.git/"),
    ] {
        let (head, refs) = (format!("{root}HEAD"), format!("{root}refs/heads/main"));
        archive(
            &dir.path().join(name),
            &[(head.as_str(), "x"), (refs.as_str(), "x")],
        );
    }
    let pool = open(&[dir.path().into()]).unwrap();
    assert_eq!(ids(&pool), ["bare.zip", "git.zip", "tree.zip"]);
    let sources: Vec<_> = pool.applicants.iter().flat_map(|a| &a.sources).collect();
    assert_eq!(sources.len(), 3, "{sources:?}");
    assert!(
        sources.iter().all(|s| s.repository && s.inside == Some(0)),
        "{sources:?}"
    );
    let error = open(&[dir.path().join("git.zip")]).unwrap_err();
    assert!(error.to_string().contains("it is a repository"), "{error}");
}
