//! What a run may be told.

use crate::extract::Limits;
use crate::pipeline::Watch;
use crate::report::Decisions;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::PathBuf;

/// Options of a run. Everything has a default.
#[derive(Clone, Debug)]
pub struct Options {
    /// Number of threads, and of worker processes.
    pub threads: usize,
    /// Detectors that are turned off, by id.
    pub off: BTreeSet<String>,
    /// Show contacts and names.
    pub reveal: bool,
    /// Most pairs of unrelated people that may be expected to look like a link for it to count in a cluster.
    pub chance: f64,
    /// Users' own references of common phrases, beside the shipped one.
    pub backgrounds: Vec<PathBuf>,
    /// Job advertisements, whose text weighs nothing.
    pub jobs: Vec<PathBuf>,
    /// Watch lists to compare with.
    pub watch: Watch,
    /// What a reviewer decided on an earlier report of the pool.
    pub decisions: Option<Decisions>,
    /// The binary that serves as a worker; `None` for the running one. Tests and users of the library set it.
    pub worker: Option<PathBuf>,
    /// Limits of reading.
    pub limits: Limits,
    /// The command line, for the report's header.
    pub command: String,
    /// Options that differ from the default, for the report's header.
    pub changed: BTreeMap<String, String>,
    /// Start of the run, RFC 3339, for the report's header.
    pub started: String,
}

impl Default for Options {
    fn default() -> Self {
        Self {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            off: BTreeSet::new(),
            reveal: false,
            chance: 0.05,
            backgrounds: Vec::new(),
            jobs: Vec::new(),
            watch: Watch::default(),
            decisions: None,
            worker: None,
            limits: Limits::default(),
            command: String::new(),
            changed: BTreeMap::new(),
            started: String::new(),
        }
    }
}
