//! Measures how often ordinary people show what the detectors of an applicant's own consistency report.
//!
//! ```text
//! cargo run --release --example measure_consistency -- texts TEXTS.jsonl [--list]
//! cargo run --release --example measure_consistency -- histories MIRRORS [--list]
//! ```
//! `texts`: real résumé texts, one JSON object with `text` a line. Their employers are blanked, so every two steps count as
//! two employers: the rate of overlaps is an upper bound. `histories`: git directories of public repositories, at any
//! depth; the unit is an author as in `measure_histories`. `--list` prints what was found (never commit that).
#![allow(clippy::print_stdout)]

use samehand::detect::DETECTORS;
use samehand::extract::FileVisitor;
use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::features::career::steps;
use samehand::features::clock::ClockStamp;
use samehand::features::commit_address::address_kind;
use samehand::features::commit_address::lowered;
use samehand::features::near_clocks::Against;
use samehand::features::near_clocks::against;
use samehand::features::near_clocks::near;
use samehand::features::own::OwnCommit;
use samehand::features::own::own_commits;
use samehand::features::owner::closure;
use samehand::features::pins;
use samehand::features::timeline::overlaps;
use samehand::features::timeline::too_early;
use samehand::features::versions::Version;
use samehand::features::versions::contradictions;
use samehand::identity::recorded_name_key;
use samehand::link::Background;
use samehand::model::ApplicantId;
use samehand::model::CodeUnit;
use samehand::model::FileClass;
use samehand::model::History;
use samehand::model::Identifier;
use samehand::model::IdentifierKind;
use samehand::model::IdentifierRole;
use samehand::model::Outcome;
use samehand::model::Place;
use samehand::model::Profile;
use samehand::model::Provenance;
use samehand::model::Reading;
use samehand::model::RepositoryTraces;
use samehand::model::SourceInfo;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::path::Path;
use std::path::PathBuf;

fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|a| a == "--list");
    match arguments.first().map(String::as_str) {
        Some("texts") => texts(&arguments[1], list),
        Some("histories") => histories(&arguments[1], list),
        _ => anyhow::bail!("texts TEXTS.jsonl or histories MIRRORS"),
    }
}

fn texts(path: &str, list: bool) -> anyhow::Result<()> {
    let (mut two, mut dated) = (0u32, 0u32);
    let mut overlapping: BTreeMap<u32, u32> = BTreeMap::new();
    let (mut early, mut versions, mut differing) = (0u32, 0u32, 0u32);
    for line in std::fs::read_to_string(path)?.lines() {
        let object: serde_json::Value = serde_json::from_str(line)?;
        let (id, text) = (&object["id"], object["text"].as_str().unwrap_or_default());
        let steps = steps(text);
        two += u32::from(steps.iter().filter(|s| !s.title.is_empty()).count() >= 2);
        dated += u32::from(steps.iter().any(|s| s.to.is_some()));
        let found = overlaps(text, &steps, 4, |_, _| true);
        if let Some(most) = found.iter().max_by_key(|o| o.months) {
            for least in [4, 6, 12, 24].into_iter().filter(|&l| most.months >= l) {
                *overlapping.entry(least).or_default() += 1;
            }
            if list {
                println!("\n#### overlap {id} {} months", most.months);
                for n in [most.first, most.second] {
                    show(text, steps[n].at.0 as usize);
                }
            }
        }
        let named = with_employers(text);
        let (whole, tailored) = (Version::new(&named), Version::new(&tailored(&named)));
        if whole.shares_a_step(&tailored) {
            versions += 1;
            let found = contradictions(&whole, &tailored);
            differing += u32::from(!found.is_empty());
            for c in found.iter().filter(|_| list) {
                println!("\n#### versions {id} {c:?}");
            }
        }
        let found = too_early(text, &steps);
        early += u32::from(!found.is_empty());
        for t in found.iter().filter(|_| list) {
            println!(
                "\n#### early {id} {} {:?}",
                t.technology.name, steps[t.step].to
            );
            show(text, t.at.start);
        }
    }
    println!("{two} texts with two titled steps, {dated} with a step that ended");
    for (least, hits) in overlapping {
        rate(&format!("overlap of {least} months"), hits, two);
    }
    rate("technology too early", early, dated);
    rate("contradicting tailored versions", differing, versions);
    Ok(())
}

