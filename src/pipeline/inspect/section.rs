//! Named facts under a heading.

use serde::Serialize;
use std::io::{self, Write};

/// Facts about one subject.
#[derive(Debug, Serialize)]
pub struct Section {
    /// The subject.
    pub title: &'static str,
    /// The facts, in a fixed order.
    pub facts: Vec<Fact>,
}

/// One fact with its values, as recorded.
#[derive(Debug, Serialize)]
pub struct Fact {
    /// Its name.
    pub name: String,
    /// Its values, in the order of the source.
    pub values: Vec<String>,
}

impl Section {
    /// A section without facts.
    pub fn new(title: &'static str) -> Self {
        Self {
            title,
            facts: Vec::new(),
        }
    }

    /// Adds a fact; one without values is left out.
    pub fn put(&mut self, name: impl Into<String>, values: impl IntoIterator<Item = String>) {
        let values: Vec<String> = values.into_iter().collect();
        if !values.is_empty() {
            self.facts.push(Fact {
                name: name.into(),
                values,
            });
        }
    }

    /// Writes it for a person.
    pub(in crate::pipeline::inspect) fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        writeln!(out, "\n{}", self.title)?;
        for fact in &self.facts {
            match fact.values.as_slice() {
                [one] => writeln!(out, "  {}: {}", clean(&fact.name), clean(one))?,
                many => {
                    writeln!(out, "  {}:", clean(&fact.name))?;
                    many.iter()
                        .try_for_each(|v| writeln!(out, "    {}", clean(v)))?;
                }
            }
        }
        Ok(())
    }
}

/// Without control characters, and without marks that turn the direction of a line or have no width: a terminal would
/// show another text than there is.
pub(in crate::pipeline::inspect) fn clean(text: &str) -> String {
    let is_invisible = |c: char| matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    text.chars()
        .filter(|c| !c.is_control() && !is_invisible(*c))
        .collect()
}
