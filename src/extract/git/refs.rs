//! Refs, read from their files: `HEAD`, loose refs and `packed-refs` (format: `git help repository-layout`).
//!
//! Symbolic refs are resolved among the names that were read, never as paths. Refs of linked work trees, reflogs and
//! pseudo-refs such as `FETCH_HEAD` are left out, as by `git log --all`.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::commit::hex_id;
use crate::extract::git::open::refused;
use crate::extract::git::open::small_file;
use crate::model::ObjectId;
use crate::model::RefClass;
use std::collections::BTreeMap;
use std::path::Path;
use walkdir::WalkDir;

/// How many symbolic refs may follow each other (git's own `SYMREF_MAXDEPTH`).
const MAX_DEPTH: usize = 5;
/// Largest loose ref, bytes; real ones hold 41, symbolic ones a name.
const LOOSE_LEN: u64 = 4 << 10;
/// Largest `packed-refs`, bytes: two million refs.
const PACKED_LEN: u64 = 128 << 20;

/// A ref and the object it names, tags not yet peeled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::extract::git) struct RawRef {
    pub name: String,
    pub class: RefClass,
    pub target: ObjectId,
}

/// What a ref file says.
enum Value {
    Direct(ObjectId),
    Symbolic(String),
}

/// Refs sorted by name, with warnings about those that cannot be used. `HEAD` is among them only where it is detached:
/// else the branch that it names stands for it.
///
/// # Errors
/// [`ReadError::Refused`] for names that leave the repository and for SHA-256 repositories.
pub(in crate::extract::git) fn read(
    dir: &Path,
    limits: &Limits,
) -> Result<(Vec<RawRef>, Vec<String>), ReadError> {
    let mut warnings = Vec::new();
    let mut values = packed(dir, &mut warnings)?;
    loose(dir, &mut values, &mut warnings)?;
    let head = small_file(&dir.join("HEAD"), LOOSE_LEN).unwrap_or_default();
    match parse(&head)? {
        Some(Value::Symbolic(_)) => {}
        Some(direct) => drop(values.insert("HEAD".into(), direct)),
        None => warnings.push("HEAD is unreadable".into()),
    }
    if values.len() > limits.objects {
        return Err(ReadError::TooLarge {
            limit: format!("{} refs", limits.objects),
        });
    }
    let mut refs = Vec::with_capacity(values.len());
    for name in values.keys() {
        match resolve(&values, name) {
            Some(target) => refs.push(RawRef {
                name: name.clone(),
                class: class(name),
                target,
            }),
            None => warnings.push(format!("ref {name} leads nowhere")),
        }
    }
    Ok((refs, warnings))
}

/// The class of a full ref name.
fn class(name: &str) -> RefClass {
    let inside = |prefix: &str| name.starts_with(prefix);
    match name {
        "HEAD" => RefClass::Branch,
        _ if inside("refs/heads/") => RefClass::Branch,
        _ if inside("refs/tags/") => RefClass::Tag,
        _ if inside("refs/pull/") || inside("refs/merge-requests/") => RefClass::Pull,
        _ if fetched_pull(name) => RefClass::Pull,
        _ if inside("refs/remotes/") => RefClass::Remote,
        _ => RefClass::Other,
    }
}

/// A pull ref that a fetch rule put under a remote: `refs/remotes/origin/pr/12`.
fn fetched_pull(name: &str) -> bool {
    let mut parts = name.split('/').skip(3);
    let kind = matches!(parts.next(), Some("pull" | "pr" | "merge-requests" | "mr"));
    kind && name.starts_with("refs/remotes/")
        && parts
            .next()
            .is_some_and(|n| n.bytes().all(|b| b.is_ascii_digit()))
}

