//! Links to clusters: groups that hold together without chaining.

mod cluster;
mod split;

pub use cluster::{Cluster, LargeGroup, clusters};
pub use split::Split;
