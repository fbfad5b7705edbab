//! How many applicants of this pool hold a three-word shingle: what rarity is judged by where no reference knows the
//! language of a document.
//!
//! Counts are per applicant, and of 32-bit hashes: a collision makes a shingle look more common than it is, so the error
//! is on the side of less evidence. A shingle that one applicant alone holds is not stored. Memory is linear in the
//! words counted: large pools are counted in parts of the hash's range.
//!
//! A campaign makes its own text common here (METHODS: text reuse); that is why a reference, where one knows the text,
//! is asked first, and why what is weighed by these counts alone never weighs much.
//!
//! It cannot tell languages apart: what three applicants share who alone write a fourth language looks rare.

use crate::link::phrases::table_hash;
use rayon::prelude::*;

/// Rows sorted at once: 256 MB of four-byte hashes.
const ROWS_AT_ONCE: u64 = 1 << 26;

/// Shingles and their holders; empty by default, which calls nothing common.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PoolCounts {
    num_applicants: u32,
    hashes: Vec<u32>,
    holders: Vec<u32>,
}

impl PoolCounts {
    /// Counts the shingles of `num_applicants`; `shingles_of` adds those of the applicant with an index to a list, in any
    /// order, repeated or not. `num_rows` is how many that will be altogether, roughly.
    pub fn count(
        num_applicants: usize,
        num_rows: u64,
        shingles_of: impl Fn(usize, &mut Vec<u64>) + Sync,
    ) -> Self {
        let bits = num_rows
            .div_ceil(ROWS_AT_ONCE)
            .max(1)
            .next_power_of_two()
            .ilog2()
            .min(16);
        Self::in_parts(num_applicants, bits, shingles_of)
    }

    /// Counts that were made elsewhere: (table hash, holders) among so many applicants. What one alone holds may be left out.
    pub fn from_entries(num_applicants: u32, mut entries: Vec<(u32, u32)>) -> Self {
        entries.sort_unstable();
        let (hashes, holders) = entries.into_iter().unzip();
        Self {
            num_applicants,
            hashes,
            holders,
        }
    }

    /// Counts in 2^`bits` parts of the hash's range.
    fn in_parts(
        num_applicants: usize,
        bits: u32,
        shingles_of: impl Fn(usize, &mut Vec<u64>) + Sync,
    ) -> Self {
        let of_applicant = |i: usize, part: u64| {
            let mut shingles = Vec::new();
            shingles_of(i, &mut shingles);
            let mut hashes: Vec<u32> = shingles
                .into_iter()
                .map(table_hash)
                .filter(|&hash| u64::from(hash) >> (32 - bits) == part)
                .collect();
            hashes.sort_unstable();
            hashes.dedup();
            hashes
        };
        let mut counts = Self {
            num_applicants: num_applicants as u32,
            ..Self::default()
        };
        for part in 0..1u64 << bits {
            let mut rows: Vec<u32> = (0..num_applicants)
                .into_par_iter()
                .flat_map_iter(|i| of_applicant(i, part))
                .collect();
            rows.par_sort_unstable();
            for run in rows.chunk_by(|a, b| a == b).filter(|run| run.len() > 1) {
                counts.hashes.push(run[0]);
                counts.holders.push(run.len() as u32);
            }
        }
        counts
    }

    /// Number of applicants counted.
    pub fn num_applicants(&self) -> u32 {
        self.num_applicants
    }

    /// How many applicants hold a shingle, at least one.
    pub fn holders(&self, shingle: u64) -> u32 {
        self.hashes
            .binary_search(&table_hash(shingle))
            .map_or(1, |i| self.holders[i])
    }

    /// (table hash, holders) of everything that at least two applicants hold, by ascending hash.
    pub fn entries(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        self.hashes
            .iter()
            .copied()
            .zip(self.holders.iter().copied())
    }

    /// What a shingle weighs that `among` of the applicants in hand hold (1, or 2 where a pair shares it):
    /// ln((1 + N) / (1 + others)) / ln(1 + N), with N the applicants counted and `others` those who hold it beside the
    /// ones in hand. 1 when nobody else has it, falling to 0; always 1 in a pool of two, which tells nothing of rarity.
    pub fn weight(&self, shingle: u64, among: u32) -> f64 {
        let others = self.holders(shingle).saturating_sub(among);
        if others == 0 {
            return 1.0;
        }
        let all = 1.0 + f64::from(self.num_applicants);
        ((all / (1.0 + f64::from(others))).ln() / all.ln()).max(0.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::mix;

    /// Everybody holds shingle 1, applicants 0 and 1 shingle 2, each a shingle of its own; repetitions change nothing.
    fn shingles(i: usize, out: &mut Vec<u64>) {
        out.extend([1, 1, 100 + i as u64]);
        if i < 2 {
            out.push(2);
        }
    }

    #[test]
    fn weights_fall_with_the_number_of_others() {
        let counts = PoolCounts::count(50, 150, shingles);
        assert_eq!(
            [1, 2, 100, 999].map(|s| counts.holders(s)),
            [50, 2, 1, 1],
            "a shingle not stored is held once"
        );
        assert_eq!(counts.weight(2, 2), 1.0);
        assert!(counts.weight(1, 2) < 0.02);
        assert!(counts.weight(2, 1) < 1.0 && counts.weight(2, 1) > 0.7);
    }

    #[test]
    fn counts_made_elsewhere_are_the_same() {
        let counts = PoolCounts::count(50, 150, shingles);
        let mut entries: Vec<(u32, u32)> = counts.entries().collect();
        entries.reverse();
        assert_eq!(PoolCounts::from_entries(50, entries), counts);
    }

    #[test]
    fn a_pool_of_two_knows_no_rarity() {
        let counts = PoolCounts::count(2, 8, shingles);
        assert_eq!(counts.weight(1, 2), 1.0);
        assert_eq!(PoolCounts::default().weight(1, 2), 1.0);
    }

    #[test]
    fn parts_do_not_change_the_counts() {
        let many = |i: usize, out: &mut Vec<u64>| {
            out.extend((0..200).map(|n| mix(n * (1 + i as u64 % 5))));
        };
        assert_eq!(
            PoolCounts::in_parts(30, 0, many),
            PoolCounts::in_parts(30, 3, many)
        );
    }
}
