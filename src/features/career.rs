//! Steps of a career in the text of a résumé: span of dates, employer, title.
//!
//! A span of dates ("Jan 2019 – Mar 2021", "03/2019 - heute", "2015 to 2019") makes a step of the line it stands in and,
//! where that line lacks employer or title, of the lines after it or before it, if they read like a heading and not
//! like a sentence; which side is decided once for a document. Of these lines the words of the list of titles are the title; other words with a capital are the
//! employer, but for legal forms and for places. Both are kept as hashes.
//!
//! Rather nothing than wrong: lines of degrees, of schools without a title, sections of education and referees give no
//! step, nor does a span with neither employer nor title. It does not know names of employers, and reads the
//! languages of `corpora/background/career_words.md`.

use crate::features::career_words::{Kind, Words};
use crate::features::gazetteer::{Gazetteer, fold};
use crate::features::sections;
use crate::features::token::tokens;
use crate::model::{CareerStep, YearMonth};
use regex::{Captures, Regex};
use std::ops::Range;
use std::sync::LazyLock;

/// A longer line is a sentence.
const MAX_HEAD_WORDS: usize = 12;

/// Most lines on one side that belong to a span: employer and title, each on a line of its own.
const NEIGHBOURS: usize = 2;

/// Most steps of one document: a table of dates is no career.
const MAX_STEPS: usize = 40;

static SPAN: LazyLock<Regex> = LazyLock::new(|| {
    let words = Words::shipped();
    let month = words.month_pattern();
    let date = |side: &str| {
        format!(
            r"(?:(?P<m{side}>{month})\b\.?[\s,.]{{0,3}}(?P<y{side}>(?:19|20)\d\d)|(?P<k{side}>{month})\b\.?\s?['’](?P<s{side}>\d\d)|(?P<n{side}>0?[1-9]|1[0-2])\s?[/.-]\s?(?P<z{side}>(?:19|20)\d\d)|(?P<i{side}>(?:19|20)\d\d)[-/.](?P<j{side}>0[1-9]|1[0-2])|(?P<o{side}>(?:19|20)\d\d))"
        )
    };
    let until = format!(
        r"(?:-|–|—|‐|‑|−|~|→|â€“|â€”|\b(?:{})\b)",
        words.until_pattern()
    );
    let (from, to, present) = (date("a"), date("b"), words.present_pattern());
    let source = format!(
        r"(?i)\b{from}[\s,]{{0,3}}{until}\s{{0,3}}(?:{until}\s)?(?:(?:{to}|\d\d?[./]\s?{})|(?P<now>{present}))\b",
        date("c"),
    );
    // ASCII word borders keep the matcher fast on text beyond ASCII.
    Regex::new(&source.replace(r"\b", r"(?-u:\b)")).expect("a constant pattern")
});

/// The steps of a text, sorted by date, each once.
pub fn steps(text: &str) -> Vec<CareerStep> {
    let skipped = sections::not_employment(text);
    let spans: Vec<(Range<usize>, YearMonth, Option<YearMonth>)> = SPAN
        .captures_iter(text)
        .filter_map(|found| dates(&found))
        .filter(|(at, ..)| !skipped.iter().any(|s| s.contains(&at.start)))
        .take(MAX_STEPS)
        .collect();
    let taken: Vec<Range<usize>> = spans.iter().map(|s| lines_of(text, &s.0)).collect();
    let heads = |side: Side| -> Vec<Head<'_>> {
        let head = |(at, ..): &(Range<usize>, _, _)| Head::of(text, at, &taken, side);
        spans.iter().map(head).collect()
    };
    // One document keeps to one layout: the side that tells more of employers and titles is the one.
    let (after, before) = (heads(Side::After), heads(Side::Before));
    let told = |heads: &[Head<'_>]| heads.iter().filter(|h| h.is_whole()).count();
    let heads = if told(&before) > told(&after) {
        before
    } else {
        after
    };
    let mut out: Vec<CareerStep> = Vec::new();
    for ((at, from, to), head) in spans.iter().zip(heads) {
        if let Some((employer, title)) = head.words() {
            out.push(CareerStep {
                from: *from,
                to: *to,
                employer,
                title,
                at: (at.start as u32, at.end as u32),
            });
        }
    }
    out.sort();
    out.dedup_by(|a, b| {
        (a.from, a.to, &a.employer, &a.title) == (b.from, b.to, &b.employer, &b.title)
    });
    out
}

/// Start and end of a span that goes forward.
fn dates(found: &Captures<'_>) -> Option<(Range<usize>, YearMonth, Option<YearMonth>)> {
    let from = date(found, "a")?;
    let to = match found.name("now") {
        Some(_) => None,
        None => Some(date(found, "b").or_else(|| date(found, "c"))?),
    };
    let forward = to.is_none_or(|to| (from.year, 0) <= (to.year, 0) && to.year - from.year < 60);
    let backward = to.is_some_and(|to| from.month > 0 && to.month > 0 && to < from);
    (forward && !backward).then(|| {
        let whole = found.get(0).expect("a match has a whole").range();
        (whole, from, to)
    })
}

fn date(found: &Captures<'_>, side: &str) -> Option<YearMonth> {
    let part = |name: &str| found.name(&format!("{name}{side}")).map(|m| m.as_str());
    let month = |name: &str| Words::shipped().month(&name.to_lowercase());
    let (year, month) = if let (Some(m), Some(y)) = (part("m"), part("y")) {
        (y.parse().ok()?, month(m)?)
    } else if let (Some(m), Some(y)) = (part("k"), part("s")) {
        let short: u16 = y.parse().ok()?;
        (if short < 60 { 2000 } else { 1900 } + short, month(m)?)
    } else if let (Some(m), Some(y)) = (part("n"), part("z")) {
        (y.parse().ok()?, m.parse().ok()?)
    } else if let (Some(y), Some(m)) = (part("i"), part("j")) {
        (y.parse().ok()?, m.parse().ok()?)
    } else {
        (part("o")?.parse().ok()?, 0)
    };
    Some(YearMonth { year, month })
}

