//! What the report draws beside an observation, decided by the detector so that `report` never asks one.

use crate::model::Digest;
use crate::model::UtcOffset;
use crate::model::word_diff;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Bytes of a text, the end excluded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Span {
    /// The first.
    pub start: u32,
    /// Behind the last.
    pub end: u32,
}

/// How words of a passage differ between its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "kebab-case")]
pub enum ChangeKind {
    /// One number for another.
    Number,
    /// Another form of a word: "manage", "managed".
    Form,
    /// One or more words for others.
    Words,
    /// Words that stand on the left only.
    OnlyLeft,
    /// Words that stand on the right only.
    OnlyRight,
}

/// Words of a passage that differ between its sides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Change {
    /// How.
    pub kind: ChangeKind,
    /// Where in the text on the left; empty where it stands on the right only.
    pub left: Span,
    /// Where in the text on the right; empty where it stands on the left only.
    pub right: Span,
}

/// A passage that stands in two documents. Texts are masked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Passage {
    /// The text on the left side.
    pub left: String,
    /// The text on the right side.
    pub right: String,
    /// Where it stands on the left: "page 1, line 12".
    pub left_at: String,
    /// Where it stands on the right.
    pub right_at: String,
    /// Number of words that agree.
    pub words: u32,
    /// Words that differ inside it, in order.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Change>,
}

impl Passage {
    /// A passage of two (text, place); which words differ is found here.
    pub fn new(left: (String, String), right: (String, String), words: u32) -> Self {
        let changes = word_diff::changes(&left.0, &right.0);
        Self {
            left: left.0,
            right: right.0,
            left_at: left.1,
            right_at: right.1,
            words,
            changes,
        }
    }

    /// A passage whose agreeing words are counted here.
    pub fn compared(left: (String, String), right: (String, String)) -> Self {
        let mut passage = Self::new(left, right, 0);
        let inside = |at: u32| {
            let changes = passage.changes.iter();
            changes
                .clone()
                .any(|c| (c.left.start..c.left.end).contains(&at))
        };
        let text = passage.left.as_str();
        let starts = text
            .split_whitespace()
            .filter(|w| w.contains(char::is_alphanumeric));
        let at = |word: &str| (word.as_ptr() as usize - text.as_ptr() as usize) as u32;
        passage.words = starts.filter(|word| !inside(at(word))).count() as u32;
        passage
    }
}

/// Lines of a file in a repository.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeLines {
    /// The file.
    pub file: String,
    /// Its git blob id, 40 hex digits.
    pub blob: String,
    /// First line, 1-based; of a notebook, lines of its code cells one after the other.
    pub first: u32,
    /// Last line.
    pub last: u32,
}

impl CodeLines {
    /// The place in words: "src/a.rs, lines 3 to 20".
    pub fn in_words(&self) -> String {
        format!("{}, lines {} to {}", self.file, self.first, self.last)
    }
}

/// A stretch of code that stands in two repositories.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct CodeRegion {
    /// Where on the left.
    pub left: CodeLines,
    /// Where on the right.
    pub right: CodeLines,
    /// Both texts, read from the sources by blob id when the report is drawn, and masked; empty where they could not be.
    pub text: Passage,
}

/// One labelled row of 24 counts, hour 0 to 23.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HourRow {
    /// What clock the hours are read on.
    pub label: String,
    /// Commits in each hour of the day.
    pub counts: Vec<u32>,
}

/// One column of an hour chart over time: a month, a quarter or a year.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HourColumn {
    /// "2024-03", "2024 Q1" or "2024".
    pub label: String,
    /// Commits in each hour of the day, 24 of them.
    pub counts: Vec<u32>,
}

/// How well the offsets from UTC fit the hours of somebody's activity.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct OffsetFit {
    /// Probability of each offset from −11:30 to +12:00, half an hour apart, in thousandths; each as likely as any other
    /// beforehand.
    pub shares: Vec<u16>,
    /// The offset that fits best.
    pub best: UtcOffset,
    /// Offsets that the claim allows on the dates of the activity.
    pub claimed: Vec<UtcOffset>,
}

/// Commits of one repository whose author times lie in one part of a timeline and committer times in one, perhaps other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct LaneMark {
    /// Part of the timeline that holds the author times.
    pub authored: u16,
    /// Part that holds the committer times.
    pub committed: u16,
    /// Commits made on somebody's machine.
    pub local: u32,
    /// Commits made on the pages of a hosting service.
    pub website: u32,
}

/// One repository of a timeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Lane {
    /// The repository.
    pub source: String,
    /// Its commits, by parts of the timeline.
    pub marks: Vec<LaneMark>,
}

/// A photo of a document. The picture itself is shown only where a report reveals names.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Photo {
    /// The document.
    pub source: String,
    /// 1-based page, where the format has pages.
    pub page: Option<u32>,
    /// Digest of the encoded bytes as they stand in the file.
    pub sha256: Digest,
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// A small grey JPEG in Base64, made anew from the source when the report is drawn; empty in a masked report, and where
    /// it could not be read again.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub jpeg: String,
}

/// Something to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "kebab-case")]
pub enum Exhibit {
    /// Passages side by side.
    Passages {
        /// Source on the left.
        left: String,
        /// Source on the right.
        right: String,
        /// The passages, in the order of the left side.
        passages: Vec<Passage>,
    },
    /// Stretches of code side by side.
    Code {
        /// Repository on the left.
        left: String,
        /// Repository on the right.
        right: String,
        /// The stretches, heaviest first.
        regions: Vec<CodeRegion>,
    },
    /// Photos side by side.
    Photos {
        /// Pairs of alike photos, most alike first.
        pairs: Vec<[Photo; 2]>,
    },
    /// Hours of the day (no weekdays: they would tell religion or region).
    Hours {
        /// A caption.
        caption: String,
        /// One or more rows to compare.
        rows: Vec<HourRow>,
    },
    /// Hours of the day over months, for one applicant, and which offsets they fit.
    HoursByMonth {
        /// A caption.
        caption: String,
        /// What clock the hours are read on.
        clock: String,
        /// The columns, in order of time, without gaps.
        columns: Vec<HourColumn>,
        /// What is counted and what is left out.
        notes: Vec<String>,
        /// The offsets; absent where there is too little for them.
        fit: Option<OffsetFit>,
    },
    /// Author times against committer times.
    Timeline {
        /// A caption.
        caption: String,
        /// Number of equal parts that the time is cut into.
        parts: u16,
        /// Parts at which a date is written, with the date.
        ticks: Vec<(u16, String)>,
        /// The repositories, most commits first.
        lanes: Vec<Lane>,
        /// What is counted and what is left out.
        notes: Vec<String>,
    },
    /// A small table.
    Table {
        /// A caption.
        caption: String,
        /// Column heads.
        head: Vec<String>,
        /// Rows, each as wide as the head.
        rows: Vec<Vec<String>>,
    },
}
