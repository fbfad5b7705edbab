//! How old something must be: `180d`, `26w`.

use jiff::{SignedDuration, Timestamp};
use std::fmt;
use std::str::FromStr;

/// A number of days.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::purge) struct Age {
    days: u32,
}

/// Longest age: a hundred years.
const MOST: u32 = 36_525;

impl Age {
    /// The moment before which something is that old.
    pub(in crate::cli::purge) fn before(self, now: Timestamp) -> Timestamp {
        now.saturating_sub(SignedDuration::from_hours(24 * i64::from(self.days)))
            .unwrap_or(Timestamp::MIN)
    }
}

impl fmt::Display for Age {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}d", self.days)
    }
}

impl FromStr for Age {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let wanted = || "write days or weeks: 180d, 26w".to_string();
        let (number, days) = match text.trim() {
            t if t.ends_with('d') => (&t[..t.len() - 1], 1),
            t if t.ends_with('w') => (&t[..t.len() - 1], 7),
            _ => return Err(wanted()),
        };
        let number: u32 = number.parse().map_err(|_| wanted())?;
        let days = number.checked_mul(days).filter(|d| *d <= MOST);
        days.map(|days| Self { days }).ok_or_else(wanted)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ages_are_days_or_weeks() {
        for (text, days) in [("180d", 180), ("26w", 182), ("0d", 0)] {
            assert_eq!(text.parse::<Age>(), Ok(Age { days }));
        }
        for wrong in [
            "",
            "d",
            "180",
            "-1d",
            "6m",
            "1.5d",
            "99999999w",
            "4294967295d",
        ] {
            assert!(wrong.parse::<Age>().is_err(), "{wrong}");
        }
        let now: Timestamp = "2026-11-21T12:00:00Z".parse().unwrap();
        let before = Age { days: 21 }.before(now);
        assert_eq!(before.to_string(), "2026-10-31T12:00:00Z");
    }
}
