//! Whole RTF files, honest and hostile.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::rtf::Rtf;
use crate::model::Hiding;
use crate::model::RawDocument;
use crate::model::RevisionKind;
use proptest::prelude::*;
use std::path::Path;

fn read(inside: &str) -> Result<RawDocument, ReadError> {
    let tables = r"{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}{\f2\fcharset2 Symbol;}}{\colortbl;\red255\green255\blue255;\red16\green32\blue48;}";
    let bytes = format!(r"{{\rtf1\ansi\ansicpg1252\deff0{tables}{inside}}}");
    Rtf.read(bytes.as_bytes(), 0, &Limits::default())
}

#[test]
fn text_of_every_kind() {
    for (inside, want) in [
        (r"one\par two\tab 3\line 4", "one\ntwo\t3\n4"),
        (
            r"{\b bold} and\~plain \{x\} \\",
            "bold and\u{a0}plain {x} \\",
        ),
        (r"Zo\'eb \u8211 ? \u8211\'96 x{\uc0\u233 y}", "Zoë – – xéy"),
        (r"\u-10179 ?\u-8704 ? done", "😀 done"),
        (r"{\f1\'c0\'ed\'ed\'e0}", "Анна"),
        (r"{\f2\'b7}x", " x"),
        (
            r"{\stylesheet{\s0 Normal;}}{\*\unknown junk}x{\listtext\bullet\tab}",
            "x",
        ),
        (
            r"\trowd\intbl left\cell right\cell\row end",
            "left\nright\nend",
        ),
        (r"word{\footnote note}s\par after", "words\nnote\nafter"),
        (
            r"a{\shp{\*\shpinst\shpleft1{\sp{\sn x}{\sv 1}}{\shptxt boxed\par}}{\shprslt gone}}b\par",
            "ab\nboxed\n",
        ),
        (r"{\header top\par}name\par", "name\ntop\n"),
        (r"{\pict\wmetafile8 00ff}x{\pntext gone}", "x"),
    ] {
        assert_eq!(read(inside).unwrap().text.text, want, "{inside}");
    }
}

#[test]
fn metadata_links_and_save_ids() {
    let read = read(
        r#"{\*\generator Riched20 10.0;}{\*\template C:\\T\\cv.dotx}{\*\rsidtbl \rsidroot255\rsid9\rsid255}
        {\info{\title CV}{\author Ann \u1046?}{\operator Bob}{\*\company Acme}{\creatim\yr2024\mo1\dy31\hr14\min59}{\version4}{\nofpages2}}
        see {\field{\*\fldinst{HYPERLINK "https://a.example"}}{\fldrslt{\ul my page}}} and {\field{\*\fldinst INCLUDEPICTURE "C:\\\\p.png"}}
        {\pict\pngblip 0102 03}"#,
    )
    .unwrap();
    let m = &read.meta;
    assert_eq!(
        (m.title.as_deref(), m.author.as_deref()),
        (Some("CV"), Some("Ann Ж"))
    );
    assert_eq!(
        (m.last_modified_by.as_deref(), m.company.as_deref()),
        (Some("Bob"), Some("Acme"))
    );
    assert_eq!(
        (m.creator.as_deref(), m.template.as_deref()),
        (Some("Riched20 10.0"), Some(r"C:\T\cv.dotx"))
    );
    assert_eq!(
        (m.rsid_root, m.rsids.as_slice()),
        (Some(255), &[9, 255][..])
    );
    assert_eq!((m.num_saves, m.num_pages), (Some(4), Some(2)));
    assert_eq!(
        m.created.map(|t| (t.seconds, t.offset)),
        Some((1_706_713_140, None))
    );
    assert_eq!(
        (read.links[0].target.as_str(), read.links[0].text.as_str()),
        ("https://a.example", "my page")
    );
    assert_eq!(read.traces.paths, [r"C:\T\cv.dotx", r"C:\p.png"]);
    assert_eq!(read.traces.images[0].num_bytes, 3);
    assert_eq!(
        read.text
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        "see my page and"
    );
}

#[test]
fn changes_comments_and_hidden_text() {
    // 1 January 2024, 14:59 as a DTTM.
    let time = (124 << 20) | (1 << 16) | (1 << 11) | (14 << 6) | 59;
    let read = read(&format!(
        r"{{\*\revtbl{{Unknown;}}{{Ann;}}}}Led {{\deleted\revauthdel1\revdttmdel{time} Ben Ode}}{{\revised\revauth1\revdttm{time} Cleo}}'s team
        {{\*\atnauthor Eve}}\chatn{{\*\annotation{{\*\atndate {time}}}who?}}\par {{\v secret words}}{{\fs2 small words}}{{\cf1 white words}}{{\cf1\chcbpat2 on dark}}"
    ))
    .unwrap();
    let changes: Vec<_> = read
        .traces
        .revisions
        .iter()
        .map(|r| {
            (
                r.kind,
                r.author.as_deref().unwrap_or(""),
                r.text.text.as_str(),
                r.time.map(|t| t.seconds),
            )
        })
        .collect();
    let at = Some(1_704_121_140);
    assert_eq!(
        changes,
        [
            (RevisionKind::Deleted, "Ann", "Ben Ode", at),
            (RevisionKind::Inserted, "Ann", "Cleo", at),
            (RevisionKind::Comment, "Eve", "who?", at),
        ]
    );
    let hidden: Vec<_> = read
        .traces
        .hidden
        .iter()
        .map(|h| (h.how, h.text.text.as_str()))
        .collect();
    assert_eq!(
        hidden,
        [
            (Hiding::Marked, "secret words"),
            (Hiding::Tiny, "small words"),
            (Hiding::SameColour, "white words"),
        ]
    );
    assert!(read.text.text.contains("Led Cleo's team"));
    assert!(!read.text.text.contains("secret"));
}

#[test]
fn broken_files_give_what_is_left_or_a_reason() {
    let bytes = br"{\rtf1 first\par {\b second";
    let read_bytes = |bytes: &[u8]| Rtf.read(bytes, 0, &Limits::default());
    let cut = read_bytes(bytes).unwrap();
    assert_eq!(
        (cut.text.text.as_str(), cut.warnings.len()),
        ("first\nsecond", 1)
    );
    let deep = format!(r"{{\rtf1 seen{}", "{".repeat(100_000));
    assert!(read_bytes(deep.as_bytes()).unwrap().warnings[0].contains("nested deeper"));
    assert!(matches!(
        read_bytes(b"{\\rtf1"),
        Err(ReadError::Damaged { .. })
    ));
    assert_eq!(
        read_bytes(b"{\\rtf1 }"),
        Err(ReadError::NoText(String::new()))
    );
    assert!(Rtf.recognises(b"\xef\xbb\xbf {\\rtf1 x}", Path::new("cv.doc")));
    assert!(!Rtf.recognises(b"{ \"basics\": 1 }", Path::new("cv.rtf")));
}

proptest! {
    #[test]
    fn any_bytes_are_read_or_refused(inside in "([{}a ?;]|\\\\(par|u-?[0-9]{1,6}|'[0-9a-f]{2}|\\*|bin[0-9]|v|pict|field|fldrslt|shptxt|footnote|fonttbl|colortbl|annotation|f[0-9]|uc[0-9]) ?){0,60}") {
        let _ = read(&inside);
    }
}
