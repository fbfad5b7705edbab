//! Leftovers of templates, and ordinary text about them.

use crate::detect::document_fixture::*;
use crate::detect::template_residue::*;
use crate::model::DocumentMeta;

fn look(text: &str) -> Vec<Outcome> {
    let profile = applicant("a", document("a", text, DocumentMeta::default()));
    TemplateResidue.examine(&profile, &Background::default())
}

#[test]
fn each_kind_has_its_own_rate() {
    let text = "Managed [Number] people.\nLorem ipsum dolor sit amet.\nAs an AI language model, I can not.\n";
    let outcomes = look(text);
    let found = findings_of(&outcomes);
    let rates: Vec<f64> = found.iter().map(|f| f.base_rate.rate).collect();
    assert_eq!(rates.len(), 3);
    assert!(
        rates[1] > 0.03 && rates[0] < 0.01 && rates[2] < 0.01,
        "{rates:?}"
    );
    for kind in [Kind::Filler, Kind::Placeholder, Kind::Tool] {
        let rate = rate(kind);
        assert!(rate.low <= rate.rate && rate.rate <= rate.high);
    }
}

#[test]
fn a_finding_names_the_place() {
    let outcomes = look("Engineer\nManaged [Number] people\n");
    let found = findings_of(&outcomes);
    assert_eq!(
        found[0].observations.as_slice()[0].fact,
        Fact::Text("[Number]".into())
    );
    assert_eq!(found[0].sample, 1);
}

#[test]
fn ordinary_text_and_no_text_give_nothing() {
    assert!(look("Wrote Handlebars templates; fine-tuned a large language model.").is_empty());
    let empty = Profile::empty(crate::model::ApplicantId::new("a"));
    let outcomes = TemplateResidue.examine(&empty, &Background::default());
    assert!(matches!(outcomes[..], [Outcome::CouldNotLook { .. }]));
}
