//! HTML: text as a browser lays it out in lines, links with their text, what the head says, and hidden text.
//!
//! Read by the tokeniser of html5ever, without a tree: a page of a million open elements costs no stack. Style sheets
//! and scripts are not applied, so text that only they show or hide is not told; where a sheet paints something, or
//! another file might, nothing is called white on white. Reference: HTML Living Standard §13.2.5.

mod page;
mod style;

#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::html::page::Page;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use encoding_rs::WINDOWS_1252;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::BufferQueue;
use html5ever::tokenizer::Tokenizer;
use html5ever::tokenizer::TokenizerOpts;
use std::path::Path;

/// Name and version of the tokeniser, as `Cargo.lock` has it.
pub(in crate::extract) const ENGINE: (&str, &str) = ("html5ever", "0.40.1");

/// Bytes in which a page says that it is one, and in which encoding (HTML Living Standard §13.2.3.2).
const HEAD: usize = 1024;

/// HTML.
pub(in crate::extract) struct Html;

impl Extractor for Html {
    fn kind(&self) -> SourceKind {
        SourceKind::Html
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        let decoded = decode(&bytes[..bytes.len().min(HEAD)]);
        let start = decoded.trim_start().to_ascii_lowercase();
        let named = ["<!doctype html", "<html", "<head", "<body"];
        let within = start.starts_with("<?xml") || start.starts_with("<!--");
        named.iter().any(|n| start.starts_with(n)) || within && start.contains("<html")
    }

    fn read(&self, bytes: &[u8], _attempt: u8, _limits: &Limits) -> Result<RawDocument, ReadError> {
        let tokenizer = Tokenizer::new(Page::default(), TokenizerOpts::default());
        let input = BufferQueue::default();
        input.push_back(StrTendril::from(decode(bytes)));
        // A script would stop it; none is run, so it goes on to the end.
        while !input.is_empty() {
            let _ = tokenizer.feed(&input);
        }
        tokenizer.end();
        let read = tokenizer.sink.finish();
        let (written, mut traces) = (read.written, read.traces);
        traces.hidden = written.hidden;
        traces.layout = written.layout;
        if !written.text.chars().any(char::is_alphanumeric) && traces.hidden.is_empty() {
            return Err(ReadError::NoText(
                " (a page that only a script fills? scripts are not run)".into(),
            ));
        }
        Ok(RawDocument {
            kind: SourceKind::Html,
            engine: Engine::new(ENGINE.0, ENGINE.1),
            text: PagedText::new(written.text, Vec::new()),
            meta: read.meta,
            links: written.links,
            traces,
            warnings: read.warnings,
        })
    }
}

/// By byte order mark, by what the head says, as UTF-8 if it is that, else as Windows-1252.
fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding
            .decode_without_bom_handling(&bytes[mark..])
            .0
            .into_owned();
    }
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    let label = head.split_once("charset=").map(|(_, rest)| {
        let rest = rest.trim_start_matches(['"', '\'']);
        rest.split(|c: char| !(c.is_ascii_alphanumeric() || "-_:".contains(c)))
            .next()
    });
    let named = label
        .flatten()
        .and_then(|l| Encoding::for_label(l.as_bytes()));
    let guessed = match std::str::from_utf8(bytes) {
        Ok(_) => UTF_8,
        // The head may end inside a character.
        Err(e) if e.error_len().is_none() && bytes.len() == HEAD => UTF_8,
        Err(_) => WINDOWS_1252,
    };
    let encoding = named.filter(|e| *e != UTF_8).unwrap_or(guessed);
    encoding.decode_without_bom_handling(bytes).0.into_owned()
}
