//! What the fuzz targets call: a reader on bytes, under limits so small that an input which defeats them shows at once.

use samehand::extract::{FORMATS, Limits, Ocr};
use samehand::model::SourceKind;
use std::path::Path;
use std::sync::Once;

/// libFuzzer's hook ends the process at any panic, also at those of engines that a reader catches and answers for. What
/// a reader lets through still ends the target.
static QUIET: Once = Once::new();

/// Limits of a fuzzed job: a small part of those of a scan where they bound memory, so that growth past them is found.
fn limits() -> Limits {
    Limits {
        input: 1 << 20,
        text: 1 << 18,
        pages: 20,
        part: 1 << 20,
        ocr: Ocr::Never,
        ..Limits::default()
    }
}

/// Reads `bytes` as a document of `kind`, whether or not they look like one, with each engine it has. What may be
/// refused, but must not panic, hang or grow without end.
pub fn read(kind: SourceKind, bytes: &[u8]) {
    QUIET.call_once(|| std::panic::set_hook(Box::new(|_| {})));
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
