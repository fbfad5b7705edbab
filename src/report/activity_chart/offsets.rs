//! How well the hours of a history fit each offset, beside what is claimed.

use crate::model::{OffsetFit, UtcOffset};
use crate::report::activity_chart::Label;
use crate::report::activity_chart::Pen;
use crate::report::sentence;

/// Width of one offset and height of the tallest.
const OFFSET: i32 = 6;
const OFFSET_HEIGHT: i32 = 64;
/// Space on both sides of the offsets, for their first and last text. Together they fit a screen of 375 pixels.
const MARGIN: i32 = 20;
/// Hours within which an offset is the claim's, as `clock-rhythm` takes it.
const NEAR_MINUTES: i32 = 120;

/// How well each offset fits.
pub(in crate::report) struct Offsets {
    /// Strokes of the offsets.
    pub(in crate::report) bars: String,
    /// Left edges and widths of what is within two hours of the claim.
    pub(in crate::report) claimed: Vec<(i32, i32)>,
    /// Offsets under the bars.
    pub(in crate::report) labels: Vec<Label>,
    /// Width of the drawing.
    pub(in crate::report) width: i32,
    /// The chart in words.
    pub(in crate::report) summary: String,
}

impl Offsets {
    /// The drawing.
    pub(in crate::report) fn new(fit: &OffsetFit) -> Self {
        let most = i32::from(fit.shares.iter().copied().max().unwrap_or(0).max(1));
        let mut bars = Pen::default();
        for (n, &share) in fit.shares.iter().enumerate().filter(|(_, s)| **s > 0) {
            let height = (i32::from(share) * OFFSET_HEIGHT / most).max(1);
            let x = MARGIN + n as i32 * OFFSET + OFFSET / 2;
            bars.stroke((x, OFFSET_HEIGHT), -height);
        }
        let near = |minutes: i32| {
            fit.claimed.iter().any(|c| {
                let far = (c.minutes() - minutes).rem_euclid(1440);
                far.min(1440 - far) <= NEAR_MINUTES
            })
        };
        let mut claimed: Vec<(i32, i32)> = Vec::new();
        for n in (0..fit.shares.len() as i32).filter(|&n| near(minutes_at(n))) {
            let x = MARGIN + n * OFFSET;
            match claimed.last_mut() {
                Some((from, width)) if *from + *width == x => *width += OFFSET,
                _ => claimed.push((x, OFFSET)),
            }
        }
        let labels = (-1..=2).filter_map(|n| UtcOffset::from_minutes(n * 360));
        let labels = labels.map(|offset| Label {
            x: MARGIN + (offset.minutes() + 690) / 30 * OFFSET + OFFSET / 2,
            y: OFFSET_HEIGHT + 18,
            text: offset.to_string(),
        });
        Self {
            bars: bars.path,
            claimed,
            labels: labels.collect(),
            width: 2 * MARGIN + fit.shares.len() as i32 * OFFSET,
            summary: in_words(fit, near),
        }
    }
}

/// The offset of a place in [`OffsetFit::shares`].
fn minutes_at(place: i32) -> i32 {
    place * 30 - 690
}

fn in_words(fit: &OffsetFit, near: impl Fn(i32) -> bool) -> String {
    let best = format!("The hours fit a clock at {} best.", fit.best);
    if fit.claimed.is_empty() {
        return format!("{best} No place or zone is claimed that they could be compared with.");
    }
    let within: u32 = (0..fit.shares.len())
        .filter(|&n| near(minutes_at(n as i32)))
        .map(|n| u32::from(fit.shares[n]))
        .sum();
    let claimed: Vec<String> = fit.claimed.iter().map(ToString::to_string).collect();
    format!(
        "{best} The claim has {}; {} % is for a clock within two hours of it.",
        sentence::list(&claimed),
        (within + 5) / 10
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_claim_is_a_band_that_may_cross_the_edge() {
        let offset = |m| UtcOffset::from_minutes(m).unwrap();
        let mut shares = vec![0; 48];
        (shares[23], shares[41]) = (900, 100);
        let fit = OffsetFit {
            shares,
            best: offset(0),
            claimed: vec![offset(660)],
        };
        let drawn = Offsets::new(&fit);
        // +09:00 to +12:00, and by way of the date line −11:30 and −11:00
        assert_eq!(drawn.claimed.len(), 2);
        assert_eq!(drawn.claimed.iter().map(|c| c.1).sum::<i32>(), 9 * OFFSET);
        assert!(
            drawn
                .summary
                .contains("10 % is for a clock within two hours"),
            "{}",
            drawn.summary
        );
    }
}
