//! What a worker hands back after reading one source: raw, not yet masked, never stored.

use crate::model::{
    CodeUnit, DocumentLink, DocumentMeta, Engine, History, PagedText, RepositoryTraces, SourceKind,
    Traces,
};
use serde::{Deserialize, Serialize};

/// A document as it was read: the text still holds names and contacts.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct RawDocument {
    /// Format, by content.
    pub kind: SourceKind,
    /// The engine that read the text.
    pub engine: Engine,
    /// Text with page starts.
    pub text: PagedText,
    /// What the file says about itself.
    pub meta: DocumentMeta,
    /// Link targets.
    pub links: Vec<DocumentLink>,
    /// Earlier revisions, hidden text, images, layout; texts still raw.
    pub traces: Traces<PagedText>,
    /// Parts that could not be read, in words (a broken header part, a page without content).
    pub warnings: Vec<String>,
}

/// One source, read.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Reading {
    /// A document.
    Document(Box<RawDocument>),
    /// A repository: history (its `source` filled by the reader), files at the tips, warnings.
    Repository {
        /// Commits and identities.
        history: Box<History>,
        /// Files at the tips.
        code: Vec<CodeUnit>,
        /// What the contents of those files gave.
        traces: Box<RepositoryTraces>,
        /// Parts that could not be read, in words.
        warnings: Vec<String>,
    },
}
