//! Clients who are slow or silent: cut after a time, while others are served.

use crate::client::{head, multipart};
use crate::{Server, pool};
use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

#[test]
fn a_slow_body_is_answered_408_and_others_are_served() {
    let (dir, _, _) = pool();
    let server = Server::start(dir.path(), &["--read-timeout", "3"]);
    let (kind, body) = multipart("slow", "", &[("a.txt", b"never whole")]);
    let mut slow: Vec<TcpStream> = (0..20)
        .map(|_| {
            let mut stream = TcpStream::connect(&server.address).unwrap();
            stream
                .set_read_timeout(Some(Duration::from_secs(30)))
                .unwrap();
            let length = format!("Content-Type: {kind}\r\nContent-Length: {}\r\n", body.len());
            stream.write_all(head(&length).as_bytes()).unwrap();
            stream.write_all(&body[..body.len() / 2]).unwrap();
            stream
        })
        .collect();
    let start = Instant::now();
    let fine = server
        .client()
        .hand_in("fine", "", &[("a.txt", b"a text of a few words")]);
    assert_eq!(fine.status, 201, "{fine:?}");
    for stream in &mut slow {
        let mut answer = String::new();
        // It may end with a reset, as the rest of the body is not read.
        let _ = stream.read_to_string(&mut answer);
        assert!(answer.starts_with("HTTP/1.1 408"), "{answer}");
        assert!(answer.contains("application/problem+json"));
    }
    assert!(start.elapsed() < Duration::from_secs(55));
    assert_eq!(server.client().get("/v1/applicants/slow").status, 404);
    let left = std::fs::read_dir(dir.path().join("index-uploads")).unwrap();
    let left: Vec<_> = left.map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left, ["lock"], "nothing of what came is left");
}

#[test]
fn a_head_that_never_ends_is_cut() {
    let (dir, _, _) = pool();
    let server = Server::start(dir.path(), &[]);
    let mut stream = TcpStream::connect(&server.address).unwrap();
    stream
        .set_read_timeout(Some(Duration::from_secs(40)))
        .unwrap();
    stream.write_all(b"GET /healthz HTTP/1.1\r\nHost:").unwrap();
    let mut answer = Vec::new();
    let ended = stream.read_to_end(&mut answer);
    let is_timeout = |e: &std::io::Error| e.kind() == std::io::ErrorKind::WouldBlock;
    assert!(!ended.as_ref().is_err_and(is_timeout), "{ended:?}");
    assert_eq!(server.client().get("/healthz").status, 200);
}
