//! Text features and the join against gaoya, on the same texts in the same run; and how both grow.
//!
//! - `cargo bench --bench text [-- NUM]` (default 20,000 documents of about 3 kB in memory, one thread): signing in MB per
//!   CPU second by the portable and by the vector tokeniser, signature and fingerprints together, and the whole way to
//!   verified pairs; beside it gaoya's signing and querying.
//! - `cargo bench --bench text -- growth [NUM…]` (default 10,000, 100,000 and 1,000,000 on two threads, each in a process of
//!   its own): CPU seconds and the highest resident memory, texts made on the fly and dropped.
//!
//! Both sides use shingles of three words and 128 hashes in 32 bands of 4. gaoya gets lower-cased, white-space separated
//! words as in its own example. A pair is verified by aligning both texts, a group by aligning its first member with the
//! others. `found` counts planted pairs.
#![allow(clippy::unwrap_used)]

mod prose;

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::{shingle_tokens, whitespace_split};
use prose::Prose;
use rayon::prelude::*;
use rustix::time::{ClockId, clock_gettime};
use samehand::features::align::align;
use samehand::features::signature::{BANDS, band_keys, sign_words};
use samehand::features::text_features::{TextFeatures, text_features};
use samehand::features::token::{Path, Words, tokens};
use samehand::link::{Join, Key, KeySink, Proposal, Source, propose};
use samehand::model::SIGNATURE_LEN;
use std::collections::{BTreeSet, HashMap};

const BAND_WIDTH: usize = SIGNATURE_LEN / BANDS;

/// Least rare mass of a candidate for partial reuse: two bullets.
const MIN_MASS: f32 = 8.0;

/// Documents of the reference that says how common a phrase is; none of the pool's.
const REFERENCE: u64 = 5_000;

fn cpu(clock: ClockId) -> f64 {
    let t = clock_gettime(clock);
    t.tv_sec as f64 + t.tv_nsec as f64 / 1e9
}

/// CPU seconds of the process that `work` takes.
fn timed<T>(work: impl FnOnce() -> T) -> (T, f64) {
    let start = cpu(ClockId::ProcessCPUTime);
    let done = work();
    (done, cpu(ClockId::ProcessCPUTime) - start)
}

/// Document frequency of fingerprints in the reference.
fn reference() -> HashMap<u64, u32> {
    let prose = Prose::new(2, REFERENCE);
    let mut frequency = HashMap::new();
    for number in 0..REFERENCE {
        let hashes: BTreeSet<u64> = text_features(&prose.document(number))
            .fingerprints
            .hashes
            .into_iter()
            .collect();
        hashes
            .into_iter()
            .for_each(|h| *frequency.entry(h).or_default() += 1);
    }
    frequency.retain(|_, df| *df > 1);
    frequency
}

/// Whole documents by bands, passages by mass.
struct Pool<'a> {
    features: &'a [TextFeatures],
    reference: &'a HashMap<u64, u32>,
}

impl Source for Pool<'_> {
    fn num_profiles(&self) -> usize {
        self.features.len()
    }

    fn joins(&self) -> Vec<Join> {
        vec![Join::AnyKey, Join::Mass { min: MIN_MASS }]
    }

    fn keys(&self, detector: u16, profile: u32, sink: &mut KeySink) {
        let features = &self.features[profile as usize];
        if detector == 0 {
            band_keys(&features.signature).for_each(|key| sink.both(key));
        } else {
            features
                .fingerprints
                .hashes
                .iter()
                .for_each(|&hash| sink.both(hash));
        }
    }

    fn weight(&self, _: u16, key: Key) -> f32 {
        1.0 / (1.0 + self.reference.get(&key).copied().unwrap_or(0) as f32)
    }
}

/// Aligned passages of every proposal: (members, words in passages).
fn verify(proposals: &[Proposal], text: impl Fn(u32) -> String + Sync) -> Vec<(Vec<u32>, usize)> {
    let mut all: Vec<&Vec<u32>> = proposals.iter().map(|p| &p.members).collect();
    all.sort();
    all.dedup();
    let words = |members: &Vec<u32>| {
        let first = tokens(&text(members[0]));
        let others = members[1..].iter().map(|&m| tokens(&text(m)));
        others
            .map(|other| {
                align(&first, &other)
                    .iter()
                    .map(|p| p.words())
                    .sum::<usize>()
            })
            .sum()
    };
    all.into_par_iter()
        .map(|members| (members.clone(), words(members)))
        .collect()
}

