//! The pool as a picture: applicants who are linked to somebody as dots, links as lines, groups as rings.
//!
//! The layout is computed here, once, so that the page shows it without a script and equal reports are equal bytes. Only
//! additions, multiplications, divisions and square roots are used, which IEEE 754 rounds the same everywhere; no sine, no
//! random start. Applicants without a link are counted, not drawn: three thousand lonely dots say nothing.
//!
//! A picture of a pool says how things hang together, not how strongly; that stands in the cards it leads to.

mod forces;
mod pack;

use crate::model::{ApplicantId, Words};
use crate::report::clean::shorten;
use crate::report::network::forces::Point;
use crate::report::outline::Outline;
use crate::report::sentence::{capital, count};
use crate::report::{LinkEntry, Report};
use std::collections::{BTreeMap, BTreeSet};

/// Most applicants that are drawn; the rest is counted. Above it dots and lines are no picture any more.
const MAX_NODES: usize = 1_500;
/// Up to so many, names are written beside the dots at once; beyond, when the picture is enlarged.
const NAMED: usize = 60;
/// Longest name in the picture, in characters.
const MAX_NAME: usize = 16;

/// The picture.
pub(in crate::report) struct Network {
    /// Width and height of its coordinates.
    pub(in crate::report) size: (i32, i32),
    /// Lines by style class, each a path.
    pub(in crate::report) lines: Vec<(String, String)>,
    /// Rings around groups.
    pub(in crate::report) rings: Vec<Ring>,
    /// Applicants.
    pub(in crate::report) dots: Vec<Dot>,
    /// Whether names are written beside the dots at once.
    pub(in crate::report) named: bool,
    /// The picture in a sentence.
    pub(in crate::report) summary: String,
}

/// A group.
pub(in crate::report) struct Ring {
    /// Its number on the page.
    pub(in crate::report) number: usize,
    /// How many belong to it.
    pub(in crate::report) members: usize,
    /// Centre.
    pub(in crate::report) x: i32,
    /// Centre.
    pub(in crate::report) y: i32,
    /// Radius.
    pub(in crate::report) r: i32,
}

/// An applicant.
pub(in crate::report) struct Dot {
    /// What to call the applicant, cut short.
    pub(in crate::report) label: String,
    /// Where the page tells more: a group or a link.
    pub(in crate::report) href: String,
    /// Whether the applicant belongs to a group.
    pub(in crate::report) grouped: bool,
    /// Place.
    pub(in crate::report) x: i32,
    /// Place.
    pub(in crate::report) y: i32,
}

/// The picture of a report; `None` where nobody is linked. `anchors` says where links stand on the page.
pub(in crate::report) fn network(
    report: &Report,
    outline: &Outline<'_>,
    anchors: &BTreeMap<(&ApplicantId, &ApplicantId), String>,
) -> Option<Network> {
    let links = shown_links(outline);
    let groups: Vec<&Vec<ApplicantId>> =
        outline.groups.iter().map(|g| &g.cluster.members).collect();
    let ids = nodes(&links, &groups);
    if ids.is_empty() {
        return None;
    }
    let num_linked = ids.len();
    let ids: Vec<&ApplicantId> = ids.into_iter().take(MAX_NODES).collect();
    let index: BTreeMap<&ApplicantId, usize> = ids.iter().copied().zip(0..).collect();
    let ends = |l: &LinkEntry| Some((*index.get(&l.a)?, *index.get(&l.b)?));
    let edges: Vec<(usize, usize)> = links.iter().filter_map(|l| ends(l)).collect();
    let rings: Vec<Vec<usize>> = groups
        .iter()
        .map(|g| g.iter().filter_map(|id| index.get(id).copied()).collect())
        .collect();
    let named = ids.len() <= NAMED;
    let (places, size) = pack::arrange(ids.len(), &edges, &rings, if named { 76.0 } else { 30.0 });
    let mut href: BTreeMap<usize, String> = BTreeMap::new();
    for (ring, number) in rings.iter().zip(1..) {
        ring.iter().for_each(|&n| {
            href.insert(n, format!("g{number}"));
        });
    }
    for link in &links {
        if let (Some((a, b)), Some(anchor)) = (ends(link), anchors.get(&(&link.a, &link.b))) {
            href.entry(a).or_insert_with(|| anchor.clone());
            href.entry(b).or_insert_with(|| anchor.clone());
        }
    }
    let grouped: BTreeSet<usize> = rings.iter().flatten().copied().collect();
    let dot = |(n, id): (usize, &&ApplicantId)| Dot {
        label: shorten(outline.label_of(id), MAX_NAME),
        href: href.get(&n).cloned().unwrap_or_else(|| "other".into()),
        grouped: grouped.contains(&n),
        x: places[n].x as i32,
        y: places[n].y as i32,
    };
    Some(Network {
        size,
        lines: lines(&links, &places, &ends),
        rings: circles(&rings, &places),
        dots: ids.iter().enumerate().map(dot).collect(),
        named,
        summary: summary(report, num_linked, ids.len(), links.len(), groups.len()),
    })
}

