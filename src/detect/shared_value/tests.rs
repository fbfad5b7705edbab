//! What brings two holders of a value together, with a detector of one invented kind.

use crate::detect::Detector;
use crate::detect::shared_value::COPIED;
use crate::detect::shared_value::Case;
use crate::detect::shared_value::Held;
use crate::detect::shared_value::Hold;
use crate::detect::shared_value::Judged;
use crate::detect::shared_value::Tie;
use crate::detect::shared_value::Values;
use crate::detect::shared_value::many::OfMany;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::CodeUnit;
use crate::model::Digest;
use crate::model::Family;
use crate::model::FileClass;
use crate::model::IdentifierKind;
use crate::model::NameKey;
use crate::model::ObjectId;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Relation;

static CARD: Card = Card {
    id: "test",
    title: "",
    family: Family::Identity,
    looks_at: "",
    why: "",
    innocent: &[""],
    question: "",
    limits: "",
    base_rate: "",
    references: &[],
};

static VALUES: Values = Values {
    card: &CARD,
    held,
    judge,
    by_many: "many",
    told: Some(OfMany {
        sentence: "{0} hold {1}",
        explained_by: &[Relation::Agency],
    }),
    none: "nothing",
};

/// The applicant's name key is what they hold, in a file whose blob is the key's first byte.
fn held(profile: &Profile) -> Vec<Held> {
    let of_unit = |unit: &CodeUnit| Held {
        kind: IdentifierKind::Machine,
        value: profile.name.map_or(0, |n| n.0).to_string(),
        detail: String::new(),
        hold: match unit.size {
            0 => Hold::Mentions,
            _ => Hold::Owns,
        },
        at: Provenance {
            source: profile.applicant.to_string(),
            digest: Digest::default(),
            place: Place::File {
                path: unit.path.clone(),
                blob: unit.blob,
            },
        },
    };
    profile.code.iter().flatten().map(of_unit).collect()
}

fn judge(case: &Case<'_>) -> Judged {
    match case.value {
        "9" => Judged::Nothing,
        _ => Judged::Ties(Tie {
            rank: 0,
            table: "test",
            sentence: "{0}",
            explained_by: &[Relation::Household],
        }),
    }
}

fn holder(who: &str, value: u64, blob: u8, own: bool) -> Profile {
    let unit = CodeUnit::new(
        ObjectId([blob; 20]),
        "x".into(),
        u64::from(own),
        FileClass::Source,
    );
    Profile {
        name: Some(NameKey(value)),
        code: vec![vec![unit]],
        ..Profile::empty(ApplicantId::new(who))
    }
}

fn compare(members: &[&Profile]) -> Vec<Outcome> {
    let candidate = Candidate {
        members: members.to_vec(),
        keys: Vec::new(),
    };
    VALUES.compare(&candidate, &Background::default())
}

#[test]
fn a_shared_value_ties_two_and_no_more() {
    let all: Vec<Profile> = ["a", "b", "c"]
        .iter()
        .zip(1..)
        .map(|(who, blob)| holder(who, 7, blob, true))
        .collect();
    match compare(&[&all[0], &all[1]]).as_slice() {
        [Outcome::Evidence(e)] => {
            assert_eq!(e.explained_by, [Relation::Household]);
            assert_eq!(e.observations.as_slice().len(), 2);
        }
        other => panic!("{other:?}"),
    }
    match compare(&[&all[0], &all[1], &all[2]]).as_slice() {
        [Outcome::SetAside(s)] => assert_eq!((s.why, s.subjects.len()), ("many", 3)),
        other => panic!("{other:?}"),
    }
}

#[test]
fn what_many_hold_is_told_once() {
    let blobs = |blob: fn(u8) -> u8, num: u8| -> Vec<Outcome> {
        let all: Vec<Profile> = (0..num)
            .map(|i| holder(&format!("a{i:02}"), 7, blob(i), true))
            .collect();
        compare(&all.iter().collect::<Vec<_>>())
    };
    match blobs(|i| i, 13).as_slice() {
        [Outcome::Evidence(e)] => {
            assert_eq!(e.subjects.as_slice().len(), 13);
            assert_eq!(e.explained_by, [Relation::Agency]);
            assert_eq!(e.measure.table, "test");
        }
        other => panic!("{other:?}"),
    }
    let why = |outcomes: &[Outcome]| match outcomes {
        [Outcome::SetAside(s)] => (s.subjects.len(), s.why),
        other => panic!("{other:?}"),
    };
    assert_eq!(why(&blobs(|i| i, 12)), (12, "many"));
    assert_eq!(why(&blobs(|_| 1, 13)), (13, COPIED));
    assert_eq!(why(&blobs(|i| i / 2 * u8::from(i < 20), 30)), (30, COPIED));
}

#[test]
fn a_copied_file_is_set_aside() {
    let (a, b) = (holder("a", 7, 1, true), holder("b", 7, 1, true));
    match compare(&[&a, &b]).as_slice() {
        [Outcome::SetAside(s)] => assert_eq!(s.why, COPIED),
        other => panic!("{other:?}"),
    }
}

#[test]
fn mentions_do_not_meet_and_silence_is_kept() {
    let (a, b) = (holder("a", 7, 1, false), holder("b", 7, 2, false));
    assert!(compare(&[&a, &b]).is_empty());
    let (a, b) = (holder("a", 9, 1, true), holder("b", 9, 2, true));
    assert!(compare(&[&a, &b]).is_empty());
    let mut sink = KeySink::new(0, 0);
    VALUES.keys(&a, &mut sink);
    assert_eq!(sink.into_rows().len(), 1);
}

#[test]
fn without_values_it_cannot_look() {
    let nobody = Profile::empty(ApplicantId::new("n"));
    assert!(matches!(
        VALUES.examine(&nobody, &Background::default()).as_slice(),
        [Outcome::CouldNotLook { why: "nothing" }]
    ));
}
