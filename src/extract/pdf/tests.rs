//! Whole PDFs, honest and hostile.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::pdf::Pdf;
use crate::extract::pdf::samples::bytes;
use crate::extract::pdf::samples::document;
use crate::extract::pdf::samples::pages;
use crate::extract::pdf::samples::shows;
use crate::model::RawDocument;
use flate2::Compression;
use flate2::write::ZlibEncoder;
use lopdf::Dictionary;
use lopdf::EncryptionState;
use lopdf::EncryptionVersion;
use lopdf::IncrementalDocument;
use lopdf::Object;
use lopdf::Permissions;
use lopdf::Stream;
use lopdf::StringFormat;
use lopdf::dictionary;
use std::io::Write;
use std::path::Path;

fn read(bytes: &[u8]) -> Result<RawDocument, ReadError> {
    Pdf.read(bytes, 0, &Limits::default())
}

fn link(target: &str) -> Object {
    dictionary! {
        "Type" => "Annot", "Subtype" => "Link",
        "A" => dictionary! { "S" => "URI", "URI" => Object::string_literal(target) },
    }
    .into()
}

#[test]
fn text_keeps_its_pages() {
    let read = read(&bytes(pages(&["first page", "second page"]).0)).unwrap();
    assert_eq!(read.text.text, "first page\nsecond page\n");
    assert_eq!(read.text.pages, [0, 11]);
    assert_eq!(
        (read.meta.num_pages, read.meta.num_revisions),
        (Some(2), Some(1))
    );
    assert_eq!(
        (read.engine.name.as_str(), read.warnings.len()),
        ("pdfboss-output", 0)
    );
}

#[test]
fn both_engines_read_the_same_words() {
    let bytes = bytes(pages(&["first page", "second page"]).0);
    let again = Pdf.read(&bytes, 1, &Limits::default()).unwrap();
    assert_eq!(again.engine.name, "pdf-extract");
    assert_eq!(
        again
            .text
            .text
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" "),
        "first page second page"
    );
    assert_eq!(again.text.pages.len(), 2);
}

#[test]
fn metadata_and_links() {
    let (mut doc, ids) = pages(&["text", "more"]);
    let utf16: Vec<u8> = [0xfe, 0xff]
        .into_iter()
        .chain("Zoë ✓".encode_utf16().flat_map(u16::to_be_bytes))
        .collect();
    let info = doc.add_object(dictionary! {
        "Title" => Object::String(utf16, StringFormat::Literal),
        "Author" => Object::String(b"\xef\xbb\xbfZo\xc3\xab".to_vec(), StringFormat::Literal),
        "Creator" => Object::String(b"caf\xe9 \x80".to_vec(), StringFormat::Literal),
        "Producer" => Object::string_literal("  "),
        "CreationDate" => Object::string_literal("D:20240131235959+09'00'"),
        "ModDate" => Object::string_literal("D:20240131145959Z"),
    });
    doc.trailer.set("Info", info);
    doc.trailer.set(
        "ID",
        vec![
            Object::string_literal("\x01\u{1f}"),
            Object::string_literal("\x02"),
        ],
    );
    let xmp = "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#'><r:Description \
               xmlns:m='http://ns.adobe.com/xap/1.0/mm/' m:OriginalDocumentID='uuid:7'/></r:RDF>";
    let xmp = doc.add_object(Stream::new(
        dictionary! { "Type" => "Metadata" },
        xmp.into(),
    ));
    doc.catalog_mut().unwrap().set("Metadata", xmp);
    let annotations = vec![
        link("https://a.example/"),
        link("https://a.example/"),
        link("mailto:a@a.example"),
    ];
    doc.get_dictionary_mut(ids[1])
        .unwrap()
        .set("Annots", annotations);

    let read = read(&bytes(doc)).unwrap();
    assert_eq!(read.meta.title.as_deref(), Some("Zoë ✓"));
    assert_eq!(read.meta.author.as_deref(), Some("Zoë"));
    assert_eq!(
        read.meta.creator.as_deref(),
        Some("café •"),
        "PDFDocEncoding"
    );
    assert_eq!(read.meta.producer, None);
    let created = read.meta.created.unwrap();
    assert_eq!(
        (created.seconds, created.offset.unwrap().minutes()),
        (1_706_713_199, 540)
    );
    assert_eq!(read.meta.modified.unwrap().offset.unwrap().minutes(), 0);
    assert_eq!(
        (
            read.meta.permanent_id.as_deref(),
            read.meta.changing_id.as_deref()
        ),
        (Some("011f"), Some("02"))
    );
    assert_eq!(read.meta.xmp_original_id.as_deref(), Some("uuid:7"));
    let links: Vec<_> = read
        .links
        .iter()
        .map(|l| (l.target.as_str(), l.page))
        .collect();
    assert_eq!(
        links,
        [
            ("https://a.example/", Some(2)),
            ("mailto:a@a.example", Some(2))
        ]
    );
    assert_eq!(read.warnings, [""; 0]);
}

