//! Degrees that a résumé states: level, words of the school, year.
//!
//! Only lines of sections of studies are read, and only degrees that tell both a school and a year, one of them in their own
//! line and the other there or in the next. The school is the
//! line that holds a word such as "University"; the year is the last one of its line. English names of degrees and a few
//! that are the same elsewhere. The field of study is not looked at: it is worded in many ways.

use crate::features::sections;
use crate::features::token::tokens;
use regex::Regex;
use std::sync::LazyLock;

static LEVELS: LazyLock<Vec<(Level, Regex)>> = LazyLock::new(|| {
    [
        (Level::Doctor, r"(?i)\b(?:ph\.?\s?d\b|doctor of|doctorate)"),
        (
            Level::Master,
            r"(?i)\b(?:master(?:['’]?s)?\b|m\.?sc\b|m\.?tech\b|m\.?eng\b|mba\b)",
        ),
        (
            Level::Bachelor,
            r"(?i)\b(?:bachelor(?:['’]?s)?\b|b\.?sc\b|b\.?tech\b|b\.?eng\b|bba\b)",
        ),
        (
            Level::Associate,
            r"(?i)\bassociate(?:['’]?s)? (?:degree|of|in)\b",
        ),
    ]
    .map(|(level, pattern)| (level, Regex::new(pattern).expect("a constant pattern")))
    .into()
});

/// Words that make a line that of a school; they tell no school from another.
static SCHOOL: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\b(?:university|univ|college|institute|school|academy|polytechnic|universität|hochschule|université|universidad|universidade|università|universiteit|of|the|and|at|in)\b";
    Regex::new(words).expect("a constant pattern")
});

static NOUN: LazyLock<Regex> = LazyLock::new(|| {
    let words = r"(?i)\b(?:university|univ|college|institute|academy|polytechnic|universität|hochschule|université|universidad|universidade|università|universiteit|school of)\b";
    Regex::new(words).expect("a constant pattern")
});

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:19|20)\d\d\b").expect("a constant pattern"));

/// How high a degree is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Level {
    /// Two years of college.
    Associate,
    /// A first degree.
    Bachelor,
    /// A second one.
    Master,
    /// A doctorate.
    Doctor,
}

impl Level {
    /// The word for it.
    pub fn name(self) -> &'static str {
        match self {
            Level::Associate => "associate",
            Level::Bachelor => "bachelor",
            Level::Master => "master",
            Level::Doctor => "doctor",
        }
    }
}

/// A degree with its school and year.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Degree {
    /// How high it is.
    pub level: Level,
    /// Hashes of the words that name the school, sorted.
    pub school: Vec<u64>,
    /// The year it was or will be finished.
    pub year: u16,
    /// Byte at which its line begins.
    pub at: usize,
}

/// The degrees of a text, in its order.
pub fn degrees(text: &str) -> Vec<Degree> {
    let ranges = sections::not_employment(text);
    ranges
        .iter()
        .flat_map(|range| of_section(&text[range.clone()], range.start))
        .collect()
}

fn of_section(section: &str, start: usize) -> Vec<Degree> {
    let mut lines: Vec<(usize, &str)> = Vec::new();
    let mut at = start;
    for line in section.split_inclusive('\n') {
        if !line.trim().is_empty() {
            lines.push((at, line));
        }
        at += line.len();
    }
    let levels: Vec<Option<Level>> = lines.iter().map(|(_, line)| level(line)).collect();
    let mut found = Vec::new();
    for (n, level) in levels.iter().enumerate() {
        let Some(level) = *level else { continue };
        // A line with the degree alone may stand beside another entry's school or year.
        let own = lines[n].1;
        if !NOUN.is_match(own) && !YEAR.is_match(own) {
            continue;
        }
        let next = lines.get(n + 1).filter(|_| levels[n + 1].is_none());
        let entry = [Some(own), next.map(|l| l.1)].into_iter().flatten();
        let school = entry.clone().find(|line| NOUN.is_match(line));
        let year_in = |line| YEAR.find_iter(line).last()?.as_str().parse().ok();
        let year = entry.clone().find_map(year_in);
        if let (Some(line), Some(year)) = (school, year) {
            found.push(Degree {
                level,
                school: school_words(line),
                year,
                at: lines[n].0,
            });
        }
    }
    found
}

fn level(line: &str) -> Option<Level> {
    let found = LEVELS.iter().find(|(_, pattern)| pattern.is_match(line));
    found.map(|(level, _)| *level)
}

/// Words with a capital in the piece of a line that names a school, without those that all schools have.
fn school_words(line: &str) -> Vec<u64> {
    let pieces = line.split([',', '|', '•', '(', ')', ';', '–', '—', '\t']);
    let piece = pieces
        .into_iter()
        .find(|p| NOUN.is_match(p))
        .unwrap_or(line);
    let bare = SCHOOL.replace_all(piece, " ");
    let named = tokens(&bare).into_iter().filter(|t| {
        let word = &bare[t.start as usize..t.end as usize];
        word.chars().next().is_some_and(char::is_uppercase) && word.chars().count() > 1
    });
    let mut words: Vec<u64> = named.map(|t| t.hash).collect();
    words.sort_unstable();
    words.dedup();
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_a_school_and_a_year() {
        let text = "Education\nBSc Computing, University of Heronsgate, 2011 - 2014\nMaster of Science, 2014 – 2016\nKontor Institute of Technology\nPhD started 2017\nSkills\nBachelor at University of Nowhere 2001\n";
        let found = degrees(text);
        let told: Vec<_> = found.iter().map(|d| (d.level, d.year)).collect();
        assert_eq!(told, [(Level::Bachelor, 2014), (Level::Master, 2016)]);
        assert_eq!(found[0].school.len(), 1);
        assert_ne!(found[0].school, found[1].school);
    }
}
