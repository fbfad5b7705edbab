//! How regular a series of commit times is, and how author and committer times stand to each other.
//!
//! People commit in bursts: minutes apart while at work, then nothing until the next day, so the spread of their gaps is
//! larger than the mean gap. Programs that paint histories draw times from a grid or evenly. Figures and their rates among
//! ordinary authors: METHODS.md §3 and `corpora/programs/measure_histories.rs`.
//!
//! It does not see a painter who draws from people's own times.

use std::collections::BTreeMap;

/// Seconds of a day.
pub const DAY: i64 = 86_400;
/// Gaps shorter than this are not asked for equality: replayed patches and scripts make many of a second.
const MIN_EQUAL_GAP: i64 = 60;

/// How regular a series of times is.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Regularity {
    /// Number of different times.
    pub num_times: usize,
    /// Standard deviation of the gaps over their mean.
    pub gap_cv: f64,
    /// The most frequent gap of a minute or more, in seconds, and its share of all gaps; zero where there is none.
    pub equal_gap: (i64, f64),
    /// Share of the times whose seconds are :00.
    pub zero_seconds: f64,
}

impl Regularity {
    /// Of times in seconds, in any order; equal times count once. `None` for fewer than three.
    pub fn new(times: impl IntoIterator<Item = i64>) -> Option<Self> {
        let mut times: Vec<i64> = times.into_iter().collect();
        times.sort_unstable();
        times.dedup();
        if times.len() < 3 {
            return None;
        }
        let gaps: Vec<i64> = times
            .windows(2)
            .map(|w| w[1].saturating_sub(w[0]))
            .collect();
        let n = gaps.len() as f64;
        let mean = gaps.iter().map(|&g| g as f64).sum::<f64>() / n;
        let variance = gaps.iter().map(|&g| (g as f64 - mean).powi(2)).sum::<f64>() / n;
        let mut count: BTreeMap<i64, usize> = BTreeMap::new();
        for &gap in gaps.iter().filter(|&&g| g >= MIN_EQUAL_GAP) {
            *count.entry(gap).or_default() += 1;
        }
        let most = count.into_iter().max_by_key(|&(gap, n)| (n, -gap));
        let zero = times.iter().filter(|t| t.rem_euclid(60) == 0).count();
        Some(Self {
            num_times: times.len(),
            gap_cv: variance.sqrt() / mean,
            equal_gap: most.map_or((0, 0.0), |(gap, count)| (gap, count as f64 / n)),
            zero_seconds: zero as f64 / times.len() as f64,
        })
    }
}

/// The largest number of these pairs whose second value lies within one day, with the range of places they hold; `pairs`
/// sorted by the second value.
pub fn busiest_day(pairs: &[(i64, i64)]) -> std::ops::Range<usize> {
    let mut best = 0..0;
    let mut end = 0;
    for start in 0..pairs.len() {
        while end < pairs.len() && pairs[end].1.saturating_sub(pairs[start].1) <= DAY {
            end += 1;
        }
        if end - start > best.len() {
            best = start..end;
        }
    }
    best
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_grid_is_regular() {
        let noon = Regularity::new((0..40).map(|d| d * DAY + 43_200)).unwrap();
        assert_eq!(noon.equal_gap, (DAY, 1.0));
        assert_eq!((noon.gap_cv, noon.zero_seconds), (0.0, 1.0));
    }

    #[test]
    fn bursts_are_not() {
        // Three commits minutes apart on every fourth day.
        let times = (0..40)
            .flat_map(|d| [7, 301 + d, 1_205 + 7 * d].map(|s| d * 4 * DAY + 1_000 * (d % 7) + s));
        let own = Regularity::new(times).unwrap();
        assert!(own.gap_cv > 1.2, "{own:?}");
        assert!(own.equal_gap.1 < 0.2 && own.zero_seconds < 0.2, "{own:?}");
    }

    #[test]
    fn seconds_apart_are_no_grid() {
        let replayed = Regularity::new(0..100).unwrap();
        assert_eq!(replayed.equal_gap, (0, 0.0));
        assert!(Regularity::new([1, 1, 2]).is_none());
    }

    #[test]
    fn the_busiest_day_is_found() {
        let pairs: Vec<_> = [0, 10, 20, 3 * DAY, 3 * DAY + 5].map(|c| (0, c)).into();
        assert_eq!(busiest_day(&pairs), 0..3);
        assert_eq!(busiest_day(&[]), 0..0);
    }
}
