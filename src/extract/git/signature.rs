//! The id of the key that signed a commit, from the armored signature in its header.
//!
//! OpenPGP (RFC 4880 and 9580): the issuer fingerprint (subpacket 33), else the issuer key id (subpacket 16), as the
//! key id in 16 upper-case hex digits, so that both forms of one key meet. SSH (`PROTOCOL.sshsig`): the SHA-256
//! fingerprint of the public key as `ssh-keygen -l` prints it. X.509 signatures give nothing.
//!
//! Nothing is verified: a key id is what the commit says, like an e-mail address.

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
/// Subpacket "issuer key id" (RFC 4880, 5.2.3.5).
const ISSUER: u8 = 16;
/// Subpacket "issuer fingerprint" (RFC 9580, 5.2.3.35).
const ISSUER_FINGERPRINT: u8 = 33;

/// The key id in a `gpgsig` header, continuation lines included.
pub(in crate::extract::git) fn key_id(armored: &[u8]) -> Option<KeyId> {
    let mut lines = armored.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    match lines.find(|l| !l.is_empty())? {
        b"-----BEGIN PGP SIGNATURE-----" | b"-----BEGIN PGP MESSAGE-----" => {
            // Headers such as `Version:` end at an empty line, which is missing where there are none.
            let body = lines.filter(|l| !l.contains(&b':'));
            open_pgp(&decode(body))
        }
        b"-----BEGIN SSH SIGNATURE-----" => ssh(&decode(lines)),
        _ => None,
    }
}

/// The bytes of base64 lines, up to the padding, the checksum or the end line.
fn decode<'a>(lines: impl Iterator<Item = &'a [u8]>) -> Vec<u8> {
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
fn encode(bytes: &[u8]) -> String {
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
fn take<'a>(bytes: &mut &'a [u8], n: usize) -> Option<&'a [u8]> {
    let (head, rest) = bytes.split_at_checked(n)?;
    *bytes = rest;
    Some(head)
}

/// Takes a big-endian number of `n` ≤ 4 bytes off the front.
fn number(bytes: &mut &[u8], n: usize) -> Option<usize> {
    Some(
        take(bytes, n)?
            .iter()
            .fold(0, |sum, &b| sum << 8 | usize::from(b)),
    )
}

