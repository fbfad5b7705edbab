//! A career under two names, and the colleagues who are innocent.

use crate::detect::same_career::*;
use crate::detect::text_fixture;
use crate::features::career::steps;
use std::collections::BTreeSet;

const CAREER: &str = "Experience
Marrowline Ferries, Senior engineer, Jan 2019 – Mar 2021
- Rebuilt the timetable solver.
Tallowgate Buses, Engineer, Feb 2015 – Dec 2018
- Measured every stop.
Quillhaven Trams, Junior engineer, Sep 2012 – Jan 2015
- Read the fuel records.
";

fn profile(id: &str, text: &str) -> Profile {
    Profile {
        careers: vec![steps(text)],
        ..text_fixture::profile(id, &[text])
    }
}

fn outcomes(texts: &[&str]) -> Vec<Outcome> {
    let profiles: Vec<Profile> = texts
        .iter()
        .enumerate()
        .map(|(i, text)| profile(&format!("a{i}"), text))
        .collect();
    let candidate = Candidate {
        members: profiles.iter().collect(),
        keys: vec![],
    };
    SameCareer.compare(&candidate, &Background::shipped())
}

fn evidence(texts: &[&str]) -> Evidence {
    match outcomes(texts).as_slice() {
        [Outcome::Evidence(e)] => (**e).clone(),
        other => panic!("evidence expected: {other:?}"),
    }
}

fn is_set_aside(texts: &[&str]) -> bool {
    matches!(outcomes(texts).as_slice(), [Outcome::SetAside(_)])
}

#[test]
fn a_chain_in_another_layout_is_evidence_that_colleagues_do_not_explain() {
    let other = "Work history
01/2019 - 03/2021\nSenior engineer\nMarrowline Ferries GmbH
02/2015 - 12/2018\nEngineer\nTallowgate Buses
09/2012 - 01/2015\nJunior engineer\nQuillhaven Trams
";
    let found = evidence(&[CAREER, other]);
    assert_eq!(found.measure.score, 4.5);
    assert_eq!(found.measure.table, "same-career");
    assert!(found.explained_by.is_empty());
    assert_eq!(found.observations.as_slice().len(), 6);
}

#[test]
fn one_shared_employer_is_a_colleague() {
    let colleague = "Experience
Marrowline Ferries, Senior engineer, Jan 2019 – Mar 2021
Harbour School, Teacher, Feb 2011 – Dec 2018
";
    assert!(is_set_aside(&[CAREER, colleague]));
}

#[test]
fn promotions_at_one_employer_are_explained_by_colleagues() {
    let a = "Marrowline Ferries, Engineer, Jan 2015 – Mar 2017\nMarrowline Ferries, Senior engineer, Apr 2017 – May 2020\n";
    let found = evidence(&[a, a]);
    assert_eq!(found.measure.table, "same-career/one-employer");
    assert_eq!(found.explained_by, [Relation::Colleagues]);
}

#[test]
fn two_who_moved_together_are_explained_by_colleagues() {
    let a = "Marrowline Ferries, Engineer, 2015 – 2017\nTallowgate Buses, Engineer, 2017 – 2020\n";
    assert_eq!(evidence(&[a, a]).explained_by, [Relation::Colleagues]);
}

#[test]
fn employers_of_ordinary_words_and_other_dates_do_not_count() {
    let ordinary =
        "Company Name, Engineer, Jan 2015 – Mar 2017\nCompany Name, Manager, Apr 2017 – May 2020\n";
    assert!(outcomes(&[ordinary, ordinary]).is_empty());
    let shifted = CAREER
        .replace("2019", "2018")
        .replace("2015", "2014")
        .replace("2012", "2011");
    assert!(outcomes(&[CAREER, &shifted]).is_empty());
}

#[test]
fn a_campaign_is_one_group() {
    let found = evidence(&[CAREER, CAREER, CAREER, CAREER]);
    assert_eq!(found.subjects.as_slice().len(), 4);
    assert!(found.explained_by.is_empty());
}

#[test]
fn keys_of_a_shared_chain_reach_the_mass() {
    let keys = |text: &str, n: u32| {
        let mut sink = KeySink::new(0, n);
        SameCareer.keys(&profile("a", text), &mut sink);
        sink.into_rows()
            .into_iter()
            .map(|r| r.key)
            .collect::<BTreeSet<_>>()
    };
    let years = "Marrowline, Engineer, 2015 – 2017\nTallowgate, Engineer, 2017 – 2020\n";
    let shared = keys(years, 0).intersection(&keys(years, 1)).count();
    assert!(shared as f32 >= MIN_KEYS);
}

#[test]
fn too_little_is_told() {
    let looked = SameCareer.examine(
        &profile("a", "Engineer, Marrowline Ferries, 2015 – 2017"),
        &Background::shipped(),
    );
    assert!(matches!(
        looked.as_slice(),
        [Outcome::TooLittle { have: 1, need: 2 }]
    ));
}
