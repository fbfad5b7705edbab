//! A picture that passes for a portrait: smooth shapes and grain, drawn from a seed. It shows nobody.

use crate::chance::Chance;
use image::codecs::jpeg::JpegEncoder;
use image::{Rgb, RgbImage};

const WIDTH: u32 = 240;
const HEIGHT: u32 = 300;
const QUALITY: u8 = 82;

/// The picture of a seed, as JPEG.
pub fn jpeg(seed: u64) -> Vec<u8> {
    let mut chance = Chance::new(seed);
    let blobs: Vec<[f32; 7]> = (0..14).map(|_| blob(&mut chance)).collect();
    let mut grain = chance.part("grain");
    let picture = RgbImage::from_fn(WIDTH, HEIGHT, |x, y| {
        let mut colour = [120.0_f32; 3];
        for [cx, cy, rx, ry, r, g, b] in &blobs {
            let d = ((x as f32 - cx) / rx).powi(2) + ((y as f32 - cy) / ry).powi(2);
            let near = (1.0 - d).max(0.0).sqrt();
            for (c, wanted) in colour.iter_mut().zip([r, g, b]) {
                *c += (wanted - *c) * near;
            }
        }
        let noise = grain.below(13) as f32 - 6.0;
        Rgb(colour.map(|c| (c + noise).clamp(0.0, 255.0) as u8))
    });
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    encoder
        .encode_image(&picture)
        .expect("a picture in memory can be encoded");
    bytes
}

/// Place, size and colour.
fn blob(chance: &mut Chance) -> [f32; 7] {
    let mut number = |low: i64, high: i64| chance.between(low, high) as f32;
    [
        number(0, 240),
        number(0, 300),
        number(20, 110),
        number(20, 130),
        number(10, 245),
        number(10, 245),
        number(10, 245),
    ]
}
