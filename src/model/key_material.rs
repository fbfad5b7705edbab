//! The id of a key from its bytes: base64 and the parts of OpenPGP and SSH that name a key.
//!
//! OpenPGP (RFC 4880 and 9580): the issuer fingerprint (subpacket 33), else the issuer key id (subpacket 16), as the
//! key id in 16 upper-case hex digits, so that both forms of one key meet. SSH: the SHA-256 fingerprint of the public key
//! as `ssh-keygen -l` prints it. Commits carry them in signatures, files as keys. Nothing is verified.

use crate::model::KeyId;
use sha2::{Digest as _, Sha256};

/// The digits of base64 (RFC 4648).
const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
/// In [`VALUES`]: no digit of base64.
const NO_DIGIT: u8 = u8::MAX;
/// The value of each digit. Every second commit of some repositories is signed, so this is a table.
const VALUES: [u8; 256] = {
    let mut values = [NO_DIGIT; 256];
    let mut value = 0;
    while value < DIGITS.len() {
        values[DIGITS[value] as usize] = value as u8;
        value += 1;
    }
    values
};
/// Packets (RFC 9580, 5): signature, public key, public subkey, user id, user attribute.
const SIGNATURE: usize = 2;
const PUBLIC_KEY: usize = 6;
const PUBLIC_SUBKEY: usize = 14;
const USER_ID: usize = 13;
const USER_ATTRIBUTE: usize = 17;
/// Subpacket "issuer key id" (RFC 4880, 5.2.3.5).
const ISSUER: u8 = 16;
/// Subpacket "issuer fingerprint" (RFC 9580, 5.2.3.35).
const ISSUER_FINGERPRINT: u8 = 33;

/// The bytes of base64 lines, up to the padding, the checksum or the end line.
pub fn decode_base64<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    let (mut bits, mut have) = (0u32, 0);
    for line in lines.take_while(|l| !matches!(l.first(), Some(b'=' | b'-'))) {
        for &digit in line {
            let value = VALUES[usize::from(digit)];
            if value == NO_DIGIT {
                return out;
            }
            bits = bits << 6 | u32::from(value);
            have += 6;
            if have >= 8 {
                have -= 8;
                out.push((bits >> have) as u8);
            }
        }
    }
    out
}

/// Base64 without padding.
pub fn encode_base64(bytes: &[u8]) -> String {
    let mut out = String::with_capacity(bytes.len() * 4 / 3 + 1);
    for chunk in bytes.chunks(3) {
        let group =
            chunk.iter().fold(0u32, |g, &b| g << 8 | u32::from(b)) << (8 * (3 - chunk.len()));
        for i in 0..=chunk.len() {
            out.push(char::from(DIGITS[(group >> (18 - 6 * i)) as usize & 63]));
        }
    }
    out
}

/// Takes `n` bytes off the front.
pub fn take_bytes<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(head)
}

/// Takes a big-endian number of `n` ≤ 4 bytes off the front.
pub fn take_number(bytes: &mut &[u8], n: usize) -> Option<usize> {
    Some(
        take_bytes(bytes, n)?
            .iter()
            .fold(0, |sum, &b| sum << 8 | usize::from(b)),
    )
}

/// The issuer in the first signature packet of a signature, or of a public key with its own signature behind it.
pub fn open_pgp_issuer(mut bytes: &[u8]) -> Option<KeyId> {
    let mut body = loop {
        let tag = take_number(&mut bytes, 1)?;
        let (kind, length) = if tag & 0x40 != 0 {
            (tag & 0x3f, new_length(&mut bytes)?)
        } else {
            let length = match tag & 3 {
                3 => bytes.len(),
                size => take_number(&mut bytes, 1 << size)?,
            };
            (tag >> 2 & 0xf, length)
        };
        if tag & 0x80 == 0 {
            return None;
        }
        let length = length.min(bytes.len());
        let body = take_bytes(&mut bytes, length)?;
        match kind {
            SIGNATURE => break body,
            PUBLIC_KEY | PUBLIC_SUBKEY | USER_ID | USER_ATTRIBUTE => {}
            _ => return None,
        }
    };
    let version = take_number(&mut body, 1)?;
    if version <= 3 {
        // length of hashed material, type, time, then the key id
        take_bytes(&mut body, 6)?;
        return Some(hex(take_bytes(&mut body, 8)?));
    }
    take_bytes(&mut body, 3)?;
    let width = if version >= 6 { 4 } else { 2 };
    let mut issuer = None;
    for _ in ["hashed", "unhashed"] {
        let length = take_number(&mut body, width)?;
        let mut area = take_bytes(&mut body, length)?;
        while !area.is_empty() {
            let length = new_length(&mut area)?;
            let mut sub = take_bytes(&mut area, length)?;
            match (take_number(&mut sub, 1)? as u8 & 0x7f, sub) {
                // A version 4 key id ends its fingerprint, a later one begins it.
                (ISSUER_FINGERPRINT, [4, print @ ..]) if print.len() == 20 => {
                    return Some(hex(&print[12..]));
                }
                (ISSUER_FINGERPRINT, [5 | 6, print @ ..]) if print.len() == 32 => {
                    return Some(hex(&print[..8]));
                }
                (ISSUER, id) if id.len() == 8 => issuer = issuer.or_else(|| Some(hex(id))),
                _ => {}
            }
        }
    }
    issuer
}

/// A length in the one, two or five byte form (RFC 4880, 4.2.2 and 5.2.3.1).
fn new_length(bytes: &mut &[u8]) -> Option<usize> {
    Some(match take_number(bytes, 1)? {
        first @ 0..192 => first,
        first @ 192..255 => ((first - 192) << 8) + take_number(bytes, 1)? + 192,
        _ => take_number(bytes, 4)?,
    })
}

/// The SHA-256 fingerprint of an SSH public key, as `ssh-keygen -l` prints it.
pub fn ssh_fingerprint(key: &[u8]) -> KeyId {
    KeyId(format!("SHA256:{}", encode_base64(&Sha256::digest(key))))
}

fn hex(bytes: &[u8]) -> KeyId {
    KeyId(bytes.iter().map(|b| format!("{b:02X}")).collect())
}
