//! Time zones as people write them: `UTC+5:30`, `+0900`, `GMT+1`, `EST`, `America/New_York`.
//!
//! Abbreviations are not unique and mean the civil time of a region, summer time included: `EST` on a résumé is the
//! clock of New York in July too. Each therefore stands for a *set* of zones (IANA time zone database, file by file);
//! where a summer form exists it has the same set. An abbreviation that is missing here is "not understood".

use jiff::tz::TimeZoneDatabase;

/// What a text about a time zone means.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::features) enum ZoneWords {
    /// One of these IANA zones.
    Zones(Vec<String>),
    /// A fixed offset in minutes.
    Fixed(i32),
}

/// Upper-case abbreviation, and the zones whose civil time it names. Source: IANA time zone database, 2025b.
const ABBREVIATIONS: &[(&[&str], &[&str])] = &[
    (&["UTC", "GMT", "Z"], &["Etc/UTC", "Europe/London"]),
    (&["WET", "WEST"], &["Europe/Lisbon", "Africa/Casablanca"]),
    (
        &["CET", "CEST", "MEZ", "MESZ"],
        &["Europe/Berlin", "Africa/Algiers"],
    ),
    (
        &["EET", "EEST"],
        &["Europe/Helsinki", "Africa/Cairo", "Asia/Beirut"],
    ),
    (
        &["BST"],
        &["Europe/London", "Asia/Dhaka", "Pacific/Bougainville"],
    ),
    (
        &["IST"],
        &["Asia/Kolkata", "Europe/Dublin", "Asia/Jerusalem"],
    ),
    (&["MSK"], &["Europe/Moscow"]),
    (&["TRT"], &["Europe/Istanbul"]),
    (
        &["EST", "EDT", "ET"],
        &["America/New_York", "America/Panama"],
    ),
    (
        &["CST", "CDT", "CT"],
        &[
            "America/Chicago",
            "America/Costa_Rica",
            "America/Havana",
            "Asia/Shanghai",
        ],
    ),
    (
        &["MST", "MDT", "MT"],
        &["America/Denver", "America/Phoenix"],
    ),
    (
        &["PST", "PDT", "PT"],
        &["America/Los_Angeles", "Asia/Manila"],
    ),
    (&["AKST", "AKDT"], &["America/Anchorage"]),
    (&["HST"], &["Pacific/Honolulu"]),
    (
        &["AST", "ADT"],
        &["America/Halifax", "America/Puerto_Rico", "Asia/Riyadh"],
    ),
    (&["NST", "NDT"], &["America/St_Johns"]),
    (&["BRT"], &["America/Sao_Paulo"]),
    (&["ART"], &["America/Argentina/Buenos_Aires"]),
    (&["CLT", "CLST"], &["America/Santiago"]),
    (&["COT"], &["America/Bogota"]),
    (&["PET"], &["America/Lima"]),
    (&["WAT"], &["Africa/Lagos"]),
    (&["CAT"], &["Africa/Maputo"]),
    (&["EAT"], &["Africa/Nairobi"]),
    (&["SAST"], &["Africa/Johannesburg"]),
    (&["GST"], &["Asia/Dubai"]),
    (&["PKT"], &["Asia/Karachi"]),
    (&["NPT"], &["Asia/Kathmandu"]),
    (&["ICT"], &["Asia/Bangkok"]),
    (&["WIB"], &["Asia/Jakarta"]),
    (&["PHT", "PHST"], &["Asia/Manila"]),
    (&["SGT", "MYT"], &["Asia/Singapore"]),
    (&["HKT"], &["Asia/Hong_Kong"]),
    (&["JST"], &["Asia/Tokyo"]),
    (&["KST"], &["Asia/Seoul"]),
    (&["AWST"], &["Australia/Perth"]),
    (
        &["ACST", "ACDT"],
        &["Australia/Adelaide", "Australia/Darwin"],
    ),
    (
        &["AEST", "AEDT"],
        &["Australia/Sydney", "Australia/Brisbane"],
    ),
    (&["NZST", "NZDT"], &["Pacific/Auckland"]),
];

