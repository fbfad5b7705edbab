//! The detectors: candidates to outcomes. One file is one detector; [`DETECTORS`] is the one list.
//!
//! To add one: write `src/detect/<id>.rs` after the pattern of any other, declare it below and put it in the list.

mod account_age;
mod anachronism;
mod backfilled_history;
mod base_rates;
#[cfg(test)]
mod clock_case;
mod clock_disagreement;
mod clock_hop;
mod clock_offset;
mod clock_rhythm;
mod clock_runs_backwards;
mod code_copy;
#[cfg(test)]
mod code_fixture;
mod code_origin;
mod code_style;
mod commit_finding;
mod commit_identity;
mod common_ground;
mod contradicting_versions;
mod copied;
#[cfg(test)]
mod copy_fixture;
mod creation_burst;
#[cfg(test)]
mod document_fixture;
mod earlier_revision;
mod file_clock;
mod file_lineage;
mod grid_commits;
mod hidden_link;
mod hidden_text;
mod impossible_timeline;
mod kept_text;
mod licence_holder;
mod metadata_author;
mod name_spellings;
mod named_in_files;
mod named_other;
mod near_text;
mod no_daylight_saving;
mod odd_offset;
mod of_many;
mod opener_safety;
mod paraphrase;
mod persona_leftover;
mod readme_swap;
mod renamed_account;
mod same_author_seconds;
mod same_career;
mod same_layout;
mod same_photo;
mod same_trees;
mod shared_blobs;
mod shared_commits;
mod shared_contact;
mod shared_key;
mod shared_machine;
mod shared_passages;
mod shared_reference;
mod shared_secret;
mod shared_service;
mod shared_value;
mod shifted_copy;
mod skills_order;
mod split_group;
mod template_residue;
#[cfg(test)]
mod text_fixture;
mod text_match;
mod twin_history;

pub use same_photo::photo_distance;

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
    &shared_passages::SharedPassages,
    &paraphrase::Paraphrase,
    &same_career::SameCareer,
    &skills_order::SkillsOrder,
    &shared_contact::SharedContact,
    &shared_reference::SharedReference,
    &commit_identity::CommitIdentity,
    &renamed_account::RenamedAccount,
    &shared_key::SHARED_KEY,
    &shared_machine::SHARED_MACHINE,
    &shared_secret::SHARED_SECRET,
    &shared_service::SHARED_SERVICE,
    &persona_leftover::PersonaLeftover,
    &licence_holder::LicenceHolder,
    &shared_blobs::SharedBlobs,
    &code_copy::CodeCopy,
    &readme_swap::ReadmeSwap,
    &code_style::CodeStyle,
    &shared_commits::SharedCommits,
    &same_author_seconds::SameAuthorSeconds,
    &shifted_copy::ShiftedCopy,
    &same_trees::SameTrees,
    &clock_offset::ClockOffset,
    &file_lineage::FileLineage,
    &earlier_revision::EarlierRevision,
    &metadata_author::MetadataAuthor,
    &hidden_link::HiddenLink,
    &hidden_text::HiddenTexts,
    &template_residue::TemplateResidue,
    &same_photo::SamePhoto,
    &same_layout::SameLayout,
    &creation_burst::CreationBurst,
    &file_clock::FileClock,
    &clock_rhythm::ClockRhythm,
    &clock_disagreement::ClockDisagreement,
    &no_daylight_saving::NoDaylightSaving,
    &clock_hop::ClockHop,
    &grid_commits::GridCommits,
    &backfilled_history::BackfilledHistory,
    &clock_runs_backwards::ClockRunsBackwards,
    &odd_offset::OddOffset,
    &twin_history::TwinHistory,
    &opener_safety::OpenerSafety,
    &impossible_timeline::ImpossibleTimeline,
    &contradicting_versions::ContradictingVersions,
    &account_age::AccountAge,
    &anachronism::Anachronism,
    &name_spellings::NameSpellings,
];
