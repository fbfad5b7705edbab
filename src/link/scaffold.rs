//! Files that project generators hand out (create-next-app, vite, hardhat, django and others), by git blob id: files of
//! which two repositories may hold the same without anybody having copied from anybody.
//!
//! The table is `corpora/background/scaffold_blobs.bin`: first eight bytes of each id, big-endian, sorted;
//! `scaffold_blobs.md` beside it names packages, versions and licences and how it is rebuilt. Eight bytes are enough: for
//! 24,000 entries and a million files of a pool, 24,000 × 10⁶ / 2⁶⁴ ≈ 10⁻⁹ files are taken for a scaffold by accident.

use crate::link::TableInfo;
use crate::model::Digest;
use crate::model::ObjectId;
use sha2::Digest as _;
use sha2::Sha256;

static SHIPPED: &[u8] = include_bytes!("../../corpora/background/scaffold_blobs.bin");

/// A set of blob ids; empty by default.
#[derive(Clone, Debug, Default)]
pub struct ScaffoldTable {
    prefixes: Vec<u64>,
    sha256: Digest,
}

impl ScaffoldTable {
    /// The table that comes with the program.
    pub fn shipped() -> Self {
        Self::from_bytes(SHIPPED)
    }

    /// A table of these blobs, for tests and for users' own starters.
    pub fn from_blobs(blobs: impl IntoIterator<Item = ObjectId>) -> Self {
        let mut prefixes: Vec<u64> = blobs.into_iter().map(|blob| blob.prefix()).collect();
        prefixes.sort_unstable();
        prefixes.dedup();
        Self::from_bytes(
            &prefixes
                .iter()
                .flat_map(|p| p.to_be_bytes())
                .collect::<Vec<u8>>(),
        )
    }

    fn from_bytes(bytes: &[u8]) -> Self {
        let (chunks, _) = bytes.as_chunks::<8>();
        let mut prefixes: Vec<u64> = chunks
            .iter()
            .map(|chunk| u64::from_be_bytes(*chunk))
            .collect();
        prefixes.sort_unstable();
        let sha256 = Sha256::digest(bytes)
            .iter()
            .map(|b| format!("{b:02x}"))
            .collect();
        Self {
            prefixes,
            sha256: Digest(sha256),
        }
    }

    /// Whether a generator hands this file out.
    pub fn contains(&self, blob: &ObjectId) -> bool {
        self.contains_prefix(blob.prefix())
    }

    /// The same for the first eight bytes of an id, as join keys hold them.
    pub fn contains_prefix(&self, prefix: u64) -> bool {
        self.prefixes.binary_search(&prefix).is_ok()
    }

    /// Number of files and line-end variants in the table.
    pub fn num_blobs(&self) -> usize {
        self.prefixes.len()
    }

    /// Name, version and digest for the report.
    pub fn info(&self) -> TableInfo {
        TableInfo {
            name: "scaffold-blobs",
            version: "1",
            sha256: self.sha256.clone(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(hex: &str) -> ObjectId {
        let mut bytes = [0; 20];
        for (i, byte) in bytes.iter_mut().enumerate() {
            *byte = u8::from_str_radix(&hex[2 * i..2 * i + 2], 16).unwrap();
        }
        ObjectId(bytes)
    }

    /// `git hash-object` of `src/reportWebVitals.js` of cra-template 1.2.0 and of the empty file, which is no scaffold.
    #[test]
    fn the_shipped_table_knows_a_well_known_starter() {
        let table = ScaffoldTable::shipped();
        assert!(table.num_blobs() > 10_000);
        assert!(SHIPPED.len() < 400_000);
        assert!(table.contains(&id("5253d3ad9e6be6690549cb255f5952337b02401d")));
        assert!(!table.contains(&id("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391")));
        assert_eq!(table.info().sha256.0.len(), 64);
    }

    #[test]
    fn an_empty_table_knows_nothing() {
        assert!(!ScaffoldTable::default().contains(&ObjectId([0; 20])));
        assert!(ScaffoldTable::from_blobs([ObjectId([3; 20])]).contains(&ObjectId([3; 20])));
    }
}
