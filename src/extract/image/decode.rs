//! Encoded images and raw pixels to one byte of grey a pixel, within limits.
//!
//! Dimensions are read before a single pixel is decoded: a few kilobytes of PNG can hold a billion pixels. Transparent
//! pixels are laid on white, as a page shows them.

use crate::extract::image::Pixels;
use image::DynamicImage;
use image::ImageDecoder;
use image::ImageFormat;
use image::ImageReader;
use image::Limits;
use std::io::Cursor;

/// Most pixels that are decoded: more than a phone's camera makes for a portrait.
const MAX_PIXELS: u64 = 40_000_000;

/// Most bytes that a decoder may hold, pixels included; a quarter of a worker's address space.
const MAX_MEMORY: u64 = 256 << 20;

/// Grey levels of an image, row by row.
pub(in crate::extract::image) struct Luma {
    /// Width in pixels, at least 1.
    pub width: u32,
    /// Height in pixels, at least 1.
    pub height: u32,
    /// `width * height` grey levels.
    pub bytes: Vec<u8>,
}

/// Decodes a JPEG or PNG; `None` for other bytes, damaged ones and those beyond the limits.
pub(in crate::extract::image) fn luma(bytes: &[u8]) -> Option<Luma> {
    let format = match bytes {
        [0xff, 0xd8, 0xff, ..] => ImageFormat::Jpeg,
        [0x89, b'P', b'N', b'G', ..] => ImageFormat::Png,
        _ => return None,
    };
    let mut reader = ImageReader::with_format(Cursor::new(bytes), format);
    let mut limits = Limits::no_limits();
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let decoder = reader.into_decoder().ok()?;
    let (width, height) = decoder.dimensions();
    if !fits(width, height) || decoder.total_bytes() > MAX_MEMORY {
        return None;
    }
    let image = DynamicImage::from_decoder(decoder).ok()?;
    Some(Luma {
        width,
        height,
        bytes: on_white(image),
    })
}

/// The grey levels of raw pixels; `None` where the bytes are too few or beyond the limits.
pub(in crate::extract::image) fn luma_of(pixels: &Pixels<'_>) -> Option<Luma> {
    let (width, height) = (pixels.width, pixels.height);
    if !fits(width, height) {
        return None;
    }
    let num = width as usize * height as usize;
    let used = pixels.bytes.get(..num * pixels.channels)?;
    let bytes = match pixels.channels {
        1 => used.to_vec(),
        3 => used
            .chunks_exact(3)
            .map(|p| grey(p[0], p[1], p[2]))
            .collect(),
        4 => used.chunks_exact(4).map(ink).collect(),
        _ => return None,
    };
    Some(Luma {
        width,
        height,
        bytes,
    })
}

fn fits(width: u32, height: u32) -> bool {
    width > 0 && height > 0 && u64::from(width) * u64::from(height) <= MAX_PIXELS
}

fn on_white(image: DynamicImage) -> Vec<u8> {
    if !image.color().has_alpha() {
        return image.into_luma8().into_raw();
    }
    let image = image.into_luma_alpha8();
    let laid = |p: &image::LumaA<u8>| {
        let (level, alpha) = (u32::from(p.0[0]), u32::from(p.0[1]));
        ((level * alpha + 255 * (255 - alpha) + 127) / 255) as u8
    };
    image.pixels().map(laid).collect()
}

/// Luma of Rec. 709 in fixed point, as the decoder's own conversion has it.
fn grey(red: u8, green: u8, blue: u8) -> u8 {
    let sum = 2126 * u32::from(red) + 7152 * u32::from(green) + 722 * u32::from(blue);
    (sum / 10_000) as u8
}

/// Ink to light, without a colour profile: enough for grey levels.
fn ink(p: &[u8]) -> u8 {
    let light = |c: u8| ((255 - u32::from(c)) * (255 - u32::from(p[3])) / 255) as u8;
    grey(light(p[0]), light(p[1]), light(p[2]))
}
