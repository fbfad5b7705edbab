//! Which earlier versions of files are kept: those that say something the current files do not.
//!
//! Most of an earlier version is also in the version after it. One of which nearly all fingerprints stand in the current
//! files, or in an earlier version already kept, would cost memory and time and tie nobody.

use crate::model::CodeUnit;
use std::collections::HashSet;

/// Fewest new fingerprints of an earlier version: those of the shortest stretch that counts (`copied`).
const LEAST_NEW: usize = 8;

/// Drops earlier versions without a print, and those that add too little.
pub fn keep_new(units: &mut Vec<CodeUnit>) {
    let mut known: HashSet<u64> = HashSet::new();
    for unit in units.iter().filter(|u| !u.earlier) {
        known.extend(marks(unit));
    }
    units.retain(|unit| {
        if !unit.earlier {
            return true;
        }
        let new: HashSet<u64> = marks(unit).filter(|m| !known.contains(m)).collect();
        let is_kept = new.len() >= LEAST_NEW;
        if is_kept {
            known.extend(new);
        }
        is_kept
    });
}

fn marks(unit: &CodeUnit) -> impl Iterator<Item = u64> + '_ {
    let prints = unit.print.iter();
    prints.flat_map(|p| p.marks.iter().map(|m| m.hash))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{CodeMark, CodePrint, FileClass, Language, ObjectId};

    fn unit(earlier: bool, hashes: std::ops::Range<u64>) -> CodeUnit {
        let mut unit = CodeUnit::new(ObjectId([0; 20]), "a.rs".into(), 900, FileClass::Source);
        unit.earlier = earlier;
        let mark = |hash| CodeMark {
            hash,
            first: 1,
            more: 0,
        };
        unit.print = Some(CodePrint {
            language: Language::Rust,
            lexical: false,
            num_tokens: 100,
            marks: hashes.map(mark).collect(),
            raw: Vec::new(),
            style: None,
        });
        unit
    }

    #[test]
    fn only_what_says_something_new_is_kept() {
        let mut units = vec![
            unit(true, 0..20),
            unit(true, 0..12),
            unit(true, 5..45),
            unit(true, 0..28),
            unit(false, 0..15),
        ];
        keep_new(&mut units);
        let left: Vec<(bool, usize)> = units
            .iter()
            .map(|u| (u.earlier, marks(u).count()))
            .collect();
        // 20 fingerprints of which 15 are current say too little; the 40 that follow bring 30.
        assert_eq!(left, [(true, 40), (false, 15)]);
    }
}
