//! stub
use crate::model::{ClaimedZones, PagedText};
use std::ops::Range;
pub fn zones(_l: Option<&str>, _t: Option<&str>) -> ClaimedZones { ClaimedZones::default() }
pub fn region(_z: &ClaimedZones) -> Option<String> { None }
pub fn claim_in_heading(_t: &PagedText) -> Option<(String, Range<usize>)> { None }
pub fn spans(_t: &str, _c: &str) -> Vec<Range<usize>> { Vec::new() }
