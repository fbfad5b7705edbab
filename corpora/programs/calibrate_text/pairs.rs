//! What the three detectors say of pairs of texts: the same joins, scores and thresholds as in `src/detect`.

use samehand::features::align::align;
use samehand::features::paraphrase::{Content, Told as Known, content, resemblances, score};
use samehand::features::reuse::reuse;
use samehand::features::shingle::hash_words;
use samehand::features::signature::{band_keys, estimate, sign_tokens};
use samehand::features::text_features;
use samehand::features::token::{Token, tokens};
use samehand::link::Background;
use samehand::model::Signature;
use std::collections::{BTreeSet, HashMap};
use std::ops::Range;

// As in `detect::text_match`, `detect::shared_passages`, `detect::near_text` and `detect::paraphrase`.
pub const MIN_SCORE: f64 = 15.0;
pub const LEAST: f64 = 1.0;
const MIN_MASS: f64 = 12.0;
const MIN_JACCARD: f64 = 0.25;
const MIN_SHARED: f64 = 2.5;
const MIN_ESTIMATE: f64 = 0.12;
const MIN_SEGMENTS: usize = 2;

/// Which detector speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Spoken {
    Near,
    Passages,
}

/// What is told of a pair.
#[derive(Clone, Debug)]
pub struct Told {
    pub a: u32,
    pub b: u32,
    /// Its score.
    pub score: f64,
    /// Score of the aligned mass, whoever speaks; 0 below the least mass.
    pub aligned: f64,
    /// Score of paraphrase; 0 where it is silent.
    pub retold: f64,
    /// Which of the two that align speaks, if any.
    pub spoken: Option<Spoken>,
}

impl Told {
    /// Whether any detector speaks of the pair.
    pub fn speaks(&self) -> bool {
        self.spoken.is_some() || self.retold >= LEAST
    }
}

/// A text with all that is compared.
pub struct Text {
    pub id: String,
    pub text: String,
    pub words: Vec<Token>,
    signature: Signature,
    fingerprints: BTreeSet<u64>,
}

impl Text {
    pub fn new(id: &str, text: &str) -> Self {
        let words = tokens(text);
        let features = text_features(text);
        Self {
            id: id.into(),
            text: text.into(),
            signature: sign_tokens(&words),
            fingerprints: features.fingerprints.hashes.into_iter().collect(),
            words,
        }
    }

    fn content(
        &self,
        passages: impl Iterator<Item = Range<usize>>,
        background: &Background,
    ) -> Content {
        let told = Known::common(&self.words, |p| background.phrases.frequency(p)).and(passages);
        content(&self.text, &self.words, &told, |w| {
            background
                .phrases
                .frequency(hash_words(std::slice::from_ref(w)))
        })
    }
}

/// Every pair that the joins propose.
pub fn all_pairs(texts: &[Text], background: &Background) -> Vec<Told> {
    let mut holders: HashMap<u64, Vec<u32>> = HashMap::new();
    for (i, text) in texts.iter().enumerate() {
        for &f in &text.fingerprints {
            holders.entry(f).or_default().push(i as u32);
        }
    }
    let mut masses: HashMap<(u32, u32), f64> = HashMap::new();
    for (&f, who) in holders.iter().filter(|(_, who)| who.len() > 1) {
        let weight = background.phrases.weight(f);
        for (i, &a) in who.iter().enumerate() {
            for &b in &who[i + 1..] {
                *masses.entry((a, b)).or_default() += weight;
            }
        }
    }
    let mut proposed: BTreeSet<(u32, u32)> = masses
        .into_iter()
        .filter(|(_, mass)| *mass >= MIN_SHARED)
        .map(|(pair, _)| pair)
        .collect();
    let mut bands: HashMap<u64, Vec<u32>> = HashMap::new();
    for (i, text) in texts.iter().enumerate() {
        for key in band_keys(&text.signature) {
            bands.entry(key).or_default().push(i as u32);
        }
    }
    for who in bands.values() {
        for (i, &a) in who.iter().enumerate() {
            proposed.extend(who[i + 1..].iter().map(|&b| (a.min(b), a.max(b))));
        }
    }
    proposed
        .into_iter()
        .map(|(a, b)| {
            let sides = (&texts[a as usize], &texts[b as usize]);
            told((a, b), sides, background)
        })
        .collect()
}

fn told((a, b): (u32, u32), (x, y): (&Text, &Text), background: &Background) -> Told {
    let found = reuse(&x.words, &y.words, |p| background.phrases.weight(p));
    let mut told = Told {
        a,
        b,
        score: 0.0,
        aligned: 0.0,
        retold: retold(x, y, background),
        spoken: None,
    };
    if found.mass >= MIN_MASS {
        told.aligned = found.score;
    }
    if told.aligned >= MIN_SCORE {
        let is_near = found.jaccard >= MIN_JACCARD
            && estimate(&x.signature, &y.signature).is_some_and(|e| e >= MIN_ESTIMATE);
        told.spoken = Some(if is_near {
            Spoken::Near
        } else {
            Spoken::Passages
        });
        told.score = told.aligned;
    }
    told
}

/// Score of paraphrase; 0 where it is silent.
fn retold(x: &Text, y: &Text, background: &Background) -> f64 {
    let shared = align(&x.words, &y.words);
    let left = x.content(shared.iter().map(|p| p.a()), background);
    let right = y.content(shared.iter().map(|p| p.b()), background);
    let found = resemblances(&left, &right);
    let score = score(&found, (x.words.len(), y.words.len()));
    if score >= LEAST && found.len() >= MIN_SEGMENTS {
        score
    } else {
        0.0
    }
}
