//! One GitHub account number under two logins.
//!
//! # What it looks at
//! No-reply addresses (`number+login@users.noreply.github.com`) of the applicant's own identities in commits.
//!
//! # Why it can mean a link
//! The number belongs to one account for ever, and the login does not. Two applicants with one number under two logins
//! show two names of one account.
//!
//! # Innocent explanations
//! Of one applicant: they renamed their account. Of two: one handed in work of the other.
//!
//! # Limits
//! Only accounts that hide their address write the number. Where neither claims the identity, or the repositories grew
//! from one root, nothing is said.
//!
//! # References
//! GitHub Docs, "Setting your commit email address" and "Changing your username".

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::hold_of;
use crate::features::github_noreply::GithubNoReply;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::IdentifierKind;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::OwnedBy;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "renamed-account",
    title: "One GitHub account under two logins",
    family: Family::Identity,
    looks_at: "The account number and the login in the no-reply addresses of the applicant's own commits. Between two \
               applicants: one number under different logins. Of one applicant: a number under several logins.",
    why: "GitHub gives each account a number that never changes and is never given out twice; the login can be changed. Two \
          people cannot have one number, so two applicants who show it under two logins use one account under two names.",
    innocent: &[
        "The account was renamed: of one applicant alone that is all it means.",
        "One handed in a repository that the other wrote.",
        "They share an account, as a small firm or a couple might.",
        "Somebody wrote the address into the settings of git by hand or copied them with the machine.",
    ],
    question: "Your commits carry one account number under two logins. Did you rename the account, and when?",
    limits: "Needs commits with GitHub's no-reply addresses. Anybody can write such an address. An account that two applicants \
             show under the same login is left to commit-identity, and one that is theirs only because its holder wrote nearly \
             all of a repository weighs less, or nothing where that is so on both sides.",
    base_rate: "Of 4,945 account numbers in commits of ordinary public repositories 57 stood under more than one login (1.2 %): \
                renamed accounts. Between unrelated people the number never agrees; the rate asked for is a model's.",
    references: &[
        "GitHub Docs, Setting your commit email address",
        "GitHub Docs, Changing your username",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "the applicant's commits carry one login for each account",
    "an account of the applicant's had several logins",
];

const CLAIMED_BY_NEITHER: &str =
    "neither claims it: one author wrote nearly all of both repositories";

static VALUES: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants' repositories carry this account: commit-identity tells of them as one group",
    told: None,
    none: "no commit of the applicant's own carries an account number",
};

/// See the card.
pub(in crate::detect) struct RenamedAccount;

impl Detector for RenamedAccount {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        VALUES.keys(profile, sink);
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        let mut outcomes = VALUES.examine(profile, background);
        outcomes.extend(finding(profile).map(|f| Outcome::Finding(Box::new(f))));
        outcomes
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        VALUES.compare(candidate, background)
    }
}

/// Account numbers of owned identities; `detail` is the login. The first commit of each login stands for it.
fn held(profile: &Profile) -> Vec<Held> {
    let mut all = Vec::new();
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        let owned: BTreeMap<u32, OwnedBy> = owner.idents.iter().copied().collect();
        let mut seen = BTreeSet::new();
        for commit in &history.commits {
            for ident in [commit.author.ident, commit.committer.ident] {
                let Some(by) = owned.get(&ident).filter(|_| seen.insert(ident)) else {
                    continue;
                };
                let address = GithubNoReply::from_email(&history.idents[ident as usize].email);
                let Some((id, login)) = address.and_then(|n| Some((n.id?, n.login))) else {
                    continue;
                };
                all.push(Held {
                    kind: IdentifierKind::GithubId,
                    value: id.to_string(),
                    detail: login,
                    hold: hold_of(profile, &history.idents[ident as usize], *by),
                    at: Provenance::new(&history.source, Place::Commit(commit.id)),
                });
            }
        }
    }
    all
}

fn judge(case: &Case<'_>) -> Judged {
    let logins =
        |of: &[&Held]| -> BTreeSet<String> { of.iter().map(|h| h.detail.clone()).collect() };
    if !logins(&case.of_a).is_disjoint(&logins(&case.of_b)) {
        return Judged::Nothing; // commit-identity tells of a login that both show
    }
    let tie = |table, explained_by| {
        Judged::Ties(Tie {
            rank: 1,
            table,
            sentence: "One GitHub account, number {0}, is {3} in commits of {a}'s own ({1}) and {4} in commits of {b}'s own ({2}).",
            explained_by,
        })
    };
    match case.holds() {
        [Hold::Owns, Hold::Owns] => tie("renamed-account/claimed", &[]),
        [Hold::Owns, _] | [_, Hold::Owns] => tie(
            "renamed-account/supposed",
            &[Relation::Fork, Relation::Colleagues],
        ),
        _ => Judged::SetAside(CLAIMED_BY_NEITHER),
    }
}

/// An account of one applicant's that stands under several logins.
fn finding(profile: &Profile) -> Option<Finding> {
    let all = held(profile);
    let mut logins: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for h in &all {
        logins.entry(&h.value).or_default().insert(&h.detail);
    }
    let (number, names) = logins.iter().find(|(_, names)| names.len() > 1)?;
    let observed = all
        .iter()
        .filter(|h| h.value == *number)
        .map(|h| Observation {
            fact: Fact::Account(format!("github.com/{}", h.detail)),
            at: h.at.clone(),
        });
    Some(Finding::new(
        &CARD,
        &profile.applicant,
        FindingParts {
            base_rate: base_rate("renamed-account"),
            sample: all.len() as u32,
            propositions: PROPOSITIONS,
            explanation: Explanation::new(
                "One GitHub account, number {0}, stands under {1} logins in the applicant's own commits: it was renamed.",
                vec![
                    Fact::Account((*number).to_owned()),
                    Fact::Number(names.len().to_string()),
                ],
            ),
            observations: Observations::from_vec(observed.collect())?,
            exhibits: Vec::new(),
        },
    ))
}

#[cfg(test)]
mod tests;
