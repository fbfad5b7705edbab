//! Calibration tables: from a measured score to a likelihood ratio and a rate.
//!
//! `corpora/calibration/<detector>.json` holds, for each stratum, points of ascending score. The last point that a score
//! reaches speaks; there is no interpolation, so no strength exceeds what was measured.
//! `log10_lr` is log10(P(score or more | one hand) / rate), and `rate` the upper 95 % bound of P(score or more | unrelated).
//! Two additions, each stated in the table:
//! - a [`Tail`]: an extreme-value fit that goes on beyond the last point, down to a rate it names;
//! - `"assumed": true`: rates that were not measured on such material. The evidence is marked as not calibrated, weighs
//!   at most *moderate*, and its chance rate is 1, so that it never makes a cluster.

use crate::model::Digest;
use crate::weigh::shipped::SHIPPED;
use crate::weigh::tail::Tail;
use serde::Deserialize;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;

/// The least that silence of a detector may weigh, base-10 logarithm.
pub(in crate::weigh) const SILENCE_FLOOR: f64 = -0.5;

/// The most that assumed rates may weigh, base-10 logarithm: just below the end of *moderate*.
pub(in crate::weigh) const ASSUMED_CEILING: f64 = 1.9;

/// Which table a weight came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRef {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// What it was measured on.
    pub corpus: String,
}

/// What a measure is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Base-10 logarithm of the likelihood ratio against unrelated people.
    pub log10_lr: f64,
    /// Upper bound of the share of unrelated pairs that show at least this score, 0 to 1.
    pub rate: f64,
    /// The table; `None` where nothing was measured.
    pub calibrated: Option<TableRef>,
}

/// A table that cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum CalibrationError {
    /// Not of the shape described at the top of the module.
    #[error("calibration table {name}: {reason}")]
    Malformed {
        /// Its name.
        name: String,
        /// What is wrong.
        reason: String,
    },
}

#[derive(Debug, Deserialize)]
struct Table {
    name: String,
    version: String,
    corpus: String,
    hit_rate: f64,
    strata: BTreeMap<String, Stratum>,
}

#[derive(Debug, Deserialize)]
struct Stratum {
    points: Vec<Point>,
    #[serde(default)]
    tail: Option<Tail>,
    #[serde(default)]
    assumed: bool,
}

#[derive(Debug, Deserialize)]
struct Point {
    score: f64,
    log10_lr: f64,
    rate: f64,
}

/// All tables.
#[derive(Debug, Default)]
pub struct Calibration {
    tables: BTreeMap<String, Table>,
}

impl Calibration {
    /// The tables that come with the program.
    ///
    /// # Panics
    /// Never: they are compiled in and a test reads them.
    pub fn shipped() -> Self {
        Self::read(SHIPPED).expect("the shipped calibration tables are well-formed")
    }

    /// Name, version and digest of each shipped table, for the report's list.
    pub fn tables() -> Vec<(String, String, Digest)> {
        let shipped = Self::shipped();
        let digest = |text: &str| {
            Digest(
                Sha256::digest(text)
                    .iter()
                    .map(|b| format!("{b:02x}"))
                    .collect(),
            )
        };
        SHIPPED
            .iter()
            .map(|(name, text)| {
                (
                    name.to_string(),
                    shipped.tables[*name].version.clone(),
                    digest(text),
                )
            })
            .collect()
    }

    /// Reads tables from (name, JSON text).
    ///
    /// # Errors
    /// When a text is no table, a rate or hit rate is no probability, or points do not ascend.
    pub fn read(texts: &[(&str, &str)]) -> Result<Self, CalibrationError> {
        let mut tables = BTreeMap::new();
        for (name, text) in texts {
            let fault = |reason: String| CalibrationError::Malformed {
                name: (*name).into(),
                reason,
            };
            let table: Table = serde_json::from_str(text).map_err(|e| fault(e.to_string()))?;
            check(&table).map_err(fault)?;
            tables.insert((*name).to_string(), table);
        }
        Ok(Self { tables })
    }

