//! Rows of the report from the values of a run: the small conversions that [`crate::report::assemble()`] is made of.

use crate::identity::DisplayName;
use crate::model::{
    ApplicantId, BaseRate, CodeLines, CodeRegion, Engine, Exhibit, Fact, HourRow, Lane, MASK,
    Observations, Passage, Photo, Place, Problem, Provenance, SourceInfo,
};
use crate::report::mask::Masker;
use crate::report::{At, FactEntry, Looked, ObservationEntry, WatchListEntry};
use std::collections::{BTreeMap, BTreeSet};

/// Four significant digits: enough for every word of the scale, few enough to be the same on every machine.
pub(in crate::report) fn round(x: f64) -> f64 {
    if !x.is_finite() {
        return if x.is_nan() {
            0.0
        } else {
            1e300_f64.copysign(x)
        };
    }
    let rounded: f64 = format!("{x:.3e}").parse().unwrap_or(x);
    // No negative zero: "-0.0" reads as a mistake.
    rounded + 0.0
}

/// The strength of a link as it is told: no table is surer than its hundredths, and the page shows no more. Its word is that of
/// the number that is shown.
pub(in crate::report) fn to_hundredth(log10_lr: f64) -> f64 {
    round((log10_lr * 100.0).round() / 100.0)
}

/// Sorted, each once.
pub(in crate::report) fn sorted<T: Ord>(items: impl IntoIterator<Item = T>) -> Vec<T> {
    items
        .into_iter()
        .collect::<BTreeSet<_>>()
        .into_iter()
        .collect()
}

/// Every id as the report shows it; ids that would look the same after masking get a number behind them.
pub(in crate::report) fn masked_ids<'d>(
    ids: impl Iterator<Item = &'d ApplicantId>,
    masker: &Masker,
) -> BTreeMap<&'d ApplicantId, ApplicantId> {
    let mut taken = BTreeSet::new();
    let unique = |id: &'d ApplicantId| {
        let shown = masker.path(id.as_str());
        let mut candidate = shown.clone();
        let mut n = 2;
        while !taken.insert(candidate.clone()) {
            candidate = format!("{shown} ({n})");
            n += 1;
        }
        (id, ApplicantId::new(candidate))
    };
    ids.collect::<BTreeSet<_>>()
        .into_iter()
        .map(unique)
        .collect()
}

/// A fact; the subjects' names are masked in texts.
pub(in crate::report) fn fact(fact: &Fact, names: &[&DisplayName], masker: &Masker) -> FactEntry {
    match fact {
        Fact::Text(text) => masker.fact(&Fact::Text(without_names(text, names))),
        other => masker.fact(other),
    }
}

/// The text with every name in `names` replaced by one mask each.
fn without_names(text: &str, names: &[&DisplayName]) -> String {
    let mut spans: Vec<_> = names.iter().flat_map(|n| n.spans(text)).collect();
    spans.sort_by_key(|s| (s.start, s.end));
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for span in spans {
        if span.start >= at {
            out.push_str(&text[at..span.start]);
            out.push(MASK);
        }
        at = at.max(span.end);
    }
    out + &text[at..]
}

/// Observations in the detector's order, each once.
pub(in crate::report) fn observations(
    all: &Observations,
    names: &[&DisplayName],
    masker: &Masker,
) -> Vec<ObservationEntry> {
    let mut out: Vec<ObservationEntry> = Vec::new();
    let mut seen = BTreeSet::new();
    for observation in all.as_slice() {
        if seen.insert((&observation.fact, &observation.at)) {
            out.push(ObservationEntry {
                fact: fact(&observation.fact, names, masker),
                at: at(&observation.at, masker),
            });
        }
    }
    out
}

/// A watch list; its name is its owner's.
pub(in crate::report) fn watch_list(list: &WatchListEntry, masker: &Masker) -> WatchListEntry {
    WatchListEntry {
        name: masker.path(&list.name),
        ..list.clone()
    }
}

/// Where a value stands.
pub(in crate::report) fn at(provenance: &Provenance, masker: &Masker) -> At {
    let mut at = At {
        source: masker.path(&provenance.source),
        page: None,
        line: None,
        commit: None,
        range: None,
        file: None,
        column: None,
        part: None,
    };
    match &provenance.place {
        Place::Whole => {}
        Place::Line { page, line } => (at.page, at.line) = (Some(*page), Some(*line)),
        Place::Range { start, end } => at.range = Some([*start, *end]),
        Place::Commit(id) => at.commit = Some(id.to_string()),
        Place::File { path, .. } => at.file = Some(masker.path(path)),
        Place::Lines { path, first, .. } => {
            (at.file, at.line) = (Some(masker.path(path)), Some(*first))
        }
        Place::Field { line, column } => {
            (at.line, at.column) = (Some(*line), Some(masker.text(column)))
        }
        Place::Part(part) => at.part = Some(masker.text(part)),
        Place::Link { page } | Place::Image { page } => at.page = *page,
    }
    at
}

