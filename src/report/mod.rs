//! The report: one plain structure, several writers.
//!
//! [`Report`] is `report.json` (schema `report/1`, generated from these structs). It is assembled once, masked once, and
//! every writer draws from it alone: no writer ever sees a fact that was masked.

mod activity_chart;
mod amount;
mod applicant_view;
mod assemble;
mod chart;
mod clean;
mod csv;
mod decisions;
mod disclose;
mod draft;
mod entry;
mod export;
mod find;
#[cfg(test)]
mod hostile;
mod html;
mod json;
mod mask;
mod model;
mod network;
mod opening;
mod order;
mod outline;
mod passage;
mod read;
#[cfg(test)]
mod sample;
mod sentence;
mod terminal;
mod view;
mod wrapped;

pub use assemble::assemble;
pub use csv::{CSV_FILES, write_csv};
pub use decisions::{
    About, DECISIONS_SCHEMA, Decision, DecisionEntry, Decisions, DecisionsError, ReviewEntry,
    State, is_dismissed, link_id, parse_decisions, read_decisions,
};
pub use disclose::{
    Disclosure, NoApplicant, disclose, write_disclosure_html, write_disclosure_json,
};
pub use draft::{Draft, DraftApplicant, DraftHit, Repeated};
pub use export::{ExportError, ExportFormat, export};
pub use html::write_html;
pub use json::{json_line, schema, write_json};
pub use mask::Masking;
pub use model::{
    ApplicantEntry, At, BackgroundEntry, ClusterEntry, EvidenceEntry, FactEntry, FindingEntry,
    LinkEntry, Looked, ObservationEntry, RelatedEntry, Report, Run, SetAsideEntry, SplitEntry,
    TableEntry, Tool, WatchHitEntry, WatchListEntry,
};
pub use read::{ReadError, SCHEMA, read_report};
pub use terminal::write_summary;
