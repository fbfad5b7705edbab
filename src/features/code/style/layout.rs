//! Habits of layout: choices that a formatter takes away.
//!
//! Each is a question with yes or no, asked wherever it arises: is there a space between `if` and `(`, does a `{` stand on
//! a line of its own. Asked only between tokens with nothing but white space between them, so that comments do not count.

use crate::features::code::leaves::Class;
use crate::features::code::leaves::Leaf;

/// A question of layout: what the yes and what the no looks like to a reader.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Question {
    /// A file's habit where the answer is yes, after "both".
    pub yes: &'static str,
    /// … and where it is no.
    pub no: &'static str,
}

const fn ask(yes: &'static str, no: &'static str) -> Question {
    Question { yes, no }
}

/// The questions; a file's answers stand in this order.
pub const QUESTIONS: [Question; 20] = [
    ask("write `if (` with a space", "write `if(` without a space"),
    ask(
        "put a space between a name and `(`",
        "put no space between a name and `(`",
    ),
    ask("put spaces inside `( … )`", "put no spaces inside `( … )`"),
    ask("put spaces inside `{ … }`", "put no spaces inside `{…}`"),
    ask("put spaces inside `[ … ]`", "put no spaces inside `[…]`"),
    ask("put a space behind a comma", "put no space behind a comma"),
    ask("put spaces around `=`", "put no spaces around `=`"),
    ask(
        "put spaces around operators",
        "put no spaces around operators",
    ),
    ask("put a space behind a colon", "put no space behind a colon"),
    ask("put a space before a colon", "put no space before a colon"),
    ask("begin a line with `{`", "leave `{` at the end of the line"),
    ask(
        "begin a line with `else` behind `}`",
        "keep `} else` on one line",
    ),
    ask("end lines with a semicolon", "leave semicolons out"),
    ask(
        "write texts in 'single' quotes",
        "write texts in \"double\" quotes",
    ),
    ask(
        "leave a comma behind the last item of a list over several lines",
        "leave no comma behind the last item of a list",
    ),
    ask("indent by tabs", "indent by spaces"),
    ask("indent by two spaces", "indent by four spaces"),
    ask("leave many lines blank", "leave few lines blank"),
    ask(
        "leave two lines blank between parts",
        "leave one line blank between parts",
    ),
    ask(
        "break a line before an operator",
        "break a line behind an operator",
    ),
];

/// Answers: for each question how often yes, and how often it arose.
pub type Answers = [[u16; 2]; QUESTIONS.len()];

/// Questions whose answers say whether a formatter was at work: the spaces around signs.
pub const SPACING: [usize; 10] = [0, 1, 2, 3, 4, 5, 7, 8, 9, 13];

struct Asked(Answers);

impl Asked {
    fn note(&mut self, question: usize, yes: bool) {
        let [num_yes, num] = &mut self.0[question];
        *num = num.saturating_add(1);
        *num_yes = num_yes.saturating_add(u16::from(yes)).min(*num);
    }
}

/// The answers of one file.
pub(in crate::features::code::style) fn answers(code: &[u8], tokens: &[Leaf]) -> Answers {
    let mut asked = Asked([[0; 2]; QUESTIONS.len()]);
    for pair in tokens.windows(2) {
        let [left, right] = [pair[0], pair[1]];
        if left.class == Class::Text {
            quote(left.written(code), &mut asked);
        }
        let gap = &code[left.end.min(right.start) as usize..right.start as usize];
        if !gap.iter().all(u8::is_ascii_whitespace) {
            continue;
        }
        match gap.iter().filter(|&&b| b == b'\n').count() {
            0 => inside(code, left, right, !gap.is_empty(), &mut asked),
            breaks => between(code, left, right, gap, breaks, &mut asked),
        }
    }
    asked.0
}

/// Which quotes a text stands in; long texts and texts that hold the other kind leave no choice.
fn quote(text: &[u8], asked: &mut Asked) {
    let at = text.iter().position(|b| matches!(b, b'"' | b'\''));
    let Some((mark, inside)) = at.and_then(|at| text[at..].split_first()) else {
        return;
    };
    let other = if *mark == b'"' { b'\'' } else { b'"' };
    if inside.first() != Some(mark) && !inside.contains(&other) {
        asked.note(13, *mark == b'\'');
    }
}

/// Words behind which a `(` stands by the grammar.
const HEADS: [&[u8]; 8] = [
    b"if", b"for", b"while", b"switch", b"catch", b"return", b"elif", b"match",
];

/// Operators with two sides.
const OPERATORS: [&[u8]; 17] = [
    b"+", b"/", b"%", b"==", b"!=", b"===", b"!==", b"<=", b">=", b"&&", b"||", b"+=", b"-=",
    b">>", b"|", b"^", b"//",
];

/// Two tokens on one line.
fn inside(code: &[u8], left: Leaf, right: Leaf, spaced: bool, asked: &mut Asked) {
    let (l, r) = (left.written(code), right.written(code));
    if r == b"(" && left.class == Class::Sign && HEADS.contains(&l) {
        asked.note(0, spaced);
    } else if r == b"(" && left.class == Class::Name {
        asked.note(1, spaced);
    }
    for (question, open, close) in [(2, b"(", b")"), (3, b"{", b"}"), (4, b"[", b"]")] {
        let is_empty = l == open && r == close;
        if (l == open || r == close) && !is_empty {
            asked.note(question, spaced);
        }
    }
    match (l, r) {
        (b",", _) => asked.note(5, spaced),
        (b"=", _) | (_, b"=") => asked.note(6, spaced),
        (b":", _) => asked.note(8, spaced),
        (_, b":") => asked.note(9, spaced),
        (b"}", b"else") => asked.note(11, false),
        (_, b"{") => asked.note(10, false),
        _ => {}
    }
    if OPERATORS.contains(&l) || OPERATORS.contains(&r) {
        asked.note(7, spaced);
    }
}

/// Two tokens with the end of a line between them.
fn between(code: &[u8], left: Leaf, right: Leaf, gap: &[u8], breaks: usize, asked: &mut Asked) {
    let (l, r) = (left.written(code), right.written(code));
    if r == b"{" && l.ends_with(b")") {
        asked.note(10, true);
    }
    if l == b"}" && r == b"else" {
        asked.note(11, true);
    }
    if !matches!(l, b"{" | b"}" | b"," | b"(" | b"[" | b":") && !OPERATORS.contains(&l) && l != b"="
    {
        asked.note(12, l == b";");
    }
    if matches!(r, b")" | b"]" | b"}") && l != b";" && !matches!(l, b"{" | b"(" | b"[" | b"}") {
        asked.note(14, l == b",");
    }
    let indent = gap.rsplit(|&b| b == b'\n').next().unwrap_or_default();
    if let Some(first) = indent.first() {
        asked.note(15, *first == b'\t');
        if *first == b' ' {
            asked.note(16, indent.len() % 4 == 2);
        }
    }
    asked.note(17, breaks > 1);
    if breaks > 1 {
        asked.note(18, breaks > 2);
    }
    if OPERATORS.contains(&l) || OPERATORS.contains(&r) {
        asked.note(19, OPERATORS.contains(&r));
    }
}
