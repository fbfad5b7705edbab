//! What a worker takes from the contents of a repository's files: identifiers with the role the file gives them, and versions.
//!
//! Contents never leave the worker. Vendored and generated files name other people by nature and are left out.

use crate::extract::FileVisitor;
use crate::features::file_identifiers;
use crate::features::pins;
use crate::model::CodeUnit;
use crate::model::FileClass;
use crate::model::RepositoryTraces;
use crate::model::SourceInfo;

/// Collects what the files of one repository give.
#[derive(Debug, Default)]
pub(in crate::pipeline) struct Files {
    traces: RepositoryTraces,
}

impl FileVisitor for Files {
    fn wants(&self, unit: &CodeUnit) -> bool {
        names_people(unit) || names_versions(unit)
    }

    fn visit(&mut self, source: &SourceInfo, unit: &mut CodeUnit, bytes: &[u8]) {
        if names_people(unit) {
            let found = file_identifiers::find(source, unit, bytes);
            self.traces.identifiers.extend(found);
        }
        if names_versions(unit) {
            self.traces.pins.extend(pins::find(source, unit, bytes));
        }
    }

    fn finish(&mut self) -> RepositoryTraces {
        let mut traces = std::mem::take(&mut self.traces);
        traces.identifiers.sort_by(|a, b| {
            (a.kind, &a.value, a.role, &a.at).cmp(&(b.kind, &b.value, b.role, &b.at))
        });
        traces.identifiers.dedup();
        traces.names.sort();
        traces.names.dedup();
        traces.pins.sort();
        traces
    }
}

fn names_people(unit: &CodeUnit) -> bool {
    !matches!(unit.class, FileClass::Vendored | FileClass::Generated)
        && (unit.class != FileClass::Data || file_identifiers::is_about_people(&unit.path))
}

/// Lock files are generated, and still the applicant's; what is vendored has versions of its own.
fn names_versions(unit: &CodeUnit) -> bool {
    unit.class != FileClass::Vendored && pins::reads(&unit.path)
}
