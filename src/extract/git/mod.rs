//! Git repositories, work trees, bare or packed in one file ([`packed`]): every commit of every ref, and the files at the tips.
//!
//! A repository comes from a stranger, so as little of git as possible is used. [`open`] refuses whatever leads out of
//! it before anything is opened; refs are parsed by [`refs`]; libgit2 only hands out raw objects of one `objects`
//! directory ([`git2::Odb`] without a repository), so no configuration, hook, attribute, submodule, graft or replacement
//! ref has an effect, and nothing is written or checked out. [`commit`] parses the bytes of a commit itself, because
//! libgit2 hides broken offsets. [`tips`] takes ids, paths and sizes of files, [`earlier`] those of some earlier versions;
//! [`contents`] shows what a visitor wants.
//!
//! What cannot be read of a repository is a warning, and [`History::truncated`] where commits are affected. Not read:
//! SHA-256 repositories, reftables, reflogs, and the history of submodules.

mod blobs;
mod bundle;
mod classify;
mod commit;
mod contents;
mod earlier;
#[cfg(test)]
mod fixture;
#[cfg(test)]
mod hostile;
mod idents;
mod layout;
mod open;
#[cfg(test)]
mod ordinary;
mod packed;
#[cfg(test)]
mod packed_tests;
mod refs;
mod signature;
mod tarball;
mod tips;
mod unpack;
mod walk;
mod zipball;

pub(in crate::extract) use blobs::read as read_blobs;
pub use classify::classify;

use crate::extract::FileVisitor;
use crate::extract::Job;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::walk::Budget;
use crate::extract::git::walk::Walk;
use crate::model::Commit;
use crate::model::Digest;
use crate::model::Engine;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::Reading;
use crate::model::RefClass;
use crate::model::RefName;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use git2::Odb;
use sha2::{Digest as _, Sha256};
use std::collections::{BTreeSet, HashSet};
use std::path::Path;

/// The version of the crate in Cargo.toml; a test holds it to the lock file.
const GIT2: &str = "0.21.0";
/// From so many commits or files on the packs are opened anew between two parts of the work: a choice.
const MANY: usize = 10_000;
/// Largest `shallow` file, bytes: 400,000 cut commits.
const SHALLOW_LEN: u64 = 16 << 20;

/// Reads the repository at `path`, which reports call `shown`; gives its digest (SHA-256, hex, over sorted refs and
/// commit ids) and what was read. [`crate::model::Ident::name_key`] is left 0.
///
/// Sets two switches of libgit2 for the whole process: no object cache, and no check of an object's bytes against its
/// id, which would cost a quarter more time. A forged pack can thus show a commit under an id that is not its own; that
/// gains nothing, as whoever wants another's ids in a repository can put the true objects there.
///
/// # Errors
/// Where the repository must not be opened, is none, or holds no readable commit.
pub(in crate::extract) fn read(
    path: &Path,
    shown: &str,
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
) -> Result<(String, Reading), ReadError> {
    read_from(path, shown, limits, visitor, Packed::default())
}

/// What unpacking a repository told about it.
#[derive(Debug, Default)]
struct Packed {
    /// Commits that were left out on purpose, with all before them.
    cut: Vec<ObjectId>,
    warnings: Vec<String>,
}

/// Reads the repository in the file that a job names.
///
/// # Errors
/// As for [`read`], and where it cannot be unpacked.
pub(in crate::extract) fn read_packed(
    job: &Job,
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
) -> Result<(String, Reading), ReadError> {
    let (unpacked, told) = packed::unpack(job, limits)?;
    read_from(unpacked.path(), &job.shown, limits, visitor, told)
}

fn read_from(
    path: &Path,
    shown: &str,
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
    told: Packed,
) -> Result<(String, Reading), ReadError> {
    let dir = open::locate(path, limits)?;
    let (raw_refs, mut warnings) = refs::read(&dir, limits)?;
    let shallow = shallow(&dir);
    let mut odb = objects(&dir)?;

    let mut budget = Budget(limits.objects);
    let mut walk = Walk::new(&odb, &shallow);
    walk.leave_out(&told.cut);
    let found = walk.walk_refs(&raw_refs, &mut budget);
    if walk.commits.is_empty() {
        return Err(match raw_refs.is_empty() {
            true => ReadError::NoCommits,
            false => ReadError::damaged(
                "git repository",
                "none of its refs leads to a readable commit",
            ),
        });
    }
    let truncated = cut_short(&walk, !shallow.is_empty(), &mut warnings) || !told.cut.is_empty();
    warnings.extend(told.warnings);
    let (history, digest) = history(walk, found, shown, truncated);
    // A large one is opened anew for each part, so that what was mapped for the one before is let go.
    if history.commits.len() > MANY {
        odb = objects(&dir)?;
    }
    let heads = heads(&history);
    let is_partial = open::is_partial(&dir);
    let at_tips = tips::read(&odb, trees_of(&history, &heads), is_partial, &mut budget);
    warnings.extend(at_tips.warnings);
    let mut code = at_tips.units;
    let mut past = Vec::new();
    if limits.earlier > 0 {
        if code.len() > MANY {
            odb = objects(&dir)?;
        }
        past = earlier::find(&odb, &history, &heads, at_tips.trees, &code, &mut budget);
    }
    if code.len() > MANY {
        odb = objects(&dir)?;
    }
    let of_contents = contents::visit(&dir, &mut odb, &history.source, &mut code, limits, visitor)?;
    warnings.extend(of_contents);
    // Earlier versions are a sample: that their limit is reached is no warning.
    let of_past = Limits {
        contents: limits.earlier,
        ..limits.clone()
    };
    contents::visit(
        &dir,
        &mut odb,
        &history.source,
        &mut past,
        &of_past,
        visitor,
    )?;
    code.extend(past);
    code.sort_by(|a, b| (&a.path, a.earlier, a.blob).cmp(&(&b.path, b.earlier, b.blob)));
    Ok((
        digest,
        Reading::Repository {
            history: Box::new(history),
            code,
            traces: Box::new(visitor.finish()),
            warnings,
        },
    ))
}

