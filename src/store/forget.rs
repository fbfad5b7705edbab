//! Forgetting: applicants leave with every byte of theirs.
//!
//! `secure_delete` overwrites what is deleted in the file's pages; the write-ahead log may hold older copies of pages, and
//! a page that was rebuilt may hold remains in its gap. So the file is written anew and the log cut to nothing.

use crate::model::{ApplicantId, PROFILE_VERSION};
use crate::store::write::{begin, exclusive, take_out};
use crate::store::{Index, StoreError};
use rusqlite::OptionalExtension;

impl Index {
    /// Ids of the applicants who were put in before a moment (seconds since 1970), sorted.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn added_before(&self, moment: i64) -> Result<Vec<ApplicantId>, StoreError> {
        self.ids("SELECT applicant FROM applicant WHERE added < ?1", moment)
    }

    /// Ids of those whose profiles another version of the program made, sorted: they are compared with nobody.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn outdated(&self) -> Result<Vec<ApplicantId>, StoreError> {
        let version = i64::from(PROFILE_VERSION);
        self.ids(
            "SELECT applicant FROM applicant WHERE version <> ?1",
            version,
        )
    }

    fn ids(&self, query: &str, value: i64) -> Result<Vec<ApplicantId>, StoreError> {
        let read = || -> rusqlite::Result<Vec<String>> {
            let connection = self.connection();
            let mut statement = connection.prepare(query)?;
            statement.query_map([value], |row| row.get(0))?.collect()
        };
        let mut ids = read().map_err(|e| self.failed(e))?;
        ids.sort();
        Ok(ids.into_iter().map(ApplicantId::new).collect())
    }

    /// Takes applicants out, with what the runs that added them noted about their pools, and leaves no byte of theirs.
    /// Gives the ids that were there.
    ///
    /// # Errors
    /// What SQLite says; [`StoreError::Read`] when others read, and the bytes could not be taken out of the log yet.
    pub fn forget(&mut self, ids: &[ApplicantId]) -> Result<Vec<ApplicantId>, StoreError> {
        let path = self.path.clone();
        let mut gone = Vec::new();
        for id in ids {
            let transaction = begin(&path, exclusive(&mut self.connection))?;
            let known: Option<(i64, i64)> = transaction
                .query_row(
                    "SELECT id, run FROM applicant WHERE applicant = ?1",
                    [id.as_str()],
                    |row| Ok((row.get(0)?, row.get(1)?)),
                )
                .optional()
                .map_err(|e| StoreError::sqlite(&path, e))?;
            let Some((number, run)) = known else { continue };
            take_out(&path, &transaction, &self.keying.facts, number)?;
            // Messages about a pool may quote its files, and the command line names them.
            transaction
                .execute(
                    "UPDATE run SET problems = '[]', command = '' WHERE id = ?1",
                    [run],
                )
                .and_then(|_| transaction.commit())
                .map_err(|e| StoreError::sqlite(&path, e))?;
            gone.push(id.clone());
        }
        self.wipe()?;
        Ok(gone)
    }

    /// Writes the file anew without what was deleted, and cuts its log to nothing.
    fn wipe(&self) -> Result<(), StoreError> {
        let connection = self.connection();
        connection
            .execute_batch("VACUUM")
            .map_err(|e| self.failed(e))?;
        let busy: i64 = connection
            .query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))
            .map_err(|e| self.failed(e))?;
        match busy {
            0 => Ok(()),
            _ => Err(StoreError::Read(self.path.clone())),
        }
    }
}
