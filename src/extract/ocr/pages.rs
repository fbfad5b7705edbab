//! Pictures of the pages of a PDF: drawn by Poppler's pdftoppm where it is installed, else the page's largest embedded
//! JPEG, which is the page when it is a scan.

use crate::extract::Limits;
use crate::extract::program::Program;
use lopdf::Document;
use lopdf::LoadOptions;
use lopdf::Object;
use std::panic::catch_unwind;
use std::time::Duration;

/// Dots per inch at which pages are drawn. Tesseract asks for 300 for print of 10 pt; 200 was chosen to save time, not
/// measured.
const DENSITY: &str = "200";

/// Bytes of one drawn page: A3 at this density in grey is 8 MB.
const MAX_PICTURE: u64 = 64 << 20;

/// Source of the pictures.
pub(in crate::extract) enum Pages<'a> {
    /// Drawn from the file.
    Drawn(Program, &'a [u8]),
    /// Taken out of it.
    Embedded(Box<Document>),
}

impl<'a> Pages<'a> {
    /// Ready to give pictures.
    ///
    /// # Errors
    /// Why there can be none, in words.
    pub fn new(bytes: &'a [u8], limits: &Limits) -> Result<Self, String> {
        if let Some(program) = Program::find("pdftoppm") {
            return Ok(Self::Drawn(program, bytes));
        }
        let options = LoadOptions::with_max_decompressed_size(limits.part as usize);
        let loaded = catch_unwind(|| Document::load_mem_with_options(bytes, options));
        match loaded {
            Ok(Ok(document)) => Ok(Self::Embedded(Box::new(document))),
            _ => Err("its structure cannot be read".into()),
        }
    }

    /// The picture of a page, from 1, encoded.
    ///
    /// # Errors
    /// Why there is none, in words.
    pub fn picture(&self, page: usize, time: Duration) -> Result<Vec<u8>, String> {
        match self {
            Self::Drawn(program, bytes) => {
                let number = page.to_string();
                let arguments = ["-r", DENSITY, "-gray", "-f", &number, "-l", &number, "-"];
                let drawn = program.run(&arguments, bytes, MAX_PICTURE, time)?;
                if drawn.is_empty() {
                    return Err("the page cannot be drawn".into());
                }
                Ok(drawn)
            }
            Self::Embedded(document) => largest_jpeg(document, page).ok_or_else(|| {
                "its pages are no plain pictures; install pdftoppm to draw them".into()
            }),
        }
    }
}

fn largest_jpeg(document: &Document, page: usize) -> Option<Vec<u8>> {
    let page = document.page_iter().nth(page - 1)?;
    let images = document.get_page_images(page).ok()?;
    let is_jpeg =
        |filters: &Option<Vec<String>>| filters.as_deref() == Some(&["DCTDecode".to_string()]);
    let largest = images
        .iter()
        .filter(|i| is_jpeg(&i.filters))
        .max_by_key(|i| i.width.saturating_mul(i.height))?;
    let stream = document
        .get_object(largest.id)
        .and_then(Object::as_stream)
        .ok()?;
    Some(stream.content.clone())
}
