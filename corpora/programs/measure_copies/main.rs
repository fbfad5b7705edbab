//! Measures how often unrelated owners of public repositories show what the detectors of copied histories report, with
//! the very detectors, and how often planted copies do; writes their calibration tables.
//!
//! ```text
//! cargo run --release --example measure_copies -- MIRRORS [--write corpora/calibration] [--list]
//! ```
//! MIRRORS holds one folder `owner+name` for each public repository, a git directory in it at any depth. An owner is an
//! applicant who hands in their repositories and claims the address that wrote most commits of each. Owners of one
//! address are one person and left out. Pairs are those the engine proposes. Thresholds were chosen on the first half of
//! the owners (by a hash of the name); the rates are those of the other pairs. Planted are copies of each owner's own
//! commits: re-authored, moved by 400 days, squashed, whole and in parts among another owner's commits. Only counts
//! leave this program; `--list` names pairs (never commit that).
#![allow(clippy::print_stdout, clippy::print_stderr, clippy::unwrap_used)]

mod planted_copies;

use planted_copies::Plan;
use planted_copies::plant;
use samehand::detect::DETECTORS;
use samehand::detect::Detector;
use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::features::commit_address::AddressKind;
use samehand::features::commit_address::address_kind;
use samehand::features::commit_address::lowered;
use samehand::features::own::own_commits;
use samehand::features::owner::closure;
use samehand::link::Background;
use samehand::link::Candidate;
use samehand::link::Join;
use samehand::link::Key;
use samehand::link::KeySink;
use samehand::link::Source;
use samehand::link::propose;
use samehand::model::ApplicantId;
use samehand::model::Digest;
use samehand::model::History;
use samehand::model::Identifier;
use samehand::model::IdentifierKind;
use samehand::model::IdentifierRole;
use samehand::model::Outcome;
use samehand::model::Place;
use samehand::model::Profile;
use samehand::model::Provenance;
use samehand::model::Reading;
use samehand::model::hash_text;
use serde_json::json;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

/// Table and stratum, its detector, the scores of its points, and the share of pairs of one hand that hold such a copy.
type Table = (&'static str, &'static str, &'static [f64], f64);
const TABLES: &[Table] = &[
    // Counted only: these repositories were chosen without forks, so that their rate is no applicants' rate.
    ("shared-commits", "handed-in", &[5.0], 0.0),
    ("shared-commits", "declared", &[1.0], 0.0),
    ("same-author-seconds", "", &[6.0], 0.1),
    ("shifted-copy", "", &[6.0], 0.05),
    ("same-trees", "", &[3.0], 0.1),
];

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|a| a == "--list");
    let write = arguments
        .iter()
        .position(|a| a == "--write")
        .map(|at| &arguments[at + 1]);
    let (profiles, num_repositories) = applicants(Path::new(&arguments[0]));
    let commits: usize = profiles
        .iter()
        .flat_map(|p| &p.histories)
        .map(|h| h.commits.len())
        .sum();
    let own: usize = profiles.iter().map(|p| own_commits(p).len()).sum();
    println!(
        "{num_repositories} repositories, {} owners, {commits} commits, {own} of the owners' own",
        profiles.len()
    );
    let first: Vec<bool> = profiles
        .iter()
        .map(|p| hash_text(p.applicant.as_str()).is_multiple_of(2))
        .collect();
    let num_first = first.iter().filter(|f| **f).count();
    let all = pairs(profiles.len());
    let rest = all - pairs(num_first);
    println!(
        "{all} pairs, {} of them within the first half",
        pairs(num_first)
    );
    let mut tables: BTreeMap<&str, Vec<(&str, serde_json::Value)>> = BTreeMap::new();
    for &(id, stratum, scores, hit) in TABLES {
        let detector = *DETECTORS.iter().find(|d| d.card().id == id).unwrap();
        let found = found(&profiles, detector, stratum, list);
        let reached = plant(&profiles, detector, &Plan::of(id));
        println!("\n{id} {stratum}: {} pairs told, planted:", found.len());
        reached.iter().for_each(|(name, s)| {
            println!(
                "  {name}: {} of {} told",
                s.iter().flatten().count(),
                s.len()
            )
        });
        let copies: Vec<f64> = reached
            .values()
            .flatten()
            .map(|s| s.unwrap_or(0.0))
            .collect();
        let mut points = Vec::new();
        for &score in scores {
            let inside = |f: &&(usize, usize, f64)| f.2 >= score && first[f.0] && first[f.1];
            let hits = found.iter().filter(|f| f.2 >= score).count();
            let hits = hits - found.iter().filter(inside).count();
            let rate = poisson_upper(hits) / rest as f64;
            let reach = match copies.len() {
                0 => 1.0,
                n => copies.iter().filter(|c| **c >= score).count() as f64 / n as f64,
            };
            let log10_lr = (hit * reach / rate).log10().max(0.0);
            println!(
                "  score {score}: {hits} of {rest} pairs, rate <= {rate:.2e}, copies {reach:.3}, log10 LR {log10_lr:.3}"
            );
            points.push(json!({"score": score, "log10_lr": round(log10_lr), "rate": (rate * 1e7).ceil() / 1e7}));
        }
        let corpus = format!(
            "{num_repositories} public repositories of {} unrelated owners, {commits} commits, {own} of them the owners' own; {rest} pairs \
             (those within the half on which the thresholds were chosen left out)",
            profiles.len()
        );
        if hit == 0.0 {
            continue;
        }
        tables.entry(id).or_default().push((
            stratum,
            json!({"points": points, "corpus": corpus, "hit": hit}),
        ));
    }
    if let Some(dir) = write {
        for (id, strata) in tables {
            std::fs::write(
                Path::new(dir).join(format!("{id}.json")),
                table(id, &strata)?,
            )?;
        }
    }
    Ok(())
}

