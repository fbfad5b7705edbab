//! Two documents that share passages: what `near-text` and `shared-passages` both measure and tell.
//!
//! Both speak of the same score, the rare mass of aligned passages brought to one size (`features::reuse`), and divide the
//! pairs between them by how much of the documents is shared; so no passage is told twice.

use crate::features::align::SharedPassage;
use crate::features::overlap::word_hashes;
use crate::features::parts::Parts;
use crate::features::reuse::Reuse;
use crate::features::reuse::holders_of_rare;
use crate::features::reuse::is_personal;
use crate::features::reuse::num_personal;
use crate::features::reuse::shared_facts;
use crate::features::reuse::stretch;
use crate::features::token::Token;
use crate::features::token::tokens;
use crate::link::Background;
use crate::model::{
    Card, Document, Evidence, Exhibit, Explanation, Fact, Measure, Observation, Observations,
    Outcome, Passage, Place, Profile, Provenance, Relation, Subjects,
};
use std::collections::BTreeSet;
use std::ops::Range;

/// Fewer words than this are a cover note, not a résumé.
pub(in crate::detect) const MIN_WORDS: u32 = 80;

/// Least Jaccard index of three-word shingles at which documents are nearly the same: the pairs above are those of
/// `near-text`, those below of `shared-passages`.
pub(in crate::detect) const MIN_JACCARD: f64 = 0.25;

/// Least rare mass, whatever the size of the documents: less is one bullet, or the stock sentences of a template.
pub(in crate::detect) const MIN_MASS: f64 = 12.0;

/// Least score: about one pair of unrelated real résumés in 4,000 reaches it (docs/text.md). The lowest of the
/// calibration tables.
pub(in crate::detect) const MIN_SCORE: f64 = 15.0;

/// Passages drawn in the report.
const SHOWN: usize = 12;

/// Documents long enough to be compared.
pub(in crate::detect) fn long_enough(profile: &Profile) -> impl Iterator<Item = &Document> {
    let words = |d: &&Document| d.signature.num_words >= MIN_WORDS;
    profile.documents.iter().filter(words)
}

/// Pairs of documents that two applicants have, long enough to be compared.
pub(in crate::detect) fn document_pairs<'a>(
    a: &'a Profile,
    b: &'a Profile,
) -> impl Iterator<Item = (&'a Document, &'a Document)> {
    long_enough(a).flat_map(move |x| long_enough(b).map(move |y| (x, y)))
}

/// Whether the reference knows a text's language.
pub(in crate::detect) fn is_known(words: &[Token], background: &Background) -> bool {
    background.covers(word_hashes(words))
}

/// What can be said of an applicant's documents before any is compared; `None` where they can be.
pub(in crate::detect) fn unfit(profile: &Profile) -> Option<Outcome> {
    if profile.documents.is_empty() {
        let why = "no document could be read";
        return Some(Outcome::CouldNotLook { why });
    }
    let words = profile.documents.iter().map(|d| d.signature.num_words);
    let have = words.max().unwrap_or(0);
    let too_little = Outcome::TooLittle {
        have,
        need: MIN_WORDS,
    };
    (have < MIN_WORDS).then_some(too_little)
}

/// As [`unfit`], and also where the reference knows none of the documents' languages.
pub(in crate::detect) fn unfit_or_unknown(
    profile: &Profile,
    background: &Background,
) -> Option<Outcome> {
    let unknown = |d: &Document| !is_known(&tokens(d.text.as_str()), background);
    let why = "the reference of common phrases does not know this language";
    let could_not = || {
        long_enough(profile)
            .all(unknown)
            .then_some(Outcome::CouldNotLook { why })
    };
    unfit(profile).or_else(could_not)
}

/// One side of a match.
pub(in crate::detect) struct Side<'a> {
    /// The applicant.
    pub profile: &'a Profile,
    /// The document.
    pub document: &'a Document,
    /// Its words.
    pub words: Vec<Token>,
}

impl<'a> Side<'a> {
    /// Takes a document in hand.
    pub fn new(profile: &'a Profile, document: &'a Document) -> Self {
        let words = tokens(document.text.as_str());
        Self {
            profile,
            document,
            words,
        }
    }

    fn text(&self) -> &'a str {
        self.document.text.as_str()
    }

    /// Bytes of some words, with the numbers at their edges.
    fn bytes(&self, words: Range<usize>) -> Range<usize> {
        stretch(self.text(), &self.words, words)
    }

    /// A text of this side and where it begins, in words.
    pub fn quote(&self, bytes: Range<usize>) -> (String, String) {
        let place = match self.document.text.place(bytes.start) {
            Place::Line { page, line } => format!("page {page}, line {line}"),
            _ => String::new(),
        };
        (self.text()[bytes].to_string(), place)
    }

    /// A text of this side as an observation.
    pub fn observe(&self, bytes: Range<usize>) -> Observation {
        Observation {
            at: Provenance::new(&self.document.source, self.document.text.place(bytes.start)),
            fact: Fact::Text(self.text()[bytes].to_string()),
        }
    }
}

/// A pair of documents that share passages.
pub(in crate::detect) struct Match<'a> {
    /// The first applicant's document.
    pub a: Side<'a>,
    /// The second's.
    pub b: Side<'a>,
    /// What they share; at least one passage.
    pub reuse: Reuse,
    /// Facts of one career in the passages, on both sides.
    pub facts: BTreeSet<String>,
    /// Document pairs of which it is the best.
    pub comparisons: usize,
    /// See [`holders_of_rare`].
    holders: Vec<u32>,
}

/// The unit of the aligned score, in which `near-text` and `shared-passages` measure alike: the group of one covers what
/// the other says of some of its members.
const ALIGNED: &str = "aligned text";

