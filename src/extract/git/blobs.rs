//! Single files of a repository by their ids: what the report quotes, read again from the source.

use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::objects;
use crate::extract::git::open;
use crate::extract::git::walk::oid;
use crate::model::ObjectId;
use git2::{ObjectType, Oid};
use std::path::Path;

/// The contents of each blob; `None` where it is missing, too large, or not what its id names.
///
/// # Errors
/// Where the repository must not be opened or is none.
pub(in crate::extract) fn read(
    path: &Path,
    blobs: &[ObjectId],
    limits: &Limits,
) -> Result<Vec<Option<Vec<u8>>>, ReadError> {
    let dir = open::locate(path, limits)?;
    let odb = objects(&dir)?;
    let read = |blob: &ObjectId| {
        let (size, kind) = odb.read_header(oid(blob)).ok()?;
        if kind != ObjectType::Blob || size as u64 > limits.file {
            return None;
        }
        let object = odb.read(oid(blob)).ok()?;
        let id = Oid::hash_object(ObjectType::Blob, object.data()).ok()?;
        (id == oid(blob)).then(|| object.data().to_vec())
    };
    Ok(blobs.iter().map(read).collect())
}
