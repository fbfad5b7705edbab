//! Phone numbers in running text.
//!
//! Precision first. A number with its country code counts when a plan allows it; a number without one only where a
//! country is assumed from the claimed place, and then only when it is labelled ("Phone:") or grouped like a number of
//! that plan and in a range that is in service. A date, a range of years, an IP address, an amount or an id is never a
//! number. Numbers that are broken over two lines are not read.

use crate::features::anchors::Anchors;
use crate::features::anchors::digit_runs;
use crate::features::identifiers::Found;
use crate::features::phone_number::PhoneNumber;
use crate::features::phone_number::digits_of;
use crate::features::phone_number::is_template;
use crate::features::phone_number::national_number;
use crate::features::phone_number::normalise;
use crate::model::IdentifierKind;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Fewest and most digits of a number, its country code among them.
const NUM_DIGITS: std::ops::RangeInclusive<usize> = 7..=17;

/// Separators between two digits of one number.
const MAX_SEPARATORS: usize = 3;

/// What stands before a number that is a phone number for sure.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:phone|telephone|tel|t[ée]l[ée]phone|telefon|telefone|tel[ée]fono|mobile?|mobil|m[oó]vil|celular|cell(?:ular| ?phone)?|handy|portable|ph|call|whats ?app|viber|sms|contact)(?:\s*(?:no|number|#|nr))?|\b[mtpc](?::|\.:)|тел|телефон|моб|电话|手机|電話|携帯|[☎📞📱✆])[\s.:;/|)\-–]{0,5}$",
    )
});

/// What stands before a number that is none.
static OTHER_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:id|no|nr|number|reg\w*|roll|licen[cs]e\w*|isbn|issn|doi|orcid|vat|tin|ssn|ein|iban|account|acct|ref|reference|pin|zip|version|ver|invoice|order|ticket|case|patent|passport|certificat\w*|credential|serial|code|fax)|№|#)[\s.:#\-]{0,4}$",
    )
});

/// A whole date, a year, or a range of years.
static DATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^\(?(?:(?:0?[1-9]|[12]\d|3[01])([./-])(?:0?[1-9]|[12]\d|3[01])[./-](?:19|20)\d\d|(?:19|20)\d\d[./-](?:0?[1-9]|1[0-2])(?:[./-](?:0?[1-9]|[12]\d|3[01]))?|(?:0?[1-9]|1[0-2])[./-](?:19|20)\d\d|(?:19|20)\d\d[/–-]\d\d|(?:19|20)\d\d(?:[./–-]+(?:(?:0?[1-9]|1[0-2])[./-])?(?:19|20)\d\d)?)\)?$",
    )
});

/// A dotted quad.
static IP: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\d{1,3}(?:\.\d{1,3}){3}$"));

/// Words with which a match of [`LABEL`] ends, where it ends in ASCII letters.
const LABEL_ENDS: [&str; 29] = [
    "phone",
    "telephone",
    "tel",
    "telefon",
    "telefone",
    "telefono",
    "mobile",
    "mobil",
    "movil",
    "celular",
    "cell",
    "cellular",
    "cellphone",
    "handy",
    "portable",
    "ph",
    "call",
    "whatsapp",
    "app",
    "viber",
    "sms",
    "contact",
    "no",
    "number",
    "nr",
    "m",
    "t",
    "p",
    "c",
];

/// Words of [`OTHER_LABEL`].
const OTHER_LABELS: [&str; 32] = [
    "id",
    "no",
    "nr",
    "number",
    "roll",
    "isbn",
    "issn",
    "doi",
    "orcid",
    "vat",
    "tin",
    "ssn",
    "ein",
    "iban",
    "account",
    "acct",
    "ref",
    "reference",
    "pin",
    "zip",
    "version",
    "ver",
    "invoice",
    "order",
    "ticket",
    "case",
    "patent",
    "passport",
    "credential",
    "serial",
    "code",
    "fax",
];

/// How those words of [`OTHER_LABEL`] begin that may go on.
const OTHER_STARTS: [&str; 4] = ["reg", "license", "licence", "certificat"];

