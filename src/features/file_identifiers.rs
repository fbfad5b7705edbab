//! Identifiers in the files of a repository, with the role that the file gives them.
//!
//! A licence names its holder, a package manifest its author; anything else only mentions. Phone numbers without a
//! country code are not looked for: in code any row of digits may look like one.

use crate::features::anchors::Anchors;
use crate::features::github_noreply::GithubNoReply;
use crate::features::identifiers;
use crate::features::identifiers::Found;
use crate::features::marks;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::Identifier;
use crate::model::IdentifierKind;
use crate::model::IdentifierRole;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;

/// Names of package manifests, lower case.
const MANIFESTS: &str = "package.json composer.json cargo.toml pyproject.toml setup.py setup.cfg pom.xml \
    pubspec.yaml mix.exs build.gradle dune-project description authors authors.md contributors contributors.md";

/// Endings of further files that name people, machines and accounts: settings, pages, keys. Data sets are not among them.
const SETTINGS: &str = ".md .txt .rst .yml .yaml .toml .ini .cfg .conf .properties .html .env .pub .pem .key .asc \
    .netrc .firebaserc .plist .service .ipynb";

/// Names of such files, lower case.
const SETTINGS_NAMES: &str = "cname authorized_keys known_hosts id_rsa id_ed25519 config.json firebase.json \
    google-services.json serviceaccountkey.json credentials.json secrets.json settings.json app.json now.json vercel.json \
    truffle.js .npmrc .gitconfig .mailmap";

/// Folders whose keys are made for tests or examples and travel with copied code.
const TEST_FOLDERS: &str = "test tests testdata test-data __tests__ spec specs fixture fixtures example examples sample \
    samples mock mocks testing e2e";

/// Whether a file that is no source code may still name people or accounts: a readme, a package manifest, settings, a page
/// of text, a key.
pub fn is_about_people(path: &str) -> bool {
    let name = file_name(path);
    name.starts_with("readme")
        || name.starts_with(".env")
        || is_manifest(&name)
        || SETTINGS.split_whitespace().any(|end| name.ends_with(end))
        || SETTINGS_NAMES.split_whitespace().any(|n| n == name)
}

/// Identifiers in one file, in the order of the text; none where it is no UTF-8.
pub fn find(source: &SourceInfo, unit: &CodeUnit, bytes: &[u8]) -> Vec<Identifier> {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return Vec::new();
    };
    let place = Place::File {
        path: unit.path.clone(),
        blob: unit.blob,
    };
    let at = Provenance::new(source, place);
    let role = role(unit);
    let for_tests = is_for_tests(&unit.path);
    let anchors = Anchors::new(text);
    let mut found = identifiers::at(text, &anchors, None);
    found.extend(accounts(text, &found));
    found.extend(marks::at(text, &anchors));
    found
        .into_iter()
        .filter(|f| !(for_tests && is_key(f.kind)))
        .map(|found| {
            let contact = matches!(
                found.kind,
                IdentifierKind::Email
                    | IdentifierKind::Phone
                    | IdentifierKind::Account
                    | IdentifierKind::GithubId
            );
            let role = match found.kind {
                kind if is_key(kind) => IdentifierRole::EmbeddedKey,
                _ if contact && !found.is_item => role,
                _ => IdentifierRole::Mention,
            };
            found.identifier(role, at.clone())
        })
        .collect()
}

fn is_key(kind: IdentifierKind) -> bool {
    matches!(kind, IdentifierKind::SigningKey | IdentifierKind::Secret)
}

fn is_for_tests(path: &str) -> bool {
    let lower = path.to_lowercase();
    let mut parts = lower.split('/');
    parts.any(|part| TEST_FOLDERS.split_whitespace().any(|f| f == part))
}

/// The numbers of GitHub accounts in their no-reply addresses.
fn accounts(text: &str, found: &[Found]) -> Vec<Found> {
    let number = |f: &Found| {
        let id = GithubNoReply::from_email(&f.value)?.id?;
        let span = f.span.clone();
        Some(Found::new(
            IdentifierKind::GithubId,
            id.to_string(),
            text,
            span,
        ))
    };
    found.iter().filter_map(number).collect()
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
