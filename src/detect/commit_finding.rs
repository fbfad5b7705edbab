//! What the findings about one applicant's commits share: sources and short outcomes.

use crate::detect::Detector;
use crate::features::clock::ClockStamp;
use crate::features::own::Made;
use crate::features::own::OwnCommit;
use crate::features::own::by_repository;
use crate::features::own::own_commits;
use crate::model::Commit;
use crate::model::Fact;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::History;
use crate::model::Observation;
use crate::model::Outcome;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use std::collections::BTreeMap;

/// At most so many commits are named as sources, spread over the repositories.
pub(in crate::detect) const MAX_SOURCES: usize = 8;

/// A detector that cannot look.
pub(in crate::detect) fn could_not(why: &'static str) -> Vec<Outcome> {
    vec![Outcome::CouldNotLook { why }]
}

/// The applicant's own commits by time, or why there are none to look at.
pub(in crate::detect) fn own_or_why(profile: &Profile) -> Result<Vec<OwnCommit<'_>>, &'static str> {
    if profile.histories.is_empty() {
        return Err("no repository was handed in");
    }
    let own = own_commits(profile);
    if own.is_empty() {
        return Err("no commit is known to be the applicant's own");
    }
    Ok(own)
}

/// The applicant's own commits that count, apart for each repository with at least `need` of them; or what to say where
/// there is none. Commits come by time.
pub(in crate::detect) fn own_repositories<'a>(
    profile: &'a Profile,
    need: usize,
    counts: impl Fn(&OwnCommit<'a>) -> bool,
) -> Result<Vec<Vec<OwnCommit<'a>>>, Vec<Outcome>> {
    let mut own = own_or_why(profile).map_err(could_not)?;
    own.retain(|commit| counts(commit));
    let mut repositories = by_repository(own);
    let most = repositories.iter().map(Vec::len).max().unwrap_or_default();
    if most < need {
        return Err(too_little(most, need));
    }
    repositories.retain(|commits| commits.len() >= need);
    Ok(repositories)
}

/// Whether somebody wrote the commit on a machine, and it joins no lines.
pub(in crate::detect) fn is_local_work(own: &OwnCommit<'_>) -> bool {
    own.made == Made::Locally && !own.is_merge()
}

/// Why a claim about a place or zone cannot be compared with; `None` where it can.
pub(in crate::detect) fn no_claim(profile: &Profile) -> Option<&'static str> {
    match (profile.zones.is_empty(), profile.zones.claim.is_empty()) {
        (false, _) => None,
        (true, true) => Some("no place or time zone is claimed"),
        (true, false) => Some("the claimed place or time zone is not understood"),
    }
}

/// A detector with too few of something.
pub(in crate::detect) fn too_little(have: usize, need: usize) -> Vec<Outcome> {
    vec![Outcome::TooLittle {
        have: have as u32,
        need: need as u32,
    }]
}

/// One finding of a detector.
pub(in crate::detect) fn found(
    detector: &dyn Detector,
    profile: &Profile,
    parts: FindingParts,
) -> Outcome {
    let finding = Finding::new(detector.card(), &profile.applicant, parts);
    Outcome::Finding(Box::new(finding))
}

/// A count.
pub(in crate::detect) fn number(count: usize) -> Fact {
    Fact::Number(count.to_string())
}

/// A share as a whole percentage; below one per cent in tenths.
pub(in crate::detect) fn percent(share: f64) -> Fact {
    let percent = 100.0 * share;
    let digits = usize::from(percent < 10.0);
    Fact::Number(format!("{percent:.digits$} %"))
}

/// `2024-03-02 14:05 +09:00`.
pub(in crate::detect) fn written(stamp: ClockStamp) -> String {
    let local = stamp
        .seconds
        .saturating_add(i64::from(stamp.offset.minutes()) * 60);
    let date =
        jiff::Timestamp::from_second(local).map(|t| t.strftime("%Y-%m-%d %H:%M ").to_string());
    format!("{}{}", date.unwrap_or_default(), stamp.offset)
}

/// `2024-03-02 05:05:09` in UTC.
pub(in crate::detect) fn in_utc(seconds: i64) -> String {
    let time = jiff::Timestamp::from_second(seconds);
    time.map(|t| t.strftime("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}

/// A commit as the source of a value.
pub(in crate::detect) fn at_commit(history: &History, commit: &Commit, fact: Fact) -> Observation {
    Observation {
        fact,
        at: Provenance::new(&history.source, Place::Commit(commit.id)),
    }
}

/// The first and last of these commits in each repository, with their times as recorded; commits come by time.
pub(in crate::detect) fn ends(commits: &[OwnCommit<'_>]) -> Vec<Observation> {
    let mut by_source: BTreeMap<&str, Vec<&OwnCommit<'_>>> = BTreeMap::new();
    for own in commits {
        let path = &own.history.source.path;
        by_source.entry(path).or_default().push(own);
    }
    let mut all = Vec::new();
    for of_source in by_source.values() {
        let last = of_source.len() - 1;
        for own in [0, last]
            .into_iter()
            .take(of_source.len())
            .map(|n| of_source[n])
        {
            let time = own
                .recorded()
                .map_or_else(|| in_utc(own.commit.author.seconds), written);
            all.push(at_commit(own.history, own.commit, Fact::Time(time)));
        }
    }
    all.truncate(MAX_SOURCES);
    all
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::UtcOffset;

    #[test]
    fn numbers_are_written_for_people() {
        assert_eq!(percent(0.412).raw(), "41 %");
        assert_eq!(percent(0.034).raw(), "3.4 %");
        let stamp = ClockStamp {
            seconds: 0,
            offset: UtcOffset::from_minutes(330).unwrap(),
        };
        assert_eq!(written(stamp), "1970-01-01 05:30 +05:30");
        assert_eq!(in_utc(59), "1970-01-01 00:00:59");
    }
}
