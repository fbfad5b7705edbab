use crate::model::ApplicantId;
use crate::pipeline::Posted;
use crate::server::jobs::{Jobs, Phase, Submitted};
use crate::server::receive::Received;
use std::sync::Arc;

fn received(id: &str, stamp: &str) -> Received {
    let folder = tempfile::tempdir().unwrap();
    let json = format!("{{\"id\": \"{id}\", \"email\": \"{id}@mail.test\"}}");
    let posted = Posted::Files {
        json: &json,
        folder: folder.path(),
        files: &[],
    };
    Received {
        pool: posted.open().unwrap(),
        stamp: stamp.into(),
        upload: None,
        bytes: 1,
    }
}

#[test]
fn an_id_is_in_the_queue_once() {
    let jobs = Jobs::new(2);
    let Submitted::New(first) = jobs.submit(received("a", "1")) else {
        panic!("there is room");
    };
    assert!(
        matches!(jobs.submit(received("a", "1")), Submitted::Same(j) if Arc::ptr_eq(&j, &first))
    );
    assert!(matches!(
        jobs.submit(received("a", "2")),
        Submitted::Conflict
    ));
    assert!(matches!(
        jobs.submit(received("a", "")),
        Submitted::Conflict
    ));
    assert!(matches!(jobs.submit(received("b", "1")), Submitted::New(_)));
    assert!(matches!(jobs.submit(received("c", "1")), Submitted::Full));
    let next = jobs.next().unwrap();
    assert_eq!((next.id.as_str(), jobs.counts()), ("a", (1, 1)));
    assert!(matches!(jobs.phase(&first.id), Some(Phase::Reading)));
    jobs.end(&next, Phase::Failed("why".into()));
    assert!(matches!(jobs.phase(&first.id), Some(Phase::Failed(why)) if why == "why"));
    assert!(matches!(jobs.submit(received("a", "3")), Submitted::New(_)));
    assert!(matches!(jobs.phase(&first.id), Some(Phase::Queued)));
}

#[test]
fn who_is_deleted_or_too_late_is_dropped() {
    let jobs = Jobs::new(9);
    for id in ["a", "b", "c"] {
        assert!(matches!(jobs.submit(received(id, "1")), Submitted::New(_)));
    }
    let (a, b) = (ApplicantId::new("a"), ApplicantId::new("b"));
    let reading = jobs.next().unwrap();
    assert!(jobs.cancel(&a) && reading.is_cancelled());
    assert!(matches!(
        jobs.submit(received("a", "1")),
        Submitted::Conflict
    ));
    assert!(jobs.cancel(&b) && jobs.phase(&b).is_none());
    assert!(!jobs.cancel(&b));
    jobs.close();
    assert!(matches!(
        jobs.submit(received("d", "1")),
        Submitted::Stopping
    ));
    let lost: Vec<String> = jobs.give_up().iter().map(ToString::to_string).collect();
    assert_eq!(lost, ["a", "c"]);
    assert!(jobs.next().is_none());
}
