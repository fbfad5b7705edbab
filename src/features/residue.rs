//! What unfilled templates and writing tools leave in a text, by a list of patterns.
//!
//! The list is `corpora/background/template_residue.txt`. It knows English placeholders only, and no way of telling who or
//! what wrote a text: a writing tool is named only where it speaks of itself.

use regex::Regex;
use regex::RegexBuilder;
use std::ops::Range;
use std::sync::LazyLock;

static PATTERNS: &str = include_str!("../../corpora/background/template_residue.txt");

static LIST: LazyLock<Vec<(Kind, Regex)>> = LazyLock::new(|| {
    let mut kind = Kind::Filler;
    let mut list = Vec::new();
    for line in PATTERNS.lines().map(str::trim) {
        match line {
            "" => {}
            "[filler]" => kind = Kind::Filler,
            "[placeholder]" => kind = Kind::Placeholder,
            "[tool]" => kind = Kind::Tool,
            _ if line.starts_with('#') => {}
            pattern => {
                let built = RegexBuilder::new(pattern).case_insensitive(true).build();
                list.push((kind, built.expect("the shipped patterns are tested")));
            }
        }
    }
    list
});

/// What kind of leftover it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Sample text where text should be.
    Filler,
    /// A field of a template that was not filled in.
    Placeholder,
    /// An answer of a writing tool to its user.
    Tool,
}

/// A leftover in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residue {
    /// Its kind.
    pub kind: Kind,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// Everything of the list in `text`, by place, not overlapping.
pub fn residue(text: &str) -> Vec<Residue> {
    let mut found: Vec<Residue> = LIST
        .iter()
        .flat_map(|(kind, pattern)| {
            pattern.find_iter(text).map(|m| Residue {
                kind: *kind,
                span: m.range(),
            })
        })
        .collect();
    found.sort_by_key(|r| (r.span.start, std::cmp::Reverse(r.span.end)));
    let mut end = 0;
    found.retain(|r| {
        let free = r.span.start >= end;
        end = end.max(r.span.end);
        free
    });
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds(text: &str) -> Vec<Kind> {
        residue(text).into_iter().map(|r| r.kind).collect()
    }

    #[test]
    fn leftovers_are_told_apart() {
        for (text, kind) in [
            ("Lorem ipsum dolor sit amet, consectetur", Kind::Filler),
            (
                "Managed [Number] people at [Company Name]",
                Kind::Placeholder,
            ),
            ("Dear <Company Name>,", Kind::Placeholder),
            ("{{ job_title }}", Kind::Placeholder),
            ("YOUR NAME\nEngineer", Kind::Placeholder),
            ("As an AI language model, I cannot", Kind::Tool),
            ("Certainly! Here’s a résumé", Kind::Tool),
        ] {
            assert_eq!(kinds(text).first(), Some(&kind), "{text}");
        }
    }

    #[test]
    fn ordinary_text_is_none() {
        for text in [
            "Trained a large language model on 3 TB of text",
            "Arrays: a[Number of rows], Vec<String>, List<Customer>",
            "Handlebars {{x}}",
            "[Windows, Word, Excel]",
            "Your name was called first; insert coin",
        ] {
            assert_eq!(kinds(text), [], "{text}");
        }
    }
}
