//! Limits that hold while foreign bytes are read. What differs between operating systems stands in this file.

use crate::extract::Ocr;
use crate::extract::ReadError;
use crate::model::RawDocument;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use std::fs::File;
use std::io::Read;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// Limits of one job and of a worker. Defaults from measurements on real résumés (the honest maximum was 68 MB of memory).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Limits {
    /// CPU seconds of one job.
    pub cpu_seconds: u64,
    /// Wall-clock seconds of one job, watched by the parent.
    pub wall_seconds: u64,
    /// Address space of a worker, bytes.
    pub memory: u64,
    /// Size of a document, bytes.
    pub input: u64,
    /// Text of a document, bytes.
    pub text: usize,
    /// Pages of a document.
    pub pages: usize,
    /// Earlier states of a document that are read again; 0 for none.
    pub revisions: usize,
    /// Images of a document that are described; 0 for none.
    pub images: usize,
    /// Decompressed size of one part of a zipped document, bytes.
    pub part: u64,
    /// Commits, trees and refs of one repository.
    pub objects: usize,
    /// Size of a file of a repository whose contents are looked into, bytes.
    pub file: u64,
    /// Contents that are looked into of one repository, bytes.
    pub contents: u64,
    /// Contents of earlier versions of its files that are looked into, bytes; 0 for none.
    pub earlier: u64,
    /// CPU seconds of one repository.
    pub repository_seconds: u64,
    /// Bytes written while a packed repository is unpacked. What honest ones take is their own size.
    pub unpacked: u64,
    /// The private folder in which repositories are unpacked, made and removed by the parent of a worker; `None` for the
    /// system's temporary folder.
    pub scratch: Option<PathBuf>,
    /// Whether text of pictures and scans is recognised.
    pub ocr: Ocr,
    /// Whether photos are handed over as small pictures, for a report that shows them.
    pub thumbnails: bool,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            cpu_seconds: 10,
            wall_seconds: 30,
            memory: 1 << 30,
            input: 25 << 20,
            text: 5 << 20,
            pages: 200,
            revisions: 8,
            images: 32,
            part: 32 << 20,
            objects: 5_000_000,
            file: 1 << 20,
            contents: 64 << 20,
            earlier: 16 << 20,
            repository_seconds: 120,
            unpacked: 1 << 30,
            scratch: None,
            ocr: Ocr::Auto,
            thumbnails: false,
        }
    }
}

/// The limits of this process, set by the worker itself.
#[derive(Debug)]
pub struct Guard {
    limits: Limits,
}

impl Guard {
    /// Limits the address space of this process, once.
    pub fn new(limits: Limits) -> Self {
        os::limit_memory(limits.memory);
        Self { limits }
    }

    /// Gives the next job its share of CPU time; past it the system ends the process.
    pub fn start_job(&self, repository: bool) {
        os::allow_cpu(if repository {
            self.limits.repository_seconds
        } else {
            self.limits.cpu_seconds
        });
    }

    /// The limits.
    pub fn limits(&self) -> &Limits {
        &self.limits
    }
}

/// A new folder that only this user can look into, in `parent` or the system's temporary folder; removed when dropped.
///
/// # Errors
/// When none can be made.
pub fn private_folder(parent: Option<&Path>) -> std::io::Result<TempDir> {
    let mut builder = tempfile::Builder::new();
    builder.prefix("samehand-");
    let parent = parent.map_or_else(std::env::temp_dir, Path::to_path_buf);
    os::make_private(builder, &parent)
}

/// Reads a file up to the input limit.
pub(in crate::extract) fn read_file(path: &Path, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let io = |e: std::io::Error| ReadError::Io(e.to_string());
    let file = File::open(path).map_err(io)?;
    let mut bytes = Vec::new();
    file.take(limits.input + 1)
        .read_to_end(&mut bytes)
        .map_err(io)?;
    if bytes.len() as u64 > limits.input {
        return Err(ReadError::TooLarge {
            limit: format!("{} MB", limits.input >> 20),
        });
    }
    Ok(bytes)
}

