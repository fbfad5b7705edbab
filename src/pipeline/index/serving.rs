//! What a server asks of the index besides what `check` does: who is there, the report about somebody who is, forgetting.

use crate::intake::Pool;
use crate::model::ApplicantId;
use crate::pipeline::Options;
use crate::pipeline::index::kept::{applicant, entry};
use crate::pipeline::index::stamp::Stamps;
use crate::pipeline::index::{Handed, Memory};
use crate::store::{Listed, StoreError};
use std::collections::{BTreeMap, BTreeSet};

/// A digest over everything that the profile of the one applicant of a pool depends on: equal ones need not be read
/// twice. Empty where something cannot be named so, and for a pool of another size.
pub fn stamp_of(pool: &Pool, options: &Options) -> String {
    match pool.applicants.as_slice() {
        [one] => Stamps::default().of(one, &options.limits),
        _ => String::new(),
    }
}

impl Handed {
    /// Whether everybody stands in the index as they were handed in.
    pub fn is_known(&self) -> bool {
        self.applicants.len() == self.known.len()
    }
}

impl Memory {
    /// Begins another run at a moment (RFC 3339): reports and what is put in from now on bear it.
    pub fn begin(&mut self, started: String) {
        self.options.started = started;
    }

    /// An applicant of the index as if handed in again; `None` where there is none with a profile of this version.
    ///
    /// # Errors
    /// What the index says.
    pub fn recall(&self, id: &ApplicantId) -> Result<Option<Handed>, StoreError> {
        let snapshot = self.index.snapshot()?;
        let Some(number) = snapshot.number(id)? else {
            return Ok(None);
        };
        let unpack = snapshot.unpack();
        let kept = applicant(&unpack(&snapshot.packed(number)?)?);
        let pool = Pool {
            applicants: vec![entry(&snapshot, number, &kept.profile)?],
            ..Pool::default()
        };
        Ok(Some(Handed {
            pool,
            applicants: vec![kept],
            stamps: BTreeMap::new(),
            known: BTreeSet::from([id.clone()]),
        }))
    }

    /// What the list of the index says of an applicant.
    ///
    /// # Errors
    /// What the index says.
    pub fn listed(&self, id: &ApplicantId) -> Result<Option<Listed>, StoreError> {
        self.index.snapshot()?.listed(id)
    }

    /// The number of applicants.
    ///
    /// # Errors
    /// What the index says.
    pub fn num_applicants(&self) -> Result<u64, StoreError> {
        self.index.snapshot()?.num_applicants()
    }

    /// A number that is another one as soon as somebody, by another `Memory` or in another process, has written.
    ///
    /// # Errors
    /// What the index says.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.index.snapshot()?.version()
    }

    /// Takes applicants out with every byte of theirs, as `purge` does. Gives the ids that were there.
    ///
    /// # Errors
    /// What the index says; [`StoreError::Read`] while others read, and the bytes still stand in its log.
    pub fn forget(&mut self, ids: &[ApplicantId]) -> Result<Vec<ApplicantId>, StoreError> {
        self.index.forget(ids)
    }
}
