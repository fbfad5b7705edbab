//! Whose identifiers are: the applicant's own, or only mentioned by them.
//!
//! In a document the first profile of a site is taken for the applicant's own; further ones, and repositories of an
//! account whose profile is not there, are mentions. Contacts in a list of referees or beside the word "supervisor" are
//! those of referees; an addressee's, an employer's and a résumé-builder's are mentions ([`Others`] tells the places).
//! A mailbox or number in the middle of a sentence is a mention too where another stands among contacts: there people name
//! colleagues. Everything else that stands in a résumé counts as its owner's.

mod accounts;
mod claims;
mod standing;
#[cfg(test)]
mod tests;

pub use claims::from_claims;

use crate::features::address;
use crate::features::anchors::Anchors;
use crate::features::email;
use crate::features::identifiers;
use crate::features::identifiers::Found;
use crate::features::marks;
use crate::features::others::Others;
use crate::features::others::holds;
use crate::features::phone_number;
use crate::features::profile_url;
use crate::features::whose::accounts::in_sentences;
use crate::features::whose::accounts::is_among_contacts;
use crate::features::whose::accounts::is_contract;
use crate::features::whose::accounts::own_accounts;
use crate::features::whose::standing::Standing;
use crate::model::DocumentLink;
use crate::model::DocumentMeta;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::PagedText;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;
use std::collections::BTreeSet;

/// Identifiers of a document, each with the role that its place gives it; sorted, each value and role once.
///
/// Own are contacts outside the places that [`Others`] tells; what stands there and nowhere else is a referee's or only
/// mentioned. Link targets count like text.
pub fn from_document(
    text: &PagedText,
    links: &[DocumentLink],
    source: &SourceInfo,
    region: Option<&str>,
) -> Vec<Identifier> {
    let anchors = Anchors::new(&text.text);
    let mut found = identifiers::at(&text.text, &anchors, region);
    found.extend(address::find(&text.text));
    let others = if found.is_empty() && links.is_empty() {
        Others::default()
    } else {
        Others::new(&text.text)
    };
    let standing = Standing::new(&found, &others);
    let linked: Vec<_> = links
        .iter()
        .flat_map(|l| from_target(&l.target, region).map(|f| (f, l.page)))
        .collect();
    let firsts = found
        .iter()
        .filter(|f| {
            standing.is_own(f, Some(f.span.start)) && is_among_contacts(&text.text, f, &found)
        })
        .chain(
            linked
                .iter()
                .map(|(f, _)| f)
                .filter(|f| standing.is_own(f, None)),
        );
    let own = own_accounts(firsts);
    let named_aside = in_sentences(&text.text, &found, &standing);
    let in_text = found
        .iter()
        .map(|f| (f, Some(f.span.start), text.place(f.span.start)));
    let in_links = linked
        .iter()
        .map(|(f, page)| (f, None, Place::Link { page: *page }));
    let mut all = Vec::new();
    for (found, at, place) in in_text.chain(in_links) {
        let is_own = standing.is_own(found, at)
            && (found.kind != IdentifierKind::Account || own.contains(found.value.as_str()))
            && (at.is_none() || !named_aside.contains(found.value.as_str()))
            && !(found.kind == IdentifierKind::Wallet
                && at.is_some_and(|at| is_contract(&text.text, at)));
        let role = match at {
            _ if standing.is_referees(found, at) => IdentifierRole::Referee,
            _ if !is_own => IdentifierRole::Mention,
            Some(_) => IdentifierRole::Contact,
            None => IdentifierRole::Link,
        };
        all.push(
            found
                .clone()
                .identifier(role, Provenance::new(source, place)),
        );
    }
    let is_referees = |f: &Found| holds(&others.referees, f.span.start);
    all.extend(marks_in(text, links, &anchors, &is_referees, source));
    let mut seen = BTreeSet::new();
    all.retain(|i| seen.insert((i.kind, i.value.clone(), i.role)));
    sorted(all)
}

/// What machines and services leave in a document and its links: mentions, but for the print of a key, which is given out
/// like a contact.
fn marks_in(
    text: &PagedText,
    links: &[DocumentLink],
    anchors: &Anchors,
    is_others: &dyn Fn(&Found) -> bool,
    source: &SourceInfo,
) -> Vec<Identifier> {
    let in_text = marks::at(&text.text, anchors).into_iter().map(|f| {
        let own = f.kind == IdentifierKind::SigningKey && !is_others(&f);
        let role = if own {
            IdentifierRole::Contact
        } else {
            IdentifierRole::Mention
        };
        let place = text.place(f.span.start);
        (f, role, place)
    });
    let in_links = links.iter().flat_map(|l| {
        let place = Place::Link { page: l.page };
        marks::from_text(&l.target)
            .into_iter()
            .map(move |f| (f, IdentifierRole::Mention, place.clone()))
    });
    in_text
        .chain(in_links)
        .map(|(f, role, place)| f.identifier(role, Provenance::new(source, place)))
        .collect()
}

/// Identifiers in what a file says about itself: addresses in its fields, the user and the machine in its paths.
pub fn from_metadata(
    meta: &DocumentMeta,
    paths: &[String],
    source: &SourceInfo,
) -> Vec<Identifier> {
    let field = |name: &'static str, value: &Option<String>| value.clone().map(|v| (name, v));
    let fields = [
        field("author", &meta.author),
        field("last modified by", &meta.last_modified_by),
        field("company", &meta.company),
        field("title", &meta.title),
        field("template", &meta.template),
    ];
    let inside = paths.iter().map(|p| ("path in the file", p.clone()));
    let mut all = Vec::new();
    for (part, value) in fields.into_iter().flatten().chain(inside) {
        let found = identifiers::with_marks(&value, None);
        let place = Place::Part(part.into());
        all.extend(found.into_iter().map(|f| {
            f.identifier(
                IdentifierRole::Metadata,
                Provenance::new(source, place.clone()),
            )
        }));
    }
    sorted(all)
}

fn sorted(mut all: Vec<Identifier>) -> Vec<Identifier> {
    all.sort_by(|a, b| (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at)));
    all
}

/// What a link target names: a mailbox, a number, an account.
pub(in crate::features) fn from_target(target: &str, region: Option<&str>) -> Option<Found> {
    let target = target.trim();
    let scheme = target
        .split(':')
        .next()
        .unwrap_or_default()
        .to_ascii_lowercase();
    let whole = |kind, value| Found::new(kind, value, target, 0..target.len());
    match scheme.as_str() {
        "mailto" => email::find(target)
            .into_iter()
            .next()
            .map(|f| whole(f.kind, f.value)),
        "tel" => {
            let (_, number) = target.split_once(':')?;
            phone_number::claimed(number, region).map(|n| Found {
                assumed_region: n.assumed_region,
                ..whole(IdentifierKind::Phone, n.e164)
            })
        }
        _ => profile_url::canonical(target).map(|p| Found {
            is_item: p.is_item,
            ..whole(IdentifierKind::Account, p.account)
        }),
    }
}
