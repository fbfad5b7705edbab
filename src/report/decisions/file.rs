//! Reading `decisions.json`. A file that is not whole is not used at all: half of somebody's decisions would be worse than
//! none, because nobody would notice.

use crate::model::Digest;
use crate::report::clean;
use crate::report::decisions::{About, DECISIONS_SCHEMA, Decision, Decisions};
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// Longest note, in characters: a paragraph or two. The page allows as many.
pub(in crate::report) const MAX_NOTE: usize = 2_000;
/// Longest id, name and day, in characters.
const MAX_SHORT: usize = 200;

/// Why decisions cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum DecisionsError {
    /// The file cannot be opened or read.
    #[error("failed to read {path}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
    /// It does not follow the schema.
    #[error("{path} holds no decisions that can be used: {why}")]
    Unusable {
        /// The file.
        path: PathBuf,
        /// What is wrong.
        why: String,
    },
}

#[derive(Deserialize)]
struct Head {
    schema: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    #[serde(rename = "schema")]
    _schema: String,
    decisions: Vec<Decision>,
}

/// Reads the decisions that the page exported.
///
/// # Errors
/// When the file cannot be read, does not follow `decisions/1`, or says two things of one.
pub fn read_decisions(path: &Path) -> Result<Decisions, DecisionsError> {
    let bytes = fs::read(path).map_err(|source| DecisionsError::File {
        path: path.to_path_buf(),
        source,
    })?;
    parse_decisions(&bytes).map_err(|why| DecisionsError::Unusable {
        path: path.to_path_buf(),
        why: clean::shorten(&clean::line(&why), 300),
    })
}

/// The decisions in a file's bytes, or what is wrong with them.
///
/// # Errors
/// What is wrong, in words.
pub fn parse_decisions(bytes: &[u8]) -> Result<Decisions, String> {
    let head: Head = serde_json::from_slice(bytes)
        .map_err(|e| format!("it is no JSON with a field `schema` ({e})"))?;
    if head.schema != DECISIONS_SCHEMA {
        return Err(format!(
            "it follows the schema {}; this version reads {DECISIONS_SCHEMA}",
            head.schema
        ));
    }
    let file: File = serde_json::from_slice(bytes).map_err(|e| e.to_string())?;
    let mut by_id = BTreeMap::new();
    for (decision, number) in file.decisions.into_iter().zip(1..) {
        check(&decision).map_err(|why| format!("decision {number}: {why}"))?;
        let key = (decision.about, decision.id.clone());
        if by_id.insert(key, decision).is_some() {
            return Err(format!("decision {number} is the second about one id"));
        }
    }
    let digest = Sha256::digest(bytes);
    Ok(Decisions {
        sha256: Digest(digest.iter().map(|b| format!("{b:02x}")).collect()),
        by_id,
    })
}

fn check(decision: &Decision) -> Result<(), String> {
    let short = [&decision.id, &decision.by, &decision.on]
        .into_iter()
        .chain(&decision.evidence);
    for text in short {
        if text.chars().count() > MAX_SHORT {
            return Err(format!("a value is longer than {MAX_SHORT} characters"));
        }
    }
    if decision.id.is_empty() {
        return Err("it has no id".into());
    }
    if decision.note.chars().count() > MAX_NOTE {
        return Err(format!("the note is longer than {MAX_NOTE} characters"));
    }
    match (decision.about, decision.evidence.is_empty()) {
        (About::Link, true) => {
            Err("a decision about a link names the evidence that was looked at".into())
        }
        (About::Evidence | About::Finding, false) => {
            Err("only a decision about a link names evidence".into())
        }
        _ => Ok(()),
    }
}
