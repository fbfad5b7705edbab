//! Markdown as plain text: link targets are recorded, marks of headings, emphasis and code are taken out, and every
//! line stays where it was, so that line numbers in a report are those of the file (which is why no parser that reflows
//! paragraphs is used). Tables, quotes' text and HTML stay as they are. Reference: CommonMark 0.31.

use crate::extract::Extractor;
use crate::extract::Limits;
use crate::extract::ReadError;
use crate::extract::text;
use crate::model::DocumentLink;
use crate::model::RawDocument;
use crate::model::SourceKind;
use regex::Captures;
use regex::Regex;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::LazyLock;

/// Markdown.
pub(in crate::extract) struct Markdown;

impl Extractor for Markdown {
    fn kind(&self) -> SourceKind {
        SourceKind::Markdown
    }

    fn recognises(&self, bytes: &[u8], path: &Path) -> bool {
        let extension = path
            .extension()
            .and_then(|e| e.to_str())
            .map(str::to_ascii_lowercase);
        let named = matches!(extension.as_deref(), Some("md" | "markdown"));
        text::decode(bytes).is_some_and(|text| named || is_marked_up(&text))
    }

    fn read(&self, bytes: &[u8], _attempt: u8, _limits: &Limits) -> Result<RawDocument, ReadError> {
        let source = text::decode(bytes).ok_or_else(|| ReadError::unknown(bytes))?;
        let (plain, links) = plain(&source);
        let mut document = text::document(SourceKind::Markdown, plain)?;
        document.links = links
            .into_iter()
            .map(|target| DocumentLink {
                target,
                text: String::new(),
                page: None,
            })
            .collect();
        Ok(document)
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).expect("a pattern of ours compiles")
}

static HEADING: LazyLock<Regex> =
    LazyLock::new(|| regex(r"^ {0,3}#{1,6}[ \t]+(.*?)[ \t]*#*[ \t]*$"));
