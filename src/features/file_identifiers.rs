//! Identifiers in the files of a repository, with the role that the file gives them.
//!
//! A licence names its holder, a package manifest its author; anything else only mentions. Phone numbers without a
//! country code are not looked for: in code any row of digits may look like one.

use crate::features::identifiers;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::Identifier;
use crate::model::IdentifierRole;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;

/// Names of package manifests, lower case.
const MANIFESTS: &str = "package.json composer.json cargo.toml pyproject.toml setup.py setup.cfg pom.xml \
    pubspec.yaml mix.exs build.gradle dune-project description authors authors.md contributors contributors.md";

/// Whether a file that is no source code may still name people: a readme, a package manifest, a page of text.
pub fn is_about_people(path: &str) -> bool {
    let name = file_name(path);
    name.starts_with("readme") || name.ends_with(".md") || is_manifest(&name)
}

/// Identifiers in one file, in the order of the text; none where it is no UTF-8.
pub fn find(source: &SourceInfo, unit: &CodeUnit, bytes: &[u8]) -> Vec<Identifier> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let role = role(unit);
    let place = Place::File {
        path: unit.path.clone(),
        blob: unit.blob,
    };
    let at = Provenance::new(source, place);
    identifiers::from_text(text, None)
        .into_iter()
        .map(|found| Identifier {
            kind: found.kind,
            value: found.value,
            written: found.written,
            role: if found.is_item {
                IdentifierRole::Mention
            } else {
                role
            },
            assumed_region: found.assumed_region,
            at: at.clone(),
        })
        .collect()
}

fn role(unit: &CodeUnit) -> IdentifierRole {
    match unit.class {
        FileClass::Licence => IdentifierRole::LicenceHolder,
        _ if is_manifest(&file_name(&unit.path)) => IdentifierRole::PackageAuthor,
        _ => IdentifierRole::Mention,
    }
}

fn file_name(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_lowercase()
}

fn is_manifest(name: &str) -> bool {
    MANIFESTS.split_whitespace().any(|m| m == name)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ObjectId;

    fn found(path: &str, class: FileClass, text: &str) -> Vec<(String, IdentifierRole)> {
        let blob = ObjectId([7; 20]);
        let unit = CodeUnit::new(blob, path.into(), text.len() as u64, class);
        let source = SourceInfo {
            path: "ann/repo".into(),
            sha256: Default::default(),
            kind: crate::model::SourceKind::Git,
            engine: None,
        };
        find(&source, &unit, text.as_bytes())
            .into_iter()
            .map(|i| (i.value, i.role))
            .collect()
    }

    #[test]
    fn the_file_gives_the_role() {
        let text = "Ann <ann.moe@herons.example>";
        for (path, class, role) in [
            ("LICENSE", FileClass::Licence, IdentifierRole::LicenceHolder),
            (
                "web/package.json",
                FileClass::Data,
                IdentifierRole::PackageAuthor,
            ),
            ("README.md", FileClass::Data, IdentifierRole::Mention),
            ("src/a.rs", FileClass::Source, IdentifierRole::Mention),
        ] {
            let value = "ann.moe@herons.example".to_owned();
            assert_eq!(found(path, class, text), [(value, role)], "{path}");
        }
        assert!(is_about_people("a/README") && !is_about_people("data/people.csv"));
    }
}
