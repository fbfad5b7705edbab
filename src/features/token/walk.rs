//! Words of a text from its bit masks.
//!
//! A *run* is a stretch of letters. It starts where a bit is set and the bit before it is not, and ends the other way
//! round. Which runs open a segment is told by one addition: a mark that opens one sends a carry through all positions
//! that start no run, and the carry comes to rest at the next start (the carry trick of simdjson, Langdale and Lemire
//! 2019).

use crate::features::token::Token;
use crate::features::token::blocks::{Block, Path, blocks};
use crate::features::token::wide::{Kind, kind, normalised};
use crate::features::word_hash::{hash_short, hash_word};

/// Calls `see` with every word of a text, in order.
pub fn walk(text: &str, path: Path, mut see: impl FnMut(Token)) {
    let blocks = blocks(text.as_bytes(), path);
    let mut walk = Walk {
        text,
        open_run: false,
        spill: 0,
        carry: true,
        after_newline: true,
        start: 0,
        opens: false,
        late: false,
    };
    for (i, block) in blocks.iter().enumerate() {
        let next = blocks.get(i + 1);
        walk.block(i * 64, block, next, &mut see);
    }
    if walk.open_run {
        walk.word(text.len(), false, &mut see);
    }
}

/// What goes from one block to the next.
struct Walk<'a> {
    text: &'a str,
    /// The last byte belongs to a run.
    open_run: bool,
    /// Bits of the next block that belong to a character which begins in this one and stands in a word.
    spill: u64,
    /// A segment opens with the next run.
    carry: bool,
    /// The last byte is a line feed, or there is none.
    after_newline: bool,
    /// Where the run that is not yet at its end starts, and whether it opens a segment.
    start: usize,
    opens: bool,
    /// A run that opened a segment was no word: the next one opens it.
    late: bool,
}

