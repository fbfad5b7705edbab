//! Lines, boxes, letter-spaced headings, link texts, layout: of pages built by code.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::pdf::Pdf;
use crate::extract::pdf::samples::bytes;
use crate::extract::pdf::samples::document;
use crate::model::RawDocument;
use lopdf::Dictionary;
use lopdf::Object;
use lopdf::Stream;
use lopdf::dictionary;

fn read(content: &str) -> RawDocument {
    let doc = document(&[content.to_owned()], Dictionary::new()).0;
    Pdf.read(&bytes(doc), 0, &Limits::default()).unwrap()
}

#[test]
fn lines_have_boxes_fonts_and_colours() {
    let read = read(
        "1 0 0 rg BT /F1 20 Tf 72 700 Td (A title) Tj ET 0 g BT /F1 10 Tf 72 600 Td (one line) Tj 0 -14 Td (and the next) Tj ET",
    );
    assert_eq!(read.text.text, "A title\none line\nand the next\n");
    let lines = &read.text.lines;
    let starts: Vec<_> = lines.iter().map(|l| l.start).collect();
    assert_eq!(starts, [0, 8, 17]);
    assert_eq!(read.text.fonts, ["Helvetica"]);
    let title = read.text.line_box(3).unwrap();
    assert_eq!(
        (title.x, title.size, title.colour),
        (720, 200, Some([255, 0, 0]))
    );
    // The page is 792 points high and the baseline lies at 700.
    assert_eq!((title.y, title.height), (770, 200));
    assert!((500..800).contains(&title.width), "{title:?}");
    assert_eq!((lines[2].y - lines[1].y, lines[2].size), (140, 100));
}

#[test]
fn turned_text_has_its_box_on_the_page() {
    let read = read("BT /F1 10 Tf 0 1 -1 0 100 300 Tm (upwards) Tj ET");
    let line = read.text.line_box(0).unwrap();
    assert_eq!((line.x, line.width), (925, 100), "{line:?}");
    assert!(line.height > 300, "{line:?}");
}

/// Letters drawn one by one, `gap` points apart; a blank stands for a gap twice as wide.
fn spaced(text: &str, gap: f32) -> String {
    let mut x = 72.0;
    let mut content = String::from("BT /F1 20 Tf ");
    for c in text.chars() {
        if c == ' ' {
            x += 0.556 * 20.0 + gap;
            continue;
        }
        content += &format!("1 0 0 1 {x} 700 Tm ({c}) Tj ");
        // Widths of Helvetica, in thousandths (Adobe Core 14 metrics).
        let width = match c {
            'J' => 500.0,
            'O' => 778.0,
            'H' | 'N' => 722.0,
            'S' => 667.0,
            'M' => 833.0,
            'I' => 278.0,
            'T' => 611.0,
            _ => 667.0,
        };
        x += width / 1000.0 * 20.0 + gap;
    }
    content + "ET"
}

#[test]
fn letter_spaced_words_are_put_together() {
    for gap in [4.0, 7.0, 12.0] {
        assert_eq!(
            read(&spaced("JOHN SMITH", gap)).text.text,
            "JOHN SMITH\n",
            "{gap}"
        );
    }
}

#[test]
fn letters_that_stand_apart_stay_apart() {
    // Too few, too far apart, at uneven distances.
    assert_eq!(read(&spaced("ABE", 6.0)).text.text, "A B E\n");
    assert_eq!(read(&spaced("ABEK", 40.0)).text.text, "A B E K\n");
    let grades = "BT /F1 20 Tf 1 0 0 1 72 700 Tm (A) Tj 1 0 0 1 92 700 Tm (B) Tj 1 0 0 1 114 700 Tm (E) Tj 1 0 0 1 133 700 Tm (K) Tj ET";
    assert_eq!(read(grades).text.text, "A B E K\n");
    assert_eq!(read(&spaced("abcd", 6.0)).text.text, "a b c d\n", "a list");
}

