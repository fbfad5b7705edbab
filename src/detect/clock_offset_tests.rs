//! The planted case of `clock-offset` and its innocent twins.

use crate::detect::Detector;
use crate::detect::clock_case::Case;
use crate::detect::clock_case::OTHER;
use crate::detect::clock_case::OWN;
use crate::detect::clock_case::START;
use crate::detect::clock_case::WEB;
use crate::detect::clock_offset::ClockOffset;
use crate::detect::clock_offset::TABLE;
use crate::features::clock::ClaimedClock;
use crate::features::place::zones;
use crate::link::Background;
use crate::model::Exhibit;
use crate::model::Outcome;
use crate::model::OwnedBy;
use crate::model::Place;
use crate::model::Profile;

#[test]
fn another_clock_than_the_claimed_places_is_found() {
    let finding = Case::claiming("New York, NY, USA")
        .at(0..25, 540)
        .finding()
        .unwrap();
    assert_eq!(finding.sample, 50);
    let facts: Vec<_> = finding.explanation.facts.iter().map(|f| f.raw()).collect();
    assert_eq!(
        facts,
        [
            "25",
            "25",
            "+09:00 on 25",
            "New York, NY, USA",
            "-05:00",
            "50",
            "5"
        ]
    );
    let sources = finding.observations.as_slice();
    assert_eq!(sources.len(), 2);
    assert_eq!(sources[0].fact.raw(), "2024-01-01 10:00 +09:00");
    assert!(matches!(sources[0].at.place, Place::Commit(_)));
    let [Exhibit::Hours { rows, .. }] = &finding.exhibits[..] else {
        panic!("one exhibit of hours")
    };
    assert_eq!((rows[0].counts[10], rows[0].counts[15]), (25, 25));
    // 10:00 at +09:00 is 20:00 at −05:00.
    assert_eq!((rows[1].counts[20], rows[1].counts[1]), (25, 25));
}

#[test]
fn the_explanation_has_a_hole_for_every_fact() {
    let finding = Case::claiming("New York, NY, USA")
        .at(0..25, 540)
        .finding()
        .unwrap();
    for at in 0..finding.explanation.facts.len() {
        assert!(
            finding.explanation.template.contains(&format!("{{{at}}}")),
            "{at}"
        );
    }
    assert!(
        !finding
            .explanation
            .template
            .contains(&format!("{{{}}}", finding.explanation.facts.len()))
    );
}

#[test]
fn an_other_clock_with_summer_time_is_one_clock() {
    // Summer time from day 90 on, on a clock six hours off: one other clock in two forms.
    let case = Case::claiming("New York, NY")
        .at(60..90, 60)
        .at(90..120, 120);
    let finding = case.finding().unwrap();
    assert_eq!(
        finding.explanation.facts[2].raw(),
        "+01:00 on 30, +02:00 on 30"
    );
    assert_eq!(finding.explanation.facts[4].raw(), "-05:00, -04:00");
}

#[test]
fn a_fixed_offset_is_a_claim_too() {
    assert!(Case::claiming("UTC-5").at(0..25, 540).finding().is_some());
    assert!(Case::claiming("UTC+9").at(0..25, 540).stays_silent());
}

#[test]
fn the_claimed_clock_is_silent_in_both_seasons() {
    for claim in [
        "New York, NY",
        "Lyon, France",
        "Sydney, NSW",
        "Pune, India",
        "USA",
        "Europe/London",
    ] {
        let zones = zones(Some(claim), None);
        let clock = ClaimedClock::new(&zones);
        let case =
            Case::claiming(claim).on_clock(0..360, &[9], |at| clock.allowed(at)[0].minutes());
        assert!(case.stays_silent(), "{claim}");
    }
}

#[test]
fn a_claim_with_several_zones_allows_each() {
    assert!(Case::claiming("USA").at(0..25, -480).stays_silent());
    assert!(Case::claiming("USA").at(0..25, -300).stays_silent());
    // Two hours from the easternmost clock that the claim allows.
    assert!(Case::claiming("USA").at(0..25, -180).stays_silent());
    assert!(Case::claiming("USA").at(0..25, 540).finding().is_some());
}

#[test]
fn a_neighbouring_clock_is_no_contradiction() {
    assert!(
        Case::claiming("Lisbon, Portugal")
            .at(0..25, 120)
            .stays_silent()
    );
    assert!(
        Case::claiming("Lisbon, Portugal")
            .at(0..25, 180)
            .finding()
            .is_some()
    );
}

#[test]
fn someone_who_moved_is_silent() {
    // The claimed clock first, another since; and the other way about, a working week after the move.
    assert!(
        Case::claiming("New York, NY")
            .at(0..10, -300)
            .at(10..200, 540)
            .stays_silent()
    );
    assert!(
        Case::claiming("New York, NY")
            .at(0..60, 540)
            .at(60..65, -300)
            .stays_silent()
    );
}

#[test]
fn a_visit_to_the_claimed_place_is_no_move() {
    let finding = Case::claiming("New York, NY")
        .at(0..60, 540)
        .at(60..63, -300)
        .finding()
        .unwrap();
    assert_eq!(finding.explanation.facts[1].raw(), "63");
}

#[test]
fn a_traveller_is_silent() {
    assert!(
        Case::claiming("Lyon, France")
            .at(0..30, 60)
            .at(30..45, 540)
            .at(45..60, 60)
            .stays_silent()
    );
    // Always elsewhere, but nowhere for long: no one other clock.
    let nomad = Case::claiming("Lyon, France")
        .at(0..12, 540)
        .at(12..24, -300)
        .at(24..36, 330)
        .at(36..48, 600);
    assert!(nomad.stays_silent());
}

