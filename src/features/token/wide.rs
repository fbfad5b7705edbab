//! Characters beyond ASCII: the slow way, one character at a time.

use unicode_normalization::UnicodeNormalization;

/// What a character beyond ASCII is to the tokeniser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// It may stand in a word: a letter, a combining mark, a soft hyphen, a joiner.
    Inside,
    /// It opens a segment.
    Bullet,
    /// It separates words.
    Separator,
}

/// What a character beyond ASCII is.
pub fn kind(c: char) -> Kind {
    match c {
        '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => Kind::Inside,
        '•' | '●' | '▪' | '■' | '◦' | '‣' | '▸' | '►' | '–' | '—' | '·' | '\u{f0b7}'
        | '\u{2028}' => Kind::Bullet,
        _ if c.is_alphabetic() => Kind::Inside,
        _ => Kind::Separator,
    }
}

/// NFKC, lower-cased, letters only.
pub fn normalised(word: &str) -> String {
    let mut normal: String = word.nfkc().flat_map(char::to_lowercase).collect();
    normal.retain(char::is_alphabetic);
    normal
}
