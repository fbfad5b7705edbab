//! Documents of different applicants that one program made within minutes.
//!
//! # What it looks at
//! PDFs of different applicants whose creation times lie within five minutes of each other, made by the same program and
//! the same version of what wrote them. Only PDFs: the creation time of an office file is often that of its template.
//!
//! # Why it can mean a link
//! Somebody who prepares many applications exports them one after the other.
//!
//! # Innocent explanations
//! A job fair or a course where everybody exports at once; an agency or a tracking system that exports again.
//!
//! # Limits
//! Context: its table keeps it weak whatever it sees, and every such evidence names ordinary relations that explain it, so
//! that it adds a little to a link and never makes one that is clustered. The engine compares pairs, so a burst of k files is
//! k(k − 1)/2 weak rows; more than a dozen applicants in one burst are set aside as an export of a system. The time at which
//! an application came in plays no part.
//!
//! # References
//! ISO 32000-1 §14.3.3.

use crate::detect::Detector;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Document;
use crate::model::Evidence;
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
use crate::model::SourceKind;
use crate::model::Subjects;
use crate::model::combine;
use crate::model::hash_text;

static CARD: Card = Card {
    id: "creation-burst",
    title: "Documents that one program made within minutes",
    family: Family::Document,
    looks_at: "PDFs of different applicants that the same program, in the same version, made less than five minutes apart, by \
               the creation time that each file records.",
    why: "Somebody who prepares many applications exports them one after the other. People who know nothing of each other \
          rarely export within minutes on the same version of the same program.",
    innocent: &[
        "An agency, a course or the system that received the applications exported them all at once.",
        "Both sat at a job fair or in an application workshop and exported there.",
        "A web service that many use made both, and the pool is large enough for a coincidence.",
        "The clock of a machine was never set, so that its files all carry the same hours.",
    ],
    question: "When, where and with which program did you make this document?",
    limits: "Context only: it never makes a group by itself. Office files are left out, because they often keep the creation \
             time of their template; so are two states of one file, and times of midnight to the second. A creation time can be set to anything. More than twelve \
             applicants in one such burst are set aside. When applications were handed in plays no part.",
    base_rate: "Not measured on applicants. Of 251 public regression PDFs that record a time and a program (31,375 pairs), 11 \
                pairs were made within five minutes, each by one person for one purpose or from one file; none by strangers. \
                Exports by agencies and systems are far more common than a coincidence, so the table assumes that 1 pair of \
                strangers in 50 shows it.",
    references: &["ISO 32000-1:2008, 14.3.3: document information dictionary"],
};

/// Most seconds between two files of a burst: opening, changing a name and exporting again takes about a minute.
const WINDOW: i64 = 300;

const PAIR: &str = "{2} made a PDF of {a} at {0} and one of {b} at {1}, {3} seconds apart.";
const MANY: &str =
    "many applicants' files were made at once: an export of a system, an agency or a course";

/// Compares creation times.
pub(in crate::detect) struct CreationBurst;

impl Detector for CreationBurst {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for file in files(profile) {
            let slot = file.created.seconds.div_euclid(WINDOW);
            for slot in [slot, slot + 1] {
                sink.both(combine(file.program_key(), slot as u64));
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if files(profile).next().is_some() {
            return Vec::new();
        }
        vec![Outcome::CouldNotLook {
            why: "no PDF records when it was created and by what program",
        }]
    }

    fn compare(&self, candidate: &Candidate<'_>, _background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b).into_iter().collect(),
            None => group(candidate),
        }
    }
}

/// A PDF with a creation time and a program.
#[derive(Clone)]
struct File<'a> {
    document: &'a Document,
    created: RawTime,
    program: String,
}

impl File<'_> {
    fn program_key(&self) -> Key {
        combine(hash_text("burst"), hash_text(&self.program))
    }

    fn fact(&self) -> Fact {
        Fact::Time(written(self.created))
    }

    fn observation(&self) -> Observation {
        Observation {
            fact: self.fact(),
            at: Provenance::new(&self.document.source, Place::Whole),
        }
    }
}

