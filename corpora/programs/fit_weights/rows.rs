//! Every two applicants of scanned worlds: what the labels say of them, and what each detector saw.

use crate::scanned::Scanned;
use anyhow::Context;
use samehand::detect::DETECTORS;
use samehand::model::{ApplicantId, Family, Relation};
use samehand::report::{LinkEntry, Report};
use samehand::weigh::Weights;
use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};

/// E-values of the detectors that looked, by family.
pub type Values = BTreeMap<Family, Vec<f64>>;

/// What was seen of two applicants; pairs without a link that the same detectors looked at share one.
pub struct Seen {
    pub values: Values,
    /// The same without what a relation explains, for each relation.
    pub left: BTreeMap<Relation, Values>,
    /// The same with only what no relation explains; nothing for pairs of whom nothing was told.
    pub plain: Values,
    pub link: Option<LinkEntry>,
    /// Without anything told, they share what was set aside: that says nothing for or against.
    pub is_aside: bool,
    /// An ordinary relation is named for all of it.
    pub is_named: bool,
}

impl Seen {
    /// Whether the report says something of the two: a link, or what many have in common.
    pub fn is_told(&self) -> bool {
        self.link.is_some() || !self.left.is_empty()
    }

    /// Strength, base-10 logarithm.
    pub fn strength(&self, weights: &Weights) -> f64 {
        match self.is_told() {
            true => weights.combine(&self.values).log10_lr,
            false if self.is_aside => 0.0,
            false => weights.nothing(&self.values),
        }
    }
}

/// Two applicants.
pub struct Row {
    pub seen: usize,
    pub is_same: bool,
    pub is_grouped: bool,
    /// The number of the hand behind both, over all worlds.
    pub hand: Option<usize>,
    /// The ordinary relations that the two have, none for unrelated people.
    pub strata: [Option<&'static str>; 2],
    /// The kind of a campaign with its grade, or the look-alike's.
    pub kind: String,
    /// Not one of the further pairs of a large hand (a hand of sixty has 1,770, and must not drown those of two), nor two
    /// who only point at a third: they leave nothing in common that could be seen.
    pub is_counted: bool,
    /// Of a hand of more than a dozen: what so many share is set aside by several detectors.
    pub is_large: bool,
    /// Of a world with campaigns; others serve the strata only.
    pub has_campaigns: bool,
    pub format: String,
    pub language: String,
    pub convention: String,
}

impl Row {
    /// Whether the ratio speaks of it: one hand against unrelated people.
    pub fn is_compared(&self) -> bool {
        self.is_same || self.is_unrelated()
    }

    /// Two hands, and no ordinary relation.
    pub fn is_unrelated(&self) -> bool {
        !self.is_same && self.strata == [None; 2]
    }

