//! Recorded offsets against the zones that a claim allows, on the date of each commit.
//!
//! The unit is the *day*: a day with forty commits says once what the clock was. A day either keeps the claim, keeps
//! another clock, or says nothing. What says nothing: `+00:00` (servers, containers and web tools; Rossi and Zacchiroli
//! 2022 find it uninformative in public commits) and `−07:00`/`−08:00` (the clock that many virtual machines and hosted
//! desktops come with), each unless the claim itself allows it. Zone rules are the IANA database that is compiled in.
//!
//! It does not guess where anybody is: it only compares with the claim.

use crate::model::ClaimedZones;
use crate::model::UtcOffset;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use jiff::tz::TimeZoneDatabase;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// An offset contradicts a claim when it is at least this far, in minutes, from *every* offset the claim allows: one or
/// two hours are a neighbouring zone, a summer-time rule or a trip, and three are the least that none of these makes
/// (METHODS.md §3: differences of 3 h and less cannot be told from the rhythm of work either).
pub const FAR_MINUTES: i32 = 180;
/// Share of the days that must keep one and the same other clock (± [`BAND_MINUTES`]). Of 82 developers with a stated
/// zone and ten days or more, the one farthest from it has 27 % of the days on far clocks
/// (`corpora/calibration/clock-offset.json`): any value from there up keeps all of them silent, and this one asks that
/// the other clock be the rule.
pub const MIN_SHARE: f64 = 0.8;
/// Two offsets this near are one clock and its summer time.
pub const BAND_MINUTES: i32 = 60;
/// So many days in a row on the claimed clock show that the claim is kept, now or once: a move, not a contradiction.
/// Fewer are a visit. A working week.
pub const SUSTAINED_DAYS: usize = 5;
/// Commits needed, counted at most [`PER_DAY`] a day, so never fewer than ten days.
pub const MIN_COMMITS: u32 = 20;
/// Commits of one day that count towards [`MIN_COMMITS`].
pub const PER_DAY: u32 = 2;

/// Offsets that say nothing unless the claim allows them: servers and containers; virtual machines.
const UTC: i32 = 0;
const DEFAULT_CLOCK: [i32; 2] = [-480, -420];

/// A time of a commit with the offset that its author's clock recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ClockStamp {
    /// Seconds since 1970-01-01 UTC.
    pub seconds: i64,
    /// Recorded offset.
    pub offset: UtcOffset,
}

impl ClockStamp {
    /// Days since 1970-01-01 by the recorded clock.
    pub fn day(self) -> i64 {
        self.in_minutes(self.offset).div_euclid(1440)
    }

    /// Hour of the day, 0 to 23, by a clock with the given offset.
    pub fn hour_at(self, offset: UtcOffset) -> usize {
        (self.in_minutes(offset).rem_euclid(1440) / 60) as usize
    }

    fn in_minutes(self, offset: UtcOffset) -> i64 {
        self.seconds.div_euclid(60) + i64::from(offset.minutes())
    }
}

/// Half of a year in a zone that changes its clocks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Season {
    /// On the earlier clock.
    Winter,
    /// On the later clock.
    Summer,
}

/// Whether an offset says nothing by itself: `+00:00` or the default of virtual machines.
pub fn is_default_clock(offset: UtcOffset) -> bool {
    offset.minutes() == UTC || DEFAULT_CLOCK.contains(&offset.minutes())
}

/// The clocks that a claim allows.
#[derive(Debug)]
pub struct ClaimedClock {
    zones: Vec<TimeZone>,
    fixed: Option<UtcOffset>,
}

impl ClaimedClock {
    /// The clocks of a claim. Zones that the bundled database does not know are left out.
    pub fn new(zones: &ClaimedZones) -> Self {
        let rules = TimeZoneDatabase::bundled();
        Self {
            zones: zones
                .iana
                .iter()
                .filter_map(|name| rules.get(name).ok())
                .collect(),
            fixed: zones.fixed_minutes.and_then(UtcOffset::from_minutes),
        }
    }

    /// The offsets allowed on the dates of these moments, ascending; a date is asked once.
    pub fn allowed_on_days(&self, seconds: impl IntoIterator<Item = i64>) -> Vec<UtcOffset> {
        const DAY: i64 = 86_400;
        let days: BTreeSet<i64> = seconds.into_iter().map(|s| s.div_euclid(DAY)).collect();
        let all: BTreeSet<_> = days
            .iter()
            .flat_map(|d| self.allowed(d.saturating_mul(DAY)))
            .collect();
        all.into_iter().collect()
    }

