use crate::detect::same_photo::*;
use crate::link::PoolCounts;
use crate::model::Digest;
use crate::model::DocumentMeta;
use crate::model::Exif;
use crate::model::ImageView;
use crate::model::MaskedText;
use crate::model::NUM_TILES;
use crate::model::PagedText;
use crate::model::PerceptualHash;
use crate::model::RawTime;
use crate::model::Relation;
use crate::model::Signature;
use crate::model::SourceInfo;
use crate::model::SourceKind;
use crate::model::Traces;
use crate::model::mix;

/// A picture whose hashes follow from `seed`; `noise` flips so many bits of the whole and of each tile.
fn picture(seed: u64, noise: u32) -> EmbeddedImage {
    let view = |i: u64| {
        let word = |k: u64| mix(mix(seed) ^ (i * 100 + k));
        let flip = |x: u64| (0..noise).fold(x, |x, n| x ^ 1 << (n * 5 % 64));
        ImageView {
            whole: PerceptualHash([flip(word(0)), word(1), word(2), word(3)]),
            tiles: std::array::from_fn::<u64, NUM_TILES, _>(|k| flip(word(10 + k as u64))),
        }
    };
    EmbeddedImage {
        page: Some(1),
        sha256: Digest(format!("{:064x}", mix(seed) ^ u64::from(noise))),
        width: 300,
        height: 400,
        num_bytes: 20_000,
        views: (0..81).map(view).collect(),
        entropy: 7.0,
        exif: None,
        generator: None,
        thumbnail: Vec::new(),
    }
}

fn shot(mut image: EmbeddedImage, serial: &str, seconds: i64) -> EmbeddedImage {
    image.exif = Some(Exif {
        serial: Some(serial.into()),
        camera: Some("Maker M1".into()),
        taken: Some(RawTime {
            seconds,
            offset: None,
        }),
        software: None,
    });
    image
}

fn profile(id: &str, images: Vec<EmbeddedImage>) -> Profile {
    let source = SourceInfo {
        path: format!("{id}/cv.pdf"),
        sha256: Digest(id.into()),
        kind: SourceKind::Pdf,
        engine: None,
    };
    let document = Document {
        source,
        text: MaskedText::new(&PagedText::default(), &[]),
        signature: Signature::default(),
        fingerprints: Default::default(),
        meta: DocumentMeta::default(),
        links: Vec::new(),
        traces: Traces {
            images,
            ..Traces::default()
        },
    };
    Profile {
        documents: vec![document],
        ..Profile::empty(ApplicantId::new(id))
    }
}

fn compared(a: EmbeddedImage, b: EmbeddedImage) -> Vec<Outcome> {
    let (a, b) = (profile("a", vec![a]), profile("b", vec![b]));
    compare(&[&a, &b])
}

fn compare(members: &[&Profile]) -> Vec<Outcome> {
    let candidate = Candidate {
        members: members.to_vec(),
        keys: Vec::new(),
    };
    SamePhoto.compare(&candidate, &Background::default())
}

fn table(outcomes: &[Outcome]) -> Option<&'static str> {
    match outcomes {
        [Outcome::Evidence(e)] => Some(e.measure.table),
        _ => None,
    }
}

#[test]
fn bytes_shots_and_looks_tie_and_other_pictures_do_not() {
    assert_eq!(
        table(&compared(picture(1, 0), picture(1, 0))),
        Some("same-photo/bytes")
    );
    assert_eq!(
        table(&compared(picture(1, 0), picture(1, 3))),
        Some("same-photo/looks")
    );
    assert!(compared(picture(1, 0), picture(2, 0)).is_empty());
    let at = |seed, serial, seconds| shot(picture(seed, 0), serial, seconds);
    let shots = compared(shot(picture(1, 0), "77", 5), shot(picture(2, 0), "77", 5));
    assert_eq!(table(&shots), Some("same-photo/shot"));
    assert!(
        compared(at(1, "77", 5), at(2, "77", 6)).is_empty(),
        "one photographer, two portraits"
    );
    assert!(compared(at(1, "77", 5), at(2, "78", 5)).is_empty());
}

#[test]
fn another_face_before_the_same_ground_is_not_the_same() {
    let mut other = picture(1, 0);
    other.sha256 = Digest("other".into());
    for view in &mut other.views {
        for tile in &mut view.tiles[5..11] {
            *tile = !*tile;
        }
    }
    assert!(
        compared(picture(1, 0), other).is_empty(),
        "alike from afar, not close by"
    );
}

#[test]
fn a_crop_meets_a_view_of_the_other_by_its_keys() {
    let whole = picture(1, 0);
    let mut crop = picture(9, 0);
    crop.views = vec![whole.views[2], picture(9, 0).views[1]];
    let rows = |image: EmbeddedImage| {
        let mut sink = KeySink::new(0, 0);
        SamePhoto.keys(&profile("a", vec![image]), &mut sink);
        sink.into_rows()
    };
    let (owned, all) = (rows(crop.clone()), rows(whole.clone()));
    let meet = |r: &crate::link::KeyRow| all.iter().any(|x| x.key == r.key && x.role.meets(r.role));
    assert!(owned.iter().any(meet));
    assert!(all.len() < 150, "{} keys a photo", all.len());
    assert_eq!(table(&compared(whole, crop)), Some("same-photo/looks"));
}

#[test]
fn logos_are_set_aside_and_pictures_of_many_are_told_once() {
    let mut logo = picture(4, 0);
    logo.entropy = 2.0;
    let why = |outcomes: &[Outcome]| match outcomes {
        [Outcome::SetAside(s)] => (s.subjects.len(), s.why),
        _ => (0, ""),
    };
    assert_eq!(why(&compared(logo.clone(), logo)), (2, SMALL));
    let ids: Vec<String> = (0..14).map(|i| format!("a{i:02}")).collect();
    let many: Vec<Profile> = ids
        .iter()
        .map(|id| profile(id, vec![picture(7, 0)]))
        .collect();
    let members: Vec<&Profile> = many.iter().collect();
    match compare(&members).as_slice() {
        [Outcome::Evidence(e)] => {
            assert_eq!(e.measure.table, "same-photo/bytes");
            assert_eq!(e.subjects.as_slice().len(), 14);
            assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
            assert_eq!(e.exhibits.len(), 1);
        }
        other => panic!("{other:?}"),
    }
    let in_pool = |size| {
        let background = Background {
            holders: PoolCounts::from_entries(size, Vec::new()),
            ..Background::default()
        };
        let candidate = Candidate {
            members: members.clone(),
            keys: Vec::new(),
        };
        SamePhoto.compare(&candidate, &background)
    };
    assert_eq!(why(&in_pool(27)), (14, EVERYBODYS));
    assert_eq!(why(&in_pool(28)), (0, ""));
    let mut few: Vec<Profile> = many.into_iter().take(2).collect();
    few.extend((0..12).map(|i| profile(&format!("b{i:02}"), vec![picture(100 + i, 0)])));
    let split = compare(&few.iter().collect::<Vec<_>>());
    assert_eq!(
        table(&split),
        Some("same-photo/bytes"),
        "a group is split by picture"
    );
}

#[test]
fn without_a_photo_it_cannot_look() {
    let mut icon = picture(1, 0);
    icon.width = 20;
    for (profile, can) in [
        (Profile::empty(ApplicantId::new("a")), false),
        (profile("a", vec![icon]), false),
        (profile("a", vec![picture(1, 0)]), true),
    ] {
        let outcomes = SamePhoto.examine(&profile, &Background::default());
        assert_eq!(outcomes.is_empty(), can);
    }
}
