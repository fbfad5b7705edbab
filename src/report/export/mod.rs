//! The report for other programs: graphs (GraphML, GEXF 1.3) and exchanges between analysts (STIX 2.1, MISP).
//!
//! Graphs hold every link, so that a researcher can set thresholds of their own. What goes to partners holds groups only:
//! a link that an ordinary relation explains, one that stands alone, and what concerns a single applicant stay at home.
//! Nothing here is a verdict: no actor, no campaign, no confidence. An export holds what the report holds; of a revealed
//! report it leaves contacts, names and sentences out unless that is asked for again.
//!
//! Formats: GraphML 1.0 (graphml.graphdrawing.org), GEXF 1.3 (gexf.net), STIX 2.1 (OASIS Standard, 2021), MISP core
//! format (misp-standard.org). The same report gives the same bytes.

mod gexf;
mod graph;
mod graphml;
mod misp;
mod moment;
mod observable;
mod shown;
mod stable;
mod stix;
mod xml;

#[cfg(test)]
mod tests;

use crate::report::Report;
use crate::report::export::shown::Shown;
use std::io::{self, Write};

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ExportFormat {
    /// GraphML: networkx, igraph, yEd, Gephi.
    GraphMl,
    /// GEXF 1.3: Gephi, networkx.
    Gexf,
    /// A STIX 2.1 bundle.
    Stix,
    /// A MISP event.
    Misp,
}

/// Why there is no export.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// Values were asked for that the report does not hold.
    #[error("the report is masked and has nothing to reveal; scan with --reveal first")]
    Masked,
    /// The writer failed.
    #[error("failed to write the export")]
    Io(#[from] io::Error),
}

/// Writes `report` in `format`. With `reveal`, contacts, names and sentences of a revealed report are written too.
///
/// # Errors
/// When `reveal` is asked of a masked report, and what the writer returns.
pub fn export(
    report: &Report,
    format: ExportFormat,
    reveal: bool,
    out: &mut dyn Write,
) -> Result<(), ExportError> {
    let shown = Shown::new(report, reveal)?;
    match format {
        ExportFormat::GraphMl => graphml::write(&graph::Graph::new(&shown), out)?,
        ExportFormat::Gexf => gexf::write(&graph::Graph::new(&shown), out)?,
        ExportFormat::Stix => write_json(&stix::bundle(&shown), out)?,
        ExportFormat::Misp => write_json(&misp::event(&shown), out)?,
    }
    Ok(())
}

fn write_json(value: &serde_json::Value, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, value)?;
    out.write_all(b"\n")
}
