//! A reference of common phrases: the one that comes with the program, and files that users make of their own past
//! applicants.
//!
//! A file (`samehand background build`) is: magic `SHBG1\n`; one line of JSON, the [`Header`]; a phrase table in the
//! shape of the shipped one (see `link/phrases.rs`); the SHA-256 of everything before it, 32 bytes. It holds hashes and
//! counts, no text. What it can give away: who guesses a phrase can check whether at least [`MIN_APPLICANTS`] applicants
//! wrote it, and not which.

use crate::link::PhraseTable;
use crate::model::Digest;
use crate::model::HASH_VERSION;
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};

const MAGIC: &[u8] = b"SHBG1\n";

/// Length of the digest at the end.
const DIGEST_LEN: usize = 32;

/// Fewest applicants that must have written a phrase for it to be kept: the lowest class of the table's counts, and
/// k-anonymity with k = 4.
pub const MIN_APPLICANTS: u32 = 4;

/// What a reference says about itself.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Header {
    /// Its name.
    pub name: String,
    /// Its version, as its maker counts.
    pub version: String,
    /// Applicants counted; several applications of one person, and texts that are nearly the same, count once.
    pub num_applicants: u32,
    /// Documents read.
    pub num_documents: u32,
    /// Fewest applicants that must have written a phrase.
    pub min_applicants: u32,
    /// Five-word phrases kept.
    pub num_phrases: u32,
    /// Single words kept.
    pub num_words: u32,
    /// Version of the hash.
    pub hash_version: u16,
    /// Version of the tokeniser and of what makes phrases of words.
    pub text_version: u16,
}

/// A reference that cannot be used.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub enum ReferenceError {
    /// Other bytes.
    #[error("it is no background file (samehand background build makes them)")]
    NotOne,
    /// Cut short or changed.
    #[error("it is damaged: its digest does not fit its content")]
    Damaged,
    /// Its hashes are other hashes than this program's.
    #[error(
        "it was made with hash version {hash} and text version {text}, and this program has {own_hash} and {own_text}: \
         build it again from its pool"
    )]
    OtherVersion {
        /// The file's hash version.
        hash: u16,
        /// The file's text version.
        text: u16,
        /// This program's hash version.
        own_hash: u16,
        /// This program's text version.
        own_text: u16,
    },
}

/// One reference, with its own counts.
#[derive(Clone, Debug)]
pub struct Reference {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Digest of its bytes.
    pub sha256: Digest,
    /// Its phrases and words.
    pub table: PhraseTable,
}

impl Reference {
    /// A reference by its bytes.
    pub fn new(name: &str, version: &str, bytes: &[u8], table: PhraseTable) -> Self {
        Self {
            name: name.into(),
            version: version.into(),
            sha256: Digest(hex(&Sha256::digest(bytes))),
            table,
        }
    }

    /// Reads a file's bytes; `text_version` is what this program's phrases are made with.
    ///
    /// # Errors
    /// When they are no reference, damaged, or of another version.
    pub fn read(bytes: &[u8], text_version: u16) -> Result<(Header, Self), ReferenceError> {
        let (header, table) = split(bytes)?;
        if (header.hash_version, header.text_version) != (HASH_VERSION, text_version) {
            return Err(ReferenceError::OtherVersion {
                hash: header.hash_version,
                text: header.text_version,
                own_hash: HASH_VERSION,
                own_text: text_version,
            });
        }
        let table = PhraseTable::decode(table).ok_or(ReferenceError::Damaged)?;
        let reference = Self::new(&header.name, &header.version, bytes, table);
        Ok((header, reference))
    }
}

/// Reads the header alone, of a file of any version.
///
/// # Errors
/// When the bytes are no reference or damaged.
pub fn read_header(bytes: &[u8]) -> Result<Header, ReferenceError> {
    split(bytes).map(|(header, _)| header)
}

/// The bytes of a file: (table hash, applicants) entries counted as the header says.
pub fn write_reference(header: &Header, entries: Vec<(u32, u32)>) -> Vec<u8> {
    let mut out = MAGIC.to_vec();
    out.extend(serde_json::to_vec(header).expect("a header is plain data"));
    out.push(b'\n');
    out.extend(PhraseTable::encode(entries, header.num_applicants));
    let digest = Sha256::digest(&out);
    out.extend_from_slice(&digest);
    out
}

/// Header and table of a file whose digest holds.
fn split(bytes: &[u8]) -> Result<(Header, &[u8]), ReferenceError> {
    let rest = bytes.strip_prefix(MAGIC).ok_or(ReferenceError::NotOne)?;
    let (content, digest) = bytes.split_at(bytes.len().saturating_sub(DIGEST_LEN));
    if Sha256::digest(content).as_slice() != digest {
        return Err(ReferenceError::Damaged);
    }
    let rest = rest
        .get(..rest.len().saturating_sub(DIGEST_LEN))
        .ok_or(ReferenceError::Damaged)?;
    let end = rest
        .iter()
        .position(|&b| b == b'\n')
        .ok_or(ReferenceError::Damaged)?;
    let header = serde_json::from_slice(&rest[..end]).map_err(|_| ReferenceError::Damaged)?;
    Ok((header, &rest[end + 1..]))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::table_hash;

    fn header(text_version: u16) -> Header {
        Header {
            name: "past".into(),
            version: "2".into(),
            num_applicants: 100,
            num_documents: 120,
            min_applicants: 4,
            num_phrases: 1,
            num_words: 0,
            hash_version: HASH_VERSION,
            text_version,
        }
    }

    #[test]
    fn a_file_reads_back() {
        let bytes = write_reference(&header(7), vec![(table_hash(5), 6)]);
        let (read, reference) = Reference::read(&bytes, 7).unwrap();
        assert_eq!(read, header(7));
        assert_eq!(reference.table.frequency(5), 6);
        assert_eq!(reference.table.num_documents(), 100);
        assert_eq!(reference.sha256.0.len(), 64);
    }

    #[test]
    fn another_version_is_refused_in_words_and_still_described() {
        let bytes = write_reference(&header(7), vec![]);
        let error = Reference::read(&bytes, 8).unwrap_err();
        assert!(error.to_string().contains("build it again"), "{error}");
        assert_eq!(read_header(&bytes).unwrap().text_version, 7);
    }

    #[test]
    fn other_and_damaged_bytes_are_told_apart() {
        let mut bytes = write_reference(&header(7), vec![(table_hash(5), 6)]);
        assert_eq!(read_header(b"{}"), Err(ReferenceError::NotOne));
        assert_eq!(read_header(b"SHBG1\n"), Err(ReferenceError::Damaged));
        assert_eq!(
            read_header(&bytes[..bytes.len() - 1]),
            Err(ReferenceError::Damaged)
        );
        bytes[20] ^= 1;
        assert_eq!(read_header(&bytes), Err(ReferenceError::Damaged));
    }
}
