//! `shared-passages`: a part of one document stands in another under a different name: a few bullets, a project, a third.
//!
//! # What it looks at
//! Masked text of documents. Winnowed five-word fingerprints that two applicants share, each weighted by its rarity in the
//! reference, propose the pairs; passages are then aligned word by word and weighed as in `near-text`, which speaks alone
//! where most of the documents is the same.
//!
//! # Why it can mean a link
//! Somebody who writes several applications uses what is written already: bullets, a project, a summary.
//!
//! # Innocent explanations
//! Suggestions of a résumé builder, duties copied from a job description or a company's own wording, a template, an agency.
//!
//! # Limits
//! What more than a dozen applicants share is one group, and is set aside between two of them: a template's text is the
//! pool's, only what the pair alone shares counts. Silent where the reference does not know the language.
//!
//! # References
//! Schleimer, Wilkerson, Aiken 2003; Karlin and Altschul 1990.

use crate::detect::Detector;
use crate::detect::near_text;
use crate::detect::split_group::LONELY_TEXTS;
use crate::detect::split_group::Split;
use crate::detect::split_group::common;
use crate::detect::text_match::{
    MIN_JACCARD, MIN_MASS, MIN_SCORE, Match, Side, Wording, document_pairs, group_evidence,
    is_known, long_enough, unfit_or_unknown,
};
use crate::features::align::SharedPassage;
use crate::features::align::align;
use crate::features::reuse::Reuse;
use crate::features::reuse::of_passages;
use crate::features::shingle::phrases;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::{Card, Family, Measure, Outcome, Profile};

/// Least weight of shared fingerprints worth an alignment. Two in five phrases are fingerprints, so the least score of 15
/// comes with about 6; `paraphrase` looks at the pairs below it too, whose reworded passages leave few phrases whole
/// (docs/text.md).
const MIN_SHARED: f32 = 2.5;

static CARD: Card = Card {
    id: "shared-passages",
    title: "Passages shared by two names",
    family: Family::Text,
    looks_at: "The text of both documents, after each applicant's own name, contact details and place are taken out. Passages \
               that stand in both are aligned word by word, and phrases that many résumés share count for little. Passages that \
               more than a dozen applicants of this pool share are set aside.",
    why: "Somebody who writes several applications uses again what is written already: a project, a few bullets, a summary. \
          Passages of dozens of words that hardly any other résumé holds do not come about twice.",
    innocent: &[
        "Both took suggestions of the same résumé builder, guide or list of duties.",
        "Both describe the same post in their employer's own words.",
        "Both used the wording of one job advertisement.",
        "One agency, coach or course wrote or polished both résumés.",
        "One applicant copied from the other without the other's knowledge.",
    ],
    question: "Which part of this project was yours, what did you try that did not work, and who worked on it with you?",
    limits: "Needs 80 words in both documents. Rewording leaves little to align. Beyond the measured scores the strength follows \
             an extreme-value fit, down to one unrelated pair in a million million. Silent where the reference of common phrases \
             does not know the language, and where most of the documents is the same: near-text speaks there.",
    base_rate: "46 of 185,136 pairs of real English résumés of different people reached the lowest score, near-text and shared-passages \
                together, and 58 of 174,345 pairs held back for the check. Nearly all of them share suggested bullets of a résumé \
                builder or task lists of a trade.",
    references: &[
        "Schleimer, Wilkerson, Aiken 2003, Winnowing: local algorithms for document fingerprinting",
        "Karlin and Altschul 1990, Methods for assessing the statistical significance of molecular sequence features",
        "Vovk and Wang 2021, E-values: calibration, combination and applications",
    ],
};

/// What stands in the evidence about a pair.
const PAIR: &str = "{0} words of the documents are the same (passages: {1}, the longest of {2} words); {3} % of them \
    stand in one order. {4} of the words stand in phrases that no résumé of the reference holds, {8} in phrases that \
    nobody else in this pool holds either; by rarity all passages weigh as much as {5} phrases of that kind. Parts of \
    the résumé: {6}. Years of employment and amounts that agree in them: {7}.";

