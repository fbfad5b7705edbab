//! How many public résumés hold a five-word phrase: hashes and counts, no text.
//!
//! `corpora/background/resume_phrases.bin`, made by `corpora/programs/build_phrases.rs`: magic `SHPH1\n`, the number of
//! résumés it was counted over (u32), the number of entries (u32), then entries in ascending order of a 32-bit hash:
//! the distance to the previous hash (LEB128) with the count's class in its lowest three bits. All little-endian.
//! Single words of those phrases stand in it too, hashed as phrases of one word. A phrase that is not in the table stands in fewer than four of them. One unknown phrase in 9,400 collides with a known
//! one and looks common: the error is on the side of less evidence.

use crate::model::mix;

/// Document frequencies that the classes stand for: the lower end of each, so that a phrase never looks more common than
/// it was counted.
pub const CLASSES: [u32; 8] = [4, 6, 10, 20, 50, 150, 500, 2000];

const MAGIC: &[u8] = b"SHPH1\n";

/// What stands for the count of a phrase that never says anything: one of a job advertisement.
const NEVER: u32 = u32::MAX;

/// The table, decoded; several may be joined into one.
#[derive(Clone, Debug, Default)]
pub struct PhraseTable {
    num_documents: u32,
    hashes: Vec<u32>,
    counts: Vec<u32>,
    /// Where the hashes with each value of the highest 16 bits begin; one more entry than values. Empty for no hashes.
    starts: Vec<u32>,
}

/// The 32 bits of a phrase's hash that the table keeps.
pub fn table_hash(phrase: u64) -> u32 {
    (mix(phrase) >> 32) as u32
}

impl PhraseTable {
    /// Decodes a table; `None` when the bytes are not one.
    pub fn decode(bytes: &[u8]) -> Option<Self> {
        let rest = bytes.strip_prefix(MAGIC)?;
        let word = |at: usize| Some(u32::from_le_bytes(rest.get(at..at + 4)?.try_into().ok()?));
        let (num_documents, len) = (word(0)?, word(4)? as usize);
        let rest = rest.get(8..)?;
        // An entry takes at least a byte: a length that promises more is no reason to reserve memory.
        let most = len.min(rest.len());
        let mut rest = rest.iter();
        let (mut hashes, mut counts) = (Vec::with_capacity(most), Vec::with_capacity(most));
        let mut hash = 0u64;
        for _ in 0..len {
            let value = leb128(&mut rest)?;
            hash = hash.checked_add(value >> 3)?;
            hashes.push(u32::try_from(hash).ok()?);
            counts.push(CLASSES[(value & 7) as usize]);
        }
        Some(Self::new(num_documents, hashes, counts))
    }

    /// A table of sorted, different hashes.
    fn new(num_documents: u32, hashes: Vec<u32>, counts: Vec<u32>) -> Self {
        let mut starts = Vec::new();
        if !hashes.is_empty() {
            let below = |top: u32| hashes.partition_point(|h| h >> 16 < top) as u32;
            starts = (0..=1 << 16).map(below).collect();
        }
        Self {
            num_documents,
            hashes,
            counts,
            starts,
        }
    }

    /// Takes in another reference: each phrase keeps the larger of its two frequencies, the other's scaled to the number
    /// of documents of this one. The larger rather than the sum, because references may overlap; scaled, because what
    /// counts is how likely two strangers share it: 4 of 100 is common, 4 of 24,616 is rare.
    pub fn absorb(&mut self, other: &Self) {
        let base = if self.num_documents == 0 {
            other.num_documents
        } else {
            self.num_documents
        };
        let scale = f64::from(base) / f64::from(other.num_documents.max(1));
        let scaled = |count: u32| ((f64::from(count) * scale) as u32).clamp(1, NEVER - 1);
        let other = other.hashes.iter().zip(&other.counts);
        let entries = other.map(|(&hash, &count)| (hash, scaled(count))).collect();
        self.merge(entries);
        self.num_documents = base;
    }

    /// Makes phrases weigh nothing: they stand in a text that every applicant has read.
    pub fn absorb_text(&mut self, phrases: impl Iterator<Item = u64>) {
        self.merge(phrases.map(|p| (table_hash(p), NEVER)).collect());
    }

    /// Joins (hash, count) entries with this table's; the larger count wins.
    fn merge(&mut self, mut entries: Vec<(u32, u32)>) {
        let own = self.hashes.iter().copied().zip(self.counts.iter().copied());
        entries.extend(own);
        entries.sort_unstable_by(|a, b| (a.0, b.1).cmp(&(b.0, a.1)));
        entries.dedup_by_key(|e| e.0);
        let (hashes, counts) = entries.into_iter().unzip();
        *self = Self::new(self.num_documents, hashes, counts);
    }

