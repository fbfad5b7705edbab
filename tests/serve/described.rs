//! The OpenAPI document lists every route, and the answers are what it says.

use crate::{Server, pool};
use serde_json::{Value, json};
use std::collections::BTreeSet;

#[test]
fn the_document_lists_every_route_and_describes_the_answers() {
    let (dir, _, _) = pool();
    let server = Server::start(dir.path(), &[]);
    let client = server.client();
    let document = client.get("/openapi.json").json();
    assert!(document["openapi"].as_str().unwrap().starts_with("3.1"));
    let paths = document["paths"].as_object().unwrap();
    let routes: BTreeSet<(&str, &str)> = paths
        .iter()
        .flat_map(|(path, item)| {
            let methods = item.as_object().unwrap().keys();
            methods.map(|m| (path.as_str(), m.as_str()))
        })
        .collect();
    let all = [
        ("/healthz", "get"),
        ("/metrics", "get"),
        ("/openapi.json", "get"),
        ("/v1/applicants", "post"),
        ("/v1/applicants/{id}", "delete"),
        ("/v1/applicants/{id}", "get"),
        ("/v1/applicants/{id}/evidence", "get"),
        ("/v1/clusters", "get"),
    ];
    assert_eq!(routes, BTreeSet::from(all));
    assert_eq!(document["security"], json!([{"token": []}]));

    let handed = client.hand_in("anna", "", &[("a.txt", b"a text of a few words")]);
    for (path, method, status, answer) in [
        ("/v1/applicants", "post", "201", handed),
        (
            "/v1/applicants/{id}",
            "get",
            "200",
            client.get("/v1/applicants/anna"),
        ),
        (
            "/v1/applicants/{id}",
            "get",
            "404",
            client.get("/v1/applicants/nobody"),
        ),
        (
            "/v1/applicants/{id}/evidence",
            "get",
            "200",
            client.get("/v1/applicants/anna/evidence"),
        ),
        ("/v1/clusters", "get", "200", client.get("/v1/clusters")),
        ("/healthz", "get", "200", client.get("/healthz")),
    ] {
        assert_eq!(answer.status.to_string(), status, "{path}: {answer:?}");
        let content = &document["paths"][path][method]["responses"][status]["content"];
        let schema = &content[answer.kind.as_str()]["schema"];
        assert!(
            schema.is_object(),
            "{path} {status} {}: {content}",
            answer.kind
        );
        fits(&document, schema, &answer.json());
    }
}

fn fits(document: &Value, schema: &Value, answer: &Value) {
    let mut whole = schema.clone();
    whole["components"] = document["components"].clone();
    let validator = jsonschema::validator_for(&whole).unwrap();
    let errors: Vec<String> = validator
        .iter_errors(answer)
        .map(|e| e.to_string())
        .collect();
    assert!(errors.is_empty(), "{errors:?}");
}
