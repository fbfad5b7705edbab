//! Git bundles: a few lines of refs, then a pack. Format: `git help bundle-format` (versions 2 and 3).
//!
//! The header is parsed here; libgit2 indexes the pack into a private folder, by which every object gets its true id. A
//! bundle may leave out what its receiver has (prerequisites): the history is then cut there, as in a shallow clone. A
//! pack whose objects are stored as differences to ones that were left out cannot be indexed and is refused with advice.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::Packed;
use crate::extract::git::commit::hex_id;
use crate::extract::git::open::refused;
use crate::extract::git::unpack::Unpacked;
use crate::model::ObjectId;
use git2::Indexer;
use std::fmt::Write as _;
use std::io::{self, BufRead, Read};

/// Longest line of a header, bytes: a ref name may be as long as a path.
const LINE_LEN: u64 = 8 << 10;
/// Bytes of a pack's header: `PACK`, version, number of objects.
const PACK_START: usize = 12;

/// What stands before the pack.
#[derive(Debug, Default, PartialEq, Eq)]
struct Header {
    refs: Vec<(ObjectId, String)>,
    prerequisites: Vec<ObjectId>,
    /// Objects were left out by a filter, such as all files.
    filtered: bool,
}

/// Unpacks a bundle.
///
/// # Errors
/// `Damaged`, `Refused` for SHA-256, or `Bomb` past the limits.
pub(in crate::extract::git) fn unpack(
    from: &mut dyn BufRead,
    to: &mut Unpacked,
    limits: &Limits,
) -> Result<Packed, ReadError> {
    let header = header(from, limits.objects)?;
    to.write("HEAD", &mut head(&header.refs).as_bytes())?;
    to.write("packed-refs", &mut packed_refs(&header.refs).as_bytes())?;
    pack(from, to, limits, !header.prerequisites.is_empty())?;
    let mut warnings = Vec::new();
    if !header.prerequisites.is_empty() {
        warnings.push("an incremental bundle: the older part of the history is missing".into());
    }
    if header.filtered {
        warnings.push("a filtered bundle: not all files are in it".into());
    }
    Ok(Packed {
        cut: header.prerequisites,
        warnings,
    })
}

fn header(from: &mut dyn BufRead, max_refs: usize) -> Result<Header, ReadError> {
    let damaged = |why: &str| ReadError::damaged("git bundle", why);
    let mut header = Header::default();
    let mut first = true;
    loop {
        let mut line = Vec::new();
        (&mut *from)
            .take(LINE_LEN)
            .read_until(b'\n', &mut line)
            .map_err(|e| damaged(&e.to_string()))?;
        if line.pop() != Some(b'\n') {
            return Err(damaged("its header does not end"));
        }
        if std::mem::take(&mut first) {
            match line.as_slice() {
                b"# v2 git bundle" | b"# v3 git bundle" => continue,
                _ => return Err(refused("a git bundle of a version that is not read yet")),
            }
        }
        match line.as_slice() {
            [] => return Ok(header),
            b"@object-format=sha1" => {}
            [b'@', rest @ ..] if rest.starts_with(b"filter=") => header.filtered = true,
            [b'@', rest @ ..] if rest.starts_with(b"object-format=") => {
                return Err(refused(
                    "it uses SHA-256 object ids, which are not read yet",
                ));
            }
            [b'@', ..] => return Err(refused("a git bundle with an unknown capability")),
            [b'-', rest @ ..] => {
                let id = rest.get(..40).and_then(hex_id);
                header
                    .prerequisites
                    .push(id.ok_or_else(|| damaged("a prerequisite is no object id"))?);
            }
            line => {
                let parts = line.get(..40).and_then(hex_id).zip(line.get(41..));
                let (id, name) = parts.ok_or_else(|| damaged("a line of it is no ref"))?;
                header
                    .refs
                    .push((id, String::from_utf8_lossy(name).into_owned()));
            }
        }
        if header.refs.len() + header.prerequisites.len() > max_refs {
            return Err(ReadError::TooLarge {
                limit: format!("{max_refs} refs"),
            });
        }
    }
}

