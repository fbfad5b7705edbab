//! Author times against committer times, a lane for each repository.

use crate::model::{Exhibit, Lane};
use crate::report::activity_chart::Label;
use crate::report::activity_chart::Pen;
use crate::report::clean::shorten;
use crate::report::sentence;
use std::collections::BTreeMap;
use std::fmt::Write as _;

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
