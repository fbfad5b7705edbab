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
//! Finds copies of whole documents; reuse of a few bullets is beyond it, and so is a full rewrite. Rarity is judged
//! against English résumés: in other languages everything looks rare, and such text is not scored here.
//!
//! # References
//! Broder 1997; Li, Owen, Zhang 2012; Shrivastava 2017.

use crate::detect::Detector;
use crate::features::reuse::Reuse;
use crate::features::reuse::reuse;
use crate::features::reuse::shared_facts;
use crate::features::reuse::stretch;
use crate::features::shingle::hash_words;
use crate::features::signature::band_keys;
use crate::features::signature::estimate;
use crate::features::token::Token;
use crate::features::token::tokens;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::{
    Card, Document, Evidence, Exhibit, Explanation, Fact, Family, Measure, Observation,
    Observations, Outcome, Passage, Place, Profile, Provenance, Relation, SetAside, Subjects,
};
use std::collections::BTreeSet;

/// Fewer words than this are a cover note, not a résumé.
const MIN_WORDS: u32 = 80;

/// Least Jaccard index of three-word shingles: below it the documents are not nearly the same.
const MIN_JACCARD: f64 = 0.25;

/// Least estimate worth an exact comparison: three standard errors (0.04 at 128 slots) under [`MIN_JACCARD`].
const MIN_ESTIMATE: f64 = 0.12;

/// Least rare mass: as much as 20 five-word phrases that no reference résumé holds. The lowest score in the calibration
/// table (`corpora/calibration/near-text.json`).
const MIN_MASS: f64 = 20.0;

/// Least share of a document's words that the reference knows. Of 1,200 real résumés of the reference's language the
/// lowest is 0.62 and one in a hundred below 0.83; short prose in other languages came to 0.11 to 0.43. Under it,
/// rarity cannot be judged.
const MIN_KNOWN: f64 = 0.55;

/// Facts of one career (spans of years, amounts) inside shared passages from which on a template does not explain them.
/// A choice, not measured: a filled-in sample may leave one span and an amount behind.
const PERSONAL_FACTS: usize = 3;

/// Passages drawn in the report.
const SHOWN: usize = 12;

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
    limits: "Finds copies of whole documents, also reordered or lightly reworded; reuse of single bullets and full rewrites \
             are not seen. Needs 80 words. Silent where the reference of common phrases does not know the language.",
    base_rate: "5 of 185,136 pairs of real English résumés of presumably different people reached the lowest score (three of \
                the five read as two versions of one person's), and none of 174,345 pairs held back for the check.",
    references: &[
        "Broder 1997, On the resemblance and containment of documents",
        "Li, Owen, Zhang 2012, One permutation hashing",
        "Shrivastava 2017, Optimal densification for fast and accurate minwise hashing",
    ],
};

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

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let have = profile
            .documents
            .iter()
            .map(|d| d.signature.num_words)
            .max()
            .unwrap_or(0);
        if have < MIN_WORDS {
            return vec![Outcome::TooLittle {
                have,
                need: MIN_WORDS,
            }];
        }
        if long_enough(profile).all(|d| known_words(d, background) < MIN_KNOWN) {
            return vec![Outcome::CouldNotLook {
                why: "the reference of common phrases does not know this language",
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => best(a, b, background)
                .map(|m| m.evidence())
                .into_iter()
                .collect(),
            None => groups(candidate, background),
        }
    }
}

fn long_enough(profile: &Profile) -> impl Iterator<Item = &Document> {
    profile
        .documents
        .iter()
        .filter(|d| d.signature.num_words >= MIN_WORDS)
}

/// Share of a document's words that the reference knows, 0 to 1.
fn known_words(document: &Document, background: &Background) -> f64 {
    let all = tokens(document.text.as_str());
    let is_known = |t: &&Token| {
        background
            .phrases
            .frequency(hash_words(std::slice::from_ref(*t)))
            > 0
    };
    let known = all.iter().filter(is_known).count();
    if all.is_empty() {
        0.0
    } else {
        known as f64 / all.len() as f64
    }
}

