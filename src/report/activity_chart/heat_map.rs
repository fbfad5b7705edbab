//! Hours of the day over months, with the offsets that they fit under them.

use crate::model::{Exhibit, HourColumn};
use crate::report::activity_chart::Label;
use crate::report::activity_chart::Offsets;
use crate::report::activity_chart::Pen;
use crate::report::sentence;

/// Space left of a chart for hours or percent.
const LEFT: i32 = 40;
/// Room on the right for the last month, which stands left-aligned under its column.
const LABEL_ROOM: i32 = 48;
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
            width: (LEFT + step * columns.len() as i32 + LABEL_ROOM).max(LEFT + 160),
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

#[cfg(test)]
mod tests {
    use super::*;

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
}