/// SHA-256 in lower-case hex.
pub(in crate::extract) fn sha256_hex(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect()
}

/// Cuts the text at the limit and says so.
pub(in crate::extract) fn cap_text(document: &mut RawDocument, limits: &Limits) {
    if document.text.text.len() <= limits.text {
        return;
    }
    document.text.truncate(limits.text);
    document.warnings.push(format!(
        "only the first {} MB of text were used",
        limits.text >> 20
    ));
}

/// A path in a message to a worker: its bytes, where the system's names are bytes.
#[cfg(unix)]
pub(in crate::extract) mod any_path {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::ffi::OsString;
    use std::os::unix::ffi::{OsStrExt, OsStringExt};
    use std::path::{Path, PathBuf};

    pub(in crate::extract) fn serialize<S: Serializer>(
        path: &Path,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        path.as_os_str().as_bytes().serialize(to)
    }

    pub(in crate::extract) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<PathBuf, D::Error> {
        Vec::<u8>::deserialize(from).map(|bytes| OsString::from_vec(bytes).into())
    }
}

/// A path in a message to a worker, as serde writes it.
#[cfg(not(unix))]
pub(in crate::extract) mod any_path {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};
    use std::path::{Path, PathBuf};

    pub(in crate::extract) fn serialize<S: Serializer>(
        path: &Path,
        to: S,
    ) -> Result<S::Ok, S::Error> {
        path.serialize(to)
    }

    pub(in crate::extract) fn deserialize<'de, D: Deserializer<'de>>(
        from: D,
    ) -> Result<PathBuf, D::Error> {
        PathBuf::deserialize(from)
    }
}

#[cfg(unix)]
mod os {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    /// Makes a folder that only this user can look into.
    pub(super) fn make_private(
        mut builder: tempfile::Builder<'_, '_>,
        parent: &std::path::Path,
    ) -> std::io::Result<tempfile::TempDir> {
        use std::os::unix::fs::PermissionsExt;
        builder
            .permissions(std::fs::Permissions::from_mode(0o700))
            .tempdir_in(parent)
    }

    /// Best effort: macOS accepts the call but does not enforce it.
    pub(super) fn limit_memory(bytes: u64) {
        let maximum = getrlimit(Resource::As).maximum;
        let bytes = maximum.map_or(bytes, |m| m.min(bytes));
        let _ = setrlimit(
            Resource::As,
            Rlimit {
                current: Some(bytes),
                maximum,
            },
        );
        // A core file would leave an applicant's text on disk.
        let _ = setrlimit(
            Resource::Core,
            Rlimit {
                current: Some(0),
                maximum: Some(0),
            },
        );
    }

    /// Raises the soft limit to the time used so far plus `seconds`, rounded up.
    pub(super) fn allow_cpu(seconds: u64) {
        let used = rustix::time::clock_gettime(rustix::time::ClockId::ProcessCPUTime)
            .tv_sec
            .max(0) as u64;
        let maximum = getrlimit(Resource::Cpu).maximum;
        let soft = used + seconds + 1;
        let _ = setrlimit(
            Resource::Cpu,
            Rlimit {
                current: Some(maximum.map_or(soft, |m| m.min(soft))),
                maximum,
            },
        );
    }
}

#[cfg(not(unix))]
mod os {
    /// Temporary folders are the user's own here.
    pub(super) fn make_private(
        builder: tempfile::Builder<'_, '_>,
        parent: &std::path::Path,
    ) -> std::io::Result<tempfile::TempDir> {
        builder.tempdir_in(parent)
    }

    /// No such limit here: the parent's wall clock is the only guard.
    pub(super) fn limit_memory(_bytes: u64) {}

    /// No such limit here: the parent's wall clock is the only guard.
    pub(super) fn allow_cpu(_seconds: u64) {}
}
