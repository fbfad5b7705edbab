//! STIX 2.1 bundles (OASIS STIX Version 2.1): observables and simple indicator patterns.
//!
//! Of a pattern only comparisons for equality are taken (`[email-addr:value = 'a@b.c']`, also several joined by OR); a
//! pattern with AND, FOLLOWEDBY or a negation says more than "this value" and is counted as other.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::line_at;
use crate::watch::tables::meaning;
use regex::Regex;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;
use std::sync::LazyLock;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "STIX 2.1",
    recognises,
    read,
};

#[derive(Deserialize)]
struct Bundle<'a> {
    #[serde(rename = "type")]
    kind: String,
    #[serde(borrow, default)]
    objects: Vec<&'a RawValue>,
}

fn recognises(text: &str) -> bool {
    text.trim_start().starts_with('{') && text.contains("\"bundle\"") && text.contains("\"type\"")
}

/// A comparison `object-type:property = 'value'`.
static COMPARISON: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"([a-z0-9-]+):([a-z_]+)\s*=\s*'((?:[^'\\]|\\.)*)'")
        .expect("the pattern is well-formed")
});

fn read(text: &str) -> Result<Parsed, Fault> {
    let bundle: Bundle<'_> =
        serde_json::from_str(text).map_err(|e| Fault::new(e.line() as u64, e.to_string()))?;
    if bundle.kind != "bundle" {
        return Err(Fault::new(
            1,
            format!("a {:?} object, not a bundle", bundle.kind),
        ));
    }
    let mut parsed = Parsed::default();
    for raw in bundle.objects {
        let line =
            line_at(&text.as_bytes()[..raw.get().as_ptr() as usize - text.as_ptr() as usize]);
        let object: Value =
            serde_json::from_str(raw.get()).map_err(|e| Fault::new(line, e.to_string()))?;
        take(&object, line, &mut parsed)?;
    }
    Ok(parsed)
}

fn take(object: &Value, line: u64, parsed: &mut Parsed) -> Result<(), Fault> {
    let text = |key: &str| object.get(key).and_then(Value::as_str).unwrap_or_default();
    let kind = text("type");
    if kind.is_empty() || text("id").is_empty() {
        return Err(Fault::new(line, "an object without type or id"));
    }
    let pairs: Vec<(String, String)> = match kind {
        "email-addr" | "url" | "phone-number" | "cryptocurrency-wallet" => {
            let value = [text("value"), text("address")].concat();
            vec![(kind.into(), value)]
        }
        "user-account" => {
            let login = [text("account_login"), text("user_id")];
            let login = login
                .into_iter()
                .find(|l| !l.is_empty())
                .unwrap_or_default();
            vec![(text("account_type").into(), login.into())]
        }
        "indicator" => comparisons(text("pattern")),
        "identity" | "threat-actor" | "intrusion-set" => {
            parsed.num_names += 1;
            return Ok(());
        }
        _ => return Ok(()),
    };
    let first_seen = ["valid_from", "first_seen", "created"]
        .into_iter()
        .map(text)
        .find(|t| !t.is_empty());
    if pairs.is_empty() {
        parsed.num_other += 1;
    }
    for (word, value) in pairs {
        let entry = meaning(&word)
            .filter(|_| !value.is_empty())
            .and_then(|m| m.entry(&value));
        let Some((kind, value)) = entry else {
            parsed.num_other += 1;
            continue;
        };
        parsed.entries.push(WatchEntry {
            kind,
            value,
            source: text("created_by_ref").into(),
            first_seen: first_seen.map(Into::into),
            note: text("id").into(),
            line,
        });
    }
    Ok(())
}

/// (type word, value) of a pattern that is nothing but comparisons joined by OR.
fn comparisons(pattern: &str) -> Vec<(String, String)> {
    let rest = COMPARISON.replace_all(pattern, "");
    let only_or = rest
        .split(|c: char| !c.is_ascii_alphanumeric())
        .all(|w| w.is_empty() || w == "OR");
    if !only_or || rest.contains('!') {
        return Vec::new();
    }
    let pair = |c: regex::Captures<'_>| {
        let value = c[3].replace("\\'", "'").replace("\\\\", "\\");
        match (&c[1], &c[2]) {
            ("user-account", "account_login" | "user_id") => None,
            (object, "value" | "address") => Some((object.to_string(), value)),
            _ => None,
        }
    };
    COMPARISON.captures_iter(pattern).filter_map(pair).collect()
}
