//! One tokenisation, two passes: the MinHash signature for documents that are nearly the same, and the winnowed
//! fingerprints for passages.

use crate::features::shingle::PHRASE_K;
use crate::features::signature::SIGNATURE_VERSION;
use crate::features::signature::sign_words;
use crate::features::token::Words;
use crate::features::winnow::winnow;
use crate::features::word_hash::hash_row;
use crate::model::{Fingerprints, Signature};

/// What joins take of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TextFeatures {
    /// MinHash of its three-word shingles.
    pub signature: Signature,
    /// Winnowed five-word phrases.
    pub fingerprints: Fingerprints,
}

/// Signature and fingerprints of a text.
pub fn text_features(text: &str) -> TextFeatures {
    features_of(&Words::new(text))
}

/// Signature and fingerprints of a text's words.
pub fn features_of(words: &Words) -> TextFeatures {
    let mut hashes = vec![0; words.len()];
    let mut num = 0;
    let mut phrases = Vec::with_capacity(words.len());
    for segment in words.segments() {
        phrases.clear();
        phrases.extend(segment.windows(PHRASE_K).map(hash_row));
        num += winnow(&phrases, &mut hashes[num..]);
    }
    hashes.truncate(num);
    hashes.shrink_to_fit();
    TextFeatures {
        signature: sign_words(words),
        fingerprints: Fingerprints {
            version: SIGNATURE_VERSION,
            hashes,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::shingle::phrases;
    use crate::features::signature::sign;
    use crate::features::token::tokens;
    use crate::features::winnow::GUARANTEE;
    use proptest::prelude::*;

    const SHARED: &str = "rebuilt the ferry timetable solver after storms";

    #[test]
    fn fingerprints_are_phrases_and_the_signature_is_the_same_alone() {
        let text = "Rebuilt the timetable solver so that one storm closes one pier. Led a team of four engineers.\n";
        let features = text_features(text);
        assert_eq!(features.signature, sign(text));
        let all: Vec<u64> = phrases(&tokens(text)).iter().map(|p| p.hash).collect();
        assert!(!features.fingerprints.hashes.is_empty());
        assert!(features.fingerprints.hashes.len() < all.len());
        assert!(features.fingerprints.hashes.iter().all(|f| all.contains(f)));
    }

    #[test]
    fn a_bullet_of_five_words_has_one() {
        assert_eq!(
            text_features("- led five small ferry crews\n")
                .fingerprints
                .hashes
                .len(),
            1
        );
        assert!(
            text_features("- led four ferry crews\n")
                .fingerprints
                .hashes
                .is_empty()
        );
    }

    proptest! {
        /// Eight words in a row inside a segment: one fingerprint in common, whatever stands before and after.
        #[test]
        fn eight_shared_words_share_a_fingerprint(before in 0usize..9, after in 0usize..9, gone in 0usize..9) {
            let words = |n: usize, c: char| (0..n).map(|i| format!("{c}{} ", "x".repeat(i))).collect::<String>();
            let shared = format!("{SHARED} {}", "again");
            prop_assert_eq!(shared.split(' ').count(), GUARANTEE);
            let a = format!("{}{shared} {}", words(before, 'b'), words(after, 'a'));
            let b = format!("{}{shared} {}", words(gone, 'c'), words(before, 'd'));
            let (a, b) = (text_features(&a).fingerprints.hashes, text_features(&b).fingerprints.hashes);
            prop_assert!(a.iter().any(|f| b.contains(f)));
        }
    }
}
