//! Text with its pages, before and after masking, and its signature.

use crate::model::Place;
use serde::{Deserialize, Serialize};

/// What stands for a masked stretch of text. It is no letter, so it separates words.
pub const MASK: char = '█';

/// Number of slots of a [`Signature`].
pub const SIGNATURE_LEN: usize = 128;

/// Text of a document: lines separated by `\n`, pages by their first byte. May hold names and contacts.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct PagedText {
    /// The text.
    pub text: String,
    /// Byte offset of the start of each page, ascending, the first 0; empty where the format has no pages.
    pub pages: Vec<u32>,
}

impl PagedText {
    /// Page and line, both 1-based, of a byte offset. Lines are counted from the start of the page.
    pub fn place(&self, offset: usize) -> Place {
        let page = self
            .pages
            .partition_point(|&start| start as usize <= offset)
            .max(1);
        let start = self.pages.get(page - 1).map_or(0, |&s| s as usize);
        let before = self
            .text
            .as_bytes()
            .get(start..offset.min(self.text.len()))
            .unwrap_or_default();
        let line = before.iter().filter(|&&b| b == b'\n').count() + 1;
        Place::Line {
            page: page as u32,
            line: line as u32,
        }
    }
}

/// Text in which the applicant's own name, contacts and places are replaced by [`MASK`]. Only masked text is kept.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct MaskedText(PagedText);

impl MaskedText {
    /// Replaces the given byte ranges, in any order and overlapping or not, each run by one [`MASK`]; pages move along.
    /// A range that does not lie on character borders is widened to them.
    pub fn new(raw: &PagedText, spans: &[std::ops::Range<usize>]) -> Self {
        let mut spans: Vec<_> = spans
            .iter()
            .filter(|s| s.start < s.end && s.end <= raw.text.len())
            .cloned()
            .collect();
        spans.sort_by_key(|s| (s.start, s.end));
        let mut text = String::with_capacity(raw.text.len());
        let mut pages = Vec::with_capacity(raw.pages.len());
        let mut next_page = raw.pages.iter().peekable();
        let mut at = 0;
        let mut copy = |text: &mut String, pages: &mut Vec<u32>, from: usize, to: usize| {
            while let Some(&&start) = next_page.peek() {
                if start as usize > to {
                    break;
                }
                pages.push((text.len() + (start as usize).saturating_sub(from)) as u32);
                next_page.next();
            }
            text.push_str(&raw.text[from..to]);
        };
        for span in spans {
            let start = floor_char(&raw.text, span.start).max(at);
            let end = ceil_char(&raw.text, span.end);
            if end <= at {
                continue;
            }
            copy(&mut text, &mut pages, at, start);
            if !text.ends_with(MASK) || start > at {
                text.push(MASK);
            }
            at = end;
        }
        copy(&mut text, &mut pages, at, raw.text.len());
        Self(PagedText { text, pages })
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Page and line of a byte offset.
    pub fn place(&self, offset: usize) -> Place {
        self.0.place(offset)
    }
}

fn floor_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn ceil_char(text: &str, mut at: usize) -> usize {
    while !text.is_char_boundary(at) {
        at += 1;
    }
    at
}

/// A one-permutation MinHash signature of a document's word shingles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// `HASH_VERSION` and tokeniser version it was made with; signatures of different versions never meet.
    pub version: u16,
    /// [`SIGNATURE_LEN`] slots; empty for a document without shingles.
    pub slots: Vec<u32>,
    /// Number of shingles, repetitions included.
    pub num_shingles: u32,
    /// Number of words.
    pub num_words: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    fn paged(text: &str, pages: &[u32]) -> PagedText {
        PagedText {
            text: text.into(),
            pages: pages.to_vec(),
        }
    }

    #[test]
    fn masking_replaces_spans_and_moves_pages() {
        let raw = paged("Ann Lee\nx\nsecond page Ann\n", &[0, 10]);
        let masked = MaskedText::new(&raw, &[0..3, 3..7, 22..25]);
        assert_eq!(masked.as_str(), "█\nx\nsecond page █\n");
        assert_eq!(
            masked.place(masked.as_str().find("second").unwrap()),
            Place::Line { page: 2, line: 1 }
        );
    }

    #[test]
    fn masking_keeps_character_borders() {
        let raw = paged("Zoë B", &[]);
        let spans = vec![std::ops::Range { start: 0, end: 3 }];
        assert_eq!(MaskedText::new(&raw, &spans).as_str(), "█ B");
    }

    #[test]
    fn lines_count_from_the_page() {
        let text = paged("a\nb\nc\nd\n", &[0, 4]);
        assert_eq!(text.place(6), Place::Line { page: 2, line: 2 });
        assert_eq!(text.place(2), Place::Line { page: 1, line: 2 });
    }
}
