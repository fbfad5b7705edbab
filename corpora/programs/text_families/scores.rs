//! Scores of all pairs of a pool: the usual ones, and those of the detectors.

use samehand::features::align::align;
use samehand::features::overlap::{overlap_of, shingles};
use samehand::features::paraphrase::{Told, content, resemblances, score as paraphrase_score};
use samehand::features::reuse::reuse;
use samehand::features::shingle::{hash_words, phrases};
use samehand::features::signature::{estimate, sign_tokens};
use samehand::features::text_features;
use samehand::features::token::{Token, tokens};
use samehand::link::Background;
use std::collections::{BTreeMap, HashMap};
use std::ops::Range;

/// What is known of how common a phrase is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reference {
    /// The shipped table and the half of the texts that is not in the pool.
    InDomain,
    /// The shipped table.
    Shipped,
    /// None: what other languages and trades get.
    None,
}

impl Reference {
    /// In words.
    pub fn name(self) -> &'static str {
        match self {
            Reference::InDomain => "the shipped table and the held-out half of the texts",
            Reference::Shipped => "the shipped table",
            Reference::None => "none",
        }
    }
}

/// One score.
pub struct Score {
    /// Name in the table.
    pub name: &'static str,
    /// Whether it needs a reference: true, false; `None` where it is of use with and without.
    needs_reference: Option<bool>,
}

impl Score {
    /// Whether to print it for a reference.
    pub fn speaks_with(&self, reference: Reference) -> bool {
        self.needs_reference
            .is_none_or(|needs| needs == (reference != Reference::None))
    }
}

/// The scores, in the order in which [`measure`] gives them.
pub const SCORES: [Score; 7] = [
    Score {
        name: "5-word Jaccard, exact",
        needs_reference: None,
    },
    Score {
        name: "MinHash estimate (k = 3)",
        needs_reference: None,
    },
    Score {
        name: "winnowed rare mass",
        needs_reference: None,
    },
    Score {
        name: "aligned rare mass, sized",
        needs_reference: None,
    },
    Score {
        name: "paraphrase",
        needs_reference: Some(true),
    },
    Score {
        name: "IDF 3-word overlap",
        needs_reference: None,
    },
    Score {
        name: "detectors together",
        needs_reference: None,
    },
];

/// Points of the aligned mass for a factor e in the share of unrelated pairs; points of the aligned mass that are as rare
/// as any score of paraphrase, and points of paraphrase for a factor e (docs/text.md).
const POINTS: (f64, f64, f64) = (15.0, 40.0, 75.0);

/// Scores above 0 of all pairs (smaller, larger index), one map for each of [`SCORES`].
pub type Pairs = HashMap<(u32, u32), f64>;

struct Text {
    text: String,
    tokens: Vec<Token>,
    shingles: Vec<u64>,
}

/// Scores every pair; `counts` are document frequencies beside the shipped ones.
pub fn measure(texts: &[String], reference: Reference, counts: &BTreeMap<u64, u32>) -> Vec<Pairs> {
    let background = match reference {
        Reference::None => Background::default(),
        _ => Background::shipped(),
    };
    let weight = |phrase: u64| {
        let held = counts.get(&phrase).copied().unwrap_or(0);
        1.0 / (1.0 + f64::from(background.phrases.frequency(phrase) + held))
    };
    let all: Vec<Text> = texts
        .iter()
        .map(|t| {
            let tokens = tokens(t);
            Text {
                text: t.clone(),
                shingles: shingles(&tokens),
                tokens,
            }
        })
        .collect();
    let sets = |of: &dyn Fn(&Text) -> Vec<u64>| -> Vec<Vec<u64>> {
        all.iter()
            .map(|t| {
                let mut s = of(t);
                s.sort_unstable();
                s.dedup();
                s
            })
            .collect()
    };
    let phrases_of = sets(&|t| phrases(&t.tokens).iter().map(|p| p.hash).collect());
    let shared = accumulate(&phrases_of, &|_| 1.0);
    let jaccard = shared
        .iter()
        .map(|(&(a, b), &n)| {
            let union = (phrases_of[a as usize].len() + phrases_of[b as usize].len()) as f64 - n;
            ((a, b), n / union)
        })
        .collect();
    let winnowed = accumulate(
        &sets(&|t| text_features(&t.text).fingerprints.hashes),
        &weight,
    );
    let reused = reused(&all, &accumulate(&phrases_of, &weight), &weight);
    let paraphrased = if reference == Reference::None {
        Pairs::new()
    } else {
        paraphrased(&all, &winnowed, &background)
    };
    let overlapped = overlapped(&all);
    let together = if reference == Reference::None {
        overlapped.clone()
    } else {
        together(&reused, &paraphrased)
    };
    vec![
        jaccard,
        estimates(&all),
        winnowed,
        reused,
        paraphrased,
        overlapped,
        together,
    ]
}

