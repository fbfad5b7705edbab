//! The order of every list in a report: strongest first where strength has a meaning, else by id.

use crate::report::{ClusterEntry, Report, WatchHitEntry};
use std::collections::BTreeMap;

/// Sorts every list of a report; rows that are equal stand once.
pub(in crate::report) fn sort(report: &mut Report) {
    report.applicants.sort_by(|a, b| a.id.cmp(&b.id));
    report.evidence.sort_by(|a, b| {
        b.log10_lr
            .total_cmp(&a.log10_lr)
            .then_with(|| (&a.id, &a.subjects).cmp(&(&b.id, &b.subjects)))
    });
    report
        .findings
        .sort_by(|a, b| (&a.subject, &a.detector, &a.id).cmp(&(&b.subject, &b.detector, &b.id)));
    report.links.sort_by(|a, b| {
        b.log10_lr
            .total_cmp(&a.log10_lr)
            .then_with(|| (&a.a, &a.b).cmp(&(&b.a, &b.b)))
    });
    // A cluster is as strong as the link that barely holds it; a link that is missing counts as none.
    let strength: BTreeMap<_, _> = report
        .links
        .iter()
        .map(|l| ((l.a.clone(), l.b.clone()), l.log10_lr))
        .collect();
    let weakest = |c: &ClusterEntry| {
        let [a, b] = c.weakest_link.clone();
        strength
            .get(&if a <= b { (a, b) } else { (b, a) })
            .copied()
            .unwrap_or(0.0)
    };
    report.clusters.sort_by(|a, b| {
        weakest(b)
            .total_cmp(&weakest(a))
            .then_with(|| a.id.cmp(&b.id))
    });
    report.set_aside.sort();
    report.set_aside.dedup();
    report.watch_hits.sort_by(|a, b| {
        let key = |h: &WatchHitEntry| {
            (
                h.subject.clone(),
                h.list.clone(),
                h.line,
                h.identifier.value.clone(),
            )
        };
        key(a).cmp(&key(b))
    });
    report.watch_hits.dedup();
    report.problems.sort();
    report.problems.dedup();
}
