//! Times as files and commits record them: the offset is evidence and is never normalised away.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// An offset from UTC in minutes, −14:00 to +14:00.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(transparent)]
pub struct UtcOffset(i16);

impl UtcOffset {
    /// No offset.
    pub const UTC: UtcOffset = UtcOffset(0);

    /// From minutes east of UTC; `None` beyond 14 hours.
    pub fn from_minutes(minutes: i32) -> Option<Self> {
        (-840..=840)
            .contains(&minutes)
            .then_some(Self(minutes as i16))
    }

    /// Minutes east of UTC.
    pub fn minutes(self) -> i32 {
        i32::from(self.0)
    }
}

impl fmt::Display for UtcOffset {
    /// `+05:30`, `-04:00`, `+00:00`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { '-' } else { '+' };
        write!(f, "{sign}{:02}:{:02}", self.0.abs() / 60, self.0.abs() % 60)
    }
}

/// A time as a file records it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct RawTime {
    /// Seconds since 1970-01-01 UTC; where no offset is recorded, of the local time read as UTC.
    pub seconds: i64,
    /// The recorded offset; `None` where the file records none.
    pub offset: Option<UtcOffset>,
}
