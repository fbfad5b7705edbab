//! A fixed set of short byte strings, asked at every word of a file.

use crate::features::code::spread::Same;
use std::collections::HashMap;
use std::hash::BuildHasherDefault;
use xxhash_rust::xxh3::xxh3_64;

/// Bits of the filter that most strings that are not in the set stop at: small enough for the fastest cache.
const FILTER: usize = 1 << 16;

/// Byte strings, each with a number, found by their hash alone: two of a few thousand do not meet in 64 bits.
#[derive(Debug, Default)]
pub(in crate::features::code::style) struct Known {
    numbers: HashMap<u64, u16, BuildHasherDefault<Same>>,
    filter: Vec<u64>,
}

impl Known {
    /// Adds a string.
    pub fn insert(&mut self, text: &[u8], number: u16) {
        let hash = xxh3_64(text);
        let bit = hash as usize % FILTER;
        self.filter.resize(FILTER / 64, 0);
        self.filter[bit / 64] |= 1 << (bit % 64);
        self.numbers.insert(hash, number);
    }

    /// The number of a string that was added.
    pub fn find(&self, text: &[u8]) -> Option<u16> {
        let hash = xxh3_64(text);
        let bit = hash as usize % FILTER;
        if self.filter.get(bit / 64)? >> (bit % 64) & 1 == 0 {
            return None;
        }
        self.numbers.get(&hash).copied()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_added_is_found_and_nothing_else() {
        let mut known = Known::default();
        assert_eq!(known.find(b""), None);
        let words: Vec<String> = (0..3000u16).map(|n| format!("word {n}")).collect();
        for (n, word) in words.iter().enumerate() {
            known.insert(word.as_bytes(), n as u16);
        }
        for (n, word) in words.iter().enumerate() {
            assert_eq!(known.find(word.as_bytes()), Some(n as u16));
            assert_eq!(known.find(&word.as_bytes()[1..]), None);
        }
    }
}