    /// What a score is worth. `table` is a table's name, or `name/stratum`.
    pub fn weigh(&self, table: &str, score: f64) -> Weighed {
        let (name, stratum) = table.split_once('/').unwrap_or((table, ""));
        let silent = Weighed {
            log10_lr: 0.0,
            rate: 1.0,
            calibrated: None,
        };
        let Some(table) = self.tables.get(name) else {
            return silent;
        };
        let Some(stratum) = table.strata.get(stratum) else {
            return silent;
        };
        let source = TableRef {
            name: table.name.clone(),
            version: table.version.clone(),
            corpus: table.corpus.clone(),
        };
        match stratum.reached(score) {
            None => silent,
            Some((log10_lr, _)) if stratum.assumed => Weighed { log10_lr, ..silent },
            Some((log10_lr, rate)) => Weighed {
                log10_lr,
                rate,
                calibrated: Some(source),
            },
        }
    }

    /// Upper bound of the share of unrelated pairs to whom a detector gives at least this strength, base-10 logarithm, in
    /// whichever stratum. A detector without a table gives none.
    pub fn reaches(&self, detector: &str, log10_lr: f64) -> f64 {
        let strata = self.tables.get(detector).map(|t| t.strata.values());
        strata
            .into_iter()
            .flatten()
            .map(|s| s.reaches(log10_lr))
            .sum()
    }

    /// What silence of a detector weighs, base-10 logarithm: what its points leave of a mean of one over unrelated pairs,
    /// so that the whole is an e-value; not below the floor.
    pub fn silence(&self, detector: &str) -> f64 {
        self.tables
            .get(detector)
            .map_or(0.0, |t| (1.0 - t.spent()).log10().clamp(SILENCE_FLOOR, 0.0))
    }
}

impl Table {
    /// The mean of the likelihood ratio over unrelated pairs that the points use up, at the rates they state.
    fn spent(&self) -> f64 {
        self.strata.values().map(Stratum::spent).sum()
    }
}

impl Stratum {
    /// Strength (log10) and rate at a score: the tail's where it has begun, else those of the last point reached.
    fn reached(&self, score: f64) -> Option<(f64, f64)> {
        let of_tail = self.tail.as_ref().and_then(|t| t.weigh(score));
        let of_point = || {
            let point = self.points.iter().rfind(|p| p.score <= score);
            point.map(|p| (p.log10_lr, p.rate))
        };
        of_tail.or_else(of_point)
    }

    /// The rate from which on it gives at least this strength.
    fn reaches(&self, log10_lr: f64) -> f64 {
        // A hair of rounding between a table's figure and one that was computed from it.
        let enough = log10_lr - 1e-9;
        let point = self
            .points
            .iter()
            .find(|p| p.log10_lr >= enough)
            .map(|p| p.rate);
        let tail = self.tail.as_ref().and_then(|t| t.reaches(enough));
        point.into_iter().chain(tail).fold(0.0, f64::max)
    }

    fn spent(&self) -> f64 {
        let last = self.tail.as_ref().map_or(0.0, |t| t.rate);
        let next = self.points.iter().skip(1).map(|p| p.rate).chain([last]);
        let share = |(p, next): (&Point, f64)| (p.rate - next).max(0.0) * 10f64.powf(p.log10_lr);
        let points = self.points.iter().zip(next).map(share).sum::<f64>();
        points + self.tail.as_ref().map_or(0.0, Tail::spent)
    }

    /// What is wrong with it, if anything; `hit_rate` is the table's.
    fn check(&self, hit_rate: f64) -> Result<(), String> {
        for (i, point) in self.points.iter().enumerate() {
            if !(point.rate > 0.0 && point.rate <= 1.0) {
                return Err(format!("rate {} is no share above 0", point.rate));
            }
            // An e-value: what it promises must not exceed what its rate allows.
            if point.log10_lr > (hit_rate / point.rate).log10() + 1e-6 {
                return Err(format!(
                    "log10_lr {} exceeds hit_rate / rate",
                    point.log10_lr
                ));
            }
            if i > 0 && self.points[i - 1].score >= point.score {
                return Err("scores do not ascend".into());
            }
            if self.assumed && point.log10_lr > ASSUMED_CEILING {
                return Err(format!(
                    "{} is too much for an assumed rate",
                    point.log10_lr
                ));
            }
        }
        match &self.tail {
            Some(_) if self.assumed => Err("an assumed rate has no tail".into()),
            Some(tail) => {
                let last = self.points.last().map(|p| (p.score, p.rate));
                tail.check(last, hit_rate)
            }
            None => Ok(()),
        }
    }
}

