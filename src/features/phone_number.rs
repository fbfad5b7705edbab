//! One phone number in its one form, E.164.
//!
//! Country codes, trunk prefixes and number plans come from the metadata of the `phonenumber` crate (Google's
//! libphonenumber). A number passes when its plan's *general* description allows it (leading digits and length), not
//! only when its range is in service: ranges change, and the ranges kept for fiction, which invented résumés use, count
//! as ordinary numbers. `phonenumber::parse` is not used: it strips a leading 8 of numbers of the plan +7 even behind the
//! country code. Short numbers and letters on the keypad are not read; extensions are dropped.

use phonenumber::Metadata;
use phonenumber::Type;
use phonenumber::metadata::DATABASE;
use phonenumber::metadata::Descriptor;
use regex::Regex;
use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::LazyLock;

/// Fewest digits of a national number.
const MIN_NATIONAL: usize = 7;

/// Kinds of numbers that people are called on.
const KINDS: [Type; 6] = [
    Type::FixedLine,
    Type::Mobile,
    Type::TollFree,
    Type::Voip,
    Type::PersonalNumber,
    Type::SharedCost,
];

/// Ranges kept for fiction, by country code; for code 1 behind the area code. The numbering
/// authorities' lists of numbers for film and television: NANPA (555-0100 to 555-0199), Ofcom, ARCEP, Bundesnetzagentur.
const FICTION: &[(u16, &str)] = &[
    (1, "55501"),
    (44, "7700900"),
    (44, "2079460"),
    (44, "1632960"),
    (33, "63998"),
    (33, "19900"),
    (49, "17139200"),
    (49, "3023125"),
];

/// A phone number in its one form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PhoneNumber {
    /// E.164, with `+`.
    pub e164: String,
    /// The country code was not written but assumed.
    pub assumed_region: bool,
}

/// The one form of a number that is known to be a phone number (a claim, a `tel:` link); `None` for a number that no
/// plan allows, or that has no country code where none is assumed.
pub fn normalise(written: &str, region: Option<&str>) -> Option<PhoneNumber> {
    let written = written.trim().trim_start_matches("tel:");
    let end = written
        .find(|c: char| c.is_alphabetic() || ";,#".contains(c))
        .unwrap_or(written.len());
    let written = &written[..end];
    let digits = digits_of(written);
    let international = written
        .trim_start()
        .trim_start_matches('(')
        .starts_with('+')
        .then_some(digits.as_str());
    if let Some(digits) = international.or_else(|| digits.strip_prefix("00")) {
        return international_number(digits).map(|e164| PhoneNumber {
            e164,
            assumed_region: false,
        });
    }
    national_number(&digits, region?, false).map(|e164| PhoneNumber {
        e164,
        assumed_region: true,
    })
}

/// [`normalise`] without the numbers that templates show.
pub(in crate::features) fn claimed(written: &str, region: Option<&str>) -> Option<PhoneNumber> {
    normalise(written, region).filter(|n| !is_template(&n.e164))
}

/// The digits, without a trunk zero in brackets: "+44 (0)20".
pub(in crate::features) fn digits_of(written: &str) -> String {
    written
        .replace("(0)", "")
        .chars()
        .filter(char::is_ascii_digit)
        .collect()
}

/// A country code and a national number that its plan allows.
fn international_number(digits: &str) -> Option<String> {
    let (code, national) = (1..=3).find_map(|n| Some((code(digits.get(..n))?, &digits[n..])))?;
    let plans = DATABASE.by_code(&code)?;
    plans
        .iter()
        .find_map(|plan| significant(plan, national, false))
        .map(|n| format!("+{code}{n}"))
}

/// Which numbers of at most three digits are country codes: asking the database makes a list each time.
static CODES: LazyLock<Vec<bool>> = LazyLock::new(|| {
    (0..1000u16)
        .map(|c| DATABASE.region(&c).is_some())
        .collect()
});

fn code(digits: Option<&str>) -> Option<u16> {
    let code: u16 = digits?.parse().ok()?;
    (!digits?.starts_with('0') && CODES[usize::from(code)]).then_some(code)
}

