//! When versions of widely used packages, languages and formats came out, from `corpora/background/releases.tsv`.
//!
//! The table gives, for a version, the earliest day of it and of all higher versions of its major; a version between two
//! of the table is at least as young as the nearest lower one. So the answer is always "no earlier than".

use crate::model::Version;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static TEXT: &str = include_str!("../../corpora/background/releases.tsv");

static TABLE: LazyLock<BTreeMap<&'static str, Vec<(Version, i64)>>> = LazyLock::new(|| {
    TEXT.lines()
        .filter(|l| !l.starts_with('#'))
        .filter_map(row)
        .collect()
});

/// `package <tab> version day version day …`
fn row(line: &'static str) -> Option<(&'static str, Vec<(Version, i64)>)> {
    let (package, list) = line.split_once('\t')?;
    let words: Vec<&str> = list.split(' ').collect();
    let pair = |pair: &[&str]| {
        let day: jiff::civil::Date = pair.get(1)?.parse().ok()?;
        let at = day
            .at(0, 0, 0, 0)
            .in_tz("UTC")
            .ok()?
            .timestamp()
            .as_second();
        Some((Version::parse(pair[0])?, at))
    };
    Some((package, words.chunks(2).filter_map(pair).collect()))
}

/// The package as the table names it ("npm react"); `None` where it has none.
pub fn package(kind: &str, name: &str) -> Option<&'static str> {
    // A name may be written with capitals, and in Python with underscores.
    let lower = name.to_ascii_lowercase();
    let lower = if kind == "pypi" {
        lower.replace('_', "-")
    } else {
        lower
    };
    TABLE
        .get_key_value(format!("{kind} {lower}").as_str())
        .map(|(key, _)| *key)
}

/// The moment before which the version cannot have been had, seconds since 1970 UTC; `None` for a package or a major that
/// is not in the table, or a version below all of its.
pub fn no_earlier_than(package: &str, version: Version) -> Option<i64> {
    let rows = TABLE.get(package)?;
    let after = rows.partition_point(|(v, _)| *v <= version);
    let (listed, at) = rows.get(after.checked_sub(1)?)?;
    (listed.0[0] == version.0[0]).then_some(*at)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_ascends() {
        let lines = TEXT.lines().filter(|l| !l.starts_with('#'));
        assert_eq!(lines.count(), TABLE.len());
        for (package, rows) in TABLE.iter() {
            let line = TEXT
                .lines()
                .find(|l| l.starts_with(&format!("{package}\t")));
            let words = line.unwrap().split('\t').nth(1).unwrap().split(' ').count();
            assert_eq!(words, 2 * rows.len(), "{package}");
            for pair in rows.windows(2) {
                assert!(pair[0].0 < pair[1].0, "{package}");
                let same_major = pair[0].0.0[0] == pair[1].0.0[0];
                assert!(
                    !same_major || pair[0].1 <= pair[1].1,
                    "{package} {:?}",
                    pair[1]
                );
            }
        }
    }

    #[test]
    fn a_version_between_two_is_as_young_as_the_lower() {
        let react = package("npm", "React").unwrap();
        let day = |v: &str| no_earlier_than(react, Version::parse(v).unwrap()).map(|s| s / 86_400);
        assert_eq!(day("18.2.7"), day("18.2.0"));
        assert!(day("18.3.0") > day("18.2.0"));
        assert_eq!((day("15.0.0"), day("99.0.0")), (None, None));
        assert_eq!(package("npm", "no-such-package"), None);
    }
}
