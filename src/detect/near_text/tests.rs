//! A copied career, its innocent twins, and what is too little to say.

use crate::detect::near_text::*;
use crate::detect::text_fixture::{CAREER, OTHER, evidence, profile};
use crate::model::{Exhibit, Relation};

fn compare(profiles: &[Profile]) -> Vec<Outcome> {
    let candidate = Candidate {
        members: profiles.iter().collect(),
        keys: vec![],
    };
    NearText.compare(&candidate, &Background::shipped())
}

/// The bullets in another order, one word in each changed.
fn reordered(text: &str) -> String {
    let mut lines: Vec<String> = text
        .lines()
        .map(|l| l.replacen(" the ", " that ", 1))
        .collect();
    lines.reverse();
    lines.join("\n")
}

#[test]
fn a_copied_career_is_found_reordered_and_reworded() {
    let found = compare(&[
        profile("a", &[OTHER, CAREER]),
        profile("b", &[&reordered(CAREER)]),
    ]);
    let found = evidence(&found);
    assert_eq!(found.len(), 1);
    assert!(found[0].measure.score > 60.0, "{}", found[0].measure.score);
    assert!(
        found[0].explained_by.is_empty(),
        "years and amounts agree: no template explains that"
    );
    assert_eq!(found[0].observations.as_slice().len(), 2);
    assert!(
        matches!(&found[0].exhibits[0], Exhibit::Passages { passages, .. } if passages.len() > 3)
    );
}

#[test]
fn wrapped_lines_change_nothing() {
    let wrapped = CAREER
        .replace(" so that ", "\nso that ")
        .replace(" and cut ", "\nand cut ");
    let score = |text: &str| {
        let found = compare(&[profile("a", &[CAREER]), profile("b", &[text])]);
        evidence(&found)[0].measure.score
    };
    assert_eq!(score(CAREER), score(&wrapped));
}

#[test]
fn different_careers_are_silent() {
    assert!(compare(&[profile("a", &[CAREER]), profile("b", &[OTHER])]).is_empty());
}

#[test]
fn shared_prose_without_a_fact_of_ones_own_is_a_template() {
    let bare: String = CAREER.chars().filter(|c| !c.is_ascii_digit()).collect();
    let found = compare(&[profile("a", &[&bare]), profile("b", &[&bare])]);
    assert_eq!(
        evidence(&found)[0].explained_by,
        [Relation::Template, Relation::Agency]
    );
}

#[test]
fn a_consent_clause_is_no_fact_of_ones_own() {
    let clause = "I hereby give consent for my personal data included in this application to be processed for the purposes \
        of the recruitment process under Regulation (EU) 2016/679 of the European Parliament and of the Council of 27 April \
        2016 on the protection of natural persons with regard to the processing of personal data, repealing Directive \
        95/46/EC. I also agree that the company may keep my documents for later vacancies until I withdraw this consent, \
        which I may do at any time and without giving a reason by writing to the address in the advertisement.";
    let with = |text: &str| format!("{}\n{clause}\n", &text[..240]);
    let found = compare(&[
        profile("a", &[&with(CAREER)]),
        profile("b", &[&with(OTHER)]),
    ]);
    let all = evidence(&found);
    assert!(
        all.iter()
            .all(|e| e.explained_by.contains(&Relation::Template)),
        "{all:?}"
    );
}

#[test]
fn a_group_splits_into_those_who_share() {
    let mut pool: Vec<Profile> = (0..9)
        .map(|i| profile(&format!("c{i}"), &[CAREER]))
        .collect();
    pool.extend((0..4).map(|i| profile(&format!("o{i}"), &[OTHER])));
    let found = compare(&pool);
    let sizes: Vec<usize> = evidence(&found)
        .iter()
        .map(|e| e.subjects.as_slice().len())
        .collect();
    assert_eq!(sizes, [9, 4]);
    let strangers = [
        profile("a", &[CAREER]),
        profile("b", &[OTHER]),
        profile("c", &[""]),
    ];
    assert!(matches!(compare(&strangers)[..], [Outcome::SetAside(_)]));
}

#[test]
fn says_when_it_cannot_say() {
    let background = Background::shipped();
    let examine = |texts: &[&str]| NearText.examine(&profile("a", texts), &background);
    assert!(matches!(examine(&[])[..], [Outcome::CouldNotLook { .. }]));
    assert!(matches!(
        examine(&["Available at once."])[..],
        [Outcome::TooLittle { have: 3, need: 80 }]
    ));
    assert!(examine(&[CAREER]).is_empty());
}

#[test]
fn an_unknown_language_weighs_little_and_is_not_calibrated() {
    let foreign = "Verantwortlich für den Entwurf und die Umsetzung einer Abrechnung für Kliniken und Praxen. Betreute die \
        Fähren im Winter, schrieb das Handbuch für neue Kollegen am Schalter und senkte die Wartezeit um 38 Prozent. "
        .repeat(4);
    let found = compare(&[profile("a", &[&foreign]), profile("b", &[&foreign])]);
    let found = evidence(&found);
    assert_eq!(found[0].measure.table, "near-text/overlap");
    assert_eq!(found[0].measure.score, 1.0);
    assert!(found[0].explanation.template.contains("does not know"));
}
