//! No verdict, no region or country, no claim of what is probable about a person, in anything that we write: sentences and
//! cards (every string of the program), help texts, the page's templates, the schema's descriptions, README and docs.
//!
//! What is left out, because it quotes others rather than speaks:
//! - tests: `#[cfg(test)]` modules, in the file or as files of their own, and everything outside of `src`;
//! - regular expressions that begin with a flag or group, `(?`: what is looked for in others' texts;
//! - in Markdown, a code span (`…`) that holds no space: a value, a file name, a column; fenced blocks are checked;
//! - names of the zone database, such as Area/City, and of institutions and their law.
//!
//! Languages may be named ("résumés in French": what was measured on). A claim of probability may stand in a sentence that
//! denies it first ("this is not the probability that …").
#![allow(clippy::unwrap_used)]

mod rules;
mod sources;

use rules::faults;
use sources::{Text, documents, help, rust_texts, schema, templates};

fn check(kind: &str, texts: Vec<Text>, at_least: usize) {
    assert!(
        texts.len() >= at_least,
        "{kind}: only {} texts were found: is the search broken?",
        texts.len()
    );
    let found: Vec<String> = texts
        .iter()
        .flat_map(|t| {
            faults(&t.text)
                .into_iter()
                .map(move |f| format!("{}:{}: {f}", t.file, t.line))
        })
        .collect();
    assert!(found.is_empty(), "{kind}:\n{}", found.join("\n"));
}

#[test]
fn sentences_and_cards_judge_nobody() {
    check("strings", rust_texts(), 2_000);
}

#[test]
fn help_judges_nobody() {
    check("help", help(), 30);
}

#[test]
fn the_page_judges_nobody() {
    check("templates", templates(), 5);
}

#[test]
fn the_schema_judges_nobody() {
    check("schema", schema(), 100);
}

#[test]
fn readme_and_docs_judge_nobody() {
    check("documents", documents(), 100);
}

/// The tests above would find what they look for.
#[test]
fn planted_words_are_found() {
    for planted in [
        "This looks like fraud.",
        "A fake résumé.",
        "FRAUDULENT applications",
        "The suspects are listed first.",
        "two impostors",
        "The applicant is guilty.",
        "an applicant from North Korea",
        "a Nigerian phone number",
        "clocks of Eastern Europe",
        "They are probably the same person.",
        "most likely one hand",
        "This is the same person.",
        "There is a 97 % probability that they share a hand.",
        "We are 99% certain.",
        "The probability that these two are one person is high.",
        "chance that the applicant wrote both",
        "It is not a template. The probability that the two are one is 0.9.",
        "the prob\u{ad}ability that they\nare one",
    ] {
        assert!(!faults(planted).is_empty(), "{planted}");
    }
}

#[test]
fn ordinary_words_are_not() {
    for text in [
        "This is not the probability that these two are unrelated, and does not say why they look alike.",
        "A strength is no probability that two applicants are one person.",
        "\"Strong support\" is not \"99 % certain\".",
        "95 % interval: 1 to 3 in 100",
        "files of the same forge",
        "one hand rather than unrelated people",
        "the same person in the manifest", // as a heading says it, without a claim
        "résumés in French and German",
        "Europe/Paris and America/Argentina/Buenos_Aires",
        "a turkey and china cups",
        "the General Data Protection Regulation of the European Union",
        "the chance that two strangers share a number",
    ] {
        assert_eq!(faults(text), Vec::<String>::new(), "{text}");
    }
}

#[test]
fn planted_texts_are_seen_where_they_stand_and_only_there() {
    let code = r####"
//! fraud in a comment
/// fraud in a doc comment
static A: &str = "one \
    fraud"; // fraud
const B: &str = r#"a "fraud" too"#;
const C: char = '"';
fn f<'a>(x: &'a str) -> u8 { b'"' }
/* fraud "fraud" */
const D: &str = "nothing";
const P: &str = r"(?i)\bfraud\b";
#[cfg(test)]
mod tests {
    const E: &str = "fraud";
}
"####;
    let found = sources::strings(code);
    let texts: Vec<&str> = found.iter().map(|(_, t)| t.as_str()).collect();
    assert_eq!(texts, ["one fraud", "a \"fraud\" too", "nothing"]);
    assert_eq!(found[0].0, 4);
    let prose = sources::markdown("Line `fraud` and `a fraud here`\n\n```\nfraud\n```\n");
    let all: Vec<&str> = prose.iter().map(|(_, t)| t.as_str()).collect();
    assert!(
        !all[0].contains("`fraud`") && all[0].contains("a fraud here"),
        "{all:?}"
    );
    assert!(all[1].contains("\nfraud\n"), "{all:?}");
}
