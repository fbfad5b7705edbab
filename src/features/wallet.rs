//! Wallet addresses whose checksum holds: Bitcoin, Ethereum, TRON; Solana where the text says so.
//!
//! Base58check (Bitcoin `1…`/`3…`, TRON `T…`), bech32 and bech32m (BIP 173, BIP 350), the mixed-case checksum of
//! EIP-55. An Ethereum address in one case has no checksum and is not read: it may be any 20 bytes, such as a commit id.
//! A Solana address has none either; it is read only beside the word, and only where it is a point of the curve, as a
//! wallet's is. Contracts, burn addresses and examples of manuals (`corpora/background/public_keys.txt`) are set aside:
//! many unrelated people write them down.

use crate::features::anchors::Anchors;
use crate::features::anchors::before;
use crate::features::anchors::is_word;
use crate::features::ed25519_point::is_point;
use crate::features::identifiers::Found;
use crate::features::public_keys;
use crate::model::IdentifierKind;
use regex::Regex;
use sha3::Digest;
use sha3::Keccak256;
use std::ops::Range;
use std::sync::LazyLock;

/// The word that makes 32 base58 bytes a Solana address.
static SOLANA: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:SOL|(?i:solana|phantom))\b").expect("a constant pattern"));

/// Addresses of a text.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    anchors
        .words
        .iter()
        .filter_map(|word| {
            let glued = text[word.end..].chars().next().is_some_and(is_word)
                || before(text, word.start).is_some_and(is_word);
            let value = (!glued).then(|| canonical(text, word.clone()))??;
            Some(Found::new(
                IdentifierKind::Wallet,
                value,
                text,
                word.clone(),
            ))
        })
        .collect()
}

/// The one form of an address: `None` where no checksum holds or the address is everybody's.
fn canonical(text: &str, word: Range<usize>) -> Option<String> {
    let written = &text[word.clone()];
    let value = match written.as_bytes() {
        [b'0', b'x', ..] if written.len() == 42 => is_eip55(written).then(|| written.into()),
        [b'b' | b'B', b'c' | b'C', b'1', ..] => {
            let (hrp, ..) = bech32::segwit::decode(written).ok()?;
            let bitcoin = hrp.to_string().eq_ignore_ascii_case("bc");
            bitcoin.then(|| written.to_ascii_lowercase())
        }
        // 20 bytes, a version and a checksum are at most 35 digits; the version decides the first.
        [b'1' | b'3' | b'T', ..] if written.len() <= 35 && is_base58check(written) => {
            Some(written.into())
        }
        _ if (32..=44).contains(&written.len()) && is_wallet_of_solana(written) => {
            let start = text[..word.start].rfind('\n').map_or(0, |n| n + 1);
            SOLANA
                .is_match(&text[start..word.start])
                .then(|| written.into())
        }
        _ => None,
    };
    value.filter(|v| !public_keys::is_public(v))
}

/// Bitcoin (version 0x00 and 0x05) or TRON (0x41): a version byte, 20 bytes, and a checksum that holds.
fn is_base58check(written: &str) -> bool {
    let decoded = bs58::decode(written).with_check(None).into_vec();
    decoded.is_ok_and(|bytes| bytes.len() == 21 && matches!(bytes[0], 0x00 | 0x05 | 0x41))
}

/// 32 bytes that are a point of the curve: an address that a program made for itself is none.
fn is_wallet_of_solana(written: &str) -> bool {
    let mut bytes = [0; 32];
    let length = bs58::decode(written).onto(&mut bytes);
    length == Ok(32) && is_point(&bytes)
}

