//! What commonness is judged against in this run: the shipped references, users' own, and job advertisements.

use crate::extract::Job;
use crate::features::overlap::shingles;
use crate::features::shingle::PHRASE_K;
use crate::features::shingle::hash_words;
use crate::features::shingle::phrases;
use crate::features::signature::SIGNATURE_VERSION;
use crate::features::token::Token;
use crate::features::token::tokens;
use crate::link::Background;
use crate::link::Reference;
use crate::model::{Digest, Fact, Profile, Reading, SetAside};
use crate::pipeline::Options;
use crate::pipeline::survey::Survey;
use crate::pipeline::workers::Workers;
use crate::report;
use anyhow::{Context, bail};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Fewest different five-word phrases of an advertisement that make an applicant one of those who took from it: one or
/// two are turns that everybody uses.
const MIN_TAKEN: usize = 3;

/// The name of the rows about job advertisements among what was set aside.
const ADVERT: &str = "job-advertisement";

/// A job advertisement, read.
#[derive(Debug)]
pub(in crate::pipeline) struct Advert {
    /// The name of the file.
    shown: String,
    /// Its digest.
    sha256: Digest,
    /// Its five-word phrases, sentences and lines run together too.
    phrases: BTreeSet<u64>,
}

/// The shipped references, as they were decoded, and those of the options.
///
/// # Errors
/// When a file cannot be read or is no reference of this version; the message names it.
pub(in crate::pipeline) fn background(
    shipped: Background,
    options: &Options,
) -> anyhow::Result<Background> {
    let mut background = shipped;
    for path in &options.backgrounds {
        let bytes = fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
        let (_, reference) = Reference::read(&bytes, SIGNATURE_VERSION)
            .with_context(|| format!("cannot use the background {}", path.display()))?;
        let known = background
            .references
            .iter()
            .any(|r| r.sha256 == reference.sha256);
        if !known {
            background.add_reference(reference);
        }
    }
    Ok(background)
}

/// Reads the job advertisements of the options into the background. A run that was told to leave their text out must not
/// go on without it.
///
/// # Errors
/// When one cannot be read; the message names it.
pub(in crate::pipeline) fn adverts(
    options: &Options,
    workers: &Workers,
    background: &mut Background,
) -> anyhow::Result<Vec<Advert>> {
    let mut out = Vec::new();
    for path in &options.jobs {
        let (sha256, text) = read_text(path, workers)
            .with_context(|| format!("cannot use the job advertisement {}", path.display()))?;
        let words = tokens(&text);
        // An applicant may run its bullets together or break its sentences: both are its words.
        let run_on = |k: usize| words.windows(k).map(hash_words);
        let phrases: BTreeSet<u64> = run_on(PHRASE_K).collect();
        let all = shingles(&words);
        let shingles = all.into_iter().chain(run_on_shingles(&words));
        background.add_advert(phrases.iter().copied(), shingles);
        out.push(Advert {
            shown: path
                .file_name()
                .map(|n| n.to_string_lossy().into_owned())
                .unwrap_or_default(),
            sha256: Digest(sha256),
            phrases,
        });
    }
    Ok(out)
}

/// Three-word shingles of words run together, as `for_each_shingle` hashes them inside one segment.
fn run_on_shingles(words: &[Token]) -> Vec<u64> {
    let mut words = words.to_vec();
    for word in words.iter_mut().skip(1) {
        word.opens = false;
    }
    shingles(&words)
}

fn read_text(path: &Path, workers: &Workers) -> anyhow::Result<(String, String)> {
    let job = Job {
        path: path.into(),
        shown: path.display().to_string(),
        repository: false,
        inside: None,
        attempt: 0,
    };
    match workers.read(&job) {
        Ok((sha256, Reading::Document(document))) => Ok((sha256, document.text.text)),
        Ok(_) => bail!("it is no document"),
        Err(e) => bail!("{e}"),
    }
}

/// What was ignored of each advertisement, and whose documents hold it.
pub(in crate::pipeline) fn taken_from(adverts: &[Advert], profiles: &[&Profile]) -> Vec<SetAside> {
    let rows = adverts.iter().map(|advert| {
        let takes = |profile: &&&Profile| {
            let mut found = BTreeSet::new();
            for document in &profile.documents {
                let all = phrases(&tokens(document.text.as_str()));
                found.extend(
                    all.iter()
                        .map(|p| p.hash)
                        .filter(|p| advert.phrases.contains(p)),
                );
            }
            found.len() >= MIN_TAKEN
        };
        let subjects: Vec<&&Profile> = profiles.par_iter().filter(takes).collect();
        SetAside {
            detector: ADVERT,
            subjects: subjects.iter().map(|p| p.applicant.clone()).collect(),
            what: Fact::Path(advert.shown.clone()),
            why: "these documents hold phrases of the job advertisement; its phrases weigh nothing",
        }
    });
    rows.filter(|row| !row.subjects.is_empty()).collect()
}

/// Everything commonness was judged against, for the report.
pub(in crate::pipeline) fn entry(
    background: &Background,
    adverts: &[Advert],
    survey: &Survey,
) -> report::BackgroundEntry {
    let share = |known: &u64| (survey.phrases > 0).then(|| *known as f64 / survey.phrases as f64);
    let references = background.references.iter().zip(&survey.known_to);
    let references = references.map(|(r, known)| report::TableEntry {
        name: r.name.clone(),
        version: r.version.clone(),
        sha256: r.sha256.clone(),
        coverage: share(known),
    });
    let tables = background.tables.iter().map(|t| report::TableEntry {
        name: t.name.into(),
        version: t.version.into(),
        sha256: t.sha256.clone(),
        coverage: None,
    });
    let adverts = adverts.iter().map(|a| report::TableEntry {
        name: format!("{ADVERT}/{}", a.shown),
        version: String::new(),
        sha256: a.sha256.clone(),
        coverage: None,
    });
    report::BackgroundEntry {
        tables: references.chain(tables).chain(adverts).collect(),
        coverage: survey.coverage(),
        documents: survey.documents,
        unknown_documents: survey.unknown_documents,
    }
}
