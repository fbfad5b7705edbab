//! A claimed place → the time zones it allows, offline; and where an applicant's own place stands in a text.
//!
//! Method: the parts of a place are looked up from the widest to the narrowest in the shipped table
//! (`features::gazetteer`, GeoNames); every reading that fits is kept, so that an ambiguous name gives the *set* of
//! zones of all its bearers. A part that nothing in the wider place bears is passed over: a town that the table does not
//! know has the zones of its state. A widest part that is not known makes the whole claim "not understood".
//!
//! The two-letter region is for reading phone numbers that are written without a country code; it is never output.

use crate::features::gazetteer::Gazetteer;
use crate::features::gazetteer::Level;
use crate::features::gazetteer::Named;
use crate::features::gazetteer::fold;
use crate::features::place_words::Part;
use crate::features::place_words::alternatives;
use crate::features::place_words::without_codes;
use crate::features::zone_words;
use crate::features::zone_words::ZoneWords;
use crate::model::ClaimedZones;
use crate::model::PagedText;
use regex::Regex;
use std::collections::BTreeSet;
use std::ops::Range;

/// Lines at the head of a document in which a contact block is looked for.
const HEADING_LINES: usize = 8;

/// Folded first words of a heading that ends the contact block.
const SECTIONS: &[&str] = &[
    "summary",
    "profile",
    "about",
    "objective",
    "experience",
    "work",
    "employment",
    "professional",
    "education",
    "skills",
    "career",
    "projects",
];

/// The zones that a claimed place and a claimed time zone allow together; empty where neither is understood.
///
/// An abbreviation that several zones share (`CST`) is narrowed to those on the clock of the claimed place, if any is.
pub fn zones(location: Option<&str>, timezone: Option<&str>) -> ClaimedZones {
    let given = |text: Option<&str>| {
        text.map(str::trim)
            .filter(|t| !t.is_empty())
            .map(str::to_string)
    };
    let (location, timezone) = (given(location), given(timezone));
    let claim = [&location, &timezone]
        .into_iter()
        .flatten()
        .cloned()
        .collect::<Vec<_>>()
        .join("; ");
    let mut of_place = location.as_deref().map(understand).unwrap_or_default();
    let mut of_zone = timezone.as_deref().map(understand).unwrap_or_default();
    let same_clock: BTreeSet<_> = of_zone
        .iana
        .iter()
        .filter(|z| of_place.iana.iter().any(|p| same_rules(z, p)))
        .cloned()
        .collect();
    if !same_clock.is_empty() {
        of_zone.iana = same_clock;
    }
    of_place.iana.append(&mut of_zone.iana);
    ClaimedZones {
        claim,
        iana: of_place.iana.into_iter().collect(),
        fixed_minutes: of_zone.fixed.or(of_place.fixed),
    }
}

/// The ISO 3166 alpha-2 code of the one country that the claim means; used only to read phone numbers, never output.
pub fn region(zones: &ClaimedZones) -> Option<String> {
    let mut countries = BTreeSet::new();
    for parts in alternatives(&zones.claim)? {
        if parts.iter().any(|p| zone_words::read(&p.written).is_some()) {
            continue;
        }
        let named = resolve(&parts);
        let chief: BTreeSet<_> = named
            .iter()
            .filter(|n| n.chief)
            .map(|n| n.place.country)
            .collect();
        let all: BTreeSet<_> = named.iter().map(|n| n.place.country).collect();
        countries.extend(if all.len() > 1 && chief.len() == 1 {
            chief
        } else {
            all
        });
    }
    let mut countries = countries.into_iter();
    let only = countries.next()?;
    countries.next().is_none().then(|| only.to_string())
}

/// The place in the contact block of a document: a city followed by its own division or country and nothing else.
///
/// Returns it as written, with its bytes. `None` where there is none, or where two different ones stand.
pub fn claim_in_heading(text: &PagedText) -> Option<(String, Range<usize>)> {
    let mut found: Option<(String, Range<usize>)> = None;
    let mut at = 0;
    let mut num_lines = 0;
    for line in text.text.split_inclusive('\n') {
        let start = at;
        at += line.len();
        if line.trim().is_empty() {
            continue;
        }
        num_lines += 1;
        let first = fold(line);
        if num_lines > HEADING_LINES
            || SECTIONS.contains(&first.split(' ').next().unwrap_or_default())
        {
            break;
        }
        for segment in segments(line) {
            let Some(place) = exact_place(&line[segment.clone()]) else {
                continue;
            };
            let range = start + segment.start + place.start..start + segment.start + place.end;
            let written = text.text[range.clone()].to_string();
            match &found {
                Some((other, _)) if understand(other) != understand(&written) => return None,
                Some(_) => {}
                None => found = Some((written, range)),
            }
        }
    }
    found
}

