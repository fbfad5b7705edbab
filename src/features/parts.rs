//! In which part of a résumé a place stands: the last heading before it that résumés usually have.
//!
//! English headings on a line of their own; under others the part is not known. Nothing is decided by it: the report says
//! where shared passages stand.

use regex::Regex;
use std::sync::LazyLock;

/// A heading, with the group that says what it heads. Common headings of résumés.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?im)^[^\w\n]{0,4}(?:[a-z]+[ \t]+){0,2}?(?:(?P<summary>summary|profile|objective|overview|about me|career focus)|(?P<experience>experience|employment|work|history|accomplishments|achievements)|(?P<education>education|training|courses|certifications?)|(?P<skills>skills|competencies|highlights|technologies)|(?P<projects>projects|publications|portfolio))[^\w\n]{0,3}$",
    )
    .expect("a constant pattern")
});

/// The parts, in the order in which they are told.
const PARTS: [&str; 5] = ["summary", "experience", "education", "skills", "projects"];

/// Where each part of a text begins, in order.
#[derive(Clone, Debug, Default)]
pub struct Parts(Vec<(usize, &'static str)>);

impl Parts {
    /// Finds the headings of a text.
    pub fn new(text: &str) -> Self {
        let named = HEADING.captures_iter(text).filter_map(|found| {
            let part = PARTS.iter().find(|p| found.name(p).is_some())?;
            Some((found.get(0)?.start(), *part))
        });
        Self(named.collect())
    }

    /// The part in which a byte stands; `None` before the first heading.
    pub fn at(&self, byte: usize) -> Option<&'static str> {
        let after = self.0.partition_point(|(start, _)| *start <= byte);
        Some(self.0.get(after.checked_sub(1)?)?.1)
    }

    /// The parts in which some bytes stand, each once: "experience, skills"; "not told" where no heading is known.
    pub fn names(&self, bytes: impl Iterator<Item = usize>) -> String {
        let seen: Vec<&str> = bytes.filter_map(|b| self.at(b)).collect();
        let told: Vec<&str> = PARTS.into_iter().filter(|p| seen.contains(p)).collect();
        if told.is_empty() {
            "not told".into()
        } else {
            told.join(", ")
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Ann\nProfessional Summary\nKeeps ferries on time.\n\nWORK EXPERIENCE:\n- Gained experience in a shipyard.\nSkills\nRust\n";

    #[test]
    fn a_place_stands_under_the_last_heading() {
        let parts = Parts::new(TEXT);
        let at = |word: &str| parts.at(TEXT.find(word).unwrap());
        assert_eq!(at("Ann"), None);
        assert_eq!(at("ferries"), Some("summary"));
        assert_eq!(at("shipyard"), Some("experience"));
        assert_eq!(at("Rust"), Some("skills"));
        let all = [TEXT.len() - 2, 30].into_iter();
        assert_eq!(parts.names(all), "summary, skills");
        assert_eq!(Parts::new("no heading").names([3].into_iter()), "not told");
    }
}
