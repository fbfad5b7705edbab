//! Words and signs of code whose grammar is not at hand, by rules that fit many languages.
//!
//! Comments are `//`, `/* … */`, and by language `#`, `--` or `%`; strings stand in quotes and end with the line at the
//! latest. Words of the list below stay as they are in every language; any other word is a name.

use crate::features::code::grammar::NAME;
use crate::features::code::grammar::NUMBER;
use crate::features::code::grammar::TEXT;
use crate::features::code::grammar::class_of;
use crate::features::code::leaves::Class;
use crate::features::code::leaves::Leaf;
use crate::model::Language;
use std::collections::HashMap;
use std::sync::LazyLock;
use xxhash_rust::xxh3::xxh3_64;

/// Keywords that many languages have.
static KEYWORDS: LazyLock<HashMap<&'static [u8], u32>> = LazyLock::new(|| {
    let words = "abstract and as assert async await base begin bool boolean break byte case catch char class const \
        continue data def default defer define delete do double elif else elsif end enum except export extends extern \
        false final finally float fn for foreach from fun func function get global goto if impl implements in inline \
        instance int interface is lambda let local long loop match mod module mut mutable namespace native new nil not \
        null object of operator or override package pass private protected public raise repeat require return select \
        self set short signed sizeof static string struct super switch template then this throw trait true try type \
        typedef typeof union unless unsigned until use using val var virtual void volatile when where while with yield";
    words
        .split_whitespace()
        .map(|w| (w.as_bytes(), class_of(w)))
        .collect()
});

/// Fills `leaves` with the words and signs of `code`.
pub(in crate::features::code) fn read(language: Language, code: &[u8], leaves: &mut Vec<Leaf>) {
    leaves.clear();
    let mut scan = Scan {
        code,
        at: 0,
        line: 1,
        line_comment: line_comment(language),
    };
    while let Some(leaf) = scan.next_leaf() {
        leaves.push(leaf);
    }
}

/// What begins a comment to the end of the line, beside `//`.
fn line_comment(language: Language) -> &'static [u8] {
    match language {
        Language::Python
        | Language::Ruby
        | Language::Shell
        | Language::Perl
        | Language::R
        | Language::Julia
        | Language::Php => b"#",
        Language::Lua | Language::Sql | Language::Haskell => b"--",
        _ => b"//",
    }
}

struct Scan<'a> {
    code: &'a [u8],
    at: usize,
    line: u32,
    line_comment: &'static [u8],
}

impl Scan<'_> {
    fn next_leaf(&mut self) -> Option<Leaf> {
        self.skip();
        let first = *self.code.get(self.at)?;
        let (start, line) = (self.at, self.line);
        let is_word = |b: u8| b.is_ascii_alphanumeric() || b == b'_' || b >= 0x80;
        let (kind, class) = if first.is_ascii_digit() {
            self.advance(|b| is_word(b) || b == b'.');
            (NUMBER, Class::Number)
        } else if is_word(first) {
            self.advance(is_word);
            let word = &self.code[start..self.at];
            let keyword = KEYWORDS.get(word).map(|kind| (*kind, Class::Sign));
            keyword.unwrap_or((NAME, Class::Name))
        } else if matches!(first, b'"' | b'\'' | b'`') {
            self.string(first);
            (TEXT, Class::Text)
        } else {
            self.at += 1;
            (0x8000_0000 | u32::from(first), Class::Sign)
        };
        let text = xxh3_64(&self.code[start..self.at]) as u32;
        Some(Leaf {
            kind,
            text,
            line,
            class,
            start: start as u32,
            end: self.at as u32,
        })
    }

    fn advance(&mut self, belongs: impl Fn(u8) -> bool) {
        let rest = &self.code[self.at..];
        self.at += rest.iter().take_while(|&&b| belongs(b)).count();
    }

    /// A string up to its closing quote, the end of the line, or of the file.
    fn string(&mut self, quote: u8) {
        self.at += 1;
        while let Some(&byte) = self.code.get(self.at) {
            match byte {
                b'\n' => return,
                b'\\' => self.at += 1,
                _ if byte == quote => {
                    self.at += 1;
                    return;
                }
                _ => {}
            }
            self.at += 1;
        }
        self.at = self.code.len();
    }

    /// Blank space and comments.
    fn skip(&mut self) {
        while let Some(&byte) = self.code.get(self.at) {
            let rest = &self.code[self.at..];
            if byte.is_ascii_whitespace() {
                self.line += u32::from(byte == b'\n');
                self.at += 1;
            } else if rest.starts_with(b"/*") {
                let len = memchr::memmem::find(rest, b"*/").map_or(rest.len(), |n| n + 2);
                self.line += memchr::memchr_iter(b'\n', &rest[..len]).count() as u32;
                self.at += len;
            } else if rest.starts_with(b"//") || rest.starts_with(self.line_comment) {
                self.at += memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            } else {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn leaves(language: Language, code: &str) -> Vec<Leaf> {
        let mut all = Vec::new();
        read(language, code.as_bytes(), &mut all);
        all
    }

    #[test]
    fn names_and_comments_do_not_matter() {
        let a = leaves(
            Language::Lua,
            "local total = 0 -- sum\nfor i = 1, 10 do total = total + i end",
        );
        let b = leaves(
            Language::Lua,
            "local s = 0\nfor k = 1, 99 do\n s = s + k\nend",
        );
        let kinds = |all: &[Leaf]| all.iter().map(|l| l.kind).collect::<Vec<_>>();
        assert_eq!(kinds(&a), kinds(&b));
        assert_ne!(a[1].text, b[1].text);
        assert_eq!(b.last().map(|l| l.line), Some(4));
    }

    proptest! {
        #[test]
        fn any_bytes_come_to_an_end(bytes in prop::collection::vec(any::<u8>(), 0..300)) {
            let mut all = Vec::new();
            read(Language::Other, &bytes, &mut all);
            prop_assert!(all.len() <= bytes.len());
        }
    }
}
