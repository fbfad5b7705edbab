//! `/openapi.json`: made of the handlers' own annotations, with the report's schema among the components, so that a client
//! made of it knows what a report holds.

use crate::report::schema;
use crate::server::{answer, applicants, clusters, health, problem};
use serde_json::{Value, json};
use utoipa::openapi::security::{HttpAuthScheme, HttpBuilder, SecurityScheme};
use utoipa::{Modify, OpenApi, ToSchema};

/// What a request with files holds.
#[derive(ToSchema)]
#[schema(as = ApplicantFiles)]
#[allow(dead_code, reason = "only described")]
pub(in crate::server) struct Files {
    /// The id, which names one person.
    #[schema(min_length = 1, max_length = 200)]
    id: String,
    /// What the applicant claims: a JSON object with the fields of a manifest's row (docs/manifest.md), without paths.
    #[schema(nullable = false)]
    claims: Option<String>,
    /// Documents, bundles and archives of repositories; each part has a file name.
    #[schema(value_type = Option<Vec<String>>, format = Binary, nullable = false)]
    files: Option<Vec<Vec<u8>>>,
}

/// A row of a manifest whose paths lie below the server's --root; docs/manifest.md lists the fields.
#[derive(ToSchema)]
#[schema(as = ApplicantRow)]
#[allow(dead_code, reason = "only described")]
pub(in crate::server) struct Row {
    /// The id, which names one person.
    #[schema(min_length = 1, max_length = 200)]
    id: String,
    /// Files, or folders with everything in them.
    #[schema(nullable = false)]
    resume: Option<Vec<String>>,
    /// Repositories, or folders of repositories.
    #[schema(nullable = false)]
    repos: Option<Vec<String>>,
}

struct Bearer;

impl Modify for Bearer {
    fn modify(&self, openapi: &mut utoipa::openapi::OpenApi) {
        let scheme = HttpBuilder::new().scheme(HttpAuthScheme::Bearer).build();
        let components = openapi.components.get_or_insert_default();
        components.add_security_scheme("token", SecurityScheme::Http(scheme));
    }
}

#[derive(OpenApi)]
#[openapi(
    info(
        title = "samehand serve",
        description = "What ties an applicant to everybody seen before: evidence, never a verdict. docs/serve.md says more.",
    ),
    paths(
        applicants::post,
        applicants::get,
        applicants::evidence,
        applicants::delete,
        clusters::get,
        health::healthz,
        health::metrics,
        health::openapi,
    ),
    components(schemas(
        answer::Answer<'static>,
        answer::Standing,
        answer::Stage,
        clusters::Found,
        clusters::Making,
        health::Health,
        problem::Fault,
        Files,
        Row,
    )),
    modifiers(&Bearer),
    security(("token" = [])),
)]
struct Described;

/// The document (OpenAPI 3.1).
pub fn document() -> Value {
    let mut document =
        serde_json::to_value(Described::openapi()).expect("the document is plain data");
    let mut report = schema();
    let parts = report.as_object_mut().and_then(|r| {
        r.remove("$schema");
        r.remove("$defs")
    });
    let schemas = &mut document["components"]["schemas"];
    let parts = parts
        .as_ref()
        .and_then(Value::as_object)
        .into_iter()
        .flatten();
    for (name, part) in parts.chain([(&"Report".to_string(), &report)]) {
        schemas[format!("Report{}", name.trim_start_matches("Report"))] = renamed(part);
    }
    let refers = |name: &str| json!({"$ref": format!("#/components/schemas/{name}")});
    schemas["ApplicantResult"]["properties"]["report"] = refers("Report");
    schemas["Clusters"]["properties"]["clusters"]["items"] = refers("ReportClusterEntry");
    let evidence = &mut document["paths"]["/v1/applicants/{id}/evidence"]["get"];
    evidence["responses"]["200"]["content"]["application/json"]["schema"] = refers("Report");
    tell_refusals(&mut document, &refers("Fault"));
    document
}

/// Every answer of 400 and above holds a problem object: said here once, not at each handler.
fn tell_refusals(document: &mut Value, fault: &Value) {
    let paths = document["paths"].as_object_mut().into_iter();
    let routes = paths.flat_map(|paths| paths.values_mut().filter_map(Value::as_object_mut));
    let answers = routes
        .flat_map(|route| route.values_mut())
        .filter_map(|method| method["responses"].as_object_mut());
    for (status, answer) in answers.flatten() {
        if status.as_str() >= "400" {
            answer["content"] = json!({"application/problem+json": {"schema": fault}});
        }
    }
}

/// A part of the report's schema, whose references name components.
fn renamed(part: &Value) -> Value {
    match part {
        Value::Object(map) => map
            .iter()
            .map(|(k, v)| match (k.as_str(), v.as_str()) {
                ("$ref", Some(to)) => {
                    let name = to
                        .trim_start_matches("#/$defs/")
                        .trim_start_matches("Report");
                    (
                        k.clone(),
                        json!(format!("#/components/schemas/Report{name}")),
                    )
                }
                _ => (k.clone(), renamed(v)),
            })
            .collect(),
        Value::Array(all) => all.iter().map(renamed).collect(),
        other => other.clone(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn references(value: &Value, out: &mut Vec<String>) {
        match value {
            Value::Object(map) => {
                for (key, value) in map {
                    match (key.as_str(), value.as_str()) {
                        ("$ref", Some(to)) => out.push(to.to_owned()),
                        _ => references(value, out),
                    }
                }
            }
            Value::Array(all) => all.iter().for_each(|v| references(v, out)),
            _ => {}
        }
    }

    #[test]
    fn every_reference_leads_somewhere() {
        let document = document();
        let mut all = Vec::new();
        references(&document, &mut all);
        assert!(all.len() > 50);
        for to in all {
            let at = document.pointer(to.trim_start_matches('#'));
            assert!(at.is_some(), "{to}");
        }
    }
}
