//! What is in a zip, by its directory alone: which names are files that may be read, and why the others are not. Nothing
//! is unpacked; a worker reads an entry when its turn comes.
//!
//! Names are kept only when they stay inside (no absolute path, no drive, no `..`); links, encrypted entries, entries
//! that share a name and entries that expand too far are problems. An archive whose entries overlap, or that holds too
//! much altogether, is refused as a whole. Reference: PKWARE APPNOTE 6.3.10.

use crate::intake::Source;
use crate::intake::packaged;
use crate::intake::walk;
use crate::intake::walk::Found;
use crate::model::Effect;
use crate::model::Problem;
use crate::model::path_inside;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;
use std::io::Read;
use std::path::Path;
use std::path::PathBuf;
use zip::ZipArchive;

/// Entries of an archive: with three files each, 30,000 applicants.
const MAX_ENTRIES: usize = 100_000;

/// Bytes all entries say they hold: 25 MB, the most that is read of one, for 800 applicants; or any sum up to
/// [`MAX_RATIO`] times the archive.
const MAX_TOTAL: u64 = 20 << 30;

/// Bytes out for one byte in. Deflate cannot go beyond 1,032; documents, which are packed already, stay below 20 and
/// text below 10.
const MAX_RATIO: u64 = 200;

/// Below this many bytes a high ratio does no harm.
const RATIO_FROM: u64 = 4 << 20;

/// The files of an archive that may be read.
#[derive(Debug, Default)]
pub(in crate::intake) struct Listing {
    path: PathBuf,
    /// Name, `/`-separated, → number of the entry.
    files: BTreeMap<String, u32>,
    /// Folders that are repositories (empty: the archive itself), with the number of the entry that is their `HEAD`.
    repositories: BTreeMap<String, u32>,
    /// Name → why it cannot be read.
    refused: BTreeMap<String, String>,
    /// Names that lead out of the archive, and faults of the archive itself (without a name), with the reason.
    strays: Vec<(String, &'static str)>,
}

/// Whether a file is a zip that is no document: office files are zips, too, and say so in their first entries.
pub(in crate::intake) fn is_archive(path: &Path) -> bool {
    let mut start = [0; 4];
    let mut file = match File::open(path) {
        Ok(file) => file,
        Err(_) => return false,
    };
    if file.read_exact(&mut start).is_err() || !matches!(&start, b"PK\x03\x04" | b"PK\x05\x06") {
        return false;
    }
    match ZipArchive::new(BufReader::new(file)) {
        Ok(zip) => {
            let has = |name: &str| zip.index_for_name(name).is_some();
            !(has("[Content_Types].xml") || has("mimetype") || has("word/document.xml"))
        }
        // What cannot be opened is a document to be reported on, unless its name says that it is none.
        Err(_) => path
            .extension()
            .is_some_and(|e| e.eq_ignore_ascii_case("zip")),
    }
}

impl Listing {
    /// Reads the directory of an archive.
    ///
    /// # Errors
    /// Why it is refused as a whole, in words.
    pub fn open(path: &Path) -> Result<Self, String> {
        let file = File::open(path).map_err(|e| walk::reason(&e))?;
        let size = file.metadata().map_err(|e| walk::reason(&e))?.len();
        let damaged =
            |e: zip::result::ZipError| format!("damaged zip: {}", e.to_string().to_lowercase());
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(damaged)?;
        if zip.len() > MAX_ENTRIES {
            return Err(format!(
                "it has {} entries, more than {MAX_ENTRIES}",
                zip.len()
            ));
        }
        let total = zip.decompressed_size().unwrap_or(u128::MAX);
        if total > u128::from(MAX_TOTAL.max(size.saturating_mul(MAX_RATIO))) {
            return Err("expands beyond the limits".into());
        }
        if zip.has_overlapping_entries().map_err(damaged)? {
            return Err("expands beyond the limits: its entries overlap".into());
        }
        let mut listing = Self {
            path: path.into(),
            ..Self::default()
        };
        if zip.has_duplicate_names() {
            let message = "several entries share a name; only the last of each is read";
            listing.strays.push((String::new(), message));
        }
        for index in 0..zip.len() {
            let entry = zip.by_index_data(index).map_err(damaged)?;
            let name = entry.name().map_or_else(
                |_| String::from_utf8_lossy(entry.name_raw()).into_owned(),
                |n| n.into_owned(),
            );
            let fault = if entry.is_symlink() {
                Some("a link inside an archive is not followed")
            } else if entry.encrypted() {
                Some("encrypted: a password is needed to read it")
            } else if entry.size() > RATIO_FROM
                && entry.size() > entry.compressed_size().saturating_mul(MAX_RATIO)
            {
                Some("expands beyond the limits")
            } else {
                None
            };
            listing.add(&name, index as u32, entry.is_dir(), fault);
        }
        listing.find_repositories();
        Ok(listing)
    }

