//! What the report draws beside an observation, decided by the detector so that `report` never asks one.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

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
}

/// One labelled row of 24 counts, hour 0 to 23.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct HourRow {
    /// What clock the hours are read on.
    pub label: String,
    /// Commits in each hour of the day.
    pub counts: Vec<u32>,
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
    /// Hours of the day (no weekdays: they would tell religion or region).
    Hours {
        /// A caption.
        caption: String,
        /// One or more rows to compare.
        rows: Vec<HourRow>,
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
