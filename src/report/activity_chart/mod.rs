//! Geometry of an applicant's charts: hours over months, offsets, timelines. In whole pixels, so that equal reports are
//! equal bytes; drawn in their own size, in a box that scrolls, so that their text never shrinks.
//!
//! A level of the heat map, or a kind of bar, is one path of short strokes: some nine bytes a cell instead of fifty.

mod heat_map;
mod lanes;
mod offsets;

pub(in crate::report) use heat_map::HeatMap;
pub(in crate::report) use lanes::Lanes;
pub(in crate::report) use offsets::Offsets;

use std::fmt::Write as _;

/// A text at a place of a drawing.
pub(in crate::report) struct Label {
    /// Where it starts or is centred.
    pub(in crate::report) x: i32,
    /// Its base line.
    pub(in crate::report) y: i32,
    /// What it says.
    pub(in crate::report) text: String,
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
