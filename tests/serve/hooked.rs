//! Results are sent on, signed; a listener that fails is asked again, and nobody waits for it.

use crate::{Server, arg, pool};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpListener;

const SECRET: &str = "a secret of sixteen bytes or more";

struct Sent {
    time: String,
    seal: String,
    body: Vec<u8>,
}

/// Takes one request and answers it.
fn take(listener: &TcpListener, status: &str) -> Sent {
    let (stream, _) = listener.accept().unwrap();
    let mut reader = BufReader::new(stream);
    let (mut time, mut seal, mut length) = (String::new(), String::new(), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        let Some((name, value)) = line.trim_end().split_once(": ") else {
            if line.trim_end().is_empty() {
                break;
            }
            continue;
        };
        match name.to_ascii_lowercase().as_str() {
            "x-samehand-timestamp" => time = value.into(),
            "x-samehand-signature" => seal = value.into(),
            "content-length" => length = value.parse().unwrap(),
            _ => {}
        }
    }
    let mut body = vec![0; length];
    reader.read_exact(&mut body).unwrap();
    let answer = format!("HTTP/1.1 {status}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
    reader.get_mut().write_all(answer.as_bytes()).unwrap();
    Sent { time, seal, body }
}

fn is_sealed(sent: &Sent) -> bool {
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).unwrap();
    mac.update(sent.time.as_bytes());
    mac.update(b".");
    mac.update(&sent.body);
    let hex: String = mac
        .finalize()
        .into_bytes()
        .iter()
        .map(|b| format!("{b:02x}"))
        .collect();
    sent.seal == format!("sha256={hex}")
}

#[test]
fn results_are_sent_on_and_signed() {
    let (dir, _, _) = pool();
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("http://{}/hook", listener.local_addr().unwrap());
    let secret = dir.path().join("secret");
    std::fs::write(&secret, format!("{SECRET}\n")).unwrap();
    let options = ["--webhook", &url, "--webhook-secret-file", arg(&secret)];
    let mut server = Server::start(dir.path(), &options);
    // Nobody takes it yet, and the client has its answer all the same.
    let answer = server
        .client()
        .hand_in("anna", "", &[("a.txt", b"a text of a few words")]);
    assert_eq!(answer.status, 201, "{answer:?}");
    let first = take(&listener, "500 Internal Server Error");
    assert!(is_sealed(&first));
    let second = take(&listener, "204 No Content");
    assert!(is_sealed(&second));
    assert_eq!(first.body, second.body);
    let result: Value = serde_json::from_slice(&second.body).unwrap();
    assert_eq!(result, answer.json());
    assert!(second.time.parse::<i64>().unwrap() >= first.time.parse::<i64>().unwrap());
    let metrics = server.client().get("/metrics").body;
    assert!(metrics.contains("samehand_webhook_total"), "{metrics}");
    assert_eq!(server.stop(), Some(0));
    assert!(!server.told().contains("was sent on"), "{}", server.told());
}

#[test]
fn results_do_not_leave_the_machine_in_the_clear() {
    let dir = tempfile::tempdir().unwrap();
    let secret = dir.path().join("secret");
    std::fs::write(&secret, SECRET).unwrap();
    let mut command = assert_cmd::Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command
        .args(["serve", "--index", arg(&dir.path().join("index"))])
        .args([
            "--webhook",
            "http://hooks.example/x",
            "--webhook-secret-file",
            arg(&secret),
        ])
        .env("SAMEHAND_TOKEN", "0123456789abcdef")
        .output()
        .unwrap();
    let told = String::from_utf8(out.stderr).unwrap();
    assert!(
        out.status.code() == Some(2) && told.contains("in the clear"),
        "{told}"
    );
}