/// Raw objects of one directory and of nothing else.
fn objects(dir: &Path) -> Result<Odb<'static>, ReadError> {
    git2::opts::strict_hash_verification(false);
    git2::opts::enable_caching(false);
    let path = dir.join("objects");
    let path = path
        .to_str()
        .ok_or_else(|| ReadError::Io("its path is not UTF-8".into()))?;
    let damaged = |e: git2::Error| ReadError::damaged("git repository", e.message());
    let odb = Odb::new().map_err(damaged)?;
    odb.add_disk_alternate(path).map_err(damaged)?;
    Ok(odb)
}

/// Commits whose parents a shallow clone left out.
fn shallow(dir: &Path) -> HashSet<ObjectId> {
    let bytes = open::small_file(&dir.join("shallow"), SHALLOW_LEN).unwrap_or_default();
    bytes
        .split(|&b| b == b'\n')
        .filter_map(|line| commit::hex_id(line.trim_ascii()))
        .collect()
}

/// Whether commits are missing, with a warning for each reason.
fn cut_short(walk: &Walk<'_>, shallow: bool, warnings: &mut Vec<String>) -> bool {
    let before = warnings.len();
    if shallow {
        warnings.push("a shallow clone: the older part of the history is missing".into());
    }
    if walk.num_missing > 0 {
        warnings.push(format!(
            "{} objects of the history are missing or unreadable",
            walk.num_missing
        ));
    }
    if walk.num_broken > 0 {
        warnings.push(format!("{} commits are malformed", walk.num_broken));
    }
    if walk.stopped {
        warnings.push("not all commits were read: the limit on objects was reached".into());
    }
    warnings.len() > before
}

/// Sorts what the walk found; gives it with the digest.
fn history(
    walk: Walk<'_>,
    mut refs: Vec<RefName>,
    shown: &str,
    truncated: bool,
) -> (History, String) {
    let mut commits = walk.commits;
    let (idents, keys, odd_offsets) = walk.interner.finish(&mut commits);
    commits.sort_unstable_by_key(|c| c.id);
    refs.retain(|r| commits.binary_search_by_key(&r.commit, |c| c.id).is_ok());
    refs.sort_unstable_by(|a, b| a.name.cmp(&b.name));
    let digest = digest(&refs, &commits);
    commits.sort_unstable_by_key(|c| (c.author.seconds, c.id));
    let (major, minor, patch) = git2::Version::get().libgit2_version();
    let engine = Engine::new("git2", &format!("{GIT2} (libgit2 {major}.{minor}.{patch})"));
    let source = SourceInfo {
        path: shown.into(),
        sha256: Digest(digest.clone()),
        kind: SourceKind::Git,
        engine: Some(engine),
    };
    (
        History {
            source,
            refs,
            commits,
            idents,
            keys,
            truncated,
            odd_offsets,
        },
        digest,
    )
}

/// SHA-256 over `name NUL id` of the refs, then the ids of the commits, all sorted.
fn digest(refs: &[RefName], commits: &[Commit]) -> String {
    let mut hash = Sha256::new();
    for name in refs {
        hash.update(name.name.as_bytes());
        hash.update([0]);
        hash.update(name.commit.0);
    }
    commits.iter().for_each(|c| hash.update(c.id.0));
    hash.finalize().iter().map(|b| format!("{b:02x}")).collect()
}

/// The tips that are the applicant's own: branches, `HEAD`, remote branches; not proposals of others.
fn heads(history: &History) -> HashSet<ObjectId> {
    let own = |r: &&RefName| matches!(r.class, RefClass::Branch | RefClass::Remote);
    history.refs.iter().filter(own).map(|r| r.commit).collect()
}

/// The trees of some commits.
fn trees_of(history: &History, commits: &HashSet<ObjectId>) -> BTreeSet<ObjectId> {
    let all = history.commits.iter();
    all.filter(|c| commits.contains(&c.id))
        .map(|c| c.tree)
        .collect()
}
