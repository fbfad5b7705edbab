//! Dependency files of each kind as their tools write them.

use crate::features::pins::*;
use crate::model::FileClass;
use crate::model::ObjectId;
use crate::model::SourceKind;

fn pins(path: &str, text: &str) -> Vec<String> {
    let unit = CodeUnit::new(
        ObjectId([7; 20]),
        path.into(),
        text.len() as u64,
        FileClass::Data,
    );
    let source = SourceInfo {
        path: "ann/repo".into(),
        sha256: Default::default(),
        kind: SourceKind::Git,
        engine: None,
    };
    let told = |p: Pin| format!("{} {}", p.package, p.version);
    find(&source, &unit, text.as_bytes())
        .into_iter()
        .map(told)
        .collect()
}

#[test]
fn files_of_npm() {
    let manifest = r#"{"dependencies":{"react":"^18.2.0","next":"latest","left":"1.0.0","express":">=4 <5","axios":"1.0.0-beta"},"devDependencies":{"typescript":"~5.0.4"}}"#;
    assert_eq!(
        pins("web/package.json", manifest),
        ["npm react 18.2.0", "npm typescript 5.0.4"]
    );
    let old = r#"{"lockfileVersion":1,"dependencies":{"express":{"version":"4.17.1"}}}"#;
    assert_eq!(
        pins("package-lock.json", old),
        ["format npm-lock 1.0.0", "npm express 4.17.1"]
    );
    let new = r#"{"lockfileVersion":3,"packages":{"":{"version":"1.0.0"},"node_modules/a/node_modules/@typescript-eslint/parser":{"version":"6.1.0"}}}"#;
    let told = [
        "format npm-lock 3.0.0",
        "npm @typescript-eslint/parser 6.1.0",
    ];
    assert_eq!(pins("package-lock.json", new), told);
    let yarn = "# yarn lockfile v1\n\nexpress@^4.17.1:\n  version \"4.18.2\"\n  resolved \"x\"\n\n\"react@npm:^18.2.0, react@npm:^18.0.0\":\n  version: 18.2.0\n";
    assert_eq!(
        pins("yarn.lock", yarn),
        ["npm express 4.18.2", "npm react 18.2.0"]
    );
    let pnpm = "lockfileVersion: '9.0'\n\npackages:\n\n  react@18.2.0:\n    resolution: {}\n  '@typescript-eslint/parser@6.1.0(eslint@8.0.0)':\n    x: 1\n  /express/4.18.2:\n";
    let told = [
        "format pnpm-lock 9.0.0",
        "npm @typescript-eslint/parser 6.1.0",
        "npm express 4.18.2",
        "npm react 18.2.0",
    ];
    assert_eq!(pins("pnpm-lock.yaml", pnpm), told);
}

#[test]
fn files_of_other_languages() {
    let lock = "version = 3\n\n[[package]]\nname = \"libc\"\nversion = \"0.2.100\"\n";
    assert_eq!(
        pins("Cargo.lock", lock),
        ["crates libc 0.2.100", "format cargo-lock 3.0.0"]
    );
    let manifest = "[package]\nname = \"x\"\nedition = \"2021\"\n";
    assert_eq!(
        pins("a/Cargo.toml", manifest),
        ["language rust-edition 2021.0.0"]
    );
    let lock = "[[package]]\nname = \"requests\"\nversion = \"2.28.0\"\n";
    assert_eq!(pins("poetry.lock", lock), ["pypi requests 2.28.0"]);
    let list =
        "# x\nFlask==2.0.1\nrequests[security]>=2.25 ; python_version > '3'\nurllib3<2\nnumpy\n";
    assert_eq!(
        pins("requirements-dev.txt", list),
        ["pypi flask 2.0.1", "pypi requests 2.25.0"]
    );
    assert_eq!(
        pins("go.mod", "module x\n\ngo 1.21\n"),
        ["language go 1.21.0"]
    );
    let pom = "<dependency><groupId>org.apache.commons</groupId><artifactId>commons-lang3</artifactId>\n<version>3.12.0</version></dependency>";
    assert_eq!(pins("pom.xml", pom), ["maven commons-lang3 3.12.0"]);
}

#[test]
fn other_files_and_broken_ones_give_nothing() {
    assert!(!reads("src/package.rs") && reads("a/b/go.mod"));
    assert_eq!(pins("package.json", "{"), [""; 0]);
    assert_eq!(pins("README.md", "Flask==2.0.1"), [""; 0]);
}