/// The whole lines that a range touches.
fn lines_of(text: &str, at: &Range<usize>) -> Range<usize> {
    let start = text[..at.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at.end..].find('\n').map_or(text.len(), |n| at.end + n);
    start..end
}

/// Where employer and title stand, seen from their dates.
#[derive(Clone, Copy)]
enum Side {
    After,
    Before,
}

/// The nearest lines on one side that are not blank.
fn neighbours<'t>(lines: impl Iterator<Item = &'t str>) -> Vec<&'t str> {
    let near = lines.filter(|l| !l.trim().is_empty());
    near.take(NEIGHBOURS).collect()
}

/// The pieces of text that say whose employment a span is.
struct Head<'t> {
    pieces: Vec<&'t str>,
}

impl<'t> Head<'t> {
    /// The rest of the span's own line, then lines of one side while something is missing.
    fn of(text: &'t str, at: &Range<usize>, taken: &[Range<usize>], side: Side) -> Self {
        let lines = lines_of(text, at);
        let own = [&text[lines.start..at.start], &text[at.end..lines.end]];
        let mut head = Self { pieces: Vec::new() };
        if own
            .iter()
            .map(|p| p.split_whitespace().count())
            .sum::<usize>()
            <= 2 * MAX_HEAD_WORDS
        {
            own.iter().for_each(|piece| head.add(piece));
        }
        let after = text.get(lines.end + 1..).unwrap_or_default().lines();
        let before = text
            .get(..lines.start.saturating_sub(1))
            .unwrap_or_default();
        let near = match side {
            Side::After => neighbours(after),
            Side::Before => neighbours(before.lines().rev()),
        };
        for line in near {
            let offset = line.as_ptr() as usize - text.as_ptr() as usize;
            // What lies beyond a sentence or another span belongs to something else.
            let ends = !reads_like_a_heading(line) || taken.iter().any(|t| t.contains(&offset));
            if ends || head.is_whole() {
                break;
            }
            head.add(line);
        }
        head
    }

    fn add(&mut self, piece: &'t str) {
        let separators = |c: char| ",|•·\t()[]@;:█".contains(c);
        for part in piece.split(separators) {
            for part in part.split(" – ").flat_map(|p| p.split(" - ")) {
                for part in part.split(" — ").flat_map(|p| p.split(" at ")) {
                    let part = part.trim_matches(|c: char| !c.is_alphanumeric());
                    if !part.is_empty() {
                        self.pieces.push(part);
                    }
                }
            }
        }
    }

    fn is_whole(&self) -> bool {
        self.words()
            .is_some_and(|(employer, title)| !employer.is_empty() && !title.is_empty())
    }

    /// Hashes of the words of employer and title, sorted; `None` where there is neither, or where it is a degree.
    fn words(&self) -> Option<(Vec<u64>, Vec<u64>)> {
        let (mut employer, mut title) = (Vec::new(), Vec::new());
        let (mut is_title, mut is_school) = (false, false);
        let mut places = Vec::new();
        for piece in &self.pieces {
            let is_place =
                piece.len() == 2 || Gazetteer::shipped().lookup(&fold(piece)).next().is_some();
            for token in tokens(piece) {
                let written = &piece[token.start as usize..token.end as usize];
                let lower = written.to_lowercase();
                match Words::shipped().kind(&lower) {
                    Some(Kind::Degree) => return None,
                    Some(Kind::Title) => {
                        is_title = true;
                        title.push(token.hash);
                    }
                    Some(Kind::Modifier) => title.push(token.hash),
                    Some(Kind::Filler) => {}
                    kind => {
                        is_school |= kind == Some(Kind::School);
                        let named = written.chars().next().is_some_and(|c| !c.is_lowercase());
                        if named && written.chars().count() > 1 {
                            if is_place { &mut places } else { &mut employer }.push(token.hash);
                        }
                    }
                }
            }
        }
        if is_school && !is_title {
            return None;
        }
        // An employer may be called like a place, where nothing else is left to be the employer.
        if employer.is_empty() {
            employer = places;
        }
        if !is_title {
            title.clear();
        }
        for words in [&mut employer, &mut title] {
            words.sort_unstable();
            words.dedup();
        }
        (!employer.is_empty() || !title.is_empty()).then_some((employer, title))
    }
}

/// A short line that begins with a capital or a digit and in which half of the words do, no bullet, no sentence, and no
/// heading of a section.
fn reads_like_a_heading(line: &str) -> bool {
    let line = line.trim();
    let begins =
        |word: &&&str| word.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase());
    let words: Vec<&str> = line
        .split_whitespace()
        .filter(|w| w.contains(char::is_alphanumeric))
        .collect();
    words.len() <= MAX_HEAD_WORDS
        && line.starts_with(|c: char| c.is_alphanumeric() && !c.is_lowercase())
        && 2 * words.iter().filter(begins).count() >= words.len()
        && !line.ends_with([';', '!', '?'])
        && (!line.ends_with('.') || words.last().is_some_and(|w| is_abbreviated(w)))
        && !sections::is_heading(line)
}

/// "Inc.", "Ltd.": a line that ends so is no sentence.
fn is_abbreviated(word: &str) -> bool {
    let bare = word.trim_end_matches('.').to_lowercase();
    Words::shipped().kind(&bare) == Some(Kind::Filler)
}

#[cfg(test)]
mod tests;
