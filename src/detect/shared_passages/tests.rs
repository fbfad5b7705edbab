//! A few copied bullets, their innocent twins, and what is common to many.

use crate::detect::near_text::NearText;
use crate::detect::shared_passages::*;
use crate::detect::text_fixture::{CAREER, OTHER, evidence, profile};
use crate::model::Relation;
use std::collections::BTreeSet;

/// A document of one's own with two lines of `CAREER` in it.
fn with_bullets(own: &str, first: usize) -> String {
    let taken: Vec<&str> = CAREER.lines().skip(first).take(2).collect();
    format!("{own}\n{}\n{own}", taken.join("\n"))
}

/// Different prose for each number.
fn prose(seed: u64) -> String {
    use crate::model::mix;
    let word = |i: u64| -> String {
        let mut x = mix(seed * 1_000 + i % 97);
        (0..6)
            .map(|_| {
                x = mix(x + 1);
                char::from(b'a' + (x % 26) as u8)
            })
            .collect()
    };
    let known = [
        "managed the",
        "worked with",
        "planned and",
        "wrote of",
        "helped our",
    ];
    (0..60)
        .map(|i| format!("{} {}", known[i as usize % 5], word(mix(seed + i))))
        .collect::<Vec<_>>()
        .join(" ")
}

/// What the pair shares as the join would propose it.
fn compare(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let keys = |p: &Profile| -> BTreeSet<Key> {
        let documents = p.documents.iter();
        documents
            .flat_map(|d| d.fingerprints.hashes.iter().copied())
            .collect()
    };
    let shared: Vec<Key> = keys(a).intersection(&keys(b)).copied().collect();
    let candidate = Candidate {
        members: vec![a, b],
        keys: shared,
    };
    SharedPassages.compare(&candidate, &Background::shipped())
}

#[test]
fn two_bullets_among_ones_own_are_found() {
    let a = profile("a", &[CAREER]);
    let b = profile("b", &[&with_bullets(OTHER, 2)]);
    let found = compare(&a, &b);
    let found = evidence(&found);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].measure.table, "shared-passages");
    assert!(found[0].measure.score >= MIN_SCORE);
    assert!(
        found[0].explained_by.is_empty(),
        "38 percent, 14 exports, 95 minutes"
    );
    assert_eq!(found[0].subjects.as_slice().len(), 2);
}

#[test]
fn generic_bullets_are_a_template_and_one_line_is_nothing() {
    let bare = |text: &str| text.replace(|c: char| c.is_ascii_digit(), "");
    let a = profile("a", &[&bare(CAREER)]);
    let found = compare(&a, &profile("b", &[&bare(&with_bullets(OTHER, 2))]));
    assert_eq!(
        evidence(&found)[0].explained_by,
        [Relation::Template, Relation::Agency]
    );
    let one = format!("{OTHER}\nEngineer at Tallowgate Buses from 2015 to 2019\n{OTHER}");
    assert!(
        compare(&a, &profile("b", &[&one])).is_empty(),
        "a shared employer and its dates are no text"
    );
}

#[test]
fn whole_copies_are_left_to_near_text() {
    assert!(compare(&profile("a", &[CAREER]), &profile("b", &[CAREER])).is_empty());
}

#[test]
fn what_many_share_does_not_count_between_two() {
    let template = format!("{}\n", OTHER.replace("museum of clocks", "gallery"));
    let text = |seed: u64| format!("{}\n{template}{}\n", prose(seed), prose(seed + 100));
    let (a, b) = (profile("a", &[&text(1)]), profile("b", &[&text(2)]));
    let of_pool = Candidate {
        members: vec![&a, &b],
        keys: Vec::new(),
    };
    assert!(
        SharedPassages
            .compare(&of_pool, &Background::shipped())
            .is_empty()
    );
    assert_eq!(evidence(&compare(&a, &b)).len(), 1);
}

#[test]
fn a_group_is_told_once() {
    let pool: Vec<Profile> = (0..15)
        .map(|i| profile(&format!("p{i:02}"), &[&with_bullets(&prose(i), 2)]))
        .collect();
    let candidate = Candidate {
        members: pool.iter().collect(),
        keys: vec![],
    };
    let found = SharedPassages.compare(&candidate, &Background::shipped());
    let found = evidence(&found);
    assert_eq!(found.len(), 1);
    assert_eq!(found[0].subjects.as_slice().len(), 15);
    let strangers: Vec<Profile> = (0..15)
        .map(|i| profile(&format!("s{i:02}"), &[&prose(i)]))
        .collect();
    let candidate = Candidate {
        members: strangers.iter().collect(),
        keys: vec![],
    };
    let found = SharedPassages.compare(&candidate, &Background::shipped());
    assert!(matches!(found[..], [Outcome::SetAside(_)]));
}

#[test]
fn says_when_it_cannot_say() {
    let background = Background::shipped();
    let examine = |texts: &[&str]| SharedPassages.examine(&profile("a", texts), &background);
    assert!(matches!(examine(&[])[..], [Outcome::CouldNotLook { .. }]));
    assert!(matches!(
        examine(&["Available at once."])[..],
        [Outcome::TooLittle { .. }]
    ));
    assert!(examine(&[CAREER]).is_empty());
    let foreign = "Verantwortlich für den Entwurf und die Umsetzung einer Abrechnung für Kliniken und Praxen. ".repeat(9);
    assert!(matches!(
        examine(&[&foreign])[..],
        [Outcome::CouldNotLook { .. }]
    ));
}

/// One changed word may move a pair from one detector to the other; it never falls between them.
#[test]
fn no_pair_falls_between_near_text_and_passages() {
    let own = with_bullets(OTHER, 3);
    let words: Vec<&str> = own.split(' ').collect();
    for at in (0..words.len()).step_by(11) {
        let mut changed = words.clone();
        changed[at] = "zzyx";
        let (a, b) = (profile("a", &[CAREER]), profile("b", &[&changed.join(" ")]));
        let near = |p: &Profile| {
            NearText.compare(
                &Candidate {
                    members: vec![&a, p],
                    keys: vec![],
                },
                &Background::shipped(),
            )
        };
        let is_met = near_text::compares(&a.documents[0], &b.documents[0]);
        let told =
            evidence(&compare(&a, &b)).len() + usize::from(is_met) * evidence(&near(&b)).len();
        assert_eq!(told, 1, "word {at}: {}", words[at]);
    }
}