/// Where the applicant's own place stands in a text, for masking: its parts as written or in capitals, with the short
/// parts (`NY`) only beside a longer one. Sorted.
pub fn spans(text: &str, claim: &str) -> Vec<Range<usize>> {
    let mut parts: Vec<String> = alternatives(claim)
        .unwrap_or_default()
        .into_iter()
        .flatten()
        .map(|p| p.written)
        .collect();
    parts.retain(|p| zone_words::read(p).is_none());
    parts.sort();
    parts.dedup();
    let (long, short): (Vec<_>, Vec<_>) = parts.iter().partition(|p| p.chars().count() > 3);
    let any = |parts: &[&String]| {
        let mut forms: Vec<_> = parts
            .iter()
            .flat_map(|p| [regex::escape(p), regex::escape(&p.to_uppercase())])
            .collect();
        forms.sort_by_key(|f| std::cmp::Reverse(f.len()));
        forms.join("|")
    };
    if long.is_empty() {
        return Vec::new();
    }
    let tail = if short.is_empty() {
        String::new()
    } else {
        format!(r"(?:[,\s]+(?:{})\b)*", any(&short))
    };
    let pattern = format!(r"\b(?:{})\b{tail}", any(&long));
    Regex::new(&pattern)
        .map(|r| r.find_iter(text).map(|m| m.range()).collect())
        .unwrap_or_default()
}

/// What a claim allows.
#[derive(Debug, Default, PartialEq, Eq)]
struct Understood {
    iana: BTreeSet<String>,
    fixed: Option<i32>,
}

/// A claim as a zone, else as one or more places, all of which have to be understood.
fn understand(text: &str) -> Understood {
    if let Some(words) = zone_words::read(text) {
        return from_zone(words);
    }
    let mut all = Understood::default();
    for parts in alternatives(text).unwrap_or_default() {
        let (zones, places): (Vec<_>, Vec<_>) = parts
            .into_iter()
            .partition(|p| zone_words::read(&p.written).is_some());
        let named = resolve(&places);
        if named.is_empty() && (!places.is_empty() || zones.is_empty()) {
            return Understood::default();
        }
        let gazetteer = Gazetteer::shipped();
        all.iana.extend(
            named
                .iter()
                .flat_map(|n| gazetteer.zones(n.place))
                .map(str::to_string),
        );
        for mut zone in zones
            .iter()
            .filter_map(|z| zone_words::read(&z.written))
            .map(from_zone)
        {
            all.iana.append(&mut zone.iana);
            all.fixed = all.fixed.or(zone.fixed);
        }
    }
    all
}

fn from_zone(words: ZoneWords) -> Understood {
    match words {
        ZoneWords::Zones(zones) => Understood {
            iana: zones.into_iter().collect(),
            fixed: None,
        },
        ZoneWords::Fixed(minutes) => Understood {
            iana: BTreeSet::new(),
            fixed: Some(minutes),
        },
    }
}

/// Every place that the parts may mean, widest part last; empty where the widest is not known.
fn resolve(parts: &[Part]) -> Vec<Named> {
    let Some((widest, rest)) = parts.split_last() else {
        return Vec::new();
    };
    let mut scope = lookup(widest);
    if scope.is_empty() {
        return unpunctuated(widest)
            .map_or_else(Vec::new, |parts| resolve(&[rest, &parts].concat()));
    }
    for part in rest.iter().rev() {
        match narrowed(&scope, part) {
            Some(inside) => scope = inside,
            // "Wellington, Somerset": the wider name is known as a town only, and the town it should hold lies elsewhere.
            // It means a county or district that the table does not have.
            None if scope.iter().all(|n| n.place.level == Level::City)
                && !lookup(part).is_empty() =>
            {
                return Vec::new();
            }
            None => {}
        }
    }
    scope
}

