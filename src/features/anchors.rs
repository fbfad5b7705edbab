//! One pass over a text for the places where an identifier can be: key words, `@`, digits, long words.
//!
//! Everything that is exact (host names, check digits, what stands before) is asked only there, so that a source file of
//! megabytes costs little more than reading it. The key words are found by one automaton (Aho and Corasick, 1975) that
//! takes each byte once; digits and long words by loops that the compiler makes vectors of.

mod words;

pub(in crate::features) use words::Cue;

use crate::features::anchors::words::WORDS;
use crate::features::deployment;
use crate::features::sites::ACCOUNT_HOSTS;
use crate::features::sites::SITES;
use aho_corasick::Anchored;
use aho_corasick::MatchKind;
use aho_corasick::automaton::Automaton as _;
use aho_corasick::automaton::StateID;
use aho_corasick::dfa::DFA;
use std::ops::Range;
use std::sync::LazyLock;

/// Letters and digits of the shortest wallet address that is looked for (base58 of 25 bytes, most of them zero).
const LONG_WORD: usize = 26;

/// The automaton, and the cue of each of its words.
struct Automaton {
    words: DFA,
    cues: Vec<Cue>,
}

/// Parts of a text that are read side by side: each step of an automaton waits for the one before, those of several do not
/// wait for each other.
const LANES: usize = 4;

impl Automaton {
    /// Every key word, also inside another, by its end. The parts of a text overlap by the longest word.
    #[allow(clippy::needless_range_loop)] // one place in several parts at once: no iterator says that
    fn cues(&self, text: &[u8]) -> Vec<(Cue, Range<usize>)> {
        let start = self.words.start_state(Anchored::No);
        let start = start.expect("built for searches that are not anchored");
        let overlap = self.words.max_pattern_len() - 1;
        let width = text.len() / LANES;
        let begin: [usize; LANES] = std::array::from_fn(|n| (n * width).saturating_sub(overlap));
        let parts: [&[u8]; LANES] = std::array::from_fn(|n| &text[begin[n]..begin[n] + width]);
        let mut states = [start; LANES];
        let mut found: [Vec<(Cue, Range<usize>)>; LANES] = Default::default();
        for at in 0..width {
            for n in 0..LANES {
                states[n] = self.words.next_state(Anchored::No, states[n], parts[n][at]);
                if self.words.is_special(states[n]) {
                    self.note(states[n], begin[n] + at + 1, n * width, &mut found[n]);
                }
            }
        }
        // What the overlap and the division have left over.
        for n in 0..LANES {
            let end = if n + 1 < LANES {
                (n + 1) * width
            } else {
                text.len()
            };
            for at in begin[n] + width..end {
                states[n] = self.words.next_state(Anchored::No, states[n], text[at]);
                self.note(states[n], at + 1, n * width, &mut found[n]);
            }
        }
        found.into_iter().flatten().collect()
    }

    /// The words that end at a place; those that end at or before `from` are another lane's.
    #[cold]
    fn note(&self, state: StateID, end: usize, from: usize, found: &mut Vec<(Cue, Range<usize>)>) {
        if !self.words.is_match(state) || end <= from {
            return;
        }
        for n in 0..self.words.match_len(state) {
            let pattern = self.words.match_pattern(state, n);
            let start = end - self.words.pattern_len(pattern);
            found.push((self.cues[pattern.as_usize()], start..end));
        }
    }
}

static AUTOMATON: LazyLock<Automaton> = LazyLock::new(|| {
    let sites = SITES.iter().flat_map(|s| s.hosts).copied();
    let hosts = sites.chain(ACCOUNT_HOSTS.iter().map(|(host, _)| *host));
    let deployments = deployment::SUFFIXES.iter().map(|s| s.ending);
    let listed = WORDS
        .iter()
        .flat_map(|(cue, words)| words.iter().map(|w| (*cue, *w)));
    let all: Vec<(Cue, &str)> = listed
        .chain(hosts.map(|h| (Cue::Site, h)))
        .chain(deployments.map(|d| (Cue::Deployment, d)))
        .collect();
    let words = DFA::builder()
        .ascii_case_insensitive(true)
        .match_kind(MatchKind::Standard)
        .prefilter(false)
        .build(all.iter().map(|(_, word)| word))
        .expect("a few hundred short words");
    Automaton {
        words,
        cues: all.into_iter().map(|(cue, _)| cue).collect(),
    }
});

/// The places of a text where identifiers can be.
#[derive(Debug)]
pub(in crate::features) struct Anchors {
    cues: Vec<(Cue, Range<usize>)>,
    /// Places of the first digit of each run of digits.
    pub digits: Vec<usize>,
    /// Runs of at least 26 ASCII letters, digits and underscores.
    pub words: Vec<Range<usize>>,
}

