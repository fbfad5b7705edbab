//! What is scored: a file, a folder of files, or a git repository, as prints.

use samehand::extract::FileVisitor;
use samehand::extract::Job;
use samehand::extract::Limits;
use samehand::extract::classify;
use samehand::features::code::CodeReader;
use samehand::features::code::earlier;
use samehand::features::code::is_wanted;
use samehand::model::CodeUnit;
use samehand::model::FileClass;
use samehand::model::ObjectId;
use samehand::model::Reading;
use samehand::model::RepositoryTraces;
use samehand::model::SourceInfo;
use std::path::Path;
use std::path::PathBuf;

/// Files with their prints.
#[derive(Default)]
pub struct Unit {
    pub files: Vec<CodeUnit>,
}

/// Reads a unit; what cannot be read has no files, and is told.
pub fn read(path: &Path) -> Unit {
    let is_repository = |p: &Path| p.join("objects").is_dir() || p.join(".git").exists();
    let repository = [path.to_path_buf(), path.join("repo")]
        .into_iter()
        .find(|p| is_repository(p));
    let files = match repository {
        Some(repository) => of_repository(&repository),
        None if path.is_dir() => of_folder(path),
        None => one(path, path, true).into_iter().collect(),
    };
    if files.is_empty() {
        eprintln!("no code in {}", path.display());
    }
    Unit { files }
}

/// Reads prints as the program's workers do.
#[derive(Default)]
struct Code(CodeReader);

impl FileVisitor for Code {
    fn wants(&self, unit: &CodeUnit) -> bool {
        is_wanted(unit)
    }

    fn visit(&mut self, _: &SourceInfo, unit: &mut CodeUnit, bytes: &[u8]) {
        self.0.visit(unit, bytes);
    }

    fn finish(&mut self) -> RepositoryTraces {
        RepositoryTraces::default()
    }
}

fn of_repository(path: &Path) -> Vec<CodeUnit> {
    let job = Job {
        path: path.into(),
        shown: String::new(),
        repository: true,
        inside: None,
        attempt: 0,
    };
    match samehand::extract::read(&job, &Limits::default(), &mut Code::default()) {
        Ok((_, Reading::Repository { mut code, .. })) => {
            code.retain(|u| u.class == FileClass::Source && u.print.is_some());
            earlier::keep_new(&mut code);
            code
        }
        _ => Vec::new(),
    }
}

fn of_folder(folder: &Path) -> Vec<CodeUnit> {
    let mut paths: Vec<PathBuf> = Vec::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).unwrap().flatten() {
            match entry.path() {
                path if path.is_dir() => open.push(path),
                path => paths.push(path),
            }
        }
    }
    paths.sort();
    paths.iter().filter_map(|p| one(p, folder, false)).collect()
}

/// A file; one that was named itself is read whatever its class is.
fn one(path: &Path, root: &Path, always: bool) -> Option<CodeUnit> {
    let bytes = std::fs::read(path).ok()?;
    let name = if always {
        path
    } else {
        path.strip_prefix(root).ok()?
    };
    let name = name.to_string_lossy().into_owned();
    let class = if always {
        FileClass::Source
    } else {
        classify(&name, bytes.len() as u64)
    };
    let mut unit = CodeUnit::new(ObjectId([0; 20]), name.clone(), bytes.len() as u64, class);
    let mut reader = CodeReader::default();
    match always {
        true => unit.print = reader.print(&name, &bytes),
        false => reader.visit(&mut unit, &bytes),
    }
    unit.print.is_some().then_some(unit)
}
