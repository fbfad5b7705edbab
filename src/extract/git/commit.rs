//! One commit, parsed from its raw bytes.
//!
//! libgit2's own parser turns offsets such as `+051800` and `+9999` into 0 without a word; here they stay visible.
//! Format: `git help hash-object`, Documentation/user-manual "commit object"; identities are split as git does it: the
//! address stands between the first `<` and the next `>`, the time after the last `>`.

use crate::extract::git::signature;
use crate::model::KeyId;
use crate::model::ObjectId;
use crate::model::UtcOffset;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// The longest raw offset that is kept as text.
const OFFSET_LEN: usize = 12;
/// The most trailers that are read from one message: beyond, it is a list and names no co-authors.
const MAX_TRAILERS: usize = 256;

/// A commit whose texts still point into the object.
#[derive(Debug)]
pub(in crate::extract::git) struct RawCommit<'a> {
    pub tree: ObjectId,
    pub parents: Vec<ObjectId>,
    pub author: RawStamp<'a>,
    pub committer: RawStamp<'a>,
    /// The armored signature.
    signature: Option<&'a [u8]>,
    encoding: Option<&'static Encoding>,
    message: &'a [u8],
}

/// An author or committer line.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::extract::git) struct RawStamp<'a> {
    /// `Name <address>`.
    pub who: &'a [u8],
    /// Seconds since 1970; 0 where the line holds none.
    pub seconds: i64,
    /// The offset as written, cut to a few characters; empty where the line holds none.
    pub offset: &'a [u8],
}

impl<'a> RawCommit<'a> {
    /// Parses a commit object; `None` where it names no tree.
    pub(in crate::extract::git) fn parse(data: &'a [u8]) -> Option<Self> {
        let mut commit = RawCommit {
            tree: hex_id(data.strip_prefix(b"tree ")?.get(..40)?)?,
            parents: Vec::new(),
            author: RawStamp::default(),
            committer: RawStamp::default(),
            signature: None,
            encoding: None,
            message: &[],
        };
        let mut rest = data;
        while let Some(end) = rest.iter().position(|&b| b == b'\n') {
            let (line, after) = (&rest[..end], &rest[end + 1..]);
            if line.is_empty() {
                commit.message = after;
                break;
            }
            rest = after;
            if let Some(id) = line.strip_prefix(b"parent ") {
                commit.parents.extend(hex_id(id));
            } else if let Some(stamp) = line.strip_prefix(b"author ") {
                commit.author = RawStamp::parse(stamp);
            } else if let Some(stamp) = line.strip_prefix(b"committer ") {
                commit.committer = RawStamp::parse(stamp);
            } else if let Some(label) = line.strip_prefix(b"encoding ") {
                commit.encoding = Encoding::for_label(label).filter(|e| e.is_ascii_compatible());
            } else if let Some(first) = line.strip_prefix(b"gpgsig ") {
                let length = first.len() + 1 + continued(after);
                commit.signature = data
                    .get(data.len() - rest.len() - first.len() - 1..)
                    .and_then(|d| d.get(..length));
                rest = &after[continued(after)..];
            }
        }
        Some(commit)
    }

    /// The key that signed it, as far as the signature tells.
    pub(in crate::extract::git) fn key(&self) -> Option<KeyId> {
        self.signature.and_then(signature::key_id)
    }

    /// Text of the object in its declared encoding, else lossy UTF-8.
    pub(in crate::extract::git) fn decode(&self, bytes: &'a [u8]) -> Cow<'a, str> {
        match self.encoding {
            Some(encoding) => encoding.decode_without_bom_handling(bytes).0,
            None => String::from_utf8_lossy(bytes),
        }
    }

    /// The first line of the message that is not empty, without space at its end.
    pub(in crate::extract::git) fn subject(&self) -> Cow<'a, str> {
        let line = self
            .message
            .split(|&b| b == b'\n')
            .map(<[u8]>::trim_ascii_end)
            .find(|l| !l.is_empty());
        self.decode(line.unwrap_or_default())
    }

