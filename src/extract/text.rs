//! Plain text: the encoding is told by its byte order mark, by being valid UTF-8, or else taken for Windows-1252 when
//! the result looks like text. Lines end in `\n` afterwards and stay where they were.
//!
//! Bytes that do not look like text are refused rather than shown as letters nobody wrote, and so is text that is
//! another format's markup (RTF, HTML, XML, PostScript): its commands would be taken for words that applicants share.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::model::DocumentMeta;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use encoding_rs::Encoding;
use encoding_rs::WINDOWS_1252;
use std::path::Path;

/// Name and version of the decoder, as `Cargo.lock` has it.
pub(in crate::extract) const ENGINE: (&str, &str) = ("encoding_rs", "0.8.44");

/// How formats that are written in text begin, in lower case.
const MARKUP: &[&str] = &["{\\rtf", "<!doctype", "<html", "<?xml", "<svg", "%!ps"];

/// Plain text.
pub(in crate::extract) struct PlainText;

impl Extractor for PlainText {
    fn kind(&self) -> SourceKind {
        SourceKind::Text
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        decode(bytes).is_some()
    }

    fn read(&self, bytes: &[u8], _attempt: u8, _limits: &Limits) -> Result<RawDocument, ReadError> {
        let text = decode(bytes).ok_or_else(|| ReadError::unknown(bytes))?;
        document(SourceKind::Text, text)
    }
}

/// A document of text alone.
///
/// # Errors
/// `NoText` when there is no letter or digit in it.
pub(in crate::extract) fn document(
    kind: SourceKind,
    text: String,
) -> Result<RawDocument, ReadError> {
    if !text.chars().any(char::is_alphanumeric) {
        return Err(ReadError::NoText(String::new()));
    }
    Ok(RawDocument {
        kind,
        engine: Engine::new(ENGINE.0, ENGINE.1),
        text: PagedText::new(text, Vec::new()),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces::default(),
        warnings: Vec::new(),
    })
}

/// The bytes as text with `\n` line ends, if they are text and no other format's markup.
pub(in crate::extract) fn decode(bytes: &[u8]) -> Option<String> {
    let text = match Encoding::for_bom(bytes) {
        Some((encoding, mark)) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        None => match std::str::from_utf8(bytes) {
            Ok(text) => text.into(),
            Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
        },
    };
    let is_guess = Encoding::for_bom(bytes).is_none() && std::str::from_utf8(bytes).is_err();
    if !looks_like_text(&text, is_guess) {
        return None;
    }
    let start = text
        .trim_start()
        .get(..12)
        .unwrap_or(text.trim_start())
        .to_lowercase();
    if MARKUP.iter().any(|m| start.starts_with(m)) {
        return None;
    }
    Some(
        text.replace("\r\n", "\n")
            .replace(['\r', '\x0c', '\x0b'], "\n"),
    )
}

/// Random bytes read as Windows-1252 are 11 % control characters and half beyond ASCII; prose has none of the first and
/// at most one character in eight of the second in any language written in that encoding. Both limits lie between.
fn looks_like_text(text: &str, is_guess: bool) -> bool {
    let (mut all, mut control, mut word, mut beyond) = (0usize, 0usize, 0usize, 0usize);
    for c in text.chars() {
        all += 1;
        control += usize::from(
            c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\x0b' | '\x0c') || c == '\u{fffd}',
        );
        word += usize::from(c.is_alphanumeric() || c.is_whitespace());
        beyond += usize::from(!c.is_ascii());
        if c == '\0' {
            return false;
        }
    }
    control * 200 <= all && word * 2 >= all && !(is_guess && beyond * 4 > all)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn utf16(text: &str, big: bool) -> Vec<u8> {
        let unit = |u: u16| {
            if big {
                u.to_be_bytes()
            } else {
                u.to_le_bytes()
            }
        };
        std::iter::once(0xfeff)
            .chain(text.encode_utf16())
            .flat_map(unit)
            .collect()
    }

    #[test]
    fn encodings() {
        let text = "Zoë Müller – Köln\nline two";
        let windows = WINDOWS_1252.encode(text).0.into_owned();
        for (name, bytes) in [
            ("utf-8", text.as_bytes().to_vec()),
            (
                "utf-8 with mark",
                [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            ),
            ("utf-16 be", utf16(text, true)),
            ("utf-16 le", utf16(text, false)),
            ("windows-1252", windows),
            ("crlf", text.replace('\n', "\r\n").into_bytes()),
            ("cr", text.replace('\n', "\r").into_bytes()),
        ] {
            assert_eq!(decode(&bytes).as_deref(), Some(text), "{name}");
        }
    }

    #[test]
    fn other_things_are_refused() {
        let mut state = 7u32;
        let random: Vec<u8> = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 24) as u8
        })
        .take(4096)
        .collect();
        let cyrillic = encoding_rs::WINDOWS_1251
            .encode("Опыт работы с распределёнными системами")
            .0
            .into_owned();
        for (name, bytes) in [
            ("random bytes", &random[..]),
            ("a few random bytes", &random[..24]),
            ("zeros", &[0; 100]),
            ("letters of another code page", &cyrillic),
            ("rtf", b"{\\rtf1\\ansi Hello}"),
            ("html", b"\n<!DOCTYPE html><p>Hello</p>"),
            ("xml", b"\xef\xbb\xbf<?xml version='1.0'?><a>Hello</a>"),
        ] {
            assert_eq!(decode(bytes), None, "{name}");
        }
    }

    #[test]
    fn blank_text_is_no_text() {
        assert_eq!(
            PlainText.read(b" \n- - -\n", 0, &Limits::default()),
            Err(ReadError::NoText(String::new()))
        );
    }

    proptest! {
        #[test]
        fn any_bytes_are_text_or_not(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Some(text) = decode(&bytes) {
                prop_assert!(!text.contains('\r'));
            }
        }
    }
}
