//! What an unfilled template or a writing tool left in a résumé.
//!
//! # What it looks at
//! Filler text, fields in brackets that were not filled in, and sentences in which a writing tool speaks of itself.
//!
//! # Why it can mean something
//! It tells that nobody read the page to its end before it was sent.
//!
//! # Innocent explanations
//! Haste, a wrong version of the file, a template without instructions.
//!
//! # Limits
//! A short list of English patterns. Nothing here tells who or what wrote a text, and nothing is ever said about that.
//!
//! # References
//! `corpora/background/template_residue.txt`; `corpora/calibration/template-residue.json`.

use crate::detect::Detector;
use crate::features::residue::Kind;
use crate::features::residue::Residue;
use crate::features::residue::residue;
use crate::link::Background;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::Document;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::floor_char;
use serde::Deserialize;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static CARD: Card = Card {
    id: "template-residue",
    title: "Leftovers of a template or a writing tool",
    family: Family::Text,
    looks_at: "Filler text (“lorem ipsum”), fields of a template that were not filled in (“[Company Name]”, “Your Name”), and \
               sentences in which a writing tool speaks of itself.",
    why: "It shows which template or tool the text went through, and that it was not read to its end. Somebody who sends many \
          applications overlooks such things more often.",
    innocent: &[
        "The applicant was in a hurry or sent the wrong version of the file.",
        "The site that built the résumé prints its own hints where nothing was entered.",
        "A writing tool was used openly to polish the language, as many people do.",
        "The words belong to the applicant's work, such as a template engine or a course about writing.",
    ],
    question: "Your résumé still holds a placeholder. What should stand there?",
    limits: "A short list of English patterns; other languages and templates are not seen. It does not detect text that a machine \
             wrote, nothing can do so reliably, and a leftover of a writing tool says only that one was used.",
    base_rate: "Of 1,200 real English résumés 48 hold an unfilled field (4.0 %, 95 % interval 3.0 to 5.3 %), and none holds filler \
                text or an answer of a writing tool (below 0.3 %); their publisher had taken out names and contacts. Most of them come \
                from one résumé site.",
    references: &[
        "corpora/background/template_residue.txt (the patterns)",
        "corpora/calibration/template-residue.json (the counts)",
        "Wilson 1927: probable inference, the law of succession, and statistical inference",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "every field of the template was filled in or taken out",
    "a field of the template, its sample text or an answer of a writing tool is left",
];

/// Most leftovers named as sources.
const MAX_SHOWN: usize = 12;

/// Bytes of one leftover written out.
const MAX_BYTES: usize = 120;

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let text = include_str!("../../corpora/calibration/template-residue.json");
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

/// See the card.
pub(in crate::detect) struct TemplateResidue;

impl Detector for TemplateResidue {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let mut by_kind: BTreeMap<Kind, Vec<(&Document, Residue)>> = BTreeMap::new();
        for document in &profile.documents {
            for found in residue(document.text.as_str()) {
                let of_kind = by_kind.entry(found.kind).or_default();
                of_kind.push((document, found));
            }
        }
        by_kind
            .iter()
            .filter_map(|(kind, found)| finding(profile, *kind, found))
            .map(|f| Outcome::Finding(Box::new(f)))
            .collect()
    }
}

fn finding(profile: &Profile, kind: Kind, found: &[(&Document, Residue)]) -> Option<Finding> {
    let template = match kind {
        Kind::Filler => "Sample text of a template stands in the résumé, {0} times, first “{1}”.",
        Kind::Placeholder => "Fields of a template were not filled in: {0}. The first is “{1}”.",
        Kind::Tool => {
            "A sentence in which a writing tool answers its user was left in the text, “{1}”. It says that a tool was used, and \
             nothing else. Places: {0}."
        }
    };
    let observations: Vec<Observation> = found
        .iter()
        .take(MAX_SHOWN)
        .map(|(document, residue)| Observation {
            fact: Fact::Text(written(document, residue).to_owned()),
            at: Provenance::new(&document.source, document.text.place(residue.span.start)),
        })
        .collect();
    let facts = vec![
        Fact::Number(found.len().to_string()),
        observations.first()?.fact.clone(),
    ];
    let parts = FindingParts {
        base_rate: rate(kind),
        sample: found.len() as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(template, facts),
        observations: Observations::from_vec(observations)?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

fn written<'a>(document: &'a Document, residue: &Residue) -> &'a str {
    let text = &document.text.as_str()[residue.span.clone()];
    &text[..floor_char(text, MAX_BYTES)]
}

fn rate(kind: Kind) -> BaseRate {
    let name = match kind {
        Kind::Filler => "filler",
        Kind::Placeholder => "placeholder",
        Kind::Tool => "tool",
    };
    TABLE.base_rates[name].rate
}

#[cfg(test)]
mod tests;
