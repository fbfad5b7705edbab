//! Pdf, to be written.
use crate::extract::Extractor;
use crate::extract::ReadError;
use crate::model::{RawDocument, SourceKind};
use std::path::Path;
/// Pdf.
pub(in crate::extract) struct Pdf;
impl Extractor for Pdf {
    fn kind(&self) -> SourceKind { SourceKind::Pdf }
    fn recognises(&self, _bytes: &[u8], _path: &Path) -> bool { false }
    fn read(&self, _bytes: &[u8], _attempt: u8) -> Result<RawDocument, ReadError> { Err(ReadError::Empty) }
}
