//! Habits of the hand in one source file: how often each habit that the shipped tables know stands in it. Never a name or
//! a text of the file.

use serde::{Deserialize, Serialize};

/// The habits of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct StylePrint {
    /// (number of the habit in its language's table, how often), by number; what does not occur is left out.
    pub counts: Vec<(u16, u16)>,
    /// Questions of layout: how often yes, and how often the question arose (`features::code::style::QUESTIONS`).
    pub answers: Vec<[u16; 2]>,
}
