//! Applicants with documents that keep this and that: what the tests of the document detectors are made of.

use crate::detect::Detector;
use crate::features::text_features::text_features;
use crate::link::Background;
use crate::link::Candidate;
use crate::model::{
    ApplicantId, Digest, Document, DocumentMeta, Evidence, Finding, Leftover, LeftoverSite,
    LeftoverValue, MaskedText, NameKey, Outcome, PagedText, Place, Profile, Provenance, SetAside,
    SourceInfo, SourceKind, Traces,
};

/// The name key of an applicant in these tests.
pub(in crate::detect) fn name_of(id: &str) -> NameKey {
    NameKey(crate::model::hash_text(id))
}

pub(in crate::detect) fn masked(text: &str) -> MaskedText {
    MaskedText::new(&PagedText::new(text, Vec::new()), &[])
}

/// One document of an applicant.
pub(in crate::detect) fn document(id: &str, text: &str, meta: DocumentMeta) -> Document {
    let source = SourceInfo {
        path: format!("{id}/cv.docx"),
        sha256: Digest(id.into()),
        kind: SourceKind::Docx,
        engine: None,
    };
    let features = text_features(text);
    Document {
        source,
        text: masked(text),
        signature: features.signature,
        fingerprints: features.fingerprints,
        meta,
        links: Vec::new(),
        traces: Traces::default(),
    }
}

/// An applicant with one document.
pub(in crate::detect) fn applicant(id: &str, document: Document) -> Profile {
    Profile {
        name: Some(name_of(id)),
        documents: vec![document],
        ..Profile::empty(ApplicantId::new(id))
    }
}

/// An applicant with one document that keeps these fields.
pub(in crate::detect) fn keeping(id: &str, meta: DocumentMeta) -> Profile {
    applicant(id, document(id, "A résumé of some words.", meta))
}

/// Leaves the name of `other` in the document of `holder`.
pub(in crate::detect) fn leave_name(
    holder: &mut Profile,
    other: &str,
    site: LeftoverSite,
    part: &str,
) {
    let source = holder.documents[0].source.clone();
    holder.leftovers.push(Leftover {
        value: LeftoverValue::Name(name_of(other)),
        site,
        at: Provenance::new(&source, Place::Part(part.into())),
    });
    holder.leftovers.sort();
}

pub(in crate::detect) fn compared(detector: &dyn Detector, members: &[Profile]) -> Vec<Outcome> {
    let candidate = Candidate {
        members: members.iter().collect(),
        keys: Vec::new(),
    };
    detector.compare(&candidate, &Background::shipped())
}

pub(in crate::detect) fn evidence_of(outcomes: &[Outcome]) -> Vec<&Evidence> {
    outcomes
        .iter()
        .filter_map(|o| match o {
            Outcome::Evidence(e) => Some(e.as_ref()),
            _ => None,
        })
        .collect()
}

pub(in crate::detect) fn set_aside_of(outcomes: &[Outcome]) -> Vec<&SetAside> {
    outcomes
        .iter()
        .filter_map(|o| match o {
            Outcome::SetAside(s) => Some(s),
            _ => None,
        })
        .collect()
}

pub(in crate::detect) fn findings_of(outcomes: &[Outcome]) -> Vec<&Finding> {
    outcomes
        .iter()
        .filter_map(|o| match o {
            Outcome::Finding(f) => Some(f.as_ref()),
            _ => None,
        })
        .collect()
}
