//! Contacts in what a file keeps beside its visible text, and links that lead elsewhere than they say.
//!
//! The names among the leftovers are found in `identity`; here is what needs no name: contacts, the values that are an
//! applicant's own, and the match of one against the other. A leftover means somebody of the pool only where it is
//! exactly that applicant's claimed or heading name, or one of their contacts.

use crate::features::email;
use crate::features::identifiers::Found;
use crate::features::identifiers::from_text;
use crate::features::profile_url;
use crate::features::sections;
use crate::features::whose::from_target;
use crate::model::Fact;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::LeftoverValue;
use crate::model::Profile;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeSet;
use std::ops::Range;

/// Hosts that only pass a reader on, so that a link's real target is not in the file. Public link shorteners and the
/// link rewriters of common mail filters and mailing programs.
const PASSING_ON: &str = "bit.ly tinyurl.com t.co lnkd.in goo.gl rb.gy cutt.ly is.gd ow.ly buff.ly rebrand.ly tiny.cc \
    shorturl.at t.ly s.id v.gd shorte.st soo.gd bl.ink dub.sh urldefense.com urldefense.proofpoint.com \
    safelinks.protection.outlook.com list-manage.com sendgrid.net mandrillapp.com hubspotlinks.com mailchi.mp \
    click.pstmrk.it google.com";

/// Digits at the end of a phone number that decide whether two are the same: a link often has the country code that
/// the text leaves out.
const LAST_DIGITS: usize = 7;

/// The part of a link's visible text that must be the address itself, in hundredths: "mail: ann@x.test" is still one.
const ADDRESS_SHARE: usize = 60;

/// A contact in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Normalised value.
    pub value: String,
    /// Bytes of the text.
    pub span: Range<usize>,
}

/// Contacts of people in a text, without those on lines that speak of referees; offices' mailboxes and things of an
/// account (a repository) are left out.
pub fn contacts(text: &str, region: Option<&str>) -> Vec<Contact> {
    let others = lines_of_others(text);
    let is_persons = |f: &Found| {
        let is_office = f.kind == IdentifierKind::Email && email::is_role(&f.value);
        let is_others = others.iter().any(|r| r.contains(&f.span.start));
        !f.is_item && !is_office && !is_others
    };
    let found = from_text(text, region).into_iter().filter(is_persons);
    found
        .map(|f| Contact {
            kind: f.kind,
            value: f.value,
            span: f.span,
        })
        .collect()
}

/// Byte ranges of lines that speak of somebody else on purpose: referees, supervisors.
pub fn lines_of_others(text: &str) -> Vec<Range<usize>> {
    sections::of_others(text)
}

/// An address that a link shows or leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// Its kind.
    pub kind: IdentifierKind,
    /// Normalised value.
    pub value: String,
}

impl Address {
    /// The value as a typed fact.
    pub fn fact(&self) -> Fact {
        self.kind.fact(self.value.clone())
    }
}

/// A link whose visible text is an address, and not that of its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clash {
    /// What the reader sees.
    pub shown: Address,
    /// Where it leads.
    pub target: Address,
}

/// Whether a link's visible text is an address that its target is not. `None` where the text is a word, where both agree,
/// and where the target is unknown, such as behind a link shortener.
pub fn clash(text: &str, target: &str, region: Option<&str>) -> Option<Clash> {
    let shown = shown_address(text, region)?;
    let target_address = target_address(target, region)?;
    let same = match (shown.kind, target_address.kind) {
        (IdentifierKind::Phone, IdentifierKind::Phone) => {
            last_digits(&shown.value) == last_digits(&target_address.value)
        }
        _ => shown.value == target_address.value,
    };
    // A redirect carries the address it stands for, and a site's page its host.
    let host = shown.value.split('/').next().unwrap_or_default();
    let carried = target.to_lowercase().contains(&host.to_lowercase())
        && (shown.kind != target_address.kind || profile_url::is_own_site(&shown.value));
    (!same && !carried).then_some(Clash {
        shown,
        target: target_address,
    })
}

/// Whether a target only passes on to another that the file does not hold.
pub fn passes_on(target: &str) -> bool {
    let host = host_of(target);
    PASSING_ON
        .split_whitespace()
        .any(|h| host == h || host.strip_suffix(h).is_some_and(|s| s.ends_with('.')))
}

/// The address that a link's visible text is.
pub fn shown_address(text: &str, region: Option<&str>) -> Option<Address> {
    let text = text.trim();
    let whole = |f: &Found| f.span.len() * 100 >= text.len() * ADDRESS_SHARE;
    let found = from_text(text, region)
        .into_iter()
        .find(|f| whole(f) && !f.is_item);
    if let Some(f) = found {
        return Some(Address {
            kind: f.kind,
            value: f.value,
        });
    }
    let is_url = profile_url::is_plain_url(text) && !text.contains(char::is_whitespace);
    let site = is_url.then(|| profile_url::own_site(text)).flatten()?;
    Some(Address {
        kind: IdentifierKind::Account,
        value: site,
    })
}