/// Summed weight of what two lists share.
fn accumulate(sets: &[Vec<u64>], weight: &dyn Fn(u64) -> f64) -> Pairs {
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (i, set) in sets.iter().enumerate() {
        for &value in set {
            holders.entry(value).or_default().push(i as u32);
        }
    }
    let mut out = Pairs::new();
    for (&value, who) in holders.iter().filter(|(_, who)| who.len() > 1) {
        let weight = weight(value);
        for (i, &a) in who.iter().enumerate() {
            for &b in &who[i + 1..] {
                *out.entry((a, b)).or_default() += weight;
            }
        }
    }
    out
}

fn estimates(all: &[Text]) -> Pairs {
    let signatures: Vec<_> = all.iter().map(|t| sign_tokens(&t.tokens)).collect();
    let mut out = Pairs::new();
    for (i, a) in signatures.iter().enumerate() {
        for (j, b) in signatures.iter().enumerate().skip(i + 1) {
            if let Some(e) = estimate(a, b).filter(|&e| e > 0.03) {
                out.insert((i as u32, j as u32), e);
            }
        }
    }
    out
}

/// Score of near-text and shared-passages: pairs that share rare phrases are aligned.
fn reused(all: &[Text], masses: &Pairs, weight: &dyn Fn(u64) -> f64) -> Pairs {
    let aligned = masses
        .iter()
        .filter(|(_, mass)| **mass >= 3.0)
        .map(|(&(a, b), _)| {
            (
                (a, b),
                reuse(&all[a as usize].tokens, &all[b as usize].tokens, weight).score,
            )
        });
    aligned.filter(|(_, score)| *score > 0.0).collect()
}

/// What pairs say alike beside their passages, of pairs that share a few fingerprints, as in the detector.
fn paraphrased(all: &[Text], winnowed: &Pairs, background: &Background) -> Pairs {
    let side = |t: &Text, passages: Vec<Range<usize>>| {
        let told = Told::common(&t.tokens, |p| background.phrases.frequency(p));
        content(&t.text, &t.tokens, &told.and(passages.into_iter()), |w| {
            background
                .phrases
                .frequency(hash_words(std::slice::from_ref(w)))
        })
    };
    let candidates = winnowed.iter().filter(|(_, mass)| **mass >= 2.5);
    let scored = candidates.map(|(&(a, b), _)| {
        let (x, y) = (&all[a as usize], &all[b as usize]);
        let shared = align(&x.tokens, &y.tokens);
        let left = side(x, shared.iter().map(|p| p.a()).collect());
        let right = side(y, shared.iter().map(|p| p.b()).collect());
        let words = (x.tokens.len(), y.tokens.len());
        (
            (a, b),
            paraphrase_score(&resemblances(&left, &right), words),
        )
    });
    scored.filter(|(_, score)| *score > 0.0).collect()
}

/// The score without a reference: three-word shingles weighted by their rarity in the pool.
fn overlapped(all: &[Text]) -> Pairs {
    use samehand::link::PoolCounts;
    let counts = PoolCounts::count(
        all.len(),
        all.iter().map(|t| t.shingles.len() as u64).sum(),
        |i, out| {
            out.extend(&all[i].shingles);
        },
    );
    let lists: Vec<Vec<u64>> = all.iter().map(|t| t.shingles.clone()).collect();
    let shared = accumulate(&lists, &|_| 1.0);
    let scored = shared
        .iter()
        .filter(|(_, n)| **n >= 8.0)
        .map(|(&(a, b), _)| {
            let found = overlap_of(&lists[a as usize], &lists[b as usize], |s, n| {
                counts.weight(s, n)
            });
            ((a, b), found.jaccard)
        });
    scored.collect()
}

/// What the detectors report, on one scale: a factor e in rarity is as many points of each score as [`POINTS`] says.
fn together(reused: &Pairs, paraphrased: &Pairs) -> Pairs {
    let mut out: Pairs = reused
        .iter()
        .map(|(&pair, score)| (pair, score / POINTS.0))
        .collect();
    for (&pair, &score) in paraphrased {
        let both = out.entry(pair).or_default();
        *both = both.max(POINTS.1 / POINTS.0 + score / POINTS.2);
    }
    out
}
