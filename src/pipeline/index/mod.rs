//! A pool against everybody seen before. `docs/index.md` says how the answer is the one that a scan of everybody would give.
//!
//! - [`Memory::add`]: profiles are made as in a scan, and kept; whoever has not changed is not read again.
//! - [`Memory::scan`]: those handed in, among themselves and against the index. Keys find whom to compare; the counts that
//!   say how common a thing is are those of the index and the new ones together.
//! - [`Memory::report`]: everybody in the index, as one scan of them all.

mod against;
mod candidates;
mod commonness;
mod facts;
mod kept;
mod near;
mod people;
mod serving;
mod stamp;

pub use serving::stamp_of;

use crate::detect::Detector;
use crate::intake::{Entry, Pool};
use crate::link::Background;
use crate::model::{ApplicantId, Problem};
use crate::pipeline::index::against::against;
use crate::pipeline::index::kept::{applicant, entry, record, sources};
use crate::pipeline::index::stamp::Stamps;
use crate::pipeline::observe;
use crate::pipeline::references::{self, Advert};
use crate::pipeline::{Applicant, Options, Progress};
use crate::pipeline::{read, together, workers};
use crate::report;
use crate::report::Report;
use crate::store::{Index, Kept, Put, Snapshot, StoreError};
use anyhow::Context;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;

/// An index with what a run needs to ask it.
pub struct Memory {
    index: Index,
    options: Options,
    threads: rayon::ThreadPool,
    background: Background,
    adverts: Vec<Advert>,
    detectors: Vec<&'static dyn Detector>,
}

/// What became of those who were put in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Added {
    /// Were not there before.
    pub new: usize,
    /// Stood there with other material.
    pub replaced: usize,
    /// Stood there with the same material.
    pub unchanged: usize,
}

/// A pool with profiles, before it is compared or kept.
pub struct Handed {
    pool: Pool,
    applicants: Vec<Applicant>,
    stamps: BTreeMap<ApplicantId, String>,
    /// Those who stand in the index as they were handed in.
    known: BTreeSet<ApplicantId>,
}

impl Handed {
    /// Applicants whose profiles a program made itself; sorted by id.
    pub fn made(mut applicants: Vec<Applicant>) -> Self {
        applicants.sort_by(|a, b| a.profile.applicant.cmp(&b.profile.applicant));
        Self {
            pool: Pool::default(),
            applicants,
            stamps: BTreeMap::new(),
            known: BTreeSet::new(),
        }
    }

    /// What could not be read of those handed in, or used of their pool.
    pub fn problems(&self) -> impl Iterator<Item = &Problem> {
        let of_applicants = self.applicants.iter().flat_map(|a| &a.problems);
        self.pool.problems.iter().chain(of_applicants)
    }
}

/// The index in a file that is there: to list, check and forget.
///
/// # Errors
/// When it cannot be opened.
pub fn index_at(path: &Path) -> Result<Index, StoreError> {
    Index::open(path, facts::keying())
}

impl Memory {
    /// Opens an index for adding; makes the file where there is none.
    ///
    /// # Errors
    /// When the file is no index, or what the options name cannot be read.
    pub fn create(path: &Path, options: &Options) -> anyhow::Result<Self> {
        Self::with(Index::create(path, facts::keying())?, options)
    }

    /// Opens an index that is there.
    ///
    /// # Errors
    /// As for [`Memory::create`], and when there is none.
    pub fn open(path: &Path, options: &Options) -> anyhow::Result<Self> {
        Self::with(Index::open(path, facts::keying())?, options)
    }

    fn with(index: Index, options: &Options) -> anyhow::Result<Self> {
        let threads = rayon::ThreadPoolBuilder::new()
            .num_threads(options.threads.max(1))
            .build()
            .context("failed to start threads")?;
        let mut background = references::background(facts::shipped(), options)?;
        let adverts = threads.install(|| match options.jobs.is_empty() {
            true => Ok(Vec::new()),
            false => references::adverts(options, &workers(options)?, &mut background),
        })?;
        Ok(Self {
            index,
            options: options.clone(),
            threads,
            background,
            adverts,
            detectors: observe::active(options),
        })
    }