/// The bearers of `part` inside any place of `scope`.
fn narrowed(scope: &[Named], part: &Part) -> Option<Vec<Named>> {
    let mut inside = lookup(part);
    inside.retain(|n| scope.iter().any(|s| n.place.is_inside(s.place)));
    (!inside.is_empty()).then_some(inside)
}

fn lookup(part: &Part) -> Vec<Named> {
    if part.may_be_name() {
        Gazetteer::shipped().lookup(&part.folded).collect()
    } else {
        Vec::new()
    }
}

/// `Austin TX`, `New York NY USA`: places each followed by a wider one without a comma, taken apart.
fn unpunctuated(part: &Part) -> Option<Vec<Part>> {
    let words: Vec<_> = part.written.split_whitespace().collect();
    (1..words.len()).find_map(|at| {
        let head = Part::new(&words[..at].join(" "));
        let tail = Part::new(&words[at..].join(" "));
        let mut wide = lookup(&tail);
        wide.retain(|n| n.place.level < Level::City);
        let mut parts = match narrowed(&wide, &head) {
            Some(_) => vec![head],
            None => unpunctuated(&head).filter(|p| narrowed(&wide, &p[p.len() - 1]).is_some())?,
        };
        parts.push(tail);
        Some(parts)
    })
}

/// Stretches of a line between bars, bullets and wide gaps.
fn segments(line: &str) -> Vec<Range<usize>> {
    let mut all = Vec::new();
    let mut start = 0;
    let mut gap = 0;
    for (at, c) in line.char_indices() {
        gap = if c == ' ' { gap + 1 } else { 0 };
        if "|•·●◦▪■♦⋄\t\n".contains(c) || gap == 3 {
            all.push(start..at);
            start = at + c.len_utf8();
        }
    }
    all.push(start..line.len());
    all
}

/// The bytes of "City, Division", "City, Country" or "City, Division, Country" that end a segment, where every part is
/// an exact name and whatever stands before is a street (it has a digit) or a label.
fn exact_place(segment: &str) -> Option<Range<usize>> {
    let body = segment.find(':').map_or(0, |colon| colon + 1);
    let mut cells = Vec::new();
    let mut at = body;
    for cell in segment[body..].split(',') {
        cells.push((at, cell));
        at += cell.len() + 1;
    }
    (2..=3.min(cells.len())).rev().find_map(|size| {
        let (before, window) = cells.split_at(cells.len() - size);
        let parts: Vec<_> = window
            .iter()
            .map(|(_, cell)| Part::new(without_codes(cell)))
            .collect();
        let is_street = before
            .iter()
            .all(|(_, cell)| cell.chars().any(|c| c.is_ascii_digit()));
        if !is_street || has_year(window.last()?.1) || !is_exact(&parts) {
            return None;
        }
        let (first, last) = (window.first()?, window.last()?);
        let city = without_codes(first.1);
        let start = first.0 + (city.as_ptr() as usize - first.1.as_ptr() as usize);
        let end = last.0 + last.1.trim_end().trim_end_matches('.').len();
        Some(start..end)
    })
}

/// Each part narrows the wider one, the first is a city, the last is none.
fn is_exact(parts: &[Part]) -> bool {
    let Some((widest, rest)) = parts.split_last() else {
        return false;
    };
    let mut scope = lookup(widest);
    scope.retain(|n| n.place.level < Level::City);
    for part in rest.iter().rev() {
        scope = narrowed(&scope, part).unwrap_or_default();
    }
    scope.iter().any(|n| n.place.level == Level::City)
}

fn has_year(cell: &str) -> bool {
    cell.split(|c: char| !c.is_ascii_digit())
        .any(|run| run.len() == 4 && (run.starts_with("19") || run.starts_with("20")))
}

/// Two zones keep the same clock in the two seasons of a recent year.
fn same_rules(a: &str, b: &str) -> bool {
    let rules = jiff::tz::TimeZoneDatabase::bundled();
    let seasons = |name: &str| {
        let zone = rules.get(name).ok()?;
        // 15 January and 15 July 2025.
        Some([1_736_899_200, 1_752_537_600].map(|at| {
            jiff::Timestamp::from_second(at)
                .map(|t| zone.to_offset(t))
                .ok()
        }))
    };
    seasons(a).is_some() && seasons(a) == seasons(b)
}

#[cfg(test)]
mod tests;
