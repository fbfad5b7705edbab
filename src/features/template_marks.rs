//! Marks that programs, built-in templates and default accounts put into files: shared by people who never met.
//!
//! Two lists: `corpora/background/template_marks.txt`, read from blank files of the programs themselves, and
//! `corpora/background/common_authors.txt`, written by hand. Bought and downloaded templates are not on them.

use std::collections::BTreeSet;
use std::sync::LazyLock;

static MARKS: &str = include_str!("../../corpora/background/template_marks.txt");
static AUTHORS: &str = include_str!("../../corpora/background/common_authors.txt");

static LISTS: LazyLock<Lists> = LazyLock::new(|| Lists::read(MARKS, AUTHORS));

/// The lists, read once.
#[derive(Debug, Default)]
struct Lists {
    rsids: BTreeSet<u32>,
    authors: BTreeSet<String>,
    derived: Vec<String>,
}

impl Lists {
    fn read(marks: &str, authors: &str) -> Self {
        let mut lists = Self::default();
        let mut section = "";
        for line in lines(marks) {
            let value = line.split(" | ").next().unwrap_or(line).trim();
            match line {
                "[rsid]" | "[author]" | "[derived]" => section = line,
                _ if section == "[rsid]" => lists.rsids.extend(u32::from_str_radix(value, 16).ok()),
                _ if section == "[author]" => {
                    lists.authors.insert(folded(value));
                }
                _ => lists.derived.push(value.to_owned()),
            }
        }
        lists.authors.extend(lines(authors).map(folded));
        lists
    }
}

fn lines(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .map(str::trim)
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
}

/// A recorded name in the form in which two are compared: lower case, single spaces.
pub fn folded(name: &str) -> String {
    name.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .to_lowercase()
}

/// Whether a revision save id stands in a template that a program brings along.
pub fn is_template_rsid(rsid: u32) -> bool {
    LISTS.rsids.contains(&rsid)
}

/// Whether a recorded author, editor or company is nobody's: a default account, a program, a maker of computers.
pub fn is_nobody(name: &str) -> bool {
    let name = folded(name);
    let letters = name.chars().filter(|c| c.is_alphabetic()).count();
    letters < 2 || LISTS.authors.contains(&name)
}

/// Whether a program computes the ids of its PDFs from date, path or title, so that two files of different people may
/// carry the same; `producer` and `creator` as the file records them.
pub fn derives_ids(producer: Option<&str>, creator: Option<&str>) -> bool {
    let by = |recorded: &str| LISTS.derived.iter().any(|d| recorded.contains(d.as_str()));
    producer.is_some_and(by) || creator.is_some_and(by)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_know_what_programs_bring_along() {
        assert!(is_template_rsid(0x00B4_7730), "python-docx");
        assert!(is_template_rsid(0x0059_0D07), "pandoc");
        assert!(!is_template_rsid(0x00C0_FFEE));
        for nobody in [
            "python-docx",
            "  ADMIN ",
            "Windows User",
            "Un-named",
            "-",
            "HP",
        ] {
            assert!(is_nobody(nobody), "{nobody}");
        }
        assert!(!is_nobody("Ann Lee"));
        assert!(derives_ids(Some("pdfTeX-1.40.24"), None));
        assert!(derives_ids(None, Some("Typst 0.15.0")));
        assert!(!derives_ids(
            Some("Microsoft® Word for Microsoft 365"),
            None
        ));
    }
}
