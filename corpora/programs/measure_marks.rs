//! Counts what `features` reads in the files of public repositories that machines, services and secrets leave.
//!
//! ```text
//! cargo run --release --example measure_marks -- MIRRORS [--list]
//! ```
//! MIRRORS holds one folder `owner+name` for each repository, a git directory directly or one level deeper. Read are the files of
//! HEAD that the pipeline would look at (neither vendored nor generated, no data). For each kind: values and the
//! repositories that have one, values that repositories of two owners or more share (noise, or a template), and pairs of
//! owners that share one that fewer than five owners have. `--list` shows values with their places (never commit that).
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use git2::ObjectType;
use git2::Repository;
use git2::TreeWalkMode;
use git2::TreeWalkResult;
use samehand::extract::classify;
use samehand::features::file_identifiers;
use samehand::model::CodeUnit;
use samehand::model::Digest;
use samehand::model::FileClass;
use samehand::model::IdentifierKind;
use samehand::model::ObjectId;
use samehand::model::SourceInfo;
use samehand::model::SourceKind;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Largest file that is read, as in a scan.
const LARGE: usize = 1 << 20;
/// From so many owners on a value ties nobody.
const HOT: usize = 5;

const KINDS: [IdentifierKind; 6] = [
    IdentifierKind::Machine,
    IdentifierKind::Home,
    IdentifierKind::Service,
    IdentifierKind::Deployment,
    IdentifierKind::Secret,
    IdentifierKind::SigningKey,
];

/// Owners and places of each value.
type Seen = BTreeMap<(IdentifierKind, String), BTreeMap<String, Vec<String>>>;

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let list = arguments.iter().any(|a| a == "--list");
    let mut seen = Seen::new();
    let (mut num, mut bytes) = (0, 0);
    let mut folders: Vec<_> = std::fs::read_dir(&arguments[0])
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    folders.sort();
    for folder in folders {
        let name = folder.file_name().unwrap().to_string_lossy().into_owned();
        let inner = std::fs::read_dir(&folder).ok();
        let deeper = inner.into_iter().flatten().map(|e| e.unwrap().path());
        let mut places = std::iter::once(folder.clone()).chain(deeper);
        if let Some(repository) = places.find_map(|p| Repository::open(p).ok())
            && let Some(read) = read(&repository, &name, &mut seen)
        {
            num += 1;
            bytes += read;
        }
    }
    let megabytes = bytes as f64 / 1e6;
    println!("{num} repositories, {megabytes:.0} MB of files looked at");
    for kind in KINDS {
        print(kind, &seen, list);
    }
}

/// Bytes looked at; `None` where the repository has no HEAD.
fn read(repository: &Repository, name: &str, seen: &mut Seen) -> Option<usize> {
    let tree = repository.head().ok()?.peel_to_tree().ok()?;
    let source = SourceInfo {
        path: String::new(),
        sha256: Digest::default(),
        kind: SourceKind::Git,
        engine: None,
    };
    let mut total = 0;
    tree.walk(TreeWalkMode::PreOrder, |dir, entry| {
        if entry.kind() != Some(ObjectType::Blob) {
            return TreeWalkResult::Ok;
        }
        let path = format!("{dir}{}", String::from_utf8_lossy(entry.name_bytes()));
        let blob = match repository.find_blob(entry.id()) {
            Ok(blob) if blob.size() <= LARGE => blob,
            _ => return TreeWalkResult::Ok,
        };
        let class = classify(&path, blob.size() as u64);
        let left_out = matches!(class, FileClass::Vendored | FileClass::Generated)
            || class == FileClass::Data && !file_identifiers::is_about_people(&path);
        if left_out {
            return TreeWalkResult::Ok;
        }
        total += blob.size();
        let unit = CodeUnit::new(ObjectId([0; 20]), path.clone(), blob.size() as u64, class);
        for found in file_identifiers::find(&source, &unit, blob.content()) {
            let owners = seen.entry((found.kind, found.value)).or_default();
            let place = format!("{name}:{path}");
            owners.entry(owner(name)).or_default().push(place);
        }
        TreeWalkResult::Ok
    })
    .ok()?;
    Some(total)
}

fn owner(name: &str) -> String {
    name.split('+').next().unwrap_or(name).to_lowercase()
}

fn print(kind: IdentifierKind, seen: &Seen, list: bool) {
    let of_kind: Vec<_> = seen.iter().filter(|((k, _), _)| *k == kind).collect();
    let owners: BTreeSet<&String> = of_kind.iter().flat_map(|(_, o)| o.keys()).collect();
    let shared = of_kind.iter().filter(|(_, o)| o.len() > 1);
    let hot = shared.clone().filter(|(_, o)| o.len() >= HOT).count();
    let mut pairs = BTreeSet::new();
    for (_, of) in shared.clone().filter(|(_, o)| o.len() < HOT) {
        let names: Vec<_> = of.keys().collect();
        for (i, a) in names.iter().enumerate() {
            pairs.extend(names[i + 1..].iter().map(|b| (*a, *b)));
        }
    }
    println!(
        "{}: {} values of {} owners; {} of two owners or more, {hot} of {HOT} or more; {} pairs of owners share a rarer one",
        kind.name(),
        of_kind.len(),
        owners.len(),
        shared.count(),
        pairs.len()
    );
    for ((_, value), of) in of_kind.iter().filter(|_| list) {
        let first = &of.values().next().unwrap()[0];
        println!("  {} owners  {value}  {first}", of.len());
    }
}
