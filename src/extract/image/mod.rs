//! Images inside documents, and documents that are images: hashes and measures, never pixels.
//!
//! JPEG and PNG are decoded under limits and hashed ([`view`]); what a camera or a program wrote into the file is read
//! beside ([`label`]). Of other formats only the digest and the size are told.

mod decode;
mod grey;
mod label;
mod thumbnail;
mod view;

use crate::extract::Limits;
use crate::extract::guard::sha256_hex;
use crate::model::Digest;
use crate::model::EmbeddedImage;
use grey::Grey;

/// Describes an encoded image (JPEG or PNG); of other bytes only digest and size are told. Never fails.
pub fn describe(bytes: &[u8], page: Option<u32>, limits: &Limits) -> EmbeddedImage {
    let mut image = bare(bytes, page);
    image.exif = label::exif(bytes);
    image.generator = label::generator(bytes);
    if let Some(luma) = decode::luma(bytes) {
        fill(&mut image, luma, limits);
    }
    image
}

/// Uncompressed pixels, row by row without padding, 8 bits a channel.
pub(in crate::extract) struct Pixels<'a> {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// 1 grey, 3 red, green and blue, 4 cyan, magenta, yellow and black.
    pub channels: usize,
    /// `width * height * channels` bytes.
    pub bytes: &'a [u8],
}

/// Describes pixels that a document keeps in a compression of its own; `encoded` are the bytes as they stand in the file.
pub(in crate::extract) fn describe_pixels(
    encoded: &[u8],
    pixels: &Pixels<'_>,
    page: Option<u32>,
    limits: &Limits,
) -> EmbeddedImage {
    let mut image = bare(encoded, page);
    if let Some(luma) = decode::luma_of(pixels) {
        fill(&mut image, luma, limits);
    }
    image
}

fn bare(bytes: &[u8], page: Option<u32>) -> EmbeddedImage {
    EmbeddedImage {
        page,
        sha256: Digest(sha256_hex(bytes)),
        width: 0,
        height: 0,
        num_bytes: bytes.len() as u64,
        views: Vec::new(),
        entropy: 0.0,
        exif: None,
        generator: None,
        thumbnail: Vec::new(),
    }
}

fn fill(image: &mut EmbeddedImage, luma: decode::Luma, limits: &Limits) {
    (image.width, image.height) = (luma.width, luma.height);
    image.entropy = grey::entropy(&luma.bytes);
    let grey = Grey::new(&luma);
    image.views = vec![view::whole(&grey)];
    if image.may_be_photo() {
        image.views = view::all(&grey);
        if limits.thumbnails {
            image.thumbnail = thumbnail::jpeg(luma);
        }
    }
}

#[cfg(test)]
mod tests;
