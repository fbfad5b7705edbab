//! What two repositories have of the same code, file by file, whatever it is called and wherever it stands.
//!
//! Shared fingerprints are weighed by how few others have them, then chained file by file ([`chain`]): a chain is a
//! stretch of code that both have. *Mass* is the weight of all chains, each fingerprint counted once; *containment* its
//! share of everything a side has, in the same weights. Scattered fingerprints count for nothing: idioms of a language
//! make many of them, a copy makes chains. What stands in several files, or in several versions of one, counts once.
//!
//! [`chain`]: crate::features::code::chain

use crate::features::code::chain::Anchor;
use crate::features::code::chain::chains;
use crate::features::code::chain::weight as weight_of;
use crate::features::code::spread::Same;
use crate::model::CodePrint;
use crate::model::CodeUnit;
use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::collections::HashSet;
use std::hash::BuildHasherDefault;
use std::ops::Range;

/// Places of one fingerprint on one side that are tried: code that repeats itself stays linear.
const MAX_PLACES: usize = 8;

/// Fewest fingerprints of a chain: some six lines.
const MIN_CHAIN: usize = 8;

/// What a stretch weighs that comes about by chance: taken off each. A choice, made before anything was measured.
const CHANCE: f64 = 16.0;

/// The prints of one repository, ready to compare.
#[derive(Debug)]
pub struct Prints<'a> {
    /// The files: those at a tip first, else in the order given.
    pub units: Vec<(&'a CodeUnit, &'a CodePrint)>,
    /// (hash, file, number in the file), sorted: of every fingerprint that can be shared.
    places: Vec<(u64, u32, u32)>,
}

/// Fingerprints of which only those that both sides have are compared.
pub type Marks = HashSet<u64, BuildHasherDefault<Same>>;

impl<'a> Prints<'a> {
    /// Takes the files that have a print.
    pub fn new(units: impl IntoIterator<Item = &'a CodeUnit>) -> Self {
        Self::among(units, None)
    }

    /// The same where only fingerprints in `shared` can matter, as those of the other side: of two large repositories most
    /// need not be sorted then.
    pub fn among(units: impl IntoIterator<Item = &'a CodeUnit>, shared: Option<&Marks>) -> Self {
        let mut units: Vec<_> = units
            .into_iter()
            .filter_map(|u| Some((u, u.print.as_ref()?)))
            .collect();
        units.sort_by_key(|(u, _)| u.earlier);
        let mut places = Vec::new();
        for (file, (_, print)) in units.iter().enumerate() {
            for (n, mark) in print.marks.iter().enumerate() {
                if shared.is_none_or(|shared| shared.contains(&mark.hash)) {
                    places.push((mark.hash, file as u32, n as u32));
                }
            }
        }
        places.sort_unstable();
        Self { units, places }
    }

    /// How many different fingerprints it has for which `counts` holds, counted up to `most`.
    pub fn num_up_to(&self, most: usize, counts: impl Fn(u64) -> bool) -> usize {
        let mut seen = Marks::default();
        let all = self.units.iter().flat_map(|(_, print)| &print.marks);
        let new = all.filter(|mark| counts(mark.hash) && seen.insert(mark.hash));
        new.take(most).count()
    }

    /// The different fingerprints that can be shared, ascending.
    pub fn hashes(&self) -> impl Iterator<Item = u64> + '_ {
        self.places.chunk_by(|x, y| x.0 == y.0).map(|run| run[0].0)
    }

    /// Weight of everything that stands at a tip.
    fn total(&self, weight: &impl Fn(u64) -> f64) -> f64 {
        let at_tips = self.units.iter().filter(|(unit, _)| !unit.earlier);
        let marks = at_tips.flat_map(|(_, print)| &print.marks);
        let mut hashes: Vec<u64> = marks.map(|mark| mark.hash).collect();
        hashes.sort_unstable();
        hashes.dedup();
        hashes.into_iter().map(weight).sum()
    }

    fn lines(&self, file: u32, marks: Range<u32>) -> (u32, u32) {
        let marks = &self.units[file as usize].1.marks[marks.start as usize..marks.end as usize];
        let first = marks.iter().map(|m| m.first).min().unwrap_or(1);
        let last = marks.iter().map(|m| m.first + u32::from(m.more)).max();
        (first, last.unwrap_or(first))
    }
}

