//! A pool full of files that are broken or meant to break a reader: the run finishes, each is named with its reason,
//! and nothing else is lost. All of them are built here, by code; none is kept as a file.
#![allow(clippy::unwrap_used)]

mod office;
mod pdf;
mod repository;

use samehand::report::Report;
use std::fs;
use std::path::Path;
use std::process::Command;
use tempfile::TempDir;

/// An applicant whose only source is bad, and the words of which at least one stands in the reason.
struct Bad {
    id: &'static str,
    file: &'static str,
    reasons: &'static [&'static str],
}

const BAD: &[Bad] = &[
    Bad {
        id: "h-truncated",
        file: "resume.pdf",
        reasons: &["damaged", "truncated", "no text", "part"],
    },
    Bad {
        id: "h-encrypted",
        file: "resume.pdf",
        reasons: &["encrypted", "password"],
    },
    Bad {
        id: "h-bomb-pdf",
        file: "resume.pdf",
        reasons: &["expands", "the reader", "limit"],
    },
    Bad {
        id: "h-loop",
        file: "resume.pdf",
        reasons: &["itself", "expands", "the reader", "damaged"],
    },
    Bad {
        id: "h-empty",
        file: "resume.docx",
        reasons: &["empty"],
    },
    Bad {
        id: "h-bomb-docx",
        file: "resume.docx",
        reasons: &["expands", "limit"],
    },
    Bad {
        id: "h-laughs",
        file: "resume.odt",
        reasons: &["nested deeper"],
    },
    Bad {
        id: "h-deep-rtf",
        file: "resume.rtf",
        reasons: &["nested deeper"],
    },
    Bad {
        id: "h-deep-html",
        file: "resume.html",
        reasons: &["no text"],
    },
    Bad {
        id: "h-deep-json",
        file: "resume.json",
        reasons: &["recursion limit"],
    },
    Bad {
        id: "h-cut-doc",
        file: "resume.doc",
        reasons: &["damaged Word file"],
    },
    Bad {
        id: "h-huge",
        file: "scan.png",
        reasons: &["million pixels", "not read"],
    },
    Bad {
        id: "h-zip",
        file: "all.zip/blanks.txt",
        reasons: &["expands"],
    },
    Bad {
        id: "h-zip",
        file: "all.zip/inner.zip",
        reasons: &["an archive inside an archive", "damaged DOCX"],
    },
    Bad {
        id: "h-zip",
        file: "all.zip: ../../outside.txt",
        reasons: &["leads out"],
    },
    Bad {
        id: "h-noise",
        file: "resume.txt",
        reasons: &["not a format", "not text"],
    },
    Bad {
        id: "h-alternates",
        file: "work.git",
        reasons: &["alternates"],
    },
];

const GOOD: &[(&str, &str)] = &[
    (
        "g-one",
        "Orsolya Tennant\nBergen, Norway | orsolya@tennant-weir.test\n\nWORK\n\
         Hydraulic modeller, Fjordlys Dams, 2017 - 2025\n\
         * Calibrated a flood model of 48 side valleys against marks that farmers had cut into their barns.\n\
         * Replaced a nightly batch of nineteen programs by one that can be stopped and resumed.\n\
         Surveyor, Vestland road office, 2012 - 2017\n\
         * Levelled 310 km of mountain road and found four benchmarks that had moved with the slope.\n",
    ),
    (
        "g-two",
        "Casimir Dellarosa\nTurin, Italy | casimir@dellarosa-forni.test\n\nESPERIENZA / EXPERIENCE\n\
         Backend developer, Granaio Foods, 2020 - 2025\n\
         * Orders of 2,100 bakeries arrive until three in the morning; the vans leave at four with the right bread.\n\
         * Turned a price list kept on paper into a service with history, so that any old invoice can be explained.\n\
         Pastry cook, 2011 - 2019\n\
         * Eight years of early shifts, one regional prize for a hazelnut cake.\n",
    ),
];

