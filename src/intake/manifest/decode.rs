//! Bytes of a manifest to text: UTF-8, UTF-16 and Windows-1252, told apart by content.
//!
//! Spreadsheet programs write all three. There is no mark for Windows-1252, so it is what remains when the bytes are
//! neither UTF-16 (a mark, or every other byte zero) nor valid UTF-8; other 8-bit encodings are read wrongly, which
//! damages names and leaves ASCII (ids, addresses, paths) intact.

use encoding_rs::{Encoding, UTF_16BE, UTF_16LE, WINDOWS_1252};
use std::borrow::Cow;

/// The text, without a byte order mark and with line ends that a parser counts: lone carriage returns become newlines.
pub(in crate::intake::manifest) fn text(bytes: &[u8]) -> Cow<'_, str> {
    let text = match (
        Encoding::for_bom(bytes),
        unmarked_utf16(bytes),
        std::str::from_utf8(bytes),
    ) {
        (Some((encoding, mark)), ..) => encoding.decode_without_bom_handling(&bytes[mark..]).0,
        (None, Some(encoding), _) => encoding.decode_without_bom_handling(bytes).0,
        (None, None, Ok(text)) => Cow::Borrowed(text),
        (None, None, Err(_)) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    if text.contains('\r') && !text.contains('\n') {
        text.replace('\r', "\n").into()
    } else {
        text
    }
}

/// UTF-16 without a mark: the header is ASCII, so in its first characters every other byte is zero.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    match bytes {
        [a, 0, b, 0, ..] if *a != 0 && *b != 0 => Some(UTF_16LE),
        [0, a, 0, b, ..] if *a != 0 && *b != 0 => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf16(text: &str, order: fn(u16) -> [u8; 2]) -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    }

    #[test]
    fn every_encoding_gives_the_same_text() {
        let wanted = "id,name\nx,Zoë\n";
        let marked = format!("\u{feff}{wanted}");
        let cases: [(&str, Vec<u8>); 6] = [
            ("UTF-8", wanted.into()),
            ("UTF-8 with a mark", marked.clone().into()),
            ("UTF-16 LE with a mark", utf16(&marked, u16::to_le_bytes)),
            ("UTF-16 BE with a mark", utf16(&marked, u16::to_be_bytes)),
            ("UTF-16 LE", utf16(wanted, u16::to_le_bytes)),
            ("Windows-1252", b"id,name\nx,Zo\xeb\n".to_vec()),
        ];
        for (name, bytes) in cases {
            assert_eq!(text(&bytes), wanted, "{name}");
        }
    }

    #[test]
    fn lone_carriage_returns_end_lines() {
        assert_eq!(text(b"id\ra\rb"), "id\na\nb");
        assert_eq!(text(b"id\r\na\r\n"), "id\r\na\r\n");
    }
}
