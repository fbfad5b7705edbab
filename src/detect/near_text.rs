//! To be written.
use crate::detect::Detector;
use crate::model::Card;
use crate::model::Family;
static CARD: Card = Card { id: "near-text", title: "", family: Family::Text, looks_at: "", why: "", innocent: &[""], question: "", limits: "", base_rate: "", references: &[] };
/// To be written.
pub(in crate::detect) struct NearText;
impl Detector for NearText { fn card(&self) -> &'static Card { &CARD } }
