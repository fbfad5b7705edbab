//! One entry of a zip, read in place. A worker keeps the archive that it read last open: an export has thousands of
//! entries, and its directory need not be read for each.

use crate::extract::Limits;
use crate::extract::ReadError;
use std::cell::RefCell;
use std::fs::File;
use std::io::BufReader;
use std::io::Read as _;
use std::path::Path;
use std::path::PathBuf;
use zip::ZipArchive;
use zip::result::ZipError;

type Archive = ZipArchive<BufReader<File>>;

thread_local! {
    static LAST: RefCell<Option<(PathBuf, Archive)>> = const { RefCell::new(None) };
}

/// The bytes of the entry with this number, up to the input limit.
///
/// # Errors
/// `Io`, `Damaged`, `Encrypted`, or `TooLarge`, whatever size the archive declares.
pub(in crate::extract) fn read(
    path: &Path,
    index: u32,
    limits: &Limits,
) -> Result<Vec<u8>, ReadError> {
    LAST.with_borrow_mut(|last| {
        let mut archive = match last.take() {
            Some((open, archive)) if open == path => archive,
            _ => open(path)?,
        };
        let bytes = read_from(&mut archive, index, limits);
        *last = Some((path.into(), archive));
        bytes
    })
}

fn open(path: &Path) -> Result<Archive, ReadError> {
    let file = File::open(path).map_err(|e| ReadError::Io(e.to_string()))?;
    ZipArchive::new(BufReader::new(file)).map_err(damaged)
}

fn read_from(archive: &mut Archive, index: u32, limits: &Limits) -> Result<Vec<u8>, ReadError> {
    let entry = archive.by_index(index as usize).map_err(damaged)?;
    let mut bytes = Vec::new();
    entry
        .take(limits.input + 1)
        .read_to_end(&mut bytes)
        .map_err(|e| damaged(ZipError::Io(e)))?;
    if bytes.len() as u64 > limits.input {
        return Err(ReadError::TooLarge {
            limit: format!("{} MB", limits.input >> 20),
        });
    }
    Ok(bytes)
}

fn damaged(error: ZipError) -> ReadError {
    match error {
        ZipError::UnsupportedArchive(why) if why == ZipError::PASSWORD_REQUIRED => {
            ReadError::Encrypted
        }
        ZipError::Io(why) => ReadError::damaged("zip", why),
        why => ReadError::damaged("zip", why.to_string().to_lowercase()),
    }
}
