use crate::watch::*;

fn shipped(name: &str) -> WatchList {
    let path = Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("corpora/watchlists")
        .join(name);
    read(&path).unwrap()
}

fn faulty(text: &str) -> String {
    parse("list", "list", text.as_bytes())
        .unwrap_err()
        .to_string()
}

/// (kind, value) of a list, sorted.
fn values(list: &WatchList) -> Vec<(WatchKind, &str)> {
    let mut all: Vec<_> = list
        .entries
        .iter()
        .map(|e| (e.kind, e.value.as_str()))
        .collect();
    all.sort();
    all
}

#[test]
fn every_format_gives_the_same_four_identifiers() {
    let expected = [
        (WatchKind::Email, "w.holt@holtmail.test"),
        (WatchKind::Phone, "+44 20 7946 0991"),
        (WatchKind::Account, "https://github.com/wholt-builds"),
        (WatchKind::Wallet, "1ESQGx7pc9su7NZJuMcwQTpFchCM6GrND4"),
    ];
    for (file, format) in [
        ("plain.csv", "CSV"),
        ("stix.json", "STIX 2.1"),
        ("misp.json", "MISP event"),
        ("sdn.csv", "OFAC SDN (CSV)"),
        ("sdn.xml", "OFAC SDN (XML)"),
    ] {
        let list = shipped(file);
        assert_eq!(list.format, format);
        assert_eq!(values(&list), expected, "{file}");
        assert_eq!(list.num_names, 1, "{file}");
    }
    let list = shipped("opensanctions.csv");
    let without_account: Vec<_> = expected
        .into_iter()
        .filter(|(k, _)| *k != WatchKind::Account)
        .collect();
    assert_eq!(
        values(&list),
        without_account,
        "it has no column for accounts"
    );
    assert_eq!(list.num_other, 2, "passport and register numbers");
}

#[test]
fn an_entry_says_who_listed_it_and_when() {
    let list = shipped("plain.csv");
    let mail = &list.entries[0];
    assert_eq!(
        (
            mail.source.as_str(),
            mail.first_seen.as_deref(),
            mail.note.as_str(),
            mail.line
        ),
        ("our own cases", Some("2025-03-04"), "case 12", 2)
    );
    assert!(
        shipped("sdn.xml")
            .entries
            .iter()
            .all(|e| e.source == "OFAC SDN of 03/04/2025" && e.note == "SDN 1")
    );
    assert_eq!(
        shipped("misp.json").entries[0].first_seen.as_deref(),
        Some("2025-03-04")
    );
}

#[test]
fn a_pattern_that_says_more_than_one_value_is_left_alone() {
    assert_eq!(shipped("stix.json").num_other, 1);
    let of = |pattern: &str| {
        let bundle = serde_json::json!({"type": "bundle", "id": "b", "objects": [{"type": "indicator", "id": "i", "pattern": pattern}]});
        parse("l", "l", bundle.to_string().as_bytes())
            .unwrap()
            .entries
            .len()
    };
    assert_eq!(
        of("[email-addr:value = 'a@example.org' OR email-addr:value = 'b@example.org']"),
        2
    );
    assert_eq!(of("[email-addr:value != 'a@example.org']"), 0);
    assert_eq!(of("[NOT email-addr:value = 'a@example.org']"), 0);
    assert_eq!(of("[email-addr:value LIKE 'a%']"), 0);
}

#[test]
fn a_broken_list_is_one_clear_error_with_its_line() {
    for (text, error) in [
        (
            "type,value\nemail,a@example.org\nphon,1\n",
            "watch list list, line 3: unknown type \"phon\": ",
        ),
        ("type,value\nemail,\n", "watch list list, line 2: no value"),
        (
            "type,value\nemail,a,b\n",
            "watch list list, line 2: the columns do not match the first line",
        ),
        (
            "type,hmac\nemail,abc\n",
            "watch list list, line 2: not a keyed hash of 64 hex digits",
        ),
        (
            "{\"type\": \"bundle\",\n\"objects\": [\n{\"type\": \"url\"}]}",
            "watch list list, line 3: an object without type or id",
        ),
        (
            "{\"type\": \"bundle\",\n\"objects\": [",
            "watch list list, line 2: EOF",
        ),
        (
            "{\"Event\": {\"Attribute\": [\n{\"type\": \"btc\"}]}}",
            "watch list list, line 2: an attribute without type or value",
        ),
        (
            "<sdnList>\n<sdnEntry>",
            "watch list list, line 2: the file is cut off",
        ),
        (
            "<?xml version=\"1.0\"?>\n<Sanctions>\n",
            "watch list list, line 2: the advanced schema is not read",
        ),
        ("hello", "watch list list: not a format this program reads"),
    ] {
        let got = faulty(text);
        assert!(got.starts_with(error), "{text:?}: {got}");
    }
    let latin = parse("l", "l", b"type,value\nemail,\xe9\n")
        .unwrap_err()
        .to_string();
    assert_eq!(latin, "watch list l, line 2: not UTF-8 text");
}

#[test]
fn a_missing_list_names_the_file() {
    let error = read(Path::new("no/such/list.csv")).unwrap_err().to_string();
    assert!(
        error.starts_with("watch list no/such/list.csv: "),
        "{error}"
    );
}
