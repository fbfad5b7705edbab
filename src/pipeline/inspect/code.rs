//! What the files of a repository are: languages, own and foreign code with the reason, and code that stands in it twice.

use crate::features::code::copied::Prints;
use crate::features::code::copied::Region;
use crate::features::code::copied::repeated;
use crate::features::code::earlier;
use crate::link::Background;
use crate::model::{ClassReason, CodeUnit, FileClass};
use crate::pipeline::inspect::Section;
use std::collections::BTreeMap;

/// Stretches that are listed.
const SHOWN: usize = 10;

/// Sections about the files.
pub(in crate::pipeline::inspect) fn sections(mut units: Vec<CodeUnit>) -> Vec<Section> {
    earlier::keep_new(&mut units);
    let background = Background::shipped();
    vec![
        files(&units, &background),
        own_code(&units, &background),
        twice(&units, &background),
    ]
}

fn is_template(unit: &CodeUnit, background: &Background) -> bool {
    unit.class == FileClass::Source && background.scaffold.contains(&unit.blob)
}

fn is_own(unit: &CodeUnit, background: &Background) -> bool {
    unit.class == FileClass::Source && !is_template(unit, background)
}

/// Files by class and what told it.
fn files(units: &[CodeUnit], background: &Background) -> Section {
    let mut by: BTreeMap<(FileClass, ClassReason, bool), (usize, u64)> = BTreeMap::new();
    for unit in units.iter().filter(|u| !u.earlier) {
        let of = (unit.class, unit.reason, is_template(unit, background));
        let sum = by.entry(of).or_default();
        *sum = (sum.0 + 1, sum.1 + unit.size);
    }
    let mut section = Section::new("files");
    for ((class, reason, template), (num, bytes)) in by {
        let name = match template {
            true => "files of a public template, by their id".into(),
            false if class == FileClass::Source => class.name().into(),
            false => format!("{} ({})", class.name(), reason.name()),
        };
        section.put(name, [format!("{num}, {}", size(bytes))]);
    }
    section
}

/// Languages of the own code, and how much of it the tables of public code know.
fn own_code(units: &[CodeUnit], background: &Background) -> Section {
    let mut by: BTreeMap<(&str, bool), (usize, u64, u64)> = BTreeMap::new();
    let (mut marks, mut public, mut num_earlier) = (0usize, 0usize, 0usize);
    for unit in units.iter().filter(|u| is_own(u, background)) {
        let Some(print) = &unit.print else {
            continue;
        };
        if unit.earlier {
            num_earlier += 1;
            continue;
        }
        let sum = by
            .entry((print.language.name(), print.lexical))
            .or_default();
        *sum = (
            sum.0 + 1,
            sum.1 + unit.size,
            sum.2 + u64::from(print.num_tokens),
        );
        marks += print.marks.len();
        let known = |hash| background.code_marks.contains(hash);
        public += print.marks.iter().filter(|m| known(m.hash)).count();
    }
    let mut section = Section::new("own code");
    let line = |((language, lexical), (num, bytes, tokens)): ((&str, bool), (usize, u64, u64))| {
        let how = match lexical {
            true => ", cut into words and signs: no grammar, or the parser gave up",
            false => "",
        };
        format!(
            "{language}: {num} files, {}, {tokens} words and signs{how}",
            size(bytes)
        )
    };
    section.put("languages", by.into_iter().map(line));
    section.put("fingerprints", [marks.to_string()]);
    if marks > 0 {
        let share = 100.0 * public as f64 / marks as f64;
        section.put(
            "of these in public templates and libraries",
            [format!("{public} ({share:.0} %)")],
        );
    }
    section.put(
        "earlier versions of files that say something new",
        [num_earlier.to_string()],
    );
    section
}

/// The longest stretches of own code that stand in two files of the repository.
fn twice(units: &[CodeUnit], background: &Background) -> Section {
    let own = units.iter().filter(|u| !u.earlier && is_own(u, background));
    let prints = Prints::new(own);
    let regions = repeated(&prints, |mark| background.code_weight(mark));
    let place = |file: u32, (first, last): (u32, u32)| {
        format!(
            "{} lines {first} to {last}",
            prints.units[file as usize].0.path
        )
    };
    let line = |r: &Region| {
        let (left, right) = (place(r.left, r.left_lines), place(r.right, r.right_lines));
        format!("{left} = {right}")
    };
    let mut section = Section::new("code that stands in two files");
    section.put("longest stretches", regions.iter().take(SHOWN).map(line));
    section
}

fn size(bytes: u64) -> String {
    match bytes {
        0..10_000 => format!("{bytes} bytes"),
        _ => format!("{} kB", bytes / 1000),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::code::CodeReader;
    use crate::model::ObjectId;

    #[test]
    fn languages_foreign_files_and_repeated_code_are_told() {
        let line = |n: usize| {
            let (path, sum) = ("a.".repeat(n % 5), "(e + ".repeat(n % 11));
            format!(
                "    if {path}q > b {{ d += {sum}1{}; }}",
                ")".repeat(n % 11)
            )
        };
        let body: Vec<String> = (0..55).map(line).collect();
        let code = format!("fn one(a: A) {{\n{}\n}}\n", body.join("\n"));
        let unit = |path: &str, id: u8, class| {
            let mut unit = CodeUnit::new(ObjectId([id; 20]), path.into(), 3_000, class);
            CodeReader::default().visit(&mut unit, code.as_bytes());
            unit
        };
        let told = sections(vec![
            unit("a.rs", 1, FileClass::Source),
            unit("b.rs", 2, FileClass::Source),
            unit("vendor/c.rs", 3, FileClass::Vendored),
        ]);
        let shown = format!("{told:?}");
        for part in [
            "Rust: 2 files",
            "vendored (by path and size)",
            "a.rs lines 1 to",
            "= b.rs lines",
        ] {
            assert!(shown.contains(part), "{part}: {shown}");
        }
    }
}
