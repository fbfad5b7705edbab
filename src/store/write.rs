//! Putting applicants in and taking them out, each in one transaction.

use crate::model::{PROFILE_VERSION, Problem};
use crate::store::facts::{self, Facts};
use crate::store::record;
use crate::store::{Index, Kept, StoreError};
use rusqlite::{Connection, OptionalExtension, Transaction, TransactionBehavior, params};
use std::sync::{Mutex, PoisonError};

/// What became of an applicant who was put in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Put {
    /// Was not there before.
    New,
    /// Stood there with other material, which is gone now.
    Replaced,
}

impl Index {
    /// Notes a run that adds, with what its pool had that could not be used.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn begin_run(
        &self,
        started: &str,
        command: &str,
        problems: &[Problem],
    ) -> Result<i64, StoreError> {
        let problems = serde_json::to_string(problems).expect("problems are plain data");
        let tool = env!("CARGO_PKG_VERSION");
        let connection = self.connection();
        connection
            .execute(
                "INSERT INTO run (started, command, tool, problems) VALUES (?1, ?2, ?3, ?4)",
                params![started, command, tool, problems],
            )
            .map_err(|e| self.failed(e))?;
        Ok(connection.last_insert_rowid())
    }

    /// Puts an applicant in. Whoever stands there under the same id is replaced: an id names one person.
    ///
    /// # Errors
    /// What SQLite says; then nothing is changed.
    pub fn put(&mut self, kept: &Kept) -> Result<Put, StoreError> {
        let path = self.path.clone();
        let made = (self.keying.facts)(&kept.record.profile);
        let packed = record::pack(&kept.record);
        let applicant = kept.record.profile.applicant.as_str();
        let transaction = begin(&path, exclusive(&mut self.connection))?;
        let known: Option<i64> = transaction
            .query_row(
                "SELECT id FROM applicant WHERE applicant = ?1",
                [applicant],
                |row| row.get(0),
            )
            .optional()
            .map_err(|e| StoreError::sqlite(&path, e))?;
        if let Some(id) = known {
            take_out(&path, &transaction, &self.keying.facts, id)?;
        }
        insert(&transaction, kept, &packed, &made)
            .and_then(|()| transaction.commit())
            .map_err(|e| StoreError::sqlite(&path, e))?;
        Ok(match known {
            Some(_) => Put::Replaced,
            None => Put::New,
        })
    }

    /// Keeps the text of a file of decisions; the newest counts.
    ///
    /// # Errors
    /// What SQLite says.
    pub fn put_decisions(&self, file: &str, added: i64) -> Result<(), StoreError> {
        self.connection()
            .execute(
                "INSERT OR REPLACE INTO decisions (added, file) VALUES (?1, ?2)",
                params![added, file],
            )
            .map(|_| ())
            .map_err(|e| self.failed(e))
    }

    /// Makes keys and counts anew where another version of the program made them, in one transaction. Profiles of another
    /// version are left without: they meet nobody until they are read again.
    pub(in crate::store) fn settle_version(&mut self) -> Result<(), StoreError> {
        let path = self.path.clone();
        let failed = |e| StoreError::sqlite(&path, e);
        let of_file = |c: &Connection| -> rusqlite::Result<Option<String>> {
            let get = "SELECT value FROM meta WHERE name = 'keys'";
            c.query_row(get, [], |row| row.get(0)).optional()
        };
        let version = &self.keying.version;
        if of_file(exclusive(&mut self.connection))
            .map_err(failed)?
            .as_ref()
            == Some(version)
        {
            return Ok(());
        }
        let transaction = begin(&path, exclusive(&mut self.connection))?;
        if of_file(&transaction).map_err(failed)?.as_ref() != Some(version) {
            let ids = current(&transaction).map_err(failed)?;
            transaction
                .execute_batch("DELETE FROM key; DELETE FROM frequency;")
                .map_err(failed)?;
            for id in ids {
                let made = facts_of(&path, &transaction, &self.keying.facts, id)?;
                insert_facts(&transaction, id, &made).map_err(failed)?;
            }
            transaction
                .execute(
                    "INSERT OR REPLACE INTO meta (name, value) VALUES ('keys', ?1)",
                    [version],
                )
                .map_err(failed)?;
        }
        transaction.commit().map_err(failed)
    }
}

/// The connection of an index that nobody else can ask at the moment.
pub(in crate::store) fn exclusive(connection: &mut Mutex<Connection>) -> &mut Connection {
    connection.get_mut().unwrap_or_else(PoisonError::into_inner)
}

