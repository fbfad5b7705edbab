//! Fingerprints of a stream of leaves: Schleimer, Wilkerson, Aiken 2003 (winnowing) over k leaves that follow each other.
//!
//! Of every [`WINDOW`] hashes that follow each other the least is kept, the rightmost where several are least, so that two
//! files with K + WINDOW - 1 leaves in a row in common surely share a fingerprint. Hashes are polynomial over the leaves'
//! own hashes, so that each costs the same whatever k is, and spread by `model::mix`: fixed under `HASH_VERSION`.
//!
//! Stretches of few different leaves (tables of numbers, lists of names) are alike everywhere and give no fingerprint.

use crate::features::code::leaves::Leaf;
use crate::model::CodeMark;
use crate::model::mix;

/// Leaves of a normalised fingerprint (METHODS: 20 to 23 are best on published sets).
pub const K: usize = 20;
/// Leaves of a raw fingerprint: a line or two as they are written.
pub const RAW_K: usize = 8;
/// Fingerprints of which one is kept, in both streams.
pub const WINDOW: usize = 6;

/// Fewest different leaves in a normalised fingerprint.
const MIN_DIFFERENT: usize = 6;

/// The base of the polynomial: the 64-bit golden ratio, odd.
const BASE: u64 = 0x9E37_79B9_7F4A_7C15;

/// Fingerprints of leaves by class, with the lines they cover.
pub(in crate::features::code) fn normalised(leaves: &[Leaf]) -> Vec<CodeMark> {
    let mut marks = Vec::new();
    winnow::<K>(
        leaves,
        |leaf| leaf.kind,
        |hash, at| {
            let covered = &leaves[at..at + K];
            if num_different(covered) >= MIN_DIFFERENT {
                let (first, last) = (covered[0].line, covered[K - 1].line);
                let more = u16::try_from(last.saturating_sub(first)).unwrap_or(u16::MAX);
                marks.push(CodeMark { hash, first, more });
            }
        },
    );
    marks
}

/// Fingerprints of leaves as they are written.
pub(in crate::features::code) fn raw(leaves: &[Leaf]) -> Vec<u32> {
    let mut marks = Vec::new();
    winnow::<RAW_K>(
        leaves,
        |leaf| leaf.text,
        |hash, _| marks.push((hash >> 32) as u32),
    );
    marks
}

fn num_different(leaves: &[Leaf]) -> usize {
    let mut seen = [0u32; MIN_DIFFERENT];
    let mut num = 0;
    for leaf in leaves {
        if !seen[..num].contains(&leaf.kind) {
            seen[num] = leaf.kind;
            num += 1;
            if num == MIN_DIFFERENT {
                break;
            }
        }
    }
    num
}

/// Calls `keep` with hash and first leaf of each fingerprint that is kept, in order.
fn winnow<const N: usize>(
    leaves: &[Leaf],
    value: impl Fn(&Leaf) -> u32,
    mut keep: impl FnMut(u64, usize),
) {
    if leaves.len() < N {
        return;
    }
    let spread = |leaf: &Leaf| u64::from(value(leaf)) + 1;
    let highest = (1..N).fold(1u64, |power, _| power.wrapping_mul(BASE));
    let push = |state: u64, leaf: &Leaf| state.wrapping_mul(BASE).wrapping_add(spread(leaf));
    let mut state = leaves[..N].iter().fold(0, push);
    let mut ring = [u64::MAX; WINDOW];
    let (mut least, mut least_at) = (u64::MAX, usize::MAX);
    let mut kept = usize::MAX;
    let num = leaves.len() - N + 1;
    for at in 0..num {
        if at > 0 {
            state = state.wrapping_sub(spread(&leaves[at - 1]).wrapping_mul(highest));
            state = push(state, &leaves[at + N - 1]);
        }
        let hash = mix(state);
        ring[at % WINDOW] = hash;
        if hash <= least || least_at == usize::MAX {
            (least, least_at) = (hash, at);
        } else if at - least_at >= WINDOW {
            least = u64::MAX;
            for back in (0..WINDOW).rev() {
                let place = at - back;
                if ring[place % WINDOW] <= least {
                    (least, least_at) = (ring[place % WINDOW], place);
                }
            }
        }
        let window_is_full = at + 1 >= WINDOW || at + 1 == num;
        if window_is_full && least_at != kept {
            keep(least, least_at);
            kept = least_at;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::code::leaves::Class;
    use proptest::prelude::*;

    fn leaves(kinds: &[u32]) -> Vec<Leaf> {
        let leaf = |(n, &kind): (usize, &u32)| Leaf {
            kind,
            text: kind,
            line: n as u32 / 5 + 1,
            class: Class::Sign,
            start: 0,
            end: 0,
        };
        kinds.iter().enumerate().map(leaf).collect()
    }

    #[test]
    fn a_stretch_without_variety_gives_nothing() {
        let table: Vec<u32> = (0..400).map(|n| n % 3).collect();
        assert!(normalised(&leaves(&table)).is_empty());
        assert!(!raw(&leaves(&table)).is_empty());
        assert!(normalised(&leaves(&[1; K - 1])).is_empty());
    }

    #[test]
    fn lines_are_those_of_the_leaves() {
        let all: Vec<u32> = (0..25).collect();
        let marks = normalised(&leaves(&all));
        assert!(!marks.is_empty());
        assert!(
            marks
                .iter()
                .all(|m| m.first >= 1 && m.more == 3 || m.more == 4)
        );
    }

    proptest! {
        /// Whatever stands around it, a run of K + WINDOW - 1 leaves in common shares a fingerprint.
        #[test]
        fn a_shared_run_shares_a_fingerprint(
            a in prop::collection::vec(100u32..1000, 0..40),
            b in prop::collection::vec(100u32..1000, 0..40),
            c in prop::collection::vec(100u32..1000, 0..40),
        ) {
            let run: Vec<u32> = (0..(K + WINDOW - 1) as u32).collect();
            let hashes = |before: &[u32], after: &[u32]| -> Vec<u64> {
                let all = [before, &run, after].concat();
                normalised(&leaves(&all)).iter().map(|m| m.hash).collect()
            };
            let (left, right) = (hashes(&a, &b), hashes(&c, &a));
            prop_assert!(left.iter().any(|h| right.contains(h)));
        }
    }
}
