//! Words of a text, as every text feature sees them.
//!
//! A word is a run of letters after NFKC normalisation and lower-casing; a trailing `+` or `#` stays with it (C++, C#).
//! Digits and punctuation separate words and are dropped, as in the phrase reference, so that a changed number or a
//! bullet glyph changes nothing. Reading "•" as a letter cost 12 points of recall (METHODS: text reuse).
//!
//! A *segment* is a sentence, a bullet or a heading: shingles never cross its borders, so that neither the order of
//! blocks (which differs between PDF engines) nor line breaks matter. A line break ends a segment unless the next line
//! starts with a lower-case letter, which is how wrapped lines go on.

use crate::features::word_hash::hash_word;
use unicode_normalization::UnicodeNormalization;

/// Version of the rules above and of `features::word_hash`; part of every signature's version.
pub const TOKENISER_VERSION: u16 = 2;

/// One word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token {
    /// Hash of the normalised word.
    pub hash: u64,
    /// First byte in the text.
    pub start: u32,
    /// Byte after the last.
    pub end: u32,
    /// It opens a segment.
    pub opens: bool,
}

/// What a byte is to the tokeniser.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Other,
    Letter,
    Suffix,
    Newline,
    Stop,
    Bullet,
    Wide,
}

const fn classes() -> [Class; 256] {
    let mut table = [Class::Other; 256];
    let mut b = 0;
    while b < 256 {
        table[b] = match b as u8 {
            b'a'..=b'z' | b'A'..=b'Z' => Class::Letter,
            b'+' | b'#' => Class::Suffix,
            b'\n' => Class::Newline,
            b'.' | b'!' | b'?' | b';' | b':' | b'|' | b'\t' => Class::Stop,
            b'*' | b'-' => Class::Bullet,
            0x80.. => Class::Wide,
            _ => Class::Other,
        };
        b += 1;
    }
    table
}

static CLASS: [Class; 256] = classes();

/// The words of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 6);
    tokens_into(text, &mut out);
    out
}

/// As [`tokens`], into a buffer that is cleared first.
pub fn tokens_into(text: &str, out: &mut Vec<Token>) {
    out.clear();
    let bytes = text.as_bytes();
    let lower: Vec<u8> = bytes.iter().map(u8::to_ascii_lowercase).collect();
    let mut opens = true;
    let mut at = 0;
    while at < bytes.len() {
        match CLASS[bytes[at] as usize] {
            Class::Letter => at = word(text, &lower, at, &mut opens, out),
            Class::Wide => at = wide(text, &lower, at, &mut opens, out),
            Class::Newline => {
                opens |= newline_ends_segment(bytes, at + 1);
                at += 1;
            }
            Class::Stop => {
                opens |=
                    bytes.get(at + 1).is_none_or(|b| b.is_ascii_whitespace()) || bytes[at] != b'.';
                at += 1;
            }
            // A hyphen or asterisk is a bullet only at the start of a line.
            Class::Bullet => {
                opens |= at == 0 || bytes[at - 1] == b'\n';
                at += 1;
            }
            Class::Other | Class::Suffix => at += 1,
        }
    }
}

/// A word that starts with an ASCII letter; returns the byte after it.
fn word(text: &str, lower: &[u8], start: usize, opens: &mut bool, out: &mut Vec<Token>) -> usize {
    let mut end = start + 1;
    while end < lower.len() && CLASS[lower[end] as usize] == Class::Letter {
        end += 1;
    }
    if end < lower.len() && lower[end] >= 0x80 && continues(text, end) {
        return wide_word(text, start, opens, out);
    }
    while end < lower.len() && CLASS[lower[end] as usize] == Class::Suffix {
        end += 1;
    }
    push(hash_word(&lower[start..end]), start, end, opens, out);
    end
}

/// A character beyond ASCII: part of a word, a bullet, or a separator.
fn wide(text: &str, lower: &[u8], at: usize, opens: &mut bool, out: &mut Vec<Token>) -> usize {
    if continues(text, at) && text[at..].chars().next().is_some_and(char::is_alphabetic) {
        return wide_word(text, at, opens, out);
    }
    let Some(c) = text[at..].chars().next() else {
        return lower.len();
    };
    *opens |= matches!(
        c,
        '•' | '●' | '▪' | '■' | '◦' | '‣' | '▸' | '►' | '–' | '—' | '·' | '\u{f0b7}' | '\u{2028}'
    );
    at + c.len_utf8()
}

/// Whether the character at `at` may stand inside a word: a letter, a combining mark, a soft hyphen, a joiner.
fn continues(text: &str, at: usize) -> bool {
    text[at..].chars().next().is_some_and(|c| {
        c.is_alphabetic()
            || matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}')
    })
}

/// A word with characters beyond ASCII.
fn wide_word(text: &str, start: usize, opens: &mut bool, out: &mut Vec<Token>) -> usize {
    let mut end = start;
    while end < text.len() && continues(text, end) {
        end += text[end..].chars().next().map_or(1, char::len_utf8);
    }
    let body = end;
    while text
        .as_bytes()
        .get(end)
        .is_some_and(|b| CLASS[*b as usize] == Class::Suffix)
    {
        end += 1;
    }
    let mut normal: String = text[start..body]
        .nfkc()
        .flat_map(char::to_lowercase)
        .collect();
    normal.retain(char::is_alphabetic);
    normal.push_str(&text[body..end]);
    if !normal.is_empty() {
        push(hash_word(normal.as_bytes()), start, end, opens, out);
    }
    end
}

fn push(hash: u64, start: usize, end: usize, opens: &mut bool, out: &mut Vec<Token>) {
    out.push(Token {
        hash,
        start: start as u32,
        end: end as u32,
        opens: *opens,
    });
    *opens = false;
}

/// Whether a line break before `at` ends a segment.
fn newline_ends_segment(bytes: &[u8], at: usize) -> bool {
    let rest = bytes.get(at..).unwrap_or_default();
    match rest.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r')) {
        Some(b) => !b.is_ascii_lowercase(),
        None => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        tokens(text)
            .iter()
            .map(|t| &text[t.start as usize..t.end as usize])
            .collect()
    }

    #[test]
    fn letters_make_words_and_digits_separate_them() {
        assert_eq!(
            words("C++ and C# in 2019, node.js"),
            ["C++", "and", "C#", "in", "node", "js"]
        );
        assert_eq!(words("• naïve Zoë█x"), ["naïve", "Zoë", "x"]);
    }

    #[test]
    fn equal_words_have_equal_hashes_however_they_are_written() {
        let same = |a: &str, b: &str| tokens(a)[0].hash == tokens(b)[0].hash;
        assert!(same("Office", "oﬃce"), "ligatures");
        assert!(same("CAFÉ", "cafe\u{301}"), "composition and case");
        assert!(same("co\u{ad}operate", "cooperate"), "soft hyphen");
        assert!(!same("cafe", "café"));
    }

    #[test]
    fn segments_end_at_sentences_bullets_and_new_lines_but_not_at_wraps() {
        let opens = |t: &str| {
            tokens(t)
                .iter()
                .map(|t| u8::from(t.opens))
                .collect::<Vec<_>>()
        };
        assert_eq!(
            opens("built the thing\nand ran it. Then left"),
            [1, 0, 0, 0, 0, 0, 1, 0]
        );
        assert_eq!(opens("one\nTwo\n- three • four"), [1, 1, 1, 1]);
        assert_eq!(opens("a well-known node.js app"), [1, 0, 0, 0, 0, 0]);
    }
}
