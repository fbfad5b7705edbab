//! Measures how often ordinary developers show what `clock-offset` reports, with the very rule of the detector.
//!
//! ```text
//! python3 corpora/programs/collect_clocks.py poms MIRRORS | cargo run --release --example measure_clock
//! python3 corpora/programs/collect_clocks.py rhythms commit_rhythms.csv.gz | cargo run --release --example measure_clock
//! ```
//! Standard input: `unit <tab> claim <tab> UTC second <tab> recorded offset in minutes`, one commit a line. Standard
//! output: how many units each outcome has, and the share of "differs" among those that could be judged, with the 95 %
//! interval after Wilson (1927). With `--shift=MINUTES` every recorded offset is moved by so much first: what is found then
//! is the share of wrong clocks that the rule notices. With `--single` it is the rule of `file-clock` for one file: of each
//! unit the share of days whose clock is far from the claim, and the mean of these shares with its 95 % interval. With `--list` each unit's outcome too (never commit that: units may be people).

use samehand::features::clock::Agreement;
use samehand::features::clock::ClaimedClock;
use samehand::features::clock::ClockStamp;
use samehand::features::clock::FAR_MINUTES;
use samehand::features::clock::compare;
use samehand::features::clock::one;
use samehand::features::place::zones;
use samehand::model::UtcOffset;
use std::collections::BTreeMap;
use std::io::BufRead;

/// 97.5 % point of the normal distribution.
const Z: f64 = 1.959964;

fn main() -> anyhow::Result<()> {
    let list = std::env::args().any(|a| a == "--list");
    let shift = std::env::args().find_map(|a| {
        a.strip_prefix("--shift=")
            .and_then(|m| m.parse::<i32>().ok())
    });
    let mut units: BTreeMap<(String, String), Vec<ClockStamp>> = BTreeMap::new();
    for line in std::io::stdin().lock().lines() {
        let line = line?;
        let [unit, claim, seconds, offset] = line.split('\t').collect::<Vec<_>>()[..] else {
            anyhow::bail!("not four columns: {line}");
        };
        if let Some(offset) = moved(offset.parse()?, shift.unwrap_or(0)) {
            let stamp = ClockStamp {
                seconds: seconds.parse()?,
                offset,
            };
            units
                .entry((unit.into(), claim.into()))
                .or_default()
                .push(stamp);
        }
    }
    if std::env::args().any(|a| a == "--single") {
        single(&units);
        return Ok(());
    }
    let mut counts: BTreeMap<&str, u32> = BTreeMap::new();
    for ((unit, claim), stamps) in &units {
        let zones = zones(None, Some(claim));
        let outcome = if zones.is_empty() {
            "claim not understood"
        } else {
            name(&compare(stamps, &zones))
        };
        *counts.entry(outcome).or_default() += 1;
        if list {
            println!("{unit}\t{claim}\t{outcome}\t{}", stamps.len());
        }
    }
    for (outcome, count) in &counts {
        println!("{count:6} {outcome}");
    }
    let of = |name| counts.get(name).copied().unwrap_or(0);
    let (hits, n) = (of("differs"), of("differs") + of("kept"));
    let (low, high) = wilson(f64::from(hits), f64::from(n));
    println!(
        "{hits} of {n} judged: rate {:.4}, 95 % interval {low:.4} to {high:.4}",
        f64::from(hits) / f64::from(n)
    );
    Ok(())
}

/// What one stamp, taken at random from the days of a unit taken at random, says of the unit's claim.
fn single(units: &BTreeMap<(String, String), Vec<ClockStamp>>) {
    let mut shares = Vec::new();
    for ((_, claim), stamps) in units {
        let clock = ClaimedClock::new(&zones(None, Some(claim)));
        let mut days: BTreeMap<i64, bool> = BTreeMap::new();
        for &stamp in stamps
            .iter()
            .filter(|s| !clock.allowed(s.seconds).is_empty())
        {
            if let Some(far) = one(&clock, stamp) {
                *days.entry(stamp.day()).or_default() |= far >= FAR_MINUTES;
            }
        }
        if !days.is_empty() {
            let far = days.values().filter(|&&far| far).count();
            shares.push(far as f64 / days.len() as f64);
        }
    }
    let n = shares.len() as f64;
    let mean = shares.iter().sum::<f64>() / n;
    let variance = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = Z * (variance / n).sqrt();
    let any = shares.iter().filter(|&&s| s > 0.0).count();
    let most = shares.iter().filter(|&&s| s > 0.5).count();
    println!(
        "{n} units with a day whose clock says something; mean share of far days {mean:.4}, 95 % interval {:.4} to {:.4}; \
         {any} have any, {most} more than half",
        (mean - half).max(0.0),
        mean + half
    );
}

/// An offset moved round the clock; +00:00 stays, it is no place's.
fn moved(minutes: i32, shift: i32) -> Option<UtcOffset> {
    let all = if minutes == 0 { 0 } else { minutes + shift };
    UtcOffset::from_minutes(if all > 840 { all - 1440 } else { all })
}

fn name(agreement: &Agreement) -> &'static str {
    match agreement {
        Agreement::OnlyUtc => "only +00:00",
        Agreement::OnlyDefaultClock => "only default clock",
        Agreement::TooFew { .. } => "too few",
        Agreement::Kept => "kept",
        Agreement::Differs(_) => "differs",
    }
}

/// Score interval of a proportion.
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    let p = hits / n;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (
        (centre - half).max(0.0) / scale,
        (centre + half).min(scale) / scale,
    )
}
