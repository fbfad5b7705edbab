//! Applicants as nodes and links as edges, before they become one format or the other.
//!
//! Everybody of the pool is a node, also those whom nothing ties to anybody: a graph of the linked alone would look as if
//! everybody were. A link that a reviewer dismissed is no edge. A node carries no count of findings, which are never added up per person. Evidence that many share
//! without a link between each two of them (a template passed around) makes no edge.

use crate::model::{ApplicantId, Family, Relation};
use crate::report::clean;
use crate::report::export::moment::Moment;
use crate::report::export::shown::Shown;
use crate::report::is_dismissed;
use crate::report::{ClusterEntry, LinkEntry};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

/// What a reader of the bare file must know.
pub(in crate::report::export) const ABOUT: &str = "Applicants and links from a samehand report. log10_lr is the base-10 logarithm of a likelihood ratio, one hand rather than \
     unrelated people; expected_by_chance counts the pairs of unrelated people that would look at least this strong in a pool \
     of this size. Neither is a probability that two applicants are one person. Signals, not decisions: ask first.";

/// A value of an attribute.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::report::export) enum Value {
    /// Text.
    Text(String),
    /// A number.
    Number(f64),
}

/// Attributes in a fixed order, each with its name.
pub(in crate::report::export) type Values = Vec<(String, Value)>;

/// An applicant.
#[derive(Debug)]
pub(in crate::report::export) struct Node {
    /// `n1`, `n2` …: ids of applicants may hold what an XML name token may not.
    pub(in crate::report::export) id: String,
    /// What to call the applicant.
    pub(in crate::report::export) label: String,
    /// `applicant`, `cluster`, `touching`.
    pub(in crate::report::export) values: Values,
}

/// A link.
#[derive(Debug)]
pub(in crate::report::export) struct Edge {
    /// `e1`, `e2` …
    pub(in crate::report::export) id: String,
    /// Node of the first applicant.
    pub(in crate::report::export) source: String,
    /// Node of the second.
    pub(in crate::report::export) target: String,
    /// `log10_lr`, 0 where it is negative: layouts want no negative weight.
    pub(in crate::report::export) weight: f64,
    /// The other attributes.
    pub(in crate::report::export) values: Values,
}

/// A graph.
#[derive(Debug)]
pub(in crate::report::export) struct Graph {
    /// Day of the run, `YYYY-MM-DD`.
    pub(in crate::report::export) day: String,
    /// The program and its version.
    pub(in crate::report::export) creator: String,
    /// Digest of the input.
    pub(in crate::report::export) input: String,
    /// Applicants, by id.
    pub(in crate::report::export) nodes: Vec<Node>,
    /// Links, strongest first.
    pub(in crate::report::export) edges: Vec<Edge>,
    /// Families that some link speaks of, sorted.
    pub(in crate::report::export) families: Vec<Family>,
}

impl Graph {
    /// The graph of a report.
    pub(in crate::report::export) fn new(shown: &Shown<'_>) -> Self {
        let report = shown.report;
        let numbers: BTreeMap<&ApplicantId, usize> =
            report.applicants.iter().map(|a| &a.id).zip(1..).collect();
        let families: BTreeSet<Family> = report
            .links
            .iter()
            .flat_map(|l| l.families.keys().copied())
            .collect();
        let families: Vec<Family> = families.into_iter().collect();
        // A link names applicants of the report; one that does not has nowhere to end.
        let ends = |l: &&LinkEntry| {
            numbers.contains_key(&l.a) && numbers.contains_key(&l.b) && !is_dismissed(&l.decision)
        };
        let node_of = |id: &ApplicantId| format!("n{}", numbers[id]);
        let edges = report
            .links
            .iter()
            .filter(ends)
            .zip(1..)
            .map(|(link, n)| Edge {
                id: format!("e{n}"),
                source: node_of(&link.a),
                target: node_of(&link.b),
                weight: link.log10_lr.max(0.0),
                values: edge_values(shown, link, &families),
            });
        Self {
            day: Moment::new(&report.run.started).day(),
            creator: clean::line(&format!("{} {}", report.tool.name, report.tool.version)),
            input: clean::line(&report.run.input_digest.0),
            edges: edges.collect(),
            nodes: report
                .applicants
                .iter()
                .map(|a| node(shown, &a.id, node_of(&a.id)))
                .collect(),
            families,
        }
    }
}

fn node<'r>(shown: &Shown<'r>, id: &'r ApplicantId, node: String) -> Node {
    let clusters = |holds: &dyn Fn(&ClusterEntry) -> bool| {
        let all = shown.report.clusters.iter().filter(|c| holds(c));
        joined(all.map(|c| clean::line(&c.id)))
    };
    let text = |name: &str, value: String| (name.to_string(), Value::Text(value));
    Node {
        id: node,
        label: shown.label(id),
        values: vec![
            text("applicant", shown.id(id).into()),
            text("cluster", clusters(&|c| c.members.contains(id))),
            text("touching", clusters(&|c| c.touching.contains(id))),
        ],
    }
}

fn edge_values(shown: &Shown<'_>, link: &LinkEntry, families: &[Family]) -> Values {
    let inside = shown
        .report
        .clusters
        .iter()
        .filter(|c| c.members.contains(&link.a) && c.members.contains(&link.b));
    let detectors: BTreeSet<String> = shown
        .evidence(link)
        .iter()
        .map(|e| clean::line(&e.detector))
        .collect();
    let text = |name: &str, value: String| (name.to_string(), Value::Text(value));
    let number = |name: &str, value: f64| (name.to_string(), Value::Number(value));
    let mut values = vec![
        number("log10_lr", link.log10_lr),
        text("words", name(link.words)),
        number("expected_by_chance", link.expected_by_chance),
        text(
            "explained_by",
            joined(link.explained_by.iter().map(|r: &Relation| name(r))),
        ),
        text("cluster", joined(inside.map(|c| clean::line(&c.id)))),
        text("detectors", joined(detectors)),
        text(
            "evidence",
            joined(link.evidence.iter().map(|e| clean::line(e))),
        ),
    ];
    for family in families {
        if let Some(x) = link.families.get(family) {
            values.push(number(&format!("family_{family}"), *x));
        }
    }
    values
}

fn joined(items: impl IntoIterator<Item = String>) -> String {
    items.into_iter().collect::<Vec<_>>().join(";")
}

/// The kebab-case name that a value has in `report.json`.
pub(in crate::report::export) fn name(value: impl Serialize) -> String {
    serde_json::to_value(value)
        .ok()
        .and_then(|v| v.as_str().map(String::from))
        .unwrap_or_default()
}
