//! Builds `corpora/background/resume_phrases.bin` from document frequencies of public résumé phrases.
//!
//! `cargo run --release --example build_phrases -- PHRASES.tsv.gz corpora/background/resume_phrases.bin`
//!
//! Input: gzip, tab-separated `n, document frequency, phrase`; comment lines start with `#`; only n = 5 is used. The
//! output holds hashes and counts, no phrase.

use flate2::read::GzDecoder;
use samehand::features::shingle::hash_words;
use samehand::features::token::tokens;
use samehand::link::PhraseTable;
use samehand::link::table_hash;
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
    let mut entries = Vec::new();
    for line in BufReader::new(GzDecoder::new(File::open(&input)?)).lines() {
        let line = line?;
        let mut fields = line.splitn(3, '\t');
        if fields.next() != Some("5") {
            continue;
        }
        let (Some(df), Some(phrase)) = (fields.next(), fields.next()) else {
            continue;
        };
        let words = tokens(phrase);
        if words.len() == 5 {
            entries.push((table_hash(hash_words(&words)), df.parse()?));
        }
    }
    println!("{} phrases", entries.len());
    std::fs::write(&output, PhraseTable::encode(entries, NUM_DOCUMENTS))?;
    Ok(())
}
