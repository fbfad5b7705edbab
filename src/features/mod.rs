//! Functions from documents, histories and code to values of `model`: no I/O, no knowledge of other applicants.

pub mod commit_address;
pub mod github_noreply;
pub mod owner;
pub mod standing;
pub mod token;
