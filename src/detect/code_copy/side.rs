//! The code of one applicant that counts, and what two repositories share of it.

use crate::detect::code_copy::MIN_MARKS;
use crate::detect::code_origin::REWRITTEN;
use crate::detect::code_origin::SAME_COMMITS;
use crate::detect::code_origin::is_rewritten;
use crate::features::code::copied::Copied;
use crate::features::code::copied::Prints;
use crate::features::code::copied::copied;
use crate::link::Background;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::Owner;
use crate::model::Profile;
use std::collections::BTreeSet;

/// Least score that is told: the lowest point of the calibration table.
pub(in crate::detect::code_copy) const MIN_SCORE: f64 = 20.0;

/// Whether a file's code counts.
pub(in crate::detect::code_copy) fn may_count(unit: &CodeUnit) -> bool {
    unit.class == FileClass::Source && unit.print.is_some()
}

/// One repository of an applicant.
pub(in crate::detect::code_copy) struct Repository<'a> {
    /// Whose it is.
    pub profile: &'a Profile,
    /// Its history.
    pub history: &'a History,
    /// Whose identities in it are the applicant's.
    pub owner: &'a Owner,
    /// The prints of its own code.
    pub prints: Prints<'a>,
    /// Different fingerprints that no public code holds.
    pub num_own: usize,
    commits: BTreeSet<ObjectId>,
}

impl Repository<'_> {
    /// How git itself tells of a common origin: the same commits, or their authors and times under new ids.
    pub fn declared(&self, other: &Repository<'_>) -> Option<&'static str> {
        if !self.commits.is_disjoint(&other.commits) {
            return Some(SAME_COMMITS);
        }
        is_rewritten(self.history, other.history).then_some(REWRITTEN)
    }
}

/// One applicant and their repositories that have enough code.
pub(in crate::detect::code_copy) struct Side<'a> {
    /// The applicant.
    pub profile: &'a Profile,
    /// The repositories, in the order of the histories.
    pub repositories: Vec<Repository<'a>>,
}

impl<'a> Side<'a> {
    /// Takes an applicant's code in hand.
    pub fn new(profile: &'a Profile, background: &Background) -> Self {
        let histories = profile.histories.iter().zip(&profile.owners);
        let read = |((history, owner), units): ((&'a History, &'a Owner), &'a Vec<CodeUnit>)| {
            let counts = |u: &&CodeUnit| may_count(u) && !background.scaffold.contains(&u.blob);
            let prints = Prints::new(units.iter().filter(counts));
            let is_own = |hash: &u64| !background.code_marks.contains(*hash);
            Repository {
                profile,
                history,
                owner,
                num_own: prints.hashes().filter(is_own).count(),
                prints,
                commits: history.commits.iter().map(|c| c.id).collect(),
            }
        };
        Self {
            profile,
            repositories: histories.zip(&profile.code).map(read).collect(),
        }
    }

    /// Every pair of repositories of two applicants that both have enough code.
    pub fn repository_pairs<'s>(
        &'s self,
        other: &'s Side<'a>,
    ) -> impl Iterator<Item = (&'s Repository<'a>, &'s Repository<'a>)> {
        let enough = |r: &&Repository<'a>| r.num_own >= MIN_MARKS;
        let pairs = move |left| {
            other
                .repositories
                .iter()
                .filter(enough)
                .map(move |right| (left, right))
        };
        self.repositories.iter().filter(enough).flat_map(pairs)
    }
}

/// Two repositories that share stretches of code.
pub(in crate::detect::code_copy) struct Match<'a> {
    /// The first applicant's.
    pub left: &'a Repository<'a>,
    /// The second's.
    pub right: &'a Repository<'a>,
    /// What they share; at least one stretch.
    pub copied: Copied,
    /// Weight of the stretches beyond chance.
    pub score: f64,
}

impl<'a> Match<'a> {
    /// Compares two repositories; `None` where what they share is too little to tell.
    pub fn new(
        left: &'a Repository<'a>,
        right: &'a Repository<'a>,
        weight: &impl Fn(u64) -> f64,
    ) -> Option<Self> {
        let copied = copied(&left.prints, &right.prints, weight);
        let score = copied.score();
        (score >= MIN_SCORE).then_some(Self {
            left,
            right,
            copied,
            score,
        })
    }
}
