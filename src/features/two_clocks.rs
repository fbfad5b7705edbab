//! Two clocks of one person side by side: the recorded one and the hours of activity; a website's and a machine's.
//!
//! `+00:00` and `−07:00`/`−08:00` are left out on both sides: servers and virtual machines carry them, and so do commits
//! that GitHub's pages made before they asked browsers for their zone. It does not say which of two clocks is right.

use crate::features::clock::BAND_MINUTES;
use crate::features::clock::ClockStamp;
use crate::features::clock::FAR_MINUTES;
use crate::features::clock::MIN_SHARE;
use crate::features::clock::is_default_clock;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::rhythm::Activity;
use crate::features::rhythm::MIN_COMMITS;
use crate::features::rhythm::MIN_DAYS;
use crate::features::rhythm::Posterior;
use crate::features::rhythm::Rhythms;
use crate::model::UtcOffset;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Commits in a website on days with commits from a machine: so many are needed, and this share of them far off
/// (INDICATORS.md G10: ordinary developers up to 14 %).
pub const MIN_COMPARED: usize = 20;
/// Share of them that must be far off.
pub const MIN_FAR_SHARE: f64 = 0.2;

/// The clock of a commit from a machine, where it says something.
pub fn telling(own: &OwnCommit<'_>) -> Option<ClockStamp> {
    own.stamp().filter(|s| !is_default_clock(s.offset))
}

/// What the hours of activity say of the recorded clock.
#[derive(Clone, Debug, PartialEq)]
pub enum ByHours {
    /// No recorded clock says anything.
    OnlyDefaultClocks,
    /// Too few commits or days.
    TooFew {
        /// How many there are.
        have: usize,
        /// How many are needed.
        need: usize,
    },
    /// They fit, or several clocks are recorded (travel), or nothing can be told.
    Fits,
    /// They fit another clock, far away.
    Differs(Box<OtherClock>),
}

/// A recorded clock that the hours contradict.
#[derive(Clone, Debug, PartialEq)]
pub struct OtherClock {
    /// The recorded offsets, summer time included.
    pub recorded: Vec<UtcOffset>,
    /// Days on them.
    pub days: usize,
    /// Days that say anything.
    pub all_days: usize,
    /// What the hours say.
    pub posterior: Posterior,
}

/// The recorded clock of most days against the hours.
pub fn by_hours(own: &[OwnCommit<'_>], rhythms: &Rhythms) -> ByHours {
    let told: Vec<_> = own.iter().filter_map(telling).collect();
    let mut days: BTreeMap<i64, BTreeSet<UtcOffset>> = BTreeMap::new();
    for stamp in &told {
        days.entry(stamp.day()).or_default().insert(stamp.offset);
    }
    let mut count: BTreeMap<UtcOffset, usize> = BTreeMap::new();
    for offset in days.values().flatten() {
        *count.entry(*offset).or_default() += 1;
    }
    let Some((&main, _)) = count.iter().max_by_key(|&(_, n)| n) else {
        return ByHours::OnlyDefaultClocks;
    };
    for (have, need) in [(told.len(), MIN_COMMITS), (days.len(), MIN_DAYS)] {
        let need = need as usize;
        if have < need {
            return ByHours::TooFew { have, need };
        }
    }
    let is_near = |o: &UtcOffset| (o.minutes() - main.minutes()).abs() <= BAND_MINUTES;
    let on_it = days.values().filter(|d| d.iter().all(is_near)).count();
    if (on_it as f64) < MIN_SHARE * days.len() as f64 {
        return ByHours::Fits;
    }
    let recorded: Vec<_> = count.into_keys().filter(is_near).collect();
    let posterior = rhythms.posterior(&Activity::in_utc(
        own.iter().map(|o| o.commit.author.seconds),
    ));
    if !posterior.contradicts(&recorded) {
        return ByHours::Fits;
    }
    ByHours::Differs(Box::new(OtherClock {
        recorded,
        days: on_it,
        all_days: days.len(),
        posterior,
    }))
}

/// Commits of a website on days with commits from a machine.
#[derive(Debug, Default)]
pub struct Website<'a> {
    /// All that can be compared.
    pub num_compared: usize,
    /// Those far from every clock of that day's machine: the commit, its clock, and the nearest of the machine's.
    pub far: Vec<(OwnCommit<'a>, ClockStamp, ClockStamp)>,
}

impl<'a> Website<'a> {
    /// Of the applicant's own commits. Days are counted in UTC: both kinds stand on one line of time, whatever their clocks.
    pub fn new(own: &[OwnCommit<'a>]) -> Self {
        let day = |s: ClockStamp| s.seconds.div_euclid(86_400);
        let mut machine: BTreeMap<i64, Vec<ClockStamp>> = BTreeMap::new();
        for stamp in own.iter().filter_map(telling) {
            machine.entry(day(stamp)).or_default().push(stamp);
        }
        let mut all = Self::default();
        for commit in own.iter().filter(|o| o.made == Made::Website) {
            let stamp = commit.recorded().filter(|s| !is_default_clock(s.offset));
            let Some((stamp, beside)) = stamp.and_then(|s| Some((s, machine.get(&day(s))?))) else {
                continue;
            };
            all.num_compared += 1;
            let apart = |m: &&ClockStamp| (m.offset.minutes() - stamp.offset.minutes()).abs();
            let nearest = beside.iter().min_by_key(apart);
            if let Some(&nearest) = nearest.filter(|m| apart(m) >= FAR_MINUTES) {
                all.far.push((*commit, stamp, nearest));
            }
        }
        all
    }

    /// Whether there is enough to compare.
    pub fn is_enough(&self) -> bool {
        self.num_compared >= MIN_COMPARED
    }

    /// Share of the compared commits that are far off.
    pub fn far_share(&self) -> f64 {
        self.far.len() as f64 / self.num_compared.max(1) as f64
    }

    /// Whether the two clocks disagree as a rule.
    pub fn disagrees(&self) -> bool {
        self.is_enough() && self.far_share() >= MIN_FAR_SHARE
    }
}
