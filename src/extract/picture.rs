//! A picture handed in as a file: a photographed or scanned page, or a photo of a person. It is described like a picture
//! inside a document, and its text is recognised where that can be done. A photo without text is read, not a problem.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::image;
use crate::extract::ocr::Recogniser;
use crate::model::DocumentMeta;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use std::path::Path;

/// Name and version of the reader of pictures, as `Cargo.lock` has it.
pub(in crate::extract) const ENGINE: (&str, &str) = ("image", "0.25.10");

/// Kinds that tesseract reads, too.
const KINDS: [&str; 5] = [
    "image/png",
    "image/jpeg",
    "image/tiff",
    "image/bmp",
    "image/webp",
];

/// Pixels above which nothing is recognised: an A3 page at 600 dpi has 70 million.
const MAX_PIXELS: u64 = 80_000_000;

/// Pictures.
pub(in crate::extract) struct Picture;

impl Extractor for Picture {
    fn kind(&self) -> SourceKind {
        SourceKind::Image
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        infer::get(bytes).is_some_and(|t| KINDS.contains(&t.mime_type()))
    }

    fn read(&self, bytes: &[u8], _attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        let described = image::describe(bytes, None, limits);
        let pixels = dimensions(bytes);
        let recognised = match pixels {
            Some(pixels) if pixels > MAX_PIXELS => {
                Err(format!("it has {} million pixels", pixels / 1_000_000))
            }
            _ => Recogniser::new(limits).and_then(|r| Ok((r.engine(), r.picture(bytes)?))),
        };
        let (engine, text, warning) = match recognised {
            Ok((engine, text)) => (engine, text, None),
            Err(why) => {
                let warning = format!("a picture; text in it was not read: {why}");
                (
                    Engine::new(ENGINE.0, ENGINE.1),
                    String::new(),
                    Some(warning),
                )
            }
        };
        Ok(RawDocument {
            kind: SourceKind::Image,
            engine,
            text: PagedText::new(text, Vec::new()),
            meta: DocumentMeta::default(),
            links: Vec::new(),
            traces: Traces {
                images: vec![described],
                ..Traces::default()
            },
            warnings: Vec::from_iter(warning),
        })
    }
}

/// Width times height by the header; `None` for kinds that are not decoded here.
fn dimensions(bytes: &[u8]) -> Option<u64> {
    let reader = ::image::ImageReader::new(std::io::Cursor::new(bytes));
    let (width, height) = reader.with_guessed_format().ok()?.into_dimensions().ok()?;
    Some(u64::from(width) * u64::from(height))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::ocr::HINT;
    use crate::extract::ocr::Ocr;

    fn png(width: u32, height: u32) -> Vec<u8> {
        let mut bytes = Vec::new();
        ::image::GrayImage::from_pixel(width, height, ::image::Luma([255]))
            .write_to(
                &mut std::io::Cursor::new(&mut bytes),
                ::image::ImageFormat::Png,
            )
            .unwrap();
        bytes
    }

    #[test]
    fn a_picture_is_never_a_silent_nothing() {
        let bytes = png(40, 30);
        assert!(Picture.recognises(&bytes, Path::new("x")));
        let never = Limits {
            ocr: Ocr::Never,
            ..Limits::default()
        };
        let read = Picture.read(&bytes, 0, &never).unwrap();
        assert_eq!((read.traces.images.len(), read.text.text.as_str()), (1, ""));
        assert!(
            read.warnings[0].contains("switched off"),
            "{:?}",
            read.warnings
        );
        // With or without the program: no text, and a word about it unless somebody looked.
        let auto = Picture.read(&bytes, 0, &Limits::default()).unwrap();
        let looked = auto.engine.name == "tesseract";
        assert!(looked || auto.warnings[0].contains(HINT) || !auto.warnings.is_empty());
    }

    #[test]
    fn a_picture_that_says_it_is_huge_is_not_decoded() {
        let mut bytes = png(40, 30);
        bytes[16..24].copy_from_slice(&[0, 1, 0, 0, 0, 1, 0, 0]);
        let read = Picture.read(&bytes, 0, &Limits::default()).unwrap();
        assert!(!read.warnings.is_empty());
    }
}
