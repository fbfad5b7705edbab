//! What a file keeps beside its visible text: earlier revisions, hidden text, images, layout.
//!
//! The same shape before and after masking: `T` is [`PagedText`](crate::model::PagedText)-like raw text in a reading and
//! masked text in a profile. No image and no raw text is ever kept in a profile.

use crate::model::{Digest, ImageView, RawTime};
use serde::{Deserialize, Serialize};

/// Everything of the kind that was found in one document.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Traces<T> {
    /// Earlier states and changes that are still in the file, oldest first.
    pub revisions: Vec<Revision<T>>,
    /// Text that a reader of the page does not see.
    pub hidden: Vec<HiddenText<T>>,
    /// Embedded images, in order of appearance.
    pub images: Vec<EmbeddedImage>,
    /// How the page is set, where the format says so.
    pub layout: Option<Layout>,
    /// Local paths that the program wrote into the file (attached template, relationship targets), in order.
    pub paths: Vec<String>,
}

impl<T> Default for Traces<T> {
    fn default() -> Self {
        Self {
            revisions: Vec::new(),
            hidden: Vec::new(),
            images: Vec::new(),
            layout: None,
            paths: Vec::new(),
        }
    }
}

impl<T> Traces<T> {
    /// The same traces with every text turned into another kind of text.
    pub fn map<U>(self, mut turn: impl FnMut(T) -> U) -> Traces<U> {
        Traces {
            revisions: self
                .revisions
                .into_iter()
                .map(|r| Revision {
                    kind: r.kind,
                    author: r.author,
                    time: r.time,
                    fields: r.fields,
                    text: turn(r.text),
                })
                .collect(),
            hidden: self
                .hidden
                .into_iter()
                .map(|h| HiddenText {
                    how: h.how,
                    ordinary: h.ordinary,
                    page: h.page,
                    text: turn(h.text),
                })
                .collect(),
            images: self.images,
            layout: self.layout,
            paths: self.paths,
        }
    }
}

/// What kind of earlier state it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum RevisionKind {
    /// The file as it was before an incremental update (PDF), 1 = the oldest.
    Saved(u32),
    /// Text that a tracked change removed.
    Deleted,
    /// Text that a tracked change put in.
    Inserted,
    /// A comment.
    Comment,
}

/// An earlier state of the file, or a change that it still records.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Revision<T> {
    /// Its kind.
    pub kind: RevisionKind,
    /// Who made it, as recorded.
    pub author: Option<String>,
    /// When, as recorded.
    pub time: Option<RawTime>,
    /// Metadata that was different then: (field, value), by field.
    pub fields: Vec<(String, String)>,
    /// Lines that the present text does not have (of a change: its text).
    pub text: T,
}

/// How text is kept from a reader's eye.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Hiding {
    /// Its colour is that of what is painted under it.
    SameColour,
    /// 1 point or smaller.
    Tiny,
    /// Outside the page.
    OffPage,
    /// PDF text render mode 3 (neither filled nor stroked).
    Unpainted,
    /// Marked as hidden (`w:vanish`, `display: none`, RTF `\v`).
    Marked,
    /// Characters without width inside words.
    ZeroWidth,
    /// Letters of another script that look like Latin ones, inside Latin words.
    Lookalike,
}

/// Why hidden text is ordinary.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Ordinary {
    /// The text layer of a scan.
    OcrLayer,
    /// What a design tool leaves of its template.
    TemplateGhost,
}

/// A stretch of text that a reader of the page does not see.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HiddenText<T> {
    /// How it is hidden.
    pub how: Hiding,
    /// Why that is ordinary here, if it is.
    pub ordinary: Option<Ordinary>,
    /// 1-based page, where the format has pages.
    pub page: Option<u32>,
    /// The text.
    pub text: T,
}

/// A 256-bit perceptual hash: images that look alike differ in few bits.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct PerceptualHash(pub [u64; 4]);

impl PerceptualHash {
    /// Number of different bits, 0 to 256.
    pub fn distance(self, other: Self) -> u32 {
        self.0
            .iter()
            .zip(other.0)
            .map(|(a, b)| (a ^ b).count_ones())
            .sum()
    }
}

/// An image inside a document, or a document that is one: hashes and measures, never pixels.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct EmbeddedImage {
    /// 1-based page, where the format has pages.
    pub page: Option<u32>,
    /// Digest of the encoded bytes as they stand in the file.
    pub sha256: Digest,
    /// Width in pixels; 0 where the image could not be decoded.
    pub width: u32,
    /// Height in pixels; 0 where the image could not be decoded.
    pub height: u32,
    /// Encoded size in bytes.
    pub num_bytes: u64,
    /// What it looks like: the whole image first, then the views that make a crop recognisable, where it may be a photo.
    pub views: Vec<ImageView>,
    /// Entropy of its grey levels in bits, 0 to 8; 0 where it could not be decoded.
    pub entropy: f32,
    /// What Exif says.
    pub exif: Option<Exif>,
    /// Program that the image says made it (PNG text, C2PA, XMP), as recorded.
    pub generator: Option<String>,
    /// A small grey JPEG; only where a report that reveals names asked for it, never in a profile that is kept.
    pub thumbnail: Vec<u8>,
}

/// Least side of a photo in pixels: smaller ones are icons.
const PHOTO_SIDE: u32 = 64;
/// Longest side of a photo by its shortest: beyond it, a banner or a line.
const PHOTO_ASPECT: u32 = 2;
/// Least entropy of a photo in bits. Drawings, logos, signatures and pages of text have few grey levels.
const PHOTO_ENTROPY: f32 = 5.0;
/// Least number of set bits in the tiles of a photo. Faces, photographed or drawn, set 185 and more of 1,024; a ground that
/// runs from one colour to another sets 32, and any two such grounds look the same.
const PHOTO_DETAIL: u32 = 128;

impl EmbeddedImage {
    /// Whether size, shape, entropy and detail allow a photo rather than an icon, a logo, a banner, a coloured ground or a
    /// page of text.
    pub fn may_be_photo(&self) -> bool {
        let (short, long) = (self.width.min(self.height), self.width.max(self.height));
        let detail = self.views.first().map_or(0, ImageView::detail);
        short >= PHOTO_SIDE
            && long <= PHOTO_ASPECT * short
            && self.entropy >= PHOTO_ENTROPY
            && detail >= PHOTO_DETAIL
    }
}

/// What a camera wrote into an image.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exif {
    /// Body serial number.
    pub serial: Option<String>,
    /// Maker and model.
    pub camera: Option<String>,
    /// When it was taken, as recorded.
    pub taken: Option<RawTime>,
    /// Program that wrote the file.
    pub software: Option<String>,
}

/// How a document is set. Compared only as equality of the hashes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Layout {
    /// Hash of the sequence of (font, size, horizontal place) of the lines.
    pub hash: u64,
    /// Number of lines hashed.
    pub num_lines: u32,
    /// Hashes of the different (font, size, horizontal place) values, sorted.
    pub grid: Vec<u64>,
    /// Fonts by name with the number of characters set in each: for `inspect`, never compared.
    pub fonts: Vec<(String, u32)>,
}
