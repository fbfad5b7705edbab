//! What the report draws of an applicant's own commits: hours of the day over months, which offsets from UTC those hours
//! fit, and author times against committer times.
//!
//! A picture to look at beside the findings, never a finding itself: it is drawn for everybody with enough commits. Hours
//! are those of the claimed clock, as the applicant claimed it, on the date of each commit. Counts go into the report,
//! not commits, so that its size does not grow with theirs. No weekdays: they would tell religion or region.
//!
//! Left out are commits that programs made; merges are left out of the timeline, where they would be drawn between lines
//! that they join. Dates far from all others (a clock that was not set) are left out and counted.

use crate::features::clock::ClaimedClock;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::own::own_commits;
use crate::features::rhythm::Activity;
use crate::features::rhythm::MIN_COMMITS;
use crate::features::rhythm::MIN_DAYS;
use crate::features::rhythm::Posterior;
use crate::features::rhythm::Rhythms;
use crate::model::Exhibit;
use crate::model::HourColumn;
use crate::model::Lane;
use crate::model::LaneMark;
use crate::model::OffsetFit;
use crate::model::Profile;
use crate::model::UtcOffset;
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use std::collections::BTreeMap;
use std::collections::BTreeSet;

/// Fewer commits than this give no picture: what `clock-offset` asks for.
const MIN_DRAWN: usize = 20;
/// Most columns of the hour chart: five years of months, then quarters, then years.
const MAX_COLUMNS: i32 = 60;
/// Parts that a timeline is cut into.
const PARTS: u16 = 120;
/// Most repositories of a timeline.
const MAX_LANES: usize = 12;
/// Of so many times one at each end may be left out.
const OUTLIERS: usize = 200;
/// Most dates written under a timeline.
const MAX_TICKS: i32 = 8;

/// The charts of an applicant; none where there is too little to draw.
pub fn exhibits(profile: &Profile) -> Vec<Exhibit> {
    let all = own_commits(profile);
    let drawn: Vec<OwnCommit<'_>> = all
        .iter()
        .filter(|o| o.made != Made::Robot)
        .copied()
        .collect();
    if drawn.len() < MIN_DRAWN {
        return Vec::new();
    }
    let mut charts = vec![hours_by_month(profile, &drawn, all.len() - drawn.len())];
    charts.extend(timeline(&drawn));
    charts
}

/// The clock that hours are read on.
struct Clock {
    claimed: ClaimedClock,
    used: BTreeSet<UtcOffset>,
}

impl Clock {
    /// The offset of the claim on a date; of several the middle one, and +00:00 without a claim.
    fn at(&mut self, seconds: i64) -> UtcOffset {
        let allowed = self.claimed.allowed(seconds);
        match allowed.get(allowed.len() / 2) {
            Some(&offset) => {
                self.used.insert(offset);
                offset
            }
            None => UtcOffset::UTC,
        }
    }

    fn described(&self, claim: &str) -> String {
        if self.used.is_empty() {
            return "UTC, as no place or zone is claimed that has a clock".into();
        }
        let offsets: Vec<String> = self.used.iter().map(ToString::to_string).collect();
        format!("the claimed clock, {claim} ({})", offsets.join(", "))
    }
}

