//! A repository's habits in words, for a reader.

use crate::features::code::style::compare::Hand;
use crate::features::code::style::layout::QUESTIONS;
use crate::features::code::style::table::LANGUAGES;
use crate::features::code::style::words::SHAPES;
use crate::model::CodeUnit;
use crate::model::FileClass;

/// A habit as a reader may see it: `` `for idx` ``, with shapes of names in words.
pub fn in_words(habit: &[u8]) -> String {
    let token = |token: &[u8]| match token {
        [b'"'] => "a text".to_string(),
        [b'0'] => "a number".to_string(),
        [mark @ 1..=7] => SHAPES[usize::from(*mark) - 1].to_string(),
        written => format!("`{}`", String::from_utf8_lossy(written)),
    };
    let tokens: Vec<&[u8]> = habit.split(|&b| b == b' ').collect();
    let plain = tokens
        .iter()
        .all(|t| t.len() > 1 || !matches!(t, [b'"' | b'0' | 1..=7]));
    match plain {
        true => format!("`{}`", String::from_utf8_lossy(habit)),
        false => tokens
            .into_iter()
            .map(token)
            .collect::<Vec<_>>()
            .join(" before "),
    }
}

/// One line for each language whose habits are known: how much there is, and how its layout is set.
pub fn outline(units: &[CodeUnit]) -> Vec<String> {
    let of = |&(_, language)| {
        let own = units.iter().filter(|u| u.class == FileClass::Source);
        let hand = Hand::new(language, own);
        let num = hand.files().count();
        (num > 0).then(|| line(&hand, num))
    };
    LANGUAGES.iter().filter_map(of).collect()
}

fn line(hand: &Hand<'_>, num: usize) -> String {
    let (name, tokens) = (hand.language.name(), hand.num_tokens());
    let enough = match hand.is_enough() {
        true => "",
        false => " (too little to compare)",
    };
    let layout = match hand.looks_formatted() {
        true => "set as by a formatter".to_string(),
        false => layout(hand),
    };
    format!("{name}: habits of {num} files, {tokens} tokens{enough}; layout: {layout}")
}

/// What is nearly always answered alike.
fn layout(hand: &Hand<'_>) -> String {
    let answers = hand.answers();
    let word = |(n, [yes, num]): (usize, &[u32; 2])| match () {
        () if *num < 20 => None,
        () if yes * 10 >= num * 9 => Some(QUESTIONS[n].yes),
        () if yes * 10 <= *num => Some(QUESTIONS[n].no),
        () => None,
    };
    let words: Vec<&str> = answers.iter().enumerate().filter_map(word).collect();
    match words.is_empty() {
        true => "mixed".into(),
        false => words.join(", "),
    }
}
