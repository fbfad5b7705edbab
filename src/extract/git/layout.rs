//! Which entries of an archive are a repository's, and which of them reading needs.
//!
//! Names alone decide, before anything is written: the files of a work tree, hooks, configuration, logs and indexes are
//! passed over, and what [`crate::extract::git::open`] refuses on disk is refused here by the same words. Layout of a
//! repository: `git help repository-layout`.

use crate::extract::ReadError;
use crate::extract::git::open;
use crate::extract::git::open::refused;
use crate::model::path_inside;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// What an entry of an archive is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract::git) enum EntryKind {
    File,
    Folder,
    /// A link, a device, a pipe.
    Other,
}

/// What the names of an archive say.
#[derive(Debug, Default)]
pub(in crate::extract::git) struct Layout {
    /// Folders with a file `HEAD`.
    heads: BTreeSet<String>,
    /// Folders with something in `objects` or `refs`.
    with_parts: BTreeSet<String>,
    /// Entries called `.git` that are no folder.
    pointers: BTreeMap<String, EntryKind>,
    /// Entries whose name leads out of the archive.
    num_strays: usize,
}

impl Layout {
    /// Takes note of an entry.
    pub fn see(&mut self, name: &str, kind: EntryKind) {
        let Ok(path) = path_inside(name) else {
            self.num_strays += 1;
            return;
        };
        let parts: Vec<&str> = path.split('/').collect();
        if parts.last() == Some(&"HEAD") && kind != EntryKind::Folder {
            self.heads.insert(parts[..parts.len() - 1].join("/"));
        }
        if parts.last() == Some(&".git") && kind != EntryKind::Folder {
            self.pointers.insert(path.clone(), kind);
        }
        for (at, part) in parts.iter().enumerate() {
            if matches!(*part, "objects" | "refs") {
                self.with_parts.insert(parts[..at].join("/"));
            }
        }
    }

    /// The folder that holds `HEAD`, `objects` and `refs`; empty for the archive itself.
    ///
    /// # Errors
    /// Where there is none, or more than one that is not inside another repository.
    pub fn repository(&self) -> Result<String, ReadError> {
        let all: BTreeSet<(&str, &String)> = self
            .heads
            .intersection(&self.with_parts)
            .map(|dir| (work_tree(dir), dir))
            .collect();
        // A repository inside the files or modules of another is not handed in.
        let inside_other = |at: &str, dir: &String| {
            all.iter()
                .any(|&(other, git)| git != dir && below(other, at).is_some() && (other != at))
                || all
                    .iter()
                    .any(|&(_, git)| git != dir && below(git, dir).is_some())
        };
        let own: Vec<&String> = all
            .iter()
            .filter(|&&(at, dir)| !inside_other(at, dir))
            .map(|&(_, dir)| dir)
            .collect();
        match own.as_slice() {
            [one] => Ok((*one).clone()),
            [] => match self.pointers.values().next() {
                Some(EntryKind::File) => {
                    Err(refused("its .git is a file that points to another place"))
                }
                Some(_) => Err(refused("its .git is a link to another place")),
                None => Err(ReadError::Unknown(
                    "an archive without a git repository".into(),
                )),
            },
            many => Err(refused(format!(
                "{} repositories in one archive; hand in one file for each",
                many.len()
            ))),
        }
    }

    /// Names that lead out of the archive, as a warning.
    pub fn warning(&self) -> Option<String> {
        (self.num_strays > 0).then(|| {
            format!(
                "{} names lead out of the archive and were not read",
                self.num_strays
            )
        })
    }
}

/// The work tree of a `.git` folder; the folder itself where it is called otherwise.
fn work_tree(dir: &str) -> &str {
    match dir {
        ".git" => "",
        _ => dir.strip_suffix("/.git").unwrap_or(dir),
    }
}

/// The rest of `name` behind `folder/`; everything is below the archive itself.
fn below<'n>(folder: &str, name: &'n str) -> Option<&'n str> {
    if folder.is_empty() {
        return Some(name).filter(|n| !n.is_empty());
    }
    name.strip_prefix(folder)?.strip_prefix('/')
}

/// The path, relative to the repository at `dir`, to which an entry is written; `None` for what reading does not need.
///
/// # Errors
/// [`ReadError::Refused`] for what leads to other repositories, and for links and devices among a repository's files.
pub(in crate::extract::git) fn needed(
    dir: &str,
    name: &str,
    kind: EntryKind,
) -> Result<Option<String>, ReadError> {
    let Ok(path) = path_inside(name) else {
        return Ok(None);
    };
    let Some(rest) = below(dir, &path) else {
        return Ok(None);
    };
    // In an archive of a bare repository anything may lie beside its files; in a .git folder nothing does.
    if kind == EntryKind::Other {
        return Err(refused(format!("{rest} is a link to another place")));
    }
    if let Some(why) = open::leads_out(rest) {
        return Err(refused(why));
    }
    if rest == "reftable" || rest.starts_with("reftable/") {
        return Err(refused(open::REFTABLE));
    }
    Ok((kind == EntryKind::File && is_read(rest)).then(|| rest.to_string()))
}