/// The issuer in the first signature packet.
fn open_pgp(mut bytes: &[u8]) -> Option<KeyId> {
    let tag = number(&mut bytes, 1)?;
    let (kind, length) = if tag & 0x40 != 0 {
        (tag & 0x3f, new_length(&mut bytes)?)
    } else {
        let length = match tag & 3 {
            3 => bytes.len(),
            size => number(&mut bytes, 1 << size)?,
        };
        (tag >> 2 & 0xf, length)
    };
    if tag & 0x80 == 0 || kind != 2 {
        return None;
    }
    let mut body = bytes.get(..length.min(bytes.len()))?;
    let version = number(&mut body, 1)?;
    if version <= 3 {
        // length of hashed material, type, time, then the key id
        take(&mut body, 6)?;
        return Some(hex(take(&mut body, 8)?));
    }
    take(&mut body, 3)?;
    let width = if version >= 6 { 4 } else { 2 };
    let mut issuer = None;
    for _ in ["hashed", "unhashed"] {
        let length = number(&mut body, width)?;
        let mut area = take(&mut body, length)?;
        while !area.is_empty() {
            let length = new_length(&mut area)?;
            let mut sub = take(&mut area, length)?;
            match (number(&mut sub, 1)? as u8 & 0x7f, sub) {
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
    Some(match number(bytes, 1)? {
        first @ 0..192 => first,
        first @ 192..255 => ((first - 192) << 8) + number(bytes, 1)? + 192,
        _ => number(bytes, 4)?,
    })
}

/// The fingerprint of the public key in an SSH signature.
fn ssh(mut bytes: &[u8]) -> Option<KeyId> {
    if take(&mut bytes, 6)? != b"SSHSIG" {
        return None;
    }
    take(&mut bytes, 4)?;
    let length = number(&mut bytes, 4)?;
    let key = take(&mut bytes, length)?;
    Some(KeyId(format!("SHA256:{}", encode(&Sha256::digest(key)))))
}

fn hex(bytes: &[u8]) -> KeyId {
    KeyId(bytes.iter().map(|b| format!("{b:02X}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn armor(kind: &str, bytes: &[u8]) -> Vec<u8> {
        let body = encode(bytes);
        let body: Vec<String> = body
            .as_bytes()
            .chunks(64)
            .map(|c| format!(" {}", String::from_utf8_lossy(c)))
            .collect();
        format!(
            "-----BEGIN {kind}-----\n \n{}\n =abcd\n -----END {kind}-----",
            body.join("\n")
        )
        .into_bytes()
    }

    /// A version 4 signature packet in the old format with one hashed and one unhashed area.
    fn packet(hashed: &[u8], unhashed: &[u8]) -> Vec<u8> {
        let mut body = vec![4, 0, 22, 8];
        for area in [hashed, unhashed] {
            body.extend((area.len() as u16).to_be_bytes());
            body.extend(area);
        }
        body.extend([1, 2, 3, 4]);
        let mut out = vec![0x88, body.len() as u8];
        out.extend(body);
        out
    }

    fn issuer_parts() -> (Vec<u8>, Vec<u8>) {
        let mut fingerprint = vec![22, ISSUER_FINGERPRINT, 4];
        fingerprint.extend(1..=20);
        let mut id = vec![9, ISSUER];
        id.extend(13..=20);
        (fingerprint, id)
    }

    #[test]
    fn fingerprint_and_key_id_of_one_key_are_the_same_id() {
        let (fingerprint, id) = issuer_parts();
        let both = packet(&fingerprint, &id);
        let only_id = packet(&[], &id);
        for bytes in [both, only_id] {
            assert_eq!(
                key_id(&armor("PGP SIGNATURE", &bytes)),
                Some(KeyId("0D0E0F1011121314".into()))
            );
        }
    }

    #[test]
    fn new_format_packets_and_old_signatures_are_read() {
        let (fingerprint, id) = issuer_parts();
        let old = packet(&fingerprint, &id);
        let mut new = vec![0xC2, old.len() as u8 - 2];
        new.extend(&old[2..]);
        assert_eq!(
            key_id(&armor("PGP SIGNATURE", &new)),
            Some(KeyId("0D0E0F1011121314".into()))
        );
        let v3 = [
            0x88, 19, 3, 5, 0, 1, 2, 3, 4, 0xAA, 1, 2, 3, 4, 5, 6, 0xBB, 1, 8, 0, 0,
        ];
        assert_eq!(
            key_id(&armor("PGP SIGNATURE", &v3)),
            Some(KeyId("AA010203040506BB".into()))
        );
    }

    #[test]
    fn ssh_fingerprint_is_the_one_ssh_keygen_prints() {
        // an invented ed25519 key; the expected value comes from `ssh-keygen -lf`
        let mut key = b"\0\0\0\x0bssh-ed25519\0\0\0\x20".to_vec();
        key.extend(0..32u8);
        let mut blob = b"SSHSIG\0\0\0\x01".to_vec();
        blob.extend((key.len() as u32).to_be_bytes());
        blob.extend(&key);
        blob.extend(b"\0\0\0\x03git");
        let found = key_id(&armor("SSH SIGNATURE", &blob));
        assert_eq!(
            found,
            Some(KeyId(
                "SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA".into()
            ))
        );
    }

    #[test]
    fn cut_and_foreign_signatures_give_nothing() {
        let (fingerprint, id) = issuer_parts();
        let whole = packet(&fingerprint, &id);
        for cut in 0..30 {
            assert_eq!(
                key_id(&armor("PGP SIGNATURE", &whole[..cut])),
                None,
                "cut at {cut}"
            );
        }
        assert_eq!(key_id(b"-----BEGIN SIGNED MESSAGE-----\n MIIB\n"), None);
        assert_eq!(
            key_id(&armor("SSH SIGNATURE", b"SSHSIG\0\0\0\x01\xff\xff\xff\xff")),
            None
        );
        assert_eq!(key_id(b""), None);
    }
}
