//! Whole DOCX files, honest and hostile.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::docx::Docx;
use crate::model::Hiding;
use crate::model::RawDocument;
use crate::model::RevisionKind;
use proptest::prelude::*;
use std::io::Cursor;
use std::io::Write;
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

const NAMESPACES: &str = "xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main' \
    xmlns:mc='http://schemas.openxmlformats.org/markup-compatibility/2006' \
    xmlns:r='http://schemas.openxmlformats.org/officeDocument/2006/relationships'";

fn archive(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in parts {
        zip.start_file(*name, SimpleFileOptions::default()).unwrap();
        zip.write_all(content).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

fn types(parts: &[(&str, &str)]) -> String {
    let overrides: String = parts
        .iter()
        .map(|(part, kind)| {
            format!("<Override PartName='/{part}' ContentType='application/vnd.openxmlformats-officedocument.wordprocessingml.{kind}+xml'/>")
        })
        .collect();
    format!(
        "<Types xmlns='http://schemas.openxmlformats.org/package/2006/content-types'>{overrides}</Types>"
    )
}

fn part(root: &str, inside: &str) -> String {
    format!("<?xml version='1.0'?><w:{root} {NAMESPACES}>{inside}</w:{root}>")
}

fn body(inside: &str) -> Vec<u8> {
    archive(&[(
        "word/document.xml",
        part("document", &format!("<w:body>{inside}</w:body>")).as_bytes(),
    )])
}

fn read(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    Docx.read(bytes, 0, &Limits::default())
}

#[test]
fn paragraphs_are_lines() {
    for (inside, want) in [
        (
            "<w:p><w:r><w:t>one</w:t></w:r><w:r><w:t xml:space='preserve'> two</w:t></w:r></w:p><w:p><w:r><w:t>3</w:t></w:r></w:p>",
            "one two\n3\n",
        ),
        (
            "<w:p><w:pPr><w:tabs><w:tab w:pos='9'/></w:tabs></w:pPr><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t></w:r></w:p>",
            "a\tb\nc\n",
        ),
        (
            "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>left</w:t></w:r></w:p></w:tc><w:tc><w:p><w:r><w:t>right</w:t></w:r></w:p></w:tc></w:tr></w:tbl>",
            "left\nright\n",
        ),
        (
            "<w:p><w:ins><w:r><w:t>kept</w:t></w:r></w:ins><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>",
            "kept\n",
        ),
        (
            "<w:p><w:moveFrom><w:r><w:t>x</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>x</w:t></w:r></w:moveTo></w:p>",
            "x\n",
        ),
        (
            "<w:p><w:r><w:t>R&amp;D &#8211; e</w:t><w:noBreakHyphen/><w:t>mail</w:t></w:r></w:p>",
            "R&D – e-mail\n",
        ),
        (
            "<w:p><w:sdt><w:sdtContent><w:r><w:t>in a control</w:t></w:r></w:sdtContent></w:sdt></w:p>",
            "in a control\n",
        ),
        (
            "<w:p><w:r><w:t>before </w:t><mc:AlternateContent><mc:Choice><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent>\
             </mc:Choice><mc:Fallback><w:txbxContent><w:p><w:r><w:t>boxed</w:t></w:r></w:p></w:txbxContent></mc:Fallback></mc:AlternateContent>\
             <w:t>after</w:t></w:r></w:p>",
            "before after\nboxed\n",
        ),
        (
            "<w:p><mc:AlternateContent><mc:Fallback><w:r><w:t>only this</w:t></w:r></mc:Fallback></mc:AlternateContent></w:p>",
            "only this\n",
        ),
    ] {
        assert_eq!(read(&body(inside)).unwrap().text.text, want, "{inside}");
    }
}

#[test]
fn every_part_and_property() {
    let named = [
        ("word/document2.xml", "document.main"),
        ("word/header1.xml", "header"),
        ("word/footer1.xml", "footer"),
        ("word/footnotes.xml", "footnotes"),
        ("word/comments.xml", "comments"),
        ("word/settings.xml", "settings"),
    ];
    let text = |root: &str, text: &str| {
        part(root, &format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")).into_bytes()
    };
    let main = part(
        "document",
        "<w:p><w:hyperlink r:id='r2'><w:r><w:t>my page</w:t></w:r></w:hyperlink></w:p>\
         <w:p><w:r><w:fldChar w:fldCharType='begin'/><w:instrText> HYPERLINK \"https://b.example\" \\h</w:instrText>\
         <w:fldChar w:fldCharType='separate'/><w:t>field</w:t><w:fldChar w:fldCharType='end'/></w:r></w:p>",
    );
    let link = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink";
    let rels = format!(
        "<Relationships><Relationship Id='r1' Type='{link}' TargetMode='External' Target='https://unused.example'/>\
         <Relationship Id='r2' Type='{link}' TargetMode='External' Target='https://a.example/?x=1&amp;y'/></Relationships>"
    );
    let core = "<cp:coreProperties xmlns:cp='c' xmlns:dc='d' xmlns:t='t'><dc:creator>Ann &amp; Co</dc:creator><dc:title/>\
        <cp:lastModifiedBy>Bob</cp:lastModifiedBy><t:created>2024-01-31T14:59:59Z</t:created></cp:coreProperties>";
    let app = "<Properties><Application>Microsoft Office Word</Application><Company>Acme</Company></Properties>";
    let settings = part(
        "settings",
        "<w:rsids><w:rsidRoot w:val='00A1'/><w:rsid w:val='00FF0000'/><w:rsid w:val='000000A1'/><w:rsid w:val='00FF0000'/></w:rsids>",
    );
    let bytes = archive(&[
        ("[Content_Types].xml", types(&named).as_bytes()),
        ("word/document2.xml", main.as_bytes()),
        ("word/header1.xml", &text("hdr", "head")),
        ("word/footer1.xml", &text("ftr", "foot")),
        ("word/footnotes.xml", &text("footnotes", "note")),
        (
            "word/comments.xml",
            part(
                "comments",
                "<w:comment w:author='Eve'><w:p><w:r><w:t>a reviewer's remark</w:t></w:r></w:p></w:comment>",
            )
            .as_bytes(),
        ),
        ("word/_rels/document2.xml.rels", rels.as_bytes()),
        ("docProps/core.xml", core.as_bytes()),
        ("docProps/app.xml", app.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
    ]);
    assert!(Docx.recognises(&bytes, Path::new("cv.pdf")));
    let read = read(&bytes).unwrap();
    assert_eq!(read.text.text, "head\nmy page\nfield\nfoot\nnote\n");
    let links: Vec<_> = read
        .links
        .iter()
        .map(|l| (l.target.as_str(), l.text.as_str()))
        .collect();
    assert_eq!(
        links,
        [
            ("https://a.example/?x=1&y", "my page"),
            ("https://b.example", "field")
        ]
    );
    let comment = &read.traces.revisions[0];
    assert_eq!(
        (comment.kind, comment.text.text.as_str()),
        (RevisionKind::Comment, "a reviewer's remark")
    );
    let meta = &read.meta;
    assert_eq!(
        (meta.author.as_deref(), meta.title.as_deref()),
        (Some("Ann & Co"), None)
    );
    assert_eq!(
        (meta.last_modified_by.as_deref(), meta.company.as_deref()),
        (Some("Bob"), Some("Acme"))
    );
    assert_eq!(meta.creator.as_deref(), Some("Microsoft Office Word"));
    assert_eq!(
        meta.created
            .map(|t| (t.seconds, t.offset.map(|o| o.minutes()))),
        Some((1_706_713_199, Some(0)))
    );
    assert_eq!(
        (meta.rsid_root, meta.rsids.as_slice()),
        (Some(0xa1), &[0xa1, 0xff_0000][..])
    );
    assert_eq!(read.warnings, [""; 0]);
}

#[test]
fn tracked_changes_are_kept_apart() {
    let change = |kind: &str, who: &str, text: &str| {
        format!(
            "<w:{kind} w:author='{who}' w:date='2024-01-31T14:59:59Z'><w:r><w:{text}</w:r></w:{kind}>"
        )
    };
    let inside = format!(
        "<w:p><w:r><w:t>Led </w:t></w:r>{}{}</w:p><w:p><w:pPr><w:rPr><w:del w:author='Ann'/></w:rPr></w:pPr>{}</w:p>",
        change("del", "Ann", "delText>Ben Ode</w:delText>"),
        change("ins", "Ann", "t>Cleo</w:t>"),
        change("del", "Ann", "delText>ben@example.com</w:delText>"),
    );
    let read = read(&body(&inside)).unwrap();
    assert_eq!(read.text.text, "Led Cleo\n\n");
    let changes: Vec<_> = read
        .traces
        .revisions
        .iter()
        .map(|r| (r.kind, r.author.as_deref(), r.text.text.as_str()))
        .collect();
    assert_eq!(
        changes,
        [
            (
                RevisionKind::Deleted,
                Some("Ann"),
                "Ben Ode\nben@example.com"
            ),
            (RevisionKind::Inserted, Some("Ann"), "Cleo"),
        ]
    );
    assert_eq!(read.traces.revisions[0].time.map(|t| t.offset), Some(None));
}

#[test]
fn hidden_text_needs_a_known_ground() {
    let run = |props: &str| format!("<w:r><w:rPr>{props}</w:rPr><w:t>words</w:t></w:r>");
    let white = "<w:color w:val='FFFFFF'/>";
    let cell = |props: &str| {
        format!(
            "<w:tbl><w:tr><w:tc><w:tcPr>{props}</w:tcPr><w:p>{}</w:p></w:tc></w:tr></w:tbl>",
            run(white)
        )
    };
    let plain = |props: &str| format!("<w:p>{}</w:p>", run(props));
    let boxed = "<w:txbxContent>".to_string() + &plain(white) + "</w:txbxContent>";
    let dark = "<w:shd w:val='clear' w:fill='203040'/>";
    for (what, inside, want) in [
        (
            "ordinary",
            plain("<w:color w:val='auto'/><w:sz w:val='21'/>"),
            None,
        ),
        ("marked", plain("<w:vanish/>"), Some(Hiding::Marked)),
        ("marked off", plain("<w:vanish w:val='0'/>"), None),
        (
            "by style",
            plain("<w:rStyle w:val='Ghost'/>"),
            Some(Hiding::Marked),
        ),
        ("tiny", plain("<w:sz w:val='2'/>"), Some(Hiding::Tiny)),
        ("white on paper", plain(white), Some(Hiding::SameColour)),
        (
            "nearly white",
            plain("<w:color w:val='FDFDFD'/>"),
            Some(Hiding::SameColour),
        ),
        ("white on dark run", plain(&format!("{white}{dark}")), None),
        (
            "marker",
            plain(&format!("{white}<w:highlight w:val='blue'/>")),
            None,
        ),
        ("in a dark cell", cell(dark), None),
        (
            "in a white cell",
            cell("<w:shd w:val='clear' w:fill='FFFFFF'/>"),
            Some(Hiding::SameColour),
        ),
        (
            "in a clear cell",
            cell("<w:shd w:val='clear' w:fill='auto'/>"),
            Some(Hiding::SameColour),
        ),
        ("in a box", format!("<w:p><w:r>{boxed}</w:r></w:p>"), None),
        (
            "over a drawing",
            format!(
                "<w:p><w:r><w:anchor behindDoc=\"1\"/></w:r></w:p>{}",
                plain(white)
            ),
            None,
        ),
        (
            "dark on dark",
            plain(&format!("<w:color w:val='203040'/>{dark}")),
            Some(Hiding::SameColour),
        ),
        (
            "paragraph",
            format!("<w:p><w:pPr>{dark}</w:pPr>{}</w:p>", run(white)),
            None,
        ),
    ] {
        let styles = part(
            "styles",
            "<w:style w:type='character' w:styleId='Ghost'><w:basedOn w:val='G2'/></w:style>\
             <w:style w:type='character' w:styleId='G2'><w:basedOn w:val='Ghost'/><w:rPr><w:vanish/></w:rPr></w:style>",
        );
        let main = part(
            "document",
            &format!("<w:body><w:p><w:r><w:t>seen</w:t></w:r></w:p>{inside}</w:body>"),
        );
        let read = read(&archive(&[
            ("word/document.xml", main.as_bytes()),
            ("word/styles.xml", styles.as_bytes()),
        ]))
        .unwrap();
        let hidden: Vec<_> = read.traces.hidden.iter().map(|h| h.how).collect();
        assert_eq!(hidden, Vec::from_iter(want), "{what}");
        let stays = !matches!(want, Some(Hiding::Marked | Hiding::Tiny));
        assert_eq!(read.text.text.contains("words"), stays, "{what}");
    }
}

#[test]
fn pictures_templates_and_paths() {
    let drawing = "xmlns:a='http://schemas.openxmlformats.org/drawingml/2006/main'";
    let main = part(
        "document",
        &format!(
            "<w:p><w:r><w:t>seen</w:t><w:docPr descr='C:\\Users\\ann\\me.png'/><a:blip {drawing} r:embed='p1'/></w:r>\
             <w:r><w:fldChar w:fldCharType='begin'/><w:instrText>INCLUDEPICTURE \"D:\\\\cv\\\\x.png\"</w:instrText>\
             <w:fldChar w:fldCharType='end'/></w:r></w:p>"
        )
        .replace("<w:docPr", "<docPr"),
    );
    let relation = |id: &str, kind: &str, more: &str| {
        format!("<Relationship Id='{id}' Type='http://x/relationships/{kind}' {more}/>")
    };
    let rels = format!(
        "<Relationships>{}{}</Relationships>",
        relation("p1", "image", "Target='media/p.png'"),
        relation(
            "l1",
            "image",
            "Target='file:///C:/Users/bo/y.png' TargetMode='External'"
        ),
    );
    let settings_rels = format!(
        "<Relationships>{}</Relationships>",
        relation(
            "t",
            "attachedTemplate",
            "Target='file:///C:\\T\\Cleo%20CV.dotx' TargetMode='External'"
        ),
    );
    let settings = part("settings", "");
    let read = read(&archive(&[
        ("word/document.xml", main.as_bytes()),
        ("word/_rels/document.xml.rels", rels.as_bytes()),
        ("word/settings.xml", settings.as_bytes()),
        ("word/_rels/settings.xml.rels", settings_rels.as_bytes()),
        ("word/media/p.png", b"picture"),
        ("docProps/core.xml", b"<c><revision>7</revision></c>"),
    ]))
    .unwrap();
    assert_eq!(read.meta.template.as_deref(), Some("C:\\T\\Cleo CV.dotx"));
    assert_eq!(read.meta.num_saves, Some(7));
    assert_eq!(
        read.traces.paths,
        [
            "C:\\Users\\ann\\me.png",
            "D:\\cv\\x.png",
            "C:/Users/bo/y.png",
            "C:\\T\\Cleo CV.dotx"
        ]
    );
    assert_eq!(read.traces.images.len(), 1);
    assert_eq!(read.traces.images[0].num_bytes, 7);
}

#[test]
fn entities_are_not_expanded() {
    let doctype = "<!DOCTYPE d [<!ENTITY a 'ha'><!ENTITY b '&a;&a;'><!ENTITY x SYSTEM 'file:///etc/hostname'>]>";
    let inside = format!(
        "<w:document {NAMESPACES}><w:p><w:r><w:t>text &b;&x;</w:t></w:r></w:p></w:document>"
    );
    let bytes = archive(&[("word/document.xml", format!("{doctype}{inside}").as_bytes())]);
    assert_eq!(read(&bytes).unwrap().text.text, "text \n");
}

#[test]
fn bombs_are_refused() {
    let spaces = vec![b' '; 40 << 20];
    let small = vec![b' '; 20 << 20];
    let large_part = archive(&[("word/document.xml", &spaces)]);
    let high_ratio = archive(&[("word/document.xml", &small)]);
    let unread_part = archive(&[
        ("word/document.xml", b"<w/>"),
        ("1", &spaces),
        ("2", &spaces),
        ("3", &spaces),
        ("4", &spaces),
    ]);
    let names: Vec<String> = (0..5000).map(|n| n.to_string()).collect();
    let entries: Vec<(&str, &[u8])> = names
        .iter()
        .map(|n| (n.as_str(), &b""[..]))
        .chain([("word/document.xml", &b""[..])])
        .collect();
    for (what, bytes) in [
        ("large part", large_part),
        ("high ratio", high_ratio),
        ("unread", unread_part),
        ("entries", archive(&entries)),
    ] {
        assert!(Docx.recognises(&bytes, Path::new("cv.docx")), "{what}");
        assert!(
            matches!(read(&bytes), Err(ReadError::Bomb(_))),
            "{what}: {:?}",
            read(&bytes)
        );
    }
}

#[test]
fn a_lying_size_does_not_help() {
    // The sizes of both headers are set to 100 bytes; the data go on.
    let mut bytes = archive(&[("word/document.xml", &vec![b' '; 40 << 20])]);
    let size = (40u32 << 20).to_le_bytes();
    while let Some(at) = bytes.windows(4).position(|w| w == size) {
        bytes[at..at + 4].copy_from_slice(&100u32.to_le_bytes());
    }
    let error = read(&bytes).unwrap_err();
    assert!(
        matches!(error, ReadError::Bomb(_) | ReadError::Damaged { .. }),
        "{error}"
    );
}

#[test]
fn damage_costs_as_little_as_possible() {
    let good = part(
        "document",
        "<w:body><w:p><w:r><w:t>whole</w:t></w:r></w:p></w:body>",
    );
    let named = types(&[
        ("word/document.xml", "document.main"),
        ("word/header1.xml", "header"),
        ("word/footer1.xml", "footer"),
    ]);
    let bytes = archive(&[
        ("[Content_Types].xml", named.as_bytes()),
        ("word/document.xml", good.as_bytes()),
        ("word/header1.xml", b"<a><b></a>"),
    ]);
    let found = read(&bytes).unwrap();
    assert_eq!(
        (found.text.text.as_str(), found.warnings.len()),
        ("whole\n", 2),
        "{:?}",
        found.warnings
    );

    let cut = part(
        "document",
        "<w:body><w:p><w:r><w:t>first</w:t></w:r></w:p><w:p><w:r><w:t>sec",
    )
    .replace("</w:document>", "");
    let found = read(&archive(&[("word/document.xml", cut.as_bytes())])).unwrap();
    assert_eq!(
        (found.text.text.as_str(), found.warnings.len()),
        ("first\nsec\n", 1)
    );

    for bytes in [&bytes[..bytes.len() / 2], &body("")[..40]] {
        assert!(matches!(read(bytes), Err(ReadError::Damaged { .. })));
    }
    assert_eq!(read(&body("<w:p/>")), Err(ReadError::NoText(String::new())));
}

#[test]
fn told_by_content() {
    let sheet = archive(&[
        ("[Content_Types].xml", types(&[]).as_bytes()),
        ("xl/workbook.xml", b"<w/>"),
    ]);
    let whole = body("<w:p/>");
    let utf16 = |s: &str| {
        s.encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect::<Vec<u8>>()
    };
    let locked = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        &utf16("EncryptedPackage")[..],
    ]
    .concat();
    let legacy = [
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        &utf16("WordDocument")[..],
    ]
    .concat();
    for (what, bytes, want) in [
        ("spreadsheet", &sheet[..], false),
        ("document", &whole, true),
        ("cut off", &whole[..whole.len() - 30], true),
        ("with a password", &locked, true),
        ("legacy", &legacy, false),
        ("empty", b"", false),
    ] {
        assert_eq!(Docx.recognises(bytes, Path::new("cv.docx")), want, "{what}");
    }
    assert_eq!(read(&locked), Err(ReadError::Encrypted));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_are_read_or_refused(content in proptest::collection::vec(any::<u8>(), 0..400), flips in proptest::collection::vec((0usize..2000, any::<u8>()), 0..8)) {
        let mut bytes = archive(&[("word/document.xml", &content), ("[Content_Types].xml", &content)]);
        for (at, with) in flips {
            let at = at % bytes.len();
            bytes[at] = with;
        }
        if Docx.recognises(&bytes, Path::new("")) {
            prop_assert!(read(&bytes).map_or(true, |d| !d.text.text.is_empty()));
        }
    }

    #[test]
    fn any_markup_is_read_or_refused(inside in "(<w:(p|r|t|tab|del|txbxContent)/?>|</w:(p|r|t|del|txbxContent)>|<mc:(AlternateContent|Choice|Fallback)>|&amp;|&#x1;|a){0,40}") {
        let _ = read(&body(&inside));
    }
}