fn hours_by_month(profile: &Profile, own: &[OwnCommit<'_>], by_programs: usize) -> Exhibit {
    let mut clock = Clock {
        claimed: ClaimedClock::new(&profile.zones),
        used: BTreeSet::new(),
    };
    let seconds: Vec<i64> = own.iter().map(|o| o.commit.author.seconds).collect();
    let (first, last) = bounds(seconds.clone());
    let mut cells: Vec<(i32, usize)> = Vec::new();
    for &at in seconds.iter().filter(|&&s| s >= first && s <= last) {
        let local = at + i64::from(clock.at(at).minutes()) * 60;
        if let Some(date) = date(local) {
            cells.push((months(date), (local.rem_euclid(86_400) / 3600) as usize));
        }
    }
    let fit = fit(profile, &clock.claimed, &seconds);
    let outside = seconds.len() - cells.len();
    let mut notes = vec![counted(own)];
    if by_programs > 0 {
        notes.push(format!("{by_programs} made by programs are left out."));
    }
    if outside > 0 {
        notes.push(format!(
            "{outside} far from all others in time are left out."
        ));
    }
    if fit.is_none() {
        notes.push(format!(
            "Too little for a comparison of offsets: it needs {MIN_COMMITS} commits on {MIN_DAYS} days."
        ));
    }
    Exhibit::HoursByMonth {
        caption: "Own commits by hour of the day, over time".into(),
        clock: clock.described(&profile.zones.claim),
        columns: columns(&cells),
        notes,
        fit,
    }
}

/// How many commits are of which kind.
fn counted(own: &[OwnCommit<'_>]) -> String {
    let websites = own.iter().filter(|o| o.made == Made::Website).count();
    let merges = own.iter().filter(|o| o.is_merge()).count();
    format!("Made on the pages of a hosting service: {websites}; merges: {merges}.")
}

/// Counts by month, or by quarter or year where there are too many months.
fn columns(cells: &[(i32, usize)]) -> Vec<HourColumn> {
    let (Some(first), Some(last)) = (
        cells.iter().map(|c| c.0).min(),
        cells.iter().map(|c| c.0).max(),
    ) else {
        return Vec::new();
    };
    let unit = [1, 3, 12]
        .into_iter()
        .find(|unit| last.div_euclid(*unit) - first.div_euclid(*unit) < MAX_COLUMNS)
        .unwrap_or(120);
    let (first, last) = (first.div_euclid(unit), last.div_euclid(unit));
    let mut columns: Vec<HourColumn> = (first..=last)
        .map(|n| HourColumn {
            label: label(n * unit, unit),
            counts: vec![0; 24],
        })
        .collect();
    for &(month, hour) in cells {
        columns[(month.div_euclid(unit) - first) as usize].counts[hour] += 1;
    }
    columns
}

fn label(month: i32, unit: i32) -> String {
    let (year, month) = (month.div_euclid(12), month.rem_euclid(12));
    match unit {
        1 => format!("{year}-{:02}", month + 1),
        3 => format!("{year} Q{}", month / 3 + 1),
        _ => format!("{year}"),
    }
}

/// The posterior over offsets, by the same rule as `clock-rhythm`.
fn fit(profile: &Profile, clock: &ClaimedClock, seconds: &[i64]) -> Option<OffsetFit> {
    let activity = Activity::in_utc(seconds.iter().copied());
    if seconds.len() < MIN_COMMITS as usize || activity.num_days() < MIN_DAYS {
        return None;
    }
    let posterior = Rhythms::shipped().posterior(&activity);
    let mut shares: Vec<(UtcOffset, u16)> = posterior
        .shares()
        .iter()
        .enumerate()
        .map(|(place, share)| (Posterior::offset(place), (share * 1000.0).round() as u16))
        .collect();
    shares.sort_unstable();
    Some(OffsetFit {
        shares: shares.into_iter().map(|(_, share)| share).collect(),
        best: posterior.best(),
        claimed: match profile.zones.is_empty() {
            true => Vec::new(),
            false => clock.allowed_on_days(seconds.iter().copied()),
        },
    })
}

/// Commits made locally and on websites, by the parts that hold their author and committer times.
type Counts = BTreeMap<(u16, u16), (u32, u32)>;

fn timeline(own: &[OwnCommit<'_>]) -> Option<Exhibit> {
    let drawn: Vec<&OwnCommit<'_>> = own.iter().filter(|o| !o.is_merge()).collect();
    let times = drawn
        .iter()
        .flat_map(|o| [o.commit.author.seconds, o.commit.committer.seconds]);
    let (first, last) = bounds(times.collect());
    let inside = |s: i64| (first..=last).contains(&s);
    let span = i128::from(last) - i128::from(first) + 1;
    if drawn.is_empty() || span < 86_400 {
        return None;
    }
    let part = |s: i64| ((i128::from(s) - i128::from(first)) * i128::from(PARTS) / span) as u16;
    let mut lanes: BTreeMap<&str, Counts> = BTreeMap::new();
    let mut outside = 0;
    for own in &drawn {
        let (author, committer) = (own.commit.author.seconds, own.commit.committer.seconds);
        if !inside(author) || !inside(committer) {
            outside += 1;
            continue;
        }
        let lane = lanes.entry(&own.history.source.path).or_default();
        let (local, website) = lane.entry((part(author), part(committer))).or_default();
        match own.made {
            Made::Website => *website += 1,
            _ => *local += 1,
        }
    }
    let mut lanes: Vec<Lane> = lanes.into_iter().map(lane).collect();
    let size = |lane: &Lane| lane.marks.iter().map(|m| m.local + m.website).sum::<u32>();
    lanes.sort_by(|a, b| size(b).cmp(&size(a)).then(a.source.cmp(&b.source)));
    let mut notes = Vec::new();
    if own.len() > drawn.len() {
        notes.push(format!("{} merges are left out.", own.len() - drawn.len()));
    }
    if outside > 0 {
        notes.push(format!(
            "{outside} far from all others in time are left out."
        ));
    }
    if lanes.len() > MAX_LANES {
        let rest: u32 = lanes[MAX_LANES..].iter().map(size).sum();
        notes.push(format!(
            "{} smaller repositories with {rest} commits are left out.",
            lanes.len() - MAX_LANES
        ));
        lanes.truncate(MAX_LANES);
    }
    Some(Exhibit::Timeline {
        caption: "When commits say that they were written, and when that they were recorded".into(),
        parts: PARTS,
        ticks: ticks(first, last, part),
        lanes,
        notes,
    })
}

fn lane((source, marks): (&str, Counts)) -> Lane {
    let mark = |((authored, committed), (local, website))| LaneMark {
        authored,
        committed,
        local,
        website,
    };
    Lane {
        source: source.into(),
        marks: marks.into_iter().map(mark).collect(),
    }
}

/// Starts of years, or of months where there are less than two years.
fn ticks(first: i64, last: i64, part: impl Fn(i64) -> u16) -> Vec<(u16, String)> {
    let (Some(from), Some(to)) = (date(first), date(last)) else {
        return Vec::new();
    };
    let num_months = months(to) - months(from);
    let step = [1, 2, 3, 6, 12, 24, 60, 120]
        .into_iter()
        .find(|step| num_months / step < MAX_TICKS)
        .unwrap_or(240);
    let starts = (months(from)..=months(to)).filter(|m| m.rem_euclid(step) == 0);
    starts
        .filter_map(|m| {
            let (year, month) = (m.div_euclid(12) as i16, m.rem_euclid(12) as i8 + 1);
            let day = Date::new(year, month, 1).ok()?;
            let at = day.to_zoned(TimeZone::UTC).ok()?.timestamp().as_second();
            let unit = if step >= 12 { 12 } else { 1 };
            (at >= first && at <= last).then(|| (part(at), label(m, unit)))
        })
        .collect()
}

/// First and last of the times, without one in [`OUTLIERS`] at each end.
fn bounds(mut times: Vec<i64>) -> (i64, i64) {
    times.sort_unstable();
    let cut = times.len() / OUTLIERS;
    match (times.get(cut), times.len().checked_sub(cut + 1)) {
        (Some(&first), Some(last)) => (first, times[last]),
        _ => (0, 0),
    }
}

fn date(seconds: i64) -> Option<Date> {
    let at = Timestamp::from_second(seconds).ok()?;
    Some(at.to_zoned(TimeZone::UTC).date())
}

/// Months since the year 0.
fn months(date: Date) -> i32 {
    i32::from(date.year()) * 12 + i32::from(date.month()) - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_times_have_wider_columns() {
        let month = |year: i32, month: i32| year * 12 + month - 1;
        let at = |from: i32, to: i32| {
            let columns = columns(&[(from, 3), (to, 4), (to, 4)]);
            let last = columns.last().unwrap();
            (
                columns.len(),
                columns[0].label.clone(),
                last.label.clone(),
                last.counts[4],
            )
        };
        let wide = at(month(2020, 11), month(2021, 2));
        assert_eq!(wide, (4, "2020-11".into(), "2021-02".into(), 2));
        let wide = at(month(2015, 1), month(2024, 12));
        assert_eq!(wide, (40, "2015 Q1".into(), "2024 Q4".into(), 2));
        let wide = at(month(1970, 1), month(2024, 12));
        assert_eq!(wide, (55, "1970".into(), "2024".into(), 2));
        assert!(columns(&[]).is_empty());
    }

    #[test]
    fn a_few_strays_do_not_stretch_the_time() {
        let mut times: Vec<i64> = (0..400).map(|n| 1_700_000_000 + n * 3600).collect();
        times[7] = 0;
        times[9] = i64::MAX;
        assert_eq!(
            bounds(times),
            (1_700_000_000 + 3600, 1_700_000_000 + 398 * 3600)
        );
        assert_eq!(bounds(vec![5]), (5, 5));
        assert_eq!(bounds(vec![]), (0, 0));
    }

    #[test]
    fn dates_under_a_timeline_are_few_and_inside() {
        let (first, last) = (1_600_000_000, 1_700_000_000);
        let part = |s: i64| ((s - first) * 100 / (last - first)) as u16;
        let ticks = ticks(first, last, part);
        assert!((2..=9).contains(&ticks.len()), "{ticks:?}");
        assert!(ticks.is_sorted() && ticks.iter().all(|(at, _)| *at <= 100));
    }
}
