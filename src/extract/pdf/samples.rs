//! Small PDFs built by code for the tests of this folder.

use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Object;
use lopdf::ObjectId;
use lopdf::Stream;
use lopdf::dictionary;

/// Content that shows `text` in the page's font.
pub(in crate::extract) fn shows(text: &str) -> String {
    format!("BT /F1 12 Tf 72 720 Td ({text}) Tj ET")
}

/// A document of pages with the given content, all with one Helvetica and the given extra resources.
pub(in crate::extract) fn document(
    pages: &[String],
    xobjects: Dictionary,
) -> (Document, Vec<ObjectId>) {
    let mut doc = Document::with_version("1.7");
    let root = doc.new_object_id();
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let resources = doc
        .add_object(dictionary! { "Font" => dictionary! { "F1" => font }, "XObject" => xobjects });
    let mut ids = Vec::new();
    for content in pages {
        let content = doc.add_object(Stream::new(Dictionary::new(), content.clone().into_bytes()));
        ids.push(doc.add_object(dictionary! {
            "Type" => "Page", "Parent" => root, "Contents" => content, "Resources" => resources,
            "MediaBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
        }));
    }
    let kids: Vec<Object> = ids.iter().map(|&id| id.into()).collect();
    doc.objects.insert(
        root,
        dictionary! { "Type" => "Pages", "Count" => kids.len() as i64, "Kids" => kids }.into(),
    );
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => root });
    doc.trailer.set("Root", catalog);
    (doc, ids)
}

/// Pages of text.
pub(in crate::extract) fn pages(texts: &[&str]) -> (Document, Vec<ObjectId>) {
    document(
        &texts.iter().map(|t| shows(t)).collect::<Vec<_>>(),
        Dictionary::new(),
    )
}

/// The bytes of a document.
pub(in crate::extract) fn bytes(mut doc: Document) -> Vec<u8> {
    let mut bytes = Vec::new();
    doc.save_to(&mut bytes).expect("memory takes every byte");
    bytes
}
