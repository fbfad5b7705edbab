//! The way of the data, stage by stage: the only module that sees all others. It decides nothing.
//!
//! 1. sources are read in worker processes and made into profiles, each applicant alone;
//! 2. detectors look at each profile, and at the candidates that shared keys propose;
//! 3. evidence is weighed into links, links are grouped into clusters;
//! 4. everything becomes one report, masked.

mod build;
mod file_names;
mod files;
mod frame;
mod identities;
mod index;
mod inspect;
mod leftovers;
mod observe;
mod options;
mod photos;
mod posted;
mod prepare;
mod profiles;
mod progress;
mod quotes;
mod references;
mod repeated;
mod serve;
mod survey;
mod watching;
mod workers;

pub use crate::extract::Ocr;
pub use crate::extract::private_folder;
pub use crate::intake::Pool;
pub use crate::link::Header as BackgroundHeader;
pub use build::{BuildOptions, Built, build_background, describe_background};
pub use index::{Added, Handed, Memory, index_at, stamp_of};
pub use inspect::{Inspection, Section, inspect};
pub use options::Options;
pub use posted::{Posted, Refused};
pub use prepare::prepare;
pub use profiles::Applicant;
pub use progress::{Progress, Silent};
pub use serve::serve_worker;
pub use watching::{Watch, keyed_hash, normal, word};

use crate::features::activity_charts;
use crate::graph;
use crate::link::{Background, HOT_BUCKET};
use crate::model::{ApplicantId, Digest, Problem, Profile};
use crate::pipeline::observe::Observed;
use crate::pipeline::workers::Workers;
use crate::report;
use crate::weigh;
use anyhow::Context;
use rayon::prelude::*;
use sha2::{Digest as _, Sha256};
use std::panic::{AssertUnwindSafe, catch_unwind};

/// Reads a pool and reports what ties its applicants together.
///
/// # Errors
/// When no thread or worker can be started. What cannot be read is a problem in the report.
pub fn run(
    pool: Pool,
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<report::Report> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.max(1))
        .build()
        .context("failed to start threads")?;
    threads.install(|| {
        let mut background = references::background(Background::shipped(), options)?;
        let adverts = references::adverts(options, &workers(options)?, &mut background)?;
        let applicants = read(&pool, options, progress)?;
        let report = together(
            &pool,
            &applicants,
            &mut background,
            &adverts,
            options,
            progress,
        )?;
        progress.finish();
        Ok(report)
    })
}

