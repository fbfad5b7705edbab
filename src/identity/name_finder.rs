//! Names that may stand in what a file keeps: runs of words in a text, a field or a path, each as an opaque key.
//!
//! Every run of two to four words that could be a name gets the key that a person of that name has, so that a later join
//! can tell whether somebody of the pool is meant. Nothing decides here that a run *is* a name: most are not, and meet
//! nobody. One word alone is never a name, except in scripts that put no spaces between words.

use crate::identity::DisplayName;
use crate::identity::display_name::counts;
use crate::identity::display_name::key_of_parts;
use crate::identity::fold;
use crate::identity::fold::Word;
use crate::identity::heading;
use crate::model::NameKey;
use std::collections::BTreeSet;
use std::ops::Range;

/// Most parts of a name that is looked for. Four parts cover 99 in 100 names as people write them on a résumé.
const MAX_PARTS: usize = 4;

/// Most runs kept of one text: a résumé has some hundreds.
const MAX_FOUND: usize = 4000;

/// Letters of a user name that may be two names without a space ("annlee").
const JOINED: std::ops::RangeInclusive<usize> = 5..=24;

/// Words in titles, file names and paths that stand beside a name and end it.
const FILE_WORDS: &str = "microsoft word document doc docx pdf odt rtf txt html dot dotx dotm resume resumé résumé \
    curriculum vitae cv cover letter application final new old copy draft version updated update latest edited scan \
    signed template untitled users user home documents desktop downloads my files file onedrive dropbox google drive \
    icloud appdata roaming local temp templates program windows volumes library public admin administrator jan feb mar \
    apr may jun jul aug sep sept oct nov dec january february march april june july august september october november \
    december engineer developer manager senior junior of for the and by page";

/// A run of words with the key of a person of that name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FoundName {
    /// The key.
    pub key: NameKey,
    /// Bytes of the text it stands in.
    pub span: Range<usize>,
}

/// Looks for names that are not the applicant's own.
#[derive(Debug, Default)]
pub struct NameFinder {
    own: BTreeSet<String>,
}

impl NameFinder {
    /// A finder that passes over runs made of words of the applicant's own name only.
    pub fn new(own: Option<&DisplayName>) -> Self {
        let words = own.map(|n| fold::words(n.as_written())).unwrap_or_default();
        Self {
            own: words.into_iter().map(|w| w.folded).collect(),
        }
    }

    /// Runs of capitalised words inside one line of a text, each key once, where it stands first.
    pub fn in_text(&self, text: &str) -> Vec<FoundName> {
        let mut found = Vec::new();
        let mut run: Vec<&Word> = Vec::new();
        let words = fold::words(text);
        let mut last_end = 0;
        for word in &words {
            let gap = &text[last_end.min(word.span.start)..word.span.start];
            if !stands_beside(gap) {
                self.close(&mut run, &mut found);
            }
            last_end = word.span.end;
            let written = &text[word.span.clone()];
            if word.folded.chars().count() == 1 && !fold::is_unspaced(&word.folded) {
                continue;
            }
            match reads_as_part(written, !run.is_empty()) {
                true => run.push(word),
                false => self.close(&mut run, &mut found),
            }
        }
        self.close(&mut run, &mut found);
        once(found)
    }

    /// Runs of words of a metadata field or a file name, in any case: "lee, ann", "Microsoft Word - resume_Ann_Lee.docx",
    /// "AnnLee2", "annlee".
    pub fn in_field(&self, field: &str) -> Vec<NameKey> {
        let parts = field_words(field);
        let mut found = Vec::new();
        for run in parts.split(|w| is_file_word(&w.folded)) {
            let mut run: Vec<&Word> = run.iter().collect();
            if let [one] = run.as_slice() {
                found.extend(self.halves(&one.folded));
            }
            let mut windows = Vec::new();
            self.close(&mut run, &mut windows);
            found.extend(windows.into_iter().map(|w| w.key));
        }
        let mut seen = BTreeSet::new();
        found.retain(|key| seen.insert(*key));
        found
    }

    /// As [`NameFinder::in_field`], for every part of a path.
    pub fn in_path(&self, path: &str) -> Vec<NameKey> {
        let plain = path.replace("%20", " ");
        let mut found: Vec<NameKey> = plain
            .split(['/', '\\'])
            .flat_map(|part| self.in_field(part))
            .collect();
        let mut seen = BTreeSet::new();
        found.retain(|key| seen.insert(*key));
        found
    }

    /// Adds every window of a run, and empties it.
    fn close(&self, run: &mut Vec<&Word>, found: &mut Vec<FoundName>) {
        let parts: Vec<&Word> = run.drain(..).filter(|w| counts(&w.folded)).collect();
        for size in 1..=MAX_PARTS {
            for window in parts.windows(size) {
                if found.len() < MAX_FOUND && self.may_be_a_name(window) {
                    let words = window.iter().map(|w| w.folded.as_str()).collect();
                    found.push(FoundName {
                        key: NameKey(key_of_parts(words)),
                        span: window[0].span.start..window[size - 1].span.end,
                    });
                }
            }
        }
    }

    fn may_be_a_name(&self, window: &[&Word]) -> bool {
        let own = window.iter().all(|w| self.own.contains(&w.folded));
        let ends = [window.first(), window.last()];
        let on_particle = ends
            .into_iter()
            .flatten()
            .any(|w| heading::is_particle(&w.folded));
        let alone = window.len() == 1 && !is_unspaced_name(&window[0].folded);
        !own && !alone && !on_particle
    }