/// A stretch of code that two files have.
#[derive(Clone, Debug, PartialEq)]
pub struct Region {
    /// Number of the file on the left, in [`Prints::units`].
    pub left: u32,
    /// Number of the file on the right.
    pub right: u32,
    /// First and last line on the left, 1-based.
    pub left_lines: (u32, u32),
    /// First and last line on the right.
    pub right_lines: (u32, u32),
    /// Fingerprints in one order.
    pub num_marks: u32,
    /// What they weigh that no heavier stretch holds.
    pub weight: f64,
}

/// What two repositories share.
#[derive(Clone, Debug, Default)]
pub struct Copied {
    /// Stretches, heaviest first.
    pub regions: Vec<Region>,
    /// Weight of the different fingerprints in them.
    pub mass: f64,
    /// Weight of everything on the left; 0 where no stretch is shared.
    pub left_total: f64,
    /// Weight of everything on the right; 0 where no stretch is shared.
    pub right_total: f64,
    /// Share of the raw fingerprints of the smaller of two files that the other has too, over the files with a stretch:
    /// near 1 where nothing was renamed.
    pub verbatim: f64,
}

impl Copied {
    /// Share of the left side that stands in a stretch, 0 to 1.
    pub fn left_share(&self) -> f64 {
        share(self.mass, self.left_total)
    }

    /// Share of the right side that stands in a stretch.
    pub fn right_share(&self) -> f64 {
        share(self.mass, self.right_total)
    }

    /// Weight of the stretches beyond what stretches that come about by chance have.
    pub fn score(&self) -> f64 {
        let beyond = self.regions.iter().map(|r| (r.weight - CHANCE).max(0.0));
        beyond.sum()
    }

    /// Containment in the smaller side.
    pub fn containment(&self) -> f64 {
        self.left_share().max(self.right_share())
    }
}

fn share(part: f64, whole: f64) -> f64 {
    if whole > 0.0 {
        (part / whole).min(1.0)
    } else {
        0.0
    }
}

/// Compares two repositories; `weight` says what a fingerprint weighs, 0 to 1.
pub fn copied(left: &Prints<'_>, right: &Prints<'_>, weight: impl Fn(u64) -> f64) -> Copied {
    let (regions, mass) = regions(left, right, anchors(left, right, &weight));
    // What shares nothing has no use for what there is in all.
    let total = |side: &Prints<'_>| match regions.is_empty() {
        true => 0.0,
        false => side.total(&weight),
    };
    Copied {
        mass,
        left_total: total(left),
        right_total: total(right),
        verbatim: verbatim(left, right, &regions),
        regions,
    }
}

/// Stretches that stand in two different files of one repository, heaviest first.
pub fn repeated(prints: &Prints<'_>, weight: impl Fn(u64) -> f64) -> Vec<Region> {
    let mut by_files = anchors(prints, prints, &weight);
    by_files.retain(|(l, r), _| l < r);
    regions(prints, prints, by_files).0
}

