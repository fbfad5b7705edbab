//! What is counted of a stream: single tokens, and two that follow each other.
//!
//! Runs of letters and parts of names were tried and left out: once the names of projects are gone they tell less than
//! these two, and together with them no more (docs/style.md).

use crate::features::code::leaves::Class;
use crate::features::code::leaves::Leaf;
use crate::features::code::style::words::Names;
use crate::features::code::style::words::shape;

/// What stands for any string, and for any number.
const TEXT: &[u8] = b"\"";
const NUMBER: &[u8] = b"0";

/// Calls `each` with every habit in a stream: a token as it is shown, and two of them with a space between.
pub(in crate::features::code::style) fn each(
    code: &[u8],
    tokens: &[Leaf],
    names: &Names,
    mut each: impl FnMut(&[u8]),
) {
    let mut pair: Vec<u8> = Vec::new();
    let mut last_len = 0;
    for token in tokens {
        let written = token.written(code);
        let mark = [shape(written)];
        let shown: &[u8] = match token.class {
            Class::Sign => written,
            Class::Number => NUMBER,
            Class::Text => TEXT,
            Class::Name if names.contains(written) => written,
            Class::Name => &mark,
        };
        each(shown);
        // `pair` ends with the token before.
        pair.drain(..pair.len() - last_len);
        if last_len > 0 {
            pair.push(b' ');
        }
        pair.extend_from_slice(shown);
        if last_len > 0 {
            each(&pair);
        }
        last_len = shown.len();
    }
}
