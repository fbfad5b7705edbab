//! To be written.
use crate::detect::Detector;
use crate::model::Card;
use crate::model::Family;
static CARD: Card = Card { id: "shared-blobs", title: "", family: Family::Code, looks_at: "", why: "", innocent: &[""], question: "", limits: "", base_rate: "", references: &[] };
/// To be written.
pub(in crate::detect) struct SharedBlobs;
impl Detector for SharedBlobs { fn card(&self) -> &'static Card { &CARD } }
