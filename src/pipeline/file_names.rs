//! Names in the files of a repository, where a file says who holds or wrote it, as opaque keys.
//!
//! Runs in the worker: the words themselves never leave it. The applicant's own name is not known there; a name of one's
//! own meets nobody else later.

use crate::features::naming_places;
use crate::identity::NameFinder;
use crate::model::{CodeUnit, Leftover, LeftoverValue, Place, Provenance, SourceInfo};

/// Names that one file gives its holder or author; none where it is no UTF-8.
pub(in crate::pipeline) fn find(
    source: &SourceInfo,
    unit: &CodeUnit,
    bytes: &[u8],
) -> Vec<Leftover> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let names = NameFinder::default();
    let mut found = Vec::new();
    for (site, range) in naming_places::in_file(unit, text) {
        let line = 1 + text[..range.start].matches('\n').count() as u32;
        let place = Place::Lines {
            path: unit.path.clone(),
            blob: unit.blob,
            first: line,
            last: line,
        };
        for key in names.in_field(&text[range]) {
            found.push(Leftover {
                value: LeftoverValue::Name(key),
                site,
                at: Provenance::new(source, place.clone()),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::DisplayName;
    use crate::model::{Digest, FileClass, LeftoverSite, ObjectId, SourceKind};

    #[test]
    fn a_licence_names_its_holder_and_the_line() {
        let source = SourceInfo {
            path: "ann/repo".into(),
            sha256: Digest::default(),
            kind: SourceKind::Git,
            engine: None,
        };
        let unit = CodeUnit::new(ObjectId([1; 20]), "LICENSE".into(), 40, FileClass::Licence);
        let found = find(
            &source,
            &unit,
            b"MIT License\n\nCopyright (c) 2020 Ann Moe\n",
        );
        let key = DisplayName::new("Moe, Ann").unwrap().key();
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].value, LeftoverValue::Name(key));
        assert_eq!(found[0].site, LeftoverSite::Licence);
        assert!(matches!(found[0].at.place, Place::Lines { first: 3, .. }));
        assert_eq!(find(&source, &unit, b"\xff\xfe"), []);
    }
}
