//! Two applicants' files that come from one file.
//!
//! # What it looks at
//! Ids that programs draw at random and keep when a file is saved again: the first part of a PDF's `/ID`, the document
//! and ancestor ids of XMP, and the revision save ids (rsids) of DOCX, ODT and RTF.
//!
//! # Why it can mean a link
//! The ids of two files agree when one was saved from the other or both from a third. Text, name and dates can all be
//! rewritten while they stay.
//!
//! # Innocent explanations
//! A template that is passed around as an ordinary file; a lent résumé; a form; a program that computes its ids.
//!
//! # Limits
//! Exporting anew, printing to PDF and pasting into a new file leave no id. Programs that compute their ids from date, path
//! or title are set aside. rsids say how much editing two files have in common, not whose it was.
//!
//! # References
//! ISO 32000-2 §14.4; XMP specification part 2 (xmpMM); ECMA-376 part 1 §17.15.1.70 to 72.

mod lineage;

use crate::detect::Detector;
use crate::detect::file_lineage::lineage::Lineage;
use crate::detect::file_lineage::lineage::MIN_RSIDS;
use crate::detect::file_lineage::lineage::Mark;
use crate::detect::file_lineage::lineage::Shared;
use crate::detect::file_lineage::lineage::is_single_mark;
use crate::detect::file_lineage::lineage::keys_of;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Document;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::RawTime;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;

static CARD: Card = Card {
    id: "file-lineage",
    title: "Two applicants' files come from one file",
    family: Family::Document,
    looks_at: "Ids that programs draw at random and keep when a file is saved again: the permanent id of a PDF, the document \
               ids of XMP metadata, and the ids that word processors give to each session of editing.",
    why: "Such ids agree only when one file was saved from the other, or both from a third. They stay when the name, the text \
          and the dates are rewritten.",
    innocent: &[
        "Both filled in the same template or form that is passed around as an ordinary file.",
        "One lent the other a résumé to start from, as friends, siblings and classmates do.",
        "An agency, a coach or a course prepared both from one file.",
        "A program or a website gives one id to everything it makes and is not on the list of those known to do so.",
    ],
    question: "Which file did you start your résumé from, and who gave it to you?",
    limits: "A file that was exported anew, printed to PDF or pasted into a new document has no trace of its ancestor. Ids of \
             programs that compute them from date, path or title (pdfTeX, Typst, PDFKit, ReportLab) are set aside, and so are \
             editing ids of the templates that python-docx and pandoc bring along; bought and downloaded templates are not \
             known. Common editing ids alone are read as a common template, unless all of one file's ids stand in the other, \
             which has more: then that very file went on.",
    base_rate: "Of 3,003 real résumés in PDF (measured 2026) one pair of different files had the same permanent id. Of 118,685 \
                pairs of families of DOCX files from unrelated public projects (1,450 files) none had three or more editing ids in common \
                once those of built-in templates were set aside; two had two.",
    references: &[
        "ISO 32000-2, section 14.4 (file identifiers)",
        "XMP Specification part 2, section 1.2.2.2 (media management)",
        "ECMA-376 part 1, sections 17.15.1.70 to 17.15.1.72 (revision save ids)",
        "corpora/background/build_template_marks.py (which programs compute ids or bring ids along)",
    ],
};

const COMPUTED: &str = "the program that wrote the files computes this id from date, path or title";

/// See the card.
pub(in crate::detect) struct FileLineage;

