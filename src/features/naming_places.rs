//! Where a page or a file says who wrote it: a signature, "my name is", a copyright line, an author field.
//!
//! Only such places count for more than a mention. What is found are bytes of text in which a name may stand; whether one
//! does, `identity` decides, and what it is like, nobody. Lists of contributors name others on purpose and are left out.

use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::LeftoverSite;
use crate::model::floor_char;
use regex::Regex;
use std::ops::Range;
use std::sync::LazyLock;

/// Lines at the head of a source file in which it may name its author.
const HEAD_LINES: usize = 25;

/// Bytes behind a mark that are searched for a name: four long words.
const REACH: usize = 60;

/// Lines of one file that may name somebody: more of them are a list.
const MOST: usize = 12;

/// What stands before the own name on a page, up to the next word.
static SELF: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)(?:\b(?:my name is|i am|i['’]m|this is|(?:resume|résumé|cv|curriculum vitae|portfolio|profile) of|(?:sincerely|(?:best|kind|warm)? ?regards|(?:yours|very) (?:truly|faithfully)|respectfully(?: yours)?|signed)\s*[,:]?)\s+|^i,\s+)",
    )
});

/// What stands behind the own name at the top or foot of a page: "Ann Moe - Résumé", "Ann Moe, page 2".
static RUNNING_HEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^[ \t]*([^\r\n|•·]{4,40}?)(?:['’]s\s+|\s*[-–—|•·,]\s*)(?:resume|résumé|cv|curriculum vitae|portfolio|page \d+)\b",
    )
});

/// A sentence about the owner: "Ann Moe is a carpenter".
static BIOGRAPHY: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?m)^[ \t]*([^\r\n|•·.:]{4,40}?)\s+(?:is|was)\s+(?:an?|the|currently)\s")
});

/// What follows a name that is somebody else's: "… is a former colleague of mine".
static OF_OTHERS: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^.\n]{0,40}\b(?:colleague|friend|manager|supervisor|mentor|advis[eo]r|boss|member|co-?author|former|referee|reference|professor)\b",
    )
});

/// A copyright line up to the holder.
static COPYRIGHT: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)^\W*(?:copyright\b|\(c\)|©)(?:[\s:,–-]|\(c\)|©|copyright|\d{4}|present|by|all rights reserved\.?)*",
    )
});

/// The author of a package: a key of a manifest and its value, a list or an object over a few lines.
static PACKAGE_AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r#"(?im)^\W*(?:authors?|maintainers?|author_name)["']?\s*[:=]\s*(?:[\[{\s"']*(?:name["']?\s*[:=]\s*)?["']?)?|<developer>\s*(?:<id>[^<]*</id>\s*)?<name>"#,
    )
});

/// What stands before the author in a comment at the head of a source file or in a readme.
static AUTHOR: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?im)(?:[@\\]author\b|^[\W_]*(?:authors?|maintainer|owner|developer)\b(?:\(s\))?|\b(?:made|created|built|developed|written|designed|maintained|coded)(?: with [^\n]{1,16})? by)[\s:*=_\[-]*",
    )
});

fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("a constant pattern")
}

/// Bytes of a page where its owner's name is to be expected, beside the heading; sorted.
pub fn on_page(text: &str) -> Vec<Range<usize>> {
    let mut found: Vec<Range<usize>> = SELF.find_iter(text).map(|m| reach(text, m.end())).collect();
    for about in [&RUNNING_HEAD, &BIOGRAPHY] {
        let names = about.captures_iter(text).filter(|c| {
            let end = c.get(0).map_or(0, |m| m.end());
            !OF_OTHERS.is_match(&text[end..reach(text, end).end.max(end)])
        });
        found.extend(names.filter_map(|c| c.get(1).map(|m| m.range())));
    }
    found.retain(|r| !r.is_empty());
    found.sort_by_key(|r| (r.start, r.end));
    found
}

/// Bytes of a file of a repository in which it names its holder or author, with the kind of place; sorted.
pub fn in_file(unit: &CodeUnit, text: &str) -> Vec<(LeftoverSite, Range<usize>)> {
    let name = unit.path.rsplit('/').next().unwrap_or_default();
    let name = name.to_lowercase();
    let is_readme = name.starts_with("readme");
    let (site, marks, end): (LeftoverSite, &[&Regex], usize) = match unit.class {
        FileClass::Licence => (LeftoverSite::Licence, &[&COPYRIGHT], text.len()),
        _ if is_manifest(&name) => (LeftoverSite::Package, &[&PACKAGE_AUTHOR], text.len()),
        FileClass::Source | FileClass::Tiny => {
            let end = text
                .match_indices('\n')
                .nth(HEAD_LINES)
                .map_or(text.len(), |(at, _)| at);
            (LeftoverSite::File, &[&AUTHOR, &COPYRIGHT], end)
        }
        _ if is_readme => (
            LeftoverSite::File,
            &[&AUTHOR, &COPYRIGHT, &SELF],
            text.len(),
        ),
        _ => return Vec::new(),
    };
    let mut found: Vec<Range<usize>> = marks
        .iter()
        .flat_map(|mark| mark.find_iter(&text[..end]).take(MOST + 1))
        .map(|m| reach(text, m.end()))
        .filter(|r| !r.is_empty())
        .collect();
    found.sort_by_key(|r| (r.start, r.end));
    found.dedup();
    // A long list of holders names a community, not an owner.
    found.truncate(if found.len() > MOST { 0 } else { MOST });
    found.into_iter().map(|r| (site, r)).collect()
}