    /// Two hands with this relation, whatever else they have in common.
    pub fn is_of(&self, stratum: &str) -> bool {
        !self.is_same && self.strata.contains(&Some(stratum))
    }
}

/// What more applicants share is set aside by several detectors.
const DOZEN: u32 = 12;

/// Pairs of one hand that count where hands should.
const OF_A_HAND: u32 = 10;

/// How many pairs a detector looked at, and found.
#[derive(Default)]
pub struct Found {
    /// Pairs of each hand.
    pub same: BTreeMap<usize, [u64; 2]>,
    /// Pairs of two.
    pub others: [u64; 2],
}

/// All pairs of some worlds.
#[derive(Default)]
pub struct Rows {
    pub rows: Vec<Row>,
    pub seen: Vec<Seen>,
    /// Detector → how many pairs it looked at, and found.
    pub found: BTreeMap<&'static str, Found>,
    /// Counted pairs of one hand, by kind.
    pub kinds: BTreeMap<String, u64>,
    /// The kind of each hand.
    pub kind_of: BTreeMap<usize, String>,
    /// B-cubed F1 of each world.
    pub bcubed: Vec<f64>,
    pub num_worlds: usize,
    num_hands: usize,
}

/// A row of `labels.csv`.
struct Label {
    hand: String,
    kind: String,
    grade: String,
    stratum: String,
    related: String,
    format: String,
    language: String,
    convention: String,
    lead: String,
}

/// Strata of the generator and the relation that the program has for each.
pub const STRATA: [(&str, Option<Relation>); 8] = [
    ("template", Some(Relation::Template)),
    ("agency", Some(Relation::Agency)),
    ("bootcamp", Some(Relation::Agency)),
    ("university", Some(Relation::Agency)),
    ("household", Some(Relation::Household)),
    ("colleagues", Some(Relation::Colleagues)),
    ("fork", Some(Relation::Fork)),
    ("namesakes", None),
];

/// Worlds under a folder: each holds `labels.csv` and `report.json`.
pub fn read(folder: &Path, weights: &Weights) -> anyhow::Result<Rows> {
    let mut rows = Rows::default();
    for world in worlds(folder)? {
        rows.add(&world, weights)
            .with_context(|| world.display().to_string())?;
    }
    Ok(rows)
}

/// The folder itself, or those in it at any depth, sorted.
pub fn worlds(folder: &Path) -> anyhow::Result<Vec<PathBuf>> {
    if folder.join("report.json").exists() {
        return Ok(vec![folder.into()]);
    }
    let entries = std::fs::read_dir(folder)
        .with_context(|| format!("failed to read {}", folder.display()))?;
    let mut paths: Vec<PathBuf> = entries
        .map(|e| e.map(|e| e.path()))
        .collect::<Result<_, _>>()?;
    // What was scanned may be gone, or large.
    paths.retain(|p| p.is_dir() && !p.ends_with("pool"));
    paths.sort();
    let mut out = Vec::new();
    for path in paths {
        out.extend(worlds(&path)?);
    }
    Ok(out)
}

impl Rows {
    /// Adds the pairs of one world.
    pub fn add(&mut self, world: &Path, weights: &Weights) -> anyhow::Result<()> {
        let report: Report = serde_json::from_slice(&std::fs::read(world.join("report.json"))?)?;
        let labels = labels(&world.join("labels.csv"))?;
        let families: Vec<(&str, Family)> = DETECTORS
            .iter()
            .map(|d| (d.card().id, d.card().family))
            .collect();
        let read =
            samehand::evaluate::Labels::read(std::fs::File::open(world.join("labels.csv"))?)?;
        let has_campaigns = labels.values().any(|l| !l.hand.is_empty());
        if has_campaigns {
            let measured = samehand::evaluate::evaluate(&report, &read, &families)?;
            self.bcubed.push(measured.bcubed.f1);
        }
        let mut of_hand: HashMap<&str, u32> = HashMap::new();
        let sizes = sizes(&labels);
        let hands: HashMap<&str, usize> = sizes.keys().copied().zip(self.num_hands..).collect();
        self.num_hands += hands.len();
        let scanned = Scanned::new(&report, weights);
        let mut shared = HashMap::new();
        let ids: Vec<&ApplicantId> = report.applicants.iter().map(|a| &a.id).collect();
        for (i, a) in ids.iter().enumerate() {
            for b in &ids[i + 1..] {
                if scanned.repeated.contains(&(*a, *b)) {
                    continue;
                }
                let seen = self.seen(&scanned, (a, b), &mut shared);
                let (x, y) = (&labels[a.as_str()], &labels[b.as_str()]);
                let is_same = !x.hand.is_empty() && x.hand == y.hand;
                let is_counted = !is_same
                    || (!is_of_third(x, y) && {
                        let num = of_hand.entry(&x.hand).or_default();
                        *num += 1;
                        *num <= OF_A_HAND
                    });
                if is_counted {
                    let hand = is_same.then(|| (hands[x.hand.as_str()], x.kind.as_str()));
                    self.count(&scanned, (a, b), hand);
                }
                self.rows.push(Row {
                    is_counted,
                    is_large: is_same && sizes[x.hand.as_str()] > DOZEN,
                    has_campaigns,
                    seen,
                    is_same,
                    hand: is_same.then(|| hands[x.hand.as_str()]),
                    is_grouped: scanned.grouped.contains(&(*a, *b)),
                    strata: strata(x, y),
                    kind: match is_same {
                        true => kind(x, y),
                        false => x.kind.clone(),
                    },
                    format: both(&x.format, &y.format),
                    language: both(&x.language, &y.language),
                    convention: both(&x.convention, &y.convention),
                });
            }
        }
        self.num_worlds += 1;
        Ok(())
    }

