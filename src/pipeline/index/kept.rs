//! An applicant on the way into the index, and back.

use crate::identity::DisplayName;
use crate::intake::{Entry, Source};
use crate::model::{Claims, Profile};
use crate::pipeline::Applicant;
use crate::pipeline::index::people::Number;
use crate::store::{KeptSource, Record, Snapshot, StoreError};

/// An applicant as a scan has them.
pub(in crate::pipeline::index) fn applicant(record: &Record) -> Applicant {
    Applicant {
        profile: record.profile.clone(),
        name: record.name.as_deref().and_then(DisplayName::new),
        problems: record.problems.clone(),
    }
}

/// What is kept of an applicant.
pub(in crate::pipeline::index) fn record(applicant: &Applicant) -> Record {
    Record {
        profile: applicant.profile.clone(),
        name: applicant.name.as_ref().map(|n| n.as_written().to_owned()),
        problems: applicant.problems.clone(),
    }
}

/// What an applicant handed in, with the digests of what was read.
pub(in crate::pipeline::index) fn sources(entry: &Entry, profile: &Profile) -> Vec<KeptSource> {
    let digest = |shown: &str| {
        let of_source = profile.sources.iter().find(|s| s.path == shown);
        of_source.map(|s| s.sha256.0.clone()).unwrap_or_default()
    };
    let kept = |s: &Source| KeptSource {
        shown: s.shown.clone(),
        path: std::path::absolute(&s.path).unwrap_or_else(|_| s.path.clone()),
        repository: s.repository,
        inside: s.inside,
        digest: digest(&s.shown),
    };
    entry.sources.iter().map(kept).collect()
}

/// An applicant of the index as a pool names them: enough to read code again.
///
/// # Errors
/// What the index says.
pub(in crate::pipeline::index) fn entry(
    snapshot: &Snapshot<'_>,
    number: Number,
    profile: &Profile,
) -> Result<Entry, StoreError> {
    let source = |s: KeptSource| Source {
        shown: s.shown,
        path: s.path,
        repository: s.repository,
        inside: s.inside,
    };
    Ok(Entry {
        id: profile.applicant.clone(),
        name: None,
        claims: Claims::default(),
        row: None,
        sources: snapshot.sources(number)?.into_iter().map(source).collect(),
    })
}
