//! A finding about one applicant: a base rate and a question, never a strength.

use crate::report::FindingEntry;
use crate::report::decisions::About;
use crate::report::sentence;
use crate::report::view::evidence::{ValuesView, values};
use crate::report::view::{ExhibitView, ReviewView, Views, cost, exhibits};

/// One finding.
pub(in crate::report) struct FindingView<'r> {
    /// The applicant.
    pub(in crate::report) subject: &'r str,
    /// The finding.
    pub(in crate::report) entry: &'r FindingEntry,
    /// The detector in words.
    pub(in crate::report) detector: String,
    /// What it rests on.
    pub(in crate::report) sample: String,
    /// How common it is.
    pub(in crate::report) base_rate: String,
    /// What that means here.
    pub(in crate::report) expected: String,
    /// Values and where they stand.
    pub(in crate::report) values: ValuesView<'r>,
    /// What to draw.
    pub(in crate::report) exhibits: Vec<ExhibitView<'r>>,
    /// Whether there is room for values and drawings.
    pub(in crate::report) full: bool,
    /// What was decided about it.
    pub(in crate::report) review: ReviewView<'r>,
}

impl<'r> Views<'_, 'r> {
    pub(in crate::report::view) fn finding(&mut self, entry: &'r FindingEntry) -> FindingView<'r> {
        let full = self.budget.spend(cost(entry));
        FindingView {
            subject: self.outline.label(&entry.subject),
            entry,
            detector: sentence::detector(&entry.detector),
            sample: sentence::count(entry.sample as usize, "observation", "observations"),
            base_rate: sentence::base_rate(&entry.base_rate),
            expected: sentence::expected_in_pool(entry),
            values: values(if full { &entry.observations } else { &[] }),
            exhibits: exhibits(if full { &entry.exhibits } else { &[] }),
            full,
            review: ReviewView::new(About::Finding, &entry.id, &[], &entry.decision),
        }
    }
}
