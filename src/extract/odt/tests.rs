//! Whole ODT files, honest and hostile.

use crate::extract::Extractor;
use crate::extract::FORMATS;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::odt::MIME;
use crate::extract::odt::Odt;
use crate::extract::odt::styles::twips;
use crate::model::Hiding;
use crate::model::RawDocument;
use crate::model::RevisionKind;
use crate::model::SourceKind;
use std::io::Cursor;
use std::io::Write;
use std::path::Path;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

fn archive(parts: &[(&str, &str)]) -> Vec<u8> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    for (name, content) in [("mimetype", MIME)].iter().chain(parts) {
        zip.start_file(*name, stored).unwrap();
        zip.write_all(content.as_bytes()).unwrap();
    }
    zip.finish().unwrap().into_inner()
}

/// A part with automatic styles and a body (or, for `styles.xml`, master styles).
fn part(styles: &str, rest: &str) -> String {
    let spaces: String = [
        ("office", "urn:oasis:names:tc:opendocument:xmlns:office:1.0"),
        ("style", "urn:oasis:names:tc:opendocument:xmlns:style:1.0"),
        ("text", "urn:oasis:names:tc:opendocument:xmlns:text:1.0"),
        ("table", "urn:oasis:names:tc:opendocument:xmlns:table:1.0"),
        ("draw", "urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"),
        (
            "fo",
            "urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0",
        ),
        ("dc", "http://purl.org/dc/elements/1.1/"),
        ("meta", "urn:oasis:names:tc:opendocument:xmlns:meta:1.0"),
        ("officeooo", "http://openoffice.org/2009/office"),
        ("xlink", "http://www.w3.org/1999/xlink"),
    ]
    .iter()
    .map(|(prefix, uri)| format!(" xmlns:{prefix}='{uri}'"))
    .collect();
    format!(
        "<office:document{spaces}><office:automatic-styles>{styles}</office:automatic-styles>{rest}</office:document>"
    )
}

fn body(styles: &str, text: &str) -> String {
    part(
        styles,
        &format!("<office:body><office:text>{text}</office:text></office:body>"),
    )
}

fn read(parts: &[(&str, &str)]) -> Result<RawDocument, ReadError> {
    Odt.read(&archive(parts), 0, &Limits::default())
}

fn read_body(styles: &str, text: &str) -> RawDocument {
    read(&[("content.xml", &body(styles, text))]).unwrap()
}

#[test]
fn paragraphs_are_lines() {
    for (inside, want) in [
        (
            "<text:h>Ann</text:h>\n <text:p>one<text:s text:c='2'/>two<text:tab/>3<text:line-break/>4</text:p>",
            "Ann\none  two\t3\n4\n",
        ),
        (
            "<text:list><text:list-item><text:p>a</text:p></text:list-item></text:list>",
            "a\n",
        ),
        (
            "<table:table><table:table-row><table:table-cell><text:p>l</text:p></table:table-cell><table:table-cell><text:p>r</text:p></table:table-cell></table:table-row></table:table>",
            "l\nr\n",
        ),
        (
            "<text:p>before <draw:frame><draw:text-box><text:p>boxed</text:p></draw:text-box></draw:frame>after</text:p>",
            "before after\nboxed\n",
        ),
        (
            "<text:p>word<text:note><text:note-citation>1</text:note-citation><text:note-body><text:p>note</text:p></text:note-body></text:note>s</text:p>",
            "words\nnote\n",
        ),
        (
            "<text:sequence-decls><text:p>x</text:p></text:sequence-decls><text:p>&amp; &bad; end</text:p>",
            "&  end\n",
        ),
    ] {
        assert_eq!(read_body("", inside).text.text, want, "{inside}");
    }
}

