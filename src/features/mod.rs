//! Functions from documents, histories and code to values of `model`: no I/O, no knowledge of other applicants.

pub mod align;
pub mod cadence;
pub mod clock;
pub mod commit_address;
pub mod commit_token;
pub mod email;
pub mod gazetteer;
pub mod github_noreply;
pub mod handle;
pub mod identifiers;
pub mod leftovers;
pub mod overlap;
pub mod own;
pub mod owner;
pub mod phone;
pub mod phone_number;
pub mod place;
pub mod place_words;
pub mod profile_url;
pub mod reuse;
pub mod rhythm;
pub mod sections;
pub mod shingle;
pub mod signature;
pub mod sites;
pub mod standing;
pub mod text_features;
pub mod token;
pub mod two_clocks;
pub mod wallet;
pub mod whose;
pub mod winnow;
pub mod word_hash;
pub mod zone_words;

pub use text_features::{TextFeatures, text_features};
