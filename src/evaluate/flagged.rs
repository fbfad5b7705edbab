//! Pairs of two hands that a reader would have looked at: grouped, or linked at least strongly. Each is named with what
//! explains it, for "zero innocents flagged" is a list to read and not only a number.

use crate::evaluate::kinds;
use crate::evaluate::pairs::{Pair, Pool};
use crate::model::{ApplicantId, Relation, Words};
use crate::report::Report;
use serde::Serialize;

/// A link of at least this strength is flagged, grouped or not.
pub const FLAGGED: Words = Words::Strong;

/// A pair of two hands that was flagged.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Flagged {
    /// First applicant.
    pub a: ApplicantId,
    /// Second applicant.
    pub b: ApplicantId,
    /// Kinds of both, as the labels say.
    pub kind: String,
    /// Whether a label marks one of them as a look-alike.
    pub is_innocent: bool,
    /// Whether a group holds both.
    pub is_grouped: bool,
    /// Strength of their link; absent where a group holds them without one.
    pub words: Option<Words>,
    /// Its base-10 logarithm.
    pub log10_lr: Option<f64>,
    /// Pairs of unrelated people expected to look at least this strong.
    pub expected_by_chance: Option<f64>,
    /// Relations that the report names for the whole link; none is the case to look into.
    pub explained_by: Vec<Relation>,
    /// The sentences of the evidence, strongest first.
    pub evidence: Vec<String>,
}

/// The flagged pairs of two hands: unexplained ones first, then the strongest.
pub(in crate::evaluate) fn flagged(pool: &Pool<'_>, report: &Report) -> Vec<Flagged> {
    let strong = |p: &Pair<'_>| p.link.is_some_and(|l| l.words >= FLAGGED);
    let wrong = pool
        .pairs()
        .filter(|p| !p.is_same && (p.is_grouped || strong(p)));
    let mut all: Vec<Flagged> = wrong.map(|pair| row(pool, report, &pair)).collect();
    let key = |f: &Flagged| (!f.explained_by.is_empty(), f.log10_lr.unwrap_or(0.0));
    all.sort_by(|x, y| {
        let ((x_explained, x_lr), (y_explained, y_lr)) = (key(x), key(y));
        (x_explained.cmp(&y_explained))
            .then(y_lr.total_cmp(&x_lr))
            .then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    all
}

fn row(pool: &Pool<'_>, report: &Report, pair: &Pair<'_>) -> Flagged {
    let (a, b) = (&pool.people[pair.a], &pool.people[pair.b]);
    let about = |id: &String| {
        let both = |e: &&crate::report::EvidenceEntry| {
            e.subjects.contains(a.0) && e.subjects.contains(b.0)
        };
        report.evidence.iter().filter(both).find(|e| e.id == *id)
    };
    let evidence = pair.link.map(|l| l.evidence.as_slice()).unwrap_or_default();
    Flagged {
        a: a.0.clone(),
        b: b.0.clone(),
        kind: kinds::kind(pool, pair),
        is_innocent: a.1.is_innocent() || b.1.is_innocent(),
        is_grouped: pair.is_grouped,
        words: pair.link.map(|l| l.words),
        log10_lr: pair.link.map(|l| l.log10_lr),
        expected_by_chance: pair.link.map(|l| l.expected_by_chance),
        explained_by: pair
            .link
            .map(|l| l.explained_by.clone())
            .unwrap_or_default(),
        evidence: evidence
            .iter()
            .filter_map(about)
            .map(|e| e.explanation.clone())
            .collect(),
    }
}
