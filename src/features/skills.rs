//! Lists of skills, in the order in which a résumé gives them.
//!
//! A list is the section under a heading of skills. Items are what stands between commas, bullets, bars, semicolons and
//! line breaks, without the words before a colon ("Languages: Rust, C" gives Rust and C); up to four words each. Equal
//! items count once, at their first place. Sentences give no items.

use crate::features::sections;
use crate::features::token::tokens;
use crate::model::{SkillList, combine};

/// More words than this are a sentence, not a skill.
const MAX_ITEM_WORDS: usize = 4;

/// Fewer items are no list whose order says anything.
const MIN_ITEMS: usize = 6;

/// Most items of one list that are looked at.
const MAX_ITEMS: usize = 200;

/// The lists of a text, in order.
pub fn lists(text: &str) -> Vec<SkillList> {
    let mut out = Vec::new();
    for section in sections::of_skills(text) {
        let items = items(&text[section.clone()]);
        if items.len() >= MIN_ITEMS {
            out.push(SkillList {
                items,
                at: (section.start as u32, section.end as u32),
            });
        }
    }
    out
}

fn items(section: &str) -> Vec<u64> {
    let mut out: Vec<u64> = Vec::new();
    for line in section.lines() {
        let line = match line.split_once(':') {
            Some((label, rest)) if label.split_whitespace().count() <= MAX_ITEM_WORDS => rest,
            _ => line,
        };
        // A line that ends like a sentence and separates nothing is one.
        for item in line.split([',', ';', '|', '•', '·', '●', '▪', '*', '\t', '(', ')']) {
            let words = tokens(item);
            if words.is_empty() || words.len() > MAX_ITEM_WORDS || out.len() >= MAX_ITEMS {
                continue;
            }
            let hash = words
                .iter()
                .fold(words.len() as u64, |state, t| combine(state, t.hash));
            if !out.contains(&hash) {
                out.push(hash);
            }
        }
    }
    out
}

/// Whether items stand in the order of their first letters: an order that says nothing. Needs the text.
pub fn is_alphabetical(section: &str) -> bool {
    let mut first: Vec<String> = Vec::new();
    for item in section.split([',', ';', '|', '•', '·', '\n', '\t']) {
        let item = item
            .trim_matches(|c: char| !c.is_alphanumeric())
            .to_lowercase();
        if !item.is_empty() {
            first.push(item);
        }
    }
    let ascending = first.windows(2).filter(|w| w[0] <= w[1]).count();
    first.len() >= MIN_ITEMS && ascending * 10 >= (first.len() - 1) * 9
}

/// Length of the longest common subsequence of two lists of different items, and the number of common items.
pub fn common_order(a: &[u64], b: &[u64]) -> (usize, usize) {
    // Places in `b` of the items of `a` that `b` has: their longest increasing run of picks is the subsequence.
    let places: Vec<usize> = a
        .iter()
        .filter_map(|item| b.iter().position(|other| other == item))
        .collect();
    let mut tails: Vec<usize> = Vec::new();
    for &place in &places {
        let at = tails.partition_point(|&tail| tail < place);
        match tails.get_mut(at) {
            Some(tail) => *tail = place,
            None => tails.push(place),
        }
    }
    (tails.len(), places.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_list_is_read_from_lines_bullets_and_labels() {
        let one = lists(
            "Skills\nLanguages: Rust, C++, SQL\nTools: git; Docker | Terraform\n• Kafka\nExperience\nAcme, Bolt\n",
        );
        assert_eq!(one.len(), 1);
        assert_eq!(one[0].items.len(), 7);
        let two = lists(
            "TECHNICAL SKILLS\nRust\nC++\nsql\nGit\nDocker\nTerraform\nKafka\nWorked with all of these for many long years\n",
        );
        assert_eq!(one[0].items, two[0].items);
        assert!(lists("Skills\nRust, C\n").is_empty());
    }

    #[test]
    fn an_alphabetical_list_is_told() {
        assert!(is_alphabetical(
            "Ansible, Bash, C, Docker, Git, Kafka, Rust"
        ));
        assert!(!is_alphabetical(
            "Rust, Bash, Kafka, Docker, Git, C, Ansible"
        ));
    }

    #[test]
    fn order_is_measured() {
        assert_eq!(common_order(&[1, 2, 3, 4], &[1, 2, 3, 4]), (4, 4));
        assert_eq!(common_order(&[1, 2, 3, 4], &[4, 3, 2, 1]), (1, 4));
        assert_eq!(common_order(&[1, 9, 2, 3], &[1, 2, 8, 3]), (3, 3));
        assert_eq!(common_order(&[], &[1]), (0, 0));
    }

    proptest! {
        #[test]
        fn common_order_is_symmetric_and_bounded(seed in 0u64..1000, n in 1usize..30) {
            let mut a: Vec<u64> = (0..n as u64).collect();
            let mut b = a.clone();
            a.sort_by_key(|x| crate::model::mix(x ^ seed));
            b.sort_by_key(|x| crate::model::mix(x ^ (seed + 1) << 8));
            let (order, common) = common_order(&a, &b);
            prop_assert_eq!((order, common), common_order(&b, &a));
            prop_assert!(order >= 1 && order <= common && common == n);
        }
    }
}
