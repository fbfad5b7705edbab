use crate::link::engine::*;
use crate::link::key::Role;
use crate::model::mix;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// Rows of one list, the same for every detector.
struct Rows {
    joins: Vec<Join>,
    of_profiles: Vec<Vec<(Key, Role)>>,
    weight: fn(Key) -> f32,
}

impl Source for Rows {
    fn num_profiles(&self) -> usize {
        self.of_profiles.len()
    }

    fn joins(&self) -> Vec<Join> {
        self.joins.clone()
    }

    fn keys(&self, _: u16, profile: u32, sink: &mut KeySink) {
        for &(key, role) in &self.of_profiles[profile as usize] {
            match role {
                Role::Both => sink.both(key),
                Role::Owns => sink.owns(key),
                Role::Mentions => sink.mentions(key),
            }
        }
    }

    fn weight(&self, _: u16, key: Key) -> f32 {
        (self.weight)(key)
    }
}

fn rows(list: &[(Key, &[u32])], join: Join) -> Rows {
    let num = list
        .iter()
        .flat_map(|(_, who)| *who)
        .max()
        .map_or(0, |m| m + 1);
    let mut of_profiles = vec![Vec::new(); num as usize];
    for (key, who) in list {
        who.iter()
            .for_each(|&p| of_profiles[p as usize].push((*key, Role::Both)));
    }
    Rows {
        joins: vec![join],
        of_profiles,
        weight: |_| 1.0,
    }
}

fn members(proposals: &[Proposal]) -> Vec<Vec<u32>> {
    proposals.iter().map(|p| p.members.clone()).collect()
}

#[test]
fn small_buckets_make_pairs() {
    let list = rows(&[(1, &[0, 1, 2]), (2, &[1, 2]), (3, &[4])], Join::AnyKey);
    let found = propose(&list);
    assert_eq!(members(&found), [vec![0, 1], vec![0, 2], vec![1, 2]]);
    assert_eq!(found[2].keys, [1, 2]);
}

#[test]
fn mentions_never_meet_mentions() {
    let list = Rows {
        joins: vec![Join::AnyKey],
        of_profiles: vec![
            vec![(9, Role::Mentions)],
            vec![(9, Role::Mentions)],
            vec![(9, Role::Owns), (9, Role::Mentions)],
        ],
        weight: |_| 1.0,
    };
    assert_eq!(members(&propose(&list)), [vec![0, 2], vec![1, 2]]);
}

#[test]
fn mass_adds_up_over_keys() {
    let list = rows(
        &[(1, &[0, 1]), (2, &[0, 1]), (3, &[0, 1, 2]), (4, &[1, 2])],
        Join::Mass { min: 3.0 },
    );
    assert_eq!(members(&propose(&list)), [vec![0, 1]]);
}

#[test]
fn a_hot_key_makes_one_group_and_hides_no_pair() {
    let all: Vec<u32> = (0..60).collect();
    let most: Vec<u32> = (0..55).collect();
    let keys: [(Key, &[u32]); 3] = [(1, &all), (2, &most), (3, &[7, 9])];
    let found = members(&propose(&rows(&keys, Join::AnyKey)));
    assert_eq!(
        found,
        [all.clone(), vec![7, 9]],
        "two hot keys merge; the rare key still makes its pair"
    );
    let keys: [(Key, &[u32]); 5] = [
        (1, &all),
        (2, &most),
        (3, &[7, 9]),
        (4, &[7, 9]),
        (5, &[8, 9]),
    ];
    let found = members(&propose(&rows(&keys, Join::Mass { min: 2.0 })));
    assert_eq!(found, [most, vec![7, 9]]);
}

#[test]
fn on_candidates_sees_the_pairs_of_others() {
    let mut list = rows(&[(1, &[3, 8])], Join::AnyKey);
    list.joins.push(Join::OnCandidates);
    let found = propose(&list);
    let seen: Vec<_> = found
        .iter()
        .map(|p| (p.detector, p.members.clone()))
        .collect();
    assert_eq!(seen, [(0, vec![3, 8]), (1, vec![3, 8])]);
}

/// `num` profiles with `own` keys nobody else has.
fn strangers(num: u32, own: u64) -> Vec<Vec<(Key, Role)>> {
    let key = |p: u32, i: u64| (u64::from(p) << 32 | i | 1 << 63, Role::Both);
    (0..num)
        .map(|p| (0..own).map(|i| key(p, i)).collect())
        .collect()
}

/// Whether profile `p` carries key `k`, for a share of the keys; the same for every run.
fn keeps(p: u32, k: u64, percent: u64) -> bool {
    mix(u64::from(p) << 32 | k) % 100 < percent
}

#[test]
fn a_campaign_of_sixty_in_three_hundred_is_one_group() {
    let mut of_profiles = strangers(300, 50);
    for p in 0..60 {
        of_profiles[5 * p as usize].extend(
            (0..40)
                .filter(|&k| keeps(p, k, 90))
                .map(|k| (k, Role::Both)),
        );
    }
    let list = Rows {
        joins: vec![Join::Mass { min: 20.0 }],
        of_profiles,
        weight: |_| 1.0,
    };
    let campaign: Vec<u32> = (0..60).map(|p| 5 * p).collect();
    assert_eq!(members(&propose(&list)), [campaign]);
}

