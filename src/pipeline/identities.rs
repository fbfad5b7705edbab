//! Whose the identities of a repository are, for a person to check: the applicant's own with the reason, others as counts.
//!
//! Everything that a clock, a style or a shared address is compared by hangs on this choice, so the report shows it. Names
//! stay out of it; addresses are masked where the report is written.

use crate::features::commit_address::{AddressKind, address_kind};
use crate::model::{Exhibit, History, OwnedBy, Owner, Profile};
use std::collections::BTreeMap;

/// Identities shown of one repository, those with most commits first.
const SHOWN: usize = 12;

/// The identities of one repository by whose they are.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::pipeline) struct Identities {
    /// Own addresses with the reason and the commits each authored, most commits first.
    pub own: Vec<(String, &'static str, u32)>,
    /// Number of other people's addresses, and of the commits they authored.
    pub others: (u32, u32),
    /// Number of addresses of services, programs and tutorials, and of the commits they authored.
    pub nobody: (u32, u32),
}

impl Identities {
    /// Of one repository.
    pub fn new(history: &History, owner: &Owner) -> Self {
        let mut authored: BTreeMap<u32, u32> = BTreeMap::new();
        for commit in &history.commits {
            *authored.entry(commit.author.ident).or_default() += 1;
        }
        let owned: BTreeMap<u32, OwnedBy> = owner.idents.iter().copied().collect();
        let mut by_address: BTreeMap<(String, Option<OwnedBy>), u32> = BTreeMap::new();
        for (index, ident) in (0..).zip(&history.idents) {
            let address = ident.email.trim().to_lowercase();
            let entry = by_address.entry((address, owned.get(&index).copied()));
            *entry.or_default() += authored.get(&index).copied().unwrap_or_default();
        }
        let mut found = Self {
            own: Vec::new(),
            others: (0, 0),
            nobody: (0, 0),
        };
        for ((address, by), commits) in by_address {
            let counted = match (by, address_kind(&address)) {
                (Some(by), _) => {
                    found.own.push((address, reason(by), commits));
                    continue;
                }
                (None, AddressKind::Host | AddressKind::Robot | AddressKind::Placeholder) => {
                    &mut found.nobody
                }
                (None, _) => &mut found.others,
            };
            counted.0 += 1;
            counted.1 += commits;
        }
        found.own.sort_by(|a, b| (b.2, &a.0).cmp(&(a.2, &b.0)));
        found
    }

    /// Rows of a table: identity, why, commits authored.
    pub fn rows(&self) -> Vec<[String; 3]> {
        let mut rows: Vec<[String; 3]> = self
            .own
            .iter()
            .take(SHOWN)
            .map(|(address, why, commits)| {
                let shown = match address.contains('@') {
                    true => address.clone(),
                    false => "a user name without a machine".into(),
                };
                [shown, (*why).to_owned(), commits.to_string()]
            })
            .collect();
        let more = self.own.len().saturating_sub(SHOWN);
        if self.own.is_empty() {
            let why = "nothing claimed stands in the history, and nobody wrote nearly all of it";
            rows.push(["none is the applicant's".into(), why.into(), "0".into()]);
        } else if more > 0 {
            rows.push([
                format!("{more} more"),
                "the applicant's own".into(),
                String::new(),
            ]);
        }
        for ((number, commits), what) in [
            (self.others, "other people: not the applicant's"),
            (self.nobody, "services, programs and placeholders: nobody's"),
        ] {
            if number > 0 {
                rows.push([format!("{number} more"), what.into(), commits.to_string()]);
            }
        }
        rows
    }
}

/// Why an identity counts as the applicant's own, in words.
fn reason(by: OwnedBy) -> &'static str {
    match by {
        OwnedBy::Claim => "the applicant claims it",
        OwnedBy::Closure => {
            "it shares an address, account number or signing key with a claimed one"
        }
        OwnedBy::SoleAuthor => "supposed: nothing claimed is there, and it wrote nearly all",
    }
}

/// The identities of all repositories of an applicant; `None` where there is no repository.
pub(in crate::pipeline) fn exhibit(profile: &Profile) -> Option<Exhibit> {
    let mut rows = Vec::new();
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        let of_one = Identities::new(history, owner).rows();
        rows.extend(of_one.into_iter().map(|[identity, why, commits]| {
            vec![history.source.path.clone(), identity, why, commits]
        }));
    }
    (!rows.is_empty()).then(|| Exhibit::Table {
        caption: "Whose commits count as the applicant's own".into(),
        head: ["repository", "identity", "why", "commits"]
            .map(Into::into)
            .to_vec(),
        rows,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Commit, Digest, Ident, ObjectId, RecordedName, SourceInfo, SourceKind, Stamp,
    };

    fn history(emails: &[&str]) -> History {
        let stamp = |ident| Stamp {
            ident,
            seconds: 0,
            offset: None,
        };
        History {
            source: SourceInfo {
                path: "a/repo".into(),
                sha256: Digest::default(),
                kind: SourceKind::Git,
                engine: None,
            },
            refs: Vec::new(),
            commits: (0..emails.len() as u32)
                .map(|n| Commit {
                    id: ObjectId([n as u8; 20]),
                    tree: ObjectId([0; 20]),
                    parents: Vec::new(),
                    author: stamp(n),
                    committer: stamp(n),
                    key: None,
                    subject: 0,
                    co_authors: Vec::new(),
                })
                .collect(),
            idents: emails
                .iter()
                .map(|e| Ident {
                    name: RecordedName::new("n"),
                    name_key: 0,
                    has_full_name: false,
                    email: (*e).into(),
                })
                .collect(),
            keys: Vec::new(),
            truncated: false,
            odd_offsets: Vec::new(),
        }
    }

    #[test]
    fn own_identities_have_a_reason_and_others_a_number() {
        let h = history(&[
            "ann@one.invalid",
            "bea@two.invalid",
            "noreply@github.com",
            "ann",
        ]);
        let owner = Owner {
            idents: vec![(0, OwnedBy::Claim), (3, OwnedBy::Closure)],
            ..Owner::default()
        };
        let rows = Identities::new(&h, &owner).rows();
        let first: Vec<&str> = rows.iter().map(|r| r[0].as_str()).collect();
        assert_eq!(
            first,
            [
                "a user name without a machine",
                "ann@one.invalid",
                "1 more",
                "1 more"
            ]
        );
        assert_eq!(rows[1][1], "the applicant claims it");
        assert!(rows[2][1].starts_with("other people"));
    }

    #[test]
    fn without_an_owner_it_says_so() {
        let rows = Identities::new(&history(&["bea@two.invalid"]), &Owner::default()).rows();
        assert_eq!(rows[0][0], "none is the applicant's");
        assert!(exhibit(&Profile::empty(crate::model::ApplicantId::new("a"))).is_none());
    }
}
