//! All evidence between two applicants, together.
//!
//! Inside a family the e-values of the detectors that looked at both, silent ones included, are averaged (valid under any
//! dependence); across families they are multiplied (Vovk and Wang 2021). A detector that had too little or could not
//! look counts as if it were not there.

use crate::model::{ApplicantId, Evidence, Family, LookState, Relation};
use crate::weigh::{Calibration, Link, Weighed};
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
    mut items: Vec<&(Evidence, Weighed)>,
    pool: &Pool<'_>,
    calibration: &Calibration,
) -> Link {
    items.sort_by(|x, y| {
        y.1.log10_lr
            .total_cmp(&x.1.log10_lr)
            .then_with(|| x.0.id.cmp(&y.0.id))
    });
    let whole = whole_explanations(&items);
    let mut families: BTreeMap<Family, Vec<f64>> = BTreeMap::new();
    let mut rates: BTreeMap<Family, f64> = BTreeMap::new();
    let (mut silent, mut too_little) = (Vec::new(), Vec::new());
    for &(detector, family) in pool.detectors {
        let mine: Vec<_> = items
            .iter()
            .filter(|(e, _)| e.card.id == detector)
            .collect();
        if !mine.is_empty() {
            let mean = mine
                .iter()
                .map(|(_, w)| 10f64.powf(w.log10_lr))
                .sum::<f64>()
                / mine.len() as f64;
            families.entry(family).or_default().push(mean);
            // Where something is left unexplained, only that counts for what chance would bring: a crumb beside a template
            // must not borrow the template's rarity.
            let counted = mine
                .iter()
                .filter(|(e, _)| !whole.is_empty() || e.explained_by.is_empty());
            let rate = counted.map(|(_, w)| w.rate).fold(1.0, f64::min) * mine.len() as f64;
            let family_rate = rates.entry(family).or_insert(1.0);
            *family_rate = family_rate.min(rate);
        } else {
            match (
                state(pool.looked, a, detector),
                state(pool.looked, b, detector),
            ) {
                (LookState::TooLittle, _) | (_, LookState::TooLittle) => too_little.push(detector),
                (LookState::CouldNot, _) | (_, LookState::CouldNot) => {}
                _ => {
                    silent.push(detector);
                    families
                        .entry(family)
                        .or_default()
                        .push(10f64.powf(calibration.silence(detector)));
                }
            }
        }
    }
    // The rate of a family with several detectors is that of any of them reaching so far: bounded by their sum.
    let chance = rates
        .iter()
        .map(|(family, rate)| (rate * families[family].len() as f64).min(1.0))
        .product::<f64>();
    let families: BTreeMap<Family, f64> = families
        .into_iter()
        .map(|(f, e)| (f, (e.iter().sum::<f64>() / e.len() as f64).log10()))
        .collect();
    Link {
        a: a.clone(),
        b: b.clone(),
        log10_lr: families.values().sum(),
        expected_by_chance: pool.comparisons * chance,
        families,
        silent,
        too_little,
        explained_by: whole,
        evidence: items.iter().map(|(e, _)| e.id.clone()).collect(),
    }
}

/// How many groups of `size` among `num` unrelated applicants would be expected, when each of the others matches the first
/// with probability `rate`: num × C(num − 1, size − 1) × rate^(size − 1).
pub fn expected_groups(num: usize, size: usize, rate: f64) -> f64 {
    let others = num.saturating_sub(1);
    let factors = (1..size).map(|i| (others + 1).saturating_sub(i) as f64 / i as f64 * rate);
    num as f64 * factors.product::<f64>()
}

fn state(looked: &Looked, who: &ApplicantId, detector: &str) -> LookState {
    looked
        .get(who)
        .and_then(|states| states.get(detector))
        .copied()
        .unwrap_or(LookState::CouldNot)
}

