//! # What it looks at
//! Whether an identity that is one applicant's own (commit address, GitHub account number, signing key, or an address or
//! login they claim) stands in the history of another applicant.
//! # Why it can mean a link
//! Somebody who works under two names forgets once to change the address that git writes into every commit.
//! # Innocent explanations
//! Colleagues and pair programmers, a shared machine, a fork.
//! # Limits
//! A careful person never mixes addresses. Addresses can be set to anything, so somebody else's can be borrowed.
//! # References
//! git-commit-tree(1); GitHub, "Setting your commit email address"; rates in `corpora/calibration/commit-identity.json`.
//!
//! Never joined on all contributors: unrelated repositories share contributors, not owners. An identity that a trailer
//! declares, that wrote a fair part openly, that stands in common commits or in a project of several people is set aside.
//! What both applicants claim in their documents is left to `shared-contact`, so that one fact does not count twice.

mod group;
mod verdict;

use crate::detect::Detector;
use crate::detect::commit_identity::group::group;
use crate::detect::commit_identity::verdict::CLAIMED;
use crate::detect::commit_identity::verdict::COMMON;
use crate::detect::commit_identity::verdict::Verdict;
use crate::detect::commit_identity::verdict::judge;
use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::commit_token::Token;
use crate::features::commit_token::claimed_tokens;
use crate::features::commit_token::own_tokens;
use crate::features::commit_token::tokens_of;
use crate::features::standing::Standing;
use crate::features::standing::mentioned;
use crate::features::standing::own_commits;
use crate::features::standing::standing;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::History;
use crate::model::IdentifierRole;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "commit-identity",
    title: "One applicant's commit identity in another applicant's repository",
    family: Family::Identity,
    looks_at: "Author and committer addresses, GitHub account numbers and signing keys of every commit, against those that \
               another applicant owns or claims.",
    why: "Git writes the configured address into every commit. Somebody who works under two names forgets once to change it; \
          an account number or a key belongs to one holder.",
    innocent: &[
        "They worked together, and one committed on the other's machine.",
        "One copied the other's git settings, or a shared machine had them.",
        "One applied a patch by the other without saying so.",
        "One handed in a repository that the other wrote.",
    ],
    question: "Some commits of this repository carry another person's address. Who is that, and how did these commits come \
               about?",
    limits: "Needs a repository with at least three commits on one side. Anybody can write anybody's address into a commit; \
             only a signature proves it. Set aside: identities that a trailer declares, that wrote at least five commits and \
             5 % openly, that stand in commits both repositories have, or in a project that others mostly wrote; robots, \
             hosts and placeholders; addresses that both applicants claim (shared-contact speaks of those).",
    base_rate: "Of 18,528 pairs of unrelated owners of public repositories none shared an owner's address, and in four one \
                owner stood in the other's history. Of 14,666 addresses of people 38 stood under two names without a common \
                word in two repositories: fewer than one in a million pairs of addresses.",
    references: &[
        "git-commit-tree(1), section Commit Information",
        "GitHub Docs, Setting your commit email address",
        "Fellegi and Sunter 1969, A theory for record linkage",
    ],
};

/// Commits under which a history says nothing about who works in it.
const MIN_COMMITS: u32 = 3;
const SHOWN: usize = 5;

const OWNED: &str = "{a} and {b} both commit as {0}: it is the own identity of each, and stands in {1} of {2} commits of {3}.";
/// For an identity of {a} in a repository of {b}, and the other way round.
const NAMED: [&str; 2] = [
    "{a}'s own identity {0} stands under {b}'s own name in {1} of {2} commits of {b}'s repository {3}.",
    "{b}'s own identity {0} stands under {a}'s own name in {1} of {2} commits of {a}'s repository {3}.",
];
const IN_OTHERS: [&str; 2] = [
    "{a}'s own identity {0} stands in {1} of {2} commits of {b}'s repository {3}, and no trailer declares it.",
    "{b}'s own identity {0} stands in {1} of {2} commits of {a}'s repository {3}, and no trailer declares it.",
];

const TABLE_OWNED: &str = "commit-identity/owned-by-both";
const TABLE_IN_OTHERS: &str = "commit-identity/in-others-history";

/// See the card.
pub(in crate::detect) struct CommitIdentity;

impl Detector for CommitIdentity {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        let own = own_tokens(profile);
        own.iter().for_each(|token| sink.owns(token.join_key()));
        for history in &profile.histories {
            mentioned(history)
                .iter()
                .filter(|t| !own.contains(t))
                .for_each(|token| sink.mentions(token.join_key()));
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let have = profile
            .histories
            .iter()
            .map(|h| h.commits.len() as u32)
            .sum();
        match profile.histories.len() {
            0 => vec![Outcome::CouldNotLook {
                why: "no repository was given",
            }],
            _ if have < MIN_COMMITS => vec![Outcome::TooLittle {
                have,
                need: MIN_COMMITS,
            }],
            _ => Vec::new(),
        }
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b),
            None => group(candidate),
        }
    }
}

/// What one direction of a pair shows: an identity of `owner` in a repository of `host`.
struct Case<'a> {
    owner: &'a Profile,
    host: &'a Profile,
    /// 0 where the owner is the first of the pair.
    turned: usize,
    history: &'a History,
    standing: Standing,
    verdict: Verdict,
}

