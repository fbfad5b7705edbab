//! Careers that cannot have been, and careers that only look so.

use crate::features::career::steps;
use crate::features::timeline::*;

fn overlapping(text: &str) -> Vec<u32> {
    let steps = steps(text);
    let different =
        |a: &CareerStep, b: &CareerStep| a.employer.iter().all(|w| !b.employer.contains(w));
    let found = overlaps(text, &steps, 4, different);
    found.into_iter().map(|o| o.months).collect()
}

#[test]
fn two_full_jobs_at_one_time() {
    let text = "Experience\nHerons Ltd, Software Engineer\nJan 2018 - Jun 2021\n- Wrote timetables.\n\nKontor AG, Backend Developer\nMar 2019 - Dec 2020\n- Kept ledgers.\n";
    assert_eq!(overlapping(text), [20]);
}

#[test]
fn what_stands_beside_a_job_is_none() {
    for (head, words) in [
        ("Kontor AG, Backend Developer (part-time)", "Kept ledgers."),
        ("Kontor AG, Contract Developer", "Kept ledgers."),
        ("Kontor University, Lecturer", "Taught."),
        ("Kontor AG, Backend Developer", "Nights and weekends only."),
        ("Herons Ltd, Lead Engineer", "Led six people."),
    ] {
        let text = format!(
            "Experience\nHerons Ltd, Software Engineer\nJan 2018 - Jun 2021\n- Wrote timetables.\n\n{head}\nMar 2019 - Dec 2020\n- {words}\n"
        );
        assert_eq!(overlapping(&text), [0; 0], "{head}");
    }
}

#[test]
fn a_notice_period_and_bare_years_are_none() {
    for (one, other) in [
        ("Jan 2018 - Jun 2021", "Apr 2021 - Dec 2022"),
        ("2018 - 2021", "2021 - 2022"),
        ("Jan 2018 - Jun 2021", "Jan 2018 - Dec 2020"),
        ("Jan 2018 - present", "Mar 2019 - present"),
    ] {
        let text = format!(
            "Experience\nHerons Ltd, Software Engineer\n{one}\n- Wrote timetables.\n\nKontor AG, Backend Developer\n{other}\n- Kept ledgers.\n"
        );
        assert_eq!(overlapping(&text), [0; 0], "{one}, {other}");
    }
}

fn early(text: &str) -> Vec<&'static str> {
    let found = too_early(text, &steps(text));
    found.into_iter().map(|t| t.technology.name).collect()
}

#[test]
fn a_technology_before_its_time() {
    let text = "Experience\nKontor AG, Developer\n2019 - 2021\n- Moved it to Kubernetes.\n\n\nHerons Ltd, Software Engineer\nJan 2008 - Jun 2011\n- Ran the fleet on Kubernetes.\n- Wrote TypeScript.\n\nSkills\nGraphQL\n";
    assert_eq!(early(text), ["Kubernetes", "TypeScript"]);
}

#[test]
fn what_may_belong_elsewhere_does_not_count() {
    // A margin of a year; a later year in the line; the next heading; a list of skills without a heading.
    for body in [
        "Ran it on Kubernetes.\n",
        "Took the Kubernetes course in 2019.\n",
        "Timetables.\n\nKubernetes GraphQL\n",
        "Timetables.\nCloud: AWS,\nKubernetes\n",
    ] {
        let end = if body.starts_with("Ran") {
            "Aug 2013"
        } else {
            "Jun 2011"
        };
        let text = format!("Experience\nHerons Ltd, Software Engineer\nJan 2008 - {end}\n- {body}");
        assert_eq!(early(&text), [""; 0], "{body}");
    }
    let text = "Experience\nHerons Ltd, Engineer\n2005 - 2009\n- Timetables.\nKontor AG\nKubernetes Engineer\nLyon\n2019 - 2021\n- Ledgers.\n";
    assert_eq!(early(text), [""; 0]);
}
