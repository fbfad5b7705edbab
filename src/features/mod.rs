//! Functions from documents, histories and code to values of `model`: no I/O, no knowledge of other applicants.

pub mod align;
pub mod reuse;
pub mod shingle;
pub mod signature;
pub mod token;
