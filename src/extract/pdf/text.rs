//! What a text engine made of a PDF.

use crate::extract::Limits;
use crate::extract::pdf::layout::Record;
use crate::model::HiddenText;
use crate::model::PagedText;
use pdfboss_output::ExtractReport;
use pdfboss_output::SkipCause;

/// What an engine made of a file.
#[derive(Default)]
pub(in crate::extract) struct PdfText {
    /// Text with page starts; with line boxes where the engine tells places.
    pub text: PagedText,
    /// Pages of the file, read or not.
    pub num_pages: usize,
    /// 1-based pages of which some content could not be read.
    pub unread: Vec<usize>,
    /// Forms were drawn too deep or too often to follow.
    pub form_limit: bool,
    /// Text that nobody sees, page by page.
    pub hidden: Vec<HiddenText<PagedText>>,
    /// How the lines are set.
    pub layout: Record,
}

impl PdfText {
    /// Whether no page has a letter or digit.
    pub fn is_blank(&self) -> bool {
        !self.text.text.chars().any(char::is_alphanumeric)
    }

    /// Whether as much was read as is kept.
    pub fn is_full(&self, limits: &Limits) -> bool {
        self.text.text.len() > limits.text
    }

    /// Index of a font by name. Past 65,535 fonts the last one stands for all.
    pub fn font(&mut self, name: &str) -> u16 {
        let fonts = &mut self.text.fonts;
        let at = fonts.iter().position(|font| font == name);
        let at = at.unwrap_or_else(|| {
            if fonts.len() < usize::from(u16::MAX) {
                fonts.push(name.into());
            }
            fonts.len() - 1
        });
        at as u16
    }

    /// Adds a page of plain text.
    pub fn push_plain(&mut self, page: &str) {
        self.text.pages.push(self.text.text.len() as u32);
        let text = &mut self.text.text;
        for line in page
            .trim_matches(|c: char| c == '\n' || c == '\r')
            .split(['\n', '\r', '\x0c'])
        {
            text.extend(line.trim_end().chars().map(printable));
            text.push('\n');
        }
    }

    /// Notes what an engine left out of a page.
    pub fn note(&mut self, page: usize, report: &ExtractReport) {
        let has = |f: fn(&SkipCause) -> bool| report.skipped.iter().any(|s| f(&s.cause));
        self.form_limit |= has(|c| matches!(c, SkipCause::LimitExceeded));
        if has(|c| matches!(c, SkipCause::Unreadable | SkipCause::Parse)) {
            self.unread.push(page);
        }
    }
}

/// Control characters are spaces, but for the tabulator.
pub(in crate::extract) fn printable(c: char) -> char {
    if c.is_control() && c != '\t' { ' ' } else { c }
}
