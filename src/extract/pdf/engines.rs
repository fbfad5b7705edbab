//! The two engines that read the text of a PDF.
//!
//! The first, pdfboss-output, is the better and faster reader and has limits of its own (nesting, forms, 256 MiB a
//! stream). The second, pdf-extract, reads some files the first cannot; it panics and recurses without end over
//! hostile ones, so it is asked second and page by page.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::model::PagedText;
use pdf_extract::PlainTextOutput;
use pdfboss_core::Document;
use pdfboss_core::Error;
use pdfboss_core::Immediate;
use pdfboss_core::block_on;
use pdfboss_output::ExtractReport;
use pdfboss_output::FontCache;
use pdfboss_output::ReadingOrder;
use pdfboss_output::SkipCause;
use pdfboss_output::extract_text_reporting_cached_with;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// What an engine made of a file.
#[derive(Default)]
pub(in crate::extract) struct PdfText {
    /// Text with page starts.
    pub text: PagedText,
    /// Pages of the file, read or not.
    pub num_pages: usize,
    /// 1-based pages of which some content could not be read.
    pub unread: Vec<usize>,
    /// Forms were drawn too deep or too often to follow.
    pub form_limit: bool,
}

impl PdfText {
    /// Whether no page has a letter or digit.
    pub fn is_blank(&self) -> bool {
        !self.text.text.chars().any(char::is_alphanumeric)
    }

    fn push_page(&mut self, page: &str) {
        self.text.pages.push(self.text.text.len() as u32);
        let text = &mut self.text.text;
        for line in page
            .trim_matches(|c: char| c == '\n' || c == '\r')
            .split(['\n', '\r', '\x0c'])
        {
            text.extend(
                line.trim_end()
                    .chars()
                    .map(|c| if c.is_control() && c != '\t' { ' ' } else { c }),
            );
            text.push('\n');
        }
    }

    fn is_full(&self, limits: &Limits) -> bool {
        self.text.text.len() > limits.text
    }
}

/// pdfboss-output.
///
/// # Errors
/// `Encrypted`, or `Damaged` when not even the pages can be found.
pub(in crate::extract) fn first(bytes: &[u8], limits: &Limits) -> Result<PdfText, ReadError> {
    let read = catch_unwind(|| -> Result<PdfText, Error> {
        let doc = Document::load(bytes.to_vec())?;
        let hidden_layers = doc.oc_state();
        let fonts = FontCache::default();
        let mut out = PdfText {
            num_pages: doc.flattened_page_count(),
            ..PdfText::default()
        };
        for index in 0..out.num_pages.min(limits.pages) {
            let page = doc.page(index)?;
            let (text, report) = block_on(extract_text_reporting_cached_with(
                Immediate(&doc),
                &page,
                &fonts,
                hidden_layers.as_ref(),
                None,
                ReadingOrder::Content,
            ))?;
            out.push_page(&text);
            out.note(index + 1, &report);
            if out.is_full(limits) {
                break;
            }
        }
        Ok(out)
    });
    match read {
        Ok(Ok(text)) => Ok(text),
        Ok(Err(Error::Encrypted)) => Err(ReadError::Encrypted),
        Ok(Err(error)) => Err(ReadError::damaged("PDF", error)),
        Err(_) => Err(ReadError::damaged("PDF", "its text could not be read")),
    }
}

impl PdfText {
    fn note(&mut self, page: usize, report: &ExtractReport) {
        let has = |f: fn(&SkipCause) -> bool| report.skipped.iter().any(|s| f(&s.cause));
        self.form_limit |= has(|c| matches!(c, SkipCause::LimitExceeded));
        if has(|c| matches!(c, SkipCause::Unreadable | SkipCause::Parse)) {
            self.unread.push(page);
        }
    }
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
        out.push_page(&page);
        if out.is_full(limits) {
            break;
        }
    }
    Ok(out)
}
