//! The objects of a PDF as the text engine should see them.
//!
//! A Type 3 font gives widths in its own units, which its matrix makes into text space (ISO 32000-2 §9.6.4); the engine
//! (pdfboss-text 2.16.1) takes them for thousandths, as in every other font. In a font of pdfTeX's bitmaps all letters
//! then stand on one another and words are scrambled ("eacther"). So such widths are handed over in thousandths.

use pdfboss_core::Dict;
use pdfboss_core::Document;
use pdfboss_core::Name;
use pdfboss_core::ObjRef;
use pdfboss_core::Object;
use pdfboss_core::ObjectSource;
use pdfboss_core::Result;
use pdfboss_core::Stream;

/// A document whose Type 3 fonts have widths in thousandths.
pub(in crate::extract) struct Corrected<'a>(pub &'a Document);

impl ObjectSource for Corrected<'_> {
    fn get(&self, r: ObjRef) -> Result<Object> {
        Ok(self.correct(self.0.get(r)?))
    }

    fn stream_data(&self, s: &Stream) -> Result<Vec<u8>> {
        self.0.stream_data(s)
    }

    fn resolve(&self, o: &Object) -> Result<Object> {
        Ok(self.correct(self.0.resolve(o)?))
    }
}

impl Corrected<'_> {
    fn correct(&self, object: Object) -> Object {
        match object {
            Object::Dict(mut font) if font.get_name("Subtype").is_some_and(|n| n.0 == "Type3") => {
                if let Some(widths) = self.widths(&font) {
                    font.insert(Name("Widths".into()), widths);
                }
                Object::Dict(font)
            }
            other => other,
        }
    }

    /// Widths in thousandths, where they are in other units.
    fn widths(&self, font: &Dict) -> Option<Object> {
        let array = |key: &str| match self.0.resolve(font.get(key)?).ok()? {
            Object::Array(items) => Some(items),
            _ => None,
        };
        let number = |o: &Object| self.0.resolve(o).ok()?.as_f64();
        let scale = number(array("FontMatrix")?.first()?)? * 1000.0;
        if !scale.is_finite() || scale == 0.0 || (scale - 1.0).abs() < 0.001 {
            return None;
        }
        let widths = array("Widths")?;
        let widths = widths.iter().map(|w| number(w).unwrap_or(0.0) * scale);
        Some(Object::Array(widths.map(Object::Real).collect()))
    }
}