/// Times without an offset are not comparable.
fn files(profile: &Profile) -> impl Iterator<Item = File<'_>> {
    let pdfs = profile
        .documents
        .iter()
        .filter(|d| d.source.kind == SourceKind::Pdf);
    pdfs.filter_map(|document| {
        let meta = &document.meta;
        // Midnight to the second is a date that a build was told, not a moment.
        let is_moment = |t: &RawTime| t.seconds.rem_euclid(86_400) != 0;
        let created = meta
            .created
            .filter(|t| t.offset.is_some() && is_moment(t))?;
        let names = [meta.creator.as_deref(), meta.producer.as_deref()];
        let mut program: Vec<&str> = names
            .into_iter()
            .flatten()
            .map(str::trim)
            .filter(|p| !p.is_empty())
            .collect();
        // Word names itself twice.
        program.dedup();
        (!program.is_empty()).then(|| File {
            document,
            created,
            program: program.join(", "),
        })
    })
}

/// `2026-03-02 14:05:10 +01:00`.
fn written(time: RawTime) -> String {
    let minutes = time.offset.map_or(0, |o| i64::from(o.minutes()));
    let local = jiff::Timestamp::from_second(time.seconds.saturating_add(minutes * 60));
    let text = local.map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string());
    let offset = time.offset.map(|o| format!(" {o}"));
    text.unwrap_or_default() + &offset.unwrap_or_default()
}

/// Two states of one file keep its creation time: the business of `file-lineage`.
fn is_one_file(a: &Document, b: &Document) -> bool {
    let same = |x: &Option<String>, y: &Option<String>| x.is_some() && x == y;
    a.source.sha256 == b.source.sha256
        || same(&a.meta.permanent_id, &b.meta.permanent_id)
        || same(&a.meta.xmp_document_id, &b.meta.xmp_document_id)
}

fn pair(a: &Profile, b: &Profile) -> Option<Outcome> {
    let all = files(a).flat_map(|left| files(b).map(move |right| (left.clone(), right)));
    let mut near: Vec<(u64, File<'_>, File<'_>)> = all
        .filter(|(l, r)| l.program == r.program && !is_one_file(l.document, r.document))
        .map(|(l, r)| (l.created.seconds.abs_diff(r.created.seconds), l, r))
        .filter(|(apart, ..)| *apart <= WINDOW as u64)
        .collect();
    near.sort_by_key(|(apart, l, r)| {
        (
            *apart,
            l.document.source.path.clone(),
            r.document.source.path.clone(),
        )
    });
    let (apart, left, right) = near.first()?;
    let facts = vec![
        left.fact(),
        right.fact(),
        Fact::Text(left.program.clone()),
        Fact::Number(apart.to_string()),
    ];
    Some(Outcome::Evidence(Box::new(Evidence::new(
        &CARD,
        Subjects::pair(&a.applicant, &b.applicant),
        Measure {
            table: "creation-burst",
            score: 1.0,
        },
        Explanation::new(PAIR, facts),
        vec![Relation::Agency, Relation::SharedMachine],
        Observations::new(left.observation(), [right.observation()]),
    ))))
}

/// The first file that carries one of the keys.
fn in_burst<'a>(profile: &'a Profile, keys: &[Key]) -> Option<File<'a>> {
    files(profile).find(|f| {
        let slot = f.created.seconds.div_euclid(WINDOW);
        let key = |slot: i64| combine(f.program_key(), slot as u64);
        keys.contains(&key(slot)) || keys.contains(&key(slot + 1))
    })
}

