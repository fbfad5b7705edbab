//! Counts what `features` takes for a contact detail or a name in résumé texts that have none.
//!
//! `cargo run --release --example measure_identifiers -- TEXTS.jsonl.gz`
//!
//! Input: one JSON object a line with a `text` whose contacts were removed, so that whatever is found is a misreading.
//! Each text is read without an assumed country and with several. Prints figures only, nothing of a text. The figures
//! stand in `corpora/calibration/shared-contact.json`.

use flate2::read::GzDecoder;
use samehand::features::whose::from_document;
use samehand::identity::DisplayName;
use samehand::model::{Digest, PagedText, SourceInfo, SourceKind};
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Countries with different number plans: with and without a trunk prefix, of fixed and of variable length.
const REGIONS: [&str; 8] = ["US", "IN", "GB", "DE", "FR", "BR", "CN", "PK"];

fn main() -> anyhow::Result<()> {
    let path = std::env::args().nth(1).expect("the path of the texts");
    let mut texts = Vec::new();
    for line in BufReader::new(GzDecoder::new(File::open(path)?)).lines() {
        let row: serde_json::Value = serde_json::from_str(&line?)?;
        let text = row["text"].as_str().unwrap_or_default().to_owned();
        texts.push(PagedText::new(text, Vec::new()));
    }
    let names = texts
        .iter()
        .filter(|t| DisplayName::from_heading(t).is_some())
        .count();
    println!(
        "{} texts; {names} have a heading that reads as a name",
        texts.len()
    );
    for region in std::iter::once(None).chain(REGIONS.into_iter().map(Some)) {
        count(&texts, region);
    }
    Ok(())
}

/// Texts with an identifier of their own, and pairs that share one.
fn count(texts: &[PagedText], region: Option<&str>) {
    let source = SourceInfo {
        path: String::new(),
        sha256: Digest::default(),
        kind: SourceKind::Text,
        engine: None,
    };
    let mut carriers: BTreeMap<String, u64> = BTreeMap::new();
    let mut misread = 0;
    for text in texts {
        let mut own = from_document(text, &[], &source, region);
        own.retain(|i| i.role.is_own());
        own.dedup_by(|a, b| a.value == b.value);
        misread += usize::from(!own.is_empty());
        for identifier in own {
            *carriers.entry(identifier.value).or_default() += 1;
        }
    }
    let pairs: u64 = carriers.values().map(|n| n * (n - 1) / 2).sum();
    let shown = region.unwrap_or("no country");
    println!("{shown}: an identifier in {misread} texts, shared by {pairs} pairs");
}
