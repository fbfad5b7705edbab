//! Every pool under `corpora/` that has a `case.toml`, scanned by the built program and checked against what it lists.
//!
//! The format is described in `corpora/README.md`; a new case needs no code here. A failure names the case, the entry
//! and its reason, and all failures of all cases are shown together.
#![allow(clippy::unwrap_used)]

use samehand::model::LookState;
use samehand::model::Relation;
use samehand::model::Words;
use samehand::report::LinkEntry;
use samehand::report::Report;
use serde::Deserialize;
use std::collections::BTreeSet;
use std::fmt::Debug;
use std::fs;
use std::path::Path;
use std::path::PathBuf;
use std::process::Command;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    #[serde(default)]
    pool: Pool,
    #[serde(default)]
    expect: Vec<Entry<Expect>>,
    #[serde(default)]
    must_not: Vec<Entry<MustNot>>,
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Pool {
    path: PathBuf,
    exit: i32,
    applicants: Option<usize>,
    /// More of the command line; files in it are relative to the case.
    options: Vec<String>,
}

impl Default for Pool {
    fn default() -> Self {
        Self {
            path: ".".into(),
            exit: 0,
            applicants: None,
            options: Vec::new(),
        }
    }
}

/// What is to be checked, and why it is so.
#[derive(Debug, Deserialize)]
struct Entry<T> {
    #[serde(flatten)]
    what: T,
    why: String,
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum Expect {
    Link {
        a: String,
        b: String,
        at_least: Words,
        clustered: Option<bool>,
        #[serde(default)]
        detectors: Vec<String>,
    },
    Explained {
        a: String,
        b: String,
        by: Relation,
    },
    Repeated {
        a: String,
        b: String,
    },
    Finding {
        subject: String,
        detector: String,
    },
    Looked {
        subject: String,
        detector: String,
        state: LookState,
    },
    Problem {
        source: String,
        #[serde(default)]
        message: String,
    },
}

#[derive(Debug, Deserialize)]
#[serde(tag = "kind", rename_all = "kebab-case", deny_unknown_fields)]
enum MustNot {
    Link {
        a: String,
        b: String,
        above: Words,
    },
    Clustered {
        a: String,
        b: String,
    },
    Finding {
        subject: String,
        detector: Option<String>,
    },
    UnlistedLink {
        above: Words,
    },
    UnlistedCluster,
    UnlistedFinding,
    Problem,
}

/// Unordered pair.
type Pair = (String, String);

fn pair(a: &str, b: &str) -> Pair {
    if a < b {
        (a.into(), b.into())
    } else {
        (b.into(), a.into())
    }
}

/// Questions that the entries ask of a report.
struct Answers {
    report: Report,
    clustered: BTreeSet<Pair>,
}

impl Answers {
    fn new(report: Report) -> Self {
        let mut clustered = BTreeSet::new();
        for cluster in &report.clusters {
            for (place, a) in cluster.members.iter().enumerate() {
                clustered.extend(
                    cluster.members[place + 1..]
                        .iter()
                        .map(|b| pair(a.as_str(), b.as_str())),
                );
            }
        }
        Self { report, clustered }
    }

    fn link(&self, a: &str, b: &str) -> Option<&LinkEntry> {
        self.report
            .links
            .iter()
            .find(|l| pair(l.a.as_str(), l.b.as_str()) == pair(a, b))
    }

    /// Detectors whose evidence the link rests on.
    fn detectors(&self, link: &LinkEntry) -> BTreeSet<&str> {
        let ids = &link.evidence;
        self.report
            .evidence
            .iter()
            .filter(|e| ids.contains(&e.id))
            .map(|e| e.detector.as_str())
            .collect()
    }

    fn has_finding(&self, subject: &str, detector: Option<&str>) -> bool {
        let about = |d: &str| detector.is_none_or(|wanted| wanted == d);
        self.report
            .findings
            .iter()
            .any(|f| f.subject.as_str() == subject && about(&f.detector))
    }