#[test]
fn letters_of_bitmap_fonts_stay_in_order() {
    // As pdfTeX writes them: widths in pixels, made into text space by the font's matrix, and kerns in thousandths.
    let content = "BT /F3 10 Tf 72 600 Td [(T)83(e)1(ac)27(her)] TJ ET";
    let (mut doc, ids) = document(&[content.to_owned()], Dictionary::new());
    let glyph = doc.add_object(Stream::new(
        Dictionary::new(),
        b"46 0 0 0 40 50 d1".to_vec(),
    ));
    let letters: Vec<(u8, &str)> = vec![
        (84, "T"),
        (97, "a"),
        (99, "c"),
        (101, "e"),
        (104, "h"),
        (114, "r"),
    ];
    let mut names = Vec::new();
    let mut drawn = Dictionary::new();
    for (code, name) in letters {
        names.extend([Object::from(i64::from(code)), name.into()]);
        drawn.set(name, glyph);
    }
    let widths: Vec<Object> = (84..=114).map(|_| 46.into()).collect();
    let matrix: Vec<Object> = [0.012, 0.0, 0.0, 0.012, 0.0, 0.0]
        .map(Object::Real)
        .to_vec();
    let font = doc.add_object(dictionary! {
        "Type" => "Font", "Subtype" => "Type3", "FontMatrix" => matrix, "FirstChar" => 84, "LastChar" => 114,
        "Widths" => widths, "CharProcs" => drawn, "Encoding" => dictionary! { "Differences" => names },
        "FontBBox" => vec![0.into(), 0.into(), 50.into(), 50.into()],
    });
    let resources = doc.add_object(dictionary! { "Font" => dictionary! { "F3" => font } });
    doc.get_dictionary_mut(ids[0])
        .unwrap()
        .set("Resources", resources);
    let read = Pdf.read(&bytes(doc), 0, &Limits::default()).unwrap();
    assert_eq!(read.text.text, "Teacher\n");
}

#[test]
fn filled_fields_are_read() {
    let (mut doc, ids) = document(
        &["q 5 0 0 5 0 0 cm BT /F1 2 Tf 14 140 Td (Name:) Tj ET".into()],
        Dictionary::new(),
    );
    let page = doc.get_dictionary(ids[0]).unwrap();
    let fonts = page.get(b"Resources").unwrap().clone();
    let field = |doc: &mut lopdf::Document, text: &str, y: i64, flags: i64| -> Object {
        let looks = dictionary! {
            "Type" => "XObject", "Subtype" => "Form", "Resources" => fonts.clone(),
            "BBox" => vec![0.into(), 0.into(), 100.into(), 20.into()],
        };
        let content = format!("/Tx BMC BT /F1 10 Tf 2 5 Td ({text}) Tj ET EMC");
        let looks = doc.add_object(Stream::new(looks, content.into()));
        let area: Vec<Object> = vec![150.into(), y.into(), 250.into(), (y + 20).into()];
        dictionary! {
            "Type" => "Annot", "Subtype" => "Widget", "FT" => "Tx", "Rect" => area, "F" => flags,
            "AP" => dictionary! { "N" => looks },
        }
        .into()
    };
    let fields = vec![
        field(&mut doc, "Ann Lee", 695, 4),
        field(&mut doc, "not shown", 500, 2),
    ];
    doc.get_dictionary_mut(ids[0])
        .unwrap()
        .set("Annots", fields);
    let read = Pdf.read(&bytes(doc), 0, &Limits::default()).unwrap();
    assert_eq!(read.text.text, "Name: Ann Lee\n");
    assert_eq!(read.text.lines[0].x, 700);
}

#[test]
fn links_carry_the_text_under_them() {
    let content = "BT /F1 10 Tf 72 600 Td (see my page and more) Tj 0 -14 Td (of the same) Tj ET";
    let (mut doc, ids) = document(&[content.to_owned()], Dictionary::new());
    let link = |target: &str, area: [i64; 4]| -> Object {
        let area: Vec<Object> = area.into_iter().map(Object::from).collect();
        dictionary! {
            "Type" => "Annot", "Subtype" => "Link", "Rect" => area,
            "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(target) },
        }
        .into()
    };
    let links = vec![
        link("https://a.example/", [91, 597, 132, 609]),
        link("https://b.example/", [130, 597, 180, 609]),
        link("https://b.example/", [70, 583, 140, 595]),
        link("https://c.example/", [300, 300, 400, 400]),
    ];
    doc.get_dictionary_mut(ids[0]).unwrap().set("Annots", links);
    let read = Pdf.read(&bytes(doc), 0, &Limits::default()).unwrap();
    let texts: Vec<_> = read.links.iter().map(|l| l.text.as_str()).collect();
    assert_eq!(texts, ["my page", "and more of the same", ""]);
}

#[test]
fn layout_does_not_depend_on_the_words() {
    let page = |a: &str, b: &str, x: i32| {
        let page =
            format!("BT /F1 20 Tf {x} 700 Td ({a}) Tj ET BT /F1 10 Tf 72 600 Td ({b}) Tj ET");
        read(&page).traces.layout.unwrap()
    };
    let one = page("Ann Lee", "words", 72);
    let other = page("Bo Olsen", "other words here", 72);
    assert_eq!(
        (one.hash, &one.grid, one.num_lines),
        (other.hash, &other.grid, 2)
    );
    assert_eq!(one.fonts, [("Helvetica".to_owned(), 11)]);
    assert_ne!(one.hash, page("Ann Lee", "words", 90).hash);
}