/// So many at once are an export.
fn group(candidate: &Candidate<'_>) -> Vec<Outcome> {
    let found: Vec<_> = candidate
        .members
        .iter()
        .filter_map(|p| Some((p.applicant.clone(), in_burst(p, &candidate.keys)?)))
        .collect();
    let Some((_, first)) = found.first() else {
        return Vec::new();
    };
    let what = Fact::Text(first.program.clone());
    let mut subjects: Vec<_> = found.into_iter().map(|(applicant, _)| applicant).collect();
    subjects.sort();
    vec![Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects,
        what,
        why: MANY,
    })]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ApplicantId;
    use crate::model::Digest;
    use crate::model::DocumentMeta;
    use crate::model::MaskedText;
    use crate::model::Signature;
    use crate::model::SourceInfo;
    use crate::model::Traces;
    use crate::model::UtcOffset;

    fn profile(id: &str, producer: &str, seconds: i64) -> Profile {
        let document = Document {
            source: SourceInfo {
                path: format!("{id}/cv.pdf"),
                sha256: Digest(id.into()),
                kind: SourceKind::Pdf,
                engine: None,
            },
            text: MaskedText::default(),
            signature: Signature::default(),
            fingerprints: Default::default(),
            meta: DocumentMeta {
                creator: Some("Writer".into()),
                producer: Some(producer.into()),
                created: Some(RawTime {
                    seconds,
                    offset: UtcOffset::from_minutes(60),
                }),
                permanent_id: Some(id.into()),
                ..DocumentMeta::default()
            },
            links: Vec::new(),
            traces: Traces::default(),
        };
        Profile {
            documents: vec![document],
            ..Profile::empty(ApplicantId::new(id))
        }
    }

    fn compared(members: &[&Profile]) -> Vec<Outcome> {
        let mut sink = KeySink::new(0, 0);
        CreationBurst.keys(members[0], &mut sink);
        let candidate = Candidate {
            members: members.to_vec(),
            keys: sink.into_rows().iter().map(|r| r.key).collect(),
        };
        CreationBurst.compare(&candidate, &Background::default())
    }

    #[test]
    fn minutes_apart_by_one_program_are_a_burst() {
        let first = profile("a", "Suite 7.3", 1_000_000);
        let found = |b: Profile| !compared(&[&first, &b]).is_empty();
        assert!(found(profile("b", "Suite 7.3", 1_000_250)));
        assert!(
            !found(profile("b", "Suite 7.3", 1_000_301)),
            "too long apart"
        );
        assert!(
            !found(profile("b", "Suite 7.4", 1_000_250)),
            "another version"
        );
        let mut same = profile("b", "Suite 7.3", 1_000_000);
        same.documents[0].meta.permanent_id = Some("a".into());
        assert!(!found(same), "two states of one file");
    }

    #[test]
    fn every_burst_is_explained_and_a_large_one_set_aside() {
        let many: Vec<Profile> = (0..14)
            .map(|i| profile(&format!("a{i:02}"), "Suite", 1_000_000 + i))
            .collect();
        let all: Vec<&Profile> = many.iter().collect();
        assert!(matches!(&compared(&all)[..], [Outcome::SetAside(s)] if s.subjects.len() == 14));
        match &compared(&all[..2])[..] {
            [Outcome::Evidence(e)] => assert!(!e.explained_by.is_empty()),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn files_whose_times_meet_share_a_key() {
        let keys = |seconds| {
            let mut sink = KeySink::new(0, 0);
            CreationBurst.keys(&profile("a", "Suite", seconds), &mut sink);
            sink.into_rows().iter().map(|r| r.key).collect::<Vec<_>>()
        };
        for start in [60_000, 60_001, 60_150, 60_299] {
            let other = keys(start + WINDOW);
            assert!(keys(start).iter().any(|k| other.contains(k)), "{start}");
        }
    }

    #[test]
    fn without_a_time_it_cannot_look() {
        let mut nothing = profile("a", "Suite", 0);
        nothing.documents[0].meta.created = None;
        let look = |p: &Profile| CreationBurst.examine(p, &Background::default());
        assert!(matches!(look(&nothing)[..], [Outcome::CouldNotLook { .. }]));
        assert!(look(&profile("a", "Suite", 1_000_000)).is_empty());
        let midnight = profile("a", "Suite", 86_400);
        assert!(
            matches!(look(&midnight)[..], [Outcome::CouldNotLook { .. }]),
            "a date that a build was told"
        );
    }
}
