//! What the detectors of copied histories share: two applicants' own commits, repository by repository, what of one stands
//! in the other, and how that is told.
//!
//! Only commits under an applicant's own identity count (`features::own`), on both sides, and none that both hand in as the
//! same commit: what others wrote in a project that both have forked says nothing, and equal commits are `shared-commits`'.
//! Commits that one address wrote on both sides are the identity's affair, and set aside.

use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::percent;
use crate::features::commit_address::lowered;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::own::by_repository;
use crate::features::own::own_commits;
use crate::link::Candidate;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::History;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::HashSet;

/// Share of the smaller side from which a common start does not explain what both hold; as for `shared-blobs`.
const MOST: f64 = 0.6;
/// Share of the smaller side under which one may have taken some patches of the other over. A choice, not measured.
const FEW: f64 = 0.2;
/// How far behind the common commits of a start the last of them may stand: one in ten commits of one's own between them …
const START: f64 = 1.1;
/// … and two that do not count, such as the first.
const START_MORE: f64 = 2.0;
/// Commits of each side that are named as sources, from both ends.
const SHOWN: usize = 6;
const TABLE_ROWS: usize = 40;

pub(in crate::detect) const ONE_IDENTITY: &str =
    "the same address wrote these commits on both sides: commit-identity speaks of it";
const GROUP: &str = "{0} applicants' repositories hold {1} under their own names: at least {2} commits in each, the first at \
                     {3} (UTC) in {4}.";

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
    num_one_identity: usize,
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

    /// The ordinary relation that would show the same: a common start with different sequels, or a few patches.
    fn explained_by(&self) -> Vec<Relation> {
        if self.is_start && self.share() < MOST {
            vec![Relation::Template]
        } else if self.share() < FEW {
            vec![Relation::Colleagues]
        } else {
            Vec::new()
        }
    }

    /// {0} number, {1} {2} and {3} {4} repository and own commits of each side, {5} {6} first and last time on the left.
    fn facts(&self) -> Vec<Fact> {
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

    fn observations(&self) -> Vec<Observation> {
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

    fn table(&self) -> Exhibit {
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

fn source<'a>(side: &[OwnCommit<'a>]) -> &'a History {
    side[0].history
}

/// The first and last places of `num`, at most [`SHOWN`].
fn ends(num: usize) -> impl Iterator<Item = usize> {
    let half = SHOWN / 2;
    (0..num).filter(move |at| *at < half || at + half >= num)
}

/// What one detector adds to the common telling.
pub(in crate::detect) struct Teller {
    pub card: &'static Card,
    /// Name of the calibration table.
    pub table: &'static str,
    /// The sentence about two; holes as in [`Copied::facts`].
    pub pair: &'static str,
    /// What a group holds: "commits dated to the same seconds".
    pub group: &'static str,
    /// Least number of commits.
    pub min: usize,
    /// What of one line stands in the other; `None` where nothing is worth a word.
    pub compare: for<'a> fn(&Line<'a>, &Line<'a>) -> Option<Copied<'a>>,
}

impl Teller {
    /// What ties the members of a candidate.
    pub fn tell(&self, candidate: &Candidate<'_>) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => self.of_pair(a, b),
            None => self.of_group(candidate),
        }
    }

    /// Every pair of repositories of two applicants that has something, strongest first, and how many were compared.
    fn all<'a>(&self, a: &'a Profile, b: &'a Profile) -> (Vec<Copied<'a>>, usize) {
        let (left, right) = (lines(a, b), lines(b, a));
        let mut all: Vec<Copied<'a>> = left
            .iter()
            .flat_map(|l| right.iter().filter_map(|r| (self.compare)(l, r)))
            .collect();
        all.sort_by(|x, y| y.score.total_cmp(&x.score));
        (all, left.len() * right.len())
    }

    /// The strongest pair of repositories that is not one identity's.
    fn best<'a>(&self, a: &'a Profile, b: &'a Profile) -> Option<Copied<'a>> {
        let (all, _) = self.all(a, b);
        all.into_iter().find(|c| c.num() >= self.min)
    }

    fn of_pair(&self, a: &Profile, b: &Profile) -> Vec<Outcome> {
        let (all, comparisons) = self.all(a, b);
        if let Some(best) = all.iter().find(|c| c.num() >= self.min) {
            return self.evidence(a, b, best, comparisons).into_iter().collect();
        }
        let one = all.iter().map(|c| c.num_one_identity).max().unwrap_or(0);
        if one < self.min {
            return Vec::new();
        }
        vec![Outcome::SetAside(SetAside {
            detector: self.card.id,
            subjects: vec![a.applicant.clone(), b.applicant.clone()],
            what: number(one),
            why: ONE_IDENTITY,
        })]
    }

    fn measure(&self, score: f64) -> Measure {
        Measure {
            table: self.table,
            score,
        }
    }

    fn evidence(
        &self,
        a: &Profile,
        b: &Profile,
        copied: &Copied<'_>,
        comparisons: usize,
    ) -> Option<Outcome> {
        let evidence = Evidence::new(
            self.card,
            Subjects::pair(&a.applicant, &b.applicant),
            self.measure(copied.score),
            Explanation::new(self.pair, copied.facts()),
            copied.explained_by(),
            Observations::from_vec(copied.observations())?,
        );
        let evidence = evidence
            .best_of(comparisons)
            .with_exhibits(vec![copied.table()]);
        Some(Outcome::Evidence(Box::new(evidence)))
    }

    /// Splits a group by a greedy leader: the first member left, and everybody who shares enough with them.
    fn of_group(&self, candidate: &Candidate<'_>) -> Vec<Outcome> {
        let mut left = candidate.members.clone();
        let mut outcomes = Vec::new();
        while left.len() > 1 {
            let leader = left.remove(0);
            let (with, rest): (Vec<_>, Vec<_>) = left
                .into_iter()
                .map(|other| (other, self.best(leader, other)))
                .partition(|(_, best)| best.is_some());
            left = rest.into_iter().map(|(other, _)| other).collect();
            match with.as_slice() {
                [] => {}
                [(one, _)] => outcomes.extend(self.of_pair(leader, one)),
                several => outcomes.extend(self.group_evidence(leader, several)),
            }
        }
        outcomes
    }

    /// The score is that of the pair that shares least with the leader.
    fn group_evidence(
        &self,
        leader: &Profile,
        others: &[(&Profile, Option<Copied<'_>>)],
    ) -> Option<Outcome> {
        let copied = || others.iter().filter_map(|(_, best)| best.as_ref());
        let weakest = copied().min_by(|x, y| x.score.total_cmp(&y.score))?;
        let members = others.iter().map(|(p, _)| p.applicant.clone());
        let relations = copied().map(Copied::explained_by);
        let common =
            relations.reduce(|kept, next| kept.into_iter().filter(|r| next.contains(r)).collect());
        let seen = copied().flat_map(|c| c.observations().into_iter().take(2));
        let facts = vec![
            number(others.len() + 1),
            Fact::Text(self.group.into()),
            number(copied().map(Copied::num).min().unwrap_or(0)),
            Fact::Time(in_utc(weakest.left[0].commit.author.seconds)),
            Fact::Path(source(&weakest.left).source.path.clone()),
        ];
        let evidence = Evidence::new(
            self.card,
            Subjects::group(members.chain([leader.applicant.clone()]))?,
            self.measure(weakest.score),
            Explanation::new(GROUP, facts),
            common.unwrap_or_default(),
            Observations::from_vec(seen.collect())?,
        );
        Some(Outcome::Evidence(Box::new(evidence)))
    }
}
