//! What a run found, before it is sorted, masked and put into words.

use crate::graph::Cluster;
use crate::identity::DisplayName;
use crate::model::{
    ApplicantId, Evidence, Exhibit, Fact, Finding, Problem, Provenance, SetAside, SourceInfo,
};
use crate::report::Decisions;
use crate::report::mask::Masking;
use crate::report::{BackgroundEntry, Looked, Run, WatchListEntry};
use crate::weigh::Link;
use crate::weigh::Weighed;

/// Everything a run found, in any order.
#[derive(Debug, Default)]
pub struct Draft {
    /// How and when it was run.
    pub run: Run,
    /// What commonness was judged against.
    pub background: BackgroundEntry,
    /// Everybody.
    pub applicants: Vec<DraftApplicant>,
    /// Evidence with its weight.
    pub evidence: Vec<(Evidence, Weighed)>,
    /// Findings.
    pub findings: Vec<Finding>,
    /// Links.
    pub links: Vec<Link>,
    /// Clusters.
    pub clusters: Vec<Cluster>,
    /// People who stand more than once in the pool.
    pub repeated: Vec<Repeated>,
    /// What was noticed and ignored.
    pub set_aside: Vec<SetAside>,
    /// Watch lists that were compared.
    pub watch_lists: Vec<WatchListEntry>,
    /// Entries of watch lists that stand among applicants' own identifiers.
    pub watch_hits: Vec<DraftHit>,
    /// What a reviewer decided, where the run was given that.
    pub decisions: Option<Decisions>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
    /// Whether contacts and names are shown.
    pub masking: Masking,
}

/// One applicant.
#[derive(Clone, Debug)]
pub struct DraftApplicant {
    /// Id.
    pub id: ApplicantId,
    /// The name, shown only with [`Masking::Reveal`]; also masked in the passages of evidence about the applicant.
    pub name: Option<DisplayName>,
    /// What was handed in.
    pub sources: Vec<SourceInfo>,
    /// Each detector's state.
    pub looked: Vec<Looked>,
    /// What the report draws for the applicant.
    pub exhibits: Vec<Exhibit>,
}

/// One person who stands more than once in the pool.
#[derive(Clone, Debug)]
pub struct Repeated {
    /// The applications.
    pub members: Vec<ApplicantId>,
    /// The claimed e-mail addresses or accounts they share.
    pub shared: Vec<Fact>,
    /// Whether the name is the same.
    pub same_name: bool,
}

/// An entry of a watch list that is an applicant's own identifier.
#[derive(Clone, Debug)]
pub struct DraftHit {
    /// Whose.
    pub subject: ApplicantId,
    /// Name of the list.
    pub list: String,
    /// Who listed it, as the list says.
    pub listed_by: String,
    /// When it was first listed or seen, as the list says.
    pub first_seen: Option<String>,
    /// Which entry: the list's own id or note.
    pub note: String,
    /// 1-based line of the list.
    pub line: u64,
    /// The identifier.
    pub identifier: Fact,
    /// Where it stands in the applicant's material.
    pub at: Provenance,
}
