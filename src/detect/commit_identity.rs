//! To be written.
use crate::detect::Detector;
use crate::model::Card;
use crate::model::Family;
static CARD: Card = Card { id: "commit-identity", title: "", family: Family::Identity, looks_at: "", why: "", innocent: &[""], question: "", limits: "", base_rate: "", references: &[] };
/// To be written.
pub(in crate::detect) struct CommitIdentity;
impl Detector for CommitIdentity { fn card(&self) -> &'static Card { &CARD } }
