//! Applicants with repositories whose commits have times, trees and authors of choice: what the tests of the detectors of
//! copied histories are made of. Everybody is invented.

use crate::detect::Detector;
use crate::detect::code_fixture::id;
use crate::features::owner::closure;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Commit;
use crate::model::Digest;
use crate::model::Evidence;
use crate::model::History;
use crate::model::Ident;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::RecordedName;
use crate::model::RefClass;
use crate::model::RefName;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Stamp;
use crate::model::hash_text;
use crate::model::mix;

/// 1 January 2024, 00:00 UTC.
const START: i64 = 1_704_067_200;
pub(in crate::detect) const DAY: i64 = 86_400;

/// A commit to be: author, time, and what its id and tree are made of.
#[derive(Clone, Debug)]
pub(in crate::detect) struct Step {
    pub by: String,
    pub seconds: i64,
    pub id: String,
    pub tree: String,
}

/// `num` commits by somebody, in sessions of three, at any second; `seed` tells one person's work from another's.
pub(in crate::detect) fn work(by: &str, seed: u64, num: usize) -> Vec<Step> {
    let random = |n: usize, below: u64| (mix(seed << 32 | n as u64) % below) as i64;
    (0..num)
        .map(|n| {
            let session = START + (n / 3) as i64 * DAY + random(n / 3 * 3, 30_000) + 28_800;
            let seconds = session + (n % 3) as i64 * 1_500 + random(n, 1_200);
            Step {
                by: by.into(),
                seconds: seconds + i64::from(seconds % 60 == 0), // whole minutes are left out

                id: format!("{seed} {n}"),
                tree: format!("tree {seed} {n}"),
            }
        })
        .collect()
}

/// The same work under another name: other ids.
pub(in crate::detect) fn authored_by(by: &str, steps: &[Step]) -> Vec<Step> {
    let step = |s: &Step| Step {
        by: by.into(),
        id: format!("{} by {by}", s.id),
        ..s.clone()
    };
    steps.iter().map(step).collect()
}

fn history(path: &str, steps: &[Step], refs: RefClass) -> History {
    let email = |by: &str| format!("{by}@mail.invalid");
    let mut names: Vec<&str> = steps.iter().map(|s| s.by.as_str()).collect();
    names.sort_unstable();
    names.dedup();
    let mut parent = None;
    let mut commits: Vec<Commit> = Vec::new();
    for step in steps {
        let stamp = Stamp {
            ident: names.binary_search(&step.by.as_str()).unwrap() as u32,
            seconds: step.seconds,
            offset: None,
        };
        commits.push(Commit {
            id: id(&step.id),
            tree: id(&step.tree),
            parents: parent.into_iter().collect(),
            author: stamp,
            committer: stamp,
            key: None,
            subject: 0,
            co_authors: Vec::new(),
        });
        parent = commits.last().map(|c| c.id);
    }
    commits.sort_by_key(|c| (c.author.seconds, c.id));
    let ident = |name: &&str| Ident {
        name: RecordedName::new(*name),
        name_key: hash_text(name),
        has_full_name: false,
        email: email(name),
    };
    let tip = |commit| RefName {
        name: "refs/heads/main".into(),
        class: refs,
        commit,
    };
    History {
        source: SourceInfo {
            path: path.into(),
            sha256: Digest(format!("digest of {path}")),
            kind: SourceKind::Git,
            engine: None,
        },
        refs: parent.map(tip).into_iter().collect(),
        idents: names.iter().map(ident).collect(),
        commits,
        keys: Vec::new(),
        truncated: false,
        odd_offsets: Vec::new(),
    }
}

/// An applicant who claims the address of `who` and hands in one repository, with the owner closure of the program.
pub(in crate::detect) fn person(who: &str, steps: &[Step]) -> Profile {
    applicant(who, &[steps], RefClass::Branch)
}

/// The same, with refs of a class.
pub(in crate::detect) fn with_refs(who: &str, steps: &[Step], refs: RefClass) -> Profile {
    applicant(who, &[steps], refs)
}

/// The same, with several repositories.
pub(in crate::detect) fn with_several(who: &str, repositories: &[&[Step]]) -> Profile {
    applicant(who, repositories, RefClass::Branch)
}

fn applicant(who: &str, repositories: &[&[Step]], refs: RefClass) -> Profile {
    let email = format!("{who}@mail.invalid");
    let identifiers = vec![Identifier {
        kind: IdentifierKind::Email,
        value: email.clone(),
        written: email,
        role: IdentifierRole::Claimed,
        assumed_region: false,
        at: Provenance {
            source: "manifest.csv".into(),
            digest: Digest("manifest".into()),
            place: Place::Whole,
        },
    }];
    let histories: Vec<History> = repositories
        .iter()
        .enumerate()
        .map(|(n, steps)| history(&format!("{who}/{n}.git"), steps, refs))
        .collect();
    Profile {
        owners: histories
            .iter()
            .map(|h| closure(&identifiers, None, h))
            .collect(),
        code: histories.iter().map(|_| Vec::new()).collect(),
        sources: histories.iter().map(|h| h.source.clone()).collect(),
        identifiers,
        histories,
        ..Profile::empty(ApplicantId::new(who))
    }
}

/// What a detector says of these, with the keys that would propose them.
pub(in crate::detect) fn compared(detector: &dyn Detector, members: &[&Profile]) -> Vec<Outcome> {
    let keys = shared_keys(detector, members);
    let members = members.to_vec();
    detector.compare(&Candidate { members, keys }, &Background::default())
}

/// Keys that at least two of them have.
pub(in crate::detect) fn shared_keys(detector: &dyn Detector, members: &[&Profile]) -> Vec<Key> {
    let mut all: Vec<Key> = members
        .iter()
        .enumerate()
        .flat_map(|(n, profile)| {
            let mut sink = KeySink::new(0, n as u32);
            detector.keys(profile, &mut sink);
            let mut keys: Vec<Key> = sink.into_rows().iter().map(|row| row.key).collect();
            keys.dedup();
            keys
        })
        .collect();
    all.sort_unstable();
    let mut shared: Vec<Key> = all
        .windows(2)
        .filter(|w| w[0] == w[1])
        .map(|w| w[0])
        .collect();
    shared.dedup();
    shared
}

/// The one piece of evidence; every hole of its sentence has a fact.
pub(in crate::detect) fn only_evidence(outcomes: Vec<Outcome>) -> Evidence {
    let [Outcome::Evidence(e)] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    let (template, num) = (e.explanation.template, e.explanation.facts.len());
    assert!((0..num).all(|n| template.contains(&format!("{{{n}}}"))));
    assert!(!template.contains(&format!("{{{num}}}")));
    (**e).clone()
}

/// Why the one outcome was set aside.
pub(in crate::detect) fn only_set_aside(outcomes: &[Outcome]) -> &'static str {
    let [Outcome::SetAside(s)] = outcomes else {
        panic!("{outcomes:?}")
    };
    s.why
}
