//! Bytes to text, metadata, commits and code. Runs inside worker processes only: everything here meets foreign bytes.
//!
//! One format is one file and one line in [`FORMATS`]; the format is told by content, never by extension.

mod archive;
mod changes;
mod doc;
mod docx;
mod entry;
mod error;
mod git;
mod guard;
mod hidden_chars;
mod html;
pub mod image;
mod json_resume;
mod local_path;
mod markdown;
mod ocr;
mod odt;
mod pdf;
mod picture;
mod program;
mod prose;
mod rtf;
mod text;
mod time;
mod xml;

pub use error::ReadError;
pub use git::classify;
pub use guard::{Guard, Limits, private_folder};
pub use ocr::Ocr;

use crate::model::{
    CodeUnit, ObjectId, RawDocument, Reading, RepositoryTraces, SourceInfo, SourceKind,
};
use serde::{Deserialize, Serialize};
use std::path::{Path, PathBuf};

/// A document format.
pub trait Extractor: Sync {
    /// What it reads.
    fn kind(&self) -> SourceKind;

    /// Whether these bytes are of the format. `path` is for telling Markdown from text alone.
    fn recognises(&self, bytes: &[u8], path: &Path) -> bool;

    /// Reads them. `attempt` is 0 at first; 1 when a worker died or hung over the first engine, so that a format with a
    /// second engine starts with that one. `limits` hold for what it expands to.
    fn read(&self, bytes: &[u8], attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError>;
}

/// Every document format, asked in this order.
pub static FORMATS: &[&dyn Extractor] = &[
    &pdf::Pdf,
    &docx::Docx,
    &odt::Odt,
    &doc::Doc,
    &rtf::Rtf,
    &picture::Picture,
    &html::Html,
    &json_resume::JsonResume,
    &markdown::Markdown,
    &text::PlainText,
];

/// One source to read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Job {
    /// Where it is. File names need not be UTF-8.
    #[serde(with = "guard::any_path")]
    pub path: PathBuf,
    /// How reports name it.
    pub shown: String,
    /// A repository rather than a file.
    pub repository: bool,
    /// Number of the entry to read, where `path` is a zip.
    pub inside: Option<u32>,
    /// 0, or 1 after a worker died over it.
    pub attempt: u8,
}

/// What a caller makes of the contents of a repository's files. It runs in the worker: values leave it, contents never.
pub trait FileVisitor {
    /// Whether it wants the contents of this file.
    fn wants(&self, unit: &CodeUnit) -> bool;

    /// Takes a file of the repository `source`; may fill in the unit.
    fn visit(&mut self, source: &SourceInfo, unit: &mut CodeUnit, bytes: &[u8]);

    /// What all files gave together; leaves the visitor empty for the next repository.
    fn finish(&mut self) -> RepositoryTraces;
}

/// Wants nothing.
#[derive(Debug, Default)]
pub struct NoVisitor;

impl FileVisitor for NoVisitor {
    fn wants(&self, _unit: &CodeUnit) -> bool {
        false
    }

    fn visit(&mut self, _source: &SourceInfo, _unit: &mut CodeUnit, _bytes: &[u8]) {}

    fn finish(&mut self) -> RepositoryTraces {
        RepositoryTraces::default()
    }
}

/// Reads one source. Called in a worker.
///
/// # Errors
/// When nothing of it can be read; a part that cannot is a warning in the reading.
pub fn read(
    job: &Job,
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
) -> Result<(String, Reading), ReadError> {
    if job.repository && !job.path.is_dir() {
        return git::read_packed(job, limits, visitor);
    }
    if job.repository {
        return git::read(&job.path, &job.shown, limits, visitor);
    }
    let bytes = match job.inside {
        Some(index) => entry::read(&job.path, index, limits)?,
        None => guard::read_file(&job.path, limits)?,
    };
    let digest = guard::sha256_hex(&bytes);
    if bytes.is_empty() {
        return Err(ReadError::Empty);
    }
    // Of an entry, the name that reports show tells Markdown from text.
    let name = match job.inside {
        Some(_) => Path::new(&job.shown),
        None => job.path.as_path(),
    };
    let format = FORMATS
        .iter()
        .find(|f| f.recognises(&bytes, name))
        .ok_or_else(|| match job.inside {
            Some(_) if bytes.starts_with(b"PK\x03\x04") => ReadError::Nested,
            _ => ReadError::unknown(&bytes),
        })?;
    let mut document = format.read(&bytes, job.attempt, limits)?;
    guard::cap_text(&mut document, limits);
    document
        .traces
        .hidden
        .extend(hidden_chars::find(&document.text));
    Ok((digest, Reading::Document(Box::new(document))))
}

/// The contents of some files of a repository, by blob id; `None` for what cannot be read. Called in a worker.
///
/// # Errors
/// When the repository cannot be opened.
pub fn read_blobs(
    repository: &Path,
    blobs: &[ObjectId],
    limits: &Limits,
) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
    git::read_blobs(repository, blobs, limits)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Write as _;

    fn job(path: &Path) -> Job {
        Job {
            path: path.into(),
            shown: String::new(),
            repository: false,
            inside: None,
            attempt: 0,
        }
    }

    fn read_bytes(bytes: &[u8]) -> Result<(String, Reading), ReadError> {
        let mut file = tempfile::Builder::new().suffix(".docx").tempfile().unwrap();
        file.write_all(bytes).unwrap();
        read(
            &job(file.path()),
            &Limits {
                input: 1000,
                text: 5,
                ..Limits::default()
            },
            &mut NoVisitor,
        )
    }

    #[test]
    fn what_cannot_be_read_says_why() {
        let gif = b"GIF89a\x01\0\x01\0\0\0\0";
        for (bytes, why) in [
            (&b""[..], "the file is empty"),
            (gif, "not a format this program reads (image/gif)"),
            (
                &[0; 50],
                "not a format this program reads (unrecognised bytes)",
            ),
            (&[b'a'; 2000], "larger than the limit of 0 MB"),
        ] {
            assert_eq!(read_bytes(bytes).unwrap_err().to_string(), why);
        }
        assert!(matches!(
            read(
                &job(Path::new("no such file")),
                &Limits::default(),
                &mut NoVisitor
            ),
            Err(ReadError::Io(_))
        ));
    }

    #[test]
    fn long_text_is_cut_with_a_warning() {
        let (digest, reading) = read_bytes("Zoë, a text".as_bytes()).unwrap();
        let Reading::Document(document) = reading else {
            panic!("a document")
        };
        assert_eq!(
            (document.kind, document.text.text.as_str()),
            (SourceKind::Text, "Zoë,")
        );
        assert_eq!((document.warnings.len(), digest.len()), (1, 64));
    }

    #[test]
    fn engines_are_named_with_the_version_that_is_built_in() {
        let lock = include_str!("../../Cargo.lock").replace('\r', "");
        for (name, version) in [
            pdf::FIRST,
            pdf::SECOND,
            docx::ENGINE,
            doc::ENGINE,
            html::ENGINE,
            picture::ENGINE,
            text::ENGINE,
        ] {
            assert!(
                lock.contains(&format!("name = \"{name}\"\nversion = \"{version}\"\n")),
                "{name} {version}"
            );
        }
    }
}
