//! Private keys and tokens in text and files. What is kept is the SHA-256 of the secret in its one form, in hex: two
//! files with one secret meet, and nobody reads it from a profile or a report.
//!
//! Read are private keys in PEM, raw keys and seed phrases behind a variable named for one, keys in Bitcoin's wallet import format
//! (they have a checksum), and tokens whose prefix names their service. Test keys of manuals and tools are dropped
//! ([`public_keys`]), as is what has too few different characters to be random. Passwords are not read: people share
//! them by chance. Seed phrases are kept as words, without asking the checksum of BIP 39.

use crate::features::anchors::Anchors;
use crate::features::anchors::Cue;
use crate::features::anchors::before;
use crate::features::anchors::is_word;
use crate::features::identifiers::Found;
use crate::features::public_keys;
use crate::model::IdentifierKind;
use sha2::Digest;
use sha2::Sha256;
use std::ops::Range;

/// Longest private key in PEM: 16,384 bits of RSA.
const LONGEST: usize = 16 << 10;
/// Fewest digits of base64 of a private key: an Ed25519 key in PKCS #8 has 64.
const SHORTEST: usize = 60;
/// Fewest different characters of what is random.
const DISTINCT: usize = 9;

/// A service's tokens: what stands before, and how many characters follow.
struct Token {
    prefix: &'static str,
    lengths: std::ops::RangeInclusive<usize>,
    /// Further characters besides letters and digits.
    marks: &'static str,
}

const fn token(
    prefix: &'static str,
    lengths: std::ops::RangeInclusive<usize>,
    marks: &'static str,
) -> Token {
    Token {
        prefix,
        lengths,
        marks,
    }
}

/// By the services' own descriptions of their tokens; case counts.
const TOKENS: &[Token] = &[
    token("AKIA", 16..=16, ""),
    token("ASIA", 16..=16, ""),
    token("ghp_", 36..=36, ""),
    token("gho_", 36..=36, ""),
    token("ghu_", 36..=36, ""),
    token("ghs_", 36..=36, ""),
    token("ghr_", 36..=76, ""),
    token("github_pat_", 82..=82, "_"),
    token("glpat-", 20..=50, "-_."),
    token("xoxb-", 40..=80, "-"),
    token("xoxp-", 40..=90, "-"),
    token("xoxa-", 40..=90, "-"),
    token("xoxr-", 40..=90, "-"),
    token("xoxs-", 40..=90, "-"),
    token("sk_live_", 24..=107, ""),
    token("rk_live_", 24..=107, ""),
    token("AIza", 35..=35, "-_"),
    token("SG.", 66..=66, "-_."),
    token("npm_", 36..=36, ""),
    token("hf_", 34..=34, ""),
    token("pypi-Ag", 80..=250, "-_"),
    token("alchemy.com/v2/", 32..=33, "-_"),
    token("alchemyapi.io/v2/", 32..=33, "-_"),
    token("quiknode.pro/", 40..=40, ""),
    token("discord.com/api/webhooks/", 80..=90, "-_/"),
    token("discordapp.com/api/webhooks/", 80..=90, "-_/"),
    token("hooks.slack.com/services/", 40..=50, "/"),
];

/// Secrets of a text, by their hashes. `written` holds the hash too.
pub(in crate::features) fn find(text: &str, anchors: &Anchors) -> Vec<Found> {
    let pem = anchors.of(Cue::Pem).filter_map(|cue| pem(text, cue));
    let tokens = anchors
        .of(Cue::Token)
        .filter_map(|cue| service_token(text, cue));
    let assigned = anchors
        .of(Cue::KeyName)
        .filter_map(|cue| assigned(text, cue));
    let wallets = anchors
        .words
        .iter()
        .filter_map(|word| wallet_import(text, word.clone()));
    let all = pem.chain(tokens).chain(assigned).chain(wallets);
    let mut found: Vec<Found> = all
        .filter_map(|(span, secret)| {
            let hash = hashed(&secret);
            let kept = Found {
                written: hash.clone(),
                ..Found::new(IdentifierKind::Secret, hash.clone(), text, span)
            };
            (!public_keys::is_public(&hash)).then_some(kept)
        })
        .collect();
    found.sort_by_key(|f| (f.span.start, f.span.end));
    found.dedup_by(|a, b| a.span == b.span);
    found
}

