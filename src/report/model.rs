//! The structure of `report.json`. Names and order of fields are a contract: see the snapshot of the schema.

use crate::model::{
    ApplicantId, BaseRate, Digest, Exhibit, Family, LookState, Problem, Relation, SourceInfo, Words,
};
use crate::report::decisions::{DecisionEntry, ReviewEntry};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A whole run.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Report {
    /// Always `report/1`.
    pub schema: String,
    /// The program.
    pub tool: Tool,
    /// The only part that differs between equal runs.
    pub run: Run,
    /// What commonness was judged against.
    pub background: BackgroundEntry,
    /// Everybody, sorted by id.
    pub applicants: Vec<ApplicantEntry>,
    /// Evidence, strongest first, then by id.
    pub evidence: Vec<EvidenceEntry>,
    /// Findings, by subject, then detector, then id.
    pub findings: Vec<FindingEntry>,
    /// Links, strongest first, then by applicants.
    pub links: Vec<LinkEntry>,
    /// Clusters, strongest first, then by id.
    pub clusters: Vec<ClusterEntry>,
    /// What was noticed and ignored, and why.
    pub set_aside: Vec<SetAsideEntry>,
    /// Watch lists that were compared, by name.
    #[serde(default)]
    pub watch_lists: Vec<WatchListEntry>,
    /// Entries of them that stand among applicants' own identifiers, by applicant.
    #[serde(default)]
    pub watch_hits: Vec<WatchHitEntry>,
    /// The decisions that the scan was given; absent where it was given none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub review: Option<ReviewEntry>,
    /// What could not be read or used.
    pub problems: Vec<Problem>,
}

/// The program that made the report.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct Tool {
    /// Always `samehand`.
    pub name: String,
    /// Its version.
    pub version: String,
}

/// How and when it was run.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct Run {
    /// Start, RFC 3339, UTC.
    pub started: String,
    /// The command line.
    pub command: String,
    /// Options that differ from the default, by name.
    pub options: BTreeMap<String, String>,
    /// Number of threads.
    pub threads: usize,
    /// SHA-256 over the digests of all sources and the manifest.
    pub input_digest: Digest,
}

/// What commonness was judged against.
#[derive(Clone, Debug, Default, Serialize, Deserialize, JsonSchema)]
pub struct BackgroundEntry {
    /// References, job advertisements, and the tables of the calibration.
    pub tables: Vec<TableEntry>,
    /// Share of the pool's five-word phrases that the references know, 0 to 1; absent without documents.
    pub coverage: Option<f64>,
    /// Documents long enough to say whether the references know their words.
    #[serde(default)]
    pub documents: u64,
    /// Of these, the ones whose words the references do not know enough: their scores are uncalibrated.
    #[serde(default)]
    pub unknown_documents: u64,
}

/// One table.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct TableEntry {
    /// Its name.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Digest of its bytes.
    pub sha256: Digest,
    /// Share of the pool's five-word phrases that this reference knows, 0 to 1; absent for other tables.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub coverage: Option<f64>,
}

/// One applicant.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ApplicantEntry {
    /// Opaque id.
    pub id: ApplicantId,
    /// What to call the applicant: the id, or the name with `--reveal`.
    pub label: String,
    /// What was handed in.
    pub sources: Vec<SourceInfo>,
    /// Each detector's state.
    pub looked: Vec<Looked>,
    /// Ids of the evidence about the applicant.
    pub evidence: Vec<String>,
    /// Ids of the findings about the applicant.
    pub findings: Vec<String>,
    /// What the report draws for the applicant.
    pub exhibits: Vec<Exhibit>,
}

/// Whether a detector looked at an applicant.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Looked {
    /// Detector id.
    pub detector: String,
    /// The result.
    pub state: LookState,
    /// How much there was, where it was too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub have: Option<u32>,
    /// How much is needed, where it was too little.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub need: Option<u32>,
    /// Why it could not look.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// An observed value, masked unless revealed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct FactEntry {
    /// Kind of value: email, phone, account, wallet, path, text, number, time.
    pub kind: String,
    /// The value as shown.
    pub value: String,
}

/// Where a value stands.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct At {
    /// Path of the source, relative to the pool.
    pub source: String,
    /// Page, 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
    /// Line on the page or in the manifest, 1-based.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub line: Option<u32>,
    /// Commit id.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Bytes of the text, start and end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub range: Option<[u64; 2]>,
    /// File inside a repository.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Column of a manifest.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// Part of what the file keeps beside its text, such as "author" or "earlier revision 1".
    #[serde(skip_serializing_if = "Option::is_none")]
    pub part: Option<String>,
}

/// A value and its place.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct ObservationEntry {
    /// The value.
    pub fact: FactEntry,
    /// The place.
    pub at: At,
}

/// Evidence about two or more applicants.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct EvidenceEntry {
    /// Stable id.
    pub id: String,
    /// Detector id.
    pub detector: String,
    /// Family.
    pub family: Family,
    /// Two or more applicants, sorted.
    pub subjects: Vec<ApplicantId>,
    /// Base-10 logarithm of the likelihood ratio against unrelated people.
    pub log10_lr: f64,
    /// The calibration table: "name version (corpus)"; absent where nothing was measured.
    pub calibrated: Option<String>,
    /// The word of the scale.
    pub words: Words,
    /// Ordinary relations that would show it too.
    pub explained_by: Vec<Relation>,
    /// One sentence.
    pub explanation: String,
    /// Innocent explanations.
    pub innocent: Vec<String>,
    /// A question to ask.
    pub question: String,
    /// Values with their sources.
    pub observations: Vec<ObservationEntry>,
    /// What to draw.
    pub exhibits: Vec<Exhibit>,
    /// What a reviewer decided about it, where a scan was given that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionEntry>,
}

