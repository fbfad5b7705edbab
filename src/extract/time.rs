//! Times as documents write them: ISO 32000-2 §7.9.4 (PDF) and the W3C profile of ISO 8601 (XMP, Office).
//!
//! The recorded offset is kept apart and never guessed: `Z` is offset 0, no offset is `None`.

use crate::model::RawTime;
use crate::model::UtcOffset;
use jiff::civil::DateTime;
use jiff::fmt::temporal::Pieces;
use jiff::tz::TimeZone;

/// A PDF date such as `D:20240131235959+09'00'`. Later fields may be missing, and producers leave out the `D:`, the
/// apostrophes or the offset.
pub(in crate::extract) fn pdf_date(text: &str) -> Option<RawTime> {
    let text = text.trim().trim_start_matches("D:").trim_start();
    let digits = text.len() - text.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    let (date, offset) = text.split_at(digits);
    if date.len() < 4 || date.len() > 14 || date.len() % 2 == 1 {
        return None;
    }
    let field = |at: usize, default: i8| match date.get(at..at + 2) {
        Some(two) => two.parse().ok(),
        None => Some(default),
    };
    let year = date[..4].parse().ok()?;
    let local = DateTime::new(
        year,
        field(4, 1)?,
        field(6, 1)?,
        field(8, 0)?,
        field(10, 0)?,
        field(12, 0)?.min(59),
        0,
    )
    .ok()?;
    raw_time(local, pdf_offset(offset))
}

fn pdf_offset(text: &str) -> Option<UtcOffset> {
    let text = text.trim();
    let sign = match text.as_bytes().first()? {
        b'Z' | b'z' => return Some(UtcOffset::UTC),
        b'+' => 1,
        b'-' => -1,
        _ => return None,
    };
    let digits: Vec<i32> = text[1..]
        .chars()
        .filter(|&c| c != '\'')
        .map_while(|c| c.to_digit(10))
        .map(|d| d as i32)
        .collect();
    let minutes = match digits[..] {
        [h1, h2] => (h1 * 10 + h2) * 60,
        [h1, h2, m1, m2, ..] => (h1 * 10 + h2) * 60 + m1 * 10 + m2,
        _ => return None,
    };
    UtcOffset::from_minutes(sign * minutes)
}

/// A date and time such as `2024-01-31T23:59:59+09:00`; the time and the offset may be missing.
pub(in crate::extract) fn iso_date(text: &str) -> Option<RawTime> {
    let pieces = Pieces::parse(text.trim()).ok()?;
    let local = pieces.date().to_datetime(pieces.time().unwrap_or_default());
    let offset = pieces
        .to_numeric_offset()
        .and_then(|o| UtcOffset::from_minutes(o.seconds() / 60));
    raw_time(local, offset)
}

fn raw_time(local: DateTime, offset: Option<UtcOffset>) -> Option<RawTime> {
    let seconds = TimeZone::UTC.to_timestamp(local).ok()?.as_second();
    Some(RawTime {
        seconds: seconds - i64::from(offset.map_or(0, UtcOffset::minutes)) * 60,
        offset,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(time: Option<RawTime>) -> String {
        time.map_or("none".into(), |t| {
            format!(
                "{} {}",
                t.seconds,
                t.offset.map_or("-".into(), |o| o.to_string())
            )
        })
    }

    #[test]
    fn pdf_dates() {
        // 1706713199 is 2024-01-31T14:59:59Z.
        for (text, want) in [
            ("D:20240131235959+09'00'", "1706713199 +09:00"),
            ("D:20240131235959+09'00", "1706713199 +09:00"),
            ("D:20240131235959+0900", "1706713199 +09:00"),
            ("D:20240131235959+09", "1706713199 +09:00"),
            ("20240131145959Z", "1706713199 +00:00"),
            ("D:20240131145959Z00'00'", "1706713199 +00:00"),
            ("D:20240131145959", "1706713199 -"),
            ("D:20240131092959-05'30'", "1706713199 -05:30"),
            ("D:2024", "1704067200 -"),
            ("D:202402", "1706745600 -"),
            ("D:20240131145959+99'00'", "1706713199 -"),
            ("D:20241331", "none"),
            ("D:191040131145959", "none"),
            ("Wed Jan 31 2024", "none"),
            ("", "none"),
        ] {
            assert_eq!(shown(pdf_date(text)), want, "{text}");
        }
    }

    #[test]
    fn iso_dates() {
        for (text, want) in [
            ("2024-01-31T23:59:59+09:00", "1706713199 +09:00"),
            ("2024-01-31T14:59:59Z", "1706713199 +00:00"),
            ("2024-01-31T14:59:59.123", "1706713199 -"),
            ("2024-01-31", "1706659200 -"),
            ("31.01.2024", "none"),
        ] {
            assert_eq!(shown(iso_date(text)), want, "{text}");
        }
    }
}
