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
    let code_len = (1..=3).find(|&n| code(digits.get(..n)).is_some())?;
    let code = code(digits.get(..code_len))?;
    let national = &digits[code_len..];
    let plans = DATABASE.by_code(&code)?;
    plans
        .iter()
        .find_map(|plan| significant(plan, national, false))
        .map(|n| format!("+{code}{n}"))
}

fn code(digits: Option<&str>) -> Option<u16> {
    let code: u16 = digits?.parse().ok()?;
    (!digits?.starts_with('0') && DATABASE.region(&code).is_some()).then_some(code)
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
fn significant(plan: &Metadata, national: &str, in_service: bool) -> Option<String> {
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
fn is_allowed(plan: &Metadata, number: &str) -> bool {
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

fn is_in_service(plan: &Metadata, number: &str) -> bool {
    let code = plan.country_code();
    let area_end = if code == 1 { 3.min(number.len()) } else { 0 };
    let for_fiction = FICTION
        .iter()
        .any(|(c, start)| *c == code && number[area_end..].starts_with(start));
    for_fiction || KINDS.into_iter().any(|kind| is_of(plan, kind, number))
}

fn is_of(plan: &Metadata, kind: Type, number: &str) -> bool {
    plan.descriptors()
        .get(kind)
        .is_some_and(|d| d.is_match(number) && is_whole(d, number))
}

thread_local! {
    /// Patterns of plans that must take the whole number.
    static WHOLE: RefCell<HashMap<String, Option<Regex>>> = RefCell::default();
}

/// Whether a plan's pattern takes all digits: the crate asks only for the first ones.
fn is_whole(descriptor: &Descriptor, number: &str) -> bool {
    let pattern = descriptor.national_number();
    let Some(found) = pattern.find(number).filter(|m| m.start() == 0) else {
        return false;
    };
    // Another branch of the pattern may take more than the first that matches. Patterns are written with blanks.
    found.end() == number.len()
        || WHOLE.with_borrow_mut(|whole| {
            let source = pattern.as_str();
            if !whole.contains_key(source) {
                whole.insert(
                    source.to_owned(),
                    Regex::new(&format!("(?x)^(?:{source})$")).ok(),
                );
            }
            let anchored = whole.get(source).and_then(Option::as_ref);
            anchored.is_some_and(|r| r.is_match(number))
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