#[test]
fn odd_hours_on_the_claimed_clock_are_silent() {
    assert!(
        Case::claiming("New York, NY")
            .on_clock(0..40, &[1, 2, 3, 4], |_| -300)
            .stays_silent()
    );
}

#[test]
fn a_clock_that_says_nothing_is_not_judged() {
    assert!(
        Case::claiming("New York, NY")
            .at(0..40, 0)
            .could_not()
            .unwrap()
            .contains("+00:00")
    );
    let default_clock = Case::claiming("Lyon, France")
        .at(0..40, -480)
        .at(90..130, -420);
    assert!(
        default_clock
            .could_not()
            .unwrap()
            .contains("virtual machines")
    );
    assert!(
        Case::claiming("Lyon, France")
            .at(0..40, -480)
            .at(40..80, 0)
            .could_not()
            .is_some()
    );
    // Where the claim allows it, the same clock agrees.
    assert!(Case::claiming("Seattle, WA").at(0..40, -480).stays_silent());
    assert!(Case::claiming("Accra, Ghana").at(0..40, 0).stays_silent());
}

#[test]
fn a_container_beside_the_own_machine_hides_nothing() {
    assert!(
        Case::claiming("New York, NY")
            .at(0..30, 540)
            .at(30..90, 0)
            .finding()
            .is_some()
    );
    assert!(
        Case::claiming("New York, NY")
            .at(0..30, -300)
            .at(30..90, 0)
            .stays_silent()
    );
}

#[test]
fn too_little_is_its_own_outcome() {
    for (case, have) in [
        (Case::claiming("New York, NY").at(0..9, 540), 18),
        // A hundred commits of four days are four days.
        (
            Case::claiming("New York, NY").on_clock(
                0..4,
                &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12],
                |_| 540,
            ),
            8,
        ),
        (
            Case::claiming("New York, NY").at(0..9, 540).at(9..100, 0),
            18,
        ),
    ] {
        assert!(
            matches!(case.outcomes()[..], [Outcome::TooLittle { have: h, need: 20 }] if h == have)
        );
    }
    assert!(
        Case::claiming("New York, NY")
            .at(0..10, 540)
            .finding()
            .is_some()
    );
}

#[test]
fn nothing_claimed_or_nothing_own_is_not_judged() {
    assert!(
        Case::claiming("")
            .at(0..40, 540)
            .could_not()
            .unwrap()
            .contains("no place")
    );
    assert!(
        Case::claiming("Somewhere")
            .at(0..40, 540)
            .could_not()
            .unwrap()
            .contains("not understood")
    );
    let mut others = Case::claiming("New York, NY");
    for day in 0..40 {
        others = others.commit(START + day * 86_400, Some(540), OTHER, OWN);
    }
    assert!(others.could_not().unwrap().contains("own"));
    let mut profile = Case::claiming("New York, NY").profile();
    profile.histories.clear();
    profile.owners.clear();
    assert!(matches!(
        ClockOffset.examine(&profile, &Background::default())[..],
        [Outcome::CouldNotLook { .. }]
    ));
}

#[test]
fn commits_of_a_website_and_unreadable_offsets_are_left_out() {
    let mut web = Case::claiming("New York, NY").at(0..30, -300);
    for day in 30..300 {
        web = web.commit(START + day * 86_400, Some(540), OWN, WEB);
    }
    assert!(web.stays_silent());
    let mut unreadable = Case::claiming("New York, NY");
    for day in 0..60 {
        unreadable = unreadable.commit(START + day * 86_400, None, OWN, OWN);
    }
    assert!(unreadable.could_not().is_some());
}

#[test]
fn a_sole_author_counts_only_where_nobody_is_claimed() {
    let mut sole = Case::claiming("New York, NY").at(0..30, 540);
    sole.owned_by = OwnedBy::SoleAuthor;
    let mut profile = sole.profile();
    let fires = |p: &Profile| {
        matches!(
            ClockOffset.examine(p, &Background::default())[..],
            [Outcome::Finding(_)]
        )
    };
    assert!(fires(&profile));
    let claimed = Case::claiming("New York, NY").at(100..130, -300).profile();
    profile.histories.extend(claimed.histories);
    profile.owners.extend(claimed.owners);
    assert!(!fires(&profile));
}

#[test]
fn a_commit_in_two_repositories_counts_once() {
    let mut profile = Case::claiming("New York, NY").at(0..9, 540).profile();
    profile.histories.push(profile.histories[0].clone());
    profile.owners.push(profile.owners[0].clone());
    let outcomes = ClockOffset.examine(&profile, &Background::default());
    assert!(matches!(
        outcomes[..],
        [Outcome::TooLittle { have: 18, need: 20 }]
    ));
}

#[test]
fn order_of_commits_does_not_matter() {
    let mut turned = Case::claiming("New York, NY").at(0..25, 540);
    turned.commits.reverse();
    let finding = Case::claiming("New York, NY")
        .at(0..25, 540)
        .finding()
        .unwrap();
    let other = turned.finding().unwrap();
    assert_eq!(finding.explanation, other.explanation);
    assert_eq!(finding.exhibits, other.exhibits);
}

#[test]
fn the_shipped_table_is_sound() {
    let rate = TABLE.base_rate;
    assert!(
        0.0 < rate.rate
            && rate.low <= rate.rate
            && rate.rate <= rate.high
            && rate.high < 0.06
            && rate.n >= 50
    );
}