    /// The half of the year by the clock of the claimed zones, when every one of them has two clocks in that year and all
    /// agree on the half.
    pub fn season(&self, seconds: i64) -> Option<Season> {
        let at = Timestamp::from_second(seconds).ok()?;
        let of_zone = |zone: &TimeZone| {
            let year = at.to_zoned(zone.clone()).year();
            let clock_in = |month| {
                let noon = jiff::civil::date(year, month, 15).at(12, 0, 0, 0);
                Some(noon.to_zoned(zone.clone()).ok()?.offset())
            };
            let (january, july) = (clock_in(1)?, clock_in(7)?);
            match zone.to_offset(at) {
                _ if january == july => None,
                now if now == january.max(july) => Some(Season::Summer),
                _ => Some(Season::Winter),
            }
        };
        let first = of_zone(self.zones.first()?)?;
        let agrees = |zone: &TimeZone| of_zone(zone) == Some(first);
        (self.fixed.is_none() && self.zones.iter().all(agrees)).then_some(first)
    }

    /// The offsets allowed at a moment, ascending, without repetition; empty when the claim allows none.
    pub fn allowed(&self, seconds: i64) -> Vec<UtcOffset> {
        let at = Timestamp::from_second(seconds).ok();
        let of_zone =
            |zone: &TimeZone| UtcOffset::from_minutes(zone.to_offset(at?).seconds().div_euclid(60));
        let all: BTreeSet<_> = self
            .zones
            .iter()
            .filter_map(of_zone)
            .chain(self.fixed)
            .collect();
        all.into_iter().collect()
    }
}

/// The offsets that a claim allows at a moment, ascending. For many moments make one [`ClaimedClock`].
pub fn allowed_offsets(zones: &ClaimedZones, utc_seconds: i64) -> Vec<UtcOffset> {
    ClaimedClock::new(zones).allowed(utc_seconds)
}

/// What the recorded clocks say of a claim.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Agreement {
    /// Every recorded clock reads +00:00.
    OnlyUtc,
    /// Every recorded clock reads +00:00 or the usual default of virtual machines.
    OnlyDefaultClock,
    /// Too few commits with a clock that says something, counted at most [`PER_DAY`] a day.
    TooFew {
        /// How many there are.
        have: u32,
    },
    /// The claim is kept, or was for a while, or the clocks are too mixed to say.
    Kept,
    /// One other clock, far from the claim.
    Differs(Difference),
}

/// Days on a clock that the claim does not allow.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The most frequent far offset.
    pub offset: UtcOffset,
    /// Days on that clock, summer time included.
    pub days: u32,
    /// Days that say anything.
    pub all_days: u32,
    /// The commits on that clock, by time.
    pub stamps: Vec<ClockStamp>,
    /// Days on each far offset of that clock.
    pub by_offset: BTreeMap<UtcOffset, u32>,
    /// The offsets that the claim allows on the dates of those commits.
    pub allowed: BTreeSet<UtcOffset>,
}

/// Compares one person's recorded clocks with a claim. `stamps` may come in any order and repeat.
pub fn compare(stamps: &[ClockStamp], zones: &ClaimedZones) -> Agreement {
    let clock = ClaimedClock::new(zones);
    let stamps: BTreeSet<ClockStamp> = stamps.iter().copied().collect();
    let telling: Vec<_> = stamps
        .iter()
        .map(|&s| (s, distance(&clock, s)))
        .filter(|&(s, far)| says_something(s, far))
        .collect();
    if telling.is_empty() && !stamps.is_empty() {
        let is_utc = stamps.iter().all(|s| s.offset.minutes() == UTC);
        return if is_utc {
            Agreement::OnlyUtc
        } else {
            Agreement::OnlyDefaultClock
        };
    }
    let mut days: BTreeMap<i64, Vec<(ClockStamp, i32)>> = BTreeMap::new();
    for (stamp, far) in telling {
        days.entry(stamp.day()).or_default().push((stamp, far));
    }
    let have = days.values().map(|d| (d.len() as u32).min(PER_DAY)).sum();
    if have < MIN_COMMITS {
        return Agreement::TooFew { have };
    }
    let keeps = |day: &[(ClockStamp, i32)]| day.iter().any(|&(_, far)| far < FAR_MINUTES);
    if days
        .values()
        .map(Vec::as_slice)
        .collect::<Vec<_>>()
        .split(|day| !keeps(day))
        .any(|run| run.len() >= SUSTAINED_DAYS)
    {
        return Agreement::Kept;
    }
    let far_days: BTreeMap<i64, Vec<ClockStamp>> = days
        .iter()
        .filter(|(_, d)| !keeps(d))
        .map(|(&day, d)| (day, d.iter().map(|&(s, _)| s).collect()))
        .collect();
    difference(&far_days, days.len() as u32, &clock).map_or(Agreement::Kept, Agreement::Differs)
}

