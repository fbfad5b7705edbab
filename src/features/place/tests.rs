//! Claims as people write them, and what must not be read into them.

use crate::features::place::claim_in_heading;
use crate::features::place::region;
use crate::features::place::spans;
use crate::features::place::zones;
use crate::model::PagedText;

fn iana(claim: &str) -> Vec<String> {
    zones(Some(claim), None).iana
}

#[test]
fn a_clear_place_has_its_zone() {
    for (claim, zone) in [
        ("New York, NY", "America/New_York"),
        ("New York, NY, USA", "America/New_York"),
        ("New York, NY 10001, USA", "America/New_York"),
        ("new york, united states", "America/New_York"),
        ("NYC", "America/New_York"),
        ("Lyon, France", "Europe/Paris"),
        ("São Paulo, Brazil", "America/Sao_Paulo"),
        ("Sao Paulo, SP, Brasil", "America/Sao_Paulo"),
        ("Toronto, ON", "America/Toronto"),
        ("Toronto, Ontario, Canada", "America/Toronto"),
        ("Toronto, CA", "America/Toronto"),
        ("San Francisco, CA", "America/Los_Angeles"),
        ("San Francisco Bay Area", "America/Los_Angeles"),
        ("Perth, WA", "Australia/Perth"),
        ("Bengaluru, Karnataka, India", "Asia/Kolkata"),
        ("Bangalore, India", "Asia/Kolkata"),
        ("Remote (Lisbon, Portugal)", "Europe/Lisbon"),
        ("Austin TX", "America/Chicago"),
        ("London UK", "Europe/London"),
        ("Austin TX USA", "America/Chicago"),
        ("München, Bayern", "Europe/Berlin"),
        ("Sevilla, Andalucía, España", "Europe/Madrid"),
        ("Washington, D.C.", "America/New_York"),
        ("Zürich, Switzerland", "Europe/Zurich"),
        ("Gdańsk, Poland", "Europe/Warsaw"),
        ("Türkiye", "Europe/Istanbul"),
    ] {
        assert_eq!(iana(claim), [zone], "{claim}");
    }
}

#[test]
fn a_town_in_a_district_that_is_not_known_is_not_understood() {
    assert!(iana("Wellington, Somerset").is_empty());
}

#[test]
fn an_ambiguous_place_has_the_zones_of_all_its_bearers() {
    for (claim, some) in [
        ("London", vec!["Europe/London", "America/Toronto"]),
        ("Portland", vec!["America/Los_Angeles", "America/New_York"]),
        ("Georgia", vec!["Asia/Tbilisi", "America/New_York"]),
        (
            "USA",
            vec![
                "America/New_York",
                "America/Los_Angeles",
                "Pacific/Honolulu",
            ],
        ),
        (
            "Lisbon / Toronto, Canada",
            vec!["Europe/Lisbon", "America/Toronto"],
        ),
    ] {
        let zones = iana(claim);
        assert!(
            some.iter().all(|z| zones.contains(&z.to_string())),
            "{claim}: {zones:?}"
        );
    }
}

#[test]
fn a_town_that_is_not_in_the_table_has_the_zones_of_its_state() {
    assert_eq!(iana("Nosuchtown, Vermont"), ["America/New_York"]);
}

#[test]
fn what_is_not_understood_is_empty() {
    for claim in [
        "",
        "Remote",
        "Earth",
        "EMEA",
        "Lisbon / anywhere",
        "Digital nomad",
        "Atlantis, Lemuria",
        "in",
        "Berlin, Europe",
    ] {
        assert!(zones(Some(claim), None).is_empty(), "{claim}");
    }
    assert!(zones(None, None).is_empty());
}

#[test]
fn zones_are_read_from_either_field() {
    assert_eq!(zones(Some("UTC+5:30"), None).fixed_minutes, Some(330));
    assert_eq!(zones(None, Some("+0900")).fixed_minutes, Some(540));
    assert_eq!(zones(None, Some("GMT+1")).fixed_minutes, Some(60));
    assert_eq!(
        zones(None, Some("America/New_York")).iana,
        ["America/New_York"]
    );
    assert!(
        zones(None, Some("EST"))
            .iana
            .contains(&"America/New_York".to_string())
    );
    let both = zones(Some("Lisbon, Portugal (UTC+1)"), None);
    assert_eq!(
        (both.iana, both.fixed_minutes),
        (vec!["Europe/Lisbon".to_string()], Some(60))
    );
}

