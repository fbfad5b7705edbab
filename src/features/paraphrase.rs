//! What remains of a text when its words are changed: rare words and numbers that follow each other in the same order.
//!
//! A text is reduced to its *content*: words that less than one résumé in twelve of the reference holds, and numbers of
//! two digits and more (years left out: they belong to careers). Words inside a phrase that the reference knows, and words
//! that stand in passages both texts share, are left out: they are common, or told already ([`Told`]). Each segment of the first text (a sentence, a bullet) is
//! aligned locally with the whole content of the second (Smith and Waterman 1981): a word that agrees counts the logarithm of its
//! rarity, a changed one takes [`CHANGED`] off, one that stands on one side only [`MISSING`]. What a segment scores beyond
//! [`BY_CHANCE`], which unrelated texts reach by their trade's usual words, is added up.
//!
//! No dictionary and no language model: a synonym is a changed word. A full rewrite leaves nothing to find.

use crate::features::reuse::size_term;
use crate::features::shingle::PHRASE_K;
use crate::features::shingle::phrases;
use crate::features::token::Token;
use crate::model::combine;
use std::collections::HashSet;
use std::ops::Range;

/// A word in so many résumés of the reference, or more, is no content. The highest class of the table of phrases.
const COMMON: u32 = 2_000;

/// Résumés of the reference; a word that it does not know counts as one of [`UNKNOWN`] of them.
const NUM_REFERENCE: f64 = 24_616.0;

/// What is assumed of a word that fewer résumés than this hold: the lowest class of the table.
const UNKNOWN: f64 = 4.0;

/// What a number is worth: as much as a word of one résumé in a hundred.
const NUMBER: f32 = 4.6;

/// What a changed word takes off: half of what the commonest content word adds.
const CHANGED: f32 = 1.5;

/// What a word on one side only takes off.
const MISSING: f32 = 1.0;

/// What the best place for a segment reaches by chance, in natural logarithms (docs/text.md).
const BY_CHANCE: f32 = 20.0;

/// What long texts have to be forgiven, in units of the rare mass: a factor e in chance is about 7.5 points here and 17
/// there (docs/text.md). Short texts get no bonus.
const SIZE_WEIGHT: f64 = 4.5;

/// Least words and numbers that must agree in a segment.
const LEAST_EQUAL: u32 = 4;

/// One word or number of the content.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Item {
    hash: u64,
    weight: f32,
    /// Bytes in the text.
    start: u32,
    end: u32,
    /// It opens a segment.
    opens: bool,
}

/// The content of a text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Content(Vec<Item>);

/// A segment of the first text and the place in the second that resembles it.
#[derive(Clone, Debug, PartialEq)]
pub struct Resemblance {
    /// Bytes of the first text, from the first to the last word that agrees.
    pub a: Range<usize>,
    /// Bytes of the second text.
    pub b: Range<usize>,
    /// Number of words and numbers that agree.
    pub equal: u32,
    /// Score beyond what chance reaches, above 0.
    pub score: f64,
    /// Items of the second text, for telling double use.
    items: Range<usize>,
}

/// Which words of a text say nothing new.
#[derive(Clone, Debug, Default)]
pub struct Told(Vec<bool>);

impl Told {
    /// Words inside five-word phrases of which `frequency` says that some résumé of the reference holds them.
    pub fn common(tokens: &[Token], frequency: impl Fn(u64) -> u32) -> Self {
        let mut told = vec![false; tokens.len()];
        for phrase in phrases(tokens) {
            if frequency(phrase.hash) > 0 {
                let first = phrase.first as usize;
                told[first..first + PHRASE_K].fill(true);
            }
        }
        Self(told)
    }

    /// And those that stand in shared passages.
    pub fn and(mut self, passages: impl Iterator<Item = Range<usize>>) -> Self {
        passages.for_each(|words| self.0[words].fill(true));
        self
    }

    fn has(&self, word: usize) -> bool {
        self.0.get(word).copied().unwrap_or(false)
    }
}

