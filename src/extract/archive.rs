//! A zip that is a document (DOCX, ODT), under limits that hold while it is read: number of entries, bytes of one part,
//! bytes of all, and bytes out for bytes in. What the zip headers declare is believed only where it refuses.

use crate::extract::Limits;
use crate::extract::ReadError;
use encoding_rs::Encoding;
use encoding_rs::UTF_8;
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

/// An open archive.
pub(in crate::extract) struct Archive<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    format: &'static str,
    size: u64,
    used: u64,
    part: u64,
}

impl<'a> Archive<'a> {
    /// Opens it; `format` is what errors call it.
    ///
    /// # Errors
    /// `Damaged`, or `Bomb` when it holds too much.
    pub fn open(bytes: &'a [u8], format: &'static str, limits: &Limits) -> Result<Self, ReadError> {
        let zip = ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(format, e))?;
        if zip.len() > MAX_ENTRIES {
            return Err(ReadError::Bomb(format!(
                "it has {} parts, more than {MAX_ENTRIES}",
                zip.len()
            )));
        }
        let archive = Self {
            zip,
            format,
            size: bytes.len() as u64,
            used: 0,
            part: limits.part,
        };
        archive.refuse_declared_bomb()?;
        Ok(archive)
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

    /// Whether there is a part of this name, in any case of its letters.
    pub fn has(&self, name: &str) -> bool {
        self.find(name).is_some()
    }

    fn find(&self, name: &str) -> Option<usize> {
        self.zip.index_for_name(name).or_else(|| {
            (0..self.zip.len()).find(|&i| matches!(self.zip.name_for_index(i), Some(Ok(n)) if n.eq_ignore_ascii_case(name)))
        })
    }

    /// A part's bytes; `None` when there is none of this name.
    ///
    /// # Errors
    /// `Damaged`, `Encrypted`, or `Bomb` when it expands beyond the limits.
    pub fn bytes(&mut self, name: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(index) = self.find(name) else {
            return Ok(None);
        };
        let format = self.format;
        let mut file = self.zip.by_index(index).map_err(|e| damaged(format, e))?;
        let mut content = Vec::new();
        // In steps, so that the ratio is noticed long before the limit is reached.
        while (&mut file)
            .take(RATIO_FROM)
            .read_to_end(&mut content)
            .map_err(|e| damaged(format, e))?
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
        Ok(Some(content))
    }

    /// A part as text; `None` when there is none of this name.
    ///
    /// # Errors
    /// As for [`Archive::bytes`].
    pub fn text(&mut self, name: &str) -> Result<Option<String>, ReadError> {
        let content = self.bytes(name)?;
        Ok(content.map(|content| {
            let encoding = Encoding::for_bom(&content).map_or(UTF_8, |(encoding, _)| encoding);
            encoding.decode_with_bom_removal(&content).0.into_owned()
        }))
    }
}

fn damaged(format: &str, error: impl Into<ZipError>) -> ReadError {
    match error.into() {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted
        }
        ZipError::Io(why) => ReadError::damaged(format, why),
        why => ReadError::damaged(format, why.to_string().to_lowercase()),
    }
}
