//! All evidence between two applicants, together.
//!
//! Inside a family the e-values of the detectors that looked at both, silent ones included, are averaged (valid under any
//! dependence); across families they are multiplied (Vovk and Wang 2021), as `weights` says. A detector that had too little
//! or could not look counts as if it were not there.

use crate::model::{ApplicantId, Evidence, Family, LookState, Relation};
use crate::weigh::explained;
use crate::weigh::rarity;
use crate::weigh::rarity::Shown;
use crate::weigh::{Calibration, Link, Related, Weighed, Weights};
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// State of every detector for every applicant.
pub type Looked = BTreeMap<ApplicantId, BTreeMap<&'static str, LookState>>;

/// A group with more members than this does not count in the links of its pairs: co-membership stands for them.
pub const PAIRED_GROUP: usize = 40;

/// What weighing needs besides the evidence.
pub struct Pool<'a> {
    /// Detectors that can make links, with their families.
    pub detectors: &'a [(&'static str, Family)],
    /// What each saw of each applicant.
    pub looked: &'a Looked,
    /// Comparisons made: n(n − 1)/2 in a pool of n.
    pub comparisons: f64,
    /// Most pairs of unrelated people that may be expected to look like a link for it to count in a cluster.
    pub chance: f64,
    /// How families are put together.
    pub weights: &'a Weights,
    /// Pairs who are one person applying twice: never linked.
    pub repeated: &'a BTreeSet<(ApplicantId, ApplicantId)>,
}

/// The links of a run, strongest first, then by applicants.
pub fn links(
    evidence: &[(Evidence, Weighed)],
    pool: &Pool<'_>,
    calibration: &Calibration,
) -> Vec<Link> {
    let mut pairs: BTreeMap<(&ApplicantId, &ApplicantId), Vec<&(Evidence, Weighed)>> =
        BTreeMap::new();
    for item in evidence {
        let members = item.0.subjects.as_slice();
        if members.len() > PAIRED_GROUP {
            continue;
        }
        for (i, a) in members.iter().enumerate() {
            for b in &members[i + 1..] {
                pairs.entry((a, b)).or_default().push(item);
            }
        }
    }
    let mut out: Vec<Link> = pairs
        .into_iter()
        .filter(|((a, b), _)| !pool.repeated.contains(&((*a).clone(), (*b).clone())))
        .map(|((a, b), items)| link(a, b, items, pool, calibration))
        .collect();
    out.sort_by(|x, y| {
        y.log10_lr
            .total_cmp(&x.log10_lr)
            .then_with(|| (&x.a, &x.b).cmp(&(&y.a, &y.b)))
    });
    out
}

fn link(
    a: &ApplicantId,
    b: &ApplicantId,
    mut items: Vec<&Item>,
    pool: &Pool<'_>,
    calibration: &Calibration,
) -> Link {
    items.sort_by(|x, y| {
        y.1.log10_lr
            .total_cmp(&x.1.log10_lr)
            .then_with(|| x.0.id.cmp(&y.0.id))
    });
    let pair = Pair::new(a, b, items, pool, calibration);
    let all = pair.sum(|_| true);
    let (explained_by, chance) = pair.explained(&all);
    Link {
        a: a.clone(),
        b: b.clone(),
        log10_lr: all.log10_lr,
        expected_by_chance: pool.comparisons * chance,
        against_related: pair.related(),
        families: all.families,
        silent: pair.silent.iter().map(|(d, ..)| *d).collect(),
        too_little: pair.too_little,
        explained_by,
        evidence: pair.items.iter().map(|(e, _)| e.id.clone()).collect(),
    }
}

/// Evidence with what it is worth.
type Item = (Evidence, Weighed);

/// What there is about two applicants.
struct Pair<'a> {
    /// Evidence, strongest first.
    items: Vec<&'a Item>,
    /// Detectors that looked at both and found nothing, with their families and what that weighs (no logarithm).
    silent: Vec<(&'static str, Family, f64)>,
    too_little: Vec<&'static str>,
    pool: &'a Pool<'a>,
    calibration: &'a Calibration,
}

/// Some of the evidence put together.
struct Sum {
    log10_lr: f64,
    families: BTreeMap<Family, f64>,
    /// Upper bound of the share of unrelated pairs that look so; 1 where nothing counts.
    chance: f64,
}

impl<'a> Pair<'a> {
    fn new(
        a: &ApplicantId,
        b: &ApplicantId,
        items: Vec<&'a Item>,
        pool: &'a Pool<'a>,
        calibration: &'a Calibration,
    ) -> Self {
        let (mut silent, mut too_little) = (Vec::new(), Vec::new());
        for &(detector, family) in pool.detectors {
            if items.iter().any(|(e, _)| e.card.id == detector) {
                continue;
            }
            match (
                state(pool.looked, a, detector),
                state(pool.looked, b, detector),
            ) {
                (LookState::TooLittle, _) | (_, LookState::TooLittle) => too_little.push(detector),
                (LookState::CouldNot, _) | (_, LookState::CouldNot) => {}
                _ => {
                    let weight = pool.weights.silence(calibration, detector);
                    silent.push((detector, family, 10f64.powf(weight)));
                }
            }
        }
        Self {
            items,
            silent,
            too_little,
            pool,
            calibration,
        }
    }