    fn repeated(&self, a: &str, b: &str) -> bool {
        let names = |id: &str, subjects: &[samehand::model::ApplicantId]| {
            subjects.iter().any(|s| s.as_str() == id)
        };
        self.report.set_aside.iter().any(|s| {
            s.detector == "applied-more-than-once" && names(a, &s.subjects) && names(b, &s.subjects)
        })
    }
}

/// What is wrong about an expected thing, if anything.
fn miss(answers: &Answers, expect: &Expect) -> Option<String> {
    match expect {
        Expect::Link {
            a,
            b,
            at_least,
            clustered,
            detectors,
        } => {
            let Some(link) = answers.link(a, b) else {
                return Some("there is no link".into());
            };
            let seen = answers.detectors(link);
            let lacking: Vec<_> = detectors
                .iter()
                .filter(|d| !seen.contains(d.as_str()))
                .collect();
            if link.words < *at_least {
                Some(format!(
                    "the link is only {} (log10 LR {:.2}, from {seen:?})",
                    link.words, link.log10_lr
                ))
            } else if !lacking.is_empty() {
                Some(format!("no evidence from {lacking:?}, only from {seen:?}"))
            } else if clustered
                .is_some_and(|wanted| wanted != answers.clustered.contains(&pair(a, b)))
            {
                let chance = link.expected_by_chance;
                Some(format!(
                    "clustered is not {clustered:?} (chance {chance:.2e}, explained by {:?})",
                    link.explained_by
                ))
            } else {
                None
            }
        }
        Expect::Explained { a, b, by } => match answers.link(a, b) {
            None => Some("there is no link".into()),
            Some(link) if link.explained_by.first() != Some(by) => {
                Some(format!("explained by {:?}", link.explained_by))
            }
            Some(_) => answers
                .clustered
                .contains(&pair(a, b))
                .then(|| "they share a cluster".into()),
        },
        Expect::Repeated { a, b } => {
            (!answers.repeated(a, b)).then(|| "not listed as applied more than once".into())
        }
        Expect::Finding { subject, detector } => (!answers.has_finding(subject, Some(detector)))
            .then(|| "there is no such finding".into()),
        Expect::Looked {
            subject,
            detector,
            state,
        } => {
            let entry = answers
                .report
                .applicants
                .iter()
                .find(|x| x.id.as_str() == subject)?;
            let have = entry
                .looked
                .iter()
                .find(|l| l.detector == *detector)
                .map(|l| l.state);
            (have != Some(*state)).then(|| format!("the state is {have:?}"))
        }
        Expect::Problem { source, message } => {
            let held = |p: &samehand::model::Problem| {
                p.source.ends_with(source.as_str()) && p.message.contains(message.as_str())
            };
            (!answers.report.problems.iter().any(held)).then(|| "there is no such problem".into())
        }
    }
}

/// What is there although it must not be.
fn excess(answers: &Answers, case: &Case, must_not: &MustNot) -> Vec<String> {
    let report = &answers.report;
    let show = |l: &LinkEntry| {
        format!(
            "{} and {}: {} from {:?}",
            l.a,
            l.b,
            l.words,
            answers.detectors(l)
        )
    };
    match must_not {
        MustNot::Link { a, b, above } => answers
            .link(a, b)
            .filter(|l| l.words > *above)
            .map(show)
            .into_iter()
            .collect(),
        MustNot::Clustered { a, b } => answers
            .clustered
            .get(&pair(a, b))
            .map(|_| "they share a cluster".into())
            .into_iter()
            .collect(),
        MustNot::Finding { subject, detector } => {
            let found = answers.has_finding(subject, detector.as_deref());
            found
                .then(|| "there is such a finding".into())
                .into_iter()
                .collect()
        }
        MustNot::UnlistedLink { above } => {
            let listed = pairs(case, |_| true);
            let unlisted = |l: &&LinkEntry| {
                l.words > *above && !listed.contains(&pair(l.a.as_str(), l.b.as_str()))
            };
            report.links.iter().filter(unlisted).map(show).collect()
        }
        MustNot::UnlistedCluster => {
            let listed = pairs(case, |e| {
                matches!(
                    e,
                    Expect::Link {
                        clustered: Some(true),
                        ..
                    }
                )
            });
            answers
                .clustered
                .difference(&listed)
                .map(|(a, b)| format!("{a} and {b} share a cluster"))
                .collect()
        }
        MustNot::UnlistedFinding => {
            let listed = |f: &&samehand::report::FindingEntry| {
                case.expect.iter().any(|e| {
                    matches!(&e.what, Expect::Finding { subject, detector }
                    if f.subject.as_str() == subject && f.detector == *detector)
                })
            };
            let unlisted = report.findings.iter().filter(|f| !listed(f));
            unlisted
                .map(|f| format!("{} about {}", f.detector, f.subject))
                .collect()
        }
        MustNot::Problem => report.problems.iter().map(ToString::to_string).collect(),
    }
}

/// The pairs that expectations name.
fn pairs(case: &Case, which: impl Fn(&Expect) -> bool) -> BTreeSet<Pair> {
    let mut found = BTreeSet::new();
    for Entry { what, .. } in case.expect.iter().filter(|e| which(&e.what)) {
        if let Expect::Link { a, b, .. }
        | Expect::Explained { a, b, .. }
        | Expect::Repeated { a, b } = what
        {
            found.insert(pair(a, b));
        }
    }
    found
}

/// Ids that an entry names, so that a mistyped id cannot pass as "nothing found".
fn named(case: &Case) -> BTreeSet<&str> {
    let mut ids = BTreeSet::new();
    for entry in &case.expect {
        match &entry.what {
            Expect::Link { a, b, .. }
            | Expect::Explained { a, b, .. }
            | Expect::Repeated { a, b } => {
                ids.extend([a.as_str(), b]);
            }
            Expect::Finding { subject, .. } | Expect::Looked { subject, .. } => {
                ids.insert(subject);
            }
            Expect::Problem { .. } => {}
        }
    }
    for entry in &case.must_not {
        match &entry.what {
            MustNot::Link { a, b, .. } | MustNot::Clustered { a, b } => ids.extend([a.as_str(), b]),
            MustNot::Finding { subject, .. } => {
                ids.insert(subject);
            }
            _ => {}
        }
    }
    ids
}

/// Scans a pool; gives the exit code and the report.
fn scan(folder: &Path, pool: &Pool) -> Result<(Option<i32>, Report), String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_samehand"));
    let out = command
        .current_dir(folder)
        .arg("scan")
        .arg(&pool.path)
        .args(["--format", "json"])
        .args(&pool.options)
        .output()
        .map_err(|e| e.to_string())?;
    let told = String::from_utf8_lossy(&out.stderr);
    let report = serde_json::from_slice(&out.stdout).map_err(|e| {
        format!(
            "stdout is no report ({e}), exit {:?}, stderr:\n{told}",
            out.status.code()
        )
    })?;
    Ok((out.status.code(), report))
}

