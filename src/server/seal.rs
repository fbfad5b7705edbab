//! The token that lets a client in, and the signature under what a webhook is sent.

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use std::fmt;

/// Fewest characters of a token or secret: 16 of hexadecimal are 64 bits, too many to be tried over a network.
pub(in crate::server) const SHORTEST: usize = 16;

/// What a client has to present. Never printed.
pub struct Token(Hmac<Sha256>);

impl fmt::Debug for Token {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Token")
    }
}

impl Token {
    /// A token from its text; white space around it does not belong to it.
    ///
    /// # Errors
    /// What is wrong with it, in words.
    pub fn new(text: &str) -> Result<Self, &'static str> {
        let text = text.trim();
        if text.len() < SHORTEST {
            return Err("is shorter than 16 characters; `openssl rand -hex 32` makes a good one");
        }
        if !text.bytes().all(|b| b.is_ascii_graphic()) {
            return Err("holds characters that no header can carry");
        }
        Ok(Self(keyed(text.as_bytes())))
    }

    /// Whether this is the token. What is compared are keyed digests, in constant time.
    pub fn is(&self, presented: &[u8]) -> bool {
        let expected = self.0.clone().finalize().into_bytes();
        keyed(presented).verify_slice(&expected).is_ok()
    }
}

fn keyed(text: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(b"samehand serve token")
        .expect("HMAC takes a key of any length");
    mac.update(text);
    mac
}

/// The signature of a body sent at a time (seconds since 1970): HMAC-SHA256 over `time.body`, in lower-case hex.
pub(in crate::server) fn signature(secret: &[u8], time: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(secret).expect("HMAC takes a key of any length");
    mac.update(time.as_bytes());
    mac.update(b".");
    mac.update(body);
    let bytes = mac.finalize().into_bytes();
    bytes.iter().map(|b| format!("{b:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_is_itself_and_nothing_else() {
        let token = Token::new(" 0123456789abcdef\n").unwrap();
        assert!(token.is(b"0123456789abcdef"));
        for other in [
            "",
            "0123456789abcde",
            "0123456789abcdef0",
            " 0123456789abcdef",
        ] {
            assert!(!token.is(other.as_bytes()), "{other}");
        }
        assert!(Token::new("short").is_err());
        assert!(Token::new("0123456789 abcdef").is_err());
        assert_eq!(format!("{token:?}"), "Token");
    }

    #[test]
    fn the_signature_is_hmac_sha256() {
        // printf '1700000000.{}' | openssl dgst -sha256 -hmac secret
        assert_eq!(
            signature(b"secret", "1700000000", b"{}"),
            "b8569b78799ff9e3cbff0fc2d63a33a2b57f3282abd07c37ae5e8e7d79a5f163"
        );
    }
}
