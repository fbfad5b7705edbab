//! Keys to candidates: one join engine for every detector, and the background that says how common a thing is.
//!
//! Detectors give keys; the engine sorts them, makes pairs of small buckets and *one group* of each hot bucket, and adds
//! up weights where a detector asks for mass. It knows nothing of what a key means.

mod background;
mod buckets;
mod candidate;
mod code_marks;
mod engine;
mod groups;
mod key;
mod leaders;
mod pairs;
mod phrases;
mod pool;
mod reference;
mod scaffold;

pub use background::{Background, MIN_KNOWN, TableInfo};
pub use buckets::HOT_BUCKET;
pub use candidate::Candidate;
pub use code_marks::CodeMarks;
pub use engine::{Proposal, Source, propose};
pub use key::{Join, Key, KeyRow, KeySink, Role};
pub use leaders::LIGHT;
pub use phrases::{PhraseTable, table_hash};
pub use pool::PoolCounts;
pub use reference::{
    Header, MIN_APPLICANTS, Reference, ReferenceError, read_header, write_reference,
};
pub use scaffold::ScaffoldTable;
