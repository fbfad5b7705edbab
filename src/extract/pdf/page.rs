//! One page: its pieces of text put into lines with their boxes, and what is told from the pieces on the way (layout,
//! text under links). Lines and their order are the engine's.

use crate::extract::pdf::layout::font_name;
use crate::extract::pdf::text::PdfText;
use crate::extract::pdf::text::printable;
use crate::model::LineBox;
use pdfboss_core::Page;
use pdfboss_core::Rect;
use pdfboss_output::Block;
use pdfboss_output::Cell;
use pdfboss_output::Line;
use pdfboss_output::PageLayout;
use pdfboss_text::TextSpan;

/// A row of a page as the engine put it together: a line, or the cells of a table that stand side by side.
type Row<'a> = Vec<&'a Line>;

/// Adds a page of pieces, in the lines of `layout`.
pub(in crate::extract) fn push(
    out: &mut PdfText,
    page: &Page,
    spans: &[TextSpan],
    layout: &PageLayout,
) {
    out.text.pages.push(out.text.text.len() as u32);
    let index = Index::new(spans);
    let start = out.text.text.len();
    let (mut any, mut blank) = (false, 0);
    for row in rows(layout) {
        let text = text_of(&row);
        for line in text.split(['\n', '\r', '\x0c']) {
            let line = line.trim_end();
            if line.is_empty() {
                blank += 1;
                continue;
            }
            // Empty lines count between others only.
            if any {
                out.text.text.extend(std::iter::repeat_n('\n', blank));
            }
            (any, blank) = (true, 0);
            if let Some((span, area)) = index.locate(&row) {
                let line_box = line_box(out, page, span, area, row_size(&row));
                out.layout.add_line(&line_box, span);
                out.text.lines.push(line_box);
            }
            out.text.text.extend(line.chars().map(printable));
            out.text.text.push('\n');
        }
    }
    if out.text.text.len() == start {
        out.text.text.push('\n');
    }
    for span in spans {
        out.layout.add_letters(span);
    }
}

/// Text of the pieces under a rectangle of the page, as the words stand.
pub(in crate::extract) fn text_under(spans: &[TextSpan], area: Rect) -> String {
    let mut text = String::new();
    let mut last: Option<&TextSpan> = None;
    for span in spans.iter().filter(|s| s.rotate == 0) {
        let middle = span.y + 0.3 * span.size;
        if !(area.y0..=area.y1).contains(&middle) {
            continue;
        }
        let part = part_between(span, area.x0, area.x1);
        if part.trim().is_empty() {
            continue;
        }
        let apart = last.is_some_and(|l| {
            span.x - l.end_x > 0.15 * span.size || (span.y - l.y).abs() > 0.5 * span.size
        });
        if apart && !text.ends_with(' ') {
            text.push(' ');
        }
        text.push_str(part);
        last = Some(span);
    }
    text.trim().into()
}

/// The words of a piece between two edges. Its letters are taken to be equally wide, and a word belongs to where its
/// middle is.
fn part_between(span: &TextSpan, left: f32, right: f32) -> &str {
    if span.x >= left - 1.0 && span.end_x <= right + 1.0 {
        return &span.text;
    }
    let width = (span.end_x - span.x) / span.text.chars().count().max(1) as f32;
    let (mut from, mut to) = (None, 0);
    let mut chars = 0;
    for word in span.text.split_inclusive(char::is_whitespace) {
        let start = to_offset(&span.text, word);
        let long = word.chars().count();
        let middle = span.x + (chars as f32 + word.trim_end().chars().count() as f32 / 2.0) * width;
        if middle >= left && middle <= right {
            from.get_or_insert(start);
            to = start + word.len();
        }
        chars += long;
    }
    from.map_or("", |from| &span.text[from..to])
}

/// Byte offset of a part in the whole it was cut from.
fn to_offset(whole: &str, part: &str) -> usize {
    part.as_ptr() as usize - whole.as_ptr() as usize
}

