//! Which commits are the applicant's own, and how each was made.
//!
//! Own are commits by identities the applicant claims or that are tied to those ([`Profile::owners`]); only where no
//! repository has any, those of a repository's sole author. A commit that stands in two repositories counts once.
//!
//! Pages of a hosting service commit with the service as committer: the time is the server's and exact, the offset that
//! of an account or a browser. A program (merge robots, formatters) commits with its own address. GitLab's pages commit
//! with the user's address and cannot be told apart.

use crate::features::clock::ClockStamp;
use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::model::Commit;
use crate::model::History;
use crate::model::OwnedBy;
use crate::model::Profile;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// How a commit came about, as its committer tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// On somebody's machine.
    Locally,
    /// In the pages of a hosting service.
    Website,
    /// By a program.
    Robot,
}

/// A commit of the applicant's own.
#[derive(Clone, Copy, Debug)]
pub struct OwnCommit<'a> {
    /// The repository.
    pub history: &'a History,
    /// The commit.
    pub commit: &'a Commit,
    /// How it came about.
    pub made: Made,
}

impl OwnCommit<'_> {
    /// Its clock as the author's machine recorded it; `None` where it was not made on a machine or records none.
    pub fn stamp(&self) -> Option<ClockStamp> {
        (self.made == Made::Locally)
            .then(|| self.recorded())
            .flatten()
    }

    /// Its author time with whatever offset is recorded.
    pub fn recorded(&self) -> Option<ClockStamp> {
        Some(ClockStamp {
            seconds: self.commit.author.seconds,
            offset: self.commit.author.offset?,
        })
    }

    /// Whether it joins two lines of history.
    pub fn is_merge(&self) -> bool {
        self.commit.parents.len() > 1
    }
}

/// The applicant's own commits, by author time, then id.
pub fn own_commits(profile: &Profile) -> Vec<OwnCommit<'_>> {
    let is_tied = |by: OwnedBy| by != OwnedBy::SoleAuthor;
    let any_tied = profile
        .owners
        .iter()
        .flat_map(|o| &o.idents)
        .any(|&(_, by)| is_tied(by));
    let mut seen = BTreeSet::new();
    let mut own = Vec::new();
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        let counted = owner
            .idents
            .iter()
            .filter(|&&(_, by)| !any_tied || is_tied(by));
        let idents: BTreeSet<u32> = counted.map(|&(ident, _)| ident).collect();
        let made: Vec<Made> = history.idents.iter().map(|i| made_by(&i.email)).collect();
        for commit in history
            .commits
            .iter()
            .filter(|c| idents.contains(&c.author.ident))
        {
            if seen.insert(commit.id) {
                let by = made.get(commit.committer.ident as usize);
                own.push(OwnCommit {
                    history,
                    commit,
                    made: by.copied().unwrap_or(Made::Locally),
                });
            }
        }
    }
    own.sort_by_key(|o| (o.commit.author.seconds, o.commit.id));
    own
}

/// The same commits, apart for each repository, in the order of the repositories' paths.
pub fn by_repository(own: Vec<OwnCommit<'_>>) -> Vec<Vec<OwnCommit<'_>>> {
    let mut repositories: BTreeMap<&str, Vec<OwnCommit<'_>>> = BTreeMap::new();
    for commit in own {
        let path = commit.history.source.path.as_str();
        repositories.entry(path).or_default().push(commit);
    }
    repositories.into_values().collect()
}

fn made_by(committer: &str) -> Made {
    match address_kind(committer) {
        AddressKind::Host => Made::Website,
        AddressKind::Robot => Made::Robot,
        _ => Made::Locally,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committer_tells_how_a_commit_was_made() {
        for (email, made) in [
            ("noreply@github.com", Made::Website),
            (
                "49699333+dependabot[bot]@users.noreply.github.com",
                Made::Robot,
            ),
            ("12+ann@users.noreply.github.com", Made::Locally),
            ("ann@laptop.local", Made::Locally),
            ("", Made::Locally),
        ] {
            assert_eq!(made_by(email), made, "{email}");
        }
    }
}
