//! Lines for a terminal: cleaned, shortened, wrapped and, where asked for, bold or faint.

use crate::report::clean;
use std::io::{self, Write};

/// Longest sentence shown, in characters.
const MAX_SENTENCE: usize = 400;
/// Links, findings or problems listed under one heading.
pub(in crate::report) const MAX_ROWS: usize = 20;
/// Narrowest width that is still wrapped for.
pub(in crate::report) const MIN_WIDTH: usize = 40;

/// How a piece of text stands out.
#[derive(Clone, Copy)]
pub(in crate::report) enum Look {
    /// Not at all.
    Plain,
    /// Bold.
    Bold,
    /// Fainter.
    Dim,
}

/// Lines written one after the other.
pub(in crate::report) struct Page<'w> {
    out: &'w mut dyn Write,
    colour: bool,
    width: usize,
}

impl<'w> Page<'w> {
    /// A page of `width` characters, or of the narrowest that is wrapped for.
    pub(in crate::report) fn new(out: &'w mut dyn Write, colour: bool, width: usize) -> Self {
        Self {
            out,
            colour,
            width: width.max(MIN_WIDTH),
        }
    }

    /// A heading behind an empty line.
    pub(in crate::report) fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out)?;
        self.line("", text, Look::Bold)
    }

    /// A paragraph behind `indent`; the lines after the first are indented by spaces.
    pub(in crate::report) fn line(
        &mut self,
        indent: &str,
        text: &str,
        look: Look,
    ) -> io::Result<()> {
        let text = clean::shorten(&clean::line(text), MAX_SENTENCE);
        let hang = " ".repeat(indent.chars().count());
        for (i, row) in wrap(&text, self.width.saturating_sub(hang.len()))
            .iter()
            .enumerate()
        {
            let lead = if i == 0 { indent } else { &hang };
            match (self.colour, look) {
                (true, Look::Bold) => writeln!(self.out, "{lead}\x1b[1m{row}\x1b[0m")?,
                (true, Look::Dim) => writeln!(self.out, "{lead}\x1b[2m{row}\x1b[0m")?,
                _ => writeln!(self.out, "{lead}{row}")?,
            }
        }
        Ok(())
    }

    /// How many rows are left out of a list, where some are.
    pub(in crate::report) fn more(&mut self, indent: &str, all: usize) -> io::Result<()> {
        match all.saturating_sub(MAX_ROWS) {
            0 => Ok(()),
            more => self.line(indent, &format!("… and {more} more"), Look::Dim),
        }
    }
}

/// Breaks at spaces; a word longer than the width is cut.
pub(in crate::report) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut rows = vec![String::new()];
    let mut len = 0;
    for word in text.split_whitespace() {
        let letters: Vec<char> = word.chars().collect();
        for (i, piece) in letters.chunks(width).enumerate() {
            let space = usize::from(i == 0 && len > 0);
            if i > 0 || len + space + piece.len() > width {
                rows.push(String::new());
                len = 0;
            }
            let row = rows.last_mut().expect("starts with one row");
            if len > 0 {
                row.push(' ');
                len += 1;
            }
            row.extend(piece);
            len += piece.len();
        }
    }
    rows
}
