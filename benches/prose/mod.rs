//! Résumé-like prose from a seed: the same document for the same number, in any order, so that a million need no memory.
//!
//! Words come from a vocabulary with Zipf frequencies, common little words between them; a third of the bullets are stock
//! sentences, the most common of which stands in every second document. So keys are shared as in real pools: most by nobody, a few by
//! thousands. Copies, partial reuse and a campaign are planted at known numbers.

use samehand::model::mix;
use std::fmt::Write;

/// Different words beside the little ones, and stock sentences.
const VOCABULARY: usize = 30_000;
const STOCK: usize = 3_000;
const BULLETS: u64 = 26;
/// One of so many bullets is a stock sentence.
const STOCK_SHARE: u64 = 3;
/// Documents of the campaign, and sentences in the bank it draws from.
pub const CAMPAIGN: u64 = 60;
const BANK: u64 = 40;
const LITTLE: [&str; 16] = [
    "the", "of", "and", "for", "with", "to", "in", "a", "on", "by", "from", "across", "that",
    "into", "at", "over",
];

/// A pool of documents.
pub struct Prose {
    seed: u64,
    num: u64,
    words: Vec<String>,
    /// Ranks of words and stock sentences, drawn by 16 random bits.
    ranks: Vec<u32>,
    stock_ranks: Vec<u32>,
    stock: Vec<String>,
}

struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        mix(self.0)
    }

    fn below(&mut self, n: u64) -> u64 {
        self.next() % n
    }
}

impl Prose {
    /// `num` documents; another seed gives others.
    pub fn new(seed: u64, num: u64) -> Self {
        // Words and stock sentences are those of one trade, whatever the seed.
        let mut random = Random(7);
        let mut prose = Self {
            seed,
            num,
            words: (0..VOCABULARY).map(|_| word(&mut random)).collect(),
            ranks: zipf(VOCABULARY),
            stock_ranks: zipf(STOCK),
            stock: Vec::new(),
        };
        prose.stock = (0..STOCK).map(|_| prose.sentence(&mut random)).collect();
        prose
    }

    /// One document of about 3 kB.
    pub fn document(&self, number: u64) -> String {
        let mut text = String::with_capacity(3600);
        let mut random = self.random(number);
        let _ = writeln!(text, "Summary\n{}\nExperience", self.sentence(&mut random));
        for bullet in 0..BULLETS {
            if bullet % 7 == 3 {
                let year = 2001 + random.below(22);
                let _ = writeln!(
                    text,
                    "{} {}, {year} - {}",
                    self.title(&mut random),
                    self.title(&mut random),
                    year + 2
                );
            }
            let _ = writeln!(text, "- {}", self.bullet(number, bullet));
        }
        text
    }

    /// The pair that a copy of a whole document makes; the copy has another summary.
    pub fn copies(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.num)
            .filter(|&n| is_copy(n))
            .map(|n| (n as u32 - 1, n as u32))
    }

    /// The pair of a document and one that took every third bullet from it.
    pub fn reuses(&self) -> impl Iterator<Item = (u32, u32)> + '_ {
        (0..self.num)
            .filter(|&n| is_reuse(n))
            .map(|n| (n as u32 - 1, n as u32))
    }

    /// Documents that draw half of their bullets from one bank.
    pub fn campaign(&self) -> Vec<u32> {
        (0..self.num)
            .filter(|&n| self.in_campaign(n))
            .map(|n| n as u32)
            .collect()
    }

    fn in_campaign(&self, number: u64) -> bool {
        let step = (self.num / CAMPAIGN).max(10) / 10 * 10;
        number % step == 5 && number / step < CAMPAIGN
    }

    fn random(&self, number: u64) -> Random {
        Random(mix(self.seed << 48 ^ number))
    }

    fn bullet(&self, number: u64, bullet: u64) -> String {
        let of = if is_copy(number) || is_reuse(number) && bullet % 3 == 1 {
            number - 1
        } else {
            number
        };
        let mut random = Random(mix(self.seed << 48 ^ of << 8 ^ bullet));
        if self.in_campaign(of) && bullet % 2 == 1 {
            let from_bank = random.below(BANK);
            return self.sentence(&mut Random(mix(self.seed << 48 ^ 1 << 47 ^ from_bank)));
        }
        if random.below(STOCK_SHARE) == 0 {
            return self.stock[self.stock_ranks[random.below(1 << 16) as usize] as usize].clone();
        }
        self.sentence(&mut random)
    }

    fn sentence(&self, random: &mut Random) -> String {
        let mut text = self.title(random);
        for i in 0..10 + random.below(9) {
            text.push(' ');
            let bits = random.next();
            if i % 3 == 1 {
                text.push_str(LITTLE[(bits % 16).min(bits >> 8 & 15) as usize]);
            } else {
                text.push_str(&self.words[self.ranks[(bits >> 48) as usize] as usize]);
            }
        }
        text.push('.');
        text
    }

    fn title(&self, random: &mut Random) -> String {
        let word = &self.words[self.ranks[random.below(1 << 16) as usize] as usize];
        word[..1].to_uppercase() + &word[1..]
    }
}

fn is_copy(number: u64) -> bool {
    number % 100 == 1
}

fn is_reuse(number: u64) -> bool {
    number % 100 == 51
}

/// A pronounceable word of 4 to 11 letters.
fn word(random: &mut Random) -> String {
    let mut word = String::new();
    for _ in 0..2 + random.below(3) {
        let bits = random.next();
        word.push(b"bcdfghlmnprstvw"[(bits % 15) as usize] as char);
        word.push(b"aeiou"[(bits >> 8) as usize % 5] as char);
        if bits >> 16 & 3 == 0 {
            word.push(b"lnrst"[(bits >> 20) as usize % 5] as char);
        }
    }
    word
}

/// Ranks below `num` by 16 random bits, the n-th with a frequency of about 1 / (n + 1).
fn zipf(num: usize) -> Vec<u32> {
    let rank = |i: usize| (num as f64).powf(i as f64 / 65_536.0) as u32 - 1;
    (0..1 << 16).map(rank).collect()
}
