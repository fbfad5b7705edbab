//! Paths that a manifest names: relative to it, inside its folder, never fetched.

use crate::intake::manifest::{Inside, Place};
use crate::intake::walk::{self, Found, Repository};
use crate::model::Effect;
use std::fs;
use std::path::{Path, PathBuf};

/// What a column of paths may name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::intake::manifest) enum Wanted {
    /// Files, or folders with everything in them.
    Documents,
    /// Repositories, or folders of repositories.
    Repositories,
}

/// Why a path cannot be used.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::intake::manifest) struct Refused {
    /// In words.
    pub message: String,
    /// What follows.
    pub effect: Effect,
}

impl Refused {
    fn new(message: impl Into<String>, effect: Effect) -> Self {
        Self {
            message: message.into(),
            effect,
        }
    }
}

/// Beginnings of addresses that people paste without `https://`.
const HOSTS: [&str; 6] = [
    "github.com/",
    "gitlab.com/",
    "bitbucket.org/",
    "codeberg.org/",
    "www.",
    "git@",
];

/// The sources at `written`, or why there are none.
pub(in crate::intake::manifest) fn resolve(
    place: &Place,
    written: &str,
    wanted: Wanted,
) -> Result<Found, Refused> {
    let parts = parts(written)?;
    let shown = walk::printable(&parts.join("/"));
    if let Some(inside) = &place.archive {
        return resolve_inside(inside, &parts, &shown, wanted);
    }
    let path: PathBuf = place.root.join(parts.iter().collect::<PathBuf>());
    stays_inside(&place.root, &path, &shown)?;
    // A link inside the folder is as good as what it leads to.
    let path = if path.is_symlink() {
        walk::canonical(&path)
    } else {
        path
    };
    if wanted == Wanted::Repositories && !crate::intake::is_repository(&path) {
        return Err(Refused::new(
            format!("{shown}: not a repository"),
            Effect::NotRead,
        ));
    }
    let mut found = walk::collect(&place.root, &path, &shown);
    if wanted == Wanted::Repositories {
        found.sources.retain(|s| s.repository);
    }
    if found.sources.is_empty() && found.problems.is_empty() {
        let what = if wanted == Wanted::Repositories {
            "no repository there"
        } else {
            "an empty folder"
        };
        return Err(Refused::new(format!("{shown}: {what}"), Effect::NotRead));
    }
    Ok(found)
}

/// The sources at a path inside an archive.
fn resolve_inside(
    inside: &Inside,
    parts: &[String],
    shown: &str,
    wanted: Wanted,
) -> Result<Found, Refused> {
    let mut found = collect_inside(inside, &parts.join("/"));
    let is_empty = found.sources.is_empty() && found.problems.is_empty();
    if wanted == Wanted::Repositories {
        found.sources.retain(|s| s.repository);
    }
    if found.sources.is_empty() && found.problems.is_empty() {
        let what = if is_empty {
            "no such file or folder"
        } else {
            "not a repository"
        };
        return Err(Refused::new(format!("{shown}: {what}"), Effect::NotRead));
    }
    Ok(found)
}

fn collect_inside(inside: &Inside, path: &str) -> Found {
    let whole = format!("{}/{path}", inside.folder);
    let shown = format!("{}{}", inside.prefix, walk::printable(path));
    inside
        .listing
        .collect(whole.trim_start_matches('/'), &shown)
}

/// The sources in the folder or file named like the applicant, for a row that names none.
pub(in crate::intake::manifest) fn named_like(place: &Place, id: &str) -> Option<Found> {
    let parts = parts(id).ok()?;
    let [name] = parts.as_slice() else {
        return None;
    };
    if let Some(inside) = &place.archive {
        let found = collect_inside(inside, name);
        return (!found.sources.is_empty() || !found.problems.is_empty()).then_some(found);
    }
    let path = place.root.join(name);
    let exists = fs::symlink_metadata(&path).is_ok_and(|m| m.is_dir() || m.is_file());
    let taken = walk::is_clutter(name) || *name == place.shown;
    (exists && !taken).then(|| walk::collect(&place.root, &path, &walk::printable(name)))
}

/// The names a path is made of; both kinds of slash part them, as manifests are written on every system.
fn parts(written: &str) -> Result<Vec<String>, Refused> {
    let lower = written.to_ascii_lowercase();
    if lower.contains("://") || HOSTS.iter().any(|host| lower.starts_with(host)) {
        return Err(Refused::new(
            "not fetched during a scan; hand in a copy",
            Effect::NotUsed,
        ));
    }
    let path = written.replace('\\', "/");
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if path.starts_with('/') || drive {
        return Err(Refused::new(
            "an absolute path; paths start at the manifest's folder",
            Effect::NotUsed,
        ));
    }
    let parts: Vec<String> = path
        .split('/')
        .filter(|p| !p.is_empty() && *p != ".")
        .map(String::from)
        .collect();
    if parts.iter().any(|p| p == "..") {
        return Err(Refused::new(
            "a path with `..` may leave the manifest's folder",
            Effect::NotUsed,
        ));
    }
    if parts.is_empty() {
        return Err(Refused::new(
            "names the manifest's own folder, which holds everybody",
            Effect::NotUsed,
        ));
    }
    Ok(parts)
}

fn stays_inside(root: &Path, path: &Path, shown: &str) -> Result<(), Refused> {
    match fs::canonicalize(path) {
        Err(e) => Err(Refused::new(
            format!("{shown}: {}", walk::reason(&e)),
            Effect::NotRead,
        )),
        Ok(whole) if whole == root => Err(Refused::new(
            "names the manifest's own folder, which holds everybody",
            Effect::NotUsed,
        )),
        Ok(whole) if !whole.starts_with(root) => Err(Refused::new(
            format!("{shown}: a link that leaves the manifest's folder"),
            Effect::NotUsed,
        )),
        Ok(whole) if whole.is_dir() && walk::repository(path) == Repository::Elsewhere => {
            let message =
                format!("{shown}: its .git leads elsewhere; hand in the whole repository");
            Err(Refused::new(message, Effect::NotRead))
        }
        Ok(_) => Ok(()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_paths_below_the_manifest_are_taken() {
        let ok = |s: &str| parts(s).unwrap().join("|");
        assert_eq!(ok("anna/resume.pdf"), "anna|resume.pdf");
        assert_eq!(ok("./anna//resume.pdf"), "anna|resume.pdf");
        assert_eq!(ok(r"anna\resume.pdf"), "anna|resume.pdf");
        assert_eq!(ok("anna/..resume..pdf"), "anna|..resume..pdf");
        for (written, says) in [
            ("/etc/passwd", "absolute"),
            (r"C:\cv.pdf", "absolute"),
            ("c:cv.pdf", "absolute"),
            (r"\\server\cv.pdf", "absolute"),
            ("../cv.pdf", "`..`"),
            (r"anna\..\..\cv.pdf", "`..`"),
            (".", "everybody"),
            ("https://example.org/x.git", "not fetched"),
            ("git@example.org:x/y.git", "not fetched"),
            ("GitHub.com/x/y", "not fetched"),
        ] {
            let refused = parts(written).unwrap_err();
            assert!(
                refused.message.contains(says),
                "{written}: {}",
                refused.message
            );
            assert_eq!(refused.effect, Effect::NotUsed);
        }
    }
}