/// All that is wrong with one case.
fn faults(folder: &Path) -> Vec<String> {
    let case: Case = match toml::from_str(&fs::read_to_string(folder.join("case.toml")).unwrap()) {
        Ok(case) => case,
        Err(e) => return vec![format!("case.toml: {e}")],
    };
    let (code, report) = match scan(folder, &case.pool) {
        Ok(done) => done,
        Err(e) => return vec![e],
    };
    let mut found = Vec::new();
    if code != Some(case.pool.exit) {
        found.push(format!("the exit code is {code:?}, not {}", case.pool.exit));
    }
    if case
        .pool
        .applicants
        .is_some_and(|n| n != report.applicants.len())
    {
        found.push(format!(
            "{} applicants, not {:?}",
            report.applicants.len(),
            case.pool.applicants
        ));
    }
    for id in named(&case)
        .into_iter()
        .filter(|id| !report.applicants.iter().any(|a| a.id.as_str() == *id))
    {
        found.push(format!(
            "case.toml names {id}, whom the report does not have"
        ));
    }
    found.extend(bare_findings(&report));
    let answers = Answers::new(report);
    for Entry { what, why } in &case.expect {
        found.extend(miss(&answers, what).map(|fault| line("expected", what, &fault, why)));
    }
    for Entry { what, why } in &case.must_not {
        let all = excess(&answers, &case, what);
        found.extend(
            all.iter()
                .map(|fault| line("must not be", what, fault, why)),
        );
    }
    found
}

/// Findings that are shown without a measured rate, an ordinary explanation, a question or a sample, whatever the case says.
fn bare_findings(report: &Report) -> Vec<String> {
    let is_bare = |f: &&samehand::report::FindingEntry| {
        f.base_rate.n == 0 || f.innocent.is_empty() || f.question.is_empty() || f.sample == 0
    };
    let bare = report.findings.iter().filter(is_bare);
    bare.map(|f| {
        format!(
            "{} of {} lacks a rate, an explanation or a question",
            f.detector, f.subject
        )
    })
    .collect()
}

fn line(verb: &str, what: &impl Debug, fault: &str, why: &str) -> String {
    format!("{verb}: {what:?}\n      {fault}\n      why: {why}")
}

#[test]
fn every_case_holds() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpora");
    let folders = fs::read_dir(root).unwrap().map(|e| e.unwrap().path());
    let mut cases: Vec<_> = folders.filter(|p| p.join("case.toml").is_file()).collect();
    cases.sort();
    assert!(
        cases.iter().any(|c| c.ends_with("demo")),
        "the demo pool is a case"
    );
    let mut told = String::new();
    for case in cases {
        for fault in faults(&case) {
            told += &format!("\n  {}: {fault}", case.file_name().unwrap().display());
        }
    }
    assert!(told.is_empty(), "{told}\n");
}

#[test]
fn a_mistyped_entry_is_refused() {
    let good =
        "[[must_not]]\nkind = \"link\"\na = \"x\"\nb = \"y\"\nabove = \"weak\"\nwhy = \"z\"\n";
    assert!(toml::from_str::<Case>(good).is_ok());
    for (right, wrong) in [
        ("above", "abuve"),
        ("link", "lnik"),
        ("weak", "feeble"),
        ("must_not", "mustnt"),
    ] {
        assert!(
            toml::from_str::<Case>(&good.replace(right, wrong)).is_err(),
            "{wrong}"
        );
    }
    assert!(
        toml::from_str::<Case>(&good.replace("why =", "clustered = true\nwhy =")).is_err(),
        "a field too many"
    );
}
