//! Public keys in text and files: SSH keys, OpenPGP blocks, fingerprints. The value is the id that a signature of the key
//! carries too ([`crate::model::KeyId`]), so that a key in a file meets the commits it signed.
//!
//! Keys of hosts (`known_hosts` has the host before the key) and those that everybody has (`corpora/background/public_keys.txt`)
//! are dropped. Certificates are not read: they are mostly a service's.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::identifiers::Found;
use crate::features::public_keys;
use crate::model::IdentifierKind;
use crate::model::KeyId;
use crate::model::decode_base64;
use crate::model::open_pgp_issuer;
use crate::model::ssh_fingerprint;
use crate::model::take_bytes;
use crate::model::take_number;
use std::ops::Range;

/// Longest block that is read: a key with many signatures.
const LONGEST: usize = 64 << 10;
/// Bytes behind the word "fingerprint" or "PGP" in which the digits stand.
const NEAR: usize = 48;

/// Keys of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let ssh = anchors.of(Cue::SshKey).filter_map(|cue| ssh_key(text, cue));
    let blocks = anchors
        .of(Cue::PgpBlock)
        .filter_map(|cue| pgp_block(text, cue));
    let prints = anchors
        .of(Cue::Fingerprint)
        .filter_map(|cue| fingerprint(text, cue));
    let mut found: Vec<Found> = ssh
        .chain(blocks)
        .chain(prints)
        .filter(|(_, key)| !public_keys::is_public(&key.0))
        .map(|(span, key)| Found::new(IdentifierKind::SigningKey, key.0, text, span))
        .collect();
    // "PGP fingerprint" has two words before one print.
    found.sort_by_key(|f| f.span.start);
    found.dedup_by(|a, b| a.span == b.span);
    found
}

/// `ssh-ed25519 AAAA…`: the cue ends with the first four digits of the key.
fn ssh_key(text: &str, cue: Range<usize>) -> Option<(Range<usize>, KeyId)> {
    let line = text[..cue.start].rfind('\n').map_or(0, |n| n + 1);
    let before = text[line..cue.start].trim_end();
    // A host, or a list of them, stands before its key.
    let first = before
        .rsplit(char::is_whitespace)
        .next()
        .unwrap_or_default();
    let of_host =
        first.starts_with('[') || first.contains('.') && !first.contains(['"', '\'', '=', '@']);
    let start = cue.end - 4;
    let bytes = text.as_bytes();
    let is_digit = |b: &u8| b.is_ascii_alphanumeric() || b"+/".contains(b);
    let end = start + bytes[start..].iter().take_while(|b| is_digit(b)).count();
    let key = decode_base64(std::iter::once(&bytes[start..end]));
    let mut rest = key.as_slice();
    let length = take_number(&mut rest, 4)?;
    let kind = take_bytes(&mut rest, length)?;
    let is_kind = text[..start]
        .trim_end()
        .ends_with(std::str::from_utf8(kind).ok()?);
    // The shortest key has 32 bytes.
    let whole = rest.len() >= 36 && is_whole(rest);
    (is_kind && whole && !of_host).then(|| (start..end, ssh_fingerprint(&key)))
}

/// Whether the fields of an SSH key fill its bytes: a key that was cut for show ("AAAA…xyz") does not.
fn is_whole(mut rest: &[u8]) -> bool {
    while !rest.is_empty() {
        let field = take_number(&mut rest, 4).and_then(|length| take_bytes(&mut rest, length));
        if field.is_none() {
            return false;
        }
    }
    true
}

fn pgp_block(text: &str, cue: Range<usize>) -> Option<(Range<usize>, KeyId)> {
    let end = text[cue.end..].find("-----END PGP")?;
    if end > LONGEST {
        return None;
    }
    let body = &text.as_bytes()[cue.end..cue.end + end];
    let lines = body.split(|&b| b == b'\n').map(<[u8]>::trim_ascii);
    let digits = lines.filter(|l| !l.contains(&b':') && !l.is_empty());
    Some((
        cue.start..cue.end + end,
        open_pgp_issuer(&decode_base64(digits))?,
    ))
}

