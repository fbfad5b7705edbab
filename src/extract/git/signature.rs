//! The id of the key that signed a commit, from the armored signature in its header.
//!
//! OpenPGP: the issuer. SSH (`PROTOCOL.sshsig`): the public key in the signature. `model::key_material` reads both. X.509
//! signatures give nothing.
//!
//! Nothing is verified: a key id is what the commit says, like an e-mail address.

use crate::model::KeyId;
use crate::model::decode_base64;
use crate::model::open_pgp_issuer;
use crate::model::ssh_fingerprint;
use crate::model::take_bytes;
use crate::model::take_number;

/// The key id in a `gpgsig` header, continuation lines included.
pub(in crate::extract::git) fn key_id(armored: &[u8]) -> Option<KeyId> {
    let mut lines = armored.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    match lines.find(|l| !l.is_empty())? {
        b"-----BEGIN PGP SIGNATURE-----" | b"-----BEGIN PGP MESSAGE-----" => {
            // Headers such as `Version:` end at an empty line, which is missing where there are none.
            let body = lines.filter(|l| !l.contains(&b':'));
            open_pgp_issuer(&decode_base64(body))
        }
        b"-----BEGIN SSH SIGNATURE-----" => ssh(&decode_base64(lines)),
        _ => None,
    }
}

/// The fingerprint of the public key in an SSH signature.
fn ssh(mut bytes: &[u8]) -> Option<KeyId> {
    if take_bytes(&mut bytes, 6)? != b"SSHSIG" {
        return None;
    }
    take_bytes(&mut bytes, 4)?;
    let length = take_number(&mut bytes, 4)?;
    let key = take_bytes(&mut bytes, length)?;
    Some(ssh_fingerprint(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::encode_base64;

    /// Subpackets of issuers (RFC 9580, 5.2.3.35; RFC 4880, 5.2.3.5).
    const ISSUER_FINGERPRINT: u8 = 33;
    const ISSUER: u8 = 16;

    fn armor(kind: &str, bytes: &[u8]) -> Vec<u8> {
        let body = encode_base64(bytes);
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
