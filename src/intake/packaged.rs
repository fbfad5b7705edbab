//! Whether a file is a packed repository, by its first bytes: a bundle, a tar, or a gzipped tar.
//!
//! A zip is listed instead ([`crate::intake::listing`]): it may hold repositories among other files. Nothing is unpacked
//! here but the first block of a gzip, to tell a tar from a compressed text.

use crate::model::PACKAGE_START;
use crate::model::Package;
use flate2::read::GzDecoder;
use std::fs::File;
use std::io::Read;
use std::path::Path;

/// Whether the file at `path` packs a repository, or an archive that may only be one.
pub(in crate::intake) fn is_packaged(path: &Path) -> bool {
    let Ok(file) = File::open(path) else {
        return false;
    };
    let start = start(file);
    match Package::of(&start) {
        Some(Package::Bundle | Package::Tar) => true,
        Some(Package::Gzip) => File::open(path).is_ok_and(|file| {
            Package::of(&self::start(GzDecoder::new(file))) == Some(Package::Tar)
        }),
        Some(Package::Zip) | None => false,
    }
}

/// Whether an entry of an archive is called like a packed repository: its bytes are not looked at while a pool is listed.
pub(in crate::intake) fn is_named_so(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    [".bundle", ".tar", ".tar.gz", ".tgz"]
        .iter()
        .any(|end| name.ends_with(end))
}

/// Up to [`PACKAGE_START`] bytes; fewer where it ends or fails.
fn start(from: impl Read) -> Vec<u8> {
    let mut bytes = Vec::new();
    // What was read before an error is kept and is enough or not.
    let _ = from.take(PACKAGE_START as u64).read_to_end(&mut bytes);
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::Compression;
    use flate2::write::GzEncoder;
    use std::fs;
    use std::io::Write as _;

    #[test]
    fn packed_repositories_are_told_by_content() {
        let dir = tempfile::tempdir().unwrap();
        let mut tar = vec![0; 1024];
        tar[257..262].copy_from_slice(b"ustar");
        let gzip = |bytes: &[u8]| {
            let mut out = GzEncoder::new(Vec::new(), Compression::default());
            out.write_all(bytes).unwrap();
            out.finish().unwrap()
        };
        for (bytes, is) in [
            (b"# v2 git bundle\n\nPACK".to_vec(), true),
            (tar.clone(), true),
            (gzip(&tar), true),
            (gzip(b"a text"), false),
            (gzip(&tar)[..12].to_vec(), false),
            (b"# A title\n".to_vec(), false),
            (Vec::new(), false),
        ] {
            let path = dir.path().join("x.txt");
            fs::write(&path, &bytes).unwrap();
            assert_eq!(is_packaged(&path), is, "{bytes:.20?}");
        }
        assert!(!is_packaged(&dir.path().join("missing")));
    }
}
