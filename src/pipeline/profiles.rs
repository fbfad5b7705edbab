//! Sources of one applicant to one profile. Nothing here knows who else applied.

use crate::extract::{Job, ReadError};
use crate::features::career;
use crate::features::code::earlier;
use crate::features::code::style;
use crate::features::identifiers;
use crate::features::leftovers;
use crate::features::owner;
use crate::features::place;
use crate::features::skills;
use crate::features::text_features;
use crate::features::whose;
use crate::identity::DisplayName;
use crate::identity::NameFinder;
use crate::identity::is_full_name;
use crate::identity::recorded_name_key;
use crate::intake::Entry;
use crate::model::{
    ApplicantId, ClaimedZones, Claims, CodeUnit, Digest, Document, DocumentLink, DocumentMeta,
    Effect, Engine, History, Identifier, Leftover, MaskedText, PROFILE_VERSION, PagedText, Place,
    Problem, Profile, Provenance, RawDocument, Reading, RepositoryTraces, SourceInfo, SourceKind,
    Stage, Traces,
};
use crate::pipeline::leftovers::Leavings;
use crate::pipeline::workers::Workers;

/// A profile, with what only the report may know: the name.
#[derive(Clone, Debug)]
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
    repositories: Vec<(History, Vec<CodeUnit>, RepositoryTraces)>,
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
            inside: source.inside,
            attempt: 0,
        };
        read.take(&source.shown, source.repository, workers.read(&job));
    }
    make(entry, read)
}

/// The profile of somebody who hands in nothing but a text.
pub(in crate::pipeline) fn of_text(text: &str) -> Applicant {
    let source = SourceInfo {
        path: String::new(),
        sha256: Digest::default(),
        kind: SourceKind::Text,
        engine: None,
    };
    let document = RawDocument {
        kind: SourceKind::Text,
        engine: Engine::new("", ""),
        text: PagedText::new(text, Vec::new()),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces::default(),
        warnings: Vec::new(),
    };
    let entry = Entry {
        id: ApplicantId::new(""),
        name: None,
        claims: Claims::default(),
        row: None,
        sources: Vec::new(),
    };
    let documents = vec![(source, document)];
    make(
        &entry,
        Read {
            documents,
            ..Read::default()
        },
    )
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
                    traces,
                    warnings,
                },
            )) => {
                self.warn(shown, &warnings);
                self.sources.push(history.source.clone());
                self.repositories.push((*history, code, *traces));
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
    for (source, raw) in &read.documents {
        let found = whose::from_document(&raw.text, &raw.links, source, region.as_deref());
        identifiers.extend(found);
        identifiers.extend(whose::from_metadata(&raw.meta, &raw.traces.paths, source));
    }
    identifiers
        .sort_by(|a, b| (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at)));
    identifiers.dedup();
    let leavings = Leavings {
        names: NameFinder::new(name.as_ref()),
        identifiers: &identifiers,
        region: region.as_deref(),
    };
    let mut leftovers: Vec<Leftover> = read
        .documents
        .iter()
        .flat_map(|(source, raw)| leavings.of_document(source, raw))
        .collect();
    leftovers.sort();
    leftovers.dedup();
    let mask = Mask {
        name: name.as_ref(),
        zones: &zones,
        region: region.as_deref(),
    };
    let documents: Vec<Document> = read
        .documents
        .into_iter()
        .map(|(source, raw)| mask.document(source, raw))
        .collect();
    let key = name.as_ref().map(DisplayName::key);
    let (mut histories, mut owners) = (Vec::new(), Vec::new());
    let (mut code, mut repositories) = (Vec::new(), Vec::new());
    for (mut history, mut units, traces) in read.repositories {
        earlier::keep_new(&mut units);
        for ident in &mut history.idents {
            ident.name_key = recorded_name_key(&ident.name);
            ident.has_full_name = is_full_name(&ident.name);
        }
        owners.push(owner::closure(&identifiers, key, &history));
        histories.push(history);
        style::trim(&mut units);
        code.push(units);
        repositories.push(traces);
    }
    read.sources.sort();
    let profile = Profile {
        version: PROFILE_VERSION,
        applicant: entry.id.clone(),
        name: key,
        zones,
        identifiers,
        leftovers,
        careers: documents
            .iter()
            .map(|d| career::steps(d.text.as_str()))
            .collect(),
        skills: documents
            .iter()
            .map(|d| skills::lists(d.text.as_str()))
            .collect(),
        documents,
        histories,
        owners,
        code,
        repositories,
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

/// Masks texts by what is their own applicant's: name, contacts, places.
struct Mask<'a> {
    name: Option<&'a DisplayName>,
    zones: &'a ClaimedZones,
    region: Option<&'a str>,
}

impl Mask<'_> {
    fn text(&self, raw: &PagedText) -> MaskedText {
        let text = &raw.text;
        let found = identifiers::from_text(text, self.region);
        let mut spans = identifiers::mask_spans(text, &found);
        spans.extend(self.name.map(|n| n.spans(text)).unwrap_or_default());
        spans.extend(place::spans(text, &self.zones.claim));
        MaskedText::new(raw, &spans)
    }

    /// The visible text of a link. An address that is not that of the target stays, like the target: what it says is
    /// what `hidden-link` compares.
    fn link(&self, link: DocumentLink) -> DocumentLink {
        let text = match leftovers::clash(&link.text, &link.target, self.region) {
            Some(clash) => clash.shown.value,
            None => {
                let raw = PagedText::new(link.text, Vec::new());
                self.text(&raw).as_str().to_owned()
            }
        };
        DocumentLink { text, ..link }
    }

    fn document(&self, source: SourceInfo, raw: RawDocument) -> Document {
        let text = self.text(&raw.text);
        let features = text_features(text.as_str());
        Document {
            source,
            text,
            signature: features.signature,
            fingerprints: features.fingerprints,
            meta: raw.meta,
            links: raw.links.into_iter().map(|l| self.link(l)).collect(),
            traces: raw.traces.map(|text| self.text(&text)),
        }
    }
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
