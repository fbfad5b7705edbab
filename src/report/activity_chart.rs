//! Geometry of an applicant's charts: hours over months, offsets, timelines. In whole pixels, so that equal reports are
//! equal bytes; drawn in their own size, in a box that scrolls, so that their text never shrinks.
//!
//! A level of the heat map, or a kind of bar, is one path of short strokes: some nine bytes a cell instead of fifty.

use crate::model::{Exhibit, HourColumn, Lane, OffsetFit, UtcOffset};
use crate::report::clean::shorten;
use crate::report::sentence;
use std::collections::BTreeMap;
use std::fmt::Write as _;

/// Space left of a chart for hours or percent.
const LEFT: i32 = 40;
/// Height of an hour.
const HOUR: i32 = 9;
/// Height of the heat map's cells together.
const GRID: i32 = 24 * HOUR;
/// Widest and narrowest column.
const COLUMN: (i32, i32) = (14, 28);
/// Width that columns share while they are not too narrow or too wide.
const WIDTH: i32 = 840;
/// Levels of the heat map.
const LEVELS: u32 = 4;
/// Width of one offset and height of the tallest.
const OFFSET: i32 = 6;
const OFFSET_HEIGHT: i32 = 64;
/// Space on both sides of the offsets, for their first and last text. Together they fit a screen of 375 pixels.
const MARGIN: i32 = 20;
/// Width of a part of a timeline.
const PART: i32 = 7;
/// Heights in a lane: its name, the bars, the space for lines between the two rows of bars.
const LANE: (i32, i32, i32) = (20, 16, 22);
/// Height of a lane with the space below.
const LANE_STEP: i32 = LANE.0 + 2 * LANE.1 + LANE.2 + 10;
/// Most lines drawn in a lane.
const MAX_LINES: usize = 150;
/// Longest name of a lane, in characters.
const MAX_NAME: usize = 90;
/// Hours within which an offset is the claim's, as `clock-rhythm` takes it.
const NEAR_MINUTES: i32 = 120;

/// A text at a place of a drawing.
pub(in crate::report) struct Label {
    /// Where it starts or is centred.
    pub(in crate::report) x: i32,
    /// Its base line.
    pub(in crate::report) y: i32,
    /// What it says.
    pub(in crate::report) text: String,
}

/// Hours of the day over months.
pub(in crate::report) struct HeatMap<'r> {
    /// Caption.
    pub(in crate::report) caption: &'r str,
    /// What clock the hours are read on.
    pub(in crate::report) clock: &'r str,
    /// What is counted.
    pub(in crate::report) notes: &'r [String],
    /// Width of the drawing.
    pub(in crate::report) width: i32,
    /// Width of a column's strokes.
    pub(in crate::report) stroke: i32,
    /// One path for each level, faintest first.
    pub(in crate::report) levels: Vec<String>,
    /// What each level stands for.
    pub(in crate::report) legend: Vec<String>,
    /// Hours and dates.
    pub(in crate::report) labels: Vec<Label>,
    /// The chart in words.
    pub(in crate::report) summary: String,
    /// The offsets under it.
    pub(in crate::report) fit: Option<Offsets>,
}

impl<'r> HeatMap<'r> {
    /// The drawing; `None` for another exhibit.
    pub(in crate::report) fn new(exhibit: &'r Exhibit) -> Option<Self> {
        let Exhibit::HoursByMonth {
            caption,
            clock,
            columns,
            notes,
            fit,
        } = exhibit
        else {
            return None;
        };
        let step = (WIDTH / (columns.len() as i32).max(1)).clamp(COLUMN.0, COLUMN.1);
        let most = columns.iter().flat_map(|c| &c.counts).copied().max();
        let most = most.unwrap_or(0).max(1);
        Some(Self {
            caption,
            clock,
            notes,
            width: (LEFT + step * columns.len() as i32 + 12).max(LEFT + 160),
            stroke: step - 1,
            levels: (1..=LEVELS)
                .map(|l| cells(columns, step, most, l))
                .collect(),
            legend: legend(most),
            labels: labels(columns, step),
            summary: summary(columns),
            fit: fit.as_ref().map(Offsets::new),
        })
    }
}

