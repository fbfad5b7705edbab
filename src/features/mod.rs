//! Functions from documents, histories and code to values of `model`: no I/O, no knowledge of other applicants.

pub mod clock;
mod gazetteer;
pub mod place;
mod place_words;
mod zone_words;
