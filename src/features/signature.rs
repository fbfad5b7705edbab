//! MinHash signatures by one-permutation hashing.
//!
//! Broder 1997 (resemblance); Li, Owen, Zhang 2012 (one permutation); Shrivastava 2017 (optimal densification). Each
//! shingle hash falls into one of 128 bins and the least value of each bin is kept; an empty bin of a short text borrows
//! from a bin chosen by a fixed sequence, which keeps the estimate unbiased. The share of equal slots estimates the
//! Jaccard index of the shingle sets.

use crate::features::shingle::for_each_shingle;
use crate::features::shingle::segment_shingles;
use crate::features::token::TOKENISER_VERSION;
use crate::features::token::Token;
use crate::features::token::Words;
use crate::model::{HASH_VERSION, SIGNATURE_LEN, Signature, combine, mix};

/// Bands of the join: 32 bands of 4 slots make a pair of Jaccard 0.42 a candidate with probability 0.63 and one of 0.7
/// with 0.9998.
pub const BANDS: usize = 32;

const ROWS: usize = SIGNATURE_LEN / BANDS;
const EMPTY: u32 = u32::MAX;

/// The version a signature made here carries.
pub const SIGNATURE_VERSION: u16 = HASH_VERSION << 8 | TOKENISER_VERSION;

/// The signature of a text.
pub fn sign(text: &str) -> Signature {
    sign_words(&Words::new(text))
}

/// The signature of a text's words, by their hashes.
pub fn sign_words(words: &Words) -> Signature {
    let mut bins = Bins::new();
    for segment in words.segments() {
        segment_shingles(segment, |hash| bins.add(hash));
    }
    bins.signature(words.len())
}

/// The signature of a text's words.
pub fn sign_tokens(tokens: &[Token]) -> Signature {
    let mut bins = Bins::new();
    for_each_shingle(tokens, |hash| bins.add(hash));
    bins.signature(tokens.len())
}

/// The least value of each bin so far.
struct Bins {
    slots: [u32; SIGNATURE_LEN],
    num_shingles: u32,
}

impl Bins {
    fn new() -> Self {
        Self {
            slots: [EMPTY; SIGNATURE_LEN],
            num_shingles: 0,
        }
    }

    #[inline(always)]
    fn add(&mut self, hash: u64) {
        let slot = &mut self.slots[(hash >> 57) as usize];
        *slot = (*slot).min(hash as u32);
        self.num_shingles += 1;
    }

    fn signature(mut self, num_words: usize) -> Signature {
        let slots = if num_words == 0 {
            Vec::new()
        } else {
            densify(&mut self.slots);
            self.slots.to_vec()
        };
        Signature {
            version: SIGNATURE_VERSION,
            slots,
            num_shingles: self.num_shingles,
            num_words: num_words as u32,
        }
    }
}

/// Fills empty bins from full ones along a sequence that depends on the bin alone.
fn densify(slots: &mut [u32; SIGNATURE_LEN]) {
    if !slots.contains(&EMPTY) {
        return;
    }
    let full = *slots;
    for (bin, slot) in slots.iter_mut().enumerate() {
        let mut step = 0u64;
        while *slot == EMPTY {
            step += 1;
            let from = mix((bin as u64) << 32 | step) as usize % SIGNATURE_LEN;
            *slot = full[from];
            // A single shingle may hash to the value that means "empty"; give up on such a text.
            if step > 1 << 16 {
                return;
            }
        }
    }
}

/// The keys of a signature's bands; none for a document without words.
pub fn band_keys(signature: &Signature) -> impl Iterator<Item = u64> + '_ {
    let seed = u64::from(signature.version);
    signature
        .slots
        .chunks_exact(ROWS)
        .enumerate()
        .map(move |(band, rows)| {
            rows.iter()
                .fold(combine(seed, band as u64), |state, &slot| {
                    combine(state, u64::from(slot))
                })
        })
}

/// Estimated Jaccard index of two signatures of one version, 0 to 1; `None` where they cannot be compared.
pub fn estimate(a: &Signature, b: &Signature) -> Option<f64> {
    if a.version != b.version || a.slots.len() != SIGNATURE_LEN || b.slots.len() != SIGNATURE_LEN {
        return None;
    }
    let equal = a.slots.iter().zip(&b.slots).filter(|(x, y)| x == y).count();
    Some(equal as f64 / SIGNATURE_LEN as f64)
}

/// Exact Jaccard index of the shingle sets of two texts' words, 0 to 1.
pub fn jaccard(a: &[Token], b: &[Token]) -> f64 {
    let set = |tokens: &[Token]| {
        let mut all = Vec::with_capacity(tokens.len());
        for_each_shingle(tokens, |h| all.push(h));
        all.sort_unstable();
        all.dedup();
        all
    };
    let (a, b) = (set(a), set(b));
    let shared = a.iter().filter(|h| b.binary_search(h).is_ok()).count();
    let union = a.len() + b.len() - shared;
    if union == 0 {
        0.0
    } else {
        shared as f64 / union as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::token::tokens;
    use proptest::prelude::*;

    fn text(words: &[u32]) -> String {
        words.iter().map(|w| format!("w{} ", letters(*w))).collect()
    }

    fn letters(mut n: u32) -> String {
        let mut s = String::new();
        loop {
            s.push((b'a' + (n % 26) as u8) as char);
            n /= 26;
            if n == 0 {
                return s;
            }
        }
    }

    proptest! {
        /// The estimate of 128 slots stays within five standard errors of the exact index, short texts included.
        #[test]
        fn estimate_agrees_with_the_exact_index(common in 20usize..400, own in 0usize..300, seed in 0u32..1000) {
            let shared: Vec<u32> = (0..common as u32).map(|i| i + seed * 7919).collect();
            let mut a = shared.clone();
            let mut b = shared;
            a.extend((0..own as u32).map(|i| 1_000_000 + i * 3 + seed));
            b.extend((0..own as u32).map(|i| 9_000_000 + i * 3 + seed));
            let (a, b) = (tokens(&text(&a)), tokens(&text(&b)));
            let exact = jaccard(&a, &b);
            let guess = estimate(&sign_tokens(&a), &sign_tokens(&b)).unwrap();
            // Densified bins repeat each other, which widens the error of texts with few shingles.
            let bins = (common as f64).min(SIGNATURE_LEN as f64);
            let error = (exact * (1.0 - exact) / bins).sqrt();
            prop_assert!((exact - guess).abs() <= 5.0 * error + 0.02, "exact {exact}, estimate {guess}");
        }
    }

    #[test]
    fn a_short_text_fills_every_slot() {
        let signature = sign("Led a team of four engineers");
        assert!(!signature.slots.contains(&EMPTY));
        assert_eq!(
            estimate(&signature, &sign("led a team of four engineers")),
            Some(1.0)
        );
        assert!(sign("2019 - 2021").slots.is_empty());
    }

    #[test]
    fn equal_texts_share_every_band_and_other_texts_none() {
        let keys = |t: &str| band_keys(&sign(t)).collect::<Vec<_>>();
        let one = "wrote the ledger reconciliation service that closed the month in an hour";
        assert_eq!(keys(one), keys(one));
        let other = "kept greenhouse irrigation controllers alive through two winters of storms";
        assert!(keys(one).iter().all(|k| !keys(other).contains(k)));
    }
}
