//! The grammar that careers are told with (`grammar.txt`). Worlds for fitting and worlds for reporting draw from different
//! halves of its words and sentences, so that weights are not fitted to the words they are tried on.

use crate::chance::Chance;
use std::collections::BTreeMap;

/// Which half of the words a world draws from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Worlds that weights are fitted on.
    Fit,
    /// Worlds that figures are reported of.
    Report,
}

/// Sections with their alternatives.
pub struct Grammar(BTreeMap<String, Vec<String>>);

impl Grammar {
    /// The grammar of one side.
    pub fn new(side: Side) -> Self {
        let mut sections: BTreeMap<String, Vec<String>> = BTreeMap::new();
        let (mut name, mut is_shared) = (String::new(), false);
        for line in include_str!("grammar.txt").lines() {
            if let Some(head) = line.strip_prefix('[') {
                is_shared = head.ends_with('*');
                name = head.trim_end_matches('*').trim_end_matches(']').into();
            } else if !line.starts_with('#') && !line.is_empty() {
                let wanted = usize::from(side == Side::Report);
                let mine = line.split('|').enumerate();
                let mine = mine.filter(|(i, _)| is_shared || i % 2 == wanted);
                let section = sections.entry(name.clone()).or_default();
                section.extend(mine.map(|(_, x)| x.to_string()));
            }
        }
        Self(sections)
    }

    /// The alternatives of a section.
    pub fn all(&self, section: &str) -> &[String] {
        self.0.get(section).map_or(&[], Vec::as_slice)
    }

    /// One alternative of a section, with everything in braces put in.
    pub fn say(&self, section: &str, chance: &mut Chance) -> String {
        let all = self.all(section);
        assert!(!all.is_empty(), "the grammar has no section {section}");
        let pattern = chance.one(all).clone();
        self.fill(&pattern, chance)
    }

    /// A sentence with a capital and a full stop.
    pub fn sentence(&self, section: &str, chance: &mut Chance) -> String {
        let mut text = capital(&self.say(section, chance));
        if !text.ends_with('.') {
            text.push('.');
        }
        text
    }

    fn fill(&self, pattern: &str, chance: &mut Chance) -> String {
        let mut out = String::new();
        let mut rest = pattern;
        while let Some((before, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("braces of the grammar close");
            out.push_str(before);
            out.push_str(&self.slot(slot, chance));
            rest = after;
        }
        out + rest
    }

    fn slot(&self, slot: &str, chance: &mut Chance) -> String {
        match slot {
            "9" => chance.between(2, 9).to_string(),
            "99" => chance.between(11, 97).to_string(),
            "999" => chance.between(110, 980).to_string(),
            "2y" => chance.between(12, 25).to_string(),
            _ if slot.starts_with(char::is_uppercase) => {
                capital(&self.say(&slot.to_lowercase(), chance))
            }
            _ => self.say(slot, chance),
        }
    }
}

/// With a capital first letter.
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters
        .next()
        .map(|c| c.to_uppercase().collect::<String>())
        .unwrap_or_default();
    first + letters.as_str()
}
