//! Clusters.
use crate::model::ApplicantId;
/// A group of applicants joined by links that holds together.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Stable id: hashes the members' strongest evidence.
    pub id: String,
    /// Members, sorted.
    pub members: Vec<ApplicantId>,
    /// Linked to a member, but not belonging.
    pub touching: Vec<ApplicantId>,
    /// The two applicants of its weakest link.
    pub weakest_link: [ApplicantId; 2],
    /// Ids of the evidence inside it, sorted.
    pub evidence: Vec<String>,
}
/// Clusters.
pub fn clusters() {}
