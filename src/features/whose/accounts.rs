//! Accounts, payment addresses and contacts that are a project's or a colleague's and not the applicant's, by the words
//! beside them.

use crate::features::identifiers::Found;
use crate::features::whose::standing::Standing;
use crate::model::IdentifierKind;
use regex::Regex;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::LazyLock;

/// Words beside the contacts of a line from which on it is a sentence that names them.
const SENTENCE: usize = 4;
/// Words that label a contact.
const LABELS: &str = "github gitlab linkedin twitter telegram discord portfolio website profile profiles online links link \
    email mail e-mail phone tel mobile contact contacts web site blog social";

/// Whether an account stands on a line of contacts, with a name or label at most, and not in a sentence about somebody's
/// project ("Contributor to …").
pub(in crate::features::whose) fn is_among_contacts(
    text: &str,
    account: &Found,
    found: &[Found],
) -> bool {
    if account.kind != IdentifierKind::Account {
        return true;
    }
    !PROJECT.is_match(before(text, account)) && words_beside(text, account, found) < SENTENCE
}

/// Mailboxes and numbers that stand in sentences and nowhere else, where the document has another of the kind among its
/// contacts.
pub(in crate::features::whose) fn in_sentences<'a>(
    text: &str,
    found: &'a [Found],
    standing: &Standing<'_>,
) -> BTreeSet<&'a str> {
    let mut aside = BTreeSet::new();
    for kind in [IdentifierKind::Email, IdentifierKind::Phone] {
        let own: Vec<&Found> = found
            .iter()
            .filter(|f| f.kind == kind && standing.is_own(f, Some(f.span.start)))
            .collect();
        let is_aside = |f: &&&Found| words_beside(text, f, found) >= SENTENCE;
        let (sentences, contacts): (Vec<&Found>, Vec<&Found>) =
            own.iter().partition(|f| is_aside(&f));
        if contacts.is_empty() {
            continue;
        }
        aside.extend(sentences.iter().map(|f| f.value.as_str()));
        for contact in contacts {
            aside.remove(contact.value.as_str());
        }
    }
    aside
}

fn before<'a>(text: &'a str, found: &Found) -> &'a str {
    let start = text[..found.span.start].rfind('\n').map_or(0, |n| n + 1);
    &text[start..found.span.start]
}

/// How many words of its line are neither part of an identifier nor a label of one.
fn words_beside(text: &str, account: &Found, found: &[Found]) -> usize {
    let start = text[..account.span.start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[account.span.end..].find('\n');
    let end = end.map_or(text.len(), |n| account.span.end + n);
    let is_word = |at: &usize| {
        !found.iter().any(|f| f.span.contains(at)) && text[*at..].starts_with(char::is_alphabetic)
    };
    let line = &text[start..end];
    let words = line.split(|c: char| !c.is_alphanumeric() && c != '-' && c != '\'');
    let words = words
        .filter(|w| !w.is_empty() && is_word(&(w.as_ptr() as usize - text.as_ptr() as usize)))
        .map(str::to_lowercase)
        .filter(|w| !LABELS.split_whitespace().any(|label| label == w));
    words.count()
}

/// Words before an account whose it is not.
static PROJECT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:contribut\w*|maintain\w*|commit\w*|reads?|follow\w*|blogs?|newsletters?|to|at|of|by|for|with|on|our|their)\s*[:(]?\s*(?:https?://)?(?:www\.)?$")
        .expect("a constant pattern")
});

/// Whether the line of a payment address, or the one above, speaks of a contract: then it is a protocol's.
pub(in crate::features::whose) fn is_contract(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |n| n);
    let above = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let end = text[at..].find('\n').map_or(text.len(), |n| at + n);
    CONTRACT.is_match(&text[above..end])
}

static CONTRACT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b(?:contracts?|mainnet|testnet|deploy\w*|protocol|market|pools?|token|tokens|router|vault|etherscan|audit\w*|dao|treasury|multisig)\b")
        .expect("a constant pattern")
});

/// The first profile of each site, and sites of one's own.
pub(in crate::features::whose) fn own_accounts<'a>(
    found: impl Iterator<Item = &'a Found>,
) -> BTreeSet<&'a str> {
    let mut first: BTreeMap<&str, &str> = BTreeMap::new();
    for f in found.filter(|f| f.kind == IdentifierKind::Account && !f.is_item) {
        let site = f.value.split('/').next().unwrap_or_default();
        first.entry(site).or_insert(&f.value);
    }
    first.into_values().collect()
}
