//! The owner closure: which identities of a repository are its applicant's own.
//!
//! Seeds are what the applicant claims (e-mail addresses, GitHub login). The closure grows by exact e-mail address,
//! GitHub account number and signing key; never by a name, and never through a host, a robot or a placeholder: joining
//! repositories by *all* contributors ties unrelated people, joining them by owners does not. Where nothing claimed is
//! in the history, an identity that wrote nearly all of it stands in. Names serve one purpose, to say no: somebody who
//! commits beside an identity of the applicant's own name is not taken for the applicant.
//!
//! The signer of a commit is its committer, so a key belongs to the committer. A key that also signed for a hosting
//! service is the service's own.

use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::commit_address::lowered;
use crate::features::github_noreply::GithubNoReply;
use crate::features::github_noreply::login_of_account;
use crate::model::History;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::NameKey;
use crate::model::OwnedBy;
use crate::model::Owner;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Share of commits, merges and robots apart, from which one identity stands in for an owner who claims nothing.
const SOLE_AUTHOR_SHARE: f64 = 0.9;

/// Key ids with which GitHub signs what is done in its web pages (github.com/web-flow.gpg, 2017 and 2024).
const WEB_FLOW_KEYS: &[&str] = &["4AEE18F83AFDEB23", "B5690EEEBB952194"];

/// What identifies somebody: the values the closure grows by.
#[derive(Default)]
struct Known {
    emails: BTreeSet<String>,
    ids: BTreeSet<u64>,
    logins: BTreeSet<String>,
    keys: BTreeSet<u32>,
}

/// Owned identities of `history` for an applicant with these claims; empty where nothing is claimed in it and nobody
/// wrote at least 90 % of it.
pub fn closure(identifiers: &[Identifier], name: Option<NameKey>, history: &History) -> Owner {
    let host_keys = host_keys(history);
    let mut owned = BTreeMap::new();
    let mut known = claimed(identifiers);
    for index in indices(history) {
        if is_known(history, index, &known) {
            owned.insert(index, OwnedBy::Claim);
        }
    }
    if owned.is_empty() {
        known = Known::default();
        owned.extend(
            sole_author(history, name)
                .into_iter()
                .map(|index| (index, OwnedBy::SoleAuthor)),
        );
    }
    if owned.is_empty() {
        return Owner::default();
    }
    known.logins.clear(); // a login can change hands: it seeds, the closure grows by what cannot
    grow(history, &host_keys, &mut owned, &mut known);
    finish(history, owned, &known)
}

/// Claimed e-mail addresses and logins. A mere link to a profile counts only where it is the one profile linked.
fn claimed(identifiers: &[Identifier]) -> Known {
    let mut known = Known::default();
    let mut linked = BTreeSet::new();
    for i in identifiers {
        match (i.kind, i.role) {
            (IdentifierKind::Email, IdentifierRole::Claimed | IdentifierRole::Contact) => {
                known
                    .emails
                    .extend([lowered(&i.value), lowered(&i.written)]);
            }
            // A repository that the résumé names may be anybody's, a referee's profile is somebody's.
            (IdentifierKind::Account, role) if !role.is_own() => {}
            (IdentifierKind::Account, role) => {
                let Some(login) = login_of_account(&i.value) else {
                    continue;
                };
                if role != IdentifierRole::Link {
                    known.logins.insert(login.clone());
                }
                linked.insert(login);
            }
            _ => {}
        }
    }
    if known.logins.is_empty() && linked.len() == 1 {
        known.logins = linked;
    }
    known
        .emails
        .retain(|email| address_kind(email) != AddressKind::Placeholder);
    known
}

fn indices(history: &History) -> impl Iterator<Item = u32> {
    let may_own = |index: &u32| address_kind(&history.idents[*index as usize].email).is_somebody();
    (0..history.idents.len() as u32).filter(may_own)
}

fn is_known(history: &History, index: u32, known: &Known) -> bool {
    let email = &history.idents[index as usize].email;
    known.emails.contains(&lowered(email))
        || GithubNoReply::from_email(email).is_some_and(|n| {
            known.logins.contains(&n.login) || n.id.is_some_and(|id| known.ids.contains(&id))
        })
}

/// Adds identities that share an e-mail address, account number or key with an owned one, until nothing is added.
fn grow(
    history: &History,
    host_keys: &BTreeSet<u32>,
    owned: &mut BTreeMap<u32, OwnedBy>,
    known: &mut Known,
) {
    let why = owned.values().next().copied().unwrap_or(OwnedBy::Closure);
    let mut habits = habits(history);
    habits.retain(|(key, _)| !host_keys.contains(key));
    loop {
        for &index in owned.keys() {
            let email = &history.idents[index as usize].email;
            known.emails.insert(lowered(email));
            known
                .ids
                .extend(GithubNoReply::from_email(email).and_then(|n| n.id));
        }
        let of_owned = habits.iter().filter(|(_, who)| owned.contains_key(who));
        known.keys.extend(of_owned.map(|(key, _)| *key));
        let before = owned.len();
        let signed: BTreeSet<u32> = history
            .commits
            .iter()
            .filter(|c| c.key.is_some_and(|key| known.keys.contains(&key)))
            .map(|c| c.committer.ident)
            .collect();
        for index in indices(history) {
            if is_known(history, index, known) {
                let same_email = why == OwnedBy::SoleAuthor
                    && known
                        .emails
                        .contains(&lowered(&history.idents[index as usize].email));
                owned.entry(index).or_insert(if same_email {
                    OwnedBy::SoleAuthor
                } else {
                    OwnedBy::Closure
                });
            } else if signed.contains(&index) {
                owned.entry(index).or_insert(OwnedBy::Closure);
            }
        }
        if owned.len() == before {
            return;
        }
    }
}

