//! Pictures that the pages of a PDF draw: bytes as they stand in the file where that is a JPEG, else their pixels.
//!
//! Looked up by the names in the resources of pages and forms, in the order of those, so a picture that is named but
//! never drawn counts as well: it is in the file all the same. Stencils, soft masks and pictures inside the content
//! (ISO 32000-2 §8.9.7, for small ones) are left out. JPEG 2000, fax and JBIG2 keep only their digest.

use crate::extract::Limits;
use crate::extract::image::Pixels;
use crate::extract::image::describe;
use crate::extract::image::describe_pixels;
use crate::model::EmbeddedImage;
use lopdf::Dictionary;
use lopdf::Document;
use lopdf::Object;
use lopdf::ObjectId;
use lopdf::Stream;
use std::collections::BTreeSet;
use std::panic::AssertUnwindSafe;
use std::panic::catch_unwind;

/// A picture smaller than this on a side, in pixels, is a bullet or an icon.
const MIN_SIDE: u32 = 24;
/// Pixels decoded of one document: some ten photographs of a telephone.
const MAX_PIXELS: u64 = 48 << 20;
/// Names followed on one page and its forms.
const MAX_NAMES: usize = 2_000;
/// Forms inside forms that are followed.
const MAX_DEPTH: usize = 4;

/// Describes at most `limits.images` pictures; of more, the largest.
pub(in crate::extract) fn all(doc: &Document, limits: &Limits) -> Vec<EmbeddedImage> {
    if limits.images == 0 {
        return Vec::new();
    }
    let mut found = Finder::default();
    for (index, page) in doc.page_iter().take(limits.pages).enumerate() {
        found.page = index as u32 + 1;
        found.names_left = MAX_NAMES;
        if let Some(resources) = resources_of(doc, page) {
            found.walk(doc, resources, 0);
        }
    }
    let mut images = found.images;
    images.sort_by_key(|image| std::cmp::Reverse(image.pixels()));
    images.truncate(limits.images);
    let mut left = MAX_PIXELS;
    images.retain(|image| {
        let fits = image.pixels() <= left;
        left -= if fits { image.pixels() } else { 0 };
        fits
    });
    images.sort_by_key(|image| image.order);
    let told = images.into_iter().filter_map(|image| {
        let stream = doc.get_object(image.id).ok()?.as_stream().ok()?;
        catch_unwind(AssertUnwindSafe(|| image.describe(doc, stream, limits))).ok()
    });
    told.collect()
}

/// Resources of a page, which may stand at the pages above it (ISO 32000-2 §7.7.3.4).
fn resources_of(doc: &Document, page: ObjectId) -> Option<&Dictionary> {
    let mut node = doc.get_dictionary(page).ok()?;
    for _ in 0..32 {
        if let Ok(resources) = node.get_deref(b"Resources", doc) {
            return resources.as_dict().ok();
        }
        node = node.get_deref(b"Parent", doc).ok()?.as_dict().ok()?;
    }
    None
}

#[derive(Default)]
struct Finder {
    images: Vec<Found>,
    seen: BTreeSet<ObjectId>,
    page: u32,
    names_left: usize,
}

impl Finder {
    fn walk(&mut self, doc: &Document, resources: &Dictionary, depth: usize) {
        let names = resources
            .get_deref(b"XObject", doc)
            .and_then(Object::as_dict);
        for (_, object) in names.into_iter().flat_map(Dictionary::iter) {
            if self.names_left == 0 {
                return;
            }
            self.names_left -= 1;
            let Ok(id) = object.as_reference() else {
                continue;
            };
            let stream = doc.get_object(id).and_then(Object::as_stream);
            let Some(dict) = stream
                .ok()
                .map(|s| &s.dict)
                .filter(|_| self.seen.insert(id))
            else {
                continue;
            };
            match dict.get_deref(b"Subtype", doc).and_then(Object::as_name) {
                Ok(b"Image") => self.add(doc, id, dict),
                Ok(b"Form") if depth < MAX_DEPTH => {
                    let inner = dict.get_deref(b"Resources", doc).and_then(Object::as_dict);
                    inner
                        .into_iter()
                        .for_each(|inner| self.walk(doc, inner, depth + 1));
                }
                _ => {}
            }
        }
    }

    fn add(&mut self, doc: &Document, id: ObjectId, dict: &Dictionary) {
        let number = |key: &[u8]| {
            let value = dict.get_deref(key, doc).and_then(Object::as_i64);
            value.ok().and_then(|v| u32::try_from(v).ok()).unwrap_or(0)
        };
        let image = Found {
            id,
            order: self.images.len(),
            page: self.page,
            width: number(b"Width"),
            height: number(b"Height"),
            bits: number(b"BitsPerComponent"),
        };
        let stencil = dict.get_deref(b"ImageMask", doc).and_then(Object::as_bool);
        if image.width.min(image.height) >= MIN_SIDE && !stencil.unwrap_or(false) {
            self.images.push(image);
        }
    }
}

/// A picture that was found.
struct Found {
    id: ObjectId,
    order: usize,
    page: u32,
    width: u32,
    height: u32,
    bits: u32,
}

impl Found {
    fn pixels(&self) -> u64 {
        u64::from(self.width) * u64::from(self.height)
    }

