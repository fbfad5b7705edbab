//! Where our words stand.

use regex::Regex;
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A text and its place.
pub struct Text {
    pub file: String,
    pub line: usize,
    pub text: String,
}

fn files(dir: &Path, extension: &str, out: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(dir)
        .unwrap()
        .map(|e| e.unwrap().path())
        .collect();
    entries.sort();
    for path in entries {
        if path.is_dir() {
            files(&path, extension, out);
        } else if path.extension().is_some_and(|x| x == extension) {
            out.push(path);
        }
    }
}

fn at(file: &Path, texts: Vec<(usize, String)>) -> impl Iterator<Item = Text> + use<> {
    let file = file.display().to_string();
    texts.into_iter().map(move |(line, text)| Text {
        file: file.clone(),
        line,
        text,
    })
}

/// Every string of the program outside of its tests.
pub fn rust_texts() -> Vec<Text> {
    let mut all = Vec::new();
    files(Path::new("src"), "rs", &mut all);
    let tests = test_files(&all);
    let ours = all.iter().filter(|f| !tests.contains(*f));
    ours.flat_map(|f| at(f, strings(&fs::read_to_string(f).unwrap())))
        .collect()
}

/// Files of modules that only tests have: declared behind `#[cfg(test)]`.
fn test_files(all: &[PathBuf]) -> BTreeSet<PathBuf> {
    let declared = Regex::new(
        r"#\[cfg\(test\)\]\s*(?:#\[path = [^\]]*\]\s*)?(?:pub(?:\([^)]*\))? )?mod (\w+);",
    )
    .unwrap();
    let paths = Regex::new(r#"#\[cfg\(test\)\]\s*#\[path = "([^"]*)"\]"#).unwrap();
    let mut tests = BTreeSet::new();
    for file in all {
        let text = fs::read_to_string(file).unwrap();
        let stem = file.file_stem().unwrap().to_str().unwrap();
        let here = file.parent().unwrap();
        let inside = if ["mod", "lib", "main"].contains(&stem) {
            here.to_path_buf()
        } else {
            here.join(stem)
        };
        for name in declared.captures_iter(&text).map(|c| c[1].to_string()) {
            tests.insert(inside.join(format!("{name}.rs")));
            tests.insert(inside.join(&name).join("mod.rs"));
        }
        tests.extend(paths.captures_iter(&text).map(|c| here.join(&c[1])));
    }
    tests
}

/// String literals of Rust code, each with its line; comments and what follows an inline test module are left out.
pub fn strings(code: &str) -> Vec<(usize, String)> {
    let code = match Regex::new(r"(?m)^#\[cfg\(test\)\]\n(?:#\[.*\]\n)*mod \w+ \{")
        .unwrap()
        .find(code)
    {
        Some(tests) => &code[..tests.start()],
        None => code,
    };
    // Comments, characters, raw strings, strings: whichever begins first is read to its end.
    let token = Regex::new(concat!(
        r"(?s)//[^\n]*|/\*.*?\*/|b?'(?:\\.[^']*|[^'\\])'",
        r####"|r###"(.*?)"###|r##"(.*?)"##|r#"(.*?)"#|r"([^"]*)"|"((?:[^"\\]|\\.)*)""####,
    ))
    .unwrap();
    let continued = Regex::new(r"\\\n\s*").unwrap();
    let mut out = Vec::new();
    for found in token.captures_iter(code) {
        let Some(text) = (1..found.len()).find_map(|i| found.get(i)) else {
            continue;
        };
        let line = code[..text.start()].matches('\n').count() + 1;
        let plain = continued.replace_all(text.as_str(), "");
        // A pattern is what is looked for in others' texts, not what is said.
        if plain.starts_with("(?") {
            continue;
        }
        out.push((line, plain.replace("\\n", " ").replace("\\\"", "\"")));
    }
    out
}

/// The help of every command, as users see it.
pub fn help() -> Vec<Text> {
    let said = |arguments: &[&str]| {
        let out = Command::new(env!("CARGO_BIN_EXE_samehand"))
            .args(arguments)
            .output()
            .unwrap();
        String::from_utf8(out.stdout).unwrap()
    };
    let overview = said(&["--help"]);
    let command = Regex::new(r"(?m)^  ([a-z]+)  ").unwrap();
    let mut all = vec![vec!["--help".to_string()]];
    for name in command.captures_iter(&overview).map(|c| c[1].to_string()) {
        let inner = said(&[&name, "--help"]);
        for below in command.captures_iter(&inner).map(|c| c[1].to_string()) {
            all.push(vec![name.clone(), below, "--help".into()]);
        }
        all.push(vec![name, "--help".into()]);
    }
    let mut texts = Vec::new();
    for arguments in all {
        let text = said(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        let parts = text.split("\n\n").map(|p| (1, p.to_string())).collect();
        texts.extend(at(Path::new(&arguments.join(" ")), parts));
    }
    texts
}

/// The page's templates: text and attributes alike.
pub fn templates() -> Vec<Text> {
    let mut all = Vec::new();
    files(Path::new("src/report/templates"), "html", &mut all);
    let tag = Regex::new(r"</?[a-z][^>]*>").unwrap();
    let whole = |f: &PathBuf| {
        let text = fs::read_to_string(f).unwrap();
        let lines = text
            .lines()
            .zip(1..)
            .map(|(l, n)| (n, tag.replace_all(l, " ").into_owned()));
        at(f, lines.filter(|(_, l)| !l.trim().is_empty()).collect())
    };
    all.iter().flat_map(whole).collect()
}

/// The descriptions in the schema of report.json.
pub fn schema() -> Vec<Text> {
    let mut texts = Vec::new();
    describe(&samehand::report::schema(), &mut texts);
    at(Path::new("docs/report.schema.json"), texts).collect()
}

fn describe(value: &serde_json::Value, out: &mut Vec<(usize, String)>) {
    if let Some(text) = value.get("description").and_then(|d| d.as_str()) {
        out.push((0, text.into()));
    }
    match value {
        serde_json::Value::Object(all) => all.values().for_each(|v| describe(v, out)),
        serde_json::Value::Array(all) => all.iter().for_each(|v| describe(v, out)),
        _ => {}
    }
}

/// README, docs and the notes beside data.
pub fn documents() -> Vec<Text> {
    let mut all = vec![PathBuf::from("README.md")];
    files(Path::new("docs"), "md", &mut all);
    files(Path::new("corpora"), "md", &mut all);
    // A pool's own documents are test data: of corpora, only the notes and those beside tables and programs are ours.
    all.retain(|f| {
        let parts: Vec<_> = f.iter().collect();
        let beside = ["background", "calibration", "programs"];
        parts[0] != "corpora"
            || parts.len() == 2
            || parts.len() == 3 && beside.iter().any(|d| parts[1] == *d)
    });
    all.iter()
        .flat_map(|f| at(f, markdown(&fs::read_to_string(f).unwrap())))
        .collect()
}

/// Paragraphs of Markdown with their lines, code spans without a space left out.
pub fn markdown(text: &str) -> Vec<(usize, String)> {
    let value = Regex::new(r"`[^`\s]+`").unwrap();
    let mut out = Vec::new();
    let mut paragraph = (1, String::new());
    for (line, n) in text.lines().zip(1..) {
        if line.trim().is_empty() {
            out.push(std::mem::replace(&mut paragraph, (n + 1, String::new())));
        } else {
            paragraph.1.push_str(&value.replace_all(line, " "));
            paragraph.1.push('\n');
        }
    }
    out.push(paragraph);
    out.retain(|(_, text)| !text.trim().is_empty());
    out
}
