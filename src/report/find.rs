//! Contacts in free text, for masking: e-mail addresses, phones, profile URLs, wallet addresses.
//!
//! Deliberately wide for addresses (`user@host` without a dot is one, and `%40` is an `@`) and narrow for phones, which
//! look like dates, versions and sizes. It never makes evidence: `features` reads contacts for that, with the metadata of
//! every numbering plan.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// How far to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::report) enum Depth {
    /// What cannot be mistaken for a number: addresses, profile URLs, wallets, phones written with `+`.
    Addresses,
    /// Phones in national writing too.
    All,
}

/// A contact and where it stands.
#[derive(Debug)]
pub(in crate::report) struct Found {
    /// The fact kind it is masked as.
    pub(in crate::report) kind: &'static str,
    /// Bytes of the text.
    pub(in crate::report) range: Range<usize>,
}

/// In order of precedence, where two start at the same place.
const ALWAYS: &[(&str, &str)] = &[
    // Sites where the first or second part of the path is a person. `git@host:login` is an account, not an address.
    (
        "account",
        r"(?i)\b(?:https?://|ssh://)?(?:git@|www\.|[a-z]{2}\.)?(?:github\.com|gitlab\.com|bitbucket\.org|codeberg\.org|linkedin\.com|stackoverflow\.com|twitter\.com|x\.com|facebook\.com|instagram\.com|t\.me|wa\.me)[/:][^\s<>,;)\]]+",
    ),
    // A dotted host, an IP address, or the bare name of a machine, which often holds its owner's name.
    (
        "email",
        r#"(?i)[^\s@,;:<>()\[\]{}"'`|/\\=][^\s@,;:<>()\[\]{}"`|/\\=]*(?:@|%40|＠)(?:(?:[\p{L}\p{N}_-]+\.)+\p{L}[\p{L}\p{N}-]+|\d+(?:\.\d+){3}|\p{L}[\p{L}\p{N}_-]+)"#,
    ),
    (
        "wallet",
        r"\b(?:0x[0-9a-fA-F]{40}|(?:bc1|tb1)[02-9ac-hj-np-z]{20,71})\b",
    ),
    ("phone", r"\+\(?\d(?:[ \u{a0}.\-/()]{0,2}\d){7,14}"),
];

/// National writing: three, three and four digits; five and five; a leading zero; a bare run of 10 to 13 digits that is
/// no size or count.
const NATIONAL: &str = r"(?x) \(?\b\d{3}\)?[\ .-]?\d{3}[\ .-]\d{4}\b | \b[6-9]\d{4}[\ -]\d{5}\b | \b0\d(?:[\ .\-/]?\d){7,12}\b | \b\d{10,13}\b";

static PATTERNS: LazyLock<Vec<(&'static str, Regex)>> = LazyLock::new(|| {
    let compile = |&(kind, pattern): &(&'static str, &str)| {
        (kind, Regex::new(pattern).expect("tested below"))
    };
    ALWAYS.iter().map(compile).collect()
});

static PHONES: LazyLock<Regex> = LazyLock::new(|| Regex::new(NATIONAL).expect("tested below"));

static YEAR: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:19|20)\d\d\b").expect("tested below"));

/// Every contact in `text`, in order and without overlap.
pub(in crate::report) fn contacts(text: &str, depth: Depth) -> Vec<Found> {
    let mut all: Vec<(usize, usize, Found)> = Vec::new();
    for (rank, (kind, pattern)) in PATTERNS.iter().enumerate() {
        all.extend(pattern.find_iter(text).map(|m| {
            (
                m.start(),
                rank,
                Found {
                    kind,
                    range: m.range(),
                },
            )
        }));
    }
    if depth == Depth::All {
        let phones = PHONES
            .find_iter(text)
            .filter(|m| reads_as_phone(text, m.range()));
        all.extend(phones.map(|m| {
            (
                m.start(),
                PATTERNS.len(),
                Found {
                    kind: "phone",
                    range: m.range(),
                },
            )
        }));
    }
    all.sort_by_key(|&(start, rank, _)| (start, rank));
    let mut end = 0;
    all.retain(|(start, _, found)| {
        let free = *start >= end;
        if free {
            end = found.range.end;
        }
        free
    });
    all.into_iter().map(|(_, _, found)| found).collect()
}

/// Not a part of a longer token, not a span of years, not a size.
fn reads_as_phone(text: &str, range: Range<usize>) -> bool {
    let before = text[..range.start].chars().next_back();
    let after = &text[range.end..];
    let glued = |c: char| c.is_alphanumeric() || matches!(c, '.' | '-' | '_' | '+' | '#');
    let unit = ["bytes", "byte", "B ", "KiB", "MiB", "s "];
    !before.is_some_and(glued)
        && !after.starts_with(|c: char| c.is_alphanumeric() || c == '_' || c == '-')
        && !unit.iter().any(|u| after.trim_start().starts_with(u))
        && !YEAR.is_match(&text[range])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str, depth: Depth) -> Vec<(&'static str, &str)> {
        contacts(text, depth)
            .into_iter()
            .map(|f| (f.kind, &text[f.range]))
            .collect()
    }

    #[test]
    fn contacts_are_found_where_they_hide() {
        for (text, expected) in [
            (
                "pool/ann.lee@x.example/cv.pdf",
                ("email", "ann.lee@x.example"),
            ),
            ("ann%40x.example.pdf", ("email", "ann%40x.example.pdf")),
            ("author Ann <ann@laptop>", ("email", "ann@laptop")),
            ("`o'ann@163.com;`", ("email", "o'ann@163.com")),
            (
                "hidden ann\u{2039}U+200B\u{203a}@x.example",
                ("email", "ann\u{2039}U+200B\u{203a}@x.example"),
            ),
            (
                "git@github.com:someone/repo.git",
                ("account", "git@github.com:someone/repo.git"),
            ),
            (
                "see https://www.linkedin.com/in/some-one now",
                ("account", "https://www.linkedin.com/in/some-one"),
            ),
            ("+1 (415) 555-0142.pdf", ("phone", "+1 (415) 555-0142")),
            (
                "to 0x52908400098527886E0F7030069857D2E4169EE7",
                ("wallet", "0x52908400098527886E0F7030069857D2E4169EE7"),
            ),
        ] {
            assert_eq!(found(text, Depth::Addresses), [expected], "{text}");
        }
    }

    #[test]
    fn national_phones_are_found_in_text_only() {
        for (text, expected) in [
            ("call (415) 555-0142 now", "(415) 555-0142"),
            ("call 415.555.0142", "415.555.0142"),
            ("tél. 06 12 34 56 78", "06 12 34 56 78"),
            ("`5551234567` is no phone", "5551234567"),
            ("98765 43210", "98765 43210"),
        ] {
            assert_eq!(found(text, Depth::All), [("phone", expected)], "{text}");
            assert_eq!(found(text, Depth::Addresses), [], "{text}");
        }
    }

    #[test]
    fn dates_sizes_versions_and_ids_are_not_contacts() {
        for text in [
            "2019-03-04 to 2021-05-06",
            "01.2020-03.2021",
            "2024-05-01T10:00:00+09:00",
            "would unpack to 10737418240 bytes",
            "commit 4b825dc642cb6eb9a060e54bf8d69288fbee4904",
            "550e8400-e29b-41d4-a716-446655440000",
            "lodash@4.17, C++ @ work",
            "pages 12-15, section 3.1.4",
            "grew sales by 1,200,000",
        ] {
            assert_eq!(found(text, Depth::All), [], "{text}");
        }
    }
}