/// A number without country code, read by the plan of `region`. `in_service` asks for a range that is in use.
pub(in crate::features) fn national_number(
    digits: &str,
    region: &str,
    in_service: bool,
) -> Option<String> {
    let plan = DATABASE.by_id(region)?;
    let code = plan.country_code().to_string();
    let trunk = plan.national_prefix().is_some_and(|p| p == "0");
    let national = significant(plan, digits, in_service)
        .filter(|n| {
            !in_service || !trunk || digits.starts_with('0') || is_of(plan, Type::Mobile, n)
        })
        .or_else(|| significant(plan, digits.strip_prefix(&code)?, in_service))?;
    Some(format!("+{code}{national}"))
}

/// The national significant number: without its trunk prefix where the plan then, and only then, allows it.
fn significant(plan: &'static Metadata, national: &str, in_service: bool) -> Option<String> {
    let stripped = plan
        .national_prefix()
        .and_then(|p| national.strip_prefix(p));
    let number = [Some(national), stripped]
        .into_iter()
        .flatten()
        .find(|n| is_allowed(plan, n))?;
    (!in_service || is_in_service(plan, number)).then(|| number.into())
}

/// Leading digits by the plan's general description, length by any of its kinds of numbers.
fn is_allowed(plan: &'static Metadata, number: &str) -> bool {
    let length = number.len() as u16;
    let fits = |kind| {
        plan.descriptors()
            .get(kind)
            .is_some_and(|d| d.possible_length().contains(&length))
    };
    number.len() >= MIN_NATIONAL
        && KINDS.into_iter().any(fits)
        && is_whole(plan.descriptors().general(), number)
}

fn is_in_service(plan: &'static Metadata, number: &str) -> bool {
    let code = plan.country_code();
    let area_end = if code == 1 { 3.min(number.len()) } else { 0 };
    let for_fiction = FICTION
        .iter()
        .any(|(c, start)| *c == code && number[area_end..].starts_with(start));
    for_fiction || KINDS.into_iter().any(|kind| is_of(plan, kind, number))
}

fn is_of(plan: &'static Metadata, kind: Type, number: &str) -> bool {
    let of_kind = plan.descriptors().get(kind);
    of_kind.is_some_and(|d| has_length(d, number) && is_whole(d, number))
}

/// A kind without lengths of its own has those of its pattern.
fn has_length(descriptor: &Descriptor, number: &str) -> bool {
    let lengths = descriptor.possible_length();
    lengths.is_empty() || lengths.contains(&(number.len() as u16))
}

thread_local! {
    /// Patterns of plans that must take the whole number, by the address of the plan's row: the database is never
    /// dropped. One for each thread, so that none waits for another, as the crate's own would.
    static WHOLE: RefCell<HashMap<*const Descriptor, Option<Regex>>> = RefCell::default();
}

/// Whether a plan's pattern takes all digits: the crate asks only for the first ones.
fn is_whole(descriptor: &'static Descriptor, number: &str) -> bool {
    WHOLE.with_borrow_mut(|whole| {
        let anchored = whole.entry(descriptor).or_insert_with(|| {
            // Patterns are written with blanks.
            let source = descriptor.national_number().as_str();
            Regex::new(&format!("(?x)^(?:{source})$")).ok()
        });
        anchored.as_ref().is_some_and(|r| r.is_match(number))
    })
}

/// A number that templates show: one digit repeated, or seven digits counting up or down.
pub(in crate::features) fn is_template(e164: &str) -> bool {
    let digits = e164.as_bytes();
    let last = &digits[digits.len().saturating_sub(MIN_NATIONAL)..];
    let repeated = last.iter().all(|d| *d == last[0]);
    let counts = |run: &[u8]| {
        ["12345678901234567", "98765432109876543"]
            .iter()
            .any(|s| s.as_bytes().windows(run.len()).any(|w| w == run))
    };
    repeated
        || digits.windows(MIN_NATIONAL).any(counts)
        || e164.ends_with("5551234")
        || e164.ends_with("5555555")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn claims_may_lack_grouping() {
        let number = |w, r| normalise(w, r).map(|n| n.e164);
        assert_eq!(
            number("2065550142", Some("US")).as_deref(),
            Some("+12065550142")
        );
        assert_eq!(
            number("tel:+1-206-555-0142;ext=5", None).as_deref(),
            Some("+12065550142")
        );
        assert_eq!(
            number("206-555-0142 ext. 12", Some("US")).as_deref(),
            Some("+12065550142")
        );
        assert_eq!(number("2065550142", None), None);
        assert_eq!(number("on request", Some("US")), None);
        assert_eq!(number("12", Some("US")), None);
    }
}
