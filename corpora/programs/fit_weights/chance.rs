//! Whether chance brings no more links of strangers than `expected_by_chance` says, over many small worlds.

use crate::rows::{Rows, worlds};
use samehand::weigh::Weights;
use std::fmt::Write as _;
use std::path::Path;

/// Links up to this are counted: those that may stand in a group.
const AT_MOST: f64 = 0.05;

/// Counts, world by world, the links of people whom nothing relates.
pub fn of_strangers(folder: &Path) -> anyhow::Result<String> {
    let mut out = String::new();
    let (mut num_worlds, mut links, mut rare, mut unnamed, mut grouped) = (0, 0, 0, 0, 0);
    let (mut pairs, weights) = (0, Weights::shipped());
    for world in worlds(folder)? {
        let mut rows = Rows::default();
        rows.add(&world, &weights)?;
        num_worlds += 1;
        for row in rows.rows.iter().filter(|r| !r.is_same && r.is_compared()) {
            pairs += 1;
            grouped += u64::from(row.is_grouped);
            let Some(link) = &rows.seen[row.seen].link else {
                continue;
            };
            links += 1;
            if link.expected_by_chance <= AT_MOST {
                rare += 1;
                unnamed += u64::from(link.explained_by.is_empty());
                let _ = writeln!(
                    out,
                    "{}: {} and {}: {:?}, {}",
                    world.display(),
                    link.a.as_str(),
                    link.b.as_str(),
                    link.evidence,
                    link.expected_by_chance
                );
            }
        }
    }
    let _ = write!(
        out,
        "{num_worlds} worlds, {pairs} pairs of strangers: {links} links, {rare} of them at expected_by_chance ≤ {AT_MOST} \
         ({:.0} would be expected at most), {unnamed} of these without a named relation; {grouped} pairs in a group.",
        f64::from(num_worlds) * AT_MOST
    );
    Ok(out)
}