fn pair(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let mut cases = direction(a, b, 0);
    cases.extend(direction(b, a, 1));
    let rank = |c: &Case<'_>| {
        let plain = matches!(&c.verdict, Verdict::NamedAsHost(why) | Verdict::OwnedByBoth(why) if why.is_empty());
        (
            matches!(c.verdict, Verdict::SetAside(_)),
            !plain,
            std::cmp::Reverse(c.verdict.clone()),
        )
    };
    cases.sort_by_key(rank);
    let mut cases = cases.iter();
    match cases.next() {
        Some(first) if !matches!(first.verdict, Verdict::SetAside(_)) => {
            evidence(a, b, first).into_iter().collect()
        }
        Some(first) => [first]
            .into_iter()
            .chain(cases)
            .map(|c| c.set_aside())
            .collect(),
        None => Vec::new(),
    }
}

fn direction<'a>(owner: &'a Profile, host: &'a Profile, turned: usize) -> Vec<Case<'a>> {
    let tokens = own_tokens(owner);
    let both_claim: BTreeSet<Token> = claimed_tokens(owner)
        .intersection(&claimed_tokens(host))
        .cloned()
        .collect();
    let commits: BTreeSet<ObjectId> = owner
        .histories
        .iter()
        .flat_map(|h| h.commits.iter().map(|c| c.id))
        .collect();
    let mut cases = Vec::new();
    for (n, history) in host.histories.iter().enumerate() {
        let positions = own_commits(history);
        let standing = standing(history, &positions, &tokens);
        if standing.commits.is_empty() {
            continue;
        }
        let verdict = if standing.tokens.is_subset(&both_claim) {
            Verdict::SetAside(CLAIMED)
        } else if history.commits.iter().any(|c| commits.contains(&c.id)) {
            Verdict::SetAside(COMMON)
        } else {
            judge(owner, host, n, &positions, &standing)
        };
        cases.push(Case {
            owner,
            host,
            turned,
            history,
            standing,
            verdict,
        });
    }
    cases
}

impl Case<'_> {
    /// The token to show: an account number or key before an address, an address before a login.
    fn token(&self) -> Option<&Token> {
        let order = |token: &&Token| match token {
            Token::Key(_) => 0,
            Token::GithubId(_) => 1,
            Token::Email(email) if address_kind(email) == AddressKind::Person => 2,
            Token::GithubLogin(_) => 3,
            Token::Email(_) => 4,
        };
        self.standing.tokens.iter().min_by_key(order)
    }

    fn set_aside(&self) -> Outcome {
        let mut subjects = vec![self.owner.applicant.clone(), self.host.applicant.clone()];
        subjects.sort();
        let what = self
            .token()
            .map_or_else(|| Fact::Path(self.history.source.path.clone()), Token::fact);
        let why = if let Verdict::SetAside(why) = self.verdict {
            why
        } else {
            COMMON
        };
        Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects,
            what,
            why,
        })
    }
}

fn evidence(a: &Profile, b: &Profile, case: &Case<'_>) -> Option<Outcome> {
    let token = case.token()?;
    let (table, template, explained) = match &case.verdict {
        Verdict::OwnedByBoth(why) => (TABLE_OWNED, OWNED, why),
        Verdict::NamedAsHost(why) => (TABLE_OWNED, NAMED[case.turned], why),
        Verdict::InOthers(why) => (TABLE_IN_OTHERS, IN_OTHERS[case.turned], why),
        Verdict::SetAside(_) => return None,
    };
    let facts = vec![
        token.fact(),
        Fact::Number(case.standing.commits.len().to_string()),
        Fact::Number(own_commits(case.history).len().to_string()),
        Fact::Path(case.history.source.path.clone()),
    ];
    let shown = case
        .standing
        .commits
        .iter()
        .take(SHOWN)
        .map(|&at| Observation {
            fact: token.fact(),
            at: Provenance::new(
                &case.history.source,
                Place::Commit(case.history.commits[at].id),
            ),
        });
    let seen = shown.chain(own_side(case.owner, token)).collect();
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure { table, score: 1.0 },
        Explanation::new(template, facts),
        explained.clone(),
        Observations::from_vec(seen)?,
    ))))
}

/// Where the owner shows that the token is theirs: a claim, else the first commit that carries it.
fn own_side(owner: &Profile, token: &Token) -> Option<Observation> {
    let claim = owner.identifiers.iter().find(|i| {
        i.role.is_own() && i.role != IdentifierRole::Link && tokens_of(i).contains(token)
    });
    if let Some(claim) = claim {
        return Some(Observation {
            fact: claim.fact(),
            at: claim.at.clone(),
        });
    }
    let wanted = BTreeSet::from([token.clone()]);
    owner.histories.iter().find_map(|history| {
        let at = *standing(history, &own_commits(history), &wanted)
            .commits
            .first()?;
        let place = Place::Commit(history.commits[at].id);
        Some(Observation {
            fact: token.fact(),
            at: Provenance::new(&history.source, place),
        })
    })
}

#[cfg(test)]
mod tests;
