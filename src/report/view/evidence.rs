//! A piece of evidence: what was observed where, what to draw, the ordinary reasons and the question.

use crate::report::clean::shorten;
use crate::report::decisions::About;
use crate::report::sentence;
use crate::report::view::{ExhibitView, MAX_PLACE, MAX_VALUES, ReviewView, Views, cost, exhibits};
use crate::report::{EvidenceEntry, ObservationEntry};

/// One piece of evidence.
pub(in crate::report) struct EvidenceView<'r> {
    /// Anchor on the page.
    pub(in crate::report) anchor: String,
    /// It stands further up already.
    pub(in crate::report) shown_before: bool,
    /// Whether there is room for more than a line.
    pub(in crate::report) full: bool,
    /// The evidence.
    pub(in crate::report) entry: &'r EvidenceEntry,
    /// What family it is of.
    pub(in crate::report) family: &'static str,
    /// The detector in words.
    pub(in crate::report) detector: String,
    /// Whom it is about, where they are more than two.
    pub(in crate::report) subjects: Vec<&'r str>,
    /// Relations that would show this too.
    pub(in crate::report) explained: String,
    /// Values and where they stand.
    pub(in crate::report) values: ValuesView<'r>,
    /// What to draw.
    pub(in crate::report) exhibits: Vec<ExhibitView<'r>>,
    /// What was decided about it.
    pub(in crate::report) review: ReviewView<'r>,
}

/// Observed values.
pub(in crate::report) struct ValuesView<'r> {
    /// Each value once.
    pub(in crate::report) values: Vec<ValueView<'r>>,
    /// How many observations are left out.
    pub(in crate::report) more: usize,
}

/// One value and its places.
pub(in crate::report) struct ValueView<'r> {
    /// Kind of fact.
    pub(in crate::report) kind: &'r str,
    /// The value.
    pub(in crate::report) value: &'r str,
    /// Where it stands.
    pub(in crate::report) places: Vec<String>,
}

impl<'r> Views<'_, 'r> {
    /// Whether it stands on the page already.
    pub(in crate::report::view) fn is_shown(&self, entry: &EvidenceEntry) -> bool {
        let key = (entry.id.as_str(), entry.subjects.as_slice());
        self.anchors.contains_key(&key)
    }

    /// Evidence on its own, in full where there is room.
    pub(in crate::report::view) fn evidence(
        &mut self,
        entry: &'r EvidenceEntry,
    ) -> EvidenceView<'r> {
        let need = if self.is_shown(entry) { 0 } else { cost(entry) };
        match self.budget.spend(need) {
            true => self.shown_evidence(entry),
            false => self.brief_evidence(entry),
        }
    }

    /// Evidence whose room is paid for.
    pub(in crate::report::view) fn shown_evidence(
        &mut self,
        entry: &'r EvidenceEntry,
    ) -> EvidenceView<'r> {
        let shown_before = self.is_shown(entry);
        let key = (entry.id.as_str(), entry.subjects.as_slice());
        let next = format!("e{}", self.anchors.len() + 1);
        let anchor = self.anchors.entry(key).or_insert(next).clone();
        EvidenceView {
            anchor,
            shown_before,
            full: true,
            values: values(&entry.observations),
            exhibits: exhibits(&entry.exhibits),
            ..self.brief_evidence(entry)
        }
    }

    /// Evidence in a line.
    pub(in crate::report::view) fn brief_evidence(
        &self,
        entry: &'r EvidenceEntry,
    ) -> EvidenceView<'r> {
        let is_pair = entry.subjects.len() == 2;
        EvidenceView {
            anchor: String::new(),
            shown_before: false,
            full: false,
            entry,
            family: sentence::family(entry.family),
            detector: sentence::detector(&entry.detector),
            subjects: if is_pair {
                Vec::new()
            } else {
                self.outline.label_all(&entry.subjects)
            },
            explained: sentence::question(&entry.explained_by),
            values: values(&[]),
            exhibits: Vec::new(),
            review: ReviewView::new(About::Evidence, &entry.id, &[], &entry.decision),
        }
    }
}

/// Each value once, with its places.
pub(in crate::report::view) fn values(observations: &[ObservationEntry]) -> ValuesView<'_> {
    let mut values: Vec<ValueView<'_>> = Vec::new();
    let mut more = 0;
    for observation in observations {
        let place = shorten(&sentence::place(&observation.at), MAX_PLACE);
        match values
            .iter()
            .position(|v| v.value == observation.fact.value)
        {
            Some(i) if values[i].places.len() < MAX_VALUES => values[i].places.push(place),
            None if values.len() < MAX_VALUES => {
                values.push(ValueView {
                    kind: &observation.fact.kind,
                    value: &observation.fact.value,
                    places: vec![place],
                });
            }
            _ => more += 1,
        }
    }
    ValuesView { values, more }
}
