//! Sources, places and weights of the sample.

use crate::model::{
    Digest, Engine, Fact, Observation, Observations, Place, Provenance, SourceInfo, SourceKind,
};
use crate::weigh::{TableRef, Weighed};

pub(in crate::report::sample) fn digest(seed: u8) -> Digest {
    Digest(format!("{seed:02x}").repeat(32))
}

pub(in crate::report::sample) fn source(path: &str, kind: SourceKind) -> SourceInfo {
    let engine = (kind != SourceKind::Unknown).then(|| match kind {
        SourceKind::Git => Engine::new("git2", "0.21"),
        _ => Engine::new("pdfboss-output", "2.16.1"),
    });
    SourceInfo {
        path: path.into(),
        sha256: digest(path.len() as u8),
        kind,
        engine,
    }
}

pub(in crate::report::sample) fn seen(fact: Fact, path: &str, place: Place) -> Observation {
    Observation {
        fact,
        at: Provenance::new(&source(path, SourceKind::Pdf), place),
    }
}

/// Two observations of one value.
pub(in crate::report::sample) fn both(
    fact: Fact,
    left: (&str, Place),
    right: (&str, Place),
) -> Observations {
    Observations::new(
        seen(fact.clone(), left.0, left.1),
        [seen(fact, right.0, right.1)],
    )
}

pub(in crate::report::sample) fn line(page: u32, line: u32) -> Place {
    Place::Line { page, line }
}

pub(in crate::report::sample) fn weighed(log10_lr: f64, table: Option<(&str, &str)>) -> Weighed {
    let calibrated = table.map(|(name, corpus)| TableRef {
        name: name.into(),
        version: "2026.1".into(),
        corpus: corpus.into(),
    });
    Weighed {
        log10_lr,
        rate: 10f64.powf(-log10_lr),
        calibrated,
    }
}
