//! The moment of a run, as the formats want it. It comes from the report alone: an export has no clock of its own.

use jiff::Timestamp;
use jiff::tz::TimeZone;

/// A moment; the epoch where the report names none that can be read.
pub(in crate::report::export) struct Moment(Timestamp);

impl Moment {
    /// From RFC 3339.
    pub(in crate::report::export) fn new(rfc_3339: &str) -> Self {
        Self(rfc_3339.parse().unwrap_or(Timestamp::UNIX_EPOCH))
    }

    /// `2026-11-21`, UTC.
    pub(in crate::report::export) fn day(&self) -> String {
        self.0.to_zoned(TimeZone::UTC).date().to_string()
    }

    /// `2026-11-21T09:30:00.000Z`, as STIX writes it.
    pub(in crate::report::export) fn stix(&self) -> String {
        self.0.strftime("%Y-%m-%dT%H:%M:%S.%3fZ").to_string()
    }

    /// Seconds since the epoch, as MISP writes it: a string.
    pub(in crate::report::export) fn seconds(&self) -> String {
        self.0.as_second().to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_moment_is_written_three_ways() {
        let moment = Moment::new("2026-11-21T09:30:00+09:00");
        assert_eq!(moment.day(), "2026-11-21");
        assert_eq!(moment.stix(), "2026-11-21T00:30:00.000Z");
        assert_eq!(moment.seconds(), "1795221000");
        assert_eq!(Moment::new("yesterday").day(), "1970-01-01");
    }
}
