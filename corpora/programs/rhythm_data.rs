//! Reads the times of anonymous authors' commits: gzip, CSV with the columns `author, utc, offset_min`. Never committed.

use flate2::read::GzDecoder;
use samehand::features::clock::ClockStamp;
use samehand::model::UtcOffset;
use std::collections::BTreeMap;
use std::fs::File;

/// Each author's commits by time.
pub fn read(path: &str) -> anyhow::Result<BTreeMap<String, Vec<ClockStamp>>> {
    let mut authors: BTreeMap<String, Vec<ClockStamp>> = BTreeMap::new();
    for row in csv::Reader::from_reader(GzDecoder::new(File::open(path)?)).deserialize() {
        let (author, seconds, minutes): (String, i64, i32) = row?;
        if let Some(offset) = UtcOffset::from_minutes(minutes) {
            let stamp = ClockStamp { seconds, offset };
            authors.entry(author).or_default().push(stamp);
        }
    }
    for stamps in authors.values_mut() {
        stamps.sort();
    }
    Ok(authors)
}
