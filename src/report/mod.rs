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

use crate::model::Words;
use std::io::{self, Write};
use std::path::Path;

/// Stub.
pub const CSV_FILES: [&str; 6] = [
    "links.csv",
    "evidence.csv",
    "findings.csv",
    "applicants.csv",
    "clusters.csv",
    "problems.csv",
];

/// Stub.
pub fn write_json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// Stub.
pub fn write_csv(_: &Report, dir: &Path) -> io::Result<()> {
    CSV_FILES
        .iter()
        .try_for_each(|f| std::fs::write(dir.join(f), ""))
}

/// Stub.
pub fn write_html(_: &Report, out: &mut dyn Write, _: Words) -> io::Result<()> {
    writeln!(out, "<!doctype html><title>samehand</title>")
}

/// Stub.
pub fn write_summary(
    r: &Report,
    out: &mut dyn Write,
    _: bool,
    _: usize,
    _: Words,
) -> io::Result<()> {
    writeln!(out, "{} applicants", r.applicants.len())
}

/// Stub.
pub fn schema() -> serde_json::Value {
    schemars::schema_for!(Report).to_value()
}
