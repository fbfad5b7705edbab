//! A server that is killed leaves a whole index; one that is asked to stop finishes what is under way.

use crate::client::{Client, multipart};
use crate::{Server, arg, bytes, pool, samehand};
use std::thread;
use std::time::Duration;

#[test]
fn a_killed_server_leaves_a_whole_index() {
    let (dir, pool, names) = pool();
    let mut before = 0;
    for round in 0..4u64 {
        let mut server = Server::start(dir.path(), &[]);
        let address = server.address.clone();
        let texts: Vec<(String, Vec<u8>)> = names
            .iter()
            .map(|name| (format!("{name}-{round}"), bytes(&pool.join(name))))
            .collect();
        let sending = thread::spawn(move || {
            let client = Client::new(&address);
            for (id, text) in texts {
                let (kind, body) = multipart(&id, "", &[("a.txt", &text)]);
                // The server goes away in the middle.
                let sent = client.send(&kind, "respond-async", &body);
                if sent.is_err() {
                    break;
                }
            }
        });
        thread::sleep(Duration::from_millis(
            100 + samehand::model::mix(round) % 900,
        ));
        server.kill();
        sending.join().unwrap();
        samehand(&["index", "verify", "--index", arg(&server.index)], "");
        let now = samehand(&["index", "list", "--index", arg(&server.index)], "");
        assert!(now.lines().count() >= before, "what was written stays");
        before = now.lines().count();
    }
    let server = Server::start(dir.path(), &[]);
    for name in &names {
        let answer = server
            .client()
            .hand_in(name, "", &[("a.txt", &bytes(&pool.join(name)))]);
        assert!(matches!(answer.status, 200 | 201), "{answer:?}");
    }
    let left = std::fs::read_dir(dir.path().join("index-uploads")).unwrap();
    assert_eq!(
        left.count(),
        1,
        "the lock alone: remains of ended servers are gone"
    );
}

#[test]
fn a_stop_finishes_what_is_under_way() {
    let (dir, pool, names) = pool();
    let mut server = Server::start(dir.path(), &["--grace", "300"]);
    let waiting: Vec<_> = names
        .iter()
        .map(|name| {
            let (address, name) = (server.address.clone(), name.clone());
            let text = bytes(&pool.join(&name));
            thread::spawn(move || Client::new(&address).hand_in(&name, "", &[("a.txt", &text)]))
        })
        .collect();
    // All of them have begun when one is done.
    let client = server.client();
    while !client
        .get("/metrics")
        .body
        .contains("samehand_jobs_total{outcome=\"done\"}")
    {
        thread::sleep(Duration::from_millis(5));
    }
    server.ask_to_stop();
    for answer in waiting {
        let answer = answer.join().unwrap();
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_eq!(server.ended(), Some(0), "{}", server.told());
    let list = samehand(&["index", "list", "--index", arg(&server.index)], "");
    assert_eq!(list.lines().count(), names.len());
}

#[test]
fn who_is_not_done_in_time_is_named() {
    let (dir, pool, names) = pool();
    let mut server = Server::start(dir.path(), &["--grace", "0"]);
    let client = server.client();
    for name in &names {
        let (kind, body) = multipart(name, "", &[("a.txt", &bytes(&pool.join(name)))]);
        assert_eq!(client.post(&kind, "respond-async", &body).status, 202);
    }
    assert_eq!(server.stop(), Some(0));
    thread::sleep(Duration::from_millis(100));
    let told = server.told();
    let list = samehand(&["index", "list", "--index", arg(&server.index)], "");
    for name in &names {
        let is_there = list.lines().any(|l| l.starts_with(name.as_str()));
        let is_named = told.contains(&format!("stopped before {name} was in the index"));
        assert!(is_there != is_named, "{name}: {told}{list}");
    }
}