    /// Reads a pool; whoever stands in the index unchanged is taken from there.
    ///
    /// # Errors
    /// When no worker can be started, or the index cannot be asked.
    pub fn hand_in(&self, pool: Pool, progress: &dyn Progress) -> anyhow::Result<Handed> {
        let mut stamps = Stamps::default();
        let stamps: BTreeMap<ApplicantId, String> = pool
            .applicants
            .iter()
            .map(|e| (e.id.clone(), stamps.of(e, &self.options.limits)))
            .collect();
        let snapshot = self.index.snapshot()?;
        let unpack = snapshot.unpack();
        let mut applicants = Vec::new();
        for (id, stamp) in &stamps {
            if let Some(number) = snapshot.unchanged(id, stamp)? {
                applicants.push(applicant(&unpack(&snapshot.packed(number)?)?));
            }
        }
        drop(snapshot);
        let known: BTreeSet<ApplicantId> = applicants
            .iter()
            .map(|a| a.profile.applicant.clone())
            .collect();
        let (whole, rest) = (&pool.applicants, |e: &&Entry| !known.contains(&e.id));
        let unread = Pool {
            applicants: whole.iter().filter(rest).cloned().collect(),
            problems: pool.problems.clone(),
            ..Pool::default()
        };
        applicants.extend(
            self.threads
                .install(|| read(&unread, &self.options, progress))?,
        );
        applicants.sort_by(|a, b| a.profile.applicant.cmp(&b.profile.applicant));
        Ok(Handed {
            pool,
            applicants,
            stamps,
            known,
        })
    }

    /// Puts those handed in into the index, each in a transaction of its own.
    ///
    /// # Errors
    /// What the index says; whoever was put in before stays.
    pub fn add(&mut self, handed: &Handed) -> anyhow::Result<Added> {
        let mut added = Added {
            unchanged: handed.known.len(),
            ..Added::default()
        };
        let options = &self.options;
        let run =
            self.index
                .begin_run(&options.started, &options.command, &handed.pool.problems)?;
        let entries = handed.pool.applicants.iter().map(|e| (&e.id, e));
        let entries: BTreeMap<&ApplicantId, &Entry> = entries.collect();
        for applicant in &handed.applicants {
            let id = &applicant.profile.applicant;
            if handed.known.contains(id) {
                continue;
            }
            let kept = Kept {
                record: record(applicant),
                sources: entries
                    .get(id)
                    .map(|e| sources(e, &applicant.profile))
                    .unwrap_or_default(),
                stamp: handed.stamps.get(id).cloned().unwrap_or_default(),
                added: moment(&options.started),
                run,
            };
            match self.index.put(&kept)? {
                Put::New => added.new += 1,
                Put::Replaced => added.replaced += 1,
            }
        }
        Ok(added)
    }

    /// Compares those handed in with each other and with everybody in the index. The report is about them, and holds those
    /// of the index who are tied to one of them.
    ///
    /// # Errors
    /// What the index says, or when no worker can be started.
    pub fn scan(&mut self, handed: &Handed, progress: &dyn Progress) -> anyhow::Result<Report> {
        let snapshot = self.index.snapshot()?;
        let options = with_decisions(&self.options, &snapshot)?;
        progress.stage("comparing", handed.applicants.len() as u64);
        let (background, adverts, detectors) =
            (&mut self.background, &self.adverts, &self.detectors);
        let report = self
            .threads
            .install(|| against(&snapshot, handed, detectors, background, adverts, &options))?;
        progress.finish();
        Ok(report)
    }

    /// Everybody in the index, as one scan of them all.
    ///
    /// # Errors
    /// What the index says, or when no worker can be started.
    pub fn report(&mut self, progress: &dyn Progress) -> anyhow::Result<Report> {
        let snapshot = self.index.snapshot()?;
        let options = with_decisions(&self.options, &snapshot)?;
        let mut pool = Pool {
            problems: snapshot.pool_problems()?,
            ..Pool::default()
        };
        let unpack = snapshot.unpack();
        let mut applicants = Vec::new();
        for number in snapshot.everybody()? {
            let kept = applicant(&unpack(&snapshot.packed(number)?)?);
            pool.applicants
                .push(entry(&snapshot, number, &kept.profile)?);
            applicants.push(kept);
        }
        // What follows takes long; others may want to cut the log meanwhile.
        drop(snapshot);
        applicants.sort_by(|a, b| a.profile.applicant.cmp(&b.profile.applicant));
        pool.applicants.sort_by(|a, b| a.id.cmp(&b.id));
        let (background, adverts) = (&mut self.background, &self.adverts);
        let report = self
            .threads
            .install(|| together(&pool, &applicants, background, adverts, &options, progress))?;
        progress.finish();
        Ok(report)
    }
}

/// The start of a run, seconds since 1970; 0 where it is not told.
fn moment(started: &str) -> i64 {
    started
        .parse()
        .map_or(0, |t: jiff::Timestamp| t.as_second())
}

/// The options, with the decisions that the index keeps where the run names none.
fn with_decisions(options: &Options, snapshot: &Snapshot<'_>) -> anyhow::Result<Options> {
    let mut options = options.clone();
    if options.decisions.is_none() {
        let kept = snapshot.decisions()?;
        let kept = kept.map(|text| report::parse_decisions(text.as_bytes()));
        options.decisions = kept
            .transpose()
            .map_err(|why| anyhow::anyhow!("the decisions in the index cannot be used: {why}"))?;
    }
    Ok(options)
}
