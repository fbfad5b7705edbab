//! Whose contact details a line of a document holds, where they are not the applicant's own: a referee's, an addressee's, an
//! employer's, the résumé-builder's.
//!
//! A false contact makes a false link, so what stands in such a place is not taken for the applicant's; their own stands
//! elsewhere too. The block of an addressee is the one above "Dear …" if a mark of an office is in it or a date stands
//! between it and the sender's. Layouts in other languages than these few are not known.

use crate::features::sections;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines above a salutation that may be the addressee's block.
const ADDRESSEE_LINES: usize = 9;
/// Lines at the foot of a document where a builder puts its name.
const FOOT_LINES: usize = 6;

/// The line that opens a letter.
static SALUTATION: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\s{0,20}(?:dear\s+\S|to whom(?:soever)? it may concern|sehr geehrte|guten tag\b|madame,? monsieur|madame|monsieur|estimad[oa]s?\b|prezad[oa]s?\b|caro\b|gentile\b|spett|geachte\b|szanown)",
    )
});

/// Marks of an office in the block of an addressee.
static OFFICE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:hiring\s+(?:manager|team|committee|director)|human resources|hr (?:department|manager|team|director)|recruit(?:er|ing|ment)|talent acquisition|personnel department|selection committee|attn|attention|inc|llc|ltd|limited|corp|corporation|gmbh|s\.?a\.?r\.?l|plc|pvt|company|headquarters|personalabteilung)\b",
    )
});

/// A date of a letter, alone on its line or behind a place.
static DATE_LINE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^\d@]{0,30}(?:\d{1,2}(?:st|nd|rd|th|\.)?\s+(?:of\s+)?\p{L}{3,10}\.?,?\s+(?:19|20)\d\d|\p{L}{3,10}\.?\s+\d{1,2}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d|\d{1,2}[./-]\d{1,2}[./-](?:19|20)?\d\d|(?:19|20)\d\d-\d\d-\d\d|date)\s*$",
    )
});

/// The subject of a letter.
static SUBJECT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^\s*(?:re|ref|subject|betreff|objet|asunto|assunto|oggetto)\s*[:.]")
});

/// A line with which a résumé-builder names itself.
static BUILDER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:powered|created|built|made|generated|designed|provided|produced)\s+(?:by|with|using|on|at|via|from)\b.*\b(?:r[ée]sum[ée]s?|cvs?|templates?|builders?|curriculum)|\b(?:r[ée]sum[ée]|cv)[ -](?:template|builder|maker|generator)\b|\bfree (?:r[ée]sum[ée]|cv)\b|\b(?:novoresume|zety|enhancv|flowcv|resume|resumegenius|resume-now|livecareer|myperfectresume|visualcv|kickresume|cvmaker|standardresume|resumebuilder|reallygreatsite|canva|hloom|qwikresume|dayjob|livecareer|jobhero|resumeviking|resumelab)\.(?:com|io|co|org)\b",
    )
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// The lines of a text by whose contacts they hold.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::features) struct Others {
    /// Of people named as referees or superiors.
    pub referees: Vec<Range<usize>>,
    /// Of an addressee or a résumé-builder.
    pub strangers: Vec<Range<usize>>,
    /// Sections of employment: an employer's where the applicant's own stand elsewhere.
    pub employment: Vec<Range<usize>>,
}

impl Others {
    /// Reads the lines of a text.
    pub fn new(text: &str) -> Self {
        let lines = lines(text);
        let mut strangers: Vec<Range<usize>> = addressees(text, &lines);
        strangers.extend(builder(text, &lines));
        Self {
            referees: sections::of_others(text),
            strangers,
            employment: sections::of_employment(text),
        }
    }
}

/// Whether a place is in one of some ranges.
pub(in crate::features) fn holds(ranges: &[Range<usize>], at: usize) -> bool {
    ranges.iter().any(|r| r.contains(&at))
}

fn lines(text: &str) -> Vec<Range<usize>> {
    let mut at = 0;
    let line = |line: &str| {
        at += line.len();
        at - line.len()..at
    };
    text.split_inclusive('\n').map(line).collect()
}

/// The addressee's block above each salutation.
fn addressees(text: &str, lines: &[Range<usize>]) -> Vec<Range<usize>> {
    let salutations = (0..lines.len()).filter(|&n| {
        let line = &text[lines[n].clone()];
        let first = line.trim_ascii_start().bytes().next();
        // Their first letters, as most lines have another.
        first.is_some_and(|b| b"dtsgmepc".contains(&b.to_ascii_lowercase()))
            && SALUTATION.is_match(line)
    });
    salutations
        .filter_map(|salutation| addressee(text, lines, salutation))
        .collect()
}

