//! Street addresses: number, street and postcode in one folded spelling, or nothing.
//!
//! Read where an applicant gives their own: in the first lines of a document or behind "Address". A street is known by its
//! word (Street, -straße, rue, calle, via …), the place by its postcode on the same or the next line; a place alone is too
//! little. Cities and countries are left out of the value: the postcode has them. Letters are folded to plain ones, street words
//! to one spelling. Stand-ins of templates ("123 Main Street", postcode 12345) are dropped. Post boxes and addresses without
//! a street word (much of East Asia) are not read.

use crate::features::anchors::before;
use crate::features::anchors::digit_runs;
use crate::features::anchors::is_word;
use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use regex::Captures;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Lines at the head of a document that may hold the applicant's address.
const HEAD_LINES: usize = 12;

/// Street words with the one spelling that stands for them.
const WORDS: &[(&str, &str)] = &[
    ("street", "st"),
    ("avenue", "ave"),
    ("av", "ave"),
    ("road", "rd"),
    ("boulevard", "blvd"),
    ("drive", "dr"),
    ("lane", "ln"),
    ("court", "ct"),
    ("place", "pl"),
    ("terrace", "ter"),
    ("parkway", "pkwy"),
    ("circle", "cir"),
    ("highway", "hwy"),
    ("square", "sq"),
    ("crescent", "cres"),
    ("apartment", "apt"),
    ("flat", "apt"),
    ("unit", "apt"),
    ("suite", "apt"),
    ("ste", "apt"),
    ("strasse", "str"),
    ("avenida", "av"),
    ("north", "n"),
    ("south", "s"),
    ("east", "e"),
    ("west", "w"),
];

/// Asked where a number begins. Number first: "12 Quay Road, Apt 3, Leeds LS1 4AB"; "12 bis rue des Lilas, 75011 Paris".
static NUMBER_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\A(?P<number>[0-9]{1,5}[a-z]?(?:[-/]\d{1,4})?)(?: bis| ter)?,? (?P<street>(?:[\p{L}'’.\-]+ |\d{1,3}(?:st|nd|rd|th) ){0,4}(?:street|st|avenue|ave|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|way|place|pl|terrace|parkway|pkwy|circle|cir|highway|hwy|square|sq|crescent|close|gardens|grove|mews|quay)\.?(?: (?:n|s|e|w|ne|nw|se|sw|north|south|east|west))?|(?:rue|avenue|boulevard|place|chemin|all[ée]e|impasse|quai|cours)(?: [\p{L}'’.\-]+){1,5})(?P<unit>,? (?:apt|apartment|unit|suite|ste|flat|#)\.? ?#?[a-z0-9\-]{1,6})?(?:\s*[,|•·\n]\s*|\s+)",
    )
});

/// Number behind the street: "Lindenstraße 12a, 10969 Berlin"; "Calle Mayor 12, 28013 Madrid"; "Via Roma 3".
static STREET_FIRST: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?P<street>\p{L}[\p{L}\-]{2,30}(?:stra(?:ss|ß)e|str\.|weg|platz|allee|gasse|straat|laan|gatan|vägen|gade|vej)|(?:\p{L}[\p{L}\-]+ ){1,2}(?:stra(?:ss|ß)e|str\.|weg|platz|allee)|(?:calle|avenida|av\.|paseo|plaza|via|viale|piazza|corso|rua|ulica|ul\.)(?: [\p{L}'’.\-]+){1,4}),? (?:n[º°o]\.? ?)?(?P<number>[0-9]{1,4} ?[a-z]?)(?P<unit>)\b(?:\s*[,|•·\n]\s*|\s+)",
    )
});

/// The street words of [`STREET_FIRST`], the longer ones by their ends; one pass.
static STREET_WORDS: LazyLock<regex::bytes::Regex> = LazyLock::new(|| {
    regex::bytes::Regex::new(
        r"(?i-u)stra(?:ss|\xc3\x9f|\xe1\xba\x9e|\xc5\xbf)|str\.|weg|platz|allee|gasse|straat|laan|gatan|gen|gade|vej|calle|avenida|av\.|paseo|plaza|via|piazza|corso|rua|ulica|ul\.|\xc5\xbf",
    )
    .expect("a constant pattern")
});

