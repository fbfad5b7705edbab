//! Passages that stand in two texts: seed and extend over words.
//!
//! Seeds are phrases of five words inside a segment that both texts have; each is extended to the longest run of equal
//! words. Runs that follow each other in both texts with at most a few changed words between them are one passage.
//! No gap is scored: what is counted is the words that agree (see `detect::near_text` for what they weigh).

use crate::features::shingle::PHRASE_K;
use crate::features::shingle::phrases;
use crate::features::token::Token;
use std::collections::HashMap;
use std::ops::Range;

/// Most changed words between two runs of one passage.
const MAX_GAP: usize = 4;

/// Most places of one seed in the second text that are tried: a text that repeats itself stays linear.
const MAX_PLACES: usize = 16;

/// A run of equal words: word indices on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// Words of the first text.
    pub a: Range<usize>,
    /// Words of the second text.
    pub b: Range<usize>,
}

/// One passage: runs in order on both sides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SharedPassage {
    /// The runs; at least one.
    pub runs: Vec<Run>,
}

impl SharedPassage {
    /// From the first to the last word in the first text.
    pub fn a(&self) -> Range<usize> {
        self.runs[0].a.start..self.runs[self.runs.len() - 1].a.end
    }

    /// From the first to the last word in the second text.
    pub fn b(&self) -> Range<usize> {
        self.runs[0].b.start..self.runs[self.runs.len() - 1].b.end
    }

    /// Number of equal words.
    pub fn words(&self) -> usize {
        self.runs.iter().map(|r| r.a.len()).sum()
    }
}

/// The passages two texts share, in the order of the first.
pub fn align(a: &[Token], b: &[Token]) -> Vec<SharedPassage> {
    let mut places: HashMap<u64, Vec<u32>> = HashMap::new();
    for phrase in phrases(b) {
        let at = places.entry(phrase.hash).or_default();
        if at.len() < MAX_PLACES {
            at.push(phrase.first);
        }
    }
    let mut runs: Vec<Run> = Vec::new();
    let mut next = 0;
    for phrase in phrases(a) {
        let from = phrase.first as usize;
        if from < next {
            continue;
        }
        let Some(at) = places.get(&phrase.hash) else {
            continue;
        };
        let floor = runs.last().map_or(0, |r| r.a.end);
        let best = at
            .iter()
            .map(|&to| extend(a, b, from, to as usize, floor))
            .max_by_key(|r| r.a.len());
        // A hash collision would extend to fewer words than a phrase has.
        if let Some(run) = best.filter(|r| r.a.len() >= PHRASE_K) {
            next = run.a.end;
            runs.push(run);
        }
    }
    join(runs)
}

/// The longest run of equal words through `a[from]` and `b[to]`, not reaching below `floor` in `a`.
fn extend(a: &[Token], b: &[Token], from: usize, to: usize, floor: usize) -> Run {
    let back = (1..=from.min(to))
        .take_while(|&n| from - n >= floor && a[from - n].hash == b[to - n].hash)
        .count();
    let ahead = a[from..]
        .iter()
        .zip(&b[to..])
        .take_while(|(x, y)| x.hash == y.hash)
        .count();
    Run {
        a: from - back..from + ahead,
        b: to - back..to + ahead,
    }
}

/// Joins runs that go on after a few changed words.
fn join(runs: Vec<Run>) -> Vec<SharedPassage> {
    let mut out: Vec<SharedPassage> = Vec::new();
    for run in runs {
        let goes_on = out.last().is_some_and(|p| {
            let (a, b) = (p.a().end, p.b().end);
            run.a.start >= a
                && run.b.start >= b
                && run.a.start - a <= MAX_GAP
                && run.b.start - b <= MAX_GAP
        });
        match out.last_mut() {
            Some(last) if goes_on => last.runs.push(run),
            _ => out.push(SharedPassage { runs: vec![run] }),
        }
    }
    out
}

