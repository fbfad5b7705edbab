//! Names of technologies in a text, with the month each came out.
//!
//! The list is `corpora/background/technologies.tsv` with the source of each date; `technologies.md` says how it was made.
//! It holds only names that mean nothing else: no "Go", "Swift", "React" or "Slack", and no name that was given to
//! something older. Names are matched with their capitals and as whole words.

use crate::model::YearMonth;
use aho_corasick::AhoCorasick;
use aho_corasick::MatchKind;
use std::ops::Range;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../corpora/background/technologies.tsv");

static LIST: LazyLock<Vec<Technology>> = LazyLock::new(|| parse(TEXT));

static NAMES: LazyLock<AhoCorasick> = LazyLock::new(|| {
    AhoCorasick::builder()
        .match_kind(MatchKind::LeftmostLongest)
        .build(LIST.iter().map(|t| t.name))
        .expect("some dozens of short names")
});

/// A technology and when it first came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Technology {
    /// Its name.
    pub name: &'static str,
    /// The month in which the public could first have it: announcement, first upload or first release, whichever is first.
    pub first: YearMonth,
}

/// Names in a text with their bytes, by place.
pub fn technologies(text: &str) -> Vec<(&'static Technology, Range<usize>)> {
    let is_word = |c: char| c.is_alphanumeric();
    NAMES
        .find_iter(text)
        .filter(|found| {
            let before = text[..found.start()].chars().next_back();
            let after = text[found.end()..].chars().next();
            !before.is_some_and(is_word) && !after.is_some_and(is_word)
        })
        .map(|found| (&LIST[found.pattern().as_usize()], found.range()))
        .collect()
}

/// `name <tab> YYYY-MM-DD <tab> source` a line; several spellings of one thing are lines of their own.
fn parse(text: &'static str) -> Vec<Technology> {
    let lines = text.lines().filter(|l| !l.starts_with('#'));
    lines
        .filter_map(|line| {
            let mut fields = line.split('\t');
            let (name, date) = (fields.next()?, fields.next()?);
            let first = YearMonth {
                year: date.get(..4)?.parse().ok()?,
                month: date.get(5..7)?.parse().ok()?,
            };
            Some(Technology { name, first })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_whole() {
        let lines = TEXT.lines().filter(|l| !l.starts_with('#'));
        assert_eq!(lines.count(), LIST.len());
        assert!(LIST.len() > 60);
        for t in LIST.iter() {
            assert!((1995..2027).contains(&t.first.year) && (1..13).contains(&t.first.month));
            assert!(t.name.len() > 4, "{} may mean something else", t.name);
        }
    }

    #[test]
    fn names_are_whole_words_with_their_capitals() {
        let names = |text: &str| -> Vec<&str> {
            technologies(text)
                .into_iter()
                .map(|(t, _)| t.name)
                .collect()
        };
        assert_eq!(
            names("Kubernetes, TypeScript/GraphQL (React Native)."),
            ["Kubernetes", "TypeScript", "GraphQL", "React Native"]
        );
        assert_eq!(names("kubernetes; TypeScripts; react native"), [""; 0]);
    }
}