/// Each persona draws half of a bank of bullets: no two carry the same ones, and all are hot.
#[test]
fn a_campaign_that_draws_from_a_bank_is_one_group() {
    let mut of_profiles = strangers(300, 50);
    for p in 0..60 {
        let drawn = (0..20).filter(|&bullet| keeps(p, bullet, 60));
        let keys = drawn.flat_map(|bullet| (0..4).map(move |i| (bullet * 4 + i, Role::Both)));
        of_profiles[5 * p as usize].extend(keys);
    }
    let list = Rows {
        joins: vec![Join::Mass { min: 20.0 }],
        of_profiles,
        weight: |_| 1.0,
    };
    let found = propose(&list);
    let largest = found.iter().map(|p| p.members.len()).max();
    assert!(largest >= Some(58), "{largest:?}");
    assert!(
        found.iter().filter(|p| p.members.len() > 2).count() == 1,
        "{:?}",
        members(&found)
    );
}

/// 5,000 on one template that each fills in differently, 20 pairs among them that share something of their own, and a
/// pair that needs a hot key as well.
#[test]
fn a_template_of_five_thousand_is_one_group_and_hides_no_pair() {
    let mut of_profiles = strangers(5000, 30);
    for p in 0..5000 {
        let kept = (0..300).filter(|&k| keeps(p, k, 70));
        of_profiles[p as usize].extend(kept.map(|k| (k, Role::Both)));
    }
    let planted = |n: u32| vec![17 * n + 3, 4000 + 31 * n];
    for n in 0..20 {
        for p in planted(n) {
            let own = (0..25).map(|k| (1 << 40 | u64::from(n) << 20 | k, Role::Both));
            of_profiles[p as usize].extend(own);
        }
    }
    let list = Rows {
        joins: vec![Join::Mass { min: 20.0 }],
        of_profiles,
        weight: |_| 1.0,
    };
    let found = members(&propose(&list));
    let (pairs, groups): (Vec<_>, Vec<_>) = found.into_iter().partition(|m| m.len() == 2);
    assert_eq!(pairs, (0..20).map(planted).collect::<Vec<_>>());
    assert_eq!(groups, [(0..5000).collect::<Vec<u32>>()]);
}

#[test]
fn rare_and_hot_keys_together_make_a_pair_where_no_group_holds_both() {
    let many: Vec<u32> = (0..30).collect();
    let keys: [(Key, &[u32]); 4] = [(1, &many), (2, &many), (3, &[4, 40]), (4, &[4, 5])];
    let mut list = rows(&keys, Join::Mass { min: 3.0 });
    assert_eq!(members(&propose(&list)), [vec![4, 5]]);
    list.joins = vec![Join::Mass { min: 2.0 }];
    assert_eq!(members(&propose(&list)), [many], "the group holds both");
}

/// What the dense counter has to find, by brute force.
fn by_hand(list: &Rows, min: f32) -> BTreeSet<Vec<u32>> {
    let mut buckets: BTreeMap<Key, BTreeSet<u32>> = BTreeMap::new();
    for (p, keys) in list.of_profiles.iter().enumerate() {
        for (key, _) in keys {
            buckets.entry(*key).or_default().insert(p as u32);
        }
    }
    let mut mass: BTreeMap<Vec<u32>, f32> = BTreeMap::new();
    for who in buckets
        .values()
        .filter(|w| w.len() <= crate::link::HOT_BUCKET)
    {
        for a in who {
            for b in who.range(a + 1..) {
                *mass.entry(vec![*a, *b]).or_default() += 1.0;
            }
        }
    }
    mass.retain(|_, m| *m >= min);
    mass.into_keys().collect()
}

proptest! {
    /// No pair that reaches its mass by small buckets is missed; the order of keys changes nothing.
    #[test]
    fn mass_misses_no_pair(
        all in prop::collection::vec(prop::collection::vec(0u64..60, 0..15), 2..70), min in 1u32..6,
    ) {
        let min = min as f32;
        let both = |keys: &Vec<u64>| keys.iter().map(|&k| (mix(k), Role::Both)).collect();
        let mut list = Rows {
            joins: vec![Join::AnyKey, Join::Mass { min }],
            of_profiles: all.iter().map(both).collect(),
            weight: |_| 1.0,
        };
        let once = propose(&list);
        let found = |detector| once.iter().filter(move |p| p.detector == detector).map(|p| p.members.clone());
        let heavy: BTreeSet<Vec<u32>> = found(1).collect();
        prop_assert!(by_hand(&list, min).is_subset(&heavy));
        let any: BTreeSet<Vec<u32>> = found(0).filter(|m| m.len() == 2).collect();
        prop_assert!(by_hand(&list, 1.0).is_subset(&any));
        list.of_profiles.iter_mut().for_each(|keys| keys.reverse());
        prop_assert_eq!(once, propose(&list));
    }
}

#[test]
fn the_number_of_threads_changes_nothing() {
    let mut of_profiles = strangers(800, 5);
    for (p, keys) in of_profiles.iter_mut().enumerate() {
        let (p, of) = (p as u32, |k: u64| (mix(k), Role::Both));
        keys.extend((0..40).filter(|&k| keeps(p, k, 30)).map(of));
        keys.extend((0..9).map(|i| of(100 + mix(u64::from(p) << 8 | i) % 700)));
    }
    let list = Rows {
        joins: vec![Join::AnyKey, Join::Mass { min: 4.0 }],
        of_profiles,
        weight: |key| 0.3 + (key % 100) as f32 / 99.0,
    };
    let on = |num: usize| {
        let threads = rayon::ThreadPoolBuilder::new().num_threads(num).build();
        threads.unwrap().install(|| propose(&list))
    };
    let once = on(1);
    assert!(once.iter().any(|p| p.detector == 1 && p.members.len() == 2));
    assert!(once.iter().any(|p| p.detector == 1 && p.members.len() > 12));
    assert!(once == on(4));
}
