//! A repository's README with everything personal taken out: what is left of it when names, handles, addresses and links go.
//!
//! Whoever passes a copied project off as their own changes these and nothing else. Words are kept as hashes; a run of
//! personal strings is one zero, so that "Ann Lee" and "Bo" leave the same trace; of each personal string that somebody
//! may be known by, the hash is kept, to see that two READMEs differ there. A capitalised word counts as a name only
//! behind words such as "by" or "author", or in the lines below such a heading: it is never looked at what name it is.
//!
//! A README that says itself that it belongs to a course, a tutorial or a generator is marked.

use crate::features::identifiers::from_text;
use crate::features::identifiers::mask_spans;
use crate::model::CodeUnit;
use crate::model::IdentifierKind;
use crate::model::Readme;
use crate::model::combine;
use crate::model::floor_char;
use crate::model::hash_text;
use std::collections::BTreeSet;

/// Words of a README that are read: longer ones are manuals.
const MAX_WORDS: usize = 5_000;
/// Bytes of a README that are read.
const MAX_BYTES: usize = 64 << 10;
/// Words of a fingerprint, and one in how many is kept. Both are choices.
const WINDOW: usize = 6;
const KEPT: u64 = 3;
/// Lines below a heading such as "Author" in which names may stand.
const BELOW: usize = 4;

/// Words before a name.
const CUES: &str = "by author authors contact contacts maintainer maintainers copyright © creator developer developers contributors \
                    team credits owner name me acknowledgements";

/// Words by which a README says that many have it.
const COMMON: &str = "tutorial course bootcamp boilerplate starter forked assignment homework exercise lesson workshop lecture \
                      bootstrapped generated coursework syllabus instructor students udemy freecodecamp quickstart scaffolded codelab";

/// Whether a file is the README of a repository: in its root or in `docs` and `.github`, as forges show it.
pub fn is_wanted(unit: &CodeUnit) -> bool {
    let path = unit.path.to_lowercase();
    let name = [".github/", "docs/"]
        .iter()
        .find_map(|dir| path.strip_prefix(dir));
    let ends = [
        "readme",
        "readme.md",
        "readme.markdown",
        "readme.rst",
        "readme.txt",
    ];
    !unit.earlier && ends.contains(&name.unwrap_or(&path))
}

/// Reads a README; `None` where it is no UTF-8.
pub fn read(unit: &CodeUnit, bytes: &[u8]) -> Option<Readme> {
    let text = std::str::from_utf8(bytes).ok()?;
    let end = floor_char(text, MAX_BYTES);
    let text = &text[..end];
    let found = from_text(text, None);
    let spans = mask_spans(text, &found);
    let is_personal = |kind| {
        use IdentifierKind::{Account, Email, Phone};
        matches!(kind, Account | Email | Phone)
    };
    let personal = found.iter().filter(|f| is_personal(f.kind));
    let mut words = Words {
        who: personal.map(|f| hash_text(&f.value)).collect(),
        ..Words::default()
    };
    let (mut at, mut next, mut below) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        let mut is_named = below > 0;
        below -= usize::from(below > 0 && !line.trim().is_empty());
        let mut from = at;
        while let Some(span) = spans.get(next).filter(|s| s.start < end) {
            words.line(&text[from..span.start.max(from)], &mut is_named);
            words.personal();
            from = span.end.clamp(from, end);
            if span.end > end {
                break;
            }
            next += 1;
        }
        words.line(&text[from..end], &mut is_named);
        let is_heading = line.starts_with('#') || line.trim_end().ends_with(':');
        if is_heading && is_named {
            below = BELOW;
        }
        at = end;
    }
    words.hashes.truncate(MAX_WORDS);
    Some(Readme {
        path: unit.path.clone(),
        blob: unit.blob,
        words: words.hashes,
        who: words.who.into_iter().collect(),
        is_common: words.is_common,
    })
}

/// The words read so far.
#[derive(Default)]
struct Words {
    hashes: Vec<u32>,
    who: BTreeSet<u64>,
    is_common: bool,
}

