//! Paths as a page builds them (ISO 32000-2 §8.5), in the coordinates of the page.

use crate::extract::pdf::paint::state::State;
use pdfboss_core::Matrix;
use pdfboss_core::Point;
use pdfboss_core::Rect;
use pdfboss_core::content::Op;

/// The path being built, in page coordinates.
#[derive(Default)]
pub(in crate::extract::pdf::paint) struct Path {
    pub parts: Vec<Vec<Point>>,
    clips: bool,
}

impl Path {
    /// Follows an operator that builds a path; whether it was one.
    pub fn draw(&mut self, op: &Op, ctm: Matrix) -> bool {
        let to = |x: f32, y: f32| ctm.apply(Point::new(x, y));
        match *op {
            Op::MoveTo(x, y) => self.parts.push(vec![to(x, y)]),
            Op::LineTo(x, y) => self.push(&[to(x, y)]),
            Op::CurveTo(a, b, c, d, x, y) => self.curve(to(a, b), to(c, d), to(x, y)),
            Op::CurveToV(c, d, x, y) => {
                let from = self.last().unwrap_or_else(|| to(c, d));
                self.curve(from, to(c, d), to(x, y));
            }
            Op::CurveToY(a, b, x, y) => self.curve(to(a, b), to(x, y), to(x, y)),
            Op::Rect(x, y, w, h) => {
                self.parts
                    .push(vec![to(x, y), to(x + w, y), to(x + w, y + h), to(x, y + h)])
            }
            Op::ClosePath => {}
            Op::ClipNonZero | Op::ClipEvenOdd => self.clips = true,
            _ => return false,
        }
        true
    }

    fn last(&self) -> Option<Point> {
        self.parts.last()?.last().copied()
    }

    fn push(&mut self, points: &[Point]) {
        if let Some(part) = self.parts.last_mut() {
            part.extend(points);
        }
    }

    /// Four straight pieces stand for a curve.
    fn curve(&mut self, one: Point, two: Point, end: Point) {
        let Some(start) = self.last() else { return };
        let points = [0.25f32, 0.5, 0.75, 1.0].map(|t| {
            let u = 1.0 - t;
            let mix = |a: f32, b: f32, c: f32, d: f32| {
                u * u * u * a + 3.0 * u * u * t * b + 3.0 * u * t * t * c + t * t * t * d
            };
            Point::new(
                mix(start.x, one.x, two.x, end.x),
                mix(start.y, one.y, two.y, end.y),
            )
        });
        self.push(&points);
    }

    /// Box around it.
    pub fn bounds(&self) -> Option<Rect> {
        let mut points = self.parts.iter().flatten();
        let first = *points.next()?;
        let start = Rect::new(first.x, first.y, first.x, first.y);
        Some(points.fold(start, |r, p| {
            Rect::new(r.x0.min(p.x), r.y0.min(p.y), r.x1.max(p.x), r.y1.max(p.y))
        }))
    }

    /// One part whose corners are those of its bounds.
    pub fn is_box(&self) -> bool {
        let (Some(b), [part]) = (self.bounds(), &self.parts[..]) else {
            return false;
        };
        let near = |a: f32, b: f32| (a - b).abs() < 0.1;
        let corners = part
            .iter()
            .all(|p| (near(p.x, b.x0) || near(p.x, b.x1)) && (near(p.y, b.y0) || near(p.y, b.y1)));
        corners && (4..=5).contains(&part.len())
    }

    /// Ends the path; a clip takes hold.
    pub fn end(&mut self, state: &mut State) {
        if std::mem::take(&mut self.clips) {
            let bounds = self.bounds().and_then(|b| b.intersect(state.clip));
            state.clip = bounds.unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0));
            state.clip_is_box &= self.is_box();
        }
        self.parts.clear();
    }
}
