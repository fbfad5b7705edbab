//! What a PDF says about itself, by lopdf: Info dictionary, XMP, `/ID`, revisions, pages, link annotations.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::pdf::bounds;
use crate::extract::pdf::images;
use crate::extract::pdf::xmp;
use crate::extract::time::pdf_date;
use crate::model::DocumentLink;
use crate::model::DocumentMeta;
use crate::model::EmbeddedImage;
use lopdf::DecompressError;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Error;
use lopdf::LoadOptions;
use lopdf::Object;
use lopdf::xref::XrefRecovery;
use pdfboss_core::Rect;
use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::panic::catch_unwind;

/// An XMP packet above this is no metadata. Real ones stay below 100 KB, padding included.
const MAX_XMP: usize = 1 << 20;

/// The most link annotations kept of one document.
const MAX_LINKS: usize = 2000;

/// The objects of a PDF.
pub(in crate::extract) struct Structure {
    doc: Document,
}

impl Structure {
    /// Reads the objects; streams stay compressed, except object and cross-reference streams.
    ///
    /// # Errors
    /// `Bomb` when a stream would expand beyond the limits, else `Damaged`.
    pub fn load(bytes: &[u8], limits: &Limits) -> Result<Self, ReadError> {
        let options = LoadOptions::with_max_decompressed_size(limits.part as usize);
        let loaded = catch_unwind(|| Document::load_mem_with_options(bytes, options));
        let doc = loaded
            .unwrap_or_else(|_| Err(Error::InvalidStream("its structure is inconsistent".into())));
        let doc = doc.map_err(|e| match e {
            Error::Decompress(DecompressError::MemoryLimitExceeded { .. }) => {
                bounds::too_large(limits.part)
            }
            e => ReadError::damaged("PDF", e.to_string().to_lowercase()),
        })?;
        bounds::check_streams(&doc, limits)?;
        Ok(Self { doc })
    }

    /// A password is needed: the empty one does not open it.
    pub fn is_locked(&self) -> bool {
        self.doc.trailer.has(b"Encrypt") && self.doc.encryption_state.is_none()
    }

    /// The table of objects had to be rebuilt, so objects may be missing.
    pub fn is_rebuilt(&self) -> bool {
        self.doc.xref_recovery == Some(XrefRecovery::Reconstructed)
    }

    /// Number of pages.
    pub fn num_pages(&self) -> usize {
        self.doc.page_iter().count()
    }

    /// Whether a form leads back to itself.
    pub fn has_form_cycle(&self) -> bool {
        bounds::has_form_cycle(&self.doc)
    }

    /// Metadata; a warning for each part that cannot be read.
    pub fn meta(&self, warnings: &mut Vec<String>) -> DocumentMeta {
        let mut meta = DocumentMeta {
            num_pages: Some(self.doc.page_iter().count() as u32),
            ..DocumentMeta::default()
        };
        self.add_info(&mut meta);
        self.add_ids(&mut meta);
        if let Err(why) = self.add_xmp(&mut meta) {
            warnings.push(format!("part of the XMP metadata could not be read: {why}"));
        }
        meta
    }

    fn add_info(&self, meta: &mut DocumentMeta) {
        let Ok(info) = self
            .doc
            .trailer
            .get_deref(b"Info", &self.doc)
            .and_then(Object::as_dict)
        else {
            return;
        };
        let text = |key: &[u8]| self.text(info, key);
        meta.title = text(b"Title");
        meta.author = text(b"Author");
        meta.creator = text(b"Creator");
        meta.producer = text(b"Producer");
        meta.created = text(b"CreationDate").and_then(|d| pdf_date(&d));
        meta.modified = text(b"ModDate").and_then(|d| pdf_date(&d));
    }

    /// A text string (ISO 32000-2 §7.9.2.2), trimmed; `None` when absent or empty.
    fn text(&self, dict: &Dictionary, key: &[u8]) -> Option<String> {
        let object = dict.get_deref(key, &self.doc).ok()?;
        let text = lopdf::decode_text_string(object)
            .or_else(|e| object.as_str().map(lossy).map_err(|_| e))
            .ok()?;
        let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
        (!text.is_empty()).then(|| text.into())
    }

