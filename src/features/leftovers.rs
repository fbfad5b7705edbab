//! Contacts in what a file keeps beside its visible text, and links that lead elsewhere than they say.
//!
//! The names among the leftovers are found in `identity`; here is what needs no name: contacts, the values that are an
//! applicant's own, and the match of one against the other. A leftover means somebody of the pool only where it is
//! exactly that applicant's claimed or heading name, or one of their contacts.

use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::email;
use crate::features::github_noreply::GithubNoReply;
use crate::features::identifiers::Found;
use crate::features::identifiers::from_text;
use crate::features::profile_url;
use crate::features::sections;
use crate::features::whose::from_target;
use crate::model::Fact;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Leftover;
use crate::model::LeftoverSite;
use crate::model::LeftoverValue;
use crate::model::OwnedBy;
use crate::model::Place;
use crate::model::Profile;
use crate::model::combine;
use crate::model::hash_text;
use std::borrow::Cow;
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

/// What is an applicant's own: the key of the name, the contacts that they claim or write, and the addresses and logins
/// with which they commit. A link target alone may be what the maker of a template left.
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
    let commits = commit_contacts(profile);
    contacts.chain(name).chain(commits).collect()
}

/// Addresses and logins of the identities that are the applicant's own by more than having written most of a repository.
fn commit_contacts(profile: &Profile) -> impl Iterator<Item = LeftoverValue> + '_ {
    let of_ident = |email: &str| {
        let no_reply = GithubNoReply::from_email(email);
        let login = no_reply.as_ref().map(|n| format!("github.com/{}", n.login));
        let is_persons = no_reply.is_none() && address_kind(email) == AddressKind::Person;
        let address = is_persons.then(|| email::normalise(email)).flatten();
        [
            (IdentifierKind::Account, login),
            (IdentifierKind::Email, address),
        ]
        .into_iter()
        .filter_map(|(kind, value)| {
            Some(LeftoverValue::Contact {
                kind,
                value: value?,
            })
        })
    };
    let repositories = profile.owners.iter().zip(&profile.histories);
    let owned = repositories.flat_map(|(owner, history)| {
        let tied = owner
            .idents
            .iter()
            .filter(|(_, by)| *by != OwnedBy::SoleAuthor);
        tied.map(|(index, _)| history.idents[*index as usize].email.as_str())
    });
    owned.flat_map(of_ident)
}

/// A hash of a value, for joining.
pub fn value_key(value: &LeftoverValue) -> u64 {
    match value {
        LeftoverValue::Name(name) => combine(1, name.0),
        LeftoverValue::Contact { kind, value } => combine(2 + *kind as u64, hash_text(value)),
    }
}

/// The leftovers of `holder` at some sites, those in the files of their repositories among them.
pub fn at_sites<'a>(
    holder: &'a Profile,
    sites: &'a [LeftoverSite],
) -> impl Iterator<Item = Cow<'a, Leftover>> {
    let in_files = holder.repositories.iter();
    let names = holder
        .leftovers
        .iter()
        .chain(in_files.clone().flat_map(|r| &r.names));
    let contacts = in_files.flat_map(|r| &r.identifiers).filter_map(in_file);
    names
        .map(Cow::Borrowed)
        .chain(contacts.map(Cow::Owned))
        .filter(move |l| sites.contains(&l.site))
}

/// A contact that a file of a repository gives, by what the file says of it. A repository of an account, or a page of it,
/// is a thing that one builds on: only the account's own page counts.
fn in_file(identifier: &Identifier) -> Option<Leftover> {
    let site = match identifier.role {
        IdentifierRole::LicenceHolder => LeftoverSite::Licence,
        IdentifierRole::PackageAuthor => LeftoverSite::Package,
        IdentifierRole::Mention | IdentifierRole::Contact | IdentifierRole::Link => {
            LeftoverSite::File
        }
        _ => return None,
    };
    let counts = match identifier.kind {
        IdentifierKind::Email => !email::is_role(&identifier.value),
        IdentifierKind::Phone | IdentifierKind::Wallet => true,
        IdentifierKind::Account => {
            profile_url::canonical(&identifier.written).is_none_or(|p| !p.is_item)
        }
        _ => false,
    };
    counts.then(|| Leftover {
        value: LeftoverValue::Contact {
            kind: identifier.kind,
            value: identifier.value.clone(),
        },
        site,
        at: identifier.at.clone(),
    })
}

/// The leftovers of `holder` at some sites that are the name or a contact of `other`, but not the holder's own too; none
/// where both bear one name, for then they are one person's two applications or namesakes.
pub fn of_other<'a>(
    holder: &'a Profile,
    other: &Profile,
    sites: &'a [LeftoverSite],
) -> Vec<Cow<'a, Leftover>> {
    if holder.name.is_some() && holder.name == other.name {
        return Vec::new();
    }
    let own = own_values(other);
    let holders = own_values(holder);
    let counts = |l: &Cow<'a, Leftover>| {
        let in_repository = matches!(l.at.place, Place::File { .. } | Place::Lines { .. });
        own.contains(&l.value) && !(in_repository && holders.contains(&l.value))
    };
    let mut found: Vec<Cow<'a, Leftover>> = at_sites(holder, sites).filter(counts).collect();
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