/// What stands in the evidence about a group.
const GROUP: &str = "All of these documents have passages in common with one of them. Those that share least have {0} \
    words in common (passages: {1}, the longest of {2} words); {3} % of them stand in one order. {4} of the words \
    stand in phrases that no résumé of the reference holds, {8} in phrases that nobody else in this pool holds either; \
    by rarity all passages weigh as much as {5} phrases of that kind. Parts of the résumé: {6}. Years of employment \
    and amounts that agree in all: {7}.";

/// The detector.
pub(in crate::detect) struct SharedPassages;

impl Detector for SharedPassages {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: MIN_SHARED }
    }

    /// Keys are the phrases' own hashes, so that [`Detector::weight`] can look them up; versions are of one run.
    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for document in long_enough(profile) {
            for &phrase in &document.fingerprints.hashes {
                sink.both(phrase);
            }
        }
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        background.phrases.weight(key) as f32
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        unfit_or_unknown(profile, background).into_iter().collect()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => best(a, b, Some(&candidate.keys), background)
                .map(|m| m.evidence(&wording(&m, false)))
                .into_iter()
                .collect(),
            None => groups(candidate, background),
        }
    }
}

fn wording(found: &Match<'_>, of_group: bool) -> Wording {
    Wording {
        card: &CARD,
        measure: Measure {
            table: "shared-passages",
            score: found.reuse.score,
        },
        template: if of_group { GROUP } else { PAIR },
    }
}

/// The strongest match between documents of two applicants. `rare` are the fingerprints that few others share, sorted;
/// passages without one of them are common to many. `None`: nothing is common.
fn best<'a>(
    a: &'a Profile,
    b: &'a Profile,
    rare: Option<&[Key]>,
    background: &Background,
) -> Option<Match<'a>> {
    let comparisons = document_pairs(a, b).count();
    document_pairs(a, b)
        .filter_map(|(x, y)| {
            let (a, b) = (Side::new(a, x), Side::new(b, y));
            let reuse = shared(&a, &b, rare, background)?;
            Some(Match::new(a, b, reuse, comparisons, background))
        })
        .reduce(|best, next| {
            if next.reuse.score > best.reuse.score {
                next
            } else {
                best
            }
        })
}

/// What two documents share, where it is enough and not most of them.
fn shared(
    a: &Side<'_>,
    b: &Side<'_>,
    rare: Option<&[Key]>,
    background: &Background,
) -> Option<Reuse> {
    let of_few = |passage: &SharedPassage| {
        let Some(rare) = rare else { return true };
        let runs = passage
            .runs
            .iter()
            .flat_map(|r| phrases(&a.words[r.a.clone()]));
        runs.into_iter()
            .any(|p| rare.binary_search(&p.hash).is_ok())
    };
    let mut passages = align(&a.words, &b.words);
    let words = |all: &[SharedPassage]| all.iter().map(SharedPassage::words).sum::<usize>();
    let shared_words = words(&passages);
    passages.retain(of_few);
    let is_mostly_common = words(&passages) * 2 < shared_words;
    let found = of_passages(&a.words, &b.words, passages, |p| {
        background.phrases.weight(p)
    });
    let is_enough = found.mass >= MIN_MASS && found.score >= MIN_SCORE;
    let is_known = || is_known(&a.words, background) && is_known(&b.words, background);
    // On a common template documents are nearly the same although they share little of their own.
    let is_near = || near_text::compares(a.document, b.document);
    let is_partial = is_mostly_common || found.jaccard < MIN_JACCARD || !is_near();
    (is_enough && is_partial && is_known()).then_some(found)
}

/// Splits a group. All that its members share with their leader counts: the group is what shows that it is common.
fn groups(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let split = Split {
        candidate,
        lonely: LONELY_TEXTS,
    };
    split.outcomes(
        |leader, other, _: &[Match<'_>]| best(leader, other, None, background),
        |_, matches| group_evidence(&matches, |m| m.reuse.score, wording),
        || {
            let why =
                "many documents share them, and they are too common or too short to tell anything";
            common(&CARD, candidate, "common passages", why)
        },
    )
}

#[cfg(test)]
mod tests;
