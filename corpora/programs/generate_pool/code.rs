//! Invented programs. Statements are drawn from a grammar, deep enough that two programs do not share a shape; names come
//! apart from the shape, so that one program can be written twice under other names and in another order.

use crate::chance::Chance;
use crate::grammar::Grammar;

/// A program: what it does, and what its things are called.
#[derive(Clone, Debug)]
pub struct Program {
    pub stem: String,
    pub language: Language,
    functions: Vec<Function>,
    names: Vec<String>,
}

/// Languages that are written.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Language {
    Python,
    JavaScript,
}

#[derive(Clone, Debug)]
struct Function {
    name: usize,
    parameters: Vec<usize>,
    body: Vec<Statement>,
}

#[derive(Clone, Debug)]
enum Statement {
    Let(usize, Expression),
    If(Expression, Vec<Statement>, Vec<Statement>),
    For(usize, Expression, Vec<Statement>),
    While(Expression, Vec<Statement>),
    Call(Expression),
    Return(Expression),
    Try(Vec<Statement>, Vec<Statement>),
}

#[derive(Clone, Debug)]
enum Expression {
    Name(usize),
    Number(i64),
    Text(usize),
    Two(&'static str, Box<Expression>, Box<Expression>),
    Call(usize, Vec<Expression>),
    At(Box<Expression>, Box<Expression>),
    List(Vec<Expression>),
    Field(Box<Expression>, usize),
}

/// Names that a program draws from.
const NUM_NAMES: usize = 24;
const OPERATORS: [&str; 10] = ["+", "-", "*", "%", "<", ">", "<=", "==", "|", "&"];

impl Program {
    /// A new program of `num` functions.
    pub fn new(num: usize, grammar: &Grammar, chance: &mut Chance) -> Self {
        let language = *chance.one(&[Language::Python, Language::JavaScript]);
        let functions = (0..num)
            .map(|i| Function {
                name: i % NUM_NAMES,
                parameters: (0..chance.between(1, 3))
                    .map(|_| chance.below(NUM_NAMES))
                    .collect(),
                body: block(2, chance),
            })
            .collect();
        let mut program = Self {
            stem: String::new(),
            language,
            functions,
            names: Vec::new(),
        };
        program.rename(grammar, chance);
        program
    }

    /// Other names for everything, the file included.
    pub fn rename(&mut self, grammar: &Grammar, chance: &mut Chance) {
        let word = |section: &str, chance: &mut Chance| {
            let said = grammar.say(section, chance).to_lowercase();
            said.replace([' ', '-', '\''], "_")
        };
        self.stem = format!("{}_{}", word("noun", chance), word("noun", chance));
        self.names = (0..NUM_NAMES)
            .map(|i| format!("{}_{}{i}", word("adj", chance), word("noun", chance)))
            .collect();
    }

    /// The functions in another order.
    pub fn reorder(&mut self, chance: &mut Chance) {
        chance.shuffle(&mut self.functions);
    }

    /// Path in a repository.
    pub fn path(&self) -> String {
        let end = match self.language {
            Language::Python => "py",
            Language::JavaScript => "js",
        };
        format!("src/{}.{end}", self.stem)
    }

    /// The text of the first `num` functions.
    pub fn text(&self, num: usize) -> String {
        let mut out = String::new();
        for function in self.functions.iter().take(num) {
            self.write_function(function, &mut out);
            out.push('\n');
        }
        out
    }

    /// How many functions there are.
    pub fn len(&self) -> usize {
        self.functions.len()
    }

    fn write_function(&self, function: &Function, out: &mut String) {
        let mut parameters: Vec<&str> = function.parameters.iter().map(|p| self.name(*p)).collect();
        parameters.sort_unstable();
        parameters.dedup();
        let (head, name, list) = (
            self.python(),
            self.name(function.name),
            parameters.join(", "),
        );
        match head {
            true => out.push_str(&format!("def {name}({list}):\n")),
            false => out.push_str(&format!("function {name}({list}) {{\n")),
        }
        self.write_block(&function.body, 1, out);
        if !head {
            out.push_str("}\n");
        }
    }

    fn write_block(&self, block: &[Statement], depth: usize, out: &mut String) {
        block.iter().for_each(|s| self.write(s, depth, out));
    }

