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
