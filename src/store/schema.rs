//! The tables, and how an older file becomes one of today.
//!
//! Numbers that hash something are 64-bit, kept as SQLite's signed integers. `key` is the large one: a number and, packed
//! into one, an applicant with a role; it is its own B-tree, so a look-up is one descent. `frequency` counts holders.

use crate::store::StoreError;
use rusqlite::{Connection, TransactionBehavior};
use std::path::Path;

/// "SHND": tells an index from other SQLite files, also for `file`.
const APPLICATION: i64 = 0x5348_4e44;

/// What makes each layout of the one before. `user_version` is the number of steps taken.
const STEPS: [&str; 1] = ["
CREATE TABLE meta (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE run (
    id INTEGER PRIMARY KEY,
    started TEXT NOT NULL,
    command TEXT NOT NULL,
    tool TEXT NOT NULL,
    problems TEXT NOT NULL
);
CREATE TABLE applicant (
    id INTEGER PRIMARY KEY,
    applicant TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES run(id),
    added INTEGER NOT NULL,
    version INTEGER NOT NULL,
    stamp TEXT NOT NULL
);
CREATE TABLE profile (
    id INTEGER PRIMARY KEY REFERENCES applicant(id) ON DELETE CASCADE,
    hash INTEGER NOT NULL,
    data BLOB NOT NULL
);
CREATE TABLE source (
    id INTEGER NOT NULL REFERENCES applicant(id) ON DELETE CASCADE,
    shown TEXT NOT NULL,
    path TEXT NOT NULL,
    repository INTEGER NOT NULL,
    inside INTEGER,
    digest TEXT NOT NULL,
    PRIMARY KEY (id, shown)
) WITHOUT ROWID;
CREATE INDEX source_by_digest ON source(digest);
CREATE TABLE key (k INTEGER NOT NULL, who INTEGER NOT NULL, PRIMARY KEY (k, who)) WITHOUT ROWID;
CREATE TABLE frequency (k INTEGER PRIMARY KEY, n INTEGER NOT NULL);
CREATE TABLE decisions (added INTEGER PRIMARY KEY, file TEXT NOT NULL);
"];

/// Refuses a file that is something else, or newer.
pub(in crate::store) fn check(path: &Path, connection: &Connection) -> Result<(), StoreError> {
    let number = |name: &str| -> Result<i64, StoreError> {
        connection
            .pragma_query_value(None, name, |row| row.get(0))
            .map_err(|e| StoreError::sqlite(path, e))
    };
    let (application, layout) = (number("application_id")?, number("user_version")?);
    let tables: i64 = connection
        .query_row("SELECT count(*) FROM sqlite_schema", [], |row| row.get(0))
        .map_err(|e| StoreError::sqlite(path, e))?;
    // A file that was just made, or whose maker was ended before the first step, holds nothing at all.
    let is_new = application == 0 && layout == 0 && tables == 0;
    if !is_new && application != APPLICATION {
        return Err(StoreError::NotAnIndex(path.into()));
    }
    let known = STEPS.len() as i64;
    match layout > known {
        true => Err(StoreError::Newer {
            path: path.into(),
            found: layout,
            known,
        }),
        false => Ok(()),
    }
}

/// Takes the steps that are missing, all of them or none.
pub(in crate::store) fn migrate(
    path: &Path,
    connection: &mut Connection,
) -> Result<(), StoreError> {
    let failed = |e| StoreError::sqlite(path, e);
    let layout = |c: &Connection| -> rusqlite::Result<usize> {
        c.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))
            .map(|n| n as usize)
    };
    if layout(connection).map_err(failed)? == STEPS.len() {
        return Ok(());
    }
    let transaction = connection
        .transaction_with_behavior(TransactionBehavior::Immediate)
        .map_err(failed)?;
    // Another process may have been faster.
    let from = layout(&transaction).map_err(failed)?;
    for step in &STEPS[from..] {
        transaction.execute_batch(step).map_err(failed)?;
    }
    transaction
        .pragma_update(None, "application_id", APPLICATION)
        .map_err(failed)?;
    transaction
        .pragma_update(None, "user_version", STEPS.len() as i64)
        .map_err(failed)?;
    transaction.commit().map_err(failed)
}