/// Everything after the profiles are made: each applicant with each.
fn together(
    pool: &Pool,
    applicants: &[Applicant],
    background: &mut Background,
    adverts: &[references::Advert],
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<report::Report> {
    let profiles: Vec<&Profile> = applicants.iter().map(|a| &a.profile).collect();
    let survey = survey::survey(&profiles, background);
    background.pool = survey::pool_counts(&profiles, &survey);
    background.holders = survey::holders(&profiles);
    background.code = survey::code_counts(&profiles);
    let detectors = observe::active(options);
    progress.stage("comparing", profiles.len() as u64);
    let mut observed = observe::observe(&profiles, &detectors, background);
    illustrate(&mut observed, pool, options)?;
    let observed = observed.with_set_aside(references::taken_from(adverts, &profiles));
    let num = profiles.len();
    let scope = Scope {
        num_applicants: num,
        comparisons: num as f64 * (num as f64 - 1.0) / 2.0,
        background: references::entry(background, adverts, &survey),
    };
    let draft = conclude(pool, applicants, observed, &detectors, scope, options);
    Ok(report::assemble(draft))
}

/// Reads again from the sources what the report draws: code, and photos where names are revealed.
fn illustrate(observed: &mut Observed, pool: &Pool, options: &Options) -> anyhow::Result<()> {
    quotes::fill(&mut observed.evidence, pool, &workers(options)?);
    if options.reveal {
        let limits = photos::limits(&options.limits);
        let workers = workers_with(options, limits)?;
        photos::fill(&mut observed.evidence, pool, &workers);
    }
    Ok(())
}

/// What a run's figures are about.
struct Scope {
    /// Applicants who were compared with each other or with those handed in.
    num_applicants: usize,
    /// Pairs that were compared.
    comparisons: f64,
    /// What commonness was judged against.
    background: report::BackgroundEntry,
}

/// Profiles of a pool, sorted by applicant: stage 1 alone, for an index or a program that measures.
///
/// # Errors
/// As for [`run`].
pub fn read(
    pool: &Pool,
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<Vec<Applicant>> {
    let workers = workers(options)?;
    progress.stage("reading", pool.applicants.len() as u64);
    pool.problems.iter().for_each(|p| progress.problem(p));
    let mut applicants: Vec<Applicant> = pool
        .applicants
        .par_iter()
        .map(|entry| {
            let applicant = catch_unwind(AssertUnwindSafe(|| profiles::profile(entry, &workers)))
                .unwrap_or_else(|_| profiles::lost(entry));
            applicant.problems.iter().for_each(|p| progress.problem(p));
            progress.step();
            applicant
        })
        .collect();
    applicants.sort_by(|a, b| a.profile.applicant.cmp(&b.profile.applicant));
    Ok(applicants)
}

/// One worker process for each thread, none of them started yet.
fn workers(options: &Options) -> anyhow::Result<Workers> {
    workers_with(options, options.limits.clone())
}

fn workers_with(options: &Options, limits: crate::extract::Limits) -> anyhow::Result<Workers> {
    let binary = match &options.worker {
        Some(path) => path.clone(),
        None => std::env::current_exe().context("failed to find the running program")?,
    };
    let threads = rayon::current_num_threads();
    Ok(Workers::new(binary, limits, threads))
}

/// Weighs, groups and gathers everything for the report.
fn conclude(
    pool: &Pool,
    applicants: &[Applicant],
    observed: Observed,
    detectors: &[&'static dyn crate::detect::Detector],
    scope: Scope,
    options: &Options,
) -> report::Draft {
    let calibration = weigh::Calibration::shipped();
    let profiles: Vec<&Profile> = applicants.iter().map(|a| &a.profile).collect();
    let repeated = repeated::repeated(&profiles);
    let weighing = weigh::Pool {
        detectors: &observe::linking(detectors),
        looked: &observed.alone,
        comparisons: scope.comparisons,
        chance: options.chance,
        weights: &weigh::Weights::shipped(),
        repeated: &repeated.pairs,
    };
    let weighed = |e: crate::model::Evidence| {
        let worth = calibration
            .weigh(e.measure.table, e.measure.score)
            .best_of(e.best_of);
        (e, worth)
    };
    let entries = |id: &ApplicantId| {
        observed
            .looked
            .get(id)
            .map(|l| l.iter().map(|l| l.entry()).collect())
    };
    let drafts = applicants
        .iter()
        .map(|a| report::DraftApplicant {
            id: a.profile.applicant.clone(),
            name: a.name.clone(),
            sources: a.profile.sources.clone(),
            looked: entries(&a.profile.applicant).unwrap_or_default(),
            exhibits: identities::exhibit(&a.profile)
                .into_iter()
                .chain(activity_charts::exhibits(&a.profile))
                .collect(),
        })
        .collect();
    let evidence: Vec<_> = observed.evidence.into_iter().map(weighed).collect();
    // What a reviewer dismissed stays in the report and weighs nothing: neither in a link nor in a group.
    let decisions = options.decisions.clone().unwrap_or_default();
    let (dismissed, evidence): (Vec<_>, Vec<_>) = evidence
        .into_iter()
        .partition(|(e, _)| decisions.dismisses(e));
    let links = weigh::links(&evidence, &weighing, &calibration);
    let is_open = |l: &&weigh::Link| !decisions.dismisses_link(&l.a, &l.b, &l.evidence);
    let open: Vec<weigh::Link> = links.iter().filter(is_open).cloned().collect();
    let clusters = graph::clusters(
        &open,
        &large_groups(&evidence, scope.num_applicants),
        options.chance,
    );
    report::Draft {
        run: header(pool, &profiles, options),
        background: with_calibration(scope.background),
        applicants: drafts,
        evidence: evidence.into_iter().chain(dismissed).collect(),
        findings: observed.findings,
        links,
        clusters,
        repeated: repeated
            .groups
            .into_iter()
            .map(|(members, shared)| report::Repeated {
                members,
                shared,
                same_name: true,
            })
            .collect(),
        set_aside: observed.set_aside,
        watch_lists: watching::lists(&options.watch),
        watch_hits: watching::hits(&profiles, &options.watch),
        decisions: options.decisions.clone(),
        problems: problems(pool, applicants),
        masking: if options.reveal {
            report::Masking::Reveal
        } else {
            report::Masking::default()
        },
    }
}

/// What more than a dozen share, which chance makes more rarely than its pairs.
fn large_groups(
    evidence: &[(crate::model::Evidence, weigh::Weighed)],
    num_applicants: usize,
) -> Vec<graph::LargeGroup> {
    let large = evidence
        .iter()
        .filter(|(e, w)| e.subjects.as_slice().len() > HOT_BUCKET && w.log10_lr > 0.0);
    large
        .map(|(e, w)| graph::LargeGroup {
            members: e.subjects.as_slice().to_vec(),
            evidence: e.id.clone(),
            unexplained: e.explained_by.is_empty(),
            expected_by_chance: weigh::expected_groups(
                num_applicants,
                e.subjects.as_slice().len(),
                w.rate,
            ),
        })
        .collect()
}

fn problems(pool: &Pool, applicants: &[Applicant]) -> Vec<Problem> {
    let mut all = pool.problems.clone();
    all.extend(applicants.iter().flat_map(|a| a.problems.iter().cloned()));
    all.sort();
    all.dedup();
    all
}

fn header(pool: &Pool, profiles: &[&Profile], options: &Options) -> report::Run {
    let mut digest = Sha256::new();
    for source in profiles.iter().flat_map(|p| &p.sources) {
        digest.update(format!("{}\0{}\n", source.path, source.sha256));
    }
    for (path, bytes) in &pool.manifests {
        digest.update(format!("{path}\0"));
        digest.update(bytes);
    }
    report::Run {
        started: options.started.clone(),
        command: options.command.clone(),
        options: options.changed.clone(),
        threads: options.threads,
        input_digest: Digest(
            digest
                .finalize()
                .iter()
                .map(|b| format!("{b:02x}"))
                .collect(),
        ),
    }
}

/// The background with the tables that say what a score is worth.
fn with_calibration(mut background: report::BackgroundEntry) -> report::BackgroundEntry {
    let mut tables = weigh::Calibration::tables();
    tables.push(weigh::Weights::entry());
    background
        .tables
        .extend(tables.iter().map(entry_of_calibration));
    background
}

fn entry_of_calibration((name, version, sha256): &(String, String, Digest)) -> report::TableEntry {
    report::TableEntry {
        name: format!("calibration/{name}"),
        version: version.clone(),
        sha256: sha256.clone(),
        coverage: None,
    }
}