/// Chains the anchors file by file; the stretches, heaviest first, and the weight of the fingerprints in them.
fn regions(
    left: &Prints<'_>,
    right: &Prints<'_>,
    by_files: BTreeMap<(u32, u32), Vec<Anchor>>,
) -> (Vec<Region>, f64) {
    let mut by_files: Vec<((u32, u32), Vec<Anchor>)> = by_files.into_iter().collect();
    let num_earlier = |(l, r): (u32, u32)| {
        let of = |side: &Prints<'_>, file: u32| u32::from(side.units[file as usize].0.earlier);
        of(left, l) + of(right, r)
    };
    by_files.sort_by(|x, y| {
        let heavier = weight_of(&y.1).total_cmp(&weight_of(&x.1));
        heavier.then_with(|| (num_earlier(x.0), x.0).cmp(&(num_earlier(y.0), y.0)))
    });
    let mut used_left: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut used_right: BTreeSet<(u32, u32)> = BTreeSet::new();
    let mut counted: BTreeMap<u64, f64> = BTreeMap::new();
    let mut regions = Vec::new();
    for ((l, r), anchors) in by_files {
        let free = |x: &Anchor| !used_left.contains(&(l, x.a)) && !used_right.contains(&(r, x.b));
        let anchors: Vec<Anchor> = anchors.into_iter().filter(free).collect();
        for chain in chains(anchors, MIN_CHAIN) {
            used_left.extend(chain.iter().map(|x| (l, x.a)));
            used_right.extend(chain.iter().map(|x| (r, x.b)));
            let hash = |x: &Anchor| left.units[l as usize].1.marks[x.a as usize].hash;
            let (mut num_new, mut new) = (0, 0.0);
            for x in &chain {
                let weight = f64::from(x.weight);
                if counted.insert(hash(x), weight).is_none() {
                    (num_new, new) = (num_new + 1, new + weight);
                }
            }
            if num_new >= MIN_CHAIN {
                regions.push(region(left, right, (l, r), &chain, new));
            }
        }
    }
    regions.sort_by(|x, y| {
        let at = |r: &Region| (r.left, r.right, r.left_lines);
        y.weight.total_cmp(&x.weight).then(at(x).cmp(&at(y)))
    });
    (regions, counted.values().sum())
}

/// Shared fingerprints by the two files they stand in.
fn anchors(
    left: &Prints<'_>,
    right: &Prints<'_>,
    weight: &impl Fn(u64) -> f64,
) -> BTreeMap<(u32, u32), Vec<Anchor>> {
    let mut by_files: BTreeMap<(u32, u32), Vec<Anchor>> = BTreeMap::new();
    let mut rest = right.places.as_slice();
    for of_left in left.places.chunk_by(|x, y| x.0 == y.0) {
        let hash = of_left[0].0;
        rest = &rest[rest.partition_point(|p| p.0 < hash)..];
        let of_right = &rest[..rest.iter().take_while(|p| p.0 == hash).count()];
        let weight = weight(hash) as f32;
        if of_right.is_empty() || weight <= 0.0 {
            continue;
        }
        for l in of_left.iter().take(MAX_PLACES) {
            for r in of_right.iter().take(MAX_PLACES) {
                let anchor = Anchor {
                    a: l.2,
                    b: r.2,
                    weight,
                };
                by_files.entry((l.1, r.1)).or_default().push(anchor);
            }
        }
    }
    by_files.retain(|_, anchors| anchors.len() >= MIN_CHAIN);
    by_files
}

fn region(
    left: &Prints<'_>,
    right: &Prints<'_>,
    files: (u32, u32),
    chain: &[Anchor],
    weight: f64,
) -> Region {
    let last = chain[chain.len() - 1];
    Region {
        left: files.0,
        right: files.1,
        left_lines: left.lines(files.0, chain[0].a..last.a + 1),
        right_lines: right.lines(files.1, chain[0].b..last.b + 1),
        num_marks: chain.len() as u32,
        weight,
    }
}

