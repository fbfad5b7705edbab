//! A value that more than a dozen hold: one row of evidence about all of them, which an agency or a course explains, or set
//! aside.

use crate::detect::common_ground::CommonGround;
use crate::detect::of_many::EVERYBODYS;
use crate::detect::of_many::is_everybodys;
use crate::detect::shared_value::COPIED;
use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::SHOWN;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::key;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::HOT_BUCKET;
use crate::model::ApplicantId;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::IdentifierKind;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Relation;
use crate::model::Subjects;
use std::collections::BTreeMap;

/// How a value of many is told.
pub(in crate::detect) struct OfMany {
    /// One sentence over the number of holders {0} and the value {1}.
    pub sentence: &'static str,
    /// Ordinary relations that would show it too.
    pub explained_by: &'static [Relation],
}

/// Who holds a value, and where; nobody without a place.
type Holders<'a> = Vec<(&'a ApplicantId, Vec<&'a Held>)>;

impl Values {
    /// What several members of a group hold, of the values whose keys proposed the group.
    pub(in crate::detect::shared_value) fn many(
        &self,
        candidate: &Candidate<'_>,
        background: &Background,
    ) -> Vec<Outcome> {
        let all: Vec<(&ApplicantId, Vec<Held>)> = candidate
            .members
            .iter()
            .map(|member| (&member.applicant, (self.held)(member)))
            .collect();
        let mut values: BTreeMap<(IdentifierKind, &str), Holders<'_>> = BTreeMap::new();
        for (who, held) in &all {
            for one in held {
                let key = key(one.kind, &one.value);
                if !candidate.keys.is_empty() && candidate.keys.binary_search(&key).is_err() {
                    continue;
                }
                let holders = values.entry((one.kind, &one.value)).or_default();
                match holders.last_mut() {
                    Some((last, places)) if last == who => places.push(one),
                    _ => holders.push((who, vec![one])),
                }
            }
        }
        values.retain(|_, holders| holders.len() > 1);
        let common = match &self.told {
            Some(_) if !values.is_empty() => Some(CommonGround::new(&candidate.members)),
            _ => None,
        };
        let outcome = |((kind, value), holders): ((IdentifierKind, &str), Holders<'_>)| {
            let who = holders.iter().map(|(who, _)| (*who).clone()).collect();
            let told = match (&self.told, &common) {
                (Some(of_many), Some(common)) => {
                    self.told(of_many, (kind, value), holders, common, background)
                }
                _ => Err(self.by_many),
            };
            told.unwrap_or_else(|why| self.set_aside(who, kind.fact(value.to_owned()), why))
        };
        values.into_iter().map(outcome).collect()
    }

    /// One evidence for all holders, or why it ties nobody. What each two would show is judged with the first of them; the
    /// weakest stands for all.
    fn told(
        &self,
        of_many: &OfMany,
        (kind, value): (IdentifierKind, &str),
        mut holders: Holders<'_>,
        common: &CommonGround,
        background: &Background,
    ) -> Result<Outcome, &'static str> {
        let holds = |places: &[&Held]| places.iter().any(|h| h.hold > Hold::Mentions);
        holders.retain(|(_, places)| holds(places));
        let num_holders = holders.len();
        for (_, places) in &mut holders {
            places.retain(|h| !common.holds(&h.at));
        }
        holders.retain(|(_, places)| holds(places));
        match holders.len() {
            0 | 1 if num_holders > HOT_BUCKET => return Err(COPIED),
            few if few <= HOT_BUCKET => return Err(self.by_many),
            _ => {}
        }
        if is_everybodys(holders.len(), background) {
            return Err(EVERYBODYS);
        }
        let (first, others) = holders.split_first().ok_or(self.by_many)?;
        let tie = |other: &(&ApplicantId, Vec<&Held>)| {
            let case = Case {
                kind,
                value,
                of_a: first.1.clone(),
                of_b: other.1.clone(),
            };
            match (self.judge)(&case) {
                Judged::Ties(tie) => Some(tie),
                _ => None,
            }
        };
        let ties: Vec<Tie> = others.iter().filter_map(tie).collect();
        let weakest = ties.iter().min_by_key(|tie| tie.rank);
        let weakest = weakest
            .filter(|_| ties.len() == others.len())
            .ok_or(self.by_many)?;
        let who = holders.iter().map(|(who, _)| (*who).clone());
        let number = holders.len().to_string();
        let facts = vec![Fact::Number(number), kind.fact(value.to_owned())];
        let places = holders
            .iter()
            .flat_map(|(_, places)| places.iter().take(SHOWN));
        let observed = places.map(|h| Observation {
            fact: h.kind.fact(h.value.clone()),
            at: h.at.clone(),
        });
        let measure = Measure {
            table: weakest.table,
            score: 1.0,
        };
        let evidence = Evidence::new(
            self.card,
            Subjects::group(who).ok_or(self.by_many)?,
            measure,
            Explanation::new(of_many.sentence, facts),
            of_many.explained_by.to_vec(),
            Observations::from_vec(observed.collect()).ok_or(self.by_many)?,
        );
        Ok(Outcome::Evidence(Box::new(evidence)))
    }
}
