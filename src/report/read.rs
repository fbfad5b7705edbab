//! Reading a `report.json` back, for the commands that go on from a finished scan.
//!
//! The schema is looked at before anything else, so that a report of another version is named as such rather than as a
//! missing field. What is read is as trustworthy as the file: writers clean its text again.

use crate::report::Report;
use serde::Deserialize;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The schema that this version writes and reads.
pub const SCHEMA: &str = "report/1";

/// Why a report cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The file cannot be opened or read.
    #[error("failed to read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It is no JSON, or has no schema.
    #[error("{path} is no report of samehand; hand in the report.json of a scan")]
    NoReport {
        /// The file.
        path: PathBuf,
    },
    /// It follows another schema.
    #[error("{path} follows the schema {found}; this version reads {SCHEMA}")]
    OtherSchema {
        /// The file.
        path: PathBuf,
        /// What it names.
        found: String,
    },
    /// It names our schema and does not follow it.
    #[error("{path} does not follow {SCHEMA}: {source}")]
    Damaged {
        /// The file.
        path: PathBuf,
        /// What is wrong, and where.
        source: serde_json::Error,
    },
}

/// The one field that says what the others mean.
#[derive(Deserialize)]
struct Head {
    schema: String,
}

/// Reads the `report.json` of a scan; of a folder, the one in it.
///
/// # Errors
/// When the file cannot be read, is no report, or follows another schema.
pub fn read_report(path: &Path) -> Result<Report, ReadError> {
    let path = match path.is_dir() {
        true => path.join("report.json"),
        false => path.to_path_buf(),
    };
    let bytes = match fs::read(&path) {
        Ok(bytes) => bytes,
        Err(source) => return Err(ReadError::File { path, source }),
    };
    let Ok(head) = serde_json::from_slice::<Head>(&bytes) else {
        return Err(ReadError::NoReport { path });
    };
    if head.schema != SCHEMA {
        let found = crate::report::clean::shorten(&crate::report::clean::line(&head.schema), 80);
        return Err(ReadError::OtherSchema { path, found });
    }
    serde_json::from_slice(&bytes).map_err(|source| ReadError::Damaged { path, source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;
    use crate::report::write_json;

    fn said(content: &str) -> String {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("report.json");
        fs::write(&path, content).unwrap();
        read_report(&path).unwrap_err().to_string()
    }

    #[test]
    fn what_was_written_is_read_from_file_and_folder() {
        let dir = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        write_json(&assemble(sample::draft()), &mut bytes).unwrap();
        fs::write(dir.path().join("report.json"), &bytes).unwrap();
        let report = read_report(dir.path()).unwrap();
        let mut again = Vec::new();
        write_json(&report, &mut again).unwrap();
        assert_eq!(again, bytes);
    }

    #[test]
    fn anything_else_is_named_for_what_it_is() {
        assert!(
            said("{\"schema\": \"report/2\"}")
                .ends_with("follows the schema report/2; this version reads report/1")
        );
        assert!(said("a,b").contains("is no report of samehand"));
        assert!(said("{\"sales\": 1}").contains("is no report of samehand"));
        assert!(
            said("{\"schema\": \"report/1\"}").contains("does not follow report/1: missing field")
        );
        assert!(
            read_report(Path::new("missing.json"))
                .unwrap_err()
                .to_string()
                .contains("failed to read")
        );
    }
}
