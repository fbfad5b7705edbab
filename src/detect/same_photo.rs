//! One photo in the documents of two applicants.
//!
//! # What it looks at
//! Images inside documents that may be photos by size, shape and entropy: the same bytes, the same shot by camera, serial
//! number and second, or the same look once size, compression and narrow margins are left out. How images are compared
//! stands in [`likeness`].
//!
//! # Why it can mean a link
//! A portrait shows one person. Under two names it is a question whoever made the applications.
//!
//! # Innocent explanations
//! A template's sample portrait, a background picture, a logo that passes for a photo.
//!
//! # Limits
//! Mirrored or turned copies, larger crops and two different photos of one face are not recognised; nothing here knows
//! what a face is. A picture of more than a dozen applicants is told once, as one that a template or an agency explains; one of
//! more than half of a pool is set aside.
//!
//! # References
//! Zauner 2010; Dice 1945; Exif 2.32.

mod likeness;
mod many;

pub use likeness::details as photo_distance;

use crate::detect::Detector;
use crate::detect::of_many::EVERYBODYS;
use crate::detect::of_many::is_everybodys;
use crate::detect::same_photo::likeness::Tie;
use crate::detect::same_photo::likeness::tie;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::HOT_BUCKET;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::ApplicantId;
use crate::model::Card;
use crate::model::Document;
use crate::model::EmbeddedImage;
use crate::model::Evidence;
use crate::model::Exhibit;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Measure;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Photo;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::SetAside;
use crate::model::Subjects;
use crate::model::combine;
use crate::model::hash_text;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "same-photo",
    title: "One photo under two names",
    family: Family::Image,
    looks_at: "Pictures in the documents of two applicants that may be photos: whether the files are the same, whether the \
               camera recorded one and the same shot, and whether they look the same after resizing, stronger compression \
               and the loss of a margin of up to 5 % along each side.",
    why: "A portrait shows one person. The same portrait under two names means that at least one of the two applications \
          shows somebody else.",
    innocent: &[
        "Both left the sample portrait or the background picture of one template in place.",
        "It is no portrait but a picture that both chose from one public collection, or an employer's or a course's picture.",
        "One person applied twice under two spellings of a name, or under a new name after a marriage.",
        "An agency put the wrong photo into one of the two applications.",
    ],
    question: "This photo also stands in another application. Is it a photo of you, and where did you take it from?",
    limits: "It does not know what a face is and compares no faces: two different photos of one person are not the same \
             photo. Mirrored or turned copies, larger crops, and photos that a document keeps in a form other than JPEG, PNG \
             or plain pixels are not recognised. Small, long or plain pictures (logos, icons, signatures, scanned text) are set \
             aside. A picture that more than twelve applicants have is told once for all of them, because a template, an \
             agency or a public collection may explain it; one that more than half of a pool have is set aside. The serial number of a camera alone is not used: \
             one photographer takes many people's portraits.",
    base_rate: "Of 19,000 pairs of photographs of different people in one pose before one dark ground none was taken for the same \
                photo, and of 47,895 pairs of pictures of public web projects only copies of one picture. Faces drawn by program in \
                one pose before one ground, which differ less than people do, are mistaken in 0.5 % of pairs. How often \
                strangers leave one template's picture in place is not measured; the table assumes 1 pair in 10,000 \
                (corpora/calibration/same-photo.json).",
    references: &[
        "Zauner 2010: implementation and benchmarking of perceptual image hash functions",
        "Dice 1945: measures of the amount of ecologic association between species",
        "CIPA DC-008-2019: Exif 2.32",
    ],
};

const BYTES: &str = "{a} and {b} hand in one and the same image file: {0} pixels, {1} bytes.";
const SHOT: &str =
    "A picture of {a} and one of {b} come from one shot: {0}, serial number {1}, both at {2}.";
const LOOKS: &str = "A picture of {a} ({0} pixels) and one of {b} ({1} pixels) look the same once size, compression and narrow \
                     margins are left out; {2} % of what was hashed of their details differs, and {3} % is the most that \
                     counts as the same.";
const SMALL: &str =
    "too small, too long or too plain for a photo: a logo, an icon, a line or a signature";