fn addressee(text: &str, lines: &[Range<usize>], salutation: usize) -> Option<Range<usize>> {
    let line = |n: usize| text[lines[n].clone()].trim();
    let is_date = |n: usize| DATE_LINE.is_match(line(n));
    let mut end = salutation;
    // In some countries date and subject stand between the block and the salutation.
    while end > 0
        && (line(end - 1).is_empty() || is_date(end - 1) || SUBJECT.is_match(line(end - 1)))
    {
        end -= 1;
    }
    let reach = end.saturating_sub(ADDRESSEE_LINES);
    let top = (reach..end)
        .rev()
        .find(|&n| line(n).is_empty() || is_date(n))
        .map_or(reach, |n| n + 1);
    let is_closed = top > 0 && (line(top - 1).is_empty() || is_date(top - 1));
    let below_date = (reach.saturating_sub(2)..top).any(|n| is_date(n) && n > 0);
    let office = (top..end).find(|&n| OFFICE.is_match(line(n)));
    // Without a border above, the sender's own lines may be in the block: only what follows the office's mark is taken,
    // with the name before it.
    let first = match office {
        Some(_) if is_closed && top > 0 => Some(top),
        Some(mark) if mark > 0 => Some(mark),
        None if below_date => Some(top),
        _ => None,
    }?;
    (first < end).then(|| lines[first].start..lines[end - 1].end)
}

/// The line of a résumé-builder at the foot, with what follows it.
fn builder(text: &str, lines: &[Range<usize>]) -> Option<Range<usize>> {
    let filled: Vec<&Range<usize>> = lines
        .iter()
        .filter(|l| !text[(*l).clone()].trim().is_empty())
        .collect();
    let foot = filled
        .len()
        .saturating_sub(FOOT_LINES)
        .max(filled.len().min(1));
    let line = filled[foot..]
        .iter()
        .find(|l| BUILDER.is_match(&text[(***l).clone()]))?;
    Some(line.start..text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strangers(text: &str) -> Vec<&str> {
        Others::new(text)
            .strangers
            .into_iter()
            .map(|r| text[r].trim())
            .collect()
    }

    #[test]
    fn the_block_above_a_salutation_is_the_addressees() {
        let own = "Ann Lee\n12 Own Street, Leeds\nann@mail.example\n";
        let block = "Jane Roe\nHiring Manager\nKontor Ltd\n9 Quay Road\n+44 20 7946 0100";
        for text in [
            format!("{own}\n3 May 2024\n\n{block}\n\nDear Ms Roe,\nI apply.\n"),
            format!("{own}\n{block}\n\n3 May 2024\n\nDear Ms Roe,\nI apply.\n"),
            format!("{own}May 3, 2024\n{block}\nRe: post 7\nDear Ms Roe,\nI apply.\n"),
        ] {
            assert_eq!(strangers(&text), [block], "{text}");
        }
    }

    #[test]
    fn without_a_border_the_block_begins_at_the_office() {
        let text = "Ann Lee\nann@mail.example\nHiring Manager\nKontor\njobs@kontor.example\nDear Sir or Madam,\n";
        assert_eq!(
            strangers(text),
            ["Hiring Manager\nKontor\njobs@kontor.example"]
        );
    }

    #[test]
    fn the_senders_own_block_stays() {
        for text in [
            "Ann Lee\nann@mail.example\n+44 20 7946 0018\n\nDear Hiring Manager,\nI apply.\n",
            "Ann Lee\nann@mail.example\n\n3 May 2024\n\nDear Hiring Manager,\nI apply.\n",
            "Ann Lee\nDear reader, this is me\nann@mail.example\n",
        ] {
            assert_eq!(strangers(text), [""; 0], "{text}");
        }
    }

    #[test]
    fn a_builder_names_itself_at_the_foot() {
        let body = "Ann Lee\nann@mail.example\nExperience\nBuilt a CV builder with Rust\n2019\nSkills\nRust\nGo\nC\nSQL\n";
        let foot =
            "Created with QuickCV, the free resume builder\nhelp@quickcv.example | 1 Main St\n";
        assert_eq!(strangers(&format!("{body}{foot}")), [foot.trim()]);
        assert_eq!(strangers(body), [""; 0]);
        assert_eq!(strangers("Made this résumé with a template\n"), [""; 0]);
    }
}
