//! Code that the report shows side by side: read again from the sources by blob id, when all evidence is known. Profiles
//! hold fingerprints and lines, never code.

use crate::extract::Job;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::read_blobs;
use crate::features::code::lines_of;
use crate::intake::Pool;
use crate::model::CodeLines;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::ObjectId;
use crate::model::Passage;
use crate::pipeline::frame::Quote;
use crate::pipeline::workers::Workers;
use rayon::prelude::*;
use std::collections::BTreeMap;

/// Longest text of one stretch on one side, bytes.
const MAX_LEN: usize = 4_000;

/// (source, blob, first line, last line) to the text.
type Texts = BTreeMap<(String, String, u32, u32), String>;

/// Fills in the texts of every stretch of code that evidence draws.
pub(in crate::pipeline) fn fill(evidence: &mut [Evidence], pool: &Pool, workers: &Workers) {
    let mut wanted: BTreeMap<String, Vec<&CodeLines>> = BTreeMap::new();
    for exhibit in evidence.iter().flat_map(|e| &e.exhibits) {
        let Exhibit::Code {
            left,
            right,
            regions,
        } = exhibit
        else {
            continue;
        };
        for region in regions {
            wanted.entry(left.clone()).or_default().push(&region.left);
            wanted.entry(right.clone()).or_default().push(&region.right);
        }
    }
    let jobs = jobs(pool);
    let texts: Texts = wanted
        .into_par_iter()
        .filter_map(|(source, lines)| Some((jobs.get(source.as_str())?.clone(), source, lines)))
        .flat_map_iter(|(job, source, lines)| read(job, &source, &lines, workers))
        .collect();
    for exhibit in evidence.iter_mut().flat_map(|e| &mut e.exhibits) {
        let Exhibit::Code {
            left,
            right,
            regions,
        } = exhibit
        else {
            continue;
        };
        for region in regions {
            let text = |source: &String, l: &CodeLines| {
                let key = (source.clone(), l.blob.clone(), l.first, l.last);
                (texts.get(&key).cloned().unwrap_or_default(), l.in_words())
            };
            region.text = Passage::compared(text(left, &region.left), text(right, &region.right));
        }
    }
}

/// The jobs that read the repositories of a pool, by the name that reports show.
fn jobs(pool: &Pool) -> BTreeMap<&str, Job> {
    let sources = pool.applicants.iter().flat_map(|a| &a.sources);
    let job = |source: &crate::intake::Source| Job {
        path: source.path.clone(),
        shown: source.shown.clone(),
        repository: true,
        inside: source.inside,
        attempt: 0,
    };
    sources
        .filter(|s| s.repository)
        .map(|s| (s.shown.as_str(), job(s)))
        .collect()
}

fn read(job: Job, source: &str, lines: &[&CodeLines], workers: &Workers) -> Texts {
    let quote = |l: &&CodeLines| {
        Some(Quote {
            blob: object_id(&l.blob)?,
            path: l.file.clone(),
            first: l.first,
            last: l.last,
        })
    };
    let quotes: Vec<Quote> = lines.iter().filter_map(quote).collect();
    // What cannot be read again is not drawn; the lines stand in the evidence all the same.
    let texts = workers.quote(job, quotes.clone()).unwrap_or_default();
    let keyed = quotes.iter().zip(texts).map(|(q, text)| {
        let key = (source.to_string(), q.blob.to_string(), q.first, q.last);
        (key, text)
    });
    keyed.collect()
}

fn object_id(hex: &str) -> Option<ObjectId> {
    let mut id = [0; 20];
    for (i, byte) in id.iter_mut().enumerate() {
        *byte = u8::from_str_radix(hex.get(2 * i..2 * i + 2)?, 16).ok()?;
    }
    Some(ObjectId(id))
}

/// The worker's part: the lines of each quote, empty where they cannot be read.
pub(in crate::pipeline) fn of_worker(
    job: &Job,
    quotes: &[Quote],
    limits: &Limits,
) -> Result<Vec<String>, ReadError> {
    let blobs: Vec<ObjectId> = quotes.iter().map(|q| q.blob).collect();
    let contents = read_blobs(&job.path, &blobs, limits)?;
    let text = |(quote, bytes): (&Quote, Option<Vec<u8>>)| {
        let code = bytes.and_then(|b| lines_of(&quote.path, &b))?;
        Some(cut(&code, quote.first, quote.last))
    };
    Ok(quotes
        .iter()
        .zip(contents)
        .map(|pair| text(pair).unwrap_or_default())
        .collect())
}

/// Lines `first` to `last` of a text, without the indentation that all of them have.
fn cut(code: &str, first: u32, last: u32) -> String {
    let lines: Vec<&str> = code
        .lines()
        .take(last as usize)
        .skip(first.saturating_sub(1) as usize)
        .collect();
    let is_blank = |line: &&&str| !line.trim().is_empty();
    let indent = |line: &&str| line.len() - line.trim_start_matches([' ', '\t']).len();
    let common = lines.iter().filter(is_blank).map(indent).min().unwrap_or(0);
    let mut text = String::new();
    for line in lines {
        let line = line.get(common..).unwrap_or_default().trim_end();
        if text.len() + line.len() > MAX_LEN {
            break;
        }
        text.push_str(&line.replace('\t', "    "));
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_cut_without_their_common_indentation() {
        let code = "a\n    b {\n\n\t\tc\n    }\nd\n";
        assert_eq!(cut("    b {\n\n      c\n    }", 1, 4), "b {\n\n  c\n}");
        assert_eq!(cut(code, 6, 9), "d");
        assert_eq!(cut(code, 90, 99), "");
    }

    #[test]
    fn ids_are_read_back() {
        let id = ObjectId([0xab; 20]);
        assert_eq!(object_id(&id.to_string()), Some(id));
        assert_eq!(object_id("zz"), None);
    }
}
