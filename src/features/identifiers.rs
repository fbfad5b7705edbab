//! Identifiers of a person in claims, documents and links: e-mails, phones, accounts, wallets.
//!
//! [`from_text`] finds them, [`crate::features::whose`] decides whose they are, [`mask_spans`] says what a
//! reader must not see. A site of one's own counts only behind a label ("Portfolio:") or on a line of contacts at the
//! head: elsewhere it is an employer's or a client's.

use crate::features::email;
use crate::features::handle;
use crate::features::marks;
use crate::features::phone;
use crate::features::profile_url;
use crate::features::wallet;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Provenance;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines at the head of a document that may be its contact block.
const HEAD_LINES: usize = 12;

/// An identifier in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Found {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Normalised value.
    pub value: String,
    /// As it is written.
    pub written: String,
    /// Bytes of the text.
    pub span: Range<usize>,
    /// The country code of a phone number was assumed.
    pub assumed_region: bool,
    /// It names a thing of an account (a repository), not the account's own page.
    pub is_item: bool,
}

impl Found {
    pub(in crate::features) fn new(
        kind: IdentifierKind,
        value: String,
        text: &str,
        span: Range<usize>,
    ) -> Self {
        let written = text[span.clone()].to_owned();
        Self {
            kind,
            value,
            written,
            span,
            assumed_region: false,
            is_item: false,
        }
    }
}

impl Found {
    /// With its role and place.
    pub(in crate::features) fn identifier(
        self,
        role: IdentifierRole,
        at: Provenance,
    ) -> Identifier {
        Identifier {
            kind: self.kind,
            value: self.value,
            written: self.written,
            role,
            assumed_region: self.assumed_region,
            at,
        }
    }
}

/// What stands before a site of one's own.
static SITE_LABEL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:portfolio|website|web ?site|home ?page|personal site|blog|web|site)\s*[:|–-]?\s*$")
        .expect("a constant pattern")
});

/// Everything in `text` that identifies a person, sorted by place, not overlapping; whose it is, is not decided here.
///
/// `region` is the ISO 3166 code of the claimed place, for phone numbers without a country code.
pub fn from_text(text: &str, region: Option<&str>) -> Vec<Found> {
    let mut found = email::find(text);
    found.extend(wallet::find(text));
    found.extend(accounts(text));
    found.extend(handle::find(text));
    // An id inside a URL may look like a phone number.
    let urls = plain_urls(text);
    let outside = |f: &Found| !urls.iter().any(|u| u.contains(&f.span.start));
    found.extend(phone::find(text, region).into_iter().filter(outside));
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    let mut end = 0;
    found.retain(|f| {
        let free = f.span.start >= end;
        end = end.max(f.span.end);
        free
    });
    found.extend(own_sites(text, &found));
    found.sort_by_key(|f| f.span.start);
    found
}

/// Byte ranges to mask: `found`, whatever is written like an e-mail, a phone number or a URL, and what machines and
/// services leave. Sorted, not overlapping.
pub fn mask_spans(text: &str, found: &[Found]) -> Vec<Range<usize>> {
    let mut spans: Vec<Range<usize>> = found.iter().map(|f| f.span.clone()).collect();
    spans.extend(plain_urls(text));
    spans.extend(email::shaped(text));
    spans.extend(phone::shaped(text));
    spans.extend(marks::from_text(text).into_iter().map(|f| f.span));
    spans.sort_by_key(|s| (s.start, s.end));
    let mut merged: Vec<Range<usize>> = Vec::new();
    for span in spans {
        match merged.last_mut() {
            Some(last) if span.start <= last.end => last.end = last.end.max(span.end),
            _ => merged.push(span),
        }
    }
    merged
}

fn plain_urls(text: &str) -> Vec<Range<usize>> {
    profile_url::shaped(text)
        .filter(|r| profile_url::is_plain_url(&text[r.clone()]))
        .collect()
}

/// Profile URLs.
fn accounts(text: &str) -> Vec<Found> {
    let account = |span: Range<usize>| {
        let profile = profile_url::canonical(&text[span.clone()])?;
        let found = Found::new(IdentifierKind::Account, profile.account, text, span);
        Some(Found {
            is_item: profile.is_item,
            ..found
        })
    };
    profile_url::shaped(text).filter_map(account).collect()
}

/// Sites of one's own: behind a label, or on a line at the head that has another contact.
fn own_sites(text: &str, found: &[Found]) -> Vec<Found> {
    let head_end = text
        .match_indices('\n')
        .nth(HEAD_LINES - 1)
        .map_or(text.len(), |(at, _)| at);
    let own = |span: Range<usize>| {
        let start = text[..span.start].rfind('\n').map_or(0, |n| n + 1);
        let end = text[span.end..]
            .find('\n')
            .map_or(text.len(), |n| span.end + n);
        let beside = |f: &Found| f.span.start >= start && f.span.end <= end;
        let in_contacts = span.start < head_end && found.iter().any(beside);
        let taken = found
            .iter()
            .any(|f| f.span.start < span.end && span.start < f.span.end);
        let is_own = !taken && (in_contacts || SITE_LABEL.is_match(&text[start..span.start]));
        let site = profile_url::own_site(&text[span.clone()]).filter(|_| is_own)?;
        Some(Found::new(IdentifierKind::Account, site, text, span))
    };
    profile_url::shaped(text).filter_map(own).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(text: &str) -> Vec<String> {
        from_text(text, Some("US"))
            .into_iter()
            .map(|f| f.value)
            .collect()
    }

    #[test]
    fn a_contact_line_gives_each_identifier_once() {
        let text = "Ann Lee\nann@kontor.example | +1 206 555 0142 | github.com/annlee | annlee.dev | Telegram: @ann_lee\n";
        let expected = [
            "ann@kontor.example",
            "+12065550142",
            "github.com/annlee",
            "annlee.dev",
            "t.me/ann_lee",
        ];
        assert_eq!(values(text), expected);
    }

    #[test]
    fn sites_elsewhere_are_employers() {
        let body = "\n".repeat(20);
        assert_eq!(
            values(&format!(
                "Ann{body}Built shop.kontor.example, info at kontor.example"
            )),
            [""; 0]
        );
        assert_eq!(
            values(&format!("Ann{body}Portfolio: https://annlee.dev/")),
            ["annlee.dev"]
        );
        assert_eq!(
            values("Skills: Socket.io, Node.js, ASP.NET; mail ann@kontor.example"),
            ["ann@kontor.example"]
        );
    }

    #[test]
    fn digits_in_a_url_are_no_phone() {
        assert_eq!(values("https://kontor.example/call/+12065550142"), [""; 0]);
        assert_eq!(
            values("stackoverflow.com/users/2065550142"),
            ["stackoverflow.com/users/2065550142"]
        );
    }

    #[test]
    fn masks_cover_what_is_no_identifier_too() {
        let text =
            "your.email@gmail.com 206-555-0142 https://kontor.example/x 2015 - 2019 Socket.io";
        let found = from_text(text, None);
        assert_eq!(found, []);
        let masked: Vec<_> = mask_spans(text, &found)
            .into_iter()
            .map(|r| &text[r])
            .collect();
        assert_eq!(
            masked,
            [
                "your.email@gmail.com",
                "206-555-0142",
                "https://kontor.example/x"
            ]
        );
    }
}