fn verbatim(left: &Prints<'_>, right: &Prints<'_>, regions: &[Region]) -> f64 {
    let pairs: BTreeSet<(u32, u32)> = regions.iter().map(|r| (r.left, r.right)).collect();
    let (mut same, mut all) = (0, 0);
    for (l, r) in pairs {
        let set = |print: &CodePrint| print.raw.iter().copied().collect::<BTreeSet<u32>>();
        let (l, r) = (
            set(left.units[l as usize].1),
            set(right.units[r as usize].1),
        );
        same += l.intersection(&r).count();
        all += l.len().min(r.len());
    }
    share(same as f64, all as f64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::code::CodeReader;
    use crate::model::FileClass;
    use crate::model::ObjectId;

    const PARTS: [&str; 3] = [
        "int pack(int[] xs, int max) {\n int n = 0;\n for (int i = 0; i < xs.length; i++) {\n  if (xs[i] > max) { continue; }\n  n = n * 31 + xs[i];\n  while (n > 1000) { n -= max % 7; }\n }\n return n == 0 ? -1 : n;\n}\n",
        "String show(Map<String, Integer> m) {\n StringBuilder s = new StringBuilder();\n for (String k : m.keySet()) {\n  Integer v = m.get(k);\n  if (v == null || v < 0) { s.append(k).append('!'); }\n  else { s.append(k + \"=\" + v); }\n }\n return s.reverse().toString();\n}\n",
        "boolean same(Node a, Node b) {\n try {\n  if (a.left != null && !same(a.left, b.left)) { return false; }\n  synchronized (this) { seen[a.id]++; }\n  return a.right == null || same(a.right, b.right);\n } catch (RuntimeException e) {\n  throw new IllegalStateException(e);\n }\n}\n",
    ];

    fn unit(path: &str, parts: &[&str]) -> CodeUnit {
        let code = format!("class X {{\n{}}}\n", parts.concat());
        let mut unit = CodeUnit::new(ObjectId([0; 20]), path.into(), 900, FileClass::Source);
        unit.print = CodeReader::default().print(path, code.as_bytes());
        unit
    }

    #[test]
    fn a_split_and_reordered_file_is_found_whole() {
        let whole = [unit("A.java", &PARTS)];
        let renamed = PARTS.map(|p| {
            p.replace("xs", "items")
                .replace(" n ", " acc ")
                .replace("show", "dump")
        });
        let split = [
            unit("B.java", &[&renamed[2]]),
            unit("C.java", &[&renamed[1], &renamed[0]]),
        ];
        let found = copied(&Prints::new(&whole), &Prints::new(&split), |_| 1.0);
        assert!(found.containment() > 0.8, "{found:?}");
        assert_eq!(found.regions.len(), 3, "{found:?}");
        let third = found.regions.iter().find(|r| r.right == 0).unwrap();
        assert!(
            third.left_lines.0 >= 20 && third.right_lines.0 <= 3,
            "{third:?}"
        );
        assert!(found.verbatim < 0.9);
    }

    #[test]
    fn what_stands_in_several_versions_counts_once_and_an_edited_copy_is_found() {
        let whole = [unit("A.java", &PARTS)];
        let once = copied(&Prints::new(&whole), &Prints::new(&whole), |_| 1.0);
        let mut first = unit("B.java", &PARTS);
        first.earlier = true;
        let versions = [first, unit("B.java", &PARTS[..1])];
        let found = copied(&Prints::new(&whole), &Prints::new(&versions), |_| 1.0);
        assert!((found.mass - once.mass).abs() < 1e-9 && found.score() <= once.score());
        assert!(found.left_share() > 0.9, "{found:?}");
        let side = Prints::new(&versions);
        assert!(
            found
                .regions
                .iter()
                .any(|r| side.units[r.right as usize].0.earlier)
        );
    }

    #[test]
    fn what_weighs_nothing_is_not_shared() {
        let whole = [unit("A.java", &PARTS)];
        let found = copied(&Prints::new(&whole), &Prints::new(&whole), |_| 0.0);
        assert_eq!(
            (found.regions.len(), found.mass, found.containment()),
            (0, 0.0, 0.0)
        );
        let same = copied(&Prints::new(&whole), &Prints::new(&whole), |_| 0.5);
        assert!(same.containment() > 0.99 && same.verbatim > 0.99);
    }
}