/// Reads a time zone, or `None` where the text is none that is understood.
pub(in crate::features) fn read(text: &str) -> Option<ZoneWords> {
    let text = text
        .trim()
        .trim_end_matches(" time")
        .trim_end_matches(" Time");
    fixed(text)
        .map(ZoneWords::Fixed)
        .or_else(|| abbreviation(text))
        .or_else(|| iana(text))
}

/// `+05:30`, `+0530`, `UTC+5:30`, `GMT-3`, `UTC +01:00`, `(UTC+01:00)`; the sign is needed.
fn fixed(text: &str) -> Option<i32> {
    let text = text.trim_matches(|c: char| "()".contains(c));
    let bare = ["UTC", "GMT", "utc", "gmt"]
        .iter()
        .find_map(|p| text.strip_prefix(p))
        .unwrap_or(text)
        .trim_start();
    let bare = bare.replace('−', "-").replace('±', "+");
    let (sign, digits) = match bare.split_at_checked(1)? {
        ("+", rest) => (1, rest.trim()),
        ("-", rest) => (-1, rest.trim()),
        _ => return None,
    };
    let (hours, minutes) = match digits.split_once([':', '.']) {
        Some((h, m)) if m.len() == 2 => (h, m),
        Some(_) => return None,
        None if digits.len() > 2 => digits.split_at_checked(digits.len() - 2)?,
        None => (digits, "0"),
    };
    if !(1..=2).contains(&hours.len())
        || ![hours, minutes]
            .iter()
            .all(|d| d.bytes().all(|b| b.is_ascii_digit()))
    {
        return None;
    }
    let (hours, minutes): (i32, i32) = (hours.parse().ok()?, minutes.parse().ok()?);
    let total = hours * 60 + minutes;
    (total <= 840 && minutes < 60).then_some(sign * total)
}

fn abbreviation(text: &str) -> Option<ZoneWords> {
    let (_, zones) = ABBREVIATIONS
        .iter()
        .find(|(names, _)| names.contains(&text))?;
    Some(ZoneWords::Zones(
        zones.iter().map(|z| z.to_string()).collect(),
    ))
}

/// A name of the database with a slash, or one that is a place's (`Japan`) only when written exactly so.
fn iana(text: &str) -> Option<ZoneWords> {
    let name = text.replace(' ', "_");
    if !name.contains('/') {
        return None;
    }
    let zone = TimeZoneDatabase::bundled().get(&name).ok()?;
    Some(ZoneWords::Zones(vec![zone.iana_name()?.to_string()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn offsets_are_read_in_every_usual_form() {
        for (text, minutes) in [
            ("UTC+5:30", 330),
            ("+05:30", 330),
            ("+0900", 540),
            ("GMT+1", 60),
            ("(UTC-03:00)", -180),
            ("UTC −8", -480),
            ("-0330", -210),
            ("+9", 540),
        ] {
            assert_eq!(read(text), Some(ZoneWords::Fixed(minutes)), "{text}");
        }
    }

    #[test]
    fn what_is_no_zone_is_not_understood() {
        for text in [
            "",
            "+",
            "-",
            "+99",
            "+1234567890",
            "remote",
            "est",
            "Nowhere/Land",
            "5",
            "+5:3",
            "Berlin",
            "+é",
        ] {
            assert_eq!(read(text), None, "{text}");
        }
    }

    #[test]
    fn names_and_abbreviations_lead_to_zones() {
        let zones = |text| match read(text) {
            Some(ZoneWords::Zones(zones)) => zones,
            other => panic!("{text}: {other:?}"),
        };
        assert_eq!(zones("America/New_York"), ["America/New_York"]);
        assert_eq!(zones("america/new york"), ["America/New_York"]);
        assert!(zones("EST").contains(&"America/New_York".to_string()));
        assert_eq!(zones("IST").len(), 3);
    }

    #[test]
    fn every_abbreviation_has_bundled_rules() {
        let rules = TimeZoneDatabase::bundled();
        for (names, zones) in ABBREVIATIONS {
            assert!(zones.iter().all(|z| rules.get(z).is_ok()), "{names:?}");
        }
    }
}
