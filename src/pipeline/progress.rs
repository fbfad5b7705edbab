//! How a run tells how far it is. The library draws nothing itself.

use crate::model::Problem;

/// Somebody who watches a run.
pub trait Progress: Sync {
    /// A stage begins, with so many steps.
    fn stage(&self, name: &str, total: u64);
    /// One step of the stage is done.
    fn step(&self);
    /// Something could not be read or used.
    fn problem(&self, problem: &Problem);
    /// The run is over.
    fn finish(&self);
}

/// Nobody watches.
#[derive(Debug, Default)]
pub struct Silent;

impl Progress for Silent {
    fn stage(&self, _name: &str, _total: u64) {}
    fn step(&self) {}
    fn problem(&self, _problem: &Problem) {}
    fn finish(&self) {}
}
