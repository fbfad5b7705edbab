//! OpenSanctions `targets.simple.csv`: one target a line; `emails`, `phones` and `identifiers` are lists.
//!
//! Of `identifiers` only those that stand in an entry of the schema CryptoWallet are taken: elsewhere they are passport and
//! register numbers.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::WatchKind;
use crate::watch::plain::fault_line;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "OpenSanctions targets.simple.csv",
    recognises,
    read,
};

fn recognises(text: &str) -> bool {
    let head = text.lines().next().unwrap_or_default();
    ["\"id\"", "id"].iter().any(|id| head.starts_with(id))
        && ["schema", "identifiers", "emails", "phones", "dataset"]
            .iter()
            .all(|c| head.contains(c))
}

fn read(text: &str) -> Result<Parsed, Fault> {
    let mut reader = csv::ReaderBuilder::new().from_reader(text.as_bytes());
    let head = reader
        .headers()
        .map_err(|e| Fault::new(1, e.to_string()))?
        .clone();
    let column = |name: &str| {
        head.iter()
            .position(|c| c == name)
            .ok_or_else(|| Fault::new(1, format!("no column {name}")))
    };
    let (id, schema, name) = (column("id")?, column("schema")?, column("name")?);
    let (dataset, first_seen) = (column("dataset")?, column("first_seen")?);
    let lists = [
        (column("emails")?, WatchKind::Email),
        (column("phones")?, WatchKind::Phone),
        (column("identifiers")?, WatchKind::Wallet),
    ];
    let mut parsed = Parsed::default();
    for record in reader.records() {
        let record = record
            .map_err(|e| Fault::new(fault_line(&e), "the columns do not match the first line"))?;
        let field = |i: usize| record.get(i).unwrap_or_default().trim();
        parsed.num_names += u64::from(!field(name).is_empty());
        for (at, kind) in lists {
            let values = field(at)
                .split(';')
                .map(str::trim)
                .filter(|v| !v.is_empty());
            if kind == WatchKind::Wallet && field(schema) != "CryptoWallet" {
                parsed.num_other += values.count() as u64;
                continue;
            }
            parsed.entries.extend(values.map(|value| WatchEntry {
                kind,
                value: value.into(),
                source: field(dataset).into(),
                first_seen: Some(field(first_seen).to_string()).filter(|f| !f.is_empty()),
                note: field(id).into(),
                line: record.position().map_or(1, csv::Position::line),
            }));
        }
    }
    Ok(parsed)
}
