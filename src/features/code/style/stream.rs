//! A syntax tree to the stream of what is written, without what tells whose project it is.
//!
//! Comments and imports are dropped as everywhere in `features::code`; of strings and numbers only that they stand there
//! is kept; names are kept as bytes until [`Words`](crate::features::code::style::words::Words) decides which are common
//! enough to be a habit.

use crate::features::code::grammar::Grammar;
use crate::features::code::grammar::NAME;
use crate::features::code::grammar::NUMBER;
use crate::features::code::grammar::Role;
use tree_sitter::Tree;

/// What a token is to a reader of style.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::code::style) enum Class {
    /// A keyword or sign.
    Sign,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string; pieces that follow each other are one.
    Text,
}

/// One token and where it stands, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::code::style) struct Token {
    /// Its class.
    pub class: Class,
    /// First byte.
    pub start: usize,
    /// Behind its last byte.
    pub end: usize,
}

/// Deepest node that is read, as in `leaves`.
const MAX_DEPTH: usize = 1000;

/// The tokens of a tree in the order of the file.
pub(in crate::features::code::style) fn tokens(
    tree: &Tree,
    grammar: &Grammar,
    len: usize,
) -> Vec<Token> {
    let mut out: Vec<Token> = Vec::new();
    let mut cursor = tree.walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        let role = grammar.roles.get(usize::from(node.kind_id())).copied();
        let role = role.unwrap_or(Role::Leaf(0));
        if role != Role::Drop && depth < MAX_DEPTH {
            if cursor.goto_first_child() {
                depth += 1;
                continue;
            }
            let (start, end) = (node.start_byte(), node.end_byte().min(len));
            if start < end {
                push(&mut out, class(role), start, end);
            }
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return out;
            }
            depth -= 1;
        }
    }
}

fn class(role: Role) -> Class {
    match role {
        Role::Text => Class::Text,
        Role::Leaf(NAME) | Role::AsWritten => Class::Name,
        Role::Leaf(NUMBER) => Class::Number,
        Role::Leaf(_) | Role::Drop => Class::Sign,
    }
}

fn push(out: &mut Vec<Token>, class: Class, start: usize, end: usize) {
    match out.last_mut() {
        Some(last) if class == Class::Text && last.class == Class::Text => last.end = end,
        _ => out.push(Token { class, start, end }),
    }
}
