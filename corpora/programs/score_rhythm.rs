//! Scores the estimate of `features::rhythm` on authors left out of its table, one at a time, and prints what
//! docs/clocks.md and corpora/calibration/clock-rhythm.json quote.
//!
//! `cargo run --release --example score_rhythm -- commit_rhythms.csv.gz`
//!
//! For each author a table is built of all others. From the author's commits runs of 50, 100, 200 and 300 commits in a row
//! are cut, up to ten, evenly spread; an author weighs one however many runs there are. The truth is the offset that most
//! commits of the run record; it is the claim, too, where false alarms are counted. A claim of another zone is the truth
//! moved by so many hours both ways. At last every author counts once with all their commits.
#![allow(clippy::print_stdout)]

mod other_lives;
mod rhythm_data;

use other_lives::LIVES;
use other_lives::lived;

use samehand::features::clock::ClockStamp;
use samehand::features::rhythm::Activity;
use samehand::features::rhythm::Posterior;
use samehand::features::rhythm::Rhythms;
use samehand::features::rhythm::hours_between;
use samehand::model::UtcOffset;
use std::collections::BTreeMap;

const LENGTHS: [usize; 4] = [50, 100, 200, 300];
const RUNS: usize = 10;
/// Hours of the night, for the proxy of people who work or wake at night.
const NIGHT: std::ops::Range<usize> = 0..12;

/// One run of one author.
struct Run {
    author: usize,
    weight: f64,
    truth: UtcOffset,
    posterior: Posterior,
    /// Share of the author's active half-hours between midnight and six.
    night: f64,
}

fn main() -> anyhow::Result<()> {
    let input = std::env::args()
        .nth(1)
        .ok_or_else(|| anyhow::anyhow!("usage: score_rhythm RHYTHMS.csv.gz"))?;
    let authors: Vec<Vec<ClockStamp>> = rhythm_data::read(&input)?.into_values().collect();
    let activity: Vec<_> = authors
        .iter()
        .map(|a| Activity::by_own_clock(a.iter().copied()))
        .collect();
    let mut by_length: BTreeMap<usize, Vec<Run>> = BTreeMap::new();
    let mut by_life: BTreeMap<(usize, usize), Vec<bool>> = BTreeMap::new();
    for (at, stamps) in authors.iter().enumerate() {
        let mut others = activity.clone();
        others.remove(at);
        let table = Rhythms::from_bytes(&Rhythms::build(&others)).expect("just built");
        let counts = activity[at].counts();
        let night =
            f64::from(counts[NIGHT].iter().sum::<u32>()) / f64::from(activity[at].num_cells());
        for (place, life) in LIVES.iter().enumerate() {
            let stamps = lived(stamps, life);
            for length in [100, usize::MAX] {
                let contradicted = |run: &[ClockStamp]| {
                    let activity = Activity::in_utc(run.iter().map(|s| s.seconds));
                    table
                        .posterior(&activity)
                        .contradicts(&[most_frequent(run)])
                };
                // One run of each author: the middle one.
                let all = runs(&stamps, length);
                let middle = all.get(all.len() / 2);
                by_life
                    .entry((place, length))
                    .or_default()
                    .extend(middle.map(|r| contradicted(r)));
            }
        }
        for length in LENGTHS.into_iter().chain([usize::MAX]) {
            let runs = runs(stamps, length);
            let weight = 1.0 / runs.len().max(1) as f64;
            for run in runs {
                by_length.entry(length).or_default().push(Run {
                    author: at,
                    weight,
                    truth: most_frequent(run),
                    posterior: table.posterior(&Activity::in_utc(run.iter().map(|s| s.seconds))),
                    night,
                });
            }
        }
    }
    println!(
        "| commits | authors | mean error, h | within 2 h | own clock contradicted | authors ever | Cllr | noticed: 6 h | 8 h | 10 h | 12 h |"
    );
    println!("|---|---|---|---|---|---|---|---|---|---|---|");
    for (length, runs) in &by_length {
        row(*length, runs);
    }
    for length in [50, 100, usize::MAX] {
        reliability(length, &by_length[&length]);
    }
    nights(&by_length);
    lives(&by_life);
    Ok(())
}

/// How often an author's own clock would be contradicted under another life; one run of each author.
fn lives(by_life: &BTreeMap<(usize, usize), Vec<bool>>) {
    println!("\nThe same authors, if they lived otherwise:\n");
    println!("| life | commits | authors | own clock contradicted |\n|---|---|---|---|");
    for ((place, length), all) in by_life {
        let found = all.iter().filter(|c| **c).count();
        println!(
            "| {} | {} | {} | {found}: {:.1} % |",
            LIVES[*place].0,
            label(*length),
            all.len(),
            100.0 * found as f64 / all.len() as f64
        );
    }
}

/// Runs of so many commits in a row, evenly spread over the history; the whole for `usize::MAX`.
fn runs(stamps: &[ClockStamp], length: usize) -> Vec<&[ClockStamp]> {
    if length == usize::MAX {
        return vec![stamps];
    }
    let Some(spare) = stamps.len().checked_sub(length) else {
        return Vec::new();
    };
    let mut starts: Vec<usize> = (0..RUNS).map(|n| spare * n / (RUNS - 1)).collect();
    starts.dedup();
    starts.into_iter().map(|s| &stamps[s..s + length]).collect()
}

fn most_frequent(stamps: &[ClockStamp]) -> UtcOffset {
    let mut count: BTreeMap<UtcOffset, usize> = BTreeMap::new();
    for stamp in stamps {
        *count.entry(stamp.offset).or_default() += 1;
    }
    let most = count.into_iter().max_by_key(|&(_, n)| n);
    most.expect("runs are not empty").0
}

