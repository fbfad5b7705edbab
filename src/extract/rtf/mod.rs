//! RTF (Rich Text Format Specification 1.9.1): text with code pages and `\u`, `\info`, save ids, and what the file keeps
//! beside its text: tracked changes, comments, hidden text, pictures, local paths.
//!
//! Read by an own tokeniser. The one crate for it, rtf-parser 0.4, ends the process on a file whose last brace is
//! missing, takes byte positions for characters, knows no code pages and drops what stands in destinations, which is
//! where the traces are. The grammar is small: braces, words with a number, bytes.
//!
//! Styles are not looked at, since writers repeat their effect where they hold. Objects and macros are left out.

mod codepage;
mod group;
mod reader;
mod times;
mod token;
mod words;

pub(in crate::extract) use crate::extract::rtf::codepage::of_page;

#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::rtf::reader::Reader;
use crate::extract::text;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use std::path::Path;

/// RTF.
pub(in crate::extract) struct Rtf;

impl Extractor for Rtf {
    fn kind(&self) -> SourceKind {
        SourceKind::Rtf
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        start.trim_ascii_start().starts_with(b"{\\rtf")
    }

    fn read(&self, bytes: &[u8], _attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        let start = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut reader = Reader::new(limits);
        let end = reader.read(start.trim_ascii_start());
        let written = reader.prose.finish();
        let mut traces = reader.traces;
        traces.hidden = written.hidden;
        traces.layout = written.layout;
        traces.revisions = reader.changes.finish();
        let mut meta = reader.meta;
        meta.rsids.sort_unstable();
        meta.rsids.dedup();
        if !written.text.chars().any(char::is_alphanumeric) && traces.hidden.is_empty() {
            return Err(match end {
                Err(why) => ReadError::damaged("RTF", why),
                Ok(()) => ReadError::NoText(String::new()),
            });
        }
        let warning = |why| format!("damaged or cut off: {why}");
        Ok(RawDocument {
            kind: SourceKind::Rtf,
            engine: Engine::new(text::ENGINE.0, text::ENGINE.1),
            text: PagedText::new(written.text, Vec::new()),
            meta,
            links: written.links,
            traces,
            warnings: end.err().map(warning).into_iter().collect(),
        })
    }
}
