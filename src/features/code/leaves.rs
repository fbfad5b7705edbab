//! A syntax tree to its leaves, in the order of the file.
//!
//! Limits are counted in steps, not in seconds, so that the same file gives the same leaves on any machine: a parser that
//! needs more steps for a byte than any honest file, and whatever lies deeper than any honest tree, is given up.

use crate::features::code::grammar;
use crate::features::code::grammar::Grammar;
use crate::features::code::grammar::NAME;
use crate::features::code::grammar::NUMBER;
use crate::features::code::grammar::Role;
use crate::features::code::grammar::TEXT;
use crate::model::Language;
use std::ops::ControlFlow;
use tree_sitter::ParseOptions;
use tree_sitter::Parser;
use tree_sitter::Tree;
use xxhash_rust::xxh3::xxh3_64;

/// What a leaf is to a reader of habits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::code) enum Class {
    /// A keyword or sign.
    Sign,
    /// A name.
    Name,
    /// A number.
    Number,
    /// A string; pieces that follow each other are one.
    Text,
}

/// One leaf of a file's code.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::features::code) struct Leaf {
    /// Its class: one for all names, one for all numbers, one for all strings, else the word or sign itself.
    pub kind: u32,
    /// Hash of what is written.
    pub text: u32,
    /// 1-based line it begins in.
    pub line: u32,
    /// What it is to a reader of habits.
    pub class: Class,
    /// Where it stands in the file, bytes; of joined strings up to the last one's end.
    pub start: u32,
    /// Behind its last byte.
    pub end: u32,
}

impl Leaf {
    /// What is written there.
    pub fn written<'a>(&self, code: &'a [u8]) -> &'a [u8] {
        &code[self.start as usize..self.end as usize]
    }
}

/// Deepest node that is read: deeper trees are tables or made to hurt.
const MAX_DEPTH: usize = 1000;

/// Largest file that is parsed, bytes; larger ones are cut into words and signs.
const MAX_BYTES: usize = 512 << 10;

/// Calls of the parser's progress report (one in 100 steps) that a file may need at least …
const LEAST_CALLS: usize = 2_000;
/// … and for each byte. Both are choices, wide enough for the files of the corpora.
const CALLS_PER_BYTE: usize = 1;

/// Parses files one after the other.
#[derive(Default)]
pub(in crate::features::code) struct Reader {
    parser: Option<Parser>,
}

impl Reader {
    /// Fills `leaves` with those of `code`; `false` where there is no grammar or the parser gave up.
    pub fn read(&mut self, language: Language, code: &[u8], leaves: &mut Vec<Leaf>) -> bool {
        leaves.clear();
        let Some(grammar) = grammar::of(language).filter(|_| code.len() <= MAX_BYTES) else {
            return false;
        };
        let Some(tree) = self.parse(grammar, code) else {
            return false;
        };
        walk(&tree, grammar, code, leaves);
        true
    }

    /// The syntax tree alone.
    pub fn parse(&mut self, grammar: &Grammar, code: &[u8]) -> Option<Tree> {
        let parser = self.parser.get_or_insert_with(Parser::new);
        parser.set_language(&grammar.language).ok()?;
        let allowed = LEAST_CALLS + code.len() * CALLS_PER_BYTE;
        let mut calls = 0;
        let mut count = |_: &tree_sitter::ParseState| {
            calls += 1;
            match calls > allowed {
                true => ControlFlow::Break(()),
                false => ControlFlow::Continue(()),
            }
        };
        let tree = parser.parse_with_options(
            &mut |at, _| &code[at.min(code.len())..],
            None,
            Some(ParseOptions::new().progress_callback(&mut count)),
        );
        if tree.is_none() {
            parser.reset();
        }
        tree
    }
}

/// Adds the leaves of a tree.
fn walk(tree: &Tree, grammar: &Grammar, code: &[u8], leaves: &mut Vec<Leaf>) {
    let mut cursor = tree.walk();
    let mut depth = 0;
    loop {
        let node = cursor.node();
        let role = grammar.roles.get(usize::from(node.kind_id())).copied();
        // What the parser could not make sense of has no kind of the grammar.
        let role = role.unwrap_or(Role::Leaf(0));
        if role != Role::Drop && depth < MAX_DEPTH {
            if cursor.goto_first_child() {
                depth += 1;
                continue;
            }
            let (start, end) = (node.start_byte(), node.end_byte());
            if start < end {
                let line = node.start_position().row as u32 + 1;
                push(role, code, (start, end.min(code.len())), line, leaves);
            }
        }
        while !cursor.goto_next_sibling() {
            if !cursor.goto_parent() {
                return;
            }
            depth -= 1;
        }
    }
}

fn push(role: Role, code: &[u8], (start, end): (usize, usize), line: u32, leaves: &mut Vec<Leaf>) {
    let text = xxh3_64(&code[start..end]) as u32;
    let end = end as u32;
    let (kind, class) = match role {
        Role::Drop => return,
        Role::Leaf(NAME) => (NAME, Class::Name),
        Role::Leaf(NUMBER) => (NUMBER, Class::Number),
        Role::Leaf(kind) => (kind, Class::Sign),
        Role::AsWritten => (text | 0x8000_0000, Class::Name),
        Role::Text => {
            if let Some(last) = leaves.last_mut().filter(|l| l.kind == TEXT) {
                last.text = last.text.rotate_left(7) ^ text;
                last.end = end;
                return;
            }
            (TEXT, Class::Text)
        }
    };
    leaves.push(Leaf {
        kind,
        text,
        line,
        class,
        start: start as u32,
        end,
    });
}
