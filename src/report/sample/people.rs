//! The applicants of the sample.

use crate::identity::DisplayName;
use crate::model::{LookState, SourceKind};
use crate::report::sample::basics::source;
use crate::report::sample::id;
use crate::report::{DraftApplicant, Looked};

fn looked(detector: &str, state: LookState) -> Looked {
    Looked {
        detector: detector.into(),
        state,
        have: None,
        need: None,
        why: None,
    }
}

fn applicant(name: &str, sources: &[(&str, SourceKind)]) -> DraftApplicant {
    let has_repository = sources.iter().any(|s| s.1 == SourceKind::Git);
    let found = if ["A-014", "A-022", "A-031"].contains(&name) {
        LookState::Found
    } else {
        LookState::Nothing
    };
    let mut states = vec![looked("shared-contact", found), looked("near-text", found)];
    for detector in ["commit-identity", "shared-blobs", "clock-offset"] {
        states.push(match (detector, has_repository) {
            (_, false) => Looked {
                why: Some("no repository was handed in".into()),
                ..looked(detector, LookState::CouldNot)
            },
            ("clock-offset", true) if name == "C-007" => looked(detector, LookState::Found),
            ("clock-offset", true) => Looked {
                have: Some(12),
                need: Some(40),
                ..looked(detector, LookState::TooLittle)
            },
            _ => looked(detector, LookState::Nothing),
        });
    }
    DraftApplicant {
        id: id(name),
        name: DisplayName::new("Maria Lindqvist").filter(|_| name == "A-014"),
        sources: sources
            .iter()
            .map(|(path, kind)| source(path, *kind))
            .collect(),
        looked: states,
        exhibits: vec![],
    }
}

pub(in crate::report::sample) fn applicants() -> Vec<DraftApplicant> {
    use SourceKind::{Git, Pdf, Unknown};
    vec![
        applicant(
            "E-300",
            &[("E-300/cv.pdf", Pdf), ("E-300/repos/books.git", Git)],
        ),
        applicant("A-022", &[("A-022/resume.pdf", Pdf)]),
        applicant("A-014", &[("A-014/cv.pdf", Pdf)]),
        applicant(
            "A-031",
            &[("A-031/resume.pdf", Pdf), ("A-031/repos/pricer.git", Git)],
        ),
        applicant("B-101", &[("B-101/cv.pdf", Pdf)]),
        applicant("B-102", &[("B-102/resume.pdf", Pdf)]),
        applicant(
            "C-007",
            &[("C-007/cv.pdf", Pdf), ("C-007/repos/api.git", Git)],
        ),
        applicant("D-201", &[("D-201/cv.pdf", Pdf)]),
        applicant(
            "D-202",
            &[
                ("D-202/jo.private@gmail.com.pdf", Pdf),
                ("D-202/scan.pdf", Unknown),
            ],
        ),
    ]
}
