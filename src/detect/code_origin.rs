//! Where a repository says itself that its code has a common origin with another's, or that somebody else wrote it.
//!
//! Three ordinary cases look like a copied repository and hide nothing: a fork has the same commits; a fork whose history
//! was rewritten (to take out a secret or a large file) has new ids and still names the authors and their times; and a
//! teacher's or employer's repository that is handed in as it is names the one who wrote it.

use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::commit_address::lowered;
use crate::model::History;
use crate::model::OwnedBy;
use crate::model::Owner;
use crate::model::Profile;
use std::collections::BTreeSet;

/// Why a pair of repositories with common commits is set aside.
pub(in crate::detect) const SAME_COMMITS: &str = "both repositories carry the same commits with their authors: a declared fork or a common upstream";

/// Why a pair whose commits tell the same authors and times is set aside.
pub(in crate::detect) const REWRITTEN: &str = "both repositories name the same authors at the same seconds under other commit ids: a fork whose history was rewritten";

/// Common commits, by author and time, from which two histories are one …
const COMMON: usize = 3;
/// … or this share of the smaller one's. Both are choices: nobody commits at another's seconds under another's address.
const COMMON_SHARE: f64 = 0.5;

/// Share of the commits that are somebody else's from which a repository is not its applicant's work; that of
/// `features::owner`.
const OTHERS: f64 = 0.9;

/// Whether two histories keep the same authors' addresses and seconds: what rewriting the ids leaves in place, and what
/// somebody who hides a copy takes out first.
pub(in crate::detect) fn is_rewritten(left: &History, right: &History) -> bool {
    let (left, right) = (stamps(left), stamps(right));
    let common = left.intersection(&right).count();
    let least = left.len().min(right.len());
    common >= COMMON || common > 0 && common as f64 >= COMMON_SHARE * least as f64
}

fn stamps(history: &History) -> BTreeSet<(String, i64)> {
    let stamp = |commit: &crate::model::Commit| {
        let email = &history.idents[commit.author.ident as usize].email;
        let is_program = matches!(address_kind(email), AddressKind::Robot | AddressKind::Host);
        (!is_program).then(|| (lowered(email), commit.author.seconds))
    };
    history.commits.iter().filter_map(stamp).collect()
}

/// Whether nearly all of a repository is by people with another full name than the applicant's and no address the
/// applicant claims: a teacher's, an employer's or a public project, handed in with its history. An author who goes by a
/// handle may be anybody and does not count.
pub(in crate::detect) fn is_of_others(profile: &Profile, owner: &Owner, history: &History) -> bool {
    let Some(name) = profile.name else {
        return false;
    };
    if owner
        .idents
        .iter()
        .any(|(_, why)| *why != OwnedBy::SoleAuthor)
    {
        return false;
    }
    let is_other = |index: u32| {
        let ident = &history.idents[index as usize];
        ident.has_full_name && ident.name_key != 0 && ident.name_key != name.0
    };
    let of_people: Vec<u32> = history
        .commits
        .iter()
        .map(|c| c.author.ident)
        .filter(|&i| address_kind(&history.idents[i as usize].email).is_somebody())
        .collect();
    let others = of_people.iter().filter(|&&i| is_other(i)).count();
    !of_people.is_empty() && others as f64 >= OTHERS * of_people.len() as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::code_fixture::{applicant, several};

    #[test]
    fn a_rewritten_fork_keeps_authors_and_times() {
        let of = |who: &str, seed: &str| {
            let made = several(5, seed, "Ann Example", "ann@example.com");
            applicant(who, who, &[], &made, Vec::new())
        };
        let (a, b) = (of("a", "one"), of("b", "two"));
        assert!(is_rewritten(&a.histories[0], &b.histories[0]));
        let other = several(5, "two", "Bo Example", "bo@example.com");
        let other = applicant("b", "b", &[], &other, Vec::new());
        assert!(!is_rewritten(&a.histories[0], &other.histories[0]));
    }

    #[test]
    fn a_repository_by_another_full_name_is_not_the_applicants() {
        let by = |name: &str, claims: &[&str]| {
            let made = several(5, "x", name, "writer@one.invalid");
            let p = applicant("a", "Ann Example", claims, &made, Vec::new());
            is_of_others(&p, &p.owners[0], &p.histories[0])
        };
        assert!(by("Tea Cher", &[]));
        assert!(!by("Ann Example", &[]) && !by("coder99", &[]));
        assert!(!by("Tea Cher", &["writer@one.invalid"]));
    }
}
