//! The rows of a disclosure, each made from a row of the report.

use crate::model::{ApplicantId, Exhibit, Passage};
use crate::report::disclose::others::{Others, Owner};
use crate::report::disclose::redact::{Redactor, WITHHELD};
use crate::report::{
    ApplicantEntry, At, ClusterEntry, EvidenceEntry, FindingEntry, LinkEntry, ObservationEntry,
    Report, Run, SetAsideEntry, SplitEntry, WatchHitEntry,
};
use std::collections::BTreeMap;

/// Rows about one applicant.
pub(in crate::report::disclose) struct Entries<'r> {
    report: &'r Report,
    me: &'r ApplicantEntry,
    others: Others<'r>,
    /// What was left out, by evidence.
    pub(in crate::report::disclose) withheld: BTreeMap<String, u64>,
}

impl<'r> Entries<'r> {
    /// Of `report`, about `me`.
    pub(in crate::report::disclose) fn new(report: &'r Report, me: &'r ApplicantEntry) -> Self {
        Self {
            report,
            me,
            others: Others::new(report, me),
            withheld: BTreeMap::new(),
        }
    }

    /// The report with one applicant in it.
    pub(in crate::report::disclose) fn report(&mut self) -> Report {
        let (report, me) = (self.report, self.me);
        let redactor = Redactor::new(report, &me.id, &self.others);
        let is_me = |id: &ApplicantId| *id == me.id;
        let rows = Rows {
            me: &me.id,
            others: &self.others,
            redactor: &redactor,
        };
        let mut evidence = Vec::new();
        for entry in report
            .evidence
            .iter()
            .filter(|e| e.subjects.contains(&me.id))
        {
            let (row, withheld) = rows.evidence(entry);
            if withheld > 0 {
                *self.withheld.entry(row.id.clone()).or_default() += withheld;
            }
            evidence.push(row);
        }
        let clusters = report
            .clusters
            .iter()
            .filter(|c| c.members.contains(&me.id) || c.touching.contains(&me.id));
        Report {
            schema: report.schema.clone(),
            tool: report.tool.clone(),
            run: run(report),
            background: report.background.clone(),
            applicants: vec![rows.applicant(me)],
            findings: report
                .findings
                .iter()
                .filter(|f| is_me(&f.subject))
                .map(|f| rows.finding(f))
                .collect(),
            links: report
                .links
                .iter()
                .filter(|l| is_me(&l.a) || is_me(&l.b))
                .map(|l| rows.link(l))
                .collect(),
            clusters: clusters
                .zip(1..)
                .map(|(c, n)| rows.cluster(c, n, &evidence))
                .collect(),
            set_aside: report
                .set_aside
                .iter()
                .filter(|s| s.subjects.contains(&me.id))
                .map(|s| rows.set_aside(s))
                .collect(),
            watch_lists: report.watch_lists.clone(),
            watch_hits: report
                .watch_hits
                .iter()
                .filter(|h| is_me(&h.subject))
                .map(|h| rows.watch_hit(h))
                .collect(),
            problems: report
                .problems
                .iter()
                .filter(|p| self.others.owner(&p.source) == Owner::Own)
                .map(|p| crate::model::Problem {
                    message: redactor.text(&p.message, &[]),
                    ..p.clone()
                })
                .collect(),
            evidence,
        }
    }
}

/// The run without its command line, which may name folders and advertisements.
fn run(report: &Report) -> Run {
    let mut options = report.run.options.clone();
    options.retain(|name, _| name == "reveal");
    Run {
        command: "samehand disclose".into(),
        options,
        ..report.run.clone()
    }
}

/// Makes rows.
struct Rows<'o, 'r> {
    me: &'r ApplicantId,
    others: &'o Others<'r>,
    redactor: &'o Redactor<'o, 'r>,
}