/// The postcode that must follow, within the same or the next line: of the United States, Canada, Britain, the Netherlands,
/// or four to six digits.
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"^[^\n\d@:]{0,45}\n?[^\n\d@:]{0,45}?\b(?P<code>[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d|\d{4} ?[A-Z]{2}|\d{5}-\d{3}|\d{5}(?:-\d{4})?|\d{2}-\d{3}|\d{3} ?\d{2,3}|\d{4})\b(?:[^\d./@%+-]|[.,]\s|[.-]?$)",
    )
});

/// What stands before an address anywhere in a document.
static LABEL: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:(?:home|postal|mailing|street|current|permanent|residential)\s+)?(?:address|adresse|anschrift|direcci[óo]n|endere[çc]o|indirizzo)\s*[:|–-]\s*$",
    )
});

/// Streets and postcodes of templates.
static STAND_IN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:your|any|anywhere|street name|some|example|lorem|sample|fake|address|musterstr|evergreen)\b|muster",
    )
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Addresses in the head of a text and behind their label.
pub(in crate::features) fn find(text: &str) -> Vec<Found> {
    let head = memchr::memchr_iter(b'\n', text.as_bytes())
        .nth(HEAD_LINES - 1)
        .unwrap_or(text.len());
    let mut found = in_part(text, 0..head, false);
    for word in LABEL_WORDS {
        let labels = memchr::memmem::find_iter(&text.as_bytes()[head..], word);
        for at in labels.map(|at| head + at) {
            let end = memchr::memchr_iter(b'\n', &text.as_bytes()[at..]).nth(1);
            let end = end.map_or(text.len(), |n| at + n);
            found.extend(in_part(text, at..end, true));
        }
    }
    found.sort_by_key(|f| (f.span.start, f.span.end));
    found.dedup_by(|b, a| b.span.start < a.span.end);
    found
}

/// The ends of the words of [`LABEL`], by which lines with one are found.
const LABEL_WORDS: [&[u8]; 8] = [
    b"ddress",
    b"DDRESS",
    b"dresse",
    b"nschrift",
    b"irecci",
    b"ndere",
    b"ndirizzo",
    b"DRESSE",
];

/// Addresses of one part of a text; `labelled`: only those behind a label.
fn in_part(text: &str, part: Range<usize>, labelled: bool) -> Vec<Found> {
    let digits = digit_runs(&text.as_bytes()[part.clone()]);
    let digits = digits.into_iter().map(|at| part.start + at);
    let is_labelled = |at: usize| {
        let line = text[..at].rfind('\n').map_or(0, |n| n + 1);
        LABEL.is_match(&text[line..at])
    };
    let mut found = Vec::new();
    let mut from = part.start;
    for at in digits.clone() {
        if at < from || before(text, at).is_some_and(is_word) {
            continue;
        }
        let matched = NUMBER_FIRST.captures(&text[at..part.end]);
        if let Some(address) = matched
            .filter(|_| !labelled || is_labelled(at))
            .and_then(|m| read(text, at, &m))
        {
            from = address.span.end;
            found.push(address);
        }
    }
    if !digits
        .clone()
        .any(|at| may_end_street(text, part.start, at))
    {
        return found;
    }
    let mut from = part.start;
    while let Some(m) = STREET_FIRST.captures_at(&text[..part.end], from) {
        let start = m.get(0).map_or(part.end, |m| m.start());
        from = start + text[start..].chars().next().map_or(1, char::len_utf8);
        if labelled && !is_labelled(start) {
            continue;
        }
        if let Some(address) = read(text, 0, &m) {
            from = address.span.end.min(part.end);
            found.push(address);
        }
    }
    found
}

/// Whether what stands before a number on its line, back to the last digit, has a street word of [`STREET_FIRST`].
fn may_end_street(text: &str, from: usize, number: usize) -> bool {
    let bytes = &text.as_bytes()[from..number];
    let ends = |b: &u8| *b == b'\n' || b.is_ascii_digit();
    let start = bytes.iter().rposition(ends).map_or(0, |at| at + 1);
    STREET_WORDS.is_match(&bytes[start..])
}