/// Minutes from one recorded offset to the nearest that the claim allows; `None` where the offset says nothing. For one
/// stamp that nothing else backs, such as the creation time of a file.
pub fn one(clock: &ClaimedClock, stamp: ClockStamp) -> Option<i32> {
    let far = distance(clock, stamp);
    says_something(stamp, far).then_some(far)
}

/// Minutes from the recorded offset to the nearest allowed one.
fn distance(clock: &ClaimedClock, stamp: ClockStamp) -> i32 {
    let allowed = clock.allowed(stamp.seconds);
    allowed
        .iter()
        .map(|a| (a.minutes() - stamp.offset.minutes()).abs())
        .min()
        .unwrap_or(0)
}

fn says_something(stamp: ClockStamp, far: i32) -> bool {
    match stamp.offset.minutes() {
        UTC => far == 0,
        offset if DEFAULT_CLOCK.contains(&offset) => far < FAR_MINUTES,
        _ => true,
    }
}

/// The one clock that most far days keep, if it holds the share.
fn difference(
    far_days: &BTreeMap<i64, Vec<ClockStamp>>,
    all_days: u32,
    clock: &ClaimedClock,
) -> Option<Difference> {
    let mut num_days: BTreeMap<UtcOffset, u32> = BTreeMap::new();
    for day in far_days.values() {
        for offset in day.iter().map(|s| s.offset).collect::<BTreeSet<_>>() {
            *num_days.entry(offset).or_default() += 1;
        }
    }
    let (&offset, _) = num_days
        .iter()
        .max_by_key(|&(offset, days)| (*days, std::cmp::Reverse(*offset)))?;
    let is_near = |other: UtcOffset| (other.minutes() - offset.minutes()).abs() <= BAND_MINUTES;
    let on_clock: Vec<_> = far_days
        .values()
        .filter(|day| day.iter().all(|s| is_near(s.offset)))
        .collect();
    let days = on_clock.len() as u32;
    if f64::from(days) < MIN_SHARE * f64::from(all_days) {
        return None;
    }
    let stamps: Vec<_> = on_clock.into_iter().flatten().copied().collect();
    let allowed = stamps
        .iter()
        .flat_map(|s| clock.allowed(s.seconds))
        .collect();
    num_days.retain(|&other, _| is_near(other));
    Some(Difference {
        offset,
        days,
        all_days,
        stamps,
        by_offset: num_days,
        allowed,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::features::place::zones;

    fn allowed(claim: &str, seconds: i64) -> Vec<String> {
        allowed_offsets(&zones(Some(claim), None), seconds)
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    #[test]
    fn allowed_offsets_follow_the_date() {
        // 15 January and 15 July 2024, noon UTC.
        let (winter, summer) = (1_705_320_000, 1_721_044_800);
        assert_eq!(allowed("New York, NY", winter), ["-05:00"]);
        assert_eq!(allowed("New York, NY", summer), ["-04:00"]);
        assert_eq!(allowed("Sydney, NSW", winter), ["+11:00"]);
        assert_eq!(allowed("Bengaluru, India", summer), ["+05:30"]);
        assert_eq!(allowed("UTC+5:30", summer), ["+05:30"]);
        assert_eq!(
            allowed("USA", winter),
            ["-10:00", "-09:00", "-08:00", "-07:00", "-06:00", "-05:00"]
        );
        assert!(allowed("Remote", winter).is_empty());
    }

    #[test]
    fn seasons_are_those_of_the_claimed_zone() {
        let (january, july) = (1_705_320_000, 1_721_044_800);
        let season = |claim: &str, at| ClaimedClock::new(&zones(Some(claim), None)).season(at);
        assert_eq!(season("Lyon, France", january), Some(Season::Winter));
        assert_eq!(season("Lyon, France", july), Some(Season::Summer));
        assert_eq!(season("Dublin, Ireland", july), Some(Season::Summer));
        assert_eq!(season("Sydney, NSW", july), Some(Season::Winter));
        assert_eq!(season("Pune, India", july), None);
        assert_eq!(season("UTC+1", july), None);
        // Phoenix keeps one clock, so a claim that allows it cannot be asked.
        assert_eq!(season("USA", july), None);
    }

    #[test]
    fn rules_change_with_the_years() {
        // Moscow kept +04:00 from March 2011 to October 2014.
        assert_eq!(allowed("Moscow, Russia", 1_372_636_800), ["+04:00"]);
        assert_eq!(allowed("Moscow, Russia", 1_721_044_800), ["+03:00"]);
    }

    #[test]
    fn days_and_hours_are_read_on_the_given_clock() {
        let stamp = ClockStamp {
            seconds: -1800,
            offset: UtcOffset::from_minutes(60).unwrap(),
        };
        assert_eq!((stamp.day(), stamp.hour_at(stamp.offset)), (0, 0));
        assert_eq!(stamp.hour_at(UtcOffset::UTC), 23);
    }
}
