//! Whether two pictures are one photo: by bytes, by what the camera recorded, or by their hashes.
//!
//! Two steps. From afar: of two copies the cropped one, whole, is near one of the other's views. Close by: the details of
//! the nearest views, tile by tile, must agree too, which tells two faces apart that stand in one pose before one
//! background. Both limits are measured by `corpora/programs/measure_photos.rs`.

use crate::link::Key;
use crate::model::EmbeddedImage;
use crate::model::ImageView;
use crate::model::combine;
use crate::model::hash_text;

/// Bits of 256 by which the views of two copies may differ from afar. Copies differ by 40 at most in 99 of 100 cases.
const FAR: u32 = 64;
/// Views that are looked at close by: the nearest from afar need not be the best.
const NEAREST: usize = 4;
/// Distance of details up to which two pictures are one photo. 97 of 100 copies that were halved, recompressed and cropped by
/// up to 5 % along each side stay below it; photographed people in one pose before one ground differ by 0.27 and more.
pub(in crate::detect) const SAME: f32 = 0.1;

/// Pieces of a hash that serve as keys: the lowest frequencies, which copies keep, cut into 16 bits each.
const NUM_PIECES: usize = 8;
/// Steps of the strips along a side, as `extract::image` takes them.
const STEPS: usize = 3;

/// How two pictures are tied.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::detect) enum Tie {
    /// The same bytes.
    Bytes,
    /// Camera, serial number and second are the same.
    Shot([String; 3]),
    /// They look the same, with this distance of details.
    Looks(f32),
}

impl Tie {
    /// Stratum of the calibration table.
    pub fn table(&self) -> &'static str {
        match self {
            Tie::Bytes => "same-photo/bytes",
            Tie::Shot(_) => "same-photo/shot",
            Tie::Looks(_) => "same-photo/looks",
        }
    }

    /// 1 − distance; 1 for the other two.
    pub fn score(&self) -> f64 {
        match self {
            Tie::Looks(distance) => 1.0 - f64::from(*distance),
            _ => 1.0,
        }
    }

    /// Larger is stronger.
    pub fn rank(&self) -> f64 {
        match self {
            Tie::Shot(_) => 3.0,
            Tie::Bytes => 2.0,
            Tie::Looks(_) => self.score(),
        }
    }
}

/// What ties two pictures that may be photos, if anything.
pub(in crate::detect) fn tie(a: &EmbeddedImage, b: &EmbeddedImage) -> Option<Tie> {
    match (shot(a), shot(b)) {
        (Some(left), Some(right)) if left == right => return Some(Tie::Shot(left)),
        _ => {}
    }
    if a.sha256 == b.sha256 {
        return Some(Tie::Bytes);
    }
    let details = details(a, b)?;
    (details <= SAME).then_some(Tie::Looks(details))
}

/// Camera, serial number and second of a picture that records all three.
pub(in crate::detect) fn shot(image: &EmbeddedImage) -> Option<[String; 3]> {
    let exif = image.exif.as_ref()?;
    let taken = exif.taken?;
    let time = jiff::Timestamp::from_second(taken.seconds).ok()?;
    Some([
        exif.camera.clone().unwrap_or_default(),
        exif.serial.clone()?,
        time.strftime("%Y-%m-%d %H:%M:%S").to_string(),
    ])
}

/// Least distance of details of two pictures that are near from afar, 0 to 1: what decides whether they are one photo.
pub fn details(a: &EmbeddedImage, b: &EmbeddedImage) -> Option<f32> {
    let (whole_a, whole_b) = (a.views.first()?, b.views.first()?);
    let against = |whole: &ImageView, views: &[ImageView]| {
        let mut near: Vec<(u32, usize)> = views
            .iter()
            .enumerate()
            .map(|(i, v)| (v.whole.distance(whole.whole), i))
            .filter(|&(far, _)| far <= FAR)
            .collect();
        near.sort_unstable();
        near.truncate(NEAREST);
        let each = near.iter().map(|&(_, i)| views[i].tile_distance(whole));
        each.reduce(f32::min)
    };
    let found = [against(whole_a, &b.views), against(whole_b, &a.views)];
    found.into_iter().flatten().reduce(f32::min)
}

/// Keys of the whole, then of each coarse view: those that leave out nothing or the most along each side, and the one
/// that leaves out the middle step along all.
pub(in crate::detect) fn pieces(image: &EmbeddedImage) -> impl Iterator<Item = Vec<Key>> + '_ {
    let middle = (STEPS.pow(4) - 1) / 2;
    let is_coarse =
        move |i: usize| i == middle || (0..4).all(|side| i / STEPS.pow(side) % STEPS != 1);
    let views = image.views.iter().enumerate();
    views
        .filter(move |(i, _)| is_coarse(*i))
        .map(|(_, view)| keys_of(view))
}

fn keys_of(view: &ImageView) -> Vec<Key> {
    let piece = |i: usize| (view.whole.0[i / 4] >> (i % 4 * 16)) & 0xffff;
    let tag = hash_text("piece");
    (0..NUM_PIECES)
        .map(|i| combine(combine(tag, i as u64), piece(i)))
        .collect()
}