/// A pair of documents that match.
struct Match<'a> {
    a: (&'a Profile, &'a Document, Vec<Token>),
    b: (&'a Profile, &'a Document, Vec<Token>),
    reuse: Reuse,
    facts: BTreeSet<String>,
}

/// The strongest match between documents of two applicants.
fn best<'a>(a: &'a Profile, b: &'a Profile, background: &Background) -> Option<Match<'a>> {
    let pairs = long_enough(a).flat_map(|x| long_enough(b).map(move |y| (x, y)));
    let mut best: Option<Match<'a>> = None;
    for (x, y) in pairs.filter(|(x, y)| resemble(x, y)) {
        let (ta, tb) = (tokens(x.text.as_str()), tokens(y.text.as_str()));
        let reuse = reuse(&ta, &tb, |phrase| background.phrases.weight(phrase));
        let known = known_words(x, background).min(known_words(y, background)) >= MIN_KNOWN;
        if known
            && reuse.jaccard >= MIN_JACCARD
            && reuse.mass >= MIN_MASS
            && best.as_ref().is_none_or(|m| m.reuse.mass < reuse.mass)
        {
            let facts = facts(x, &ta, y, &tb, &reuse);
            best = Some(Match {
                a: (a, x, ta),
                b: (b, y, tb),
                reuse,
                facts,
            });
        }
    }
    best
}

/// Facts of one career that shared passages carry on both sides.
fn facts(
    x: &Document,
    ta: &[Token],
    y: &Document,
    tb: &[Token],
    reuse: &Reuse,
) -> BTreeSet<String> {
    let all = reuse.passages.iter().flat_map(|p| {
        shared_facts(
            &x.text.as_str()[stretch(x.text.as_str(), ta, p.a())],
            &y.text.as_str()[stretch(y.text.as_str(), tb, p.b())],
        )
    });
    all.collect()
}

impl Match<'_> {
    fn evidence(&self) -> Outcome {
        let subjects = Subjects::pair(&self.a.0.applicant, &self.b.0.applicant);
        self.evidence_about(
            subjects,
            &self.facts,
            "{0} words are the same in both documents, word for word (passages: {1}); by rarity they weigh as much as {2} \
             five-word phrases that no résumé of the reference holds. Years of employment and amounts that agree in them: {3}.",
        )
    }

    /// `facts` are those of everybody the evidence is about.
    fn evidence_about(
        &self,
        subjects: Subjects,
        facts: &BTreeSet<String>,
        template: &'static str,
    ) -> Outcome {
        let explained_by = if facts.len() >= PERSONAL_FACTS {
            Vec::new()
        } else {
            vec![Relation::Template, Relation::Agency]
        };
        let facts = vec![
            Fact::Number(self.reuse.words.to_string()),
            Fact::Number(self.reuse.passages.len().to_string()),
            Fact::Number(format!("{:.0}", self.reuse.mass)),
            Fact::Number(facts.len().to_string()),
        ];
        let evidence = Evidence::new(
            &CARD,
            subjects,
            Measure {
                table: "near-text",
                score: self.reuse.mass,
            },
            Explanation::new(template, facts),
            explained_by,
            self.observations(),
        );
        Outcome::Evidence(Box::new(evidence.with_exhibits(vec![self.exhibit()])))
    }

    /// The longest passage on both sides.
    fn observations(&self) -> Observations {
        let longest = self
            .reuse
            .passages
            .iter()
            .max_by_key(|p| p.words())
            .expect("a match has passages");
        let (_, x, ta) = &self.a;
        let (_, y, tb) = &self.b;
        let side = |d: &Document, t: &[Token], words: std::ops::Range<usize>| {
            let range = stretch(d.text.as_str(), t, words);
            Observation {
                at: Provenance::new(&d.source, d.text.place(range.start)),
                fact: Fact::Text(d.text.as_str()[range].to_string()),
            }
        };
        Observations::new(side(x, ta, longest.a()), [side(y, tb, longest.b())])
    }

    /// The longest passages, in the order of the left side.
    fn exhibit(&self) -> Exhibit {
        let (_, x, ta) = &self.a;
        let (_, y, tb) = &self.b;
        let mut shown: Vec<_> = self.reuse.passages.iter().collect();
        shown.sort_by_key(|p| std::cmp::Reverse(p.words()));
        shown.truncate(SHOWN);
        shown.sort_by_key(|p| p.a().start);
        let passages = shown.into_iter().map(|p| {
            let left = stretch(x.text.as_str(), ta, p.a());
            let right = stretch(y.text.as_str(), tb, p.b());
            Passage {
                left_at: place_words(&x.text.place(left.start)),
                right_at: place_words(&y.text.place(right.start)),
                left: x.text.as_str()[left].to_string(),
                right: y.text.as_str()[right].to_string(),
                words: p.words() as u32,
            }
        });
        Exhibit::Passages {
            passages: passages.collect(),
            left: x.source.path.clone(),
            right: y.source.path.clone(),
        }
    }
}

