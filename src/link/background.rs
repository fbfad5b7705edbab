//! How common a thing is, judged by shipped references rather than by the pool, so that a large campaign does not make
//! its own text look common.

use crate::link::PhraseTable;
use crate::link::ScaffoldTable;
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

/// Everything that says how common a thing is.
#[derive(Debug, Default)]
pub struct Background {
    /// Five-word phrases of public résumés.
    pub phrases: PhraseTable,
    /// Files that project generators hand out.
    pub scaffold: ScaffoldTable,
    /// The tables in use, for the report.
    pub tables: Vec<TableInfo>,
}

impl Background {
    /// The references that come with the program.
    ///
    /// # Panics
    /// Never: the tables are compiled in and a test decodes them.
    pub fn shipped() -> Self {
        let scaffold = ScaffoldTable::shipped();
        let tables = vec![
            TableInfo::new("resume-phrases", "2", PHRASES),
            scaffold.info(),
        ];
        let phrases = PhraseTable::decode(PHRASES).expect("the shipped phrase table is one");
        Self {
            phrases,
            scaffold,
            tables,
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
        assert_eq!(background.tables[0].sha256.0.len(), 64);
    }
}
