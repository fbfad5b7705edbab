//! The evidence of the sample, with its cards.

use crate::model::{
    Card, Evidence, Exhibit, Explanation, Fact, Family, Measure, ObjectId, Passage, Place,
    Relation, Subjects,
};
use crate::report::sample::basics::{both, line, weighed};
use crate::report::sample::id;
use crate::weigh::Weighed;

pub(in crate::report::sample) const fn card(
    id: &'static str,
    family: Family,
    innocent: &'static [&'static str],
    question: &'static str,
) -> Card {
    Card {
        id,
        title: "",
        family,
        looks_at: "",
        why: "",
        innocent,
        question,
        limits: "",
        base_rate: "",
        references: &[],
    }
}

pub(in crate::report::sample) static NEAR_TEXT: Card = card(
    "near-text",
    Family::Text,
    &[
        "Both filled in the same public template or followed the same guide.",
        "An agency, a coach or a course wrote both for different clients.",
        "They did the same work in the same team and describe it in the team's words.",
    ],
    "Could you walk me through the second project in your résumé: what was yours, and what was the hardest part?",
);
pub(in crate::report::sample) static CONTACT: Card = card(
    "shared-contact",
    Family::Contact,
    &[
        "They live together or are family and share a line.",
        "An agency put its own number on both.",
    ],
    "Whose phone is this, and do you share it with somebody?",
);
pub(in crate::report::sample) static IDENTITY: Card = card(
    "commit-identity",
    Family::Identity,
    &[
        "They programmed as a pair at one machine.",
        "A machine was lent or set up by a friend.",
    ],
    "One commit in your repository carries another e-mail address. Who was working with you then?",
);
pub(in crate::report::sample) static BLOBS: Card = card(
    "shared-blobs",
    Family::Code,
    &[
        "Both built on a third project.",
        "Both did the same course exercise.",
    ],
    "Where did this file come from?",
);
pub(in crate::report::sample) static CLOCK: Card = card(
    "clock-offset",
    Family::History,
    &[
        "The applicant moved or travelled.",
        "The machine's clock was never set to the local zone.",
    ],
    "Where did you work from while you wrote this project?",
);

pub(in crate::report::sample) fn near_text(
    a: &str,
    b: &str,
    words: u32,
    log10_lr: f64,
) -> (Evidence, Weighed) {
    let (left, right) = (format!("{a}/cv.pdf"), format!("{b}/resume.pdf"));
    let rare = "Cut checkout latency from 1,340 ms to 410 ms by moving the price rules into a compiled table";
    let evidence = Evidence::new(
        &NEAR_TEXT,
        Subjects::pair(&id(a), &id(b)),
        Measure {
            table: "near-text",
            score: 41.0,
        },
        Explanation::new(
            "{a} and {b} share {0} words in {1} passages that no other résumé of this pool and few elsewhere hold.",
            vec![Fact::Number(words.to_string()), Fact::Number("2".into())],
        ),
        vec![],
        both(
            Fact::Text(rare.into()),
            (&left, line(1, 18)),
            (&right, line(1, 22)),
        ),
    );
    let passage = |left: &str, right: &str, words| {
        let left = (left.into(), "page 1, line 18".into());
        Passage::new(left, (right.into(), "page 1, line 22".into()), words)
    };
    let passages = vec![
        passage(
            &format!("{rare}\nLed the migration of 212 nightly jobs to an event queue"),
            &format!("{rare}\nled migration of 212 nightly jobs to an event queue"),
            27,
        ),
        passage(
            "Maria Lindqvist wrote the incident handbook █ still uses",
            "wrote the incident handbook █ still uses",
            6,
        ),
    ];
    (
        evidence.with_exhibits(vec![Exhibit::Passages {
            left,
            right,
            passages,
        }]),
        weighed(log10_lr, Some(("near-text", "2,400 public résumés"))),
    )
}

