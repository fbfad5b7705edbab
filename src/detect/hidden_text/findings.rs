//! What hidden text says of one applicant alone.

use crate::detect::hidden_text::CARD;
use crate::detect::hidden_text::rates::of_instructions;
use crate::detect::hidden_text::rates::of_kind;
use crate::detect::hidden_text::telling;
use crate::features::machine_instructions::instructions;
use crate::model::BaseRate;
use crate::model::Document;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::HiddenText;
use crate::model::Hiding;
use crate::model::MASK;
use crate::model::MaskedText;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Ordinary;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::SetAside;
use crate::model::floor_char;
use std::collections::BTreeMap;

/// Fewer hidden words are spacers and field codes.
const MIN_WORDS: usize = 5;

/// Bytes of hidden text written out as an observed value.
const SHOWN: usize = 160;

const PROPOSITIONS: [&str; 2] = [
    "all text of the document is there for its reader",
    "the document holds text that its reader does not see",
];

fn num_words(text: &MaskedText) -> usize {
    let words = text.as_str().split_whitespace();
    words
        .filter(|w| w.chars().any(char::is_alphanumeric))
        .count()
}

/// What is hidden for an ordinary reason.
pub(in crate::detect) fn ordinary(profile: &Profile) -> Vec<Outcome> {
    let all = profile.documents.iter().flat_map(|d| &d.traces.hidden);
    let kinds = all.filter_map(|h| h.ordinary);
    let row = |kind| {
        let (what, why) = match kind {
            Ordinary::OcrLayer => (
                "the text layer of a scan",
                "it repeats what the picture of the page shows, for search and copying",
            ),
            Ordinary::TemplateGhost => (
                "text that a design tool left of its template",
                "design tools leave a template's sample text under what replaced it",
            ),
        };
        Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects: vec![profile.applicant.clone()],
            what: Fact::Text(what.into()),
            why,
        })
    };
    let mut kinds: Vec<Ordinary> = kinds.collect();
    kinds.sort();
    kinds.dedup();
    kinds.into_iter().map(row).collect()
}

/// Sentences addressed to a program that ranks applications.
pub(in crate::detect) fn to_a_machine(profile: &Profile) -> Option<Finding> {
    let mut phrases: Vec<&'static str> = Vec::new();
    let mut observations = Vec::new();
    for (document, hidden) in telling(profile) {
        let found = instructions(hidden.text.as_str());
        if !found.is_empty() {
            observations.push(observe(document, hidden));
            phrases.extend(found);
        }
    }
    let sample = observations.len() as u32;
    let facts = vec![
        Fact::Number(phrases.len().to_string()),
        Fact::Text(phrases.first()?.to_string()),
    ];
    finding(
        profile,
        of_instructions(),
        sample,
        Explanation::new(
            "Text that a reader does not see is addressed to a program that ranks applications: phrases of the list in it, {0}, \
             such as “{1}”.",
            facts,
        ),
        observations,
    )
}

/// Other hidden text, by the kind that is most common among ordinary applicants.
pub(in crate::detect) fn to_nobody(profile: &Profile) -> Option<Finding> {
    let mut words: BTreeMap<Hiding, usize> = BTreeMap::new();
    let mut observations = Vec::new();
    for (document, hidden) in telling(profile) {
        if instructions(hidden.text.as_str()).is_empty() {
            *words.entry(hidden.how).or_default() += num_words(&hidden.text);
            observations.push((hidden.how, observe(document, hidden)));
        }
    }
    words.retain(|_, n| *n >= MIN_WORDS);
    let rate = words
        .keys()
        .map(|&how| of_kind(how))
        .max_by(|x, y| x.rate.total_cmp(&y.rate))?;
    let how: Vec<&str> = words.keys().map(|&how| phrase(how)).collect();
    let total: usize = words.values().sum();
    let shown = observations
        .into_iter()
        .filter(|(how, _)| words.contains_key(how))
        .map(|(_, o)| o)
        .collect();
    finding(
        profile,
        rate,
        total as u32,
        Explanation::new(
            "{0} words of the files are not for the reader's eye: {1}.",
            vec![Fact::Number(total.to_string()), Fact::Text(how.join("; "))],
        ),
        shown,
    )
}

fn finding(
    profile: &Profile,
    base_rate: BaseRate,
    sample: u32,
    explanation: Explanation,
    observations: Vec<Observation>,
) -> Option<Finding> {
    let parts = FindingParts {
        base_rate,
        sample,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(observations)?,
        exhibits: Vec::new(),
    };
    Some(Finding::new(&CARD, &profile.applicant, parts))
}

fn phrase(how: Hiding) -> &'static str {
    match how {
        Hiding::SameColour => "letters in the colour of what is painted under them",
        Hiding::Tiny => "letters of a point or less",
        Hiding::OffPage => "letters outside the page",
        Hiding::Unpainted => "letters that are never painted",
        Hiding::Marked => "letters marked as hidden",
        Hiding::ZeroWidth => "characters without width inside words",
        Hiding::Lookalike => "letters that look like others inside words",
    }
}

fn observe(document: &Document, hidden: &HiddenText<MaskedText>) -> Observation {
    let text = hidden.text.as_str();
    let end = floor_char(text, SHOWN);
    let part = match hidden.page {
        Some(page) => format!("hidden text, page {page}"),
        None => "hidden text".into(),
    };
    Observation {
        fact: Fact::Text(without_runs(&text[..end])),
        at: Provenance::new(&document.source, Place::Part(part)),
    }
}

/// The text with runs of capitalised words masked: somebody else's name may stand there, and nothing knows it here.
fn without_runs(text: &str) -> String {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_capital = |at: Option<usize>| {
        let word = at.and_then(|at| words.get(at));
        word.and_then(|w| w.chars().next())
            .is_some_and(char::is_uppercase)
    };
    let mut out: Vec<String> = Vec::new();
    for (at, word) in words.iter().enumerate() {
        let in_run = is_capital(Some(at))
            && (is_capital(at.checked_sub(1)) || is_capital(at.checked_add(1)));
        match in_run {
            true if out.last().is_some_and(|w| w.starts_with(MASK)) => {}
            true => out.push(MASK.to_string()),
            false => out.push((*word).to_owned()),
        }
    }
    out.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_be_a_name_is_not_written_out() {
        assert_eq!(
            without_runs("Ignore all of it; Ann Lee wrote Rust"),
            "Ignore all of it; █ wrote Rust"
        );
    }
}
