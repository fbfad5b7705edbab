//! By when a GitHub account of a given number existed, from `corpora/background/github_ids.tsv`.
//!
//! Numbers are given out in order, so an account is at least as old as every account with a higher number: the table
//! bounds its age from one side and only roughly. It says nothing of accounts made before 2018.

use jiff::civil::Date;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../corpora/background/github_ids.tsv");

static TABLE: LazyLock<Vec<(u64, i64)>> = LazyLock::new(|| {
    let lines = TEXT.lines().filter(|l| !l.starts_with('#'));
    let row = |line: &str| {
        let (number, day) = line.split_once('\t')?;
        let day: Date = day.parse().ok()?;
        let at = day.at(0, 0, 0, 0).in_tz("UTC").ok()?.timestamp();
        Some((number.parse().ok()?, at.as_second()))
    };
    lines.filter_map(row).collect()
});

/// The moment by which the account existed, seconds since 1970 UTC; `None` where the table does not say.
pub fn existed_by(number: u64) -> Option<i64> {
    let first = TABLE.first()?.0;
    if number < first {
        return None;
    }
    let after = TABLE.partition_point(|row| row.0 < number);
    TABLE.get(after).map(|row| row.1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_days_ascend() {
        let lines = TEXT.lines().filter(|l| !l.starts_with('#'));
        assert_eq!(lines.count(), TABLE.len());
        assert!(TABLE.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 < w[1].1));
    }

    #[test]
    fn old_and_unknown_numbers_say_nothing() {
        assert_eq!(existed_by(1_000), None);
        assert_eq!(existed_by(9_000_000_000), None);
        let known = existed_by(100_000_001).unwrap();
        assert!((1_640_000_000..1_660_000_000).contains(&known), "{known}");
    }
}
