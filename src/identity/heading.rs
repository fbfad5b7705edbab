//! The line at the head of a résumé that is its owner's name, if one reads so.
//!
//! A missed name leaves a word unmasked; a job title or a heading taken for a name would mask ordinary words. So a line
//! counts only when nothing else fits it: two to four words of letters, each capitalised, none of them a word of
//! headings, job titles or places of work. Only the first lines are looked at.

use crate::identity::fold;
use std::collections::BTreeSet;
use std::sync::LazyLock;
use unicode_normalization::UnicodeNormalization;

/// Lines looked at: a title ("Curriculum Vitae"), then the name; or a first and a last name set in two lines.
const MAX_LINES: usize = 3;

/// Most bytes of a name line: longer lines are sentences.
const MAX_BYTES: usize = 80;

/// Lines that stand above the name and are skipped.
const DOCUMENT_TITLES: &[&str] = &[
    "resume",
    "résumé",
    "curriculum vitae",
    "cv",
    "curriculum",
    "lebenslauf",
    "personal resume",
    "professional resume",
];

/// Words that stand in headings, job titles and names of organisations, and rarely or never in a person's name. From
/// the first lines of 1,200 public résumés without names, all words seen three times or more, with the usual headings.
const NOT_A_NAME: &str = "about academic account accountant accounting accounts achievements adjunct administration \
    administrative administrator adviser advisor advocate agency agent aide air analysis analyst and apparel application \
    applications apprentice architect art arts assistant associate assurance at attorney automation auditor aviation back \
    backend bank banker banking big billing blockchain bpo branch broker budget building business buyer cad captain \
    cashier care career center certifications certified chef chief child city civil claims clerk clinical cloud coach \
    college commercial communications community company computer computing construction consultant contact content \
    contract contractor controller coordinator core corporate counselor creative credit curriculum customer cyber data \
    database de department design designer desk details developer development devops digital director doctor driver \
    editor education educator electrical electronics embedded employee employment end engineer engineering english \
    entrepreneur equipment estate events executive experience experienced expert facilities faculty family field finance \
    financial fitness floral food for founder freelance freelancer front frontend fulfillment full fullstack games \
    general generalist government graduate graphic group guest hardware head health healthcare help high highlights \
    highly history home hospital hotel hr human in industrial information infrastructure inspector instructor insurance \
    intelligence interior intern international internet internship interests investment it java javascript job junior \
    kindergarten lab laboratory language languages law lawyer lead leader learning leasing legal librarian library \
    licensed logistics machine maintenance management manager managing marketing math mechanic mechanical media medical \
    member merchandiser merchant mobile mortgage motivated multimedia national nanny network new nurse objective of \
    office officer online operation operations operator organization owner page paralegal partner passenger patient \
    payroll personal personnel pharmacist phone photographer physician plant planner portfolio preschool president \
    principal producer product production professional profile program programmer programming programs project projects \
    property public publications purchasing python qa quality react real receptionist recruiter recruiting references \
    regional registered relations relationship remote representative research researcher residential resource resources \
    restaurant resume résumé retail reviewer safety sales salesman scholar school science scientist scrum secretary \
    security self semiconductor senior sergeant server service services shift site skills social software solution \
    solutions sous special specialist staff statement stack store strategy strategist street student studio substitute \
    success summary superintendent supervisor supply support system systems tax teacher teaching team tech technical \
    technician technologist technology telecommunications territory tester testing the theater to tools trade trainer \
    training transportation tutor unit university us ux ui vice video vita vitae visual volunteer vp warehouse web \
    with work worker writer aircraft therapist holder key stocker landscaper shipper";

/// [`NOT_A_NAME`] as a set: every capitalised word of what files keep is looked up.
static COMMON: LazyLock<BTreeSet<&str>> = LazyLock::new(|| NOT_A_NAME.split_whitespace().collect());

/// The first line that reads as a name, without what stands beside it ("| Engineer", ", PhD").
pub(in crate::identity) fn name_line(text: &str) -> Option<String> {
    let lines: Vec<String> = text
        .lines()
        .map(|l| {
            l.trim_matches(|c: char| c.is_whitespace() || "#*_=-\u{feff}".contains(c))
                .nfc()
                .collect::<String>()
        })
        .filter(|l| !l.is_empty())
        .take(MAX_LINES)
        .collect();
    let skip = lines.iter().take_while(|l| is_document_title(l)).count();
    let mut lines = lines.into_iter().skip(skip);
    let first = lines.next().filter(|l| l.len() <= MAX_BYTES)?;
    let first = without_label(&first);
    let segment = first_segment(first);
    if reads_as_name(segment) {
        return Some(segment.into());
    }
    let second = lines.next()?;
    let both = format!("{first} {second}");
    let split = is_one_word(first) && is_one_word(&second) && reads_as_name(&both);
    split.then_some(both)
}

