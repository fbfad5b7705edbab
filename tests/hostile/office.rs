//! Office files that break readers.

use std::io::Cursor;
use std::io::Write;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="word/document.xml"/></Relationships>"#;
const START: &str = r#"<?xml version="1.0" encoding="UTF-8"?><w:document xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"><w:body><w:p><w:r><w:t>"#;
const END: &str = "</w:t></w:r></w:p></w:body></w:document>";

/// A document whose one paragraph has 1.25 GB; about a megabyte on disk.
pub fn bomb() -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default();
    for (name, body) in [("[Content_Types].xml", TYPES), ("_rels/.rels", RELATIONS)] {
        archive.start_file(name, options).unwrap();
        archive.write_all(body.as_bytes()).unwrap();
    }
    archive.start_file("word/document.xml", options).unwrap();
    archive.write_all(START.as_bytes()).unwrap();
    let letters = vec![b'a'; 1 << 20];
    for _ in 0..1250 {
        archive.write_all(&letters).unwrap();
    }
    archive.write_all(END.as_bytes()).unwrap();
    let bytes = archive.finish().unwrap().into_inner();
    assert!(bytes.len() < 4 << 20, "a bomb is small: {}", bytes.len());
    bytes
}

/// An ODT whose content declares entities that would laugh a billion times, in elements nested too deep.
pub fn laughing_odt() -> Vec<u8> {
    let mut entities = String::from("<!ENTITY l0 'ha'>");
    for level in 1..10 {
        let inside = format!("&l{};", level - 1).repeat(10);
        entities += &format!("<!ENTITY l{level} '{inside}'>");
    }
    let content = format!(
        "<!DOCTYPE d [{entities}]><office:document xmlns:office='urn:oasis:names:tc:opendocument:xmlns:office:1.0' \
         xmlns:text='urn:oasis:names:tc:opendocument:xmlns:text:1.0'><office:body><office:text><text:p>&l9;</text:p>{}",
        "<text:span>".repeat(100_000)
    );
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    archive.start_file("mimetype", stored).unwrap();
    archive
        .write_all(b"application/vnd.oasis.opendocument.text")
        .unwrap();
    archive
        .start_file("content.xml", SimpleFileOptions::default())
        .unwrap();
    archive.write_all(content.as_bytes()).unwrap();
    archive.finish().unwrap().into_inner()
}

/// RTF with a million open groups.
pub fn deep_rtf() -> Vec<u8> {
    format!("{{\\rtf1 {}", "{\\b".repeat(1_000_000)).into_bytes()
}

/// HTML with a million open elements and nothing in them.
pub fn deep_html() -> Vec<u8> {
    format!("<!doctype html><html>{}", "<div><a href=x>".repeat(500_000)).into_bytes()
}

/// A résumé in JSON with a hundred thousand open lists.
pub fn deep_json() -> Vec<u8> {
    format!("{{\"basics\": {}", "[".repeat(100_000)).into_bytes()
}

/// A compound file of which only the first sector is there.
pub fn cut_doc() -> Vec<u8> {
    let mut bytes = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".to_vec();
    bytes.extend("WordDocument".encode_utf16().flat_map(u16::to_le_bytes));
    bytes.resize(600, 0xff);
    bytes
}

/// A PNG that says it has four billion pixels.
pub fn huge_png() -> Vec<u8> {
    let mut bytes = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR\0\x01\0\0\0\x01\0\0\x08\0\0\0\0".to_vec();
    bytes.extend(b"\0\0\0\0\0\0\0\0IEND\xaeB`\x82");
    bytes
}

/// A zip of an applicant: a good entry, one that leads out, a bomb, and a zip.
pub fn export(good: &[u8]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    let blanks = vec![b' '; 60 << 20];
    let nested = bomb();
    let entries: [(&str, &[u8]); 4] = [
        ("resume.txt", good),
        ("../../outside.txt", b"outside"),
        ("blanks.txt", &blanks),
        ("inner.zip", &nested[..nested.len() / 2]),
    ];
    for (name, content) in entries {
        archive
            .start_file(name, SimpleFileOptions::default())
            .unwrap();
        archive.write_all(content).unwrap();
    }
    archive.finish().unwrap().into_inner()
}
