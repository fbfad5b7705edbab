//! Sections of a résumé: which lines speak of somebody else, which are no employment, which list skills.
//!
//! A section runs from its heading to the next heading that résumés usually have. A name in capitals is no heading, so
//! that a referee's name does not end the referees' section. Headings in other languages than these are not known.

use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Longest heading, bytes.
const HEADING_LEN: usize = 100;
/// Most words in one: three before the longest of the lists below, and a sign or two around them.
const HEADING_WORDS: usize = 8;

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

/// Headings of sections whose spans of years are no employment.
static STUDIES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,4}(?:(?:\p{L}+|&|/)\s+){0,3}(?:education|educational background|academic background|qualifications?|certifications?|certificates|trainings?|courses|courses taken|publications|awards|honou?rs|scholarships|patents|ausbildung|bildung|bildungsweg|studium|weiterbildung|formation|formations|diplômes|formación|educación|estudios|formação|educação|istruzione|formazione|opleiding|opleidingen|wykształcenie)\b[\s:–-]*$",
    )
});

/// Headings of sections of employment.
static EMPLOYMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,4}(?:(?:\p{L}+|&|/)\s+){0,3}(?:experiences?|employment|employment history|work history|career history|career|positions held|internships?|berufserfahrung|berufliche[rs]? werdegang|werdegang|expériences?|expériences? professionnelles?|experiencia|experiencia laboral|experiência|experiência profissional|esperienza|esperienze|werkervaring|doświadczenie)\b[\s:–-]*$",
    )
});

/// Headings of lists of skills.
static SKILLS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^\W{0,4}(?:(?:\p{L}+|&|/)\s+){0,3}(?:skills?|skill set|skillset|competenc(?:ies|es)|technologies|tech stack|technical proficienc(?:y|ies)|tools|highlights|expertise|kenntnisse|fähigkeiten|kompetenzen|compétences|habilidades|competencias|aptitudes|competências|competenze|vaardigheden|umiejętności)\b[\s:–-]*$",
    )
});

/// A line that says of whom its contact is.
static OTHER_PERSON: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i-u)\b(?:referees?|references?|supervisor|supervised by|advis[oe]r|reporting to|reports? to|reported to|line manager|recruiter|emergency contact)\b",
    )
});

/// Lines at the head of a document that speak of the applicant, where no section of work or studies begins before.
const HEAD_LINES: usize = 12;

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Byte ranges of lines whose contacts are somebody else's, sorted.
pub(in crate::features) fn of_others(text: &str) -> Vec<Range<usize>> {
    let mut people = OTHER_PERSON.find_iter(text).peekable();
    let mut ranges = Vec::new();
    let mut at = 0;
    let mut in_referees = false;
    let mut in_head = true;
    for (number, line) in text.split_inclusive('\n').enumerate() {
        if may_be_heading(line) {
            let bare = line.trim_end();
            if REFEREES.is_match(bare) {
                in_referees = true;
            } else if HEADING.is_match(bare) {
                in_referees = false;
            }
            in_head &= ![&REFEREES, &EMPLOYMENT, &STUDIES]
                .iter()
                .any(|heading| heading.is_match(bare));
        }
        in_head &= number < HEAD_LINES;
        let end = at + line.len();
        let mut is_named = false;
        while let Some(person) = people.next_if(|person| person.start() < end) {
            let (before, rest) = (&text[at..person.start()], &text[person.end()..end]);
            is_named |= !(in_head && is_trade(before, person.as_str(), rest));
        }
        if in_referees || is_named {
            ranges.push(at..end);
        }
        at = end;
    }
    ranges
}

/// Whose work somebody else supervises or advises on: the words before such a person.
const OF_A_STUDENT: [&str; 10] = [
    "academic",
    "bachelor",
    "dissertation",
    "doctoral",
    "master",
    "my",
    "phd",
    "project",
    "research",
    "thesis",
];

/// Whether a word for another person is the applicant's own trade: it goes on as a sentence about them ("Tax adviser with
/// six years in shipping"). A colon, a name, a sign or an address behind it tell of another ("Thesis supervisor -
/// bob@…"), and where it cannot be told, the contact is not the applicant's: a false contact makes a false link.
fn is_trade(before: &str, word: &str, rest: &str) -> bool {
    let word = word.to_ascii_lowercase();
    let mut titles = ["supervisor", "adviser", "advisor", "recruiter"].into_iter();
    let last = before.split_whitespace().next_back().unwrap_or_default();
    let last = last.trim_end_matches("'s").to_ascii_lowercase();
    let next = rest
        .strip_prefix(' ')
        .and_then(|r| r.split_whitespace().next());
    let is_word = |next: &str| next.len() > 1 && next.chars().all(char::is_lowercase);
    titles.any(|title| word == title)
        && !OF_A_STUDENT.contains(&last.as_str())
        && next.is_some_and(is_word)
}

