//! samehand tells whether the same hand is behind several job applications.
//!
//! It reads a pool of applicants (documents, repositories, a manifest of claims) and reports *evidence* that ties
//! applicants together and *findings* about one applicant, each with its strength or base rate, its source and its
//! innocent explanations. It never gives a verdict, a score of a person, or a country.
//!
//! ```text
//! pool ─ intake ─▶ sources ─ extract ─▶ documents, histories, code ─ features ─▶ PROFILES ──┐
//!                                                                                          │ keys
//!  report ◀─ graph (clusters) ◀─ weigh (links) ◀─ EVIDENCE ◀─ detect ◀─ candidates ◀─ link ◀┘
//! ```
//! Start with [`pipeline::run`]; `tests/architecture.rs` lists which module may import which.

// The documentation is for those who work on the program: links to private items are useful to them.
#![allow(rustdoc::private_intra_doc_links)]

pub mod cli;
pub mod detect;
pub mod evaluate;
pub mod extract;
pub mod features;
pub mod fetch;
pub mod graph;
pub mod identity;
pub mod intake;
pub mod link;
pub mod model;
pub mod pipeline;
pub mod report;
#[cfg(feature = "serve")]
pub mod server;
pub mod store;
pub mod watch;
pub mod weigh;
