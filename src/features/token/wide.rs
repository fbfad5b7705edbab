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
        // What résumés hold most; the general question costs a table walk.
        '×' | '÷' | '\u{a0}' | '\u{2000}'..='\u{206f}' | '\u{2500}'..='\u{27bf}' => {
            Kind::Separator
        }
        '\u{c0}'..='\u{24f}' => Kind::Inside,
        _ if c.is_alphabetic() => Kind::Inside,
        _ => Kind::Separator,
    }
}

/// The character that begins at the first byte, if one does.
pub fn character(bytes: &[u8]) -> Option<char> {
    let len = match bytes.first()? {
        0xC0..=0xDF => 2,
        0xE0..=0xEF => 3,
        0xF0.. => 4,
        _ => return None,
    };
    std::str::from_utf8(bytes.get(..len)?).ok()?.chars().next()
}

/// NFKC, lower-cased, letters only.
pub fn normalised(word: &str) -> String {
    let mut normal: String = word.nfkc().flat_map(char::to_lowercase).collect();
    normal.retain(char::is_alphabetic);
    normal
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_may_stand_in_a_word() {
        let mark = |c| matches!(c, '\u{300}'..='\u{36f}' | '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}');
        for c in '\u{80}'..=char::MAX {
            assert_eq!(
                kind(c) == Kind::Inside,
                c.is_alphabetic() || mark(c),
                "{c:?}"
            );
        }
    }
}
