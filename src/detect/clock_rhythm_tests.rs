//! The planted case of `clock-rhythm` and its innocent twins.

use crate::detect::Detector;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::WEB;
use crate::detect::clock_case::amount;
use crate::detect::clock_case::facts;
use crate::detect::clock_case::is_whole;
use crate::detect::clock_case::why_not;
use crate::detect::clock_rhythm::ClockRhythm;
use crate::link::Join;
use crate::model::Exhibit;

#[test]
fn hours_of_another_clock_are_found_whatever_is_recorded() {
    // At work by day at +10:00, while the machine says −05:00 as the claim does.
    let mut case = Case::claiming("New York, NY, USA").working(0..60, |_| 600);
    for commit in &mut case.commits {
        commit.author.offset = crate::model::UtcOffset::from_minutes(-300);
    }
    let found = case.findings(&ClockRhythm);
    assert_eq!(found.len(), 1);
    assert!(is_whole(&found[0]));
    assert_eq!(facts(&found[0])[1], "60");
    let [
        Exhibit::Hours { rows, .. },
        Exhibit::Table { rows: offsets, .. },
    ] = &found[0].exhibits[..]
    else {
        panic!("hours and offsets")
    };
    assert_eq!((rows.len(), offsets.len()), (2, 6));
    assert_eq!(ClockRhythm.join(), Join::Never);
}

#[test]
fn hours_of_the_claim_are_silent() {
    for (claim, minutes) in [
        ("Lyon, France", 60),
        ("Pune, India", 330),
        ("New York, NY", -300),
        ("UTC+9", 540),
    ] {
        let case = Case::claiming(claim).working(0..60, |_| minutes);
        assert!(case.asked(&ClockRhythm).is_empty(), "{claim}");
    }
}

#[test]
fn a_few_hours_off_are_silent() {
    let evening = Case::claiming("Lyon, France").working(0..60, |_| -180);
    assert!(evening.asked(&ClockRhythm).is_empty());
    // A claim with several zones allows each.
    let wide = Case::claiming("USA").working(0..60, |_| -600);
    assert!(wide.asked(&ClockRhythm).is_empty());
}

#[test]
fn too_little_is_its_own_outcome() {
    let few = Case::claiming("Lyon, France").working(0..20, |_| 600);
    assert_eq!(amount(&few.asked(&ClockRhythm)), Some((39, 50)));
    let mut one_night = Case::claiming("Lyon, France");
    for n in 0..80 {
        one_night = one_night.commit(START + n * 3600, Some(60), OWN, OWN);
    }
    assert_eq!(amount(&one_night.asked(&ClockRhythm)), Some((4, 10)));
}

#[test]
fn nothing_claimed_is_not_judged() {
    let why = |claim| {
        why_not(
            &Case::claiming(claim)
                .working(0..60, |_| 0)
                .asked(&ClockRhythm),
        )
    };
    assert!(why("").unwrap().contains("no place"));
    assert!(why("Somewhere").unwrap().contains("not understood"));
}

#[test]
fn commits_in_a_website_count() {
    let mut case = Case::claiming("Lyon, France").working(0..60, |_| 720);
    for commit in &mut case.commits {
        commit.committer.ident = WEB;
    }
    assert_eq!(case.findings(&ClockRhythm).len(), 1);
}
