//! PDF (ISO 32000-2): text by two engines, metadata and links by a third library, each from the bytes of its own, so
//! that what one cannot read does not cost what another can.
//!
//! A file without a text layer is recognised page by page where tesseract is installed, see `scan`.

mod bounds;
mod engines;
mod hidden;
mod images;
mod layout;
mod letters;
mod notes;
mod page;
mod paint;
mod revisions;
mod scan;
mod source;
mod structure;
mod text;
mod xmp;

#[cfg(test)]
mod page_tests;
#[cfg(test)]
mod samples;
#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::pdf::structure::LinkArea;
use crate::extract::pdf::structure::Structure;
use crate::extract::pdf::structure::merge_links;
use crate::extract::pdf::text::PdfText;
use crate::model::DocumentMeta;
use crate::model::Engine;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use memchr::memmem;
use std::path::Path;

/// Name and version of the first text engine, as `Cargo.lock` has it.
pub(in crate::extract) const FIRST: (&str, &str) = ("pdfboss-output", "2.16.1");
/// Name and version of the second.
pub(in crate::extract) const SECOND: (&str, &str) = ("pdf-extract", "0.12.1");

/// PDF.
pub(in crate::extract) struct Pdf;

impl Extractor for Pdf {
    fn kind(&self) -> SourceKind {
        SourceKind::Pdf
    }

    /// The header stands in the first 1,024 bytes (ISO 32000-1 Annex H, note 13). Readers open files that lost it, by what
    /// stands at their end; taken for plain text their bytes would be words.
    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        let head = &bytes[..bytes.len().min(1024)];
        let tail = &bytes[bytes.len().saturating_sub(1024)..];
        let has = |part, what: &[u8]| memmem::find(part, what).is_some();
        has(head, b"%PDF-") || has(head, b" obj") && has(tail, b"startxref") && has(tail, b"%%EOF")
    }

    fn read(&self, bytes: &[u8], attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        let mut warnings = Vec::new();
        let structure = match Structure::load(bytes, limits) {
            Err(bomb @ ReadError::Bomb(_)) => return Err(bomb),
            Ok(structure) if structure.is_locked() => Err(ReadError::Encrypted),
            other => other,
        };
        let structure = structure.as_ref();
        let mut links = structure.map_or(Vec::new(), |s| s.links(limits));
        let read = read_text(bytes, attempt, structure, limits, &mut links);
        let (engine, mut text) = scan::recognise(read, bytes, structure, limits, &mut warnings)?;
        let ends = revisions::ends(bytes);
        let meta = meta(structure, &ends, text.num_pages, &mut warnings);
        let program = [&meta.creator, &meta.producer].map(|p| p.as_deref().unwrap_or_default());
        hidden::excuse_ghosts(&mut text.hidden, &program.join(" "));
        warn(&text, limits, &mut warnings);
        let mut traces = Traces {
            hidden: text.hidden,
            layout: text.layout.finish(),
            ..Traces::default()
        };
        if attempt == 0 {
            traces.revisions = revisions::read(bytes, &ends, &text.text.text, limits);
            traces.images = structure.map_or(Vec::new(), |s| s.images(limits));
        } else {
            warnings.push(
                "the reader broke down over it: pictures and earlier states were left out".into(),
            );
        }
        Ok(RawDocument {
            kind: SourceKind::Pdf,
            engine,
            text: text.text,
            meta,
            links: merge_links(links),
            traces,
            warnings,
        })
    }
}

/// What the file says about itself; a warning for each part that cannot be read. `ends` are those of its earlier states.
fn meta(
    structure: Result<&Structure, &ReadError>,
    ends: &[usize],
    num_pages: usize,
    warnings: &mut Vec<String>,
) -> DocumentMeta {
    match structure {
        Ok(structure) => {
            let meta = structure.meta(warnings);
            if structure.is_rebuilt() {
                warnings.push(
                    "damaged or cut off: read as far as possible, parts may be missing".into(),
                );
            }
            DocumentMeta {
                num_revisions: Some(ends.len() as u32 + 1),
                ..meta
            }
        }
        Err(why) => {
            warnings.push(format!("metadata and links could not be read: {why}"));
            DocumentMeta {
                num_pages: Some(num_pages as u32),
                ..DocumentMeta::default()
            }
        }
    }
}

type Read = Result<(Engine, PdfText), ReadError>;

/// Text by the engine that can read it; at a second attempt by the second one, since a worker died over the first.
fn read_text(
    bytes: &[u8],
    attempt: u8,
    structure: Result<&Structure, &ReadError>,
    limits: &Limits,
    links: &mut [LinkArea],
) -> Read {
    let has_cycle = || structure.is_ok_and(Structure::has_form_cycle);
    let draws_itself = || ReadError::Bomb("a form in it draws itself".into());
    if attempt > 0 {
        return if has_cycle() {
            Err(draws_itself())
        } else {
            read_second(bytes, structure, limits)
        };
    }
    let blank = match engines::first(bytes, limits, links) {
        Err(ReadError::Encrypted) => return Err(ReadError::Encrypted),
        Ok(text) if text.form_limit && has_cycle() => return Err(draws_itself()),
        Ok(text) if !text.is_blank() => return Ok((Engine::new(FIRST.0, FIRST.1), text)),
        Ok(text) if text.form_limit => {
            return Err(ReadError::Bomb(
                "its forms are drawn too deep or too often".into(),
            ));
        }
        Ok(text) => why_blank(&text, structure),
        Err(error) => error,
    };
    if has_cycle() {
        Err(blank)
    } else {
        read_second(bytes, structure, limits).map_err(|_| blank)
    }
}

/// The second engine is helpless against hostile files, so it gets only what the structure reader could open.
fn read_second(bytes: &[u8], structure: Result<&Structure, &ReadError>, limits: &Limits) -> Read {
    let structure = structure.map_err(ReadError::clone)?;
    let text = engines::second(bytes, limits)?;
    if text.is_blank() {
        Err(why_blank(&text, Ok(structure)))
    } else {
        Ok((Engine::new(SECOND.0, SECOND.1), text))
    }
}

fn why_blank(text: &PdfText, structure: Result<&Structure, &ReadError>) -> ReadError {
    if text.num_pages == 0 {
        ReadError::damaged("PDF", "no page can be found in it")
    } else if !text.unread.is_empty() {
        ReadError::damaged("PDF", "the content of its pages cannot be read")
    } else if structure.is_ok_and(Structure::is_rebuilt) {
        ReadError::damaged(
            "PDF",
            "it is cut off or broken, and what is left holds no text",
        )
    } else {
        ReadError::NoText(" (a scan?)".into())
    }
}

fn warn(text: &PdfText, limits: &Limits, warnings: &mut Vec<String>) {
    if text.num_pages > limits.pages {
        warnings.push(format!(
            "only the first {} of {} pages were read",
            limits.pages, text.num_pages
        ));
    }
    if text.form_limit {
        warnings.push("some of its forms are drawn too deep or too often to follow".into());
    }
    if !text.unread.is_empty() {
        let pages: Vec<_> = text.unread.iter().take(10).map(usize::to_string).collect();
        let more = if text.unread.len() > 10 {
            " and more"
        } else {
            ""
        };
        warnings.push(format!(
            "part of the content could not be read on page {}{more}",
            pages.join(", ")
        ));
    }
}