impl Detector for FileLineage {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass {
            min: MIN_RSIDS as f32,
        }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for document in &profile.documents {
            keys_of(document).for_each(|key| sink.both(key));
        }
    }

    fn weight(&self, key: Key, _background: &Background) -> f32 {
        if is_single_mark(key) {
            MIN_RSIDS as f32
        } else {
            1.0
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        if profile
            .documents
            .iter()
            .all(|d| keys_of(d).next().is_none())
        {
            return vec![Outcome::CouldNotLook {
                why: "no document keeps an id of its making",
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b),
            None => group(candidate),
        }
    }
}

/// The documents of two applicants with most in common, and what was set aside.
fn pair(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let mut outcomes = Vec::new();
    let mut best: Option<Lineage<'_>> = None;
    for (x, y) in a
        .documents
        .iter()
        .flat_map(|x| b.documents.iter().map(move |y| (x, y)))
    {
        let lineage = Lineage::new(x, y);
        outcomes.extend(lineage.computed.iter().map(|id| {
            Outcome::SetAside(SetAside {
                detector: CARD.id,
                subjects: vec![a.applicant.clone(), b.applicant.clone()],
                what: Fact::Text(id.clone()),
                why: COMPUTED,
            })
        }));
        if lineage.strongest().is_some() && best.as_ref().is_none_or(|b| lineage.rank() > b.rank())
        {
            best = Some(lineage);
        }
    }
    outcomes.extend(best.and_then(|l| evidence(a, b, &l)));
    outcomes
}

fn evidence(a: &Profile, b: &Profile, lineage: &Lineage<'_>) -> Option<Outcome> {
    let shared = lineage.strongest()?;
    let (x, y) = (lineage.x, lineage.y);
    let mut facts = vec![
        Fact::Path(x.source.path.clone()),
        Fact::Path(y.source.path.clone()),
    ];
    if matches!(shared.mark, Mark::Rsids | Mark::Continued) {
        facts.push(Fact::Number(shared.score.to_string()));
        facts.push(Fact::Number(lineage.rsids[0].to_string()));
        facts.push(Fact::Number(lineage.rsids[1].to_string()));
    }
    let evidence = Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        measure(shared),
        Explanation::new(sentence(shared.mark), facts),
        explained_by(shared.mark, lineage),
        Observations::from_vec(
            lineage
                .shared
                .iter()
                .flat_map(|s| [observe(x, s), observe(y, s)])
                .collect(),
        )?,
    );
    Some(Outcome::Evidence(Box::new(
        evidence.with_exhibits(vec![table(lineage)]),
    )))
}

fn measure(shared: &Shared) -> Measure {
    Measure {
        table: match shared.mark {
            Mark::PdfId => "file-lineage/pdf-id",
            Mark::Document => "file-lineage/document-id",
            Mark::Ancestor => "file-lineage/ancestor-id",
            Mark::Continued => "file-lineage/rsids-continued",
            Mark::Rsids => "file-lineage/rsids",
        },
        score: shared.score as f64,
    }
}

fn sentence(mark: Mark) -> &'static str {
    match mark {
        Mark::PdfId => {
            "The PDF files {0} of {a} and {1} of {b} have the same permanent id: one was saved from the other, or both from a \
             third file."
        }
        Mark::Document => {
            "By their document ids, the files {0} of {a} and {1} of {b} are states of one document, or one was made from the \
             other."
        }
        Mark::Ancestor => {
            "By their document ids, the files {0} of {a} and {1} of {b} were both made from one earlier document."
        }
        Mark::Continued => {
            "All editing sessions of one of the files {0} of {a} and {1} of {b} stand in the other, which has more: {2} of {3} \
             and {4}. That very file was edited further."
        }
        Mark::Rsids => {
            "The files {0} of {a} and {1} of {b} have {2} editing sessions in common (of {3} and {4}): both come from one file."
        }
    }
}

/// A template explains what a file had before its owner began; nothing of the kind explains that a finished file went on
/// under another name.
fn explained_by(mark: Mark, lineage: &Lineage<'_>) -> Vec<Relation> {
    match mark {
        Mark::Rsids | Mark::Ancestor => vec![Relation::Template, Relation::Agency],
        Mark::PdfId | Mark::Document if lineage.is_form() => vec![Relation::Template],
        Mark::PdfId | Mark::Document | Mark::Continued => Vec::new(),
    }
}

fn observe(document: &Document, shared: &Shared) -> Observation {
    let part = match shared.mark {
        Mark::PdfId => "permanent id",
        Mark::Document | Mark::Ancestor => "document id",
        Mark::Continued | Mark::Rsids => "editing ids",
    };
    Observation {
        fact: Fact::Text(shared.value.clone()),
        at: Provenance::new(&document.source, Place::Part(part.into())),
    }
}

