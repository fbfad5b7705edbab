use crate::detect::code_fixture::{applicant, file, several};
use crate::detect::readme_swap::*;
use crate::features::readme::read;
use crate::model::hash_text;

/// An invented README of some 200 words by somebody; `extra` stands below it.
fn text(who: &str, title: &str, extra: &str) -> String {
    let word = |n: u64| format!("w{}", hash_text(&n.to_string()) % 5_000);
    let body: Vec<String> = (0..200).map(word).collect();
    let handle = who.to_lowercase().replace(' ', "");
    format!(
        "# {title}\n\n{}\n\n## Author\n\n{who} - https://github.com/{handle}\n{extra}\n",
        body.join(" ")
    )
}

fn person(who: &str, seed: &str, text: &str) -> Profile {
    let email = format!("{who}@example.com");
    let made = several(3, seed, who, &email);
    let unit = file("README.md", text, text.len() as u64);
    let mut profile = applicant(who, who, &[&email], &made, Vec::new());
    profile.repositories = vec![crate::model::RepositoryTraces {
        readme: read(&unit, text.as_bytes()),
        ..crate::model::RepositoryTraces::default()
    }];
    profile
}

fn compare(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let candidate = Candidate {
        members: vec![a, b],
        keys: Vec::new(),
    };
    ReadmeSwap.compare(&candidate, &Background::default())
}

#[test]
fn a_readme_with_another_name_in_it_is_told() {
    let a = person("a", "a", &text("Ann Lee", "Tide table", ""));
    let b = person("b", "b", &text("Bo Karr", "Tide table", ""));
    let outcomes = compare(&a, &b);
    let [Outcome::Evidence(e)] = outcomes.as_slice() else {
        panic!("{outcomes:?}")
    };
    assert!(e.measure.score > 190.0 && e.explained_by.is_empty());
}

#[test]
fn courses_forks_other_projects_and_unchanged_names_are_not() {
    let a = person("a", "a", &text("Ann Lee", "Tide table", ""));
    let course = person("b", "b", &text("Bo Karr", "Tide table", "Assignment 3"));
    let outcomes = compare(&a, &course);
    assert!(
        matches!(outcomes.as_slice(), [Outcome::Evidence(e)] if e.explained_by == [Relation::Template, Relation::Agency])
    );
    let fork = person("b", "a", &text("Bo Karr", "Tide table", ""));
    assert!(matches!(
        compare(&a, &fork).as_slice(),
        [Outcome::SetAside(_)]
    ));
    let other = person("b", "b", &text("Bo Karr", "Grain ledger", ""));
    assert!(compare(&a, &other).is_empty());
    let same = person("b", "b", &text("Ann Lee", "Tide table", ""));
    assert!(compare(&a, &same).is_empty());
    let short = person("c", "c", "# Tide table\n");
    assert!(matches!(
        ReadmeSwap
            .examine(&short, &Background::default())
            .as_slice(),
        [Outcome::TooLittle { .. }]
    ));
}
