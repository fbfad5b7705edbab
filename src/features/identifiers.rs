//! Identifiers of a person in claims, documents and links: e-mails, phones, accounts, wallets.
//!
//! [`from_text`] finds them, [`crate::features::whose`] decides whose they are, [`mask_spans`] says what a
//! reader must not see. A site of one's own counts only behind a label ("Portfolio:") or on a line of contacts at the
//! head: elsewhere it is an employer's or a client's.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::anchors::is_word;
use crate::features::anchors::token;
use crate::features::email;
use crate::features::handle;
use crate::features::iban;
use crate::features::marks;
use crate::features::phone;
use crate::features::profile_url;
use crate::features::wallet;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Provenance;
use std::ops::Range;

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

/// Everything in `text` that identifies a person, sorted by place, not overlapping; whose it is, is not decided here.
///
/// `region` is the ISO 3166 code of the claimed place, for phone numbers without a country code.
pub fn from_text(text: &str, region: Option<&str>) -> Vec<Found> {
    at(text, &Anchors::new(text), region)
}

/// Contacts and, behind them, what machines and services leave ([`marks`]): the text is read once for both.
pub fn with_marks(text: &str, region: Option<&str>) -> Vec<Found> {
    let anchors = Anchors::new(text);
    let mut found = at(text, &anchors, region);
    found.extend(marks::at(text, &anchors));
    found
}

/// [`from_text`] where the text has been read.
pub(in crate::features) fn at(text: &str, anchors: &Anchors, region: Option<&str>) -> Vec<Found> {
    let mut found = email::find(text);
    found.extend(wallet::find(text, anchors));
    found.extend(iban::find(text, anchors));
    found.extend(accounts(text, anchors));
    found.extend(handle::find(text, anchors));
    // An id inside a URL may look like a phone number.
    let outside = |f: &Found| !is_in_url(text, f.span.start);
    found.extend(
        phone::find(text, anchors, region)
            .into_iter()
            .filter(outside),
    );
    found.sort_by_key(|f| (f.span.start, std::cmp::Reverse(f.span.end)));
    let mut end = 0;
    found.retain(|f| {
        let free = f.span.start >= end;
        end = end.max(f.span.end);
        free
    });
    found.extend(own_sites(text, anchors, &found));
    found.sort_by_key(|f| f.span.start);
    found
}

fn is_in_url(text: &str, at: usize) -> bool {
    let token = token(text, at);
    let written = &text[token.clone()];
    // A URL that is one beyond doubt has a stroke or begins with "www.".
    let may_be = written.contains('/') || written.contains(['w', 'W']);
    may_be
        && profile_url::shaped(written).any(|r| {
            (token.start + r.start..token.start + r.end).contains(&at)
                && profile_url::is_plain_url(&written[r])
        })
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

/// Profile URLs: looked for around the hosts that have them.
fn accounts(text: &str, anchors: &Anchors) -> Vec<Found> {
    let mut found = Vec::new();
    let mut end = 0;
    for cue in anchors.of(Cue::Site).filter(|c| stands_alone(text, c)) {
        if cue.start < end {
            continue;
        }
        let token = token(text, cue.start);
        end = token.end;
        for span in profile_url::shaped(&text[token.clone()]) {
            let span = token.start + span.start..token.start + span.end;
            if let Some(profile) = profile_url::canonical(&text[span.clone()]) {
                found.push(Found {
                    is_item: profile.is_item,
                    ..Found::new(IdentifierKind::Account, profile.account, text, span)
                });
            }
        }
    }
    found
}

/// Whether a host ends where its key word does: "x.com" is no part of "x.commerce".
fn stands_alone(text: &str, cue: &Range<usize>) -> bool {
    let next = text.as_bytes().get(cue.end);
    !next.is_some_and(u8::is_ascii_alphanumeric)
}

/// Sites of one's own: behind a label, or on a line at the head that has another contact.
fn own_sites(text: &str, anchors: &Anchors, found: &[Found]) -> Vec<Found> {
    let head_end = head_end(text);
    let mut lines: Vec<Range<usize>> = found
        .iter()
        .take_while(|f| f.span.start < head_end)
        .map(|f| line(text, &f.span))
        .collect();
    lines.dedup();
    let head = lines.len();
    lines.extend(
        anchors
            .of(Cue::SiteLabel)
            .filter_map(|cue| labelled(text, cue)),
    );
    let mut out: Vec<Found> = Vec::new();
    for (number, part) in lines.into_iter().enumerate() {
        for span in profile_url::shaped(&text[part.clone()]) {
            let span = part.start + span.start..part.start + span.end;
            let is_free = |f: &Found| f.span.start >= span.end || span.start >= f.span.end;
            let free = found.iter().chain(&out).all(is_free);
            let first = number < head || span.start == part.start;
            if !(free && first) {
                continue;
            }
            let site = profile_url::own_site(&text[span.clone()]);
            out.extend(site.map(|site| Found::new(IdentifierKind::Account, site, text, span)));
        }
    }
    out
}

/// Where the lines end that may be a contact block.
fn head_end(text: &str) -> usize {
    memchr::memchr_iter(b'\n', text.as_bytes())
        .nth(HEAD_LINES - 1)
        .unwrap_or(text.len())
}

/// The line, or lines, of a stretch.
fn line(text: &str, span: &Range<usize>) -> Range<usize> {
    let start = text[..span.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[span.end..]
        .find('\n')
        .map_or(text.len(), |n| span.end + n);
    start..end
}

/// The rest of the line behind a label of a site: "Portfolio: ".
fn labelled(text: &str, cue: Range<usize>) -> Option<Range<usize>> {
    if before(text, cue.start).is_some_and(is_word) {
        return None;
    }
    let blank = |c: char| c.is_whitespace() && c != '\n';
    let rest = text[cue.end..].trim_start_matches(blank);
    let rest = rest.strip_prefix([':', '|', '–', '-']).unwrap_or(rest);
    let rest = rest.trim_start_matches(blank);
    let start = text.len() - rest.len();
    let glued = start == cue.end || !rest.starts_with(|c: char| c.is_ascii_alphanumeric());
    (!glued).then(|| start..line(text, &(start..start)).end)
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

    proptest::proptest! {
        /// Looking around the hosts finds what looking everywhere finds.
        #[test]
        fn accounts_are_those_of_the_whole_text(
            parts in proptest::collection::vec(
                proptest::sample::select(vec![
                    "github.com/", "https://", "www.", "ann", "-lee", ".github.io", " ", "(", ")", "/x", "?a=b", "x.com/", "@", "中",
                    "uk.linkedin.com/in/", ".", ",", "\n", "medium.com/@", "t.me/", "e.g.", "gist.github.com/",
                ]),
                0..14,
            )
        ) {
            let text = parts.concat();
            let everywhere: Vec<_> = profile_url::shaped(&text)
                .filter_map(|span| Some((profile_url::canonical(&text[span.clone()])?.account, span)))
                .collect();
            let around: Vec<_> = accounts(&text, &Anchors::new(&text))
                .into_iter()
                .map(|f| (f.value, f.span))
                .collect();
            proptest::prop_assert_eq!(around, everywhere);
        }
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