fn target_address(target: &str, region: Option<&str>) -> Option<Address> {
    if passes_on(target) {
        return None;
    }
    if let Some(f) = from_target(target, region).filter(|f| !f.is_item) {
        return Some(Address {
            kind: f.kind,
            value: f.value,
        });
    }
    profile_url::own_site(target).map(|value| Address {
        kind: IdentifierKind::Account,
        value,
    })
}

fn host_of(target: &str) -> String {
    let rest = target.split_once("://").map_or(target, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#', ':']).next().unwrap_or_default();
    host.trim_start_matches("www.").to_ascii_lowercase()
}

fn last_digits(number: &str) -> &str {
    &number[number.len().saturating_sub(LAST_DIGITS)..]
}

/// What is an applicant's own: the key of the name, and the contacts that they claim or write. A link target alone may be
/// what the maker of a template left.
pub fn own_values(profile: &Profile) -> BTreeSet<LeftoverValue> {
    let contacts = profile
        .identifiers
        .iter()
        .filter(|i| matches!(i.role, IdentifierRole::Claimed | IdentifierRole::Contact))
        .map(|i| LeftoverValue::Contact {
            kind: i.kind,
            value: i.value.clone(),
        });
    let name = profile.name.map(LeftoverValue::Name);
    contacts.chain(name).collect()
}

/// A hash of a value, for joining.
pub fn value_key(value: &LeftoverValue) -> u64 {
    match value {
        LeftoverValue::Name(name) => combine(1, name.0),
        LeftoverValue::Contact { kind, value } => combine(2 + *kind as u64, hash_text(value)),
    }
}

/// The leftovers of `holder` at some sites.
pub fn at_sites<'a>(
    holder: &'a Profile,
    sites: &'a [LeftoverSite],
) -> impl Iterator<Item = &'a Leftover> {
    holder
        .leftovers
        .iter()
        .filter(move |l| sites.contains(&l.site))
}

/// The leftovers of `holder` at some sites that are the name or a contact of `other`; none where both bear one name, for
/// then they are one person's two applications or namesakes.
pub fn of_other<'a>(
    holder: &'a Profile,
    other: &Profile,
    sites: &'a [LeftoverSite],
) -> Vec<&'a Leftover> {
    if holder.name.is_some() && holder.name == other.name {
        return Vec::new();
    }
    let own = own_values(other);
    let mut found: Vec<&Leftover> = at_sites(holder, sites)
        .filter(|l| own.contains(&l.value))
        .collect();
    found.dedup();
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clashes(text: &str, target: &str) -> bool {
        clash(text, target, Some("US")).is_some()
    }

    #[test]
    fn addresses_that_are_not_the_targets_clash() {
        for (text, target) in [
            ("ann@kontor.example", "mailto:bob@kontor.example"),
            ("github.com/annlee", "https://github.com/bobray"),
            (
                "linkedin.com/in/ann-lee",
                "https://www.linkedin.com/in/bob-ray/",
            ),
            ("+1 206 555 0142", "tel:+12065550177"),
            ("https://annlee.dev", "https://bobray.dev/"),
            ("https://annlee.dev/cv", "https://github.com/bobray"),
        ] {
            assert!(clashes(text, target), "{text} -> {target}");
        }
    }

    #[test]
    fn words_and_the_same_address_do_not() {
        for (text, target) in [
            ("LinkedIn", "https://www.linkedin.com/in/bob-ray/"),
            ("Ann Lee", "mailto:ann@kontor.example"),
            ("Socket.io", "https://github.com/socketio"),
            ("www.github.com/AnnLee/", "https://github.com/annlee?tab=x"),
            ("github.com/annlee/tool", "https://github.com/annlee"),
            ("206-555-0142", "tel:+12065550142"),
            ("annlee.dev", "https://www.annlee.dev/index.html"),
            ("https://annlee.dev", "https://bit.ly/3xyz"),
            (
                "https://annlee.dev",
                "https://eu.urldefense.com/v3/__https://annlee.dev",
            ),
            (
                "https://annlee.dev",
                "https://t.example/?to=https%3A%2F%2Fannlee.dev",
            ),
            ("ann@kontor.example", "mailto:Ann@kontor.example?subject=x"),
            ("https://annlee.dev", "#section"),
        ] {
            assert!(!clashes(text, target), "{text} -> {target}");
        }
    }

    #[test]
    fn referees_and_offices_leave_no_contact() {
        let text = "ann@kontor.example\ninfo@kontor.example\nReferences\nbob@kontor.example\n";
        let all: Vec<_> = contacts(text, None).into_iter().map(|c| c.value).collect();
        assert_eq!(all, ["ann@kontor.example"]);
    }

    #[test]
    fn kinds_do_not_meet() {
        let contact = |kind| LeftoverValue::Contact {
            kind,
            value: "x".into(),
        };
        assert_ne!(
            value_key(&contact(IdentifierKind::Email)),
            value_key(&contact(IdentifierKind::Phone))
        );
    }
}
