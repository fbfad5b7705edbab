//! How often the moments of two series coincide to the second, and how often they would by chance.
//!
//! Two people who work on the same evenings commit within the same minutes again and again, but on the same second only as
//! often as on any second nearby. So chance is read off the same two series, at all shifts of up to a minute and of up to
//! an hour around the one in question: the shifted cross-correlogram of neurophysiology (Perkel, Gerstein and Moore 1967).
//! It grows with the size of both series and with the hours they share, and needs no model of how people work. The
//! number of coincidences beyond it is judged by the tail of the Poisson distribution.
//!
//! It does not say why moments coincide: a copied history and one program that commits for two look the same.

use std::collections::BTreeMap;

/// Seconds around a shift from which chance is read: a schedule that jitters, and an hour of common work.
const NEAR: i64 = 60;
const FAR: i64 = 3600;
/// More commits than this in one second were made by a program (a rebase, an import): the second says nothing.
const MOST_IN_A_SECOND: usize = 2;

/// Coincidences at one shift.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Coincidences {
    /// Pairs of moments that fall on one second.
    pub num: usize,
    /// How many to expect by chance.
    pub expected: f64,
}

impl Coincidences {
    /// Counts moments of `b` that lie exactly `shift` seconds after one of `a`; both ascending and without repetitions.
    pub fn at(a: &[i64], b: &[i64], shift: i64) -> Self {
        let num = within(a, b, shift, 0);
        let near = within(a, b, shift, NEAR) - num;
        let far = within(a, b, shift, FAR) - num;
        // One is added: that none was seen does not make the rate nought.
        let by_hour = (far + 1) as f64 / (2 * FAR) as f64;
        let by_minute = near as f64 / (2 * NEAR) as f64;
        Self {
            num,
            expected: by_hour.max(by_minute),
        }
    }

    /// −log10 of the probability of so many or more by chance, when `trials` shifts were tried; not below 0.
    pub fn surprise(&self, trials: f64) -> f64 {
        (-log10_poisson_tail(self.num, self.expected) - trials.max(1.0).log10()).max(0.0)
    }
}

/// Pairs (x of `a`, y of `b`) with |y − x − shift| ≤ `radius`.
fn within(a: &[i64], b: &[i64], shift: i64, radius: i64) -> usize {
    let (mut low, mut high, mut num) = (0, 0, 0);
    for x in a.iter().map(|x| x.saturating_add(shift)) {
        while low < b.len() && b[low] < x.saturating_sub(radius) {
            low += 1;
        }
        while high < b.len() && b[high] <= x.saturating_add(radius) {
            high += 1;
        }
        num += high.saturating_sub(low);
    }
    num
}

/// log10 P(X ≥ `num`) of a Poisson variable with mean `mean`; 0 where that is not in the upper tail.
pub fn log10_poisson_tail(num: usize, mean: f64) -> f64 {
    let k = num as f64;
    if k <= mean {
        return 0.0;
    }
    let log_factorial: f64 = (1..=num).map(|i| (i as f64).ln()).sum();
    let first = k * mean.ln() - mean - log_factorial;
    // The rest of the tail as multiples of its first term.
    let (mut term, mut sum) = (1.0, 1.0);
    for i in num + 1..num + 1000 {
        term *= mean / i as f64;
        sum += term;
        if term < 1e-12 {
            break;
        }
    }
    ((first + f64::ln(sum)) / std::f64::consts::LN_10).min(0.0)
}

/// The seconds that say something, ascending, each with the place in the series of the first that carries it. Whole
/// minutes are left out (imports keep only those), and seconds that carry more than two moments.
pub fn telling(times: &[i64]) -> Vec<(i64, usize)> {
    once(times)
        .into_iter()
        .filter(|(second, _)| second.rem_euclid(60) != 0)
        .collect()
}

/// The same with whole minutes.
pub fn once(times: &[i64]) -> Vec<(i64, usize)> {
    let mut places: BTreeMap<i64, (usize, usize)> = BTreeMap::new();
    for (place, &second) in times.iter().enumerate() {
        places.entry(second).or_insert((place, 0)).1 += 1;
    }
    places
        .into_iter()
        .filter(|(_, (_, num))| *num <= MOST_IN_A_SECOND)
        .map(|(second, (place, _))| (second, place))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tail_is_that_of_the_poisson_distribution() {
        // 1 − e⁻¹ and 1 − 2e⁻¹, by hand.
        assert!((log10_poisson_tail(1, 1.0 - 1e-12) - 0.632_121f64.log10()).abs() < 1e-5);
        assert!((log10_poisson_tail(2, 1.0) - 0.264_241f64.log10()).abs() < 1e-5);
        assert_eq!(log10_poisson_tail(3, 7.0), 0.0);
        assert!(log10_poisson_tail(400, 0.01) < -1500.0);
    }

    #[test]
    fn a_copy_coincides_and_an_evening_together_does_not() {
        let a: Vec<i64> = (0..40).map(|n| n * 40_000 + n * n % 977).collect();
        let same = Coincidences::at(&a, &a, 0);
        assert_eq!(same.num, 40);
        assert!(same.surprise(1.0) > 100.0);
        let shifted: Vec<i64> = a.iter().map(|t| t + 34_560_000).collect();
        assert_eq!(Coincidences::at(&a, &shifted, 34_560_000).num, 40);
        assert_eq!(Coincidences::at(&a, &shifted, 0).num, 0);
        // Within the minute each time, on any second of it.
        let beside: Vec<i64> = a
            .iter()
            .enumerate()
            .map(|(n, t)| t + n as i64 % 41 - 20)
            .collect();
        let c = Coincidences::at(&a, &beside, 0);
        assert!(c.num <= 2 && c.surprise(1.0) < 2.0, "{c:?}");
    }

    #[test]
    fn two_schedules_on_one_clock_are_expected() {
        // Every hour within some seconds of the full hour.
        let job = |jitter: i64| {
            (0..400)
                .map(move |n| n * 3600 + 7 + n * jitter % 5)
                .collect::<Vec<i64>>()
        };
        let c = Coincidences::at(&job(3), &job(7), 0);
        assert!(c.num > 50);
        let by_hour = Coincidences { expected: 0.1, ..c };
        assert!(c.surprise(1.0) < by_hour.surprise(1.0) / 2.0);
    }

    #[test]
    fn whole_minutes_and_crowded_seconds_tell_nothing() {
        assert_eq!(telling(&[5, 120, 9, 9, 9, 7, 7]), [(5, 0), (7, 5)]);
        assert_eq!(once(&[5, 120]), [(5, 0), (120, 1)]);
    }

    #[test]
    fn dates_at_the_end_of_time_do_no_harm() {
        let c = Coincidences::at(&[i64::MIN, i64::MAX], &[i64::MIN, 0, i64::MAX], 1);
        assert!(c.num <= 6);
    }
}