/// A finding about one applicant.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct FindingEntry {
    /// Stable id.
    pub id: String,
    /// Detector id.
    pub detector: String,
    /// The applicant.
    pub subject: ApplicantId,
    /// Share of ordinary applicants who show it.
    pub base_rate: BaseRate,
    /// How many of this pool's applicants with enough data would show it if all were ordinary.
    pub expected_in_pool: f64,
    /// Number of observations it rests on.
    pub sample: u32,
    /// The two propositions it compares.
    pub propositions: Vec<String>,
    /// One sentence.
    pub explanation: String,
    /// Innocent explanations.
    pub innocent: Vec<String>,
    /// A question to ask.
    pub question: String,
    /// Values with their sources.
    pub observations: Vec<ObservationEntry>,
    /// What to draw.
    pub exhibits: Vec<Exhibit>,
    /// What a reviewer decided about it, where a scan was given that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionEntry>,
}

/// All evidence between two applicants.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct LinkEntry {
    /// Stable id: hashes the two applicants.
    #[serde(default)]
    pub id: String,
    /// First applicant.
    pub a: ApplicantId,
    /// Second applicant.
    pub b: ApplicantId,
    /// Base-10 logarithm of the likelihood ratio, silent detectors included; to the hundredth.
    pub log10_lr: f64,
    /// The word of the scale.
    pub words: Words,
    /// Pairs of unrelated people expected to look at least this strong.
    pub expected_by_chance: f64,
    /// The same against people of an ordinary relation; absent where none is named or measured.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub against_related: Option<RelatedEntry>,
    /// What each family contributes; families that read the same thing count once, under the stronger.
    pub families: BTreeMap<Family, f64>,
    /// Detectors that looked at both and found nothing.
    pub silent: Vec<String>,
    /// Detectors that had too little.
    pub too_little: Vec<String>,
    /// Relations that explain the whole.
    pub explained_by: Vec<Relation>,
    /// Ids of the evidence, strongest first.
    pub evidence: Vec<String>,
    /// What a reviewer decided about it, where a scan was given that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub decision: Option<DecisionEntry>,
}

impl LinkEntry {
    /// What is left of it against people who have the relation that explains most of it, base-10 logarithm. What was not
    /// measured speaks neither for nor against: 0.
    pub fn beyond_relation(&self) -> f64 {
        let related = self.against_related.as_ref();
        related.and_then(|r| r.log10_lr).unwrap_or(0.0)
    }
}

/// Strength against people who are related in an ordinary way.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct RelatedEntry {
    /// The relation that explains most of the link.
    pub relation: Relation,
    /// Base-10 logarithm of the likelihood ratio for one hand against people so related; null where no rate was measured.
    pub log10_lr: Option<f64>,
}

/// A group of applicants joined by links.
#[derive(Clone, Debug, Serialize, Deserialize, JsonSchema)]
pub struct ClusterEntry {
    /// Stable id.
    pub id: String,
    /// Members, sorted.
    pub members: Vec<ApplicantId>,
    /// Applicants linked to a member who do not belong.
    pub touching: Vec<ApplicantId>,
    /// The two applicants of its weakest link.
    pub weakest_link: [ApplicantId; 2],
    /// What would split it; absent where one piece of evidence holds all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub split: Option<SplitEntry>,
    /// Ids of the evidence inside it.
    pub evidence: Vec<String>,
}

/// The weakest place of a group: without this link, and those between the same two sides, it falls in two.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct SplitEntry {
    /// The strongest link between the two sides.
    pub link: [ApplicantId; 2],
    /// How many links tie the two sides.
    pub links: u32,
    /// The members of the smaller side, sorted.
    pub apart: Vec<ApplicantId>,
}

/// Something that was ignored on purpose.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct SetAsideEntry {
    /// The detector that ignored it; `applied-more-than-once` where one person stands twice in the pool.
    pub detector: String,
    /// Whom it is about.
    pub subjects: Vec<ApplicantId>,
    /// What it is.
    pub what: String,
    /// Why it says nothing.
    pub why: String,
}

/// A watch list that was compared.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, JsonSchema)]
pub struct WatchListEntry {
    /// File name.
    pub name: String,
    /// Name of the format.
    pub format: String,
    /// Digest of the file.
    pub sha256: Digest,
    /// Number of identifiers in it.
    pub identifiers: u64,
    /// Of these, the ones that are no identifier of their kind and match nobody.
    pub unusable: u64,
    /// Names in it, which are never compared.
    pub names: u64,
    /// Other values that are not compared.
    pub other: u64,
    /// Its values are keyed hashes.
    pub hashed: bool,
}

/// An entry of a watch list that is an applicant's own identifier.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct WatchHitEntry {
    /// The applicant.
    pub subject: ApplicantId,
    /// Name of the list.
    pub list: String,
    /// Who listed it, as the list says.
    pub listed_by: String,
    /// When it was first listed or seen, as the list says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_seen: Option<String>,
    /// Which entry: the list's own id or note.
    pub note: String,
    /// 1-based line of the list.
    pub line: u64,
    /// The identifier, masked unless revealed.
    pub identifier: FactEntry,
    /// Where it stands in the applicant's material.
    pub at: At,
}
