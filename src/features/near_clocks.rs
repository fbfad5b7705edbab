//! One recorded clock against the clocks of commits in the weeks around it.
//!
//! A single moment, such as the creation of a document, can only be far from *every* clock that the same person's commits
//! record within six weeks, on five days or more. What says nothing (`features::clock`) is not compared.

use crate::features::clock::ClaimedClock;
use crate::features::clock::ClockStamp;
use crate::features::clock::FAR_MINUTES;
use crate::features::clock::one;
use crate::model::ClaimedZones;
use crate::model::UtcOffset;
use std::collections::BTreeSet;

/// Commits so near to the moment, in seconds: six weeks.
const NEAR: u64 = 42 * 86_400;
/// Days with commits that stand against a moment.
const MIN_DAYS: usize = 5;

/// What commits say of a moment's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Against {
    /// Too few days with commits, or a clock that says nothing.
    Unknown,
    /// At least one commit keeps a clock less than three hours from it.
    Near,
    /// All of them, on so many days, keep clocks three hours or more from it.
    Far {
        /// Days with commits.
        days: usize,
    },
}

/// The stamps of the weeks around a moment whose clock says something, sorted.
pub fn near(stamps: impl IntoIterator<Item = ClockStamp>, moment: ClockStamp) -> Vec<ClockStamp> {
    let is_near =
        |s: &ClockStamp| s.seconds.abs_diff(moment.seconds) <= NEAR && s.offset != UtcOffset::UTC;
    let mut all: Vec<ClockStamp> = stamps.into_iter().filter(is_near).collect();
    all.sort_unstable();
    all
}

/// What the stamps near a moment say of its clock.
pub fn against(near: &[ClockStamp], moment: ClockStamp) -> Against {
    let days: BTreeSet<i64> = near.iter().map(|s| s.day()).collect();
    let far = |s: &ClockStamp| {
        let clock = ClaimedClock::new(&ClaimedZones {
            fixed_minutes: Some(s.offset.minutes()),
            ..ClaimedZones::default()
        });
        one(&clock, moment)
    };
    if days.len() < MIN_DAYS {
        return Against::Unknown;
    }
    let offsets: BTreeSet<UtcOffset> = near.iter().map(|s| s.offset).collect();
    let one_of_each = offsets
        .iter()
        .filter_map(|o| near.iter().find(|s| s.offset == *o));
    let far: Option<Vec<i32>> = one_of_each.map(far).collect();
    match far {
        None => Against::Unknown,
        Some(far) if far.iter().all(|&far| far >= FAR_MINUTES) => Against::Far { days: days.len() },
        Some(_) => Against::Near,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: i64 = 1_704_110_400;

    fn stamp(day: i64, minutes: i32) -> ClockStamp {
        ClockStamp {
            seconds: NOON + day * 86_400,
            offset: UtcOffset::from_minutes(minutes).unwrap(),
        }
    }

    fn asked(minutes: &[i32], moment: i32) -> Against {
        let stamps = minutes
            .iter()
            .enumerate()
            .map(|(day, m)| stamp(day as i64, *m));
        let moment = stamp(3, moment);
        against(&near(stamps, moment), moment)
    }

    #[test]
    fn every_clock_must_be_far() {
        assert_eq!(asked(&[60; 5], 480), Against::Far { days: 5 });
        assert_eq!(asked(&[60, 60, 480, 60, 60], 480), Against::Near);
        assert_eq!(asked(&[60; 4], 480), Against::Unknown);
        assert_eq!(asked(&[0; 9], 480), Against::Unknown, "servers");
        assert_eq!(asked(&[60; 9], 0), Against::Unknown, "converters");
        let far_away = (0..9).map(|day| stamp(day + 50, 60));
        assert!(near(far_away, stamp(0, 480)).is_empty());
    }
}
