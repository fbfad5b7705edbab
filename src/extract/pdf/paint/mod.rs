//! What a page paints beside its letters: filled areas with their colours, images, and the colours that cannot be told.
//!
//! Asked only where it matters what lies under a piece of text (white letters on a dark band are visible, white letters
//! on the page are not). Follows ISO 32000-2 §8.4–8.10 as far as that needs: transformations, clipping by boxes, fills,
//! forms, images, constant alpha. Blend modes, soft masks and patterns are not computed: what they cover has no known
//! colour, and text over an unknown colour is never called hidden.

mod path;
mod state;

use crate::extract::pdf::paint::path::Path;
use crate::extract::pdf::paint::state::State;
use crate::extract::pdf::paint::state::find;
use crate::extract::pdf::paint::state::matrix_of;
use pdfboss_core::Dict;
use pdfboss_core::Document;
use pdfboss_core::Object;
use pdfboss_core::Page;
use pdfboss_core::Point;
use pdfboss_core::Rect;
use pdfboss_core::content::ContentOps;
use pdfboss_core::content::Op;

/// Red, green and blue, each 0 to 1.
pub(in crate::extract) type Rgb = [f32; 3];

/// Forms inside forms that are followed. Honest files stay below five.
const MAX_DEPTH: usize = 8;
/// Forms drawn on a page that are followed.
const MAX_FORMS: usize = 400;
/// Operators read of a document: a map or a drawing may hold millions, a page of text some ten thousand.
pub(in crate::extract) const MAX_OPERATORS: usize = 2_000_000;
/// Areas kept of a page.
const MAX_AREAS: usize = 5_000;
/// An area thinner than this (points) is a line: no letter stands on it.
const MIN_SIDE: f32 = 2.0;

/// Strips that areas are sorted into.
const STRIPS: usize = 64;

fn strip_of(page: Rect, y: f32) -> usize {
    let share = (y - page.y0) / page.height().max(1.0);
    // A negative share becomes 0.
    ((share * STRIPS as f32) as usize).min(STRIPS - 1)
}

/// An area that a page fills.
struct Area {
    /// Box around what is filled, clipped.
    bounds: Rect,
    /// Outlines where they are more than the box; the second value: even-odd rule.
    outline: Option<(Vec<Vec<Point>>, bool)>,
    /// `None`: an image, a pattern, or a colour that cannot be told.
    colour: Option<Rgb>,
    /// 0 clear to 1 opaque.
    alpha: f32,
    image: bool,
}

/// Everything a page paints beside its letters, in order.
pub(in crate::extract) struct Painted {
    page: Rect,
    areas: Vec<Area>,
    /// Indices of the areas that reach into each of [`STRIPS`] strips of the page, from its lower edge.
    strips: Vec<Vec<u32>>,
    /// Colours, as a reader takes them by the number of their components, that were set in a space where that is wrong.
    untold: Vec<Rgb>,
    /// Some letters are stroked, so their fill is not all one sees of them.
    pub strokes_letters: bool,
    operators_left: usize,
    forms: usize,
}

impl Painted {
    /// Reads a page. What cannot be read paints nothing. `None` where the page draws more than `operators_left`, which is
    /// lowered by what was read.
    pub fn new(doc: &Document, page: &Page, operators_left: &mut usize) -> Option<Self> {
        let mut painted = Self {
            page: page.crop_box.normalize(),
            areas: Vec::new(),
            strips: vec![Vec::new(); STRIPS],
            untold: Vec::new(),
            strokes_letters: false,
            operators_left: *operators_left,
            forms: 0,
        };
        if let Ok(content) = page.content(doc) {
            let state = State::new(page.crop_box.normalize());
            painted.walk(doc, &content, &[&page.resources], state, 0);
        }
        *operators_left = painted.operators_left;
        for (i, area) in painted.areas.iter().enumerate() {
            let low = strip_of(painted.page, area.bounds.y0);
            let high = strip_of(painted.page, area.bounds.y1);
            for strip in &mut painted.strips[low..=high] {
                strip.push(i as u32);
            }
        }
        (painted.operators_left > 0 && painted.areas.len() < MAX_AREAS).then_some(painted)
    }

    /// Colour under a point; `None` where it cannot be told. Paper is white.
    pub fn under(&self, at: Point) -> Option<Rgb> {
        let mut colour = [1.0; 3];
        let mut clear = Vec::new();
        let strip = self.strips.get(strip_of(self.page, at.y))?;
        let areas = strip.iter().rev().map(|&i| &self.areas[i as usize]);
        for area in areas.filter(|area| area.covers(at)) {
            let top = area.colour?;
            if area.alpha >= 0.99 {
                colour = top;
                break;
            }
            clear.push((top, area.alpha));
        }
        for (top, alpha) in clear.into_iter().rev() {
            colour = [0, 1, 2].map(|i| top[i] * alpha + colour[i] * (1.0 - alpha));
        }
        Some(colour)
    }

    /// Whether letters of this colour may have another one on the page.
    pub fn is_untold(&self, colour: Rgb) -> bool {
        self.untold.iter().any(|&other| close(other, colour))
    }

    /// Share of a box that images cover, counting what overlaps twice; at most 1.
    pub fn share_of_images(&self, page: Rect) -> f32 {
        let size = |r: Rect| (r.width() * r.height()).abs();
        let images = self.areas.iter().filter(|area| area.image);
        let covered = images.filter_map(|area| area.bounds.intersect(page).map(size));
        (covered.sum::<f32>() / size(page).max(1.0)).min(1.0)
    }