/// Whether each letter's case agrees with the hash of the lower-case address; false where all letters have one case.
fn is_eip55(written: &str) -> bool {
    let body = &written[2..];
    let lower = body.to_ascii_lowercase();
    if body == lower || body == body.to_ascii_uppercase() {
        return false;
    }
    let hash = Keccak256::digest(lower.as_bytes());
    body.bytes().enumerate().all(|(i, c)| {
        let nibble = if i.is_multiple_of(2) {
            hash[i / 2] >> 4
        } else {
            hash[i / 2] & 0x0F
        };
        c.is_ascii_digit() || c.is_ascii_uppercase() == (nibble >= 8)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        let anchors = Anchors::new(text);
        find(text, &anchors).into_iter().map(|f| f.value).collect()
    }

    /// An address made here, of bytes that nobody holds the key of.
    fn base58(version: u8, fill: u8) -> String {
        bs58::encode([&[version][..], &[fill; 20][..]].concat())
            .with_check()
            .into_string()
    }

    #[test]
    fn addresses_with_a_checksum_are_read() {
        for version in [0x00, 0x05, 0x41] {
            let address = base58(version, 7);
            assert_eq!(found(&format!("Pay to {address}.")), [address]);
        }
        // BIP 350, test vectors
        let taproot = "bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj0";
        assert_eq!(found(&taproot.to_ascii_uppercase()), [taproot]);
        // EIP-55, test vectors, all caps but for one digit: no letter of it is lower case, so it has no checksum
        assert_eq!(found("0x52908400098527886E0F7030069857D2E4169EE7"), [""; 0]);
    }

    #[test]
    fn a_broken_checksum_is_nothing() {
        let broken = base58(0x00, 7).replace('7', "8") + "x";
        assert_eq!(found(&broken), [""; 0]);
        assert_eq!(
            found("bc1p0xlxvlhemja6c4dqv22uapctqupfhlxm9h8z3k2e72q4k9hcz7vqzk5jj1"),
            [""; 0]
        );
        assert_eq!(found("0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAeD"), [""; 0]);
        assert_eq!(found("0x5aaeb6053f3e94c9b9a09f33669435e7ef1beaed"), [""; 0]);
        assert_eq!(found("tb1qw508d6qejxtdg4y5r3zarvary0c5xw7kxpjzsx"), [""; 0]);
    }

    #[test]
    fn ethereum_needs_its_mixed_case() {
        let lower = "00112233445566778899aabbccddeeff00112233";
        let hash = Keccak256::digest(lower.as_bytes());
        let nibble = |i: usize| {
            if i.is_multiple_of(2) {
                hash[i / 2] >> 4
            } else {
                hash[i / 2] & 15
            }
        };
        let mixed: String = lower
            .chars()
            .enumerate()
            .map(|(i, c)| {
                if nibble(i) >= 8 {
                    c.to_ascii_uppercase()
                } else {
                    c
                }
            })
            .collect();
        assert_eq!(found(&format!("ETH: 0x{mixed}")), [format!("0x{mixed}")]);
    }

    #[test]
    fn solana_needs_the_word_beside_it() {
        // RFC 8032, section 7.1, the public key of the first test; and 32 bytes that are no point
        let key = [
            0xd7, 0x5a, 0x98, 0x01, 0x82, 0xb1, 0x0a, 0xb7, 0xd5, 0x4b, 0xfe, 0xd3, 0xc9, 0x64,
            0x07, 0x3a, 0x0e, 0xe1, 0x72, 0xf3, 0xda, 0xa6, 0x23, 0x25, 0xaf, 0x02, 0x1a, 0x68,
            0xf7, 0x07, 0x51, 0x1a,
        ];
        let address = bs58::encode(key).into_string();
        // y = 2: no point of the curve
        let program = bs58::encode([&[2u8][..], &[0; 31]].concat()).into_string();
        assert_eq!(found(&format!("Solana: {program}")), [""; 0]);
        assert_eq!(
            found(&format!("Solana: {address}")),
            std::slice::from_ref(&address)
        );
        assert_eq!(found(&format!("hash {address}")), [""; 0]);
    }

    /// A mistyped entry would never match anything.
    #[test]
    fn every_public_address_is_set_aside() {
        let table = include_str!("../../corpora/background/public_keys.txt");
        let mut num = 0;
        for line in table.lines().filter(|l| !l.starts_with('#')) {
            let address = line.split_whitespace().next().unwrap();
            if !address.starts_with("0x")
                && !["Bitcoin", "TRON", "BIP 173"]
                    .iter()
                    .any(|w| line.contains(w))
                || address.len() == 64
            {
                continue;
            }
            let bech = bech32::segwit::decode(address).is_ok();
            assert!(
                is_eip55_text(address) || is_base58check(address) || bech,
                "{address}"
            );
            assert_eq!(found(&format!("pay {address}")), [""; 0], "{address}");
            num += 1;
        }
        assert!(num > 100);
    }

    fn is_eip55_text(address: &str) -> bool {
        address.starts_with("0x") && is_eip55(address)
    }
}