    /// `Name <address>` of every `Co-authored-by` and `Signed-off-by` line. Anywhere in the message: a squash merge
    /// keeps the trailers of its parts in the middle.
    pub(in crate::extract::git) fn trailers(&self) -> impl Iterator<Item = &'a [u8]> + use<'a> {
        self.message
            .split(|&b| b == b'\n')
            .filter_map(trailer)
            .take(MAX_TRAILERS)
    }
}

impl<'a> RawStamp<'a> {
    fn parse(line: &'a [u8]) -> Self {
        let Some(close) = line.iter().rposition(|&b| b == b'>') else {
            return Self {
                who: line,
                ..Self::default()
            };
        };
        let mut fields = line[close + 1..]
            .split(|b| b.is_ascii_whitespace())
            .filter(|f| !f.is_empty());
        let seconds = fields
            .next()
            .and_then(|f| str::from_utf8(f).ok())
            .and_then(|f| f.parse().ok());
        let offset = fields.next().unwrap_or_default();
        Self {
            who: &line[..=close],
            seconds: seconds.unwrap_or(0),
            offset: &offset[..offset.len().min(OFFSET_LEN)],
        }
    }

    /// The offset, where the text is one. `-0000` is none: it says that the zone is not known (RFC 2822, 3.3).
    pub(in crate::extract::git) fn utc_offset(&self) -> Option<UtcOffset> {
        let [sign @ (b'+' | b'-'), digits @ ..] = self.offset else {
            return None;
        };
        if digits.len() != 4 || !digits.iter().all(u8::is_ascii_digit) || self.offset == b"-0000" {
            return None;
        }
        let [h1, h2, m1, m2] = [0, 1, 2, 3].map(|i| i32::from(digits[i] - b'0'));
        let minutes = (h1 * 10 + h2) * 60 + m1 * 10 + m2;
        (m1 < 6)
            .then(|| UtcOffset::from_minutes(if *sign == b'-' { -minutes } else { minutes }))
            .flatten()
    }
}

/// Splits `Name <address>`; both may be empty.
pub(in crate::extract::git) fn split_ident(who: &str) -> (&str, &str) {
    match who.split_once('<') {
        Some((name, rest)) => (
            name.trim(),
            rest.split('>').next().unwrap_or_default().trim(),
        ),
        None => (who.trim(), ""),
    }
}

/// The id in 40 hex digits.
pub(in crate::extract::git) fn hex_id(digits: &[u8]) -> Option<ObjectId> {
    let digit = |b: u8| char::from(b).to_digit(16);
    let mut id = [0; 20];
    if digits.len() != 40 {
        return None;
    }
    for (byte, pair) in id.iter_mut().zip(digits.chunks_exact(2)) {
        *byte = (digit(pair[0])? << 4 | digit(pair[1])?) as u8;
    }
    Some(ObjectId(id))
}

/// Length of the lines that continue a header: those that begin with a space.
fn continued(bytes: &[u8]) -> usize {
    let mut length = 0;
    while bytes.get(length) == Some(&b' ') {
        length += bytes[length..]
            .iter()
            .position(|&b| b == b'\n')
            .map_or(bytes.len() - length, |n| n + 1);
    }
    length
}

