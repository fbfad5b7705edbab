//! A small invented run with something under every heading, for the tests of the writers.

mod alone;
mod basics;
mod evidence;
mod people;

pub(in crate::report) use alone::busy_charts;

use crate::graph::Cluster;
use crate::model::{
    ApplicantId, Effect, Evidence, Fact, Family, Place, Problem, Provenance, Relation, SetAside,
    Stage,
};
use crate::report::sample::alone::clock;
use crate::report::sample::basics::digest;
use crate::report::sample::evidence::{blobs, identity, near_text, phone, template};
use crate::report::sample::people::applicants;
use crate::report::{
    BackgroundEntry, Draft, DraftHit, Masking, Repeated, Run, TableEntry, WatchListEntry,
};
use crate::weigh::Link;

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

/// An applicant's id.
pub(in crate::report) fn id(text: &str) -> ApplicantId {
    ApplicantId::new(text)
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
        decisions: None,
        problems: problems(),
        masking: Masking::Mask,
    }
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
