//! `report.json` and its schema.
//!
//! Fields stand in the order of the structs, indented, with a line break at the end. The schema is generated from the
//! same structs, so it cannot say something else than the file; `docs/report.schema.json` is a copy that a test compares.

use crate::report::Report;
use serde_json::{Value, json};
use std::io::{self, Write};

/// Writes the report as indented JSON.
///
/// # Errors
/// What the writer returns.
pub fn write_json(report: &Report, out: &mut dyn Write) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    out.write_all(b"\n")
}

/// The report as JSON on one line, without a line break at the end.
///
/// # Errors
/// What serialising says.
pub fn json_line(report: &Report) -> serde_json::Result<String> {
    serde_json::to_string(report)
}

/// The JSON Schema (draft 2020-12) of `report.json`.
pub fn schema() -> Value {
    let mut schema = schemars::schema_for!(Report).to_value();
    schema["title"] = json!("samehand report/1");
    schema["properties"]["schema"]["const"] = json!("report/1");
    schema
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::assemble;
    use crate::report::sample;

    fn written(report: &Report) -> String {
        let mut out = Vec::new();
        write_json(report, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn the_sample_fits_the_schema_and_reads_back() {
        let text = written(&assemble(sample::draft()));
        let value: Value = serde_json::from_str(&text).unwrap();
        let validator = jsonschema::validator_for(&schema()).unwrap();
        let errors: Vec<String> = validator
            .iter_errors(&value)
            .map(|e| e.to_string())
            .collect();
        assert!(errors.is_empty(), "{errors:?}");
        let again: Report = serde_json::from_str(&text).unwrap();
        assert_eq!(written(&again), text);
    }

    #[test]
    fn another_version_does_not_fit() {
        let mut value = serde_json::to_value(assemble(sample::draft())).unwrap();
        value["schema"] = json!("report/2");
        assert!(
            !jsonschema::validator_for(&schema())
                .unwrap()
                .is_valid(&value)
        );
    }

    #[test]
    fn fields_keep_their_order() {
        let text = written(&assemble(sample::draft()));
        let top = [
            "schema",
            "tool",
            "run",
            "background",
            "applicants",
            "evidence",
            "findings",
            "links",
            "clusters",
        ];
        let places: Vec<usize> = top
            .iter()
            .map(|k| text.find(&format!("\n  \"{k}\":")).expect(k))
            .collect();
        assert!(places.is_sorted());
        assert!(text.ends_with("}\n"));
    }
}
