//! The language of a file, by its name and where the name leaves it open by its contents.

use crate::model::Language;
use memchr::memmem::find;

/// Bytes of a file that are looked at.
const HEAD: usize = 16 << 10;

/// The language; `None` for what is no code.
pub fn tell(path: &str, bytes: &[u8]) -> Option<Language> {
    let head = &bytes[..bytes.len().min(HEAD)];
    if head.contains(&0) {
        return None;
    }
    let name = path.rsplit('/').next().unwrap_or_default().to_lowercase();
    match name.rsplit_once('.') {
        Some((_, end)) => by_ending(end, head),
        None => by_shebang(head),
    }
}

fn by_ending(end: &str, head: &[u8]) -> Option<Language> {
    Some(match end {
        "c" => Language::C,
        "h" => header(head),
        "cc" | "cpp" | "cxx" | "hh" | "hpp" | "hxx" | "inl" | "ino" | "cu" | "cuh" => Language::Cpp,
        "java" => Language::Java,
        "py" | "pyx" | "pyi" => Language::Python,
        "ipynb" => Language::Python,
        "js" | "mjs" | "cjs" | "jsx" => Language::JavaScript,
        "ts" | "mts" | "cts" if head.starts_with(b"<?xml") => return None,
        "ts" | "mts" | "cts" => Language::TypeScript,
        "tsx" => Language::Tsx,
        "vue" | "svelte" | "astro" => in_page(head),
        "go" => Language::Go,
        "rs" => Language::Rust,
        "rb" => Language::Ruby,
        "php" => Language::Php,
        "cs" => Language::CSharp,
        "sol" => Language::Solidity,
        "kt" | "kts" => Language::Kotlin,
        "swift" => Language::Swift,
        "sh" | "bash" | "zsh" => Language::Shell,
        "scala" => Language::Scala,
        "dart" => Language::Dart,
        "lua" => Language::Lua,
        "pl" | "pm" => Language::Perl,
        "r" => Language::R,
        "jl" => Language::Julia,
        "hs" | "lhs" => Language::Haskell,
        "m" | "mm" => Language::ObjectiveC,
        "sql" | "plsql" | "pgsql" => Language::Sql,
        _ => Language::Other,
    })
}

/// Words that stand in headers of C++ and not in those of C.
fn header(head: &[u8]) -> Language {
    let words: [&[u8]; 7] = [
        b"\nclass ",
        b"namespace ",
        b"template<",
        b"template <",
        b"public:",
        b"std::",
        b"virtual ",
    ];
    match words.iter().any(|word| find(head, word).is_some()) {
        true => Language::Cpp,
        false => Language::C,
    }
}

/// The language of the script inside a component page.
fn in_page(head: &[u8]) -> Language {
    let typed: [&[u8]; 2] = [b"lang=\"ts\"", b"lang='ts'"];
    match typed.iter().any(|mark| find(head, mark).is_some()) {
        true => Language::TypeScript,
        false => Language::JavaScript,
    }
}

/// The interpreter that the first line names.
fn by_shebang(head: &[u8]) -> Option<Language> {
    let line = head.strip_prefix(b"#!")?.split(|&b| b == b'\n').next()?;
    let line = String::from_utf8_lossy(line);
    let mut words = line.split_whitespace();
    let program = words.next()?.rsplit('/').next()?;
    let program = match program {
        "env" => words.find(|w| !w.starts_with('-'))?,
        other => other,
    };
    Some(
        match program.trim_end_matches(|c: char| c.is_ascii_digit() || c == '.') {
            "sh" | "bash" | "zsh" | "dash" | "ksh" => Language::Shell,
            "python" | "pypy" => Language::Python,
            "node" | "nodejs" | "bun" => Language::JavaScript,
            "deno" | "ts-node" | "tsx" => Language::TypeScript,
            "ruby" => Language::Ruby,
            "php" => Language::Php,
            "perl" => Language::Perl,
            "lua" => Language::Lua,
            "Rscript" => Language::R,
            _ => Language::Other,
        },
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_contents_tell_the_language() {
        for (path, text, language) in [
            ("src/a.rs", "fn a() {}", Some(Language::Rust)),
            ("a/B.JAVA", "", Some(Language::Java)),
            ("x.h", "struct a { int b; };", Some(Language::C)),
            (
                "x.h",
                "#pragma once\nclass A {\npublic:\n};",
                Some(Language::Cpp),
            ),
            ("a.ts", "let a = 1", Some(Language::TypeScript)),
            ("a.ts", "<?xml version='1.0'?><TS/>", None),
            ("a.tsx", "", Some(Language::Tsx)),
            (
                "App.vue",
                "<script setup lang=\"ts\">",
                Some(Language::TypeScript),
            ),
            (
                "bin/run",
                "#!/usr/bin/env -S python3.11 -u\n",
                Some(Language::Python),
            ),
            ("bin/run", "#!/bin/bash\n", Some(Language::Shell)),
            ("bin/run", "no code", None),
            ("a.nim", "", Some(Language::Other)),
            ("a.py", "a\0b", None),
        ] {
            assert_eq!(tell(path, text.as_bytes()), language, "{path} {text}");
        }
    }
}
