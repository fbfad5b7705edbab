//! How much of one text stands in another, and how rare that is.
//!
//! The measure is the *rare mass*: the sum over the different five-word phrases inside aligned passages of
//! 1 / (1 + document frequency in the reference). Of the scores tried on 1,300 derived pairs among 13 million, phrases
//! weighted like this found 95 % at a thousand unplanted pairs; exact Jaccard found 69 % (METHODS: text reuse).
//!
//! The *score* is the mass brought to one size of texts: the longer two texts are, the more places there are where they
//! may agree by chance. As in the statistics of local alignment (Karlin and Altschul 1990) a logarithm of the product of
//! the lengths is taken off; how much was measured (`docs/text.md`).

use crate::features::align::SharedPassage;
use crate::features::align::align;
use crate::features::align::in_order;
use crate::features::shingle::PHRASE_K;
use crate::features::shingle::phrases;
use crate::features::signature::jaccard;
use crate::features::token::Token;
use regex::Regex;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::ops::Range;
use std::sync::LazyLock;

/// Words of a text at which score and mass are the same: the root of the mean product of the lengths of 1,200 real
/// résumés (docs/text.md).
const TYPICAL_WORDS: f64 = 787.0;

/// What a text e times as long takes off the score. Cutting the same résumés to 400, 200 and 100 words leaves 40, 13 and
/// 1 % of the control pairs at a mass of 20, 10 x ln predicts 45, 20 and 9 % at a decay of 17: the error is on the side
/// of less evidence for short texts (docs/text.md).
const SIZE_WEIGHT: f64 = 10.0;

/// Fewest words that the size is reckoned with: nothing shorter was measured.
const LEAST_WORDS: usize = 100;

/// What two texts share.
#[derive(Clone, Debug)]
pub struct Reuse {
    /// Exact Jaccard index of the shingle sets, 0 to 1.
    pub jaccard: f64,
    /// Rare mass, in phrases: 100 means as much as a hundred phrases that the reference does not know.
    pub mass: f64,
    /// The mass brought to the size of a typical résumé; may be below 0.
    pub score: f64,
    /// Number of equal words in passages, what stands there again left out.
    pub words: usize,
    /// Number of those that stand in a phrase which the reference does not know.
    pub rare_words: usize,
    /// Share of the equal words that stand in one order in both texts, 0 to 1.
    pub in_order: f64,
    /// The passages, in the order of the first text.
    pub passages: Vec<SharedPassage>,
}

/// Compares the words of two texts; `weight` says what one phrase weighs, 0 to 1 (1: the reference does not know it).
pub fn reuse(a: &[Token], b: &[Token], weight: impl Fn(u64) -> f64) -> Reuse {
    of_passages(a, b, align(a, b), weight)
}

/// As [`reuse`], for some of the passages that the texts share. What a text says twice counts once: a passage whose
/// phrases all stand in an earlier one is left out.
pub fn of_passages(
    a: &[Token],
    b: &[Token],
    mut passages: Vec<SharedPassage>,
    weight: impl Fn(u64) -> f64,
) -> Reuse {
    let mut seen = BTreeSet::new();
    let mut mass = 0.0;
    let mut rare = BTreeSet::new();
    passages.retain(|passage| {
        let mut is_new = false;
        for run in &passage.runs {
            for phrase in phrases(&a[run.a.clone()]) {
                if !seen.insert(phrase.hash) {
                    continue;
                }
                is_new = true;
                let weight = weight(phrase.hash);
                mass += weight;
                if weight >= 1.0 {
                    let first = run.a.start + phrase.first as usize;
                    rare.extend(first..first + PHRASE_K);
                }
            }
        }
        is_new
    });
    Reuse {
        jaccard: jaccard(a, b),
        mass,
        score: mass - size_term(a.len(), b.len()),
        words: passages.iter().map(SharedPassage::words).sum(),
        rare_words: rare.len(),
        in_order: in_order(&passages),
        passages,
    }
}

