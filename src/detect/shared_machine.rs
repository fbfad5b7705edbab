//! One machine under two names.
//!
//! # What it looks at
//! Names of machines in the addresses that git made for the applicant's own commits and in files of their repositories;
//! users of home directories in files and documents.
//!
//! # Why it can mean a link
//! Two applications that were prepared on one machine carry its name.
//!
//! # Innocent explanations
//! An office's, a school's or a family's computer; a system image; a name that two people chose.
//!
//! # Limits
//! Names of images, services and manuals are left out. A shared machine explains it always.
//!
//! # References
//! git-commit-tree(1); hostname(7).

use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::hold_of;
use crate::detect::shared_value::in_documents;
use crate::detect::shared_value::in_files;
use crate::detect::shared_value::many::OfMany;
use crate::features::commit_address::AddressKind;
use crate::features::commit_address::address_kind;
use crate::features::machine;
use crate::model::Card;
use crate::model::Family;
use crate::model::History;
use crate::model::IdentifierKind;
use crate::model::OwnedBy;
use crate::model::Owner;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "shared-machine",
    title: "One machine under two names",
    family: Family::Identity,
    looks_at: "The machine's name in addresses that git made where none was set (user@machine.local), for the applicant's own \
               commits, and names of machines and users of home directories (/home/…, C:\\Users\\…) in files of repositories \
               and documents.",
    why: "Programs write the names of the machine and of its user into files without being asked. What was prepared under two \
          names on one machine carries the same ones.",
    innocent: &[
        "They share a computer: an office, a library, a school, a family.",
        "Two people gave their machines or users one name: a first name, a planet, a hero.",
        "Both machines were set up from one image.",
        "One file of the other, or of a third person, was taken over with the path in it.",
    ],
    question: "The name of this machine also stands in another application. Whose machine is it, and who else works on it?",
    limits: "Names that fresh systems, images and hosting services have are left out, and so are files that both have and \
             repositories that grew from one root. The user of a home directory is often a first name alone and weighs \
             little. A shared machine explains all of it, so it never makes a cluster by itself. What more than a dozen \
             applicants share is told once for all of them, as a school's, an office's or an image's may be; what more than \
             half of a pool share is set aside.",
    base_rate: "Among pairs of unrelated owners of public repositories corpora/calibration/shared-machine.json says how many \
                shared one. Names that Windows makes at random agree by chance less than once in 10^10 pairs; the rate asked \
                for allows for copied images.",
    references: &[
        "git-commit-tree(1), section Commit Information",
        "hostname(7)",
        "corpora/calibration/shared-machine.json (what was counted)",
    ],
};

/// See the card.
pub(in crate::detect) static SHARED_MACHINE: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "more than a dozen applicants share it: an image, a school's or a service's machine",
    told: Some(OfMany {
        sentence: "The material of {0} applicants names one machine or one user of it, {1}.",
        explained_by: &[Relation::SharedMachine, Relation::Agency],
    }),
    none: "no commit of the applicant's own and no file names a machine",
};

fn held(profile: &Profile) -> Vec<Held> {
    let hold = |kind| match kind {
        IdentifierKind::Machine | IdentifierKind::Home => Some(Hold::Has),
        _ => None,
    };
    let mut all = in_files(profile, hold);
    all.extend(in_documents(profile, hold));
    for (history, owner) in profile.histories.iter().zip(&profile.owners) {
        all.extend(of_commits(profile, history, owner));
    }
    all
}

