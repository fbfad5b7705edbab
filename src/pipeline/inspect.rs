//! One file or repository, on its own: what was read, by what, and what it says about itself.

use crate::extract::Job;
use crate::model::{History, RawDocument, RawTime, Reading, SourceInfo};
use crate::pipeline::Options;
use crate::pipeline::workers::Workers;
use anyhow::{Context, bail};
use serde::Serialize;
use std::collections::BTreeMap;
use std::io::{self, Write};
use std::path::Path;

/// What one source holds.
#[derive(Debug, Serialize)]
pub struct Inspection {
    /// The source.
    pub source: SourceInfo,
    /// Facts about it, by name; values of one name in order.
    pub facts: BTreeMap<&'static str, Vec<String>>,
    /// Parts that could not be read.
    pub warnings: Vec<String>,
    /// The first lines of a document's text.
    pub text: Option<String>,
}

/// Lines of text shown.
const SHOWN_LINES: usize = 12;

/// Reads one file or repository in a worker and tells what it holds. Contacts are shown: the reader holds the file.
///
/// # Errors
/// When the path does not exist or nothing of it can be read.
pub fn inspect(path: &Path, options: &Options) -> anyhow::Result<Inspection> {
    let meta = path
        .metadata()
        .with_context(|| format!("failed to open {}", path.display()))?;
    if !meta.is_file() && !meta.is_dir() {
        bail!("{} is neither a file nor a repository", path.display());
    }
    let binary = options
        .worker
        .clone()
        .map_or_else(std::env::current_exe, Ok)?;
    let workers = Workers::new(binary, options.limits.clone(), 1);
    let shown = path.display().to_string();
    let job = Job {
        path: path.into(),
        shown: shown.clone(),
        repository: meta.is_dir(),
        attempt: 0,
    };
    match workers.read(&job) {
        Ok((sha256, Reading::Document(document))) => Ok(of_document(shown, sha256, *document)),
        Ok((
            _,
            Reading::Repository {
                history,
                code,
                warnings,
            },
        )) => {
            let mut facts = of_history(&history);
            facts.insert("files at the tips", vec![code.len().to_string()]);
            Ok(Inspection {
                source: history.source.clone(),
                facts,
                warnings,
                text: None,
            })
        }
        Err(error) => bail!("{shown}: {error}"),
    }
}

fn of_document(path: String, sha256: String, document: RawDocument) -> Inspection {
    let m = &document.meta;
    let mut facts = BTreeMap::new();
    let mut put = |name: &'static str, value: Option<String>| {
        if let Some(value) = value {
            facts.entry(name).or_insert_with(Vec::new).push(value);
        }
    };
    put("title", m.title.clone());
    put("author", m.author.clone());
    put("last modified by", m.last_modified_by.clone());
    put("company", m.company.clone());
    put("made with", m.creator.clone());
    put("written by", m.producer.clone());
    put("created", m.created.map(written));
    put("modified", m.modified.map(written));
    put("permanent id", m.permanent_id.clone());
    put("changing id", m.changing_id.clone());
    put("XMP document id", m.xmp_document_id.clone());
    put("XMP original document id", m.xmp_original_id.clone());
    put("XMP instance id", m.xmp_instance_id.clone());
    put("root revision id", m.rsid_root.map(|r| format!("{r:08X}")));
    put(
        "revision ids",
        (!m.rsids.is_empty()).then(|| m.rsids.len().to_string()),
    );
    put("pages", m.num_pages.map(|n| n.to_string()));
    put("revisions", m.num_revisions.map(|n| n.to_string()));
    for link in &document.links {
        put("links", Some(link.target.clone()));
    }
    put(
        "words",
        Some(document.text.text.split_whitespace().count().to_string()),
    );
    let lines: Vec<&str> = document
        .text
        .text
        .lines()
        .filter(|l| !l.trim().is_empty())
        .take(SHOWN_LINES)
        .collect();
    let source = SourceInfo {
        path,
        sha256: crate::model::Digest(sha256),
        kind: document.kind,
        engine: Some(document.engine),
    };
    Inspection {
        source,
        facts,
        warnings: document.warnings,
        text: Some(lines.join("\n")),
    }
}

