//! PDFs that break readers, written with lopdf where a structure must be right and by hand where it must be wrong.

use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::EncryptionState;
use lopdf::EncryptionVersion;
use lopdf::Object;
use lopdf::Permissions;
use lopdf::Stream;
use lopdf::dictionary;
use std::io::Write;

/// One page with the given content and form.
fn page(content: Stream, form: Option<Stream>) -> Document {
    let mut doc = Document::with_version("1.5");
    let pages = doc.new_object_id();
    let font = doc.add_object(
        dictionary! { "Type" => "Font", "Subtype" => "Type1", "BaseFont" => "Helvetica" },
    );
    let mut resources = dictionary! { "Font" => dictionary! { "F1" => font } };
    if let Some(mut form) = form {
        let id = doc.new_object_id();
        form.dict.set(
            "Resources",
            dictionary! { "XObject" => dictionary! { "Me" => id } },
        );
        doc.objects.insert(id, Object::Stream(form));
        resources.set("XObject", dictionary! { "Me" => id });
    }
    let content = doc.add_object(content);
    let leaf = doc.add_object(dictionary! {
        "Type" => "Page", "Parent" => pages, "Contents" => content, "Resources" => resources,
        "MediaBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    });
    doc.objects.insert(
        pages,
        Object::Dictionary(
            dictionary! { "Type" => "Pages", "Kids" => vec![leaf.into()], "Count" => 1 },
        ),
    );
    let catalog = doc.add_object(dictionary! { "Type" => "Catalog", "Pages" => pages });
    doc.trailer.set("Root", catalog);
    let id = Object::string_literal("hostile-pool-001");
    doc.trailer.set("ID", vec![id.clone(), id]);
    doc
}

/// Lines of text, as a content stream.
fn lines(count: usize) -> Stream {
    let mut content = String::from("BT /F1 11 Tf 14 TL 60 780 Td\n");
    for n in 0..count {
        content += &format!(
            "(Line {n} of a letter about valves, pumps and the weather in {}) Tj T*\n",
            1990 + n % 30
        );
    }
    Stream::new(Dictionary::new(), (content + "ET").into_bytes())
}

fn bytes(mut doc: Document) -> Vec<u8> {
    let mut out = Vec::new();
    doc.save_to(&mut out).unwrap();
    out
}

/// A good file of which the second half never arrived: no trailer, no cross-reference, a page without its end.
pub fn truncated() -> Vec<u8> {
    let whole = bytes(page(lines(400), None));
    whole[..whole.len() / 2].to_vec()
}

/// RC4 with 128 bits; the user's password is not empty.
pub fn encrypted() -> Vec<u8> {
    let mut doc = page(lines(30), None);
    let version = EncryptionVersion::V2 {
        document: &doc,
        owner_password: "keeper",
        user_password: "not for you",
        key_length: 128,
        permissions: Permissions::all(),
    };
    let state = EncryptionState::try_from(version).unwrap();
    doc.encrypt(&state).unwrap();
    bytes(doc)
}

/// 1.25 GB of blanks, deflated twice: a few kilobytes.
pub fn bomb() -> Vec<u8> {
    let mut inner = ZlibEncoder::new(
        ZlibEncoder::new(Vec::new(), Compression::best()),
        Compression::fast(),
    );
    let blank = vec![b' '; 1 << 20];
    for _ in 0..1250 {
        inner.write_all(&blank).unwrap();
    }
    let twice = inner.finish().unwrap().finish().unwrap();
    assert!(twice.len() < 1 << 20, "a bomb is small: {}", twice.len());
    let filters = vec![Object::from("FlateDecode"), Object::from("FlateDecode")];
    bytes(page(
        Stream::new(dictionary! { "Filter" => filters }, twice),
        None,
    ))
}

/// A form whose content draws the form.
pub fn draws_itself() -> Vec<u8> {
    let form = dictionary! {
        "Type" => "XObject", "Subtype" => "Form",
        "BBox" => vec![0.into(), 0.into(), 595.into(), 842.into()],
    };
    let content = Stream::new(Dictionary::new(), b"q /Me Do Q".to_vec());
    bytes(page(
        content,
        Some(Stream::new(
            form,
            b"q 1 0 0 1 1 1 cm /Me Do /Me Do Q".to_vec(),
        )),
    ))
}
