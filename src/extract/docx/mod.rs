//! DOCX (ECMA-376, ISO/IEC 29500): the text of document, headers, footers, footnotes and endnotes, the properties, the
//! revision save ids, the hyperlinks, and what the file keeps beside its text: tracked changes, comments, hidden text,
//! pictures, local paths. Charts, embedded files and macros are left out; nothing is fetched or run.

mod body;
mod comments;
mod look;
mod package;
mod properties;

#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::changes::Changes;
use crate::extract::docx::body::Context;
use crate::extract::docx::look::Styles;
use crate::extract::docx::package::Package;
use crate::extract::image;
use crate::extract::prose::Colour;
use crate::extract::prose::Prose;
use crate::extract::prose::Written;
use crate::model::DocumentMeta;
use crate::model::EmbeddedImage;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use std::path::Path;

/// Name and version of the XML reader, as `Cargo.lock` has it.
pub(in crate::extract) const ENGINE: (&str, &str) = ("quick-xml", "0.42.0");

/// Begins a compound file, in which Office wraps a document that has a password ([MS-OFFCRYPTO] §2.3).
const COMPOUND: &[u8] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1";

/// Pictures described of one document.
pub(in crate::extract) const MAX_IMAGES: usize = 200;

/// DOCX.
pub(in crate::extract) struct Docx;

impl Extractor for Docx {
    fn kind(&self) -> SourceKind {
        SourceKind::Docx
    }

    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        if is_locked(bytes) {
            return true;
        }
        if !bytes.starts_with(b"PK\x03\x04") {
            return false;
        }
        match Package::open(bytes, &Limits::default()) {
            Ok(package) => package.main().is_some(),
            // Cut off or a bomb: a part's name is left to tell by.
            Err(_) => contains(bytes, b"word/document"),
        }
    }

    fn read(&self, bytes: &[u8], _attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        if is_locked(bytes) {
            return Err(ReadError::Encrypted);
        }
        let mut package = Package::open(bytes, limits)?;
        let main = package
            .main()
            .ok_or_else(|| ReadError::damaged("DOCX", "it has no document part"))?;
        let mut reader = Reader {
            package: &mut package,
            limits,
            traces: Traces::default(),
            meta: DocumentMeta::default(),
            warnings: Vec::new(),
        };
        let written = reader.text(&main)?;
        reader.meta()?;
        let Reader {
            mut traces,
            meta,
            warnings,
            ..
        } = reader;
        traces.hidden = written.hidden;
        traces.layout = written.layout;
        let is_blank = |text: &str| !text.chars().any(char::is_alphanumeric);
        if is_blank(&written.text) && traces.hidden.is_empty() {
            let why = warnings.into_iter().next();
            return Err(why.map_or_else(
                || ReadError::NoText(String::new()),
                |w| ReadError::damaged("DOCX", w),
            ));
        }
        Ok(RawDocument {
            kind: SourceKind::Docx,
            engine: Engine::new(ENGINE.0, ENGINE.1),
            text: PagedText::new(written.text, Vec::new()),
            meta,
            links: written.links,
            traces,
            warnings,
        })
    }
}

/// A document with a password, wrapped in a compound file.
fn is_locked(bytes: &[u8]) -> bool {
    let name: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    bytes.starts_with(COMPOUND) && contains(bytes, &name)
}

fn contains(bytes: &[u8], what: &[u8]) -> bool {
    bytes.windows(what.len()).any(|w| w == what)
}

/// One document under way.
struct Reader<'a, 'b> {
    package: &'a mut Package<'b>,
    limits: &'a Limits,
    traces: Traces<PagedText>,
    meta: DocumentMeta,
    warnings: Vec<String>,
}

