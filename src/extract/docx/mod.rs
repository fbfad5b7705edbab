//! DOCX (ECMA-376, ISO/IEC 29500): the text of document, headers, footers, footnotes and endnotes, the properties, the
//! revision save ids and the hyperlinks. Comments are not the applicant's text and are left out, and so are charts,
//! embedded files and macros; nothing is fetched or run.

mod body;
mod package;
mod properties;

#[cfg(test)]
mod tests;

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::docx::package::Package;
use crate::model::DocumentLink;
use crate::model::DocumentMeta;
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
        let mut warnings = Vec::new();
        let (text, links) = read_text(&mut package, &main, &mut warnings)?;
        let meta = read_meta(&mut package, &mut warnings)?;
        if !text.chars().any(char::is_alphanumeric) {
            let why = warnings.into_iter().next();
            return Err(why.map_or_else(
                || ReadError::NoText(String::new()),
                |w| ReadError::damaged("DOCX", w),
            ));
        }
        let text = PagedText::new(text, Vec::new());
        let engine = Engine::new(ENGINE.0, ENGINE.1);
        Ok(RawDocument {
            kind: SourceKind::Docx,
            engine,
            text,
            meta,
            links,
            traces: Traces::default(),
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

/// Headers first, as they stand on the page; footers and notes last.
fn read_text(
    package: &mut Package<'_>,
    main: &str,
    warnings: &mut Vec<String>,
) -> Result<(String, Vec<DocumentLink>), ReadError> {
    let mut parts = package.of_type("wordprocessingml.header+xml");
    parts.push(main.into());
    for kind in ["footer", "footnotes", "endnotes"] {
        parts.extend(package.of_type(&format!("wordprocessingml.{kind}+xml")));
    }
    let mut text = String::new();
    let mut links = Vec::new();
    for part in parts {
        let xml = match package.read(&part) {
            Ok(xml) => xml,
            Err(ReadError::Damaged { reason, .. }) => {
                warnings.push(format!("{part} could not be read: {reason}"));
                continue;
            }
            Err(other) => return Err(other),
        };
        let Some(xml) = xml else {
            warnings.push(format!("{part} is missing"));
            continue;
        };
        let (found, targets, end) = body::read(&xml, &package.hyperlinks(&part)?);
        if let Err(why) = end {
            warnings.push(format!("{part} could be read in part only: {why}"));
        }
        if found.chars().any(|c| !c.is_whitespace()) {
            text.push_str(&found);
        }
        links.extend(targets.into_iter().map(|target| DocumentLink {
            target,
            text: String::new(),
            page: None,
        }));
    }
    Ok((text, links))
}

fn read_meta(
    package: &mut Package<'_>,
    warnings: &mut Vec<String>,
) -> Result<DocumentMeta, ReadError> {
    type Reader = fn(&str, &mut DocumentMeta) -> Result<(), String>;
    let readers: [(&str, &str, Reader); 3] = [
        ("core-properties+xml", "docProps/core.xml", properties::core),
        (
            "extended-properties+xml",
            "docProps/app.xml",
            properties::app,
        ),
        (
            "wordprocessingml.settings+xml",
            "word/settings.xml",
            properties::settings,
        ),
    ];
    let mut meta = DocumentMeta::default();
    for (kind, usual, read) in readers {
        let part = package
            .of_type(kind)
            .into_iter()
            .next()
            .unwrap_or_else(|| usual.into());
        let faults = match package.read(&part) {
            Ok(Some(xml)) => read(&xml, &mut meta).err(),
            Ok(None) => None,
            Err(ReadError::Damaged { reason, .. }) => Some(reason),
            Err(other) => return Err(other),
        };
        warnings.extend(faults.map(|why| format!("{part} could not be read: {why}")));
    }
    Ok(meta)
}