/// The address of a match; its places count from `offset`.
fn read(text: &str, offset: usize, found: &Captures<'_>) -> Option<Found> {
    let whole = found.get(0)?;
    let whole = offset + whole.start()..offset + whole.end();
    let group = |name: &str| found.name(name).map_or("", |m| m.as_str());
    let (number, street, unit) = (group("number"), group("street"), group("unit"));
    let rest = &text[whole.end..];
    let code = POSTCODE.captures(rest)?.name("code")?;
    let postcode: String = code
        .as_str()
        .chars()
        .filter(|c| !c.is_whitespace())
        .collect();
    // The nine-digit form of the United States names the same place more closely.
    let postcode = match postcode.split_once('-') {
        Some((five, four)) if five.len() == 5 && four.len() == 4 => five.to_owned(),
        _ => postcode,
    };
    let is_year = postcode.len() == 4 && (postcode.starts_with("19") || postcode.starts_with("20"));
    let digits = postcode.trim_start_matches('0');
    let stand_in = STAND_IN.is_match(street)
        || ["12345", "00000", "54321", "1234", "123456"].contains(&postcode.as_str())
        || matches!(number, "123" | "1234" | "12345")
        || digits.is_empty();
    if is_year || stand_in {
        return None;
    }
    let unit = folded(&unit.replace(['#', ','], " "));
    let unit = unit.trim_start_matches("apt").trim();
    let unit = if unit.is_empty() {
        String::new()
    } else {
        format!(" apt {unit}")
    };
    let number = number.replace(' ', "").to_lowercase();
    let value = format!(
        "{number} {}{unit}, {}",
        folded(street),
        postcode.to_lowercase()
    );
    let span = whole.start..whole.end + code.end();
    Some(Found::new(IdentifierKind::Address, value, text, span))
}

/// Plain lower-case letters, one blank between words, street words in one spelling.
fn folded(written: &str) -> String {
    let plain: String = written
        .to_lowercase()
        .replace('ß', "ss")
        .nfkd()
        .filter(|c| c.is_alphanumeric() || c.is_whitespace() || *c == '-')
        .collect();
    let words = plain.split_whitespace().map(|word| {
        let short = WORDS
            .iter()
            .find(|(long, _)| *long == word)
            .map(|(_, short)| *short);
        match (short, word.strip_suffix("strasse")) {
            (Some(short), _) => short.to_owned(),
            (None, Some(stem)) if !stem.is_empty() => format!("{stem}str"),
            _ => word.to_owned(),
        }
    });
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text).into_iter().map(|f| f.value).collect()
    }

    #[test]
    fn one_address_has_one_spelling() {
        for (text, value) in [
            (
                "Ann Lee\n12 Quay Road, Leeds LS1 4AB\n",
                "12 quay rd, ls14ab",
            ),
            ("Ann\n12 Quay Rd., Leeds, LS14AB", "12 quay rd, ls14ab"),
            (
                "Ann\n4801 Harbor View Ave, Apt 3B\nSeattle, WA 98101-4321\n",
                "4801 harbor view ave apt 3b, 98101",
            ),
            (
                "Ann\n4801 harbor view avenue #3b | Seattle, WA 98101",
                "4801 harbor view ave apt 3b, 98101",
            ),
            ("Lindenstraße 12a, 10969 Berlin", "12a lindenstr, 10969"),
            ("Lindenstr. 12 a\n10969 Berlin", "12a lindenstr, 10969"),
            ("12 rue des Lilas, 75011 Paris", "12 rue des lilas, 75011"),
            ("Calle Mayor 12, 28013 Madrid", "12 calle mayor, 28013"),
        ] {
            assert_eq!(found(text), [value], "{text}");
        }
        let below = format!(
            "Ann{}Address: 12 Quay Road, Leeds LS1 4AB\n",
            "\n".repeat(20)
        );
        assert_eq!(found(&below), ["12 quay rd, ls14ab"]);
    }

    #[test]
    fn what_is_no_address_is_not_read() {
        for text in [
            "123 Main Street, Anytown, CA 90210",
            "12 Your Street, Leeds LS1 4AB",
            "48 Quay Road, City, ST 12345",
            "12 Quay Road, Leeds",
            "Led 12 drives in 5 places, 2019",
            "5 years on the road, 2015 to 2019",
            "12 Quay Road: ann@mail.example 98101",
            "Saved 30 a way, +1 206 555 0142",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
        let below = format!("Ann{}Acme, 12 Quay Road, Leeds LS1 4AB\n", "\n".repeat(20));
        assert_eq!(found(&below), [""; 0]);
    }
}
