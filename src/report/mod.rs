//! The report: one plain structure, several writers.
//!
//! [`Report`] is `report.json` (schema `report/1`, generated from these structs). It is assembled once, masked once, and
//! every writer draws from it alone: no writer ever sees a fact that was masked.

mod assemble;
mod csv;
mod html;
mod json;
mod mask;
mod model;
mod sentence;
mod terminal;

pub use model::{
    ApplicantEntry, At, BackgroundEntry, ClusterEntry, EvidenceEntry, FactEntry, FindingEntry,
    LinkEntry, Looked, ObservationEntry, Report, Run, SetAsideEntry, TableEntry, Tool,
};