/// The detectors that look at own commits, asked of each author of each repository as its owner.
const OF_COMMITS: [&str; 3] = ["account-age", "anachronism", "name-spellings"];
/// Commits that an author must have in a repository.
const MIN_COMMITS: usize = 20;
/// Larger repositories have too many authors to close over each.
const MAX_COMMITS: usize = 6_000;

fn histories(root: &str, list: bool) -> anyhow::Result<()> {
    let mut counts: BTreeMap<&str, [u32; 4]> = BTreeMap::new();
    let mut names: BTreeMap<usize, u32> = BTreeMap::new();
    let (mut repositories, mut authors) = (0, BTreeSet::new());
    let mut moments: Vec<f64> = Vec::new();
    for dir in git_directories(Path::new(root)) {
        let Some((mut history, traces)) = read(&dir) else {
            continue;
        };
        if history.commits.len() > MAX_COMMITS {
            continue;
        }
        for ident in &mut history.idents {
            ident.name_key = recorded_name_key(&ident.name);
        }
        repositories += 1;
        let mut profile = Profile::empty(ApplicantId::new("x"));
        let many = frequent(&history);
        profile.histories = vec![history];
        profile.repositories = vec![traces];
        for email in many {
            let history = &profile.histories[0];
            profile.owners = vec![closure(&[claim(&email, history)], None, history)];
            if let Some(share) = far_moments(&profile) {
                moments.push(share);
            }
            let own: BTreeSet<u64> = own_commits(&profile)
                .iter()
                .map(|o| o.history.idents[o.commit.author.ident as usize].name_key)
                .filter(|&key| key != 0)
                .collect();
            *names.entry(own.len()).or_default() += 1;
            for detector in DETECTORS
                .iter()
                .filter(|d| OF_COMMITS.contains(&d.card().id))
            {
                let outcomes = detector.examine(&profile, &Background::default());
                let state = match outcomes.first() {
                    Some(Outcome::Finding(_)) => 0,
                    None => 1,
                    Some(Outcome::TooLittle { .. }) => 2,
                    _ => 3,
                };
                counts.entry(detector.card().id).or_default()[state] += 1;
                if list && state == 0 {
                    println!("{}\t{email}\t{}", detector.card().id, dir.display());
                }
            }
            authors.insert(email);
        }
    }
    println!(
        "{repositories} repositories, {} authors; names: {names:?}",
        authors.len()
    );
    print_moments(&moments);
    for (name, [found, nothing, too_little, could_not]) in counts {
        println!("{name}: too little {too_little}, could not look {could_not}");
        rate(name, found, found + nothing);
    }
    Ok(())
}

/// Of an author's days, each once taken for the moment of a document, the share whose clock is far from every clock of the
/// commits of the weeks around it; `None` where no day can be judged.
fn far_moments(profile: &Profile) -> Option<f64> {
    let own = own_commits(profile);
    let stamps: Vec<ClockStamp> = own.iter().filter_map(OwnCommit::stamp).collect();
    let mut first: BTreeMap<i64, ClockStamp> = BTreeMap::new();
    for stamp in &stamps {
        first.entry(stamp.day()).or_insert(*stamp);
    }
    let (mut far, mut judged) = (0u32, 0u32);
    for (day, moment) in first {
        let others = stamps.iter().copied().filter(|s| s.day() != day);
        match against(&near(others, moment), moment) {
            Against::Unknown => continue,
            Against::Near => {}
            Against::Far { .. } => far += 1,
        }
        judged += 1;
    }
    (judged > 0).then(|| f64::from(far) / f64::from(judged))
}

/// The mean of the shares with its 95 % interval (normal approximation over authors).
fn print_moments(shares: &[f64]) {
    let n = shares.len() as f64;
    let mean = shares.iter().sum::<f64>() / n;
    let variance = shares.iter().map(|s| (s - mean).powi(2)).sum::<f64>() / (n - 1.0);
    let half = 1.959964 * (variance / n).sqrt();
    let any = shares.iter().filter(|&&s| s > 0.0).count();
    println!(
        "a moment far from the commits around it: {mean:.5} [{:.5}, {:.5}] of {n} authors, {any} with any",
        (mean - half).max(0.0),
        mean + half
    );
}