/// What both files say about their making, side by side.
fn table(lineage: &Lineage<'_>) -> Exhibit {
    let (x, y) = (lineage.x, lineage.y);
    let row = |what: &str, of: &dyn Fn(&Document) -> Option<String>| {
        let cell = |d| of(d).unwrap_or_else(|| "–".into());
        vec![what.to_owned(), cell(x), cell(y)]
    };
    let time = |t: &Option<RawTime>| t.as_ref().map(written);
    Exhibit::Table {
        caption: "What the two files keep of their making".into(),
        head: vec![String::new(), x.source.path.clone(), y.source.path.clone()],
        rows: vec![
            row("program", &|d| {
                d.meta.creator.clone().or_else(|| d.meta.producer.clone())
            }),
            row("created", &|d| time(&d.meta.created)),
            row("last saved", &|d| time(&d.meta.modified)),
            row("times saved", &|d| d.meta.num_saves.map(|n| n.to_string())),
            row("editing sessions", &|d| {
                (!d.meta.rsids.is_empty()).then(|| d.meta.rsids.len().to_string())
            }),
        ],
    }
}

/// `2024-03-02 14:05 +09:00`, or without an offset where the file has none.
fn written(time: &RawTime) -> String {
    let minutes = time.offset.map_or(0, |o| i64::from(o.minutes()));
    let local = time.seconds.saturating_add(minutes * 60);
    let date =
        jiff::Timestamp::from_second(local).map(|t| t.strftime("%Y-%m-%d %H:%M").to_string());
    let offset = time.offset.map_or(String::new(), |o| format!(" {o}"));
    date.unwrap_or_default() + &offset
}

/// Files of many applicants from one file: one group, which a template explains.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let mut left: Vec<&Profile> = candidate.members.clone();
    let mut outcomes = Vec::new();
    while left.len() > 1 {
        let leader = left.remove(0);
        let (with, rest): (Vec<_>, Vec<_>) =
            left.into_iter().partition(|p| closest(leader, p).is_some());
        left = rest;
        match with.as_slice() {
            [] => {}
            [one] => outcomes.extend(pair(leader, one)),
            several => outcomes.extend(group_evidence(leader, several)),
        }
    }
    if outcomes.is_empty() {
        outcomes.push(Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects: candidate
                .members
                .iter()
                .map(|p| p.applicant.clone())
                .collect(),
            what: Fact::Text("ids that many files carry".into()),
            why: COMPUTED,
        }));
    }
    outcomes
}

fn closest<'a>(a: &'a Profile, b: &'a Profile) -> Option<Lineage<'a>> {
    a.documents
        .iter()
        .flat_map(|x| b.documents.iter().map(move |y| Lineage::new(x, y)))
        .filter(|l| l.strongest().is_some())
        .max_by_key(Lineage::rank)
}

/// Whoever has least in common with the leader speaks for the group.
fn group_evidence(leader: &Profile, others: &[&Profile]) -> Option<Outcome> {
    let all: Vec<Lineage<'_>> = others.iter().filter_map(|p| closest(leader, p)).collect();
    let weakest = all.iter().min_by_key(|l| l.rank())?;
    let shared = weakest.strongest()?;
    let members = others
        .iter()
        .map(|p| p.applicant.clone())
        .chain([leader.applicant.clone()]);
    let seen = all.iter().filter_map(|l| {
        let s = l.strongest()?;
        Some([observe(l.x, s), observe(l.y, s)])
    });
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::group(members)?,
        measure(shared),
        Explanation::new(
            "Files of {0} applicants come from one file, by ids that their programs kept: a template that was passed around, or \
             one hand.",
            vec![Fact::Number((others.len() + 1).to_string())],
        ),
        vec![Relation::Template, Relation::Agency],
        Observations::from_vec(seen.flatten().collect())?,
    ))))
}

#[cfg(test)]
mod tests;
