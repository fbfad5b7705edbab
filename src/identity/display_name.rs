//! A person's name: its opaque key, and where it stands in a text.
//!
//! The key is equal for the same words in any order, case or diacritics; initials and academic degrees do not count. It
//! is for joining and for telling one person who applied twice, and nothing can be read back from it. What a name
//! suggests about its holder is never looked at.

use crate::identity::fold;
use crate::identity::heading;
use crate::model::NameKey;
use crate::model::PagedText;
use crate::model::hash_text;
use std::ops::Range;

/// Titles and degrees that stand beside a name and are no part of it.
const TITLES: &[&str] = &[
    "mr", "mrs", "ms", "miss", "dr", "prof", "phd", "mba", "msc", "bsc", "md", "cpa", "pmp",
    "cissp", "jr", "sr", "ii", "iii", "esq", "rn",
];

/// Letters a part of a name needs to be masked on its own: shorter parts ("Li", "de") are ordinary words elsewhere.
const MIN_PART: usize = 3;

/// Most bytes between two words of a name that still stand together: ", " and a line break with indentation.
const MAX_GAP: usize = 4;

/// A person's name as given or found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DisplayName(String);

impl DisplayName {
    /// A name as written; `None` when no letter is in it.
    pub fn new(name: &str) -> Option<Self> {
        name.chars()
            .any(char::is_alphabetic)
            .then(|| Self(name.trim().into()))
    }

    /// The name that stands at the head of a résumé, if a line there reads as one; `None` when in doubt.
    pub fn from_heading(text: &PagedText) -> Option<Self> {
        heading::name_line(&text.text).and_then(|line| Self::new(&line))
    }

    /// The name as written, for `report` with `--reveal`.
    pub fn as_written(&self) -> &str {
        &self.0
    }

    /// Its opaque key.
    pub fn key(&self) -> NameKey {
        NameKey(key_of(&self.0))
    }

    /// Byte ranges of `text` that hold the name, whole or in parts of at least three letters; sorted, not overlapping.
    pub fn spans(&self, text: &str) -> Vec<Range<usize>> {
        let name: Vec<String> = fold::words(&self.0).into_iter().map(|w| w.folded).collect();
        let parts: Vec<&String> = name
            .iter()
            .filter(|p| {
                p.chars().count() >= MIN_PART || fold::is_unspaced(p) && p.chars().count() >= 2
            })
            .filter(|p| !TITLES.contains(&p.as_str()))
            .collect();
        let words = fold::words(text);
        let mut spans = Vec::new();
        let mut at = 0;
        while at < words.len() {
            let whole = words
                .get(at..at + name.len())
                .filter(|w| name.len() > 1 && stand_together(w, &name));
            if let Some(whole) = whole {
                spans.push(whole[0].span.start..whole[name.len() - 1].span.end);
                at += name.len();
                continue;
            }
            let word = &words[at];
            if parts.contains(&&word.folded) {
                spans.push(word.span.clone());
            } else {
                spans.extend(
                    parts
                        .iter()
                        .filter(|p| fold::is_unspaced(p))
                        .flat_map(|p| inside(text, &word.span, p)),
                );
            }
            at += 1;
        }
        spans.sort_by_key(|s| (s.start, s.end));
        spans.dedup();
        spans
    }
}

/// The key of a name as written.
pub(in crate::identity) fn key_of(name: &str) -> u64 {
    let all: Vec<String> = fold::words(name).into_iter().map(|w| w.folded).collect();
    let mut parts: Vec<&str> = all
        .iter()
        .map(String::as_str)
        .filter(|p| counts(p))
        .collect();
    if parts.len() < 2 {
        parts = all.iter().map(String::as_str).collect();
    }
    key_of_parts(parts)
}

/// Whether a folded word is a part of a name: no initial, no title, no degree.
pub(in crate::identity) fn counts(word: &str) -> bool {
    (word.chars().count() > 1 || fold::is_unspaced(word)) && !TITLES.contains(&word)
}

/// The key of folded parts of a name, in any order.
pub(in crate::identity) fn key_of_parts(mut parts: Vec<&str>) -> u64 {
    parts.sort_unstable();
    hash_text(&parts.join(" "))
}

fn stand_together(words: &[fold::Word], name: &[String]) -> bool {
    words.iter().zip(name).all(|(w, n)| w.folded == *n)
        && words
            .windows(2)
            .all(|w| w[1].span.start - w[0].span.end <= MAX_GAP)
}

/// Occurrences of an unspaced name inside a run of letters.
fn inside(text: &str, run: &Range<usize>, part: &str) -> Vec<Range<usize>> {
    let found = text[run.clone()].match_indices(part);
    found
        .map(|(at, hit)| run.start + at..run.start + at + hit.len())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> NameKey {
        DisplayName::new(name).unwrap().key()
    }

    #[test]
    fn keys_ignore_order_case_marks_initials_and_degrees() {
        for same in [
            "MARTA NOVÁK",
            "Novak, Marta",
            "Marta J. Novak",
            "Dr. Marta Novak, PhD",
            "marta  novák",
        ] {
            assert_eq!(key(same), key("Marta Novak"), "{same}");
        }
        for other in ["Marta Nowak", "Marta", "Marta Novak Reyes", "M. Novak"] {
            assert_ne!(key(other), key("Marta Novak"), "{other}");
        }
    }

    #[test]
    fn a_lone_word_is_keyed_whole() {
        assert_ne!(key("A. Reyes"), key("B. Reyes"));
        assert_eq!(key("reyes"), key("Reyes"));
    }

    #[test]
    fn a_name_without_letters_is_none() {
        assert!(DisplayName::new(" - 12 ").is_none());
    }

    #[test]
    fn spans_cover_the_name_and_its_parts() {
        let name = DisplayName::new("Zoë de Vries").unwrap();
        let text = "ZOE DE VRIES\nI, zoë, go by Vries; Vriesman and de Groot do not.";
        let got: Vec<_> = name.spans(text).into_iter().map(|s| &text[s]).collect();
        assert_eq!(got, ["ZOE DE VRIES", "zoë", "Vries"]);
    }

    #[test]
    fn spans_reach_into_unspaced_scripts() {
        let name = DisplayName::new("山田太郎").unwrap();
        let text = "氏名山田太郎です";
        let got: Vec<_> = name.spans(text).into_iter().map(|s| &text[s]).collect();
        assert_eq!(got, ["山田太郎"]);
    }
}
