//! The contents of the files at the tips, handed to a visitor inside the worker, so that they never leave it.
//!
//! A blob's header is read first (a pack of 3 MB can hold a blob of 600 MB), files and the whole repository have a budget
//! of bytes, and each blob's bytes are checked against its id: what a finding cites is then what the id names.

use crate::extract::FileVisitor;
use crate::extract::Limits;
use crate::extract::git::walk::oid;
use crate::model::CodeUnit;
use crate::model::SourceInfo;
use git2::{ObjectType, Odb, Oid};

/// Hands every wanted file to the visitor, in the order of `units`; gives warnings.
pub(in crate::extract::git) fn visit(
    odb: &Odb<'_>,
    source: &SourceInfo,
    units: &mut [CodeUnit],
    limits: &Limits,
    visitor: &mut dyn FileVisitor,
) -> Vec<String> {
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
    let mut warnings = Vec::new();
    let mut say = |number: usize, what: String| {
        if number > 0 {
            warnings.push(format!("{number} {what}"));
        }
    };
    say(
        num_large,
        format!(
            "files are larger than {} KB and were not looked into",
            limits.file >> 10
        ),
    );
    say(
        num_false,
        "files do not have the contents that their id names".into(),
    );
    say(
        num_left_out,
        format!(
            "files were not looked into: the limit of {} MB a repository was reached",
            limits.contents >> 20
        ),
    );
    warnings
}
