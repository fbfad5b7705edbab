//! One key under two names.
//!
//! # What it looks at
//! Keys that sign the applicant's own commits, keys they give in claims and documents, and public keys that stand in files
//! of their repositories.
//!
//! # Why it can mean a link
//! Whoever signs holds the private half. Two applicants whose own commits are signed with one key use one key file.
//!
//! # Innocent explanations
//! A colleague's or a teacher's key among those let in; one handed in work of the other; a machine that two share.
//!
//! # Limits
//! Signatures are not verified: a key id is what the commit says. Keys of hosting services are no one's own.
//!
//! # References
//! RFC 9580 (OpenPGP); PROTOCOL.sshsig and sshd(8) of OpenSSH.

use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::hold_of;
use crate::model::Card;
use crate::model::Family;
use crate::model::History;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::OwnedBy;
use crate::model::Owner;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "shared-key",
    title: "One signing or access key under two names",
    family: Family::Identity,
    looks_at: "OpenPGP and SSH keys that sign the applicant's own commits, that the applicant gives in the form or a document, \
               and public keys in the files of their repositories.",
    why: "Somebody who signs with a key holds its secret half, and people do not hand that out. One key on the commits of two \
          applicants means one key file, or one machine, behind both.",
    innocent: &[
        "A colleague, a teacher or a service was given access, so that the same public key stands in both repositories.",
        "One handed in a repository that the other wrote and signed.",
        "Both work on a machine that signs with one key: a build server, an office computer.",
        "The key comes with a tutorial or a set of start-up scripts.",
    ],
    question: "This key also signs or stands in another applicant's repository. Whose key is it, and who else can use it?",
    limits: "Most people do not sign their commits. Signatures are read, not verified. The keys with which hosting services sign \
             are left out, and so are keys of others who openly commit to a repository. A public key that only stands in files \
             weighs little, because anybody can be given access. A key in a file that both have is set aside.",
    base_rate: "Among the signing keys of the owners of 193 unrelated public repositories (18,528 pairs) none belonged to two \
                owners once keys of hosting services are left out. The rate that is asked for is that of a model: a key has one \
                holder, and of pairs of unrelated people at most one in a million would be tied by a misread or borrowed one.",
    references: &[
        "RFC 9580 (OpenPGP)",
        "OpenSSH, PROTOCOL.sshsig and sshd(8), section AUTHORIZED_KEYS FILE FORMAT",
        "github.com/web-flow.gpg (the keys of a hosting service)",
    ],
};

/// What stands beside a key that signs or is claimed; a key in a file has no such mark.
const SIGNS: &str = "signs";

/// See the card.
pub(in crate::detect) static SHARED_KEY: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants carry this key: a service's, a course's, or one that commit-identity tells of as a group",
    told: None,
    none: "no key signs the applicant's own commits or stands in their material",
};

fn held(profile: &Profile) -> Vec<Held> {
    let is_key = |i: &&Identifier| i.kind == IdentifierKind::SigningKey;
    let mut all: Vec<Held> = Vec::new();
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        all.extend(signing(profile, history, owner));
    }
    let given = profile.identifiers.iter().filter(is_key).map(|i| {
        let hold = match i.role.is_own() {
            true => Hold::Owns,
            false => Hold::Mentions,
        };
        Held {
            detail: SIGNS.into(),
            ..Held::new(i, hold)
        }
    });
    all.extend(given);
    let files = profile.repositories.iter().flat_map(|r| &r.identifiers);
    all.extend(files.filter(is_key).map(|i| Held::new(i, Hold::Has)));
    all
}

/// The keys of owned commits, each where it first signs.
fn signing(profile: &Profile, history: &History, owner: &Owner) -> Vec<Held> {
    let owned: BTreeMap<u32, OwnedBy> = owner.idents.iter().copied().collect();
    let mut first: BTreeMap<&str, Held> = BTreeMap::new();
    for commit in &history.commits {
        let committer = commit.committer.ident;
        let (Some(key), Some(by)) = (commit.key, owned.get(&committer)) else {
            continue;
        };
        let value = history.keys[key as usize].0.as_str();
        if owner.keys.iter().any(|k| k == value) {
            let hold = hold_of(profile, &history.idents[committer as usize], *by);
            let new = || Held {
                kind: IdentifierKind::SigningKey,
                value: value.to_owned(),
                detail: SIGNS.into(),
                hold,
                at: Provenance::new(&history.source, Place::Commit(commit.id)),
            };
            let held = first.entry(value).or_insert_with(new);
            held.hold = held.hold.max(hold);
        }
    }
    first.into_values().collect()
}

fn judge(case: &Case<'_>) -> Judged {
    let signs = |of: &[&Held]| of.iter().any(|h| h.detail == SIGNS);
    let (rank, table, sentence, explained_by): (_, _, _, &[Relation]) =
        match (case.holds(), signs(&case.of_a) && signs(&case.of_b)) {
            ([Hold::Owns, Hold::Owns], _) => (
                3,
                "shared-key/own",
                "One key, {0}, is {a}'s own ({1}) and {b}'s own ({2}).",
                &[],
            ),
            (_, true) => (
                2,
                "shared-key/supposed",
                "One key, {0}, signs commits in {a}'s repository {1} and in {b}'s repository {2}.",
                &[Relation::Fork, Relation::Colleagues],
            ),
            ([Hold::Owns, _] | [_, Hold::Owns], false) => (
                1,
                "shared-key/let-in",
                "The key {0} is one's own and stands in a file of the other's ({1}; {2}).",
                &[Relation::Colleagues, Relation::Fork],
            ),
            _ => (
                0,
                "shared-key/in-files",
                "The same public key, {0}, stands in files of {a} ({1}) and of {b} ({2}).",
                &[Relation::Agency, Relation::Colleagues],
            ),
        };
    Judged::Ties(Tie {
        rank,
        table,
        sentence,
        explained_by,
    })
}

#[cfg(test)]
mod tests;