/// Whether the reader opens this file of a repository.
fn is_read(rest: &str) -> bool {
    let hex = |s: &str, len: usize| s.len() == len && s.bytes().all(|b| b.is_ascii_hexdigit());
    match rest.split('/').collect::<Vec<_>>().as_slice() {
        ["HEAD" | "packed-refs" | "shallow"] => true,
        ["refs", _, ..] => true,
        ["objects", "pack", file] => [".pack", ".idx", ".promisor"]
            .iter()
            .any(|end| file.starts_with("pack-") && file.ends_with(end)),
        ["objects", folder, file] => hex(folder, 2) && hex(file, 38),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(names: &[&str]) -> Result<String, String> {
        let mut layout = Layout::default();
        for name in names {
            let kind = match name.strip_suffix('@') {
                Some(_) => EntryKind::Other,
                None => EntryKind::File,
            };
            layout.see(name.trim_end_matches('@'), kind);
        }
        layout.repository().map_err(|e| e.to_string())
    }

    #[test]
    fn the_repository_is_found_wherever_it_lies() {
        for (names, dir) in [
            (&["HEAD", "objects/ab/c", "refs/heads/main"][..], ""),
            (&[".git/HEAD", ".git/objects/x", "main.rs"], ".git"),
            (&["./tool/.git/HEAD", "./tool/.git/refs/x"], "tool/.git"),
            (&["a/tool.git/HEAD", "a/tool.git/objects/x"], "a/tool.git"),
            // of a submodule, of a test's fixture, of a folder that is only called so
            (
                &[
                    "t/.git/HEAD",
                    "t/.git/refs/x",
                    "t/.git/modules/s/HEAD",
                    "t/.git/modules/s/refs/x",
                ],
                "t/.git",
            ),
            (
                &[
                    "t/.git/HEAD",
                    "t/.git/refs/x",
                    "t/tests/f.git/HEAD",
                    "t/tests/f.git/refs/x",
                ],
                "t/.git",
            ),
            (&["t/.git/HEAD", "t/.git/refs/x", "t/docs/HEAD"], "t/.git"),
        ] {
            assert_eq!(of(names).as_deref(), Ok(dir), "{names:?}");
        }
    }

    #[test]
    fn none_and_several_are_refused() {
        let two = [
            "a/.git/HEAD",
            "a/.git/refs/x",
            "b/.git/HEAD",
            "b/.git/refs/x",
        ];
        for (names, says) in [
            (&["cv.pdf"][..], "without a git repository"),
            (&["HEAD"], "without a git repository"),
            (
                &["../x/.git/HEAD", "../x/.git/refs/x"],
                "without a git repository",
            ),
            (&["t/.git", "t/main.rs"], ".git is a file"),
            (&["t/.git@", "t/main.rs"], ".git is a link"),
            (&two, "2 repositories in one archive"),
        ] {
            let why = of(names).unwrap_err();
            assert!(why.contains(says), "{names:?}: {why}");
        }
    }

    #[test]
    fn only_what_reading_needs_is_taken() {
        let object = format!("t/.git/objects/ab/{}", "c".repeat(38));
        for (name, taken) in [
            ("t/.git/HEAD", true),
            ("t/.git/packed-refs", true),
            ("t/.git/refs/heads/main", true),
            ("t/.git/objects/pack/pack-1.pack", true),
            (&object, true),
            ("t/.git/objects/pack/multi-pack-index", false),
            ("t/.git/objects/ab/short", false),
            ("t/.git/config", false),
            ("t/.git/hooks/post-checkout", false),
            ("t/.git/index", false),
            ("t/.git/logs/HEAD", false),
            ("t/.git/modules/s/HEAD", false),
            ("t/main.rs", false),
            ("t/.git/../../.ssh/id", false),
            ("/t/.git/HEAD", false),
        ] {
            let got = needed("t/.git", name, EntryKind::File).unwrap();
            assert_eq!(got.is_some(), taken, "{name}");
        }
    }

    #[test]
    fn what_leads_elsewhere_is_refused() {
        for (name, kind, says) in [
            ("t/.git/commondir", EntryKind::File, "commondir exists"),
            (
                "t/.git/objects/info/alternates",
                EntryKind::File,
                "alternates exists",
            ),
            (
                "t/.git/refs/heads/x",
                EntryKind::Other,
                "refs/heads/x is a link",
            ),
            ("t/.git/hooks/x", EntryKind::Other, "hooks/x is a link"),
            ("t/.git/reftable/tables.list", EntryKind::File, "reftable"),
        ] {
            let why = needed("t/.git", name, kind).unwrap_err().to_string();
            assert!(why.contains(says), "{name}: {why}");
        }
        // Outside of the repository a link is passed over like any other file.
        assert!(
            needed("t/.git", "t/link", EntryKind::Other)
                .unwrap()
                .is_none()
        );
    }
}
