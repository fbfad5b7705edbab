//! The detectors: candidates to outcomes. One file is one detector; [`DETECTORS`] is the one list.
//!
//! To add one: write `src/detect/<id>.rs` after the pattern of any other, declare it below and put it in the list.

mod clock_offset;
#[cfg(test)]
mod code_fixture;
mod commit_identity;
mod near_text;
mod same_career;
mod shared_blobs;
mod shared_contact;

use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Outcome;
use crate::model::Profile;

/// One kind of observation.
pub trait Detector: Sync {
    /// Id, title, family, what it looks at, why it can mean a link, innocent explanations, limits, references.
    fn card(&self) -> &'static Card;

    /// How candidates arise.
    fn join(&self) -> Join {
        Join::Never
    }

    /// Blocking keys of a profile, each with a role.
    fn keys(&self, _profile: &Profile, _sink: &mut KeySink) {}

    /// What one shared key weighs in a [`Join::Mass`], such as 1 / (1 + reference document frequency).
    fn weight(&self, _key: Key, _background: &Background) -> f32 {
        1.0
    }

    /// What one applicant's own material shows; also where a detector says that it has too little or cannot look.
    fn examine(&self, _profile: &Profile, _background: &Background) -> Vec<Outcome> {
        Vec::new()
    }

    /// What ties the applicants of one candidate, checked exactly; a group may split into several.
    fn compare(&self, _candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        Vec::new()
    }
}

/// Every detector, in the order in which reports list them.
pub static DETECTORS: &[&dyn Detector] = &[
    &near_text::NearText,
    &same_career::SameCareer,
    &shared_contact::SharedContact,
    &commit_identity::CommitIdentity,
    &shared_blobs::SharedBlobs,
    &clock_offset::ClockOffset,
];
