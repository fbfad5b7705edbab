//! Measures how often ordinary authors show what the detectors of the history family report, with the very detectors.
//!
//! ```text
//! cargo run --release --example measure_histories -- MIRRORS [--claims CLAIMS.tsv] [--list]
//! ```
//! MIRRORS holds git directories of public repositories, at any depth. The unit is an author (one e-mail address) with at
//! least 20 commits in one of them: an applicant who hands in these repositories and claims that address. Robots and
//! addresses of services are left out. With `--claims`, lines `address <tab> claimed zone <tab> …`
//! (`collect_clocks.py poms`), only these authors are asked, each with the claim. Prints, for each detector, how many
//! authors it found something about, nothing, had too little or could not look, and the rate among the first two with
//! the 95 % interval after Wilson (1927); the same for authors of small repositories (at most 2,000 commits). `--list`
//! names who was found (never commit that: units are people).
#![allow(clippy::print_stdout, clippy::print_stderr)]

use samehand::detect::DETECTORS;
use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::features::commit_address::address_kind;
use samehand::features::commit_address::lowered;
use samehand::features::own::Made;
use samehand::features::own::own_commits;
use samehand::features::place::zones;
use samehand::features::rhythm::Rhythms;
use samehand::features::two_clocks::ByHours;
use samehand::features::two_clocks::Website;
use samehand::features::two_clocks::by_hours;
use samehand::link::Background;
use samehand::model::ApplicantId;
use samehand::model::Commit;
use samehand::model::Family;
use samehand::model::History;
use samehand::model::Outcome;
use samehand::model::OwnedBy;
use samehand::model::Owner;
use samehand::model::Profile;
use samehand::model::Reading;
use samehand::model::hash_text;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashMap;
use std::path::Path;

/// 97.5 % point of the normal distribution.
const Z: f64 = 1.959964;
const MIN_COMMITS: usize = 20;
const SMALL: usize = 2_000;
/// Cards that need no other applicant and no claim come first; `near-text` and the like never find anything here.
const FAMILY: Family = Family::History;

#[derive(Default)]
struct Counts {
    found: u32,
    nothing: u32,
    too_little: u32,
    could_not: u32,
}

#[derive(Default)]
struct Author {
    histories: Vec<(History, Owner)>,
    is_small: bool,
}

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|a| a == "--list");
    let claims = match arguments.iter().position(|a| a == "--claims") {
        Some(at) => Some(read_claims(&arguments[at + 1])?),
        None => None,
    };
    let mut authors: BTreeMap<String, Author> = BTreeMap::new();
    let (mut repositories, mut commits) = (0, 0);
    for dir in git_directories(Path::new(&arguments[0])) {
        let Some(history) = read(&dir) else { continue };
        repositories += 1;
        commits += history.commits.len();
        split(history, claims.as_ref(), &mut authors);
    }
    println!(
        "{repositories} repositories, {commits} commits, {} authors",
        authors.len()
    );
    let mut counts: BTreeMap<(String, bool), Counts> = BTreeMap::new();
    for (email, author) in authors {
        let is_small = author.is_small;
        let (histories, owners) = author.histories.into_iter().unzip();
        let mut profile = Profile::empty(ApplicantId::new("x"));
        (profile.histories, profile.owners) = (histories, owners);
        if let Some(claims) = &claims {
            profile.zones = zones(None, Some(&claims[&email]));
        }
        for (name, found) in outcomes(&profile) {
            if list && found == State::Found {
                println!("{name}\t{email}");
            }
            for small in [false, true].into_iter().filter(|&s| !s || is_small) {
                let count = counts.entry((name.clone(), small)).or_default();
                match found {
                    State::Found => count.found += 1,
                    State::Nothing => count.nothing += 1,
                    State::TooLittle => count.too_little += 1,
                    State::CouldNot => count.could_not += 1,
                }
            }
        }
    }
    print(&counts);
    Ok(())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    Found,
    Nothing,
    TooLittle,
    CouldNot,
}

/// What each detector of the family says of one author.
fn outcomes(profile: &Profile) -> Vec<(String, State)> {
    let background = Background::default();
    let mut all = Vec::new();
    for detector in DETECTORS.iter().filter(|d| d.card().family == FAMILY) {
        let id = detector.card().id;
        let outcomes = detector.examine(profile, &background);
        let mut state = State::Nothing;
        for outcome in &outcomes {
            match outcome {
                Outcome::Finding(_) => state = State::Found,
                Outcome::TooLittle { .. } => state = State::TooLittle,
                Outcome::CouldNotLook { .. } => state = State::CouldNot,
                _ => {}
            }
        }
        all.push((id.to_string(), state));
    }
    all.extend(disagreements(profile));
    all
}

/// The two parts of `clock-disagreement`, which have rates of their own.
fn disagreements(profile: &Profile) -> [(String, State); 2] {
    let mut own = own_commits(profile);
    own.retain(|o| o.made != Made::Robot);
    let by_hours = match by_hours(&own, Rhythms::shipped()) {
        ByHours::OnlyDefaultClocks => State::CouldNot,
        ByHours::TooFew { .. } => State::TooLittle,
        ByHours::Fits => State::Nothing,
        ByHours::Differs(_) => State::Found,
    };
    let website = Website::new(&own);
    let by_website = match (website.is_enough(), website.disagrees()) {
        (false, _) => State::TooLittle,
        (true, false) => State::Nothing,
        (true, true) => State::Found,
    };
    [
        ("clock-disagreement/hours".into(), by_hours),
        ("clock-disagreement/website".into(), by_website),
    ]
}

