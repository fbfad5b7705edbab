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

/// The table, decoded.
#[derive(Debug, Default)]
pub struct PhraseTable {
    num_documents: u32,
    hashes: Vec<u32>,
    classes: Vec<u8>,
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
        let mut rest = rest.get(8..)?.iter();
        let (mut hashes, mut classes) = (Vec::with_capacity(len), Vec::with_capacity(len));
        let mut hash = 0u64;
        for _ in 0..len {
            let (mut value, mut shift) = (0u64, 0);
            loop {
                let byte = *rest.next()?;
                value |= u64::from(byte & 0x7f) << shift;
                shift += 7;
                if byte & 0x80 == 0 {
                    break;
                }
            }
            hash += value >> 3;
            hashes.push(u32::try_from(hash).ok()?);
            classes.push((value & 7) as u8);
        }
        Some(Self {
            num_documents,
            hashes,
            classes,
        })
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
        self.hashes
            .binary_search(&table_hash(phrase))
            .map_or(0, |i| CLASSES[usize::from(self.classes[i])])
    }

    /// What a shared phrase weighs: 1 / (1 + document frequency).
    pub fn weight(&self, phrase: u64) -> f64 {
        1.0 / (1.0 + f64::from(self.frequency(phrase)))
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

    #[test]
    fn other_bytes_are_no_table() {
        assert!(PhraseTable::decode(b"").is_none());
        assert!(PhraseTable::decode(b"SHPH1\n\x01\0\0\0\xff\xff\0\0\x80").is_none());
    }
}
