//! One applicant who came by post: a row of JSON, and files that came with it or lie below a folder.

use crate::intake;
use crate::intake::Pool;
use crate::model::{Effect, Problem};
use std::path::{Path, PathBuf};

/// What a request holds.
#[derive(Debug)]
pub enum Posted<'a> {
    /// A row of a manifest whose paths lie below a folder.
    Paths {
        /// The row, a JSON object.
        json: &'a str,
        /// The folder, which no path may leave.
        root: &'a Path,
    },
    /// A row without paths, and files: what reports call each, and where it lies.
    Files {
        /// The row, a JSON object.
        json: &'a str,
        /// An empty folder.
        folder: &'a Path,
        /// The files.
        files: &'a [(String, PathBuf)],
    },
}

/// Why a request is not taken: what of it cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("{}", in_words(.0))]
pub struct Refused(pub Vec<Problem>);

/// How reports name the row.
const SHOWN: &str = "request";

impl Posted<'_> {
    /// The one applicant. What is there and cannot be read is a problem of the report, as everywhere; a row of which
    /// something cannot be used is refused whole, so that nobody believes that it was.
    ///
    /// # Errors
    /// The problems of such a row, and of one in which there is nothing to compare.
    pub fn open(&self) -> Result<Pool, Refused> {
        let opened = match self {
            Self::Paths { json, root } => intake::open_row(json, root, SHOWN),
            Self::Files {
                json,
                folder,
                files,
            } => intake::open_files(json, folder, files, SHOWN),
        };
        let pool = opened.map_err(|e| {
            Refused(vec![Problem {
                source: SHOWN.into(),
                stage: crate::model::Stage::Intake,
                message: e.to_string(),
                effect: Effect::NotUsed,
            }])
        })?;
        let is_unused = |p: &Problem| p.effect == Effect::NotUsed;
        let nothing_there = pool.applicants.iter().all(|a| a.sources.is_empty());
        let all_lost = nothing_there && !pool.problems.is_empty();
        match pool.applicants.len() == 1 && !all_lost && !pool.problems.iter().any(is_unused) {
            true => Ok(pool),
            false => Err(Refused(pool.problems)),
        }
    }
}

fn in_words(problems: &[Problem]) -> String {
    match problems {
        [] => "there is nothing to read".into(),
        some => {
            let all: Vec<String> = some.iter().map(Problem::to_string).collect();
            all.join("; ")
        }
    }
}
