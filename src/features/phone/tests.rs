#![allow(clippy::unwrap_used)]

use crate::features::anchors::Anchors;
use crate::features::anchors::digit_runs;
use crate::features::phone::find;
use crate::features::phone::pattern;
use crate::features::phone::runs;
use crate::features::phone::shaped;

fn found(text: &str, region: Option<&str>) -> Vec<(String, bool)> {
    find(text, &Anchors::new(text), region)
        .into_iter()
        .map(|f| (f.value, f.assumed_region))
        .collect()
}

#[test]
fn one_number_has_one_form_however_it_is_written() {
    for written in [
        "+1 206-555-0142",
        "+12065550142",
        "+1 (206) 555-0142",
        "(+1) 206 555 0142",
        "+1.206.555.0142",
        "+1 206 555 0142 2019",
        "Phone: 001 206 555 0142",
    ] {
        assert_eq!(
            found(written, None),
            [("+12065550142".into(), false)],
            "{written}"
        );
    }
    for written in [
        "(206) 555-0142",
        "206-555-0142",
        "206.555.0142",
        "1-206-555-0142",
        "206 555 0142",
        "Ann Lee | 206 555 0142 | Seattle",
        "1 206 555 0142",
        "Cell: 2065550142",
    ] {
        assert_eq!(
            found(written, Some("US")),
            [("+12065550142".into(), true)],
            "{written}"
        );
        assert_eq!(found(written, None), [], "{written} has no country");
    }
}

proptest::proptest! {
    /// The walk finds what the pattern says in one line: up to 17 digits with at most three separators between two.
    #[test]
    fn runs_are_those_of_the_pattern(text in r"[0-9 +().\-/\u{a0}–aé@\n]{0,60}") {
        let shape = r"(?:\(?\+ ?)?\(?\d(?:[ \u{a0}\u{2009}\u{202f}.\-‐‑–()/]{0,3}\d){6,16}";
        let by_pattern: Vec<_> = pattern(shape).find_iter(&text).map(|m| m.range()).collect();
        let digits = digit_runs(text.as_bytes());
        let walked: Vec<_> = runs(&text, &digits).collect();
        proptest::prop_assert_eq!(walked, by_pattern);
    }
}

#[test]
fn trunk_prefixes_fall_by_the_plan() {
    for (written, region, e164) in [
        ("+44 (0)20 7946 0018", None, "+442079460018"),
        ("+44 07700 900123", None, "+447700900123"),
        ("07700 900123", Some("GB"), "+447700900123"),
        ("+49 0171 3920012", None, "+491713920012"),
        ("+39 06 1234 5608", None, "+390612345608"),
        ("+7 812 000 40 25", None, "+78120004025"),
        ("8 (812) 000-40-25", Some("RU"), "+78120004025"),
        ("(020) 7946 0958", Some("GB"), "+442079460958"),
        ("031-390 06 42", Some("SE"), "+46313900642"),
        ("+46 31 390 06 42", None, "+46313900642"),
        ("06 39 98 50 78", Some("FR"), "+33639985078"),
        ("90000 12309", Some("IN"), "+919000012309"),
        ("+91-90000-12309", None, "+919000012309"),
    ] {
        let got: Vec<_> = found(written, region).into_iter().map(|f| f.0).collect();
        assert_eq!(got, [e164], "{written}");
    }
}

#[test]
fn what_is_no_number_is_not_read() {
    for text in [
        "2015 - 2019",
        "2015-2019",
        "01/2015 - 12/2019",
        "12.05.2020 - 10.06.2021",
        "2019-05-12 2020-06-30",
        "192.168.100.100",
        "10.120.130.140",
        "ISBN 978-3-16-148410-0",
        "ID: 206-555-0142",
        "$1 200 000 0000",
        "#206-555-0142",
        "2065550142",
        "grew by +50 000 000 users",
        "+10 000 000",
        "v1.22.333.4444",
        "98101-1234",
        "2014-15 / 2015",
        "7/2010-6/2014",
        "03/2011-03/25/11",
        "GPA 3.35/4.0 3.67/4.0",
        "206-555-0142k",
        "DOI 10.1145/3292500",
        "1,200,000,000",
        "Fax 206-555-0142",
        "C++ 11 14 17 20 23",
    ] {
        assert_eq!(found(text, Some("US")), [], "{text}");
    }
}

#[test]
fn template_numbers_are_set_aside() {
    for text in [
        "123-456-7890",
        "(555) 555-5555",
        "Phone: 000-000-0000",
        "+1 111 111 1111",
        "+1 (555) 123-4567",
        "+91 98765 43210",
        "Tel: 555-1234",
    ] {
        assert_eq!(found(text, Some("US")), [], "{text}");
    }
}

#[test]
fn numbers_without_a_country_are_masked_all_the_same() {
    let text = "206-555-0142, 2015 - 2019";
    let masked: Vec<_> = shaped(text).into_iter().map(|r| &text[r]).collect();
    assert_eq!(masked, ["206-555-0142"]);
}