fn packed(dir: &Path, warnings: &mut Vec<String>) -> Result<BTreeMap<String, Value>, ReadError> {
    let mut values = BTreeMap::new();
    let path = dir.join("packed-refs");
    let bytes = match small_file(&path, PACKED_LEN) {
        Some(bytes) => bytes,
        None if path.exists() => {
            return Err(ReadError::TooLarge {
                limit: format!("{} MB of refs", PACKED_LEN >> 20),
            });
        }
        None => return Ok(values),
    };
    let mut broken = 0;
    for line in bytes.split(|&b| b == b'\n').map(<[u8]>::trim_ascii_end) {
        if line.is_empty() || matches!(line.first(), Some(b'#' | b'^')) {
            continue;
        }
        let Some(space) = line.iter().position(|&b| b == b' ') else {
            broken += 1;
            continue;
        };
        let name = checked(&String::from_utf8_lossy(&line[space + 1..]))?;
        match (parse(&line[..space])?, name) {
            (Some(value), Some(name)) => drop(values.insert(name, value)),
            _ => broken += 1,
        }
    }
    if broken > 0 {
        warnings.push(format!("{broken} lines of packed-refs are unreadable"));
    }
    Ok(values)
}

fn loose(
    dir: &Path,
    values: &mut BTreeMap<String, Value>,
    warnings: &mut Vec<String>,
) -> Result<(), ReadError> {
    for entry in WalkDir::new(dir.join("refs"))
        .follow_links(false)
        .sort_by_file_name()
    {
        let entry = entry.map_err(|e| ReadError::Io(e.to_string()))?;
        if !entry.file_type().is_file() || entry.path().extension().is_some_and(|e| e == "lock") {
            continue;
        }
        let relative = entry.path().strip_prefix(dir).unwrap_or(entry.path());
        let parts: Vec<_> = relative
            .components()
            .map(|c| c.as_os_str().to_string_lossy())
            .collect();
        let bytes = small_file(entry.path(), LOOSE_LEN).unwrap_or_default();
        match (checked(&parts.join("/"))?, parse(&bytes)?) {
            (Some(name), Some(value)) => drop(values.insert(name, value)),
            _ => warnings.push(format!("ref {} is unreadable", parts.join("/"))),
        }
    }
    Ok(())
}

/// What the contents of a ref say; `None` where they say nothing.
fn parse(bytes: &[u8]) -> Result<Option<Value>, ReadError> {
    let text = bytes.trim_ascii();
    if let Some(name) = text.strip_prefix(b"ref:") {
        let name = checked(&String::from_utf8_lossy(name.trim_ascii()))?;
        return Ok(name.map(Value::Symbolic));
    }
    if text.len() == 64 && text.iter().all(u8::is_ascii_hexdigit) {
        return Err(refused(
            "it uses SHA-256 object ids, which are not read yet",
        ));
    }
    Ok(hex_id(text).map(Value::Direct))
}

/// The name, where it is one; refuses names that would leave the repository as a path.
fn checked(name: &str) -> Result<Option<String>, ReadError> {
    if name.contains("..") || name.starts_with('/') || name.contains('\\') {
        return Err(refused("a ref names a path outside the repository"));
    }
    let fine = name.starts_with("refs/") && !name.chars().any(char::is_control);
    Ok(fine.then(|| name.to_string()))
}

