//! The base rates of findings about one applicant.
//!
//! They stand in `corpora/calibration/history-findings.json` and `consistency-findings.json`, with the corpus and the command
//! that measured each.

use crate::model::BaseRate;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

const SHIPPED: [&str; 2] = [
    include_str!("../../corpora/calibration/history-findings.json"),
    include_str!("../../corpora/calibration/consistency-findings.json"),
];

static RATES: LazyLock<BTreeMap<String, Measured>> = LazyLock::new(|| {
    let table = |text: &&str| -> Table {
        serde_json::from_str(text).expect("the shipped tables are checked by a test")
    };
    SHIPPED.iter().map(table).flat_map(|t| t.findings).collect()
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
    fn every_measured_finding_is_sound_and_belongs_to_a_detector() {
        for (name, entry) in RATES.iter() {
            let id = name.split('/').next().unwrap();
            assert!(DETECTORS.iter().any(|d| d.card().id == id), "{name}");
            let rate = entry.base_rate;
            assert!(0.0 < rate.rate && rate.rate < 0.1, "{name}");
            assert!(rate.low <= rate.rate && rate.rate <= rate.high, "{name}");
            assert!(rate.n >= 30, "{name}");
        }
    }

    #[test]
    fn no_finding_stands_in_both_tables() {
        let count = |text: &&str| serde_json::from_str::<Table>(text).unwrap().findings.len();
        assert_eq!(SHIPPED.iter().map(count).sum::<usize>(), RATES.len());
    }
}