impl Rows<'_, '_> {
    fn applicant(&self, me: &ApplicantEntry) -> ApplicantEntry {
        let mut row = me.clone();
        for looked in &mut row.looked {
            looked.why = looked.why.as_ref().map(|why| self.redactor.text(why, &[]));
        }
        row.exhibits = me.exhibits.iter().map(|x| self.own_exhibit(x)).collect();
        row
    }

    /// An exhibit of the applicant's own material: every text in it without others' ids and files.
    fn own_exhibit(&self, exhibit: &Exhibit) -> Exhibit {
        let mut value = match serde_json::to_value(exhibit) {
            Ok(value) => value,
            Err(_) => return left_out(),
        };
        self.walk(&mut value);
        serde_json::from_value(value).unwrap_or_else(|_| left_out())
    }

    fn walk(&self, value: &mut serde_json::Value) {
        use serde_json::Value;
        match value {
            Value::String(text) => *text = self.redactor.text(text, &[]),
            Value::Array(all) => all.iter_mut().for_each(|v| self.walk(v)),
            // The tag names the sort of drawing; it is a word of ours.
            Value::Object(all) => all
                .iter_mut()
                .filter(|(k, _)| *k != "kind")
                .for_each(|(_, v)| self.walk(v)),
            _ => {}
        }
    }

    fn evidence(&self, entry: &EvidenceEntry) -> (EvidenceEntry, u64) {
        let subjects = &entry.subjects;
        let (kept, mut withheld) = self.observations(&entry.observations);
        let values = |all: &[ObservationEntry]| -> Vec<String> {
            all.iter().map(|o| o.fact.value.clone()).collect()
        };
        let mut own = values(&kept);
        own.push(self.me.to_string());
        let foreign: Vec<String> = values(&entry.observations)
            .into_iter()
            .filter(|v| !own.contains(v))
            .collect();
        let exhibits: Vec<Exhibit> = entry
            .exhibits
            .iter()
            .filter_map(|x| self.exhibit(x, subjects))
            .collect();
        withheld += (entry.exhibits.len() - exhibits.len()) as u64;
        let row = EvidenceEntry {
            subjects: self.others.ids(subjects),
            explanation: self
                .redactor
                .sentence(&entry.explanation, subjects, &own, &foreign),
            observations: kept,
            exhibits,
            ..entry.clone()
        };
        (row, withheld)
    }

    /// The observations that may be shown, and how many may not.
    fn observations(&self, all: &[ObservationEntry]) -> (Vec<ObservationEntry>, u64) {
        let owner = |o: &ObservationEntry| self.others.owner(&o.at.source);
        let own: Vec<&str> = all
            .iter()
            .filter(|o| owner(o) == Owner::Own)
            .map(|o| o.fact.value.as_str())
            .collect();
        // A manifest's line does not say whose it is. Where everything of one kind agrees, the value is what is shared.
        let agrees = |o: &ObservationEntry| {
            let mut same_kind = all.iter().filter(|p| p.fact.kind == o.fact.kind);
            same_kind.all(|p| p.fact.value == o.fact.value) && all.len() > 1
        };
        let mut kept = Vec::new();
        let mut withheld = 0;
        for observation in all {
            let shown = match owner(observation) {
                Owner::Own => Some(observation.clone()),
                Owner::Common
                    if own.contains(&observation.fact.value.as_str()) || agrees(observation) =>
                {
                    Some(ObservationEntry {
                        fact: observation.fact.clone(),
                        at: self.common(&observation.at),
                    })
                }
                _ => None,
            };
            match shown {
                // Two lines of a manifest are one place once the line is gone.
                Some(row) if kept.contains(&row) => {}
                Some(row) => kept.push(row),
                None => withheld += 1,
            }
        }
        (kept, withheld)
    }

    /// A place in a file about everybody: its name and the column, not the line.
    fn common(&self, at: &At) -> At {
        At {
            source: self.redactor.text(&at.source, &[]),
            page: None,
            line: None,
            commit: None,
            range: None,
            file: None,
            column: at.column.clone(),
            part: None,
        }
    }

