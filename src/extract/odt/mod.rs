//! ODT (OpenDocument 1.3, ISO/IEC 26300): the text of body, headers, footers and notes, the metadata, the save ids that
//! LibreOffice writes into styles, and what the file keeps beside its text: tracked changes, comments, hidden text,
//! pictures, local paths. Spreadsheets and drawings are other formats; objects inside and macros are left out.

mod content;
mod meta;
mod styles;

#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::archive::Archive;
use crate::extract::changes::Changes;
use crate::extract::docx;
use crate::extract::image;
use crate::extract::odt::content::Context;
use crate::extract::odt::content::Part;
use crate::extract::odt::styles::Styles;
use crate::extract::prose::Prose;
use crate::extract::prose::Written;
use crate::model::DocumentMeta;
use crate::model::Engine;
use crate::model::PagedText;
use crate::model::RawDocument;
use crate::model::SourceKind;
use crate::model::Traces;
use std::path::Path;

/// How the archive names its own format (OpenDocument part 2 §3.3); templates and master documents begin alike.
const MIME: &str = "application/vnd.oasis.opendocument.text";

/// ODT.
pub(in crate::extract) struct Odt;

impl Extractor for Odt {
    fn kind(&self) -> SourceKind {
        SourceKind::Odt
    }

    /// The first entry is `mimetype`, stored without compression, so that its content stands at a fixed place.
    fn recognises(&self, bytes: &[u8], _path: &Path) -> bool {
        let start = String::from_utf8_lossy(&bytes[..bytes.len().min(150)]);
        if !bytes.starts_with(b"PK\x03\x04") {
            return false;
        }
        if start.contains(&format!("mimetype{MIME}")) {
            return true;
        }
        let Ok(mut archive) = Archive::open(bytes, "ODT", &Limits::default()) else {
            return false;
        };
        matches!(archive.text("mimetype"), Ok(Some(kind)) if kind.trim().starts_with(MIME))
    }

    fn read(&self, bytes: &[u8], _attempt: u8, limits: &Limits) -> Result<RawDocument, ReadError> {
        let mut reader = Reader {
            archive: Archive::open(bytes, "ODT", limits)?,
            warnings: Vec::new(),
        };
        let manifest = reader.part("META-INF/manifest.xml")?.unwrap_or_default();
        if manifest.contains("encryption-data") {
            return Err(ReadError::Encrypted);
        }
        let content = reader.part("content.xml")?;
        let content = content.ok_or_else(|| match reader.warnings.first() {
            Some(why) => ReadError::damaged("ODT", why),
            None => ReadError::damaged("ODT", "it has no content"),
        })?;
        let mut meta = reader.meta()?;
        let (written, mut traces, rsids) = reader.text(&content, limits)?;
        meta.0.rsids = rsids;
        traces.hidden = written.hidden;
        traces.layout = written.layout;
        traces.paths.extend(meta.1);
        if !written.text.chars().any(char::is_alphanumeric) && traces.hidden.is_empty() {
            let why = reader.warnings.into_iter().next();
            return Err(why.map_or_else(
                || ReadError::NoText(String::new()),
                |w| ReadError::damaged("ODT", w),
            ));
        }
        Ok(RawDocument {
            kind: SourceKind::Odt,
            engine: Engine::new(docx::ENGINE.0, docx::ENGINE.1),
            text: PagedText::new(written.text, Vec::new()),
            meta: meta.0,
            links: written.links,
            traces,
            warnings: reader.warnings,
        })
    }
}

/// One document under way.
struct Reader<'a> {
    archive: Archive<'a>,
    warnings: Vec<String>,
}

impl Reader<'_> {
    /// A part; one that cannot be read is a warning.
    fn part(&mut self, part: &str) -> Result<Option<String>, ReadError> {
        match self.archive.text(part) {
            Err(ReadError::Damaged { reason, .. }) => {
                self.warnings
                    .push(format!("{part} could not be read: {reason}"));
                Ok(None)
            }
            other => other,
        }
    }

    fn note(&mut self, part: &str, end: Result<(), String>) {
        let warning = |why| format!("{part} could be read in part only: {why}");
        self.warnings.extend(end.err().map(warning));
    }

    /// Metadata, and the local paths in it.
    fn meta(&mut self) -> Result<(DocumentMeta, Vec<String>), ReadError> {
        let mut meta = DocumentMeta::default();
        let mut paths = Vec::new();
        if let Some(xml) = self.part("meta.xml")? {
            let end = meta::read(&xml, &mut meta, &mut paths);
            self.note("meta.xml", end);
        }
        if let Some(xml) = self.part("settings.xml")? {
            meta::settings(&xml, &mut meta);
        }
        Ok((meta, paths))
    }

    /// Headers, body, footers, as they stand on a page; and the save ids of the styles.
    fn text(
        &mut self,
        content: &str,
        limits: &Limits,
    ) -> Result<(Written, Traces<PagedText>, Vec<u32>), ReadError> {
        let named = self.part("styles.xml")?.unwrap_or_default();
        let mut styles = Styles::default();
        styles.add(&named);
        styles.add(content);
        let (mut prose, mut changes) = (Prose::new(), Changes::default());
        let (mut images, mut traces) = (Vec::new(), Traces::default());
        for (part, xml, of) in [
            ("styles.xml", named.as_str(), Part::Headers),
            ("content.xml", content, Part::Body),
            ("styles.xml", &named, Part::Footers),
        ] {
            let mut context = Context {
                prose: &mut prose,
                changes: &mut changes,
                images: &mut images,
                paths: &mut traces.paths,
                styles: &styles,
            };
            context.prose.open_aside();
            let end = content::read(xml, of, &mut context);
            context.prose.close_part();
            if of != Part::Footers {
                self.note(part, end.map_err(|e| e.to_string()));
            }
        }
        for name in images.iter().take(docx::MAX_IMAGES) {
            match self.archive.bytes(name) {
                Ok(Some(bytes)) => traces.images.push(image::describe(&bytes, None, limits)),
                Ok(None) | Err(ReadError::Damaged { .. }) => {}
                Err(other) => return Err(other),
            }
        }
        traces.revisions = changes.finish();
        Ok((prose.finish(), traces, styles.rsids.into_iter().collect()))
    }
}
