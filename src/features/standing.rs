//! Where somebody's identity stands in a history: as author, as committer, as signer, in a trailer.
//!
//! Commits that only a merge request leads to are left out: a mirror carries other people's proposals, and those are made
//! in the open. Names are compared by their opaque keys only.

use crate::features::commit_token::Token;
use crate::model::Commit;
use crate::model::History;
use crate::model::Ident;
use crate::model::ObjectId;
use crate::model::RefClass;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Positions of the commits that a branch, tag or remote leads to. Without refs, all.
pub fn own_commits(history: &History) -> Vec<usize> {
    let position: BTreeMap<ObjectId, usize> = history
        .commits
        .iter()
        .enumerate()
        .map(|(n, c)| (c.id, n))
        .collect();
    let starts = history.refs.iter().filter(|r| r.class != RefClass::Pull);
    let mut open: Vec<usize> = starts
        .filter_map(|r| position.get(&r.commit).copied())
        .collect();
    if open.is_empty() {
        return (0..history.commits.len()).collect();
    }
    let mut seen: BTreeSet<usize> = open.iter().copied().collect();
    while let Some(at) = open.pop() {
        for parent in &history.commits[at].parents {
            if let Some(&next) = position.get(parent)
                && seen.insert(next)
            {
                open.push(next);
            }
        }
    }
    seen.into_iter().collect()
}

/// Tokens of every author, committer and signer of a history's own commits.
pub fn mentioned(history: &History) -> BTreeSet<Token> {
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

/// Where an identity stands.
#[derive(Debug, Default)]
pub struct Standing {
    /// The tokens that matched.
    pub tokens: BTreeSet<Token>,
    /// Positions of commits that carry it as author, committer or signer.
    pub commits: Vec<usize>,
    /// Identities of the history that matched, in stamps.
    pub idents: BTreeSet<u32>,
    /// Commits, merges apart, that it authored.
    pub authored: u32,
    /// All commits, merges apart.
    pub total: u32,
    /// A `Co-authored-by` or `Signed-off-by` trailer somewhere in the history names it.
    pub declared: bool,
}

/// Looks for any of `tokens` in the commits at `positions`.
pub fn standing(history: &History, positions: &[usize], tokens: &BTreeSet<Token>) -> Standing {
    let matched: Vec<Vec<Token>> = history
        .idents
        .iter()
        .map(|ident| matching(ident, tokens))
        .collect();
    let keys: BTreeSet<u32> = (0..history.keys.len() as u32)
        .filter(|&k| tokens.contains(&Token::Key(history.keys[k as usize].0.clone())))
        .collect();
    let mut found = Standing::default();
    for &at in positions {
        let commit = &history.commits[at];
        let single = commit.parents.len() < 2;
        found.total += u32::from(single);
        found.authored += u32::from(single && !matched[commit.author.ident as usize].is_empty());
        found.declared |= commit
            .co_authors
            .iter()
            .any(|&i| !matched[i as usize].is_empty() && i != commit.author.ident);
        found.add(history, at, commit, &matched, &keys);
    }
    found
}

impl Standing {
    fn add(
        &mut self,
        history: &History,
        at: usize,
        commit: &Commit,
        matched: &[Vec<Token>],
        keys: &BTreeSet<u32>,
    ) {
        let mut here = false;
        for ident in [commit.author.ident, commit.committer.ident] {
            if !matched[ident as usize].is_empty() {
                self.idents.insert(ident);
                self.tokens.extend(matched[ident as usize].iter().cloned());
                here = true;
            }
        }
        if let Some(key) = commit.key.filter(|key| keys.contains(key)) {
            self.tokens
                .insert(Token::Key(history.keys[key as usize].0.clone()));
            self.idents.insert(commit.committer.ident);
            here = true;
        }
        if here {
            self.commits.push(at);
        }
    }
}

fn matching(ident: &Ident, tokens: &BTreeSet<Token>) -> Vec<Token> {
    Token::of_email(&ident.email)
        .into_iter()
        .filter(|t| tokens.contains(t))
        .collect()
}
