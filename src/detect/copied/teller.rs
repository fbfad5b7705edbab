//! How a detector of copied histories tells what it found: one sentence, one table and one rule for groups.

use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::copied::Copied;
use crate::detect::copied::Line;
use crate::detect::copied::lines;
use crate::detect::copied::source;
use crate::detect::split_group::LONELY_VALUES;
use crate::detect::split_group::Split;
use crate::detect::split_group::common;
use crate::link::Candidate;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Measure;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::SetAside;
use crate::model::Subjects;

pub(in crate::detect) const ONE_IDENTITY: &str =
    "the same address wrote these commits on both sides: commit-identity speaks of it";
const COMMON: &str = "more than a dozen hold some of these, and none holds enough of another's: a schedule, a starter";
const GROUP: &str = "{0} applicants' repositories hold {1} under their own names: at least {2} commits in each, the first at \
                     {3} (UTC) in {4}.";

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

    /// The strongest pair of repositories that is not one identity's, and how many were compared.
    fn best<'a>(&self, a: &'a Profile, b: &'a Profile) -> Option<(Copied<'a>, usize)> {
        let (all, comparisons) = self.all(a, b);
        let best = all.into_iter().find(|c| c.num() >= self.min)?;
        Some((best, comparisons))
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

    fn of_group(&self, candidate: &Candidate<'_>) -> Vec<Outcome> {
        let split = Split {
            candidate,
            lonely: LONELY_VALUES,
        };
        split.outcomes(
            |leader, other, _| Some((other, self.best(leader, other)?)),
            |leader, matches| match matches.as_slice() {
                [] => None,
                [(one, (copied, comparisons))] => self.evidence(leader, one, copied, *comparisons),
                several => self.group_evidence(leader, several),
            },
            || common(self.card, candidate, self.group, COMMON),
        )
    }

    /// The score is that of the pair that shares least with the leader.
    fn group_evidence(
        &self,
        leader: &Profile,
        others: &[(&Profile, (Copied<'_>, usize))],
    ) -> Option<Outcome> {
        let copied = || others.iter().map(|(_, (copied, _))| copied);
        let weakest = copied().min_by(|x, y| x.score.total_cmp(&y.score))?;
        let members = others.iter().map(|(p, _)| p.applicant.clone());
        let relations = copied().map(Copied::explained_by);
        let shared =
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
            shared.unwrap_or_default(),
            Observations::from_vec(seen.collect())?,
        );
        Some(Outcome::Evidence(Box::new(evidence)))
    }
}