static RULE: LazyLock<Regex> = LazyLock::new(|| {
    regex(r"^ {0,3}(={2,}|-{2,}|(\*[ \t]*){3,}|(_[ \t]*){3,}|(-[ \t]*){3,})[ \t]*$")
});
static FENCE: LazyLock<Regex> = LazyLock::new(|| regex(r"^ {0,3}(`{3,}[^`]*|~{3,}.*)$"));
static DEFINITION: LazyLock<Regex> = LazyLock::new(|| {
    regex(r#"^ {0,3}\[([^\]\[]+)\]:[ \t]*<?([^\s>]+)>?[ \t]*("[^"]*"|'[^']*'|\([^)]*\))?[ \t]*$"#)
});
/// Innermost marks; what they hold is looked at again.
static INLINE: LazyLock<Regex> = LazyLock::new(|| {
    regex(concat!(
        r"\\(?<escaped>[\\`*_{}\[\]()#+\-.!<>~|])",
        r"|``(?<code2>.+?)``|`(?<code>[^`]+)`",
        r"|!\[(?<alt>[^\]\[]*)\]\([^()\s]*[^()]*\)",
        r#"|\[(?<text>[^\]\[]*)\]\([ \t]*<?(?<target>(?:[^()\s<>]|\([^()\s]*\))+)>?(?:[ \t]+(?:"[^"]*"|'[^']*'))?[ \t]*\)"#,
        r"|\[(?<label>[^\]\[]+)\]\[(?<reference>[^\]\[]*)\]",
        r"|<(?<auto>https?://[^>\s]+|mailto:[^>\s]+|[^>\s@<]+@[^>\s@<]+)>",
        r"|\*\*(?<strong>[^*\s](?:[^*]*[^*\s])?)\*\*|\*(?<stress>[^*\s](?:[^*]*[^*\s])?)\*",
        r"|\b{start}__(?<strong2>[^_\s](?:[^_]*[^_\s])?)__\b{end}|\b{start}_(?<stress2>[^_\s](?:[^_]*[^_\s])?)_\b{end}",
        r"|~~(?<struck>[^~]+)~~",
    ))
});

/// A heading, and a link or strong text: two kinds of marks that plain text does not have together.
fn is_marked_up(text: &str) -> bool {
    let heading = text.lines().any(|l| HEADING.is_match(l));
    heading
        && INLINE
            .captures_iter(text)
            .any(|c| c.name("target").is_some() || c.name("strong").is_some())
}

/// Plain text, and link targets in order of appearance.
fn plain(source: &str) -> (String, Vec<String>) {
    let definitions: BTreeMap<_, _> = source
        .lines()
        .filter_map(|l| DEFINITION.captures(l))
        .map(|c| (c[1].to_lowercase(), c[2].to_string()))
        .collect();
    let mut out = String::with_capacity(source.len());
    let mut links = Vec::new();
    let mut fenced = false;
    for line in source.split_inclusive('\n') {
        let bare = line.trim_end_matches('\n');
        if FENCE.is_match(bare) {
            fenced = !fenced;
        } else if fenced {
            out.push_str(bare);
        } else if let Some(heading) = HEADING.captures(bare) {
            out.push_str(&inline(&heading[1], &definitions, &mut links));
        } else if !RULE.is_match(bare) && !DEFINITION.is_match(bare) {
            let unquoted = bare.trim_start_matches("> ").trim_start_matches('>');
            out.push_str(&inline(unquoted, &definitions, &mut links));
        }
        out.push_str(&line[bare.len()..]);
    }
    (out, links)
}

/// One stretch of a line without its marks. Marks inside marks are shorter, so this ends.
fn inline(line: &str, definitions: &BTreeMap<String, String>, links: &mut Vec<String>) -> String {
    let replaced = INLINE.replace_all(line, |marks: &Captures<'_>| {
        let get = |name| marks.name(name).map(|m| m.as_str());
        if let Some(verbatim) = get("escaped")
            .or(get("code"))
            .or(get("code2"))
            .or(get("alt"))
        {
            return verbatim.to_string();
        }
        if let Some(target) = get("auto") {
            links.push(target.into());
            return target.into();
        }
        if let Some(label) = get("label") {
            let reference = get("reference").filter(|r| !r.is_empty()).unwrap_or(label);
            let Some(target) = definitions.get(&reference.to_lowercase()) else {
                return marks[0].to_string();
            };
            links.push(target.clone());
            return inline(label, definitions, links);
        }
        links.extend(get("target").map(String::from));
        let inner = ["text", "strong", "stress", "strong2", "stress2", "struck"]
            .into_iter()
            .find_map(get);
        inline(inner.unwrap_or_default(), definitions, links)
    });
    replaced.into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn marks_go_and_words_stay() {
        for (source, text, links) in [
            ("# Ann Lee #", "Ann Lee", &[][..]),
            ("C# and F# since 2019", "C# and F# since 2019", &[]),
            ("#hashtag", "#hashtag", &[]),
            ("- led **two _small_ teams**", "- led two small teams", &[]),
            (
                "5 * 3 * 2 and snake_case_name",
                "5 * 3 * 2 and snake_case_name",
                &[],
            ),
            (
                "[site](https://a.example/b_c_(d) \"t\")",
                "site",
                &["https://a.example/b_c_(d)"],
            ),
            ("[**bold**](u) ![photo](me.png)", "bold photo", &["u"]),
            (
                "<ann@a.example> https://plain.example",
                "ann@a.example https://plain.example",
                &["ann@a.example"],
            ),
            ("run `a_b_c` and `*x*`", "run a_b_c and *x*", &[]),
            (
                "see [my page][1] [x][y]",
                "see my page [x][y]",
                &["https://a.example"],
            ),
            ("> quoted \\*as is\\*", "quoted *as is*", &[]),
            (
                "```rust\nlet a = *b*;\n```\nafter",
                "\nlet a = *b*;\n\nafter",
                &[],
            ),
            ("Title\n=====\n---\ntext", "Title\n\n\ntext", &[]),
        ] {
            let with = format!("{source}\n[1]: https://a.example\n");
            let (plain, found) = plain(&with);
            assert_eq!(plain, format!("{text}\n\n"), "{source}");
            assert_eq!(found, links, "{source}");
        }
    }

    #[test]
    fn told_by_name_or_by_clear_markup() {
        let marked = b"# Ann Lee\n\nSee [site](https://a.example)\n";
        let plain = b"Ann Lee\n\n- led * two * teams\n";
        for (bytes, path, want) in [
            (&marked[..], "cv.txt", true),
            (&plain[..], "cv.txt", false),
            (&plain[..], "cv.MD", true),
            (b"# a comment\nkey = value\n", "notes.txt", false),
            (b"\0\x01\x02\x03", "cv.md", false),
        ] {
            assert_eq!(Markdown.recognises(bytes, Path::new(path)), want, "{path}");
        }
    }

    proptest! {
        #[test]
        fn any_text_keeps_its_lines(source in "[-#*_`~<>!\\[\\]() :a\\n\\\\]{0,80}") {
            let (plain, _) = plain(&source);
            prop_assert_eq!(plain.matches('\n').count(), source.matches('\n').count());
        }
    }
}
