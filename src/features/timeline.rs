//! A career against the calendar: employments at one time, and technologies before they existed.
//!
//! A step's words are those between its dates and the next dates of the text. Whether they describe the step before or
//! the step after them is not known, so a technology counts only where it is too new for both. An overlap counts only
//! between two steps with a title at two employers, none of them marked as part-time, contract, study, voluntary or own
//! business, and only the months that are certain: a year without a month begins in December and ends in January.
//!
//! It reads what was written and cannot tell a typing error from anything else.

use crate::features::sections;
use crate::features::technology::Technology;
use crate::features::technology::technologies;
use crate::model::{CareerStep, YearMonth};
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines on each side of a step's dates that may hold its heading.
const NEAR_LINES: usize = 3;
/// Months after a step's end in which a technology may still come out: names are used before their first release, and
/// the last month of a job is often rounded.
const EARLY_MONTHS: i32 = 12;

/// Words in a heading that say that a job may well stand beside another one.
static BESIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:part[ -]?time|parttime|freelanc|contract|consult|intern(?:s|ship)?\b|student|werkstudent|praktik|stagiaire|trainee|apprentice|co-?op\b|volunteer|board\b|trustee|advis[oe]r|adjunct|lecturer|instructor|tutor|teaching|teacher|coach|mentor|self[ -]employed|owner|founder|co-?founder|proprietor|principal|partner|side\b|per[ -]diem|prn\b|seasonal|temp\b|temporary|casual|substitute|assistant\b|assistantship|fellow|scholar|residen|army|navy|guard\b|air force|marine|military|reserve|church|ministry|pastor|agent|realtor|broker|driver|bartender|server|waiter|waitress|barista|cashier|host(?:ess)?\b|retail|sales associate|caregiver|nanny|artist|musician|author|writer|editor|photographer|open[ -]source|project\b|projects\b|client|agency|staffing|ambassador|member|chair|president|committee|club|society|union|association)",
    )
});

/// Words anywhere in a step's description that say the same.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:part[ -]time|parttime|freelanc|on a contract basis|contract(?:ed)? (?:role|position|basis|through|via|with)|self[ -]employed|internship|volunteer(?:ed)?\b|nights? and weekends?|evenings? and weekends?|weekends only|side (?:project|business|job)|per diem|on[ -]call basis|concurrent|simultaneous|while (?:working|employed|attending)|secondment|seconded|consult(?:ant|ancy|ing) (?:for|to)|hours? (?:a|per) week)",
    )
});

/// A line that begins with a label, as lists of skills do: "Cloud: …".
static LABEL: LazyLock<Regex> = LazyLock::new(|| pattern(r"^\W{0,4}\p{Lu}[\p{L} &/,-]{1,40}:"));

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Two employments at one time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overlap {
    /// Index of the step that began first.
    pub first: usize,
    /// Index of the other.
    pub second: usize,
    /// Months that both certainly held.
    pub months: u32,
}

/// A technology in a step that ended well before it came out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TooEarly {
    /// Index of the step whose dates stand before it.
    pub step: usize,
    /// The technology.
    pub technology: &'static Technology,
    /// Bytes of its name in the text.
    pub at: Range<usize>,
}

/// Months since year 0.
fn month(date: YearMonth, unknown: i32) -> i32 {
    let month = i32::from(date.month);
    i32::from(date.year) * 12 + if month == 0 { unknown } else { month - 1 }
}

/// The months a step certainly held: after its first and before its last. One that goes on lasts until `known`, the
/// latest month that the document tells.
fn certain(step: &CareerStep, known: i32) -> Range<i32> {
    let from = month(step.from, 11) + 1;
    from..step.to.map_or(known, |to| month(to, 0))
}

/// Pairs of steps at two employers with at least `least` certain months in common, by first and second.
pub fn overlaps(
    text: &str,
    steps: &[CareerStep],
    least: u32,
    elsewhere: impl Fn(&CareerStep, &CareerStep) -> bool,
) -> Vec<Overlap> {
    let known = latest(steps);
    let held: Vec<Range<i32>> = steps.iter().map(|s| certain(s, known)).collect();
    let counts: Vec<bool> = (0..steps.len())
        .map(|n| !steps[n].title.is_empty() && !stands_beside(text, steps, n))
        .collect();
    let mut found = Vec::new();
    for first in 0..steps.len() {
        for second in first + 1..steps.len() {
            let (a, b) = (&held[first], &held[second]);
            let months = a.end.min(b.end) - a.start.max(b.start);
            let both = counts[first] && counts[second];
            if both
                && months >= least as i32
                && !is_part_of(&steps[first], &steps[second])
                && elsewhere(&steps[first], &steps[second])
            {
                found.push(Overlap {
                    first,
                    second,
                    months: months as u32,
                });
            }
        }
    }
    found
}