impl Reader<'_, '_> {
    /// Headers first, as they stand on the page; footers and notes last.
    fn text(&mut self, main: &str) -> Result<Written, ReadError> {
        let mut parts = self.package.of_type("wordprocessingml.header+xml");
        parts.push(main.into());
        for kind in ["footer", "footnotes", "endnotes"] {
            parts.extend(
                self.package
                    .of_type(&format!("wordprocessingml.{kind}+xml")),
            );
        }
        let styles = self
            .package
            .first_of_type("wordprocessingml.styles+xml", "word/styles.xml");
        let styles = Styles::read(&self.part(&styles)?.unwrap_or_default());
        let mut body = self.part(main)?;
        let page = body.as_deref().and_then(page_colour);
        let (mut prose, mut changes) = (Prose::new(), Changes::default());
        let (mut images, mut paths) = (Vec::new(), Vec::new());
        for part in parts {
            let xml = if part == main {
                body.take()
            } else {
                self.part(&part)?
            };
            let Some(xml) = xml else {
                self.missing(&part);
                continue;
            };
            let relations = self.package.relations(&part)?;
            let mut context = Context {
                prose: &mut prose,
                changes: &mut changes,
                images: &mut images,
                paths: &mut paths,
                styles: &styles,
                page,
            };
            context.prose.open_aside();
            let end = body::read(&xml, &relations, &mut context);
            context.prose.close_part();
            paths.extend(relations.paths);
            self.note(&part, end);
        }
        self.comments(&mut changes)?;
        self.images(images)?;
        self.traces.revisions = changes.finish();
        self.traces.paths = paths;
        Ok(prose.finish())
    }

    /// A part; one that cannot be read or is not there is a warning.
    fn part(&mut self, part: &str) -> Result<Option<String>, ReadError> {
        match self.package.read(part) {
            Err(ReadError::Damaged { reason, .. }) => {
                let warning = format!("{part} could not be read: {reason}");
                if !self.warnings.contains(&warning) {
                    self.warnings.push(warning);
                }
                Ok(None)
            }
            other => other,
        }
    }

    fn missing(&mut self, part: &str) {
        if !self.package.has(part) {
            self.warnings.push(format!("{part} is missing"));
        }
    }

    fn note(&mut self, part: &str, end: Result<(), String>) {
        let warning = |why| format!("{part} could be read in part only: {why}");
        self.warnings.extend(end.err().map(warning));
    }

    fn comments(&mut self, changes: &mut Changes) -> Result<(), ReadError> {
        for part in self.package.of_type("wordprocessingml.comments+xml") {
            if let Some(xml) = self.part(&part)? {
                self.note(&part, comments::read(&xml, changes));
            }
        }
        Ok(())
    }

    fn images(&mut self, parts: Vec<String>) -> Result<(), ReadError> {
        for part in parts.into_iter().take(MAX_IMAGES) {
            match self.package.bytes(&part) {
                Ok(Some(bytes)) => self.traces.images.push(self.describe(&bytes)),
                Ok(None) | Err(ReadError::Damaged { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        Ok(())
    }

    fn describe(&self, bytes: &[u8]) -> EmbeddedImage {
        image::describe(bytes, None, self.limits)
    }

    fn meta(&mut self) -> Result<(), ReadError> {
        type Read = fn(&str, &mut DocumentMeta) -> Result<(), String>;
        let settings = "word/settings.xml";
        let readers: [(&str, &str, Read); 3] = [
            ("core-properties+xml", "docProps/core.xml", properties::core),
            (
                "extended-properties+xml",
                "docProps/app.xml",
                properties::app,
            ),
            (
                "wordprocessingml.settings+xml",
                settings,
                properties::settings,
            ),
        ];
        for (kind, usual, read) in readers {
            let part = self.package.first_of_type(kind, usual);
            let Some(xml) = self.part(&part)? else {
                continue;
            };
            let end = read(&xml, &mut self.meta);
            self.note(&part, end);
            if usual == settings {
                let relations = self.package.relations(&part)?;
                self.meta.template = relations.template.or(self.meta.template.take());
                self.traces.paths.extend(relations.paths);
            }
        }
        Ok(())
    }
}

/// What the pages are painted with: white unless the document says another colour, not known when something is drawn
/// behind the text.
fn page_colour(main: &str) -> Option<Colour> {
    if main.contains("behindDoc=\"1\"") || main.contains("behindDoc=\"true\"") {
        return None;
    }
    let colour = main.split_once("<w:background").and_then(|(_, rest)| {
        let attributes = rest.split('>').next()?;
        let value = attributes.split_once("w:color=\"")?.1;
        Colour::from_hex(value.split('"').next()?)
    });
    Some(colour.unwrap_or(Colour::WHITE))
}
