//! How many ordinary applicants hide text, by how it is hidden.
//!
//! `corpora/calibration/hidden-text.json` holds the rates with their sources, beside the table for links.

use crate::model::BaseRate;
use crate::model::Hiding;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../../corpora/calibration/hidden-text.json");
    serde_json::from_str(text).expect("the shipped table is checked by a test")
});

#[derive(Deserialize)]
struct Table {
    base_rates: BTreeMap<String, Rate>,
}

#[derive(Deserialize)]
struct Rate {
    #[serde(flatten)]
    rate: BaseRate,
}

/// The rate of a kind of hiding.
pub(in crate::detect) fn of_kind(how: Hiding) -> BaseRate {
    rate(match how {
        Hiding::SameColour => "same-colour",
        Hiding::Tiny => "tiny",
        Hiding::OffPage => "off-page",
        Hiding::Unpainted => "unpainted",
        Hiding::Marked => "marked",
        Hiding::ZeroWidth => "zero-width",
        Hiding::Lookalike => "look-alike",
    })
}

/// The rate of sentences addressed to a program.
pub(in crate::detect) fn of_instructions() -> BaseRate {
    rate("instructions")
}

fn rate(kind: &str) -> BaseRate {
    TABLE.base_rates[kind].rate
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_has_a_rate_inside_its_interval() {
        let kinds = [
            Hiding::SameColour,
            Hiding::Tiny,
            Hiding::OffPage,
            Hiding::Unpainted,
            Hiding::Marked,
            Hiding::ZeroWidth,
            Hiding::Lookalike,
        ];
        for rate in kinds.map(of_kind).into_iter().chain([of_instructions()]) {
            assert!(rate.low <= rate.rate && rate.rate <= rate.high && rate.n > 0);
        }
    }
}
