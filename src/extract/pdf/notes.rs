//! What annotations draw on a page: filled form fields, typewritten notes, stamps, signatures.
//!
//! A form that somebody filled in has its text there and not in the page's content. The engine reads content only, so a
//! page is handed over with the appearance of each visible annotation drawn at its end, placed as ISO 32000-2 §12.5.5
//! says (Algorithm 8.1). Fields without an appearance, which a viewer would have to draw itself, are not read.

use pdfboss_core::Dict;
use pdfboss_core::Document;
use pdfboss_core::Matrix;
use pdfboss_core::Name;
use pdfboss_core::Object;
use pdfboss_core::Page;
use pdfboss_core::Rect;
use pdfboss_core::Stream;
use std::fmt::Write as _;

/// Annotations drawn on one page: a large form has some hundred.
const MAX_NOTES: usize = 500;
/// Hidden, or not to be shown on screen (ISO 32000-2 Table 167, bits 2 and 6).
const UNSEEN: i64 = 2 | 32;

/// The page with what its annotations draw; the page itself where they draw nothing.
pub(in crate::extract) fn drawn(doc: &Document, page: Page) -> Page {
    let annotations = page.dict().get("Annots").and_then(|a| doc.resolve(a).ok());
    let Some(Object::Array(annotations)) = annotations else {
        return page;
    };
    let mut content = String::from("Q\n");
    let mut names = Dict::new();
    for annotation in annotations.iter().take(MAX_NOTES) {
        if let Some((appearance, matrix)) = appearance(doc, annotation) {
            let name = format!("Note{}", names.len());
            let Matrix { a, b, c, d, e, f } = matrix;
            // Writing to a string cannot fail.
            let _ = writeln!(content, "q {a} {b} {c} {d} {e} {f} cm /{name} Do Q");
            names.insert(Name(name), appearance);
        }
    }
    if names.is_empty() {
        return page;
    }
    with(doc, &page, content, names)
}

/// What an annotation draws and where: the appearance stream, by reference where it has one.
fn appearance(doc: &Document, annotation: &Object) -> Option<(Object, Matrix)> {
    let annotation = doc.resolve(annotation).ok()?;
    let annotation = annotation.as_dict()?;
    let kind = annotation.get_name("Subtype")?;
    let flags = annotation.get_int("F").unwrap_or(0);
    if flags & UNSEEN != 0 || kind.0 == "Popup" || kind.0 == "Link" {
        return None;
    }
    let looks = doc.resolve(annotation.get("AP")?).ok()?;
    let mut normal = looks.as_dict()?.get("N")?.clone();
    let mut resolved = doc.resolve(&normal).ok()?;
    if let Object::Dict(states) = &resolved {
        normal = states.get(&annotation.get_name("AS")?.0)?.clone();
        resolved = doc.resolve(&normal).ok()?;
    }
    let form = &resolved.as_stream()?.dict;
    let rect = rect(doc, annotation.get("Rect")?)?;
    let matrix = form
        .get("Matrix")
        .and_then(|m| numbers::<6>(doc, m))
        .map(|[a, b, c, d, e, f]| Matrix { a, b, c, d, e, f });
    let bounds = self::rect(doc, form.get("BBox")?)?;
    let bounds = bounds.transform(matrix.unwrap_or(Matrix::identity()));
    let scale = |to: f32, from: f32| if from > 0.0 { to / from } else { 1.0 };
    let a = scale(rect.width(), bounds.width());
    let d = scale(rect.height(), bounds.height());
    let place = Matrix {
        a,
        b: 0.0,
        c: 0.0,
        d,
        e: rect.x0 - bounds.x0 * a,
        f: rect.y0 - bounds.y0 * d,
    };
    Some((normal, place))
}

fn with(doc: &Document, page: &Page, content: String, names: Dict) -> Page {
    let plain = |text: &[u8]| {
        Object::Stream(Stream {
            dict: Dict::new(),
            data: text.to_vec(),
        })
    };
    let mut parts = vec![plain(b"q\n")];
    let contents = page.dict().get("Contents");
    match contents.map(|c| (c, doc.resolve(c))) {
        Some((_, Ok(Object::Array(items)))) => parts.extend(items),
        Some((contents, Ok(_))) => parts.push(contents.clone()),
        _ => {}
    }
    parts.push(plain(content.as_bytes()));
    let mut dict = page.dict().clone();
    dict.insert(Name("Contents".into()), Object::Array(parts));
    let mut resources = page.resources.clone();
    let drawn = resources.get("XObject").and_then(|x| doc.resolve(x).ok());
    let mut drawn = drawn
        .as_ref()
        .and_then(Object::as_dict)
        .cloned()
        .unwrap_or_default();
    for (name, appearance) in names.iter() {
        drawn.insert(name.clone(), appearance.clone());
    }
    resources.insert(Name("XObject".into()), Object::Dict(drawn));
    Page::from_parts(
        page.index,
        page.media_box,
        page.crop_box,
        page.rotate,
        resources,
        dict,
        page.object_ref(),
    )
}

fn rect(doc: &Document, object: &Object) -> Option<Rect> {
    let [x0, y0, x1, y1] = numbers(doc, object)?;
    Some(Rect { x0, y0, x1, y1 }.normalize())
}

fn numbers<const N: usize>(doc: &Document, object: &Object) -> Option<[f32; N]> {
    let array = doc.resolve(object).ok()?;
    let number = |o: &Object| doc.resolve(o).ok()?.as_f64().map(|v| v as f32);
    let numbers: Vec<f32> = array.as_array()?.iter().filter_map(number).collect();
    numbers.try_into().ok()
}