#[test]
fn headers_meta_and_save_ids() {
    let styles = part(
        "<style:style style:name='P1' style:family='paragraph'><style:text-properties officeooo:rsid='001a2b3c' officeooo:paragraph-rsid='000000ff'/></style:style>",
        "<office:master-styles><style:master-page><style:header><text:p>head</text:p></style:header><style:footer><text:p>foot</text:p></style:footer></style:master-page></office:master-styles>",
    );
    let meta = part(
        "",
        "<office:meta><meta:initial-creator>Ann</meta:initial-creator><dc:creator>Bob</dc:creator><meta:creation-date>2024-01-31T14:59:59</meta:creation-date>\
         <meta:generator>LibreOffice/7.4</meta:generator><meta:editing-cycles>5</meta:editing-cycles><meta:user-defined meta:name='Company'>Acme</meta:user-defined>\
         <meta:template xlink:href='file:///home/cleo/cv.ott' xlink:title='cv'/></office:meta>",
    );
    let settings = "<c><config-item name='RsidRoot'>255</config-item><config-item name='Rsid'>9</config-item></c>";
    let read = read(&[
        ("content.xml", &body("", "<text:p><text:a xlink:href='https://a.example'>my <text:span>page</text:span></text:a></text:p>")),
        ("styles.xml", &styles),
        ("meta.xml", &meta),
        ("settings.xml", settings),
    ])
    .unwrap();
    assert_eq!(read.text.text, "head\nmy page\nfoot\n");
    assert_eq!(
        (read.links[0].target.as_str(), read.links[0].text.as_str()),
        ("https://a.example", "my page")
    );
    let m = &read.meta;
    assert_eq!(
        (m.author.as_deref(), m.last_modified_by.as_deref()),
        (Some("Ann"), Some("Bob"))
    );
    assert_eq!(
        (m.company.as_deref(), m.template.as_deref()),
        (Some("Acme"), Some("/home/cleo/cv.ott"))
    );
    assert_eq!((m.num_saves, m.rsid_root), (Some(5), Some(255)));
    assert_eq!(m.rsids, [0xff, 0x001a_2b3c]);
    assert_eq!(
        m.created.map(|t| (t.seconds, t.offset)),
        Some((1_706_713_199, None))
    );
    assert_eq!(read.traces.paths, ["/home/cleo/cv.ott"]);
    assert!(read.warnings.is_empty(), "{:?}", read.warnings);
}

#[test]
fn changes_and_comments_are_kept_apart() {
    let region = |id: &str, kind: &str, who: &str, text: &str| {
        format!(
            "<text:changed-region text:id='{id}'><text:{kind}><office:change-info><dc:creator>{who}</dc:creator><dc:date>2024-01-31T14:59:59</dc:date></office:change-info>{text}</text:{kind}></text:changed-region>"
        )
    };
    let inside = format!(
        "<text:tracked-changes>{}{}</text:tracked-changes><text:p>Led <text:change text:change-id='d'/><text:change-start text:change-id='i'/>Cleo<text:change-end text:change-id='i'/>\
         <office:annotation><dc:creator>Eve</dc:creator><text:p>who?</text:p></office:annotation>'s team</text:p>",
        region("d", "deletion", "Ann", "<text:p>Ben Ode</text:p>"),
        region("i", "insertion", "Ann", ""),
    );
    let read = read_body("", &inside);
    assert_eq!(read.text.text, "Led Cleo's team\n");
    let mut changes: Vec<_> = read
        .traces
        .revisions
        .iter()
        .map(|r| {
            (
                r.kind,
                r.author.as_deref().unwrap_or(""),
                r.text.text.as_str(),
            )
        })
        .collect();
    changes.sort();
    assert_eq!(
        changes,
        [
            (RevisionKind::Deleted, "Ann", "Ben Ode"),
            (RevisionKind::Inserted, "Ann", "Cleo"),
            (RevisionKind::Comment, "Eve", "who?"),
        ]
    );
}