    fn add_ids(&self, meta: &mut DocumentMeta) {
        let Ok(ids) = self
            .doc
            .trailer
            .get_deref(b"ID", &self.doc)
            .and_then(Object::as_array)
        else {
            return;
        };
        let hex = |at: usize| {
            let (_, id) = self.doc.dereference(ids.get(at)?).ok()?;
            let id = id.as_str().ok().filter(|id| !id.is_empty())?;
            Some(id.iter().map(|b| format!("{b:02x}")).collect())
        };
        meta.permanent_id = hex(0);
        meta.changing_id = hex(1);
    }

    fn add_xmp(&self, meta: &mut DocumentMeta) -> Result<(), String> {
        let Ok(stream) = self
            .doc
            .catalog()
            .and_then(|c| c.get_deref(b"Metadata", &self.doc))
            .and_then(Object::as_stream)
        else {
            return Ok(());
        };
        let packet = match stream.filters() {
            Ok(_) => &stream
                .decompressed_content_with_limit(MAX_XMP)
                .map_err(|e| e.to_string())?,
            Err(_) => &stream.content,
        };
        xmp::add(&String::from_utf8_lossy(packet), meta)
    }

    /// Pictures of its pages.
    pub fn images(&self, limits: &Limits) -> Vec<EmbeddedImage> {
        images::all(&self.doc, limits)
    }

    /// The URI link annotations in page order.
    pub fn links(&self, limits: &Limits) -> Vec<LinkArea> {
        let mut links = Vec::new();
        for (page, id) in self.doc.page_iter().take(limits.pages).enumerate() {
            let annotations = self
                .doc
                .get_dictionary(id)
                .and_then(|p| p.get_deref(b"Annots", &self.doc));
            for annotation in annotations.and_then(Object::as_array).into_iter().flatten() {
                if let Some(target) = self.uri(annotation)
                    && links.len() < MAX_LINKS
                {
                    let area = self.area(annotation);
                    let text = String::new();
                    links.push(LinkArea {
                        page,
                        area,
                        target,
                        text,
                    });
                }
            }
        }
        links
    }

    /// Rectangle of an annotation; empty where it has none.
    fn area(&self, annotation: &Object) -> Rect {
        let edges = || {
            let (_, annotation) = self.doc.dereference(annotation).ok()?;
            let edges = annotation.as_dict().ok()?.get_deref(b"Rect", &self.doc);
            let number = |o: &Object| self.doc.dereference(o).ok()?.1.as_float().ok();
            let edges: Vec<_> = edges
                .ok()?
                .as_array()
                .ok()?
                .iter()
                .filter_map(number)
                .collect();
            <[f32; 4]>::try_from(edges).ok()
        };
        let [x0, y0, x1, y1] = edges().unwrap_or_default();
        Rect { x0, y0, x1, y1 }.normalize()
    }

    fn uri(&self, annotation: &Object) -> Option<String> {
        let (_, annotation) = self.doc.dereference(annotation).ok()?;
        let action = annotation
            .as_dict()
            .ok()?
            .get_deref(b"A", &self.doc)
            .ok()?
            .as_dict()
            .ok()?;
        self.text(action, b"URI")
    }
}

/// A link annotation and where it stands.
pub(in crate::extract) struct LinkArea {
    /// 0-based page.
    pub page: usize,
    /// Its rectangle, in the coordinates of the page.
    pub area: Rect,
    /// Target as written.
    pub target: String,
    /// Text under the rectangle, filled in by the text engine.
    pub text: String,
}

/// One link for each target of a page: a link that runs over two lines has two rectangles, whose texts follow each
/// other. The same target under the same text, as behind a picture and its caption, is one.
pub(in crate::extract) fn merge_links(areas: Vec<LinkArea>) -> Vec<DocumentLink> {
    let mut links: Vec<DocumentLink> = Vec::new();
    let mut seen: BTreeMap<(usize, String), usize> = BTreeMap::new();
    for link in areas {
        match seen.entry((link.page, link.target.clone())) {
            Entry::Occupied(first) => {
                let text = &mut links[*first.get()].text;
                if !text.contains(&link.text) {
                    if !text.is_empty() {
                        text.push(' ');
                    }
                    text.push_str(&link.text);
                }
            }
            Entry::Vacant(place) => {
                place.insert(links.len());
                links.push(DocumentLink {
                    target: link.target,
                    text: link.text,
                    page: Some(link.page as u32 + 1),
                });
            }
        }
    }
    links
}

/// UTF-16 with a stray half, or bytes without a meaning in PDFDocEncoding.
fn lossy(bytes: &[u8]) -> String {
    match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, _)) => encoding.decode(bytes).0.into_owned(),
        None => String::from_utf8_lossy(bytes).into_owned(),
    }
}
