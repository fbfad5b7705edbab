//! Profiles to outcomes: every detector looks at every applicant, then at the candidates its keys propose.

use crate::detect::DETECTORS;
use crate::detect::Detector;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::link::Proposal;
use crate::link::Source;
use crate::link::propose;
use crate::model::{
    ApplicantId, Evidence, Family, Finding, LookState, Outcome, Profile, SetAside, Subjects,
};
use crate::pipeline::Options;
use crate::report;
use crate::weigh;
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::panic::{AssertUnwindSafe, catch_unwind};

/// How many times the score of a group some of its members must reach to be a row of their own.
const BEYOND_GROUP: f64 = 1.5;

/// What all detectors said, sorted.
#[derive(Default)]
pub(in crate::pipeline) struct Observed {
    /// Evidence, by id and subjects.
    pub evidence: Vec<Evidence>,
    /// Findings, by subject and id.
    pub findings: Vec<Finding>,
    /// What was set aside.
    pub set_aside: Vec<SetAside>,
    /// What each detector saw of each applicant.
    pub looked: BTreeMap<ApplicantId, Vec<Look>>,
    /// The same before evidence marked anybody. Links are weighed by these: what ties an applicant to one person does not
    /// change what a detector's silence says of another pair.
    pub alone: weigh::Looked,
}

/// Whether evidence about a group says all that evidence about some of its members says: the same unit, no
/// explanation that only the group has, and no score far beyond the group's.
fn covers(group: &Evidence, part: &Evidence) -> bool {
    let members = group.subjects.as_slice();
    group.unit == part.unit
        && part.subjects.as_slice().len() < members.len()
        && part.measure.score < group.measure.score * BEYOND_GROUP
        && group
            .explained_by
            .iter()
            .all(|r| part.explained_by.contains(r))
        && part
            .subjects
            .as_slice()
            .iter()
            .all(|m| members.binary_search(m).is_ok())
}

/// What one detector saw of one applicant.
#[derive(Clone, Debug)]
pub(in crate::pipeline) struct Look {
    /// Detector id.
    pub detector: &'static str,
    /// The result.
    pub state: LookState,
    /// Have and need, where it was too little.
    pub amount: Option<(u32, u32)>,
    /// Why it could not look.
    pub why: Option<&'static str>,
}

impl Look {
    /// As the report lists it.
    pub fn entry(&self) -> report::Looked {
        report::Looked {
            detector: self.detector.into(),
            state: self.state,
            have: self.amount.map(|a| a.0),
            need: self.amount.map(|a| a.1),
            why: self.why.map(str::to_string),
        }
    }
}

/// Runs a detector; where it fails inside, it could not look, and the run goes on.
fn guarded(look: impl FnOnce() -> Vec<Outcome>) -> Vec<Outcome> {
    let why = "an internal error of this detector; please report it";
    catch_unwind(AssertUnwindSafe(look)).unwrap_or_else(|_| vec![Outcome::CouldNotLook { why }])
}

/// The detectors that are on, in the order of the list.
pub(in crate::pipeline) fn active(options: &Options) -> Vec<&'static dyn Detector> {
    DETECTORS
        .iter()
        .copied()
        .filter(|d| !options.off.contains(d.card().id))
        .collect()
}

