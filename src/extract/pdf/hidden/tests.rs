//! Hidden and seen text on pages built by code.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::pdf::Pdf;
use crate::extract::pdf::samples::bytes;
use crate::extract::pdf::samples::document;
use crate::extract::pdf::samples::shows;
use crate::model::Hiding;
use crate::model::Ordinary;
use crate::model::RawDocument;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Object;
use lopdf::Stream;
use lopdf::dictionary;

fn read(doc: Document) -> RawDocument {
    Pdf.read(&bytes(doc), 0, &Limits::default()).unwrap()
}

fn kinds(doc: Document) -> Vec<(Hiding, Option<Ordinary>, String)> {
    let hidden = read(doc).traces.hidden;
    let told = hidden.into_iter().map(|h| (h.how, h.ordinary, h.text.text));
    told.collect()
}

/// A page of plain text and `content`; what of it is hidden.
fn hidden(content: &str) -> Vec<(Hiding, String)> {
    let page = format!("0 g {} {content}", shows("seen by all"));
    let all = kinds(document(&[page], Dictionary::new()).0);
    all.into_iter().map(|(how, _, text)| (how, text)).collect()
}

fn at(x: i32, y: i32, size: f32, text: &str) -> String {
    format!("BT /F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET")
}

#[test]
fn letters_in_the_colour_under_them_are_hidden() {
    let secret = at(72, 400, 10.0, "secret words");
    for (what, content) in [
        ("white on paper", format!("1 1 1 rg {secret}")),
        ("nearly white on paper", format!("0.98 g {secret}")),
        ("white by CMYK", format!("0 0 0 0 k {secret}")),
        (
            "black on a black band",
            format!("0 g 50 390 300 30 re f {secret}"),
        ),
        (
            "white on a white card on a dark page",
            format!(
                "0.1 g 0 0 612 792 re f 1 g 50 300 400 200 re f {secret} 0.1 g 0 600 612 192 re f"
            ),
        ),
        (
            "white beside a dark band",
            format!("0 0 0.3 rg 0 500 612 60 re f 1 g {secret}"),
        ),
        (
            "inside the hole of a frame",
            format!("0 g 40 300 400 200 re 50 310 380 180 re f* 1 g {secret}"),
        ),
        (
            "on a white band",
            format!("q 1 1 1 rg 50 390 300 30 re f Q 1 g {secret}"),
        ),
    ] {
        assert_eq!(
            hidden(&content),
            [(Hiding::SameColour, "secret words".to_owned())],
            "{what}"
        );
    }
}

#[test]
fn letters_on_another_colour_are_seen() {
    let title = at(72, 400, 10.0, "A title");
    for (what, content) in [
        (
            "white on a dark band",
            format!("0 0 0.3 rg 50 390 300 30 re f 1 g {title}"),
        ),
        ("grey on paper", format!("0.7 g {title}")),
        (
            "white on a round badge",
            format!(
                "0.2 g 40 400 m 40 460 140 460 140 400 c 140 340 40 340 40 400 c f 1 g {title}"
            ),
        ),
        (
            "white on a broad line",
            format!("0 G 30 w 50 400 m 400 400 l S 1 g {title}"),
        ),
        (
            "white with a black outline",
            format!("1 g 0 G 2 Tr {title} 0 Tr"),
        ),
        (
            "white on a turned band",
            format!("q 0 1 -1 0 400 380 cm 0 g 0 0 40 350 re f Q 1 g {title}"),
        ),
        (
            "white on an inline image",
            format!("q 300 0 0 30 50 390 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x00 EI Q 1 g {title}"),
        ),
    ] {
        assert_eq!(hidden(&content), [], "{what}");
    }
}

