//! Where a cluster would fall apart.
//!
//! Links are taken strongest first until they hold all members together (Kruskal 1956). The last one needed is the place
//! where the group would split: every other link between the two sides is no stronger.

use crate::model::ApplicantId;
use crate::weigh::Link;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// The weakest place of a cluster.
#[derive(Clone, Debug, PartialEq)]
pub struct Split {
    /// The strongest link between the two sides.
    pub link: [ApplicantId; 2],
    /// How many links tie the two sides; all would have to be explained for the group to fall in two.
    pub links: u32,
    /// The members of the smaller side, sorted; of equal sides the one without the first member.
    pub apart: Vec<ApplicantId>,
}

/// What would split a group; `inside` are its links, strongest first.
pub(in crate::graph) fn split(group: &BTreeSet<&ApplicantId>, inside: &[&Link]) -> Option<Split> {
    let mut sides = Sides::new(group);
    let last = inside
        .iter()
        .filter_map(|l| Some((*l, sides.join(l)?)))
        .last();
    let (link, side) = last?;
    let (one, other): (Vec<&ApplicantId>, Vec<_>) = group.iter().partition(|m| side.contains(*m));
    let is_smaller =
        (one.len(), one.contains(group.first()?)) < (other.len(), other.contains(group.first()?));
    let apart = if is_smaller { one } else { other };
    let between = |l: &&&Link| side.contains(&l.a) != side.contains(&l.b);
    Some(Split {
        link: [link.a.clone(), link.b.clone()],
        links: inside.iter().filter(between).count() as u32,
        apart: apart.into_iter().cloned().collect(),
    })
}

/// The parts of a group that links hold together, of two members or more.
pub(in crate::graph) fn parts<'a>(
    group: &BTreeSet<&'a ApplicantId>,
    links: &[&Link],
) -> Vec<BTreeSet<&'a ApplicantId>> {
    let mut sides = Sides::new(group);
    for link in links {
        sides.join(link);
    }
    let mut parts: BTreeMap<usize, BTreeSet<&'a ApplicantId>> = BTreeMap::new();
    for member in group {
        parts.entry(sides.at[*member]).or_default().insert(member);
    }
    parts.into_values().filter(|p| p.len() > 1).collect()
}

/// Members by the side that they stand on.
struct Sides<'a> {
    at: BTreeMap<&'a ApplicantId, usize>,
}

impl<'a> Sides<'a> {
    fn new(group: &BTreeSet<&'a ApplicantId>) -> Self {
        Self {
            at: group.iter().enumerate().map(|(i, m)| (*m, i)).collect(),
        }
    }

    /// Joins the sides of a link; the members that stood on one of them, where they were two.
    fn join(&mut self, link: &Link) -> Option<BTreeSet<&'a ApplicantId>> {
        let (one, other) = (*self.at.get(&link.a)?, *self.at.get(&link.b)?);
        if one == other {
            return None;
        }
        let moved = self.at.iter().filter(|(_, side)| **side == other);
        let moved: BTreeSet<&'a ApplicantId> = moved.map(|(m, _)| *m).collect();
        for member in &moved {
            self.at.insert(member, one);
        }
        Some(moved)
    }
}
