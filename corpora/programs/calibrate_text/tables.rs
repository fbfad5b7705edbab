//! Fits to tables, and figures to docs.

use crate::pairs::{LEAST, MIN_SCORE, Spoken, Told};
use crate::tail::Fit;
use samehand::weigh::Calibration;
use std::fmt::Write as _;

/// Exponent of the calibrator from rates to likelihood ratios: 1 / ln(1 / rate) where the tail begins, which is the best
/// for rates of about 1 in 20,000 (Vovk and Wang 2021).
const KAPPA: f64 = 0.1;
/// The lowest rate a tail may state: about four powers of ten beyond the pairs that were measured.
const LIMIT: f64 = 1e-12;

/// What a table is about.
pub struct Detector {
    pub name: &'static str,
    /// Its score of a derived pair; 0 where it is silent.
    pub says: fn(&Told) -> f64,
    pub least: f64,
    /// The control score: for the two that align, of every pair, whichever of them speaks.
    pub of: fn(&Told) -> Option<f64>,
    /// What the hand does that this detector is to find.
    pub kinds: &'static [&'static str],
    hit_rate: f64,
    hit_rate_source: &'static str,
}

pub const DETECTORS: &[Detector] = &[
    Detector {
        name: "near-text",
        says: |t| {
            if t.spoken == Some(Spoken::Near) {
                t.score
            } else {
                0.0
            }
        },
        least: MIN_SCORE,
        of: |t| (t.aligned >= MIN_SCORE).then_some(t.aligned),
        kinds: &["swap", "shuffle", "light", "medium"],
        hit_rate: 0.3,
        hit_rate_source: "hypothesis: share of one-hand pairs that reuse a whole text; advisories call repeated résumé text common, none counts it",
    },
    Detector {
        name: "shared-passages",
        says: |t| {
            if t.spoken == Some(Spoken::Passages) {
                t.score
            } else {
                0.0
            }
        },
        least: MIN_SCORE,
        of: |t| (t.aligned >= MIN_SCORE).then_some(t.aligned),
        kinds: &[
            "reuse15",
            "reuse30",
            "reuse50",
            "r30+light",
            "host60",
            "host40",
        ],
        hit_rate: 0.3,
        hit_rate_source: "hypothesis: share of one-hand pairs that reuse passages; advisories call repeated résumé text common, none counts it",
    },
    Detector {
        name: "paraphrase",
        says: |t| t.retold,
        least: LEAST,
        of: |t| (t.retold >= LEAST).then_some(t.retold),
        kinds: &["heavy", "r30+med"],
        hit_rate: 0.1,
        hit_rate_source: "hypothesis: share of one-hand pairs that are reworded so far that few phrases stay whole; nobody counts it",
    },
];

/// A table that is about to be written.
pub struct Table {
    json: serde_json::Value,
    name: &'static str,
    found: f64,
}

