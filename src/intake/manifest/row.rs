//! Rows of a manifest, the same whether they came from CSV or JSON lines.

use crate::intake::manifest::Place;
use crate::intake::manifest::column::Column;
use crate::intake::walk;
use crate::model::{Effect, Problem, RepositoryUrl};
use std::fmt::Display;

/// The rows of a manifest and what could not be parsed.
#[derive(Debug, Default)]
pub(in crate::intake::manifest) struct Rows {
    /// In the order of the file.
    pub rows: Vec<Row>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
}

impl Rows {
    /// Takes out what names a path, with a problem for each; addresses of repositories stay.
    pub(in crate::intake::manifest) fn refuse_paths(&mut self, place: &Place) {
        for row in &mut self.rows {
            for cell in &mut row.cells {
                let is_path = |value: &String| match cell.meaning {
                    Some(Column::Resume) => true,
                    Some(Column::Repos) => !RepositoryUrl::is_meant(value),
                    _ => false,
                };
                if cell.values.iter().any(is_path) {
                    let message = "a path; files come with the request here";
                    let problem = place.at(row.line, &cell.column, message, Effect::NotUsed);
                    self.problems.push(problem);
                    cell.values.retain(|v| !is_path(v));
                }
            }
            row.cells.retain(|cell| !cell.values.is_empty());
        }
    }
}

/// One row.
#[derive(Debug)]
pub(in crate::intake::manifest) struct Row {
    /// Line it starts on, 1-based.
    pub line: u32,
    /// Its non-empty fields.
    pub cells: Vec<Cell>,
}

/// One field.
#[derive(Debug)]
pub(in crate::intake::manifest) struct Cell {
    /// Name of the column as written.
    pub column: String,
    /// What the column means, if anything.
    pub meaning: Option<Column>,
    /// One value, or the values of a list; trimmed, none empty.
    pub values: Vec<String>,
}

impl Cell {
    /// A field from its text; `None` when it is empty.
    pub(in crate::intake::manifest) fn from_text(column: &str, text: &str) -> Option<Self> {
        let meaning = Column::from_name(column);
        let values: Vec<String> = match meaning {
            Some(m) if m.is_list() => filled(text.split(';')),
            _ => filled([text]),
        };
        (!values.is_empty()).then(|| Self {
            column: walk::printable(column.trim()),
            meaning,
            values,
        })
    }

    /// A field from the items of a list.
    pub(in crate::intake::manifest) fn from_items(column: &str, items: &[String]) -> Option<Self> {
        let values = filled(items.iter().map(String::as_str));
        let meaning = Column::from_name(column);
        (!values.is_empty()).then(|| Self {
            column: walk::printable(column.trim()),
            meaning,
            values,
        })
    }
}

fn filled<'a>(values: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    values
        .into_iter()
        .map(str::trim)
        .filter(|v| !v.is_empty())
        .map(String::from)
        .collect()
}

impl Place {
    /// A problem on a line.
    pub(in crate::intake::manifest) fn at_line(
        &self,
        line: u32,
        message: impl Into<String>,
    ) -> Problem {
        walk::problem(
            format!("{} line {line}", self.shown),
            message,
            Effect::NotUsed,
        )
    }

    /// A problem in a column of a line.
    pub(in crate::intake::manifest) fn at(
        &self,
        line: u32,
        column: impl Display,
        message: impl Into<String>,
        effect: Effect,
    ) -> Problem {
        walk::problem(
            format!("{} line {line}, column {column}", self.shown),
            message,
            effect,
        )
    }
}
