//! The clock that a person's activity follows, from the times of day alone.
//!
//! People sleep, start and stop at hours of their own, but not at any hours: the table holds how real authors of public
//! code spread over the 48 half-hours of their recorded day. Against each of its rows and each of 48 offsets the observed
//! half-hours (in UTC) have a likelihood; the mixture over the rows, with every offset as likely as any other beforehand,
//! gives a posterior over offsets. Weekdays are left out on purpose: they would tell religion or region.
//!
//! A half-hour of a date counts once, however many commits it holds, and the likelihood is tempered, because half-hours
//! of one person are not independent (a late project shifts a whole month). How well all this works, and for whom it does
//! not, is measured by `corpora/programs/score_rhythm.rs` on authors left out of the table (docs/clocks.md).
//!
//! It cannot tell an offset from the same offset a day apart (+13:00 from −11:00), nor a place from the hours of a client.

mod table;

pub use table::Rhythms;

use crate::features::clock::ClockStamp;
use crate::model::UtcOffset;
use std::collections::BTreeSet;

/// Half-hours of a day.
pub const BINS: usize = 48;
/// Minutes of a half-hour.
const STEP: i64 = 30;

/// Commits needed before the rhythm is asked (METHODS.md §3; mean error 1.6 h there, 1.3 h at 100).
pub const MIN_COMMITS: u32 = 50;
/// Different days needed: fewer are one deadline, not a rhythm. A working fortnight.
pub const MIN_DAYS: u32 = 10;
/// Offsets this near to one that a claim allows are the claim's (METHODS.md §3): nearly nine in ten people with 100 commits
/// are placed as near (score_rhythm.rs).
pub const CLAIM_HOURS: f64 = 2.0;
/// A claim is only contradicted from this far on: nearer, ordinary early and late people do the same.
pub const FAR_HOURS: f64 = 6.0;
/// Base-10 logarithm of the Bayes factor against the claim from which it is contradicted (score_rhythm.rs: rates there).
pub const MIN_LOG10_BF: f64 = 2.0;

/// Exponent of the likelihood for few half-hours, and the number of half-hours at which it has halved. Chosen among 0.1 to
/// 1 and 30 to ∞ by the share of left-out authors whose own clock would be contradicted (score_rhythm.rs).
const TEMPER: f64 = 0.5;
const TEMPER_HALVES: f64 = 120.0;

/// In which half-hours of the day somebody was active.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Activity {
    counts: [u32; BINS],
    days: u32,
}

impl Activity {
    /// Activity by UTC, from seconds since 1970-01-01; repeated half-hours of one date count once.
    pub fn in_utc(seconds: impl IntoIterator<Item = i64>) -> Self {
        Self::of(seconds.into_iter().map(|s| s.div_euclid(60)))
    }

    /// Activity by the clock that each stamp records.
    pub fn by_own_clock(stamps: impl IntoIterator<Item = ClockStamp>) -> Self {
        let local = |s: ClockStamp| s.seconds.div_euclid(60) + i64::from(s.offset.minutes());
        Self::of(stamps.into_iter().map(local))
    }

    fn of(minutes: impl Iterator<Item = i64>) -> Self {
        let cells: BTreeSet<i64> = minutes.map(|m| m.div_euclid(STEP)).collect();
        let mut counts = [0; BINS];
        for cell in &cells {
            counts[cell.rem_euclid(BINS as i64) as usize] += 1;
        }
        let days: BTreeSet<i64> = cells.iter().map(|c| c.div_euclid(BINS as i64)).collect();
        Self {
            counts,
            days: days.len() as u32,
        }
    }

    /// Half-hours with activity, summed over the dates.
    pub fn num_cells(&self) -> u32 {
        self.counts.iter().sum()
    }

    /// Dates with activity.
    pub fn num_days(&self) -> u32 {
        self.days
    }

    /// Dates on which each half-hour of the day was active.
    pub fn counts(&self) -> &[u32; BINS] {
        &self.counts
    }
}

/// How probable each of 48 offsets is, half an hour apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Posterior([f64; BINS]);

