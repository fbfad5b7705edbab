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

use crate::detect::Detector;
use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::standing::Standing;
use crate::features::standing::own_commits;
use crate::features::standing::standing;
use crate::features::commit_token::Token;
use crate::features::commit_token::claimed_tokens;
use crate::features::commit_token::own_tokens;
use crate::features::commit_token::tokens_of;
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
use crate::model::OwnedBy;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
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
    base_rate: "Owners' addresses of unrelated repositories were never the same: 0 of 120 and 0 of 284 pairs in two samples; \
                the shipped table says what was measured since.",
    references: &[
        "git-commit-tree(1), section Commit Information",
        "GitHub Docs, Setting your commit email address",
        "Fellegi and Sunter 1969, A theory for record linkage",
    ],
};

/// Commits under which a history says nothing about who works in it.
const MIN_COMMITS: u32 = 3;
/// An openly named contributor: at least this many commits …
const REGULAR_COMMITS: u32 = 5;
/// … and this share. Both are choices, not measured: a slip is one or few commits.
const REGULAR_SHARE: f64 = 0.05;
/// Share of the commits from which a repository counts as its applicant's own.
const OWN_SHARE: f64 = 0.5;
const SHOWN: usize = 5;

const COMMON: &str =
    "it stands in a repository that shares commits with the owner's: a fork or a common upstream";
const DECLARED: &str = "a co-author or sign-off trailer declares it";
const REGULAR: &str = "it wrote a fair part of the repository openly: a regular contributor";
const PROJECT: &str = "others wrote at least half of the repository: a project of several people";
const HANDED_IN: &str = "it stands in a repository that one handed in under the other's name";
const CLAIMED: &str = "both applicants claim it in their documents: see shared-contact";
const PUBLIC: &str =
    "many applicants' repositories carry it and only one owns it: the author of something public";

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
const GROUP: &str = "{1} applicants commit or sign as {0}: it is the own identity of each.";

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

/// Tokens of every author, committer and signer of a history's own commits.
fn mentioned(history: &History) -> BTreeSet<Token> {
    let mut idents = BTreeSet::new();
    let mut tokens = BTreeSet::new();
    for at in own_commits(history) {
        let commit = &history.commits[at];
        idents.extend([commit.author.ident, commit.committer.ident]);
        tokens.extend(
            commit
                .key
                .map(|key| Token::Key(history.keys[key as usize].0.clone())),
        );
    }
    tokens.extend(
        idents
            .iter()
            .flat_map(|&i| Token::of_email(&history.idents[i as usize].email)),
    );
    tokens.retain(Token::is_somebodys);
    tokens
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

/// Ordered by weight, heaviest last.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Verdict {
    SetAside(&'static str),
    InOthers(Vec<Relation>),
    NamedAsHost(Vec<Relation>),
    OwnedByBoth(Vec<Relation>),
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

fn judge(
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
            if !Token::of_email(&ident.email).iter().any(|t| tokens.contains(t)) {
                continue;
            }
            let others = other.name.is_some_and(|name| name.0 == ident.name_key) && other.name != holder.name;
            if *why != OwnedBy::SoleAuthor || !others {
                return false;
            }
            found = true;
        }
    }
    found && !tokens.iter().any(|token| claimed.contains(token))
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
fn ordinary(tokens: &BTreeSet<&Token>, declared: bool) -> Vec<Relation> {
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
    let claim = owner
        .identifiers
        .iter()
        .find(|i| i.role != IdentifierRole::Link && tokens_of(i).contains(token));
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

/// More than a few applicants meet in one identity. Those who own it, and hold no commits in common, are one group
/// evidence; an identity that only one of them owns is that of a public author, and set aside.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let own: Vec<BTreeSet<Token>> = candidate.members.iter().map(|p| own_tokens(p)).collect();
    let hot: BTreeSet<&Token> = own
        .iter()
        .flatten()
        .filter(|t| candidate.keys.binary_search(&t.join_key()).is_ok())
        .collect();
    let mut done: BTreeSet<Vec<usize>> = BTreeSet::new();
    let mut outcomes = Vec::new();
    for token in hot {
        let mut commits: BTreeSet<ObjectId> = BTreeSet::new();
        let mut kept = Vec::new();
        for (n, _) in own
            .iter()
            .enumerate()
            .filter(|(_, tokens)| tokens.contains(token))
        {
            let theirs: BTreeSet<ObjectId> = candidate.members[n]
                .histories
                .iter()
                .flat_map(|h| h.commits.iter().map(|c| c.id))
                .collect();
            if commits.is_disjoint(&theirs) {
                commits.extend(theirs);
                kept.push(n);
            }
        }
        if done.insert(kept.clone()) {
            outcomes.extend(group_outcome(candidate, token, &kept));
        }
    }
    outcomes
}

fn group_outcome(candidate: &Candidate<'_>, token: &Token, kept: &[usize]) -> Option<Outcome> {
    let members = kept.iter().map(|&n| candidate.members[n]);
    let all_claim = members.clone().all(|p| claimed_tokens(p).contains(token));
    if kept.len() < 2 || all_claim {
        let subjects = candidate
            .members
            .iter()
            .map(|p| p.applicant.clone())
            .collect();
        let why = if kept.len() < 2 { PUBLIC } else { CLAIMED };
        return Some(Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects,
            what: token.fact(),
            why,
        }));
    }
    let seen = members.clone().filter_map(|p| own_side(p, token)).collect();
    let facts = vec![token.fact(), Fact::Number(kept.len().to_string())];
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::group(members.map(|p| p.applicant.clone()))?,
        Measure {
            table: TABLE_OWNED,
            score: 1.0,
        },
        Explanation::new(GROUP, facts),
        ordinary(&BTreeSet::from([token]), false),
        Observations::from_vec(seen)?,
    ))))
}

#[cfg(test)]
mod tests;