/// The content of a text but for what is `told`; `frequency` says how many résumés of the reference hold a word.
pub fn content(
    text: &str,
    tokens: &[Token],
    told: &Told,
    frequency: impl Fn(&Token) -> u32,
) -> Content {
    let mut items = Vec::with_capacity(tokens.len() / 2);
    let mut opens = true;
    let mut at = 0;
    for (i, token) in tokens.iter().enumerate() {
        opens |= token.opens;
        // A number belongs to the passage on both sides of it.
        if !(told.has(i) && (i == 0 || told.has(i - 1))) {
            numbers(text, at..token.start as usize, &mut opens, &mut items);
        }
        at = token.end as usize;
        if told.has(i) {
            continue;
        }
        let df = frequency(token);
        if df < COMMON {
            items.push(Item {
                hash: token.hash,
                weight: (NUM_REFERENCE / f64::from(df).max(UNKNOWN)).ln() as f32,
                start: token.start,
                end: token.end,
                opens,
            });
            opens = false;
        }
    }
    numbers(text, at..text.len(), &mut opens, &mut items);
    Content(items)
}

/// Numbers of two digits and more that are no years, in a stretch between two words.
fn numbers(text: &str, range: Range<usize>, opens: &mut bool, items: &mut Vec<Item>) {
    let bytes = text.as_bytes();
    let mut at = range.start;
    while at < range.end {
        if !bytes[at].is_ascii_digit() {
            at += 1;
            continue;
        }
        let start = at;
        let is_part = |b: u8| b.is_ascii_digit() || b == b',' || b == b'.';
        while at < range.end && is_part(bytes[at]) {
            at += 1;
        }
        let digits: Vec<u8> = bytes[start..at]
            .iter()
            .copied()
            .filter(u8::is_ascii_digit)
            .collect();
        let is_year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
        if digits.len() >= 2 && !is_year {
            let hash = digits.iter().fold(1, |h, &d| combine(h, u64::from(d)));
            items.push(Item {
                hash,
                weight: NUMBER,
                start: start as u32,
                end: at as u32,
                opens: *opens,
            });
            *opens = false;
        }
    }
}

impl Content {
    /// Number of words and numbers.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing is left of the text.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    fn segments(&self) -> impl Iterator<Item = &[Item]> {
        self.0.chunk_by(|_, next| !next.opens)
    }
}

/// Most words of a text that are looked at: a résumé has a thousand, and the alignment grows with the product.
const MAX_ITEMS: usize = 8000;

/// Where the segments of `a` come again in `b`, in the order of `a`. No place of `b` stands for two segments.
pub fn resemblances(a: &Content, b: &Content) -> Vec<Resemblance> {
    let b = &b.0[..b.0.len().min(MAX_ITEMS)];
    let words: HashSet<u64> = b.iter().map(|item| item.hash).collect();
    let mut looked_at = 0;
    let within = |s: &&[Item]| {
        looked_at += s.len();
        looked_at <= MAX_ITEMS
    };
    let mut found: Vec<Resemblance> = a
        .segments()
        .take_while(within)
        .filter(|s| may_resemble(s, &words))
        .filter_map(|s| best_place(s, b))
        .collect();
    found.sort_by(|x, y| y.score.total_cmp(&x.score).then(x.a.start.cmp(&y.a.start)));
    let mut taken: Vec<Resemblance> = Vec::new();
    for one in found {
        let is_free = |t: &Resemblance| {
            let (from, to) = (
                t.items.start.max(one.items.start),
                t.items.end.min(one.items.end),
            );
            to.saturating_sub(from) * 2 <= one.items.len()
        };
        if taken.iter().all(is_free) {
            taken.push(one);
        }
    }
    taken.sort_by_key(|t| t.a.start);
    taken
}

/// Whether a segment could reach what is asked if all of its words that stand in the other text stood there in order: an
/// alignment scores no more. Spares nearly all segments of unrelated texts the alignment.
fn may_resemble(segment: &[Item], words: &HashSet<u64>) -> bool {
    let common = segment.iter().filter(|item| words.contains(&item.hash));
    let (number, most) = common.fold((0, 0.0), |(n, sum), item| (n + 1, sum + item.weight));
    number >= LEAST_EQUAL && most > BY_CHANCE
}

/// The sum of what is beyond chance, less what texts of these numbers of words have to be forgiven for their length.
pub fn score(found: &[Resemblance], words: (usize, usize)) -> f64 {
    let sum: f64 = found.iter().map(|r| r.score).sum();
    sum - SIZE_WEIGHT * size_term(words.0, words.1).max(0.0)
}

/// A cell of the alignment: score, words that agree, first item on both sides.
#[derive(Clone, Copy, Default)]
struct Cell {
    score: f32,
    equal: u32,
    a: u32,
    b: u32,
}

