//! What campaigns do to a text, each with its label.

use samehand::features::token::tokens;
use samehand::model::mix;
use std::collections::{BTreeMap, BTreeSet};

/// The kinds of derived pairs, in the order of the table.
pub const KINDS: [&str; 13] = [
    "swap",
    "shuffle",
    "light",
    "medium",
    "heavy",
    "reuse15",
    "reuse30",
    "reuse50",
    "r30+light",
    "r30+med",
    "host60",
    "host40",
    "sibling",
];

/// Documents of a campaign that draw on the same hosts.
const CAMPAIGN: usize = 5;
/// Hosts of a campaign.
const HOSTS: usize = 3;

/// A pool with its labels. Pairs are (smaller, larger) indices.
pub struct Family {
    /// The texts.
    pub texts: Vec<String>,
    /// Planted pairs and their kind.
    pub planted: BTreeMap<(u32, u32), usize>,
    /// Planted pairs, and those that share a host without being counted: not unplanted.
    pub related: BTreeSet<(u32, u32)>,
}

/// A stream of numbers that depends on the seed alone.
pub struct Random(u64);

impl Random {
    /// The stream of a seed.
    pub fn new(seed: u64) -> Self {
        Self(mix(seed ^ 0x5EED))
    }

    /// Below `n`.
    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        (mix(self.0) % n.max(1) as u64) as usize
    }

    /// True with this probability, in per cent.
    pub fn percent(&mut self, p: usize) -> bool {
        self.below(100) < p
    }

    /// The same things in another order.
    pub fn shuffle<T>(&mut self, list: &mut [T]) {
        for i in (1..list.len()).rev() {
            list.swap(i, self.below(i + 1));
        }
    }
}

/// Sentences and bullets, as the tokeniser cuts them; together they are the text.
fn segments(text: &str) -> Vec<&str> {
    let words = tokens(text);
    let mut cuts: Vec<usize> = words
        .iter()
        .filter(|t| t.opens)
        .map(|t| t.start as usize)
        .collect();
    cuts.push(text.len());
    let mut from = 0;
    let mut out = Vec::new();
    for &cut in cuts.iter().filter(|&&c| c > 0) {
        out.push(&text[from..cut]);
        from = cut;
    }
    out
}

/// Plants `per_kind` pairs of each kind into a pool.
pub fn plant(pool: Vec<String>, per_kind: usize, seed: u64) -> Family {
    let mut random = Random::new(seed);
    let words: Vec<String> = pool
        .iter()
        .flat_map(|t| t.split_whitespace())
        .filter(|w| w.len() > 3 && w.chars().all(char::is_alphabetic))
        .map(str::to_lowercase)
        .collect();
    // Those who receive bullets are not in the pool as they were.
    let needed = per_kind * 5;
    let mut order: Vec<usize> = (0..pool.len()).collect();
    random.shuffle(&mut order);
    let receivers: Vec<String> = order
        .iter()
        .take(needed.min(pool.len() / 4))
        .map(|&i| pool[i].clone())
        .collect();
    let mut family = Family {
        texts: order[receivers.len()..]
            .iter()
            .map(|&i| pool[i].clone())
            .collect(),
        planted: BTreeMap::new(),
        related: BTreeSet::new(),
    };
    let base = family.texts.len();
    let mut children: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
    let mut receiver = 0;
    for kind in 0..10 {
        for _ in 0..per_kind {
            let host = random.below(base);
            let text = family.texts[host].clone();
            let derived = match kind {
                0 => swap(&text),
                1 => shuffled(&text, &mut random),
                2 => changed(&text, 15, &words, &mut random),
                3 => changed(&text, 30, &words, &mut random),
                4 => changed(&text, 46, &words, &mut random),
                _ => {
                    let share = [15, 30, 50, 30, 30][kind - 5];
                    let own = &receivers[receiver % receivers.len()];
                    receiver += 1;
                    let change = [0, 0, 0, 15, 30][kind - 5];
                    reused(own, &text, share, change, &words, &mut random)
                }
            };
            let new = family.add(derived);
            family.mark(host as u32, new, Some(kind));
            children.entry(host).or_default().push(new);
        }
    }
    for _ in 0..per_kind.div_ceil(CAMPAIGN) {
        campaign(&mut family, base, &mut children, &mut random);
    }
    // Two derived from one host are related, whether they are counted or not.
    for all in children.values() {
        for (i, &a) in all.iter().enumerate() {
            for &b in &all[i + 1..] {
                family.mark(a, b, None);
            }
        }
    }
    family
}

