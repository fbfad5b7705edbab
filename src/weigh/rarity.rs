//! How rare what a family shows is among unrelated people, when any of its detectors could have shown something.
//!
//! Two upper bounds hold at once, each by the union bound, whatever the dependence; the lower one counts:
//! - *as rare*: the least rate, times the number of detectors that looked;
//! - *as strong*: the sum over these detectors of how often each reaches the strength of the strongest. One whose table ends
//!   below it adds nothing, since it could not have shown as much.

use crate::weigh::Calibration;
use crate::weigh::calibration::ASSUMED_CEILING;

/// What one detector shows.
pub(in crate::weigh) struct Shown {
    pub detector: &'static str,
    /// Upper bound of the share of unrelated pairs that show as much.
    pub rate: f64,
    /// Base-10 logarithm of the likelihood ratio.
    pub log10_lr: f64,
    /// Of how many comparisons it is the best.
    pub comparisons: f64,
}

/// Upper bound of the share of unrelated pairs; 1 where nothing is shown.
pub(in crate::weigh) fn chance(
    shown: &[Shown],
    silent: &[&'static str],
    calibration: &Calibration,
) -> f64 {
    let looked = (shown.len() + silent.len()) as f64;
    let as_rare = shown.iter().map(|s| s.rate).fold(1.0, f64::min) * looked;
    let strongest = shown
        .iter()
        .max_by(|x, y| x.log10_lr.total_cmp(&y.log10_lr));
    // What nothing measured may weigh so much in any table.
    let Some(strongest) = strongest.filter(|s| s.log10_lr > ASSUMED_CEILING) else {
        return as_rare.min(1.0);
    };
    let comparisons = shown.iter().map(|s| s.comparisons).fold(1.0, f64::max);
    let reaches = |detector: &str| comparisons * calibration.reaches(detector, strongest.log10_lr);
    let others = shown
        .iter()
        .map(|s| s.detector)
        .chain(silent.iter().copied());
    let others: f64 = others
        .filter(|d| *d != strongest.detector)
        .map(reaches)
        .sum();
    let as_strong = strongest.rate.max(reaches(strongest.detector)) + others;
    as_rare.min(as_strong).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TABLES: [(&str, &str); 2] = [
        (
            "near",
            r#"{"name":"near","version":"1","corpus":"c","hit_rate":0.2,"strata":{
            "":{"points":[{"score":1,"log10_lr":2.0,"rate":0.001},{"score":5,"log10_lr":3.0,"rate":0.0001}]}}}"#,
        ),
        (
            "far",
            r#"{"name":"far","version":"1","corpus":"c","hit_rate":0.2,"strata":{
            "":{"points":[{"score":1,"log10_lr":2.5,"rate":0.0002}]},
            "b":{"points":[{"score":1,"log10_lr":3.2,"rate":0.00002}]}}}"#,
        ),
    ];

    fn shown(detector: &'static str, rate: f64, log10_lr: f64) -> Shown {
        Shown {
            detector,
            rate,
            log10_lr,
            comparisons: 1.0,
        }
    }

    #[test]
    fn a_detector_that_cannot_reach_the_strength_adds_nothing() {
        let tables = Calibration::read(&TABLES).unwrap();
        let of = |s: Shown, silent: &'static str| chance(&[s], &[silent], &tables);
        // 3.2 is beyond what "near" ever says.
        assert!((of(shown("far", 2e-5, 3.2), "near") - 2e-5).abs() < 1e-12);
        // "far" reaches 3.0 in one stratum.
        assert!((of(shown("near", 1e-4, 3.0), "far") - 1.2e-4).abs() < 1e-12);
        // Both strata of "far" reach 2.0: as rare is the lower bound.
        assert!((of(shown("near", 1e-4, 2.0), "far") - 2e-4).abs() < 1e-12);
    }

    #[test]
    fn what_is_weak_or_nothing_is_never_rarer_than_its_rate() {
        let tables = Calibration::read(&TABLES).unwrap();
        assert_eq!(chance(&[shown("near", 1.0, 1.9)], &["far"], &tables), 1.0);
        assert_eq!(chance(&[], &["far"], &tables), 1.0);
        let best = Shown {
            comparisons: 10.0,
            ..shown("near", 1e-3, 2.2)
        };
        assert!(chance(&[best], &["far"], &tables) >= 2e-3);
    }
}