/// For every equal word that stands in a phrase which the reference does not know (`is_unknown`): how many applicants of
/// the pool hold the most widely held of those phrases, by `holders`. Ascending; as long as [`Reuse::rare_words`].
pub fn holders_of_rare(
    a: &[Token],
    passages: &[SharedPassage],
    is_unknown: impl Fn(u64) -> bool,
    holders: impl Fn(u64) -> u32,
) -> Vec<u32> {
    let mut most: BTreeMap<usize, u32> = BTreeMap::new();
    let mut seen = BTreeSet::new();
    for run in passages.iter().flat_map(|p| &p.runs) {
        for phrase in phrases(&a[run.a.clone()]) {
            if !seen.insert(phrase.hash) || !is_unknown(phrase.hash) {
                continue;
            }
            let first = run.a.start + phrase.first as usize;
            let holders = holders(phrase.hash);
            for word in first..first + PHRASE_K {
                let known = most.entry(word).or_insert(0);
                *known = holders.max(*known);
            }
        }
    }
    let mut all: Vec<u32> = most.into_values().collect();
    all.sort_unstable();
    all
}

/// What two texts of these lengths have to be forgiven: above 0 for long texts, below for short ones.
pub fn size_term(a: usize, b: usize) -> f64 {
    let length = |words: usize| words.max(LEAST_WORDS) as f64 / TYPICAL_WORDS;
    SIZE_WEIGHT * (length(a) * length(b)).ln()
}

/// A span of years ("Feb 2019 – 2021", "2019 to present").
static YEARS: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)\b((?:19|20)\d\d)\s*(?:-|–|—|to|until)\s*(?:[a-z]{3,9}\.?\s+)?((?:19|20)\d\d|present|now|today)\b")
        .expect("a constant pattern")
});

/// A measured amount: a percentage, money, thousands, or a number that counts something ("14 nightly exports").
static AMOUNT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?i)(?:^|[^\w/.,(-])(?:[$€£]\s?)?(\d{1,3}(?:[,.]\d{3})+|\d+)(?:\s?%|\s+percent\b|\s?[km]\b|-[a-z]{3,}|\s+[a-z]{4,})")
        .expect("a constant pattern")
});

/// Facts of one career that stand in a passage on both sides: spans of years, and amounts of two digits and more. A
/// template, a consent clause or a list of products and papers does not hold them: single years, numbers of laws,
/// versions and pages do not count.
pub fn shared_facts(a: &str, b: &str) -> BTreeSet<String> {
    let facts = |text: &str| -> BTreeSet<String> {
        let years = YEARS
            .captures_iter(text)
            .map(|c| format!("{}–{}", &c[1], c[2].to_lowercase()));
        let is_year = |n: &str| n.len() == 4 && (n.starts_with("19") || n.starts_with("20"));
        let amounts = AMOUNT
            .captures_iter(text)
            .map(|c| {
                c[1].chars()
                    .filter(char::is_ascii_digit)
                    .collect::<String>()
            })
            .filter(|n| n.len() >= 2 && !is_year(n));
        years.chain(amounts).collect()
    };
    facts(a).intersection(&facts(b)).cloned().collect()
}

/// Facts of one career from which on a template does not explain what two texts share. A choice, not measured: a filled-in
/// sample may leave one span and an amount behind.
const PERSONAL_FACTS: usize = 3;

/// Numbers that stand in everybody's duties, besides the round ones: "24-hour", "12 months", "365 days", "401k".
const EVERYBODYS: [u64; 10] = [12, 15, 16, 24, 25, 45, 75, 360, 365, 401];

/// Whether an amount is one that any trade or résumé builder writes: a round one ("60 words per minute", "100 %", "1,000
/// customers") or one of everybody's.
fn is_ordinary(fact: &str) -> bool {
    fact.parse::<u64>().is_ok_and(|n| {
        let round = n <= 100 && n.is_multiple_of(10) || n.is_multiple_of(1000) || n == 500;
        round || EVERYBODYS.contains(&n)
    })
}

/// How many shared facts are no ordinary amounts.
pub fn num_personal(facts: &BTreeSet<String>) -> usize {
    facts.iter().filter(|f| !is_ordinary(f)).count()
}

/// Whether shared facts are those of one career: at least three that are no ordinary amounts.
pub fn is_personal(facts: &BTreeSet<String>) -> bool {
    num_personal(facts) >= PERSONAL_FACTS
}

