//! What a run found, made into a [`Report`]: sorted, masked, in sentences.
//!
//! Everything that differs between writers is left to them; everything that must not (order, masking, rounding, words)
//! happens here, once. Numbers are rounded to four significant digits, so that the last bits of a platform's logarithm
//! never show; words are read off the rounded numbers, so that both always agree.

use crate::graph::Cluster;
use crate::identity::DisplayName;
use crate::model::{ApplicantId, Evidence, Finding, LookState, SourceInfo, Words};
use crate::report::clean;
use crate::report::decisions::{About, decided, decided_link, link_id, review};
use crate::report::entry;
use crate::report::mask::Masker;
use crate::report::order;
use crate::report::sentence;
use crate::report::{
    ApplicantEntry, BackgroundEntry, ClusterEntry, Draft, DraftApplicant, DraftHit, EvidenceEntry,
    FindingEntry, LinkEntry, Looked, RelatedEntry, Report, Run, SetAsideEntry, SplitEntry, Tool,
    WatchHitEntry,
};
use crate::weigh::Link;
use crate::weigh::Weighed;
use std::collections::BTreeMap;

/// The detector name of rows about people who stand twice in the pool.
pub(in crate::report) const REPEATED: &str = "applied-more-than-once";

/// Longest label, in characters; ids stay whole.
const MAX_LABEL: usize = 80;

/// The report of a run. Applicants' ids that hold an address are masked like the address, everywhere alike.
pub fn assemble(draft: Draft) -> Report {
    let collecting = Masker::collecting(draft.masking);
    render(&draft, &collecting);
    render(&draft, &collecting.numbered())
}

fn render(draft: &Draft, masker: &Masker) -> Report {
    let page = Rendering::new(draft, masker);
    let mut report = Report {
        schema: "report/1".into(),
        tool: Tool {
            name: "samehand".into(),
            version: env!("CARGO_PKG_VERSION").into(),
        },
        run: page.run(),
        background: background(&draft.background),
        applicants: draft.applicants.iter().map(|a| page.applicant(a)).collect(),
        evidence: draft
            .evidence
            .iter()
            .map(|(e, w)| page.evidence(e, w))
            .collect(),
        findings: draft.findings.iter().map(|f| page.finding(f)).collect(),
        links: draft.links.iter().map(|l| page.link(l)).collect(),
        clusters: draft.clusters.iter().map(|c| page.cluster(c)).collect(),
        set_aside: page.set_aside(),
        watch_lists: entry::sorted(
            draft
                .watch_lists
                .iter()
                .map(|l| entry::watch_list(l, masker)),
        ),
        watch_hits: draft.watch_hits.iter().map(|h| page.watch_hit(h)).collect(),
        review: review(draft, masker),
        problems: draft
            .problems
            .iter()
            .map(|p| entry::problem(p, masker))
            .collect(),
    };
    order::sort(&mut report);
    report
}

fn background(background: &BackgroundEntry) -> BackgroundEntry {
    let mut tables = background.tables.clone();
    for table in &mut tables {
        table.coverage = table.coverage.map(entry::round);
    }
    tables.sort_by(|a, b| (&a.name, &a.version).cmp(&(&b.name, &b.version)));
    BackgroundEntry {
        tables,
        coverage: background.coverage.map(entry::round),
        documents: background.documents,
        unknown_documents: background.unknown_documents,
    }
}

/// A draft with what every row of it needs.
struct Rendering<'d> {
    draft: &'d Draft,
    masker: &'d Masker,
    ids: BTreeMap<&'d ApplicantId, ApplicantId>,
    labels: BTreeMap<&'d ApplicantId, String>,
    names: BTreeMap<&'d ApplicantId, &'d DisplayName>,
    /// How many applicants had enough data, by detector.
    enough: BTreeMap<&'d str, u32>,
}

impl<'d> Rendering<'d> {
    fn new(draft: &'d Draft, masker: &'d Masker) -> Self {
        let ids = entry::masked_ids(draft.applicants.iter().map(|a| &a.id), masker);
        let mut labels = BTreeMap::new();
        let mut names = BTreeMap::new();
        let mut enough = BTreeMap::new();
        for applicant in &draft.applicants {
            let name = applicant.name.as_ref();
            let shown = name
                .filter(|_| masker.reveals())
                .map(|n| masker.text(n.as_written()));
            let id = ids[&applicant.id].to_string();
            // Two people may have one name: the id stays with it.
            let label = shown.map_or_else(|| id.clone(), |name| format!("{name} ({id})"));
            labels.insert(&applicant.id, clean::shorten(&label, MAX_LABEL));
            names.extend(name.map(|n| (&applicant.id, n)));
            for looked in &applicant.looked {
                let counts = matches!(looked.state, LookState::Found | LookState::Nothing);
                *enough.entry(looked.detector.as_str()).or_default() += u32::from(counts);
            }
        }
        Self {
            draft,
            masker,
            ids,
            labels,
            names,
            enough,
        }
    }

