//! Names and text without case, diacritics and punctuation, with the way back to the bytes they came from.
//!
//! Folding is Unicode NFKD with the marks dropped, lower case, and a short list of letters that have no decomposition
//! (UAX #15 leaves `ø` and `ł` whole). Apostrophes vanish, so "O'Brien" is one word; every other sign separates words.
//! It does not transliterate between scripts: a name in two scripts is two names here.

use std::ops::Range;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// A folded word and the bytes of the text it was made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::identity) struct Word {
    /// Folded letters and digits.
    pub folded: String,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// The words of `text` in order.
pub(in crate::identity) fn words(text: &str) -> Vec<Word> {
    let mut words: Vec<Word> = Vec::new();
    let mut open = false;
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        if is_apostrophe(c) || is_combining_mark(c) {
            if let Some(word) = words.last_mut().filter(|_| open && is_combining_mark(c)) {
                word.span.end = end;
            }
            continue;
        }
        if !c.is_alphanumeric() {
            open = false;
            continue;
        }
        if !open {
            words.push(Word {
                folded: String::new(),
                span: at..end,
            });
            open = true;
        }
        if let Some(word) = words.last_mut() {
            fold_char(c, &mut word.folded);
            word.span.end = end;
        }
    }
    words.retain(|w| !w.folded.is_empty());
    words
}

/// Whether a word is written in a script that puts no spaces between words, so that it has to be looked for inside runs.
pub(in crate::identity) fn is_unspaced(word: &str) -> bool {
    word.chars().all(|c| matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}'))
}

fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '’' | '‘' | 'ʼ' | '`' | '´')
}

fn fold_char(c: char, out: &mut String) {
    for part in std::iter::once(c).nfkd().filter(|&p| !is_combining_mark(p)) {
        for lower in part
            .to_lowercase()
            .nfkd()
            .filter(|&p| !is_combining_mark(p))
        {
            match lower {
                'ß' => out.push_str("ss"),
                'æ' => out.push_str("ae"),
                'œ' => out.push_str("oe"),
                'þ' => out.push_str("th"),
                'ø' => out.push('o'),
                'ł' => out.push('l'),
                'đ' | 'ð' => out.push('d'),
                'ı' => out.push('i'),
                _ if lower.is_alphanumeric() => out.push(lower),
                _ => {}
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_lose_case_marks_and_apostrophes() {
        let cases: &[(&str, &[&str])] = &[
            ("Zoë O'Brien-Łukasz", &["zoe", "obrien", "lukasz"]),
            ("JOSE\u{301} Strauß", &["jose", "strauss"]),
            ("  ", &[]),
            ("Иван Петров", &["иван", "петров"]),
            ("Ａｎｎ", &["ann"]),
        ];
        for (text, expected) in cases {
            let got: Vec<_> = words(text).into_iter().map(|w| w.folded).collect();
            assert_eq!(&got, expected, "{text}");
        }
    }

    #[test]
    fn spans_point_at_the_written_word() {
        let text = "x Jose\u{301}, y";
        let word = &words(text)[1];
        assert_eq!(&text[word.span.clone()], "Jose\u{301}");
    }
}
