//! Text that a reader of the page does not see: in the colour of what lies under it, tiny, outside the page, unpainted.
//!
//! Seen letters are never reported on a guess: over an image, a pattern or a colour that cannot be told, and in fonts
//! that bring their own colours (Type 3), text counts as seen. Text that something opaque covers afterwards is found only
//! when both have the same colour.

use crate::extract::pdf::paint::Painted;
use crate::extract::pdf::paint::Rgb;
use crate::extract::pdf::paint::close;
use crate::model::HiddenText;
use crate::model::Hiding;
use crate::model::Ordinary;
use crate::model::PagedText;
use pdfboss_core::Document;
use pdfboss_core::Page;
use pdfboss_core::Point;
use pdfboss_output::ReadingOrder;
use pdfboss_text::TextSpan;
use std::collections::BTreeMap;

/// Letters of this size (points) or smaller are tiny: the smallest print anyone reads is 4.
const TINY: f32 = 1.0;
/// An image that covers this share of the page is a scan.
const SCAN: f32 = 0.5;
/// Most bytes kept of one hidden text, and of the text layer of a scan, which is in the visible text as well.
const MAX_TEXT: usize = 16 << 10;
const MAX_SCAN_TEXT: usize = 200;
/// What a design tool leaves of its template are labels and placeholders, not sentences.
const MAX_GHOST_WORDS: usize = 8;

/// Looks through the pieces of a page; `off_page` are those outside of it.
pub(in crate::extract) fn find(
    doc: &Document,
    page: &Page,
    spans: &[TextSpan],
    off_page: &[TextSpan],
    operators_left: &mut usize,
) -> Vec<HiddenText<PagedText>> {
    let mut found: BTreeMap<Hiding, Vec<TextSpan>> = BTreeMap::new();
    let inked = |span: &&TextSpan| !span.text.trim().is_empty();
    let mut note = |how, span: &TextSpan| found.entry(how).or_default().push(span.clone());
    let mut doubtful = Vec::new();
    for span in spans.iter().filter(inked) {
        if span.invisible {
            note(Hiding::Unpainted, span);
        } else if is_tiny(span) {
            note(Hiding::Tiny, span);
        } else if !span.font_name.is_empty() {
            // A Type 3 font has no name and brings its own colours.
            doubtful.push(span);
        }
    }
    off_page
        .iter()
        .filter(inked)
        .for_each(|span| note(Hiding::OffPage, span));
    if spans.is_empty() || *operators_left == 0 {
        return told(found, page, 0.0);
    }
    // A drawing too large to follow leaves everything on it seen.
    let Some(painted) = Painted::new(doc, page, operators_left) else {
        return told(found, page, 0.0);
    };
    for span in doubtful {
        if !painted.strokes_letters && vanishes(span, &painted) {
            found
                .entry(Hiding::SameColour)
                .or_default()
                .push(span.clone());
        }
    }
    told(found, page, painted.share_of_images(page.crop_box))
}

fn told(
    found: BTreeMap<Hiding, Vec<TextSpan>>,
    page: &Page,
    images: f32,
) -> Vec<HiddenText<PagedText>> {
    let texts = found.into_iter().map(|(how, spans)| {
        let scan = how == Hiding::Unpainted && images >= SCAN;
        let mut text = pdfboss_output::layout(&spans, ReadingOrder::Content);
        text.retain(|c| c == '\n' || !c.is_control());
        let mut text = PagedText::new(text, Vec::new());
        text.truncate(if scan { MAX_SCAN_TEXT } else { MAX_TEXT });
        HiddenText {
            how,
            ordinary: scan.then_some(Ordinary::OcrLayer),
            page: Some(page.index as u32 + 1),
            text,
        }
    });
    texts
        .filter(|h| h.text.text.chars().any(char::is_alphanumeric))
        .collect()
}

/// Marks the short leftovers of a design tool's template as ordinary. `program` is what the file says made it.
pub(in crate::extract) fn excuse_ghosts(hidden: &mut [HiddenText<PagedText>], program: &str) {
    if !program.to_ascii_lowercase().contains("canva") {
        return;
    }
    for text in hidden.iter_mut().filter(|h| h.ordinary.is_none()) {
        if text.text.text.split_whitespace().count() <= MAX_GHOST_WORDS {
            text.ordinary = Some(Ordinary::TemplateGhost);
        }
    }
}

/// Small by its size and by the room its letters take: a font may be drawn at size 1 and scaled in its own matrix.
fn is_tiny(span: &TextSpan) -> bool {
    let letters = span.text.chars().count().max(1) as f32;
    let length = (span.end_x - span.x).hypot(span.end_y - span.y);
    span.size <= TINY && length / letters <= TINY && span.bbox.height().abs() <= 1.5 * TINY
}

fn rgb(span: &TextSpan) -> Option<Rgb> {
    span.color.map(|(r, g, b)| [r, g, b])
}

/// Both ends and the middle of a piece lie on its own colour.
fn vanishes(span: &TextSpan, painted: &Painted) -> bool {
    let Some(colour) = rgb(span).filter(|&c| !painted.is_untold(c)) else {
        return false;
    };
    let b = span.bbox.normalize();
    [0.1, 0.5, 0.9].iter().all(|share| {
        let at = if span.rotate == 0 && !span.vertical {
            let x = span.x + (span.end_x - span.x) * share;
            Point::new(x, span.y + 0.3 * span.size)
        } else {
            Point::new(b.x0 + b.width() * share, b.y0 + b.height() * share)
        };
        painted.under(at).is_some_and(|under| close(under, colour))
    })
}

#[cfg(test)]
mod tests;
