//! A MISP event (MISP core format, misp-standard.org).
//!
//! One attribute for each group, link and piece of evidence, in words; none is marked for intrusion detection
//! (`to_ids`). The event is unpublished, for the own organisation only, and its threat level is "undefined": nothing here
//! says that there is one. With revealed values, contacts are attributes of their own type. Wallets are written as text:
//! MISP files its wallet types under a category whose name would say more than was observed.

use crate::report::export::moment::Moment;
use crate::report::export::observable::Observable;
use crate::report::export::shown::{self, Shown};
use crate::report::export::stable;
use crate::report::export::stix::applicant_uuid;
use crate::report::is_dismissed;
use crate::report::sentence;
use crate::report::{ClusterEntry, LinkEntry};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// The event of a report.
pub(in crate::report::export) fn event(shown: &Shown<'_>) -> Value {
    let report = shown.report;
    let moment = Moment::new(&report.run.started);
    let digest = &report.run.input_digest.0;
    let reveal = if shown.values { "revealed" } else { "masked" };
    let mut event = Event {
        shown,
        uuid: stable::uuid("event", &[digest, reveal]),
        seconds: moment.seconds(),
        attributes: BTreeMap::new(),
    };
    for (number, cluster) in (1..).zip(&report.clusters) {
        event.cluster(number, cluster);
    }
    let groups = sentence::count(report.clusters.len(), "group", "groups");
    let all = sentence::count(report.applicants.len(), "application", "applications");
    json!({"Event": {
        "uuid": event.uuid,
        "info": format!("samehand: {groups} among {all}. Observations to ask about, not decisions"),
        "date": moment.day(),
        "timestamp": event.seconds,
        "analysis": "0",
        "threat_level_id": "4",
        "distribution": "0",
        "published": false,
        "Attribute": event.attributes.into_values().collect::<Vec<_>>(),
    }})
}

struct Event<'o, 'r> {
    shown: &'o Shown<'r>,
    uuid: String,
    seconds: String,
    /// By (group, rank, type, value): MISP refuses a value that stands twice.
    attributes: BTreeMap<(usize, usize, String, String), Value>,
}

/// What an attribute is.
struct Kind {
    /// Place in its group: the group, links, evidence, contacts.
    rank: usize,
    name: &'static str,
    category: &'static str,
}

const GROUP: Kind = Kind {
    rank: 0,
    name: "text",
    category: "Internal reference",
};
const LINK: Kind = Kind {
    rank: 1,
    name: "text",
    category: "Internal reference",
};
const EVIDENCE: Kind = Kind {
    rank: 2,
    name: "comment",
    category: "Internal reference",
};

impl<'r> Event<'_, 'r> {
    fn add(&mut self, group: usize, kind: &Kind, value: String, comment: String) {
        let twice = |k: &(usize, usize, String, String)| k.2 == kind.name && k.3 == value;
        if self.attributes.keys().any(twice) {
            return;
        }
        let attribute = json!({
            "uuid": stable::uuid("attribute", &[&self.uuid, kind.name, &value]),
            "type": kind.name,
            "category": kind.category,
            "value": value,
            "comment": comment,
            "to_ids": false,
            "disable_correlation": kind.rank < 3,
            "distribution": "5",
            "timestamp": self.seconds,
        });
        self.attributes
            .insert((group, kind.rank, kind.name.into(), value), attribute);
    }

    fn cluster(&mut self, number: usize, cluster: &'r ClusterEntry) {
        let shown = self.shown;
        let labels: Vec<String> = cluster.members.iter().map(|m| shown.label(m)).collect();
        let ids: Vec<String> = cluster
            .members
            .iter()
            .map(|m| applicant_uuid(shown, m))
            .collect();
        self.add(
            number,
            &GROUP,
            format!("group {number}: {}", labels.join(", ")),
            format!("What these applicants handed in supports one hand rather than unrelated people. Stable ids: {}", ids.join(", ")),
        );
        let inside = |l: &&LinkEntry| {
            cluster.members.contains(&l.a)
                && cluster.members.contains(&l.b)
                && !is_dismissed(&l.decision)
        };
        for link in shown.report.links.iter().filter(inside) {
            if link.log10_lr <= 0.0 || !link.explained_by.is_empty() {
                continue;
            }
            let ends = format!("{} and {}", shown.label(&link.a), shown.label(&link.b));
            self.add(
                number,
                &LINK,
                format!(
                    "{ends}: {} (log10 LR {})",
                    sentence::support(link.words),
                    link.log10_lr
                ),
                shown::strength(link),
            );
        }
        for evidence in shown.report.evidence.iter().filter(|e| {
            cluster.evidence.contains(&e.id)
                && e.subjects.iter().all(|s| cluster.members.contains(s))
        }) {
            let who: Vec<String> = evidence.subjects.iter().map(|s| shown.label(s)).collect();
            let value = format!("{}: {}", who.join(", "), shown.sentence(evidence));
            self.add(number, &EVIDENCE, value, shown::reasons(evidence));
            if shown.values {
                for observable in Observable::of(evidence) {
                    self.contact(number, &observable, &who);
                }
            }
        }
    }

    fn contact(&mut self, group: usize, observable: &Observable, who: &[String]) {
        let kind = |name, category| Kind {
            rank: 3,
            name,
            category,
        };
        let (kind, value) = match (observable.kind, observable.url()) {
            ("email", _) => (kind("email", "Social network"), observable.value.clone()),
            ("phone", _) => (kind("phone-number", "Other"), observable.value.clone()),
            (_, Some(url)) => (kind("link", "Internal reference"), url),
            _ => (kind("text", "Other"), observable.value.clone()),
        };
        let comment = format!(
            "{} of {}",
            sentence::capital(observable.kind),
            who.join(", ")
        );
        self.add(group, &kind, value, comment);
    }
}
