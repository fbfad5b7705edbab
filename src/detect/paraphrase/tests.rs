//! A reworded career, its innocent twins, and who speaks when.

use crate::detect::paraphrase::*;
use crate::detect::text_fixture::{CAREER, OTHER, evidence, profile};

/// `CAREER` told in other words: hardly four of them follow each other as before.
const RETOLD: &str = "Ferry timetables kept honest for four busy harbours through two stormy seasons.
Senior engineer, Marrowline Ferries, 2019 to 2024
- The timetable solver was rebuilt: one storm now closes a single pier, never a whole crossing; 38 percent fewer cars were stranded.
- Nightly exports, 14 of them, moved to one queue; this cut morning delays of 95 minutes down to 11.
- Author of a drill book, which new ticket desk staff learn from during their first week.
Engineer, Tallowgate Buses, 2015 to 2019
- By hand measured stops of 212 routes; found that 31 could not be reached by any bus on time.
- Depot taught to read their fuel records, saving 47 thousand litres each year.
";

fn compare(a: &str, b: &str) -> Vec<Outcome> {
    let (a, b) = (profile("a", &[a]), profile("b", &[b]));
    let candidate = Candidate {
        members: vec![&a, &b],
        keys: vec![],
    };
    Paraphrase.compare(&candidate, &Background::shipped())
}

#[test]
fn a_reworded_career_is_found_with_its_facts() {
    let found = compare(CAREER, RETOLD);
    let found = evidence(&found);
    assert_eq!(found.len(), 1);
    assert!(
        found[0].explained_by.is_empty(),
        "38, 14, 95, 212 and 47 agree"
    );
    let Exhibit::Passages { passages, .. } = &found[0].exhibits[0] else {
        panic!("passages are drawn");
    };
    assert!(passages.len() >= MIN_SEGMENTS && passages.iter().all(|p| !p.changes.is_empty()));
}

#[test]
fn different_careers_and_whole_copies_are_not_its_business() {
    assert!(compare(CAREER, OTHER).is_empty());
    assert!(compare(CAREER, CAREER).is_empty(), "near-text speaks");
}

#[test]
fn says_when_it_cannot_say() {
    let background = Background::shipped();
    let examine = |texts: &[&str]| Paraphrase.examine(&profile("a", texts), &background);
    assert!(matches!(examine(&[])[..], [Outcome::CouldNotLook { .. }]));
    assert!(matches!(
        examine(&["Short."])[..],
        [Outcome::TooLittle { .. }]
    ));
    assert!(examine(&[CAREER]).is_empty());
}
