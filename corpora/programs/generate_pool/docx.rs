//! A DOCX as office programs write it (ECMA-376): the parts that matter for text and for what a file keeps beside it.

use crate::documents::{Kind, Line, escaped};
use crate::person::Person;
use crate::portrait;
use std::io::{Cursor, Write};
use zip::write::SimpleFileOptions;

const XML: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const OFFICE: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

/// The file.
pub fn write(person: &Person, lines: &[Line]) -> Vec<u8> {
    let mut archive = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let when = zip::DateTime::from_date_and_time(1980, 1, 1, 0, 0, 0)
        .expect("the first day a zip can name");
    let options = SimpleFileOptions::default().last_modified_time(when);
    let photo = person.traces.photo.map(portrait::jpeg);
    let mut parts = vec![
        ("[Content_Types].xml", types().into_bytes()),
        ("_rels/.rels", package_relations().into_bytes()),
        ("docProps/core.xml", core(person).into_bytes()),
        (
            "word/document.xml",
            body(person, lines, photo.is_some()).into_bytes(),
        ),
        ("word/settings.xml", settings(person).into_bytes()),
        (
            "word/_rels/document.xml.rels",
            relations(person, photo.is_some()).into_bytes(),
        ),
    ];
    parts.extend(photo.map(|bytes| ("word/media/image1.jpeg", bytes)));
    for (name, bytes) in parts {
        archive
            .start_file(name, options)
            .expect("a zip in memory takes a part");
        archive
            .write_all(&bytes)
            .expect("a zip in memory takes bytes");
    }
    archive
        .finish()
        .expect("a zip in memory can be closed")
        .into_inner()
}

fn types() -> String {
    let word = "application/vnd.openxmlformats-officedocument.wordprocessingml";
    format!(
        "{XML}<Types xmlns=\"{PACKAGE}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
         <Default Extension=\"xml\" ContentType=\"application/xml\"/><Default Extension=\"jpeg\" ContentType=\"image/jpeg\"/>\
         <Override PartName=\"/word/document.xml\" ContentType=\"{word}.document.main+xml\"/>\
         <Override PartName=\"/word/settings.xml\" ContentType=\"{word}.settings+xml\"/>\
         <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/></Types>"
    )
}

fn relation(id: &str, kind: &str, target: &str, is_outside: bool) -> String {
    let mode = if is_outside {
        " TargetMode=\"External\""
    } else {
        ""
    };
    format!(
        "<Relationship Id=\"{id}\" Type=\"{kind}\" Target=\"{}\"{mode}/>",
        escaped(target)
    )
}

fn package_relations() -> String {
    let main = relation(
        "rId1",
        &format!("{OFFICE}/officeDocument"),
        "word/document.xml",
        false,
    );
    let core = format!("{PACKAGE}/relationships/metadata/core-properties");
    let core = relation("rId2", &core, "docProps/core.xml", false);
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{main}{core}</Relationships>")
}

fn relations(person: &Person, has_photo: bool) -> String {
    let mut all = relation("rId1", &format!("{OFFICE}/settings"), "settings.xml", false);
    if has_photo {
        all += &relation(
            "rId2",
            &format!("{OFFICE}/image"),
            "media/image1.jpeg",
            false,
        );
    }
    if let Some(target) = &person.traces.link {
        all += &relation("rId3", &format!("{OFFICE}/hyperlink"), target, true);
    }
    format!("{XML}<Relationships xmlns=\"{PACKAGE}/relationships\">{all}</Relationships>")
}

fn core(person: &Person) -> String {
    let name = person
        .traces
        .editor
        .as_deref()
        .map(escaped)
        .unwrap_or_default();
    format!(
        "{XML}<cp:coreProperties xmlns:cp=\"{PACKAGE}/metadata/core-properties\" xmlns:dc=\"http://purl.org/dc/elements/1.1/\">\
         <dc:creator>{name}</dc:creator><cp:lastModifiedBy>{name}</cp:lastModifiedBy></cp:coreProperties>"
    )
}

fn settings(person: &Person) -> String {
    let ids = &person.traces.rsids;
    let root = ids
        .first()
        .map(|id| format!("<w:rsidRoot w:val=\"{id:08X}\"/>"))
        .unwrap_or_default();
    let all: String = ids
        .iter()
        .map(|id| format!("<w:rsid w:val=\"{id:08X}\"/>"))
        .collect();
    format!("{XML}<w:settings xmlns:w=\"{WORD}\"><w:rsids>{root}{all}</w:rsids></w:settings>")
}

fn body(person: &Person, lines: &[Line], has_photo: bool) -> String {
    let run = |text: &str, style: &str| {
        format!(
            "<w:r>{style}<w:t xml:space=\"preserve\">{}</w:t></w:r>",
            escaped(text)
        )
    };
    let mut out = String::new();
    if has_photo {
        out.push_str(&picture());
    }
    for line in lines {
        let style = match line.kind {
            Kind::Name => "<w:rPr><w:b/><w:sz w:val=\"36\"/></w:rPr>",
            Kind::Heading => "<w:rPr><w:b/></w:rPr>",
            Kind::Job => "<w:rPr><w:i/></w:rPr>",
            _ => "",
        };
        let mark = if line.kind == Kind::Bullet {
            "• "
        } else {
            ""
        };
        let email = &person.contacts.email;
        let inner = match person.traces.link.is_some() && line.text.contains(email) {
            true => {
                let (before, after) = line
                    .text
                    .split_once(email.as_str())
                    .expect("it holds the address");
                let linked = run(email, "");
                format!(
                    "{}<w:hyperlink r:id=\"rId3\">{linked}</w:hyperlink>{}",
                    run(before, ""),
                    run(after, "")
                )
            }
            false => run(&format!("{mark}{}", line.text), style),
        };
        out.push_str(&format!("<w:p>{inner}</w:p>"));
    }
    if let Some(white) = &person.traces.white {
        out.push_str(&format!(
            "<w:p>{}</w:p>",
            run(white, "<w:rPr><w:color w:val=\"FFFFFF\"/></w:rPr>")
        ));
    }
    format!(
        "{XML}<w:document xmlns:w=\"{WORD}\" xmlns:r=\"{OFFICE}\"><w:body>{out}<w:sectPr/></w:body></w:document>"
    )
}

fn picture() -> String {
    let drawing = "http://schemas.openxmlformats.org/drawingml/2006";
    format!(
        "<w:p><w:r><w:drawing><wp:inline xmlns:wp=\"{drawing}/wordprocessingDrawing\"><wp:extent cx=\"1500000\" cy=\"1900000\"/>\
         <wp:docPr id=\"1\" name=\"Picture 1\"/><a:graphic xmlns:a=\"{drawing}/main\"><a:graphicData uri=\"{drawing}/picture\">\
         <pic:pic xmlns:pic=\"{drawing}/picture\"><pic:nvPicPr><pic:cNvPr id=\"1\" name=\"image1.jpeg\"/><pic:cNvPicPr/></pic:nvPicPr>\
         <pic:blipFill><a:blip r:embed=\"rId2\"/><a:stretch><a:fillRect/></a:stretch></pic:blipFill><pic:spPr/></pic:pic>\
         </a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"
    )
}