impl Anchors {
    /// Reads a text once.
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        Self {
            cues: AUTOMATON.cues(bytes),
            digits: digit_runs(bytes),
            words: long_words(bytes),
        }
    }

    /// The key words of one cue, by their ends.
    pub fn of(&self, cue: Cue) -> impl Iterator<Item = Range<usize>> + '_ {
        let of_cue = move |(c, range): &(Cue, Range<usize>)| (*c == cue).then(|| range.clone());
        self.cues.iter().filter_map(of_cue)
    }
}

/// Bytes looked at together: most stretches of text have no digit.
const CHUNK: usize = 32;

/// The places of the first digit of each run of digits.
pub(in crate::features) fn digit_runs(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    for (number, chunk) in bytes.chunks(CHUNK).enumerate() {
        // No early exit: the compiler makes one vector comparison of it.
        if !chunk.iter().fold(false, |any, b| any | b.is_ascii_digit()) {
            continue;
        }
        let first = number * CHUNK;
        let begins = |&at: &usize| {
            bytes[at].is_ascii_digit() && (at == 0 || !bytes[at - 1].is_ascii_digit())
        };
        starts.extend((first..first + chunk.len()).filter(begins));
    }
    starts
}

/// Every stretch of [`LONG_WORD`] bytes holds a byte at a multiple of it, so only those are looked at.
fn long_words(bytes: &[u8]) -> Vec<Range<usize>> {
    let is_word = |b: &u8| b.is_ascii_alphanumeric() || *b == b'_';
    let mut words: Vec<Range<usize>> = Vec::new();
    for at in (LONG_WORD - 1..bytes.len()).step_by(LONG_WORD) {
        let known = words.last().is_some_and(|w| at < w.end);
        if known || !is_word(&bytes[at]) {
            continue;
        }
        let start = at - bytes[..at].iter().rev().take_while(|b| is_word(b)).count();
        let end = at + bytes[at..].iter().take_while(|b| is_word(b)).count();
        if end - start >= LONG_WORD {
            words.push(start..end);
        }
    }
    words
}

/// Whether a character is part of a word: neither end of an identifier may stand in the middle of one.
pub(in crate::features) fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The character before a place.
pub(in crate::features) fn before(text: &str, at: usize) -> Option<char> {
    text[..at].chars().next_back()
}

/// The bytes around a place that hold no blank and no bracket or quote: what a URL can be made of.
pub(in crate::features) fn token(text: &str, at: usize) -> Range<usize> {
    let ends = |c: char| c.is_whitespace() || "<>\"'()[]{}|█•".contains(c);
    let start = text[..at]
        .char_indices()
        .rev()
        .find(|(_, c)| ends(*c))
        .map_or(0, |(i, c)| i + c.len_utf8());
    let end = text[at..].find(ends).map_or(text.len(), |i| at + i);
    start..end
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_and_long_words_are_found_wherever_they_stand() {
        for shift in 0..70 {
            let text = format!("{} 12a345 {}!", "-".repeat(shift), "x".repeat(LONG_WORD));
            let anchors = Anchors::new(&text);
            assert_eq!(anchors.digits, [shift + 1, shift + 4], "{shift}");
            let word = shift + 8..shift + 8 + LONG_WORD;
            assert_eq!(anchors.words, [word], "{shift}");
        }
        let short = format!("{}-{}", "x".repeat(25), "y".repeat(25));
        assert!(Anchors::new(&short).words.is_empty());
    }

    #[test]
    fn key_words_are_found_inside_each_other() {
        let text = "See GitHub.com/ann and ann.github.io";
        let anchors = Anchors::new(text);
        let sites: Vec<_> = anchors.of(Cue::Site).map(|r| &text[r]).collect();
        assert_eq!(sites, ["GitHub.com", ".github.io"]);
        assert_eq!(anchors.of(Cue::Handle).count(), 2);
    }

    proptest::proptest! {
        /// Lanes side by side find what one walk finds.
        #[test]
        fn lanes_find_what_one_walk_finds(parts in proptest::collection::vec(0usize..400, 0..40)) {
            let fill = ["x", " ", "G", "/", "-", "é", "github", "https://", "\n"];
            let all: Vec<&str> = WORDS.iter().flat_map(|(_, words)| *words).copied().chain(fill).collect();
            let text: String = parts.iter().map(|p| all[p % all.len()]).collect();
            let mut walked = Vec::new();
            let mut state = aho_corasick::automaton::OverlappingState::start();
            let input = aho_corasick::Input::new(&text);
            loop {
                AUTOMATON.words.try_find_overlapping(&input, &mut state).unwrap();
                let Some(m) = state.get_match() else { break };
                walked.push((AUTOMATON.cues[m.pattern().as_usize()], m.range()));
            }
            proptest::prop_assert_eq!(AUTOMATON.cues(text.as_bytes()), walked);
        }
    }

    #[test]
    fn a_token_ends_at_blanks_and_brackets() {
        let text = "(https://ann.example/x), b";
        assert_eq!(&text[token(text, 10)], "https://ann.example/x");
    }
}
