//! What answers hold.

use crate::model::ApplicantId;
use crate::server::jobs::{Change, Finished};
use serde::Serialize;
use serde_json::value::RawValue;
use utoipa::ToSchema;

/// Where an applicant stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
pub(in crate::server) enum Stage {
    /// Waits to be read.
    Queued,
    /// Is being read, compared or written.
    Reading,
    /// Is in the index.
    Done,
    /// Could not be read or kept by the server.
    Failed,
}

/// How an applicant stands.
#[derive(Debug, Serialize, ToSchema)]
pub(in crate::server) struct Standing {
    /// The id.
    #[schema(value_type = String)]
    pub id: ApplicantId,
    /// Where the applicant stands.
    pub state: Stage,
    /// Whether the applicant is in the index; while other material is queued, as before.
    pub in_index: bool,
    /// When the applicant was put in, RFC 3339.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub added: Option<String>,
    /// How many files and repositories are kept of the applicant.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub sources: Option<u32>,
    /// Why it failed.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(nullable = false)]
    pub error: Option<String>,
}

/// What a job changed in the index.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[serde(rename_all = "lowercase")]
enum Changed {
    /// The applicant was not there before.
    New,
    /// The applicant stood there with other material.
    Replaced,
    /// The applicant stood there with the same material.
    Unchanged,
}

/// The result about an applicant: the answer to a request that did not have to wait long, and what a webhook is sent.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ApplicantResult)]
pub(in crate::server) struct Answer<'a> {
    /// The id.
    #[schema(value_type = String)]
    id: &'a ApplicantId,
    /// Always `done`.
    state: Stage,
    /// What changed in the index.
    change: Changed,
    /// The report, as `samehand check` prints it.
    #[schema(value_type = Object)]
    report: &'a RawValue,
}

impl<'a> Answer<'a> {
    /// The result of a job.
    pub fn new(id: &'a ApplicantId, done: &'a Finished) -> Self {
        Self {
            id,
            state: Stage::Done,
            change: match done.change {
                Change::New => Changed::New,
                Change::Replaced => Changed::Replaced,
                Change::Unchanged => Changed::Unchanged,
            },
            report: &done.report,
        }
    }
}
