//! To be written.
use crate::detect::Detector;
use crate::model::Card;
use crate::model::Family;
static CARD: Card = Card { id: "clock-offset", title: "", family: Family::History, looks_at: "", why: "", innocent: &[""], question: "", limits: "", base_rate: "", references: &[] };
/// To be written.
pub(in crate::detect) struct ClockOffset;
impl Detector for ClockOffset { fn card(&self) -> &'static Card { &CARD } }