fn gaoya(docs: &[String]) -> (f64, f64, BTreeSet<(u32, u32)>) {
    let (signatures, signing) = timed(|| {
        let hasher = MinHasher32::new(SIGNATURE_LEN);
        let sign = |d: &String| -> Vec<u32> {
            let lower = d.to_lowercase();
            let words: Vec<&str> = whitespace_split(&lower).collect();
            hasher.create_signature(shingle_tokens(&words, 3))
        };
        docs.iter().map(sign).collect::<Vec<_>>()
    });
    let (pairs, querying) = timed(|| {
        let mut index: MinHashIndex<u32, u32> = MinHashIndex::new_index(BANDS, BAND_WIDTH, 0.4);
        for (i, signature) in signatures.iter().enumerate() {
            index.insert(i as u32, signature.clone());
        }
        let mut pairs = BTreeSet::new();
        for (i, signature) in (0u32..).zip(&signatures) {
            let similar = index.query_owned(signature).into_iter().filter(|&j| j != i);
            pairs.extend(similar.map(|j| (i.min(j), i.max(j))));
        }
        pairs
    });
    (signing, querying, pairs)
}

/// How many planted pairs are among the proposals or inside a group.
fn found(planted: impl Iterator<Item = (u32, u32)>, verified: &[(Vec<u32>, usize)]) -> String {
    let pairs: BTreeSet<(u32, u32)> = verified
        .iter()
        .filter(|v| v.0.len() == 2)
        .map(|v| (v.0[0], v.0[1]))
        .collect();
    let groups = || verified.iter().filter(|v| v.0.len() > 2);
    let together =
        |a, b| groups().any(|v| v.0.binary_search(&a).is_ok() && v.0.binary_search(&b).is_ok());
    let planted: Vec<(u32, u32)> = planted.collect();
    let found = planted
        .iter()
        .filter(|&&(a, b)| pairs.contains(&(a, b)) || together(a, b))
        .count();
    format!("{found}/{}", planted.len())
}

/// Members of the campaign in the group that holds most of them.
fn campaign(prose: &Prose, verified: &[(Vec<u32>, usize)]) -> String {
    let all = prose.campaign();
    let members =
        |v: &(Vec<u32>, usize)| v.0.iter().filter(|&m| all.binary_search(m).is_ok()).count();
    let best = verified.iter().map(members).max().unwrap_or(0);
    format!("{best}/{}", all.len())
}

fn side_by_side(num: u64) {
    let prose = Prose::new(1, num);
    let docs: Vec<String> = (0..num).map(|n| prose.document(n)).collect();
    let megabytes = docs.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    let reference = reference();
    println!("{num} documents, {megabytes:.0} MB, one thread, CPU seconds");
    let sign = |path| {
        docs.iter()
            .map(|d| sign_words(&Words::by(path, d)).slots[0])
            .fold(0, |a, b| a ^ b)
    };
    let (portable_slot, portable) = timed(|| sign(Path::Portable));
    let (vector_slot, vector) = timed(|| sign(Path::Fastest));
    assert_eq!(portable_slot, vector_slot, "both paths sign alike");
    let (features, both) = timed(|| docs.iter().map(|d| text_features(d)).collect::<Vec<_>>());
    let pool = Pool {
        features: &features,
        reference: &reference,
    };
    let (proposals, join) = timed(|| propose(&pool));
    let (verified, check) = timed(|| verify(&proposals, |n| docs[n as usize].clone()));
    let (peer_sign, peer_query, peer_pairs) = gaoya(&docs);
    let row = |name: &str, seconds: f64, of_peer: f64| {
        let ratio = of_peer / seconds;
        println!(
            "{name:<44} {seconds:>8.3} s {:>7.0} MB/s   gaoya / this {ratio:>5.1}",
            megabytes / seconds
        );
    };
    row("sign, portable", portable, peer_sign);
    row("sign, vector instructions", vector, peer_sign);
    row("sign and fingerprint, vector instructions", both, peer_sign);
    row("gaoya sign", peer_sign, peer_sign);
    row(
        "sign, fingerprint, join twice, verify",
        both + join + check,
        peer_sign + peer_query,
    );
    row(
        "gaoya sign and query",
        peer_sign + peer_query,
        peer_sign + peer_query,
    );
    println!(
        "join {join:.3} s, verification of {} candidates {check:.3} s",
        verified.len()
    );
    let peer: Vec<(Vec<u32>, usize)> = peer_pairs
        .into_iter()
        .map(|(a, b)| (vec![a, b], 0))
        .collect();
    for (name, verified) in [("samehand", &verified), ("gaoya", &peer)] {
        let (copies, reuses) = (
            found(prose.copies(), verified),
            found(prose.reuses(), verified),
        );
        println!(
            "{name:<10} copies {copies}, a third reused {reuses}, campaign in one group {}",
            campaign(&prose, verified)
        );
    }
}