pub(in crate::report::sample) fn phone(
    a: &str,
    b: &str,
    explained_by: Vec<Relation>,
) -> (Evidence, Weighed) {
    let fact = Fact::Phone("+14155550142".into());
    let (left, right) = (format!("{a}/cv.pdf"), format!("{b}/resume.pdf"));
    let evidence = Evidence::new(
        &CONTACT,
        Subjects::pair(&id(a), &id(b)),
        Measure {
            table: "shared-contact/phone",
            score: 1.0,
        },
        Explanation::new(
            "{a} and {b} give the same phone number, {0}.",
            vec![fact.clone()],
        ),
        explained_by,
        both(fact, (&left, line(1, 3)), (&right, line(1, 2))),
    );
    (
        evidence,
        weighed(4.3, Some(("shared-contact/phone", "random-match model"))),
    )
}

pub(in crate::report::sample) fn identity(a: &str, b: &str) -> (Evidence, Weighed) {
    let fact = Fact::Email("maria.lindqvist@gmail.com".into());
    let commit = Place::Commit(ObjectId([0x5a; 20]));
    let evidence = Evidence::new(
        &IDENTITY,
        Subjects::pair(&id(a), &id(b)),
        Measure {
            table: "commit-identity/email",
            score: 1.0,
        },
        Explanation::new(
            "A commit in {b}'s repository was written as {0}, which {a} claims.",
            vec![fact.clone()],
        ),
        vec![],
        both(
            fact,
            (&format!("{b}/repos/pricer.git"), commit),
            (
                "manifest.csv",
                Place::Field {
                    line: 4,
                    column: "email".into(),
                },
            ),
        ),
    );
    let table = Exhibit::Table {
        caption: "Identities in pricer.git".into(),
        head: ["Identity", "Commits", "First", "Last"]
            .map(String::from)
            .to_vec(),
        rows: vec![
            ["maria.lindqvist@gmail.com", "1", "2025-03-02", "2025-03-02"]
                .map(String::from)
                .to_vec(),
            [
                "https://github.com/somedeveloper",
                "118",
                "2025-01-14",
                "2025-06-30",
            ]
            .map(String::from)
            .to_vec(),
        ],
    };
    (
        evidence.with_exhibits(vec![table]),
        weighed(3.6, Some(("commit-identity/email", "random-match model"))),
    )
}

pub(in crate::report::sample) fn blobs(a: &str, b: &str) -> (Evidence, Weighed) {
    let evidence = Evidence::new(
        &BLOBS,
        Subjects::pair(&id(a), &id(b)),
        Measure {
            table: "shared-blobs",
            score: 3.0,
        },
        Explanation::new(
            "{a} and {b} hold {0} identical source files that are rare elsewhere.",
            vec![Fact::Number("3".into())],
        ),
        vec![],
        both(
            Fact::Path("src/ledger/reconcile.rs".into()),
            (
                &format!("{a}/repos/ledger.git"),
                Place::File {
                    path: "src/ledger/reconcile.rs".into(),
                    blob: ObjectId([1; 20]),
                },
            ),
            (
                &format!("{b}/repos/books.git"),
                Place::File {
                    path: "lib/reconcile.rs".into(),
                    blob: ObjectId([1; 20]),
                },
            ),
        ),
    );
    (evidence, weighed(1.4, None))
}

pub(in crate::report::sample) fn template() -> (Evidence, Weighed) {
    let members = ["A-014", "B-101", "C-007", "E-300"];
    let evidence = Evidence::new(
        &NEAR_TEXT,
        Subjects::group(members.map(id)).unwrap(),
        Measure {
            table: "near-text",
            score: 6.0,
        },
        Explanation::new(
            "{0} applicants share one profile paragraph of {1} words.",
            vec![Fact::Number("4".into()), Fact::Number("31".into())],
        ),
        vec![Relation::Template, Relation::Agency],
        both(
            Fact::Text("Results-driven engineer with a passion for clean code".into()),
            ("A-014/cv.pdf", line(1, 5)),
            ("B-101/cv.pdf", line(1, 4)),
        ),
    );
    (
        evidence,
        weighed(0.6, Some(("near-text", "2,400 public résumés"))),
    )
}
