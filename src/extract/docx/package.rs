//! The zip package of a DOCX (ECMA-376 part 2) under limits that hold while it is read: number of entries, bytes of one
//! part, bytes of all, and bytes out for bytes in. What the zip headers declare is believed only where it refuses.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::xml::Node;
use crate::extract::xml::walk;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
use std::collections::BTreeMap;
use std::io::Cursor;
use std::io::Read;
use zip::ZipArchive;
use zip::result::ZipError;

/// Entries of an archive; résumés have 10 to 60.
const MAX_ENTRIES: usize = 4096;

/// Bytes out for one byte of the file, judged once [`RATIO_FROM`] bytes are out. Word's XML shrinks to a twentieth or,
/// when a table repeats, a sixtieth.
const MAX_RATIO: u64 = 200;

/// Below this many bytes a high ratio does no harm.
const RATIO_FROM: u64 = 4 << 20;

/// An open package.
pub(in crate::extract) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Lower-case part name without the leading slash → content type.
    types: BTreeMap<String, String>,
    size: u64,
    used: u64,
    part: u64,
}

impl<'a> Package<'a> {
    /// Opens the archive and reads which part is what.
    ///
    /// # Errors
    /// `Damaged`, or `Bomb` when it holds too much.
    pub fn open(bytes: &'a [u8], limits: &Limits) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(damaged)?;
        if zip.len() > MAX_ENTRIES {
            return Err(ReadError::Bomb(format!(
                "it has {} parts, more than {MAX_ENTRIES}",
                zip.len()
            )));
        }
        let size = bytes.len() as u64;
        let mut package = Self {
            zip,
            types: BTreeMap::new(),
            size,
            used: 0,
            part: limits.part,
        };
        package.refuse_declared_bomb()?;
        if let Some(types) = package.read("[Content_Types].xml")? {
            package.types = content_types(&types);
        }
        Ok(package)
    }

    /// An archive that says itself that it would fill the disk is no résumé, whichever part it is.
    fn refuse_declared_bomb(&self) -> Result<(), ReadError> {
        let declared = self.zip.decompressed_size().unwrap_or(0);
        if declared > u128::from(self.part * 4) && declared > u128::from(self.size * MAX_RATIO) {
            return Err(ReadError::Bomb(format!(
                "{} MB in a file of {} KB",
                declared >> 20,
                self.size >> 10
            )));
        }
        Ok(())
    }

    /// Name of the main document part, if this is a text document.
    pub fn main(&self) -> Option<String> {
        let is_main = |t: &str| {
            let ours = t
                .starts_with("application/vnd.openxmlformats-officedocument.wordprocessingml.")
                || t.starts_with("application/vnd.ms-word.");
            ours && t.ends_with("main+xml")
        };
        let declared = self
            .types
            .iter()
            .find(|(_, t)| is_main(t))
            .map(|(name, _)| name.clone());
        declared.or_else(|| {
            self.find("word/document.xml")
                .map(|_| "word/document.xml".into())
        })
    }

    /// Names of the parts whose content type ends in `suffix`, by number.
    pub fn of_type(&self, suffix: &str) -> Vec<String> {
        let mut names: Vec<_> = self
            .types
            .iter()
            .filter(|(_, t)| t.ends_with(suffix))
            .map(|(n, _)| n.clone())
            .collect();
        names.sort_by_key(|name| (name.len(), name.clone()));
        names
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name).or_else(|| {
            (0..self.zip.len()).find(|&i| matches!(self.zip.name_for_index(i), Some(Ok(n)) if n.eq_ignore_ascii_case(name)))
        })
    }

    /// A part as text; `None` when there is none of this name.
    ///
    /// # Errors
    /// `Damaged`, `Encrypted`, or `Bomb` when it expands beyond the limits.
    pub fn read(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let Some(index) = self.find(name) else {
            return Ok(None);
        };
        let mut file = self.zip.by_index(index).map_err(damaged)?;
        let mut content = Vec::new();
        // In steps, so that the ratio is noticed long before the limit is reached.
        while (&mut file)
            .take(RATIO_FROM)
            .read_to_end(&mut content)
            .map_err(damaged)?
            > 0
        {
            let (part, all) = (content.len() as u64, self.used + content.len() as u64);
            if part > self.part || all > self.part * 4 {
                return Err(ReadError::Bomb(format!(
                    "{name} in it holds more than {} MB",
                    self.part >> 20
                )));
            }
            if all > RATIO_FROM && all > self.size * MAX_RATIO {
                return Err(ReadError::Bomb(format!(
                    "more than {MAX_RATIO} times its own size is in {name}"
                )));
            }
        }
        self.used += content.len() as u64;
        let encoding = Encoding::for_bom(&content).map_or(UTF_8, |(encoding, _)| encoding);
        Ok(Some(
            encoding.decode_with_bom_removal(&content).0.into_owned(),
        ))
    }

    /// External hyperlinks of a part: relationship id → target.
    pub fn hyperlinks(&mut self, part: &str) -> Result<BTreeMap<String, String>, ReadError> {
        let (folder, name) = part.rsplit_once('/').unwrap_or(("", part));
        let mut links = BTreeMap::new();
        let Some(xml) = self.read(&format!("{folder}/_rels/{name}.rels"))? else {
            return Ok(links);
        };
        // A fault ends the list early; the text is not touched by it.
        let _ = walk(&xml, &mut |node| {
            if let Node::Start(element) = node
                && element
                    .attribute("Type")
                    .is_some_and(|t| t.ends_with("/hyperlink"))
                && element
                    .attribute("TargetMode")
                    .is_some_and(|m| m == "External")
                && let (Some(id), Some(target)) =
                    (element.attribute("Id"), element.attribute("Target"))
            {
                links.insert(id, target);
            }
        });
        Ok(links)
    }
}

fn content_types(xml: &str) -> BTreeMap<String, String> {
    let mut types = BTreeMap::new();
    let _ = walk(xml, &mut |node| {
        if let Node::Start(element) = node
            && element.name == "Override"
            && let (Some(name), Some(kind)) = (
                element.attribute("PartName"),
                element.attribute("ContentType"),
            )
        {
            types.insert(name.trim_start_matches('/').to_lowercase(), kind);
        }
    });
    types
}

fn damaged(error: impl Into<ZipError>) -> ReadError {
    match error.into() {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted
        }
        ZipError::Io(why) => ReadError::damaged("DOCX", why),
        why => ReadError::damaged("DOCX", why.to_string().to_lowercase()),
    }
}