/// Whether [`LABEL`] matches. The last word decides most of the time, and costs less than the pattern.
fn is_label(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_whitespace() || ".:;/|)-–".contains(c));
    let word = last_word(rest, |b| b.is_ascii_alphabetic());
    let preceding = rest.as_bytes()[..rest.len() - word.len()].last();
    // "№", "tél", "тел", "phone #", "phoneno"
    let unusual = preceding.is_some_and(|b| !b.is_ascii() || *b == b'#' && word.is_empty());
    let glued = ["no", "nr", "number"].iter().any(|end| ends_in(word, end));
    (unusual || glued || is_one_of(&LABEL_ENDS, word)) && LABEL.is_match(before)
}

/// Whether [`OTHER_LABEL`] matches, in the same way.
fn is_other_label(before: &str) -> bool {
    let rest = before.trim_end_matches(|c: char| c.is_whitespace() || ".:#-".contains(c));
    let word = last_word(rest, |b| b.is_ascii_alphanumeric() || *b == b'_');
    let preceding = rest.as_bytes()[..rest.len() - word.len()].last();
    let unusual = before[rest.len()..].contains('#') || preceding.is_some_and(|b| !b.is_ascii());
    let begins = |start: &&str| {
        let head = word.get(..start.len());
        head.is_some_and(|head| head.eq_ignore_ascii_case(start))
    };
    (unusual || OTHER_STARTS.iter().any(begins) || is_one_of(&OTHER_LABELS, word))
        && OTHER_LABEL.is_match(before)
}

/// The bytes at the end of a text that are of a kind.
fn last_word(text: &str, is_of_word: impl Fn(&u8) -> bool) -> &str {
    let length = text.bytes().rev().take_while(|b| is_of_word(b)).count();
    &text[text.len() - length..]
}

fn ends_in(word: &str, end: &str) -> bool {
    let at = word.len().checked_sub(end.len());
    at.is_some_and(|at| word[at..].eq_ignore_ascii_case(end))
}

fn is_one_of(list: &[&str], word: &str) -> bool {
    list.iter().any(|w| w.eq_ignore_ascii_case(word))
}

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Numbers of a text. `region` is the ISO 3166 code assumed for numbers without a country code.
pub(in crate::features) fn find(text: &str, anchors: &Anchors, region: Option<&str>) -> Vec<Found> {
    candidates(text, &anchors.digits)
        .filter_map(|c| c.read(text, region))
        .collect()
}

/// Byte ranges of everything that is grouped or labelled like a phone number of some country: for masking.
pub(in crate::features) fn shaped(text: &str) -> Vec<Range<usize>> {
    let telling =
        |c: &Candidate| c.international || c.labelled || is_grouped(&text[c.span.clone()]);
    let digits = digit_runs(text.as_bytes());
    candidates(text, &digits)
        .filter(telling)
        .map(|c| c.span)
        .collect()
}

/// A run of digits that may be a phone number.
struct Candidate {
    span: Range<usize>,
    international: bool,
    labelled: bool,
}

/// Runs of 7 to 17 digits with the separators that people write, not over a line, each with the brackets and the `+`
/// before it.
fn runs<'a>(text: &'a str, digits: &'a [usize]) -> impl Iterator<Item = Range<usize>> + 'a {
    let mut end = 0;
    digits.iter().filter_map(move |&first| {
        if first < end {
            return None;
        }
        let from = end;
        let (num_digits, stop) = run(text, first);
        end = stop;
        NUM_DIGITS
            .contains(&num_digits)
            .then(|| with_prefix(text.as_bytes(), first, from)..stop)
    })
}

/// How many digits a run has that begins at `first`, and where it ends.
fn run(text: &str, first: usize) -> (usize, usize) {
    let bytes = text.as_bytes();
    let (mut num_digits, mut num_separators) = (0, 0);
    let (mut at, mut end) = (first, first);
    while at < bytes.len() && num_digits < *NUM_DIGITS.end() && num_separators <= MAX_SEPARATORS {
        let width = match bytes[at] {
            b'0'..=b'9' => {
                num_digits += 1;
                num_separators = 0;
                at += 1;
                end = at;
                continue;
            }
            b' ' | b'.' | b'-' | b'(' | b')' | b'/' => 1,
            0xc2 | 0xe2 => match text[at..].chars().next() {
                Some(c @ ('\u{a0}' | '\u{2009}' | '\u{202f}' | '‐' | '‑' | '–')) => {
                    c.len_utf8()
                }
                _ => break,
            },
            _ => break,
        };
        num_separators += 1;
        at += width;
    }
    (num_digits, end)
}