/// One row of the growth table, in this process.
fn grow(num: u64) {
    let prose = Prose::new(1, num);
    let reference = reference();
    let sign = |n: u64| {
        let text = prose.document(n);
        let start = cpu(ClockId::ThreadCPUTime);
        let features = text_features(&text);
        (features, cpu(ClockId::ThreadCPUTime) - start)
    };
    let mut signing = 0.0;
    let mut features: Vec<TextFeatures> = Vec::with_capacity(num as usize);
    for block in 0..num.div_ceil(1 << 14) {
        let numbers = block << 14..num.min((block + 1) << 14);
        let done: Vec<(TextFeatures, f64)> = numbers.into_par_iter().map(sign).collect();
        signing += done.iter().map(|d| d.1).sum::<f64>();
        features.extend(done.into_iter().map(|d| d.0));
    }
    let pool = Pool {
        features: &features,
        reference: &reference,
    };
    let (proposals, join) = timed(|| propose(&pool));
    let (verified, check) = timed(|| verify(&proposals, |n| prose.document(n as u64)));
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak: f64 = status
        .lines()
        .find_map(|l| l.strip_prefix("VmHWM:"))
        .and_then(|l| l.split_whitespace().next()?.parse().ok())
        .unwrap_or(f64::NAN);
    let groups = verified.iter().filter(|v| v.0.len() > 2).count();
    println!(
        "| {num:>9} | {signing:>6.2} | {join:>6.2} | {check:>6.2} | {:>8.0} | {} + {groups} | {} | {} | {} |",
        peak / 1024.0,
        verified.len() - groups,
        found(prose.copies(), &verified),
        found(prose.reuses(), &verified),
        campaign(&prose, &verified),
    );
}

fn growth(sizes: &[String]) {
    println!(
        "| documents | sign s | join s | verify s | peak MB | pairs + groups | copies | a third reused | campaign |"
    );
    println!("|---|---|---|---|---|---|---|---|---|");
    for size in sizes {
        let this = std::env::current_exe().unwrap();
        let done = std::process::Command::new(this)
            .args(["one", size])
            .status()
            .unwrap();
        assert!(done.success(), "{size} documents: {done}");
    }
}

fn main() {
    // cargo adds `--bench`.
    let args: Vec<String> = std::env::args()
        .skip(1)
        .filter(|a| !a.starts_with("--"))
        .collect();
    let threads = |num| {
        rayon::ThreadPoolBuilder::new()
            .num_threads(num)
            .build()
            .unwrap()
    };
    match args
        .iter()
        .map(String::as_str)
        .collect::<Vec<_>>()
        .as_slice()
    {
        ["growth"] => growth(&["10000", "100000", "1000000"].map(String::from)),
        ["growth", ..] => growth(&args[1..]),
        ["one", num] => threads(2).install(|| grow(num.parse().unwrap())),
        [num] => threads(1).install(|| side_by_side(num.parse().unwrap())),
        _ => threads(1).install(|| side_by_side(20_000)),
    }
}
