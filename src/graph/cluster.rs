//! Groups of applicants who hold together by more than a chain.
//!
//! Links are taken strongest first. A link between two who stand in no cluster opens one; somebody else joins when linked
//! to at least half of its members, or to it by two families; two clusters merge when each member of the smaller would
//! join the larger. Everybody else who is linked to a member only *touches* the cluster: one common phone does not chain
//! fifty people, and one weak link does not merge two strong groups.

use crate::graph::split::{Split, parts, split};
use crate::model::{ApplicantId, hash_text};
use crate::weigh::Link;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// A group of applicants joined by links that holds together.
#[derive(Clone, Debug, PartialEq)]
pub struct Cluster {
    /// Stable id: hashes the two applicants of its strongest link. Nobody else in the pool changes it.
    pub id: String,
    /// Members, sorted.
    pub members: Vec<ApplicantId>,
    /// Linked to a member, but not belonging; sorted.
    pub touching: Vec<ApplicantId>,
    /// The two applicants of its weakest link.
    pub weakest_link: [ApplicantId; 2],
    /// What would split it; `None` where one piece of evidence holds all.
    pub split: Option<Split>,
    /// Ids of the evidence inside it, sorted.
    pub evidence: Vec<String>,
}

/// One piece of evidence about more than a dozen applicants. How rare it is between two of them says little of how rare it is
/// that so many show it.
#[derive(Clone, Debug)]
pub struct LargeGroup {
    /// Members, sorted.
    pub members: Vec<ApplicantId>,
    /// Id of the evidence.
    pub evidence: String,
    /// No ordinary relation explains it: it carries personal facts.
    pub unexplained: bool,
    /// How many groups of this size unrelated people would be expected to form by chance.
    pub expected_by_chance: f64,
}

/// Clusters over links with `expected_by_chance` ≤ `chance` that no single relation explains, `links` sorted by strength;
/// strongest first.
pub fn clusters(links: &[Link], large: &[LargeGroup], chance: f64) -> Vec<Cluster> {
    let counts =
        |l: &&Link| l.expected_by_chance <= chance && l.explained_by.is_empty() && l.log10_lr > 0.0;
    let strong: Vec<&Link> = links.iter().filter(counts).collect();
    let mut growth = Growth::new(&strong);
    for link in &strong {
        growth.add(link);
    }
    while growth.settle(&strong) {}
    growth.evict();
    let mut out: Vec<Cluster> = growth
        .groups
        .iter()
        .flat_map(|g| parts(g, &strong))
        .map(|g| finish(&g, &strong))
        .collect();
    for group in large {
        add_large(&mut out, group, links, chance);
    }
    out
}

/// Clusters while they grow.
struct Growth<'a> {
    groups: Vec<BTreeSet<&'a ApplicantId>>,
    at: BTreeMap<&'a ApplicantId, usize>,
    neighbours: BTreeMap<&'a ApplicantId, BTreeMap<&'a ApplicantId, &'a Link>>,
}

