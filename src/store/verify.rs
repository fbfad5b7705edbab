//! Whether an index is whole: SQLite's own check, every profile unpacked, and every key and count made again and compared.

use crate::store::facts::{self, Facts};
use crate::store::write::{current, facts_of};
use crate::store::{Index, StoreError};
use rusqlite::Connection;
use std::collections::BTreeMap;

/// Faults that are told; more say nothing new.
const MOST: usize = 20;

impl Index {
    /// What is wrong, in words; nothing for a whole index.
    ///
    /// # Errors
    /// When the file cannot be asked at all.
    pub fn verify(&self) -> Result<Vec<String>, StoreError> {
        let failed = |e| self.failed(e);
        let mut connection = self.connection();
        // One moment, whatever others write meanwhile.
        let moment = connection.transaction().map_err(failed)?;
        let mut faults = sqlite_faults(&moment).map_err(failed)?;
        let mut counts: BTreeMap<i64, i64> = BTreeMap::new();
        let mut num_keys = 0;
        for number in current(&moment).map_err(failed)? {
            match facts_of(&self.path, &moment, &self.keying.facts, number) {
                Err(e) => faults.push(format!("applicant {number}: {e}")),
                Ok(made) => {
                    num_keys += made.keys.len() as i64;
                    let missing = missing(&moment, number, &made).map_err(failed)?;
                    if missing > 0 {
                        faults.push(format!("applicant {number}: {missing} keys are missing"));
                    }
                    for at in made.counts {
                        *counts.entry(at as i64).or_default() += 1;
                    }
                }
            }
        }
        let rows: i64 = moment
            .query_row("SELECT count(*) FROM key", [], |row| row.get(0))
            .map_err(failed)?;
        if faults.is_empty() && rows != num_keys {
            faults.push(format!("{rows} keys are stored, {num_keys} belong there"));
        }
        if stored_counts(&moment).map_err(failed)? != counts {
            faults.push("the counts are not those of the profiles".into());
        }
        faults.truncate(MOST);
        Ok(faults)
    }
}

fn sqlite_faults(connection: &Connection) -> rusqlite::Result<Vec<String>> {
    let said = |query: &str| -> rusqlite::Result<Vec<String>> {
        let mut statement = connection.prepare(query)?;
        statement.query_map([], |row| row.get(0))?.collect()
    };
    let mut faults = said("PRAGMA integrity_check")?;
    faults.retain(|line| line != "ok");
    faults.extend(said(
        "SELECT 'a row of ' || \"table\" || ' belongs to nobody' FROM pragma_foreign_key_check",
    )?);
    faults.extend(said(
        "SELECT 'applicant ' || id || ' has no profile' FROM applicant
         WHERE id NOT IN (SELECT id FROM profile)",
    )?);
    Ok(faults)
}

/// How many keys of an applicant are not there.
fn missing(connection: &Connection, number: i64, made: &Facts) -> rusqlite::Result<usize> {
    let has = "SELECT count(*) FROM key WHERE k = ?1 AND who = ?2";
    let mut has = connection.prepare_cached(has)?;
    let mut missing = 0;
    for &(k, role) in &made.keys {
        let row = [k as i64, facts::pack(number, role)];
        missing += usize::from(has.query_row(row, |row| row.get::<_, i64>(0))? == 0);
    }
    Ok(missing)
}

fn stored_counts(connection: &Connection) -> rusqlite::Result<BTreeMap<i64, i64>> {
    let mut statement = connection.prepare("SELECT k, n FROM frequency")?;
    let rows = statement.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
    rows.collect()
}
