//! `near-text`: two documents that are the same text, whole or nearly so, under two names.
//!
//! # What it looks at
//! Masked text of documents. Candidates share a band of their MinHash signatures; each is then compared exactly: Jaccard
//! index of three-word shingles, and passages aligned word by word.
//!
//! # Why it can mean a link
//! A career is written once. Two applicants whose texts agree over whole passages that hardly any other résumé holds had
//! the same text before them.
//!
//! # Innocent explanations
//! A public template or sample, an agency or course that writes résumés, one person applying twice.
//!
//! # Limits
//! Finds copies of whole documents; reuse of a few bullets is for `shared-passages`, and a full rewrite is beyond both.
//! Rarity is judged against English résumés. Where no reference knows the language, the overlap of three-word shingles,
//! weighted by how many of this pool hold them, stands in: not calibrated, never above *moderate*, never a cluster.
//!
//! # References
//! Broder 1997; Li, Owen, Zhang 2012; Shrivastava 2017; Karlin and Altschul 1990.

use crate::detect::Detector;
use crate::detect::split_group::LONELY_TEXTS;
use crate::detect::split_group::Split;
use crate::detect::split_group::common;
use crate::detect::text_match::{
    MIN_JACCARD, MIN_MASS, MIN_SCORE, Match, Side, Wording, document_pairs, group_evidence,
    is_known, long_enough, unfit,
};
use crate::features::overlap::overlap;
use crate::features::reuse::reuse;
use crate::features::signature::band_keys;
use crate::features::signature::estimate;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::{Card, Document, Family, Measure, Outcome, Profile};
use std::collections::BTreeSet;

/// Least estimate worth an exact comparison: three standard errors (0.04 at 128 slots) under [`MIN_JACCARD`].
const MIN_ESTIMATE: f64 = 0.12;

/// Least weighted overlap where the reference does not know the language: the lowest point of the stratum `overlap`.
const MIN_OVERLAP: f64 = 0.15;

static CARD: Card = Card {
    id: "near-text",
    title: "Nearly the same text under two names",
    family: Family::Text,
    looks_at: "The text of both documents, after each applicant's own name, contact details and place are taken out. \
               Passages that stand in both are aligned word by word, and phrases that many résumés share count for little.",
    why: "A career is written down once. When whole passages agree word for word, and hardly any other résumé has them, \
          both texts come from one source.",
    innocent: &[
        "Both filled in the same public template or copied the same published sample.",
        "One agency, coach or course wrote or polished both résumés.",
        "One person applied twice, under two spellings of the name.",
        "One applicant copied from the other without the other's knowledge.",
    ],
    question: "Could you walk me through the second project on your résumé: what was there when you started, what did you \
               decide yourself, and who could tell me about it?",
    limits: "Finds copies of whole documents, also reordered or lightly reworded; a full rewrite is not seen. Needs 80 words. \
             Beyond the measured scores the strength follows an extreme-value fit, down to one unrelated pair in a \
             million million. Where the reference does not know the language, rarity in this pool stands in: not calibrated, at \
             most moderate.",
    base_rate: "46 of 185,136 pairs of real English résumés of different people reached the lowest score, near-text and shared-passages \
                together, and 58 of 174,345 pairs held back for the check. Nearly all of them share suggested bullets of a résumé \
                builder or task lists of a trade.",
    references: &[
        "Broder 1997, On the resemblance and containment of documents",
        "Li, Owen, Zhang 2012, One permutation hashing",
        "Shrivastava 2017, Optimal densification for fast and accurate minwise hashing",
        "Karlin and Altschul 1990, Methods for assessing the statistical significance of molecular sequence features",
    ],
};

/// What stands in the evidence about a pair.
const PAIR: &str = "{0} words are the same in both documents (passages: {1}, the longest of {2} words); {3} % of them \
    stand in one order. {4} of the words stand in phrases that no résumé of the reference holds, {8} in phrases that \
    nobody else in this pool holds either; by rarity all passages weigh as much as {5} phrases of that kind. Parts of \
    the résumé: {6}. Years of employment and amounts that agree in them: {7}.";

/// What stands in the evidence about a group.
const GROUP: &str = "All of these documents share passages with one of them. Those that share least have {0} words in \
    common (passages: {1}, the longest of {2} words); {3} % of them stand in one order. {4} of the words stand in \
    phrases that no résumé of the reference holds, {8} in phrases that nobody else in this pool holds either; by \
    rarity all passages weigh as much as {5} phrases of that kind. Parts of the résumé: {6}. Years of employment and \
    amounts that agree in all: {7}.";

/// As [`PAIR`], where no reference knows the language.
const UNKNOWN: &str = "{0} words are the same in both documents (passages: {1}, the longest of {2} words); {3} % of \
    them stand in one order. The reference of common phrases does not know this language: only this pool tells how \
    rare the words are, so this weighs little; {8} of them stand in phrases that nobody else in it holds. Parts of the \
    résumé: {6}. Years of employment and amounts that agree in them: {7}.";