/// Links that the page tells of, strongest first.
fn shown_links<'r>(outline: &Outline<'r>) -> Vec<&'r LinkEntry> {
    let grouped = outline.groups.iter().flat_map(|g| &g.links);
    let related = outline.related.iter().flat_map(|(_, links)| links);
    let all = grouped.chain(&outline.others).chain(related);
    let mut links: Vec<&LinkEntry> = all
        .copied()
        .filter(|l| l.words > Words::NoSupport)
        .collect();
    links.sort_by(|x, y| {
        let by_strength = y.log10_lr.total_cmp(&x.log10_lr);
        by_strength.then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    links
}

/// Members of groups first, then who is linked, strongest first.
fn nodes<'r>(links: &[&'r LinkEntry], groups: &[&'r Vec<ApplicantId>]) -> Vec<&'r ApplicantId> {
    let mut seen = BTreeSet::new();
    let members = groups.iter().flat_map(|g| g.iter());
    let linked = links.iter().flat_map(|l| [&l.a, &l.b]);
    let all = members.chain(linked);
    all.filter(|id| seen.insert(*id)).collect()
}

/// All lines of one style as one path: thousands of lines are a handful of elements.
fn lines(
    links: &[&LinkEntry],
    places: &[Point],
    ends: &dyn Fn(&LinkEntry) -> Option<(usize, usize)>,
) -> Vec<(String, String)> {
    let mut paths: BTreeMap<(bool, Words), String> = BTreeMap::new();
    for link in links {
        let Some((a, b)) = ends(link) else { continue };
        let (a, b) = (places[a], places[b]);
        let path = paths
            .entry((link.explained_by.is_empty(), link.words))
            .or_default();
        path.push_str(&format!(
            "M{} {}L{} {}",
            a.x as i32, a.y as i32, b.x as i32, b.y as i32
        ));
    }
    let class = |(is_open, words): (bool, Words)| {
        let level = Words::ALL.iter().position(|w| *w == words).unwrap_or(0);
        format!("w{level}{}", if is_open { "" } else { " maybe" })
    };
    paths.into_iter().map(|(k, d)| (class(k), d)).collect()
}

/// A ring around each group: its centre of gravity, and as wide as its farthest member.
fn circles(rings: &[Vec<usize>], places: &[Point]) -> Vec<Ring> {
    let ring = |(members, number): (&Vec<usize>, usize)| {
        let num = members.len().max(1) as f64;
        let sum = members
            .iter()
            .fold(Point::default(), |sum, &n| sum + places[n]);
        let centre = sum * (1.0 / num);
        let far = members.iter().map(|&n| (places[n] - centre).length());
        (members.len() > 1).then(|| Ring {
            number,
            members: members.len(),
            x: centre.x as i32,
            y: centre.y as i32,
            r: far.fold(0.0, f64::max) as i32 + 14,
        })
    };
    rings.iter().zip(1..).filter_map(ring).collect()
}

fn summary(report: &Report, linked: usize, drawn: usize, links: usize, groups: usize) -> String {
    let alone = report.applicants.len().saturating_sub(linked);
    let mut text = format!(
        "{} linked by {}, in {}. {} linked to nobody and not drawn.",
        capital(&count(linked, "application is", "applications are")),
        count(links, "link", "links"),
        count(groups, "group", "groups"),
        capital(&count(alone, "application is", "applications are")),
    );
    if drawn < linked {
        text.push_str(&format!(" The {drawn} with the strongest links are drawn."));
    }
    text
}

#[cfg(test)]
mod tests;
