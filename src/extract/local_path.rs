//! Paths of somebody's own computer that programs write into files: where a template lay, a picture came from, a link
//! led to. They often hold a user's name.

/// Paths kept of one document.
const MAX_PATHS: usize = 100;

/// Folders in which people's files lie, on systems without drive letters.
const HOMES: [&str; 6] = [
    "/users/",
    "/home/",
    "/volumes/",
    "/mnt/",
    "/media/",
    "/tmp/",
];

/// The path that `text` is, with `file:` and percent signs resolved; `None` for an address of the network or anything
/// else.
pub(in crate::extract) fn local_path(text: &str) -> Option<String> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    let path = if lower.starts_with("file:") {
        decode(
            text[5..]
                .trim_start_matches("//localhost")
                .trim_start_matches("//"),
        )
    } else {
        text.to_string()
    };
    // `file:///C:/…` has a slash before the drive.
    let path = match path.as_bytes() {
        [b'/', letter, b':', ..] if letter.is_ascii_alphabetic() => path[1..].to_string(),
        _ => path,
    };
    let drive = matches!(path.as_bytes(), [letter, b':', b'\\' | b'/', _, ..] if letter.is_ascii_alphabetic());
    let home = HOMES
        .iter()
        .any(|h| path.to_ascii_lowercase().starts_with(h));
    let is_path = drive || home || path.starts_with(r"\\") || lower.starts_with("file:");
    (is_path && path.len() > 3 && path.len() < 2000).then_some(path)
}

/// Adds the path that `text` is, if it is one and is new.
pub(in crate::extract) fn note(paths: &mut Vec<String>, text: &str) {
    let found = local_path(text).filter(|p| paths.len() < MAX_PATHS && !paths.contains(p));
    paths.extend(found);
}

/// Percent signs resolved (RFC 3986 §2.1), as far as the result is text.
fn decode(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
    while let [first, tail @ ..] = rest {
        let escaped = (*first == b'%')
            .then(|| tail.get(..2).and_then(|two| std::str::from_utf8(two).ok()))
            .flatten()
            .and_then(|two| u8::from_str_radix(two, 16).ok());
        bytes.push(escaped.unwrap_or(*first));
        rest = if escaped.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| text.into())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_are_told_from_addresses() {
        for (text, want) in [
            (r"C:\Users\ann\cv.dotx", Some(r"C:\Users\ann\cv.dotx")),
            (
                "file:///C:\\Users\\ann%20lee\\x.dotm",
                Some("C:\\Users\\ann lee\\x.dotm"),
            ),
            ("file:///home/ann/x.ott", Some("/home/ann/x.ott")),
            ("file://localhost/Users/ann/x.ott", Some("/Users/ann/x.ott")),
            ("/Users/ann/me.jpg", Some("/Users/ann/me.jpg")),
            (r"\\server\share\cv.dot", Some(r"\\server\share\cv.dot")),
            ("https://a.example/home/", None),
            ("media/image1.png", None),
            ("Normal.dotm", None),
            ("a: b", None),
            ("100%", None),
        ] {
            assert_eq!(local_path(text).as_deref(), want, "{text}");
        }
    }
}