/// Share of the passages' words that stand in one order in both texts, 0 to 1: the heaviest chain of passages that
/// ascends in both. 1 for a copy, towards 0 the more the passages were shuffled; 1 for none.
pub fn in_order(passages: &[SharedPassage]) -> f64 {
    let all: usize = passages.iter().map(SharedPassage::words).sum();
    // Heaviest chain that ends with each passage; `align` gives them in the order of the first text.
    let mut heaviest: Vec<usize> = Vec::with_capacity(passages.len());
    for (i, passage) in passages.iter().enumerate() {
        let before = passages[..i]
            .iter()
            .zip(&heaviest)
            .filter(|(p, _)| p.b().end <= passage.b().start)
            .map(|(_, &weight)| weight)
            .max();
        heaviest.push(before.unwrap_or(0) + passage.words());
    }
    match heaviest.iter().max() {
        Some(&chain) => chain as f64 / all as f64,
        None => 1.0,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::token::tokens;
    use proptest::prelude::*;

    #[test]
    fn shuffled_passages_are_told_from_passages_in_order() {
        let line = |words: &str| format!("{words}.\n");
        let lines = [
            "Keeps the harbour crane turning in winter",
            "Moved nine exports onto one patient queue",
            "Wrote the drill book of the depot",
            "Taught evening classes in repairing radios",
        ]
        .map(line);
        let order = |of: [usize; 4]| {
            let b: String = of.map(|i| lines[i].as_str()).concat();
            in_order(&align(&tokens(&lines.concat()), &tokens(&b)))
        };
        assert_eq!(order([0, 1, 2, 3]), 1.0);
        assert!(order([2, 3, 0, 1]) < 0.6);
        assert!(order([3, 2, 1, 0]) < 0.3);
        assert_eq!(in_order(&[]), 1.0);
    }

    fn shared<'t>(a: &'t str, b: &str) -> Vec<&'t str> {
        let (ta, tb) = (tokens(a), tokens(b));
        align(&ta, &tb)
            .iter()
            .map(|p| &a[ta[p.a().start].start as usize..ta[p.a().end - 1].end as usize])
            .collect()
    }

    #[test]
    fn finds_moved_passages_and_bridges_a_changed_word() {
        let a = "Cut the nightly ledger run from nine hours to forty minutes. Mentored six interns at the depot.";
        let b = "Mentored six interns at the depot. Cut the nightly ledger run down from nine hours to forty minutes.";
        assert_eq!(
            shared(a, b),
            [
                "Cut the nightly ledger run from nine hours to forty minutes",
                "Mentored six interns at the depot"
            ]
        );
    }

    #[test]
    fn four_equal_words_are_no_passage() {
        assert!(
            shared(
                "worked with the team on boats",
                "worked with the team in barns"
            )
            .is_empty()
        );
    }

    proptest! {
        /// What is aligned is equal, word by word, and planted text is covered whole.
        #[test]
        fn alignment_covers_exactly_the_shared_text(n in 5usize..40, before in 0usize..20, after in 0usize..20) {
            let word = |prefix: &str, i: usize| format!("{prefix}{} ", "x".repeat(i + 1));
            let planted: String = (0..n).map(|i| word("p", i)).collect();
            let left: String = (0..before).map(|i| word("l", i)).collect();
            let right: String = (0..after).map(|i| word("r", i)).collect();
            let (a, b) = (format!("{left}{planted}"), format!("{planted}{right}"));
            let (ta, tb) = (tokens(&a), tokens(&b));
            let found = align(&ta, &tb);
            prop_assert_eq!(found.len(), 1);
            prop_assert_eq!(found[0].a(), before..before + n);
            prop_assert_eq!(found[0].b(), 0..n);
            for run in &found[0].runs {
                for (x, y) in run.a.clone().zip(run.b.clone()) {
                    prop_assert_eq!(ta[x].hash, tb[y].hash);
                }
            }
        }
    }
}
