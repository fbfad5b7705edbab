//! Packages by hand, as `build_style_cohort.py` lays them out: FOLDER/HAND/PACKAGE/files.

use samehand::extract::classify;
use samehand::features::code::CodeReader;
use samehand::model::CodeUnit;
use samehand::model::FileClass;
use samehand::model::ObjectId;
use samehand::model::hash_bytes;
use std::path::Path;
use std::path::PathBuf;

/// Most files of a package that are read, the largest first.
const MOST: usize = 80;
/// Largest file, bytes: larger ones are tables.
const LARGEST: u64 = 300 << 10;

/// One file that a person may have written, with its print and bytes.
pub struct File {
    pub unit: CodeUnit,
    pub bytes: Vec<u8>,
}

/// One package.
pub struct Package {
    pub hand: usize,
    pub name: String,
    pub files: Vec<File>,
}

fn folders(path: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(path).unwrap().flatten().map(|e| e.path());
    let mut all: Vec<PathBuf> = entries.filter(|p| p.is_dir()).collect();
    all.sort();
    all
}

fn paths(folder: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => all.push(path),
            }
        }
    }
    all.sort();
    all
}

/// Where the packages of a language lie: (hand, folder).
pub fn list(folder: &Path) -> Vec<(usize, PathBuf)> {
    let hands = folders(folder);
    let packages = hands.iter().enumerate();
    packages
        .flat_map(|(hand, path)| folders(path).into_iter().map(move |p| (hand, p)))
        .collect()
}

/// Reads one package as a repository's files are read.
pub fn read(hand: usize, folder: &Path) -> Package {
    let mut reader = CodeReader::default();
    let mut found: Vec<(u64, PathBuf)> = paths(folder)
        .into_iter()
        .filter_map(|p| Some((p.metadata().ok()?.len(), p)))
        .filter(|(size, _)| *size <= LARGEST)
        .collect();
    found.sort_by(|a, b| b.0.cmp(&a.0).then_with(|| a.1.cmp(&b.1)));
    let mut files = Vec::new();
    for (size, path) in found {
        let name = path
            .strip_prefix(folder)
            .unwrap()
            .to_string_lossy()
            .into_owned();
        let class = classify(&name, size);
        if class != FileClass::Source || files.len() == MOST {
            continue;
        }
        let bytes = std::fs::read(&path).unwrap();
        let mut id = [0; 20];
        id[..8].copy_from_slice(&hash_bytes(&bytes).to_be_bytes());
        let mut unit = CodeUnit::new(ObjectId(id), name, size, class);
        reader.visit(&mut unit, &bytes);
        if unit.class == FileClass::Source && unit.print.as_ref().is_some_and(|p| !p.lexical) {
            files.push(File { unit, bytes });
        }
    }
    let name = folder.file_name().unwrap().to_string_lossy().into_owned();
    Package { hand, name, files }
}
