//! How common a thing is, judged by shipped references rather than by the pool, so that a large campaign does not make
//! its own text look common.

use crate::link::CodeMarks;
use crate::link::HOT_BUCKET;
use crate::link::PhraseTable;
use crate::link::PoolCounts;
use crate::link::Reference;
use crate::link::ScaffoldTable;
use crate::link::phrases::table_hash;
use crate::model::Digest;
use sha2::{Digest as _, Sha256};

static PHRASES: &[u8] = include_bytes!("../../corpora/background/resume_phrases.bin");

/// A table's name, version and digest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableInfo {
    /// Name.
    pub name: &'static str,
    /// Version.
    pub version: &'static str,
    /// Digest of the bytes.
    pub sha256: Digest,
}

impl TableInfo {
    /// Names a table by its bytes.
    pub fn new(name: &'static str, version: &'static str, bytes: &[u8]) -> Self {
        let sha256 = Digest(
            Sha256::digest(bytes)
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
        );
        Self {
            name,
            version,
            sha256,
        }
    }
}

/// Least share of a document's words that the references know. Of 1,200 real résumés of the shipped reference's language
/// the lowest is 0.62 and one in a hundred below 0.83; short prose in other languages came to 0.11 to 0.43. Under it,
/// rarity of phrases cannot be judged.
pub const MIN_KNOWN: f64 = 0.55;

/// One in so many of a pool's applicants, and more than [`FEW`], make a piece of code common: a starter that half of a
/// pool was given is common in small pools too. Beyond [`HOT_BUCKET`] it is always.
const COMMON_SHARE: u32 = 4;

/// So many may share code in any pool, however small: a campaign does not make its own code common.
const FEW: u32 = 4;

/// Everything that says how common a thing is.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// Five-word phrases and single words of all references joined, and the phrases of job advertisements.
    pub phrases: PhraseTable,
    /// Each reference of phrases on its own, the shipped one first.
    pub references: Vec<Reference>,
    /// Files that project generators hand out.
    pub scaffold: ScaffoldTable,
    /// Fingerprints of code that generators and public packages hand out.
    pub code_marks: CodeMarks,
    /// Fingerprints of code by the applicants of this pool who hold them; filled by the pipeline.
    pub code: PoolCounts,
    /// The other tables in use, for the report.
    pub tables: Vec<TableInfo>,
    /// Three-word shingles of this pool's documents that the references do not know; filled by the pipeline, empty where
    /// every document is known.
    pub pool: PoolCounts,
    /// How many applicants of this pool hold a fingerprint of their documents (every fourth five-word phrase, or nearer,
    /// the same ones wherever a run of words stands); filled by the pipeline. It tells a reader how far a phrase has
    /// spread; no strength depends on it.
    pub holders: PoolCounts,
    /// Three-word shingles of job advertisements, sorted.
    pub adverts: Vec<u32>,
}

impl Background {
    /// The references that come with the program.
    ///
    /// # Panics
    /// Never: the tables are compiled in and a test decodes them.
    pub fn shipped() -> Self {
        let scaffold = ScaffoldTable::shipped();
        let tables = vec![scaffold.info(), CodeMarks::info()];
        let phrases = PhraseTable::decode(PHRASES).expect("the shipped phrase table is one");
        let shipped = Reference::new("resume-phrases", "2", PHRASES, phrases.clone());
        Self {
            phrases,
            references: vec![shipped],
            scaffold,
            code_marks: CodeMarks::shipped(),
            tables,
            ..Self::default()
        }
    }

    /// Takes in a user's own reference; see [`PhraseTable::absorb`] for what a phrase then weighs.
    pub fn add_reference(&mut self, reference: Reference) {
        self.phrases.absorb(&reference.table);
        self.references.push(reference);
    }

    /// Takes in a job advertisement: its five-word phrases and three-word shingles weigh nothing from now on.
    pub fn add_advert(
        &mut self,
        phrases: impl Iterator<Item = u64>,
        shingles: impl Iterator<Item = u64>,
    ) {
        self.phrases.absorb_text(phrases);
        self.adverts.extend(shingles.map(table_hash));
        self.adverts.sort_unstable();
        self.adverts.dedup();
    }

    /// Share of words that the references know, 0 to 1, repetitions counted; 0 for no words. Words are hashed as phrases of
    /// one word (`features::overlap::word_hashes`).
    pub fn knows(&self, words: impl Iterator<Item = u64>) -> f64 {
        let (known, all) = words.fold((0u32, 0u32), |(known, all), word| {
            let is_known = self.phrases.frequency(word) > 0;
            (known + u32::from(is_known), all + 1)
        });
        f64::from(known) / f64::from(all.max(1))
    }

    /// Whether the references know enough of a document's words to judge how rare its phrases are. Where they do not,
    /// a score by [`Background::shingle_weight`] stands in: uncalibrated, never above *moderate*.
    pub fn covers(&self, words: impl Iterator<Item = u64>) -> bool {
        self.knows(words) >= MIN_KNOWN
    }

    /// What a fingerprint of code weighs that two applicants share, 0 to 1: nothing where public code holds it or where
    /// more of the pool do than a handful, else by how few others hold it.
    pub fn code_weight(&self, mark: u64) -> f64 {
        let most = (self.code.num_applicants() / COMMON_SHARE).clamp(FEW, HOT_BUCKET as u32);
        if self.code_marks.contains(mark) || self.code.holders(mark) > most {
            0.0
        } else {
            self.code.weight(mark, 2)
        }
    }

    /// Whether so few of the pool hold a fingerprint of code that it may be a campaign's rather than a starter's.
    pub fn few_hold(&self, mark: u64) -> bool {
        self.code.holders(mark) <= FEW
    }

    /// What a three-word shingle weighs by this pool alone, 0 to 1, given whether one or two of the texts in hand hold it
    /// (see [`PoolCounts::weight`]); nothing where it stands in a job advertisement.
    pub fn shingle_weight(&self, shingle: u64, among: u32) -> f64 {
        if self.adverts.binary_search(&table_hash(shingle)).is_ok() {
            0.0
        } else {
            self.pool.weight(shingle, among)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_decode() {
        let background = Background::shipped();
        assert!(background.phrases.len() > 400_000);
        assert_eq!(background.references[0].sha256.0.len(), 64);
    }

    #[test]
    fn what_a_job_advertisement_says_weighs_nothing() {
        let mut background = Background::default();
        background.add_advert([1].into_iter(), [2].into_iter());
        assert_eq!(background.phrases.weight(1), 0.0);
        assert_eq!(background.shingle_weight(2, 2), 0.0);
        assert_eq!(background.shingle_weight(3, 2), 1.0);
    }

    #[test]
    fn a_background_without_words_knows_nothing() {
        let background = Background::default();
        assert_eq!(background.knows([1, 2].into_iter()), 0.0);
        assert_eq!(Background::shipped().knows([].into_iter()), 0.0);
        assert!(!background.covers([1].into_iter()));
        assert_eq!(background.shingle_weight(1, 2), 1.0);
    }
}
