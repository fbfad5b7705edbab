//! One contact detail under two names.
//!
//! # What it looks at
//! E-mail addresses, phone numbers, accounts, sites, wallets, bank accounts and street addresses that the manifest claims, that stand in an
//! applicant's own documents, or that their links lead to, each in the one form that names its holder.
//!
//! # Why it can mean a link
//! Such a detail is assigned to one holder. Two unrelated people share one only by an accident that is rarer than one
//! in a hundred thousand pairs (`corpora/calibration/shared-contact.json` has the model and the measured part of it).
//!
//! # Innocent explanations
//! A family's phone or mailbox; an agency's or a course's contact on everybody's résumé; a colleague's repository.
//! Which of them fits is decided from the kind of detail: a phone or a mailbox may be a household's, an account or a
//! wallet is one person's. A site of one's own may be a family's, a studio's or an agency's.
//!
//! # Limits
//! Contacts of referees are left out, if the section or the line says so. The host of an e-mail address is never a key.
//! More than a dozen applicants with one phone, mailbox or site are told once, as a source that an agency or a course
//! explains; what more than half of a pool give is the exporting system's and set aside. With one account or wallet they
//! are one group.
//!
//! # References
//! ITU-T E.164; RFC 5321; BIP 173 and 350; EIP-55; the public suffix list.

mod stratum;

use crate::detect::Detector;
use crate::detect::of_many::EVERYBODYS;
use crate::detect::of_many::is_everybodys;
use crate::detect::shared_contact::stratum::Stratum;
use crate::features::email;
use crate::features::profile_url;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::HOT_BUCKET;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "shared-contact",
    title: "One contact detail under two names",
    family: Family::Contact,
    looks_at: "E-mail addresses, phone numbers, online profiles, personal sites, payment addresses, bank accounts and street addresses in the \
        application form, the documents and their links, compared in one spelling: a number with and without its country \
        code, or an address with and without a tag, count as the same where the rules of the provider say so.",
    why: "Such a detail has one holder. Two people who have nothing to do with each other hardly ever give the same one, \
        so either they know each other, or somebody else put the detail there, or one person wrote both applications.",
    innocent: &[
        "They live together or are related, and share a phone or a mailbox.",
        "An agency, a coach or a course put its own contact on both résumés.",
        "The detail belongs to somebody whom both name, such as a former manager, and was read as their own.",
        "One names a public project of the other because they worked on it together or built on it.",
        "One of them left a contact of a template or of somebody else's résumé in place by mistake.",
    ],
    question: "This contact detail also stands in another application. Is it yours alone, and who else uses it?",
    limits: "It stays silent when no contact detail is given. It does not check who holds a detail, and cannot see two \
        different details of one person. Contacts of referees are left out where the document says so. A number without \
        its country code is read by the place the applicant claims, and counts less. A phone number, address or site that \
        more than twelve applicants give is told once for all of them and counts no more than an office's; one that more than \
        half of the pool give is set aside. A number whose digits count up or down (…1234567) is taken for a \
        template's.",
    base_rate: "In 1,200 public résumés whose contacts had been removed, nothing was taken for a contact detail by \
        mistake, so none of 719,400 pairs shared one. With the chance that two strangers left the same template's contact \
        in, at most about 1 pair of strangers in 1,000,000 shares an e-mail address, phone number or profile, and 1 in \
        100,000 a number without its country code. The second part is a model, not a count; the rules against reading dates as numbers were tightened on the same texts.",
    references: &[
        "ITU-T Recommendation E.164 (phone numbers)",
        "RFC 5321 and the providers' own rules on tags and dots (e-mail addresses)",
        "BIP 173, BIP 350 and EIP-55 (checksums of wallet addresses)",
        "Mozilla's Public Suffix List (personal sites)",
        "corpora/calibration/shared-contact.json (the model and its assumptions)",
    ],
};

const MANY: &str = "many applicants name it, and few as their own: an agency or a course";
const PROJECT: &str = "many applicants name this account's projects: a well-known one";

