//! Links to clusters: groups that hold together without chaining.

mod cluster;

pub use cluster::{Cluster, LargeGroup, clusters};