impl Table {
    pub fn new(detector: &'static Detector, fit: &Fit, copies: &[f64], num: usize) -> Self {
        let found = copies.iter().filter(|&&s| s >= fit.least.0).count() as f64
            / copies.len().max(1) as f64;
        // What the calibrator allows, and never more than the share of copies found over the rate.
        let strength = (KAPPA.log10() + (KAPPA - 1.0) * fit.least.1.log10())
            .min((detector.hit_rate * found / fit.least.1).log10());
        let short = |x: f64| format!("{x:.2e}").parse::<f64>().unwrap_or(1.0);
        let up = |x: f64| short(x * 1.005);
        let mut strata = serde_json::json!({"": {
            "note": "score: rare mass of aligned passages at one size, or beyond-chance alignment of rare words; rate: upper 95 % bound \
                (Poisson, and resampling applicants); strength: calibrator kappa * rate^(kappa - 1), which leaves the mean over unrelated pairs below 1; \
                scale: upper 95 % bound of the mean excess over `from`; limit: the lowest rate that is stated",
            "points": [{"score": fit.least.0, "rate": up(fit.least.1), "log10_lr": (strength * 100.0 - 1.0).floor() / 100.0}],
            "tail": {"from": fit.from, "rate": up(fit.rate), "scale": (fit.scale * 10.0).ceil() / 10.0, "limit": LIMIT, "kappa": KAPPA,
                "exceeding": fit.exceeding, "scale_seen": (fit.scale_seen * 10.0).round() / 10.0, "rate_seen": short(fit.rate_seen)}
        }});
        if !fit.has_tail() {
            strata[""]
                .as_object_mut()
                .expect("an object")
                .remove("tail");
        }
        if detector.name == "near-text" {
            strata["overlap"] = serde_json::json!({
                "note": "overlap of three-word shingles weighted by the pool, where no reference knows the language; rates assumed from English texts scored without a reference",
                "assumed": true,
                "points": [{"score": 0.15, "rate": 1e-4, "log10_lr": 1.0}, {"score": 0.25, "rate": 1e-4, "log10_lr": 1.5}, {"score": 0.5, "rate": 1e-4, "log10_lr": 1.9}]
            });
        }
        let json = serde_json::json!({
            "name": detector.name,
            "version": "2",
            "corpus": format!("all pairs of {num} real résumé texts of different people (fit half of 1,200, exact duplicates removed)"),
            "source": "cargo run --release --example calibrate_text -- TEXTS.jsonl.gz --write (docs/text.md)",
            "hit_rate": detector.hit_rate,
            "hit_rate_source": detector.hit_rate_source,
            "strata": strata,
        });
        Self {
            json,
            name: detector.name,
            found,
        }
    }

    /// Share of copies told, and how often different people of the report half reach a strength.
    pub fn describe(
        &self,
        check: &[(u32, u32, f64)],
        pairs: usize,
        out: &mut String,
    ) -> std::fmt::Result {
        let text = self.json.to_string();
        let tables = Calibration::read(&[(self.name, &text)]).expect("the table is sound");
        writeln!(
            out,
            "Of the copies that it is to find {:.0} % reach the least score. Strength and share of the report half's pairs of different people \
            that reach it:\n\n| LR at least | pairs | share | 1 / LR |\n|---|---|---|---|",
            100.0 * self.found
        )?;
        for x in [1.0, 1.5, 2.0, 2.5, 3.0, 3.5, 4.0] {
            let seen = check
                .iter()
                .filter(|c| tables.weigh(self.name, c.2).log10_lr >= x)
                .count();
            writeln!(
                out,
                "| {:.0} | {seen} | {:.1e} | {:.1e} |",
                10f64.powf(x),
                seen as f64 / pairs as f64,
                10f64.powf(-x)
            )?;
        }
        let mean: f64 = check
            .iter()
            .map(|c| 10f64.powf(tables.weigh(self.name, c.2).log10_lr))
            .sum::<f64>()
            / pairs as f64;
        writeln!(
            out,
            "\nMean likelihood ratio over those that speak, spread over all pairs of the report half: {mean:.3} (at most 1 is allowed).\n"
        )
    }

    pub fn write(&self) -> anyhow::Result<()> {
        let path = format!("corpora/calibration/{}.json", self.name);
        std::fs::write(path, serde_json::to_string_pretty(&self.json)? + "\n")?;
        Ok(())
    }
}

/// The tables as they stand on disk.
pub fn read() -> Calibration {
    let texts: Vec<(&str, String)> = DETECTORS
        .iter()
        .map(|d| {
            (
                d.name,
                std::fs::read_to_string(format!("corpora/calibration/{}.json", d.name)).unwrap(),
            )
        })
        .collect();
    let texts: Vec<(&str, &str)> = texts.iter().map(|(n, t)| (*n, t.as_str())).collect();
    Calibration::read(&texts).unwrap()
}

/// Puts the figures between the marks of docs/text.md.
pub fn document(figures: &str) -> anyhow::Result<()> {
    let path = "docs/text.md";
    let text = std::fs::read_to_string(path)?;
    let (begin, end) = ("<!-- measured -->", "<!-- /measured -->");
    let (Some(from), Some(to)) = (text.find(begin), text.find(end)) else {
        anyhow::bail!("{path} has no place for the figures");
    };
    std::fs::write(
        path,
        format!(
            "{}\n\n{}\n{}",
            &text[..from + begin.len()],
            figures.trim_end(),
            &text[to..]
        ),
    )?;
    Ok(())
}
