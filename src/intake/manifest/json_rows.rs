//! JSON lines to rows: one object per line; lists are arrays, or texts with `;`.

use crate::intake::manifest::Place;
use crate::intake::manifest::column::Column;
use crate::intake::manifest::decode;
use crate::intake::manifest::row::{Cell, Row, Rows};
use crate::intake::walk;
use crate::model::Effect;
use serde_json::{Map, Value};

/// Parses a manifest in JSON lines.
pub(in crate::intake::manifest) fn parse(place: &Place, bytes: &[u8]) -> Rows {
    let text = decode::text(bytes);
    let mut rows = Rows::default();
    for (line, written) in (1u32..).zip(text.lines()) {
        if written.trim().is_empty() {
            continue;
        }
        match serde_json::from_str(written) {
            Ok(Value::Object(object)) => {
                rows.rows
                    .push(row(place, line, &object, &mut rows.problems))
            }
            Ok(_) => rows
                .problems
                .push(place.at(line, 1, "not a JSON object", Effect::NotUsed)),
            Err(e) => {
                let full = e.to_string();
                let what = full
                    .rsplit_once(" at line ")
                    .map_or(full.as_str(), |(what, _)| what);
                let message = format!("not valid JSON: {what}");
                rows.problems
                    .push(place.at(line, e.column(), message, Effect::NotUsed));
            }
        }
    }
    if rows.rows.is_empty() && rows.problems.is_empty() {
        rows.problems
            .push(place.at_line(1, "the manifest is empty"));
    }
    rows
}

fn row(
    place: &Place,
    line: u32,
    object: &Map<String, Value>,
    problems: &mut Vec<crate::model::Problem>,
) -> Row {
    let mut cells = Vec::new();
    for (column, value) in object {
        match cell(column, value) {
            Ok(found) => cells.extend(found),
            Err(message) => {
                problems.push(place.at(line, walk::printable(column), message, Effect::NotUsed));
            }
        }
    }
    Row { line, cells }
}

fn cell(column: &str, value: &Value) -> Result<Option<Cell>, &'static str> {
    let meaning = Column::from_name(column);
    match (value, meaning) {
        (Value::Null, _) => Ok(None),
        (Value::String(text), _) => Ok(Cell::from_text(column, text)),
        (Value::Number(number), _) => Ok(Cell::from_text(column, &number.to_string())),
        (Value::Array(items), Some(m)) if m.is_list() => {
            let texts: Option<Vec<String>> = items.iter().map(scalar).collect();
            texts
                .map(|texts| Cell::from_items(column, &texts))
                .ok_or("a list of texts is expected")
        }
        (other, None) => Ok(Cell::from_text(column, &other.to_string())),
        (_, Some(m)) if m.is_list() => Err("a text or a list of texts is expected"),
        _ => Err("a text is expected"),
    }
}

fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