    fn id(&self, id: &ApplicantId) -> ApplicantId {
        self.ids
            .get(id)
            .cloned()
            .unwrap_or_else(|| ApplicantId::new(self.masker.path(id.as_str())))
    }

    fn sorted_ids(&self, ids: &[ApplicantId]) -> Vec<ApplicantId> {
        let mut ids: Vec<_> = ids.iter().map(|id| self.id(id)).collect();
        ids.sort();
        ids
    }

    fn label(&self, id: &ApplicantId) -> String {
        self.labels
            .get(id)
            .cloned()
            .unwrap_or_else(|| clean::shorten(self.id(id).as_str(), MAX_LABEL))
    }

    /// A sentence whose names are the subjects in `subjects`' own order, which detectors fill their templates for.
    fn sentence(
        &self,
        explanation: &crate::model::Explanation,
        subjects: &[ApplicantId],
    ) -> String {
        let names = self.names_of(subjects);
        let facts: Vec<String> = explanation
            .facts
            .iter()
            .map(|f| entry::fact(f, &names, self.masker).value)
            .collect();
        let labels: Vec<String> = subjects.iter().map(|s| self.label(s)).collect();
        sentence::fill(explanation.template, &facts, &labels)
    }

    fn names_of(&self, subjects: &[ApplicantId]) -> Vec<&'d DisplayName> {
        if self.masker.reveals() {
            Vec::new()
        } else {
            subjects
                .iter()
                .filter_map(|s| self.names.get(s).copied())
                .collect()
        }
    }

    fn run(&self) -> Run {
        let mut run = self.draft.run.clone();
        run.command = self.masker.text(&run.command);
        run.options
            .values_mut()
            .for_each(|v| *v = self.masker.text(v));
        if self.masker.reveals() {
            run.options
                .entry("reveal".into())
                .or_insert_with(|| "true".into());
        }
        run
    }

    fn applicant(&self, applicant: &DraftApplicant) -> ApplicantEntry {
        let id = &applicant.id;
        let mut sources: Vec<SourceInfo> = applicant
            .sources
            .iter()
            .map(|s| entry::source(s, self.masker))
            .collect();
        sources.sort();
        let mut looked: Vec<Looked> = applicant
            .looked
            .iter()
            .map(|l| entry::looked(l, self.masker))
            .collect();
        looked.sort_by(|a, b| a.detector.cmp(&b.detector));
        let about = |(e, _): &&(Evidence, Weighed)| e.subjects.as_slice().contains(id);
        let names = self.names_of(std::slice::from_ref(id));
        ApplicantEntry {
            id: self.id(id),
            label: self.label(id),
            sources,
            looked,
            evidence: entry::sorted(
                self.draft
                    .evidence
                    .iter()
                    .filter(about)
                    .map(|(e, _)| e.id.clone()),
            ),
            findings: entry::sorted(
                self.draft
                    .findings
                    .iter()
                    .filter(|f| f.subject == *id)
                    .map(|f| f.id.clone()),
            ),
            exhibits: applicant
                .exhibits
                .iter()
                .map(|x| entry::exhibit(x, &names, self.masker))
                .collect(),
        }
    }

    fn evidence(&self, evidence: &Evidence, weighed: &Weighed) -> EvidenceEntry {
        let subjects = evidence.subjects.as_slice();
        let names = self.names_of(subjects);
        let decision = decided(self.draft, About::Evidence, &evidence.id, self.masker);
        let log10_lr = entry::round(weighed.log10_lr);
        let table = |t: &crate::weigh::TableRef| format!("{} {} ({})", t.name, t.version, t.corpus);
        EvidenceEntry {
            id: evidence.id.clone(),
            detector: evidence.card.id.into(),
            family: evidence.card.family,
            subjects: self.sorted_ids(subjects),
            log10_lr,
            calibrated: weighed.calibrated.as_ref().map(table),
            words: Words::from_log10(log10_lr),
            explained_by: entry::sorted(evidence.explained_by.iter().copied()),
            explanation: self.sentence(&evidence.explanation, subjects),
            innocent: evidence.card.innocent.iter().map(|&i| i.into()).collect(),
            question: evidence.card.question.into(),
            observations: entry::observations(&evidence.observations, &names, self.masker),
            exhibits: evidence
                .exhibits
                .iter()
                .map(|x| entry::exhibit(x, &names, self.masker))
                .collect(),
            decision,
        }
    }

    fn finding(&self, finding: &Finding) -> FindingEntry {
        let subject = std::slice::from_ref(&finding.subject);
        let names = self.names_of(subject);
        let enough = self.enough.get(finding.card.id).copied().unwrap_or(0);
        FindingEntry {
            id: finding.id.clone(),
            detector: finding.card.id.into(),
            subject: self.id(&finding.subject),
            base_rate: entry::base_rate(&finding.base_rate),
            expected_in_pool: entry::round(finding.base_rate.rate * f64::from(enough)),
            sample: finding.sample,
            propositions: finding.propositions.iter().map(|&p| p.into()).collect(),
            explanation: self.sentence(&finding.explanation, subject),
            innocent: finding.card.innocent.iter().map(|&i| i.into()).collect(),
            question: finding.card.question.into(),
            observations: entry::observations(&finding.observations, &names, self.masker),
            exhibits: finding
                .exhibits
                .iter()
                .map(|x| entry::exhibit(x, &names, self.masker))
                .collect(),
            decision: decided(self.draft, About::Finding, &finding.id, self.masker),
        }
    }

    fn link(&self, link: &Link) -> LinkEntry {
        let (a, b) = (self.id(&link.a), self.id(&link.b));
        let log10_lr = entry::to_hundredth(link.log10_lr);
        LinkEntry {
            id: link_id(&link.a, &link.b),
            a: a.clone().min(b.clone()),
            b: a.max(b),
            log10_lr,
            words: Words::from_log10(log10_lr),
            expected_by_chance: entry::round(link.expected_by_chance),
            against_related: link.against_related.map(|r| RelatedEntry {
                relation: r.relation,
                log10_lr: r.log10_lr.map(entry::round),
            }),
            families: link
                .families
                .iter()
                .map(|(&f, &x)| (f, entry::round(x)))
                .collect(),
            silent: entry::sorted(link.silent.iter().map(|&d| d.into())),
            too_little: entry::sorted(link.too_little.iter().map(|&d| d.into())),
            explained_by: entry::sorted(link.explained_by.iter().copied()),
            evidence: link.evidence.clone(),
            decision: decided_link(self.draft, link, self.masker),
        }
    }

    fn cluster(&self, cluster: &Cluster) -> ClusterEntry {
        let [a, b] = &cluster.weakest_link;
        let (a, b) = (self.id(a), self.id(b));
        ClusterEntry {
            id: cluster.id.clone(),
            members: self.sorted_ids(&cluster.members),
            touching: self.sorted_ids(&cluster.touching),
            weakest_link: [a.clone().min(b.clone()), a.max(b)],
            split: cluster.split.as_ref().map(|s| SplitEntry {
                link: s.link.each_ref().map(|id| self.id(id)),
                links: s.links,
                apart: self.sorted_ids(&s.apart),
            }),
            evidence: entry::sorted(cluster.evidence.iter().cloned()),
        }
    }

    fn watch_hit(&self, hit: &DraftHit) -> WatchHitEntry {
        WatchHitEntry {
            subject: self.id(&hit.subject),
            list: self.masker.path(&hit.list),
            listed_by: self.masker.text(&hit.listed_by),
            first_seen: hit.first_seen.as_deref().map(|t| self.masker.path(t)),
            note: self.masker.text(&hit.note),
            line: hit.line,
            identifier: self.masker.fact(&hit.identifier),
            at: entry::at(&hit.at, self.masker),
        }
    }

    fn set_aside(&self) -> Vec<SetAsideEntry> {
        let ignored = self.draft.set_aside.iter().map(|s| SetAsideEntry {
            detector: s.detector.into(),
            subjects: self.sorted_ids(&s.subjects),
            what: entry::fact(&s.what, &self.names_of(&s.subjects), self.masker).value,
            why: s.why.into(),
        });
        let repeated = self.draft.repeated.iter().map(|r| {
            let mut shared: Vec<String> =
                entry::sorted(r.shared.iter().map(|f| self.masker.fact(f).value));
            shared.extend(r.same_name.then(|| "the same name".into()));
            SetAsideEntry {
                detector: REPEATED.into(),
                subjects: self.sorted_ids(&r.members),
                what: sentence::list(&shared),
                why: "one person who applies twice is not two people with one hand".into(),
            }
        });
        ignored.chain(repeated).collect()
    }
}