/// Share of the commits, all or those between the first and the last signed one, from which signing is a habit. A choice.
const HABIT: f64 = 0.5;
/// Signed commits that a habit between the first and the last needs.
const HABIT_COMMITS: usize = 3;

/// Keys with the committers who sign by habit: a forge signs only what is done on its pages, here and there.
fn habits(history: &History) -> BTreeSet<(u32, u32)> {
    let mut by_committer: BTreeMap<u32, Vec<Option<u32>>> = BTreeMap::new();
    for commit in &history.commits {
        let keys = by_committer.entry(commit.committer.ident).or_default();
        keys.push(commit.key);
    }
    let mut out = BTreeSet::new();
    for (who, keys) in by_committer {
        let different: BTreeSet<u32> = keys.iter().flatten().copied().collect();
        for key in different {
            let at: Vec<usize> = (0..keys.len()).filter(|&i| keys[i] == Some(key)).collect();
            let (first, last) = (at[0], at[at.len() - 1]);
            let between = keys[first..=last].iter().filter(|k| k.is_some()).count();
            let is_most = at.len() as f64 >= HABIT * keys.len() as f64;
            let is_lasting = at.len() >= HABIT_COMMITS
                && between as f64 >= (1.0 + HABIT) / 2.0 * (last + 1 - first) as f64;
            if is_most || is_lasting {
                out.insert((key, who));
            }
        }
    }
    out
}

/// Keys of hosting services: the known ones, and every key that signed for a host's own address.
fn host_keys(history: &History) -> BTreeSet<u32> {
    let listed = history.keys.iter().enumerate().filter(|(_, key)| {
        let id = key.0.to_uppercase();
        WEB_FLOW_KEYS.iter().any(|known| id.ends_with(known))
    });
    let mut keys: BTreeSet<u32> = listed.map(|(index, _)| index as u32).collect();
    keys.extend(keys_of_several(history));
    for commit in &history.commits {
        let committer = &history.idents[commit.committer.ident as usize].email;
        if !address_kind(committer).is_somebody() {
            keys.extend(commit.key);
        }
    }
    keys
}

/// Keys that signed for people of different names at different addresses: a forge signs what is done on its pages with
/// its own key and the user as committer. Somebody who changed both name and address is lost with them.
fn keys_of_several(history: &History) -> BTreeSet<u32> {
    let mut people: BTreeMap<u32, BTreeMap<u64, String>> = BTreeMap::new();
    for commit in &history.commits {
        let committer = &history.idents[commit.committer.ident as usize];
        // A host-made address carries the name of the account, which need not be the person's.
        let is_person = address_kind(&committer.email) == AddressKind::Person
            && GithubNoReply::from_email(&committer.email).is_none();
        if let Some(key) = commit.key.filter(|_| is_person && committer.name_key != 0) {
            let names = people.entry(key).or_default();
            names
                .entry(committer.name_key)
                .or_insert_with(|| lowered(&committer.email));
        }
    }
    let is_of_several = |names: &BTreeMap<u64, String>| {
        names.len() > 1 && names.values().collect::<BTreeSet<_>>().len() > 1
    };
    people
        .into_iter()
        .filter_map(|(key, names)| is_of_several(&names).then_some(key))
        .collect()
}

/// The identities with the e-mail address that wrote at least 90 % of the commits; none where another identity carries
/// the applicant's own name and this one does not.
fn sole_author(history: &History, name: Option<NameKey>) -> Vec<u32> {
    let mut count: BTreeMap<String, u32> = BTreeMap::new();
    let mut total = 0u32;
    for commit in history.commits.iter().filter(|c| c.parents.len() < 2) {
        let email = &history.idents[commit.author.ident as usize].email;
        if matches!(address_kind(email), AddressKind::Robot | AddressKind::Host) {
            continue;
        }
        total += 1;
        *count.entry(lowered(email)).or_default() += 1;
    }
    let Some((email, most)) = count.into_iter().max_by_key(|(_, n)| *n) else {
        return Vec::new();
    };
    if f64::from(most) < SOLE_AUTHOR_SHARE * f64::from(total) {
        return Vec::new();
    }
    let same: Vec<u32> = indices(history)
        .filter(|&i| lowered(&history.idents[i as usize].email) == email)
        .collect();
    let carries = |index: &u32| {
        name.is_some_and(|n| n.0 != 0 && history.idents[*index as usize].name_key == n.0)
    };
    if !same.iter().any(carries) && indices(history).any(|i| carries(&i)) {
        return Vec::new();
    }
    same
}

fn finish(history: &History, owned: BTreeMap<u32, OwnedBy>, known: &Known) -> Owner {
    let emails: BTreeSet<String> = owned
        .keys()
        .map(|&i| lowered(&history.idents[i as usize].email))
        .collect();
    let mut keys: Vec<String> = known
        .keys
        .iter()
        .map(|&k| history.keys[k as usize].0.clone())
        .collect();
    keys.sort();
    Owner {
        emails: emails.into_iter().collect(),
        github_ids: known.ids.iter().copied().collect(),
        keys,
        idents: owned.into_iter().collect(),
    }
}

#[cfg(test)]
mod tests;