fn trailer(line: &[u8]) -> Option<&[u8]> {
    const KEYS: [&[u8]; 2] = [b"co-authored-by:", b"signed-off-by:"];
    if !matches!(line.first(), Some(b'C' | b'c' | b'S' | b's')) {
        return None;
    }
    let key = KEYS.iter().find(|k| {
        line.get(..k.len())
            .is_some_and(|head| head.eq_ignore_ascii_case(k))
    })?;
    let who = line[key.len()..].trim_ascii();
    let address = who.iter().position(|&b| b == b'<')? < who.iter().position(|&b| b == b'>')?;
    address.then_some(who)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "tree 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";

    fn offset(text: &str) -> Option<i32> {
        RawStamp {
            offset: text.as_bytes(),
            ..RawStamp::default()
        }
        .utc_offset()
        .map(UtcOffset::minutes)
    }

    #[test]
    fn offsets_are_read_or_left_alone() {
        for (text, minutes) in [
            ("+0000", Some(0)),
            ("+0530", Some(330)),
            ("-0330", Some(-210)),
            ("+1400", Some(840)),
            ("+1401", None),
            ("-0000", None),
            ("+9999", None),
            ("+051800", None),
            ("+0575", None),
            ("0530", None),
            ("+530", None),
            ("+05:30", None),
            ("", None),
        ] {
            assert_eq!(offset(text), minutes, "{text}");
        }
    }

    #[test]
    fn stamps_are_split_as_git_splits_them() {
        for (line, who, seconds, offset) in [
            ("A B <a@x.org> 12 +0100", "A B <a@x.org>", 12, "+0100"),
            ("A <a@x.org> 12", "A <a@x.org>", 12, ""),
            ("A <a@x.org>", "A <a@x.org>", 0, ""),
            ("A <a> b> -5 +0000", "A <a> b>", -5, "+0000"),
            ("A", "A", 0, ""),
            (
                "<> 99999999999999999999 +051800123456789",
                "<>",
                0,
                "+05180012345",
            ),
        ] {
            let stamp = RawStamp::parse(line.as_bytes());
            assert_eq!(
                stamp,
                RawStamp {
                    who: who.as_bytes(),
                    seconds,
                    offset: offset.as_bytes()
                },
                "{line}"
            );
        }
        assert_eq!(split_ident(" A  < a@x.org >"), ("A", "a@x.org"));
        assert_eq!(split_ident("A <a> b>"), ("A", "a"));
        assert_eq!(split_ident("nobody"), ("nobody", ""));
    }

    #[test]
    fn a_signed_merge_with_trailers_is_read() {
        let parent = "parent 4b825dc642cb6eb9a060e54bf8d69288fbee4904\n";
        let text = format!(
            "{TREE}{parent}{parent}author A <a@x.org> 1 +0100\ncommitter B <b@x.org> 2 -0500\n\
             gpgsig -----BEGIN PGP SIGNATURE-----\n \n iQ==\n -----END PGP SIGNATURE-----\nmergetag object 1\n tag x\n\n\
             \nSubject  \n\nbody\nco-AUTHORED-by: C <c@x.org>\nSigned-off-by: no address\n\
             Signed-off-by: D <d@x.org>\r\n Signed-off-by: quoted <e@x.org>\n"
        );
        let commit = RawCommit::parse(text.as_bytes()).unwrap();
        assert_eq!(commit.parents.len(), 2);
        assert_eq!((commit.author.seconds, commit.committer.seconds), (1, 2));
        let signature = commit.signature.unwrap();
        assert!(
            signature.starts_with(b"-----BEGIN PGP")
                && signature.ends_with(b"-----END PGP SIGNATURE-----\n")
        );
        assert_eq!(commit.subject(), "Subject");
        let trailers: Vec<_> = commit.trailers().map(String::from_utf8_lossy).collect();
        assert_eq!(trailers, ["C <c@x.org>", "D <d@x.org>"]);
    }

    #[test]
    fn the_declared_encoding_is_used() {
        let mut data = format!("{TREE}author J").into_bytes();
        data.extend(b"\xf6rg <j@x.org> 1 +0100\nencoding ISO-8859-1\n\n\xdcber\n");
        let commit = RawCommit::parse(&data).unwrap();
        assert_eq!(commit.decode(commit.author.who), "Jörg <j@x.org>");
        assert_eq!(commit.subject(), "Über");
    }

    #[test]
    fn broken_commits_do_not_panic() {
        let whole = format!("{TREE}author A <a@x.org> 1 +0100\ngpgsig a\n b\n c");
        for cut in 0..=whole.len() {
            assert_eq!(
                RawCommit::parse(&whole.as_bytes()[..cut]).is_some(),
                cut >= 45,
                "cut at {cut}"
            );
        }
        assert!(RawCommit::parse(b"tree zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz\n").is_none());
    }
}