/// An offset moved by hours round the clock.
fn moved(offset: UtcOffset, hours: i32) -> UtcOffset {
    let minutes = (offset.minutes() + hours * 60 + 720).rem_euclid(1440) - 720;
    UtcOffset::from_minutes(minutes).expect("within twelve hours")
}

fn mean(runs: &[Run], value: impl Fn(&Run) -> f64) -> f64 {
    let total: f64 = runs.iter().map(|r| r.weight).sum();
    runs.iter().map(|r| r.weight * value(r)).sum::<f64>() / total
}

fn share(runs: &[Run], holds: impl Fn(&Run) -> bool) -> f64 {
    mean(runs, |r| f64::from(u8::from(holds(r))))
}

fn label(length: usize) -> String {
    match length {
        usize::MAX => "all".into(),
        n => n.to_string(),
    }
}

fn row(length: usize, runs: &[Run]) {
    let error = |r: &Run| hours_between(r.posterior.best(), r.truth);
    let is_false = |r: &Run| r.posterior.contradicts(&[r.truth]);
    let mut ever: Vec<usize> = runs
        .iter()
        .filter(|r| is_false(r))
        .map(|r| r.author)
        .collect();
    ever.dedup();
    let mut authors: Vec<usize> = runs.iter().map(|r| r.author).collect();
    authors.dedup();
    let noticed = |hours: i32| {
        let one = |h: i32| share(runs, |r| r.posterior.contradicts(&[moved(r.truth, h)]));
        (one(hours) + one(-hours)) / 2.0
    };
    println!(
        "| {} | {} | {:.2} | {:.1} % | {:.2} % | {} | {:.3} | {:.0} % | {:.0} % | {:.0} % | {:.0} % |",
        label(length),
        authors.len(),
        mean(runs, error),
        100.0 * share(runs, |r| error(r) <= 2.0),
        100.0 * share(runs, is_false),
        ever.len(),
        cllr(runs),
        100.0 * noticed(6),
        100.0 * noticed(8),
        100.0 * noticed(10),
        100.0 * noticed(12),
    );
}

/// Cost of the log likelihood ratio (Brümmer and du Preez 2006), claimed zone against another at least six hours off:
/// 0 is perfect, 1 says nothing.
fn cllr(runs: &[Run]) -> f64 {
    let cost = |log10_for: f64| (1.0 + 10f64.powf(-log10_for)).log2();
    let kept = mean(runs, |r| cost(-r.posterior.log10_bf_against(&[r.truth])));
    let other = mean(runs, |r| {
        let far = (6..=18).map(|h| cost(r.posterior.log10_bf_against(&[moved(r.truth, h)])));
        far.sum::<f64>() / 13.0
    });
    (kept + other) / 2.0
}

/// How often a zone (± 2 h) is the true one, by how probable the posterior calls it; every hour of the day is asked.
fn reliability(length: usize, runs: &[Run]) {
    println!("\nReliability, {} commits:\n", label(length));
    println!(
        "| called, % | mean called, % | was so, % | questions (weighted) |\n|---|---|---|---|"
    );
    let edges = [
        0.0, 0.01, 0.05, 0.1, 0.2, 0.4, 0.6, 0.8, 0.9, 0.95, 0.99, 1.000_001,
    ];
    for edge in edges.windows(2) {
        let (mut called, mut was, mut weight) = (0.0, 0.0, 0.0);
        for run in runs {
            for hours in 0..24 {
                let zone = moved(run.truth, hours);
                let p = run.posterior.near(&[zone]);
                if (edge[0]..edge[1]).contains(&p) {
                    called += run.weight * p;
                    was += run.weight * f64::from(u8::from(hours_between(zone, run.truth) <= 2.0));
                    weight += run.weight;
                }
            }
        }
        let percent = |x: f64| 100.0 * x / weight;
        if weight >= 1.0 {
            let (low, high) = (100.0 * edge[0], (100.0 * edge[1]).min(100.0));
            println!(
                "| {low:.0} to {high:.0} | {:.1} | {:.1} | {weight:.0} |",
                percent(called),
                percent(was)
            );
        }
    }
}

/// False alarms among the tenth of the authors who are most active between midnight and six.
fn nights(by_length: &BTreeMap<usize, Vec<Run>>) {
    println!(
        "\nThe tenth of the authors with the largest share of their activity between 00:00 and 06:00:\n"
    );
    println!(
        "| commits | authors | least share at night | mean error, h | own clock contradicted | authors ever |\n|---|---|---|---|---|---|"
    );
    let mut shares: Vec<f64> = by_length[&usize::MAX].iter().map(|r| r.night).collect();
    shares.sort_by(f64::total_cmp);
    let border = shares[shares.len() - shares.len() / 10];
    for (length, runs) in by_length {
        let mut night: Vec<&Run> = runs.iter().filter(|r| r.night >= border).collect();
        let total: f64 = night.iter().map(|r| r.weight).sum();
        let sum = |value: &dyn Fn(&Run) -> f64| {
            night.iter().map(|r| r.weight * value(r)).sum::<f64>() / total
        };
        let error = sum(&|r| hours_between(r.posterior.best(), r.truth));
        let wrong = sum(&|r| f64::from(u8::from(r.posterior.contradicts(&[r.truth]))));
        let mut authors: Vec<usize> = night.iter().map(|r| r.author).collect();
        authors.dedup();
        night.retain(|r| r.posterior.contradicts(&[r.truth]));
        let mut ever: Vec<usize> = night.iter().map(|r| r.author).collect();
        ever.dedup();
        println!(
            "| {} | {} | {:.0} % | {error:.2} | {:.1} % | {} |",
            label(*length),
            authors.len(),
            100.0 * border,
            100.0 * wrong,
            ever.len()
        );
    }
}
