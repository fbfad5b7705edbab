//! What more than a dozen applicants share and nearly everybody in the pool.
//!
//! A thing that many share is told once, as a source that an agency or a course explains. Where most of a pool share it, the pool
//! itself explains it: the system that exported the files, the task that everybody was given. Then nothing is told, nor where
//! five hundred share it, in any pool.

use crate::link::Background;

/// One in so many of a pool may share a thing before it counts as everybody's. A choice: nobody has counted pools.
const MOST: u32 = 2;

/// So many are too many in any pool. A choice: an index reads hardly more holders of one value, and says the same as a scan.
const COMMON: usize = 500;

/// Why what most of a pool share ties nobody.
pub(in crate::detect) const EVERYBODYS: &str = "more than half of this pool, or five hundred, share it: the system that exported it, or what everybody was given";

/// Whether so many are more than half of the pool, or five hundred. Where its size is not known, half of it is no number.
pub(in crate::detect) fn is_everybodys(sharing: usize, background: &Background) -> bool {
    let pool = background.holders.num_applicants();
    sharing >= COMMON || pool > 0 && sharing as u64 * u64::from(MOST) > u64::from(pool)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::link::PoolCounts;

    #[test]
    fn half_of_a_pool_may_share_a_thing() {
        let mut background = Background::default();
        assert!(!is_everybodys(100, &background));
        background.holders = PoolCounts::from_entries(30, Vec::new());
        assert!(!is_everybodys(15, &background));
        assert!(is_everybodys(16, &background));
        background.holders = PoolCounts::from_entries(5_000, Vec::new());
        assert!(!is_everybodys(499, &background));
        assert!(is_everybodys(500, &background));
    }
}
