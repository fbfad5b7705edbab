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
    /// Where the lines stand on their pages, by start; empty where the format does not tell.
    pub lines: Vec<LineBox>,
    /// Fonts by name, for [`LineBox::font`].
    pub fonts: Vec<String>,
}

/// Where a line of text stands on its page and how it is set. Lengths are tenths of a point, from the upper left corner
/// of the page's crop box, before the page is turned; what does not fit is cut to the nearest value that does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct LineBox {
    /// Byte offset of the line's first character.
    pub start: u32,
    /// Left edge.
    pub x: i16,
    /// Upper edge.
    pub y: i16,
    /// Width.
    pub width: u16,
    /// Height.
    pub height: u16,
    /// Size of its largest letters.
    pub size: u16,
    /// Font of its first letter, as an index into [`PagedText::fonts`].
    pub font: u16,
    /// Red, green and blue of its first letter; `None` where that is a pattern.
    pub colour: Option<[u8; 3]>,
}

impl PagedText {
    /// Text with page starts and without boxes.
    pub fn new(text: impl Into<String>, pages: Vec<u32>) -> Self {
        Self {
            text: text.into(),
            pages,
            ..Self::default()
        }
    }

    /// The box of the line a byte offset lies on.
    pub fn line_box(&self, offset: usize) -> Option<&LineBox> {
        let after = self
            .lines
            .partition_point(|line| line.start as usize <= offset);
        let line = self.lines.get(after.checked_sub(1)?)?;
        let between = self.text.as_bytes().get(line.start as usize..offset)?;
        (!between.contains(&b'\n')).then_some(line)
    }

    /// Cuts the text at a byte offset, or before it where a character would be split.
    pub fn truncate(&mut self, at: usize) {
        let at = floor_char(&self.text, at);
        self.text.truncate(at);
        self.pages
            .retain(|&start| (start as usize) < at || start == 0);
        self.lines.retain(|line| (line.start as usize) < at);
    }

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
        // What was kept: from and to in the raw text, start in the masked text.
        let mut kept = Vec::with_capacity(spans.len() + 1);
        let mut at = 0;
        for span in spans {
            let start = floor_char(&raw.text, span.start).max(at);
            let end = ceil_char(&raw.text, span.end);
            if end <= at {
                continue;
            }
            kept.push((at, start, text.len()));
            text.push_str(&raw.text[at..start]);
            if !text.ends_with(MASK) || start > at {
                text.push(MASK);
            }
            at = end;
        }
        kept.push((at, raw.text.len(), text.len()));
        text.push_str(&raw.text[at..]);
        // A start inside a mask moves behind it.
        let moved = |start: u32| {
            let start = start as usize;
            let part = kept.partition_point(|&(_, to, _)| to < start);
            let (from, _, new) = kept[part.min(kept.len() - 1)];
            (new + start.saturating_sub(from)) as u32
        };
        let lines = raw.lines.iter().map(|line| LineBox {
            start: moved(line.start),
            ..*line
        });
        Self(PagedText {
            pages: raw.pages.iter().map(|&start| moved(start)).collect(),
            lines: lines.collect(),
            fonts: raw.fonts.clone(),
            text,
        })
    }

    /// The masked text.
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Page and line of a byte offset.
    pub fn place(&self, offset: usize) -> Place {
        self.0.place(offset)
    }

    /// The box of the line a byte offset lies on.
    pub fn line_box(&self, offset: usize) -> Option<&LineBox> {
        self.0.line_box(offset)
    }

    /// Name of the font of a line.
    pub fn font(&self, line: &LineBox) -> Option<&str> {
        self.0.fonts.get(line.font as usize).map(String::as_str)
    }
}

/// The last character boundary at or before `at`, or the end of the text.
pub fn floor_char(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
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
        PagedText::new(text, pages.to_vec())
    }

    fn line_at(start: u32) -> LineBox {
        LineBox {
            start,
            x: 720,
            y: 500,
            width: 100,
            height: 120,
            size: 110,
            font: 0,
            colour: Some([0; 3]),
        }
    }

    #[test]
    fn boxes_move_with_their_lines() {
        let mut raw = paged("Ann Lee\nx\nAnn wrote\n", &[0, 10]);
        raw.lines = [0, 8, 10].map(line_at).to_vec();
        let masked = MaskedText::new(&raw, &[0..7, 10..13]);
        assert_eq!(masked.as_str(), "█\nx\n█ wrote\n");
        let start_of = |word: &str| {
            let at = masked.as_str().find(word).unwrap();
            masked.line_box(at).map(|line| line.start as usize)
        };
        assert_eq!(start_of("x"), Some("█\n".len()));
        assert_eq!(start_of("wrote"), Some("█\nx\n".len()));
        assert_eq!(MaskedText::new(&paged("a\nb", &[]), &[]).line_box(2), None);
    }

    #[test]
    fn no_box_is_borrowed_from_the_line_above() {
        let mut raw = paged("one\ntwo\nthree", &[0]);
        raw.lines = vec![line_at(0), line_at(8)];
        let lines = [1, 5, 9].map(|at| raw.line_box(at).map(|line| line.start));
        assert_eq!(lines, [Some(0), None, Some(8)]);
        raw.truncate(6);
        assert_eq!((raw.text.as_str(), raw.lines.len()), ("one\ntw", 1));
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