/// What is drawn, every text in it searched for names and contacts.
pub(in crate::report) fn exhibit(
    exhibit: &Exhibit,
    names: &[&DisplayName],
    masker: &Masker,
) -> Exhibit {
    // Contacts first: a name taken out of an address would leave no address to mask and follow.
    let text = |t: &String| without_names(&masker.text(t), names);
    let block = |t: &String| without_names(&masker.block(t), names);
    match exhibit {
        Exhibit::Passages {
            left,
            right,
            passages,
        } => Exhibit::Passages {
            left: masker.path(left),
            right: masker.path(right),
            passages: passages
                .iter()
                // Masked as a whole, then compared again: no contact hides between two marks.
                .map(|p| {
                    let left = (block(&p.left), text(&p.left_at));
                    Passage::new(left, (block(&p.right), text(&p.right_at)), p.words)
                })
                .collect(),
        },
        Exhibit::Code {
            left,
            right,
            regions,
        } => {
            let lines = |l: &CodeLines| CodeLines {
                file: masker.path(&l.file),
                ..l.clone()
            };
            let region = |r: &CodeRegion| {
                let (left, right) = (lines(&r.left), lines(&r.right));
                let text = Passage::compared(
                    (block(&r.text.left), left.in_words()),
                    (block(&r.text.right), right.in_words()),
                );
                CodeRegion { left, right, text }
            };
            Exhibit::Code {
                left: masker.path(left),
                right: masker.path(right),
                regions: regions.iter().map(region).collect(),
            }
        }
        // A masked report keeps what was compared and shows no picture.
        Exhibit::Photos { pairs } => {
            let photo = |p: &Photo| Photo {
                source: masker.path(&p.source),
                jpeg: match masker.reveals() {
                    true => p.jpeg.clone(),
                    false => String::new(),
                },
                ..p.clone()
            };
            Exhibit::Photos {
                pairs: pairs
                    .iter()
                    .map(|pair| pair.each_ref().map(photo))
                    .collect(),
            }
        }
        Exhibit::Hours { caption, rows } => Exhibit::Hours {
            caption: text(caption),
            rows: rows
                .iter()
                .map(|r| HourRow {
                    label: text(&r.label),
                    counts: r.counts.clone(),
                })
                .collect(),
        },
        Exhibit::HoursByMonth {
            caption,
            clock,
            columns,
            notes,
            fit,
        } => Exhibit::HoursByMonth {
            caption: text(caption),
            clock: text(clock),
            columns: columns.clone(),
            notes: notes.iter().map(text).collect(),
            fit: fit.clone(),
        },
        Exhibit::Timeline {
            caption,
            parts,
            ticks,
            lanes,
            notes,
        } => Exhibit::Timeline {
            caption: text(caption),
            parts: *parts,
            ticks: ticks.clone(),
            lanes: lanes
                .iter()
                .map(|lane| Lane {
                    source: masker.path(&lane.source),
                    marks: lane.marks.clone(),
                })
                .collect(),
            notes: notes.iter().map(text).collect(),
        },
        Exhibit::Table {
            caption,
            head,
            rows,
        } => Exhibit::Table {
            caption: text(caption),
            head: head.iter().map(text).collect(),
            rows: rows
                .iter()
                .map(|row| row.iter().map(text).collect())
                .collect(),
        },
    }
}

/// A source whose path shows no address.
pub(in crate::report) fn source(source: &SourceInfo, masker: &Masker) -> SourceInfo {
    let engine = source
        .engine
        .as_ref()
        .map(|e| Engine::new(&e.name, &e.version));
    SourceInfo {
        path: masker.path(&source.path),
        sha256: source.sha256.clone(),
        kind: source.kind,
        engine,
    }
}

/// A state whose reason shows no contact.
pub(in crate::report) fn looked(looked: &Looked, masker: &Masker) -> Looked {
    Looked {
        why: looked.why.as_ref().map(|w| masker.text(w)),
        ..looked.clone()
    }
}

/// A problem whose words show no contact.
pub(in crate::report) fn problem(problem: &Problem, masker: &Masker) -> Problem {
    Problem {
        source: masker.path(&problem.source),
        message: masker.text(&problem.message),
        ..problem.clone()
    }
}

/// A rate, rounded.
pub(in crate::report) fn base_rate(rate: &BaseRate) -> BaseRate {
    BaseRate {
        rate: round(rate.rate),
        low: round(rate.low),
        high: round(rate.high),
        n: rate.n,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::mask::Masking;

    #[test]
    fn rounding_keeps_four_digits_of_any_size() {
        for (x, rounded) in [
            (1.234_56, 1.235),
            (0.000_000_123_456, 1.235e-7),
            (-0.0, 0.0),
            (2.999_96, 3.0),
            (f64::INFINITY, 1e300),
            (f64::NAN, 0.0),
        ] {
            assert_eq!(round(x), rounded);
        }
        assert!(round(-0.0).is_sign_positive());
    }

    #[test]
    fn ids_that_hold_addresses_are_masked_and_stay_different() {
        let ids = ["ann@x.example", "amy@x.example", "a-01"].map(ApplicantId::new);
        let masker = Masker::collecting(Masking::Mask);
        let shown = masked_ids(ids.iter(), &masker);
        assert_eq!(shown[&ids[2]].as_str(), "a-01");
        assert_ne!(shown[&ids[0]], shown[&ids[1]]);
        assert!(
            shown
                .values()
                .all(|id| !id.as_str().contains("ann@") && !id.as_str().contains("amy@"))
        );
    }
}
