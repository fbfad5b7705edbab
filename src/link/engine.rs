//! The join.
use crate::link::{Join, Key, KeyRow};
/// A bucket with more members than this makes a group.
pub const HOT_BUCKET: usize = 12;
/// A proposal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Proposal {
    /// Index of the detector.
    pub detector: u16,
    /// Indices of the profiles, sorted.
    pub members: Vec<u32>,
    /// Keys.
    pub keys: Vec<Key>,
}
/// Proposes.
pub fn propose(_rows: Vec<KeyRow>, _joins: &[Join], _weight: &(dyn Fn(u16, Key) -> f32 + Sync)) -> Vec<Proposal> { Vec::new() }
