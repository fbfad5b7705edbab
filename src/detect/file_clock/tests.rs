use crate::detect::clock_case::Case;
use crate::detect::clock_case::START;
use crate::detect::file_clock::*;
use crate::features::place::zones;
use crate::model::Digest;
use crate::model::DocumentMeta;
use crate::model::MaskedText;
use crate::model::RawTime;
use crate::model::Signature;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Traces;

const WORD: &str = "Microsoft® Word for Microsoft 365";

/// A PDF made on day `day` of 2024 by `producer` at an offset in minutes.
fn document(producer: &str, day: i64, minutes: i32) -> Document {
    Document {
        source: SourceInfo {
            path: format!("a/{day}.pdf"),
            sha256: Digest(format!("{day}")),
            kind: SourceKind::Pdf,
            engine: None,
        },
        text: MaskedText::default(),
        signature: Signature::default(),
        fingerprints: Default::default(),
        meta: DocumentMeta {
            producer: Some(producer.into()),
            created: Some(RawTime {
                seconds: START + day * 86_400,
                offset: UtcOffset::from_minutes(minutes),
            }),
            ..DocumentMeta::default()
        },
        links: Vec::new(),
        traces: Traces::default(),
    }
}

fn of(claim: &str, documents: Vec<Document>) -> Result<Option<Finding>, &'static str> {
    let mut profile = Case::claiming("").profile();
    profile.histories.clear();
    profile.owners.clear();
    profile.zones = zones(Some(claim).filter(|c| !c.is_empty()), None);
    profile.documents = documents;
    look(&profile)
}

#[test]
fn a_far_clock_is_found_and_a_near_one_is_not() {
    let at = |minutes| of("Lyon, France", vec![document(WORD, 10, minutes)]).unwrap();
    let finding = at(480).unwrap();
    assert_eq!(finding.explanation.template, AGAINST_CLAIM);
    assert_eq!(finding.explanation.facts[3], Fact::Time("+01:00".into()));
    assert!(at(60).is_none() && at(-60).is_none() && at(180).is_none());
    assert!(at(-300).is_some());
}

#[test]
fn summer_time_of_the_claimed_place_counts() {
    // Two hours and three quarters in summer, three and three quarters in winter.
    let on = |day| of("Lyon, France", vec![document(WORD, day, 285)]).unwrap();
    assert!(on(10).is_some());
    assert!(on(190).is_none());
}

#[test]
fn clocks_of_servers_and_unset_machines_say_nothing() {
    for (producer, minutes) in [
        (WORD, 0),
        (WORD, -480),
        ("Adobe PDF Library 15.0", -420),
        ("Skia/PDF m120", 540),
        ("iText 5.5", 540),
        ("ReportLab PDF Library", 540),
    ] {
        let looked = of("Lyon, France", vec![document(producer, 10, minutes)]);
        assert!(looked.is_err(), "{producer} {minutes}");
    }
    assert!(
        of("Los Angeles, CA", vec![document(WORD, 10, -480)])
            .unwrap()
            .is_none()
    );
    assert!(
        of("London, UK", vec![document(WORD, 10, 0)])
            .unwrap()
            .is_none()
    );
}

#[test]
fn one_document_that_keeps_the_claim_silences_it() {
    let both = vec![document(WORD, 10, 480), document(WORD, 40, 60)];
    assert!(of("Lyon, France", both).unwrap().is_none());
    assert!(of("Lyon, France", Vec::new()).is_err());
    assert!(of("Remote", vec![document(WORD, 10, 480)]).is_err());
}

#[test]
fn own_commits_stand_in_for_a_claim_and_beside_one() {
    let case = |claim, minutes: i32| {
        let mut profile = Case::claiming(claim).at(0..20, minutes).profile();
        profile.documents = vec![document(WORD, 10, 480)];
        look(&profile).unwrap()
    };
    let found = case("", 60).unwrap();
    assert_eq!(found.explanation.template, AGAINST_COMMITS);
    assert!(case("", 480).is_none());
    assert_eq!(
        case("Lyon, France", 480).unwrap().explanation.template,
        WITH_COMMITS
    );
}

#[test]
fn the_shipped_base_rate_is_a_share_with_an_interval() {
    let rate = TABLE.base_rate;
    assert!(rate.low <= rate.rate && rate.rate <= rate.high && rate.n > 30);
}