    fn write(&self, statement: &Statement, depth: usize, out: &mut String) {
        let (python, pad) = (self.python(), "    ".repeat(depth));
        let end = if python { "\n" } else { ";\n" };
        let open = |head: String| match python {
            true => format!("{pad}{head}:\n"),
            false => format!("{pad}{head} {{\n"),
        };
        let close = |out: &mut String| {
            if !python {
                out.push_str(&format!("{pad}}}\n"));
            }
        };
        let bracket = |e: &Expression| match python {
            true => self.expression(e),
            false => format!("({})", self.expression(e)),
        };
        match statement {
            Statement::Let(name, e) => {
                let word = if python { "" } else { "let " };
                out.push_str(&format!(
                    "{pad}{word}{} = {}{end}",
                    self.name(*name),
                    self.expression(e)
                ));
            }
            Statement::Call(e) => out.push_str(&format!("{pad}{}{end}", self.expression(e))),
            Statement::Return(e) => {
                out.push_str(&format!("{pad}return {}{end}", self.expression(e)))
            }
            Statement::If(e, yes, no) => {
                out.push_str(&open(format!("if {}", bracket(e))));
                self.write_block(yes, depth + 1, out);
                close(out);
                if !no.is_empty() {
                    out.push_str(&open("else".into()));
                    self.write_block(no, depth + 1, out);
                    close(out);
                }
            }
            Statement::For(name, e, body) => {
                let head = match python {
                    true => format!("for {} in {}", self.name(*name), self.expression(e)),
                    false => format!("for (const {} of {})", self.name(*name), self.expression(e)),
                };
                out.push_str(&open(head));
                self.write_block(body, depth + 1, out);
                close(out);
            }
            Statement::While(e, body) => {
                out.push_str(&open(format!("while {}", bracket(e))));
                self.write_block(body, depth + 1, out);
                close(out);
            }
            Statement::Try(body, rest) => {
                out.push_str(&open("try".into()));
                self.write_block(body, depth + 1, out);
                close(out);
                let head = if python {
                    "except ValueError"
                } else {
                    "catch (error)"
                };
                out.push_str(&open(head.into()));
                self.write_block(rest, depth + 1, out);
                close(out);
            }
        }
    }

    fn expression(&self, e: &Expression) -> String {
        match e {
            Expression::Name(n) => self.name(*n).into(),
            Expression::Number(n) => n.to_string(),
            Expression::Text(n) => format!("\"{}\"", self.name(*n)),
            Expression::Two(sign, a, b) => {
                format!("({} {sign} {})", self.expression(a), self.expression(b))
            }
            Expression::Call(n, all) => format!("{}({})", self.name(*n), self.list(all)),
            Expression::At(a, b) => format!("{}[{}]", self.expression(a), self.expression(b)),
            Expression::List(all) => format!("[{}]", self.list(all)),
            Expression::Field(a, n) => format!("{}.{}", self.expression(a), self.name(*n)),
        }
    }

    fn list(&self, all: &[Expression]) -> String {
        let all: Vec<String> = all.iter().map(|e| self.expression(e)).collect();
        all.join(", ")
    }

    fn name(&self, number: usize) -> &str {
        &self.names[number]
    }

    fn python(&self) -> bool {
        self.language == Language::Python
    }
}

fn block(depth: usize, chance: &mut Chance) -> Vec<Statement> {
    (0..chance.between(2, 5))
        .map(|_| statement(depth, chance))
        .collect()
}

fn statement(depth: usize, chance: &mut Chance) -> Statement {
    let kind = if depth == 0 {
        chance.below(5)
    } else {
        chance.below(11)
    };
    match kind {
        0..=2 => Statement::Let(chance.below(NUM_NAMES), expression(3, chance)),
        3 => Statement::Call(Expression::Call(
            chance.below(NUM_NAMES),
            (0..chance.below(4))
                .map(|_| expression(2, chance))
                .collect(),
        )),
        4 => Statement::Return(expression(2, chance)),
        5 | 6 => {
            let no = if chance.is(40) {
                block(depth - 1, chance)
            } else {
                Vec::new()
            };
            Statement::If(expression(2, chance), block(depth - 1, chance), no)
        }
        7 | 8 => Statement::For(
            chance.below(NUM_NAMES),
            expression(1, chance),
            block(depth - 1, chance),
        ),
        9 => Statement::While(expression(2, chance), block(depth - 1, chance)),
        _ => Statement::Try(block(depth - 1, chance), block(0, chance)),
    }
}

fn expression(depth: usize, chance: &mut Chance) -> Expression {
    let kind = if depth == 0 {
        chance.below(3)
    } else {
        chance.below(9)
    };
    let inner = |chance: &mut Chance| Box::new(expression(depth.saturating_sub(1), chance));
    match kind {
        0 | 3 => Expression::Name(chance.below(NUM_NAMES)),
        1 => Expression::Number(chance.between(0, 400)),
        2 => Expression::Text(chance.below(NUM_NAMES)),
        4 | 5 => Expression::Two(
            OPERATORS[chance.below(OPERATORS.len())],
            inner(chance),
            inner(chance),
        ),
        6 => Expression::Call(
            chance.below(NUM_NAMES),
            (0..chance.below(3))
                .map(|_| expression(depth - 1, chance))
                .collect(),
        ),
        7 => match chance.is(50) {
            true => Expression::At(
                Box::new(Expression::Name(chance.below(NUM_NAMES))),
                inner(chance),
            ),
            false => Expression::Field(
                Box::new(Expression::Name(chance.below(NUM_NAMES))),
                chance.below(NUM_NAMES),
            ),
        },
        _ => Expression::List(
            (0..chance.between(1, 4))
                .map(|_| expression(depth - 1, chance))
                .collect(),
        ),
    }
}