    fn add(&mut self, name: &str, index: u32, is_dir: bool, fault: Option<&str>) {
        let path = match path_inside(name) {
            Ok(path) => path,
            Err(fault) => {
                return self.strays.push((walk::printable(name), fault));
            }
        };
        if is_dir || path.is_empty() || path.split('/').any(|p| walk::is_clutter(p) && p != ".git")
        {
            return;
        }
        let fault = fault.or_else(|| {
            self.files
                .contains_key(&path)
                .then_some("the same name twice; only the first is read")
        });
        match fault {
            Some(fault) => drop(self.refused.insert(path, fault.into())),
            None => drop(self.files.insert(path, index)),
        }
    }

    /// Folders with `.git`, and bare repositories, by what a repository is told by on disk. Their files are no documents.
    fn find_repositories(&mut self) {
        let mut found = BTreeMap::new();
        for (name, index) in &self.files {
            let Some(git) = folder_of(name, "HEAD") else {
                continue;
            };
            let holds = |below: &str| {
                let prefix = join(git, &format!("{below}/"));
                let next = self.files.range(prefix.clone()..).next();
                next.is_some_and(|(n, _)| n.starts_with(&prefix))
            };
            if holds("objects") || holds("refs") {
                let folder = folder_of(git, ".git").unwrap_or(git);
                found.insert(folder.to_string(), *index);
            }
        }
        // What lies in a repository is of it: modules, and repositories that its tests use.
        let all = found.clone();
        found.retain(|name, _| !all.keys().any(|r| r != name && is_below(r, name)));
        self.files.retain(|name, _| {
            !found.keys().any(|r| is_below(r, name)) && !name.split('/').any(|p| p == ".git")
        });
        self.repositories = found;
    }

    /// Whether the archive is one repository, as it is or in one folder, and nothing else.
    pub fn is_repository(&self) -> bool {
        let mut all = self.repositories.keys();
        let first = all.next();
        self.files.is_empty() && all.next().is_none() && first.is_some_and(|r| !r.contains('/'))
    }

    /// Whether there is a file of this name.
    pub fn has(&self, name: &str) -> bool {
        self.files.contains_key(name)
    }

    /// The folder that everything is in, if it is one: exports are often packed so. Empty where it is not.
    pub fn root(&self) -> &str {
        let mut names = self.files.keys().chain(self.repositories.keys());
        let first = names
            .next()
            .and_then(|n| n.split_once('/'))
            .map_or("", |(folder, _)| folder);
        let inside = |n: &String| {
            n.strip_prefix(first)
                .is_some_and(|rest| rest.starts_with('/'))
        };
        if first.is_empty() || !names.all(inside) {
            ""
        } else {
            first
        }
    }

    /// Names of the files and folders directly in `folder` (empty for the archive itself).
    pub fn children(&self, folder: &str) -> BTreeSet<String> {
        let all = self
            .files
            .keys()
            .chain(self.repositories.keys())
            .chain(self.refused.keys());
        let rest = all.filter_map(|name| below(folder, name));
        rest.filter_map(|r| r.split('/').next())
            .filter(|n| !n.is_empty())
            .map(String::from)
            .collect()
    }

