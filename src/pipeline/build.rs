//! A pool of past applicants to a background file: how many of them wrote a five-word phrase or a word.
//!
//! Counted are people, not files: the applications of one person count once, and so do applicants whose documents are
//! nearly the same text (an estimated Jaccard index of [`SAME_TEXT`]), because a campaign that stands in the pool would
//! otherwise call its own text common. That is no full protection: copies that share less than this still count each.

use crate::features::overlap::word_hashes;
use crate::features::shingle::phrases;
use crate::features::signature::{SIGNATURE_VERSION, band_keys, estimate};
use crate::features::token::tokens;
use crate::intake::Pool;
use crate::link::Header;
use crate::link::MIN_APPLICANTS;
use crate::link::PoolCounts;
use crate::link::read_header;
use crate::link::table_hash;
use crate::link::write_reference;
use crate::model::{HASH_VERSION, Problem, Profile};
use crate::pipeline::Options;
use crate::pipeline::Progress;
use crate::pipeline::repeated;
use anyhow::Context;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// From this estimated Jaccard index of three-word shingles on two texts are one: clones with other contacts, also
/// shuffled, are above it, filled-in templates below.
const SAME_TEXT: f64 = 0.7;

/// How to build.
#[derive(Clone, Debug)]
pub struct BuildOptions {
    /// Name of the reference, as reports list it.
    pub name: String,
    /// Its version.
    pub version: String,
    /// Fewest applicants that must have written a phrase; at least four.
    pub min_applicants: u32,
}

/// A background file, not yet written.
#[derive(Debug)]
pub struct Built {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// What the file says about itself.
    pub header: Header,
    /// What could not be read.
    pub problems: Vec<Problem>,
}

/// Counts a pool.
///
/// # Errors
/// When no thread or worker can be started. What cannot be read is a problem and is not counted.
pub fn build_background(
    pool: &Pool,
    build: &BuildOptions,
    options: &Options,
    progress: &dyn Progress,
) -> anyhow::Result<Built> {
    let threads = rayon::ThreadPoolBuilder::new()
        .num_threads(options.threads.max(1))
        .build()
        .context("failed to start threads")?;
    threads.install(|| {
        let applicants = crate::pipeline::read(pool, options, progress)?;
        let profiles: Vec<&Profile> = applicants.iter().map(|a| &a.profile).collect();
        progress.finish();
        let (bytes, header) = count(&profiles, build);
        let mut problems = pool.problems.clone();
        problems.extend(applicants.iter().flat_map(|a| a.problems.iter().cloned()));
        problems.sort();
        Ok(Built {
            bytes,
            header,
            problems,
        })
    })
}

/// What a background file says about itself, also one of another version.
///
/// # Errors
/// When it cannot be read or is none.
pub fn describe_background(path: &Path) -> anyhow::Result<Header> {
    let bytes = fs::read(path).with_context(|| format!("failed to read {}", path.display()))?;
    read_header(&bytes).with_context(|| format!("cannot use {}", path.display()))
}

fn count(profiles: &[&Profile], build: &BuildOptions) -> (Vec<u8>, Header) {
    let people = people(profiles);
    let documents = |person: &[usize]| {
        let members = person.iter().map(|&i| profiles[i]);
        members.flat_map(|p| &p.documents).collect::<Vec<_>>()
    };
    let all: Vec<_> = people.iter().flat_map(|p| documents(p)).collect();
    let num_words: u64 = all.iter().map(|d| u64::from(d.signature.num_words)).sum();
    let counts = PoolCounts::count(people.len(), 2 * num_words, |i, out| {
        for document in documents(&people[i]) {
            let words = tokens(document.text.as_str());
            out.extend(phrases(&words).into_iter().map(|p| p.hash));
            out.extend(word_hashes(&words));
        }
    });
    let least = build.min_applicants.max(MIN_APPLICANTS);
    let entries: Vec<(u32, u32)> = counts.entries().filter(|e| e.1 >= least).collect();
    let kept = |hash: u64| entries.binary_search_by_key(&table_hash(hash), |e| e.0);
    let mut words: BTreeSet<usize> = BTreeSet::new();
    for document in &all {
        words.extend(word_hashes(&tokens(document.text.as_str())).filter_map(|w| kept(w).ok()));
    }
    let header = Header {
        name: build.name.clone(),
        version: build.version.clone(),
        num_applicants: people.len() as u32,
        num_documents: all.len() as u32,
        min_applicants: least,
        num_phrases: (entries.len() - words.len()) as u32,
        num_words: words.len() as u32,
        hash_version: HASH_VERSION,
        text_version: SIGNATURE_VERSION,
    };
    (write_reference(&header, entries), header)
}

