//! What the detectors of copied histories share: two applicants' own commits, repository by repository, what of one stands
//! in the other; [`Teller`] tells it.
//!
//! Only commits under an applicant's own identity count (`features::own`), on both sides, and none that both hand in as the
//! same commit: what others wrote in a project that both have forked says nothing, and equal commits are `shared-commits`'.
//! Commits that one address wrote on both sides are the identity's affair, and set aside.

pub(in crate::detect) mod teller;

pub(in crate::detect) use teller::Teller;

use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::percent;
use crate::features::commit_address::lowered;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::own::by_repository;
use crate::features::own::own_commits;
use crate::model::Exhibit;
use crate::model::Fact;
use crate::model::History;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Profile;
use crate::model::Relation;
use std::collections::HashSet;

/// Share of the smaller side from which a common start does not explain what both hold; as for `shared-blobs`.
const MOST: f64 = 0.6;
/// Share of the smaller side under which one may have taken some patches of the other over. A choice, not measured.
const FEW: f64 = 0.2;
/// Commits under which a whole history may be an exercise that a course hands out step by step. A choice.
const EXERCISE: usize = 12;
/// How far behind the common commits of a start the last of them may stand: one in ten commits of one's own between them …
const START: f64 = 1.1;
/// … and two that do not count, such as the first.
const START_MORE: f64 = 2.0;
/// Commits of each side that are named as sources, from both ends.
const SHOWN: usize = 6;
const TABLE_ROWS: usize = 40;

/// An applicant's own commits in one repository by author time, programs' and those that the other applicant holds too
/// left out.
pub(in crate::detect) type Line<'a> = Vec<OwnCommit<'a>>;

/// The lines of `profile` that `other` does not hold as they are.
pub(in crate::detect) fn lines<'a>(profile: &'a Profile, other: &Profile) -> Vec<Line<'a>> {
    let theirs: HashSet<ObjectId> = other
        .histories
        .iter()
        .flat_map(|h| h.commits.iter().map(|c| c.id))
        .collect();
    let mut own = counted(profile);
    own.retain(|o| !theirs.contains(&o.commit.id));
    by_repository(own)
}

/// The applicant's own commits but for those that programs made.
pub(in crate::detect) fn counted(profile: &Profile) -> Vec<OwnCommit<'_>> {
    let mut own = own_commits(profile);
    own.retain(|o| o.made != Made::Robot);
    own
}

/// Author times of a line.
pub(in crate::detect) fn seconds(line: &[OwnCommit<'_>]) -> Vec<i64> {
    line.iter().map(|o| o.commit.author.seconds).collect()
}

/// Commits of one line that stand in another, place by place.
pub(in crate::detect) struct Copied<'a> {
    pub left: Vec<OwnCommit<'a>>,
    pub right: Vec<OwnCommit<'a>>,
    /// How many own commits the two repositories hold.
    num_own: [usize; 2],
    /// Whether they are the first of both lines.
    is_start: bool,
    /// Commits left out because one address wrote them on both sides.
    pub num_one_identity: usize,
    pub score: f64,
    /// Facts for {7} and on of the detector's sentence.
    pub more: Vec<Fact>,
}

impl<'a> Copied<'a> {
    /// From places in two lines; commits by one address on both sides are left out and counted.
    pub fn new(left: &Line<'a>, right: &Line<'a>, places: Vec<(usize, usize)>) -> Self {
        let all = places.len();
        let kept: Vec<_> = places
            .into_iter()
            .filter(|&(l, r)| address(&left[l]) != address(&right[r]))
            .collect();
        let last = |at: fn(&(usize, usize)) -> usize| kept.iter().map(at).max().unwrap_or(0) + 1;
        let within = START * kept.len() as f64 + START_MORE;
        Self {
            left: kept.iter().map(|&(l, _)| left[l]).collect(),
            right: kept.iter().map(|&(_, r)| right[r]).collect(),
            num_own: [left.len(), right.len()],
            is_start: last(|p| p.0) as f64 <= within && last(|p| p.1) as f64 <= within,
            num_one_identity: all - kept.len(),
            score: 0.0,
            more: Vec::new(),
        }
    }

    /// Number of commits that stand in both.
    pub fn num(&self) -> usize {
        self.left.len()
    }

    /// Share of the smaller side's own commits.
    pub fn share(&self) -> f64 {
        self.num() as f64 / self.num_own[0].min(self.num_own[1]).max(1) as f64
    }

    /// The ordinary relation that would show the same: a common start with different sequels, an exercise that was
    /// followed to its end, or a few patches.
    pub fn explained_by(&self) -> Vec<Relation> {
        if self.is_start && (self.share() < MOST || self.num() < EXERCISE) {
            vec![Relation::Template, Relation::Agency]
        } else if self.share() < FEW {
            vec![Relation::Colleagues]
        } else {
            Vec::new()
        }
    }

    /// {0} number, {1} {2} and {3} {4} repository and own commits of each side, {5} {6} first and last time on the left.
    pub fn facts(&self) -> Vec<Fact> {
        let path = |side: &[OwnCommit<'_>]| Fact::Path(source(side).source.path.clone());
        let time = |o: &OwnCommit<'_>| Fact::Time(in_utc(o.commit.author.seconds));
        let mut facts = vec![
            number(self.num()),
            path(&self.left),
            number(self.num_own[0]),
            path(&self.right),
            number(self.num_own[1]),
            time(&self.left[0]),
            time(&self.left[self.num() - 1]),
        ];
        facts.extend(self.more.iter().cloned());
        facts
    }

    pub fn observations(&self) -> Vec<Observation> {
        ends(self.num())
            .flat_map(|at| [&self.left[at], &self.right[at]])
            .map(|o| {
                at_commit(
                    o.history,
                    o.commit,
                    Fact::Time(in_utc(o.commit.author.seconds)),
                )
            })
            .collect()
    }

    pub fn table(&self) -> Exhibit {
        let row = |(l, r): (&OwnCommit<'_>, &OwnCommit<'_>)| {
            vec![
                l.commit.id.short(),
                in_utc(l.commit.author.seconds),
                r.commit.id.short(),
                in_utc(r.commit.author.seconds),
            ]
        };
        let head = [
            "left",
            "its author time (UTC)",
            "right",
            "its author time (UTC)",
        ];
        Exhibit::Table {
            caption: format!(
                "Commits that stand in both, {} of the smaller side",
                percent(self.share()).raw()
            ),
            head: head.map(String::from).to_vec(),
            rows: self
                .left
                .iter()
                .zip(&self.right)
                .take(TABLE_ROWS)
                .map(row)
                .collect(),
        }
    }
}

fn address(own: &OwnCommit<'_>) -> String {
    let ident = own.commit.author.ident as usize;
    lowered(&own.history.idents[ident].email)
}

pub(in crate::detect) fn source<'a>(side: &[OwnCommit<'a>]) -> &'a History {
    side[0].history
}

/// The first and last places of `num`, at most [`SHOWN`].
fn ends(num: usize) -> impl Iterator<Item = usize> {
    let half = SHOWN / 2;
    (0..num).filter(move |at| *at < half || at + half >= num)
}
