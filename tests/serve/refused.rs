//! What is refused, with which status, and that nothing else suffers.

use crate::client::{Client, head, multipart, raw};
use crate::{Server, arg, pool};
use assert_cmd::Command;
use serde_json::json;

#[test]
fn who_has_no_token_learns_nothing() {
    let (dir, _, _) = pool();
    let server = Server::start(dir.path(), &[]);
    for token in [
        "",
        "0123456789abcdef-of-the-test",
        "0123456789abcdef-of-the-testss",
    ] {
        let client = Client::with_token(&server.address, token);
        for path in [
            "/v1/applicants/x",
            "/v1/clusters",
            "/metrics",
            "/openapi.json",
            "/nothing",
        ] {
            assert_eq!(client.get(path).status, 401, "{path}");
        }
        assert_eq!(client.get("/healthz").json(), json!({"status": "ok"}));
    }
    let plain = raw(
        &server.address,
        b"GET /metrics HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
    );
    assert!(plain.starts_with("HTTP/1.1 401"), "{plain}");
    assert!(
        plain.to_lowercase().contains("www-authenticate: bearer"),
        "{plain}"
    );
}

#[test]
fn a_server_needs_a_token_and_consent() {
    let dir = tempfile::tempdir().unwrap();
    let index = dir.path().join("index");
    let serve = |options: &[&str], token: Option<&str>| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
        command
            .args(["serve", "--index", arg(&index)])
            .args(options);
        match token {
            Some(token) => command.env("SAMEHAND_TOKEN", token),
            None => command.env_remove("SAMEHAND_TOKEN"),
        };
        let out = command.output().unwrap();
        (out.status.code(), String::from_utf8(out.stderr).unwrap())
    };
    for (options, token, says) in [
        (&[][..], None, "needs a token"),
        (&[], Some("short"), "shorter than 16"),
        (
            &["--listen", "0.0.0.0:0"],
            Some("0123456789abcdef"),
            "--allow-remote",
        ),
        (
            &["--root", "/nowhere/at/all"],
            Some("0123456789abcdef"),
            "is no folder",
        ),
    ] {
        let (code, told) = serve(options, token);
        assert!(
            code == Some(2) && told.contains(says),
            "{options:?}: {told}"
        );
    }
    assert!(!index.exists());
}

#[test]
fn a_bad_request_has_its_status_and_hurts_nobody() {
    let (dir, pool, names) = pool();
    let secret = dir.path().join("secret.txt");
    std::fs::write(&secret, "what stands outside the root").unwrap();
    #[cfg(unix)]
    std::os::unix::fs::symlink(&secret, pool.join("link.txt")).unwrap();
    let server = Server::start(dir.path(), &["--root", arg(&pool), "--max-body", "1"]);
    let client = server.client();
    let row = |path: &str| json!({"id": "x", "resume": [path]}).to_string();
    let absolute = row(arg(&secret));
    for (kind, body, status) in [
        ("application/json", row("../secret.txt"), 422),
        ("application/json", row("a/../../secret.txt"), 422),
        ("application/json", row("link.txt"), 422),
        ("application/json", row("nothing.txt"), 422),
        ("application/json", absolute, 422),
        (
            "application/json",
            json!({"resume": [names[0]]}).to_string(),
            422,
        ),
        (
            "application/json",
            json!({"id": ["x"], "resume": [names[0]]}).to_string(),
            422,
        ),
        ("application/json", "[]".into(), 422),
        ("application/json", "{\"id\": ".into(), 400),
        ("application/json", " ".repeat(2 << 20), 413),
        ("text/plain", "x".into(), 415),
        ("multipart/form-data", "x".into(), 400),
        (
            "multipart/form-data; boundary=b",
            "no boundary at all".into(),
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nContent-Disposition: form-data; name=\"id\"\r\n\r\nx".into(),
            400,
        ),
        (
            "multipart/form-data; boundary=b",
            "--b\r\nnot a header\r\n\r\nx\r\n--b--\r\n".into(),
            400,
        ),
    ] {
        let answer = client.post(kind, "wait=60", body.as_bytes());
        assert_eq!(answer.status, status, "{kind} {body:.80}: {answer:?}");
        assert_eq!(answer.kind, "application/problem+json", "{answer:?}");
        assert_eq!(answer.json()["status"], status);
        assert!(!answer.body.contains("outside the root"));
    }
    let large = vec![b'x'; 3 << 20];
    for (id, claims, files, status) in [
        ("x", "", &[("a.txt", &large[..])][..], 413),
        ("", "", &[("a.txt", b"text")], 422),
        ("x", "", &[], 422),
        ("x", "{", &[], 400),
        ("x", r#"{"id": "y"}"#, &[("a.txt", b"text")], 422),
        (
            "x",
            r#"{"resume": "../secret.txt"}"#,
            &[("a.txt", b"text")],
            422,
        ),
        ("x\u{1}", "", &[("a.txt", b"text")], 422),
        ("..", "", &[("a.txt", b"text")], 422),
    ] {
        let answer = client.hand_in(id, claims, files);
        assert_eq!(answer.status, status, "{id} {claims}: {answer:?}");
    }
    // As it is sent: a length that lies, and none at all.
    let (kind, body) = multipart("x", "", &[("a.txt", &large)]);
    let chunks = format!("{:x}\r\n", body.len()).into_bytes();
    let chunked = head(&format!(
        "Content-Type: {kind}\r\nTransfer-Encoding: chunked\r\n"
    ))
    .into_bytes();
    let answer = raw(
        &server.address,
        &[chunked, chunks, body, b"\r\n0\r\n\r\n".to_vec()].concat(),
    );
    assert!(
        answer.is_empty() || answer.starts_with("HTTP/1.1 413"),
        "{answer}"
    );

    assert_eq!(client.get("/v1/nothing").status, 404);
    assert_eq!(client.get("/v1/applicants").status, 405);
    assert_eq!(client.delete("/v1/clusters").status, 405);
    assert_eq!(client.get("/v1/applicants/x").status, 404);
    assert_eq!(client.get("/v1/applicants/%FF").status, 400);
    assert_eq!(client.delete("/v1/applicants/x").status, 404);
    assert_eq!(client.get("/v1/applicants/x/evidence").status, 404);
    let fine = client.hand_in("x", "", &[("../../a.txt", b"a text of a few words")]);
    assert_eq!(fine.status, 201, "{fine:?}");
    assert_eq!(
        fine.json()["report"]["applicants"][0]["sources"][0]["path"],
        "a.txt"
    );
    // A file that cannot be read is a problem in the report, and the applicant is taken.
    let broken = client.hand_in(
        "y",
        "",
        &[
            ("a.pdf", b"%PDF-1.4 and no more"),
            ("b.zip", b"PK\x03\x04 broken"),
        ],
    );
    assert_eq!(broken.status, 201, "{broken:?}");
    assert!(
        !broken.json()["report"]["problems"]
            .as_array()
            .unwrap()
            .is_empty()
    );
}

#[test]
fn without_a_root_no_path_is_taken() {
    let (dir, _, _) = pool();
    let server = Server::start(dir.path(), &[]);
    let answer = server
        .client()
        .post("application/json", "", br#"{"id": "x", "resume": "x.txt"}"#);
    assert_eq!(answer.status, 403, "{answer:?}");
    assert!(answer.body.contains("--root"));
}