    /// Puts the wanted evidence together with the silence of the other detectors. A detector whose evidence is not wanted
    /// counts as if it had not looked.
    fn sum(&self, wanted: impl Fn(&Evidence) -> bool) -> Sum {
        let mut values: BTreeMap<Family, Vec<f64>> = BTreeMap::new();
        let mut shown: BTreeMap<Family, Vec<Shown>> = BTreeMap::new();
        for &(detector, family) in self.pool.detectors {
            let of_it = |i: &&&Item| i.0.card.id == detector && wanted(&i.0);
            let mine: Vec<&&Item> = self.items.iter().filter(of_it).collect();
            if mine.is_empty() {
                continue;
            }
            let num = mine.len() as f64;
            let ratios = mine.iter().map(|(_, w)| 10f64.powf(w.log10_lr));
            let mean = ratios.sum::<f64>() / num;
            values.entry(family).or_default().push(mean);
            let best_of = mine.iter().map(|(e, _)| f64::from(e.best_of.max(1)));
            shown.entry(family).or_default().push(Shown {
                detector,
                rate: mine.iter().map(|(_, w)| w.rate).fold(1.0, f64::min) * num,
                log10_lr: mine.iter().map(|(_, w)| w.log10_lr).fold(0.0, f64::max),
                comparisons: best_of.fold(1.0, f64::max) * num,
            });
        }
        for (_, family, weight) in &self.silent {
            values.entry(*family).or_default().push(*weight);
        }
        // Habits of writing never make a link alone.
        let is_alone = shown.keys().all(|f| *f == Family::Style);
        let chance = match is_alone {
            true => 1.0,
            false => self.pool.weights.chance(&self.rates(&shown)),
        };
        let together = self.pool.weights.combine(&values);
        Sum {
            log10_lr: together.log10_lr,
            families: together.families,
            chance,
        }
    }

    /// How rare what each family shows is, whichever of its detectors might have shown something.
    fn rates(&self, shown: &BTreeMap<Family, Vec<Shown>>) -> BTreeMap<Family, f64> {
        let of_family = |(family, shown): (&Family, &Vec<Shown>)| {
            let silent = self.silent.iter().filter(|(_, f, _)| f == family);
            let silent: Vec<&'static str> = silent.map(|(detector, ..)| *detector).collect();
            (*family, rarity::chance(shown, &silent, self.calibration))
        };
        shown.iter().map(of_family).collect()
    }

    /// The relations that explain the link as a whole, and the share of unrelated pairs that look so.
    ///
    /// None is named where two things hold. What no relation at all explains is stronger than people have it who have one
    /// ordinary tie, or two at once (`Weights::unexplained`). And whichever one relation is taken for granted, what it leaves
    /// carries the link: chance would not bring that. Then only what the relation that explains most leaves counts against
    /// chance: a crumb beside a template must not borrow the template's rarity.
    fn explained(&self, all: &Sum) -> (Vec<Relation>, f64) {
        let relations = explained::some(&self.items);
        let plain = self.sum(|e| e.explained_by.is_empty());
        let left: Vec<Sum> = relations
            .iter()
            .map(|r| self.sum(|e| !e.explained_by.contains(r)))
            .collect();
        let carries =
            |s: &Sum| s.log10_lr > 0.0 && s.chance * self.pool.comparisons <= self.pool.chance;
        if plain.log10_lr >= self.pool.weights.unexplained && left.iter().all(carries) {
            let most = left.iter().map(|s| s.chance).fold(all.chance, f64::max);
            return (Vec::new(), most);
        }
        match relations.is_empty() {
            true => (Vec::new(), all.chance),
            false => (explained::by(&self.items), all.chance),
        }
    }

    /// The strength against the relation that explains most: of the named ones that which leaves least unexplained, else
    /// the measured one under which such a link is least rare.
    fn related(&self) -> Option<Related> {
        let weights = self.pool.weights;
        let mut named: Vec<_> = self
            .items
            .iter()
            .filter(|(_, w)| w.log10_lr > 0.0)
            .flat_map(|(e, _)| e.explained_by.iter().copied())
            .collect();
        let is_named = !named.is_empty();
        if !is_named {
            named.extend(weights.measured());
        }
        named.sort();
        named.dedup();
        let against = named.into_iter().map(|relation| {
            let left = self.sum(|e| !e.explained_by.contains(&relation)).log10_lr;
            let log10_lr = weights.against(relation, left);
            (left, Related { relation, log10_lr })
        });
        let key = |(left, r): &(f64, Related)| (*left, r.log10_lr.unwrap_or(f64::INFINITY));
        let least = against.min_by(|x, y| {
            let ((x_left, x_lr), (y_left, y_lr)) = (key(x), key(y));
            x_left.total_cmp(&y_left).then(x_lr.total_cmp(&y_lr))
        });
        least.map(|(_, related)| related)
    }
}

/// Upper bound of how many groups of `size` or more among `num` unrelated applicants would be expected to share one value,
/// where two share one with probability `rate`.
///
/// Values need not be equally common: with shares p of the values, `rate` is Σp², and j people share one with probability
/// Σp^j ≤ rate^(j/2), whatever the shares are. A group of `size` holds C(size, j) subsets of j, so at most
/// C(num, j) × rate^(j/2) / C(size, j) groups are expected (Markov's inequality), for every j up to `size`; the least counts.
pub fn expected_groups(num: usize, size: usize, rate: f64) -> f64 {
    let mut subsets = num as f64 * rate.sqrt() / size.max(1) as f64;
    let mut least = f64::INFINITY;
    for j in 1..size {
        subsets *= num.saturating_sub(j) as f64 / (size - j) as f64 * rate.sqrt();
        least = least.min(subsets);
    }
    least
}

fn state(looked: &Looked, who: &ApplicantId, detector: &str) -> LookState {
    looked
        .get(who)
        .and_then(|states| states.get(detector))
        .copied()
        .unwrap_or(LookState::CouldNot)
}

#[cfg(test)]
#[path = "combine_tests.rs"]
mod tests;
