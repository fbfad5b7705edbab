//! Words that a line of employment is read by: months, "still there", "until", titles, degrees, fillers.
//!
//! The list is `corpora/background/career_words.txt`; `career_words.md` beside it says where it comes from and which
//! languages it holds.

use std::collections::HashMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../corpora/background/career_words.txt");
static WORDS: LazyLock<Words> = LazyLock::new(|| Words::parse(TEXT));

/// What a word of a line of employment is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features) enum Kind {
    /// A noun that makes a job title: engineer, nurse, owner.
    Title,
    /// A word that stands before such a noun: senior, software, night.
    Modifier,
    /// A degree or what belongs to one.
    Degree,
    /// A school, where people study and where people work.
    School,
    /// Legal forms, articles, "remote": they tell no employer apart.
    Filler,
}

/// The list, read.
pub(in crate::features) struct Words {
    kinds: HashMap<&'static str, Kind>,
    months: HashMap<&'static str, u8>,
    present: Vec<&'static str>,
    until: Vec<&'static str>,
}

impl Words {
    /// The list that comes with the program.
    pub fn shipped() -> &'static Self {
        &WORDS
    }

    fn parse(text: &'static str) -> Self {
        let mut words = Self {
            kinds: HashMap::new(),
            months: HashMap::new(),
            present: Vec::new(),
            until: Vec::new(),
        };
        for line in text.lines().filter(|l| !l.starts_with('#')) {
            let Some((kind, list)) = line.split_once(": ") else {
                continue;
            };
            let list = list.split_ascii_whitespace();
            let kind = match kind {
                "present" => {
                    words.present.extend(list);
                    continue;
                }
                "until" => {
                    words.until.extend(list);
                    continue;
                }
                "title" => Kind::Title,
                "modifier" => Kind::Modifier,
                "degree" => Kind::Degree,
                "school" => Kind::School,
                "legal" | "place" => Kind::Filler,
                month => {
                    let number = month.strip_prefix("month ").and_then(|n| n.parse().ok());
                    let number = number.unwrap_or(0);
                    words.months.extend(list.map(|name| (name, number)));
                    continue;
                }
            };
            // The first kind that lists a word keeps it: "executive" is a title before it is a modifier.
            for word in list {
                words.kinds.entry(word).or_insert(kind);
            }
        }
        words
    }

    /// What a lower-case word is; `None` for any other word.
    pub fn kind(&self, word: &str) -> Option<Kind> {
        self.kinds.get(word).copied()
    }

    /// The number of a month by its lower-case name, 1 to 12.
    pub fn month(&self, name: &str) -> Option<u8> {
        self.months.get(name).copied()
    }

    /// Alternatives of a pattern that matches the name of a month, longer ones first.
    pub fn month_pattern(&self) -> String {
        alternatives(self.months.keys().copied())
    }

    /// The same for "still there".
    pub fn present_pattern(&self) -> String {
        alternatives(self.present.iter().copied())
    }

    /// The same for "until".
    pub fn until_pattern(&self) -> String {
        alternatives(self.until.iter().copied())
    }
}

fn alternatives(words: impl Iterator<Item = &'static str>) -> String {
    let mut words: Vec<String> = words.map(regex::escape).collect();
    words.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
    words.dedup();
    words.join("|")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_list_is_whole() {
        let words = Words::shipped();
        let mut months: Vec<u8> = words.months.values().copied().collect();
        months.sort_unstable();
        months.dedup();
        assert_eq!(months, (1..=12).collect::<Vec<u8>>());
        assert_eq!(words.month("août"), Some(8));
        assert_eq!(words.kind("engineer"), Some(Kind::Title));
        assert_eq!(words.kind("gmbh"), Some(Kind::Filler));
        assert_eq!(words.kind("marrowline"), None);
        assert!(words.present_pattern().contains("heute") && words.until_pattern().contains("bis"));
        assert!(words.month_pattern().starts_with("wrzesień") || words.month_pattern().len() > 300);
    }
}
