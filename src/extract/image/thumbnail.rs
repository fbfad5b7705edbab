//! A photo made small, for a report that shows it: drawn anew from its grey levels, so that nothing that was written beside
//! the pixels (place, camera, another picture) comes along, and no decoder of a browser meets foreign bytes.

use crate::extract::image::decode::Luma;
use image::GrayImage;
use image::codecs::jpeg::JpegEncoder;
use image::imageops;

/// Longest side in pixels: enough to compare two faces, about 10 kB.
const SIDE: u32 = 220;
/// Quality of the JPEG, 1 to 100.
const QUALITY: u8 = 75;

/// A small grey JPEG; empty where it cannot be made.
pub(in crate::extract::image) fn jpeg(luma: Luma) -> Vec<u8> {
    let (width, height) = (luma.width, luma.height);
    let Some(image) = GrayImage::from_raw(width, height, luma.bytes) else {
        return Vec::new();
    };
    let longest = width.max(height).max(SIDE);
    let side = |n: u32| (u64::from(n) * u64::from(SIDE) / u64::from(longest)).max(1) as u32;
    let small = imageops::thumbnail(&image, side(width), side(height));
    let mut out = Vec::new();
    match JpegEncoder::new_with_quality(&mut out, QUALITY).encode_image(&small) {
        Ok(()) => out,
        Err(_) => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_photo_is_made_small_and_a_small_one_stays() {
        for (size, shown) in [
            ((600, 300), (220, 110)),
            ((64, 80), (64, 80)),
            ((4000, 1), (220, 1)),
        ] {
            let num = (size.0 * size.1) as usize;
            let bytes = (0..num).map(|n| (n % 251) as u8).collect();
            let (width, height) = size;
            let small = jpeg(Luma {
                width,
                height,
                bytes,
            });
            let read = image::load_from_memory(&small).unwrap();
            assert_eq!((read.width(), read.height()), shown);
            assert!(small.len() < 40_000);
        }
        let broken = Luma {
            width: 9,
            height: 9,
            bytes: vec![0; 3],
        };
        assert!(jpeg(broken).is_empty());
    }
}