impl Words {
    /// Adds a part of a line without personal strings; `is_named`: a name may follow.
    fn line(&mut self, part: &str, is_named: &mut bool) {
        let handle = |c: char| c.is_whitespace() || "[](){}<>*_`,;:!?|\"#=".contains(c);
        for word in part.split(handle).filter(|w| !w.is_empty()) {
            let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '@' && c != '©');
            let low = bare.to_lowercase();
            self.is_common |= is_in(COMMON, &low);
            let is_name = *is_named && bare.starts_with(char::is_uppercase) && !is_in(CUES, &low);
            if is_name || bare.len() > 2 && bare.starts_with('@') && !bare.contains('/') {
                self.who.insert(hash_text(&low));
                self.personal();
                continue;
            }
            *is_named |= is_in(CUES, &low);
            if !low.is_empty() {
                self.hashes.push(hash_text(&low) as u32 | 1);
            }
        }
    }

    fn personal(&mut self) {
        if self.hashes.last() != Some(&0) {
            self.hashes.push(0);
        }
    }
}

fn is_in(list: &str, word: &str) -> bool {
    list.split_whitespace().any(|w| w == word)
}

/// Fingerprints of a README: runs of six words, one in three by its hash, ascending.
pub fn marks(readme: &Readme) -> Vec<u64> {
    let fold = |state, word: &u32| combine(state, u64::from(*word));
    let all = readme
        .words
        .windows(WINDOW)
        .map(|w| w.iter().fold(SEED, fold));
    let kept: BTreeSet<u64> = all.filter(|hash| hash % KEPT == 0).collect();
    kept.into_iter().collect()
}

/// Keeps the fingerprints of READMEs apart from those of code.
const SEED: u64 = 0x5245_4144_4d45;

/// Words that are no personal strings.
pub fn num_words(readme: &Readme) -> usize {
    readme.words.iter().filter(|w| **w != 0).count()
}

/// Share of the runs of four words that two READMEs have in common (Dice), 0 to 1.
pub fn likeness(a: &Readme, b: &Readme) -> f64 {
    let runs = |readme: &Readme| {
        let mut runs: Vec<[u32; 4]> = Vec::new();
        for w in readme.words.windows(4) {
            runs.push([w[0], w[1], w[2], w[3]]);
        }
        runs.sort_unstable();
        runs
    };
    let (a, b) = (runs(a), runs(b));
    let (mut i, mut j, mut shared) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        match a[i].cmp(&b[j]) {
            std::cmp::Ordering::Less => i += 1,
            std::cmp::Ordering::Greater => j += 1,
            std::cmp::Ordering::Equal => (i, j, shared) = (i + 1, j + 1, shared + 1),
        }
    }
    2.0 * f64::from(shared) / (a.len() + b.len()).max(1) as f64
}

/// Whether both begin with the same words: the title, by which a generator's README differs from project to project.
pub fn have_same_title(a: &Readme, b: &Readme) -> bool {
    let title = |readme: &Readme| -> Vec<u32> {
        let words = readme.words.iter().filter(|w| **w != 0);
        words.take(2).copied().collect()
    };
    title(a) == title(b)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::FileClass;
    use crate::model::ObjectId;

    fn readme(text: &str) -> Readme {
        let unit = CodeUnit::new(ObjectId([0; 20]), "README.md".into(), 900, FileClass::Data);
        assert!(is_wanted(&unit));
        read(&unit, text.as_bytes()).unwrap()
    }

    const ANN: &str = "# Tide table\n\nShows the tide of a harbour.\n\nMade with care by **Ann Lee** (ann@one-mail.net).\n\n\
                       Clone https://github.com/annlee/tide and run it.\n\n## Author\n\nAnn Lee - [@annlee](https://twitter.com/annlee)\n";

    #[test]
    fn only_personal_strings_are_taken_out() {
        let swapped = ANN
            .replace("Ann Lee", "Bo")
            .replace("annlee", "bo-k")
            .replace("ann@one", "bo@two");
        let (a, b) = (readme(ANN), readme(&swapped));
        assert_eq!(a.words, b.words);
        assert!(a.who.iter().all(|w| !b.who.contains(w)), "{a:?} {b:?}");
        assert!((likeness(&a, &b) - 1.0).abs() < 1e-9 && have_same_title(&a, &b));
        let other = readme(&ANN.replace("Tide table", "Grain ledger"));
        assert!(!have_same_title(&a, &other) && likeness(&a, &other) < 1.0);
    }

    #[test]
    fn a_course_says_so() {
        assert!(readme("# Lab 3\n\nAssignment of week 3.\n").is_common);
        assert!(!readme(ANN).is_common);
        assert!(marks(&readme(&ANN.repeat(9))).len() > 5);
    }
}
