//! The code of one applicant that counts, and what two repositories share of it.

use crate::detect::code_copy::MIN_MARKS;
use crate::detect::code_origin::REWRITTEN;
use crate::detect::code_origin::SAME_COMMITS;
use crate::detect::code_origin::is_rewritten;
use crate::features::code::copied::Copied;
use crate::features::code::copied::Marks;
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
}

impl Repository<'_> {
    /// How git itself tells of a common origin: the same commits, or their authors and times under new ids.
    pub fn declared(&self, other: &Repository<'_>) -> Option<&'static str> {
        let commits = |history: &History| -> BTreeSet<ObjectId> {
            history.commits.iter().map(|commit| commit.id).collect()
        };
        if !commits(self.history).is_disjoint(&commits(other.history)) {
            return Some(SAME_COMMITS);
        }
        is_rewritten(self.history, other.history).then_some(REWRITTEN)
    }
}

/// The files of a repository whose code counts.
fn counted<'a>(
    units: &'a [CodeUnit],
    background: &Background,
) -> impl Iterator<Item = &'a CodeUnit> {
    let is_scaffold = |unit: &CodeUnit| background.scaffold.contains(&unit.blob);
    units
        .iter()
        .filter(move |u| may_count(u) && !is_scaffold(u))
}

/// Different fingerprints that no public code holds, counted up to [`MIN_MARKS`].
fn num_own(prints: &Prints<'_>, background: &Background) -> usize {
    prints.num_up_to(MIN_MARKS, |mark| !background.code_marks.contains(mark))
}

/// The most of them that a repository of an applicant has.
pub(in crate::detect::code_copy) fn most_own(profile: &Profile, background: &Background) -> usize {
    let nothing = Marks::default();
    let of = |units: &Vec<CodeUnit>| {
        let prints = Prints::among(counted(units, background), Some(&nothing));
        num_own(&prints, background)
    };
    profile.code.iter().map(of).max().unwrap_or(0)
}

/// One applicant and their repositories that have enough code.
pub(in crate::detect::code_copy) struct Side<'a> {
    /// The applicant.
    pub profile: &'a Profile,
    /// The repositories, in the order of the histories.
    pub repositories: Vec<Repository<'a>>,
}

impl<'a> Side<'a> {
    /// Takes an applicant's code in hand: the repositories with enough of it.
    pub fn new(profile: &'a Profile, background: &Background) -> Self {
        Self::among(profile, background, None)
    }

    /// Two applicants, to be compared with each other only: what one of them alone has is not looked at.
    pub fn both(a: &'a Profile, b: &'a Profile, background: &Background) -> (Self, Self) {
        let counted = a.code.iter().flatten().filter(|u| may_count(u));
        let prints = counted.filter_map(|u| u.print.as_ref());
        let marks: Marks = prints.flat_map(|p| &p.marks).map(|m| m.hash).collect();
        let b = Self::among(b, background, Some(&marks));
        let of_b = b.repositories.iter().flat_map(|r| r.prints.hashes());
        let shared: Marks = of_b.collect();
        (Self::among(a, background, Some(&shared)), b)
    }

    fn among(profile: &'a Profile, background: &Background, shared: Option<&Marks>) -> Self {
        let histories = profile.histories.iter().zip(&profile.owners);
        let read = |((history, owner), units): ((&'a History, &'a Owner), &'a Vec<CodeUnit>)| {
            let prints = Prints::among(counted(units, background), shared);
            let is_enough = num_own(&prints, background) >= MIN_MARKS;
            is_enough.then_some(Repository {
                profile,
                history,
                owner,
                prints,
            })
        };
        Self {
            profile,
            repositories: histories.zip(&profile.code).filter_map(read).collect(),
        }
    }

    /// Every pair of repositories of two applicants.
    pub fn repository_pairs<'s>(
        &'s self,
        other: &'s Side<'a>,
    ) -> impl Iterator<Item = (&'s Repository<'a>, &'s Repository<'a>)> {
        let pairs = move |left| other.repositories.iter().map(move |right| (left, right));
        self.repositories.iter().flat_map(pairs)
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
