//! What counts as somebody else's, and what does not.

use crate::identity::DisplayName;
use crate::model::{
    Digest, DocumentLink, Engine, HiddenText, Hiding, Ordinary, SourceKind, Traces,
};
use crate::pipeline::leftovers::*;

fn source() -> SourceInfo {
    SourceInfo {
        path: "bob/cv_ann_lee.docx".into(),
        sha256: Digest::default(),
        kind: SourceKind::Docx,
        engine: None,
    }
}

fn text(text: &str) -> PagedText {
    PagedText::new(text, Vec::new())
}

fn document(visible: &str) -> RawDocument {
    RawDocument {
        kind: SourceKind::Docx,
        engine: Engine::new("x", "1"),
        text: text(visible),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces::default(),
        warnings: Vec::new(),
    }
}

fn revision(kind: RevisionKind, author: Option<&str>, before: &str) -> Revision<PagedText> {
    Revision {
        kind,
        author: author.map(Into::into),
        time: None,
        fields: Vec::new(),
        text: text(before),
    }
}

fn ann() -> LeftoverValue {
    LeftoverValue::Name(DisplayName::new("Ann Lee").unwrap().key())
}

/// Sites and parts where Ann is left in a document of Bob Ray's, beside the file's name.
fn sites(raw: &RawDocument) -> Vec<(LeftoverSite, String)> {
    let bob = DisplayName::new("Bob Ray");
    let leavings = Leavings {
        names: NameFinder::new(bob.as_ref()),
        identifiers: &[],
        region: None,
    };
    let part = |l: &Leftover| match &l.at.place {
        Place::Part(part) => part.clone(),
        other => format!("{other:?}"),
    };
    leavings
        .of_document(&source(), raw)
        .iter()
        .filter(|l| l.value == ann() && part(l) != "file name")
        .map(|l| (l.site, part(l)))
        .collect()
}

#[test]
fn a_name_is_found_wherever_a_file_keeps_it() {
    let mut raw = document("Bob Ray\nEngineer\n");
    raw.meta.author = Some("lee, ann".into());
    raw.meta.template = Some("C:\\Users\\annlee\\cv.dotx".into());
    raw.traces.revisions = vec![
        revision(RevisionKind::Saved(1), None, "Ann Lee\n"),
        revision(RevisionKind::Deleted, Some("Ann Lee"), "old"),
    ];
    raw.traces.hidden = vec![HiddenText {
        how: Hiding::SameColour,
        ordinary: None,
        page: None,
        text: text("ANN LEE"),
    }];
    let expected = [
        (LeftoverSite::Metadata, "author"),
        (LeftoverSite::Path, "template"),
        (LeftoverSite::Revision, "earlier revision 1"),
        (LeftoverSite::Change, "author of: deleted text"),
        (LeftoverSite::Hidden, "hidden text"),
    ];
    assert_eq!(sites(&raw), expected.map(|(s, p)| (s, p.to_owned())));
}

#[test]
fn the_files_own_name_counts_and_the_applicants_own_does_not() {
    let leavings = Leavings {
        names: NameFinder::new(DisplayName::new("Ann Lee").as_ref()),
        identifiers: &[],
        region: None,
    };
    assert_eq!(leavings.of_document(&source(), &document("Ann Lee")), []);
}

#[test]
fn open_names_referees_and_scans_are_no_leftovers() {
    let mut raw = document("Bob Ray\nWorked with Ann Lee\n");
    raw.traces.revisions = vec![revision(RevisionKind::Saved(1), None, "Ann Lee\n")];
    assert_eq!(sites(&raw), []);

    let mut raw = document("Bob Ray\n");
    let referees = "References\nAnn Lee\nann@kontor.example\n";
    raw.traces.revisions = vec![revision(RevisionKind::Saved(1), None, referees)];
    raw.traces.hidden = vec![HiddenText {
        how: Hiding::Unpainted,
        ordinary: Some(Ordinary::OcrLayer),
        page: Some(1),
        text: text("Ann Lee"),
    }];
    assert_eq!(sites(&raw), []);
}

#[test]
fn a_contact_counts_unless_it_is_the_applicants_own() {
    let mut raw = document("Bob Ray\n");
    raw.traces.revisions = vec![revision(
        RevisionKind::Saved(1),
        None,
        "ann@kontor.example bob@kontor.example",
    )];
    raw.links = vec![DocumentLink {
        target: "mailto:ann@kontor.example".into(),
        text: "bob@kontor.example".into(),
        page: Some(1),
    }];
    let own = [Identifier {
        kind: IdentifierKind::Email,
        value: "bob@kontor.example".into(),
        written: String::new(),
        role: IdentifierRole::Contact,
        assumed_region: false,
        at: Provenance::new(&source(), Place::Whole),
    }];
    let leavings = Leavings {
        names: NameFinder::new(None),
        identifiers: &own,
        region: None,
    };
    let contacts: Vec<_> = leavings
        .of_document(&source(), &raw)
        .into_iter()
        .filter_map(|l| match l.value {
            LeftoverValue::Contact { value, .. } => Some((l.site, value)),
            LeftoverValue::Name(_) => None,
        })
        .collect();
    let ann = || "ann@kontor.example".to_owned();
    assert_eq!(
        contacts,
        [(LeftoverSite::Revision, ann()), (LeftoverSite::Link, ann())]
    );
}
