//! MISP events: attributes of an event and of its objects, one event or the `response` of a search.

use crate::watch::Fault;
use crate::watch::Format;
use crate::watch::Parsed;
use crate::watch::WatchEntry;
use crate::watch::line_at;
use crate::watch::tables::meaning;
use serde::Deserialize;
use serde_json::Value;
use serde_json::value::RawValue;

/// The format.
pub(in crate::watch) static FORMAT: Format = Format {
    name: "MISP event",
    recognises,
    read,
};

#[derive(Deserialize)]
struct Wrapped<'a> {
    #[serde(rename = "Event", borrow)]
    event: Event<'a>,
}

#[derive(Deserialize)]
struct Found<'a> {
    #[serde(borrow)]
    response: Vec<Wrapped<'a>>,
}

#[derive(Deserialize)]
struct Event<'a> {
    #[serde(default)]
    info: String,
    #[serde(default)]
    date: String,
    #[serde(default)]
    uuid: String,
    #[serde(rename = "Attribute", borrow, default)]
    attributes: Vec<&'a RawValue>,
    #[serde(rename = "Object", borrow, default)]
    objects: Vec<Object<'a>>,
}

#[derive(Deserialize)]
struct Object<'a> {
    #[serde(rename = "Attribute", borrow, default)]
    attributes: Vec<&'a RawValue>,
}

fn recognises(text: &str) -> bool {
    let start = text.trim_start();
    start.starts_with(['{', '[']) && text.contains("\"Event\"")
}

fn read(text: &str) -> Result<Parsed, Fault> {
    let fault = |e: serde_json::Error| Fault::new(e.line() as u64, e.to_string());
    let events: Vec<Wrapped<'_>> = if text.trim_start().starts_with('[') {
        serde_json::from_str(text).map_err(fault)?
    } else if text.contains("\"response\"") {
        serde_json::from_str::<Found<'_>>(text)
            .map_err(fault)?
            .response
    } else {
        vec![serde_json::from_str(text).map_err(fault)?]
    };
    let mut parsed = Parsed::default();
    for Wrapped { event } in &events {
        let of_objects = event.objects.iter().flat_map(|o| &o.attributes);
        for raw in event.attributes.iter().chain(of_objects) {
            let line =
                line_at(&text.as_bytes()[..raw.get().as_ptr() as usize - text.as_ptr() as usize]);
            take(event, raw, line, &mut parsed)?;
        }
    }
    Ok(parsed)
}

fn take(event: &Event<'_>, raw: &RawValue, line: u64, parsed: &mut Parsed) -> Result<(), Fault> {
    let attribute: Value =
        serde_json::from_str(raw.get()).map_err(|e| Fault::new(line, e.to_string()))?;
    let text = |key: &str| {
        attribute
            .get(key)
            .and_then(Value::as_str)
            .unwrap_or_default()
    };
    let (word, value) = (text("type"), text("value"));
    if word.is_empty() || value.is_empty() {
        return Err(Fault::new(line, "an attribute without type or value"));
    }
    let Some(meaning) = meaning(word) else {
        parsed.num_other += 1;
        return Ok(());
    };
    let Some((kind, value)) = meaning.entry(value) else {
        parsed.num_names += 1;
        return Ok(());
    };
    let first_seen = [text("first_seen"), event.date.as_str()];
    parsed.entries.push(WatchEntry {
        kind,
        value,
        source: event.info.clone(),
        first_seen: first_seen
            .into_iter()
            .find(|t| !t.is_empty())
            .map(Into::into),
        note: format!("event {}", event.uuid),
        line,
    });
    Ok(())
}
