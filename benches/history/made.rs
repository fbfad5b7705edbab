//! Repositories made for measuring, by `git fast-import`: equal at every run.

use crate::git::git;
use anyhow::{Context, Result, ensure};
use samehand::model::mix;
use std::fmt::Write as _;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Stdio;

/// Commits of the large one.
const COMMITS: usize = 20_000;
/// Commits of a small one.
pub const SMALL_COMMITS: usize = 30;
/// Files of a small one beside its README and package.json; each commit changes one.
const SMALL_FILES: usize = 10;
/// Functions in each of them.
const FUNCTIONS: usize = 8;
/// Names of which the code of the small ones is made.
const WORDS: [&str; 24] = [
    "account", "batch", "cache", "device", "entry", "frame", "group", "handle", "index", "job",
    "key", "level", "meter", "node", "order", "page", "queue", "route", "score", "token", "unit",
    "value", "window", "zone",
];

/// A bare repository: ten people, a file changed by each commit, a merge now and then.
pub fn large(dir: &Path) -> Result<()> {
    init(dir)?;
    let mut stream = String::new();
    for n in 1..=COMMITS {
        let who = format!(
            "Person {0} <person{0}@example.org> {1} +0{0}00",
            n % 10,
            1_500_000_000 + n * 977
        );
        let message = format!(
            "Change part {} of the work\n\nA reason in some {n} words, wrapped.\n",
            n % 313
        );
        let text = format!("fn part_{n}() -> usize {{ {} }}\n", n * n).repeat(12);
        commit(&mut stream, n, &who, &message)?;
        if n % 50 == 0 {
            writeln!(stream, "merge :{}", n - 20)?;
        }
        let (folder, file) = (n % 613 % 40, n % 613);
        change(&mut stream, &format!("src/{folder}/part_{file}.rs"), &text)?;
    }
    import(dir, &stream)?;
    ensure!(
        git(dir, &["repack", "-q", "-a", "-d"]).status()?.success(),
        "git repack failed"
    );
    Ok(())
}

/// What a commit does to the file that it changes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// One of its eight functions is written anew. In 116 public repositories of 10 to 150 commits a commit replaces 6 % of
    /// the lines of a source file that it changes in the median, 16 % in the mean.
    Edit,
    /// All of it is written anew: the most that can be asked.
    Rewrite,
}

/// A pool of small bare repositories, each with people, times, names and code of its own.
pub fn small(pool: &Path, number: usize, change: Change) -> Result<Vec<PathBuf>> {
    let mut paths = Vec::with_capacity(number);
    for r in 0..number {
        let dir = pool.join(format!("p{r:04}/work.git"));
        one(&dir, r, SMALL_COMMITS, change)?;
        paths.push(dir);
    }
    Ok(paths)
}

/// The small repository of a number with so many commits.
pub fn one(dir: &Path, number: usize, num_commits: usize, change: Change) -> Result<()> {
    std::fs::create_dir_all(dir)?;
    init(dir)?;
    import(dir, &small_stream(number, num_commits, change)?)
}

fn small_stream(r: usize, num_commits: usize, how: Change) -> Result<String> {
    let mut stream = String::new();
    let mut time = 1_500_000_000 + mix(r as u64) % 200_000_000;
    for n in 1..=num_commits {
        let random = mix((r * 1000 + n) as u64);
        time += 600 + random % 200_000;
        let who = format!("Person {r} <person{r}@example.org> {time} +0{}00", r % 10);
        let word = |k: u64| WORDS[(mix(random + k) % 24) as usize];
        let message = format!("Let the {} keep its {} {n}\n", word(1), word(2));
        commit(&mut stream, n, &who, &message)?;
        if n == 1 {
            let readme = format!("# {} {}\n\nA {} for {}s.\n", word(3), r, word(4), word(5));
            change(&mut stream, "README.md", &readme)?;
            let package =
                "{\n  \"name\": \"work\",\n  \"dependencies\": {\"left\": \"^1.0.0\"}\n}\n";
            change(&mut stream, "package.json", package)?;
        }
        let file = n % SMALL_FILES;
        let ending = ["js", "py", "ts"][file % 3];
        let path = format!("src/{}_{file}.{ending}", WORDS[(r + file) % 24]);
        let seed = |function: usize| {
            let version = match how {
                Change::Rewrite => n,
                // The first change makes the file, each later one writes one function anew.
                Change::Edit => (n / SMALL_FILES + FUNCTIONS - 1 - function) / FUNCTIONS,
            };
            mix((r * 1000 + file) as u64) ^ mix((version * FUNCTIONS + function) as u64)
        };
        change(&mut stream, &path, &code(seed, file % 3 == 1))?;
    }
    Ok(stream)
}

/// Some 40 lines of Python or JavaScript with random names and numbers, each function by its seed.
fn code(seed: impl Fn(usize) -> u64, is_python: bool) -> String {
    let mut text = String::new();
    for f in 0..FUNCTIONS {
        let at = |k: u64| mix(seed(f) ^ k);
        let word = |k: u64| WORDS[(at(k) % 24) as usize];
        let (name, a, b) = (format!("{}_{}", word(1), word(2)), word(3), word(4));
        let (x, y) = (at(5) % 1000, at(6) % 100);
        let _ = match (is_python, at(7) % 2) {
            (true, 0) => write!(
                text,
                "def {name}({a}, limit={x}):\n    if {a} > limit:\n        return [{a} * {y}]\n    return {b}_of({a})\n\n"
            ),
            (true, _) => write!(
                text,
                "class {name}:\n    def {b}(self, {a}):\n        for {b} in range({x}):\n            self.{a} += {b} // {y}\n\n"
            ),
            (_, 0) => write!(
                text,
                "function {name}({a}) {{\n  const {b} = {a}.map((x) => x + {x});\n  return {b}.filter(Boolean).length > {y};\n}}\n\n"
            ),
            _ => write!(
                text,
                "export const {name} = async ({a}) => {{\n  while ({a}.{b} < {x}) {{\n    await {a}.next({y});\n  }}\n}};\n\n"
            ),
        };
    }
    text
}

fn commit(stream: &mut String, n: usize, who: &str, message: &str) -> Result<()> {
    writeln!(
        stream,
        "commit refs/heads/main\nmark :{n}\nauthor {who}\ncommitter {who}"
    )?;
    writeln!(stream, "data {}\n{message}", message.len())?;
    Ok(())
}

fn change(stream: &mut String, path: &str, text: &str) -> Result<()> {
    writeln!(
        stream,
        "M 100644 inline {path}\ndata {}\n{text}",
        text.len()
    )?;
    Ok(())
}

fn init(dir: &Path) -> Result<()> {
    let init = ["init", "-q", "--bare", "-b", "main", "--template=", "."];
    ensure!(git(dir, &init).status()?.success(), "git init failed");
    Ok(())
}

/// Packed, as a clone is.
fn import(dir: &Path, stream: &str) -> Result<()> {
    let import = ["-c", "fastimport.unpackLimit=1", "fast-import", "--quiet"];
    let mut child = git(dir, &import).stdin(Stdio::piped()).spawn()?;
    let mut stdin = child.stdin.take().context("stdin is piped")?;
    stdin.write_all(stream.as_bytes())?;
    drop(stdin);
    ensure!(child.wait()?.success(), "git fast-import failed");
    Ok(())
}