#[test]
fn revisions_are_counted() {
    let original = bytes(pages(&["text"]).0);
    let mut update = IncrementalDocument::create_from(
        original.clone(),
        lopdf::Document::load_mem(&original).unwrap(),
    );
    update.new_document.add_object(dictionary! { "Note" => 1 });
    let mut saved = Vec::new();
    update.save_to(&mut saved).unwrap();
    assert_eq!(read(&saved).unwrap().meta.num_revisions, Some(2));
}

#[test]
fn a_password_is_asked_for_unless_it_is_empty() {
    for (user, want) in [("secret", None), ("", Some("text\n"))] {
        let (mut doc, _) = pages(&["text"]);
        doc.trailer.set(
            "ID",
            vec![
                Object::string_literal("0123456789abcdef"),
                Object::string_literal("0123456789abcdef"),
            ],
        );
        let version = EncryptionVersion::V2 {
            document: &doc,
            owner_password: "owner",
            user_password: user,
            key_length: 128,
            permissions: Permissions::all(),
        };
        let state = EncryptionState::try_from(version).unwrap();
        doc.encrypt(&state).unwrap();
        let bytes = bytes(doc);
        for attempt in [0, 1] {
            match (want, Pdf.read(&bytes, attempt, &Limits::default())) {
                (Some(want), Ok(read)) => assert_eq!(read.text.text.trim(), want.trim()),
                (None, Err(error)) => assert_eq!(error, ReadError::Encrypted),
                (_, other) => panic!("user password {user:?}, attempt {attempt}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_page_without_text_is_named_a_scan() {
    for page in ["", "0 0 100 100 re f"] {
        let read = read(&bytes(document(&[page.into()], Dictionary::new()).0)).unwrap();
        assert_eq!(read.text.text, "");
        // What follows depends on whether tesseract is installed.
        assert!(
            read.warnings[0].starts_with("no text layer; "),
            "{:?}",
            read.warnings
        );
    }
}

#[test]
fn cut_off_files_give_what_is_left_or_a_reason() {
    let whole = bytes(pages(&["first page", "second page", "third page"]).0);
    let tail = &whole[..whole.len() - 60];
    let read_tail = read(tail).unwrap();
    assert!(read_tail.text.text.contains("second page"));
    assert!(
        read_tail.warnings.iter().any(|w| w.contains("cut off")),
        "{:?}",
        read_tail.warnings
    );
    for share in [1, 5, 30, 60] {
        let error = read(&whole[..whole.len() * share / 100]).unwrap_err();
        assert!(
            matches!(error, ReadError::Damaged { .. }),
            "{share} %: {error}"
        );
    }
}

#[test]
fn a_broken_structure_does_not_cost_the_text() {
    // An empty entry for the encryption: the structure reader takes the file for encrypted, which it is not.
    let (mut doc, _) = pages(&["still here"]);
    doc.trailer.set("Encrypt", Object::Null);
    let bytes = bytes(doc);
    let read = read(&bytes).unwrap();
    assert_eq!(read.text.text, "still here\n");
    assert!(
        read.warnings[0].starts_with("metadata and links could not be read"),
        "{:?}",
        read.warnings
    );
}

/// A stream of `megabytes` of spaces, deflated `times`.
fn bomb(megabytes: usize, times: usize) -> Stream {
    let mut content = vec![b' '; megabytes << 20];
    for _ in 0..times {
        let mut encoder = ZlibEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(&content).unwrap();
        content = encoder.finish().unwrap();
    }
    let filters: Vec<Object> = (0..times).map(|_| "FlateDecode".into()).collect();
    Stream::new(dictionary! { "Filter" => filters }, content)
}

#[test]
fn a_decompression_bomb_is_refused() {
    for (what, megabytes, times) in [("plain", 10, 1), ("packed twice", 10, 2)] {
        let (mut doc, ids) = pages(&["text"]);
        let content = doc.add_object(bomb(megabytes, times));
        doc.get_dictionary_mut(ids[0])
            .unwrap()
            .set("Contents", content);
        assert!(
            matches!(read(&bytes(doc)), Err(ReadError::Bomb(_))),
            "{what}"
        );
    }
    let (mut doc, ids) = pages(&["text"]);
    let many: Vec<Object> = (0..20).map(|_| doc.add_object(bomb(7, 1)).into()).collect();
    doc.get_dictionary_mut(ids[0])
        .unwrap()
        .set("Contents", many);
    assert!(
        matches!(read(&bytes(doc)), Err(ReadError::Bomb(_))),
        "many below the limit of one"
    );
}

#[test]
fn large_images_and_fonts_are_no_bombs() {
    let (mut doc, _) = pages(&["text"]);
    for (megabytes, subtype) in [(40, "Image"), (20, "CIDFontType0C")] {
        let mut stream = bomb(megabytes, 1);
        stream.dict.set("Subtype", subtype);
        doc.add_object(stream);
    }
    assert_eq!(read(&bytes(doc)).unwrap().text.text, "text\n");
}

/// A page that draws a form whose resources name that form; `content` is the form's.
fn with_form(content: &str) -> Vec<u8> {
    let (mut doc, ids) = document(&["q /X1 Do Q".into()], Dictionary::new());
    let form = doc.new_object_id();
    let resources = doc
        .get_dictionary(ids[0])
        .unwrap()
        .get(b"Resources")
        .unwrap()
        .as_reference()
        .unwrap();
    doc.get_dictionary_mut(resources)
        .unwrap()
        .set("XObject", dictionary! { "X1" => form });
    let dict = dictionary! {
        "Type" => "XObject", "Subtype" => "Form", "Resources" => resources,
        "BBox" => vec![0.into(), 0.into(), 612.into(), 792.into()],
    };
    doc.objects
        .insert(form, Stream::new(dict, content.into()).into());
    bytes(doc)
}

#[test]
fn a_form_that_draws_itself_is_refused() {
    for content in ["/X1 Do".to_string(), format!("{} /X1 Do", shows("again"))] {
        let bytes = with_form(&content);
        for attempt in [0, 1] {
            let error = Pdf.read(&bytes, attempt, &Limits::default()).unwrap_err();
            assert!(
                matches!(error, ReadError::Bomb(_)),
                "{content}, attempt {attempt}: {error}"
            );
        }
    }
}

#[test]
fn a_form_that_only_shares_the_resources_is_read() {
    assert_eq!(
        read(&with_form(&shows("a letterhead"))).unwrap().text.text,
        "a letterhead\n"
    );
}

#[test]
fn forms_that_multiply_are_cut_short() {
    let (mut doc, ids) = document(&["/X0 Do".into()], Dictionary::new());
    let forms: Vec<_> = (0..14).map(|_| doc.new_object_id()).collect();
    for (i, &form) in forms.iter().enumerate() {
        let next = forms
            .get(i + 1)
            .map_or_else(Dictionary::new, |&n| dictionary! { "X" => n });
        let dict = dictionary! { "Type" => "XObject", "Subtype" => "Form", "Resources" => dictionary! { "XObject" => next } };
        doc.objects
            .insert(form, Stream::new(dict, "/X Do ".repeat(10).into()).into());
    }
    let resources = doc
        .get_dictionary(ids[0])
        .unwrap()
        .get(b"Resources")
        .unwrap()
        .as_reference()
        .unwrap();
    doc.get_dictionary_mut(resources)
        .unwrap()
        .set("XObject", dictionary! { "X0" => forms[0] });
    assert!(matches!(read(&bytes(doc)), Err(ReadError::Bomb(_))));
}

#[test]
fn only_so_many_pages_are_read() {
    let limits = Limits {
        pages: 2,
        ..Limits::default()
    };
    let read = Pdf
        .read(&bytes(pages(&["one", "two", "three"]).0), 0, &limits)
        .unwrap();
    assert_eq!(
        (read.text.text.as_str(), read.meta.num_pages),
        ("one\ntwo\n", Some(3))
    );
    assert_eq!(read.warnings, ["only the first 2 of 3 pages were read"]);
}

#[test]
fn recognised_by_its_header_near_the_start() {
    let far = [&[b' '; 1020][..], b"%PDF-1.4"].concat();
    for (bytes, want) in [
        (&b"%PDF-1.4"[..], true),
        (b"\n\njunk%PDF-1.4", true),
        (&far, false),
        (b"%\n1 0 obj\n<<>>\nendobj\nstartxref\n0\n%%EOF", true),
        (b"how to read startxref and %%EOF", false),
        (b"", false),
    ] {
        assert_eq!(Pdf.recognises(bytes, Path::new("cv.txt")), want);
    }
}

#[test]
fn arbitrary_bytes_behind_a_header_do_not_panic() {
    let mut state = 11u32;
    for length in 0..200 {
        let junk = std::iter::repeat_with(|| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            b"0123456789 obj<</>>stream[]()\nR endxref trailer"[state as usize >> 8 & 31]
        });
        let bytes: Vec<u8> = b"%PDF-1.4\n"
            .iter()
            .copied()
            .chain(junk.take(length))
            .collect();
        assert!(read(&bytes).is_err());
    }
}
