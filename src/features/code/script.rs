//! The code inside files that hold other things too: cells of notebooks, scripts of component pages.

use serde::Deserialize;
use std::borrow::Cow;

/// Whether a file is a Jupyter notebook, by its name.
pub(in crate::features::code) fn is_notebook(path: &str) -> bool {
    path.ends_with(".ipynb")
}

/// The code of a file: all of it, or of a notebook its code cells one after the other, or of a page what stands between
/// `<script>` and `</script>`, the rest blank so that lines keep their numbers. `None` for a notebook that is none.
pub(in crate::features::code) fn code_of<'a>(path: &str, bytes: &'a [u8]) -> Option<Cow<'a, [u8]>> {
    if is_notebook(path) {
        return cells(bytes).map(Cow::Owned);
    }
    let is_page = [".vue", ".svelte"].iter().any(|end| path.ends_with(end));
    Some(match is_page {
        true => Cow::Owned(scripts(bytes)),
        false => Cow::Borrowed(bytes),
    })
}

/// The parts of the notebook format (nbformat 4) that are used.
#[derive(Deserialize)]
struct Notebook {
    cells: Vec<Cell>,
}

#[derive(Deserialize)]
struct Cell {
    cell_type: String,
    #[serde(default)]
    source: Source,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Source {
    Lines(Vec<String>),
    Text(String),
}

impl Default for Source {
    fn default() -> Self {
        Self::Lines(Vec::new())
    }
}

/// Code cells; lines that are commands of the notebook rather than Python are blank.
fn cells(bytes: &[u8]) -> Option<Vec<u8>> {
    let notebook: Notebook = serde_json::from_slice(bytes).ok()?;
    let mut code = String::new();
    for cell in notebook.cells.iter().filter(|c| c.cell_type == "code") {
        let text = match &cell.source {
            Source::Lines(lines) => lines.concat(),
            Source::Text(text) => text.clone(),
        };
        for line in text.lines() {
            if !line.trim_start().starts_with(['%', '!']) {
                code.push_str(line);
            }
            code.push('\n');
        }
    }
    Some(code.into_bytes())
}

fn scripts(bytes: &[u8]) -> Vec<u8> {
    let blank = |part: &[u8]| -> Vec<u8> {
        let keep = |&b: &u8| if b == b'\n' { b'\n' } else { b' ' };
        part.iter().map(keep).collect()
    };
    let mut code = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    while let Some(open) = memchr::memmem::find(rest, b"<script") {
        let Some(len) = memchr::memchr(b'>', &rest[open..]) else {
            break;
        };
        let start = open + len + 1;
        let end =
            memchr::memmem::find(&rest[start..], b"</script").map_or(rest.len(), |n| start + n);
        code.extend(blank(&rest[..start]));
        code.extend_from_slice(&rest[start..end]);
        rest = &rest[end..];
    }
    code.extend(blank(rest));
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code(path: &str, text: &str) -> Option<String> {
        code_of(path, text.as_bytes()).map(|c| String::from_utf8(c.into_owned()).unwrap())
    }

    #[test]
    fn of_a_notebook_only_code_cells_are_read() {
        let notebook = r##"{"nbformat": 4, "cells": [
            {"cell_type": "markdown", "source": ["# A title"]},
            {"cell_type": "code", "source": ["%matplotlib inline\n", "x = 1\n", "y = 2"], "outputs": [{"text": "secret"}]},
            {"cell_type": "code", "source": "z = 3"}]}"##;
        assert_eq!(
            code("a.ipynb", notebook).as_deref(),
            Some("\nx = 1\ny = 2\nz = 3\n")
        );
        assert_eq!(code("a.ipynb", "[]"), None);
    }

    #[test]
    fn of_a_page_only_the_script_is_read_at_its_lines() {
        let page =
            "<template>\n<b/></template>\n<script setup>\nlet a = 1\n</script>\n<style>p{}</style>";
        let found = code("A.vue", page).unwrap();
        assert_eq!(found.trim(), "let a = 1");
        assert_eq!(found.lines().position(|l| l == "let a = 1"), Some(3));
        assert_eq!(code("a.js", "a()").as_deref(), Some("a()"));
    }
}
