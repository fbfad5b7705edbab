//! Docx, to be written.
use crate::extract::Extractor;
use crate::extract::ReadError;
use crate::model::{RawDocument, SourceKind};
use std::path::Path;
/// Docx.
pub(in crate::extract) struct Docx;
impl Extractor for Docx {
    fn kind(&self) -> SourceKind { SourceKind::Docx }
    fn recognises(&self, _bytes: &[u8], _path: &Path) -> bool { false }
    fn read(&self, _bytes: &[u8], _attempt: u8) -> Result<RawDocument, ReadError> { Err(ReadError::Empty) }
}