    /// The keys of a word cut into two names at every place.
    fn halves(&self, word: &str) -> Vec<NameKey> {
        let ascii = word.chars().all(|c| c.is_ascii_lowercase());
        if !ascii || !JOINED.contains(&word.len()) {
            return Vec::new();
        }
        (2..=word.len() - 2)
            .map(|at| word.split_at(at))
            .filter(|(a, b)| !(self.own.contains(*a) && self.own.contains(*b)))
            .map(|(a, b)| NameKey(key_of_parts(vec![a, b])))
            .collect()
    }
}

/// Whether what stands between two words leaves them in one name: spaces, a comma, an initial's point, a hyphen.
fn stands_beside(gap: &str) -> bool {
    gap.len() <= 4
        && gap.chars().all(|c| {
            matches!(
                c,
                ' ' | '\u{a0}' | ',' | '.' | '-' | '\u{2010}' | '\u{2011}'
            )
        })
}

/// A capitalised word of letters that is none of headings and job titles; inside a name also a particle.
fn reads_as_part(written: &str, inside: bool) -> bool {
    let letters = written
        .chars()
        .all(|c| c.is_alphabetic() || "'’ʼ`".contains(c));
    let upper = written.chars().next().is_some_and(|c| !c.is_lowercase());
    letters
        && (upper && !heading::is_common(&written.to_lowercase())
            || inside && heading::is_particle(written))
}

/// Two to four signs of a script without spaces, alone.
fn is_unspaced_name(word: &str) -> bool {
    fold::is_unspaced(word) && (2..=4).contains(&word.chars().count())
}

fn is_file_word(word: &str) -> bool {
    FILE_WORDS.split_whitespace().any(|w| w == word) || word.chars().any(|c| c.is_ascii_digit())
}

/// Folded words of a field, cut also where a small letter meets a capital and where letters meet digits.
fn field_words(field: &str) -> Vec<Word> {
    let mut cut = String::with_capacity(field.len() + 8);
    let mut before = ' ';
    for c in field.chars() {
        let hump = before.is_lowercase() && c.is_uppercase();
        let digit = before.is_alphabetic() && c.is_ascii_digit()
            || before.is_ascii_digit() && c.is_alphabetic();
        if hump || digit {
            cut.push(' ');
        }
        cut.push(c);
        before = c;
    }
    fold::words(&cut)
}

fn once(mut found: Vec<FoundName>) -> Vec<FoundName> {
    found.sort_by_key(|f| (f.span.start, f.span.end));
    let mut seen = BTreeSet::new();
    found.retain(|f| seen.insert(f.key));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(name: &str) -> NameKey {
        DisplayName::new(name).unwrap().key()
    }

    fn finder() -> NameFinder {
        NameFinder::new(DisplayName::new("Marta Novák").as_ref())
    }

    #[test]
    fn names_in_a_text_are_found() {
        for text in [
            "Ann Lee\nSenior Engineer",
            "Dear Ms. Ann Lee, thank you",
            "LEE, ANN",
            "ANN J. LEE",
            "worked for Ann Lee.",
        ] {
            let found = finder().in_text(text);
            assert!(found.iter().any(|f| f.key == key("Ann Lee")), "{text}");
        }
        let found = finder().in_text("Juan de la Cruz Ortega");
        assert!(found.iter().any(|f| f.key == key("Juan de la Cruz")));
        let found = finder().in_text("氏名: 山田太郎\n");
        assert!(found.iter().any(|f| f.key == key("山田太郎")));
    }

    #[test]
    fn nothing_else_is_a_run() {
        for text in [
            "Ann\nLee",
            "Ann; Lee",
            "ann lee",
            "Marta Novák",
            "Novak Marta",
            "Ann",
            "Senior Software Engineer",
        ] {
            assert_eq!(finder().in_text(text), [], "{text}");
        }
    }

    #[test]
    fn a_span_points_at_the_run() {
        let text = "by Ann Lee, 2020";
        let found = finder().in_text(text);
        assert_eq!(&text[found[0].span.clone()], "Ann Lee");
    }

    #[test]
    fn fields_and_paths_are_cut_at_everything() {
        for field in [
            "lee, ann",
            "Microsoft Word - resume_Ann_Lee.docx",
            "AnnLee2",
            "annlee",
            "leeann",
            "CV-Lee-Ann-final.pdf",
        ] {
            assert!(
                finder().in_field(field).contains(&key("Ann Lee")),
                "{field}"
            );
        }
        for path in [
            "C:\\Users\\annlee\\AppData\\Roaming\\Microsoft\\Templates\\cv.dotx",
            "/home/ann.lee/cv.odt",
            "file:///C:/Users/Ann%20Lee/Desktop/x.dotx",
        ] {
            assert!(finder().in_path(path).contains(&key("Ann Lee")), "{path}");
        }
        for field in [
            "Microsoft Word - Document1",
            "user",
            "resume final.docx",
            "novak_marta.pdf",
        ] {
            assert_eq!(finder().in_field(field), [], "{field}");
        }
    }

    #[test]
    fn a_single_word_is_no_name() {
        assert!(!finder().in_field("reyes").contains(&key("Reyes")));
    }
}
