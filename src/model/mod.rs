//! The nouns: what was read, what it looks like, what was observed. Plain data with serde, no I/O, no decisions.
//!
//! One file is one noun, named like its main type. Everything a [`Profile`] holds is made from one applicant's own
//! material and depends on nobody else, so profiles can be stored, shipped and compared anywhere.

mod applicant;
mod base64;
mod card;
mod career;
mod code;
mod document;
mod evidence;
mod exhibit;
mod fact;
mod finding;
mod fingerprint;
mod hash;
mod history;
mod identifier;
mod image_view;
mod key_material;
mod leftover;
mod opener;
mod outcome;
mod owner;
mod package;
mod pin;
mod problem;
mod profile;
mod provenance;
mod reading;
mod repository;
mod repository_url;
mod source;
mod strength;
mod style;
mod text;
mod time;
mod traces;
mod word_diff;
mod zones;

pub use applicant::{ApplicantId, Claims, NameKey};
pub use base64::base64;
pub use card::{Card, Family, Relation};
pub use career::{CareerStep, SkillList, YearMonth};
pub use code::{ClassReason, CodeMark, CodePrint, CodeUnit, FileClass, Language};
pub use document::{Document, DocumentLink, DocumentMeta};
pub use evidence::{Evidence, Explanation, Measure, Observation, Observations, Subjects};
pub use exhibit::{
    Change, ChangeKind, CodeLines, CodeRegion, Exhibit, HourColumn, HourRow, Lane, LaneMark,
    OffsetFit, Passage, Photo, Span,
};
pub use fact::Fact;
pub use finding::{BaseRate, Finding, FindingParts};
pub use fingerprint::Fingerprints;
pub use hash::{HASH_VERSION, combine, hash_bytes, hash_text, mix};
pub use history::{
    Commit, History, Ident, KeyId, ObjectId, RecordedName, RefClass, RefName, Stamp,
};
pub use identifier::{Identifier, IdentifierKind, IdentifierRole};
pub use image_view::{ImageView, NUM_TILES};
pub use key_material::{
    decode_base64, encode_base64, open_pgp_issuer, ssh_fingerprint, take_bytes, take_number,
};
pub use leftover::{Leftover, LeftoverSite, LeftoverValue};
pub use opener::{Opener, OpenerKind};
pub use outcome::{LookState, Outcome, SetAside};
pub use owner::{OwnedBy, Owner};
pub use package::{PACKAGE_START, Package, path_inside};
pub use pin::{Pin, Version};
pub use problem::{Effect, Problem, Stage};
pub use profile::{PROFILE_VERSION, Profile};
pub use provenance::{Place, Provenance};
pub use reading::{RawDocument, Reading};
pub use repository::{Readme, RepositoryTraces};
pub use repository_url::RepositoryUrl;
pub use source::{Digest, Engine, SourceInfo, SourceKind};
pub use strength::{Strength, Words};
pub use style::StylePrint;
pub use text::{LineBox, MASK, MaskedText, PagedText, SIGNATURE_LEN, Signature, floor_char};
pub use time::{RawTime, UtcOffset};
pub use traces::{
    EmbeddedImage, Exif, HiddenText, Hiding, Layout, Ordinary, PerceptualHash, Revision,
    RevisionKind, Traces,
};
pub use zones::ClaimedZones;
