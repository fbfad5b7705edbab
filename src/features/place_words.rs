//! A written place taken apart: alternatives, parts, and words that are no part of a place.
//!
//! `Remote (Lisbon, Portugal)` is one alternative of two parts; `Lisbon / Berlin, Germany` is two alternatives. Which
//! place the parts name is not decided here.

use crate::features::gazetteer::fold;
use crate::features::zone_words;

/// Words around a place that say nothing about where it is.
const NOISE: &[&str] = &[
    "remote",
    "remotely",
    "hybrid",
    "onsite",
    "on",
    "site",
    "based",
    "in",
    "from",
    "near",
    "greater",
    "metro",
    "metropolitan",
    "area",
    "region",
    "city of",
    "the",
    "location",
    "address",
    "currently",
    "living",
    "residing",
    "only",
    "first",
    "full",
    "fully",
    "position",
    "work",
    "works",
    "working",
    "available",
    "timezone",
    "zone",
    "time",
    "open",
    "willing",
    "ready",
    "to",
    "relocate",
    "relocation",
];

/// Words by which an applicant says that the place is not one place.
const NO_ONE_PLACE: &[&str] = &[
    "anywhere",
    "worldwide",
    "global",
    "nomad",
    "nomadic",
    "traveling",
    "travelling",
    "moving",
    "relocating",
    "various",
];

/// Stands for the slash inside a zone's name while alternatives are parted; no claim holds it.
const KEPT_SLASH: &str = "\u{1}";

/// One part of a place between commas.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::features) struct Part {
    /// The words as written, without noise and postal codes.
    pub written: String,
    /// Folded.
    pub folded: String,
}

impl Part {
    /// A part from its words.
    pub fn new(written: &str) -> Self {
        Self {
            written: written.to_string(),
            folded: fold(written),
        }
    }

    /// Two-letter codes are codes only in capitals: "in" is a word, "IN" a state or a country.
    pub fn may_be_name(&self) -> bool {
        self.folded.len() > 2 || self.written.chars().all(|c| !c.is_lowercase())
    }
}

/// Alternatives of parts, left to right, none empty; `None` where the text says that there is no one place.
pub(in crate::features) fn alternatives(text: &str) -> Option<Vec<Vec<Part>>> {
    if fold(text).split(' ').any(|w| NO_ONE_PLACE.contains(&w)) {
        return None;
    }
    let text = with_zone_slashes_kept(text).replace(" or ", ";");
    let mut all = Vec::new();
    for alternative in text.split(|c: char| ";/|•·\n".contains(c)) {
        let dashed = alternative.replace(" - ", ",").replace(['–', '—'], ",");
        let pieces = dashed.split(|c: char| "(),[]".contains(c));
        let parts: Vec<_> = pieces
            .filter_map(|p| cleaned(&p.replace(KEPT_SLASH, "/")))
            .collect();
        if !parts.is_empty() {
            all.push(parts);
        }
    }
    Some(all)
}

/// The slash of `Europe/Paris` parts no alternatives.
fn with_zone_slashes_kept(text: &str) -> String {
    let mut kept = text.to_string();
    for word in text.split(|c: char| c.is_whitespace() || "(),;[]".contains(c)) {
        if word.contains('/') && zone_words::read(word).is_some() {
            kept = kept.replace(word, &word.replace('/', KEPT_SLASH));
        }
    }
    kept
}

/// A part without noise at its ends and without postal codes; `None` when nothing is left.
fn cleaned(raw: &str) -> Option<Part> {
    if zone_words::read(raw).is_some() {
        return Some(Part::new(raw.trim()));
    }
    let mut words: Vec<&str> = without_codes(raw).split_whitespace().collect();
    let is_noise =
        |word: &&str| NOISE.contains(&fold(word).as_str()) && word.chars().any(char::is_lowercase);
    while words.first().is_some_and(is_noise) {
        words.remove(0);
    }
    while words.last().is_some_and(is_noise) {
        words.pop();
    }
    let part = Part::new(&words.join(" "));
    (!part.folded.is_empty()).then_some(part)
}

/// Leading and trailing words with a digit taken off: `10115 Berlin`, `NY 10001`.
pub(in crate::features) fn without_codes(raw: &str) -> &str {
    let mut rest = raw.trim();
    while let Some((first, after)) = rest.split_once(char::is_whitespace) {
        if !has_digit(first) {
            break;
        }
        rest = after.trim_start();
    }
    while let Some((before, last)) = rest.rsplit_once(char::is_whitespace) {
        if !has_digit(last) {
            break;
        }
        rest = before.trim_end();
    }
    if has_digit(rest) && !rest.contains(char::is_whitespace) {
        ""
    } else {
        rest
    }
}

fn has_digit(word: &str) -> bool {
    word.chars().any(|c| c.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(text: &str) -> Option<Vec<Vec<String>>> {
        let words = |parts: Vec<Part>| parts.into_iter().map(|p| p.written).collect();
        alternatives(text).map(|all| all.into_iter().map(words).collect())
    }

    #[test]
    fn parts_are_the_words_of_the_place() {
        for (text, parts) in [
            ("New York, NY 10001, USA", vec!["New York", "NY", "USA"]),
            ("Remote (Lisbon, Portugal)", vec!["Lisbon", "Portugal"]),
            (
                "Lisbon, Portugal (willing to relocate)",
                vec!["Lisbon", "Portugal"],
            ),
            ("10115 Berlin", vec!["Berlin"]),
            ("Greater Boston Area", vec!["Boston"]),
            ("Remote - Lyon, France", vec!["Lyon", "France"]),
            ("Indianapolis, IN", vec!["Indianapolis", "IN"]),
        ] {
            assert_eq!(
                written(text),
                Some(vec![parts.into_iter().map(String::from).collect()]),
                "{text}"
            );
        }
    }

    #[test]
    fn a_zone_is_one_part() {
        assert_eq!(
            written("Lyon, France (Europe/Paris)").unwrap(),
            [["Lyon", "France", "Europe/Paris"]]
        );
        assert_eq!(written("Pune; UTC+5:30").unwrap(), [["Pune"], ["UTC+5:30"]]);
    }

    #[test]
    fn alternatives_stay_apart() {
        assert_eq!(written("Lisbon / Berlin").unwrap().len(), 2);
        assert_eq!(written("Remote").unwrap().len(), 0);
        assert_eq!(written("digital nomad, Lisbon"), None);
    }
}