fn build(pool: &Path) {
    for (id, text) in GOOD {
        put(pool, id, "resume.txt", text.as_bytes());
    }
    put(pool, "h-truncated", "resume.pdf", &pdf::truncated());
    put(pool, "h-encrypted", "resume.pdf", &pdf::encrypted());
    put(pool, "h-bomb-pdf", "resume.pdf", &pdf::bomb());
    put(pool, "h-loop", "resume.pdf", &pdf::draws_itself());
    put(pool, "h-empty", "resume.docx", b"");
    put(pool, "h-bomb-docx", "resume.docx", &office::bomb());
    put(pool, "h-noise", "resume.txt", &noise());
    put(pool, "h-laughs", "resume.odt", &office::laughing_odt());
    put(pool, "h-deep-rtf", "resume.rtf", &office::deep_rtf());
    put(pool, "h-deep-html", "resume.html", &office::deep_html());
    put(pool, "h-deep-json", "resume.json", &office::deep_json());
    put(pool, "h-cut-doc", "resume.doc", &office::cut_doc());
    put(pool, "h-huge", "scan.png", &office::huge_png());
    put(
        pool,
        "h-zip",
        "all.zip",
        &office::export(b"Nothing but a greeting from the zip.\n"),
    );
    repository::with_alternates(
        &pool.join("h-alternates").join("work.git"),
        &pool.join("g-one"),
    );
}

fn put(pool: &Path, id: &str, file: &str, bytes: &[u8]) {
    fs::create_dir_all(pool.join(id)).unwrap();
    fs::write(pool.join(id).join(file), bytes).unwrap();
}

/// 40 kB from a linear congruential generator: every byte value, no format's first bytes.
fn noise() -> Vec<u8> {
    let mut state = 0x2545_f491_4f6c_dd1d_u64;
    let mut next = || {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as u8
    };
    [0xc3, 0x00, 0x9d, 0x01]
        .into_iter()
        .chain(std::iter::repeat_with(&mut next).take(40_000))
        .collect()
}

#[test]
fn hostile_files_are_named_and_nothing_else_is_lost() {
    let pool = TempDir::new().unwrap();
    build(pool.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command
        .arg("scan")
        .arg(pool.path())
        .args(["--format", "json"])
        .output()
        .unwrap();
    let told = String::from_utf8_lossy(&out.stderr);
    let report: Report =
        serde_json::from_slice(&out.stdout).unwrap_or_else(|e| panic!("no report: {e}\n{told}"));

    let mut faults = Vec::new();
    for bad in BAD {
        let source = format!("{}/{}", bad.id, bad.file);
        let about: Vec<_> = report
            .problems
            .iter()
            .filter(|p| p.source.contains(&source))
            .collect();
        if about.is_empty() {
            faults.push(format!("{source} is in no problem row"));
        } else if !about
            .iter()
            .any(|p| bad.reasons.iter().any(|r| p.message.contains(r)))
        {
            faults.push(format!("{source} is named without its reason: {about:?}"));
        }
        if !told.contains(bad.id) {
            faults.push(format!("{source} is not named on stderr"));
        }
    }
    for (id, _) in GOOD {
        if report.problems.iter().any(|p| p.source.contains(id)) {
            faults.push(format!("{id} is good, and yet in a problem row"));
        }
        let read = report.applicants.iter().find(|a| a.id.as_str() == *id);
        if !read.is_some_and(|a| a.sources.len() == 1 && a.sources[0].engine.is_some()) {
            faults.push(format!("{id} is good, and was not read: {read:?}"));
        }
    }
    if !report.links.is_empty() || !report.clusters.is_empty() {
        faults.push(format!("nobody here is linked: {:?}", report.links));
    }
    assert!(
        faults.is_empty(),
        "{}\nproblems: {:#?}",
        faults.join("\n"),
        report.problems
    );
    assert_eq!(
        out.status.code(),
        Some(3),
        "finished, but not everything could be read\n{told}"
    );
}
