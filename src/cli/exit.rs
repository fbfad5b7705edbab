//! Exit codes.

use crate::model::{ApplicantId, Words};
use crate::report::LinkEntry;
use crate::report::Report;
use crate::report::is_dismissed;
use std::process::ExitCode;

/// How a command ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::cli) enum Status {
    /// Finished, every input read.
    Finished,
    /// The run failed.
    Failed,
    /// The command line is wrong.
    Usage,
    /// Finished, some inputs could not be read.
    Problems,
    /// Finished, and a cluster holds a link as strong as `--exit-on` asks for.
    Linked,
}

impl Status {
    /// The status of a finished run. A link counts for `exit_on` only inside a cluster: a link that something ordinary
    /// explains never does, nor one that a reviewer dismissed.
    pub(in crate::cli) fn of(report: &Report, exit_on: Option<Words>) -> Self {
        let together = |a: &ApplicantId, b: &ApplicantId| {
            report
                .clusters
                .iter()
                .any(|c| c.members.contains(a) && c.members.contains(b))
        };
        let is_open = |l: &LinkEntry| !is_dismissed(&l.decision);
        let counts = |word| {
            report
                .links
                .iter()
                .any(|l| l.words >= word && together(&l.a, &l.b) && is_open(l))
        };
        match exit_on {
            Some(word) if counts(word) => Status::Linked,
            _ if report.problems.is_empty() => Status::Finished,
            _ => Status::Problems,
        }
    }
}

impl From<Status> for ExitCode {
    fn from(status: Status) -> Self {
        ExitCode::from(match status {
            Status::Finished => 0,
            Status::Failed => 1,
            Status::Usage => 2,
            Status::Problems => 3,
            Status::Linked => 10,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    fn report(words: &str, members: &[&str], problems: usize) -> Report {
        let problem = json!({"source": "x", "stage": "extract", "message": "cut short", "effect": "not-read"});
        let cluster = json!({"id": "c", "members": members, "touching": [], "weakest_link": ["a", "b"], "evidence": []});
        let link = json!({"a": "a", "b": "b", "log10_lr": 3.5, "words": words, "expected_by_chance": 0.001, "families": {},
            "silent": [], "too_little": [], "explained_by": [], "evidence": []});
        let report = json!({
            "schema": "report/1", "tool": {"name": "samehand", "version": "0"},
            "run": {"started": "", "command": "", "options": {}, "threads": 1, "input_digest": ""},
            "background": {"tables": [], "coverage": null},
            "applicants": [], "evidence": [], "findings": [], "links": [link], "clusters": [cluster], "set_aside": [],
            "problems": vec![problem; problems],
        });
        serde_json::from_value(report).unwrap()
    }

    #[test]
    fn the_status_is_the_first_that_applies() {
        let strong = Some(Words::Strong);
        for (words, members, problems, exit_on, status) in [
            ("strong", ["a", "b"], 0, None, Status::Finished),
            ("strong", ["a", "b"], 0, strong, Status::Linked),
            ("strong", ["a", "b"], 2, strong, Status::Linked),
            ("very-strong", ["a", "b"], 0, strong, Status::Linked),
            ("moderate", ["a", "b"], 0, strong, Status::Finished),
            ("moderate", ["a", "b"], 1, strong, Status::Problems),
            ("strong", ["a", "c"], 0, strong, Status::Finished),
            ("strong", ["a", "b"], 1, None, Status::Problems),
        ] {
            assert_eq!(
                Status::of(&report(words, &members, problems), exit_on),
                status,
                "{words} {members:?}"
            );
        }
    }
}