    /// Where what was seen of two stands; `shared` has it for pairs without a link, by what was handed in.
    fn seen(
        &mut self,
        scanned: &Scanned<'_>,
        (a, b): (&ApplicantId, &ApplicantId),
        shared: &mut HashMap<(usize, usize, bool), usize>,
    ) -> usize {
        if let Some(link) = scanned.links.get(&(a, b)) {
            return self.keep(scanned.linked(link));
        }
        if let Some(told) = scanned.told_with_others(a, b) {
            return self.keep(told);
        }
        let is_aside = scanned.is_aside(a, b);
        let silent = || Seen {
            values: scanned.silent(a, b),
            left: BTreeMap::new(),
            plain: Values::new(),
            link: None,
            is_aside,
            is_named: false,
        };
        let sorts = (scanned.sorts[a], scanned.sorts[b], is_aside);
        *shared.entry(sorts).or_insert_with(|| self.keep(silent()))
    }

    fn keep(&mut self, seen: Seen) -> usize {
        self.seen.push(seen);
        self.seen.len() - 1
    }

    /// Counts, for each detector that looked at both, whether it found anything; hand and kind for two of one hand.
    fn count(
        &mut self,
        scanned: &Scanned<'_>,
        (a, b): (&ApplicantId, &ApplicantId),
        hand: Option<(usize, &str)>,
    ) {
        if let Some((hand, kind)) = hand {
            *self.kinds.entry(kind.into()).or_default() += 1;
            self.kind_of.entry(hand).or_insert_with(|| kind.into());
        }
        let detectors = match scanned.links.get(&(a, b)) {
            Some(link) => scanned.detectors(link),
            None => scanned.detectors_with_others(a, b),
        };
        for id in scanned.linking.keys() {
            if scanned.looked[a].contains(id) && scanned.looked[b].contains(id) {
                let of_it = self.found.entry(id).or_default();
                let counts = match hand {
                    Some((hand, _)) => of_it.same.entry(hand).or_default(),
                    None => &mut of_it.others,
                };
                counts[0] += 1;
                counts[1] += u64::from(detectors.contains(id));
            }
        }
    }
}

/// How many stand behind each hand.
fn sizes(labels: &HashMap<String, Label>) -> BTreeMap<&str, u32> {
    let mut sizes = BTreeMap::new();
    for label in labels.values().filter(|l| !l.hand.is_empty()) {
        *sizes.entry(label.hand.as_str()).or_default() += 1;
    }
    sizes
}

fn labels(path: &Path) -> anyhow::Result<HashMap<String, Label>> {
    let mut reader = csv::Reader::from_path(path)?;
    let mut out = HashMap::new();
    for record in reader.records() {
        let record = record?;
        let cell = |i: usize| record.get(i).unwrap_or_default().to_string();
        let label = Label {
            hand: cell(1),
            kind: cell(2),
            stratum: cell(3),
            related: cell(4),
            grade: cell(5),
            format: cell(6),
            language: cell(7),
            convention: cell(8),
            lead: cell(9),
        };
        out.insert(cell(0), label);
    }
    Ok(out)
}

/// Two of one hand who point at a third and share nothing of their own.
fn is_of_third(x: &Label, y: &Label) -> bool {
    x.lead == "no" && y.lead == "no"
}

/// The kind of a pair of one hand.
fn kind(x: &Label, y: &Label) -> String {
    let third = match is_of_third(x, y) {
        true => ", both point at a third",
        false => "",
    };
    format!("{} ({}{third})", x.kind, x.grade)
}

/// The relations that two have in common.
fn strata(x: &Label, y: &Label) -> [Option<&'static str>; 2] {
    let mut out = [None; 2];
    let parts = x.stratum.split('+').zip(x.related.split('+'));
    let shared = parts.filter(|(_, of)| !of.is_empty() && y.related.split('+').any(|r| r == *of));
    let known = shared.filter_map(|(name, _)| STRATA.iter().find(|(s, _)| *s == name));
    for (place, (name, _)) in out.iter_mut().zip(known) {
        *place = Some(*name);
    }
    out
}

fn both(x: &str, y: &str) -> String {
    if x == y {
        format!("both {x}")
    } else {
        "two".into()
    }
}