impl<'a> Growth<'a> {
    fn new(links: &[&'a Link]) -> Self {
        let mut neighbours: BTreeMap<_, BTreeMap<_, _>> = BTreeMap::new();
        for link in links {
            neighbours
                .entry(&link.a)
                .or_default()
                .insert(&link.b, *link);
            neighbours
                .entry(&link.b)
                .or_default()
                .insert(&link.a, *link);
        }
        Self {
            groups: Vec::new(),
            at: BTreeMap::new(),
            neighbours,
        }
    }

    fn add(&mut self, link: &'a Link) {
        match (self.at.get(&link.a).copied(), self.at.get(&link.b).copied()) {
            (None, None) => {
                self.at.insert(&link.a, self.groups.len());
                self.at.insert(&link.b, self.groups.len());
                self.groups.push(BTreeSet::from([&link.a, &link.b]));
            }
            (Some(group), None) => self.join(&link.b, group),
            (None, Some(group)) => self.join(&link.a, group),
            (Some(x), Some(y)) if x != y => self.merge(x, y),
            _ => {}
        }
    }

    fn join(&mut self, who: &'a ApplicantId, group: usize) {
        if self.belongs(who, &self.groups[group]) {
            self.groups[group].insert(who);
            self.at.insert(who, group);
        }
    }

    fn merge(&mut self, x: usize, y: usize) {
        let (large, small) = if self.groups[x].len() >= self.groups[y].len() {
            (x, y)
        } else {
            (y, x)
        };
        if self.groups[small]
            .iter()
            .all(|who| self.belongs(who, &self.groups[large]))
        {
            for who in std::mem::take(&mut self.groups[small]) {
                self.groups[large].insert(who);
                self.at.insert(who, large);
            }
        }
    }

    /// Goes through the links again; true while somebody moved.
    fn settle(&mut self, links: &[&'a Link]) -> bool {
        let before: Vec<usize> = self.groups.iter().map(BTreeSet::len).collect();
        for link in links {
            self.add(link);
        }
        before != self.groups.iter().map(BTreeSet::len).collect::<Vec<_>>()
    }

    /// Takes out who joined a small group and no longer belongs to the grown one.
    fn evict(&mut self) {
        for at in 0..self.groups.len() {
            while self.groups[at].len() > 2 {
                let belongs = |who: &&&'a ApplicantId| {
                    let mut others = self.groups[at].clone();
                    others.remove(**who);
                    !self.belongs(who, &others)
                };
                let Some(out) = self.groups[at].iter().find(belongs).copied() else {
                    break;
                };
                self.groups[at].remove(out);
                self.at.remove(out);
            }
        }
    }

    /// Linked to at least half of the group, or to it by two families that support it.
    fn belongs(&self, who: &ApplicantId, group: &BTreeSet<&ApplicantId>) -> bool {
        let Some(neighbours) = self.neighbours.get(who) else {
            return false;
        };
        let inside: Vec<&&Link> = neighbours
            .iter()
            .filter(|(n, _)| group.contains(**n))
            .map(|(_, l)| l)
            .collect();
        let families: BTreeSet<_> = inside
            .iter()
            .flat_map(|l| l.families.iter())
            .filter(|(_, v)| **v > 0.0)
            .map(|(f, _)| f)
            .collect();
        inside.len() * 2 >= group.len() || families.len() >= 2
    }
}

fn finish(group: &BTreeSet<&ApplicantId>, links: &[&Link]) -> Cluster {
    let inside: Vec<&Link> = links
        .iter()
        .copied()
        .filter(|l| group.contains(&l.a) && group.contains(&l.b))
        .collect();
    let weakest = inside.last().expect("a cluster has a link inside");
    let evidence: BTreeSet<String> = inside
        .iter()
        .flat_map(|l| l.evidence.iter().cloned())
        .collect();
    let touching: BTreeSet<ApplicantId> = links
        .iter()
        .filter(|l| group.contains(&l.a) != group.contains(&l.b))
        .map(|l| {
            if group.contains(&l.a) {
                l.b.clone()
            } else {
                l.a.clone()
            }
        })
        .collect();
    let strongest = inside[0];
    Cluster {
        id: cluster_id(&format!("{}\u{0}{}", strongest.a, strongest.b)),
        members: group.iter().map(|id| (*id).clone()).collect(),
        touching: touching.into_iter().collect(),
        weakest_link: [weakest.a.clone(), weakest.b.clone()],
        split: split(group, &inside),
        evidence: evidence.into_iter().collect(),
    }
}

fn cluster_id(of: &str) -> String {
    format!("cluster-{:08x}", hash_text(of) >> 32)
}

/// A large group is a cluster of its own when it carries personal facts; without, its members cluster only by links of
/// their own. A cluster that lies inside it is absorbed.
fn add_large(out: &mut Vec<Cluster>, group: &LargeGroup, links: &[Link], chance: f64) {
    if !group.unexplained || group.expected_by_chance > chance || group.members.len() < 2 {
        return;
    }
    let members: BTreeSet<&ApplicantId> = group.members.iter().collect();
    let elsewhere = |c: &Cluster| c.members.iter().any(|m| members.contains(m));
    let mut evidence = BTreeSet::from([group.evidence.clone()]);
    out.retain(|cluster| {
        let absorbed = cluster.members.iter().all(|m| members.contains(m));
        if absorbed {
            evidence.extend(cluster.evidence.iter().cloned());
        }
        !absorbed
    });
    // Nobody stands in two clusters: who belongs to another one touches this.
    let taken: BTreeSet<ApplicantId> = out
        .iter()
        .filter(|c| elsewhere(c))
        .flat_map(|c| c.members.iter().cloned())
        .collect();
    let (touching, kept): (Vec<_>, Vec<_>) = group
        .members
        .iter()
        .cloned()
        .partition(|m| taken.contains(m));
    let [first, .., last] = kept.as_slice() else {
        return;
    };
    let is_kept = |who: &ApplicantId| kept.binary_search(who).is_ok();
    let weakest = links.iter().rfind(|l| is_kept(&l.a) && is_kept(&l.b));
    out.push(Cluster {
        id: cluster_id(&group.evidence),
        weakest_link: match weakest {
            Some(link) => [link.a.clone(), link.b.clone()],
            // What many share stands in no link.
            None => [first.clone(), last.clone()],
        },
        split: None,
        members: kept,
        touching,
        evidence: evidence.into_iter().collect(),
    });
}

#[cfg(test)]
#[path = "cluster_tests.rs"]
mod tests;