/// The start of `(+ (` before a digit, not before `from`.
fn with_prefix(bytes: &[u8], first: usize, from: usize) -> usize {
    let is = |at: usize, b: u8| at > from && bytes[at - 1] == b;
    let bracket = first - usize::from(is(first, b'('));
    let blank = bracket - usize::from(is(bracket, b' '));
    let plus = [blank, bracket]
        .into_iter()
        .find(|&at| is(at, b'+'))
        .map(|at| at - 1);
    plus.map_or(bracket, |plus| plus - usize::from(is(plus, b'(')))
}

fn candidates<'a>(text: &'a str, digits: &'a [usize]) -> impl Iterator<Item = Candidate> + 'a {
    runs(text, digits).filter_map(move |span| {
        let written = &text[span.clone()];
        let before = &text[line_start(text, span.start)..span.start];
        let after = text[span.end..].chars().next();
        let glued_after = after.is_some_and(|c| c.is_alphanumeric() || "_@%€$".contains(c));
        if glued_after {
            return None;
        }
        let labelled = is_label(before);
        let international = written.trim_start_matches('(').starts_with('+');
        let glued_before = before.chars().next_back().is_some_and(|c| {
            c.is_alphanumeric() && !labelled
                || "+$€£¥#=_@.,%".contains(c)
                || !international && "-–/:".contains(c) && !labelled
        });
        let other = !labelled && (is_other_label(before) || is_date_or_address(written));
        (!glued_before && !other).then_some(Candidate {
            span,
            international,
            labelled,
        })
    })
}

impl Candidate {
    /// Reads the longest start of the run, cut at separators, that is a number.
    fn read(&self, text: &str, region: Option<&str>) -> Option<Found> {
        let run = &text[self.span.clone()];
        let ends = run
            .match_indices(|c: char| !c.is_ascii_digit())
            .map(|(at, _)| at);
        let mut cuts: Vec<usize> = ends
            .filter(|&at| at > 0 && run.as_bytes()[at - 1].is_ascii_digit())
            .collect();
        cuts.push(run.len());
        let cut = |end: usize| {
            let written = &run[..end];
            let number = self.number(written, region)?;
            let span = self.span.start..self.span.start + end;
            let found = Found::new(IdentifierKind::Phone, number.e164, text, span);
            Some(Found {
                assumed_region: number.assumed_region,
                ..found
            })
        };
        cuts.into_iter().rev().find_map(cut)
    }

    fn number(&self, written: &str, region: Option<&str>) -> Option<PhoneNumber> {
        let number = if self.international || self.labelled {
            normalise(written, region)
        } else if is_grouped(written) {
            national_number(&digits_of(written), region?, true).map(|e164| PhoneNumber {
                e164,
                assumed_region: true,
            })
        } else {
            None
        };
        number.filter(|n| !is_template(&n.e164))
    }
}

fn line_start(text: &str, at: usize) -> usize {
    text[..at].rfind('\n').map_or(0, |n| n + 1)
}

/// Brackets around an area code, or at least two groups: how numbers are written, unlike ids.
fn is_grouped(written: &str) -> bool {
    let groups = written
        .split(|c: char| !c.is_ascii_digit())
        .filter(|g| !g.is_empty())
        .count();
    let has_ten = || written.bytes().filter(u8::is_ascii_digit).count() >= 10;
    groups >= 3 || groups == 2 && (written.contains('(') || has_ten())
}

fn is_date_or_address(written: &str) -> bool {
    let trimmed = written.trim();
    let mut dates = trimmed
        .split_whitespace()
        .filter(|c| DATE.is_match(c.trim_matches(['-', '–'])));
    // "02/14-04/14", "3.35/4.0 3.67/4.0": a number has one stroke at most, behind its area code.
    let has_strokes = trimmed.matches('/').count() > 1;
    let has_date = dates.clone().any(|c| c.len() > 6) || dates.nth(1).is_some();
    has_strokes
        || has_date
        || DATE.is_match(trimmed)
        || DATE.is_match(&trimmed.replace(' ', ""))
        || IP.is_match(trimmed)
}

#[cfg(test)]
mod tests;
