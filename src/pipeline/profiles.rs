//! Sources of one applicant to one profile. Nothing here knows who else applied.

use crate::extract::{Job, ReadError};
use crate::features::career;
use crate::features::identifiers;
use crate::features::owner;
use crate::features::place;
use crate::features::signature::sign;
use crate::features::skills;
use crate::features::whose;
use crate::identity::DisplayName;
use crate::identity::recorded_name_key;
use crate::intake::Entry;
use crate::model::{
    ApplicantId, ClaimedZones, Digest, Document, Effect, History, Identifier, MaskedText,
    PROFILE_VERSION, Place, Problem, Profile, Provenance, RawDocument, Reading, SourceInfo,
    SourceKind, Stage,
};
use crate::pipeline::workers::Workers;

/// A profile, with what only the report may know: the name.
#[derive(Debug)]
pub struct Applicant {
    /// Everything extracted.
    pub profile: Profile,
    /// The claimed name, or the one at the head of a document.
    pub name: Option<DisplayName>,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// What was read of an applicant.
#[derive(Default)]
struct Read {
    documents: Vec<(SourceInfo, RawDocument)>,
    histories: Vec<(History, Vec<crate::model::CodeUnit>)>,
    sources: Vec<SourceInfo>,
    problems: Vec<Problem>,
}

/// Reads an applicant's sources in a worker and makes the profile.
pub(in crate::pipeline) fn profile(entry: &Entry, workers: &Workers) -> Applicant {
    let mut read = Read::default();
    for source in &entry.sources {
        let job = Job {
            path: source.path.clone(),
            shown: source.shown.clone(),
            repository: source.repository,
            attempt: 0,
        };
        read.take(&source.shown, source.repository, workers.read(&job));
    }
    make(entry, read)
}

impl Read {
    fn take(&mut self, shown: &str, repository: bool, reply: Result<(String, Reading), ReadError>) {
        let info = |kind, sha256: &str, engine| SourceInfo {
            path: shown.into(),
            sha256: Digest(sha256.into()),
            kind,
            engine,
        };
        match reply {
            Ok((sha256, Reading::Document(document))) => {
                let source = info(document.kind, &sha256, Some(document.engine.clone()));
                self.warn(shown, &document.warnings);
                self.sources.push(source.clone());
                self.documents.push((source, *document));
            }
            Ok((
                _,
                Reading::Repository {
                    history,
                    code,
                    warnings,
                },
            )) => {
                self.warn(shown, &warnings);
                self.sources.push(history.source.clone());
                self.histories.push((*history, code));
            }
            Err(error) => {
                let kind = if repository {
                    SourceKind::Git
                } else {
                    SourceKind::Unknown
                };
                self.sources.push(info(kind, "", None));
                self.problem(shown, error.to_string(), Effect::NotRead);
            }
        }
    }

    fn warn(&mut self, shown: &str, warnings: &[String]) {
        for warning in warnings {
            self.problem(shown, warning.clone(), Effect::PartlyRead);
        }
    }

    fn problem(&mut self, shown: &str, message: String, effect: Effect) {
        self.problems.push(Problem {
            source: shown.into(),
            stage: Stage::Extract,
            message,
            effect,
        });
    }
}

fn make(entry: &Entry, mut read: Read) -> Applicant {
    let heading = || {
        read.documents
            .iter()
            .find_map(|(_, d)| DisplayName::from_heading(&d.text))
    };
    let name = entry.name.clone().or_else(heading);
    let zones = zones(entry, &read.documents);
    let region = place::region(&zones);
    let mut identifiers = claimed(entry, region.as_deref());
    let mut documents = Vec::new();
    for (source, raw) in read.documents {
        let (document, found) = document(source, raw, name.as_ref(), &zones, region.as_deref());
        identifiers.extend(found);
        documents.push(document);
    }
    identifiers
        .sort_by(|a, b| (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at)));
    identifiers.dedup();
    let key = name.as_ref().map(DisplayName::key);
    let (mut histories, mut code, mut owners) = (Vec::new(), Vec::new(), Vec::new());
    for (mut history, units) in read.histories {
        for ident in &mut history.idents {
            ident.name_key = recorded_name_key(&ident.name);
        }
        owners.push(owner::closure(&identifiers, key, &history));
        histories.push(history);
        code.push(units);
    }
    read.sources.sort();
    let profile = Profile {
        version: PROFILE_VERSION,
        applicant: entry.id.clone(),
        name: key,
        zones,
        identifiers,
        leftovers: Vec::new(),
        careers: documents.iter().map(|d| career::steps(d.text.as_str())).collect(),
        skills: documents.iter().map(|d| skills::lists(d.text.as_str())).collect(),
        documents,
        histories,
        owners,
        code,
        sources: read.sources,
    };
    Applicant {
        profile,
        name,
        problems: read.problems,
    }
}

/// The claimed place or zone: the manifest's, else the one in a document's heading.
fn zones(entry: &Entry, documents: &[(SourceInfo, RawDocument)]) -> ClaimedZones {
    let claims = &entry.claims;
    if claims.location.is_some() || claims.timezone.is_some() {
        return place::zones(claims.location.as_deref(), claims.timezone.as_deref());
    }
    let heading = documents
        .iter()
        .find_map(|(_, d)| place::claim_in_heading(&d.text));
    heading.map_or_else(ClaimedZones::default, |(claim, _)| {
        place::zones(Some(&claim), None)
    })
}

/// Identifiers that the manifest claims.
fn claimed(entry: &Entry, region: Option<&str>) -> Vec<Identifier> {
    let Some((path, line)) = entry.row.clone() else {
        return Vec::new();
    };
    let source = SourceInfo {
        path,
        sha256: Digest::default(),
        kind: SourceKind::Manifest,
        engine: None,
    };
    let at = |column: &str| {
        Provenance::new(
            &source,
            Place::Field {
                line,
                column: column.into(),
            },
        )
    };
    whose::from_claims(&entry.claims, at, region)
}

/// Masks a document by its own applicant and takes its identifiers.
fn document(
    source: SourceInfo,
    raw: RawDocument,
    name: Option<&DisplayName>,
    zones: &ClaimedZones,
    region: Option<&str>,
) -> (Document, Vec<Identifier>) {
    let text = &raw.text.text;
    let found = identifiers::from_text(text, region);
    let mut spans = identifiers::mask_spans(text, &found);
    spans.extend(name.map(|n| n.spans(text)).unwrap_or_default());
    spans.extend(place::spans(text, &zones.claim));
    let all = whose::from_document(&raw.text, &raw.links, &source, region);
    let masked = MaskedText::new(&raw.text, &spans);
    let signature = sign(masked.as_str());
    (
        Document {
            source,
            text: masked,
            signature,
            meta: raw.meta,
            links: raw.links,
            traces: raw.traces.map(|text| MaskedText::new(&text, &[])),
        },
        all,
    )
}

/// What is left of an applicant over whom our own code failed: a row, not a crash.
pub(in crate::pipeline) fn lost(entry: &Entry) -> Applicant {
    let problem = Problem {
        source: entry.id.to_string(),
        stage: Stage::Profile,
        message: "an internal error; please report it with the file that causes it".into(),
        effect: Effect::NotRead,
    };
    let mut applicant = make(&bare(&entry.id), Read::default());
    applicant.problems.push(problem);
    applicant
}

fn bare(id: &ApplicantId) -> Entry {
    Entry {
        id: id.clone(),
        name: None,
        claims: Default::default(),
        row: None,
        sources: Vec::new(),
    }
}
