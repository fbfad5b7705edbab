//! `paraphrase`: two documents that say the same in other words.
//!
//! # What it looks at
//! Masked text of documents that share at least a few phrases. What is left of a text when common words, phrases of the
//! reference and the passages that `near-text` and `shared-passages` tell are taken out, rare words and numbers in their
//! order, is aligned segment by segment.
//!
//! # Why it can mean a link
//! Whoever rewords a text changes words here and there; which things are told, in which order and with which numbers stays.
//!
//! # Innocent explanations
//! The same duties in the same trade, two posts at one employer, a template that both filled in freely.
//!
//! # Limits
//! No dictionary and no language model: synonyms are changed words, and a full rewrite is not seen. Only pairs that another
//! detector proposed are looked at.
//!
//! # References
//! Smith and Waterman 1981; Karlin and Altschul 1990.

use crate::detect::Detector;
use crate::detect::text_match::{Side, document_pairs, is_known, unfit_or_unknown};
use crate::features::align::align;
use crate::features::paraphrase::{Content, Resemblance, Told, content, resemblances, score};
use crate::features::reuse::is_personal;
use crate::features::reuse::shared_facts;
use crate::features::shingle::hash_words;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::model::{
    Card, Evidence, Exhibit, Explanation, Fact, Family, Measure, Observations, Outcome, Passage,
    Profile, Relation, Subjects,
};
use std::collections::BTreeSet;
use std::ops::Range;

/// Least score: about one pair of unrelated real résumés in 90,000 reaches it (docs/text.md). The lowest of the calibration
/// table.
const LEAST: f64 = 1.0;

/// Least segments that resemble each other: one may be the wording of a common task.
const MIN_SEGMENTS: usize = 2;

/// Segments drawn in the report.
const SHOWN: usize = 8;

static CARD: Card = Card {
    id: "paraphrase",
    title: "The same told in other words under two names",
    family: Family::Text,
    looks_at: "The text of both documents without names, contact details, places, the words and phrases that many résumés hold, \
               and the passages that agree word by word. The rare words and numbers that remain are aligned in their order, \
               sentence by sentence.",
    why: "Rewording changes words here and there. Which things are told, in which order and with which numbers stays, and for \
          unrelated people these hardly ever agree over several sentences.",
    innocent: &[
        "Both tell the usual tasks of one trade in its usual words.",
        "Both held the same post at one employer.",
        "Both filled in one template or questionnaire freely.",
        "One agency or coach worded both résumés.",
    ],
    question: "Which of the things on your résumé are you proudest of, and how did you arrive at the figures you give for it?",
    limits: "Needs 80 words in both documents and a few phrases left as they were. Synonyms are not known and a full rewrite is \
             not seen. Passages that agree word by word are told by the other text detectors and count nothing here. Silent where \
             the reference does not know the language.",
    base_rate: "2 of 185,136 pairs of real English résumés of different people reached the lowest score, and 2 of 174,345 pairs held \
                back for the check.",
    references: &[
        "Smith and Waterman 1981, Identification of common molecular subsequences",
        "Karlin and Altschul 1990, Methods for assessing the statistical significance of molecular sequence features",
    ],
};

/// What stands in the evidence.
const PAIR: &str = "{0} sentences or bullets of one document resemble as many of the other in {1} rare words and numbers that follow \
    in the same order, though the wording differs. Years of employment and amounts that agree in them: {2}.";

/// The detector.
pub(in crate::detect) struct Paraphrase;

impl Detector for Paraphrase {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::OnCandidates
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        unfit_or_unknown(profile, background).into_iter().collect()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        let Some((a, b)) = candidate.as_pair() else {
            return Vec::new();
        };
        let comparisons = document_pairs(a, b).count();
        document_pairs(a, b)
            .filter_map(|(x, y)| retold(Side::new(a, x), Side::new(b, y), background))
            .reduce(|best, next| if next.score > best.score { next } else { best })
            .map(|found| found.evidence(comparisons))
            .into_iter()
            .collect()
    }
}

/// Two documents that say the same.
struct Retold<'a> {
    a: Side<'a>,
    b: Side<'a>,
    found: Vec<Resemblance>,
    score: f64,
}

fn content_of(
    side: &Side<'_>,
    passages: impl Iterator<Item = Range<usize>>,
    background: &Background,
) -> Content {
    let told = Told::common(&side.words, |p| background.phrases.frequency(p)).and(passages);
    content(side.document.text.as_str(), &side.words, &told, |word| {
        let hash = hash_words(std::slice::from_ref(word));
        background.phrases.frequency(hash)
    })
}

/// Compares what two documents say beside the passages that they share.
fn retold<'a>(a: Side<'a>, b: Side<'a>, background: &Background) -> Option<Retold<'a>> {
    if !(is_known(&a.words, background) && is_known(&b.words, background)) {
        return None;
    }
    let shared = align(&a.words, &b.words);
    let left = content_of(&a, shared.iter().map(|p| p.a()), background);
    let right = content_of(&b, shared.iter().map(|p| p.b()), background);
    let found = resemblances(&left, &right);
    let score = score(&found, (a.words.len(), b.words.len()));
    (score >= LEAST && found.len() >= MIN_SEGMENTS).then_some(Retold { a, b, found, score })
}

impl Retold<'_> {
    fn evidence(&self, comparisons: usize) -> Outcome {
        let facts: BTreeSet<String> = self
            .found
            .iter()
            .flat_map(|r| {
                let text = |side: &Side<'_>, bytes| side.quote(bytes).0;
                shared_facts(&text(&self.a, r.a.clone()), &text(&self.b, r.b.clone()))
            })
            .collect();
        let explained_by = if is_personal(&facts) {
            Vec::new()
        } else {
            vec![Relation::Template, Relation::Agency]
        };
        let equal: u32 = self.found.iter().map(|r| r.equal).sum();
        let told = vec![
            Fact::Number(self.found.len().to_string()),
            Fact::Number(equal.to_string()),
            Fact::Number(facts.len().to_string()),
        ];
        let subjects = Subjects::pair(&self.a.profile.applicant, &self.b.profile.applicant);
        let measure = Measure {
            table: "paraphrase",
            score: self.score,
        };
        let mut strongest: Vec<&Resemblance> = self.found.iter().collect();
        strongest.sort_by(|x, y| y.score.total_cmp(&x.score));
        let first = strongest[0];
        let observations = Observations::new(
            self.a.observe(first.a.clone()),
            [self.b.observe(first.b.clone())],
        );
        strongest.truncate(SHOWN);
        strongest.sort_by_key(|r| r.a.start);
        let passages = strongest.into_iter().map(|r| {
            let (left, right) = (self.a.quote(r.a.clone()), self.b.quote(r.b.clone()));
            Passage::new(left, right, r.equal)
        });
        let exhibit = Exhibit::Passages {
            passages: passages.collect(),
            left: self.a.document.source.path.clone(),
            right: self.b.document.source.path.clone(),
        };
        let explanation = Explanation::new(PAIR, told);
        let evidence = Evidence::new(
            &CARD,
            subjects,
            measure,
            explanation,
            explained_by,
            observations,
        );
        let evidence = evidence.with_exhibits(vec![exhibit]);
        Outcome::Evidence(Box::new(evidence.best_of(comparisons)))
    }
}

#[cfg(test)]
mod tests;
