//! Layouts of real résumés, with invented people, and what must not become a step.

use crate::features::career::*;
use std::time::Instant;

fn hashes(words: &str) -> Vec<u64> {
    let mut all: Vec<u64> = tokens(words).iter().map(|t| t.hash).collect();
    all.sort_unstable();
    all.dedup();
    all
}

fn month(year: u16, month: u8) -> YearMonth {
    YearMonth { year, month }
}

/// The one step of a text.
fn only(text: &str) -> CareerStep {
    let all = steps(text);
    assert_eq!(all.len(), 1, "{text}: {all:?}");
    all.into_iter().next().unwrap()
}

#[test]
fn layouts_of_one_employment_give_the_same_step() {
    for text in [
        "Senior Engineer, Marrowline Ferries, Hamburg — Jan 2019 – Mar 2021",
        "Marrowline Ferries, Hamburg\tSenior Engineer\t01/2019 - 03/2021",
        "Marrowline Ferries GmbH\nSenior Engineer\n01.2019 bis 03.2021\n- Rebuilt the solver that closes a pier.",
        "January 2019\nto\nMarch 2021\nSenior Engineer at Marrowline Ferries\nRebuilt the solver.",
        "2019-01 – 2021-03\nSenior Engineer\nMarrowline Ferries, Inc.\n",
        "Senior Engineer | janvier 2019 – mars 2021\nMarrowline Ferries",
        "Senior Engineer (01.01.2019 – 31.03.2021), Marrowline Ferries Ltd.",
        "ENGINEER, SENIOR\nMarrowline Ferries   ene. 2019 – mar. 2021\n• Rebuilt the solver",
        "Marrowline Ferries Senior Engineer Jan '19 - Mar '21",
    ] {
        let step = only(text);
        assert_eq!(
            (step.employer, step.title),
            (hashes("Marrowline Ferries"), hashes("Senior Engineer")),
            "{text}"
        );
        assert_eq!(
            (step.from.year, step.to.map(|t| t.year)),
            (2019, Some(2021)),
            "{text}"
        );
        if !text.contains("31.03") {
            assert_eq!(
                (step.from, step.to),
                (month(2019, 1), Some(month(2021, 3))),
                "{text}"
            );
        }
    }
}

#[test]
fn a_step_may_go_on_and_may_tell_years_only() {
    for text in [
        "Engineer, Tallowgate Buses, 2015 - present",
        "Tallowgate Buses, Engineer: 2015 bis heute",
        "2015 to Current\nEngineer\nTallowgate Buses",
        "Engineer, Tallowgate Buses, 2015 – till date",
    ] {
        let step = only(text);
        assert_eq!((step.from, step.to), (month(2015, 0), None), "{text}");
        assert_eq!(step.employer, hashes("Tallowgate Buses"), "{text}");
    }
}

#[test]
fn several_steps_are_sorted_and_take_no_words_of_each_other() {
    let text = "Experience
Marrowline Ferries, Senior engineer, Jan 2019 – Mar 2021
- Rebuilt the timetable solver.
Tallowgate Buses, Engineer, Feb 2015 – Dec 2018
- Measured every stop.
Education
Evening school for surveyors, 2011 – 2015
";
    let all = steps(text);
    assert_eq!(all.len(), 2);
    assert_eq!(
        (all[0].from, &all[0].employer),
        (month(2015, 2), &hashes("Tallowgate Buses"))
    );
    assert_eq!(
        (all[1].from, &all[1].employer),
        (month(2019, 1), &hashes("Marrowline Ferries"))
    );
}

#[test]
fn studies_papers_products_and_backward_spans_are_no_steps() {
    for text in [
        "Bachelor of Science, Engineer, 2011 - 2015",
        "Riverside University, 2011 - 2015",
        "EDUCATION\nTutor, Riverside College, 2011 - 2015\n",
        "References\nLine manager at Tallowgate Buses, 2015 - 2019\n",
        "Engineer, Tallowgate Buses, 2019 - 2015",
        "Engineer, Tallowgate Buses, Mar 2019 - Jan 2019",
        "from 2011 to 2015 we kept the lights on in the harbour, and nobody was the wiser for it.",
        "",
    ] {
        assert_eq!(steps(text), [], "{text}");
    }
}

#[test]
fn a_research_assistant_works_at_a_university() {
    let step = only("Research Assistant, Riverside University, 09/2015 - 06/2017");
    assert_eq!(step.employer, hashes("Riverside University"));
}

#[test]
fn a_place_is_no_employer_unless_nothing_else_is() {
    let known = only("Engineer, Oracle, Reading, 2015 - 2019");
    assert_eq!(known.employer, hashes("Oracle"));
    assert_eq!(
        only("Engineer, Phoenix, 2015 - 2019").employer,
        hashes("Phoenix")
    );
}

#[test]
fn a_long_text_of_dates_is_read_in_time() {
    let text = "2015 - 2016 2017 - ".repeat(20_000);
    let start = Instant::now();
    assert!(steps(&text).len() <= MAX_STEPS);
    assert!(start.elapsed().as_secs() < 20);
}
