//! A small invented run with something under every heading, for the tests of the writers.

use crate::graph::Cluster;
use crate::identity::DisplayName;
use crate::model::{
    ApplicantId, BaseRate, Card, Digest, Effect, Engine, Evidence, Exhibit, Explanation, Fact,
    Family, Finding, FindingParts, HourRow, LookState, Measure, ObjectId, Observation,
    Observations, Passage, Place, Problem, Provenance, Relation, SetAside, SourceInfo, SourceKind,
    Stage, Subjects,
};
use crate::report::{
    BackgroundEntry, Draft, DraftApplicant, DraftHit, Looked, Masking, Repeated, Run, TableEntry,
    WatchListEntry,
};
use crate::weigh::Link;
use crate::weigh::{TableRef, Weighed};

/// Contacts of the run, none of which may be read in a masked report.
pub(in crate::report) const SECRETS: [&str; 7] = [
    "maria.lindqvist",
    "gmail",
    "4155550142",
    "somedeveloper",
    "jo.private",
    "0x52908400098527886E0F7030069857D2E4169EE7",
    "Lindqvist",
];

const fn card(
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

static NEAR_TEXT: Card = card(
    "near-text",
    Family::Text,
    &[
        "Both filled in the same public template or followed the same guide.",
        "An agency, a coach or a course wrote both for different clients.",
        "They did the same work in the same team and describe it in the team's words.",
    ],
    "Could you walk me through the second project in your résumé: what was yours, and what was the hardest part?",
);
static CONTACT: Card = card(
    "shared-contact",
    Family::Contact,
    &[
        "They live together or are family and share a line.",
        "An agency put its own number on both.",
    ],
    "Whose phone is this, and do you share it with somebody?",
);
static IDENTITY: Card = card(
    "commit-identity",
    Family::Identity,
    &[
        "They programmed as a pair at one machine.",
        "A machine was lent or set up by a friend.",
    ],
    "One commit in your repository carries another e-mail address. Who was working with you then?",
);
static BLOBS: Card = card(
    "shared-blobs",
    Family::Code,
    &[
        "Both built on a third project.",
        "Both did the same course exercise.",
    ],
    "Where did this file come from?",
);
static CLOCK: Card = card(
    "clock-offset",
    Family::History,
    &[
        "The applicant moved or travelled.",
        "The machine's clock was never set to the local zone.",
    ],
    "Where did you work from while you wrote this project?",
);

/// An applicant's id.
pub(in crate::report) fn id(text: &str) -> ApplicantId {
    ApplicantId::new(text)
}

fn digest(seed: u8) -> Digest {
    Digest(format!("{seed:02x}").repeat(32))
}

fn source(path: &str, kind: SourceKind) -> SourceInfo {
    let engine = (kind != SourceKind::Unknown).then(|| match kind {
        SourceKind::Git => Engine::new("git2", "0.21"),
        _ => Engine::new("pdfboss-output", "2.16.1"),
    });
    SourceInfo {
        path: path.into(),
        sha256: digest(path.len() as u8),
        kind,
        engine,
    }
}

fn seen(fact: Fact, path: &str, place: Place) -> Observation {
    Observation {
        fact,
        at: Provenance::new(&source(path, SourceKind::Pdf), place),
    }
}

/// Two observations of one value.
fn both(fact: Fact, left: (&str, Place), right: (&str, Place)) -> Observations {
    Observations::new(
        seen(fact.clone(), left.0, left.1),
        [seen(fact, right.0, right.1)],
    )
}

fn line(page: u32, line: u32) -> Place {
    Place::Line { page, line }
}

fn weighed(log10_lr: f64, table: Option<(&str, &str)>) -> Weighed {
    let calibrated = table.map(|(name, corpus)| TableRef {
        name: name.into(),
        version: "2026.1".into(),
        corpus: corpus.into(),
    });
    Weighed {
        log10_lr,
        rate: 10f64.powf(-log10_lr),
        calibrated,
    }
}

fn near_text(a: &str, b: &str, words: u32, log10_lr: f64) -> (Evidence, Weighed) {
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

fn phone(a: &str, b: &str, explained_by: Vec<Relation>) -> (Evidence, Weighed) {
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

fn identity(a: &str, b: &str) -> (Evidence, Weighed) {
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

fn blobs(a: &str, b: &str) -> (Evidence, Weighed) {
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

fn template() -> (Evidence, Weighed) {
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

fn clock() -> Finding {
    let hours = |label: &str, from: usize| HourRow {
        label: label.into(),
        counts: (0..24)
            .map(|h| {
                [
                    0, 0, 1, 4, 9, 14, 11, 8, 12, 15, 9, 3, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
                ][(h + 24 - from) % 24]
            })
            .collect(),
    };
    let parts = FindingParts {
        base_rate: BaseRate {
            rate: 0.041,
            low: 0.022,
            high: 0.069,
            n: 312,
        },
        sample: 214,
        propositions: [
            "the clock follows the claimed zone within two hours",
            "the clock follows another offset",
        ],
        explanation: Explanation::new(
            "{0} of {1} commits record the offset {2}; the claimed place had {3} or {4} at their dates.",
            vec![
                Fact::Number("209".into()),
                Fact::Number("214".into()),
                Fact::Time("+09:00".into()),
                Fact::Time("-05:00".into()),
                Fact::Time("-04:00".into()),
            ],
        ),
        observations: Observations::new(
            seen(
                Fact::Time("2025-03-02 10:14 +09:00".into()),
                "C-007/repos/api.git",
                Place::Commit(ObjectId([7; 20])),
            ),
            [],
        ),
        exhibits: vec![Exhibit::Hours {
            caption: "Commits by hour of the day".into(),
            rows: vec![
                hours("As recorded (+09:00)", 6),
                hours("On the claimed clock", 16),
            ],
        }],
    };
    Finding::new(&CLOCK, &id("C-007"), parts)
}

fn looked(detector: &str, state: LookState) -> Looked {
    Looked {
        detector: detector.into(),
        state,
        have: None,
        need: None,
        why: None,
    }
}

fn applicant(name: &str, sources: &[(&str, SourceKind)]) -> DraftApplicant {
    let has_repository = sources.iter().any(|s| s.1 == SourceKind::Git);
    let found = if ["A-014", "A-022", "A-031"].contains(&name) {
        LookState::Found
    } else {
        LookState::Nothing
    };
    let mut states = vec![looked("shared-contact", found), looked("near-text", found)];
    for detector in ["commit-identity", "shared-blobs", "clock-offset"] {
        states.push(match (detector, has_repository) {
            (_, false) => Looked {
                why: Some("no repository was handed in".into()),
                ..looked(detector, LookState::CouldNot)
            },
            ("clock-offset", true) if name == "C-007" => looked(detector, LookState::Found),
            ("clock-offset", true) => Looked {
                have: Some(12),
                need: Some(40),
                ..looked(detector, LookState::TooLittle)
            },
            _ => looked(detector, LookState::Nothing),
        });
    }
    DraftApplicant {
        id: id(name),
        name: DisplayName::new("Maria Lindqvist").filter(|_| name == "A-014"),
        sources: sources
            .iter()
            .map(|(path, kind)| source(path, *kind))
            .collect(),
        looked: states,
        exhibits: vec![],
    }
}

fn link(
    a: &str,
    b: &str,
    log10_lr: f64,
    families: &[(Family, f64)],
    evidence: &[&Evidence],
) -> Link {
    Link {
        a: id(a),
        b: id(b),
        log10_lr,
        expected_by_chance: 45.0 * 10f64.powf(-log10_lr - 0.3),
        against_related: None,
        families: families.iter().copied().collect(),
        silent: vec!["shared-blobs"],
        too_little: vec!["clock-offset"],
        explained_by: vec![],
        evidence: evidence.iter().map(|e| e.id.clone()).collect(),
    }
}

fn watch_list() -> WatchListEntry {
    WatchListEntry {
        name: "seen-before.csv".into(),
        format: "CSV".into(),
        sha256: digest(7),
        identifiers: 41,
        unusable: 2,
        names: 3,
        other: 0,
        hashed: false,
    }
}

fn watch_hit() -> DraftHit {
    DraftHit {
        subject: id("D-201"),
        list: "seen-before.csv".into(),
        listed_by: "our own cases".into(),
        first_seen: Some("2025-03-04".into()),
        note: "case 12, wrote from jo.private@gmail.com".into(),
        line: 17,
        identifier: Fact::Email("jo.private@gmail.com".into()),
        at: Provenance {
            source: "D-201/cv.pdf".into(),
            digest: digest(5),
            place: Place::Line { page: 1, line: 2 },
        },
    }
}

/// The run.
pub(in crate::report) fn draft() -> Draft {
    let text_12 = near_text("A-014", "A-022", 63, 3.9);
    let text_13 = near_text("A-014", "A-031", 38, 2.7);
    let (phone_12, commit_23) = (phone("A-014", "A-022", vec![]), identity("A-022", "A-031"));
    let (siblings, files, shared) = (
        phone("B-101", "B-102", vec![Relation::Household]),
        blobs("C-007", "E-300"),
        template(),
    );
    let links = vec![
        link(
            "A-014",
            "A-022",
            7.4,
            &[
                (Family::Text, 3.6),
                (Family::Contact, 4.1),
                (Family::Code, -0.3),
            ],
            &[&phone_12.0, &text_12.0],
        ),
        link(
            "A-014",
            "A-031",
            2.2,
            &[(Family::Text, 2.5), (Family::Contact, -0.3)],
            &[&text_13.0],
        ),
        link(
            "A-022",
            "A-031",
            3.0,
            &[
                (Family::Identity, 3.4),
                (Family::Text, -0.1),
                (Family::Contact, -0.3),
            ],
            &[&commit_23.0],
        ),
        Link {
            explained_by: vec![Relation::Household],
            ..link(
                "B-101",
                "B-102",
                4.0,
                &[(Family::Contact, 4.2), (Family::Text, -0.2)],
                &[&siblings.0],
            )
        },
        link(
            "C-007",
            "E-300",
            1.2,
            &[(Family::Code, 1.3), (Family::Text, -0.1)],
            &[&files.0],
        ),
    ];
    let cluster = Cluster {
        id: "group-5f1c09a2".into(),
        members: ["A-014", "A-022", "A-031"].map(id).to_vec(),
        touching: vec![id("E-300")],
        weakest_link: [id("A-014"), id("A-031")],
        split: None,
        evidence: [&text_12, &text_13, &phone_12, &commit_23]
            .map(|e| e.0.id.clone())
            .to_vec(),
    };
    Draft {
        run: Run {
            started: "2026-11-21T09:30:00Z".into(),
            command: "samehand scan pool -o report".into(),
            threads: 2,
            input_digest: digest(9),
            ..Run::default()
        },
        background: BackgroundEntry {
            tables: vec![
                TableEntry {
                    name: "phrases".into(),
                    version: "2026.1".into(),
                    sha256: digest(1),
                    coverage: Some(0.712_34),
                },
                TableEntry {
                    name: "near-text".into(),
                    version: "2026.1".into(),
                    sha256: digest(2),
                    coverage: None,
                },
            ],
            coverage: Some(0.712_34),
            documents: 9,
            unknown_documents: 1,
        },
        applicants: applicants(),
        evidence: vec![
            text_13, siblings, text_12, commit_23, files, phone_12, shared,
        ],
        findings: vec![clock()],
        links,
        clusters: vec![cluster],
        repeated: vec![Repeated {
            members: vec![id("D-201"), id("D-202")],
            shared: vec![Fact::Email("jo.private@gmail.com".into())],
            same_name: true,
        }],
        set_aside: set_aside(),
        watch_lists: vec![watch_list()],
        watch_hits: vec![watch_hit()],
        problems: problems(),
        masking: Masking::Mask,
    }
}

fn applicants() -> Vec<DraftApplicant> {
    use SourceKind::{Git, Pdf, Unknown};
    vec![
        applicant(
            "E-300",
            &[("E-300/cv.pdf", Pdf), ("E-300/repos/books.git", Git)],
        ),
        applicant("A-022", &[("A-022/resume.pdf", Pdf)]),
        applicant("A-014", &[("A-014/cv.pdf", Pdf)]),
        applicant(
            "A-031",
            &[("A-031/resume.pdf", Pdf), ("A-031/repos/pricer.git", Git)],
        ),
        applicant("B-101", &[("B-101/cv.pdf", Pdf)]),
        applicant("B-102", &[("B-102/resume.pdf", Pdf)]),
        applicant(
            "C-007",
            &[("C-007/cv.pdf", Pdf), ("C-007/repos/api.git", Git)],
        ),
        applicant("D-201", &[("D-201/cv.pdf", Pdf)]),
        applicant(
            "D-202",
            &[
                ("D-202/jo.private@gmail.com.pdf", Pdf),
                ("D-202/scan.pdf", Unknown),
            ],
        ),
    ]
}

fn set_aside() -> Vec<SetAside> {
    vec![
        SetAside {
            detector: "shared-blobs",
            subjects: vec![id("C-007"), id("E-300")],
            what: Fact::Path("LICENSE".into()),
            why: "a public licence text, which says nothing about who wrote the rest",
        },
        SetAside {
            detector: "shared-contact",
            subjects: vec![id("B-102")],
            what: Fact::Wallet("0x52908400098527886E0F7030069857D2E4169EE7".into()),
            why: "an address from a public manual",
        },
    ]
}

fn problems() -> Vec<Problem> {
    let problem = |source: &str, stage, message: &str, effect| Problem {
        source: source.into(),
        stage,
        message: message.into(),
        effect,
    };
    vec![
        problem(
            "D-202/scan.pdf",
            Stage::Extract,
            "the file ends in the middle of an object",
            Effect::NotRead,
        ),
        problem(
            "manifest.csv:7:phone",
            Stage::Intake,
            "`(415) 555-0142 x` is no phone number",
            Effect::NotUsed,
        ),
        problem(
            "manifest.csv:9:email",
            Stage::Intake,
            "`jo.private@gmail.com;` stands twice",
            Effect::NotUsed,
        ),
    ]
}

/// Charts of somebody who committed some 600 times in four years, in three repositories, and rebased now and then.
pub(in crate::report) fn busy_charts() -> Vec<Exhibit> {
    use crate::model::{HourColumn, Lane, LaneMark, OffsetFit, UtcOffset};
    let column = |n: usize| HourColumn {
        label: format!("20{}-{:02}", 20 + n / 12, n % 12 + 1),
        counts: (0..24)
            .map(|hour| match (hour + n * 7) * 2_654_435_761 % 24 {
                part if (8..22).contains(&hour) && part < 9 => 1 + part as u32 / 2,
                _ => 0,
            })
            .collect(),
    };
    let marks = (0..100_u16).step_by(2).map(|n| LaneMark {
        authored: n,
        committed: n + u16::from(n % 5 == 0),
        local: 1 + u32::from(n % 3),
        website: u32::from(n % 11 == 0),
    });
    let lane = |name: &str| Lane {
        source: format!("A-014/{name}.git"),
        marks: marks.clone().collect(),
    };
    let offset = |minutes| UtcOffset::from_minutes(minutes).expect("an offset");
    vec![
        Exhibit::HoursByMonth {
            caption: "Own commits by hour of the day, over time".into(),
            clock: "the claimed clock, Lyon (+01:00, +02:00)".into(),
            columns: (0..48).map(column).collect(),
            notes: vec!["Made on the pages of a hosting service: 30; merges: 12.".into()],
            fit: Some(OffsetFit {
                shares: (0..48)
                    .map(|n: i32| (200 - (n - 25) * (n - 25) * 3).max(0) as u16)
                    .collect(),
                best: offset(60),
                claimed: vec![offset(60), offset(120)],
            }),
        },
        Exhibit::Timeline {
            caption: "When commits say that they were written, and when that they were recorded"
                .into(),
            parts: 120,
            ticks: (0..4).map(|n| (n * 30, format!("{}", 2020 + n))).collect(),
            lanes: ["api", "website", "notes"].map(lane).into(),
            notes: vec!["12 merges are left out.".into()],
        },
    ]
}
