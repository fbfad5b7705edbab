//! Folders to sources: what is a document, what a repository, what clutter.
//!
//! A repository is named and not entered: nothing inside it is a document. Links are followed to files inside the pool
//! and nowhere else.

use crate::intake::Source;
use crate::intake::listing::{self, Listing};
use crate::intake::packaged;
use crate::model::{Effect, Problem, Stage};
use std::fs::{self, Metadata};
use std::path::{Path, PathBuf};
use walkdir::WalkDir;

/// Sources and what could not be used on the way to them.
#[derive(Debug, Default)]
pub(in crate::intake) struct Found {
    /// In the order they were met; sort before use.
    pub sources: Vec<Source>,
    /// Likewise.
    pub problems: Vec<Problem>,
}

impl Found {
    /// Whether there is nothing at all.
    pub fn is_empty(&self) -> bool {
        self.sources.is_empty() && self.problems.is_empty()
    }

    fn add(&mut self, shown: &str, path: &Path, repository: bool) {
        self.sources.push(Source {
            shown: shown.into(),
            path: path.into(),
            repository,
            inside: None,
        });
    }

    fn refuse(&mut self, shown: &str, message: impl Into<String>) {
        self.problems.push(problem(shown, message, Effect::NotRead));
    }
}

/// A problem of this stage.
pub(in crate::intake) fn problem(
    source: impl Into<String>,
    message: impl Into<String>,
    effect: Effect,
) -> Problem {
    Problem {
        source: source.into(),
        stage: Stage::Intake,
        message: message.into(),
        effect,
    }
}

/// A file name as text: control characters, which could drive a terminal, are replaced.
pub(in crate::intake) fn shown_name(path: &Path) -> String {
    let name = path
        .file_name()
        .unwrap_or(path.as_os_str())
        .to_string_lossy();
    printable(&name)
}

/// `text` with control characters replaced.
pub(in crate::intake) fn printable(text: &str) -> String {
    text.chars()
        .map(|c| if c.is_control() { '\u{fffd}' } else { c })
        .collect()
}

/// Whether a name is what systems and programs leave behind: hidden files, thumbnails, lock files of open documents.
pub(in crate::intake) fn is_clutter(name: &str) -> bool {
    name.starts_with('.')
        || name.starts_with("~$")
        || name == "__MACOSX"
        || ["thumbs.db", "desktop.ini"].contains(&name.to_ascii_lowercase().as_str())
}

/// How a folder relates to git.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake) enum Repository {
    /// It is none.
    No,
    /// A worktree with its `.git` folder, or a bare repository.
    Whole,
    /// A worktree whose `.git` is a file or link: the history is elsewhere.
    Elsewhere,
}

/// Tells whether `dir` is a repository, by its entries and without opening them.
pub(in crate::intake) fn repository(dir: &Path) -> Repository {
    let kind = |name: &str| fs::symlink_metadata(dir.join(name)).ok();
    match kind(".git") {
        Some(meta) if meta.is_dir() => Repository::Whole,
        Some(_) => Repository::Elsewhere,
        None => {
            let is_dir = |name| kind(name).is_some_and(|m: Metadata| m.is_dir());
            let bare =
                kind("HEAD").is_some_and(|m| !m.is_dir()) && is_dir("objects") && is_dir("refs");
            if bare {
                Repository::Whole
            } else {
                Repository::No
            }
        }
    }
}

/// Everything to read at `path`, a file, folder or repository that `root` (canonical) holds. `shown` is how reports
/// name `path`.
pub(in crate::intake) fn collect(root: &Path, path: &Path, shown: &str) -> Found {
    let mut found = Found::default();
    match fs::symlink_metadata(path) {
        Err(e) => found.refuse(shown, reason(&e)),
        Ok(meta) if meta.is_dir() => match repository(path) {
            Repository::No => walk(root, path, shown, &mut found),
            _ => add_repository(path, shown, &mut found),
        },
        Ok(meta) => add_file(root, path, shown, &meta, &mut found),
    }
    found.sources.sort();
    found.problems.sort();
    found
}

fn walk(root: &Path, dir: &Path, shown: &str, found: &mut Found) {
    let mut entries = WalkDir::new(dir)
        .min_depth(1)
        .sort_by_file_name()
        .into_iter();
    while let Some(entry) = entries.next() {
        let entry = match entry {
            Ok(entry) => entry,
            Err(e) => {
                let at = e
                    .path()
                    .map_or_else(|| shown.to_string(), |p| below(shown, dir, p));
                found.refuse(
                    &at,
                    e.io_error()
                        .map_or_else(|| "cannot be read".to_string(), reason),
                );
                continue;
            }
        };
        let is_dir = entry.file_type().is_dir();
        if is_clutter(&entry.file_name().to_string_lossy()) {
            if is_dir {
                entries.skip_current_dir();
            }
            continue;
        }
        let at = below(shown, dir, entry.path());
        if is_dir {
            if repository(entry.path()) != Repository::No {
                add_repository(entry.path(), &at, found);
                entries.skip_current_dir();
            }
            continue;
        }
        match entry.path().symlink_metadata() {
            Ok(meta) => add_file(root, entry.path(), &at, &meta, found),
            Err(e) => found.refuse(&at, reason(&e)),
        }
    }
}

fn add_repository(path: &Path, shown: &str, found: &mut Found) {
    match repository(path) {
        Repository::Whole => found.add(shown, path, true),
        _ => found.refuse(
            shown,
            "its .git leads elsewhere; hand in the whole repository",
        ),
    }
}

