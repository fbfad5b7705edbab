//! What an identity of one applicant in another's history amounts to, and which ordinary relation would show it too.

use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::commit_token::Token;
use crate::features::commit_token::claimed_tokens;
use crate::features::commit_token::own_tokens;
use crate::features::standing::Standing;
use crate::model::Ident;
use crate::model::OwnedBy;
use crate::model::Profile;
use crate::model::Relation;
use std::collections::BTreeSet;

/// An openly named contributor: at least this many commits …
const REGULAR_COMMITS: u32 = 5;
/// … and this share. Both are choices, not measured: a slip is one or few commits.
const REGULAR_SHARE: f64 = 0.05;
/// Share of the commits from which a repository counts as its applicant's own.
const OWN_SHARE: f64 = 0.5;

pub(in crate::detect) const COMMON: &str =
    "it stands in a repository that shares commits with the owner's: a fork or a common upstream";
pub(in crate::detect) const DECLARED: &str = "a co-author or sign-off trailer declares it";
pub(in crate::detect) const REGULAR: &str =
    "it wrote a fair part of the repository openly: a regular contributor";
pub(in crate::detect) const PROJECT: &str =
    "others wrote at least half of the repository: a project of several people";
pub(in crate::detect) const HANDED_IN: &str =
    "it stands in a repository that one handed in under the other's name";
pub(in crate::detect) const SUPPOSED: &str = "neither claims it: one author wrote nearly all of both repositories, a teacher or a public author";
pub(in crate::detect) const CLAIMED: &str =
    "both applicants claim it in their documents: see shared-contact";
pub(in crate::detect) const PUBLIC: &str =
    "many applicants' repositories carry it and only one owns it: the author of something public";

/// Ordered by weight, heaviest last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::detect) enum Verdict {
    /// Says nothing, and why.
    SetAside(&'static str),
    /// Stands in the other's history under its own name.
    InOthers(Vec<Relation>),
    /// Stands there under the other's name.
    NamedAsHost(Vec<Relation>),
    /// Is the own identity of both.
    OwnedByBoth(Vec<Relation>),
}

/// Weighs what stands in history number `n` of `host`, which shares no commits with the owner's.
pub(in crate::detect) fn judge(
    owner: &Profile,
    host: &Profile,
    n: usize,
    positions: &[usize],
    standing: &Standing,
) -> Verdict {
    let history = &host.histories[n];
    let owned = |ident: &u32| {
        host.owners
            .get(n)
            .and_then(|o| o.idents.iter().find(|(i, _)| i == ident))
            .map(|(_, why)| *why)
    };
    let hosts_names = names(host, &standing.idents, n);
    let name_of = |ident: &u32| history.idents[*ident as usize].name_key;
    let under_hosts_name = standing
        .idents
        .iter()
        .any(|i| hosts_names.contains(&name_of(i)));
    let hosts_tokens = own_tokens(host);
    let held: BTreeSet<&Token> = standing
        .tokens
        .iter()
        .filter(|t| hosts_tokens.contains(t))
        .collect();
    if !held.is_empty() {
        if handed_in(host, owner, &held) {
            return Verdict::InOthers(vec![Relation::Fork, Relation::Colleagues]);
        }
        if handed_in(owner, host, &held) {
            return Verdict::SetAside(HANDED_IN);
        }
        if only_supposed(host, &held) && only_supposed(owner, &held) {
            return Verdict::SetAside(SUPPOSED);
        }
        return Verdict::OwnedByBoth(ordinary(&held, standing.declared));
    }
    let regular = standing.authored >= REGULAR_COMMITS
        && f64::from(standing.authored) >= REGULAR_SHARE * f64::from(standing.total);
    if under_hosts_name {
        return Verdict::NamedAsHost(ordinary(
            &standing.tokens.iter().collect(),
            standing.declared,
        ));
    }
    let by_host = positions
        .iter()
        .filter(|&&at| owned(&history.commits[at].author.ident).is_some())
        .count();
    if standing.declared {
        Verdict::SetAside(DECLARED)
    } else if regular {
        Verdict::SetAside(REGULAR)
    } else if (by_host as f64) < OWN_SHARE * positions.len() as f64 {
        Verdict::SetAside(PROJECT)
    } else {
        Verdict::InOthers(vec![Relation::Colleagues])
    }
}

/// Whether `holder` has the tokens only as the sole author of a repository that stands wholly under the name `other`
/// claims: somebody else's work handed in rather than a second name.
fn handed_in(holder: &Profile, other: &Profile, tokens: &BTreeSet<&Token>) -> bool {
    let claimed = claimed_tokens(holder);
    let mut found = false;
    for (owner, history) in holder.owners.iter().zip(&holder.histories) {
        for (index, why) in &owner.idents {
            let ident = &history.idents[*index as usize];
            if !Token::of_email(&ident.email)
                .iter()
                .any(|t| tokens.contains(t))
            {
                continue;
            }
            let others = other.name.is_some_and(|name| name.0 == ident.name_key)
                && other.name != holder.name;
            if *why != OwnedBy::SoleAuthor || !others {
                return false;
            }
            found = true;
        }
    }
    found && !tokens.iter().any(|token| claimed.contains(token))
}

/// Whether the tokens are taken for the holder's own for no other reason than that one identity, under a name the holder
/// does not claim, wrote nearly all of a repository: it may be anybody's work.
pub(in crate::detect::commit_identity) fn only_supposed(
    holder: &Profile,
    tokens: &BTreeSet<&Token>,
) -> bool {
    let claimed = claimed_tokens(holder);
    let named = |ident: &Ident| {
        holder
            .name
            .is_some_and(|n| n.0 != 0 && n.0 == ident.name_key)
    };
    let mut held = holder
        .owners
        .iter()
        .zip(&holder.histories)
        .flat_map(|(owner, history)| {
            owner
                .idents
                .iter()
                .map(|(index, why)| (*why, &history.idents[*index as usize]))
        })
        .filter(|(_, ident)| {
            Token::of_email(&ident.email)
                .iter()
                .any(|t| tokens.contains(t))
        })
        .peekable();
    // A key under several addresses is no one author's repository.
    held.peek().is_some()
        && !tokens.iter().any(|token| claimed.contains(token))
        && held.all(|(why, ident)| why == OwnedBy::SoleAuthor && !named(ident))
}

/// Name keys of an applicant: the claimed name and owned identities, but for those in `but` of history `n`.
fn names(profile: &Profile, but: &BTreeSet<u32>, n: usize) -> BTreeSet<u64> {
    let mut names: BTreeSet<u64> = profile.name.iter().map(|name| name.0).collect();
    for (at, (owner, history)) in profile.owners.iter().zip(&profile.histories).enumerate() {
        let owned = owner
            .idents
            .iter()
            .filter(|(i, _)| at != n || !but.contains(i));
        names.extend(owned.map(|(i, _)| history.idents[*i as usize].name_key));
    }
    names.remove(&0);
    names
}

/// Ordinary relations that would show the same: only addresses of a machine or an office, or declared co-authors.
pub(in crate::detect) fn ordinary(tokens: &BTreeSet<&Token>, declared: bool) -> Vec<Relation> {
    let kind = |token: &&Token| match token {
        Token::Email(email) => address_kind(email),
        _ => AddressKind::Person,
    };
    let mut relations = Vec::new();
    if declared || tokens.iter().all(|t| kind(t) == AddressKind::Office) {
        relations.push(Relation::Colleagues);
    }
    if declared || tokens.iter().all(|t| kind(t) == AddressKind::Machine) {
        relations.push(Relation::SharedMachine);
    }
    relations
}