impl Posterior {
    /// The offset of a place in the table: −11:30 to +12:00.
    pub fn offset(place: usize) -> UtcOffset {
        let minutes = (place as i32) * STEP as i32;
        UtcOffset::from_minutes(if minutes > 720 {
            minutes - 1440
        } else {
            minutes
        })
        .expect("−11:30 to +12:00 are offsets")
    }

    /// Probabilities in the order of [`Posterior::offset`].
    pub fn shares(&self) -> &[f64; BINS] {
        &self.0
    }

    /// The offset with the smallest expected distance from the true one.
    pub fn best(&self) -> UtcOffset {
        let loss = |place: usize| -> f64 {
            let far = |(other, p): (usize, &f64)| {
                p * hours_between(Self::offset(place), Self::offset(other))
            };
            self.0.iter().enumerate().map(far).sum()
        };
        let place = (0..BINS)
            .min_by(|&a, &b| loss(a).total_cmp(&loss(b)))
            .expect("there are 48 places");
        Self::offset(place)
    }

    /// Probability that the true offset is within [`CLAIM_HOURS`] of one of these.
    pub fn near(&self, allowed: &[UtcOffset]) -> f64 {
        let near = |&(place, _): &(usize, &f64)| is_near(place, allowed);
        self.0.iter().enumerate().filter(near).map(|(_, p)| p).sum()
    }

    /// Base-10 logarithm of the Bayes factor of "any other offset" against "within [`CLAIM_HOURS`] of one of these"; 0
    /// where these leave no other.
    pub fn log10_bf_against(&self, allowed: &[UtcOffset]) -> f64 {
        let size = (0..BINS).filter(|&p| is_near(p, allowed)).count();
        if size == 0 || size == BINS {
            return 0.0;
        }
        let near = self.near(allowed).max(f64::MIN_POSITIVE);
        let rest: f64 = (0..BINS)
            .filter(|&p| !is_near(p, allowed))
            .map(|p| self.0[p])
            .sum();
        let odds = (rest.max(f64::MIN_POSITIVE) / (BINS - size) as f64) / (near / size as f64);
        odds.log10()
    }

    /// Whether a claim of these offsets is contradicted: the one rule of `clock-rhythm` and `clock-disagreement`.
    pub fn contradicts(&self, allowed: &[UtcOffset]) -> bool {
        let best = self.best();
        !allowed.is_empty()
            && allowed.iter().all(|&a| hours_between(a, best) >= FAR_HOURS)
            && self.log10_bf_against(allowed) > MIN_LOG10_BF
    }
}

fn is_near(place: usize, allowed: &[UtcOffset]) -> bool {
    allowed
        .iter()
        .any(|&a| hours_between(a, Posterior::offset(place)) <= CLAIM_HOURS)
}

/// Hours between two clocks, the short way round the day: 0 to 12.
pub fn hours_between(a: UtcOffset, b: UtcOffset) -> f64 {
    let minutes = (a.minutes() - b.minutes()).rem_euclid(1440);
    f64::from(minutes.min(1440 - minutes)) / 60.0
}

impl Rhythms {
    /// The posterior over offsets of somebody active like this.
    pub fn posterior(&self, activity: &Activity) -> Posterior {
        let cells = f64::from(activity.num_cells());
        let temper = TEMPER / (1.0 + cells / TEMPER_HALVES);
        let mut logs = Vec::with_capacity(self.rows().len() * BINS);
        for row in self.rows() {
            for offset in 0..BINS {
                // Active at UTC half-hour b is active at local half-hour b + offset.
                let fits =
                    |(b, &n): (usize, &u32)| f64::from(n) * row.log_density[(b + offset) % BINS];
                let sum: f64 = activity.counts.iter().enumerate().map(fits).sum();
                logs.push(row.log_weight + temper * sum);
            }
        }
        let most = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let mut shares = [0.0; BINS];
        for (at, log) in logs.iter().enumerate() {
            shares[at % BINS] += (log - most).exp();
        }
        let total: f64 = shares.iter().sum();
        Posterior(shares.map(|s| s / total))
    }
}

#[cfg(test)]
mod tests;
