//! Which lines of a repository were read already: an earlier version of a file that has few others need not be parsed.
//!
//! Parsing is nearly all that an earlier version costs. Where most of its lines stand in files that were read, whoever has
//! the same code is found through those. Only a look at the lines as they are written: what passes is still asked for new
//! fingerprints (`earlier`).

use std::collections::HashSet;
use xxhash_rust::xxh3::xxh3_64;

/// Shorter lines, bytes without the white space at both ends, are brackets and keywords that stand in every file.
const SHORT: usize = 8;
/// Fewest bytes of new lines for which an earlier version is parsed: those of the shortest stretch of code that counts,
/// 8 fingerprints or some 48 leaves, at 3 bytes a leaf.
const LEAST_NEW: usize = 144;
/// A version is parsed from a third of new lines on, by bytes …
const NEW_SHARE: usize = 3;
/// … or from so many bytes of them on: some sixty lines, a file's worth. Both are choices.
const MANY_NEW: usize = 2_048;

/// The lines of the files that were read, by hash.
#[derive(Default)]
pub(in crate::features::code) struct Lines(HashSet<u32>);

impl Lines {
    /// Takes in the lines of a file.
    pub fn learn(&mut self, code: &[u8]) {
        self.0.extend(lines(code).map(hash));
    }

    /// Whether a file has lines enough that stand in none before it.
    pub fn are_new_in(&self, code: &[u8]) -> bool {
        let (mut num_all, mut num_new) = (0, 0);
        for line in lines(code) {
            num_all += line.len();
            if !self.0.contains(&hash(line)) {
                num_new += line.len();
            }
        }
        num_new >= LEAST_NEW && (num_new * NEW_SHARE >= num_all || num_new >= MANY_NEW)
    }
}

fn lines(code: &[u8]) -> impl Iterator<Item = &[u8]> {
    let lines = code.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    lines.filter(|line| line.len() >= SHORT)
}

fn hash(line: &[u8]) -> u32 {
    xxh3_64(line) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(numbers: std::ops::Range<usize>) -> String {
        let line = |n| format!("    let value_{n} = compute({n});\n}}\n");
        numbers.map(line).collect()
    }

    #[test]
    fn a_version_is_new_by_its_new_lines() {
        let mut known = Lines::default();
        assert!(known.are_new_in(code(0..20).as_bytes()));
        known.learn(code(0..200).as_bytes());
        assert!(!known.are_new_in(code(0..20).as_bytes()));
        let indented = code(2..18).replace("    ", "\t");
        assert!(!known.are_new_in(indented.as_bytes()));
        // Of ten lines three are too few and four are enough; of a hundred and ninety seventy are.
        assert!(!known.are_new_in(code(193..203).as_bytes()));
        assert!(known.are_new_in(code(194..206).as_bytes()));
        assert!(!known.are_new_in(code(0..240).as_bytes()));
        assert!(known.are_new_in(code(0..280).as_bytes()));
        // A line or two say nothing, even where they are all there is.
        assert!(!known.are_new_in(code(300..303).as_bytes()));
    }
}
