//! README and docs say what the program says. `README=overwrite cargo test --test readme` puts the detectors' cards in again.
#![allow(clippy::unwrap_used)]

use std::fs;

const BEGIN: &str = "<!-- cards -->\n";
const END: &str = "<!-- /cards -->\n";

/// Compares what a file holds between its markers, or puts it there.
fn keep(file: &str, wanted: &str) {
    let text = fs::read_to_string(file).unwrap();
    let (before, rest) = text
        .split_once(BEGIN)
        .expect("a marker where the cards begin");
    let (held, after) = rest.split_once(END).expect("a marker where the cards end");
    if std::env::var_os("README").is_some_and(|v| v == "overwrite") {
        fs::write(file, format!("{before}{BEGIN}{wanted}{END}{after}")).unwrap();
        return;
    }
    assert!(
        held == wanted,
        "{file} is behind; run: README=overwrite cargo test --test readme"
    );
}

#[test]
fn the_readme_lists_the_detectors() {
    keep("README.md", &samehand::cli::cards_table());
}

#[test]
fn the_docs_hold_the_detectors_cards() {
    keep("docs/detectors.md", &samehand::cli::cards_markdown());
}

#[test]
fn the_readme_names_its_two_commands_first() {
    let readme = fs::read_to_string("README.md").unwrap();
    let commands: Vec<&str> = readme
        .lines()
        .filter(|l| l.starts_with("cargo "))
        .take(2)
        .collect();
    assert_eq!(
        commands,
        [
            "cargo run --release -- scan corpora/demo -o report",
            "cargo test"
        ]
    );
}