/// A bundle lists `HEAD` beside the branch that it stood on; which one is told by the id.
fn head(refs: &[(ObjectId, String)]) -> String {
    let Some((id, _)) = refs.iter().find(|(_, name)| name == "HEAD") else {
        return "ref: refs/heads/main\n".into();
    };
    let branch =
        |(other, name): &&(ObjectId, String)| other == id && name.starts_with("refs/heads/");
    match refs.iter().find(branch) {
        Some((_, name)) => format!("ref: {name}\n"),
        None => format!("{id}\n"),
    }
}

fn packed_refs(refs: &[(ObjectId, String)]) -> String {
    let mut text = String::new();
    for (id, name) in refs.iter().filter(|(_, name)| name != "HEAD") {
        let _ = writeln!(text, "{id} {name}");
    }
    text
}

/// Indexes the pack.
fn pack(
    from: &mut dyn BufRead,
    to: &Unpacked,
    limits: &Limits,
    is_cut: bool,
) -> Result<(), ReadError> {
    let damaged = |why: String| ReadError::damaged("git bundle", why);
    let mut start = [0; PACK_START];
    from.read_exact(&mut start)
        .map_err(|_| damaged("its pack is missing".into()))?;
    let [b'P', b'A', b'C', b'K', 0, 0, 0, 2 | 3, number @ ..] = start else {
        return Err(damaged("its pack is none".into()));
    };
    // The indexer makes room for as many objects as the header names.
    if u32::from_be_bytes(number) as usize > limits.objects {
        return Err(ReadError::TooLarge {
            limit: format!("{} objects", limits.objects),
        });
    }
    if number == [0; 4] {
        return Ok(());
    }
    let failed = |e: git2::Error| match is_cut {
        true => refused(
            "an incremental bundle that cannot be read by itself; hand in one made with `git bundle create FILE --all`",
        ),
        false => damaged(e.message().to_lowercase()),
    };
    let mut indexer =
        Indexer::new(None, &to.path().join("objects/pack"), 0o600, false).map_err(failed)?;
    let mut all = start.chain((&mut *from).take(to.left().saturating_add(1)));
    let written =
        io::copy(&mut all, &mut indexer).map_err(|e| damaged(e.to_string().to_lowercase()))?;
    if written > to.left() {
        return Err(to.bomb());
    }
    indexer.commit().map_err(failed)?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const A: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa";
    const B: &str = "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb";

    #[test]
    fn headers_of_both_versions_are_read() {
        let text = format!(
            "# v3 git bundle\n@object-format=sha1\n@filter=blob:none\n-{B} why\n{A} refs/heads/main\n{A} HEAD\n\nPACK"
        );
        let got = header(&mut text.as_bytes(), 10).unwrap();
        assert_eq!(
            (got.refs.len(), got.prerequisites.len(), got.filtered),
            (2, 1, true)
        );
        assert_eq!(head(&got.refs), "ref: refs/heads/main\n");
        assert_eq!(packed_refs(&got.refs), format!("{A} refs/heads/main\n"));
        let detached = [(hex_id(A.as_bytes()).unwrap(), "HEAD".to_string())];
        assert_eq!(head(&detached), format!("{A}\n"));
    }

    #[test]
    fn broken_headers_say_why() {
        let long = format!("# v2 git bundle\n{A} refs/heads/{}", "x".repeat(9000));
        let many = format!(
            "# v2 git bundle\n{}\n",
            format!("{A} refs/heads/x\n").repeat(11)
        );
        for (text, says) in [
            ("# v2 git bundle\n", "does not end"),
            ("# v4 git bundle\n\n", "version"),
            ("# v2 git bundle\nrubbish\n\n", "no ref"),
            ("# v2 git bundle\n-rubbish\n\n", "no object id"),
            ("# v3 git bundle\n@object-format=sha256\n\n", "SHA-256"),
            ("# v3 git bundle\n@magic\n\n", "unknown capability"),
            (&long, "does not end"),
            (&many, "10 refs"),
        ] {
            let why = header(&mut text.as_bytes(), 10).unwrap_err().to_string();
            assert!(why.contains(says), "{text:.40}: {why}");
        }
    }
}
