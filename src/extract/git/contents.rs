//! The contents of the files at the tips, handed to a visitor inside the worker, so that they never leave it.
//!
//! A blob's header is read first (a pack of 3 MB can hold a blob of 600 MB), files and the whole repository have a budget
//! of bytes, and each blob's bytes are checked against its id: what a finding cites is then what the id names.
//!
//! Packs are opened anew now and then: libgit2 maps them in pieces of a gigabyte, so every page that was ever read would
//! stay in memory (220 of 380 MB in a repository of 79,000 commits).

use crate::extract::FileVisitor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::git::objects;
use crate::extract::git::walk::oid;
use crate::model::CodeUnit;
use crate::model::SourceInfo;
use git2::{ObjectType, Odb, Oid};
use std::path::Path;

/// After so many bytes of files the packs are opened anew. A small repository is opened once.
const OPEN_ANEW: u64 = 8 << 20;

/// Hands every wanted file to the visitor, in the order of `units`; gives warnings. `odb` is opened anew now and then.
///
/// # Errors
/// Where the repository in `dir` cannot be opened again.
pub(in crate::extract::git) fn visit(
    dir: &Path,
    odb: &mut Odb<'static>,
    source: &SourceInfo,
    units: &mut [CodeUnit],
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
) -> Result<Vec<String>, ReadError> {
    let mut num_read = 0;
    let mut left = limits.contents;
    let (mut num_large, mut num_false, mut num_left_out) = (0usize, 0usize, 0usize);
    for unit in units.iter_mut().filter(|u| u.size > 0) {
        if !visitor.wants(unit) {
            continue;
        }
        if unit.size > limits.file {
            num_large += 1;
            continue;
        }
        if unit.size > left {
            num_left_out += 1;
            continue;
        }
        left -= unit.size;
        num_read += unit.size;
        if num_read > OPEN_ANEW {
            (*odb, num_read) = (objects(dir)?, 0);
        }
        // A missing object has been counted where its header was read.
        let Ok(object) = odb.read(oid(&unit.blob)) else {
            continue;
        };
        let is_true = Oid::hash_object(ObjectType::Blob, object.data());
        if !is_true.is_ok_and(|id| id == oid(&unit.blob)) {
            num_false += 1;
            continue;
        }
        visitor.visit(source, unit, object.data());
    }
    Ok(warnings([num_large, num_false, num_left_out], limits))
}

/// What to say about files that are too large, false, or beyond the limit.
fn warnings([num_large, num_false, num_left_out]: [usize; 3], limits: &Limits) -> Vec<String> {
    let (file, all) = (limits.file >> 10, limits.contents >> 20);
    let said = [
        (
            num_large,
            format!("files are larger than {file} KB and were not looked into"),
        ),
        (
            num_false,
            "files do not have the contents that their id names".into(),
        ),
        (
            num_left_out,
            format!("files were not looked into: the limit of {all} MB a repository was reached"),
        ),
    ];
    let said = said.into_iter().filter(|(number, _)| *number > 0);
    said.map(|(number, what)| format!("{number} {what}"))
        .collect()
}