#[test]
fn a_place_and_a_zone_are_one_claim() {
    let zones = zones(Some("Seattle, WA"), Some("PST"));
    assert_eq!(zones.iana, ["America/Los_Angeles"]);
    assert_eq!(zones.claim, "Seattle, WA; PST");
    let remote = crate::features::place::zones(Some("New York, NY"), Some("Europe/Lisbon"));
    assert_eq!(remote.iana, ["America/New_York", "Europe/Lisbon"]);
}

#[test]
fn the_region_of_a_claim_is_one_country_or_none() {
    let region = |claim: &str| region(&zones(Some(claim), None));
    assert_eq!(region("Lyon, France").as_deref(), Some("FR"));
    assert_eq!(region("London").as_deref(), Some("GB"));
    assert_eq!(region("Austin, TX").as_deref(), Some("US"));
    assert_eq!(region("Toronto, ON; EST").as_deref(), Some("CA"));
    assert_eq!(region("Lyon, France; Europe/Paris").as_deref(), Some("FR"));
    assert_eq!(region("Georgia"), None);
    assert_eq!(region("+0900"), None);
    assert_eq!(region(""), None);
}

#[test]
fn a_place_in_the_heading_is_an_exact_one() {
    let claim =
        |text: &str| claim_in_heading(&PagedText::new(text, Vec::new())).map(|(claim, _)| claim);
    for (text, place) in [
        ("Ann Lee\nNew York, NY | ann@example.org\n", "New York, NY"),
        (
            "Ann Lee\nann@example.org • Lyon, France • +33 1 23\n",
            "Lyon, France",
        ),
        (
            "Ann Lee\nLocation: Toronto, Ontario, Canada\n",
            "Toronto, Ontario, Canada",
        ),
        (
            "Ann Lee\n12 Main Street, Austin, TX 78701\n",
            "Austin, TX 78701",
        ),
        (
            "Ann Lee\nInvalidenstr. 3, 10115 Berlin, Germany\n",
            "Berlin, Germany",
        ),
    ] {
        assert_eq!(claim(text).as_deref(), Some(place), "{text}");
    }
    for text in [
        "Ann Lee\nBerlin\n",
        "Ann Lee, MD\nPython, Go\n",
        "Acme Corp, Mountain View, CA\n",
        "Ann Lee\nExperience\nAcme\nAustin, TX\n",
        "Ann Lee\nLyon, Germany\n",
        "Ann Lee\nBerlin, Germany 2019\n",
        "Ann Lee\nLyon, France\nAustin, TX\n",
        "1\n2\n3\n4\n5\n6\n7\n8\nLyon, France\n",
    ] {
        assert_eq!(claim(text), None, "{text}");
    }
    let text = PagedText::new("Ann\n  Lyon, France  \n", Vec::new());
    let (written, range) = claim_in_heading(&text).unwrap();
    assert_eq!(&text.text[range], written);
}

#[test]
fn only_the_own_place_is_masked() {
    let masked = |text: &str, claim: &str| {
        spans(text, claim)
            .into_iter()
            .map(|r| text[r].to_string())
            .collect::<Vec<_>>()
    };
    assert_eq!(
        masked(
            "Ann, New York, NY. Born in NEW YORK; in NY courts",
            "New York, NY"
        ),
        ["New York, NY", "NEW YORK"]
    );
    assert_eq!(
        masked("reading books in Reading", "Reading, UK"),
        ["Reading"]
    );
    assert_eq!(
        masked("Lyonnais (Lyon) C++", "Lyon, France; Europe/Paris"),
        ["Lyon"]
    );
    assert!(masked("any text", "").is_empty());
    assert!(masked("any text", "+0900").is_empty());
}
