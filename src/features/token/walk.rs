//! Words of a text from its bit masks.
//!
//! A *run* is a stretch of letters. It starts where a bit is set and the bit before it is not, and ends the other way
//! round. Which runs open a segment is told by one addition: a mark that opens one sends a carry through all positions
//! that start no run, and the carry comes to rest at the next start (as simdjson finds the ends of strings, Langdale and
//! Lemire 2019).

use crate::features::token::Token;
use crate::features::token::blocks::{Block, portable};
use crate::features::token::simd;
use crate::features::token::wide::{Kind, character, kind, normalised};
use crate::features::word_hash::{hash_short, hash_word};

/// How a text is cut into masks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Path {
    /// By a table; on every processor.
    Portable,
    /// By vector instructions where the processor has them, else portable.
    Fastest,
}

/// Calls `see` with every word of a text, in order.
///
/// # Panics
/// When the text has 4 GiB or more.
pub fn walk(text: &str, path: Path, mut see: impl FnMut(Token)) {
    assert!(
        u32::try_from(text.len()).is_ok(),
        "a text has less than 4 GiB"
    );
    if path == Path::Portable || !simd::walk(text, &mut see) {
        walk_by(text, portable, see);
    }
}

/// The same with the masks of 64 bytes by `classify`. Inlined, so that everything is compiled for the instructions of the
/// caller.
#[inline(always)]
pub fn walk_by(text: &str, classify: impl Fn(&[u8; 64]) -> Block, mut see: impl FnMut(Token)) {
    let (chunks, rest) = text.as_bytes().as_chunks::<64>();
    let mut last = [b' '; 64];
    last[..rest.len()].copy_from_slice(rest);
    let mut masks = chunks.iter().chain([&last]).map(classify);
    let mut state = State::new();
    let mut late = false;
    let mut give =
        |start: usize, end: usize, opens: bool| match short_word(text.as_bytes(), start, end) {
            Some(hash) if !late => see(Token {
                hash,
                start: start as u32,
                end: end as u32,
                opens,
            }),
            _ => {
                let word = odd_word(text, start, end, opens | late);
                late = word.is_none() && (opens | late);
                word.into_iter().for_each(&mut see);
            }
        };
    let mut block = masks.next();
    let mut base = 0;
    while let Some(now) = block {
        block = masks.next();
        let runs = state.runs(text.as_bytes(), base, &now, block.as_ref());
        let (mut starts, mut ends) = (runs.starts, runs.ends);
        if state.open_run && ends != 0 {
            give(
                state.start,
                base + ends.trailing_zeros() as usize,
                state.opens,
            );
            ends &= ends - 1;
        }
        while ends != 0 {
            let (start, end) = (starts.trailing_zeros(), ends.trailing_zeros());
            give(
                base + start as usize,
                base + end as usize,
                runs.opened >> start & 1 == 1,
            );
            starts &= starts - 1;
            ends &= ends - 1;
        }
        if starts != 0 {
            let start = starts.trailing_zeros();
            state.start = base + start as usize;
            state.opens = runs.opened >> start & 1 == 1;
        }
        state.open_run = runs.open;
        base += 64;
    }
}

/// Runs of one block.
struct Runs {
    starts: u64,
    ends: u64,
    /// Of the starts those that open a segment; other bits mean nothing.
    opened: u64,
    /// The last byte belongs to a run.
    open: bool,
}

/// What goes from one block to the next.
struct State {
    /// The last byte belongs to a run, which starts there, and whether it opens a segment.
    open_run: bool,
    start: usize,
    opens: bool,
    /// Bits of the next block that belong to a character which begins in this one and stands in a word.
    spill: u64,
    /// A segment opens with the next run.
    carry: bool,
    /// The last byte is a line feed, or there is none.
    after_newline: bool,
}

impl State {
    fn new() -> Self {
        Self {
            open_run: false,
            start: 0,
            opens: false,
            spill: 0,
            carry: true,
            after_newline: true,
        }
    }