fn resolve(values: &BTreeMap<String, Value>, name: &str) -> Option<ObjectId> {
    let mut name = name;
    for _ in 0..=MAX_DEPTH {
        match values.get(name)? {
            Value::Direct(id) => return Some(*id),
            Value::Symbolic(next) => name = next,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::fs;
    use tempfile::TempDir;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    fn dir(files: &[(&str, &str)]) -> TempDir {
        let dir = tempfile::tempdir().unwrap();
        fs::create_dir(dir.path().join("refs")).unwrap();
        fs::write(dir.path().join("HEAD"), "ref: refs/heads/main\n").unwrap();
        for (name, text) in files {
            let path = dir.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        dir
    }

    fn names(files: &[(&str, &str)]) -> (Vec<(String, RefClass, String)>, Vec<String>) {
        let (refs, warnings) = read(dir(files).path(), &Limits::default()).unwrap();
        (
            refs.into_iter()
                .map(|r| (r.name, r.class, r.target.to_string()[..1].into()))
                .collect(),
            warnings,
        )
    }

    #[test]
    fn loose_refs_win_over_packed_ones_and_have_classes() {
        let packed = format!(
            "# pack-refs with: peeled fully-peeled sorted\n{A} refs/heads/main\n{A} refs/merge-requests/4/head\n\
             {A} refs/pull/1/head\n{A} refs/tags/v1\n^{B}\n"
        );
        let (refs, warnings) = names(&[
            ("packed-refs", &packed),
            ("refs/heads/main", &format!("{B}\n")),
            ("refs/heads/main.lock", &format!("{A}\n")),
            (
                "refs/remotes/origin/HEAD",
                "ref: refs/remotes/origin/main\n",
            ),
            ("refs/remotes/origin/main", A),
            ("refs/remotes/origin/pr/7", A),
            ("refs/remotes/origin/pull/fix", A),
            ("refs/stash", A),
        ]);
        let expected = [
            ("refs/heads/main", RefClass::Branch, "b"),
            ("refs/merge-requests/4/head", RefClass::Pull, "a"),
            ("refs/pull/1/head", RefClass::Pull, "a"),
            ("refs/remotes/origin/HEAD", RefClass::Remote, "a"),
            ("refs/remotes/origin/main", RefClass::Remote, "a"),
            ("refs/remotes/origin/pr/7", RefClass::Pull, "a"),
            ("refs/remotes/origin/pull/fix", RefClass::Remote, "a"),
            ("refs/stash", RefClass::Other, "a"),
            ("refs/tags/v1", RefClass::Tag, "a"),
        ];
        assert_eq!(
            refs,
            expected.map(|(n, c, t)| (n.to_string(), c, t.to_string()))
        );
        assert!(warnings.is_empty(), "{warnings:?}");
    }

    #[test]
    fn a_detached_head_is_a_ref_of_its_own() {
        let (refs, _) = names(&[("HEAD", A)]);
        assert_eq!(refs, [("HEAD".into(), RefClass::Branch, "a".into())]);
    }

    #[test]
    fn circles_and_broken_refs_are_warnings() {
        let (refs, warnings) = names(&[
            ("refs/heads/a", "ref: refs/heads/b"),
            ("refs/heads/b", "ref: refs/heads/a"),
            ("refs/heads/c", "rubbish"),
            ("refs/heads/d", A),
            ("packed-refs", "no space\nzz refs/heads/e\n"),
        ]);
        assert_eq!(refs.len(), 1);
        assert_eq!(
            warnings,
            [
                "2 lines of packed-refs are unreadable",
                "ref refs/heads/c is unreadable",
                "ref refs/heads/a leads nowhere",
                "ref refs/heads/b leads nowhere",
            ]
        );
    }

    #[test]
    fn names_that_leave_the_repository_are_refused() {
        for files in [
            [("HEAD", "ref: refs/heads/../../../other/HEAD")],
            [("HEAD", "ref: /srv/other/HEAD")],
            [("refs/heads/x", "ref: refs\\..\\other")],
            [("packed-refs", &*format!("{A} refs/../../x\n"))],
        ] {
            let error = read(dir(&files).path(), &Limits::default()).unwrap_err();
            assert_eq!(
                error.to_string(),
                "repository refused: a ref names a path outside the repository"
            );
        }
    }

    #[test]
    fn sha256_repositories_are_refused() {
        let id = "c".repeat(64);
        for files in [
            [("refs/heads/main", &*id)],
            [("packed-refs", &*format!("{id} refs/heads/main\n"))],
        ] {
            let error = read(dir(&files).path(), &Limits::default()).unwrap_err();
            assert!(error.to_string().contains("SHA-256 object ids"), "{error}");
        }
    }
}
