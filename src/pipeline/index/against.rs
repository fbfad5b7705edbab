//! Those handed in against everybody in an index, to a report about them.

use crate::detect::Detector;
use crate::intake::Pool;
use crate::link::Background;
use crate::model::{ApplicantId, Fact, Outcome, Profile, SetAside};
use crate::pipeline::index::Handed;
use crate::pipeline::index::candidates;
use crate::pipeline::index::commonness;
use crate::pipeline::index::facts;
use crate::pipeline::index::kept::{applicant, entry};
use crate::pipeline::index::people::{Number, People};
use crate::pipeline::observe::{self, Observed};
use crate::pipeline::references::{self, Advert};
use crate::pipeline::survey;
use crate::pipeline::{Applicant, Options, Scope};
use crate::pipeline::{conclude, illustrate};
use crate::report;
use crate::report::Report;
use crate::store::{Snapshot, StoreError};
use std::collections::BTreeSet;

/// Compares, weighs and puts together.
///
/// # Errors
/// What the index says, or when no worker can be started.
pub(in crate::pipeline::index) fn against(
    snapshot: &Snapshot<'_>,
    handed: &Handed,
    detectors: &[&'static dyn Detector],
    background: &mut Background,
    adverts: &[Advert],
    options: &Options,
) -> anyhow::Result<Report> {
    let mut people = People::new(snapshot, &handed.applicants)?;
    let wanted = candidates::wanted(&mut people, snapshot, detectors, background)?;
    let num_applicants = commonness::fill(background, &people, snapshot)?;
    let new: BTreeSet<&ApplicantId> = handed
        .applicants
        .iter()
        .map(|a| &a.profile.applicant)
        .collect();
    let is_about = |id: &ApplicantId| new.contains(id);
    let mut outcomes = observe::compare(&wanted.candidates(&people), detectors, background);
    outcomes.retain(|o| match o {
        Outcome::Evidence(e) => e.subjects.as_slice().iter().any(is_about),
        Outcome::SetAside(s) => s.subjects.iter().any(is_about),
        Outcome::Finding(_) | Outcome::TooLittle { .. } | Outcome::CouldNotLook { .. } => true,
    });
    let shown = shown(&people, &outcomes);
    let profiles = in_order(&people, &shown);
    let mut observed = observe::gather(&profiles, detectors, background, outcomes, &is_about);
    let pool = pool_of(snapshot, handed, &people, &shown)?;
    illustrate(&mut observed, &pool, options)?;
    let own: Vec<&Profile> = handed.applicants.iter().map(|a| &a.profile).collect();
    let observed = with_rows(observed, &wanted.cut, adverts, &own);
    let scope = Scope {
        num_applicants,
        comparisons: comparisons(own.len(), num_applicants),
        background: references::entry(background, adverts, &survey::survey(&own, background)),
    };
    let mut applicants: Vec<Applicant> =
        shown.iter().map(|&n| applicant(people.record(n))).collect();
    // What could not be read of them was told when they were put in.
    applicants.iter_mut().for_each(|a| a.problems.clear());
    applicants.extend(handed.applicants.iter().cloned());
    applicants.sort_by(|a, b| a.profile.applicant.cmp(&b.profile.applicant));
    let mut draft = conclude(&pool, &applicants, observed, detectors, scope, options);
    // What many share with a new one ties the others to each other too: that is not asked here.
    draft.links.retain(|l| is_about(&l.a) || is_about(&l.b));
    Ok(report::assemble(draft))
}

/// Pairs among `new` applicants and between them and the others of `all`.
fn comparisons(new: usize, all: usize) -> f64 {
    let (new, others) = (new as f64, all.saturating_sub(new) as f64);
    new * (new - 1.0) / 2.0 + new * others
}

/// Numbers of those in the index who belong into the report: tied to somebody handed in, or the same person.
fn shown(people: &People<'_>, outcomes: &[Outcome]) -> Vec<Number> {
    let mut tied: BTreeSet<&ApplicantId> = BTreeSet::new();
    for outcome in outcomes {
        if let Outcome::Evidence(e) = outcome {
            tied.extend(e.subjects.as_slice());
        }
    }
    let persons = people
        .handed_in()
        .flat_map(|n| facts::person_keys(people.profile(n)));
    let persons: BTreeSet<u64> = persons.collect();
    let is_same = |n: &Number| facts::person_keys(people.profile(*n)).any(|k| persons.contains(&k));
    people
        .loaded()
        .filter(|n| tied.contains(&people.profile(*n).applicant) || is_same(n))
        .collect()
}

fn in_order<'p>(people: &'p People<'_>, shown: &[Number]) -> Vec<&'p Profile> {
    let all = people.handed_in().chain(shown.iter().copied());
    let mut profiles: Vec<&Profile> = all.map(|n| people.profile(n)).collect();
    profiles.sort_by(|a, b| a.applicant.cmp(&b.applicant));
    profiles
}

/// The sources of everybody in the report, from which code is read again, with the problems of what was handed in.
fn pool_of(
    snapshot: &Snapshot<'_>,
    handed: &Handed,
    people: &People<'_>,
    shown: &[Number],
) -> Result<Pool, StoreError> {
    let mut applicants = handed.pool.applicants.clone();
    for &number in shown {
        applicants.push(entry(snapshot, number, people.profile(number))?);
    }
    Ok(Pool {
        applicants,
        problems: handed.pool.problems.clone(),
        manifests: handed.pool.manifests.clone(),
        addresses: Vec::new(),
    })
}

/// With what was taken from job advertisements, and with a row for each detector that did not follow everything.
fn with_rows(
    observed: Observed,
    cut: &BTreeSet<&'static str>,
    adverts: &[Advert],
    own: &[&Profile],
) -> Observed {
    let mut rows = references::taken_from(adverts, own);
    rows.extend(cut.iter().map(|&detector| SetAside {
        detector,
        subjects: own.iter().map(|p| p.applicant.clone()).collect(),
        what: Fact::Text("values that very many in the index share".into()),
        why: "not everybody who shares them was followed here; a report of the whole index looks at all of them",
    }));
    observed.with_set_aside(rows)
}
