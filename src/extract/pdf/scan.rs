//! A PDF without a text layer, mostly a scan: its pages are recognised where that can be done. Where it cannot, the rest
//! of the file (metadata, pictures, earlier states) is read all the same, and a warning says what to install.

use crate::extract::Limits;
use crate::extract::Ocr;
use crate::extract::ReadError;
use crate::extract::ocr;
use crate::extract::pdf::FIRST;
use crate::extract::pdf::Read;
use crate::extract::pdf::structure::Structure;
use crate::extract::pdf::text::PdfText;
use crate::model::Engine;

/// What becomes of `read`, the text of a file's own: it stays, unless it is missing or every file is to be recognised.
pub(in crate::extract) fn recognise(
    read: Read,
    bytes: &[u8],
    structure: Result<&Structure, &ReadError>,
    limits: &Limits,
    warnings: &mut Vec<String>,
) -> Read {
    let Ok(structure) = structure else {
        return read;
    };
    let is_blank = matches!(read, Err(ReadError::NoText(_)));
    if !(is_blank || read.is_ok() && limits.ocr == Ocr::Always) {
        return read;
    }
    let num_pages = structure.num_pages();
    match ocr::pdf(bytes, num_pages, limits) {
        Ok((engine, text, warning)) => {
            warnings.extend(warning);
            let text = PdfText {
                text,
                num_pages,
                ..PdfText::default()
            };
            Ok((engine, text))
        }
        Err(why) if is_blank => {
            warnings.push(format!("no text layer; {why}"));
            let text = PdfText {
                num_pages,
                ..PdfText::default()
            };
            Ok((Engine::new(FIRST.0, FIRST.1), text))
        }
        Err(why) => {
            warnings.push(format!("its text layer was used: {why}"));
            read
        }
    }
}
