//! Two careers and applicants with documents, for the tests of the text detectors.

use crate::features::text_features;
use crate::model::{
    ApplicantId, Digest, Document, DocumentMeta, Evidence, MaskedText, Outcome, PagedText, Profile,
    SourceInfo, SourceKind, Traces,
};

/// A career.
pub(in crate::detect) const CAREER: &str = "Keeps ferry timetables honest across four harbours and two seasons of storms.
Senior engineer at Marrowline Ferries from 2019 to 2024
- Rebuilt the timetable solver so that a storm closes one pier and not the whole crossing, with 38 percent fewer stranded cars.
- Moved 14 nightly exports onto one queue and cut the morning delay from 95 minutes to 11.
- Wrote the drill book that new staff at the ticket desk still learn from in their first week.
Engineer at Tallowgate Buses from 2015 to 2019
- Measured every stop on 212 routes by hand and found 31 that no bus could reach on time.
- Taught the depot to read its own fuel records, which saved 47 thousand litres in a year.
";

/// Another one.
pub(in crate::detect) const OTHER: &str = "Teacher of woodwork who came to software through a broken kiln and a patient neighbour.
Workshop lead at a school for adults from 2008 to 2016
- Planned evening courses for people who had never held a plane, and kept the waiting list short.
- Repaired donated tools and wrote down how, so that the next volunteer could do it without asking.
Developer at a museum of clocks since 2017
- Built the catalogue that visitors search at the entrance, in three languages and with large letters.
- Replaced paper tickets by a small program that the guards trust because they helped to design it.
";

/// An applicant with these documents.
pub(in crate::detect) fn profile(id: &str, texts: &[&str]) -> Profile {
    let documents = texts.iter().enumerate().map(|(i, text)| {
        let path = format!("{id}/{i}.txt");
        let source = SourceInfo {
            path,
            sha256: Digest(id.into()),
            kind: SourceKind::Text,
            engine: None,
        };
        let raw = PagedText::new(*text, Vec::new());
        let features = text_features(text);
        Document {
            source,
            text: MaskedText::new(&raw, &[]),
            signature: features.signature,
            fingerprints: features.fingerprints,
            meta: DocumentMeta::default(),
            links: vec![],
            traces: Traces::default(),
        }
    });
    Profile {
        documents: documents.collect(),
        ..Profile::empty(ApplicantId::new(id))
    }
}

/// The evidence among outcomes.
pub(in crate::detect) fn evidence(outcomes: &[Outcome]) -> Vec<&Evidence> {
    let mut found = Vec::new();
    for outcome in outcomes {
        if let Outcome::Evidence(e) = outcome {
            found.push(e.as_ref());
        }
    }
    found
}
