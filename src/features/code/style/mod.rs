//! The hand behind a file's code: which names, signs, turns and spacings somebody reaches for without thinking.
//!
//! [`of`] counts, for each file, the habits that the shipped table of its language knows ([`table`]); the tables hold only
//! what many independent authors use, so no project, person or text leaves a trace.
//!
//! Habits: single tokens, neighbours, parts of names, runs of two to four letters (Burrows 2002; Abuhamad and others 2018;
//! Caliskan-Islam and others 2015 for the kinds of features), and questions of layout ([`layout`]). Comments, imports and
//! the contents of strings are left out before anything is counted.

mod compare;
mod habits;
mod known;
mod layout;
mod outline;
mod table;
mod words;

pub use compare::Common;
pub use compare::Hand;
pub use compare::Likeness;
pub use compare::MIN_FILES;
pub use compare::MIN_TOKENS;
pub use compare::common_layout;
pub use compare::likeness;
pub use layout::Answers;
pub use layout::QUESTIONS;
pub use layout::Question;
pub use outline::in_words;
pub use outline::outline;
pub use table::LANGUAGES;
pub use table::Table;
pub use words::Names;

use crate::features::code::leaves::Class;
use crate::features::code::leaves::Leaf;
use crate::model::CodeUnit;
use crate::model::Language;
use crate::model::StylePrint;
use std::collections::BTreeMap;

/// The habits in a file, from the leaves of its syntax tree; `None` for a language without a table.
pub(in crate::features::code) fn of(
    language: Language,
    code: &[u8],
    leaves: &[Leaf],
) -> Option<StylePrint> {
    let table = table::of(language)?;
    let mut counts = vec![0u16; table.habits.len()];
    let note = |written: &[u8]| {
        if let Some(habit) = table.find(written) {
            counts[habit] = counts[habit].saturating_add(1);
        }
    };
    let answers = habits(code, leaves, &table.names, note);
    let counts = counts.iter().enumerate().filter(|(_, n)| **n > 0);
    Some(StylePrint {
        counts: counts.map(|(habit, n)| (habit as u16, *n)).collect(),
        answers: answers.to_vec(),
    })
}

/// Calls `each` with every habit in the leaves of a file.
pub(in crate::features::code) fn habits(
    code: &[u8],
    leaves: &[Leaf],
    names: &Names,
    each: impl FnMut(&[u8]),
) -> Answers {
    habits::each(code, leaves, names, each);
    layout::answers(code, leaves)
}

/// Calls `each` with every name in the leaves of a file.
pub(in crate::features::code) fn names(code: &[u8], leaves: &[Leaf], each: impl FnMut(&[u8])) {
    let names = leaves.iter().filter(|t| t.class == Class::Name);
    names.map(|t| t.written(code)).for_each(each);
}

/// Files of one language in a repository whose habits are kept: beyond, more say little.
const KEPT: usize = 32;
/// Tokens from which on a file is as good as a longer one.
const LONG: u32 = 2_000;

/// Keeps the habits of so many files a language that a profile stays small (some 50 kB a language at most): the longest,
/// and among long ones those that come first by id.
pub fn trim(units: &mut [CodeUnit]) {
    let mut by_language: BTreeMap<Language, Vec<(u32, usize)>> = BTreeMap::new();
    for (n, unit) in units.iter().enumerate() {
        if let Some(print) = unit.print.as_ref().filter(|p| p.style.is_some()) {
            let files = by_language.entry(print.language).or_default();
            files.push((print.num_tokens.min(LONG), n));
        }
    }
    for files in by_language.values_mut() {
        files.sort_by_key(|(tokens, n)| (u32::MAX - tokens, units[*n].blob, *n));
        for (_, n) in files.iter().skip(KEPT) {
            if let Some(print) = &mut units[*n].print {
                print.style = None;
            }
        }
    }
}

#[cfg(test)]
mod tests;
