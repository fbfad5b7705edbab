//! Who is deleted leaves no byte.

use crate::{Server, pool};
use std::fs;
use std::path::Path;

fn holds(dir: &Path, wanted: &[u8]) -> Option<String> {
    let mut folders = vec![dir.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = fs::read(&path).unwrap();
            if bytes.windows(wanted.len()).any(|w| w == wanted) {
                return Some(path.display().to_string());
            }
        }
    }
    None
}

#[test]
fn who_is_deleted_leaves_no_byte() {
    let (dir, pool, _) = pool();
    fs::remove_dir_all(pool).unwrap();
    let log = dir.path().join("log.jsonl");
    let server = Server::start(dir.path(), &["--audit", crate::arg(&log)]);
    let client = server.client();
    for n in 0..20 {
        let words = format!("words that only applicant number {n} wrote, again and again");
        let mail = format!("{{\"email\": \"person{n}@quillmark.test\"}}");
        let answer = client.hand_in(
            &format!("person-{n}"),
            &mail,
            &[("a.txt", words.as_bytes())],
        );
        assert_eq!(answer.status, 201, "{answer:?}");
    }
    assert_eq!(client.get("/v1/clusters").status, 200);
    assert_eq!(client.delete("/v1/applicants/person-7").status, 204);
    assert_eq!(client.get("/v1/applicants/person-7").status, 404);
    assert_eq!(client.get("/v1/applicants/person-7/evidence").status, 404);
    assert_eq!(client.delete("/v1/applicants/person-7").status, 404);
    let kept = fs::read_to_string(&log).unwrap();
    assert!(
        kept.lines()
            .any(|l| l.contains("\"purge\"") && l.contains("person-7"))
    );
    fs::remove_file(&log).unwrap();
    // Ids are told in the log of what was deleted; profiles are packed, ids of the index are not.
    for wanted in ["person-7", "person7@quillmark", "number 7 wrote"] {
        assert_eq!(holds(dir.path(), wanted.as_bytes()), None, "{wanted}");
    }
    assert!(holds(dir.path(), b"person-8").is_some());
    let clusters = client.get("/v1/clusters");
    assert_eq!(clusters.json()["applicants"], 19, "{clusters:?}");
}
