//! Raw names live only here; everything else sees opaque keys and spans to mask.
//!
//! `detect` and `features` cannot import this room, so no name can become a feature (`tests/architecture.rs`).

mod display_name;
mod fold;
mod heading;
mod name_finder;
mod recorded;

pub use display_name::DisplayName;
pub use name_finder::{FoundName, NameFinder};
pub use recorded::is_full_name;
pub use recorded::recorded_name_key;