impl Walk<'_> {
    fn block(
        &mut self,
        base: usize,
        block: &Block,
        next: Option<&Block>,
        see: &mut impl FnMut(Token),
    ) {
        let blank_next = block.blanks >> 1 | next.map_or(1, |n| n.blanks & 1) << 63;
        let line_starts = block.newlines << 1 | u64::from(self.after_newline);
        let mut marks = block.stops | block.dots & blank_next | block.bullets & line_starts;
        marks |= self.line_ends(base, block.newlines);
        let mut runs = block.letters;
        if block.wide | self.spill != 0 {
            self.wide(base, block.wide, &mut runs, &mut marks);
        }
        let before = runs << 1 | u64::from(self.open_run);
        let (mut starts, mut ends) = (runs & !before, before & !runs);
        let (sum, first) = (!starts).overflowing_add(marks);
        let (sum, second) = sum.overflowing_add(u64::from(self.carry));
        self.carry = first | second;
        self.after_newline = block.newlines >> 63 == 1;
        if self.open_run && ends != 0 {
            let end = ends.trailing_zeros();
            self.word(base + end as usize, block.suffixes >> end & 1 == 1, see);
            ends &= ends - 1;
            self.open_run = false;
        }
        while ends != 0 {
            let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
            self.start = base + start as usize;
            self.opens = sum >> start & 1 == 1;
            self.word(base + end as usize, block.suffixes >> end & 1 == 1, see);
            starts &= starts - 1;
            ends &= ends - 1;
        }
        if starts != 0 {
            let start = starts.trailing_zeros();
            self.start = base + start as usize;
            self.opens = sum >> start & 1 == 1;
            self.open_run = true;
        }
    }

    /// Line feeds that end a segment: all but those before a line that goes on with a lower-case letter.
    fn line_ends(&self, base: usize, mut newlines: u64) -> u64 {
        let mut ends = newlines;
        while newlines != 0 {
            let at = newlines.trailing_zeros();
            let rest = &self.text.as_bytes()[base + at as usize + 1..];
            let first = rest.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
            if first.is_some_and(u8::is_ascii_lowercase) {
                ends &= !(1 << at);
            }
            newlines &= newlines - 1;
        }
        ends
    }

    /// Adds characters beyond ASCII to the runs and the marks.
    fn wide(&mut self, base: usize, wide: u64, runs: &mut u64, marks: &mut u64) {
        *runs |= std::mem::take(&mut self.spill);
        let mut rest = wide;
        while rest != 0 {
            let at = rest.trailing_zeros();
            rest &= rest - 1;
            // Bytes in the middle of a character are passed over: their character was seen at its first.
            let Some(c) = self
                .text
                .get(base + at as usize..)
                .and_then(|t| t.chars().next())
            else {
                continue;
            };
            match kind(c) {
                Kind::Inside => {
                    let bytes = u128::from((1u64 << c.len_utf8()) - 1) << at;
                    *runs |= bytes as u64;
                    self.spill = (bytes >> 64) as u64;
                }
                Kind::Bullet => *marks |= 1 << at,
                Kind::Separator => {}
            }
        }
    }

    /// The run from `self.start` to `end` is over; `suffixed` says that a `+` or `#` follows.
    #[inline(always)]
    fn word(&mut self, end: usize, suffixed: bool, see: &mut impl FnMut(Token)) {
        let start = self.start;
        let plain = if suffixed || self.late {
            None
        } else {
            short_word(self.text.as_bytes(), start, end)
        };
        match plain {
            Some(hash) => see(Token {
                hash,
                start: start as u32,
                end: end as u32,
                opens: self.opens,
            }),
            None => self.odd_word(end, see),
        }
    }

    /// Any run: long, with a suffix, with characters beyond ASCII, at the end of the text.
    #[cold]
    fn odd_word(&mut self, end: usize, see: &mut impl FnMut(Token)) {
        let run = &self.text[self.start..end];
        let suffixes = self.text.as_bytes()[end..].iter();
        let num_suffixes = suffixes.take_while(|b| matches!(b, b'+' | b'#')).count();
        let opens = self.opens | std::mem::take(&mut self.late);
        let word = run.trim_start_matches(|c: char| !c.is_alphabetic());
        let mut normal = if run.is_ascii() {
            run.to_ascii_lowercase()
        } else {
            normalised(word)
        };
        // Marks without a letter are no word; what they opened is opened by the next one.
        if word.is_empty() || normal.is_empty() {
            self.late = opens;
            return;
        }
        let end = end + num_suffixes;
        let start = self.start + run.len() - word.len();
        normal.push_str(&self.text[end - num_suffixes..end]);
        see(Token {
            hash: hash_word(normal.as_bytes()),
            start: start as u32,
            end: end as u32,
            opens,
        });
    }
}

/// The hash of a word of up to 16 ASCII letters that 16 bytes can be read of.
#[inline(always)]
fn short_word(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let bytes = text.get(start..start + 16)?;
    let piece = u128::from_le_bytes(bytes.try_into().ok()?);
    let mask = LENGTHS.get(end - start)?;
    let (x, y) = (piece as u64 & mask.0, (piece >> 64) as u64 & mask.1);
    if (x | y) & HIGH != 0 {
        return None;
    }
    // A set fifth bit makes a letter lower-case.
    Some(hash_short(x | mask.0 & LOWER, y | mask.1 & LOWER))
}

const HIGH: u64 = 0x8080_8080_8080_8080;
const LOWER: u64 = 0x2020_2020_2020_2020;

/// Masks of the first 0 to 16 bytes of a piece.
static LENGTHS: [(u64, u64); 17] = lengths();

const fn lengths() -> [(u64, u64); 17] {
    let mut all = [(0, 0); 17];
    let mut n = 0;
    while n < 17 {
        let mask = if n == 16 {
            u128::MAX
        } else {
            (1u128 << (8 * n)) - 1
        };
        all[n] = (mask as u64, (mask >> 64) as u64);
        n += 1;
    }
    all
}
