//! To be written.
use crate::detect::Detector;
use crate::model::Card;
use crate::model::Family;
static CARD: Card = Card { id: "shared-contact", title: "", family: Family::Contact, looks_at: "", why: "", innocent: &[""], question: "", limits: "", base_rate: "", references: &[] };
/// To be written.
pub(in crate::detect) struct SharedContact;
impl Detector for SharedContact { fn card(&self) -> &'static Card { &CARD } }
