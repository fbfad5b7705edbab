//! Times as RTF writes them: local, without an offset.

use crate::model::RawTime;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

/// A time on the clock of whoever saved the file; `None` where there is no such time.
pub(in crate::extract::rtf) fn local_time(
    year: i16,
    month: i16,
    day: i16,
    hour: i16,
    minute: i16,
) -> Option<RawTime> {
    let small = |n: i16| i8::try_from(n).ok();
    let (month, day) = (small(month)?, small(day)?);
    let local = DateTime::new(year, month, day, small(hour)?, small(minute)?, 0, 0).ok()?;
    Some(RawTime {
        seconds: TimeZone::UTC.to_timestamp(local).ok()?.as_second(),
        offset: None,
    })
}

/// A DTTM: minutes, hours, day, month and years since 1900 in 6, 5, 5, 4 and 9 bits ([MS-DOC] §2.9.74), local time.
pub(in crate::extract::rtf) fn dttm(value: i32) -> Option<RawTime> {
    let bits = |from: u32, count: u32| (value >> from & ((1 << count) - 1)) as i16;
    local_time(
        1900 + bits(20, 9),
        bits(16, 4),
        bits(11, 5),
        bits(6, 5),
        bits(0, 6),
    )
}