fn place_words(place: &Place) -> String {
    match place {
        Place::Line { page, line } => format!("page {page}, line {line}"),
        _ => String::new(),
    }
}

/// Splits a group: the first member not yet placed leads; whoever matches the leader and resembles everybody already
/// admitted joins, so that two who share different parts of one document do not come together. Two left are a pair.
fn groups(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let mut left: Vec<&Profile> = candidate.members.clone();
    let mut out = Vec::new();
    while let Some((leader, rest)) = left.split_first() {
        let mut matches: Vec<Match<'_>> = Vec::new();
        for other in rest {
            let found = best(leader, other, background)
                .filter(|m| matches.iter().all(|admitted| resemble(m.b.1, admitted.b.1)));
            matches.extend(found);
        }
        out.extend(group_evidence(leader, &matches));
        let joined: BTreeSet<_> = matches.iter().map(|m| &m.b.0.applicant).collect();
        left = rest
            .iter()
            .filter(|p| !joined.contains(&p.applicant))
            .copied()
            .collect();
    }
    if out.is_empty() {
        out.push(Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects: candidate
                .members
                .iter()
                .map(|p| p.applicant.clone())
                .collect(),
            what: Fact::Text("common text".into()),
            why: "many documents share it, and none of them shares enough rare text with another",
        }));
    }
    out
}

/// Whether the signatures of two documents make them worth a comparison.
fn resemble(a: &Document, b: &Document) -> bool {
    estimate(&a.signature, &b.signature).is_some_and(|e| e >= MIN_ESTIMATE)
}

/// The weakest match speaks for the group, and only facts that all share: nobody is claimed to share more than that.
fn group_evidence(leader: &Profile, matches: &[Match<'_>]) -> Option<Outcome> {
    if let [pair] = matches {
        return Some(pair.evidence());
    }
    let weakest = matches
        .iter()
        .min_by(|m, n| m.reuse.mass.total_cmp(&n.reuse.mass))?;
    let shared =
        |all: BTreeSet<String>, m: &Match<'_>| all.intersection(&m.facts).cloned().collect();
    let facts = matches.iter().fold(weakest.facts.clone(), shared);
    let members = matches.iter().map(|m| m.b.0.applicant.clone());
    Some(weakest.evidence_about(
        Subjects::group(members.chain([leader.applicant.clone()]))?,
        &facts,
        "All of these documents share passages with one of them; those that share least have {0} words in common \
         (passages: {1}), which weigh as much as {2} five-word phrases that no résumé of the reference holds. Years of \
         employment and amounts that agree in all: {3}.",
    ))
}

#[cfg(test)]
mod tests;
