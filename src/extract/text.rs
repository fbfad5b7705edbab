//! Plain text, to be written.
use crate::extract::Extractor;
use crate::extract::ReadError;
use crate::model::{RawDocument, SourceKind};
use std::path::Path;
/// Plain text.
pub(in crate::extract) struct PlainText;
/// Markdown.
pub(in crate::extract) struct Markdown;
impl Extractor for PlainText {
    fn kind(&self) -> SourceKind { SourceKind::Text }
    fn recognises(&self, _bytes: &[u8], _path: &Path) -> bool { false }
    fn read(&self, _bytes: &[u8], _attempt: u8) -> Result<RawDocument, ReadError> { Err(ReadError::Empty) }
}
impl Extractor for Markdown {
    fn kind(&self) -> SourceKind { SourceKind::Markdown }
    fn recognises(&self, _bytes: &[u8], _path: &Path) -> bool { false }
    fn read(&self, _bytes: &[u8], _attempt: u8) -> Result<RawDocument, ReadError> { Err(ReadError::Empty) }
}