    fn describe(&self, doc: &Document, stream: &Stream, limits: &Limits) -> EmbeddedImage {
        let page = Some(self.page);
        let filters = stream.filters().unwrap_or_default();
        match filters[..] {
            [b"DCTDecode" | b"DCT"] => describe(&stream.content, page, limits),
            [.., b"DCTDecode" | b"DCT"] => match without_last(stream, &filters, limits) {
                Some(jpeg) => describe(&jpeg, page, limits),
                None => describe(&stream.content, page, limits),
            },
            [.., b"JPXDecode" | b"CCITTFaxDecode" | b"JBIG2Decode"] => {
                describe(&stream.content, page, limits)
            }
            _ => self.describe_pixels(doc, stream, page, limits),
        }
    }

    fn describe_pixels(
        &self,
        doc: &Document,
        stream: &Stream,
        page: Option<u32>,
        limits: &Limits,
    ) -> EmbeddedImage {
        let pixels = Palette::of(doc, &stream.dict)
            .filter(|_| self.bits == 8)
            .and_then(|palette| {
                let stored = self.pixels() as usize * palette.stored();
                let mut bytes = if stream.filters().is_ok_and(|f| !f.is_empty()) {
                    // A little room for what writers pad.
                    stream.decompressed_content_with_limit(stored + 4096).ok()?
                } else {
                    stream.content.clone()
                };
                bytes.truncate(stored);
                (bytes.len() == stored).then(|| palette.expand(bytes))
            });
        match pixels {
            Some((bytes, channels)) => {
                let pixels = Pixels {
                    width: self.width,
                    height: self.height,
                    channels,
                    bytes: &bytes,
                };
                describe_pixels(&stream.content, &pixels, page, limits)
            }
            None => describe(&stream.content, page, limits),
        }
    }
}

/// Bytes before the last filter, where that is a JPEG packed once more.
fn without_last(stream: &Stream, filters: &[&[u8]], limits: &Limits) -> Option<Vec<u8>> {
    let first = filters[..filters.len() - 1].iter();
    let first: Vec<Object> = first.map(|f| Object::Name(f.to_vec())).collect();
    let mut dict = Dictionary::new();
    dict.set("Filter", first);
    let outer = Stream::new(dict, stream.content.clone());
    outer
        .decompressed_content_with_limit(limits.part as usize)
        .ok()
}

/// What the bytes of a picture stand for (ISO 32000-2 §8.6).
enum Palette {
    /// So many channels a pixel.
    Direct(usize),
    /// One byte a pixel, an index into colours of so many channels.
    Indexed(Vec<u8>, usize),
}

impl Palette {
    fn of(doc: &Document, dict: &Dictionary) -> Option<Self> {
        Self::of_space(doc, dict.get_deref(b"ColorSpace", doc).ok()?, 0)
    }

    fn of_space(doc: &Document, space: &Object, depth: usize) -> Option<Self> {
        if depth > 3 {
            return None;
        }
        let parts = match space {
            Object::Name(name) => return direct(name),
            space => space.as_array().ok()?,
        };
        let part = |i: usize| Some(doc.dereference(parts.get(i)?).ok()?.1);
        match part(0)?.as_name().ok()? {
            b"ICCBased" => {
                let profile = part(1)?.as_stream().ok()?;
                let channels = profile.dict.get_deref(b"N", doc).and_then(Object::as_i64);
                Some(Self::Direct(usize::try_from(channels.ok()?).ok()?))
            }
            b"Indexed" | b"I" => {
                let Some(Self::Direct(channels)) = Self::of_space(doc, part(1)?, depth + 1) else {
                    return None;
                };
                let colours = match part(3)? {
                    Object::String(bytes, _) => bytes.clone(),
                    // At most 256 colours of four channels.
                    Object::Stream(stream) if stream.filters().is_ok_and(|f| !f.is_empty()) => {
                        stream.decompressed_content_with_limit(4096).ok()?
                    }
                    Object::Stream(stream) => stream.content.clone(),
                    _ => return None,
                };
                Some(Self::Indexed(colours, channels))
            }
            name => direct(name),
        }
    }

    /// Bytes a pixel, as stored.
    fn stored(&self) -> usize {
        match self {
            Self::Direct(channels) => *channels,
            Self::Indexed(..) => 1,
        }
    }

    /// Pixels and their number of channels.
    fn expand(&self, bytes: Vec<u8>) -> (Vec<u8>, usize) {
        match self {
            Self::Direct(channels) => (bytes, *channels),
            Self::Indexed(colours, channels) => {
                let colour = |i: &u8| {
                    let at = usize::from(*i) * channels;
                    (at..at + channels).map(|i| colours.get(i).copied().unwrap_or(0))
                };
                (bytes.iter().flat_map(colour).collect(), *channels)
            }
        }
    }
}

fn direct(name: &[u8]) -> Option<Palette> {
    match name {
        b"DeviceGray" | b"CalGray" | b"G" => Some(Palette::Direct(1)),
        b"DeviceRGB" | b"CalRGB" | b"RGB" => Some(Palette::Direct(3)),
        b"DeviceCMYK" | b"CMYK" => Some(Palette::Direct(4)),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