#[test]
fn what_lies_in_forms_and_odd_colours_counts() {
    let white = format!("1 g {}", at(72, 400, 10.0, "A title"));
    let resources = |doc: &Document, page| {
        let page = doc.get_dictionary(page).unwrap();
        page.get(b"Resources").unwrap().as_reference().unwrap()
    };
    // The dark band is drawn by a form that is moved into place.
    let (mut doc, ids) = document(
        &[format!("q 1 0 0 1 50 390 cm /X1 Do Q {white}")],
        Dictionary::new(),
    );
    let band = dictionary! { "Type" => "XObject", "Subtype" => "Form", "BBox" => vec![0.into(), 0.into(), 300.into(), 30.into()] };
    let band = doc.add_object(Stream::new(band, b"0.2 g 0 0 300 30 re f".to_vec()));
    let id = resources(&doc, ids[0]);
    doc.get_dictionary_mut(id)
        .unwrap()
        .set("XObject", dictionary! { "X1" => band });
    assert_eq!(kinds(doc), []);
    // A white sheet that darkens nothing lies over the band; one that is nearly clear hides as little.
    for given in [
        dictionary! { "BM" => "Multiply" },
        dictionary! { "SMask" => dictionary! { "S" => "Alpha" } },
        dictionary! { "ca" => 0.1 },
    ] {
        let page = format!("0.2 g 50 390 300 30 re f /G gs 1 g 50 390 300 30 re f {white}");
        let (mut doc, ids) = document(&[page], Dictionary::new());
        let id = resources(&doc, ids[0]);
        let given = dictionary! { "G" => given };
        doc.get_dictionary_mut(id).unwrap().set("ExtGState", given);
        assert_eq!(kinds(doc), []);
    }
    // Full black of a printing plate is 1, which read as grey is white.
    let text = at(72, 400, 10.0, "A title");
    let (mut doc, ids) = document(&[format!("/P cs 1 scn {text}")], Dictionary::new());
    let id = resources(&doc, ids[0]);
    let plate: Vec<Object> = vec![
        "Separation".into(),
        "Black".into(),
        "DeviceGray".into(),
        Object::Null,
    ];
    doc.get_dictionary_mut(id)
        .unwrap()
        .set("ColorSpace", dictionary! { "P" => plate });
    assert_eq!(kinds(doc), []);
}

#[test]
fn tiny_far_and_unpainted_text_is_hidden() {
    for (content, how) in [
        (at(72, 300, 0.8, "secret words"), Hiding::Tiny),
        (
            format!(
                "q 0.05 0 0 0.05 0 0 cm {} Q",
                at(72, 300, 12.0, "secret words")
            ),
            Hiding::Tiny,
        ),
        (at(700, 300, 10.0, "secret words"), Hiding::OffPage),
        (at(72, -60, 10.0, "secret words"), Hiding::OffPage),
        (
            format!("3 Tr {} 0 Tr", at(72, 300, 10.0, "secret words")),
            Hiding::Unpainted,
        ),
    ] {
        assert_eq!(
            hidden(&content),
            [(how, "secret words".to_owned())],
            "{content}"
        );
    }
}

#[test]
fn off_page_text_is_not_in_the_text() {
    let page = format!("{} {}", shows("seen"), at(700, 300, 10.0, "unseen"));
    let read = read(document(&[page], Dictionary::new()).0);
    assert_eq!(read.text.text, "seen\n");
    assert_eq!(
        (read.traces.hidden.len(), read.traces.hidden[0].page),
        (1, Some(1))
    );
}

#[test]
fn the_text_layer_of_a_scan_is_ordinary() {
    for (width, ordinary) in [(612, Some(Ordinary::OcrLayer)), (100, None)] {
        let page = format!(
            "q {width} 0 0 792 0 0 cm /X1 Do Q 3 Tr {}",
            shows("read by a machine")
        );
        let (mut doc, ids) = document(&[page], Dictionary::new());
        let scan = dictionary! {
            "Type" => "XObject", "Subtype" => "Image", "Width" => 1, "Height" => 1,
            "ColorSpace" => "DeviceGray", "BitsPerComponent" => 8,
        };
        let scan = doc.add_object(Stream::new(scan, vec![255]));
        let page = doc.get_dictionary(ids[0]).unwrap();
        let id = page.get(b"Resources").unwrap().as_reference().unwrap();
        doc.get_dictionary_mut(id)
            .unwrap()
            .set("XObject", dictionary! { "X1" => scan });
        assert_eq!(
            kinds(doc),
            [(Hiding::Unpainted, ordinary, "read by a machine".to_owned())]
        );
    }
}

#[test]
fn short_leftovers_of_a_design_tool_are_ordinary() {
    for (text, ordinary) in [
        ("Your Name Here", Some(Ordinary::TemplateGhost)),
        (
            "a whole sentence that was written by somebody for a machine",
            None,
        ),
    ] {
        let page = format!("{} 3 Tr {}", shows("seen"), at(72, 300, 10.0, text));
        let (mut doc, _) = document(&[page], Dictionary::new());
        let info = doc.add_object(dictionary! { "Producer" => Object::string_literal("Canva") });
        doc.trailer.set("Info", info);
        assert_eq!(kinds(doc), [(Hiding::Unpainted, ordinary, text.to_owned())]);
    }
}
