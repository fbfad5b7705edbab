//! Which lines of a résumé speak of somebody else: the list of referees, and lines that name one.
//!
//! A section runs from its heading to the next heading that résumés usually have. A name in capitals is no heading, so
//! that a referee's name does not end the referees' section. Headings in other languages than these are not known.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Headings of the section that names other people.
static REFEREES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,4}(?:(?:professional|personal|academic|work|character)\s+)?(?:references|referees?|reference|referenzen|r[ée]f[ée]rences|referencias|refer[êe]ncias)\b\W*$",
    )
});

/// Headings that end it. Common headings of résumés.
static HEADING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,4}(?:(?:professional|work|employment|technical|core|key|personal|relevant|additional|contact|other)\s+)?(?:summary|profile|objective|experiences?|employment|history|education|skills|competencies|projects|publications|certifications?|certificates|awards|achievements|accomplishments|interests|hobbies|languages|volunteering|volunteer experience|contact|contacts|contact details|information|details|links|about me|training|courses|activities|portfolio)\b[\s:–-]*$",
    )
});

/// A line that says of whom its contact is.
static OTHER_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:referees?|references?|supervisor|supervised by|advis[oe]r|reporting to|reports? to|reported to|line manager|recruiter|emergency contact)\b",
    )
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Byte ranges of lines whose contacts are somebody else's, sorted.
pub(in crate::features) fn of_others(text: &str) -> Vec<Range<usize>> {
    let mut ranges = Vec::new();
    let mut at = 0;
    let mut in_referees = false;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_end();
        if REFEREES.is_match(bare) {
            in_referees = true;
        } else if HEADING.is_match(bare) {
            in_referees = false;
        }
        if in_referees || OTHER_PERSON.is_match(bare) {
            ranges.push(at..at + line.len());
        }
        at += line.len();
    }
    ranges
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(text: &str) -> Vec<&str> {
        of_others(text)
            .into_iter()
            .map(|r| text[r].trim_end())
            .collect()
    }

    #[test]
    fn referees_run_to_the_next_heading() {
        let text = "Ann Lee\nREFERENCES:\nBOB RAY\nbob@kontor.example\n\nSkills\nRust\n";
        assert_eq!(
            others(text),
            ["REFERENCES:", "BOB RAY", "bob@kontor.example", ""]
        );
    }

    #[test]
    fn a_line_may_name_its_person() {
        assert_eq!(
            others("Supervisor: bob@kontor.example\nann@kontor.example"),
            ["Supervisor: bob@kontor.example"]
        );
    }

    #[test]
    fn other_sections_are_the_applicants_own() {
        assert_eq!(
            others("Contact\nann@kontor.example\nPreferences\nHTTP referer\n"),
            [""; 0]
        );
    }
}