fn hashed(secret: &str) -> String {
    let digest = Sha256::digest(secret.as_bytes());
    digest.iter().map(|b| format!("{b:02x}")).collect()
}

fn is_random(secret: &str, distinct: usize) -> bool {
    let different: std::collections::BTreeSet<u8> = secret.bytes().collect();
    let upper = secret.to_ascii_uppercase();
    different.len() >= distinct
        && !["EXAMPLE", "XXXX", "YOUR", "1234567890AB", "ABCDEFGHIJ"]
            .iter()
            .any(|w| upper.contains(w))
}

/// The digits of a private key in PEM, however its lines are broken: a source file may write `\n`.
fn pem(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let head = text[..cue.start]
        .rfind("-----BEGIN ")
        .filter(|at| cue.start - at < 32)?;
    let end = cue.end + text[cue.end..].find("-----END")?;
    if end - cue.end > LONGEST {
        return None;
    }
    let body = text[cue.end..end].replace("\\n", "\n").replace("\\r", "\n");
    let lines = body
        .lines()
        .map(|l| l.trim_matches(|c: char| c.is_whitespace() || "\"'+,;\\".contains(c)));
    // Headers of encrypted and OpenPGP keys have a colon; a checksum begins with "=".
    let digits: String = lines
        .filter(|l| !l.contains(':') && !l.starts_with('='))
        .collect();
    let shaped = digits.len() >= SHORTEST
        && digits
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b));
    (shaped && is_random(&digits, 20)).then_some((head..end, digits))
}

fn service_token(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let prefix = &text[cue.clone()];
    if prefix == "infura.io/" {
        return infura(text, cue);
    }
    if prefix == ":AA" {
        return telegram_bot(text, cue);
    }
    let token = TOKENS.iter().find(|t| t.prefix == prefix)?;
    let is_path = prefix.contains('/');
    if !is_path && before(text, cue.start).is_some_and(|c| is_word(c) || c == '-') {
        return None;
    }
    let is_part = |b: &u8| b.is_ascii_alphanumeric() || token.marks.as_bytes().contains(b);
    let rest = &text.as_bytes()[cue.end..];
    let length = rest.iter().take_while(|b| is_part(b)).count();
    let secret = &text[cue.end..cue.end + length];
    let capitals = !matches!(prefix, "AKIA" | "ASIA")
        || secret
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let told = secret.bytes().any(|b| b.is_ascii_digit());
    let good = token.lengths.contains(&length) && capitals && told && is_random(secret, DISTINCT);
    let start = if is_path { cue.end } else { cue.start };
    good.then(|| {
        (
            start..cue.end + length,
            text[start..cue.end + length].to_owned(),
        )
    })
}

/// `infura.io/v3/` or `infura.io/ws/v3/` and 32 hex digits.
fn infura(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let rest = &text[cue.end..];
    let rest = rest
        .strip_prefix("ws/")
        .unwrap_or(rest)
        .strip_prefix("v3/")?;
    let start = text.len() - rest.len();
    let key = hex(text, start, 32)?;
    (is_random(&key, 8)).then_some((start..start + 32, key))
}

