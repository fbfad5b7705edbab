//! Applicants are handed in, with files or by paths; asked about; not read twice.

use crate::client::multipart;
use crate::{Server, arg, bytes, pool, samehand, without_run};
use serde_json::{Value, json};
use std::time::{Duration, Instant};

#[test]
fn an_applicant_with_files_is_compared_kept_and_not_read_twice() {
    let (dir, pool, names) = pool();
    let mut server = Server::start(dir.path(), &[]);
    let client = server.client();
    let text = |n: usize| bytes(&pool.join(&names[n]));
    // The texts 4 and 5 are copies of each other.
    let first = client.hand_in("anna/1", "", &[(&names[4], &text(4))]);
    assert_eq!(first.status, 201, "{first:?}");
    assert_eq!(first.location.as_deref(), Some("/v1/applicants/anna%2F1"));
    assert_eq!(first.json()["change"], "new");
    let claims = r#"{"email": "b@mail.test", "location": "Ghent"}"#;
    let second = client.hand_in("ben", claims, &[(&names[5], &text(5))]);
    assert_eq!(second.status, 201, "{second:?}");
    let links = second.json()["report"]["links"].clone();
    assert_eq!(
        (&links[0]["a"], &links[0]["b"]),
        (&json!("anna/1"), &json!("ben"))
    );

    let again = client.hand_in("ben", claims, &[(&names[5], &text(5))]);
    assert_eq!(
        (again.status, &again.json()["change"]),
        (200, &json!("unchanged"))
    );
    assert_eq!(again.json()["report"]["links"], links);
    let other = client.hand_in("ben", "", &[(&names[5], &text(5))]);
    assert_eq!(
        (other.status, &other.json()["change"]),
        (200, &json!("replaced"))
    );

    let standing = client.get("/v1/applicants/ben").json();
    assert_eq!(
        (&standing["state"], &standing["sources"]),
        (&json!("done"), &json!(1))
    );
    let evidence = client.get("/v1/applicants/anna%2F1/evidence");
    let path = pool.join(&names[4]);
    let check = [
        "check",
        arg(&path),
        "--id",
        "anna/1",
        "--index",
        arg(&server.index),
    ];
    let check: Value = serde_json::from_str(&samehand(&check, "")).unwrap();
    assert_eq!(without_run(evidence.json()), without_run(check));
    assert!(
        evidence.body.starts_with("{\n  \"schema\": \"report/1\""),
        "as check prints it"
    );

    let list = samehand(&["index", "list", "--index", arg(&server.index)], "");
    assert_eq!(list.lines().count(), 2);
    assert_eq!(server.stop(), Some(0), "{}", server.told());
    assert!(
        !dir.path().join("index-uploads").exists(),
        "nothing is left of the files"
    );
    // It goes on where it was.
    let server = Server::start(dir.path(), &[]);
    assert_eq!(
        server.client().get("/v1/applicants/ben").json()["in_index"],
        true
    );
}

#[test]
fn json_names_paths_below_the_root() {
    let (dir, pool, names) = pool();
    let server = Server::start(dir.path(), &["--root", arg(&pool)]);
    let client = server.client();
    for (id, n) in [("anna", 4), ("ben", 5)] {
        let row = json!({"id": id, "resume": [names[n]], "email": "x@mail.test"}).to_string();
        let answer = client.post("application/json", "wait=60", row.as_bytes());
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    let evidence = client
        .get("/v1/applicants/ben/evidence")
        .body
        .replace("request", "stdin");
    let row = json!({"id": "ben", "resume": [names[5]], "email": "x@mail.test"}).to_string();
    let check = [
        "check",
        "-",
        "--index",
        arg(&server.index),
        "--root",
        arg(&pool),
    ];
    let check: Value =
        serde_json::from_str(&samehand(&check, &row).replace("request", "stdin")).unwrap();
    assert_eq!(
        without_run(serde_json::from_str(&evidence).unwrap()),
        without_run(check)
    );
    let clusters = client.get("/v1/clusters");
    assert_eq!(clusters.status, 200, "{clusters:?}");
    assert_eq!(clusters.json()["applicants"], 2);
}

#[test]
fn long_jobs_are_polled() {
    let (dir, pool, names) = pool();
    let server = Server::start(dir.path(), &["--wait", "0"]);
    let client = server.client();
    for name in &names {
        let (kind, body) = multipart(name, "", &[(name, &bytes(&pool.join(name)))]);
        let answer = client.post(&kind, "respond-async", &body);
        assert_eq!(answer.status, 202, "{answer:?}");
        assert_eq!(answer.location, Some(format!("/v1/applicants/{name}")));
        let same = client.post(&kind, "", &body);
        assert!(
            matches!(same.status, 200 | 202),
            "the same joins what is there: {same:?}"
        );
    }
    let start = Instant::now();
    for name in &names {
        let path = format!("/v1/applicants/{name}");
        loop {
            let standing = client.get(&path).json();
            match standing["state"].as_str().unwrap() {
                "done" => break,
                "queued" | "reading" => std::thread::sleep(Duration::from_millis(20)),
                other => panic!("{other}: {standing}"),
            }
            assert!(start.elapsed() < Duration::from_secs(120), "{standing}");
        }
    }
    let list = samehand(&["index", "list", "--index", arg(&server.index)], "");
    assert_eq!(list.lines().count(), names.len(), "nobody is there twice");
    let metrics = client.get("/metrics").body;
    assert!(metrics.contains("samehand_applicants 12\n"), "{metrics}");
}
