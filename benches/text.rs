//! Signing and joining against gaoya, on the same texts in the same run.
//!
//! `cargo bench --bench text [-- NUM_DOCUMENTS]` (default 20,000 documents of about 3 kB). Both sides start from texts in
//! memory, use shingles of three words and 128 hashes in 32 bands of 4, run on one thread, and end with every candidate
//! pair listed. gaoya gets lower-cased, white-space separated words as in its own example. CPU time of the process;
//! planted copies (one document in a hundred) check that both find them.

use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use gaoya::text::{shingle_tokens, whitespace_split};
use rustix::time::{ClockId, clock_gettime};
use samehand::features::signature::{BANDS, band_keys, sign};
use samehand::link::{Join, Key, KeySink, Source, propose};
use samehand::model::{SIGNATURE_LEN, Signature, mix};
use std::collections::BTreeSet;

const BAND_WIDTH: usize = SIGNATURE_LEN / BANDS;

fn cpu() -> f64 {
    let t = clock_gettime(ClockId::ProcessCPUTime);
    t.tv_sec as f64 + t.tv_nsec as f64 / 1e9
}

/// Résumé-like text: sentences over a Zipf-like vocabulary; every hundredth document copies its predecessor with one
/// sentence changed.
fn corpus(num: usize) -> Vec<String> {
    let mut state = 1u64;
    let mut random = move || {
        state = mix(state.wrapping_add(0x9E37_79B9_7F4A_7C15));
        state
    };
    let words: Vec<String> = (0..20_000)
        .map(|_| {
            (0..3 + random() % 7)
                .map(|_| (b'a' + (random() % 26) as u8) as char)
                .collect()
        })
        .collect();
    let mut docs: Vec<String> = Vec::with_capacity(num);
    for i in 0..num {
        if i % 100 == 1 {
            let copy = format!("Changed opening of one sentence.\n{}", docs[i - 1]);
            docs.push(copy);
            continue;
        }
        let mut text = String::with_capacity(3200);
        while text.len() < 3000 {
            for w in 0..8 + random() % 10 {
                let rank = (20_000f64.powf((random() % 10_000) as f64 / 10_000.0)) as usize - 1;
                let word = &words[rank.min(words.len() - 1)];
                if w == 0 {
                    text.push_str(&word[..1].to_uppercase());
                    text.push_str(&word[1..]);
                } else {
                    text.push(' ');
                    text.push_str(word);
                }
            }
            text.push_str(".\n");
        }
        docs.push(text);
    }
    docs
}

fn ours(docs: &[String]) -> (f64, f64, BTreeSet<(u32, u32)>) {
    let start = cpu();
    let signatures: Vec<_> = docs.iter().map(|d| sign(d)).collect();
    let signed = cpu();
    let pairs = propose(&Bands(&signatures))
        .into_iter()
        .filter(|p| p.members.len() == 2)
        .map(|p| (p.members[0], p.members[1]))
        .collect();
    (signed - start, cpu() - signed, pairs)
}

struct Bands<'a>(&'a [Signature]);

impl Source for Bands<'_> {
    fn num_profiles(&self) -> usize {
        self.0.len()
    }

    fn joins(&self) -> Vec<Join> {
        vec![Join::AnyKey]
    }

    fn keys(&self, _: u16, profile: u32, sink: &mut KeySink) {
        band_keys(&self.0[profile as usize]).for_each(|key| sink.both(key));
    }

    fn weight(&self, _: u16, _: Key) -> f32 {
        1.0
    }
}

fn gaoya(docs: &[String]) -> (f64, f64, BTreeSet<(u32, u32)>) {
    let start = cpu();
    let hasher = MinHasher32::new(SIGNATURE_LEN);
    let signatures: Vec<Vec<u32>> = docs
        .iter()
        .map(|d| {
            let lower = d.to_lowercase();
            let words: Vec<&str> = whitespace_split(&lower).collect();
            hasher.create_signature(shingle_tokens(&words, 3))
        })
        .collect();
    let signed = cpu();
    let mut index: MinHashIndex<u32, u32> = MinHashIndex::new_index(BANDS, BAND_WIDTH, 0.4);
    for (i, signature) in signatures.iter().enumerate() {
        index.insert(i as u32, signature.clone());
    }
    let mut pairs = BTreeSet::new();
    for (i, signature) in signatures.iter().enumerate() {
        let i = i as u32;
        pairs.extend(
            index
                .query_owned(signature)
                .into_iter()
                .filter(|&j| j != i)
                .map(|j| (i.min(j), i.max(j))),
        );
    }
    (signed - start, cpu() - signed, pairs)
}

fn main() {
    let num = std::env::args()
        .skip(1)
        .find_map(|a| a.parse().ok())
        .unwrap_or(20_000);
    let docs = corpus(num);
    let megabytes = docs.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!("{num} documents, {megabytes:.1} MB, one thread, CPU seconds");
    let planted: BTreeSet<(u32, u32)> = (0..num as u32)
        .filter(|i| i % 100 == 1)
        .map(|i| (i - 1, i))
        .collect();
    println!(
        "{:<10} {:>8} {:>8} {:>8} {:>10} {:>10}",
        "", "sign", "join", "total", "MB/s sign", "found"
    );
    let mut totals = Vec::new();
    for (name, (sign, join, pairs)) in [("samehand", ours(&docs)), ("gaoya", gaoya(&docs))] {
        let found = planted.intersection(&pairs).count();
        println!(
            "{name:<10} {sign:>8.3} {join:>8.3} {:>8.3} {:>10.0} {:>6}/{}",
            sign + join,
            megabytes / sign,
            found,
            planted.len()
        );
        totals.push((sign, sign + join));
    }
    println!(
        "gaoya / samehand: signing {:.1}, signing and joining {:.1}",
        totals[1].0 / totals[0].0,
        totals[1].1 / totals[0].1
    );
}
