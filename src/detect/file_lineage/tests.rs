//! Files that come from one file, and files that only look so.

use crate::detect::document_fixture::*;
use crate::detect::file_lineage::*;
use crate::model::DocumentMeta;

const ID: &str = "8f14e45fceea167a5a36dedd4bea2543";

fn word(rsids: &[u32]) -> DocumentMeta {
    DocumentMeta {
        creator: Some("Microsoft Office Word".into()),
        rsids: rsids.to_vec(),
        ..DocumentMeta::default()
    }
}

fn pdf(id: &str, producer: &str) -> DocumentMeta {
    DocumentMeta {
        permanent_id: Some(id.into()),
        producer: Some(producer.into()),
        ..DocumentMeta::default()
    }
}

fn pair_of(a: DocumentMeta, b: DocumentMeta) -> Vec<Outcome> {
    compared(&FileLineage, &[keeping("a", a), keeping("b", b)])
}

fn rsids(range: std::ops::Range<u32>) -> Vec<u32> {
    range.map(|i| 0x00A0_0000 + 977 * i).collect()
}

#[test]
fn one_permanent_id_under_two_names() {
    let outcomes = pair_of(
        pdf(ID, "Acrobat Distiller 15.0"),
        pdf(ID, "Acrobat Distiller 15.0"),
    );
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "file-lineage/pdf-id");
    assert_eq!(found[0].explained_by, []);
    assert_eq!(found[0].observations.as_slice().len(), 2);
}

#[test]
fn a_form_explains_its_id() {
    let form = || pdf(ID, "Adobe LiveCycle Designer ES 9.0");
    assert_eq!(
        evidence_of(&pair_of(form(), form()))[0].explained_by,
        [Relation::Template]
    );
}

#[test]
fn computed_and_blank_ids_are_no_marks() {
    let outcomes = pair_of(pdf(ID, "pdfTeX-1.40.24"), pdf(ID, "pdfTeX-1.40.24"));
    assert!(evidence_of(&outcomes).is_empty());
    assert_eq!(set_aside_of(&outcomes)[0].why, COMPUTED);
    // An editor took over the id with the file, and the file says who made it first.
    let mut edited = keeping("a", pdf(ID, "pypdf"));
    edited.documents[0].traces.revisions = vec![crate::model::Revision {
        kind: crate::model::RevisionKind::Saved(1),
        author: None,
        time: None,
        fields: vec![("producer".into(), "pdfTeX-1.40.24".into())],
        text: masked(""),
    }];
    let outcomes = compared(&FileLineage, &[edited, keeping("b", pdf(ID, "pypdf"))]);
    assert!(evidence_of(&outcomes).is_empty());
    let zero = "00000000000000000000000000000000";
    assert!(pair_of(pdf(zero, "x"), pdf(zero, "x")).is_empty());
    assert!(pair_of(pdf("0001", "x"), pdf("0001", "x")).is_empty());
}

#[test]
fn documents_and_ancestors_by_xmp() {
    let xmp = |own: &str, from: &[&str]| DocumentMeta {
        xmp_document_id: Some(format!("xmp.did:{own}")),
        derived_from: from.iter().map(|f| format!("uuid:{f}")).collect(),
        ..DocumentMeta::default()
    };
    let (p, q, r) = (
        "1b3de5a0-11aa-4c1b-9f1e-000000000001",
        "2b3de5a0-11aa-4c1b-9f1e-000000000002",
        "3b3de5a0-11aa-4c1b-9f1e-000000000003",
    );
    let table = |a, b| evidence_of(&pair_of(a, b)).first().map(|e| e.measure.table);
    assert_eq!(
        table(xmp(p, &[]), xmp(q, &[p])),
        Some("file-lineage/document-id")
    );
    assert_eq!(
        table(xmp(q, &[p]), xmp(p, &[])),
        Some("file-lineage/document-id")
    );
    assert_eq!(
        table(xmp(p, &[r]), xmp(q, &[r])),
        Some("file-lineage/ancestor-id")
    );
    assert_eq!(table(xmp(p, &[]), xmp(q, &[])), None);
}

#[test]
fn a_finished_file_that_went_on_is_no_template() {
    let outcomes = pair_of(word(&rsids(0..9)), word(&rsids(0..14)));
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].measure.table, "file-lineage/rsids-continued");
    assert_eq!(found[0].measure.score, 9.0);
    assert_eq!(found[0].explained_by, []);
}

#[test]
fn common_sessions_alone_are_a_common_template() {
    for (a, b) in [
        (rsids(0..12), rsids(4..16)),
        // Equal ids: neither went on, both may be the template's own.
        (rsids(0..9), rsids(0..9)),
    ] {
        let outcomes = pair_of(word(&a), word(&b));
        let found = evidence_of(&outcomes);
        assert_eq!(found[0].measure.table, "file-lineage/rsids");
        assert_eq!(found[0].explained_by[0], Relation::Template);
    }
    let by_script = DocumentMeta {
        creator: Some("LibreOffice/7.4".into()),
        ..word(&rsids(0..9))
    };
    let outcomes = pair_of(by_script, word(&rsids(0..14)));
    assert_eq!(
        evidence_of(&outcomes)[0].explained_by[0],
        Relation::Template
    );
}

#[test]
fn few_sessions_and_built_in_templates_say_nothing() {
    assert!(pair_of(word(&rsids(0..3)), word(&rsids(0..3))).is_empty());
    let python_docx = [
        0x0003_4616,
        0x0006_063C,
        0x0015_074B,
        0x0029_639D,
        0x0032_6F90,
    ];
    assert!(pair_of(word(&python_docx), word(&python_docx)).is_empty());
}

#[test]
fn one_file_under_many_names_is_a_group() {
    let members: Vec<_> = (0..15)
        .map(|i| keeping(&format!("p{i:02}"), pdf(ID, "Acrobat Distiller 15.0")))
        .collect();
    let outcomes = compared(&FileLineage, &members);
    let found = evidence_of(&outcomes);
    assert_eq!(found[0].subjects.as_slice().len(), 15);
    assert_eq!(found[0].explained_by[0], Relation::Template);
    let tex: Vec<_> = (0..15)
        .map(|i| keeping(&format!("p{i:02}"), pdf(ID, "pdfTeX-1.40.24")))
        .collect();
    let outcomes = compared(&FileLineage, &tex);
    assert_eq!(set_aside_of(&outcomes)[0].subjects.len(), 15);
}

#[test]
fn a_file_without_ids_cannot_be_looked_at() {
    let look = |p: &Profile| FileLineage.examine(p, &Background::default());
    assert!(matches!(
        look(&keeping("a", DocumentMeta::default()))[..],
        [Outcome::CouldNotLook { .. }]
    ));
    assert!(look(&keeping("a", pdf(ID, "x"))).is_empty());
}

#[test]
fn a_single_mark_is_enough_for_a_candidate_and_editing_ids_add_up() {
    let weigh = |meta| {
        let mut sink = KeySink::new(0, 0);
        FileLineage.keys(&keeping("a", meta), &mut sink);
        let rows = sink.into_rows();
        let weight = |r: &crate::link::KeyRow| FileLineage.weight(r.key, &Background::default());
        rows.iter().map(weight).sum::<f32>()
    };
    assert_eq!(weigh(pdf(ID, "x")), MIN_RSIDS as f32);
    assert_eq!(weigh(word(&rsids(0..6))), 6.0);
}