fn table(id: &str, strata: &[(&str, serde_json::Value)]) -> anyhow::Result<String> {
    let (corpus, hit) = (strata[0].1["corpus"].clone(), strata[0].1["hit"].clone());
    let strata: BTreeMap<&str, serde_json::Value> = strata
        .iter()
        .map(|(name, v)| (*name, json!({"points": v["points"]})))
        .collect();
    let text = serde_json::to_string_pretty(&json!({
        "name": id,
        "version": "1",
        "corpus": corpus,
        "source": "cargo run --release --example measure_copies -- MIRRORS --write corpora/calibration",
        "hit_rate": hit,
        "hit_rate_source": "hypothesis: the share of pairs of applications that one hand prepared with repositories that hold such a \
                            copy; multiplied by the share of planted copies that reach the score",
        "strata": strata,
    }))?;
    Ok(text + "\n")
}

/// Pairs of owners that a detector gives evidence about, with the score; only the stratum's.
fn found(
    profiles: &[Profile],
    detector: &'static dyn Detector,
    stratum: &str,
    list: bool,
) -> Vec<(usize, usize, f64)> {
    let background = Background::default();
    let mut found = BTreeMap::new();
    let mut set_aside: BTreeMap<&str, usize> = BTreeMap::new();
    for proposal in propose(&Pool { profiles, detector }) {
        let members: Vec<&Profile> = proposal
            .members
            .iter()
            .map(|m| &profiles[*m as usize])
            .collect();
        let candidate = Candidate {
            members,
            keys: proposal.keys,
        };
        for outcome in detector.compare(&candidate, &background) {
            match outcome {
                Outcome::Evidence(e) if e.measure.table.ends_with(stratum) => {
                    let at = |id: &ApplicantId| {
                        profiles.iter().position(|p| p.applicant == *id).unwrap()
                    };
                    let subjects: Vec<usize> = e.subjects.as_slice().iter().map(at).collect();
                    if list {
                        println!(
                            "{} {:?} {:.1} {:?} {:?}",
                            detector.card().id,
                            e.subjects,
                            e.measure.score,
                            e.explained_by,
                            e.explanation.facts
                        );
                    }
                    for (n, a) in subjects.iter().enumerate() {
                        subjects[n + 1..].iter().for_each(|b| {
                            found.insert((*a, *b), e.measure.score);
                        });
                    }
                }
                Outcome::SetAside(s) => *set_aside.entry(s.why).or_default() += 1,
                _ => {}
            }
        }
    }
    set_aside
        .iter()
        .for_each(|(why, n)| println!("{}: {n} set aside: {why}", detector.card().id));
    found.into_iter().map(|((a, b), s)| (a, b, s)).collect()
}

struct Pool<'a> {
    profiles: &'a [Profile],
    detector: &'static dyn Detector,
}

