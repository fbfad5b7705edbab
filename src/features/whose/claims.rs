//! Identifiers that the manifest claims: all of them the applicant's own.

use crate::features::email;
use crate::features::identifiers::from_text;
use crate::features::phone_number;
use crate::features::profile_url;
use crate::features::whose::sorted;
use crate::model::Claims;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Provenance;
use regex::Regex;
use std::sync::LazyLock;

/// Columns of a manifest, beside those that have a meaning, whose values are the applicant's own identifiers.
static OWN_COLUMN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)^(?:telegram|tg|discord|skype|wechat|whatsapp|linkedin|gitlab|twitter|x|instagram|stack ?overflow|upwork|behance|dribbble|medium|portfolio|website|homepage|blog|wallet|btc|bitcoin|eth|ethereum|usdt|tron|sol|solana)(?:[ _-](?:url|link|id|handle|username|address|profile|number|account))?$")
        .expect("a constant pattern")
});

/// Identifiers that the manifest claims. `at` gives the place of a column: `emails`, `phones`, `github`, `links`, or
/// the name of a further column.
pub fn from_claims(
    claims: &Claims,
    at: impl Fn(&str) -> Provenance,
    region: Option<&str>,
) -> Vec<Identifier> {
    let mut all = Vec::new();
    let mut push = |kind, value: Option<String>, written: &str, column: &str, assumed_region| {
        let value = value.filter(|v| kind != IdentifierKind::Email || !email::is_placeholder(v));
        all.extend(value.map(|value| Identifier {
            kind,
            value,
            written: written.trim().into(),
            role: IdentifierRole::Claimed,
            assumed_region,
            at: at(column),
        }));
    };
    for written in &claims.emails {
        push(
            IdentifierKind::Email,
            email::normalise(written),
            written,
            "emails",
            false,
        );
    }
    for written in &claims.phones {
        let number = phone_number::claimed(written, region);
        let assumed = number.as_ref().is_some_and(|n| n.assumed_region);
        push(
            IdentifierKind::Phone,
            number.map(|n| n.e164),
            written,
            "phones",
            assumed,
        );
    }
    for written in claims.github.iter() {
        push(
            IdentifierKind::Account,
            claimed_github(written),
            written,
            "github",
            false,
        );
    }
    for written in &claims.links {
        push(
            IdentifierKind::Account,
            claimed_link(written),
            written,
            "links",
            false,
        );
    }
    for (column, written) in claims.extra.iter().filter(|(c, _)| OWN_COLUMN.is_match(c)) {
        let labelled = labelled(column, written);
        for found in from_text(&labelled, region) {
            push(
                found.kind,
                Some(found.value),
                &found.written,
                column,
                found.assumed_region,
            );
        }
    }
    sorted(all)
}

/// A login or a URL of a profile or a repository.
fn claimed_github(written: &str) -> Option<String> {
    let login = written.trim().trim_start_matches('@');
    let bare = login.chars().all(|c| c.is_ascii_alphanumeric() || c == '-');
    let url = if bare {
        format!("github.com/{login}")
    } else {
        login.into()
    };
    profile_url::canonical(&url).map(|p| p.account)
}

/// An account, or else a site of one's own.
fn claimed_link(written: &str) -> Option<String> {
    profile_url::canonical(written)
        .map(|p| p.account)
        .or_else(|| profile_url::own_site(written))
}

/// The value of a further column as a résumé would write it: "TELEGRAM: @ann".
fn labelled(column: &str, written: &str) -> String {
    let service = column
        .split([' ', '_', '-'])
        .next()
        .unwrap_or(column)
        .to_uppercase();
    let word = written.trim().trim_start_matches('@');
    let bare = word
        .chars()
        .all(|c| c.is_ascii_alphanumeric() || "_.-".contains(c))
        && word.len() < 26;
    let at = if bare && !word.contains('.') { "@" } else { "" };
    format!("{service}: {at}{word}")
}
