//! Steps of a career and lists of skills, as a document states them: dates and hashed words, no names.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A month, or a year whose month is not told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct YearMonth {
    /// The year, four digits.
    pub year: u16,
    /// 1 to 12; 0 where only the year is told.
    pub month: u8,
}

impl fmt::Display for YearMonth {
    /// `2018-01`, or `2018` where the month is not told.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.month {
            0 => write!(f, "{}", self.year),
            month => write!(f, "{}-{month:02}", self.year),
        }
    }
}

/// One employment: when, where, as what.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct CareerStep {
    /// Its start.
    pub from: YearMonth,
    /// Its end; `None` where it goes on.
    pub to: Option<YearMonth>,
    /// Hashes of the words that name the employer, sorted.
    pub employer: Vec<u64>,
    /// Hashes of the words of the title, sorted.
    pub title: Vec<u64>,
    /// First and last byte of the dates in the document's masked text.
    pub at: (u32, u32),
}

impl CareerStep {
    /// `2018-01 to 2021-06`, `2018 to now`.
    pub fn span(&self) -> String {
        match self.to {
            Some(to) => format!("{} to {to}", self.from),
            None => format!("{} to now", self.from),
        }
    }
}

/// A list of skills in the order in which a document gives it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SkillList {
    /// Hashes of the items, in order, each once.
    pub items: Vec<u64>,
    /// Places of the items whose next one does not follow them in the alphabet, ascending.
    pub turns: Vec<u32>,
    /// First and last byte in the document's masked text.
    pub at: (u32, u32),
}