/// What every heading has and most lines have not, told by a look at their bytes: few words, no figures.
fn may_be_heading(line: &str) -> bool {
    if line.len() > HEADING_LEN {
        return false;
    }
    let (mut words, mut in_word) = (0, false);
    for byte in line.bytes() {
        if byte.is_ascii_digit() {
            return false;
        }
        let is_letter = byte.is_ascii_alphabetic() || byte >= 0x80;
        words += usize::from(is_letter && !in_word);
        if words > HEADING_WORDS {
            return false;
        }
        in_word = is_letter;
    }
    words > 0
}

/// Whether a line is the heading of a section that résumés usually have.
pub(in crate::features) fn is_heading(line: &str) -> bool {
    may_be_heading(line) && {
        let line = line.trim_end();
        [&REFEREES, &HEADING, &STUDIES, &EMPLOYMENT, &SKILLS]
            .iter()
            .any(|heading| heading.is_match(line))
    }
}

/// Byte ranges of sections of studies, referees and papers, without their headings; sorted.
pub(in crate::features) fn not_employment(text: &str) -> Vec<Range<usize>> {
    sections(text, |line| {
        (STUDIES.is_match(line) || REFEREES.is_match(line)) && !EMPLOYMENT.is_match(line)
    })
}

/// Byte ranges of sections of employment, without their headings; sorted.
pub(in crate::features) fn of_employment(text: &str) -> Vec<Range<usize>> {
    sections(text, |line| {
        EMPLOYMENT.is_match(line) && !STUDIES.is_match(line)
    })
}

/// Byte ranges of lists of skills, without their headings; sorted.
pub(in crate::features) fn of_skills(text: &str) -> Vec<Range<usize>> {
    sections(text, |line| {
        SKILLS.is_match(line) && !EMPLOYMENT.is_match(line)
    })
}

/// The sections whose headings `wanted` takes.
fn sections(text: &str, wanted: impl Fn(&str) -> bool) -> Vec<Range<usize>> {
    let mut out: Vec<Range<usize>> = Vec::new();
    let mut at = 0;
    let mut is_open = false;
    for line in text.split_inclusive('\n') {
        let end = at + line.len();
        if is_heading(line) {
            is_open = wanted(line.trim_end());
            if is_open {
                out.push(end..end);
            }
        } else if let (true, Some(last)) = (is_open, out.last_mut()) {
            last.end = end;
        }
        at = end;
    }
    out
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
    fn ones_own_trade_names_nobody_else() {
        for own in [
            "Ann Lee\nRecruiter for two shipyards, ann@kontor.example\nExperience\n",
            "Ann Lee\nSummary\nTax adviser with six years in shipping. ann@kontor.example\n",
        ] {
            assert_eq!(others(own), [""; 0], "{own}");
        }
        for (other, line) in [
            ("Ann Lee\nRecruiter: bob@agency.example\n", 1),
            ("Ann Lee\nRecruiter - bob@agency.example\n", 1),
            ("Ann Lee\nThesis supervisor - bob@uni.example\n", 1),
            ("Ann Lee\nThesis supervisor at sea, bob@uni.example\n", 1),
            ("Ann Lee\nSupervisor | +44 20 7946 0000\n", 1),
            ("Ann Lee\nRecruiter Bob Ray, bob@agency.example\n", 1),
            ("Ann Lee\nReporting to bob@agency.example\n", 1),
            (
                "Ann Lee\nExperience\nAcme, supervisor bob@acme.example\n",
                2,
            ),
        ] {
            let expected = other.lines().nth(line).expect("it has so many");
            assert_eq!(others(other), [expected], "{other}");
        }
    }

    #[test]
    fn other_sections_are_the_applicants_own() {
        assert_eq!(
            others("Contact\nann@kontor.example\nPreferences\nHTTP referer\n"),
            [""; 0]
        );
    }

    #[test]
    fn sections_run_from_heading_to_heading() {
        let text = "Technical Skills\nRust, C\nWork Experience\nAcme\nEducation:\nBSc\nMSc\nBerufserfahrung\nKontor\n";
        let parts = |ranges: Vec<Range<usize>>| -> Vec<&str> {
            ranges.into_iter().map(|r| text[r].trim_end()).collect()
        };
        assert_eq!(parts(of_skills(text)), ["Rust, C"]);
        assert_eq!(parts(not_employment(text)), ["BSc\nMSc"]);
        assert!(is_heading("COMPÉTENCES") && !is_heading("Rust, C and skills in carving"));
        assert!(!is_heading(
            "Training and development of new staff at the depot"
        ));
    }
}
