//! The files that a repository may be packed in, told by their first bytes, never by their names.
//!
//! `git help bundle-format`; POSIX.1-2017 `pax` (the mark `ustar` at byte 257, which GNU tar writes too); RFC 1952 (gzip);
//! PKWARE APPNOTE 6.3.10 (zip). A tar of the time before POSIX carries no mark and is not recognised.

/// How many bytes from the start of a file tell its kind: one block of a tar.
pub const PACKAGE_START: usize = 512;

/// A kind of file that may hold a repository.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Package {
    /// A git bundle: refs and a pack.
    Bundle,
    /// A tar archive.
    Tar,
    /// Something compressed with gzip; what, only its contents tell.
    Gzip,
    /// A zip archive; office documents are such, too.
    Zip,
}

impl Package {
    /// The kind of a file that starts with these bytes, [`PACKAGE_START`] of them or the whole file.
    pub fn of(start: &[u8]) -> Option<Self> {
        match start {
            [b'#', b' ', b'v', b'0'..=b'9', rest @ ..] if rest.starts_with(b" git bundle\n") => {
                Some(Package::Bundle)
            }
            [0x1f, 0x8b, 8, ..] => Some(Package::Gzip),
            [b'P', b'K', 3, 4, ..] => Some(Package::Zip),
            _ if start.get(257..262) == Some(b"ustar") => Some(Package::Tar),
            _ => None,
        }
    }
}

/// The name of an archive's entry as a `/`-separated path below the archive, or why it is none: absolute names, drives
/// and `..` lead to files of whoever unpacks it.
///
/// # Errors
/// The reason, in words.
pub fn path_inside(name: &str) -> Result<String, &'static str> {
    let path = name.replace('\\', "/");
    let drive = matches!(path.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    if path.starts_with('/') || drive {
        return Err("an absolute name inside an archive; not read");
    }
    if path.contains('\0') || path.split('/').any(|p| p == "..") {
        return Err("a name that leads out of the archive; not read");
    }
    let parts: Vec<&str> = path
        .split('/')
        .filter(|p| !p.is_empty() && *p != ".")
        .collect();
    Ok(parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_stay_inside() {
        for (name, want) in [
            ("anna/cv.pdf", Some("anna/cv.pdf")),
            (r"anna\cv.pdf", Some("anna/cv.pdf")),
            ("./anna//cv.pdf", Some("anna/cv.pdf")),
            ("a..b/c", Some("a..b/c")),
            ("../cv.pdf", None),
            (r"anna\..\..\cv.pdf", None),
            ("/etc/passwd", None),
            (r"C:\cv.pdf", None),
        ] {
            assert_eq!(path_inside(name).ok().as_deref(), want, "{name}");
        }
    }

    #[test]
    fn first_bytes_tell_the_kind() {
        let mut tar = [0; PACKAGE_START];
        tar[257..263].copy_from_slice(b"ustar\0");
        for (start, kind) in [
            (&b"# v2 git bundle\n"[..], Some(Package::Bundle)),
            (
                b"# v3 git bundle\n@object-format=sha1\n",
                Some(Package::Bundle),
            ),
            (b"# v2 git bundles are fine\n", None),
            (b"\x1f\x8b\x08\0", Some(Package::Gzip)),
            (b"PK\x03\x04", Some(Package::Zip)),
            (&tar, Some(Package::Tar)),
            (&tar[..258], None),
            (b"", None),
        ] {
            assert_eq!(Package::of(start), kind);
        }
    }
}
