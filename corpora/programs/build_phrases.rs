//! Builds `corpora/background/resume_phrases.bin` from document frequencies of public résumé phrases.
//!
//! `cargo run --release --example build_phrases -- PHRASES.tsv.gz corpora/background/resume_phrases.bin`
//!
//! Input: gzip, tab-separated `n, document frequency, phrase`; comment lines start with `#`. Phrases of n = 5 are kept, and
//! every single word of a phrase, with the highest frequency of a phrase that holds it: they tell whether the reference
//! knows a text's language. The output holds hashes and counts, no phrase.

use flate2::read::GzDecoder;
use samehand::features::shingle::hash_words;
use samehand::features::token::tokens;
use samehand::link::PhraseTable;
use samehand::link::table_hash;
use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};

/// Number of résumés the frequencies were counted over, from the header of the input.
const NUM_DOCUMENTS: u32 = 24_616;

fn main() -> anyhow::Result<()> {
    let [input, output] = std::env::args()
        .skip(1)
        .collect::<Vec<_>>()
        .try_into()
        .map_err(|_| anyhow::anyhow!("usage: build_phrases PHRASES.tsv.gz OUT.bin"))?;
    let mut entries: Vec<(u32, u32)> = Vec::new();
    let mut vocabulary: BTreeMap<u32, u32> = BTreeMap::new();
    for line in BufReader::new(GzDecoder::new(File::open(&input)?)).lines() {
        let line = line?;
        let mut fields = line.splitn(3, '\t');
        let (Some(n @ ("3" | "5")), Some(df), Some(phrase)) =
            (fields.next(), fields.next(), fields.next())
        else {
            continue;
        };
        let (words, df) = (tokens(phrase), df.parse()?);
        if n == "5" && words.len() == 5 {
            entries.push((table_hash(hash_words(&words)), df));
        }
        for word in &words {
            let known = vocabulary
                .entry(table_hash(hash_words(std::slice::from_ref(word))))
                .or_default();
            *known = df.max(*known);
        }
    }
    println!("{} phrases, {} words", entries.len(), vocabulary.len());
    entries.extend(vocabulary);
    std::fs::write(&output, PhraseTable::encode(entries, NUM_DOCUMENTS))?;
    Ok(())
}
