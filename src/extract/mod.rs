//! Bytes to text, metadata, commits and code. Runs inside worker processes only: everything here meets foreign bytes.
//!
//! One format is one file and one line in [`FORMATS`]; the format is told by content, never by extension.

mod docx;
mod error;
mod git;
mod guard;
mod pdf;
mod text;

pub use error::ReadError;
pub use guard::{Guard, Limits};

use crate::model::{RawDocument, Reading, SourceKind};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A document format.
pub trait Extractor: Sync {
    /// What it reads.
    fn kind(&self) -> SourceKind;

    /// Whether these bytes are of the format. `path` is for telling Markdown from text alone.
    fn recognises(&self, bytes: &[u8], path: &Path) -> bool;

    /// Reads them. `attempt` is 0 at first; 1 when a worker died or hung over the first engine, so that a format with a
    /// second engine starts with that one.
    fn read(&self, bytes: &[u8], attempt: u8) -> Result<RawDocument, ReadError>;
}

/// Every document format, asked in this order.
pub static FORMATS: &[&dyn Extractor] = &[&pdf::Pdf, &docx::Docx, &text::Markdown, &text::PlainText];

/// One source to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Where it is.
    pub path: PathBuf,
    /// How reports name it.
    pub shown: String,
    /// A repository rather than a file.
    pub repository: bool,
    /// 0, or 1 after a worker died over it.
    pub attempt: u8,
}

/// Reads one source. Called in a worker.
///
/// # Errors
/// When nothing of it can be read; a part that cannot is a warning in the reading.
pub fn read(job: &Job, limits: &Limits) -> Result<(String, Reading), ReadError> {
    if job.repository {
        return git::read(&job.path, &job.shown, limits);
    }
    let bytes = guard::read_file(&job.path, limits)?;
    let digest = guard::sha256_hex(&bytes);
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    let format = FORMATS.iter().find(|f| f.recognises(&bytes, &job.path)).ok_or_else(|| ReadError::unknown(&bytes))?;
    let mut document = format.read(&bytes, job.attempt)?;
    guard::cap_text(&mut document, limits);
    Ok((digest, Reading::Document(Box::new(document))))
}
