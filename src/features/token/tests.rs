use crate::features::token::wide::{Kind, kind, normalised};
use crate::features::token::*;
use crate::features::word_hash::hash_word;
use proptest::prelude::*;

fn words(text: &str) -> Vec<&str> {
    tokens(text)
        .iter()
        .map(|t| &text[t.start as usize..t.end as usize])
        .collect()
}

#[test]
fn letters_make_words_and_digits_separate_them() {
    assert_eq!(
        words("C++ and C# in 2019, node.js"),
        ["C++", "and", "C#", "in", "node", "js"]
    );
    assert_eq!(words("• naïve Zoë█x"), ["naïve", "Zoë", "x"]);
}

#[test]
fn equal_words_have_equal_hashes_however_they_are_written() {
    let same = |a: &str, b: &str| tokens(a)[0].hash == tokens(b)[0].hash;
    assert!(same("Office", "oﬃce"), "ligatures");
    assert!(same("CAFÉ", "cafe\u{301}"), "composition and case");
    assert!(same("co\u{ad}operate", "cooperate"), "soft hyphen");
    assert!(!same("cafe", "café"));
}

#[test]
fn segments_end_at_sentences_bullets_and_new_lines_but_not_at_wraps() {
    let opens = |t: &str| {
        tokens(t)
            .iter()
            .map(|t| u8::from(t.opens))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        opens("built the thing\nand ran it. Then left"),
        [1, 0, 0, 0, 0, 0, 1, 0]
    );
    assert_eq!(opens("one\nTwo\n- three • four"), [1, 1, 1, 1]);
    assert_eq!(opens("a well-known node.js app"), [1, 0, 0, 0, 0, 0]);
}

/// The rules, one character at a time.
fn reference(text: &str) -> Vec<Token> {
    let inside = |c: char| c.is_ascii_alphabetic() || !c.is_ascii() && kind(c) == Kind::Inside;
    let mut out: Vec<Token> = Vec::new();
    let (mut opens, mut at) = (true, 0);
    while let Some(c) = text[at..].chars().next() {
        let rest = &text[at + c.len_utf8()..];
        if c.is_alphabetic() && inside(c) {
            let body = text[at..]
                .find(|c| !inside(c))
                .map_or(text.len(), |n| at + n);
            let end = text[body..]
                .find(|c| !matches!(c, '+' | '#'))
                .map_or(text.len(), |n| body + n);
            let normal = normalised(&text[at..body]);
            if normal.is_empty() {
                at = body;
                continue;
            }
            let normal = normal + &text[body..end];
            out.push(Token {
                hash: hash_word(normal.as_bytes()),
                start: at as u32,
                end: end as u32,
                opens,
            });
            (opens, at) = (false, end);
            continue;
        }
        opens |= match c {
            '\n' => !rest
                .trim_start_matches([' ', '\t', '\r'])
                .starts_with(|c: char| c.is_ascii_lowercase()),
            '.' => rest.is_empty() || rest.as_bytes()[0].is_ascii_whitespace(),
            '!' | '?' | ';' | ':' | '|' | '\t' => true,
            '*' | '-' => at == 0 || text.as_bytes()[at - 1] == b'\n',
            _ => kind(c) == Kind::Bullet,
        };
        at += c.len_utf8();
    }
    out
}

fn walked(text: &str, path: Path) -> Vec<Token> {
    let mut out = Vec::new();
    walk(text, path, |token| out.push(token));
    out
}

#[test]
fn words_on_the_borders_of_blocks_are_whole() {
    let words = "é Zoë ab+ C++ a. responsibilities internationalisation x•\u{300}y\n- go\nnow ";
    for before in 0..130 {
        let text = " ".repeat(before) + words + words;
        for end in text.char_indices().map(|(i, _)| i).filter(|i| *i > before) {
            assert_eq!(
                tokens(&text[..end]),
                reference(&text[..end]),
                "{:?}",
                &text[..end]
            );
        }
    }
}

#[test]
fn hashes_alone_are_those_of_the_tokens() {
    let text = "- Led four\n- Built the thing. Then left\n";
    let words = Words::new(text);
    let all: Vec<u64> = tokens(text).iter().map(|t| t.hash).collect();
    assert_eq!(words.segments().flatten().copied().collect::<Vec<_>>(), all);
    let sizes: Vec<usize> = words.segments().map(<[u64]>::len).collect();
    assert_eq!(sizes, [2, 3, 2]);
    assert!(Words::new("2019").is_empty() && Words::new("2019").segments().next().is_none());
}

proptest! {
    /// Vector instructions, table and rules agree on arbitrary text.
    #[test]
    fn both_paths_follow_the_rules(text in "([a-zA-Z ]{0,9}|[ .:;!?|+#*\n\t\r-]{1,3}|[éëﬁ•–·’\u{300}\u{200b}\u{ad}]|\\PC){0,60}") {
        let expected = reference(&text);
        prop_assert_eq!(&walked(&text, Path::Fastest), &expected);
        prop_assert_eq!(&walked(&text, Path::Portable), &expected);
    }
}
