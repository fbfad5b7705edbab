//! Words of a text, as every text feature sees them.
//!
//! A word is a run of letters after NFKC normalisation and lower-casing; a trailing `+` or `#` stays with it (C++, C#).
//! Digits and punctuation separate words and are dropped, as in the phrase reference, so that a changed number or a
//! bullet glyph changes nothing. Reading "•" as a letter cost 12 points of recall (METHODS: text reuse).
//!
//! A *segment* is a sentence, a bullet or a heading: shingles never cross its borders, so that neither the order of
//! blocks (which differs between PDF engines) nor line breaks matter. A line break ends a segment unless the next line
//! starts with a lower-case letter, which is how wrapped lines go on.
//!
//! Reading has three steps: `blocks` turns 64 bytes at a time into bit masks, `walk` finds the words in them, and each
//! word of up to 16 ASCII bytes is hashed from one load. Characters beyond ASCII take a slow way through `wide`.

mod blocks;
mod simd;
mod walk;
mod wide;

pub use walk::Path;

use crate::features::token::walk::walk;

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

/// The words of `text`, in order.
pub fn tokens(text: &str) -> Vec<Token> {
    let mut out = Vec::with_capacity(text.len() / 5);
    walk(text, Path::Fastest, |token| out.push(token));
    out
}

/// Hashes of a text's words without their places: all that signing needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words {
    hashes: Vec<u64>,
    /// Index of the first word of each segment.
    segments: Vec<u32>,
}

impl Words {
    /// The words of a text.
    pub fn new(text: &str) -> Self {
        Self::by(Path::Fastest, text)
    }

    /// The words of a text, read in a given way; the result is the same.
    pub fn by(path: Path, text: &str) -> Self {
        let mut hashes = Vec::with_capacity(text.len() / 4);
        let mut segments = Vec::with_capacity(text.len() / 32);
        walk(text, path, |token| {
            if token.opens {
                segments.push(hashes.len() as u32);
            }
            hashes.push(token.hash);
        });
        Self { hashes, segments }
    }

    /// Number of words.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// The words of each segment.
    pub fn segments(&self) -> impl Iterator<Item = &[u64]> {
        let ends = self.segments.iter().skip(1).map(|&end| end as usize);
        let starts = self.segments.iter().map(|&start| start as usize);
        starts
            .zip(ends.chain([self.hashes.len()]))
            .map(|(start, end)| &self.hashes[start..end])
    }
}

#[cfg(test)]
mod tests;
