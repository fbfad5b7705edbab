//! The README says what the program says. `README=overwrite cargo test --test readme` puts the detectors' cards in again.
#![allow(clippy::unwrap_used)]

use std::fs;

const BEGIN: &str = "<!-- cards -->\n";
const END: &str = "<!-- /cards -->\n";

#[test]
fn the_readme_holds_the_detectors_cards() {
    let readme = fs::read_to_string("README.md").unwrap();
    let (before, rest) = readme
        .split_once(BEGIN)
        .expect("README.md has a marker where the cards begin");
    let (held, after) = rest
        .split_once(END)
        .expect("README.md has a marker where the cards end");
    let cards = samehand::cli::cards_markdown();
    if std::env::var_os("README").is_some_and(|v| v == "overwrite") {
        fs::write("README.md", format!("{before}{BEGIN}{cards}{END}{after}")).unwrap();
        return;
    }
    assert!(
        held == cards,
        "README.md is behind; run: README=overwrite cargo test --test readme"
    );
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
