//! Shares of one hand's pairs, and how sure they are: hands are drawn anew, not pairs, since all pairs of a hand stand or fall
//! together.

use samehand::model::mix;
use std::collections::BTreeMap;

const RESAMPLES: usize = 2_000;

/// One hand: the kind of its campaign, its pairs at whom somebody looked, and those of whom nothing was found.
pub struct Hand<'a> {
    pub kind: &'a str,
    pub pairs: f64,
    pub silent: f64,
}

/// The share of pairs of whom nothing is found, every kind by its pairs.
pub fn share(hands: &[&Hand<'_>], of_kind: &BTreeMap<&str, f64>) -> f64 {
    let mut kinds: BTreeMap<&str, [f64; 2]> = BTreeMap::new();
    for hand in hands {
        let sums = kinds.entry(hand.kind).or_default();
        sums[0] += hand.pairs;
        sums[1] += hand.silent;
    }
    let weights: f64 = kinds.keys().map(|k| of_kind[k]).sum();
    let shares = kinds
        .iter()
        .map(|(k, [pairs, silent])| of_kind[k] * silent / pairs);
    shares.sum::<f64>() / weights
}

/// Its 95th percentile over resampled hands.
pub fn bound(hands: &[&Hand<'_>], of_kind: &BTreeMap<&str, f64>) -> f64 {
    let mut state = 11u64;
    let mut shares: Vec<f64> = (0..RESAMPLES)
        .map(|_| {
            let drawn: Vec<&Hand<'_>> = (0..hands.len())
                .map(|_| {
                    state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
                    hands[(state % hands.len() as u64) as usize]
                })
                .collect();
            share(&drawn, of_kind)
        })
        .collect();
    shares.sort_by(f64::total_cmp);
    shares[RESAMPLES * 95 / 100]
}