/// Names of manifests with an author field, lower case.
fn is_manifest(name: &str) -> bool {
    [
        "package.json",
        "composer.json",
        "cargo.toml",
        "pyproject.toml",
        "setup.py",
        "setup.cfg",
        "pom.xml",
        "pubspec.yaml",
        "mix.exs",
        "description",
    ]
    .contains(&name)
}

/// The text behind a mark up to the end of its line or what ends a name: a bracket, a quote, an address, a sentence.
fn reach(text: &str, start: usize) -> Range<usize> {
    let end = floor_char(text, start + REACH);
    let rest = &text[start..end];
    let stop = rest
        .find(|c: char| "\r\n<>(){}[]\"`|;@".contains(c))
        .unwrap_or(rest.len());
    let sentence = [". ", " and ", " http", ", a ", " at ", " is "]
        .iter()
        .filter_map(|s| rest.find(s))
        .min()
        .unwrap_or(rest.len());
    let name = rest[..stop.min(sentence)].trim_end_matches([' ', '\t', ',', '.', '\'']);
    start..start + name.len()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ObjectId;

    fn on(text: &str) -> Vec<&str> {
        on_page(text).into_iter().map(|r| &text[r]).collect()
    }

    fn file(path: &str, class: FileClass, text: &str) -> Vec<(LeftoverSite, String)> {
        let unit = CodeUnit::new(ObjectId([0; 20]), path.into(), text.len() as u64, class);
        in_file(&unit, text)
            .into_iter()
            .map(|(site, r)| (site, text[r].to_owned()))
            .collect()
    }

    #[test]
    fn a_page_names_its_owner() {
        for text in [
            "Hello, my name is Ann Moe. I build boats",
            "Yours,\n\nSincerely,\nAnn Moe\n",
            "Curriculum vitae of Ann Moe",
            "I'm Ann Moe, a carpenter",
            "Ann Moe - Résumé\n",
            "Ann Moe | Page 2",
            "Ann Moe is a carpenter of boats",
        ] {
            assert!(on(text)[0].starts_with("Ann Moe"), "{text}: {:?}", on(text));
        }
        assert!(on("Worked with Ann Moe on boats").is_empty());
    }

    #[test]
    fn a_file_names_its_holder() {
        use FileClass::{Data, Licence, Source};
        let ann = |site| vec![(site, "Ann Moe".to_owned())];
        for (path, class, text, site) in [
            (
                "LICENSE",
                Licence,
                "MIT\n\nCopyright (c) 2019-2021 Ann Moe\n",
                LeftoverSite::Licence,
            ),
            (
                "package.json",
                Data,
                "{\n  \"author\": \"Ann Moe <a@x>\"\n}",
                LeftoverSite::Package,
            ),
            (
                "package.json",
                Data,
                "{\n \"author\": {\n  \"name\": \"Ann Moe\"\n }}",
                LeftoverSite::Package,
            ),
            (
                "Cargo.toml",
                Data,
                "authors = [\"Ann Moe <a@x>\"]",
                LeftoverSite::Package,
            ),
            (
                "pyproject.toml",
                Data,
                "authors = [{name = \"Ann Moe\"}]",
                LeftoverSite::Package,
            ),
            (
                "src/a.java",
                Source,
                "/**\n * @author Ann Moe\n */",
                LeftoverSite::File,
            ),
            (
                "src/a.py",
                Source,
                "# Author: Ann Moe <a@x>\n",
                LeftoverSite::File,
            ),
            (
                "README.md",
                Data,
                "Made with love by [Ann Moe](https://x)",
                LeftoverSite::File,
            ),
        ] {
            assert_eq!(file(path, class, text), ann(site), "{path} {text}");
        }
        assert!(file("src/a.py", Source, &("\n".repeat(40) + "# Author: Ann Moe")).is_empty());
        assert!(file("package.json", Data, "\"contributors\": [\"Ann Moe\"]").is_empty());
        let crowd = "Copyright Ann Moe\n".repeat(40);
        assert!(file("LICENSE", Licence, &crowd).is_empty());
    }
}