/// Addresses of people with enough commits.
fn frequent(history: &History) -> Vec<String> {
    let mut by_email: BTreeMap<String, usize> = BTreeMap::new();
    for commit in &history.commits {
        let email = lowered(&history.idents[commit.author.ident as usize].email);
        *by_email.entry(email).or_default() += 1;
    }
    by_email.retain(|email, num| *num >= MIN_COMMITS && address_kind(email).is_somebody());
    by_email.into_keys().collect()
}

fn claim(email: &str, history: &History) -> Identifier {
    Identifier {
        kind: IdentifierKind::Email,
        value: email.into(),
        written: email.into(),
        role: IdentifierRole::Claimed,
        assumed_region: false,
        at: Provenance::new(&history.source, Place::Whole),
    }
}

fn git_directories(root: &Path) -> Vec<PathBuf> {
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

fn read(dir: &Path) -> Option<(History, RepositoryTraces)> {
    let job = Job {
        path: dir.into(),
        shown: dir.display().to_string(),
        repository: true,
        inside: None,
        attempt: 0,
    };
    let limits = Limits {
        memory: 8 << 30,
        ..Limits::default()
    };
    match samehand::extract::read(&job, &limits, &mut Pins::default()) {
        Ok((
            _,
            Reading::Repository {
                history, traces, ..
            },
        )) => Some((*history, *traces)),
        _ => None,
    }
}

/// Takes the versions from dependency files, as a worker does.
#[derive(Default)]
struct Pins(RepositoryTraces);

impl FileVisitor for Pins {
    fn wants(&self, unit: &CodeUnit) -> bool {
        unit.class != FileClass::Vendored && pins::reads(&unit.path)
    }

    fn visit(&mut self, source: &SourceInfo, unit: &mut CodeUnit, bytes: &[u8]) {
        self.0.pins.extend(pins::find(source, unit, bytes));
    }

    fn finish(&mut self) -> RepositoryTraces {
        std::mem::take(&mut self.0)
    }
}

/// The text with an invented employer of its own for each that was blanked.
fn with_employers(text: &str) -> String {
    let mut out = String::new();
    for (n, part) in text.split("Company Name").enumerate() {
        if n > 0 {
            let letter = |n: usize| char::from(b'a' + (n % 26) as u8);
            out.push_str(&format!("Heron{}{} Works", letter(n), letter(n * 7 / 26)));
        }
        out.push_str(part);
    }
    out
}

/// A tailored version: every third long line is left out, as people do who shorten.
fn tailored(text: &str) -> String {
    let is_long = |line: &str| line.split_whitespace().count() > 10;
    let mut long = 0;
    let mut out = String::new();
    for line in text.lines() {
        long += usize::from(is_long(line));
        if !is_long(line) || long % 3 != 0 {
            out.push_str(line);
            out.push('\n');
        }
    }
    out
}

/// The line of a byte with two lines around it.
fn show(text: &str, at: usize) {
    let line = text[..at].matches('\n').count();
    let from = line.saturating_sub(2);
    for line in text.lines().skip(from).take(5) {
        println!("    {line}");
    }
}

fn rate(name: &str, hits: u32, n: u32) {
    let (low, high) = wilson(f64::from(hits), f64::from(n));
    let share = f64::from(hits) / f64::from(n);
    println!("{name}: {hits} of {n}, {share:.5} [{low:.5}, {high:.5}]");
}

/// Score interval of a proportion at 95 %.
fn wilson(hits: f64, n: f64) -> (f64, f64) {
    const Z: f64 = 1.959964;
    let p = hits / n;
    let centre = p + Z * Z / (2.0 * n);
    let half = Z * (p * (1.0 - p) / n + Z * Z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + Z * Z / n;
    (
        (centre - half).max(0.0) / scale,
        (centre + half).min(scale) / scale,
    )
}