/// The detector.
pub(in crate::detect) struct NearText;

impl Detector for NearText {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for document in long_enough(profile) {
            band_keys(&document.signature).for_each(|key| sink.both(key));
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        unfit(profile).into_iter().collect()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => best(a, b, background)
                .map(|m| m.found.evidence(&m.wording(false)))
                .into_iter()
                .collect(),
            None => groups(candidate, background),
        }
    }
}

/// Documents that are nearly the same.
struct Near<'a> {
    found: Match<'a>,
    measure: Measure,
}

impl Near<'_> {
    fn wording(&self, of_group: bool) -> Wording {
        wording(self.measure, of_group)
    }
}

fn wording(measure: Measure, of_group: bool) -> Wording {
    let template = match (measure.table, of_group) {
        ("near-text", false) => PAIR,
        ("near-text", true) => GROUP,
        _ => UNKNOWN,
    };
    Wording {
        card: &CARD,
        measure,
        template,
    }
}

/// The strongest match between documents of two applicants; one that is calibrated before one that is not.
fn best<'a>(a: &'a Profile, b: &'a Profile, background: &Background) -> Option<Near<'a>> {
    let comparisons = document_pairs(a, b).count();
    document_pairs(a, b)
        .filter(|(x, y)| resemble(x, y))
        .filter_map(|(x, y)| near(Side::new(a, x), Side::new(b, y), background, comparisons))
        .reduce(|best, next| {
            let rank = |n: &Near<'_>| (n.measure.table == CARD.id, n.measure.score);
            if rank(&next) > rank(&best) {
                next
            } else {
                best
            }
        })
}

/// Compares two documents exactly.
fn near<'a>(
    a: Side<'a>,
    b: Side<'a>,
    background: &Background,
    comparisons: usize,
) -> Option<Near<'a>> {
    let found = reuse(&a.words, &b.words, |p| background.phrases.weight(p));
    if found.jaccard < MIN_JACCARD || found.passages.is_empty() {
        return None;
    }
    let measure = if is_known(&a.words, background) && is_known(&b.words, background) {
        let score = found.score;
        (found.mass >= MIN_MASS && score >= MIN_SCORE).then_some(Measure {
            table: "near-text",
            score,
        })
    } else {
        let weight = |shingle, among| background.shingle_weight(shingle, among);
        let score = overlap(&a.words, &b.words, weight).jaccard;
        (score >= MIN_OVERLAP).then_some(Measure {
            table: "near-text/overlap",
            score,
        })
    };
    let measure = measure?;
    let found = Match::new(a, b, found, comparisons, background);
    Some(Near { found, measure })
}

/// Splits a group; whoever joins must resemble everybody already admitted too, so that two who share different parts of
/// one document do not come together. Two left are a pair.
fn groups(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let split = Split {
        candidate,
        lonely: LONELY_TEXTS,
    };
    split.outcomes(
        |leader, other, admitted: &[Near<'_>]| {
            let is_like_all = |near: &Near<'_>| {
                let mut documents = admitted.iter().map(|n| n.found.b.document);
                documents.all(|d| resemble(near.found.b.document, d))
            };
            best(leader, other, background).filter(is_like_all)
        },
        |_, admitted| {
            let score = |n: &Near<'_>| n.measure.score;
            let weakest = admitted.iter().map(score).fold(f64::INFINITY, f64::min);
            let tables = admitted.iter().map(|n| n.measure.table);
            let uncalibrated = tables.into_iter().find(|&table| table != CARD.id);
            let measure = Measure {
                table: uncalibrated.unwrap_or(CARD.id),
                score: weakest,
            };
            let matches: Vec<Match<'_>> = admitted.into_iter().map(|n| n.found).collect();
            group_evidence(
                &matches,
                |m| m.reuse.score,
                |_, of_group| wording(measure, of_group),
            )
        },
        || {
            let why =
                "many documents share it, and none of them shares enough rare text with another";
            common(&CARD, candidate, "common text", why)
        },
    )
}

/// Whether this detector compares two documents at all: bands meet a pair of Jaccard 0.3 only in one case of four, and what
/// they miss is for `shared-passages` to tell.
pub(in crate::detect) fn compares(a: &Document, b: &Document) -> bool {
    let bands: BTreeSet<u64> = band_keys(&a.signature).collect();
    resemble(a, b) && band_keys(&b.signature).any(|key| bands.contains(&key))
}

/// Whether the signatures of two documents make them worth a comparison.
fn resemble(a: &Document, b: &Document) -> bool {
    estimate(&a.signature, &b.signature).is_some_and(|e| e >= MIN_ESTIMATE)
}

#[cfg(test)]
mod tests;