fn latest(steps: &[CareerStep]) -> i32 {
    let dates = steps.iter().flat_map(|s| [Some(s.from), s.to]).flatten();
    dates.map(|d| month(d, 0)).max().unwrap_or(0)
}

/// Whether one span lies in the other and shares an end with it: a role within an employment that stands above its roles.
fn is_part_of(a: &CareerStep, b: &CareerStep) -> bool {
    a.from == b.from || a.to == b.to
}

/// Whether the words around a step say that it may stand beside another job.
fn stands_beside(text: &str, steps: &[CareerStep], n: usize) -> bool {
    let at = span(&steps[n]);
    let (before, after) = free_lines(text, steps, n);
    let (above, below) = (&text[before..at.start], &text[at.end..after]);
    let own = below.split('\n').next().unwrap_or_default();
    let near_above = above.rsplit('\n').take(NEAR_LINES + 1);
    let near_below = below.split('\n').skip(1).take(NEAR_LINES);
    near_above
        .chain([own])
        .chain(near_below)
        .any(|line| BESIDE.is_match(line))
        || ASIDE.is_match(below)
}

fn span(step: &CareerStep) -> Range<usize> {
    step.at.0 as usize..step.at.1 as usize
}

/// First and last byte of the text around a step's dates that no other step's dates interrupt.
fn free_lines(text: &str, steps: &[CareerStep], n: usize) -> (usize, usize) {
    let at = span(&steps[n]);
    let others = || steps.iter().map(span);
    let before = others()
        .map(|s| s.end)
        .filter(|&e| e <= at.start)
        .max()
        .unwrap_or(0);
    let after = others()
        .map(|s| s.start)
        .filter(|&s| s >= at.end)
        .min()
        .unwrap_or(text.len());
    (before, after)
}

/// Technologies named in the description of a step that ended more than a year before each came out; by place.
pub fn too_early(text: &str, steps: &[CareerStep]) -> Vec<TooEarly> {
    let mut order: Vec<usize> = (0..steps.len()).collect();
    order.sort_by_key(|&n| steps[n].at);
    let mut found = Vec::new();
    for (place, &n) in order.iter().enumerate() {
        let next = order.get(place + 1).map(|&m| &steps[m]);
        let Some(mut end) = steps[n].to.map(|to| month(to, 11)) else {
            continue;
        };
        match next.map(|s| s.to) {
            Some(None) => continue,
            Some(Some(to)) => end = end.max(month(to, 11)),
            None => {}
        }
        let body = body(text, &steps[n], next);
        for (technology, at) in technologies(&text[body.clone()]) {
            let at = body.start + at.start..body.start + at.end;
            let out = month(technology.first, 0);
            if out > end + EARLY_MONTHS && !names_later_year(text, &at, end / 12) {
                found.push(TooEarly {
                    step: n,
                    technology,
                    at,
                });
            }
        }
    }
    found
}

/// The lines of description between a step's dates and the heading of the next; of the last step, up to a blank line.
fn body(text: &str, step: &CareerStep, next: Option<&CareerStep>) -> Range<usize> {
    let start = text[step.at.1 as usize..]
        .find('\n')
        .map_or(text.len(), |n| step.at.1 as usize + n + 1);
    let limit = next.map_or(text.len(), |s| (s.at.0 as usize).max(start));
    let mut lines: Vec<Range<usize>> = Vec::new();
    let mut at = start;
    for line in text[start..limit].split_inclusive('\n') {
        let blank = line.trim().is_empty();
        // What follows the last step may be a list of skills without a heading that is known.
        let ends_last = (blank && !lines.is_empty()) || LABEL.is_match(line);
        if sections::is_heading(line) || (next.is_none() && ends_last) {
            return start..at;
        }
        if !blank {
            lines.push(at..at + line.len());
        }
        at += line.len();
    }
    // The line of the next dates and the lines above it may be the next heading.
    let kept = match next {
        Some(_) => lines.len().saturating_sub(NEAR_LINES + 1),
        None => lines.len(),
    };
    start..kept.checked_sub(1).map_or(start, |last| lines[last].end)
}

/// Whether the line of a range names a year after `year`: it then speaks of another time than the step's.
fn names_later_year(text: &str, at: &Range<usize>, year: i32) -> bool {
    static YEAR: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?:19|20)\d\d"));
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    let line = &text[start..end];
    YEAR.find_iter(line)
        .filter_map(|m| m.as_str().parse::<i32>().ok())
        .any(|named| named > year)
}

#[cfg(test)]
#[path = "timeline_tests.rs"]
mod tests;