/// Compares contact details.
pub(in crate::detect) struct SharedContact;

impl Detector for SharedContact {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for identifier in profile.identifiers.iter().filter(|i| is_compared(i)) {
            match identifier.role {
                IdentifierRole::Mention => sink.mentions(key(identifier)),
                _ => sink.owns(key(identifier)),
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile
            .identifiers
            .iter()
            .any(|i| is_compared(i) && is_own(i))
        {
            return Vec::new();
        }
        vec![Outcome::CouldNotLook {
            why: "no contact detail was given",
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b, &candidate.keys).into_iter().collect(),
            None => group(candidate, background),
        }
    }
}

/// Equal for equal identifiers of one kind.
fn key(identifier: &Identifier) -> Key {
    combine(
        hash_text(identifier.fact().kind()),
        hash_text(&identifier.value),
    )
}

/// What this detector compares: contacts of the applicant's own and accounts that they mention. Referees, metadata, and what
/// machines and services write are other detectors' business.
fn is_compared(identifier: &Identifier) -> bool {
    let contact = matches!(
        identifier.kind,
        IdentifierKind::Email
            | IdentifierKind::Phone
            | IdentifierKind::Account
            | IdentifierKind::Wallet
            | IdentifierKind::Iban
            | IdentifierKind::Address
    );
    contact && (is_own(identifier) || identifier.role == IdentifierRole::Mention)
}

fn is_own(identifier: &Identifier) -> bool {
    identifier.role.is_own()
}

/// One value with everybody who carries it: applicant by applicant, the places where it stands.
type Carriers<'a> = Vec<(&'a ApplicantId, Vec<&'a Identifier>)>;

/// The values of the members that `keys` name (all where it is empty), with those who carry them.
fn carriers<'a>(
    members: &[&'a Profile],
    keys: &[Key],
) -> BTreeMap<(IdentifierKind, &'a str), Carriers<'a>> {
    let mut values: BTreeMap<_, Carriers<'a>> = BTreeMap::new();
    for profile in members {
        for identifier in &profile.identifiers {
            if !is_compared(identifier) || !keys.is_empty() && !keys.contains(&key(identifier)) {
                continue;
            }
            let carriers = values
                .entry((identifier.kind, identifier.value.as_str()))
                .or_default();
            match carriers.last_mut() {
                Some((applicant, places)) if *applicant == &profile.applicant => {
                    places.push(identifier)
                }
                _ => carriers.push((&profile.applicant, vec![identifier])),
            }
        }
    }
    values
}

/// What a value is, by the weaker side: a number is assumed, or an account only mentioned, if it is so for anybody.
fn stratum(carriers: &Carriers<'_>) -> Stratum {
    let anybody = |weak: &dyn Fn(&Identifier) -> bool| {
        carriers
            .iter()
            .any(|(_, places)| places.iter().all(|i| weak(i)))
    };
    let first = carriers[0].1[0];
    match first.kind {
        IdentifierKind::Wallet => Stratum::Wallet,
        IdentifierKind::Iban => Stratum::Iban,
        IdentifierKind::Address => Stratum::Address,
        IdentifierKind::Phone if anybody(&|i| i.assumed_region) => Stratum::PhoneAssumed,
        IdentifierKind::Phone => Stratum::Phone,
        IdentifierKind::Email if email::is_role(&first.value) => Stratum::Organisation,
        IdentifierKind::Email => Stratum::Email,
        IdentifierKind::Account if anybody(&|i| !is_own(i)) => Stratum::Mention,
        IdentifierKind::Account if profile_url::is_own_site(&first.value) => Stratum::Organisation,
        // No other kind is compared.
        _ => Stratum::Account,
    }
}

fn observations<'a>(carriers: &'a Carriers<'a>) -> impl Iterator<Item = Observation> + 'a {
    let places = carriers.iter().flat_map(|(_, places)| places.iter());
    places.map(|i| Observation {
        fact: i.fact(),
        at: i.at.clone(),
    })
}

/// A template explains what one of two has nowhere but as a target of links: its maker's icons and addresses stay in place
/// under text that was written over.
fn left_in_place<'a>(mut shared: impl Iterator<Item = &'a Carriers<'a>>) -> Option<Relation> {
    let links_only =
        |places: &Vec<&Identifier>| places.iter().all(|i| i.role == IdentifierRole::Link);
    shared
        .all(|c| c.iter().any(|(_, places)| links_only(places)))
        .then_some(Relation::Template)
}

/// One evidence for everything that two share.
fn pair(a: &Profile, b: &Profile, keys: &[Key]) -> Option<Outcome> {
    let values = carriers(&[a, b], keys);
    let somebody_owns =
        |c: &Carriers<'_>| c.iter().any(|(_, places)| places.iter().any(|i| is_own(i)));
    let mut shared: Vec<(Stratum, &Carriers<'_>)> = values
        .values()
        .filter(|c| c.len() == 2 && somebody_owns(c))
        .map(|c| (stratum(c), c))
        .collect();
    shared.sort_by_key(|(stratum, _)| *stratum);
    let (strongest, first) = *shared.first()?;
    let explains = |r: &Relation| shared.iter().all(|(s, _)| s.explained_by().contains(r));
    let explained_by = strongest
        .explained_by()
        .iter()
        .copied()
        .filter(explains)
        .chain(left_in_place(shared.iter().map(|(_, c)| *c)))
        .collect();
    let further = shared.len() - 1;
    let mut facts = vec![first[0].1[0].fact()];
    facts.extend((further > 0).then(|| Fact::Number(further.to_string())));
    let explanation = Explanation::new(strongest.sentences()[further.min(1)], facts);
    let observed =
        Observations::from_vec(shared.iter().flat_map(|(_, c)| observations(c)).collect())?;
    let measure = Measure {
        table: strongest.table(),
        score: 1.0,
    };
    let subjects = Subjects::pair(&a.applicant, &b.applicant);
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        subjects,
        measure,
        explanation,
        explained_by,
        observed,
    ))))
}

