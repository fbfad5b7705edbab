//! Files with one and with several states.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::pdf::Pdf;
use crate::extract::pdf::revisions::ends;
use crate::extract::pdf::samples::bytes;
use crate::extract::pdf::samples::pages;
use crate::extract::pdf::samples::shows;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::Revision;
use crate::model::RevisionKind;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::IncrementalDocument;
use lopdf::Object;
use lopdf::ObjectId;
use lopdf::Stream;
use lopdf::dictionary;

fn read(bytes: &[u8]) -> RawDocument {
    Pdf.read(bytes, 0, &Limits::default()).unwrap()
}

/// Appends an update in which `change` replaces objects.
fn update(original: &[u8], change: impl FnOnce(&mut Document)) -> Vec<u8> {
    let loaded = Document::load_mem(original).unwrap();
    let mut update = IncrementalDocument::create_from(original.to_vec(), loaded);
    change(&mut update.new_document);
    let mut saved = Vec::new();
    update.save_to(&mut saved).unwrap();
    saved
}

fn page(text: &str) -> Object {
    Stream::new(Dictionary::new(), shows(text).into_bytes()).into()
}

/// A file of one page with its content's id and an Info dictionary that names an author.
fn sample(text: &str, author: &str) -> (Vec<u8>, ObjectId, ObjectId) {
    let (mut doc, ids) = pages(&[text, "a second page"]);
    let content = doc
        .get_dictionary(ids[0])
        .unwrap()
        .get(b"Contents")
        .unwrap();
    let content = content.as_reference().unwrap();
    let info = doc.add_object(dictionary! {
        "Author" => Object::string_literal(author), "ModDate" => Object::string_literal("D:20240131235959+09'00'"),
    });
    doc.trailer.set("Info", info);
    (bytes(doc), content, info)
}

fn told(revision: &Revision<PagedText>) -> (RevisionKind, &str, Vec<(&str, &str)>) {
    let fields = revision.fields.iter();
    let fields = fields.map(|(k, v)| (k.as_str(), v.as_str())).collect();
    (revision.kind, revision.text.text.as_str(), fields)
}

#[test]
fn an_earlier_name_comes_back() {
    let (first, content, info) = sample("Ann Lee", "Ann Lee");
    let second = update(&first, |doc| {
        doc.objects.insert(content, page("Bo Olsen"));
        let author = dictionary! { "Author" => Object::string_literal("Bo Olsen") };
        doc.objects.insert(info, author.into());
    });
    let third = update(&second, |doc| {
        doc.objects.insert(content, page("Cy Duarte"));
    });
    let read = read(&third);
    assert_eq!(read.text.text, "Cy Duarte\na second page\n");
    assert_eq!(read.meta.num_revisions, Some(3));
    let all: Vec<_> = read.traces.revisions.iter().map(told).collect();
    assert_eq!(
        all,
        [
            (
                RevisionKind::Saved(1),
                "Ann Lee\n",
                vec![("author", "Ann Lee")]
            ),
            (RevisionKind::Saved(2), "Bo Olsen\n", vec![]),
        ]
    );
    let time = read.traces.revisions[0].time.unwrap();
    assert_eq!(time.offset.unwrap().minutes(), 540);
}

#[test]
fn updates_that_leave_the_pages_alone_have_no_text() {
    let (first, _, info) = sample("Ann Lee", "Ann Lee");
    let second = update(&first, |doc| {
        doc.objects.insert(
            info,
            dictionary! { "Title" => Object::string_literal("CV") }.into(),
        );
    });
    let all = read(&second).traces.revisions;
    assert_eq!(
        told(&all[0]),
        (RevisionKind::Saved(1), "", vec![("author", "Ann Lee")])
    );
}

#[test]
fn a_page_that_was_taken_out_comes_back() {
    let (mut doc, ids) = pages(&["stays", "goes away"]);
    let root = doc.get_dictionary(ids[0]).unwrap().get(b"Parent").unwrap();
    let root = root.as_reference().unwrap();
    doc.trailer.remove(b"Info");
    let second = update(&bytes(doc), |doc| {
        let kids: Vec<Object> = vec![ids[0].into()];
        doc.objects.insert(
            root,
            dictionary! { "Type" => "Pages", "Count" => 1, "Kids" => kids }.into(),
        );
    });
    let read = read(&second);
    assert_eq!(read.text.text, "stays\n");
    let earlier = &read.traces.revisions[0].text;
    assert_eq!(
        (earlier.text.as_str(), &earlier.pages[..]),
        ("goes away\n", &[0, 0][..])
    );
}

#[test]
fn the_same_words_in_other_lines_are_not_lost() {
    let (first, content, _) = sample("one two three four", "");
    let second = update(&first, |doc| {
        let broken = "BT /F1 12 Tf 72 720 Td (One two) Tj 0 -14 Td (three four) Tj ET";
        doc.objects.insert(
            content,
            Stream::new(Dictionary::new(), broken.into()).into(),
        );
    });
    assert_eq!(read(&second).traces.revisions[0].text.text, "");
}

#[test]
fn only_so_many_states_are_read() {
    let (mut file, content, _) = sample("state 0", "");
    for i in 1..=12 {
        file = update(&file, |doc| {
            doc.objects.insert(content, page(&format!("state {i}")));
        });
    }
    let numbers: Vec<_> = read(&file)
        .traces
        .revisions
        .iter()
        .map(|r| r.kind)
        .collect();
    let want = [1, 2, 3, 4, 9, 10, 11, 12].map(RevisionKind::Saved);
    assert_eq!(numbers, want);
    let limits = Limits {
        revisions: 0,
        ..Limits::default()
    };
    let none = Pdf.read(&file, 0, &limits).unwrap();
    assert_eq!(
        (none.traces.revisions.len(), none.meta.num_revisions),
        (0, Some(13))
    );
}

#[test]
fn one_state_has_no_end_before_it() {
    let (one, _, _) = sample("Ann Lee", "");
    assert!(ends(&one).is_empty());
    // Text that looks like an end, behind the last section and in a stream.
    let (mut doc, _) = pages(&["text"]);
    doc.add_object(Stream::new(
        Dictionary::new(),
        b"%%EOF startxref 0 %%EOF".to_vec(),
    ));
    let mut odd = bytes(doc);
    odd.extend(b"\n%%EOF\n%%EOF\n");
    assert!(ends(&odd).is_empty());
}

/// The shape of a linearised file: its first section stands before the other one and names it as the previous.
#[test]
fn a_linearised_file_is_one_state() {
    let mut file = b"%PDF-1.4\n".to_vec();
    let first = file.len();
    let head = |prev: usize| {
        format!(
            "xref\n4 1\n0000000300 00000 n \ntrailer\n<</Size 5/Root 4 0 R/Prev {prev:010}>>\nstartxref\n0\n%%EOF\n"
        )
    };
    let main = first + head(0).len() + 20;
    file.extend(head(main).bytes());
    file.extend([b' '; 20]);
    file.extend(
        format!(
            "xref\n0 1\n0000000000 65535 f \ntrailer\n<</Size 4>>\nstartxref\n{first}\n%%EOF\n"
        )
        .bytes(),
    );
    assert!(ends(&file).is_empty());
    // An update of it has the whole file as its earlier state.
    let whole = file.len();
    let at = file.len();
    file.extend(
        format!(
            "xref\n0 0\ntrailer\n<</Size 5/Root 4 0 R/Prev {first}>>\nstartxref\n{at}\n%%EOF\n"
        )
        .bytes(),
    );
    assert_eq!(ends(&file), [whole - 1]);
}
