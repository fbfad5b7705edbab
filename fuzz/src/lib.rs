//! What the fuzz targets call: a reader on bytes, under limits so small that an input which defeats them shows at once.

use samehand::extract::{FORMATS, Limits};
use samehand::model::SourceKind;
use std::path::Path;

/// Limits of a fuzzed job: a tenth of those of a scan where they bound memory, so that growth past them is found.
fn limits() -> Limits {
    Limits {
        input: 1 << 20,
        text: 1 << 18,
        pages: 20,
        part: 1 << 20,
        ..Limits::default()
    }
}

/// Reads `bytes` as a document of `kind`, whether or not they look like one, with each engine it has. What may be
/// refused, but must not panic, hang or grow without end.
pub fn read(kind: SourceKind, bytes: &[u8]) {
    let format = FORMATS
        .iter()
        .find(|f| f.kind() == kind)
        .expect("the format is listed");
    format.recognises(bytes, Path::new("file"));
    for attempt in 0..2 {
        // Only a reader with two engines looks at the attempt.
        if attempt == 0 || kind == SourceKind::Pdf {
            let _ = format.read(bytes, attempt, &limits());
        }
    }
}

/// Describes `bytes` as an image inside a document.
pub fn describe(bytes: &[u8]) {
    samehand::extract::image::describe(bytes, None, &limits());
}