/// Number of a Telegram bot, `:AA`, 33 more characters.
fn telegram_bot(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let bytes = text.as_bytes();
    let num_digits = bytes[..cue.start]
        .iter()
        .rev()
        .take_while(|b| b.is_ascii_digit())
        .count();
    let num_more = bytes[cue.end..]
        .iter()
        .take_while(|b| b.is_ascii_alphanumeric() || b"-_".contains(b))
        .count();
    let span = cue.start - num_digits..cue.end + num_more;
    let secret = &text[span.clone()];
    let glued =
        before(text, span.start).is_some_and(is_word) && !text[..span.start].ends_with("bot");
    ((8..=10).contains(&num_digits) && num_more == 33 && !glued && is_random(secret, 12))
        .then(|| (span, secret.to_owned()))
}

/// Exactly `num` hex digits at a place, in lower case.
fn hex(text: &str, start: usize, num: usize) -> Option<String> {
    let digits = text.as_bytes().get(start..start + num)?;
    let goes_on = text
        .as_bytes()
        .get(start + num)
        .is_some_and(|b| b.is_ascii_alphanumeric() || *b == b'_');
    let good = digits.iter().all(u8::is_ascii_hexdigit) && !goes_on;
    good.then(|| text[start..start + num].to_ascii_lowercase())
}

/// What a variable named for a private key is set to: 64 hex digits, 64 bytes in base58 or as a list, or twelve words.
fn assigned(text: &str, cue: Range<usize>) -> Option<(Range<usize>, String)> {
    let line_end = text[cue.end..]
        .find('\n')
        .map_or(text.len(), |n| cue.end + n);
    let rest = &text[cue.end..line_end];
    let name = text[cue.clone()].to_ascii_lowercase();
    let name_end = rest.find(|c: char| !is_word(c)).unwrap_or(rest.len());
    if name_end > 24 {
        return None;
    }
    let blank = |c: char| c.is_whitespace() || "\"'`".contains(c);
    let sign = rest[name_end..].trim_start_matches(blank);
    let after = if name == "pk=" {
        rest
    } else {
        sign.strip_prefix("=>")
            .or_else(|| sign.strip_prefix(['=', ':']))?
    };
    let value = after.trim_start_matches(|c: char| blank(c) || "=([".contains(c));
    let start = line_end - value.len();
    if name.contains("mnemonic") || name.contains("seed") {
        return phrase(value).map(|words| (start..start + words.len(), words));
    }
    let start = start + if value.starts_with("0x") { 2 } else { 0 };
    if let Some(key) = hex(text, start, 64) {
        return is_random(&key, DISTINCT).then_some((start..start + 64, key));
    }
    let length = value.bytes().take_while(u8::is_ascii_alphanumeric).count();
    let is_solana = (86..=88).contains(&length)
        && bs58::decode(&value[..length])
            .into_vec()
            .is_ok_and(|b| b.len() == 64);
    is_solana.then(|| (start..start + length, value[..length].to_owned()))
}

/// Twelve to 24 words of three to eight lower-case letters, in quotes or to the end of the line.
fn phrase(value: &str) -> Option<String> {
    let end = value
        .find(|c: char| !(c.is_ascii_lowercase() || c == ' '))
        .unwrap_or(value.len());
    let whole = value[end..].is_empty() || value[end..].starts_with(['"', '\'', '`', '\r']);
    let words: Vec<&str> = value[..end].trim_end().split(' ').collect();
    let shaped = matches!(words.len(), 12 | 15 | 18 | 21 | 24)
        && words.iter().all(|w| (3..=8).contains(&w.len()));
    let different: std::collections::BTreeSet<&&str> = words.iter().collect();
    // What a template asks for; none of these is a word of BIP 39.
    let stand_in = words
        .iter()
        .any(|w| ["your", "here", "the", "mnemonic", "twelve", "words", "goes"].contains(w));
    (whole && shaped && !stand_in && different.len() + 4 >= words.len()).then(|| words.join(" "))
}

