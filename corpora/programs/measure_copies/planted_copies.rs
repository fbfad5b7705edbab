//! Copies of real histories, planted in memory: which of them a detector finds.

use samehand::detect::Detector;
use samehand::features::own::by_repository;
use samehand::features::own::own_commits;
use samehand::link::Background;
use samehand::link::Candidate;
use samehand::model::ApplicantId;
use samehand::model::Commit;
use samehand::model::History;
use samehand::model::Ident;
use samehand::model::ObjectId;
use samehand::model::Outcome;
use samehand::model::OwnedBy;
use samehand::model::Owner;
use samehand::model::Profile;
use samehand::model::RecordedName;
use samehand::model::combine;
use samehand::model::hash_text;
use std::collections::BTreeMap;

/// Shares of a repository that are copied.
const PARTS: &[f64] = &[1.0, 0.5, 0.25, 0.1];
/// Fewer own commits are no repository worth copying.
const MIN_COMMITS: usize = 20;
/// Where there are more, the first are copied.
const MOST_COMMITS: usize = 2000;
const DAY: i64 = 86_400;

/// How the copies are made.
pub struct Plan {
    shift: i64,
    /// Every how many-th commit is kept.
    every: usize,
}

impl Plan {
    /// The copy that a detector is for.
    pub fn of(detector: &str) -> Option<Self> {
        match detector {
            "same-author-seconds" => Some(Self { shift: 0, every: 1 }),
            "shifted-copy" => Some(Self {
                shift: 400 * DAY + 17,
                every: 1,
            }),
            "same-trees" => Some(Self {
                shift: 31 * DAY,
                every: 3,
            }),
            _ => None,
        }
    }
}

/// The score of each planted copy, `None` where the detector says nothing, by the share that was copied.
pub fn plant(
    profiles: &[Profile],
    detector: &dyn Detector,
    plan: &Option<Plan>,
) -> BTreeMap<String, Vec<Option<f64>>> {
    let mut scores: BTreeMap<String, Vec<Option<f64>>> = BTreeMap::new();
    let Some(plan) = plan else { return scores };
    for (n, victim) in profiles.iter().enumerate() {
        let company = &profiles[(n + 1) % profiles.len()];
        let Some(own) = largest(victim) else { continue };
        for &part in PARTS {
            let mut copied = copy(&own, part, plan);
            if part < 1.0 {
                let more = largest(company).unwrap_or_default();
                copied.extend(more.into_iter().take(own.len() - copied.len()));
            }
            let copier = applicant(copied);
            let candidate = Candidate {
                members: vec![victim, &copier],
                keys: Vec::new(),
            };
            let outcomes = detector.compare(&candidate, &Background::default());
            let score = outcomes.iter().find_map(|o| match o {
                Outcome::Evidence(e) => Some(e.measure.score),
                _ => None,
            });
            scores.entry(format!("{part}")).or_default().push(score);
        }
    }
    scores
}

/// The own commits in the repository with most of them.
fn largest(profile: &Profile) -> Option<Vec<Commit>> {
    let repositories = by_repository(own_commits(profile));
    let own = repositories
        .iter()
        .max_by_key(|r| r.len())
        .filter(|r| r.len() >= MIN_COMMITS)?;
    Some(
        own.iter()
            .take(MOST_COMMITS)
            .map(|o| o.commit.clone())
            .collect(),
    )
}

/// A part of a line, from its middle, written again.
fn copy(own: &[Commit], part: f64, plan: &Plan) -> Vec<Commit> {
    let num = (own.len() as f64 * part).round() as usize;
    let start = (own.len() - num) / 2;
    let written = |commit: &Commit| {
        let mut copy = commit.clone();
        copy.author.seconds += plan.shift;
        copy
    };
    own[start..start + num]
        .iter()
        .step_by(plan.every)
        .map(written)
        .collect()
}

/// Somebody who hands in these commits as their own, with new ids.
fn applicant(mut commits: Vec<Commit>) -> Profile {
    let ident = Ident {
        name: RecordedName::new("Planted"),
        name_key: hash_text("planted"),
        has_full_name: false,
        email: "planted@mail.invalid".into(),
    };
    for commit in &mut commits {
        let id = combine(commit.id.prefix(), 1).to_be_bytes();
        let mut bytes = [7; 20];
        bytes[..8].copy_from_slice(&id);
        commit.id = ObjectId(bytes);
        (commit.author.ident, commit.committer.ident) = (0, 0);
        (commit.key, commit.co_authors) = (None, Vec::new());
    }
    commits.sort_by_key(|c| (c.author.seconds, c.id));
    let source = samehand::model::SourceInfo {
        path: "planted".into(),
        sha256: Default::default(),
        kind: samehand::model::SourceKind::Git,
        engine: None,
    };
    let history = History {
        source,
        refs: Vec::new(),
        commits,
        idents: vec![ident],
        keys: Vec::new(),
        truncated: false,
        odd_offsets: Vec::new(),
    };
    Profile {
        owners: vec![Owner {
            idents: vec![(0, OwnedBy::Claim)],
            ..Owner::default()
        }],
        histories: vec![history],
        ..Profile::empty(ApplicantId::new("planted"))
    }
}