fn add_file(root: &Path, path: &Path, shown: &str, meta: &Metadata, found: &mut Found) {
    if meta.is_file() && listing::is_archive(path) {
        return add_archive(path, shown, found);
    }
    if meta.is_file() {
        return found.add(shown, path, packaged::is_packaged(path));
    }
    if !meta.is_symlink() {
        return found.refuse(shown, "is not a regular file");
    }
    match fs::canonicalize(path) {
        Err(e) => found.refuse(shown, format!("a link that leads nowhere: {}", reason(&e))),
        Ok(target) if !target.starts_with(root) => {
            found.refuse(shown, "a link that leaves the pool is not followed")
        }
        Ok(target) if target.is_file() => found.add(shown, &target, packaged::is_packaged(&target)),
        Ok(_) => found.refuse(shown, "a link to a folder is not followed"),
    }
}

/// An archive in an applicant's folder: everything in it is the applicant's.
fn add_archive(path: &Path, shown: &str, found: &mut Found) {
    match Listing::open(path) {
        Err(why) => found.refuse(shown, why),
        Ok(listing) => {
            let inside = listing.collect("", shown);
            found.sources.extend(inside.sources);
            found.problems.extend(inside.problems);
            found.problems.extend(listing.strays(shown));
        }
    }
}

/// How reports name `path`, which stands below `dir`.
fn below(shown: &str, dir: &Path, path: &Path) -> String {
    let rest = path.strip_prefix(dir).unwrap_or(path);
    let mut out = shown.to_string();
    for part in rest.components() {
        if !out.is_empty() {
            out.push('/');
        }
        out.push_str(&printable(&part.as_os_str().to_string_lossy()));
    }
    out
}

/// The system's word for an error, without its number, so that it reads alike everywhere.
pub(in crate::intake) fn reason(error: &std::io::Error) -> String {
    use std::io::ErrorKind;
    match error.kind() {
        ErrorKind::NotFound => "no such file or folder".into(),
        ErrorKind::PermissionDenied => "permission denied".into(),
        _ => error
            .to_string()
            .split(" (os error")
            .next()
            .unwrap_or_default()
            .to_lowercase(),
    }
}

/// `path` with links resolved, or itself where that fails.
pub(in crate::intake) fn canonical(path: &Path) -> PathBuf {
    fs::canonicalize(path).unwrap_or_else(|_| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let dir = tempfile::tempdir().unwrap();
        for file in files {
            let path = dir.path().join(file);
            if file.ends_with('/') {
                fs::create_dir_all(path).unwrap();
            } else {
                fs::create_dir_all(path.parent().unwrap()).unwrap();
                fs::write(path, "x").unwrap();
            }
        }
        dir
    }

    fn shown(found: &Found) -> Vec<(&str, bool)> {
        found
            .sources
            .iter()
            .map(|s| (s.shown.as_str(), s.repository))
            .collect()
    }

    #[test]
    fn clutter_is_told_from_documents() {
        for name in [
            ".DS_Store",
            ".hidden",
            "Thumbs.db",
            "thumbs.DB",
            "~$resume.docx",
            "desktop.ini",
            "__MACOSX",
        ] {
            assert!(is_clutter(name), "{name}");
        }
        for name in ["resume.pdf", "~resume.docx", "thumbs.pdf", "a.b"] {
            assert!(!is_clutter(name), "{name}");
        }
    }

    #[test]
    fn repositories_are_named_and_not_entered() {
        let dir = tree(&[
            "resume.pdf",
            "deep/er/letter.txt",
            "work/.git/HEAD",
            "work/README.md",
            "bare.git/HEAD",
            "bare.git/objects/",
            "bare.git/refs/",
            "nearly/HEAD",
            "nearly/objects/",
            ".hidden/secret.pdf",
        ]);
        let found = collect(&canonical(dir.path()), dir.path(), "anna");
        let wanted = [
            ("anna/bare.git", true),
            ("anna/deep/er/letter.txt", false),
            ("anna/nearly/HEAD", false),
            ("anna/resume.pdf", false),
            ("anna/work", true),
        ];
        assert_eq!(shown(&found), wanted);
        assert!(found.problems.is_empty());
    }

    #[test]
    fn a_worktree_whose_history_is_elsewhere_is_a_problem() {
        let dir = tree(&["work/.git", "work/main.rs"]);
        let found = collect(&canonical(dir.path()), dir.path(), "anna");
        assert!(found.sources.is_empty());
        assert_eq!(found.problems[0].source, "anna/work");
    }

    #[cfg(unix)]
    #[test]
    fn links_lead_to_files_inside_the_pool_only() {
        use std::os::unix::fs::symlink;
        let outside = tree(&["secret.pdf"]);
        let dir = tree(&["resume.pdf", "sub/"]);
        symlink(
            outside.path().join("secret.pdf"),
            dir.path().join("out.pdf"),
        )
        .unwrap();
        symlink(dir.path().join("resume.pdf"), dir.path().join("in.pdf")).unwrap();
        symlink(dir.path(), dir.path().join("loop")).unwrap();
        symlink("nowhere", dir.path().join("dead.pdf")).unwrap();
        let found = collect(&canonical(dir.path()), dir.path(), "");
        assert_eq!(shown(&found), [("in.pdf", false), ("resume.pdf", false)]);
        let about: Vec<_> = found.problems.iter().map(|p| p.source.as_str()).collect();
        assert_eq!(about, ["dead.pdf", "loop", "out.pdf"]);
    }

    #[cfg(unix)]
    #[test]
    fn names_cannot_drive_a_terminal() {
        let dir = tree(&["a\u{1b}[2J.pdf"]);
        let found = collect(&canonical(dir.path()), dir.path(), "");
        assert_eq!(found.sources[0].shown, "a\u{fffd}[2J.pdf");
    }
}