impl Source for Pool<'_> {
    fn num_profiles(&self) -> usize {
        self.profiles.len()
    }

    fn joins(&self) -> Vec<Join> {
        vec![self.detector.join()]
    }

    fn keys(&self, _detector: u16, profile: u32, sink: &mut KeySink) {
        self.detector.keys(&self.profiles[profile as usize], sink);
    }

    fn weight(&self, _detector: u16, key: Key) -> f32 {
        self.detector.weight(key, &Background::default())
    }
}

/// One applicant for each owner, sorted; and the number of repositories.
fn applicants(root: &Path) -> (Vec<Profile>, usize) {
    let mut owners: BTreeMap<String, Vec<History>> = BTreeMap::new();
    let mut folders: Vec<PathBuf> = std::fs::read_dir(root)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().to_lowercase();
        let Some((owner, _)) = name.split_once('+') else {
            continue;
        };
        let histories = owners.entry(owner.to_string()).or_default();
        histories.extend(git_directory(&folder).and_then(|dir| read(&dir, &name)));
    }
    let num = owners.values().map(Vec::len).sum();
    let mut seen = BTreeSet::new();
    let mut profiles = Vec::new();
    for (owner, histories) in owners {
        let claims: BTreeSet<String> = histories.iter().filter_map(main_address).collect();
        if !histories.is_empty() && !claims.is_empty() && seen.is_disjoint(&claims) {
            seen.extend(claims.iter().cloned());
            profiles.push(profile(&owner, histories, &claims));
        }
    }
    (profiles, num)
}

fn profile(owner: &str, histories: Vec<History>, claims: &BTreeSet<String>) -> Profile {
    let claim = |email: &String| Identifier {
        kind: IdentifierKind::Email,
        value: email.clone(),
        written: email.clone(),
        role: IdentifierRole::Claimed,
        assumed_region: false,
        at: Provenance {
            source: owner.into(),
            digest: Digest::default(),
            place: Place::Whole,
        },
    };
    let identifiers: Vec<Identifier> = claims.iter().map(claim).collect();
    Profile {
        owners: histories
            .iter()
            .map(|h| closure(&identifiers, None, h))
            .collect(),
        identifiers,
        histories,
        ..Profile::empty(ApplicantId::new(owner))
    }
}

/// The person's address that wrote most commits.
fn main_address(history: &History) -> Option<String> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for commit in history.commits.iter().filter(|c| c.parents.len() < 2) {
        let email = lowered(&history.idents[commit.author.ident as usize].email);
        if address_kind(&email) == AddressKind::Person {
            *count.entry(email).or_default() += 1;
        }
    }
    count
        .into_iter()
        .max_by_key(|(_, n)| *n)
        .map(|(email, _)| email)
}

fn git_directory(folder: &Path) -> Option<PathBuf> {
    let mut found = walkdir::WalkDir::new(folder)
        .max_depth(3)
        .into_iter()
        .filter_map(Result::ok);
    let head =
        found.find(|e| e.file_name() == "HEAD" && e.path().with_file_name("objects").is_dir())?;
    Some(head.path().parent()?.to_path_buf())
}

fn read(dir: &Path, name: &str) -> Option<History> {
    let limits = Limits {
        memory: 8 << 30,
        ..Limits::default()
    };
    let job = Job {
        path: dir.into(),
        shown: name.into(),
        repository: true,
        inside: None,
        attempt: 0,
    };
    match samehand::extract::read(&job, &limits, &mut samehand::extract::NoVisitor) {
        Ok((_, Reading::Repository { history, .. })) => Some(*history),
        Ok(_) => None,
        Err(error) => {
            eprintln!("{name}: {error}");
            None
        }
    }
}

fn pairs(n: usize) -> usize {
    n * n.saturating_sub(1) / 2
}

fn round(x: f64) -> f64 {
    (x * 1000.0).floor() / 1000.0
}

/// Upper end of the one-sided 95 % interval of a Poisson mean after `k` events, by bisection on the tail.
fn poisson_upper(k: usize) -> f64 {
    let (mut low, mut high) = (0.0, 10.0 + 4.0 * k as f64);
    for _ in 0..80 {
        let mid: f64 = (low + high) / 2.0;
        let (mut term, mut tail) = ((-mid).exp(), 0.0);
        for i in 0..=k {
            tail += term;
            term *= mid / (i + 1) as f64;
        }
        if tail > 0.05 { low = mid } else { high = mid }
    }
    high
}