/// A key in Bitcoin's wallet import format: version 0x80, 32 bytes, a checksum.
fn wallet_import(text: &str, word: Range<usize>) -> Option<(Range<usize>, String)> {
    let written = &text[word.clone()];
    let shaped = matches!(written.len(), 51 | 52) && written.starts_with(['5', 'K', 'L']);
    let decoded =
        shaped.then(|| bs58::decode(written).with_check(Some(0x80)).into_vec().ok())??;
    matches!(decoded.len(), 33 | 34).then(|| (word, written.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<String> {
        find(text, &Anchors::new(text))
            .into_iter()
            .map(|f| f.value)
            .collect()
    }

    /// A string that looks random and is made here, so that no scanner takes it for a real secret.
    fn made(alphabet: &str, length: usize) -> String {
        let letters = alphabet.as_bytes();
        (0..length)
            .map(|i| char::from(letters[(i * 7 + i / 3) % letters.len()]))
            .collect()
    }

    const HEX: &str = "0123456789abcdef";
    const BASE62: &str = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";

    #[test]
    fn tokens_are_kept_as_hashes_only() {
        let token = format!("ghp_{}", made(BASE62, 36));
        let text = format!("token = \"{token}\"");
        let all = find(&text, &Anchors::new(&text));
        assert_eq!(all.len(), 1);
        assert_eq!((all[0].value.len(), &all[0].written), (64, &all[0].value));
        assert_eq!(all[0].value, hashed(&token));
    }

    #[test]
    fn one_key_has_one_hash_however_it_is_written() {
        let key = made(HEX, 64);
        let plain = found(&format!("PRIVATE_KEY={key}\n"));
        assert_eq!(plain, [hashed(&key)]);
        for text in [
            format!("const privateKey = '0x{key}';"),
            format!("DEPLOYER_PRIVATE_KEY: \"{}\"", key.to_uppercase()),
            format!("  \"private_key\": \"0x{key}\","),
        ] {
            assert_eq!(found(&text), plain, "{text}");
        }
        let body = made(BASE62, 128);
        let (a, b) = body.split_at(64);
        let broken = format!("-----BEGIN PRIVATE KEY-----\n{a}\n{b}\n-----END PRIVATE KEY-----");
        let escaped =
            format!("\"-----BEGIN PRIVATE KEY-----\\n{a}\\n{b}\\n-----END PRIVATE KEY-----\\n\"");
        assert_eq!(found(&broken), [hashed(&body)]);
        assert_eq!(found(&escaped), found(&broken));
    }

    #[test]
    fn further_secrets_are_read() {
        let wif = bs58::encode([&[0x80][..], &[7; 32], &[1]].concat())
            .with_check()
            .into_string();
        for text in [
            format!("AKIA{}", made("0AB1CD2EF3GH4IJ5", 16)),
            format!("https://mainnet.infura.io/v3/{}", made(HEX, 32)),
            format!("https://eth-mainnet.g.alchemy.com/v2/{}", made(BASE62, 32)),
            format!("12345678:AA{}", made(BASE62, 33)),
            format!("key {wif} end"),
            "MNEMONIC=\"able baker charlie delta easy fox george how item jig king love\""
                .to_owned(),
        ] {
            assert_eq!(found(&text).len(), 1, "{text}");
        }
    }

    #[test]
    fn public_keys_and_stand_ins_are_dropped() {
        for text in [
            "PRIVATE_KEY=0xac0974bec39a17e36ba4a6b4d238ff944bacb478cbed5efcae784d7bf4f2ff80"
                .to_owned(),
            "AKIAIOSFODNN7EXAMPLE".into(),
            format!("PRIVATE_KEY={}", "0".repeat(64)),
            "MNEMONIC=\"test test test test test test test test test test test junk\"".into(),
            "https://mainnet.infura.io/v3/YOUR_PROJECT_ID".into(),
            format!("hash = {}", made(HEX, 64)),
            "-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----".into(),
            "const privateKey = process.env.PRIVATE_KEY;".into(),
        ] {
            assert_eq!(found(&text), [""; 0], "{text}");
        }
    }
}