/// Least side in pixels of a picture that is no photo and that is still named when it is set aside: logos and banners, not
/// the icons that stand before every phone number.
const TOLD_SIDE: u32 = 64;

/// Pairs of photos that a report draws of two applicants.
const SHOWN: usize = 3;

/// Photos of one applicant that are compared, in the order of the documents.
const MAX_PHOTOS: usize = 60;

/// Compares photos.
pub(in crate::detect) struct SamePhoto;

impl Detector for SamePhoto {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::AnyKey
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for picture in pictures(profile) {
            let image = picture.image;
            sink.owns(bytes_key(image));
            if !image.may_be_photo() {
                continue;
            }
            if let Some(shot) = likeness::shot(image) {
                sink.owns(hash_text(&shot.join("\u{1}")));
            }
            // Of two copies the cropped one, whole, meets a view of the other: views need not meet views.
            let mut pieces = likeness::pieces(image);
            for key in pieces.next().into_iter().flatten() {
                sink.owns(key);
            }
            for key in pieces.flatten() {
                sink.mentions(key);
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let why = if profile.documents.is_empty() {
            "no document was read"
        } else if !pictures(profile).any(|p| p.image.may_be_photo()) {
            "no document holds a picture that may be a photo"
        } else {
            return Vec::new();
        };
        vec![Outcome::CouldNotLook { why }]
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b),
            None => group(candidate, background),
        }
    }
}

/// A picture of a document.
#[derive(Clone, Copy)]
struct Picture<'a> {
    applicant: &'a ApplicantId,
    document: &'a Document,
    image: &'a EmbeddedImage,
}

impl Picture<'_> {
    /// `240 × 300`.
    fn size(&self) -> String {
        format!("{} × {}", self.image.width, self.image.height)
    }

    fn fact(&self) -> Fact {
        let digest: String = self.image.sha256.0.chars().take(16).collect();
        Fact::Text(format!(
            "picture of {} pixels, sha256 {digest}",
            self.size()
        ))
    }

    /// What the report may draw; the pixels are read again from the source then.
    fn photo(&self) -> Photo {
        Photo {
            source: self.document.source.path.clone(),
            page: self.image.page,
            sha256: self.image.sha256.clone(),
            width: self.image.width,
            height: self.image.height,
            jpeg: String::new(),
        }
    }

    fn observation(&self) -> Observation {
        let place = Place::Image {
            page: self.image.page,
        };
        Observation {
            fact: self.fact(),
            at: Provenance::new(&self.document.source, place),
        }
    }
}

/// Photos first, as many as are compared, then other pictures of some size.
fn pictures(profile: &Profile) -> impl Iterator<Item = Picture<'_>> {
    let all = move || {
        profile.documents.iter().flat_map(move |document| {
            document.traces.images.iter().map(move |image| Picture {
                applicant: &profile.applicant,
                document,
                image,
            })
        })
    };
    let is_told = |i: &EmbeddedImage| !i.may_be_photo() && i.width.min(i.height) >= TOLD_SIDE;
    let photos = all().filter(|p| p.image.may_be_photo()).take(MAX_PHOTOS);
    photos.chain(all().filter(move |p| is_told(p.image)).take(MAX_PHOTOS))
}

fn bytes_key(image: &EmbeddedImage) -> Key {
    combine(hash_text("bytes"), hash_text(&image.sha256.0))
}

/// The strongest tie; where there is none, the first picture that both have but that is no photo.
fn pair(a: &Profile, b: &Profile) -> Vec<Outcome> {
    let mut ties: Vec<(Tie, Picture<'_>, Picture<'_>)> = Vec::new();
    let mut plain = None;
    for left in pictures(a) {
        for right in pictures(b) {
            if !(left.image.may_be_photo() && right.image.may_be_photo()) {
                if left.image.sha256 == right.image.sha256 {
                    plain = plain.or(Some(left));
                }
            } else if let Some(tie) = tie(left.image, right.image) {
                ties.push((tie, left, right));
            }
        }
    }
    ties.sort_by(|x, y| y.0.rank().total_cmp(&x.0.rank()));
    match ties.first() {
        Some(_) => evidence(&ties, pictures(a).count() * pictures(b).count())
            .into_iter()
            .collect(),
        None => plain
            .map(|picture| set_aside(&[&a.applicant, &b.applicant], &picture, SMALL))
            .into_iter()
            .collect(),
    }
}

