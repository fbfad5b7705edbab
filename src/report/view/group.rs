//! A group's card: its people, its strongest evidence in a sentence each, what holds it, its links.

use crate::model::Words;
use crate::report::outline::Group;
use crate::report::sentence;
use crate::report::view::{EvidenceView, LinkView, Views};
use std::collections::BTreeSet;

/// Links of one group shown in full.
const MAX_GROUP_LINKS: usize = 40;
/// Sentences at the top of a group.
const MAX_SENTENCES: usize = 6;

/// One group.
pub(in crate::report) struct GroupView<'r> {
    /// Number on the page, from 1.
    pub(in crate::report) number: usize,
    /// Id in `report.json`.
    pub(in crate::report) id: &'r str,
    /// Members.
    pub(in crate::report) members: Vec<&'r str>,
    /// Those who are linked to a member but do not belong.
    pub(in crate::report) touching: Vec<&'r str>,
    /// Its strongest evidence, strongest first.
    pub(in crate::report) strongest: Vec<Sentence<'r>>,
    /// How many pieces of evidence are not among them.
    pub(in crate::report) further: usize,
    /// How many links hold it.
    pub(in crate::report) held_by: String,
    /// The weakest link's two applicants and its strength.
    pub(in crate::report) weakest: (Vec<&'r str>, &'static str),
    /// How many links would have to go for it to fall in two, who would then stand apart, and whom the strongest of these
    /// links joins.
    pub(in crate::report) split: Option<(String, Vec<&'r str>, Vec<&'r str>)>,
    /// Strength of its strongest link, 0 to 6: what a reader sorts and filters by.
    pub(in crate::report) level: usize,
    /// Families that speak in it, for the filter.
    pub(in crate::report) families: String,
    /// What all of a large group share, which stands in no link.
    pub(in crate::report) evidence: Vec<EvidenceView<'r>>,
    /// Its links, strongest first.
    pub(in crate::report) links: Vec<LinkView<'r>>,
    /// How many links are left out.
    pub(in crate::report) more: usize,
}

/// One piece of evidence in a sentence.
pub(in crate::report) struct Sentence<'r> {
    /// Where it stands on the page.
    pub(in crate::report) anchor: String,
    /// What it says first; the rest stands below, with the passages.
    pub(in crate::report) text: &'r str,
    /// Its strength.
    pub(in crate::report) words: &'static str,
    /// Whom it is about; nobody in a group of two, where that is plain.
    pub(in crate::report) who: Vec<&'r str>,
    /// How many other pieces of evidence of the group say the same in the same words.
    pub(in crate::report) also: usize,
}

impl<'r> Views<'_, 'r> {
    /// The card of a group, in at most so many bytes.
    pub(in crate::report::view) fn group(
        &mut self,
        number: usize,
        group: &Group<'r>,
        bytes: usize,
    ) -> GroupView<'r> {
        let cluster = group.cluster;
        let weakest = group.links.iter().find(|l| {
            cluster
                .weakest_link
                .iter()
                .all(|id| *id == l.a || *id == l.b)
        });
        let shown = group.links.len().min(MAX_GROUP_LINKS);
        let mut left = bytes;
        let links: Vec<LinkView<'r>> = group.links[..shown]
            .iter()
            .enumerate()
            .map(|(i, l)| {
                let need = self.cost_of(l);
                let full = need <= left && self.budget.spend(need);
                left -= if full { need } else { 0 };
                self.link(l, i == 0, full || i == 0)
            })
            .collect();
        let evidence: Vec<EvidenceView<'r>> =
            group.evidence.iter().map(|e| self.evidence(e)).collect();
        let (mut strongest, further) = self.strongest(&links, &evidence);
        if cluster.members.len() == 2 {
            strongest.iter_mut().for_each(|s| s.who.clear());
        }
        GroupView {
            number,
            id: &cluster.id,
            members: self.outline.label_all(&cluster.members),
            touching: self.outline.label_all(&cluster.touching),
            strongest,
            further,
            held_by: match group.links.len() {
                0 => "what all of them share".into(),
                n => sentence::count(n, "link", "links"),
            },
            weakest: (
                self.outline.label_all(&cluster.weakest_link),
                weakest.map_or("", |l| l.words.phrase()),
            ),
            split: cluster.split.as_ref().map(|s| {
                (
                    sentence::count(s.links as usize, "link", "links"),
                    self.outline.label_all(&s.apart),
                    self.outline.label_all(&s.link),
                )
            }),
            level: level(&links, &evidence),
            families: families(&links, &evidence),
            evidence,
            links,
            more: group.links.len() - shown,
        }
    }
}

impl<'r> Views<'_, 'r> {
    /// The strongest evidence of all links, each sentence once, and how many more pieces there are.
    fn strongest(
        &self,
        links: &[LinkView<'r>],
        shared: &[EvidenceView<'r>],
    ) -> (Vec<Sentence<'r>>, usize) {
        let mut all: Vec<_> = links
            .iter()
            .flat_map(|l| &l.evidence)
            .chain(shared)
            .filter(|e| !e.shown_before)
            .collect();
        all.sort_by(|a, b| b.entry.log10_lr.total_cmp(&a.entry.log10_lr));
        // What stands in one line stands in every link that it counts in.
        let mut seen = BTreeSet::new();
        all.retain(|e| seen.insert((&e.entry.id, &e.entry.subjects)));
        let mut said: Vec<Sentence<'r>> = Vec::new();
        for e in &all {
            let (text, words) = (
                sentence::first(&e.entry.explanation),
                e.entry.words.phrase(),
            );
            match said.iter_mut().find(|s| (s.text, s.words) == (text, words)) {
                Some(same) => same.also += 1,
                None => said.push(Sentence {
                    anchor: e.anchor.clone(),
                    text,
                    words,
                    who: self.outline.label_all(&e.entry.subjects),
                    also: 0,
                }),
            }
        }
        let further = said.iter().skip(MAX_SENTENCES).map(|s| 1 + s.also).sum();
        said.truncate(MAX_SENTENCES);
        (said, further)
    }
}

/// Strength of the strongest link, or of what all share.
fn level(links: &[LinkView<'_>], shared: &[EvidenceView<'_>]) -> usize {
    let of = |words: Words| Words::ALL.iter().position(|w| *w == words).unwrap_or(0);
    let shared = shared.iter().map(|e| of(e.entry.words));
    links
        .iter()
        .map(|l| l.level)
        .chain(shared)
        .max()
        .unwrap_or(0)
}

fn families(links: &[LinkView<'_>], shared: &[EvidenceView<'_>]) -> String {
    let linked = links.iter().flat_map(|l| l.families.split(' '));
    let mut all: BTreeSet<String> = linked.map(String::from).collect();
    all.extend(shared.iter().map(|e| e.entry.family.to_string()));
    all.into_iter().collect::<Vec<_>>().join(" ")
}
