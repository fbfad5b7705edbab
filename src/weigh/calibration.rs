//! Calibration tables.
/// Which table a weight came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TableRef {
    /// Name.
    pub name: String,
    /// Version.
    pub version: String,
    /// Corpus.
    pub corpus: String,
}
/// What a measure is worth.
#[derive(Clone, Debug, PartialEq)]
pub struct Weighed {
    /// Base-10 logarithm of the likelihood ratio against unrelated people.
    pub log10_lr: f64,
    /// Upper bound of the share of unrelated pairs that show at least this score.
    pub rate: f64,
    /// The table; `None` where nothing was measured.
    pub calibrated: Option<TableRef>,
}
/// All tables.
#[derive(Debug, Default)]
pub struct Calibration;
