//! Winnowed fingerprints: which of a text's five-word phrases are kept as keys, so that reuse of a single bullet is found.
//!
//! Schleimer, Wilkerson, Aiken 2003 (winnowing). Of every [`WINDOW`] phrases that follow each other in a segment the one
//! with the least hash is kept, a segment with fewer phrases keeps its least: about two in five. Which phrase of a window
//! is kept depends on the window alone, therefore two texts with [`GUARANTEE`] words in a row in common (inside one
//! segment) have a fingerprint in common, and so have two equal segments of [`PHRASE_K`] words or more. Where several
//! phrases of a window have the least hash the rightmost counts, as in the paper; equal hashes are equal values, so that
//! for values without places this changes nothing.
//!
//! A fingerprint *is* the phrase's hash as the reference of common phrases knows it, so its rarity can be looked up.
//! Places are not kept: whoever needs them aligns the texts (`features::align`).

use crate::features::shingle::PHRASE_K;

/// Phrases of which one is kept. Window 4 over phrases of five words found 95 % of the planted pairs, all phrases 95 %
/// too (METHODS: text reuse).
pub const WINDOW: usize = 4;

/// Shared words in a row, inside a segment, from which on two texts surely share a fingerprint.
pub const GUARANTEE: usize = PHRASE_K + WINDOW - 1;

/// Writes the fingerprints of one segment to the beginning of `out`, in the order of the text, and gives their number;
/// `phrases` are the hashes of its phrases, and `out` has room for as many. The same fingerprint does not follow itself,
/// but may come again later.
pub fn winnow(phrases: &[u64], out: &mut [u64]) -> usize {
    let Some(first) = phrases.iter().take(WINDOW).min() else {
        return 0;
    };
    out[0] = *first;
    let mut num = 1;
    let mut last = *first;
    for window in phrases.windows(WINDOW).skip(1) {
        let least = window.iter().fold(u64::MAX, |least, &next| least.min(next));
        // Written always and counted if it is new: a branch here would be guessed wrongly every third time.
        out[num] = least;
        num += usize::from(least != last);
        last = least;
    }
    num
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn kept(phrases: &[u64]) -> Vec<u64> {
        let mut out = phrases.to_vec();
        let num = winnow(phrases, &mut out);
        out.truncate(num);
        out
    }

    #[test]
    fn the_example_of_the_paper() {
        let hashes = [
            77, 74, 42, 17, 98, 50, 17, 98, 8, 88, 67, 39, 77, 74, 42, 17, 98,
        ];
        // The paper keeps the second 17 of the window (17, 98, 50, 17) as another place of the same value.
        assert_eq!(kept(&hashes), [17, 8, 39, 17]);
    }

    #[test]
    fn a_short_segment_keeps_one_and_an_empty_one_none() {
        assert_eq!(kept(&[9, 3, 5]), [3]);
        assert_eq!(kept(&[9]), [9]);
        assert!(kept(&[]).is_empty());
    }

    proptest! {
        /// Whatever stands around it, a run of `WINDOW` phrases in common shares a fingerprint.
        #[test]
        fn a_shared_run_shares_a_fingerprint(
            run in prop::collection::vec(0u64..1000, WINDOW..12),
            a in (prop::collection::vec(0u64..1000, 0..9), prop::collection::vec(0u64..1000, 0..9)),
            b in (prop::collection::vec(0u64..1000, 0..9), prop::collection::vec(0u64..1000, 0..9)),
        ) {
            let around = |(before, after): &(Vec<u64>, Vec<u64>)| kept(&[before.as_slice(), &run, after].concat());
            let (a, b) = (around(&a), around(&b));
            prop_assert!(a.iter().any(|f| b.contains(f)));
        }
    }
}
