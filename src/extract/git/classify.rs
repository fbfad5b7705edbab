//! What kind of file a path names.
//!
//! Words come from `corpora/background/file_classes.txt`, whose head says how they are used. Only a path and a size are
//! looked at. When in doubt a file is not source: a file set aside costs a link, a wrong link costs more. Whether a file
//! stands in a public template is known only from its id, which is the background's business, not this module's.

use crate::model::FileClass;
use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

/// Smaller files are alike by chance (a few lines).
const TINY: u64 = 200;
/// Larger files are no source that a person writes, and are never read.
const LARGE: u64 = 8 << 20;

static WORDS: &str = include_str!("../../../corpora/background/file_classes.txt");
static LISTS: LazyLock<HashMap<&'static str, HashSet<&'static str>>> =
    LazyLock::new(|| parse(WORDS));

/// `[section]` lines, then words, one or more a line; `#` begins a comment.
fn parse(text: &'static str) -> HashMap<&'static str, HashSet<&'static str>> {
    let mut lists: HashMap<_, HashSet<_>> = HashMap::new();
    let mut section = "";
    for line in text
        .lines()
        .filter(|l| !l.is_empty() && !l.starts_with('#'))
    {
        match line.strip_prefix('[').and_then(|l| l.strip_suffix(']')) {
            Some(name) => section = name,
            None => lists
                .entry(section)
                .or_default()
                .extend(line.split_whitespace()),
        }
    }
    lists
}

/// The class of a file by its path in the repository (`/`-separated) and its size in bytes.
pub fn classify(path: &str, size: u64) -> FileClass {
    let path = path.to_lowercase();
    let (dirs, name) = path.rsplit_once('/').unwrap_or(("", &path));
    let is = |list: &str, word: &str| LISTS.get(list).is_some_and(|l| l.contains(word));
    let inside = |list| dirs.split('/').any(|dir| is(list, dir));
    // "a.test.ts" ends in ".test.ts" and ".ts", and begins with "a." and "a.test."
    let dots = || name.match_indices('.').map(|(at, _)| at);
    let ends = |list| dots().any(|at| is(list, &name[at..]));
    let begins = |list| dots().any(|at| is(list, &name[..=at]));
    let stem = name.split(['.', '-', '_']).next().unwrap_or_default();
    if inside("vendored.dir")
        || is("vendored.name", name)
        || ends("vendored.end")
        || begins("vendored.start")
    {
        FileClass::Vendored
    } else if is("licence.stem", stem) && !ends("source.end") {
        FileClass::Licence
    } else if inside("generated.dir") || is("generated.name", name) || generated_end(name, is) {
        FileClass::Generated
    } else if is("scaffold.name", name) || begins("scaffold.start") || inside("scaffold.dir") {
        FileClass::Scaffold
    } else if size > LARGE || !ends("source.end") {
        FileClass::Data
    } else if size < TINY {
        FileClass::Tiny
    } else {
        FileClass::Source
    }
}

/// Generators mark their output by `.pb.go` as well as by `_pb2.py`.
fn generated_end(name: &str, is: impl Fn(&str, &str) -> bool) -> bool {
    name.match_indices(['.', '_'])
        .any(|(at, _)| is("generated.end", &name[at..]))
}

#[cfg(test)]
mod tests {
    use super::*;
    use FileClass::{Data, Generated, Licence, Scaffold, Source, Tiny, Vendored};

    #[test]
    fn paths_have_their_class() {
        for (path, class) in [
            ("src/main.rs", Source),
            ("contracts/Vault.sol", Source),
            ("app/Models/User.PHP", Source),
            ("src/vendors.ts", Source),
            ("src/distance.py", Source),
            ("src/cache/redis.go", Source),
            ("text/normalize.py", Source),
            ("src/license_check.py", Source),
            ("src/copying.go", Source),
            ("web/node_modules/left-pad/index.js", Vendored),
            ("vendor/github.com/x/y/z.go", Vendored),
            ("third_party/zlib/inflate.c", Vendored),
            ("ios/Pods/AFNetworking/AF.m", Vendored),
            ("static/js/app.min.js", Vendored),
            ("js/jquery.js", Vendored),
            ("venv/lib/python3.11/site.py", Vendored),
            ("dist/index.js", Generated),
            ("package-lock.json", Generated),
            ("sub/yarn.lock", Generated),
            ("Cargo.lock", Generated),
            ("api/v1/user.pb.go", Generated),
            ("user_pb2.py", Generated),
            ("types/index.d.ts", Generated),
            ("LICENSE", Licence),
            ("LICENSE-MIT", Licence),
            ("docs/Copying.LESSER", Licence),
            ("NOTICE.txt", Licence),
            (".gitignore", Scaffold),
            ("web/tsconfig.json", Scaffold),
            (".eslintrc.cjs", Scaffold),
            ("vite.config.ts", Scaffold),
            ("manage.py", Scaffold),
            (".github/workflows/ci.yml", Scaffold),
            ("logo.png", Data),
            ("cv.pdf", Data),
            ("train.csv", Data),
            ("notes.ipynb", Data),
            ("README.md", Data),
            ("font.woff2", Data),
            ("no_extension", Data),
            ("rs", Data),
            ("", Data),
        ] {
            assert_eq!(classify(path, 5_000), class, "{path}");
        }
    }

    #[test]
    fn size_counts_only_for_source() {
        assert_eq!(classify("a.rs", 199), Tiny);
        assert_eq!(classify("a.rs", 200), Source);
        assert_eq!(classify("a.rs", LARGE + 1), Data);
        assert_eq!(classify("vendor/a.rs", 3), Vendored);
        assert_eq!(classify("a.png", 3), Data);
    }

    /// A misspelt section would silently empty its list.
    #[test]
    fn every_section_is_used_and_no_word_is_unreachable() {
        let sections = [
            "generated.dir",
            "generated.end",
            "generated.name",
            "licence.stem",
            "scaffold.dir",
            "scaffold.name",
            "scaffold.start",
            "source.end",
            "vendored.dir",
            "vendored.end",
            "vendored.name",
            "vendored.start",
        ];
        let mut found: Vec<_> = LISTS.keys().copied().collect();
        found.sort_unstable();
        assert_eq!(found, sections);
        for (section, words) in LISTS.iter() {
            for word in words {
                assert_eq!(*word, word.to_lowercase(), "{section}");
                let shape = match section.split_once('.').unwrap().1 {
                    "end" => word.starts_with(['.', '_']),
                    "start" => word.ends_with('.'),
                    _ => !word.contains('/'),
                };
                assert!(shape && !words.is_empty(), "{section}: {word}");
            }
        }
    }
}
