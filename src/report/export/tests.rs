//! Each format read back with the crates that read it, on the sample; other programs read them in
//! `corpora/programs/check_exports.py`.

use crate::report::assemble;
use crate::report::export::{ExportFormat, export};
use crate::report::sample;
use crate::report::{Draft, Masking, Report};
use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use std::collections::BTreeSet;

const ALL: [ExportFormat; 4] = [
    ExportFormat::GraphMl,
    ExportFormat::Gexf,
    ExportFormat::Stix,
    ExportFormat::Misp,
];

fn written(report: &Report, format: ExportFormat, reveal: bool) -> String {
    let mut out = Vec::new();
    export(report, format, reveal, &mut out).unwrap();
    String::from_utf8(out).unwrap()
}

fn revealed() -> Report {
    assemble(Draft {
        masking: Masking::Reveal,
        ..sample::draft()
    })
}

/// How often each element begins; an error is a file that is no XML.
fn elements(xml: &str, name: &str) -> usize {
    let mut reader = Reader::from_str(xml);
    reader.config_mut().check_end_names = true;
    let mut count = 0;
    loop {
        match reader.read_event().unwrap() {
            Event::Eof => return count,
            Event::Start(e) | Event::Empty(e) if e.name().as_ref() == name => count += 1,
            _ => {}
        }
    }
}

#[test]
fn graphs_hold_every_applicant_and_every_link() {
    let report = assemble(sample::draft());
    for format in [ExportFormat::GraphMl, ExportFormat::Gexf] {
        let xml = written(&report, format, false);
        assert_eq!(
            elements(&xml, "node"),
            report.applicants.len(),
            "{format:?}"
        );
        assert_eq!(elements(&xml, "edge"), report.links.len(), "{format:?}");
        assert!(xml.ends_with(">\n"));
    }
}

#[test]
fn stix_and_misp_hold_groups_and_nothing_that_a_relation_explains() {
    let report = assemble(sample::draft());
    let bundle: Value = serde_json::from_str(&written(&report, ExportFormat::Stix, false)).unwrap();
    let objects = bundle["objects"].as_array().unwrap();
    let of = |kind: &str| objects.iter().filter(|o| o["type"] == kind).count();
    let members: usize = report.clusters.iter().map(|c| c.members.len()).sum();
    assert_eq!(of("grouping"), report.clusters.len());
    assert_eq!(of("identity"), members + 1, "the members and the program");
    for judgement in [
        "threat-actor",
        "campaign",
        "intrusion-set",
        "malware",
        "indicator",
    ] {
        assert_eq!(of(judgement), 0, "{judgement}");
    }
    assert!(objects.iter().all(|o| o.get("confidence").is_none()));
    for text in [
        written(&report, ExportFormat::Stix, false),
        written(&report, ExportFormat::Misp, false),
    ] {
        assert!(
            !text.contains("B-101") && !text.contains("B-102"),
            "siblings stay at home"
        );
    }
}

#[test]
fn references_inside_a_bundle_lead_somewhere() {
    let bundle: Value =
        serde_json::from_str(&written(&revealed(), ExportFormat::Stix, true)).unwrap();
    let objects = bundle["objects"].as_array().unwrap();
    let ids: BTreeSet<&str> = objects.iter().map(|o| o["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), objects.len());
    for object in objects {
        let one = ["created_by_ref", "source_ref", "target_ref"];
        let refs = one.iter().filter_map(|k| object[k].as_str());
        let many = object["object_refs"].as_array().into_iter().flatten();
        for id in refs.chain(many.filter_map(Value::as_str)) {
            assert!(ids.contains(id), "{id}");
        }
    }
}

#[test]
fn no_attribute_of_an_event_is_for_detection() {
    let event: Value =
        serde_json::from_str(&written(&revealed(), ExportFormat::Misp, true)).unwrap();
    let attributes = event["Event"]["Attribute"].as_array().unwrap();
    assert!(attributes.iter().all(|a| a["to_ids"] == false));
    assert!(attributes.iter().any(|a| a["type"] == "phone-number"));
    assert_eq!(event["Event"]["threat_level_id"], "4");
}

#[test]
fn nothing_is_revealed_unless_asked_for_twice() {
    let masked = assemble(sample::draft());
    for format in ALL {
        for report in [&masked, &revealed()] {
            let text = written(report, format, false).to_lowercase();
            for secret in sample::SECRETS {
                assert!(
                    !text.contains(&secret.to_lowercase()),
                    "{secret} in {format:?}"
                );
            }
        }
        let asked = export(&masked, format, true, &mut Vec::new()).unwrap_err();
        assert!(asked.to_string().contains("scan with --reveal"));
    }
    assert!(written(&revealed(), ExportFormat::Misp, true).contains("4155550142"));
}

#[test]
fn the_same_report_gives_the_same_bytes() {
    let mut other = sample::draft();
    other.applicants.reverse();
    other.links.reverse();
    other.evidence.reverse();
    let (one, other) = (assemble(sample::draft()), assemble(other));
    for format in ALL {
        assert_eq!(written(&one, format, false), written(&other, format, false));
    }
}

#[test]
fn text_of_strangers_stays_text() {
    for hostile in [
        "<script>alert(1)</script>",
        "]]>&amp;\"'\u{fffe}",
        "\u{1b}[2J\u{202e}x\u{0}",
        "a\r\nb\u{85}c",
    ] {
        let mut report = assemble(sample::draft());
        let member = report.clusters[0].members[0].clone();
        for applicant in &mut report.applicants {
            if applicant.id == member {
                applicant.label = hostile.into();
            }
        }
        for evidence in &mut report.evidence {
            evidence.explanation = hostile.into();
            evidence.detector = hostile.into();
        }
        for format in ALL {
            let text = written(&report, format, false);
            let odd = |c: char| {
                (c.is_control() && c != '\n')
                    || ('\u{202a}'..='\u{202e}').contains(&c)
                    || c == '\u{fffe}'
            };
            assert!(
                format_is_json(format) || !text.contains(odd),
                "{format:?}: {hostile:?}"
            );
            match format_is_json(format) {
                true => drop(serde_json::from_str::<Value>(&text).unwrap()),
                false => assert_eq!(elements(&text, "script"), 0),
            }
        }
    }
}

fn format_is_json(format: ExportFormat) -> bool {
    matches!(format, ExportFormat::Stix | ExportFormat::Misp)
}
