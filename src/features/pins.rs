//! Versions that the dependency files of a repository name: manifests and lock files of npm, yarn, pnpm, pip, poetry, cargo,
//! go and Maven.
//!
//! Only packages of the shipped table (`features::releases`) are kept. A range counts as its lower end ("^18.2.0" cannot have
//! been written before 18.2.0 came out); pre-releases, wildcards and upper bounds are not read. The formats are read line
//! by line or as JSON, without resolving anything.

use crate::features::releases;
use crate::model::{CodeUnit, Pin, Place, Provenance, SourceInfo, Version};
use regex::Regex;
use serde_json::Value;
use std::collections::BTreeSet;
use std::sync::LazyLock;

static YARN: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?m)^"?(@?[\w./-]+)@[^\n]*:\n  version:? "?([\w.+-]+)"?"#));
static PNPM: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^  '?/?(@?[\w.-]+(?:/[\w.-]+)?)[@/](\d[\w.+-]*)"));
static PNPM_FORMAT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?m)^lockfileVersion: '?([\d.]+)'?"));
/// `[[package]]` of cargo's, poetry's and uv's lock files.
static PACKAGE: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?m)^name = "([\w.-]+)"\r?\nversion = "([\w.+-]+)""#));
static LOCK_FORMAT: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^version = (\d+)\s*$"));
static EDITION: LazyLock<Regex> =
    LazyLock::new(|| pattern(r#"(?m)^(?:rust-)?edition\s*=\s*"(20\d\d)""#));
static REQUIREMENT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^\s*([A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?\s*(?:==|>=|~=)\s*([\w.+-]+)")
});
static GO: LazyLock<Regex> = LazyLock::new(|| pattern(r"(?m)^go (1\.\d+(?:\.\d+)?)\s*$"));
static MAVEN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"<artifactId>\s*([\w.-]+)\s*</artifactId>\s*<version>\s*([\w.+-]+)\s*</version>")
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Whether a file is one that names versions.
pub fn reads(path: &str) -> bool {
    kind(path).is_some()
}

/// Kinds of dependency files, by name.
#[derive(Clone, Copy)]
enum Kind {
    PackageJson,
    NpmLock,
    YarnLock,
    PnpmLock,
    CargoToml,
    CargoLock,
    PythonLock,
    Requirements,
    GoMod,
    Pom,
}

fn kind(path: &str) -> Option<Kind> {
    let name = path.rsplit('/').next().unwrap_or(path);
    Some(match name {
        "package.json" => Kind::PackageJson,
        "package-lock.json" | "npm-shrinkwrap.json" => Kind::NpmLock,
        "yarn.lock" => Kind::YarnLock,
        "pnpm-lock.yaml" => Kind::PnpmLock,
        "Cargo.toml" => Kind::CargoToml,
        "Cargo.lock" => Kind::CargoLock,
        "poetry.lock" | "uv.lock" => Kind::PythonLock,
        "go.mod" => Kind::GoMod,
        "pom.xml" => Kind::Pom,
        _ if name.starts_with("requirements") && name.ends_with(".txt") => Kind::Requirements,
        _ => return None,
    })
}

/// The versions in one file, sorted, each once; none where it is no UTF-8.
pub fn find(source: &SourceInfo, unit: &CodeUnit, bytes: &[u8]) -> Vec<Pin> {
    let (Some(kind), Ok(text)) = (kind(&unit.path), std::str::from_utf8(bytes)) else {
        return Vec::new();
    };
    let mut found = Found::default();
    found.read(kind, text);
    let place = Place::File {
        path: unit.path.clone(),
        blob: unit.blob,
    };
    let at = Provenance::new(source, place);
    let pin = |(package, version): (&'static str, Version)| Pin {
        package: package.into(),
        version,
        at: at.clone(),
    };
    found.0.into_iter().map(pin).collect()
}

#[derive(Default)]
struct Found(BTreeSet<(&'static str, Version)>);

impl Found {
    fn read(&mut self, kind: Kind, text: &str) {
        match kind {
            Kind::PackageJson => self.package_json(text),
            Kind::NpmLock => self.npm_lock(text),
            Kind::YarnLock => self.pairs(&YARN, "npm", text),
            Kind::PnpmLock => {
                self.pairs(&PNPM, "npm", text);
                self.single(&PNPM_FORMAT, "format", "pnpm-lock", text);
            }
            Kind::CargoToml => self.single(&EDITION, "language", "rust-edition", text),
            Kind::CargoLock => {
                self.pairs(&PACKAGE, "crates", text);
                self.single(&LOCK_FORMAT, "format", "cargo-lock", text);
            }
            Kind::PythonLock => self.pairs(&PACKAGE, "pypi", text),
            Kind::Requirements => self.pairs(&REQUIREMENT, "pypi", text),
            Kind::GoMod => self.single(&GO, "language", "go", text),
            Kind::Pom => self.pairs(&MAVEN, "maven", text),
        }
    }

    fn add(&mut self, kind: &str, name: &str, version: &str) {
        let version = Version::parse(version);
        if let (Some(package), Some(version)) = (releases::package(kind, name), version) {
            self.0.insert((package, version));
        }
    }

    fn pairs(&mut self, pattern: &Regex, kind: &str, text: &str) {
        for found in pattern.captures_iter(text) {
            self.add(kind, &found[1], &found[2]);
        }
    }

    fn single(&mut self, pattern: &Regex, kind: &str, name: &str, text: &str) {
        if let Some(found) = pattern.captures(text) {
            self.add(kind, name, &found[1]);
        }
    }

    fn package_json(&mut self, text: &str) {
        let Ok(json) = serde_json::from_str::<Value>(text) else {
            return;
        };
        for part in ["dependencies", "devDependencies"] {
            for (name, range) in json[part].as_object().into_iter().flatten() {
                let range = range.as_str().unwrap_or_default();
                // "^1.2.3", "~1.2.3", ">=1.2.3" and "1.2.3"; of several ranges none.
                let least = range.trim_start_matches(['^', '~', '=', '>', ' ']);
                if !range.contains(['|', '<', ' ']) {
                    self.add("npm", name, least);
                }
            }
        }
    }

    fn npm_lock(&mut self, text: &str) {
        let Ok(json) = serde_json::from_str::<Value>(text) else {
            return;
        };
        if let Some(format) = json["lockfileVersion"].as_u64() {
            self.add("format", "npm-lock", &format.to_string());
        }
        for (name, entry) in json["dependencies"].as_object().into_iter().flatten() {
            self.add("npm", name, entry["version"].as_str().unwrap_or_default());
        }
        for (path, entry) in json["packages"].as_object().into_iter().flatten() {
            if let Some((_, name)) = path.rsplit_once("node_modules/") {
                self.add("npm", name, entry["version"].as_str().unwrap_or_default());
            }
        }
    }
}

#[cfg(test)]
#[path = "pins_tests.rs"]
mod tests;
