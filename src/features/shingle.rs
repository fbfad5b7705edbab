//! Word shingles: hashes of `k` words in a row, inside one segment.
//!
//! A segment with fewer than `k` words gives one shingle of all its words, so that short bullets and headings count.

use crate::features::token::Token;
use crate::features::word_hash::end_row;
use crate::features::word_hash::hash_row;
use crate::features::word_hash::push_word;

/// Words of a shingle of the signature. k = 3 keeps 97 % of shuffled and 95 % of lightly paraphrased copies among the
/// candidates, k = 5 only 75 % and 59 % (METHODS: text reuse).
pub const SIGNATURE_K: usize = 3;

/// Words of a phrase whose rarity the reference knows.
pub const PHRASE_K: usize = 5;

/// A phrase of [`PHRASE_K`] words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Phrase {
    /// Its hash.
    pub hash: u64,
    /// Index of its first word.
    pub first: u32,
}

/// Hash of words in a row.
#[inline]
pub fn hash_words(words: &[Token]) -> u64 {
    end_row(
        words.iter().fold(0, |row, t| push_word(row, t.hash)),
        words.len(),
    )
}

/// Calls `emit` with the hash of every shingle of one segment, by the hashes of its words: the inner loop of signing.
#[inline(always)]
pub fn segment_shingles(segment: &[u64], mut emit: impl FnMut(u64)) {
    if segment.len() < SIGNATURE_K {
        emit(hash_row(segment));
    }
    segment.windows(SIGNATURE_K).for_each(|w| emit(hash_row(w)));
}

/// Calls `emit` with the hash of every shingle of [`SIGNATURE_K`] words.
pub fn for_each_shingle(tokens: &[Token], mut emit: impl FnMut(u64)) {
    for segment in segments(tokens) {
        if segment.len() < SIGNATURE_K {
            emit(hash_words(segment));
        }
        segment
            .windows(SIGNATURE_K)
            .for_each(|w| emit(hash_words(w)));
    }
}

/// Every phrase of [`PHRASE_K`] words, in order; segments with fewer words give none.
pub fn phrases(tokens: &[Token]) -> Vec<Phrase> {
    let mut out = Vec::with_capacity(tokens.len());
    let mut start = 0;
    for segment in segments(tokens) {
        for (i, w) in segment.windows(PHRASE_K).enumerate() {
            out.push(Phrase {
                hash: hash_words(w),
                first: (start + i) as u32,
            });
        }
        start += segment.len();
    }
    out
}

/// The words of each segment.
pub fn segments(tokens: &[Token]) -> impl Iterator<Item = &[Token]> {
    tokens.chunk_by(|_, next| !next.opens)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::token::tokens;

    fn shingles(text: &str) -> Vec<u64> {
        let mut out = Vec::new();
        for_each_shingle(&tokens(text), |h| out.push(h));
        out.sort_unstable();
        out
    }

    #[test]
    fn neither_wrapping_nor_block_order_changes_shingles() {
        let a = "Built the billing service for clinics.\nLed a team of four.\n";
        let b = "Led a team of four.\nBuilt the billing\nservice for clinics.\n";
        assert_eq!(shingles(a), shingles(b));
    }

    #[test]
    fn order_inside_a_segment_matters() {
        assert_ne!(shingles("one two three"), shingles("three two one"));
        assert_ne!(shingles("one two"), shingles("two one"));
    }

    #[test]
    fn phrases_need_five_words_in_one_segment() {
        assert_eq!(phrases(&tokens("a b c d. e f g h i j")).len(), 2);
    }
}