fn of_history(history: &History) -> BTreeMap<&'static str, Vec<String>> {
    let mut facts: BTreeMap<&'static str, Vec<String>> = BTreeMap::new();
    facts.insert("commits", vec![history.commits.len().to_string()]);
    facts.insert(
        "refs",
        history
            .refs
            .iter()
            .map(|r| format!("{} {}", r.commit.short(), r.name))
            .collect(),
    );
    let mut by: BTreeMap<u32, (u32, u32)> = BTreeMap::new();
    let mut offsets: BTreeMap<String, u32> = BTreeMap::new();
    for commit in &history.commits {
        by.entry(commit.author.ident).or_default().0 += 1;
        by.entry(commit.committer.ident).or_default().1 += 1;
        let offset = commit
            .author
            .offset
            .map_or_else(|| "not an offset".into(), |o| o.to_string());
        *offsets.entry(offset).or_default() += 1;
    }
    let ident = |i: u32| &history.idents[i as usize];
    let line = |(i, (author, committer)): (&u32, &(u32, u32))| {
        let who = ident(*i);
        format!(
            "{} <{}>: {author} as author, {committer} as committer",
            who.name.as_recorded(),
            who.email
        )
    };
    facts.insert("identities", by.iter().map(line).collect());
    facts.insert(
        "recorded offsets",
        offsets.iter().map(|(o, n)| format!("{o}: {n}")).collect(),
    );
    facts.insert(
        "signing keys",
        history.keys.iter().map(|k| k.0.clone()).collect(),
    );
    let time = |c: Option<&crate::model::Commit>| {
        c.map(|c| {
            written(RawTime {
                seconds: c.author.seconds,
                offset: c.author.offset,
            })
        })
        .into_iter()
        .collect()
    };
    facts.insert("first commit", time(history.commits.first()));
    facts.insert("last commit", time(history.commits.last()));
    facts.retain(|_, values| !values.is_empty());
    facts
}

/// A time with its recorded offset, or without where none is recorded.
fn written(time: RawTime) -> String {
    let minutes = time.offset.map_or(0, crate::model::UtcOffset::minutes);
    let local = time.seconds.saturating_add(i64::from(minutes) * 60);
    let text = jiff::Timestamp::from_second(local)
        .map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_else(|_| "beyond the calendar".into());
    time.offset.map_or_else(
        || format!("{text} (no offset recorded)"),
        |o| format!("{text} {o}"),
    )
}

impl Inspection {
    /// Writes it for a person; control characters of the source are dropped.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn write_human(&self, out: &mut dyn Write) -> io::Result<()> {
        let clean = |s: &str| {
            s.chars()
                .filter(|c| !c.is_control() && !is_invisible(*c))
                .collect::<String>()
        };
        writeln!(out, "{}", clean(&self.source.path))?;
        writeln!(
            out,
            "  kind: {:?}, sha256 {}",
            self.source.kind, self.source.sha256
        )?;
        if let Some(engine) = &self.source.engine {
            writeln!(out, "  read by: {} {}", engine.name, engine.version)?;
        }
        for (name, values) in &self.facts {
            match values.as_slice() {
                [one] => writeln!(out, "  {name}: {}", clean(one))?,
                many => {
                    writeln!(out, "  {name}:")?;
                    many.iter()
                        .try_for_each(|v| writeln!(out, "    {}", clean(v)))?;
                }
            }
        }
        self.warnings
            .iter()
            .try_for_each(|w| writeln!(out, "  note: {}", clean(w)))?;
        if let Some(text) = &self.text {
            writeln!(out, "  text begins:")?;
            text.lines()
                .try_for_each(|l| writeln!(out, "    {}", clean(l)))?;
        }
        Ok(())
    }
}

/// Marks that turn the direction of a line or have no width: a terminal would show another text than there is.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}