    fn walk(
        &mut self,
        doc: &Document,
        content: &[u8],
        chain: &[&Dict],
        first: State,
        depth: usize,
    ) {
        let mut ops = ContentOps::new(content);
        let mut state = first.clone();
        let mut saved: Vec<State> = Vec::new();
        let mut path = Path::default();
        while let Ok(Some((op, _))) = ops.next_op() {
            self.operators_left = self.operators_left.saturating_sub(1);
            if self.operators_left == 0 || self.areas.len() >= MAX_AREAS {
                return;
            }
            if path.draw(&op, state.ctm) || state.set(&op, doc, chain, &mut self.untold) {
                continue;
            }
            match op {
                Op::Save if saved.len() < 512 => saved.push(state.clone()),
                Op::Restore => state = saved.pop().unwrap_or(state),
                Op::Fill | Op::FillStroke | Op::CloseFillStroke => {
                    self.fill(&mut path, &mut state, false)
                }
                Op::FillEvenOdd | Op::FillStrokeEvenOdd | Op::CloseFillStrokeEvenOdd => {
                    self.fill(&mut path, &mut state, true);
                }
                Op::Stroke | Op::CloseStroke => self.stroke(&mut path, &mut state),
                Op::EndPath => path.end(&mut state),
                Op::Shading(_) => self.unknown(state.clip, state.clip, false),
                Op::InlineImage(_) => self.image(&state),
                Op::SetTextRender(mode) => {
                    self.strokes_letters |= matches!(mode, 1 | 2 | 5 | 6);
                }
                Op::XObject(name) => self.draw(doc, &name.0, chain, &state, depth),
                _ => {}
            }
        }
    }

    fn fill(&mut self, path: &mut Path, state: &mut State, even_odd: bool) {
        if let Some(bounds) = path.bounds().and_then(|b| b.intersect(state.clip))
            && bounds.width() >= MIN_SIDE
            && bounds.height() >= MIN_SIDE
        {
            let is_plain = state.clip_is_box && !state.is_blended && !state.is_masked;
            self.areas.push(Area {
                bounds,
                outline: (!path.is_box()).then(|| (path.parts.clone(), even_odd)),
                colour: state.fill.filter(|_| is_plain),
                alpha: state.alpha,
                image: false,
            });
        }
        path.end(state);
    }

    /// A line as broad as a letter is high may be meant as a band.
    fn stroke(&mut self, path: &mut Path, state: &mut State) {
        let m = state.ctm;
        let width = state.line * (m.a * m.d - m.b * m.c).abs().sqrt();
        if width >= MIN_SIDE
            && let Some(b) = path.bounds()
        {
            let half = width / 2.0;
            let wide = Rect::new(b.x0 - half, b.y0 - half, b.x1 + half, b.y1 + half);
            self.unknown(wide, state.clip, false);
        }
        path.end(state);
    }

    fn image(&mut self, state: &State) {
        let bounds = Rect::new(0.0, 0.0, 1.0, 1.0).transform(state.ctm);
        self.unknown(bounds.normalize(), state.clip, true);
    }

    fn unknown(&mut self, bounds: Rect, clip: Rect, image: bool) {
        if let Some(bounds) = bounds.intersect(clip) {
            self.areas.push(Area {
                bounds,
                outline: None,
                colour: None,
                alpha: 1.0,
                image,
            });
        }
    }

    fn draw(&mut self, doc: &Document, name: &str, chain: &[&Dict], state: &State, depth: usize) {
        self.forms += 1;
        if depth >= MAX_DEPTH || self.forms > MAX_FORMS {
            return;
        }
        let Some(Object::Stream(stream)) = find(doc, chain, "XObject", name) else {
            return;
        };
        let subtype = stream.dict.get("Subtype").and_then(|o| doc.resolve(o).ok());
        match subtype.as_ref().and_then(Object::as_name) {
            Some(name) if name.0 == "Image" => self.image(state),
            Some(name) if name.0 == "Form" => {
                let Ok(content) = doc.stream_data(&stream) else {
                    return;
                };
                let mut inner = state.clone();
                if let Some(matrix) = matrix_of(doc, &stream.dict) {
                    inner.ctm = matrix.concat(inner.ctm);
                }
                let own = stream.dict.get("Resources");
                let own = own.and_then(|o| doc.resolve(o).ok());
                let mut inner_chain: Vec<&Dict> = Vec::with_capacity(chain.len() + 1);
                inner_chain.extend(own.as_ref().and_then(Object::as_dict));
                inner_chain.extend(chain);
                self.walk(doc, &content, &inner_chain, inner, depth + 1);
            }
            _ => {}
        }
    }
}

/// Whether two colours look the same: no channel apart by more than 5 %, about what separates white from the palest grey
/// that a screen shows as one.
pub(in crate::extract) fn close(a: Rgb, b: Rgb) -> bool {
    a.iter().zip(b).all(|(a, b)| (a - b).abs() <= 0.05)
}

impl Area {
    fn covers(&self, at: Point) -> bool {
        self.bounds.contains(at)
            && self.outline.as_ref().is_none_or(|(parts, even_odd)| {
                let turns: i32 = parts.iter().map(|part| winding(part, at)).sum();
                if *even_odd {
                    turns % 2 != 0
                } else {
                    turns != 0
                }
            })
    }
}

/// How often a closed outline goes round a point.
fn winding(outline: &[Point], at: Point) -> i32 {
    let mut turns = 0;
    for (i, &a) in outline.iter().enumerate() {
        let b = outline[(i + 1) % outline.len()];
        let side = (b.x - a.x) * (at.y - a.y) - (at.x - a.x) * (b.y - a.y);
        if a.y <= at.y && b.y > at.y && side > 0.0 {
            turns += 1;
        } else if a.y > at.y && b.y <= at.y && side < 0.0 {
            turns -= 1;
        }
    }
    turns
}
