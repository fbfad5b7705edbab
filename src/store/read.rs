//! Asking the index. A [`Snapshot`] sees one moment of it, whatever others write meanwhile.

use crate::link::Role;
use crate::model::{ApplicantId, Problem};
use crate::store::facts;
use crate::store::record::{self, KeptSource, Record};
use crate::store::write::current;
use crate::store::{Index, StoreError};
use rusqlite::{Connection, OptionalExtension, Row};
use std::path::PathBuf;

/// Somebody who carries a key: a number inside this index, and the role.
pub type Holder = (i64, Role);

/// The index at one moment.
pub struct Snapshot<'i> {
    index: &'i Index,
}

/// One line of a list of applicants.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listed {
    /// Id.
    pub applicant: ApplicantId,
    /// When the applicant was put in, seconds since 1970.
    pub added: i64,
    /// Version of the profile.
    pub version: u32,
    /// Number of sources.
    pub sources: u32,
    /// Size of the packed profile, bytes.
    pub bytes: u64,
}

/// What an index holds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stats {
    /// Applicants.
    pub applicants: u64,
    /// Of these, those whose profiles another version made.
    pub outdated: u64,
    /// Runs that added.
    pub runs: u64,
    /// Rows of keys.
    pub keys: u64,
    /// Values whose holders are counted.
    pub frequencies: u64,
    /// Bytes of pages of each table or index, by name.
    pub pages: Vec<(String, u64)>,
}

/// What a list says of an applicant.
const LISTED: &str = "SELECT a.applicant, a.added, a.version, length(p.data),
    (SELECT count(*) FROM source s WHERE s.id = a.id)
    FROM applicant a JOIN profile p ON p.id = a.id";

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        applicant: ApplicantId::new(row.get::<_, String>(0)?),
        added: row.get(1)?,
        version: row.get(2)?,
        bytes: row.get::<_, i64>(3)? as u64,
        sources: row.get(4)?,
    })
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        // Nothing was written: what is left is to let go of the moment, and a connection that closes does that as well.
        let _ = self.index.connection().execute_batch("ROLLBACK");
    }
}

impl<'i> Snapshot<'i> {
    pub(in crate::store) fn new(index: &'i Index) -> Result<Self, StoreError> {
        // A read fixes the moment: BEGIN alone does not.
        index
            .connection()
            .execute_batch("BEGIN; SELECT 1 FROM meta;")
            .map_err(|e| index.failed(e))?;
        Ok(Self { index })
    }

    fn ask<T>(
        &self,
        ask: impl FnOnce(&Connection) -> rusqlite::Result<T>,
    ) -> Result<T, StoreError> {
        ask(&self.index.connection()).map_err(|e| self.index.failed(e))
    }