/// Machines in the addresses of the applicant's own identities, and of those that bear one name with them in their own
/// repository: what git makes up has no address to claim. Each where it first commits. An identity that is only supposed
/// to be the applicant's own meets a known one alone: two works of one author were perhaps handed in by two.
fn of_commits(profile: &Profile, history: &History, owner: &Owner) -> Vec<Held> {
    let owned: BTreeMap<u32, OwnedBy> = owner.idents.iter().copied().collect();
    let known = owned
        .iter()
        .map(|(i, by)| (&history.idents[*i as usize], *by))
        .filter(|(ident, by)| hold_of(profile, ident, *by) == Hold::Owns);
    let mut names: BTreeSet<u64> = known.map(|(ident, _)| ident.name_key).collect();
    names.extend(profile.name.map(|n| n.0));
    names.remove(&0);
    let mut seen = BTreeSet::new();
    let mut all = Vec::new();
    for commit in &history.commits {
        for index in [commit.author.ident, commit.committer.ident] {
            let ident = &history.idents[index as usize];
            let hold = match owned.get(&index) {
                _ if !seen.insert(index) => continue,
                _ if names.contains(&ident.name_key) => Hold::Has,
                Some(by) if hold_of(profile, ident, *by) == Hold::Owns => Hold::Has,
                Some(_) => Hold::Mentions,
                None => continue,
            };
            let host = ident.email.rsplit_once('@').map(|(_, host)| host);
            let is_machine = address_kind(&ident.email) == AddressKind::Machine;
            let name = host.filter(|_| is_machine).and_then(machine::normalise);
            all.extend(name.map(|value| Held {
                kind: IdentifierKind::Machine,
                value,
                detail: String::new(),
                hold,
                at: Provenance::new(&history.source, Place::Commit(commit.id)),
            }));
        }
    }
    all
}

fn judge(case: &Case<'_>) -> Judged {
    let (rank, table, sentence) = match case.kind {
        IdentifierKind::Home => (
            0,
            "shared-machine/home",
            "Files of {a} ({1}) and of {b} ({2}) come from the home directory of one user, {0}.",
        ),
        _ if is_random(case.value) => (
            2,
            "shared-machine/given",
            "The material of {a} ({1}) and of {b} ({2}) names one machine, {0}, whose name was made at random.",
        ),
        _ => (
            1,
            "shared-machine/named",
            "The material of {a} ({1}) and of {b} ({2}) names one machine, {0}.",
        ),
    };
    Judged::Ties(Tie {
        rank,
        table,
        sentence,
        explained_by: &[Relation::SharedMachine],
    })
}

/// `DESKTOP-` and seven, `LAPTOP-` and eight, `WIN-` and eleven letters and digits, as Windows makes them.
fn is_random(name: &str) -> bool {
    [("desktop-", 7), ("laptop-", 8), ("win-", 11)]
        .iter()
        .filter_map(|(head, length)| Some((name.strip_prefix(head)?, *length)))
        .any(|(rest, length)| {
            rest.len() == length
                && rest.bytes().all(|b| b.is_ascii_alphanumeric())
                && rest.bytes().any(|b| b.is_ascii_digit())
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::Detector;
    use crate::detect::code_fixture::applicant;
    use crate::detect::code_fixture::several;
    use crate::detect::document_fixture::compared;
    use crate::detect::document_fixture::evidence_of;
    use crate::link::Background;
    use crate::model::Outcome;

    fn on(who: &str, name: &str, machine: &str) -> Profile {
        let email = format!("{}@{machine}", name.to_lowercase());
        applicant(who, name, &[], &several(5, who, name, &email), vec![])
    }

    #[test]
    fn one_machine_of_two_is_explained_by_sharing_it() {
        for (machine, table) in [
            ("DESKTOP-4F7K2QX", "shared-machine/given"),
            ("workhorse-of-ann.local", "shared-machine/named"),
        ] {
            let outcomes = compared(
                &SHARED_MACHINE,
                &[on("a", "Ann", machine), on("b", "Bea", machine)],
            );
            let found = evidence_of(&outcomes);
            assert_eq!(found[0].measure.table, table);
            assert_eq!(found[0].explained_by[0], Relation::SharedMachine);
        }
    }

    #[test]
    fn a_name_that_many_machines_have_is_none() {
        for machine in ["localhost", "MacBook-Pro.local", "ubuntu", "mail.invalid"] {
            let pair = [on("a", "Ann", machine), on("b", "Bea", machine)];
            assert!(compared(&SHARED_MACHINE, &pair).is_empty(), "{machine}");
            let looked = SHARED_MACHINE.examine(&pair[0], &Background::default());
            assert!(matches!(looked.as_slice(), [Outcome::CouldNotLook { .. }]));
        }
    }

    #[test]
    fn two_works_of_one_author_do_not_meet() {
        let of = |who| {
            let email = "zoe@workhorse-of-zoe.local";
            applicant(who, "Somebody", &[], &several(5, who, "Zoe", email), vec![])
        };
        assert!(compared(&SHARED_MACHINE, &[of("a"), of("b")]).is_empty());
    }
}