fn git_directories(root: &Path) -> Vec<std::path::PathBuf> {
    let mut found: Vec<_> = walkdir::WalkDir::new(root)
        .max_depth(4)
        .into_iter()
        .filter_map(Result::ok)
        .filter(|e| e.file_name() == "HEAD" && e.path().with_file_name("objects").is_dir())
        .filter_map(|e| Some(e.path().parent()?.to_path_buf()))
        .collect();
    found.sort();
    found
}

fn read(dir: &Path) -> Option<History> {
    let limits = Limits {
        memory: 8 << 30,
        ..Limits::default()
    };
    let job = Job {
        path: dir.into(),
        shown: dir.display().to_string(),
        repository: true,
        inside: None,
        attempt: 0,
    };
    match samehand::extract::read(&job, &limits, &mut samehand::extract::NoVisitor) {
        Ok((_, Reading::Repository { history, .. })) => Some(*history),
        Ok(_) => None,
        Err(error) => {
            eprintln!("{}: {error}", dir.display());
            None
        }
    }
}

/// Hands each author with enough commits their part of a history: their commits, and the twins of those.
fn split(
    history: History,
    claims: Option<&BTreeMap<String, String>>,
    authors: &mut BTreeMap<String, Author>,
) {
    let content = |c: &Commit| (c.tree, c.author.seconds, c.subject);
    let mut by_content: HashMap<_, Vec<usize>> = HashMap::new();
    let mut by_email: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, commit) in history.commits.iter().enumerate() {
        by_content.entry(content(commit)).or_default().push(at);
        let email = lowered(&history.idents[commit.author.ident as usize].email);
        by_email.entry(email).or_default().push(at);
    }
    for (email, own) in by_email {
        let is_asked = claims.is_none_or(|c| c.contains_key(&email));
        if own.len() < MIN_COMMITS || !is_asked || !address_kind(&email).is_somebody() {
            continue;
        }
        let twins = own
            .iter()
            .flat_map(|&at| &by_content[&content(&history.commits[at])]);
        let kept: BTreeSet<usize> = own.iter().chain(twins).copied().collect();
        let part = reduced(&history, &kept);
        let is_own = |&i: &u32| lowered(&part.idents[i as usize].email) == email;
        let idents = (0..part.idents.len() as u32).filter(is_own);
        let owner = Owner {
            idents: idents.map(|i| (i, OwnedBy::Claim)).collect(),
            ..Owner::default()
        };
        let author = authors.entry(email.clone()).or_insert_with(|| Author {
            is_small: true,
            ..Author::default()
        });
        author.is_small &= history.commits.len() <= SMALL;
        author.histories.push((part, owner));
    }
}

/// Some commits of a history with the identities they name.
fn reduced(history: &History, kept: &BTreeSet<usize>) -> History {
    let mut places: BTreeMap<u32, u32> = BTreeMap::new();
    let mut idents = Vec::new();
    let mut place = |ident: u32| {
        *places.entry(ident).or_insert_with(|| {
            let mut one = history.idents[ident as usize].clone();
            one.name_key = hash_text(&one.name.as_recorded().to_lowercase());
            idents.push(one);
            idents.len() as u32 - 1
        })
    };
    let commits = kept
        .iter()
        .map(|&at| {
            let mut commit = history.commits[at].clone();
            commit.author.ident = place(commit.author.ident);
            commit.committer.ident = place(commit.committer.ident);
            commit.co_authors.clear();
            commit.key = None;
            commit
        })
        .collect();
    History {
        source: history.source.clone(),
        refs: Vec::new(),
        commits,
        idents,
        keys: Vec::new(),
        truncated: history.truncated,
        odd_offsets: Vec::new(),
    }
}

fn read_claims(path: &str) -> anyhow::Result<BTreeMap<String, String>> {
    let text = std::fs::read_to_string(path)?;
    let pair = |line: &str| {
        let mut fields = line.split('\t');
        Some((fields.next()?.to_string(), fields.next()?.to_string()))
    };
    Ok(text.lines().filter_map(pair).collect())
}

fn print(counts: &BTreeMap<(String, bool), Counts>) {
    println!(
        "| finding | authors | found | nothing | too little | could not | rate | 95 % interval |"
    );
    println!("|---|---|---|---|---|---|---|---|");
    for ((name, is_small), c) in counts {
        let judged = f64::from(c.found + c.nothing);
        let (low, high) = wilson(f64::from(c.found), judged);
        println!(
            "| {name} | {} | {} | {} | {} | {} | {:.4} | {low:.4} to {high:.4} |",
            if *is_small { "small" } else { "all" },
            c.found,
            c.nothing,
            c.too_little,
            c.could_not,
            f64::from(c.found) / judged
        );
    }
}

/// Score interval of a proportion.
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    let p = hits / n;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (
        (centre - half).max(0.0) / scale,
        (centre + half).min(scale) / scale,
    )
}
