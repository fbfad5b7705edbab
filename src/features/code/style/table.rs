//! The shipped tables: which habits are known in each language, how common they are, and how much they tell.
//!
//! `corpora/background/style.tsv`, made by `corpora/programs/build_style_tables.py` of packages by many hands; `style.md`
//! beside it says how. For each habit: the usual logarithm of its share and how far hands scatter around it, a weight (how
//! much of that scatter is between hands rather than between one hand's packages), and its part in the directions in
//! which everybody's code differs by subject; those are damped.

use crate::features::code::style::known::Known;
use crate::features::code::style::layout::QUESTIONS;
use crate::features::code::style::words::Names;
use crate::model::Language;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Directions that are damped, for each language.
pub(in crate::features::code::style) const FACTORS: usize = 16;

/// One habit of a language.
#[derive(Clone, Debug)]
pub struct Habit {
    /// What is written: a token, or two with a space between.
    pub text: Vec<u8>,
    /// Usual natural logarithm of its share of the tokens.
    pub mean: f32,
    /// Standard deviation of it over packages.
    pub sd: f32,
    /// How much it tells.
    pub weight: f32,
    pub(in crate::features::code::style) axes: [f32; FACTORS],
}

/// The habits of one language.
#[derive(Debug, Default)]
pub struct Table {
    /// Names that are kept.
    pub names: Names,
    /// The habits, by number.
    pub habits: Vec<Habit>,
    /// By how much each direction is damped, 0 to 1.
    pub(in crate::features::code::style) damp: [f32; FACTORS],
    /// For each question of layout the share of packages that mostly say yes.
    pub layout: Vec<f32>,
    known: Known,
}

static SHIPPED: &str = include_str!("../../../../corpora/background/style.tsv");

static TABLES: LazyLock<BTreeMap<Language, Table>> =
    LazyLock::new(|| read(SHIPPED).expect("the shipped tables are well-formed: a test reads them"));

/// The table of a language.
pub fn of(language: Language) -> Option<&'static Table> {
    TABLES.get(&language)
}

/// The languages with a table, as the file names them.
pub const LANGUAGES: [(&str, Language); 4] = [
    ("python", Language::Python),
    ("javascript", Language::JavaScript),
    ("rust", Language::Rust),
    ("go", Language::Go),
];

/// Reads the lines of the file; `None` where one is of no known shape.
fn read(text: &str) -> Option<BTreeMap<Language, Table>> {
    let mut tables: BTreeMap<Language, Table> = BTreeMap::new();
    let mut current = Language::Other;
    for line in text.lines().filter(|l| !l.starts_with('#')) {
        let (kind, rest) = line.split_once('\t')?;
        if kind == "LANGUAGE" {
            current = LANGUAGES.iter().find(|(name, _)| *name == rest)?.1;
            tables.insert(current, Table::default());
            continue;
        }
        let table = tables.get_mut(&current)?;
        let numbers = || rest.split(' ').map(|n| n.parse::<f32>().ok());
        match kind {
            "NAMES" => table.names = rest.split(' ').map(str::as_bytes).collect(),
            "DAMP" => {
                let damp: Option<Vec<f32>> = numbers().collect();
                table.damp = damp?.try_into().ok()?;
            }
            "LAYOUT" => table.layout = numbers().collect::<Option<_>>()?,
            "H" => table.push(habit(rest)?),
            _ => return None,
        }
    }
    let whole = |t: &Table| t.layout.len() == QUESTIONS.len() && !t.habits.is_empty();
    tables.values().all(whole).then_some(tables)
}

/// One character a direction: so many steps of [`STEP`] above or below [`MIDDLE`].
const MIDDLE: f32 = 80.0;
const STEP: f32 = 0.003;

/// `text mean sd weight axes`, tab-separated; numbers are hundredths, the axes one character each.
fn habit(line: &str) -> Option<Habit> {
    let mut cells = line.split('\t');
    let text = unescape(cells.next()?)?;
    let mut number = || cells.next()?.parse::<f32>().ok().map(|n| n / 100.0);
    let (mean, sd, weight) = (number()?, number()?, number()?);
    let axes = cells.next()?.bytes();
    let axes: Vec<f32> = axes.map(|b| (f32::from(b) - MIDDLE) * STEP).collect();
    Some(Habit {
        text,
        mean,
        sd,
        weight,
        axes: axes.try_into().ok()?,
    })
}

/// Bytes written as Rust escapes them.
fn unescape(text: &str) -> Option<Vec<u8>> {
    let mut out = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        if byte != b'\\' {
            out.push(byte);
            continue;
        }
        match rest.next()? {
            b'x' => {
                let digits = [rest.next()?, rest.next()?];
                out.push(u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()?);
            }
            b'n' => out.push(b'\n'),
            b't' => out.push(b'\t'),
            b'r' => out.push(b'\r'),
            other => out.push(other),
        }
    }
    Some(out)
}

impl Table {
    fn push(&mut self, habit: Habit) {
        self.known.insert(&habit.text, self.habits.len() as u16);
        self.habits.push(habit);
    }

    /// The number of a habit.
    pub fn find(&self, written: &[u8]) -> Option<usize> {
        self.known.find(written).map(usize::from)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_shipped_tables_are_sound() {
        assert_eq!(TABLES.len(), LANGUAGES.len());
        for table in TABLES.values() {
            assert!(table.habits.len() > 500 && table.habits.len() < 4000);
            assert!(table.habits.iter().all(|h| h.sd > 0.0 && h.weight > 0.0));
            assert!(table.damp.iter().all(|d| (0.0..1.0).contains(d)));
        }
        let python = of(Language::Python).expect("it is shipped");
        assert!(python.find(b"self").is_some() && python.find(b"is not").is_some());
        assert!(python.find(b"no such habit").is_none());
        assert!(of(Language::Java).is_none());
    }

    #[test]
    fn escapes_read_back() {
        let all: Vec<u8> = (0..=255).collect();
        let escaped: String = all
            .iter()
            .flat_map(|b| std::ascii::escape_default(*b))
            .map(char::from)
            .collect();
        assert_eq!(unescape(&escaped), Some(all));
    }
}
