//! What the program wrote and may delete: reports, disclosures, repositories in a cache. Known by what stands inside, not
//! by a name alone; where nothing says when it was made, it is left alone.

use crate::fetch::Cache;
use crate::report::{CSV_FILES, read_report};
use jiff::Timestamp;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// What it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli::purge) enum Kind {
    /// A report: page, JSON, tables.
    Report,
    /// What a report held about one applicant.
    Disclosure,
    /// A repository in a cache.
    Fetched,
}

/// Something that can be deleted.
#[derive(Debug)]
pub(in crate::cli::purge) struct Purgeable {
    /// What it is.
    pub kind: Kind,
    /// Where it lies.
    pub folder: PathBuf,
    /// When it was made, as it says itself.
    pub made: Option<Timestamp>,
    /// Ids of the applicants in it.
    pub applicants: Vec<String>,
    /// Digest of what was scanned.
    pub input_digest: Option<String>,
    /// Files, or the address of a repository.
    parts: Vec<String>,
}

const REPORT: [&str; 2] = ["report.html", "report.json"];
const DISCLOSURE: [&str; 2] = ["disclosure.html", "disclosure.json"];

/// Everything in these folders and in the folders directly in them, each once.
///
/// # Errors
/// A folder that cannot be listed, or a cache that cannot be read.
pub(in crate::cli::purge) fn all(folders: &[PathBuf]) -> anyhow::Result<Vec<Purgeable>> {
    let mut places = Vec::new();
    for folder in folders {
        places.push(fs::canonicalize(folder)?);
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            // A link may lead anywhere.
            if entry.file_type()?.is_dir() {
                places.push(fs::canonicalize(entry.path())?);
            }
        }
    }
    places.sort();
    places.dedup();
    let mut found = Vec::new();
    for place in &places {
        found.extend(report(place));
        found.extend(disclosure(place));
        if place.join("index.json").is_file() {
            found.extend(fetched(place));
        }
    }
    Ok(found)
}

fn report(folder: &Path) -> Option<Purgeable> {
    let files: Vec<String> = REPORT
        .iter()
        .chain(&CSV_FILES)
        .filter(|name| folder.join(name).is_file())
        .map(|name| (*name).to_string())
        .collect();
    // The JSON says what it is, when it was made and of whom. Without it the page may be anybody's.
    let report = read_report(folder).ok()?;
    Some(Purgeable {
        kind: Kind::Report,
        folder: folder.into(),
        made: report.run.started.parse().ok(),
        applicants: report.applicants.iter().map(|a| a.id.to_string()).collect(),
        input_digest: Some(report.run.input_digest.0),
        parts: files,
    })
}

fn disclosure(folder: &Path) -> Option<Purgeable> {
    let text = fs::read(folder.join(DISCLOSURE[1])).ok()?;
    let value: serde_json::Value = serde_json::from_slice(&text).ok()?;
    if value["schema"] != "disclosure/1" {
        return None;
    }
    let text = |value: &serde_json::Value| value.as_str().map(String::from);
    let run = &value["report"]["run"];
    Some(Purgeable {
        kind: Kind::Disclosure,
        folder: folder.into(),
        made: text(&run["started"]).and_then(|t| t.parse().ok()),
        applicants: text(&value["applicant"]).into_iter().collect(),
        input_digest: text(&run["input_digest"]),
        parts: DISCLOSURE
            .iter()
            .filter(|name| folder.join(name).is_file())
            .map(|name| (*name).to_string())
            .collect(),
    })
}

/// The repositories of a cache; none where the index is another program's.
fn fetched(folder: &Path) -> Vec<Purgeable> {
    let Ok(cache) = Cache::open(folder) else {
        return Vec::new();
    };
    let one = |f: &crate::fetch::Fetched| Purgeable {
        kind: Kind::Fetched,
        folder: folder.into(),
        made: f.fetched.parse().ok(),
        applicants: Vec::new(),
        input_digest: None,
        parts: vec![f.url.clone()],
    };
    cache.all().map(one).collect()
}

impl Purgeable {
    /// "the report in /reports/june of 2026-06-01T09:00:00Z".
    pub(in crate::cli::purge) fn in_words(&self) -> String {
        let folder = self.folder.display();
        let made = self.made.map_or(String::new(), |t| format!(" of {t}"));
        match self.kind {
            Kind::Report => format!("the report in {folder}{made}"),
            Kind::Disclosure => format!("the disclosure in {folder}{made}"),
            Kind::Fetched => format!("the copy of {} in {folder}{made}", self.parts.join("")),
        }
    }

    /// Names of its files, or the address of a repository.
    pub(in crate::cli::purge) fn names(&self) -> Vec<String> {
        self.parts.clone()
    }

    /// Deletes it; the JSON goes last, so that what could not be deleted is found again.
    ///
    /// # Errors
    /// What the system says.
    pub(in crate::cli::purge) fn delete(&self) -> anyhow::Result<()> {
        if self.kind == Kind::Fetched {
            let mut cache = Cache::open(&self.folder)?;
            for url in &self.parts {
                cache.remove(url)?;
            }
            return Ok(());
        }
        let (last, first): (Vec<_>, Vec<_>) =
            self.parts.iter().partition(|name| name.ends_with(".json"));
        for name in first.into_iter().chain(last) {
            match fs::remove_file(self.folder.join(name)) {
                Err(e) if e.kind() != io::ErrorKind::NotFound => return Err(e.into()),
                _ => {}
            }
        }
        Ok(())
    }
}