    /// The applicant's side of what stands side by side; other drawings show both and are left out.
    fn exhibit(&self, exhibit: &Exhibit, subjects: &[ApplicantId]) -> Option<Exhibit> {
        let Exhibit::Passages {
            left,
            right,
            passages,
        } = exhibit
        else {
            return None;
        };
        let is_left = match (self.others.owner(left), self.others.owner(right)) {
            (Owner::Own, _) => true,
            (_, Owner::Own) => false,
            _ => return None,
        };
        let side = |p: &Passage| {
            let (text, at) = if is_left {
                (&p.left, &p.left_at)
            } else {
                (&p.right, &p.right_at)
            };
            Passage {
                left: text.clone(),
                right: WITHHELD.into(),
                left_at: at.clone(),
                right_at: String::new(),
                words: p.words,
                changes: Vec::new(),
            }
        };
        let (mine, other) = if is_left {
            (left, right)
        } else {
            (right, left)
        };
        Some(Exhibit::Passages {
            left: mine.clone(),
            right: self.redactor.text(other, subjects),
            passages: passages.iter().map(side).collect(),
        })
    }

    fn finding(&self, finding: &FindingEntry) -> FindingEntry {
        let own = |o: &ObservationEntry| ObservationEntry {
            fact: crate::report::FactEntry {
                kind: o.fact.kind.clone(),
                value: self.redactor.text(&o.fact.value, &[]),
            },
            at: o.at.clone(),
        };
        // What a finding observed stands in the applicant's own material; a manifest's line is the applicant's own row.
        let mine = finding
            .observations
            .iter()
            .filter(|o| self.others.owner(&o.at.source) != Owner::Other);
        FindingEntry {
            explanation: self.redactor.text(&finding.explanation, &[]),
            observations: mine.map(own).collect(),
            exhibits: finding
                .exhibits
                .iter()
                .map(|x| self.own_exhibit(x))
                .collect(),
            ..finding.clone()
        }
    }

    fn link(&self, link: &LinkEntry) -> LinkEntry {
        let other = if link.a == *self.me { &link.b } else { &link.a };
        LinkEntry {
            a: self.me.clone(),
            b: self.others.id(other),
            ..link.clone()
        }
    }

    /// A group under a number: its id is a hash that could be tried out.
    fn cluster(
        &self,
        cluster: &ClusterEntry,
        number: usize,
        evidence: &[EvidenceEntry],
    ) -> ClusterEntry {
        let [a, b] = &cluster.weakest_link;
        ClusterEntry {
            id: format!("group {number}"),
            members: self.others.ids(&cluster.members),
            touching: self.others.ids(&cluster.touching),
            weakest_link: [self.others.id(a), self.others.id(b)],
            split: cluster.split.as_ref().map(|s| SplitEntry {
                link: s.link.each_ref().map(|id| self.others.id(id)),
                links: s.links,
                apart: self.others.ids(&s.apart),
            }),
            evidence: cluster
                .evidence
                .iter()
                .filter(|id| evidence.iter().any(|e| e.id == **id))
                .cloned()
                .collect(),
        }
    }

    fn set_aside(&self, row: &SetAsideEntry) -> SetAsideEntry {
        SetAsideEntry {
            detector: row.detector.clone(),
            subjects: self.others.ids(&row.subjects),
            what: self.redactor.sentence(&row.what, &row.subjects, &[], &[]),
            why: row.why.clone(),
        }
    }

    fn watch_hit(&self, hit: &WatchHitEntry) -> WatchHitEntry {
        WatchHitEntry {
            note: self.redactor.text(&hit.note, &[]),
            ..hit.clone()
        }
    }
}

/// A drawing that could not be redacted.
fn left_out() -> Exhibit {
    Exhibit::Table {
        caption: WITHHELD.into(),
        head: Vec::new(),
        rows: Vec::new(),
    }
}
