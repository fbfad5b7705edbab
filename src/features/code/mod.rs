//! The print of a source file: what is left of it when names, layout and comments are taken away.
//!
//! A file's language is told by name and contents ([`language`]), its syntax tree is read leaf by leaf ([`leaves`]), and of
//! two streams of leaves fingerprints are kept ([`marks`]): one with names and literals by class, which survives renaming,
//! and one as it is written. Files that a program wrote are recognised by their contents ([`foreign`]). A language without
//! a grammar, or a file that a parser gives up on, is cut into words and signs by rules that fit many languages
//! ([`lexical`]), and the print says so.
//!
//! Nothing of the text is kept. The parsers are C: this runs in a worker.

pub mod chain;
pub mod copied;
pub mod earlier;
mod foreign;
mod grammar;
mod language;
mod leaves;
mod lexical;
mod lines;
mod marks;
mod script;
mod spread;
pub mod style;

pub use grammar::num_grammars;
pub use language::tell as tell_language;
pub use marks::{K, RAW_K, WINDOW};

use crate::features::code::leaves::Leaf;
use crate::features::code::leaves::Reader;
use crate::features::code::lines::Lines;
use crate::model::ClassReason;
use crate::model::CodePrint;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::Language;
use crate::model::combine;

/// Smaller files are a few lines, as in `extract::classify`.
const TINY: u64 = 200;

/// Reads the files of a repository one after the other, those at its tips first; keeps its parser.
#[derive(Default)]
pub struct CodeReader {
    reader: Reader,
    leaves: Vec<Leaf>,
    /// Of the repository's files so far.
    lines: Lines,
    /// No grammar is used: a parser killed the worker before.
    pub lexical_only: bool,
}

impl std::fmt::Debug for CodeReader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("CodeReader").finish_non_exhaustive()
    }
}

impl CodeReader {
    /// Fills in the print of a file, or the class that its contents show.
    pub fn visit(&mut self, unit: &mut CodeUnit, bytes: &[u8]) {
        if !is_wanted(unit) {
            return;
        }
        if let Some((class, reason)) = foreign::tell(bytes) {
            (unit.class, unit.reason) = (class, reason);
            return;
        }
        if unit.earlier && !self.lines.are_new_in(bytes) {
            return;
        }
        self.lines.learn(bytes);
        // A file that was edited ten times is one piece of work, not ten: its habits count once.
        unit.print = self.read_print(&unit.path, bytes, !unit.earlier);
        let is_notebook = unit.class == FileClass::Data && unit.print.is_some();
        if is_notebook {
            unit.class = FileClass::Source;
            unit.reason = ClassReason::Path;
        }
    }

    /// The print of a file; `None` where it holds no text that could be code.
    pub fn print(&mut self, path: &str, bytes: &[u8]) -> Option<CodePrint> {
        self.read_print(path, bytes, true)
    }

    fn read_print(&mut self, path: &str, bytes: &[u8], with_habits: bool) -> Option<CodePrint> {
        let language = language::tell(path, bytes)?;
        let script = script::code_of(path, bytes)?;
        let lexical = self.read(language, &script);
        Some(CodePrint {
            language,
            lexical,
            num_tokens: self.leaves.len() as u32,
            marks: marks::normalised(&self.leaves),
            raw: marks::raw(&self.leaves),
            style: match with_habits && !lexical {
                true => style::of(language, &script, &self.leaves),
                false => None,
            },
        })
    }

    /// Every run of `k` leaves of a file, normalised and as it is written, in the order of the file: for comparing single
    /// files that are too short for winnowed fingerprints.
    pub fn grams(&mut self, path: &str, bytes: &[u8], k: usize) -> Option<[Vec<u64>; 2]> {
        let language = language::tell(path, bytes)?;
        self.read(language, &script::code_of(path, bytes)?);
        let runs = |value: fn(&Leaf) -> u32| {
            let hash = |run: &[Leaf]| {
                let fold = |state, leaf| combine(state, u64::from(value(leaf)));
                run.iter().fold(0, fold)
            };
            self.leaves.windows(k).map(hash).collect()
        };
        Some([runs(|leaf| leaf.kind), runs(|leaf| leaf.text)])
    }

    /// Calls `each` with every name in a file's code, for building the tables of style.
    pub fn names(&mut self, path: &str, bytes: &[u8], each: impl FnMut(&[u8])) -> Option<()> {
        let language = language::tell(path, bytes)?;
        let script = script::code_of(path, bytes)?;
        let is_parsed = !self.read(language, &script);
        is_parsed.then(|| style::names(&script, &self.leaves, each))
    }

    /// Calls `each` with every habit in a file's code, whether the tables know it or not; gives its answers on layout.
    pub fn habits(
        &mut self,
        path: &str,
        bytes: &[u8],
        names: &style::Names,
        each: impl FnMut(&[u8]),
    ) -> Option<style::Answers> {
        let language = language::tell(path, bytes)?;
        let script = script::code_of(path, bytes)?;
        let is_parsed = !self.read(language, &script);
        is_parsed.then(|| style::habits(&script, &self.leaves, names, each))
    }

    /// Fills `leaves`; whether only words and signs were told apart.
    fn read(&mut self, language: Language, code: &[u8]) -> bool {
        let has_parsed = !self.lexical_only && self.reader.read(language, code, &mut self.leaves);
        if !has_parsed {
            lexical::read(language, code, &mut self.leaves);
        }
        !has_parsed
    }
}

/// Whether a file's contents can give a print: source, and notebooks.
pub fn is_wanted(unit: &CodeUnit) -> bool {
    unit.class == FileClass::Source
        || unit.class == FileClass::Data && unit.size >= TINY && script::is_notebook(&unit.path)
}

/// The lines that prints number: those of the file, of a notebook those of its code cells one after the other.
pub fn lines_of(path: &str, bytes: &[u8]) -> Option<String> {
    let code = script::code_of(path, bytes)?;
    Some(String::from_utf8_lossy(&code).into_owned())
}

#[cfg(test)]
mod tests;
