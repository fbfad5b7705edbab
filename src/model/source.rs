//! A file or repository handed in.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// SHA-256, 64 lower-case hex digits. Of a file's bytes; of a repository, over its sorted refs and their commits.
#[derive(
    Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct Digest(pub String);

impl fmt::Display for Digest {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What kind of source it is, by content.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum SourceKind {
    /// PDF.
    Pdf,
    /// Office Open XML text document.
    Docx,
    /// OpenDocument text.
    Odt,
    /// Rich Text Format.
    Rtf,
    /// HTML.
    Html,
    /// JSON Resume.
    JsonResume,
    /// Word document of the time before Office Open XML.
    Doc,
    /// A picture of a page.
    Image,
    /// Plain text.
    Text,
    /// Markdown.
    Markdown,
    /// Git repository.
    Git,
    /// The pool's manifest.
    Manifest,
    /// Not recognised, or not readable.
    Unknown,
}

/// The program part that read a source.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Engine {
    /// Name of the library.
    pub name: String,
    /// Its version.
    pub version: String,
}

impl Engine {
    /// An engine by name and version.
    pub fn new(name: &str, version: &str) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
        }
    }
}

/// A source as reports name it.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct SourceInfo {
    /// Path relative to the pool, `/`-separated.
    pub path: String,
    /// Digest of what was read.
    pub sha256: Digest,
    /// Kind, by content.
    pub kind: SourceKind,
    /// What read it; `None` where nothing could.
    pub engine: Option<Engine>,
}