fn rows(layout: &PageLayout) -> impl Iterator<Item = Row<'_>> {
    layout.blocks.iter().flat_map(|block| -> Vec<Row<'_>> {
        match block {
            Block::Heading { lines, .. } | Block::Paragraph { lines, .. } => {
                lines.iter().map(|line| vec![line]).collect()
            }
            Block::List { items, .. } => {
                let lines = items.iter().flat_map(|item| &item.lines);
                lines.map(|line| vec![line]).collect()
            }
            Block::Table { rows, .. } => rows.iter().map(|row| filled(row)).collect(),
        }
    })
}

fn filled(cells: &[Cell]) -> Row<'_> {
    cells.iter().filter_map(|cell| cell.line.as_ref()).collect()
}

/// Cells are one space apart.
fn text_of(row: &Row<'_>) -> String {
    let mut text = String::new();
    for line in row {
        let before = text.len();
        for inline in &line.inlines {
            if text.len() == before
                && before > 0
                && !text.ends_with(char::is_whitespace)
                && !inline.text.is_empty()
                && !inline.text.starts_with(char::is_whitespace)
            {
                text.push(' ');
            }
            text.push_str(&inline.text);
        }
    }
    text
}

fn row_size(row: &Row<'_>) -> f32 {
    row.iter().map(|line| line.size).fold(0.0, f32::max)
}

/// Pieces by where they start, to find the piece a line starts with.
struct Index<'a> {
    by_start: Vec<(u32, usize)>,
    spans: &'a [TextSpan],
}

impl<'a> Index<'a> {
    fn new(spans: &'a [TextSpan]) -> Self {
        let key =
            |(i, span): (usize, &TextSpan)| (upright(span.rotate, span.x, span.y).0.to_bits(), i);
        let mut by_start: Vec<_> = spans.iter().enumerate().map(key).collect();
        by_start.sort_unstable();
        Self { by_start, spans }
    }

    /// The piece a row starts with and the row's box on the page. The engine keeps the exact place of that piece, in the
    /// frame in which it stands upright.
    fn locate(&self, row: &Row<'_>) -> Option<(&'a TextSpan, Rect)> {
        let (first, last) = (row.first()?, row.last()?);
        let from = self
            .by_start
            .partition_point(|&(x, _)| x < first.x.to_bits());
        let same = self.by_start[from..]
            .iter()
            .take_while(|&&(x, _)| x == first.x.to_bits());
        let span = same
            .map(|&(_, i)| &self.spans[i])
            .find(|s| (upright(s.rotate, s.x, s.y).1 - first.y).abs() <= first.size.max(s.size))?;
        let size = row_size(row);
        let (low, high) = (first.y - 0.25 * size, first.y + 0.75 * size);
        let back = (360 - span.rotate) % 360;
        let (ax, ay) = upright(back, first.x, low);
        let (bx, by) = upright(back, last.end_x.max(first.x), high);
        Some((span, Rect::new(ax, ay, bx, by).normalize()))
    }
}

/// A point of the page in the frame in which text turned by `rotate` stands upright.
fn upright(rotate: i32, x: f32, y: f32) -> (f32, f32) {
    match rotate {
        90 => (y, -x),
        180 => (-x, -y),
        270 => (-y, x),
        _ => (x, y),
    }
}

fn line_box(out: &mut PdfText, page: &Page, span: &TextSpan, area: Rect, size: f32) -> LineBox {
    let crop = page.crop_box.normalize();
    let signed = |v: f32| (v * 10.0).round().clamp(-32768.0, 32767.0) as i16;
    let positive = |v: f32| (v * 10.0).round().clamp(0.0, 65535.0) as u16;
    LineBox {
        start: out.text.text.len() as u32,
        x: signed(area.x0 - crop.x0),
        y: signed(crop.y1 - area.y1),
        width: positive(area.width()),
        height: positive(area.height()),
        size: positive(size),
        font: out.font(font_name(span)),
        colour: span
            .color
            .map(|(r, g, b)| [r, g, b].map(|v| (v * 255.0).round() as u8)),
    }
}