/// The level of a count, 1 to [`LEVELS`]; 0 for none.
fn level(count: u32, most: u32) -> u32 {
    (u64::from(count) * u64::from(LEVELS)).div_ceil(u64::from(most)) as u32
}

/// The cells of one level, hours of a column that follow each other in one stroke.
fn cells(columns: &[HourColumn], step: i32, most: u32, wanted: u32) -> String {
    let mut pen = Pen::default();
    for (n, column) in columns.iter().enumerate() {
        let x = LEFT + n as i32 * step + step / 2;
        let is_it = |h: usize| {
            column
                .counts
                .get(h)
                .is_some_and(|&c| level(c, most) == wanted)
        };
        let mut hour = 0;
        while hour < 24 {
            let end = (hour..24).find(|&h| !is_it(h)).unwrap_or(24);
            if end > hour {
                let (y, height) = (hour as i32 * HOUR, (end - hour) as i32 * HOUR);
                pen.stroke((x, y), height);
            }
            hour = end.max(hour + 1);
        }
    }
    pen.path
}

/// A path of upright strokes, each place told from the end of the stroke before: that is shorter.
#[derive(Default)]
struct Pen {
    path: String,
    at: (i32, i32),
}

impl Pen {
    /// A stroke of `height` pixels downwards.
    fn stroke(&mut self, (x, y): (i32, i32), height: i32) {
        let (right, down) = (x - self.at.0, y - self.at.1);
        // A minus parts two numbers as well as a blank does.
        let blank = if down < 0 { "" } else { " " };
        let _ = write!(self.path, "m{right}{blank}{down}v{height}");
        self.at = (x, y + height);
    }
}

/// The counts of each level: "1 to 3".
fn legend(most: u32) -> Vec<String> {
    let lowest = |l: u32| (l - 1) * most / LEVELS + 1;
    let range = |l: u32| {
        let (from, to) = (
            lowest(l),
            if l == LEVELS { most } else { lowest(l + 1) - 1 },
        );
        match from.cmp(&to) {
            std::cmp::Ordering::Less => format!("{from} to {to}"),
            std::cmp::Ordering::Equal => from.to_string(),
            std::cmp::Ordering::Greater => String::new(),
        }
    };
    (1..=LEVELS).map(range).collect()
}

fn labels(columns: &[HourColumn], step: i32) -> Vec<Label> {
    let hours = [0, 6, 12, 18].map(|hour| Label {
        x: 0,
        y: hour * HOUR + 10,
        text: format!("{hour} h"),
    });
    let mut labels: Vec<Label> = hours.into();
    let mut free = 0;
    for (n, column) in columns.iter().enumerate() {
        let x = LEFT + n as i32 * step;
        // The first column, then the first of each year, or of each quarter where there is room, as far as none meet.
        let starts: &[&str] = match step > COLUMN.0 {
            true => &["-01", "-04", "-07", "-10", "Q1", "Q3"],
            false => &["-01", "Q1"],
        };
        let starts_some = starts.iter().any(|end| column.label.ends_with(end));
        if x >= free && (n == 0 || starts_some || !column.label.contains(['-', 'Q'])) {
            labels.push(Label {
                x,
                y: GRID + 16,
                text: column.label.clone(),
            });
            free = x + 8 * column.label.len() as i32 + 10;
        }
    }
    labels
}