    /// Who carries a key, ascending; at most `most` rows.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn holders(&self, key: u64, most: usize) -> Result<Vec<Holder>, StoreError> {
        // No LIMIT: SQLite plans a statement anew whenever the value of a limit is bound, which costs more than the descent.
        self.ask(|c| {
            c.prepare_cached("SELECT who FROM key WHERE k = ?1")?
                .query_map([key as i64], |row| Ok(facts::unpack(row.get(0)?)))?
                .take(most)
                .collect()
        })
    }

    /// How many applicants count at a number; see [`Counted`](crate::store::Counted).
    ///
    /// # Errors
    /// What SQLite says.
    pub fn count(&self, at: u64) -> Result<u32, StoreError> {
        let found = self.ask(|c| {
            c.prepare_cached("SELECT n FROM frequency WHERE k = ?1")?
                .query_row([at as i64], |row| row.get(0))
                .optional()
        });
        Ok(found?.unwrap_or(0))
    }

    /// The number of an applicant whose profile is of this version.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn number(&self, applicant: &ApplicantId) -> Result<Option<i64>, StoreError> {
        self.ask(|c| {
            c.prepare_cached("SELECT id FROM applicant WHERE applicant = ?1 AND version = ?2")?
                .query_row(
                    rusqlite::params![applicant.as_str(), crate::model::PROFILE_VERSION],
                    |row| row.get(0),
                )
                .optional()
        })
    }

    /// The id of an applicant by number.
    ///
    /// # Errors
    /// What SQLite says, and an index whose keys name nobody.
    pub fn id(&self, number: i64) -> Result<ApplicantId, StoreError> {
        let id: Option<String> = self.ask(|c| {
            c.prepare_cached("SELECT applicant FROM applicant WHERE id = ?1")?
                .query_row([number], |row| row.get(0))
                .optional()
        })?;
        id.map(ApplicantId::new)
            .ok_or_else(|| StoreError::damaged(&self.index.path, "a key names nobody"))
    }

    /// The packed record of an applicant by number; [`Snapshot::unpack`] opens it, on any thread.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn packed(&self, number: i64) -> Result<(i64, Vec<u8>), StoreError> {
        self.ask(|c| {
            c.prepare_cached("SELECT hash, data FROM profile WHERE id = ?1")?
                .query_row([number], |row| Ok((row.get(0)?, row.get(1)?)))
        })
    }

    /// A function that opens packed records.
    pub fn unpack(&self) -> impl Fn(&(i64, Vec<u8>)) -> Result<Record, StoreError> + Sync + use<> {
        let path = self.index.path.clone();
        move |(hash, bytes)| record::unpack(&path, *hash, bytes)
    }

    /// The number of an applicant with this id and stamp, so that nothing has to be read again.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn unchanged(
        &self,
        applicant: &ApplicantId,
        stamp: &str,
    ) -> Result<Option<i64>, StoreError> {
        if stamp.is_empty() {
            return Ok(None);
        }
        let Some(number) = self.number(applicant)? else {
            return Ok(None);
        };
        let same: bool = self.ask(|c| {
            c.prepare_cached("SELECT stamp = ?2 FROM applicant WHERE id = ?1")?
                .query_row(rusqlite::params![number, stamp], |row| row.get(0))
        })?;
        Ok(same.then_some(number))
    }

    /// Numbers of everybody whose profile is of this version.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn everybody(&self) -> Result<Vec<i64>, StoreError> {
        self.ask(current)
    }

    /// What an applicant handed in, by number.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn sources(&self, number: i64) -> Result<Vec<KeptSource>, StoreError> {
        self.ask(|c| {
            c.prepare_cached(
                "SELECT shown, path, repository, inside, digest FROM source WHERE id = ?1 ORDER BY shown",
            )?
            .query_map([number], |row| {
                Ok(KeptSource {
                    shown: row.get(0)?,
                    path: PathBuf::from(row.get::<_, String>(1)?),
                    repository: row.get(2)?,
                    inside: row.get(3)?,
                    digest: row.get(4)?,
                })
            })?
            .collect()
        })
    }

    /// What the pools of all runs had that could not be used; sorted.
    ///
    /// # Errors
    /// What SQLite says, and a run whose problems do not read back.
    pub fn pool_problems(&self) -> Result<Vec<Problem>, StoreError> {
        let texts: Vec<String> = self.ask(|c| {
            c.prepare("SELECT problems FROM run ORDER BY id")?
                .query_map([], |row| row.get(0))?
                .collect()
        })?;
        let mut all = Vec::new();
        for text in texts {
            let problems: Vec<Problem> = serde_json::from_str(&text)
                .map_err(|e| StoreError::damaged(&self.index.path, format!("a run: {e}")))?;
            all.extend(problems);
        }
        all.sort();
        all.dedup();
        Ok(all)
    }

    /// The text of the newest file of decisions.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn decisions(&self) -> Result<Option<String>, StoreError> {
        self.ask(|c| {
            let newest = "SELECT file FROM decisions ORDER BY added DESC LIMIT 1";
            c.query_row(newest, [], |row| row.get(0)).optional()
        })
    }

    /// Everybody, by id.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn list(&self) -> Result<Vec<Listed>, StoreError> {
        self.ask(|c| {
            c.prepare(&format!("{LISTED} ORDER BY a.applicant"))?
                .query_map([], listed)?
                .collect()
        })
    }

    /// One applicant as [`Snapshot::list`] has them, by id.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn listed(&self, applicant: &ApplicantId) -> Result<Option<Listed>, StoreError> {
        self.ask(|c| {
            c.prepare_cached(&format!("{LISTED} WHERE a.applicant = ?1"))?
                .query_row([applicant.as_str()], listed)
                .optional()
        })
    }

    /// The number of applicants, whatever the version of their profiles.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn num_applicants(&self) -> Result<u64, StoreError> {
        let count = |row: &Row<'_>| row.get::<_, i64>(0);
        self.ask(|c| {
            c.prepare_cached("SELECT count(*) FROM applicant")?
                .query_row([], count)
        })
        .map(|n| n as u64)
    }

    /// A number that is another one as soon as somebody else has written to the file.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn version(&self) -> Result<i64, StoreError> {
        self.ask(|c| c.pragma_query_value(None, "data_version", |row| row.get(0)))
    }

    /// How much the index holds.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn stats(&self) -> Result<Stats, StoreError> {
        let count = |c: &Connection, what: &str| -> rusqlite::Result<u64> {
            c.query_row(&format!("SELECT count(*) FROM {what}"), [], |row| {
                row.get::<_, i64>(0)
            })
            .map(|n| n as u64)
        };
        let stale = format!(
            "applicant WHERE version <> {}",
            crate::model::PROFILE_VERSION
        );
        self.ask(|c| {
            Ok(Stats {
                applicants: count(c, "applicant")?,
                outdated: count(c, &stale)?,
                runs: count(c, "run")?,
                keys: count(c, "key")?,
                frequencies: count(c, "frequency")?,
                pages: c
                    .prepare("SELECT name, sum(pgsize) FROM dbstat GROUP BY name ORDER BY name")?
                    .query_map([], |row| Ok((row.get(0)?, row.get::<_, i64>(1)? as u64)))?
                    .collect::<rusqlite::Result<_>>()?,
            })
        })
    }
}
