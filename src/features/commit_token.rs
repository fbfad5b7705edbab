//! The values that identify somebody in a commit, and those that are an applicant's own.
//!
//! E-mail address, GitHub account number, GitHub login, signing key: never a name. A login can change hands, the other
//! three are assigned to one holder.

use crate::features::commit_address::address_kind;
use crate::features::commit_address::lowered;
use crate::features::github_noreply::GithubNoReply;
use crate::features::github_noreply::login_of_account;
use crate::model::Fact;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Profile;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeSet;

/// A value that identifies somebody in a commit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Token {
    /// E-mail address, lower case.
    Email(String),
    /// Number of a GitHub account.
    GithubId(u64),
    /// GitHub login, lower case.
    GithubLogin(String),
    /// Signing key.
    Key(String),
}

impl Token {
    /// A join key; keys of different kinds never meet.
    pub fn join_key(&self) -> u64 {
        let (kind, value) = match self {
            Token::Email(email) => (1, hash_text(email)),
            Token::GithubId(id) => (2, hash_text(&id.to_string())),
            Token::GithubLogin(login) => (3, hash_text(login)),
            Token::Key(key) => (4, hash_text(key)),
        };
        combine(kind, value)
    }

    /// The value as a typed fact.
    pub fn fact(&self) -> Fact {
        match self {
            Token::Email(email) => Fact::Email(email.clone()),
            Token::GithubId(id) => Fact::Account(format!("GitHub account number {id}")),
            Token::GithubLogin(login) => Fact::Account(format!("github.com/{login}")),
            Token::Key(key) => Fact::Account(format!("signing key {key}")),
        }
    }

    /// The tokens an e-mail address holds.
    pub fn of_email(email: &str) -> Vec<Token> {
        let mut tokens = vec![Token::Email(lowered(email))];
        if let Some(no_reply) = GithubNoReply::from_email(email) {
            tokens.extend(no_reply.id.map(Token::GithubId));
            tokens.push(Token::GithubLogin(no_reply.login));
        }
        tokens
    }

    /// Whether it can stand for somebody: no robot's, host's or tutorial's address.
    pub fn is_somebodys(&self) -> bool {
        !matches!(self, Token::Email(email) if !address_kind(email).is_somebody())
    }
}

/// Tokens that are the applicant's own: owned identities of their repositories, claimed addresses and logins.
pub fn own_tokens(profile: &Profile) -> BTreeSet<Token> {
    let mut tokens = claimed_tokens(profile);
    for owner in &profile.owners {
        tokens.extend(owner.emails.iter().flat_map(|email| Token::of_email(email)));
        tokens.extend(owner.github_ids.iter().map(|id| Token::GithubId(*id)));
        tokens.extend(owner.keys.iter().map(|key| Token::Key(key.clone())));
    }
    tokens.retain(Token::is_somebodys);
    tokens
}

/// Tokens of what the applicant claims: addresses and logins in the manifest and in their documents.
pub fn claimed_tokens(profile: &Profile) -> BTreeSet<Token> {
    let claims = profile
        .identifiers
        .iter()
        .filter(|i| i.role.is_own() && i.role != IdentifierRole::Link);
    claims
        .flat_map(tokens_of)
        .filter(Token::is_somebodys)
        .collect()
}

/// The tokens one identifier stands for; none for phones and wallets.
pub fn tokens_of(identifier: &Identifier) -> Vec<Token> {
    match identifier.kind {
        IdentifierKind::Email => [&identifier.value, &identifier.written]
            .into_iter()
            .flat_map(|e| Token::of_email(&lowered(e)))
            .collect(),
        IdentifierKind::Account => login_of_account(&identifier.value)
            .map(Token::GithubLogin)
            .into_iter()
            .collect(),
        _ => Vec::new(),
    }
}
