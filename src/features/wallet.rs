//! Wallet addresses whose checksum holds: Bitcoin, Ethereum, TRON; Solana where the text says so.
//!
//! Base58check (Bitcoin `1…`/`3…`, TRON `T…`), bech32 and bech32m (BIP 173, BIP 350), the mixed-case checksum of
//! EIP-55. An Ethereum address in one case has no checksum and is not read: it may be any 20 bytes, such as a commit id.
//! A Solana address has none either; it is read only beside the word. Contracts, burn addresses and textbook examples
//! are set aside: many unrelated people write them down.

use crate::features::identifiers::Found;
use crate::model::IdentifierKind;
use regex::Regex;
use sha3::Digest;
use sha3::Keccak256;
use std::sync::LazyLock;

/// Addresses that belong to nobody or to everybody. Sources: EIP-55, BIP 173 and the Bitcoin wiki (examples), Hardhat's
/// documentation (test accounts), the token and exchange contracts that tutorials call, known burn addresses.
const WELL_KNOWN: &[&str] = &[
    "0x5aAeb6053F3E94C9b9A09f33669435E7Ef1BeAed",
    "0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359",
    "0xdbF03B407c01E7cD3CBea99509d93f8DDDC8C6FB",
    "0xD1220A0cf47c7B9Be7A2E6BA89F429762e7b9aDb",
    "0xf39Fd6e51aad88F6F4ce6aB8827279cffFb92266",
    "0x70997970C51812dc3A010C7d01b50e0d17dc79C8",
    "0x3C44CdDdB6a900fa2b585dd299e03d12FA4293BC",
    "0xC02aaA39b223FE8D0A0e5C4F27eAD9083C756Cc2",
    "0xdAC17F958D2ee523a2206206994597C13D831ec7",
    "0xA0b86991c6218b36c1d19D4a2e9Eb0cE3606eB48",
    "0x6B175474E89094C44Da98b954EedeAC495271d0F",
    "0x7a250d5630B4cF539739dF2C5dAcb4c659F2488D",
    "0xE592427A0AEce92De3Edee1F18E0157C05861564",
    "1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa",
    "1BvBMSEYstWetqTFn5Au4m4GFg7xJaNVN2",
    "3J98t1WpEZ73CNmQviecrnyiWrnqRhWNLy",
    "1BitcoinEaterAddressDontSendf59kuE",
    "bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
    "TR7NHqjeKQxGTCi8q8ZY4pL8otSzgjLj6t",
    "T9yD14Nj9j7xAB4dbGeiX9h8unkKHxuWwb",
    "11111111111111111111111111111111",
    "So11111111111111111111111111111111111111112",
    "TokenkegQfeZyiNwAJbNbGKPFXCWuBvf9Ss623VQ5DA",
    "EPjFWdd5AufqSSqeM2qN1xzybapC8G4wEGGkZwyTDt1v",
];

static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"\b(?:0x[0-9a-fA-F]{40}|(?i:bc1[02-9ac-hj-np-z]{11,71})|[1-9A-HJ-NP-Za-km-z]{26,44})\b",
    )
    .expect("a constant pattern")
});

/// The word that makes 32 base58 bytes a Solana address.
static SOLANA: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:SOL|(?i:solana|phantom))\b").expect("a constant pattern"));

/// Addresses of a text.
pub(in crate::features) fn find(text: &str) -> Vec<Found> {
    SHAPE
        .find_iter(text)
        .filter_map(|m| {
            let start = text[..m.start()].rfind('\n').map_or(0, |n| n + 1);
            let value = canonical(m.as_str(), SOLANA.is_match(&text[start..m.start()]))?;
            Some(Found::new(IdentifierKind::Wallet, value, text, m.range()))
        })
        .collect()
}

/// The one form of an address: `None` where no checksum holds or the address is well known.
fn canonical(written: &str, beside_solana: bool) -> Option<String> {
    if WELL_KNOWN.contains(&written) {
        return None;
    }
    if written.starts_with("0x") {
        return is_eip55(written).then(|| written.into());
    }
    if written
        .get(..3)
        .is_some_and(|p| p.eq_ignore_ascii_case("bc1"))
    {
        let (hrp, ..) = bech32::segwit::decode(written).ok()?;
        let value = written.to_ascii_lowercase();
        return (hrp.to_string().eq_ignore_ascii_case("bc")
            && !WELL_KNOWN.contains(&value.as_str()))
        .then_some(value);
    }
    (is_base58check(written) || beside_solana && is_32_bytes(written)).then(|| written.into())
}

/// Bitcoin (version 0x00 and 0x05) or TRON (0x41): a version byte, 20 bytes, and a checksum that holds.
fn is_base58check(written: &str) -> bool {
    let decoded = bs58::decode(written).with_check(None).into_vec();
    decoded.is_ok_and(|bytes| bytes.len() == 21 && matches!(bytes[0], 0x00 | 0x05 | 0x41))
}

fn is_32_bytes(written: &str) -> bool {
    bs58::decode(written)
        .into_vec()
        .is_ok_and(|bytes| bytes.len() == 32)
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
        find(text).into_iter().map(|f| f.value).collect()
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
        let address = bs58::encode([9u8; 32]).into_string();
        assert_eq!(
            found(&format!("Solana: {address}")),
            std::slice::from_ref(&address)
        );
        assert_eq!(found(&format!("hash {address}")), [""; 0]);
    }

    /// A mistyped entry would never match anything.
    #[test]
    fn every_well_known_address_is_one_and_is_set_aside() {
        for address in WELL_KNOWN {
            let holds = is_eip55_text(address) || is_base58check(address) || is_32_bytes(address);
            assert!(
                holds || bech32::segwit::decode(address).is_ok(),
                "{address}"
            );
            assert_eq!(found(&format!("SOL {address}")), [""; 0], "{address}");
        }
    }

    fn is_eip55_text(address: &str) -> bool {
        address.starts_with("0x") && is_eip55(address)
    }
}