impl Family {
    fn add(&mut self, text: String) -> u32 {
        self.texts.push(text);
        self.texts.len() as u32 - 1
    }

    fn mark(&mut self, a: u32, b: u32, kind: Option<usize>) {
        let pair = (a.min(b), a.max(b));
        self.related.insert(pair);
        if let Some(kind) = kind {
            self.planted.entry(pair).or_insert(kind);
        }
    }
}

/// Documents that take 60 % from one host and 40 % from another of a few.
fn campaign(
    family: &mut Family,
    base: usize,
    children: &mut BTreeMap<usize, Vec<u32>>,
    random: &mut Random,
) {
    let hosts: Vec<usize> = (0..HOSTS).map(|_| random.below(base)).collect();
    let mut made: Vec<(u32, usize, usize)> = Vec::new();
    for i in 0..CAMPAIGN {
        let (first, second) = (hosts[i % HOSTS], hosts[(i + 1) % HOSTS]);
        let mut parts: Vec<String> = some(&family.texts[first], 60, random);
        parts.extend(some(&family.texts[second], 40, random));
        random.shuffle(&mut parts);
        let new = family.add(parts.concat());
        family.mark(first as u32, new, Some(10));
        family.mark(second as u32, new, Some(11));
        for &(other, f, s) in &made {
            let shares = [f, s].iter().any(|h| [first, second].contains(h));
            if shares {
                family.mark(other, new, Some(12));
            }
        }
        made.push((new, first, second));
        children.entry(first).or_default().push(new);
        children.entry(second).or_default().push(new);
    }
}

/// Segments that hold about this share of a text's words.
fn some(text: &str, percent: usize, random: &mut Random) -> Vec<String> {
    let all = segments(text);
    let words = |s: &str| s.split_whitespace().count();
    let wanted = all.iter().map(|s| words(s)).sum::<usize>() * percent / 100;
    let mut order: Vec<usize> = (0..all.len()).collect();
    random.shuffle(&mut order);
    let mut chosen = BTreeSet::new();
    let mut have = 0;
    for i in order {
        if have >= wanted {
            break;
        }
        have += words(all[i]);
        chosen.insert(i);
    }
    chosen.into_iter().map(|i| all[i].to_string()).collect()
}

/// Other first lines.
fn swap(text: &str) -> String {
    let rest: Vec<&str> = text.lines().skip(2).collect();
    format!(
        "Another Person\nAnother street 5, Elsewhere\nanother.person@example.org\n{}\n",
        rest.join("\n")
    )
}

fn shuffled(text: &str, random: &mut Random) -> String {
    let mut all = segments(text);
    random.shuffle(&mut all);
    all.concat()
}

/// About `percent` of the words changed: two thirds replaced, the others dropped or added; one clause in five moved.
fn changed(text: &str, percent: usize, words: &[String], random: &mut Random) -> String {
    let mut out = String::with_capacity(text.len());
    for segment in segments(text) {
        let end = segment.trim_end().len();
        let mut body: Vec<&str> = segment[..end].split(' ').collect();
        if percent >= 20 && body.len() >= 8 && random.percent(20) {
            let middle = body.len() / 2;
            body.rotate_left(middle);
        }
        let mut next = Vec::with_capacity(body.len() + 4);
        for word in body {
            if !random.percent(percent) {
                next.push(word);
                continue;
            }
            let other = &words[random.below(words.len())];
            match random.below(6) {
                0 => {}
                1 => next.extend([word, other]),
                _ => next.push(other),
            }
        }
        out.push_str(&next.join(" "));
        out.push_str(&segment[end..]);
    }
    out
}

/// A text of which `percent` are bullets of the host, reworded by `change`.
fn reused(
    own: &str,
    host: &str,
    percent: usize,
    change: usize,
    words: &[String],
    random: &mut Random,
) -> String {
    let mut parts = some(own, 100 - percent, random);
    let taken: String = some(host, percent, random).concat();
    let taken = if change > 0 {
        changed(&taken, change, words, random)
    } else {
        taken
    };
    let at = parts.len() / 3;
    parts.insert(at, format!("\n{taken}\n"));
    parts.concat()
}