#[test]
fn hidden_text_needs_a_known_ground() {
    let style = |family: &str, kind: &str, props: &str| {
        format!(
            "<style:style style:name='S' style:family='{family}' style:parent-style-name='S'><style:{kind}-properties {props}/></style:style>"
        )
    };
    let span = "<text:span text:style-name='S'>words</text:span>";
    let white = "fo:color='#ffffff'";
    let cell = "<style:style style:name='C' style:family='table-cell'><style:table-cell-properties fo:background-color='#102030'/></style:style>";
    let in_cell = format!(
        "<table:table><table:table-row><table:table-cell table:style-name='C'><text:p>{span}</text:p></table:table-cell></table:table-row></table:table>"
    );
    let behind = "<style:style style:name='G' style:family='graphic'><style:graphic-properties style:run-through='background'/></style:style>";
    for (what, styles, text, want) in [
        (
            "marked",
            style("text", "text", "text:display='none'"),
            format!("<text:p>{span}</text:p>"),
            Some(Hiding::Marked),
        ),
        (
            "tiny",
            style("text", "text", "fo:font-size='1pt'"),
            format!("<text:p>{span}</text:p>"),
            Some(Hiding::Tiny),
        ),
        (
            "white",
            style("text", "text", white),
            format!("<text:p>{span}</text:p>"),
            Some(Hiding::SameColour),
        ),
        (
            "marker",
            style(
                "text",
                "text",
                &format!("{white} fo:background-color='#000000'"),
            ),
            format!("<text:p>{span}</text:p>"),
            None,
        ),
        (
            "dark cell",
            style("text", "text", white) + cell,
            in_cell,
            None,
        ),
        (
            "over a drawing",
            style("text", "text", white) + behind,
            format!("<text:p>{span}</text:p>"),
            None,
        ),
    ] {
        let read = read_body(&styles, &format!("<text:p>seen</text:p>{text}"));
        let hidden: Vec<_> = read.traces.hidden.iter().map(|h| h.how).collect();
        assert_eq!(hidden, Vec::from_iter(want), "{what}");
    }
}

#[test]
fn lengths() {
    for (text, want) in [
        ("1in", Some(1440)),
        ("10.5pt", Some(210)),
        ("-2.54cm", Some(-1440)),
        ("80%", None),
        ("", None),
    ] {
        assert_eq!(twips(text), want, "{text}");
    }
}

#[test]
fn told_by_content_and_refused_with_a_reason() {
    let whole = archive(&[("content.xml", &body("", "<text:p>seen</text:p>"))]);
    let found = |bytes: &[u8]| {
        FORMATS
            .iter()
            .find(|f| f.recognises(bytes, Path::new("x")))
            .map(|f| f.kind())
    };
    assert_eq!(found(&whole), Some(SourceKind::Odt));
    assert_eq!(found(&whole[..whole.len() - 30]), Some(SourceKind::Odt));
    assert!(matches!(
        Odt.read(&whole[..whole.len() - 30], 0, &Limits::default()),
        Err(ReadError::Damaged { .. })
    ));
    assert!(matches!(
        read(&[("x", "y")]),
        Err(ReadError::Damaged { .. })
    ));
    assert_eq!(
        read(&[("content.xml", &body("", "<text:p/>"))]),
        Err(ReadError::NoText(String::new()))
    );
    let locked = [
        ("META-INF/manifest.xml", "<m><encryption-data/></m>"),
        ("content.xml", "noise"),
    ];
    assert_eq!(read(&locked), Err(ReadError::Encrypted));
    let laughs = format!(
        "<!DOCTYPE a [<!ENTITY a 'ha'><!ENTITY b '&a;&a;&a;'>]>{}",
        body("", "<text:p>seen &b;</text:p>")
    );
    assert_eq!(
        read(&[("content.xml", &laughs)]).unwrap().text.text,
        "seen \n"
    );
    let deep = body(
        "",
        &format!("<text:p>seen</text:p>{}", "<text:span>".repeat(5000)),
    );
    assert_eq!(read(&[("content.xml", &deep)]).unwrap().warnings.len(), 1);
}
