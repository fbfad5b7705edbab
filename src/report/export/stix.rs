//! A STIX 2.1 bundle (OASIS Standard, June 2021).
//!
//! Members of groups are `identity` objects of class `unknown`: whether one person stands behind two of them is what is
//! open. Links inside groups are `relationship` objects (`related-to`) with the numbers in an extension; `confidence` is
//! left out, because it would turn a likelihood ratio into a probability. Evidence is a `note`, a group a `grouping`. There
//! is no actor, campaign or malware object. With revealed values there are observables, what was observed, and an indicator
//! of type `unknown` for an address or page that several applicants of a group share.

use crate::model::ApplicantId;
use crate::report::export::graph::name;
use crate::report::export::moment::Moment;
use crate::report::export::observable::Observable;
use crate::report::export::shown::{self, Shown};
use crate::report::export::stable;
use crate::report::is_dismissed;
use crate::report::{ClusterEntry, EvidenceEntry, LinkEntry};
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;

/// The bundle of a report.
pub(in crate::report::export) fn bundle(shown: &Shown<'_>) -> Value {
    let mut bundle = Bundle::new(shown);
    for cluster in &shown.report.clusters {
        bundle.cluster(cluster);
    }
    let digest = &shown.report.run.input_digest.0;
    let reveal = if shown.values { "revealed" } else { "masked" };
    json!({
        "type": "bundle",
        "id": format!("bundle--{}", stable::uuid("bundle", &[digest, reveal])),
        "objects": bundle.objects.into_values().collect::<Vec<_>>(),
    })
}

struct Bundle<'o, 'r> {
    shown: &'o Shown<'r>,
    moment: String,
    tool: String,
    extension: String,
    /// By id, so that each object stands once and the order does not depend on how it was reached.
    objects: BTreeMap<String, Value>,
}

impl<'o, 'r> Bundle<'o, 'r> {
    fn new(shown: &'o Shown<'r>) -> Self {
        let id = |kind: &str, what: &str| format!("{kind}--{}", stable::uuid(what, &[]));
        let mut bundle = Self {
            shown,
            moment: Moment::new(&shown.report.run.started).stix(),
            tool: id("identity", "tool"),
            extension: id("extension-definition", "strength"),
            objects: BTreeMap::new(),
        };
        let tool = &shown.report.tool;
        bundle.add("identity", stable::uuid("tool", &[]), json!({
            "name": shown::text(&format!("{} {}", tool.name, tool.version)),
            "identity_class": "system",
            "description": "The program that made this bundle. It reports observations with their strength and ordinary explanations, and judges nobody.",
        }));
        bundle.add("extension-definition", stable::uuid("strength", &[]), json!({
            "name": "Strength of a link",
            "description": "log10_lr: base-10 logarithm of the likelihood ratio, one hand rather than unrelated people. words: the step of the verbal scale. expected_by_chance: how many pairs of unrelated people would look at least this strong in a pool of this size. families: what each kind of evidence contributes. None of them is a probability that two applicants are one person.",
            "schema": "log10_lr: number; words: string; expected_by_chance: number; families: object of numbers; input_digest: string",
            "version": "1.0.0",
            "extension_types": ["property-extension"],
        }));
        bundle
    }

    /// Adds an object with what all of them have; its id.
    fn add(&mut self, kind: &str, uuid: String, properties: Value) -> String {
        let id = format!("{kind}--{uuid}");
        let mut object = Map::new();
        object.insert("type".into(), json!(kind));
        object.insert("spec_version".into(), json!("2.1"));
        object.insert("id".into(), json!(id));
        object.insert("created".into(), json!(self.moment));
        object.insert("modified".into(), json!(self.moment));
        if id != self.tool {
            object.insert("created_by_ref".into(), json!(self.tool));
        }
        if let Value::Object(own) = properties {
            object.extend(own);
        }
        self.objects.insert(id.clone(), Value::Object(object));
        id
    }

    fn applicant(&mut self, id: &'r ApplicantId) -> String {
        let uuid = applicant_uuid(self.shown, id);
        self.add("identity", uuid, json!({
            "name": shown::text(&self.shown.label(id)),
            "identity_class": "unknown",
            "description": "An application as it was handed in. Who stands behind it is not claimed.",
        }))
    }