/// Begins to write; waits for others who do.
pub(in crate::store) fn begin<'c>(
    path: &std::path::Path,
    connection: &'c mut Connection,
) -> Result<Transaction<'c>, StoreError> {
    connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(|e| StoreError::sqlite(path, e))
}

/// Numbers of the applicants whose profiles are of this version, ascending.
pub(in crate::store) fn current(connection: &Connection) -> rusqlite::Result<Vec<i64>> {
    connection
        .prepare_cached("SELECT id FROM applicant WHERE version = ?1 ORDER BY id")?
        .query_map([PROFILE_VERSION], |row| row.get(0))?
        .collect()
}

fn insert(
    transaction: &Transaction<'_>,
    kept: &Kept,
    (hash, data): &(i64, Vec<u8>),
    made: &Facts,
) -> rusqlite::Result<()> {
    let profile = &kept.record.profile;
    transaction
        .prepare_cached(
            "INSERT INTO applicant (applicant, run, added, version, stamp) VALUES (?1, ?2, ?3, ?4, ?5)",
        )?
        .execute(params![
            profile.applicant.as_str(),
            kept.run,
            kept.added,
            profile.version,
            kept.stamp
        ])?;
    let id = transaction.last_insert_rowid();
    transaction
        .prepare_cached("INSERT INTO profile (id, hash, data) VALUES (?1, ?2, ?3)")?
        .execute(params![id, hash, data])?;
    let mut source = transaction
        .prepare_cached("INSERT INTO source (id, shown, path, repository, inside, digest) VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for s in &kept.sources {
        let path = s.path.to_string_lossy();
        source.execute(params![id, s.shown, path, s.repository, s.inside, s.digest])?;
    }
    insert_facts(transaction, id, made)
}

fn insert_facts(transaction: &Transaction<'_>, id: i64, made: &Facts) -> rusqlite::Result<()> {
    let mut key = transaction.prepare_cached("INSERT INTO key (k, who) VALUES (?1, ?2)")?;
    for &(k, role) in &made.keys {
        key.execute([k as i64, facts::pack(id, role)])?;
    }
    let mut count = transaction.prepare_cached(
        "INSERT INTO frequency (k, n) VALUES (?1, 1) ON CONFLICT (k) DO UPDATE SET n = n + 1",
    )?;
    for &k in &made.counts {
        count.execute([k as i64])?;
    }
    Ok(())
}

type Make = dyn Fn(&crate::model::Profile) -> Facts + Send + Sync;

/// The facts of a stored profile.
pub(in crate::store) fn facts_of(
    path: &std::path::Path,
    connection: &Connection,
    make: &Make,
    id: i64,
) -> Result<Facts, StoreError> {
    let (hash, data): (i64, Vec<u8>) = connection
        .prepare_cached("SELECT hash, data FROM profile WHERE id = ?1")
        .and_then(|mut s| s.query_row([id], |row| Ok((row.get(0)?, row.get(1)?))))
        .map_err(|e| StoreError::sqlite(path, e))?;
    Ok(make(&record::unpack(path, hash, &data)?.profile))
}

/// Takes an applicant out with everything that follows from the profile. One of another version has no keys and no counts.
pub(in crate::store) fn take_out(
    path: &std::path::Path,
    transaction: &Transaction<'_>,
    make: &Make,
    id: i64,
) -> Result<(), StoreError> {
    let failed = |e| StoreError::sqlite(path, e);
    let version: u32 = transaction
        .query_row("SELECT version FROM applicant WHERE id = ?1", [id], |row| {
            row.get(0)
        })
        .map_err(failed)?;
    if version == PROFILE_VERSION {
        let made = facts_of(path, transaction, make, id)?;
        delete_facts(transaction, id, &made).map_err(failed)?;
    }
    transaction
        .execute("DELETE FROM applicant WHERE id = ?1", [id])
        .map(|_| ())
        .map_err(failed)
}

fn delete_facts(transaction: &Transaction<'_>, id: i64, made: &Facts) -> rusqlite::Result<()> {
    let mut key = transaction.prepare_cached("DELETE FROM key WHERE k = ?1 AND who = ?2")?;
    for &(k, role) in &made.keys {
        key.execute([k as i64, facts::pack(id, role)])?;
    }
    let mut fewer = transaction.prepare_cached("UPDATE frequency SET n = n - 1 WHERE k = ?1")?;
    let mut gone = transaction.prepare_cached("DELETE FROM frequency WHERE k = ?1 AND n < 1")?;
    for &k in &made.counts {
        fewer.execute([k as i64])?;
        gone.execute([k as i64])?;
    }
    Ok(())
}