/// Indices of the applicants with a document, those of one person together; sorted.
fn people(profiles: &[&Profile]) -> Vec<Vec<usize>> {
    let mut same = Sets((0..profiles.len()).collect());
    let index: BTreeMap<_, _> = profiles
        .iter()
        .enumerate()
        .map(|(i, p)| (&p.applicant, i))
        .collect();
    for (a, b) in &repeated::repeated(profiles).pairs {
        same.join(index[a], index[b]);
    }
    let mut bands = Vec::new();
    for (i, profile) in profiles.iter().enumerate() {
        for document in &profile.documents {
            bands.extend(band_keys(&document.signature).map(|key| (key, i, &document.signature)));
        }
    }
    bands.sort_by_key(|band| (band.0, band.1));
    for bucket in bands.chunk_by(|a, b| a.0 == b.0) {
        // Everybody against the first and against the one before: a bucket of clones must not cost its square.
        for (n, (_, i, signature)) in bucket.iter().enumerate().skip(1) {
            for (_, j, other) in [&bucket[0], &bucket[n - 1]] {
                if estimate(signature, other).is_some_and(|e| e >= SAME_TEXT) {
                    same.join(*i, *j);
                }
            }
        }
    }
    let mut groups: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
    for i in (0..profiles.len()).filter(|&i| !profiles[i].documents.is_empty()) {
        groups.entry(same.of(i)).or_default().push(i);
    }
    groups.into_values().collect()
}

/// Disjoint sets; each is named by its smallest member.
struct Sets(Vec<usize>);

impl Sets {
    fn of(&self, mut i: usize) -> usize {
        while self.0[i] != i {
            i = self.0[i];
        }
        i
    }

    fn join(&mut self, a: usize, b: usize) {
        let (a, b) = (self.of(a), self.of(b));
        self.0[a.max(b)] = a.min(b);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::shingle::hash_words;
    use crate::link::Reference;
    use crate::pipeline::survey::fixture;

    const COMMON: &str = "responsible for the harbour crane schedule and the night shift";

    fn built(profiles: &[Profile], min_applicants: u32) -> (Header, Reference) {
        let build = BuildOptions {
            name: "past".into(),
            version: "1".into(),
            min_applicants,
        };
        let profiles: Vec<&Profile> = profiles.iter().collect();
        let (bytes, header) = count(&profiles, &build);
        let (read, reference) = Reference::read(&bytes, SIGNATURE_VERSION).unwrap();
        assert_eq!(read, header);
        (header, reference)
    }

    fn own(i: usize) -> String {
        (0..60)
            .map(|n| format!("w{}{} ", "a".repeat(i + 1), "b".repeat(n)))
            .collect()
    }

    #[test]
    fn phrases_of_four_applicants_are_kept_and_those_of_three_are_not() {
        let text = |i: usize| match i {
            0..3 => format!("{COMMON}. {}. Kept the herons fed all winter.", own(i)),
            _ => format!("{COMMON}. {}", own(i)),
        };
        let profiles: Vec<Profile> = (0..6).map(|i| fixture(&i.to_string(), &text(i))).collect();
        let (header, reference) = built(&profiles, 1);
        assert_eq!((header.min_applicants, header.num_applicants), (4, 6));
        assert_eq!((header.num_phrases, header.num_words), (6, 9));
        let words = tokens("responsible for the harbour crane");
        assert_eq!(reference.table.frequency(hash_words(&words)), 6);
        let few = tokens("Kept the herons fed all");
        assert_eq!(reference.table.frequency(hash_words(&few)), 0);
        assert_eq!(built(&profiles, 7).0.num_phrases, 0);
    }

    #[test]
    fn copies_of_one_text_count_once() {
        let text = format!("{COMMON}. {}", own(1));
        let profiles: Vec<Profile> = (0..9).map(|i| fixture(&i.to_string(), &text)).collect();
        let (header, _) = built(&profiles, 4);
        assert_eq!(
            (
                header.num_applicants,
                header.num_documents,
                header.num_phrases
            ),
            (1, 9, 0)
        );
    }
}