fn check(table: &Table) -> Result<(), String> {
    if !(0.0..1.0).contains(&table.hit_rate) {
        return Err(format!("hit_rate {} is no share below 1", table.hit_rate));
    }
    for (name, stratum) in &table.strata {
        stratum
            .check(table.hit_rate)
            .map_err(|why| format!("stratum \"{name}\": {why}"))?;
    }
    if table.spent() > 1.0 - 10f64.powf(SILENCE_FLOOR) {
        return Err(format!(
            "its points leave no mean of one to silence: they use up {:.2}",
            table.spent()
        ));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLE: &str = r#"{"name":"t","version":"1","corpus":"c","hit_rate":0.2,
        "strata":{"":{"points":[{"score":1,"log10_lr":1.0,"rate":0.01},{"score":5,"log10_lr":2.0,"rate":0.001}]}}}"#;

    #[test]
    fn the_last_point_reached_speaks() {
        let tables = Calibration::read(&[("t", TABLE)]).unwrap();
        let at = |score| tables.weigh("t", score).log10_lr;
        assert_eq!((at(0.5), at(1.0), at(4.9), at(1e9)), (0.0, 1.0, 1.0, 2.0));
        assert_eq!(tables.weigh("unknown", 9.0).calibrated, None);
    }

    #[test]
    fn a_table_that_promises_too_much_is_refused() {
        let bold = TABLE.replace("2.0", "3.0");
        assert!(
            Calibration::read(&[("t", &bold)])
                .unwrap_err()
                .to_string()
                .contains("exceeds")
        );
    }

    #[test]
    fn assumed_rates_weigh_little_and_are_marked() {
        let assumed = TABLE
            .replace(r#"{"":{"points""#, r#"{"":{"assumed":true,"points""#)
            .replace("2.0", "1.9");
        let tables = Calibration::read(&[("t", &assumed)]).unwrap();
        let worth = tables.weigh("t", 9.0);
        assert_eq!((worth.log10_lr, worth.rate), (1.9, 1.0));
        assert_eq!(worth.calibrated, None);
        assert!(Calibration::read(&[("t", &assumed.replace("1.9", "1.95"))]).is_err());
    }

    #[test]
    fn a_tail_goes_on_where_the_points_end() {
        let tail = r#""tail":{"from":8,"rate":0.0005,"scale":2,"limit":1e-9,"kappa":0.1},"points""#;
        let tables = Calibration::read(&[("t", &TABLE.replace(r#""points""#, tail))]).unwrap();
        assert_eq!(tables.weigh("t", 7.9).log10_lr, 2.0);
        let (near, far) = (tables.weigh("t", 8.0), tables.weigh("t", 20.0));
        assert_eq!(near.rate, 0.0005);
        assert!(far.rate < 2e-6 && far.log10_lr > near.log10_lr + 2.0);
        assert_eq!(tables.weigh("t", 1e9).rate, 1e-9);
        let steep = TABLE.replace(r#""points""#, &tail.replace("0.0005", "0.005"));
        let why = Calibration::read(&[("t", &steep)]).unwrap_err().to_string();
        assert!(
            why.contains("tail"),
            "a rate above that of the last point: {why}"
        );
    }

    #[test]
    fn the_shipped_tables_are_sound() {
        let tables = Calibration::shipped();
        assert_eq!(tables.tables.len(), SHIPPED.len());
        for (name, table) in &tables.tables {
            assert_eq!(name, &table.name);
            assert!(tables.silence(name) <= 0.0 && tables.silence(name) >= SILENCE_FLOOR);
        }
    }
}