fn is_document_title(line: &str) -> bool {
    DOCUMENT_TITLES.contains(&line.to_lowercase().trim_end_matches(':').trim())
}

/// "Name: Ann Lee" without its label.
fn without_label(line: &str) -> &str {
    let labelled = line
        .split_once(':')
        .filter(|(l, _)| matches!(l.trim().to_lowercase().as_str(), "name" | "full name"));
    labelled.map_or(line, |(_, name)| name.trim())
}

/// What stands before the first separator: a bar, a bullet, a comma, a spaced dash, a wide gap.
fn first_segment(line: &str) -> &str {
    let cut = [
        "|", "•", "·", "●", ",", " - ", " – ", " — ", "\t", "   ", "(",
    ]
    .iter()
    .filter_map(|s| line.find(s))
    .min()
    .unwrap_or(line.len());
    line[..cut].trim()
}

fn is_one_word(line: &str) -> bool {
    line.split_whitespace().count() == 1
}

fn reads_as_name(segment: &str) -> bool {
    if is_unspaced_name(segment) {
        return true;
    }
    let words: Vec<&str> = segment.split_whitespace().collect();
    let long = words
        .iter()
        .filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 2)
        .count();
    (2..=4).contains(&words.len()) && long >= 2 && words.iter().all(|w| is_name_word(w))
}

fn is_name_word(word: &str) -> bool {
    let letters_only = word
        .chars()
        .all(|c| c.is_alphabetic() || "'’.-\u{2010}\u{2011}".contains(c));
    let particle = is_particle(word);
    let cut_off = word.ends_with('-');
    let dot_inside = word.trim_end_matches('.').contains('.') && word.len() > 4;
    let common = word
        .to_lowercase()
        .split(['-', '.'])
        .any(|part| part != "de" && is_common(part));
    letters_only
        && !cut_off
        && !common
        && !dot_inside
        && (particle || word.chars().next().is_some_and(char::is_uppercase))
}

/// Small words inside names, written in lower case.
pub(in crate::identity) fn is_particle(word: &str) -> bool {
    let particles = "de da di do dos van von der den del la le el al bin ibn ter ten y e zu";
    particles.split(' ').any(|p| p == word)
}

/// Whether a lower-case word stands in headings and job titles rather than in names.
pub(in crate::identity) fn is_common(word: &str) -> bool {
    COMMON.contains(word)
}

/// Two to four ideographs alone on a line.
fn is_unspaced_name(segment: &str) -> bool {
    let titles = [
        "简历",
        "簡歷",
        "个人简历",
        "履歴書",
        "職務経歴書",
        "求职简历",
    ];
    (2..=4).contains(&segment.chars().count())
        && fold::is_unspaced(segment)
        && !titles.contains(&segment)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read() {
        for (text, name) in [
            ("Marta Novák\nPrague", "Marta Novák"),
            ("\n  MARTA J. NOVÁK  \nSoftware Engineer", "MARTA J. NOVÁK"),
            ("# Marta Novák\n", "Marta Novák"),
            ("Curriculum Vitae\nMarta de la Cruz", "Marta de la Cruz"),
            ("Marta Novák | Senior Engineer | Prague", "Marta Novák"),
            ("Marta Novák, PhD", "Marta Novák"),
            ("Name: Jean-Luc O'Neill", "Jean-Luc O'Neill"),
            ("MARTA\nNOVÁK\nEngineer", "MARTA NOVÁK"),
            ("山田太郎\n東京", "山田太郎"),
        ] {
            assert_eq!(name_line(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn anything_else_is_not() {
        for text in [
            "",
            "Senior Software Engineer",
            "SALES ASSOCIATE\nSummary",
            "Work Experience",
            "Resume",
            "Full-Stack Developer",
            "marta novak",
            "marta@mail.test",
            "Marta",
            "Marta 2nd",
            "10 Main Street",
            "github.com/marta",
            "A. B.",
            "Seasoned Leader With Deep Roots In Music",
            "简历\n",
            "NIGHT- LOADER",
        ] {
            assert_eq!(name_line(text), None, "{text}");
        }
    }
}