/// What a detector says of a match.
pub(in crate::detect) struct Wording {
    /// The detector.
    pub card: &'static Card,
    /// Calibration table, and the score in it.
    pub measure: Measure,
    /// The sentence: {0} equal words, {1} passages, {2} longest passage, {3} per cent in one order, {4} words that the
    /// reference does not know, {5} rare mass, {6} parts of the résumé, {7} facts of one career, {8} words
    /// that stand only in phrases which nobody else in the pool has either.
    pub template: &'static str,
}

impl<'a> Match<'a> {
    /// A match of two documents.
    pub fn new(
        a: Side<'a>,
        b: Side<'a>,
        reuse: Reuse,
        comparisons: usize,
        background: &Background,
    ) -> Self {
        let holders = holders_of_rare(
            &a.words,
            &reuse.passages,
            |phrase| background.phrases.weight(phrase) >= 1.0,
            |phrase| background.holders.holders(phrase),
        );
        let facts =
            |p: &SharedPassage| shared_facts(&a.text()[a.bytes(p.a())], &b.text()[b.bytes(p.b())]);
        let facts = reuse.passages.iter().flat_map(facts).collect();
        Self {
            a,
            b,
            reuse,
            facts,
            comparisons,
            holders,
        }
    }

    /// Evidence about the two.
    pub fn evidence(&self, wording: &Wording) -> Outcome {
        let subjects = Subjects::pair(&self.a.profile.applicant, &self.b.profile.applicant);
        self.evidence_about(subjects, &self.facts, wording)
    }

    /// Evidence about more than the two; `facts` are those of everybody it is about.
    pub fn evidence_about(
        &self,
        subjects: Subjects,
        facts: &BTreeSet<String>,
        wording: &Wording,
    ) -> Outcome {
        let explained_by = if is_personal(facts) {
            Vec::new()
        } else {
            vec![Relation::Template, Relation::Agency]
        };
        let told = self.told(num_personal(facts), subjects.as_slice().len());
        let evidence = Evidence::new(
            wording.card,
            subjects,
            wording.measure,
            Explanation::new(wording.template, told),
            explained_by,
            self.observations(),
        );
        let evidence = evidence.with_exhibits(vec![self.exhibit()]);
        // A stratum of a table measures something else.
        let is_aligned = wording.measure.table == wording.card.id;
        let unit = if is_aligned {
            ALIGNED
        } else {
            wording.measure.table
        };
        Outcome::Evidence(Box::new(evidence.in_unit(unit).best_of(self.comparisons)))
    }

    /// The facts of the sentence about so many applicants.
    fn told(&self, facts: usize, members: usize) -> Vec<Fact> {
        let own = self
            .holders
            .partition_point(|&n| n as usize <= members.max(2));
        let number = |n: usize| Fact::Number(n.to_string());
        let starts = self
            .reuse
            .passages
            .iter()
            .map(|p| self.a.bytes(p.a()).start);
        vec![
            number(self.reuse.words),
            number(self.reuse.passages.len()),
            number(self.longest().words()),
            Fact::Number(format!("{:.0}", 100.0 * self.reuse.in_order)),
            number(self.reuse.rare_words),
            Fact::Number(format!("{:.0}", self.reuse.mass)),
            Fact::Text(Parts::new(self.a.text()).names(starts)),
            number(facts),
            number(own),
        ]
    }

    fn longest(&self) -> &SharedPassage {
        let passages = self.reuse.passages.iter();
        passages
            .max_by_key(|p| p.words())
            .expect("a match has passages")
    }

    /// The longest passage on both sides.
    fn observations(&self) -> Observations {
        let longest = self.longest();
        let left = self.a.observe(self.a.bytes(longest.a()));
        Observations::new(left, [self.b.observe(self.b.bytes(longest.b()))])
    }

    /// The longest passages, in the order of the left side.
    fn exhibit(&self) -> Exhibit {
        let mut shown: Vec<_> = self.reuse.passages.iter().collect();
        shown.sort_by_key(|p| std::cmp::Reverse(p.words()));
        shown.truncate(SHOWN);
        shown.sort_by_key(|p| p.a().start);
        let passages = shown.into_iter().map(|p| {
            let left = self.a.quote(self.a.bytes(p.a()));
            let right = self.b.quote(self.b.bytes(p.b()));
            Passage::new(left, right, p.words() as u32)
        });
        Exhibit::Passages {
            passages: passages.collect(),
            left: self.a.document.source.path.clone(),
            right: self.b.document.source.path.clone(),
        }
    }
}

/// The weakest match speaks for a group, and only facts that all share: nobody is claimed to share more than that. A
/// single match is a pair. The matches have their leader on the left.
pub(in crate::detect) fn group_evidence(
    matches: &[Match<'_>],
    score: impl Fn(&Match<'_>) -> f64,
    wording: impl Fn(&Match<'_>, bool) -> Wording,
) -> Option<Outcome> {
    if let [pair] = matches {
        return Some(pair.evidence(&wording(pair, false)));
    }
    let weakest = matches
        .iter()
        .min_by(|m, n| score(m).total_cmp(&score(n)))?;
    let shared =
        |all: BTreeSet<String>, m: &Match<'_>| all.intersection(&m.facts).cloned().collect();
    let facts = matches.iter().fold(weakest.facts.clone(), shared);
    let members = matches.iter().map(|m| m.b.profile.applicant.clone());
    let leader = weakest.a.profile.applicant.clone();
    Some(weakest.evidence_about(
        Subjects::group(members.chain([leader]))?,
        &facts,
        &wording(weakest, true),
    ))
}
