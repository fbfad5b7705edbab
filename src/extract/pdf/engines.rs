//! The two engines that read the text of a PDF.
//!
//! The first, pdfboss-output, is the better and faster reader and has limits of its own (nesting, forms, 256 MiB a
//! stream). The second, pdf-extract, reads some files the first cannot; it panics and recurses without end over
//! hostile ones, so it is asked second and page by page.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::pdf::hidden;
use crate::extract::pdf::letters;
use crate::extract::pdf::notes;
use crate::extract::pdf::page;
use crate::extract::pdf::paint;
use crate::extract::pdf::source::Corrected;
use crate::extract::pdf::structure::LinkArea;
use crate::extract::pdf::text::PdfText;
use pdf_extract::PlainTextOutput;
use pdfboss_core::Document;
use pdfboss_core::Error;
use pdfboss_core::Immediate;
use pdfboss_core::OcState;
use pdfboss_core::Page;
use pdfboss_core::block_on;
use pdfboss_output::page_layout;
use pdfboss_text::FontCache;
use pdfboss_text::ReadingOrder;
use pdfboss_text::TextSpan;
use pdfboss_text::extract_spans_reporting_cached_with;
use std::cell::Cell;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// pdfboss-output. Fills in the text of the links it is given.
///
/// # Errors
/// `Encrypted`, or `Damaged` when not even the pages can be found.
pub(in crate::extract) fn first(
    bytes: &[u8],
    limits: &Limits,
    links: &mut [LinkArea],
) -> Result<PdfText, ReadError> {
    let read = catch_unwind(AssertUnwindSafe(|| -> Result<PdfText, Error> {
        let doc = Document::load(bytes.to_vec())?;
        let reader = PageReader::new(&doc);
        let mut out = PdfText {
            num_pages: doc.flattened_page_count(),
            ..PdfText::default()
        };
        for index in 0..out.num_pages.min(limits.pages) {
            reader.read(index, &mut out, links)?;
            if out.is_full(limits) {
                break;
            }
        }
        Ok(out)
    }));
    match read {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(Error::Encrypted)) => Err(ReadError::Encrypted),
        Ok(Err(error)) => Err(ReadError::damaged("PDF", error)),
        Err(_) => Err(ReadError::damaged("PDF", "its text could not be read")),
    }
}

/// Reads the pages of one document with the first engine.
pub(in crate::extract) struct PageReader<'a> {
    doc: &'a Document,
    fonts: FontCache,
    layers: Option<OcState>,
    /// Drawing operators that may still be followed.
    operators_left: Cell<usize>,
}

impl<'a> PageReader<'a> {
    /// Fonts are read once for all pages.
    pub fn new(doc: &'a Document) -> Self {
        Self {
            doc,
            fonts: FontCache::default(),
            layers: doc.oc_state(),
            operators_left: Cell::new(paint::MAX_OPERATORS),
        }
    }

    /// Adds a page to `out` and fills in the text of the links on it.
    ///
    /// # Errors
    /// When the page cannot be found.
    pub fn read(
        &self,
        index: usize,
        out: &mut PdfText,
        links: &mut [LinkArea],
    ) -> Result<(), Error> {
        let page = notes::drawn(self.doc, self.doc.page(index)?);
        let (mut spans, report) = block_on(extract_spans_reporting_cached_with(
            Immediate(Corrected(self.doc)),
            &page,
            &self.fonts,
            self.layers.as_ref(),
            None,
            ReadingOrder::Content,
        ))?;
        let mut off_page = Vec::new();
        if spans.iter().any(|span| !is_on(span, &page)) {
            (spans, off_page) = spans.into_iter().partition(|span| is_on(span, &page));
        }
        letters::close_gaps(&mut spans);
        let layout = page_layout(&spans, report.order);
        page::push(out, &page, &spans, &layout);
        let mut left = self.operators_left.get();
        let hidden = hidden::find(self.doc, &page, &spans, &off_page, &mut left);
        self.operators_left.set(left);
        out.hidden.extend(hidden);
        for link in links.iter_mut().filter(|link| link.page == index) {
            link.text = page::text_under(&spans, link.area);
        }
        out.note(index + 1, &report);
        Ok(())
    }
}

/// Whether a piece lies on the page, at least in part. One point of room for letters that hang over, as the engine
/// gives them.
fn is_on(span: &TextSpan, page: &Page) -> bool {
    let (page, span) = (page.crop_box.normalize(), span.bbox.normalize());
    span.x1 >= page.x0 - 1.0
        && span.x0 <= page.x1 + 1.0
        && span.y1 >= page.y0 - 1.0
        && span.y0 <= page.y1 + 1.0
}

/// pdf-extract.
///
/// # Errors
/// `Encrypted`, or `Damaged` when no page can be read.
pub(in crate::extract) fn second(bytes: &[u8], limits: &Limits) -> Result<PdfText, ReadError> {
    let damaged = |why: &str| ReadError::damaged("PDF", why);
    let doc = catch_unwind(|| {
        let mut doc =
            pdf_extract::Document::load_mem(bytes).map_err(|e| ReadError::damaged("PDF", e))?;
        if doc.is_encrypted() {
            doc.decrypt("").map_err(|_| ReadError::Encrypted)?;
        }
        Ok(doc)
    });
    let doc = doc.unwrap_or_else(|_| Err(damaged("its structure is inconsistent")))?;
    let mut out = PdfText {
        num_pages: doc.get_pages().len(),
        ..PdfText::default()
    };
    for number in 1..=out.num_pages.min(limits.pages) {
        let mut page = String::new();
        let read = catch_unwind(AssertUnwindSafe(|| {
            pdf_extract::output_doc_page(&doc, &mut PlainTextOutput::new(&mut page), number as u32)
        }));
        if !matches!(read, Ok(Ok(()))) {
            out.unread.push(number);
        }
        out.push_plain(&page);
        if out.is_full(limits) {
            break;
        }
    }
    Ok(out)
}
