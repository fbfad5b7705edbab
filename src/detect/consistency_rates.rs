//! The base rates of the findings about one applicant's own consistency.
//!
//! They stand in `corpora/calibration/consistency-findings.json` with the corpus and the command that measured each.

use crate::model::BaseRate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static RATES: LazyLock<BTreeMap<String, Measured>> = LazyLock::new(|| {
    let text = include_str!("../../corpora/calibration/consistency-findings.json");
    let table: Table = serde_json::from_str(text).expect("the shipped table is checked by a test");
    table.findings
});

#[derive(Deserialize)]
struct Table {
    findings: BTreeMap<String, Measured>,
}

/// The part of an entry that is used here.
#[derive(Deserialize)]
struct Measured {
    base_rate: BaseRate,
}

/// The measured base rate of a finding: a detector's id, or `id/part` where a detector reports two things.
pub(in crate::detect) fn base_rate(name: &str) -> BaseRate {
    let entry = RATES.get(name);
    entry.expect("a test looks every name up").base_rate
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::DETECTORS;

    #[test]
    fn every_rate_is_sound_and_belongs_to_a_detector() {
        for (name, entry) in RATES.iter() {
            let id = name.split('/').next().unwrap();
            assert!(DETECTORS.iter().any(|d| d.card().id == id), "{name}");
            let rate = entry.base_rate;
            assert!(0.0 < rate.rate && rate.rate < 0.5, "{name}");
            assert!(rate.low <= rate.rate && rate.rate <= rate.high, "{name}");
        }
    }
}