/// Detectors that can make links, with their families.
pub(in crate::pipeline) fn linking(
    detectors: &[&'static dyn Detector],
) -> Vec<(&'static str, Family)> {
    detectors
        .iter()
        .filter(|d| d.join() != Join::Never)
        .map(|d| (d.card().id, d.card().family))
        .collect()
}

/// Runs the detectors over profiles sorted by applicant.
pub(in crate::pipeline) fn observe(
    profiles: &[&Profile],
    detectors: &[&'static dyn Detector],
    background: &Background,
) -> Observed {
    let outcomes = compare(
        &candidates(profiles, detectors, background),
        detectors,
        background,
    );
    gather(profiles, detectors, background, outcomes, &|_| true)
}

/// What detectors say of candidates.
pub(in crate::pipeline) fn compare(
    candidates: &[(u16, Candidate<'_>)],
    detectors: &[&'static dyn Detector],
    background: &Background,
) -> Vec<Outcome> {
    candidates
        .par_iter()
        .flat_map_iter(|(detector, candidate)| {
            guarded(|| detectors[usize::from(*detector)].compare(candidate, background))
        })
        .collect()
}

/// Looks at each profile alone and puts everything together. Findings and what was set aside are kept of those applicants
/// whom the run is about.
pub(in crate::pipeline) fn gather(
    profiles: &[&Profile],
    detectors: &[&'static dyn Detector],
    background: &Background,
    outcomes: Vec<Outcome>,
    is_about: &dyn Fn(&ApplicantId) -> bool,
) -> Observed {
    let mut out = Observed::default();
    for (profile, looks) in profiles
        .iter()
        .zip(examine(profiles, detectors, background, &mut out))
    {
        out.looked.insert(profile.applicant.clone(), looks);
    }
    out.findings.retain(|f| is_about(&f.subject));
    out.set_aside.retain(|s| s.subjects.iter().any(is_about));
    out.alone = states(&out.looked);
    for outcome in outcomes {
        match outcome {
            Outcome::Evidence(e) => out.evidence.push(*e),
            Outcome::SetAside(s) => out.set_aside.push(s),
            Outcome::Finding(_) | Outcome::TooLittle { .. } | Outcome::CouldNotLook { .. } => {}
        }
    }
    out.settle();
    out
}

/// What every detector says of every applicant alone.
fn examine(
    profiles: &[&Profile],
    detectors: &[&'static dyn Detector],
    background: &Background,
    out: &mut Observed,
) -> Vec<Vec<Look>> {
    let all: Vec<Vec<Vec<Outcome>>> = profiles
        .par_iter()
        .map(|p| {
            detectors
                .iter()
                .map(|d| guarded(|| d.examine(p, background)))
                .collect()
        })
        .collect();
    all.into_iter()
        .map(|of_profile| {
            detectors
                .iter()
                .zip(of_profile)
                .map(|(d, outcomes)| look(d.card().id, outcomes, out))
                .collect()
        })
        .collect()
}

fn look(detector: &'static str, outcomes: Vec<Outcome>, out: &mut Observed) -> Look {
    let mut look = Look {
        detector,
        state: LookState::Nothing,
        amount: None,
        why: None,
    };
    for outcome in outcomes {
        match outcome {
            Outcome::Finding(f) => {
                look.state = LookState::Found;
                out.findings.push(*f);
            }
            Outcome::SetAside(s) => out.set_aside.push(s),
            Outcome::TooLittle { have, need } => {
                look = Look {
                    state: LookState::TooLittle,
                    amount: Some((have, need)),
                    ..look
                };
            }
            Outcome::CouldNotLook { why } => {
                look = Look {
                    state: LookState::CouldNot,
                    why: Some(why),
                    ..look
                };
            }
            // Evidence is about two: only `compare` gives it.
            Outcome::Evidence(_) => {}
        }
    }
    look
}

/// Profiles and detectors as the engine sees them: numbers.
struct Pool<'a> {
    profiles: &'a [&'a Profile],
    detectors: &'a [&'static dyn Detector],
    background: &'a Background,
}

impl Source for Pool<'_> {
    fn num_profiles(&self) -> usize {
        self.profiles.len()
    }

    fn joins(&self) -> Vec<Join> {
        self.detectors.iter().map(|d| d.join()).collect()
    }

    fn keys(&self, detector: u16, profile: u32, sink: &mut KeySink) {
        self.detectors[usize::from(detector)].keys(self.profiles[profile as usize], sink);
    }

    fn weight(&self, detector: u16, key: Key) -> f32 {
        self.detectors[usize::from(detector)].weight(key, self.background)
    }
}

/// Candidates of all detectors, in the engine's order.
fn candidates<'a>(
    profiles: &[&'a Profile],
    detectors: &[&'static dyn Detector],
    background: &Background,
) -> Vec<(u16, Candidate<'a>)> {
    let pool = Pool {
        profiles,
        detectors,
        background,
    };
    let candidate = |p: Proposal| {
        let members = p.members.iter().map(|&i| profiles[i as usize]).collect();
        let keys = p.keys;
        (p.detector, Candidate { members, keys })
    };
    propose(&pool).into_iter().map(candidate).collect()
}

impl Observed {
    /// Sorts, drops what was seen twice, and marks the subjects of evidence.
    fn settle(&mut self) {
        self.evidence
            .sort_by(|a, b| (&a.id, a.subjects.as_slice()).cmp(&(&b.id, b.subjects.as_slice())));
        self.absorb();
        self.drop_lonely_style();
        self.evidence
            .dedup_by(|a, b| a.id == b.id && a.subjects == b.subjects);
        self.findings
            .sort_by(|a, b| (&a.subject, &a.id).cmp(&(&b.subject, &b.id)));
        self.gather_set_aside();
        for evidence in &self.evidence {
            for subject in evidence.subjects.as_slice() {
                let looks = self.looked.get_mut(subject).into_iter().flatten();
                for look in looks.filter(|l| l.detector == evidence.card.id) {
                    *look = Look {
                        detector: look.detector,
                        state: LookState::Found,
                        amount: None,
                        why: None,
                    };
                }
            }
        }
    }

    /// Sorts what was set aside; what several applicants each have alone, such as a program's name as author, is one row.
    fn gather_set_aside(&mut self) {
        let mut alone: BTreeMap<_, BTreeSet<ApplicantId>> = BTreeMap::new();
        let mut rows = Vec::new();
        for row in self.set_aside.drain(..) {
            match row.subjects.as_slice() {
                [one] => {
                    let of_all = alone.entry((row.detector, row.what, row.why)).or_default();
                    of_all.insert(one.clone());
                }
                _ => rows.push(row),
            }
        }
        rows.extend(alone.into_iter().map(|((detector, what, why), subjects)| {
            let subjects = subjects.into_iter().collect();
            SetAside {
                detector,
                subjects,
                what,
                why,
            }
        }));
        self.set_aside = rows;
        self.set_aside.sort();
        self.set_aside.dedup();
    }

    /// Drops evidence about some of a group whom evidence of the same detector about the whole group covers: two
    /// hundred on one template are one row. What some of them share beyond the group stays.
    fn absorb(&mut self) {
        let groups: Vec<Evidence> = self
            .evidence
            .iter()
            .filter(|e| e.subjects.as_slice().len() > 2)
            .cloned()
            .collect();
        self.evidence
            .retain(|e| !groups.iter().any(|group| covers(group, e)));
    }

    /// Drops evidence of style about applicants whom nothing else ties: habits support a link and never make one.
    fn drop_lonely_style(&mut self) {
        let tied = |e: &Evidence| (e.card.family != Family::Style).then(|| e.subjects.clone());
        let tied: Vec<Subjects> = self.evidence.iter().filter_map(tied).collect();
        self.evidence.retain(|e| {
            let all = |t: &Subjects| {
                e.subjects
                    .as_slice()
                    .iter()
                    .all(|m| t.as_slice().contains(m))
            };
            e.card.family != Family::Style || tied.iter().any(all)
        });
    }

    /// With what others than detectors set aside.
    pub fn with_set_aside(mut self, rows: Vec<SetAside>) -> Self {
        self.set_aside.extend(rows);
        self.set_aside.sort();
        self
    }
}

fn states(looked: &BTreeMap<ApplicantId, Vec<Look>>) -> weigh::Looked {
    let states = |looks: &Vec<Look>| looks.iter().map(|l| (l.detector, l.state)).collect();
    looked
        .iter()
        .map(|(id, looks)| (id.clone(), states(looks)))
        .collect()
}
