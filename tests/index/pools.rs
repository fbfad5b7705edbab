//! Pools of made-up words: strangers, a template that many fill in, and copies.

use std::fs;
use std::path::Path;

/// A word that nobody else has.
fn word(seed: u64) -> String {
    let syllables = [
        "ra", "mo", "ti", "ku", "be", "lo", "zan", "fi", "dor", "pe", "sha", "vu",
    ];
    let mut seed = samehand::model::mix(seed.wrapping_add(77));
    let mut text = String::new();
    for _ in 0..4 {
        text += syllables[(seed % 12) as usize];
        seed /= 12;
    }
    text
}

fn sentence(seed: u64) -> String {
    let words: Vec<String> = (0..12).map(|n| word(seed * 1000 + n)).collect();
    format!("{}.", words.join(" "))
}

/// Writes `num` applicants, one text each: the first `template` of them share most of twenty sentences, the next two are
/// copies of each other, all have sentences of their own.
pub(crate) fn write(dir: &Path, num: u64, template: u64) {
    fs::create_dir_all(dir).unwrap();
    for i in 0..num {
        let mut lines = vec![format!("applicant{i}@mail{i}.test")];
        if i < template {
            let kept = (0..20).filter(|s| samehand::model::mix(i * 31 + s) % 10 < 8);
            lines.extend(kept.map(sentence));
        }
        let own = if i == template + 1 { template } else { i };
        lines.extend((0..10).map(|s| sentence(1000 + own * 50 + s)));
        fs::write(dir.join(name(i)), lines.join("\n")).unwrap();
    }
}

/// The file of an applicant; letters first, so that the order by name is not the order of the numbers.
pub(crate) fn name(i: u64) -> String {
    format!("{}{i}.txt", word(i))
}