/// One evidence for all photos that two share; the strongest tie comes first and is measured, as the best of so many
/// comparisons.
fn evidence(ties: &[(Tie, Picture<'_>, Picture<'_>)], comparisons: usize) -> Option<Outcome> {
    let (strongest, left, right) = ties.first()?;
    let (template, facts) = match strongest {
        Tie::Bytes => (
            BYTES,
            vec![
                Fact::Number(left.size()),
                Fact::Number(left.image.num_bytes.to_string()),
            ],
        ),
        Tie::Shot([camera, serial, time]) => (
            SHOT,
            vec![
                Fact::Text(camera.clone()),
                Fact::Account(serial.clone()),
                Fact::Time(time.clone()),
            ],
        ),
        Tie::Looks(distance) => (
            LOOKS,
            vec![
                Fact::Number(left.size()),
                Fact::Number(right.size()),
                Fact::Number(percent(*distance)),
                Fact::Number(percent(likeness::SAME)),
            ],
        ),
    };
    let seen: Vec<Observation> = ties
        .iter()
        .flat_map(|(_, l, r)| [l.observation(), r.observation()])
        .collect();
    let evidence = Evidence::new(
        &CARD,
        Subjects::pair(left.applicant, right.applicant),
        Measure {
            table: strongest.table(),
            score: strongest.score(),
        },
        Explanation::new(template, facts),
        // No ordinary relation puts one person's photo under another name.
        Vec::new(),
        Observations::from_vec(seen)?,
    );
    let alike = ties
        .iter()
        .take(SHOWN)
        .map(|(_, l, r)| [l.photo(), r.photo()]);
    let exhibit = Exhibit::Photos {
        pairs: alike.collect(),
    };
    let evidence = evidence.with_exhibits(vec![exhibit]);
    Some(Outcome::Evidence(Box::new(evidence.best_of(comparisons))))
}

fn percent(share: f32) -> String {
    format!("{:.1}", share * 100.0)
}

/// Splits a group by picture: each with everybody who has it. Few are pairs, many are told once.
fn group(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let mut left: Vec<Picture<'_>> = candidate.members.iter().flat_map(|p| pictures(p)).collect();
    let mut outcomes = Vec::new();
    while !left.is_empty() {
        let leader = left.remove(0);
        let same = |p: &Picture<'_>| {
            leader.image.sha256 == p.image.sha256 || tie(leader.image, p.image).is_some()
        };
        let (with, rest): (Vec<_>, Vec<_>) = left.into_iter().partition(same);
        left = rest;
        let who: BTreeSet<&ApplicantId> =
            with.iter().chain([&leader]).map(|p| p.applicant).collect();
        let who: Vec<&ApplicantId> = who.into_iter().collect();
        if who.len() > 1 && !leader.image.may_be_photo() {
            outcomes.push(set_aside(&who, &leader, SMALL));
        } else if who.len() > HOT_BUCKET && is_everybodys(who.len(), background) {
            outcomes.push(set_aside(&who, &leader, EVERYBODYS));
        } else if who.len() > HOT_BUCKET {
            outcomes.extend(many::evidence(candidate, &who, leader, &with));
        } else if who.len() > 1 {
            let is_in = |p: &&&Profile| who.binary_search(&&p.applicant).is_ok();
            let members: Vec<&Profile> = candidate.members.iter().filter(is_in).copied().collect();
            for (i, a) in members.iter().enumerate() {
                outcomes.extend(members[i + 1..].iter().flat_map(|b| pair(a, b)));
            }
        }
    }
    outcomes
}

fn set_aside(who: &[&ApplicantId], picture: &Picture<'_>, why: &'static str) -> Outcome {
    let mut subjects: Vec<ApplicantId> = who.iter().map(|&a| a.clone()).collect();
    subjects.sort();
    Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects,
        what: picture.fact(),
        why,
    })
}

#[cfg(test)]
mod tests;
