//! RTF as tokens (Rich Text Format Specification 1.9.1, "RTF Syntax"): braces, control words and symbols, bytes of text.

/// What stands at one place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::extract) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// `\name` with its number, if it has one.
    Word(&'a str, Option<i32>),
    /// `\~` and other control symbols of one character.
    Symbol(u8),
    /// `\'hh`: one byte.
    Byte(u8),
    /// Bytes of text, without line ends, which mean nothing.
    Text(&'a [u8]),
    /// What follows `\binN`.
    Binary(&'a [u8]),
}

/// Reads the tokens of a file, to its end.
pub(in crate::extract) struct Tokens<'a> {
    rest: &'a [u8],
}

impl<'a> Tokens<'a> {
    /// The tokens of `bytes`.
    pub fn new(bytes: &'a [u8]) -> Self {
        Self { rest: bytes }
    }

    fn take(&mut self, count: usize) -> &'a [u8] {
        let (taken, rest) = self.rest.split_at(count.min(self.rest.len()));
        self.rest = rest;
        taken
    }

    /// Number of bytes from the start for which `holds`.
    fn run(&self, holds: impl Fn(u8) -> bool) -> usize {
        self.rest.iter().take_while(|b| holds(**b)).count()
    }

    fn control(&mut self) -> Token<'a> {
        let letters = self.run(|b| b.is_ascii_alphabetic());
        if letters == 0 {
            return match self.take(1) {
                [b'\''] => self.hex(),
                [symbol] => Token::Symbol(*symbol),
                _ => Token::Text(b""),
            };
        }
        let name = std::str::from_utf8(self.take(letters)).unwrap_or_default();
        let minus = usize::from(self.rest.first() == Some(&b'-'));
        let digits = self.rest[minus..]
            .iter()
            .take_while(|b| b.is_ascii_digit())
            .count();
        let number = if digits > 0 {
            std::str::from_utf8(self.take(minus + digits)).ok()
        } else {
            None
        };
        // A number that is too large is none.
        let value = number.and_then(|n| n.parse().ok());
        if self.rest.first() == Some(&b' ') {
            self.take(1);
        }
        if name == "bin" {
            let length = usize::try_from(value.unwrap_or(0)).unwrap_or(0);
            return Token::Binary(self.take(length));
        }
        Token::Word(name, value)
    }

    fn hex(&mut self) -> Token<'a> {
        let digits = self
            .rest
            .get(..2)
            .and_then(|two| std::str::from_utf8(two).ok());
        match digits.and_then(|two| u8::from_str_radix(two, 16).ok()) {
            Some(byte) => {
                self.take(2);
                Token::Byte(byte)
            }
            None => Token::Text(b""),
        }
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        let ends = self.run(|b| matches!(b, b'\r' | b'\n' | 0));
        self.take(ends);
        let token = match self.rest.first()? {
            b'{' => Token::Open,
            b'}' => Token::Close,
            b'\\' => {
                self.take(1);
                return Some(self.control());
            }
            _ => {
                let length = self.run(|b| !matches!(b, b'{' | b'}' | b'\\' | b'\r' | b'\n' | 0));
                return Some(Token::Text(self.take(length)));
            }
        };
        self.take(1);
        Some(token)
    }
}

/// The bytes that hexadecimal digits stand for; anything else between them is passed over.
pub(in crate::extract) fn unhex(digits: &[u8]) -> Vec<u8> {
    let digits: Vec<u8> = digits
        .iter()
        .filter_map(|d| (*d as char).to_digit(16).map(|d| d as u8))
        .collect();
    digits
        .chunks_exact(2)
        .map(|two| two[0] << 4 | two[1])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tokens() {
        let text = b"{\\rtf1\\b0 a\r\nb\\'e9\\~\\u-10 ?\\bin3 }{}\\\\}";
        let found: Vec<_> = Tokens::new(text).collect();
        assert_eq!(
            found,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Word("b", Some(0)),
                Token::Text(b"a"),
                Token::Text(b"b"),
                Token::Byte(0xe9),
                Token::Symbol(b'~'),
                Token::Word("u", Some(-10)),
                Token::Text(b"?"),
                Token::Binary(b"}{}"),
                Token::Symbol(b'\\'),
                Token::Close,
            ]
        );
    }

    #[test]
    fn broken_ends() {
        for text in [
            &b"\\"[..],
            b"\\'",
            b"\\'x",
            b"\\'\xff\xff",
            b"\\bin999 ab",
            b"\\b99999999999 ",
        ] {
            assert!(Tokens::new(text).count() < 4);
        }
        assert_eq!(unhex(b"0aF f\nz9"), [0x0a, 0xff]);
    }
}
