//! Versions of one résumé that contradict each other, and versions that were only tailored.

use crate::features::versions::*;

const FIRST: &str = "Experience\nHerons Ltd, Software Engineer\nJan 2018 - Jun 2021\n- Timetables.\nKontor AG, Backend Developer\nMar 2014 - Dec 2017\n- Ledgers.\nEducation\nBSc Computing, University of Heronsgate, 2014\n";

fn against(second: &str) -> Vec<(About, String, String)> {
    let found = contradictions(&Version::new(FIRST), &Version::new(second));
    let told = |c: Contradiction| (c.about, c.first.0, c.second.0);
    found.into_iter().map(told).collect()
}

#[test]
fn dates_employers_and_degrees_are_told_apart() {
    let told = against(&FIRST.replace("Mar 2014", "Mar 2012"));
    let dates = (
        About::Dates,
        "2014-03 to 2017-12".into(),
        "2012-03 to 2017-12".into(),
    );
    assert_eq!(told, [dates]);
    let told = against(&FIRST.replace("Kontor AG", "Silt Brothers"));
    assert_eq!(told.len(), 1);
    assert_eq!(told[0].0, About::Employer);
    for (from, to) in [
        ("University of Heronsgate", "University of Kontorby"),
        ("Heronsgate, 2014", "Heronsgate, 2011"),
        ("BSc", "MSc"),
    ] {
        let told = against(&FIRST.replace(from, to));
        assert_eq!(told.len(), 1, "{to}");
        assert_eq!(told[0].0, About::Degree, "{to}");
    }
}

#[test]
fn tailoring_is_no_contradiction() {
    for (from, to) in [
        ("Timetables.", "Timetables for ferries."),
        ("Jun 2021", "present"),
        ("Jun 2021", "Aug 2021"),
        ("Jan 2018 - Jun 2021", "2018 - 2021"),
        ("Backend Developer", "Senior Backend Developer"),
        ("Herons Ltd", "Herons Group"),
        ("BSc Computing", "Bachelor of Computing"),
        (
            "Education\n",
            "Education\nMSc Boats, Kontor Institute, 2016\n",
        ),
        (
            "Kontor AG, Backend Developer\nMar 2014 - Dec 2017\n",
            "Kontor AG, Backend Developer\nMar 2016 - Dec 2017\n- Led it.\nKontor AG, Backend Developer\nMar 2014 - Mar 2016\n",
        ),
    ] {
        assert_eq!(against(&FIRST.replace(from, to)), [], "{to}");
    }
}