    /// Whether a folder holds folders.
    pub fn has_folders(&self, folder: &str) -> bool {
        let mut all = self.files.keys().chain(self.repositories.keys());
        all.any(|name| below(folder, name).is_some_and(|rest| rest.contains('/')))
    }

    /// Everything to read at `name` (a file, a folder, or empty for all); `shown` is how reports name it.
    pub fn collect(&self, name: &str, shown: &str) -> Found {
        let mut found = Found::default();
        let at = |entry: &str| {
            let rest = below(name, entry).or_else(|| (entry == name).then_some(""))?;
            Some(walk::printable(
                match rest {
                    "" => shown.to_string(),
                    rest => format!("{shown}/{rest}"),
                }
                .trim_start_matches('/'),
            ))
        };
        let files = self.files.iter().map(|f| (f, packaged::is_named_so(f.0)));
        let repositories = self.repositories.iter().map(|r| (r, true));
        for ((entry, index), repository) in files.chain(repositories) {
            found.sources.extend(at(entry).map(|shown| Source {
                shown,
                path: self.path.clone(),
                repository,
                inside: Some(*index),
            }));
        }
        for (entry, why) in &self.refused {
            if let Some(shown) = at(entry) {
                found
                    .problems
                    .push(walk::problem(shown, why, Effect::NotRead));
            }
        }
        found
    }

    /// Problems with names that lead out of the archive or with the archive itself, which belong to nobody in it.
    pub fn strays(&self, shown: &str) -> Vec<Problem> {
        let at = |name: &str| match name {
            "" => shown.to_string(),
            name => format!("{shown}: {name}"),
        };
        let problem = |(name, why): &(String, &str)| walk::problem(at(name), *why, Effect::NotRead);
        self.strays.iter().map(problem).collect()
    }

    /// The bytes of a file, up to `most`.
    ///
    /// # Errors
    /// Why it cannot be read, in words.
    pub fn bytes(&self, name: &str, most: u64) -> Result<Vec<u8>, String> {
        let index = self.files.get(name).ok_or("no such file")?;
        let file = File::open(&self.path).map_err(|e| walk::reason(&e))?;
        let mut zip = ZipArchive::new(BufReader::new(file)).map_err(|e| e.to_string())?;
        let entry = zip.by_index(*index as usize).map_err(|e| e.to_string())?;
        let mut bytes = Vec::new();
        entry
            .take(most + 1)
            .read_to_end(&mut bytes)
            .map_err(|e| walk::reason(&e))?;
        if bytes.len() as u64 > most {
            return Err(format!("larger than {} MiB", most >> 20));
        }
        Ok(bytes)
    }
}

/// Whether a file is a zip that holds one repository and is handed in as such.
pub(in crate::intake) fn packs_a_repository(path: &Path) -> bool {
    is_archive(path) && Listing::open(path).is_ok_and(|l| l.repositories.len() == 1)
}

/// The folder of `name`, where its last part is `last`; empty for the archive itself.
fn folder_of<'n>(name: &'n str, last: &str) -> Option<&'n str> {
    let folder = name.strip_suffix(last)?;
    match folder {
        "" => Some(""),
        _ => folder.strip_suffix('/'),
    }
}

/// The path of `name` in a folder of the archive.
fn join(folder: &str, name: &str) -> String {
    match folder {
        "" => name.into(),
        _ => format!("{folder}/{name}"),
    }
}

/// Whether `name` lies in a folder; everything lies in the archive itself.
fn is_below(folder: &str, name: &str) -> bool {
    below(folder, name).is_some_and(|rest| !rest.is_empty())
}

/// The rest of `name` behind `folder/`.
fn below<'n>(folder: &str, name: &'n str) -> Option<&'n str> {
    if folder.is_empty() {
        return Some(name);
    }
    name.strip_prefix(folder)?.strip_prefix('/')
}
