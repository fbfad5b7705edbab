//! What a worker takes from the contents of a repository's files: identifiers with the role the file gives them, pinned
//! versions, and the print of its code.
//!
//! Contents never leave the worker. Vendored and generated files name other people by nature and are left out.

use crate::extract::FileVisitor;
use crate::features::code::CodeReader;
use crate::features::code::is_wanted;
use crate::features::file_identifiers;
use crate::features::openers;
use crate::features::pins;
use crate::features::readme;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::RepositoryTraces;
use crate::model::SourceInfo;
use crate::pipeline::file_names;

/// Collects what the files of one repository give.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Files {
    code: CodeReader,
    traces: RepositoryTraces,
}

impl Files {
    /// For the `attempt`-th time that a repository is read: from the second on no parser is used, as one may have ended
    /// the worker.
    pub fn new(attempt: u8) -> Self {
        let mut files = Self::default();
        files.code.lexical_only = attempt > 0;
        files
    }
}

/// Whether identifiers are looked for in a file.
fn may_name_somebody(unit: &CodeUnit) -> bool {
    !matches!(unit.class, FileClass::Vendored | FileClass::Generated)
        && (unit.class != FileClass::Data || file_identifiers::is_about_people(&unit.path))
}

impl FileVisitor for Files {
    fn wants(&self, unit: &CodeUnit) -> bool {
        if unit.earlier {
            return is_wanted(unit);
        }
        is_wanted(unit)
            || openers::is_wanted(unit)
            || may_name_somebody(unit)
            || names_versions(unit)
            || readme::is_wanted(unit)
    }

    fn visit(&mut self, source: &SourceInfo, unit: &mut CodeUnit, bytes: &[u8]) {
        // Of earlier versions only the code counts: rates of everything else were measured on current files.
        if unit.earlier {
            self.code.visit(unit, bytes);
            return;
        }
        let is_about_people = may_name_somebody(unit);
        self.traces
            .openers
            .extend(openers::find(source, unit, bytes));
        let is_about_versions = names_versions(unit);
        // Reading its code may show a file to be generated.
        self.code.visit(unit, bytes);
        if is_about_people && may_name_somebody(unit) {
            let found = file_identifiers::find(source, unit, bytes);
            self.traces.identifiers.extend(found);
            let names = file_names::find(source, unit, bytes);
            self.traces.names.extend(names);
        }
        // The first in the order of the paths: `.github`, the root, `docs`.
        if self.traces.readme.is_none() && readme::is_wanted(unit) {
            self.traces.readme = readme::read(unit, bytes);
        }
        if is_about_versions {
            self.traces.pins.extend(pins::find(source, unit, bytes));
        }
    }

    fn finish(&mut self) -> RepositoryTraces {
        let mut traces = std::mem::take(&mut self.traces);
        traces.identifiers.sort_by(|a, b| {
            (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at))
        });
        traces.identifiers.dedup();
        traces.openers.sort();
        traces.names.sort();
        traces.names.dedup();
        traces.pins.sort();
        traces
    }
}

/// Lock files are generated, and still the applicant's; what is vendored has versions of its own. At the tips only.
fn names_versions(unit: &CodeUnit) -> bool {
    unit.class != FileClass::Vendored && !unit.earlier && pins::reads(&unit.path)
}
