//! One repository, cloned into a temporary folder of the cache.
//!
//! Two connections. The first takes every branch with all commits and trees and no file (`--filter=blob:none`): some tenth
//! of a full clone. The second is a shallow clone of the default branch with its small files, of which only the pack is
//! kept: the server leaves the large ones out, and nothing is asked for one by one. A server that knows no filters sends
//! everything, up to the limit on size.
//!
//! git refuses a repository with an object of odd form, such as a commit whose offset is none, and with a filter it cannot
//! be told which faults to let pass. It is then fetched without that check: the reader parses raw bytes in a worker and
//! checks nothing out, and the fault may be what is worth knowing. The index notes it.

use crate::fetch::FetchError;
use crate::fetch::FetchOptions;
use crate::fetch::cache::CacheError;
use crate::fetch::cache::Cloned;
use crate::fetch::cache::Fetched;
use crate::fetch::cache::folder_of;
use crate::fetch::git;
use crate::model::RepositoryUrl;
use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::Instant;

/// Files up to this size are fetched: source files are smaller, and a worker looks into none above 1 MB.
const FILES: &str = "--filter=blob:limit=256k";

/// Takes objects as they come.
const UNCHECKED: [&str; 2] = ["-c", "transfer.fsckObjects=false"];

/// Clones a repository into a temporary folder below `into`.
///
/// # Errors
/// Why not; the temporary folder is gone then.
pub(in crate::fetch) fn clone(
    url: &RepositoryUrl,
    into: &Path,
    options: &FetchOptions,
) -> Result<Cloned, FetchError> {
    let failed = |e: std::io::Error| CacheError::Io {
        path: into.display().to_string(),
        reason: e.to_string().to_lowercase(),
    };
    fs::create_dir_all(into).map_err(failed)?;
    let temporary = tempfile::Builder::new()
        .prefix(".fetching-")
        .tempdir_in(into)
        .map_err(failed)?;
    let folder = temporary.path();
    let deadline = Instant::now() + options.time;
    let git = |arguments: &[&str]| git::run(arguments, folder, deadline, options);
    let version = git(&["version"])?;
    let bare = |checked: bool, more: &[&str]| {
        let check: &[&str] = if checked { &[] } else { &UNCHECKED };
        let clone = ["clone", "--quiet", "--bare", "--no-tags", "--template="];
        git(&[check, &clone, more].concat())
    };
    // Some servers know a repository with `.git` behind its name only.
    let with_end = format!("{url}.git");
    let (mut address, mut checked) = (url.as_str(), true);
    let whole = |address, checked| bare(checked, &["--filter=blob:none", "--", address, "all"]);
    let mut cloned = whole(address, checked);
    if matches!(&cloned, Err(FetchError::Git(why)) if why.contains("not found")) {
        address = &with_end;
        cloned = whole(address, checked);
    }
    if matches!(&cloned, Err(FetchError::Git(why)) if why.contains("fsck error")) {
        checked = false;
        cloned = whole(address, checked);
    }
    cloned?;
    let all = folder.join("all");
    if options.files {
        let tip = ["--single-branch", "--depth=1", FILES, "--", address, "tip"];
        bare(checked, &tip)?;
        take_packs(&folder.join("tip"), &all).map_err(failed)?;
    }
    let refs = git(&[
        "--git-dir=all",
        "for-each-ref",
        "--format=%(objectname) %(refname)",
        "refs/heads",
    ])?;
    let heads: BTreeMap<String, String> = refs
        .lines()
        .filter_map(|line| line.split_once(' '))
        .map(|(id, name)| (name.to_string(), id.to_string()))
        .collect();
    Ok(Cloned {
        path: all,
        fetched: Fetched {
            url: url.to_string(),
            folder: folder_of(url),
            fetched: options.now.clone(),
            git: version.trim().trim_start_matches("git version ").into(),
            files: options.files,
            checked,
            heads,
        },
        _temporary: temporary,
    })
}

/// Moves the packs of one repository to another. Objects that both have do no harm.
fn take_packs(from: &Path, to: &Path) -> std::io::Result<()> {
    let packs = Path::new("objects").join("pack");
    for entry in fs::read_dir(from.join(&packs))? {
        let entry = entry?;
        let target = to.join(&packs).join(entry.file_name());
        if !target.exists() {
            fs::rename(entry.path(), target)?;
        }
    }
    Ok(())
}