/// The best local alignment of a segment with the content of a text.
fn best_place(segment: &[Item], b: &[Item]) -> Option<Resemblance> {
    let mut row = vec![Cell::default(); b.len() + 1];
    let mut best = (Cell::default(), 0, 0);
    for (i, x) in segment.iter().enumerate() {
        let mut diagonal = Cell::default();
        for (j, y) in b.iter().enumerate() {
            let (above, left) = (row[j + 1], row[j]);
            let mut cell = if x.hash == y.hash {
                let start = if diagonal.score > 0.0 {
                    diagonal
                } else {
                    Cell {
                        a: i as u32,
                        b: j as u32,
                        ..Cell::default()
                    }
                };
                Cell {
                    score: start.score + x.weight,
                    equal: start.equal + 1,
                    ..start
                }
            } else {
                less(diagonal, CHANGED)
            };
            for other in [less(above, MISSING), less(left, MISSING)] {
                if other.score > cell.score {
                    cell = other;
                }
            }
            if cell.score > best.0.score {
                best = (cell, i, j);
            }
            diagonal = above;
            row[j + 1] = cell;
        }
    }
    let (cell, i, j) = best;
    (cell.score > BY_CHANCE && cell.equal >= LEAST_EQUAL).then(|| Resemblance {
        a: segment[cell.a as usize].start as usize..segment[i].end as usize,
        b: b[cell.b as usize].start as usize..b[j].end as usize,
        equal: cell.equal,
        score: f64::from(cell.score - BY_CHANCE),
        items: cell.b as usize..j + 1,
    })
}

fn less(cell: Cell, penalty: f32) -> Cell {
    if cell.score <= penalty {
        Cell::default()
    } else {
        Cell {
            score: cell.score - penalty,
            ..cell
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::token::tokens;

    const LINE: &str = "Rebuilt the timetable solver so that a storm closes one pier, with 38 percent fewer stranded cars.";
    const REWORDED: &str = "Renewed our timetable engine: one storm now closes a single pier and leaves 38 percent less stranded cars.";
    const OTHER: &str = "Taught the depot to read its fuel records, which saved 47 thousand litres in one year of storm.";

    /// Short words stand for common ones.
    fn of(text: &str) -> Content {
        let words = tokens(text);
        let length = |t: &Token| t.end - t.start;
        content(text, &words, &Told::default(), |t| {
            if length(t) < 4 { 5_000 } else { 50 }
        })
    }

    fn between(a: &str, b: &str) -> f64 {
        score(&resemblances(&of(a), &of(b)), (0, 0))
    }

    #[test]
    fn rare_words_and_numbers_in_order_survive_rewording() {
        let text = format!("{OTHER}\n{REWORDED}\n");
        let found = resemblances(&of(LINE), &of(&text));
        assert_eq!(found.len(), 1);
        assert!(found[0].equal >= 6, "{found:?}");
        assert!(text[found[0].b.clone()].starts_with("timetable engine"));
        assert_eq!(between(LINE, OTHER), 0.0);
    }

    #[test]
    fn the_same_words_in_another_order_count_for_less() {
        let backwards: Vec<&str> = LINE.split(' ').rev().collect();
        assert!(between(LINE, &backwards.join(" ")) < between(LINE, REWORDED));
    }

    #[test]
    fn a_line_that_is_repeated_is_not_counted_again() {
        let twice = format!("{LINE}\n{LINE}\n");
        assert_eq!(between(&twice, LINE), between(LINE, LINE));
        assert_eq!(between(&twice, &twice), between(LINE, LINE));
    }

    #[test]
    fn what_is_common_or_told_is_left_out() {
        let text = "Cut waste by 38 percent in ten weeks";
        let words = tokens(text);
        let left = |told: &Told| content(text, &words, told, |_| 50).len();
        assert_eq!(left(&Told::default()), 8);
        assert_eq!(left(&Told::default()), left(&Told::common(&words, |_| 0)));
        assert_eq!(left(&Told::common(&words, |_| 4)), 0);
        let none = || Told::common(&words, |_| 0);
        assert_eq!(left(&none().and(std::iter::once(2..5))), 4, "38 is inside");
    }

    #[test]
    fn years_are_no_content() {
        assert!(of("in 2019 to 2021").is_empty());
        assert_eq!(of("in 38 to 1,212").len(), 2);
    }
}