    #[inline(always)]
    fn runs(&mut self, text: &[u8], base: usize, block: &Block, next: Option<&Block>) -> Runs {
        let blank_next = block.blanks >> 1 | next.map_or(1, |n| n.blanks & 1) << 63;
        let line_starts = block.newlines << 1 | u64::from(self.after_newline);
        let mut marks = block.stops | block.dots & blank_next | block.bullets & line_starts;
        marks |= line_ends(text, base, block.newlines);
        let mut runs = block.letters;
        if block.wide | self.spill != 0 {
            self.wide(&text[base..], block.wide, &mut runs, &mut marks);
        }
        let before = runs << 1 | u64::from(self.open_run);
        let starts = runs & !before;
        let (sum, first) = (!starts).overflowing_add(marks);
        let (opened, second) = sum.overflowing_add(u64::from(self.carry));
        self.carry = first | second;
        self.after_newline = block.newlines >> 63 == 1;
        Runs {
            starts,
            ends: before & !runs,
            opened,
            open: runs >> 63 == 1,
        }
    }

    /// Adds characters beyond ASCII to the runs and the marks.
    #[inline(never)]
    fn wide(&mut self, text: &[u8], wide: u64, runs: &mut u64, marks: &mut u64) {
        *runs |= std::mem::take(&mut self.spill);
        let mut rest = wide;
        while rest != 0 {
            let at = rest.trailing_zeros();
            rest &= rest - 1;
            // Bytes in the middle of a character decode to nothing: their character was seen at its first.
            let Some(c) = character(&text[at as usize..]) else {
                continue;
            };
            match kind(c) {
                Kind::Inside => {
                    let bytes = u128::from((1u64 << c.len_utf8()) - 1) << at;
                    *runs |= bytes as u64;
                    self.spill |= (bytes >> 64) as u64;
                }
                Kind::Bullet => *marks |= 1 << at,
                Kind::Separator => {}
            }
        }
    }
}

/// Line feeds that end a segment: all but those before a line that goes on with a lower-case letter.
#[inline(always)]
fn line_ends(text: &[u8], base: usize, newlines: u64) -> u64 {
    let (mut rest, mut ends) = (newlines, newlines);
    while rest != 0 {
        let at = rest.trailing_zeros();
        let next = &text[base + at as usize + 1..];
        let first = next.iter().find(|b| !matches!(b, b' ' | b'\t' | b'\r'));
        ends ^= u64::from(first.is_some_and(u8::is_ascii_lowercase)) << at;
        rest &= rest - 1;
    }
    ends
}

/// The hash of a word of up to 16 ASCII letters without a suffix, where 16 bytes and the one after the word can be read.
#[inline(always)]
fn short_word(text: &[u8], start: usize, end: usize) -> Option<u64> {
    let bytes: &[u8; 17] = text.get(start..start + 17)?.try_into().ok()?;
    let len = end - start;
    let mask = LENGTHS.get(len)?;
    if matches!(bytes[len], b'+' | b'#') {
        return None;
    }
    let (piece, _) = bytes.split_first_chunk::<16>()?;
    let piece = u128::from_le_bytes(*piece);
    let (x, y) = (piece as u64 & mask.0, (piece >> 64) as u64 & mask.1);
    if (x | y) & HIGH != 0 {
        return None;
    }
    // A set fifth bit makes a letter lower-case.
    Some(hash_short(x | mask.0 & LOWER, y | mask.1 & LOWER))
}

/// The word of any run: long, with a suffix, with characters beyond ASCII, at the end of the text. Marks without a letter
/// are no word; what they open is then opened by the next one.
#[cold]
#[inline(never)]
fn odd_word(text: &str, start: usize, end: usize, opens: bool) -> Option<Token> {
    let run = &text[start..end];
    let word = run.trim_start_matches(|c: char| !c.is_alphabetic());
    let suffixes = text.as_bytes()[end..].iter();
    let num_suffixes = suffixes.take_while(|b| matches!(b, b'+' | b'#')).count();
    let mut normal = if word.is_ascii() {
        word.to_ascii_lowercase()
    } else {
        normalised(word)
    };
    if normal.is_empty() {
        return None;
    }
    normal.push_str(&text[end..end + num_suffixes]);
    Some(Token {
        hash: hash_word(normal.as_bytes()),
        start: (end - word.len()) as u32,
        end: (end + num_suffixes) as u32,
        opens,
    })
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