    /// Encodes (hash, document frequency) entries counted over `num_documents` résumés.
    pub fn encode(mut entries: Vec<(u32, u32)>, num_documents: u32) -> Vec<u8> {
        entries.sort_unstable();
        // Where two phrases share a hash the rarer one loses: less evidence rather than more.
        entries.reverse();
        entries.dedup_by_key(|e| e.0);
        entries.reverse();
        let mut out = MAGIC.to_vec();
        out.extend(num_documents.to_le_bytes());
        out.extend((entries.len() as u32).to_le_bytes());
        let mut last = 0u32;
        for (hash, df) in entries {
            let class = CLASSES.iter().rposition(|&least| df >= least).unwrap_or(0) as u64;
            let mut value = u64::from(hash - last) << 3 | class;
            last = hash;
            while value >= 0x80 {
                out.push((value & 0x7f) as u8 | 0x80);
                value >>= 7;
            }
            out.push(value as u8);
        }
        out
    }

    /// In how many of the reference's résumés a phrase stands, at least; 0 for fewer than four.
    pub fn frequency(&self, phrase: u64) -> u32 {
        let hash = table_hash(phrase);
        let top = (hash >> 16) as usize;
        let (Some(&start), Some(&end)) = (self.starts.get(top), self.starts.get(top + 1)) else {
            return 0;
        };
        let (start, end) = (start as usize, end as usize);
        self.hashes[start..end]
            .binary_search(&hash)
            .map_or(0, |i| self.counts[start + i])
    }

    /// What a shared phrase weighs: 1 / (1 + document frequency); nothing where it stands in a job advertisement.
    pub fn weight(&self, phrase: u64) -> f64 {
        match self.frequency(phrase) {
            NEVER => 0.0,
            frequency => 1.0 / (1.0 + f64::from(frequency)),
        }
    }

    /// Number of phrases.
    pub fn len(&self) -> usize {
        self.hashes.len()
    }

    /// Whether there is no phrase in it.
    pub fn is_empty(&self) -> bool {
        self.hashes.is_empty()
    }

    /// Number of résumés it was counted over.
    pub fn num_documents(&self) -> u32 {
        self.num_documents
    }
}

/// A number of seven bits a byte, the lowest first; `None` where the bytes end or the number is too long.
fn leb128(bytes: &mut std::slice::Iter<'_, u8>) -> Option<u64> {
    let (mut value, mut shift) = (0u64, 0);
    loop {
        let byte = *bytes.next()?;
        value |= u64::from(byte & 0x7f) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return Some(value);
        }
        if shift > 42 {
            return None;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_reads_back_and_never_overstates() {
        let phrases = [(11u64, 4u32), (12, 9), (13, 1881), (14, 8818)];
        let bytes = PhraseTable::encode(
            phrases.iter().map(|&(p, df)| (table_hash(p), df)).collect(),
            24_616,
        );
        let table = PhraseTable::decode(&bytes).unwrap();
        let back: Vec<u32> = phrases.iter().map(|&(p, _)| table.frequency(p)).collect();
        assert_eq!(back, [4, 6, 500, 2000]);
        assert_eq!(table.frequency(99), 0);
        assert_eq!(table.num_documents(), 24_616);
    }

    fn table(entries: &[(u64, u32)], num_documents: u32) -> PhraseTable {
        let entries = entries.iter().map(|&(p, df)| (table_hash(p), df)).collect();
        PhraseTable::decode(&PhraseTable::encode(entries, num_documents)).unwrap()
    }

    #[test]
    fn a_second_reference_counts_as_much_as_its_documents_say() {
        let mut shipped = table(&[(1, 20), (2, 500)], 10_000);
        shipped.absorb(&table(&[(1, 4), (2, 4), (3, 4)], 100));
        assert_eq!([1, 2, 3].map(|p| shipped.frequency(p)), [400, 500, 400]);
        let mut huge = table(&[(1, 20)], 10_000);
        huge.absorb(&table(&[(9, 4)], 1_000_000));
        assert_eq!(huge.frequency(9), 1, "known, and as rare as can be");
        let mut empty = PhraseTable::default();
        empty.absorb(&table(&[(1, 4)], 100));
        assert_eq!((empty.frequency(1), empty.num_documents()), (4, 100));
    }

    #[test]
    fn a_text_that_everybody_read_weighs_nothing() {
        let mut all = table(&[(1, 20)], 10_000);
        all.absorb_text([1, 7, 7].into_iter());
        assert_eq!([1, 7].map(|p| all.weight(p)), [0.0, 0.0]);
        assert!(all.weight(8) == 1.0 && all.len() == 2);
    }

    #[test]
    fn other_bytes_are_no_table() {
        assert!(PhraseTable::decode(b"").is_none());
        assert!(PhraseTable::decode(b"SHPH1\n\x01\0\0\0\xff\xff\0\0\x80").is_none());
    }
}