/// `SHA256:` and 43 digits of base64; 40 hex digits in any grouping, or a key id of 16, behind a word that names them.
fn fingerprint(text: &str, cue: Range<usize>) -> Option<(Range<usize>, KeyId)> {
    let bytes = text.as_bytes();
    if &text[cue.clone()] == "SHA256:" {
        let length = bytes[cue.end..]
            .iter()
            .take_while(|b| b.is_ascii_alphanumeric() || b"+/".contains(b))
            .count();
        // Images of containers have hex digests behind the same word, in lower case.
        return (length == 43).then(|| {
            (
                cue.start..cue.end + length,
                KeyId(text[cue.start..cue.end + length].to_owned()),
            )
        });
    }
    let reach = bytes.len().min(cue.end + NEAR);
    let start = cue.end
        + bytes[cue.end..reach]
            .iter()
            .position(|b| b.is_ascii_digit() || (b'A'..=b'F').contains(b))?;
    // Nothing but the words for it may stand between: "PGP key fingerprint: 0x".
    let between = text.get(cue.end..start)?.to_ascii_lowercase();
    let words = between
        .split(|c: char| !c.is_ascii_alphabetic())
        .filter(|w| !w.is_empty());
    if between.contains('\n')
        || words.clone().any(|w| {
            ![
                "key",
                "id",
                "keyid",
                "fingerprint",
                "public",
                "is",
                "my",
                "signing",
            ]
            .contains(&w)
        })
    {
        return None;
    }
    let start = start
        + if bytes[start..].starts_with(b"0x") {
            2
        } else {
            0
        };
    let mut digits = String::new();
    let mut end = start;
    for (at, byte) in bytes[start..].iter().enumerate() {
        match byte {
            b'0'..=b'9' | b'A'..=b'F' => {
                digits.push(char::from(*byte));
                end = start + at + 1;
            }
            b' ' | b':' if start + at - end < 2 => {}
            _ => break,
        }
    }
    let glued = bytes.get(end).is_some_and(u8::is_ascii_alphanumeric);
    let told = digits.bytes().any(|b| b.is_ascii_digit())
        && digits.bytes().any(|b| b.is_ascii_alphabetic());
    let good = matches!(digits.len(), 16 | 40) && told && !glued;
    good.then(|| (start..end, KeyId(digits[digits.len() - 16..].to_owned())))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::encode_base64;

    fn found(text: &str) -> Vec<String> {
        find(text, &Anchors::new(text))
            .into_iter()
            .map(|f| f.value)
            .collect()
    }

    /// The invented key of `extract::git::signature`, whose fingerprint `ssh-keygen -lf` printed.
    fn key() -> String {
        let mut key = b"\0\0\0\x0bssh-ed25519\0\0\0\x20".to_vec();
        key.extend(0..32u8);
        encode_base64(&key)
    }

    const PRINT: &str = "SHA256:ZkAslGjFiUHdGf/WUL8rQvkib4PTvQatUV0OUQSncCA";

    #[test]
    fn ssh_keys_have_the_id_of_their_signatures() {
        assert_eq!(found(&format!("ssh-ed25519 {} ann@box\n", key())), [PRINT]);
        assert_eq!(found(&format!("key = \"ssh-ed25519 {}\"", key())), [PRINT]);
        assert_eq!(found(&format!("Fingerprint {PRINT}.")), [PRINT]);
    }

    #[test]
    fn keys_of_hosts_and_cut_keys_are_not_read() {
        let key = key();
        for text in [
            format!("git.kontor.example ssh-ed25519 {key}"),
            format!("[git.kontor.example]:22 ssh-ed25519 {key}"),
            format!("ssh-ed25519 {}", &key[..60]),
            format!("ssh-rsa {key}"),
            "image@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef".into(),
        ] {
            assert_eq!(found(&text), [""; 0], "{text}");
        }
    }

    #[test]
    fn prints_of_open_pgp_keys_are_read_behind_their_name() {
        for text in [
            "PGP: 0123 4567 89AB CDEF 0123  4567 0D0E 0F10 1112 1314",
            "GPG key id 0x0D0E0F1011121314",
            "PGP fingerprint 0123456789ABCDEF012345670D0E0F1011121314",
            "signingkey = 0D0E0F1011121314",
        ] {
            assert_eq!(found(text), ["0D0E0F1011121314"], "{text}");
        }
        for text in [
            "gpg --recv-keys 0D0E0F1011121314",
            "commit 0D0E0F1011121314",
            "PGP 2020",
            "PGP DEAD",
        ] {
            assert_eq!(found(text), [""; 0], "{text}");
        }
    }
}
