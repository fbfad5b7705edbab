//! Colinear chains of shared fingerprints between two files: what was copied as one stretch.
//!
//! As in the chaining of seeds when genomes are compared (Abouelhoda and Ohlebusch 2005): an anchor is a fingerprint that
//! stands in both files; a chain takes anchors in one order on both sides with small gaps between them, so that changed
//! lines inside a copied function do not end it, and reordered functions make one chain each. A gap costs something, so
//! that idioms which two files have here and there make no chain. Each fingerprint of a side stands in one chain at most, the heaviest first.

use std::collections::HashSet;

/// A fingerprint that stands in both files, by its number in each, and what it weighs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Anchor {
    /// Number of the fingerprint in the first file.
    pub a: u32,
    /// Number of the fingerprint in the second.
    pub b: u32,
    /// Its weight, 0 to 1.
    pub weight: f32,
}

/// Most fingerprints between two anchors of a chain, on either side: some fifteen lines.
const MAX_GAP: u32 = 16;

/// What each fingerprint of a gap costs when chains are made: a chain has three anchors in five fingerprints at least.
const GAP_COST: f32 = 0.6;

/// How many anchors before it each anchor is tried to be joined to.
const LOOK_BACK: usize = 64;

/// Rounds of chaining: what is left after them is code that repeats itself.
const MAX_ROUNDS: usize = 12;

/// Chains of anchors, heaviest first; each has at least `least` anchors.
pub fn chains(mut anchors: Vec<Anchor>, least: usize) -> Vec<Vec<Anchor>> {
    anchors.sort_unstable_by_key(|x| (x.a, x.b));
    let mut out: Vec<Vec<Anchor>> = Vec::new();
    let mut used = Used::default();
    for _ in 0..MAX_ROUNDS {
        let (best, before) = join(&anchors);
        let mut ends: Vec<usize> = (0..anchors.len()).collect();
        ends.sort_by(|&x, &y| best[y].total_cmp(&best[x]).then(x.cmp(&y)));
        let num_before = out.len();
        for end in ends {
            let chain = trace(end, &before, &anchors, &used);
            if chain.len() >= least.max(1) {
                chain.iter().for_each(|x| used.take(x));
                out.push(chain);
            }
        }
        if out.len() == num_before {
            break;
        }
        // What the chains cut off may chain anew.
        anchors.retain(|x| used.is_free(x));
    }
    out.sort_by(|x, y| weight(y).total_cmp(&weight(x)).then(x[0].a.cmp(&y[0].a)));
    out
}

/// What a chain weighs.
pub fn weight(chain: &[Anchor]) -> f64 {
    chain.iter().map(|x| f64::from(x.weight)).sum()
}

/// The weight of the best chain that ends at each anchor, and the anchor before it in that chain.
fn join(anchors: &[Anchor]) -> (Vec<f32>, Vec<Option<usize>>) {
    let mut best: Vec<f32> = Vec::with_capacity(anchors.len());
    let mut before = Vec::with_capacity(anchors.len());
    for (at, x) in anchors.iter().enumerate() {
        let from = at.saturating_sub(LOOK_BACK);
        let fits =
            |y: &Anchor| y.a < x.a && y.b < x.b && x.a - y.a <= MAX_GAP && x.b - y.b <= MAX_GAP;
        let gain = |i: usize| {
            let y = &anchors[i];
            let gap = (x.a - y.a).max(x.b - y.b) - 1;
            best[i] - GAP_COST * x.weight.max(y.weight) * gap as f32
        };
        let previous = (from..at)
            .rev()
            .filter(|&i| fits(&anchors[i]))
            .map(|i| (i, gain(i)))
            .filter(|(_, gain)| *gain > 0.0)
            .max_by(|x, y| x.1.total_cmp(&y.1));
        best.push(x.weight + previous.map_or(0.0, |(_, gain)| gain));
        before.push(previous.map(|(i, _)| i));
    }
    (best, before)
}

/// Fingerprints that stand in a chain.
#[derive(Default)]
struct Used {
    a: HashSet<u32>,
    b: HashSet<u32>,
}

impl Used {
    fn take(&mut self, x: &Anchor) {
        self.a.insert(x.a);
        self.b.insert(x.b);
    }

    fn is_free(&self, x: &Anchor) -> bool {
        !self.a.contains(&x.a) && !self.b.contains(&x.b)
    }
}

/// The chain that ends at an anchor, in order; it ends where it meets another, and is empty where the anchor is used.
fn trace(end: usize, before: &[Option<usize>], anchors: &[Anchor], used: &Used) -> Vec<Anchor> {
    let free = |at: &usize| used.is_free(&anchors[*at]);
    let steps = std::iter::successors(Some(end).filter(free), |&at| before[at].filter(free));
    let mut chain: Vec<Anchor> = steps.map(|at| anchors[at]).collect();
    chain.reverse();
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn anchors(pairs: impl IntoIterator<Item = (u32, u32)>) -> Vec<Anchor> {
        let anchor = |(a, b)| Anchor { a, b, weight: 1.0 };
        pairs.into_iter().map(anchor).collect()
    }

    #[test]
    fn reordered_functions_are_two_chains_and_changed_lines_do_not_end_one() {
        let first = (0..30).filter(|n| n % 7 != 3).map(|n| (n, n + 100));
        let second = (30..60).map(|n| (n, n - 30));
        let found = chains(anchors(first.chain(second)), 8);
        assert_eq!(found.iter().map(Vec::len).collect::<Vec<_>>(), [30, 26]);
        assert_eq!((found[0][0].b, weight(&found[0])), (0, 30.0));
    }

    #[test]
    fn what_repeats_itself_is_counted_once() {
        let all = (0..20).flat_map(|a| (0..20).map(move |b| (a, b)));
        let found = chains(anchors(all), 8);
        let used: Vec<u32> = found.iter().flatten().map(|x| x.a).collect();
        assert_eq!(found[0].len(), 20);
        assert!(used.len() <= 20, "{found:?}");
    }

    #[test]
    fn scattered_anchors_are_no_chain() {
        let far = (0..30).map(|n| (n * 40, n * 37));
        assert!(chains(anchors(far), 3).is_empty());
        assert!(chains(Vec::new(), 0).is_empty());
    }
}