fn summary(columns: &[HourColumn]) -> String {
    let mut hours = [0_u64; 24];
    for column in columns {
        for (hour, count) in column.counts.iter().take(24).enumerate() {
            hours[hour] += u64::from(*count);
        }
    }
    let all: u64 = hours.iter().sum();
    let span = match (columns.first(), columns.last()) {
        (Some(first), Some(last)) if columns.len() > 1 => {
            format!("{} to {}", first.label, last.label)
        }
        (Some(one), _) => one.label.clone(),
        _ => "no time".into(),
    };
    let part = |from: usize, to: usize| {
        let part: u64 = hours[from..to].iter().sum();
        format!("{} %", (part * 100 + all / 2).checked_div(all).unwrap_or(0))
    };
    format!(
        "{} commits, {span}: {} from 0 to 6 h, {} from 6 to 12 h, {} from 12 to 18 h, {} from 18 to 24 h.",
        sentence::thousands(all),
        part(0, 6),
        part(6, 12),
        part(12, 18),
        part(18, 24)
    )
}

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
    fn new(fit: &OffsetFit) -> Self {
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

/// Author times against committer times.
pub(in crate::report) struct Lanes<'r> {
    /// Caption.
    pub(in crate::report) caption: &'r str,
    /// What is counted.
    pub(in crate::report) notes: &'r [String],
    /// Width and height of the drawing.
    pub(in crate::report) size: (i32, i32),
    /// One for each repository.
    pub(in crate::report) lanes: Vec<LaneView>,
    /// Dates, under all lanes.
    pub(in crate::report) ticks: Vec<Label>,
    /// The chart in words.
    pub(in crate::report) summary: String,
}

/// One repository of a timeline.
pub(in crate::report) struct LaneView {
    /// Upper edge, from which its own places count.
    pub(in crate::report) top: i32,
    /// Its name.
    pub(in crate::report) name: Label,
    /// Bars of author times, above.
    pub(in crate::report) authored: String,
    /// Bars of committer times, below.
    pub(in crate::report) committed: String,
    /// Commits of websites, as diamonds at their author times.
    pub(in crate::report) website: String,
    /// Lines from author to committer times that lie elsewhere.
    pub(in crate::report) moved: String,
    /// Base lines of the two rows of bars.
    pub(in crate::report) base: String,
}

impl<'r> Lanes<'r> {
    /// The drawing; `None` for another exhibit.
    pub(in crate::report) fn new(exhibit: &'r Exhibit) -> Option<Self> {
        let Exhibit::Timeline {
            caption,
            parts,
            ticks,
            lanes,
            notes,
        } = exhibit
        else {
            return None;
        };
        let width = i32::from(*parts) * PART;
        let bottom = lanes.len() as i32 * LANE_STEP;
        let drawn = lanes.iter().enumerate();
        Some(Self {
            caption,
            notes,
            size: (width + 60, bottom + 22),
            lanes: drawn
                .map(|(n, l)| lane(l, n as i32 * LANE_STEP, width))
                .collect(),
            ticks: ticks
                .iter()
                .map(|(at, text)| Label {
                    x: i32::from(*at) * PART,
                    y: bottom + 14,
                    text: text.clone(),
                })
                .collect(),
            summary: told(lanes),
        })
    }
}