    fn cluster(&mut self, cluster: &'r ClusterEntry) {
        let members: Vec<String> = cluster.members.iter().map(|m| self.applicant(m)).collect();
        let mut refs = members.clone();
        let inside = |l: &&LinkEntry| {
            cluster.members.contains(&l.a)
                && cluster.members.contains(&l.b)
                && !is_dismissed(&l.decision)
        };
        for link in self.shown.report.links.iter().filter(inside) {
            if link.log10_lr > 0.0 && link.explained_by.is_empty() {
                refs.push(self.link(link));
            }
        }
        for evidence in self.shown.report.evidence.iter().filter(|e| {
            cluster.evidence.contains(&e.id)
                && e.subjects.iter().all(|s| cluster.members.contains(s))
        }) {
            refs.push(self.note(evidence));
            if self.shown.values {
                refs.extend(self.observables(evidence));
            }
        }
        refs.sort();
        refs.dedup();
        let parts: Vec<&str> = members.iter().map(String::as_str).collect();
        self.add("grouping", stable::uuid("cluster", &parts), json!({
            "name": format!("Group of {} applications", members.len()),
            "context": "unspecified",
            "description": "What these applicants handed in supports one hand rather than unrelated people. This is an observation to ask about, not a decision about anybody.",
            "object_refs": refs,
        }));
    }

    fn link(&mut self, link: &'r LinkEntry) -> String {
        let ends = [&link.a, &link.b].map(|id| self.applicant(id));
        let strength = json!({
            "extension_type": "property-extension",
            "log10_lr": link.log10_lr,
            "words": name(link.words),
            "expected_by_chance": link.expected_by_chance,
            "families": link.families.iter().map(|(f, x)| (f.to_string(), *x)).collect::<BTreeMap<_, _>>(),
            "input_digest": shown::text(&self.shown.report.run.input_digest.0),
        });
        self.add(
            "relationship",
            stable::uuid("link", &[&ends[0], &ends[1]]),
            json!({
                "relationship_type": "related-to",
                "source_ref": ends[0],
                "target_ref": ends[1],
                "description": shown::strength(link),
                "extensions": { &self.extension: strength },
            }),
        )
    }

    fn note(&mut self, evidence: &'r EvidenceEntry) -> String {
        let refs: Vec<String> = evidence
            .subjects
            .iter()
            .map(|s| self.applicant(s))
            .collect();
        let content = format!(
            "{} {}",
            self.shown.sentence(evidence),
            shown::reasons(evidence)
        );
        let mut parts = vec![evidence.id.as_str()];
        parts.extend(refs.iter().map(String::as_str));
        self.add(
            "note",
            stable::uuid("evidence", &parts),
            json!({
                "abstract": shown::text(&evidence.detector),
                "content": content,
                "object_refs": refs,
            }),
        )
    }

    /// What was observed and, where several share it, an indicator to watch for.
    fn observables(&mut self, evidence: &'r EvidenceEntry) -> Vec<String> {
        let mut refs = Vec::new();
        for observable in Observable::of(evidence) {
            let (kind, value) = match (observable.kind, observable.url()) {
                ("email", _) => ("email-addr", observable.value.clone()),
                (_, Some(url)) => ("url", url),
                // STIX 2.1 has no observable for a phone number or a wallet; the note says what was found.
                _ => continue,
            };
            let sco = format!("{kind}--{}", stable::observable_uuid("value", &value));
            self.objects.insert(
                sco.clone(),
                json!({
                    "type": kind, "spec_version": "2.1", "id": sco, "value": value,
                }),
            );
            let observed = self.add("observed-data", stable::uuid("observed", &[&evidence.id, &sco]), json!({
                "first_observed": self.moment,
                "last_observed": self.moment,
                "number_observed": evidence.observations.iter().filter(|o| o.fact.value.trim() == observable.value).count().max(1),
                "object_refs": [sco],
            }));
            let pattern = format!(
                "[{kind}:value = '{}']",
                value.replace('\\', "\\\\").replace('\'', "\\'")
            );
            let indicator = self.add("indicator", stable::uuid("indicator", &[&sco]), json!({
                "name": "A contact that several applications share",
                "description": "Seen in applications of one group. Contacts are lent, reassigned and mistyped: a match is a reason to ask, not to conclude.",
                "indicator_types": ["unknown"],
                "pattern": pattern,
                "pattern_type": "stix",
                "valid_from": self.moment,
            }));
            let based_on = self.add(
                "relationship",
                stable::uuid("based-on", &[&indicator, &observed]),
                json!({
                    "relationship_type": "based-on",
                    "source_ref": indicator,
                    "target_ref": observed,
                }),
            );
            refs.extend([sco, observed, indicator, based_on]);
        }
        refs
    }
}

/// Comes from what was handed in; where nothing could be read, from the pool and the id.
pub(in crate::report::export) fn applicant_uuid<'r>(
    shown: &Shown<'r>,
    id: &'r ApplicantId,
) -> String {
    let mut parts = shown.digests(id);
    if parts.is_empty() {
        parts.push(&shown.report.run.input_digest.0);
    }
    parts.push(shown.id(id));
    stable::uuid("applicant", &parts)
}
