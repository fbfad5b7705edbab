//! The applicants that a question to the index is about: those handed in, and those of the index who were loaded.

use crate::model::{ApplicantId, Profile};
use crate::pipeline::Applicant;
use crate::store::{Record, Snapshot, StoreError};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// An applicant: the number in the index, or below 0 for one handed in.
pub(in crate::pipeline::index) type Number = i64;

/// Everybody so far.
pub(in crate::pipeline::index) struct People<'a> {
    snapshot: &'a Snapshot<'a>,
    new: &'a [Applicant],
    /// Numbers of those in the index whose place the new ones take: the same ids.
    pub replaced: BTreeSet<Number>,
    loaded: BTreeMap<Number, Record>,
}

impl<'a> People<'a> {
    /// Those handed in; whoever stands in the index under the same id is the same applicant and is passed over.
    ///
    /// # Errors
    /// What the index says.
    pub fn new(snapshot: &'a Snapshot<'a>, new: &'a [Applicant]) -> Result<Self, StoreError> {
        let mut people = Self {
            snapshot,
            new,
            replaced: BTreeSet::new(),
            loaded: BTreeMap::new(),
        };
        for applicant in new {
            people
                .replaced
                .extend(snapshot.number(&applicant.profile.applicant)?);
        }
        let replaced: Vec<Number> = people.replaced.iter().copied().collect();
        people.load(replaced.into_iter())?;
        Ok(people)
    }

    /// Numbers of those handed in.
    pub fn handed_in(&self) -> impl Iterator<Item = Number> + use<> {
        (0..self.new.len() as i64).map(|i| -1 - i)
    }

    /// Whether somebody was handed in.
    pub fn is_new(number: Number) -> bool {
        number < 0
    }

    /// Loads whoever is not loaded yet.
    ///
    /// # Errors
    /// What the index says.
    pub fn load(&mut self, numbers: impl Iterator<Item = Number>) -> Result<(), StoreError> {
        let wanted: BTreeSet<Number> = numbers
            .filter(|n| !Self::is_new(*n) && !self.loaded.contains_key(n))
            .collect();
        let packed = wanted
            .iter()
            .map(|n| self.snapshot.packed(*n).map(|p| (*n, p)))
            .collect::<Result<Vec<_>, _>>()?;
        let unpack = self.snapshot.unpack();
        let records = packed
            .into_par_iter()
            .map(|(n, packed)| unpack(&packed).map(|record| (n, record)))
            .collect::<Result<Vec<_>, _>>()?;
        self.loaded.extend(records);
        Ok(())
    }

    /// The profile of somebody handed in or loaded.
    ///
    /// # Panics
    /// When the applicant was not loaded.
    pub fn profile(&self, number: Number) -> &Profile {
        match usize::try_from(-1 - number) {
            Ok(i) => &self.new[i].profile,
            Err(_) => &self.record(number).profile,
        }
    }

    /// What is kept of somebody loaded.
    ///
    /// # Panics
    /// When the applicant was not loaded.
    pub fn record(&self, number: Number) -> &Record {
        self.loaded
            .get(&number)
            .expect("whoever is asked for was loaded")
    }

    /// Everybody loaded from the index who stays in it.
    pub fn loaded(&self) -> impl Iterator<Item = Number> {
        let replaced = &self.replaced;
        let numbers = self.loaded.keys().copied();
        numbers.filter(move |n| !replaced.contains(n))
    }

    /// The id of anybody.
    ///
    /// # Errors
    /// What the index says.
    pub fn id(&self, number: Number) -> Result<ApplicantId, StoreError> {
        match Self::is_new(number) || self.loaded.contains_key(&number) {
            true => Ok(self.profile(number).applicant.clone()),
            false => self.snapshot.id(number),
        }
    }
}