fn lane(lane: &Lane, top: i32, width: i32) -> LaneView {
    let (mut authored, mut committed) = (BTreeMap::new(), BTreeMap::new());
    let (mut website, mut moved, mut num_lines) = (String::new(), String::new(), 0);
    let upper = LANE.0 + LANE.1;
    let lower = upper + LANE.2;
    let x = |part: u16| i32::from(part) * PART + PART / 2;
    let mut on_websites: BTreeMap<u16, u32> = BTreeMap::new();
    for mark in &lane.marks {
        *authored.entry(mark.authored).or_insert(0) += mark.local;
        *committed.entry(mark.committed).or_insert(0) += mark.local;
        *on_websites.entry(mark.authored).or_insert(0) += mark.website;
        if mark.authored.abs_diff(mark.committed) > 0 && num_lines < MAX_LINES {
            num_lines += 1;
            let (from, to) = (x(mark.authored), x(mark.committed));
            let _ = write!(moved, "M{from} {upper}l{} {}", to - from, LANE.2);
        }
    }
    for (&part, _) in on_websites.iter().filter(|(_, n)| **n > 0) {
        let _ = write!(website, "M{} {}l3 3-3 3-3-3z", x(part), upper + 2);
    }
    let most = authored.values().chain(committed.values()).copied().max();
    let most = most.unwrap_or(0).max(1);
    let bars = |counts: &BTreeMap<u16, u32>, base: i32, up: i32| {
        let mut pen = Pen::default();
        for (&part, &count) in counts.iter().filter(|(_, n)| **n > 0) {
            let height = (u64::from(count) * LANE.1 as u64).div_ceil(u64::from(most));
            pen.stroke((x(part), base), up * height as i32);
        }
        pen.path
    };
    LaneView {
        top,
        name: Label {
            x: 0,
            y: 13,
            text: shorten(&lane.source, MAX_NAME),
        },
        authored: bars(&authored, upper, -1),
        committed: bars(&committed, lower, 1),
        website,
        moved,
        base: format!("M0 {upper}h{width}M0 {lower}h{width}"),
    }
}

fn told(lanes: &[Lane]) -> String {
    let marks = || lanes.iter().flat_map(|l| &l.marks);
    let all: u32 = marks().map(|m| m.local + m.website).sum();
    let moved = marks().filter(|m| m.authored != m.committed);
    let moved: u32 = moved.map(|m| m.local + m.website).sum();
    format!(
        "{} commits in {}; {} of them were recorded in another part of the time than they say they were written in.",
        sentence::thousands(u64::from(all)),
        sentence::count(lanes.len(), "repository", "repositories"),
        sentence::thousands(u64::from(moved)),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::LaneMark;

    fn column(label: &str, hours: &[(usize, u32)]) -> HourColumn {
        let mut counts = vec![0; 24];
        hours.iter().for_each(|&(h, n)| counts[h] = n);
        HourColumn {
            label: label.into(),
            counts,
        }
    }

    #[test]
    fn levels_cover_every_count() {
        for most in [1, 2, 3, 4, 7, 100] {
            assert!(
                (1..=most).all(|n| (1..=LEVELS).contains(&level(n, most))),
                "{most}"
            );
            assert_eq!((level(0, most), level(most, most)), (0, LEVELS));
            for (at, text) in legend(most).iter().enumerate() {
                let mut ends = text.split(" to ").filter_map(|n| n.parse().ok());
                assert!(
                    ends.all(|n: u32| level(n, most) == at as u32 + 1),
                    "{most}: {text}"
                );
            }
        }
    }

    #[test]
    fn hours_that_follow_each_other_are_one_stroke() {
        let columns = [column(
            "2024-01",
            &[(0, 4), (9, 4), (10, 4), (11, 1), (23, 4)],
        )];
        assert_eq!(cells(&columns, 14, 4, 4), "m47 0v9m0 72v18m0 108v9");
        assert_eq!(cells(&columns, 14, 4, 1), "m47 99v9");
        assert_eq!(cells(&columns, 14, 4, 2), "");
    }

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

    #[test]
    fn moved_commits_are_lines_and_website_commits_diamonds() {
        let mark = |authored, committed, local, website| LaneMark {
            authored,
            committed,
            local,
            website,
        };
        let drawn = lane(
            &Lane {
                source: "a/x.git".into(),
                marks: vec![mark(0, 0, 4, 0), mark(1, 5, 2, 0), mark(7, 7, 0, 1)],
            },
            0,
            100,
        );
        assert_eq!(drawn.moved, "M10 36l28 22");
        assert_eq!(drawn.authored, "m3 36v-16m7 16v-8");
        assert_eq!(drawn.committed, "m3 58v16m35-16v8");
        assert_eq!(drawn.website, "M52 38l3 3-3 3-3-3z");
    }
}