/// Relations that explain the whole: those that explain every piece of evidence that weighs anything. Where each piece is
/// ordinary but no relation explains all of them, every relation that explains some: two ordinary things together are no
/// sign of one hand.
fn whole_explanations(items: &[&(Evidence, Weighed)]) -> Vec<Relation> {
    let weighing: Vec<&[Relation]> = items
        .iter()
        .filter(|(_, w)| w.log10_lr > 0.0)
        .map(|(e, _)| e.explained_by.as_slice())
        .collect();
    let Some(first) = weighing.first() else {
        return Vec::new();
    };
    if weighing.iter().any(|by| by.is_empty()) {
        return Vec::new();
    }
    let common = |r: &&Relation| weighing.iter().all(|by| by.contains(r));
    let all: Vec<Relation> = first.iter().filter(common).copied().collect();
    if !all.is_empty() {
        return all;
    }
    let some: BTreeSet<Relation> = weighing.iter().flat_map(|by| by.iter().copied()).collect();
    some.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{
        Card, Digest, Explanation, Fact, Measure, Observation, Observations, Place, Provenance,
        Subjects,
    };

    static TEXT: Card = card("near-text", Family::Text);
    static CONTACT: Card = card("shared-contact", Family::Contact);

    const fn card(id: &'static str, family: Family) -> Card {
        Card {
            id,
            title: "",
            family,
            looks_at: "",
            why: "",
            innocent: &[""],
            question: "",
            limits: "",
            base_rate: "",
            references: &[],
        }
    }

    const DETECTORS: &[(&str, Family)] = &[
        ("near-text", Family::Text),
        ("shared-contact", Family::Contact),
    ];

    fn evidence(
        card: &'static Card,
        who: &[&str],
        log10_lr: f64,
        by: &[Relation],
    ) -> (Evidence, Weighed) {
        let at = Provenance {
            source: "x".into(),
            digest: Digest::default(),
            place: Place::Whole,
        };
        let observations = Observations::new(
            Observation {
                fact: Fact::Text("t".into()),
                at,
            },
            [],
        );
        let subjects = Subjects::group(who.iter().map(|w| ApplicantId::new(*w))).unwrap();
        let measure = Measure {
            table: "t",
            score: 1.0,
        };
        let e = Evidence::new(
            card,
            subjects,
            measure,
            Explanation::new("", vec![]),
            by.to_vec(),
            observations,
        );
        (
            e,
            Weighed {
                log10_lr,
                rate: 1e-4,
                calibrated: None,
            },
        )
    }

    fn tables() -> Calibration {
        let table = |name: &str| {
            format!(
                r#"{{"name":"{name}","version":"1","corpus":"c","hit_rate":0.2,
                "strata":{{"":{{"points":[{{"score":1,"log10_lr":1.0,"rate":0.02}}]}}}}}}"#
            )
        };
        let (a, b) = (table("near-text"), table("shared-contact"));
        Calibration::read(&[("near-text", &a), ("shared-contact", &b)]).unwrap()
    }

    fn run(
        evidence: &[(Evidence, Weighed)],
        states: &[(&str, &'static str, LookState)],
    ) -> Vec<Link> {
        let mut looked = Looked::new();
        for who in ["a", "b", "c"] {
            let all = DETECTORS
                .iter()
                .map(|(d, _)| (*d, LookState::Nothing))
                .collect();
            looked.insert(ApplicantId::new(who), all);
        }
        for (who, detector, state) in states {
            looked
                .get_mut(&ApplicantId::new(*who))
                .unwrap()
                .insert(detector, *state);
        }
        let repeated = BTreeSet::from([(ApplicantId::new("a"), ApplicantId::new("c"))]);
        let pool = Pool {
            detectors: DETECTORS,
            looked: &looked,
            comparisons: 3.0,
            repeated: &repeated,
        };
        links(evidence, &pool, &tables())
    }

    #[test]
    fn families_multiply_and_silence_counts_against() {
        let both = [
            evidence(&TEXT, &["a", "b"], 3.0, &[]),
            evidence(&CONTACT, &["a", "b"], 2.0, &[]),
        ];
        let link = &run(&both, &[])[0];
        assert!((link.log10_lr - 5.0).abs() < 1e-9);
        assert!((link.expected_by_chance - 3.0 * 1e-8).abs() < 1e-15);
        let link = &run(&both[..1], &[])[0];
        assert!(
            (link.log10_lr - (3.0 + 0.8f64.log10())).abs() < 1e-9,
            "a silent contact detector weighs log10(1 - 0.2)"
        );
        assert_eq!(link.silent, ["shared-contact"]);
    }

    #[test]
    fn too_little_and_could_not_look_weigh_nothing() {
        let one = [evidence(&TEXT, &["a", "b"], 3.0, &[])];
        for state in [LookState::TooLittle, LookState::CouldNot] {
            let link = &run(&one, &[("b", "shared-contact", state)])[0];
            assert_eq!(link.log10_lr, 3.0);
            assert_eq!(link.too_little.is_empty(), state == LookState::CouldNot);
        }
    }

    #[test]
    fn a_relation_must_explain_everything() {
        let phone = evidence(&CONTACT, &["a", "b"], 3.0, &[Relation::Household]);
        let text = evidence(
            &TEXT,
            &["a", "b"],
            3.0,
            &[Relation::Template, Relation::Household],
        );
        let copied = evidence(&TEXT, &["a", "b"], 3.0, &[]);
        let agency = evidence(&TEXT, &["a", "b"], 3.0, &[Relation::Agency]);
        assert_eq!(
            run(&[phone.clone(), agency], &[])[0].explained_by,
            [Relation::Household, Relation::Agency],
            "two ordinary things together stay ordinary"
        );
        assert_eq!(
            run(std::slice::from_ref(&phone), &[])[0].explained_by,
            [Relation::Household]
        );
        assert_eq!(
            run(&[phone.clone(), text], &[])[0].explained_by,
            [Relation::Household]
        );
        assert!(run(&[phone, copied], &[])[0].explained_by.is_empty());
    }

    #[test]
    fn one_person_twice_is_no_link_and_a_group_counts_in_its_pairs() {
        let links = run(&[evidence(&TEXT, &["a", "b", "c"], 3.0, &[])], &[]);
        let pairs: Vec<_> = links.iter().map(|l| (l.a.as_str(), l.b.as_str())).collect();
        assert_eq!(pairs, [("a", "b"), ("b", "c")]);
    }
}
