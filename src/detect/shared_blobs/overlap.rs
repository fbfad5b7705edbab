//! The files of a repository that count, and what two repositories share.

use crate::detect::code_origin::REWRITTEN;
use crate::detect::code_origin::SAME_COMMITS;
use crate::detect::code_origin::is_of_others;
use crate::detect::code_origin::is_rewritten;
use crate::detect::shared_blobs::MIN_SHARED;
use crate::link::ScaffoldTable;
use crate::model::ApplicantId;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::Owner;
use crate::model::Profile;
use crate::model::Relation;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Bytes under which a file is a few lines that anybody writes; measured with it.
const MIN_SIZE: u64 = 200;
/// What one file can weigh: that of 6.4 kB. One long file is no more than one decision to copy.
const WEIGHT_CAP: f64 = 6.0;
/// Share of the smaller repository from which a starter does not explain what is shared.
const MOST: f64 = 0.6;
/// Share of the larger repository under which the smaller may simply be included in it.
const PART: f64 = 0.3;

pub(in crate::detect) fn may_count(unit: &CodeUnit) -> bool {
    unit.class == FileClass::Source && unit.size >= MIN_SIZE && !unit.earlier
}

/// A repository's files that count.
pub(in crate::detect) struct Repository<'a> {
    pub(in crate::detect) history: &'a History,
    pub(in crate::detect) files: BTreeMap<ObjectId, &'a CodeUnit>,
    pub(in crate::detect) commits: BTreeSet<ObjectId>,
    profile: &'a Profile,
    owner: &'a Owner,
}

impl Repository<'_> {
    /// How git itself tells of a common origin: the same commits, or their authors and times under new ids.
    pub(in crate::detect) fn declared(&self, other: &Repository<'_>) -> Option<&'static str> {
        if !self.commits.is_disjoint(&other.commits) {
            return Some(SAME_COMMITS);
        }
        is_rewritten(self.history, other.history).then_some(REWRITTEN)
    }

    fn is_of_others(&self) -> bool {
        is_of_others(self.profile, self.owner, self.history)
    }
}

/// One applicant and their repositories.
pub(in crate::detect) struct Side<'a> {
    pub(in crate::detect) applicant: &'a ApplicantId,
    pub(in crate::detect) repositories: Vec<Repository<'a>>,
}

impl<'a> Side<'a> {
    pub(in crate::detect) fn new(profile: &'a Profile, scaffold: &ScaffoldTable) -> Self {
        Self {
            applicant: &profile.applicant,
            repositories: repositories(profile, scaffold),
        }
    }
}

pub(in crate::detect) fn repositories<'a>(
    profile: &'a Profile,
    scaffold: &ScaffoldTable,
) -> Vec<Repository<'a>> {
    let read =
        |((history, owner), units): ((&'a History, &'a Owner), &'a Vec<CodeUnit>)| Repository {
            profile,
            owner,
            history,
            files: units
                .iter()
                .filter(|u| may_count(u) && !scaffold.contains(&u.blob))
                .map(|u| (u.blob, u))
                .collect(),
            commits: history.commits.iter().map(|c| c.id).collect(),
        };
    profile
        .histories
        .iter()
        .zip(&profile.owners)
        .zip(&profile.code)
        .map(read)
        .collect()
}

/// What two repositories share, heaviest file first.
pub(in crate::detect) struct Overlap<'a> {
    pub(in crate::detect) left: &'a Repository<'a>,
    pub(in crate::detect) right: &'a Repository<'a>,
    pub(in crate::detect) shared: Vec<ObjectId>,
    pub(in crate::detect) score: f64,
}

impl<'a> Overlap<'a> {
    /// `None` where too few files are shared, or in one folder only and less than half of the smaller side.
    pub(in crate::detect) fn new(
        left: &'a Repository<'a>,
        right: &'a Repository<'a>,
    ) -> Option<Self> {
        let mut shared: Vec<ObjectId> = left
            .files
            .keys()
            .filter(|id| right.files.contains_key(id))
            .copied()
            .collect();
        if shared.len() < MIN_SHARED {
            return None;
        }
        let share = shared.len() as f64 / left.files.len().min(right.files.len()) as f64;
        if share < 0.5 && (num_folders(left, &shared) < 2 || num_folders(right, &shared) < 2) {
            return None;
        }
        let mass: f64 = shared.iter().map(|id| weight_of(left.files[id].size)).sum();
        shared.sort_by_key(|id| (std::cmp::Reverse(left.files[id].size), &left.files[id].path));
        Some(Self {
            left,
            right,
            shared,
            score: mass * share,
        })
    }

    pub(in crate::detect) fn share_of(&self, side: &Repository<'_>) -> f64 {
        self.shared.len() as f64 / side.files.len() as f64
    }

    /// A starter, a course's too, explains a small part; a library that one side includes, a small part of the larger side; a repository
    /// that somebody else wrote, everything.
    pub(in crate::detect) fn explained_by(&self) -> Vec<Relation> {
        let (left, right) = (self.share_of(self.left), self.share_of(self.right));
        if left.max(right) < MOST {
            vec![Relation::Template, Relation::Agency]
        } else if left.min(right) < PART || self.left.is_of_others() || self.right.is_of_others() {
            vec![Relation::Fork]
        } else {
            Vec::new()
        }
    }
}

pub(in crate::detect) fn num_folders(side: &Repository<'_>, shared: &[ObjectId]) -> usize {
    let folder = |id: &ObjectId| {
        side.files[id]
            .path
            .rsplit_once('/')
            .map_or("", |(folder, _)| folder)
    };
    shared.iter().map(folder).collect::<BTreeSet<_>>().len()
}

pub(in crate::detect) fn weight_of(size: u64) -> f64 {
    (size as f64 / 100.0).log2().clamp(0.0, WEIGHT_CAP)
}
