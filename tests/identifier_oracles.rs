//! Phone numbers, e-mail and payment addresses as independent libraries read them (`corpora/oracles`, made by
//! `corpora/programs/make_identifier_vectors.py`).
//!
//! Every deliberate difference stands in `corpora/oracles/differences.tsv` with its reason; a difference that is not listed
//! fails, and so does a listed one that is none any more.
#![allow(clippy::unwrap_used)]

use samehand::features::email;
use samehand::features::identifiers;
use samehand::features::phone_number;
use samehand::model::IdentifierKind;
use std::collections::BTreeSet;

const NONE: &str = "-";

fn table(name: &str) -> Vec<Vec<String>> {
    let path = format!("{}/corpora/oracles/{name}", env!("CARGO_MANIFEST_DIR"));
    let text = std::fs::read_to_string(path).unwrap();
    let rows = text.lines().filter(|l| !l.starts_with('#'));
    rows.map(|l| l.split('\t').map(str::to_owned).collect())
        .collect()
}

/// Listed differences of one list: what was written, and what is read here.
fn listed(list: &str) -> BTreeSet<(String, String)> {
    let rows = table("differences.tsv").into_iter();
    let of_list = rows.filter(|r| r[0] == list);
    of_list.map(|r| (r[1].clone(), r[2].clone())).collect()
}

/// Compares all rows; at least `least` of them.
fn compare(list: &str, least: usize, rows: impl Iterator<Item = (String, String, String)>) {
    let mut num = 0;
    let mut different = BTreeSet::new();
    let mut told = Vec::new();
    for (written, theirs, ours) in rows {
        num += 1;
        if theirs != ours {
            told.push(format!("{list}\t{written}\t{ours}\t({theirs})"));
            different.insert((written, ours));
        }
    }
    assert!(num >= least, "{num} cases of {list}");
    let listed = listed(list);
    let new: Vec<&String> = told
        .iter()
        .filter(|t| {
            !listed
                .iter()
                .any(|(w, o)| t.starts_with(&format!("{list}\t{w}\t{o}\t")))
        })
        .collect();
    assert!(
        new.is_empty(),
        "not listed:\n{}",
        new.iter()
            .map(|s| s.as_str())
            .collect::<Vec<_>>()
            .join("\n")
    );
    let stale: Vec<_> = listed.difference(&different).collect();
    assert!(stale.is_empty(), "listed, but no difference: {stale:?}");
}

#[test]
fn phone_numbers_agree() {
    let rows = table("phones.tsv").into_iter().map(|row| {
        let region = Some(row[0].as_str()).filter(|r| *r != NONE);
        let number = phone_number::normalise(&row[1], region);
        let ours = number.map_or(NONE.to_owned(), |n| n.e164);
        // A number of the plan that is in no range in service is read on purpose: ranges change, and those kept for
        // fiction are among them.
        (format!("{} {}", row[0], row[1]), row[2].clone(), ours)
    });
    compare("phones", 1_000, rows);
}

#[test]
fn an_assumed_region_is_said() {
    for row in table("phones.tsv") {
        if let Some(number) = phone_number::normalise(&row[1], Some(&row[0])) {
            let international = row[1].contains('+') || row[1].starts_with("00");
            assert_eq!(number.assumed_region, !international, "{row:?}");
        }
    }
}

#[test]
fn mailboxes_agree() {
    let rows = table("emails.tsv").into_iter().map(|row| {
        let ours = email::normalise(&row[0]).unwrap_or(NONE.to_owned());
        (row[0].clone(), row[1].clone(), ours)
    });
    compare("emails", 500, rows);
}

#[test]
fn payment_addresses_agree() {
    let rows = table("wallets.tsv").into_iter().map(|row| {
        // A Solana address has no checksum: it is read beside the word.
        let text = format!(
            "{}: {} .",
            if row[0] == "solana" { "Solana" } else { "To" },
            row[1]
        );
        let kinds = [IdentifierKind::Wallet, IdentifierKind::Iban];
        let found = identifiers::from_text(&text, None);
        let read = found
            .iter()
            .any(|f| kinds.contains(&f.kind) && f.written == row[1]);
        let ours = if read { "valid" } else { "none" };
        (row[1].clone(), row[2].clone(), ours.to_owned())
    });
    compare("wallets", 500, rows);
}
