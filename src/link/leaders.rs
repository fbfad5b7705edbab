//! Groups of a `Mass` join: who shares much in hot buckets, without looking at pairs.
//!
//! The first profile of a family becomes its *leader*; whoever reaches the least mass with a leader, by hot buckets alone,
//! is in its group. A profile that reaches it with no leader so far becomes one itself. Each bucket remembers a few
//! leaders only, so that the work stays linear in the rows even where a bucket holds half of the pool: five thousand on
//! one template are compared with one leader, not with each other. A profile may be in several groups; groups that
//! overlap are merged afterwards, and the detector splits what does not belong together.
//!
//! What it does not find: a family all of whose buckets were taken by [`MAX_LEADERS`] earlier leaders that it shares too
//! little with. Such a family has nothing of its own.

use crate::link::buckets::{Buckets, Carried, Lists, Member};
use crate::link::groups::Group;
use crate::link::pairs::{Counter, common};
use rayon::prelude::*;

/// Leaders that one bucket remembers. A choice: bounds the work to 16 steps a row.
const MAX_LEADERS: usize = 16;

/// Share of the least mass below which a hot key is not looked at: a thousand of them would be needed for a candidate.
pub const LIGHT: f32 = 0.001;

/// Hot buckets from the profiles' side, and the groups they make.
#[derive(Debug, Default)]
pub(in crate::link) struct Hot {
    /// Hot buckets of each profile.
    of_profiles: Lists,
    /// What they weigh together.
    totals: Vec<f32>,
    /// Groups of each profile, by index; set by [`Hot::set_groups`].
    groups: Lists,
}

impl Hot {
    /// Looks at the hot buckets that are not too light for `min`.
    pub fn new(buckets: &Buckets, num_profiles: usize, min: f32) -> Self {
        let wanted = |b: u32| buckets.is_hot(b) && buckets.weight(b) >= min * LIGHT;
        let of_profiles = buckets.of_profiles(num_profiles, &wanted);
        let total = |profile: u32| -> f32 {
            let weight = |&item: &u32| buckets.weight(Carried::from_item(item).bucket());
            of_profiles.get(profile).iter().map(weight).sum()
        };
        let totals = (0..num_profiles as u32)
            .into_par_iter()
            .map(total)
            .collect();
        Self {
            of_profiles,
            totals,
            groups: Lists::new(num_profiles, std::iter::empty),
        }
    }

    /// No hot bucket counts: a join in which small ones are enough.
    pub fn none(num_profiles: usize) -> Self {
        Self {
            of_profiles: Lists::new(num_profiles, std::iter::empty),
            totals: vec![0.0; num_profiles],
            groups: Lists::new(num_profiles, std::iter::empty),
        }
    }

    /// Who is in a group together.
    pub fn set_groups(&mut self, groups: &[Group]) {
        self.groups = Lists::new(self.totals.len(), || {
            groups
                .iter()
                .enumerate()
                .flat_map(|(g, group)| group.members.iter().map(move |&m| (m, g as u32)))
        });
    }

    /// The hot buckets that complete a pair's mass: they weigh at least `missing` together, and no group holds both.
    pub fn completing(&self, buckets: &Buckets, a: u32, b: u32, missing: f32) -> Option<Vec<u32>> {
        let total = |profile: u32| self.totals[profile as usize];
        if total(a).min(total(b)) < missing {
            return None;
        }
        let theirs = self.groups.get(b);
        if self.groups.get(a).iter().any(|g| theirs.contains(g)) {
            return None;
        }
        let shared: Vec<u32> = self.common(a, b).collect();
        let mass: f32 = shared.iter().map(|&bucket| buckets.weight(bucket)).sum();
        (mass >= missing).then_some(shared)
    }

    /// Groups around leaders, each with at least two members; not merged yet.
    pub fn groups(&self, buckets: &Buckets, min: f32) -> Vec<Group> {
        let mut reached = self.lead(buckets, min);
        reached.sort_unstable();
        let group = |of_leader: &[(u32, u32)]| {
            let (leader, first) = of_leader[0];
            let mut members: Vec<u32> = of_leader.iter().map(|r| r.1).chain([leader]).collect();
            members.sort_unstable();
            let mut keys: Vec<_> = self
                .common(leader, first)
                .map(|bucket| buckets.key(bucket))
                .collect();
            keys.sort_unstable();
            Group { members, keys }
        };
        reached.chunk_by(|x, y| x.0 == y.0).map(group).collect()
    }

    fn common(&self, a: u32, b: u32) -> impl Iterator<Item = u32> + '_ {
        common(self.of_profiles.get(a), self.of_profiles.get(b))
    }

    /// (leader, profile that reaches it), in any order.
    fn lead(&self, buckets: &Buckets, min: f32) -> Vec<(u32, u32)> {
        let num = self.totals.len();
        let mut seats = Seats::new(buckets.len());
        let mut counter = Counter::new(num);
        let able = |p: &u32| self.totals[*p as usize] >= min;
        for profile in (0..num as u32).filter(able) {
            let mut led = false;
            self.meet(buckets, &seats, profile, &mut counter);
            counter.drain(|_, mass| led |= mass >= min);
            if !led {
                for &item in self.of_profiles.get(profile) {
                    seats.take(Carried::from_item(item), profile);
                }
            }
        }
        let at_once = num.div_ceil(4 * rayon::current_num_threads()).max(1);
        (0..num as u32)
            .into_par_iter()
            .with_min_len(at_once)
            .map_init(
                || Counter::new(num),
                |counter, profile| {
                    let mut led = Vec::new();
                    if able(&profile) {
                        self.meet(buckets, &seats, profile, counter);
                        counter.drain(|leader, mass| {
                            if mass >= min && leader != profile {
                                led.push((leader, profile));
                            }
                        });
                    }
                    led
                },
            )
            .flatten_iter()
            .collect()
    }

    /// Adds up what a profile shares with the leaders of its buckets.
    fn meet(&self, buckets: &Buckets, seats: &Seats, profile: u32, counter: &mut Counter) {
        for &item in self.of_profiles.get(profile) {
            let mine = Carried::from_item(item);
            let weight = buckets.weight(mine.bucket());
            for leader in seats.of(mine.bucket()).filter(|l| mine.meets(*l)) {
                counter.add(leader.profile(), weight);
            }
        }
    }
}

/// The leaders that buckets remember.
struct Seats {
    /// For each bucket one more than the index of its row, 0 where nobody leads.
    rows: Vec<u32>,
    leaders: Vec<[Option<Member>; MAX_LEADERS]>,
}

impl Seats {
    fn new(num_buckets: usize) -> Self {
        Self {
            rows: vec![0; num_buckets],
            leaders: Vec::new(),
        }
    }

    /// Lets a profile lead in a bucket where a seat is left.
    fn take(&mut self, bucket: Carried, profile: u32) {
        let row = &mut self.rows[bucket.bucket() as usize];
        if *row == 0 {
            self.leaders.push([None; MAX_LEADERS]);
            *row = self.leaders.len() as u32;
        }
        let seats = &mut self.leaders[*row as usize - 1];
        if let Some(seat) = seats.iter_mut().find(|seat| seat.is_none()) {
            *seat = Some(bucket.member(profile));
        }
    }

    fn of(&self, bucket: u32) -> impl Iterator<Item = Member> + '_ {
        let row = self.rows[bucket as usize].checked_sub(1);
        row.into_iter()
            .flat_map(|row| self.leaders[row as usize].iter().map_while(|seat| *seat))
    }
}
