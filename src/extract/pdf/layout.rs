//! How a document is set: fonts, sizes and left edges of its lines, as hashes that can only be compared for equality.

use crate::model::Layout;
use crate::model::LineBox;
use pdfboss_text::TextSpan;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use xxhash_rust::xxh3::Xxh3;
use xxhash_rust::xxh3::xxh3_64;

/// Different values of (font, size, left edge) that are kept: a résumé has some thirty.
const MAX_GRID: usize = 512;

/// Collects the layout while pages are read.
#[derive(Default)]
pub(in crate::extract) struct Record {
    all: Xxh3,
    num_lines: u32,
    grid: BTreeSet<u64>,
    fonts: BTreeMap<String, u32>,
}

impl Record {
    /// A line: size to half a point and left edge to a point, so that the rounding of writers does not matter.
    pub fn add_line(&mut self, line: &LineBox, first: &TextSpan) {
        let mut key = font_name(first).as_bytes().to_vec();
        key.push(0);
        key.extend(((line.size + 2) / 5).to_le_bytes());
        key.extend(line.x.saturating_add(5).div_euclid(10).to_le_bytes());
        let hash = xxh3_64(&key);
        self.all.update(&hash.to_le_bytes());
        self.num_lines += 1;
        if self.grid.len() < MAX_GRID {
            self.grid.insert(hash);
        }
    }

    /// Counts the letters of a piece under its font.
    pub fn add_letters(&mut self, span: &TextSpan) {
        let letters = span.text.chars().filter(|c| !c.is_whitespace()).count() as u32;
        let name = font_name(span);
        if letters == 0 {
        } else if let Some(count) = self.fonts.get_mut(name) {
            *count += letters;
        } else {
            self.fonts.insert(name.into(), letters);
        }
    }

    /// `None` where no line was placed.
    pub fn finish(self) -> Option<Layout> {
        (self.num_lines > 0).then(|| Layout {
            hash: self.all.digest(),
            num_lines: self.num_lines,
            grid: self.grid.into_iter().collect(),
            fonts: self.fonts.into_iter().collect(),
        })
    }
}

/// Name of a piece's font without the tag of a subset, six capitals and a plus (ISO 32000-2 §9.9.2), which differs from
/// save to save.
pub(in crate::extract) fn font_name(span: &TextSpan) -> &str {
    match span.font_name.split_once('+') {
        Some((tag, name)) if tag.len() == 6 && tag.bytes().all(|b| b.is_ascii_uppercase()) => name,
        _ => &span.font_name,
    }
}
