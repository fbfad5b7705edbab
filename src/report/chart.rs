//! Geometry of the two charts of the page, in whole numbers so that equal reports are equal bytes.
//!
//! Text never stands inside the drawings: it would shrink with them on a narrow screen. Labels and values are HTML beside
//! the bars, which makes them readable without the drawing too.

use crate::model::{Family, HourRow};
use crate::report::LinkEntry;
use crate::report::sentence;

/// Width of a waterfall's coordinate system.
const WIDTH: f64 = 1000.0;

/// One step of a waterfall.
#[derive(Debug, PartialEq)]
pub(in crate::report) struct Bar {
    /// What contributes.
    pub(in crate::report) label: &'static str,
    /// How much, in words.
    pub(in crate::report) value: String,
    /// Style class: `for`, `against` or `total`.
    pub(in crate::report) class: &'static str,
    /// Left edge, 0 to 1000.
    pub(in crate::report) x: i32,
    /// Width, at least 4 so that it can be seen.
    pub(in crate::report) width: i32,
}

/// What each family contributes to a link, largest first, contributions against last, then the sum.
pub(in crate::report) struct Waterfall {
    /// The steps.
    pub(in crate::report) bars: Vec<Bar>,
    /// Where "neither way" lies, 0 to 1000.
    pub(in crate::report) zero: i32,
}

impl Waterfall {
    /// The waterfall of a link.
    pub(in crate::report) fn new(link: &LinkEntry) -> Self {
        let mut steps: Vec<(Family, f64)> = link.families.iter().map(|(&f, &x)| (f, x)).collect();
        steps.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        let mut at = 0.0;
        let mut spans = Vec::new();
        for &(family, x) in &steps {
            let class = if x < 0.0 { "against" } else { "for" };
            spans.push((sentence::family(family), x, class, at, at + x));
            at += x;
        }
        spans.push(("Together", link.log10_lr, "total", 0.0, link.log10_lr));
        let ends = || spans.iter().flat_map(|s| [s.3, s.4]);
        let low = ends().fold(0.0, f64::min);
        let high = ends().fold(low + 1.0, f64::max);
        let place = |x: f64| ((x - low) / (high - low) * WIDTH).round() as i32;
        let bar = |&(label, x, class, from, to): &(&'static str, f64, &'static str, f64, f64)| {
            let (left, right) = (place(f64::min(from, to)), place(f64::max(from, to)));
            let width = (right - left).max(4);
            Bar {
                label,
                value: sentence::factor(x),
                class,
                x: left.min(WIDTH as i32 - width),
                width,
            }
        };
        Self {
            bars: spans.iter().map(bar).collect(),
            zero: place(0.0),
        }
    }
}

/// Height of an hour chart's coordinate system; its width is 24 × 20.
const HEIGHT: u32 = 64;

/// One bar of an hour chart.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::report) struct HourBar {
    /// Left edge.
    pub(in crate::report) x: u32,
    /// Upper edge.
    pub(in crate::report) y: u32,
    /// Height.
    pub(in crate::report) height: u32,
}

/// One row of an hour chart.
pub(in crate::report) struct Hours {
    /// What clock it is read on.
    pub(in crate::report) label: String,
    /// Bars of the hours that have commits.
    pub(in crate::report) bars: Vec<HourBar>,
    /// The chart in words.
    pub(in crate::report) summary: String,
    /// The 24 counts.
    pub(in crate::report) counts: Vec<u32>,
}

impl Hours {
    /// The chart of a row; hours beyond the 24th are left out, missing ones are empty.
    pub(in crate::report) fn new(row: &HourRow) -> Self {
        let counts: Vec<u32> = (0..24)
            .map(|h| row.counts.get(h).copied().unwrap_or(0))
            .collect();
        let most = counts.iter().copied().max().unwrap_or(0).max(1);
        let bar = |(hour, &n): (usize, &u32)| {
            let height = ((u64::from(n) * u64::from(HEIGHT)).div_ceil(u64::from(most))) as u32;
            (n > 0).then_some(HourBar {
                x: hour as u32 * 20 + 2,
                y: HEIGHT - height,
                height,
            })
        };
        let bars = counts.iter().enumerate().filter_map(bar).collect();
        Self {
            label: row.label.clone(),
            bars,
            summary: summary(&counts),
            counts,
        }
    }
}

fn summary(counts: &[u32]) -> String {
    let total: u64 = counts.iter().map(|&n| u64::from(n)).sum();
    let mut busiest: Vec<(usize, u32)> = counts
        .iter()
        .copied()
        .enumerate()
        .filter(|&(_, n)| n > 0)
        .collect();
    busiest.sort_by_key(|&(hour, n)| (std::cmp::Reverse(n), hour));
    let most: Vec<String> = busiest
        .iter()
        .take(3)
        .map(|(hour, n)| format!("{hour}:00 ({n})"))
        .collect();
    let all = format!("{} in all", sentence::thousands(total));
    if most.is_empty() {
        all
    } else {
        format!("{all}; most in the hours from {}", sentence::list(&most))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;

    #[test]
    fn a_waterfall_starts_at_zero_and_ends_at_the_sum() {
        let report = assemble(sample::draft());
        for link in &report.links {
            let chart = Waterfall::new(link);
            let total = chart.bars.last().unwrap();
            assert_eq!((total.class, total.x), ("total", chart.zero));
            assert_eq!(chart.bars[0].x, chart.zero);
            assert!(
                chart.bars.iter().all(|b| b.x >= 0 && b.x + b.width <= 1000),
                "{:?}",
                chart.bars
            );
        }
    }

    #[test]
    fn contributions_against_come_last_and_point_left() {
        let report = assemble(sample::draft());
        let chart = Waterfall::new(&report.links[0]);
        let classes: Vec<&str> = chart.bars.iter().map(|b| b.class).collect();
        assert_eq!(classes, ["for", "for", "against", "total"]);
        assert_eq!(chart.bars[2].value, "÷ 2");
        assert!(chart.bars[2].x < chart.bars[1].x + chart.bars[1].width);
    }

    #[test]
    fn a_link_without_support_still_has_a_scale() {
        let mut link = assemble(sample::draft()).links.remove(0);
        link.families.clear();
        link.log10_lr = -0.4;
        let chart = Waterfall::new(&link);
        assert!(chart.zero > 0);
        assert_eq!(chart.bars[0].x, 0);
    }

    #[test]
    fn an_hour_chart_is_read_in_words_too() {
        let mut counts = vec![0; 24];
        (counts[9], counts[10], counts[23]) = (4, 8, 1);
        let chart = Hours::new(&HourRow {
            label: "x".into(),
            counts,
        });
        assert_eq!(
            chart.summary,
            "13 in all; most in the hours from 10:00 (8), 9:00 (4) and 23:00 (1)"
        );
        assert_eq!(
            chart.bars[1],
            HourBar {
                x: 202,
                y: 0,
                height: 64
            }
        );
        assert_eq!(
            Hours::new(&HourRow {
                label: "x".into(),
                counts: vec![]
            })
            .summary,
            "0 in all"
        );
    }
}