/// What many share, told once for all who give it as their own.
fn group(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let values = carriers(&candidate.members, &candidate.keys);
    values
        .values()
        .filter(|c| c.len() >= 2)
        .filter_map(|c| shared_by_many(c, background))
        .collect()
}

fn shared_by_many(carriers: &Carriers<'_>, background: &Background) -> Option<Outcome> {
    let owners: Carriers<'_> = carriers
        .iter()
        .filter(|(_, places)| places.iter().any(|i| is_own(i)))
        .cloned()
        .collect();
    let kind = (owners.len() >= 2).then(|| stratum(&owners));
    let Some((kind, (table, explained_by, sentence))) = kind.and_then(|k| Some((k, k.of_many()?)))
    else {
        return Some(set_aside(carriers, PROJECT));
    };
    // A wallet and an account are one person's, whoever made the pool.
    if !matches!(kind, Stratum::Wallet | Stratum::Account) {
        if owners.len() <= HOT_BUCKET {
            return Some(set_aside(carriers, MANY));
        }
        if is_everybodys(owners.len(), background) {
            return Some(set_aside(carriers, EVERYBODYS));
        }
    }
    let facts = vec![
        Fact::Number(owners.len().to_string()),
        owners[0].1[0].fact(),
    ];
    let subjects = Subjects::group(owners.iter().map(|(applicant, _)| (*applicant).clone()))?;
    let measure = Measure {
        table: table.table(),
        score: 1.0,
    };
    let observed = Observations::from_vec(observations(&owners).collect())?;
    let explanation = Explanation::new(sentence, facts);
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        subjects,
        measure,
        explanation,
        explained_by.to_vec(),
        observed,
    ))))
}

fn set_aside(carriers: &Carriers<'_>, why: &'static str) -> Outcome {
    let mut subjects: Vec<ApplicantId> = carriers
        .iter()
        .map(|(applicant, _)| (*applicant).clone())
        .collect();
    subjects.sort();
    Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects,
        what: carriers[0].1[0].fact(),
        why,
    })
}

#[cfg(test)]
mod tests;
