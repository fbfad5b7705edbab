//! Whoever is purged leaves no byte: not in the file, not in its log, and not packed either.

use crate::{arg, samehand};
use flate2::read::ZlibDecoder;
use std::fs;
use std::io::Read;
use std::path::Path;

const TEXT: &str = "Zelda Quillfeather\nzelda.quillfeather@mailhost.test\n+44 20 7946 0321\n\
    Tamed the notorious marmalade conveyor of Eastcheap and taught seven pigeons the quadrille.\n";

/// Everything that stands in the index and beside it.
fn bytes(file: &Path) -> Vec<u8> {
    let mut all = fs::read(file).unwrap();
    for more in ["-wal", "-shm"] {
        let path = file.with_file_name(format!(
            "{}{more}",
            file.file_name().unwrap().to_str().unwrap()
        ));
        all.extend(fs::read(path).unwrap_or_default());
    }
    all
}

fn holds(all: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(all, part).is_some()
}

/// The profiles in some bytes, unpacked: whatever begins like a deflate stream.
fn unpacked(all: &[u8]) -> Vec<u8> {
    let mut out = Vec::new();
    for (at, _) in all
        .windows(2)
        .enumerate()
        .filter(|(_, w)| *w == [0x78, 0x9c])
    {
        let mut plain = Vec::new();
        // Most are no streams at all.
        let _ = ZlibDecoder::new(&all[at..])
            .take(1 << 20)
            .read_to_end(&mut plain);
        out.extend(plain);
    }
    out
}

#[test]
fn a_purged_applicant_leaves_no_byte() {
    let dir = tempfile::tempdir().unwrap();
    let (pool, file) = (dir.path().join("pool"), dir.path().join("index"));
    fs::create_dir(&pool).unwrap();
    fs::write(pool.join("zelda.txt"), TEXT).unwrap();
    fs::write(
        pool.join("other.txt"),
        "Somebody else\nother@mailhost.test\nPainted fences.\n",
    )
    .unwrap();
    let add = ["index", "add", arg(&pool), "--index", arg(&file)];
    assert_eq!(samehand(&add, "").code, 0);
    let before = bytes(&file);
    let profiles = unpacked(&before);
    let secrets = [
        "marmalade",
        "quillfeather@mailhost",
        "+442079460321",
        "Quillfeather",
    ];
    for secret in secrets {
        assert!(holds(&profiles, secret.as_bytes()), "{secret} was kept");
    }
    let packed: Vec<u8> = {
        let connection = rusqlite::Connection::open(&file).unwrap();
        let get =
            "SELECT data FROM profile JOIN applicant USING (id) WHERE applicant = 'zelda.txt'";
        connection.query_row(get, [], |row| row.get(0)).unwrap()
    };
    assert!(packed.len() > 200 && holds(&before, &packed[40..72]));

    let dry = samehand(
        &[
            "purge",
            "--index",
            arg(&file),
            "--applicant",
            "zelda.txt",
            "--dry-run",
        ],
        "",
    );
    assert!(
        dry.told.contains("would delete the applicant zelda.txt"),
        "{}",
        dry.told
    );
    let said = samehand(
        &["purge", "--index", arg(&file), "--applicant", "zelda.txt"],
        "",
    );
    assert_eq!(said.code, 0, "{}", said.told);
    let after = bytes(&file);
    let profiles = unpacked(&after);
    for secret in secrets.into_iter().chain(["zelda.txt"]) {
        assert!(
            !holds(&after, secret.as_bytes()),
            "{secret} stands in the file"
        );
        assert!(
            !holds(&profiles, secret.as_bytes()),
            "{secret} stands there packed"
        );
    }
    for part in packed.chunks(24).filter(|c| c.len() == 24) {
        assert!(
            !holds(&after, part),
            "a piece of the packed profile is left"
        );
    }
    assert!(holds(&profiles, b"other@mailhost"));
    assert_eq!(
        samehand(&["index", "verify", "--index", arg(&file)], "").code,
        0
    );
    let log = fs::read_to_string(dir.path().join("audit.jsonl")).unwrap();
    assert!(log.contains("\"event\":\"purge\""), "{log}");

    let old = ["purge", "--index", arg(&file), "--older-than"];
    let said = samehand(&[&old[..], &["180d"]].concat(), "");
    assert!(said.told.contains("nothing to delete"), "{}", said.told);
    let said = samehand(&["index", "remove", "other.txt", "--index", arg(&file)], "");
    assert_eq!(said.code, 0, "{}", said.told);
    assert_eq!(
        samehand(&["index", "list", "--index", arg(&file)], "").out,
        ""
    );
    assert_eq!(
        samehand(&["index", "remove", "nobody", "--index", arg(&file)], "").code,
        2
    );
}
