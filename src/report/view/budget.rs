//! How much of a report a page can carry: bytes, estimated from what the templates make of an entry.
//!
//! A page of 300 applicants stays below 3 MB and one of 3,000 below 15 MB (`corpora/programs/look_at_report.py` measures
//! both); a browser opens either at once. The estimate is meant to be a little too high, not exact.

use crate::model::{Exhibit, Passage};
use crate::report::view::{MAX_ROWS, MAX_VALUES};
use crate::report::{EvidenceEntry, FindingEntry, ObservationEntry};

/// Of a pool of up to [`SMALL`] applicants.
const BASE: usize = 2_100_000;
/// Applicants of a small pool.
const SMALL: usize = 300;
/// For each applicant beyond.
const EACH: usize = 3_000;
/// Of any pool.
const MOST: usize = 10_000_000;

/// What may still be shown in full.
#[derive(Clone, Debug)]
pub(in crate::report) struct Budget {
    left: usize,
}

impl Budget {
    /// Of a page about so many applicants.
    pub(in crate::report) fn of_pool(num_applicants: usize) -> Self {
        let more = num_applicants.saturating_sub(SMALL).saturating_mul(EACH);
        Self {
            left: BASE.saturating_add(more).min(MOST),
        }
    }

    /// Everything is shown: a page about one applicant.
    pub(in crate::report) fn unlimited() -> Self {
        Self { left: usize::MAX }
    }

    /// An equal part for each of `num`.
    pub(in crate::report) fn share(&self, num: usize) -> usize {
        self.left / num.max(1)
    }

    /// Takes `bytes`; false, and nothing taken, where there is less.
    pub(in crate::report) fn spend(&mut self, bytes: usize) -> bool {
        let fits = bytes <= self.left;
        if fits {
            self.left -= bytes;
        }
        fits
    }
}

/// What an entry takes on the page.
pub(in crate::report) trait Cost {
    /// Bytes, about.
    fn cost(&self) -> usize;
}

/// What an entry takes on the page, in bytes.
pub(in crate::report) fn cost(entry: &impl Cost) -> usize {
    entry.cost()
}

impl Cost for EvidenceEntry {
    fn cost(&self) -> usize {
        let innocent: usize = self.innocent.iter().map(|i| i.len() + 12).sum();
        let words = self.explanation.len() + self.question.len() + innocent;
        1_200 + words + observed(&self.observations) + drawn(&self.exhibits)
    }
}

impl Cost for FindingEntry {
    fn cost(&self) -> usize {
        let innocent: usize = self.innocent.iter().map(|i| i.len() + 12).sum();
        let words = self.explanation.len() + self.question.len() + innocent;
        1_600 + words + observed(&self.observations) + drawn(&self.exhibits)
    }
}

impl Cost for [Exhibit] {
    fn cost(&self) -> usize {
        drawn(self)
    }
}

impl Cost for Vec<Exhibit> {
    fn cost(&self) -> usize {
        drawn(self)
    }
}

fn observed(all: &[ObservationEntry]) -> usize {
    let shown = all.iter().take(MAX_VALUES * MAX_VALUES);
    shown
        .map(|o| o.fact.value.len() + o.at.source.len() + 90)
        .sum()
}

fn drawn(all: &[Exhibit]) -> usize {
    all.iter().map(exhibit).sum()
}

fn exhibit(exhibit: &Exhibit) -> usize {
    let passage = |p: &Passage| {
        let marks = 30 * p.changes.len();
        420 + marks + (p.left.len() + p.right.len()) * 11 / 10
    };
    match exhibit {
        Exhibit::Passages { passages, .. } => passages.iter().take(MAX_ROWS).map(passage).sum(),
        Exhibit::Code { regions, .. } => regions.iter().map(|r| passage(&r.text)).sum(),
        Exhibit::Photos { pairs } => {
            let photos = pairs.iter().flatten();
            photos.map(|p| 250 + p.source.len() + p.jpeg.len()).sum()
        }
        Exhibit::Hours { rows, .. } => 2_000 + rows.len() * 2_600,
        Exhibit::HoursByMonth { columns, .. } => {
            let cells = columns.iter().flat_map(|c| &c.counts);
            2_000 + 22 * cells.filter(|n| **n > 0).count()
        }
        Exhibit::Timeline { lanes, .. } => {
            let marks: usize = lanes.iter().map(|l| l.marks.len()).sum();
            1_100 + lanes.len() * 150 + marks * 18
        }
        Exhibit::Table { rows, .. } => {
            let cells = rows.iter().take(MAX_ROWS).flatten();
            300 + cells.map(|c| c.len() + 25).sum::<usize>()
        }
    }
}