/// The bytes of a text from the first to the last of some words, widened to the ends of their line where the rest of it
/// holds no further word: numbers at the edge of a passage belong to it.
pub fn stretch(text: &str, tokens: &[Token], words: Range<usize>) -> Range<usize> {
    let before = words
        .start
        .checked_sub(1)
        .map_or(0, |i| tokens[i].end as usize);
    let after = tokens
        .get(words.end)
        .map_or(text.len(), |t| t.start as usize);
    let (start, end) = (
        tokens[words.start].start as usize,
        tokens[words.end - 1].end as usize,
    );
    let line_start = text[..start].rfind('\n').map_or(0, |n| n + 1);
    let line_end = text[end..].find('\n').map_or(text.len(), |n| end + n);
    line_start.max(before).min(start)..line_end.min(after).max(end)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::token::tokens;

    #[test]
    fn amounts_of_everybodys_trade_are_not_personal() {
        let facts = |all: &[&str]| all.iter().map(|f| f.to_string()).collect::<BTreeSet<_>>();
        assert!(
            !is_personal(&facts(&["24", "60", "10", "100"])),
            "a trade's"
        );
        assert!(
            !is_personal(&facts(&["2019–2021", "37"])),
            "two are too few"
        );
        assert!(
            is_personal(&facts(&["2019–2021", "37", "9400"]))
                && is_personal(&facts(&["14", "37", "1470"]))
        );
    }

    #[test]
    fn common_phrases_weigh_less() {
        let text = tokens(
            "Led the design of the municipal water sensor network. Responsible for the day to day work.",
        );
        let all = reuse(&text, &text, |_| 1.0);
        let half = reuse(&text, &text, |_| 0.5);
        assert_eq!(all.jaccard, 1.0);
        assert_eq!(all.mass, 2.0 * half.mass);
        assert_eq!(all.words, text.len());
        assert_eq!((all.rare_words, half.rare_words), (text.len(), 0));
        assert!(all.score > all.mass, "a short text has fewer places");
        assert!(size_term(3000, 3000) > 0.0 && size_term(787, 787) == 0.0);
    }

    #[test]
    fn what_a_text_says_twice_counts_once() {
        let once = "Led the design of the municipal water sensor network.";
        let twice = format!("{once} Kept a diary. {once} Fed the herons. {once}");
        let all = reuse(&tokens(&twice), &tokens(once), |_| 1.0);
        assert_eq!((all.words, all.rare_words, all.passages.len()), (9, 9, 1));
    }

    #[test]
    fn a_word_is_held_by_as_many_as_its_most_widely_held_phrase() {
        let text = tokens("Led the design of the municipal water sensor network.");
        let common = phrases(&text)[0].hash;
        let passages = align(&text, &text);
        let holders = |phrase| if phrase == common { 7 } else { 2 };
        let all = holders_of_rare(&text, &passages, |_| true, holders);
        assert_eq!(all, [2, 2, 2, 2, 7, 7, 7, 7, 7]);
        let none = holders_of_rare(&text, &passages, |_| false, holders);
        assert!(none.is_empty());
    }

    #[test]
    fn facts_of_a_career_are_shared_and_numbers_of_laws_and_papers_are_not() {
        let facts = |text: &str| shared_facts(text, text).into_iter().collect::<Vec<_>>();
        assert_eq!(
            facts(
                "Feb 2019 – Sep 2021: 47 % less, moved 14 nightly exports, a 410,000-line ledger"
            ),
            ["14", "2019–2021", "410000", "47"]
        );
        for ordinary in [
            "Regulation (EU) 2016/679 of 27 April 2016, repealing Directive 95/46/EC",
            "Journal of Things 12 (2014), pp. 120-145, 2016, 2019",
            "SQL Server 2012/2014/2016, Office 365, ISO 27001, OAuth 2.0",
        ] {
            assert!(
                facts(ordinary).len() < 2,
                "{ordinary}: {:?}",
                facts(ordinary)
            );
        }
    }

    #[test]
    fn a_stretch_takes_the_numbers_at_its_edges() {
        let text = "Acme\nCut cost by 41 %\nNext";
        let words = tokens(text);
        assert_eq!(&text[stretch(text, &words, 1..4)], "Cut cost by 41 %");
    }
}
