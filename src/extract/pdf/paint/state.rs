//! The part of the graphics state that says what colour a fill has and where it ends (ISO 32000-2 §8.4).

use crate::extract::pdf::paint::Rgb;
use pdfboss_core::Dict;
use pdfboss_core::Document;
use pdfboss_core::Matrix;
use pdfboss_core::Object;
use pdfboss_core::Rect;
use pdfboss_core::content::Op;

/// The part of the graphics state that matters here.
#[derive(Clone)]
pub(in crate::extract::pdf::paint) struct State {
    pub ctm: Matrix,
    pub fill: Option<Rgb>,
    /// Components of the colour space mean what their number says.
    pub space_is_told: bool,
    pub alpha: f32,
    /// Another blend mode than the plain one.
    pub is_blended: bool,
    /// Under a soft mask.
    pub is_masked: bool,
    pub line: f32,
    pub clip: Rect,
    pub clip_is_box: bool,
}

impl State {
    /// As a page begins: black, opaque, clipped by the page.
    pub fn new(page: Rect) -> Self {
        Self {
            ctm: Matrix::identity(),
            fill: Some([0.0; 3]),
            space_is_told: true,
            alpha: 1.0,
            is_blended: false,
            is_masked: false,
            line: 1.0,
            clip: page,
            clip_is_box: true,
        }
    }

    /// Follows an operator that changes the state; whether it was one.
    pub fn set(&mut self, op: &Op, doc: &Document, chain: &[&Dict], untold: &mut Vec<Rgb>) -> bool {
        match op {
            Op::Concat(matrix) => self.ctm = matrix.concat(self.ctm),
            Op::SetLineWidth(width) => self.line = *width,
            Op::SetFillGray(g) => self.set_device(&[*g]),
            Op::SetFillRGB(r, g, b) => self.set_device(&[*r, *g, *b]),
            Op::SetFillCMYK(c, m, y, k) => self.set_device(&[*c, *m, *y, *k]),
            Op::SetFillColorSpace(name) => {
                self.space_is_told = is_told(doc, chain, &name.0);
                self.fill = self.space_is_told.then_some([0.0; 3]);
            }
            Op::SetFillColor(parts) | Op::SetFillColorN(parts, None) => {
                self.fill = by_count(parts);
                if !self.space_is_told
                    && let Some(read) = self.fill.take()
                    && untold.len() < 256
                    && !untold.contains(&read)
                {
                    untold.push(read);
                }
            }
            Op::SetFillColorN(_, Some(_)) => self.fill = None,
            Op::SetExtGState(name) => {
                if let Some(Object::Dict(given)) = find(doc, chain, "ExtGState", &name.0) {
                    self.set_given(doc, &given);
                }
            }
            _ => return false,
        }
        true
    }

    /// A colour of a device space, which becomes the space of what follows.
    fn set_device(&mut self, parts: &[f32]) {
        self.space_is_told = true;
        self.fill = by_count(parts);
    }

    /// Follows a dictionary of graphics state parameters.
    fn set_given(&mut self, doc: &Document, given: &Dict) {
        let value = |key: &str| doc.resolve(given.get(key)?).ok();
        if let Some(alpha) = value("ca").and_then(|a| a.as_f64()) {
            self.alpha = alpha as f32;
        }
        if let Some(mode) = value("BM") {
            let plain = |name: &str| name == "Normal" || name == "Compatible";
            self.is_blended = mode.as_name().is_none_or(|n| !plain(&n.0));
        }
        if let Some(mask) = value("SMask") {
            self.is_masked = mask.as_name().is_none_or(|n| n.0 != "None");
        }
    }
}

/// A colour by the number of its components: grey, RGB or CMYK (ISO 32000-2 §10.4, the plain conversion).
fn by_count(parts: &[f32]) -> Option<Rgb> {
    let within = |v: f32| v.clamp(0.0, 1.0);
    match *parts {
        [g] => Some([within(g); 3]),
        [r, g, b] => Some([r, g, b].map(within)),
        [c, m, y, k] => Some([c, m, y].map(|v| 1.0 - within(v + k))),
        _ => None,
    }
}

/// Whether the components of a colour space are grey, red-green-blue or cyan-magenta-yellow-black.
fn is_told(doc: &Document, chain: &[&Dict], name: &str) -> bool {
    match name {
        "DeviceGray" | "DeviceRGB" | "DeviceCMYK" | "G" | "RGB" | "CMYK" => true,
        "Pattern" => false,
        _ => match find(doc, chain, "ColorSpace", name) {
            Some(Object::Array(parts)) => {
                let kind = parts.first().and_then(|o| doc.resolve(o).ok());
                kind.as_ref()
                    .and_then(Object::as_name)
                    .is_some_and(|n| matches!(n.0.as_str(), "ICCBased" | "CalRGB" | "CalGray"))
            }
            Some(Object::Name(name)) => name.0.starts_with("Device"),
            _ => false,
        },
    }
}

/// A named resource, from the nearest dictionary that has it.
pub(in crate::extract::pdf::paint) fn find(
    doc: &Document,
    chain: &[&Dict],
    category: &str,
    name: &str,
) -> Option<Object> {
    chain.iter().find_map(|resources| {
        let category = doc.resolve(resources.get(category)?).ok()?;
        doc.resolve(category.as_dict()?.get(name)?).ok()
    })
}

/// Matrix of a form.
pub(in crate::extract::pdf::paint) fn matrix_of(doc: &Document, dict: &Dict) -> Option<Matrix> {
    let array = doc.resolve(dict.get("Matrix")?).ok()?;
    let mut v = [0.0f32; 6];
    for (to, from) in v.iter_mut().zip(array.as_array()?) {
        *to = doc.resolve(from).ok()?.as_f64()? as f32;
    }
    let [a, b, c, d, e, f] = v;
    Some(Matrix { a, b, c, d, e, f })
}
