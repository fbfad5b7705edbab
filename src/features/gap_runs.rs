//! Runs of gaps between moments: what stays of a series when every date is moved by the same amount.
//!
//! A key is the hash of [`RUN`] gaps that follow each other; which keys are kept is decided as for texts, by winnowing
//! (Schleimer, Wilkerson, Aiken 2003: `features::winnow`), so that [`GUARANTEE`] moments in a row that two series have in
//! common, moved or not, share a key. A run says nothing where a program made it: equal gaps, gaps of seconds (scripts),
//! gaps of whole minutes (imports).
//!
//! It does not see series that were stretched, or whose moments were moved one by one.

use crate::features::winnow::WINDOW;
use crate::features::winnow::winnow;
use crate::model::combine;
use std::collections::BTreeMap;

/// Gaps of a run. A person's gap of minutes to hours is met by another's about once in a thousand; four make 10⁻¹².
pub const RUN: usize = 4;

/// Moments in a row that surely share a key.
pub const GUARANTEE: usize = RUN + WINDOW;

/// Different gaps of at least a minute that a run needs.
const MIN_TELLING: usize = 3;
const MINUTE: i64 = 60;

/// The run that begins at each moment, in order; `None` where it says nothing. Times ascend and do not repeat.
fn runs(times: &[i64]) -> Vec<Option<u64>> {
    let gaps: Vec<i64> = times
        .windows(2)
        .map(|w| w[1].saturating_sub(w[0]))
        .collect();
    gaps.windows(RUN)
        .map(|run| {
            let mut long: Vec<i64> = run
                .iter()
                .copied()
                .filter(|gap| *gap >= MINUTE && gap % MINUTE != 0)
                .collect();
            long.sort_unstable();
            long.dedup();
            let hash = || {
                run.iter()
                    .fold(RUN as u64, |h, gap| combine(h, *gap as u64))
            };
            (long.len() >= MIN_TELLING).then(hash)
        })
        .collect()
}

/// The winnowed keys of a series, sorted and without repetitions.
pub fn keys(times: &[i64]) -> Vec<u64> {
    let mut keys = Vec::new();
    // Runs that say nothing cut the series into segments.
    for segment in runs(times).split(Option::is_none) {
        let hashes: Vec<u64> = segment.iter().flatten().copied().collect();
        let mut kept = hashes.clone();
        let num = winnow(&hashes, &mut kept);
        keys.extend(&kept[..num]);
    }
    keys.sort_unstable();
    keys.dedup();
    keys
}

/// By how many seconds `b` follows `a` where both have the same run: shift and number of runs, most runs first.
pub fn shifts(a: &[i64], b: &[i64]) -> Vec<(i64, usize)> {
    let mut places: BTreeMap<u64, Vec<i64>> = BTreeMap::new();
    for (run, time) in runs(a).into_iter().zip(a) {
        if let Some(run) = run {
            places.entry(run).or_default().push(*time);
        }
    }
    let mut count: BTreeMap<i64, usize> = BTreeMap::new();
    for (run, time) in runs(b).into_iter().zip(b) {
        for earlier in run.and_then(|r| places.get(&r)).into_iter().flatten() {
            *count.entry(time.saturating_sub(*earlier)).or_default() += 1;
        }
    }
    let mut shifts: Vec<(i64, usize)> = count.into_iter().collect();
    shifts.sort_by_key(|(shift, num)| (std::cmp::Reverse(*num), shift.unsigned_abs(), *shift));
    shifts
}

#[cfg(test)]
mod tests {
    use super::*;

    fn series(seed: i64, len: i64) -> Vec<i64> {
        let gap = |n: i64| 61 + (n * n * 7919 + seed * 104_729 + n * 31) % 9_973;
        (0..len)
            .scan(1_700_000_000 + seed, |at, n| {
                *at += gap(n);
                Some(*at)
            })
            .collect()
    }

    #[test]
    fn a_moved_series_keeps_its_keys_and_tells_by_how_much() {
        let a = series(1, 30);
        let moved: Vec<i64> = a.iter().map(|t| t + 34_560_000).collect();
        assert_eq!(keys(&a), keys(&moved));
        assert_eq!(shifts(&a, &moved)[0].0, 34_560_000);
        assert!(shifts(&a, &series(2, 30)).is_empty());
    }

    #[test]
    fn the_guaranteed_length_shares_a_key_in_any_company() {
        let (a, b) = (series(3, 40), series(4, 40));
        let part = &a[11..11 + GUARANTEE];
        let mut mixed: Vec<i64> = b.iter().map(|t| t - 10_000_000).collect();
        mixed.extend(part.iter().map(|t| t + 5_000_000));
        let of_mixed = keys(&mixed);
        assert!(keys(&a).iter().any(|k| of_mixed.contains(k)));
    }

    #[test]
    fn what_programs_make_has_no_keys() {
        let daily: Vec<i64> = (0..50).map(|n| n * 86_400).collect();
        let script: Vec<i64> = (0..50).map(|n| n * 3 + n * n % 2).collect();
        let minutes: Vec<i64> = series(5, 50).iter().map(|t| t / 60 * 60).collect();
        for times in [daily, script, minutes] {
            assert!(keys(&times).is_empty());
        }
    }
}
