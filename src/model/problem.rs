//! Something that could not be read or used: a row in the report, never a crash.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::fmt;

/// Where in the way of the data it happened.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Reading the pool: folders, manifests.
    Intake,
    /// Reading a file or repository.
    Extract,
    /// Making a profile.
    Profile,
    /// Looking for evidence.
    Detect,
}

/// What follows for the result.
#[derive(
    Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Effect {
    /// The source was not read at all.
    NotRead,
    /// A part of it was read.
    PartlyRead,
    /// A claim or row was not used.
    NotUsed,
}

/// One problem.
#[derive(
    Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema,
)]
pub struct Problem {
    /// What it is about: a path relative to the pool, with line and column where it is a manifest.
    pub source: String,
    /// Where it happened.
    pub stage: Stage,
    /// What happened, in words: lower case, no trailing full stop.
    pub message: String,
    /// What follows.
    pub effect: Effect,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.source, self.message)
    }
}
