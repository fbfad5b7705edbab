//! Looks for commits whose recorded UTC offset is none that a clock shows.
//!
//! # What it looks at
//! The raw offsets of the applicant's own commits: `+051800`, `+9999`, `-0000`, an empty one.
//!
//! # Why it can mean something
//! git takes the offset from the machine's clock and always writes one that exists. Another one was written by some other
//! program, or the history was edited by hand. The clock detectors have to leave these commits out.
//!
//! # Innocent explanations
//! Importers and early libraries wrote such offsets by mistake; the commits keep them for ever.
//!
//! # Limits
//! Raw offsets are kept for each repository, not for each commit: those of other people's commits are listed with them.
//!
//! # References
//! git-fsck(1), `badTimezone`.

use crate::detect::Detector;
use crate::detect::base_rates::base_rate;
use crate::detect::commit_finding::MAX_SOURCES;
use crate::detect::commit_finding::at_commit;
use crate::detect::commit_finding::could_not;
use crate::detect::commit_finding::found;
use crate::detect::commit_finding::in_utc;
use crate::detect::commit_finding::number;
use crate::detect::commit_finding::own_or_why;
use crate::detect::commit_finding::too_little;
use crate::features::own::OwnCommit;
use crate::link::Background;
use crate::model::Card;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::FindingParts;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Profile;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "odd-offset",
    title: "Commits record a UTC offset that no clock shows",
    family: Family::History,
    looks_at: "The offset as it is written in the applicant's own commits.",
    why: "git writes the offset of the machine's clock. One that does not exist was written by another program or by hand, so \
          the times beside it are that program's, too.",
    innocent: &[
        "The history was imported from another system; several importers wrote such offsets.",
        "An old version of a library, an app or a plug-in wrote them by mistake.",
        "The applicant tried out what git accepts, or kept a test repository with broken commits.",
    ],
    question: "Some of your commits carry a time zone that does not exist. With which program were they made or imported?",
    limits: "Needs 20 commits of the applicant's own. Offsets are listed for the whole repository, with those of other \
             people's commits. Says nothing about where anybody is.",
    base_rate: "None of 5,617 authors with at least 20 commits in one of 367 public repositories (0.01 %, 95 % interval 0 to \
                0.07 %); single odd commits are known from a few of them.",
    references: &["git-fsck(1): badTimezone"],
};

const PROPOSITIONS: [&str; 2] = [
    "git wrote the commits by the machine's clock",
    "another program or a hand wrote their times",
];

const MIN_COMMITS: usize = 20;
/// Most different offsets that are listed.
const MAX_LISTED: usize = 5;

/// Offsets that are none.
pub(in crate::detect) struct OddOffset;

impl Detector for OddOffset {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        if own.len() < MIN_COMMITS {
            return too_little(own.len(), MIN_COMMITS);
        }
        let odd: Vec<_> = own
            .iter()
            .filter(|o| o.commit.author.offset.is_none())
            .copied()
            .collect();
        parts(&odd, own.len())
            .map(|p| found(self, profile, p))
            .into_iter()
            .collect()
    }
}

/// `None` where no commit is odd.
fn parts(odd: &[OwnCommit<'_>], all: usize) -> Option<FindingParts> {
    let explanation = Explanation::new(
        "{0} of {1} commits of the applicant record an offset that no clock shows; in these repositories: {2}.",
        vec![number(odd.len()), number(all), Fact::Text(listed(odd))],
    );
    let sources = odd.iter().take(MAX_SOURCES).map(|o| {
        let time = format!("{} (UTC)", in_utc(o.commit.author.seconds));
        at_commit(o.history, o.commit, Fact::Time(time))
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: all as u32,
        propositions: PROPOSITIONS,
        explanation,
        observations: Observations::from_vec(sources.collect())?,
        exhibits: Vec::new(),
    })
}

/// The raw offsets of the repositories that the commits are in.
fn listed(odd: &[OwnCommit<'_>]) -> String {
    let raw = odd.iter().flat_map(|o| &o.history.odd_offsets);
    let raw: BTreeSet<&str> = raw.map(|(text, _)| text.as_str()).collect();
    let mut parts: Vec<&str> = raw
        .iter()
        .map(|text| shown(text))
        .take(MAX_LISTED)
        .collect();
    parts.dedup();
    if raw.len() > MAX_LISTED {
        parts.push("others");
    }
    parts.join(", ")
}

/// As it is written where it is a number; anything else could be a person's words.
fn shown(raw: &str) -> &str {
    match raw
        .bytes()
        .all(|b| b.is_ascii_digit() || b"+-".contains(&b))
    {
        true if raw.is_empty() => "none at all",
        true => raw,
        false => "no number",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::clock_case::Case;
    use crate::detect::clock_case::OTHER;
    use crate::detect::clock_case::OWN;
    use crate::detect::clock_case::START;
    use crate::detect::clock_case::amount;
    use crate::detect::clock_case::facts;
    use crate::detect::clock_case::is_whole;

    fn profile(author: u32, raw: &str) -> Profile {
        let mut case = Case::claiming("").at(0..20, 60);
        for n in 0..3 {
            case = case.commit(START + n * 5_000, None, author, OWN);
        }
        let mut profile = case.profile();
        profile.histories[0].odd_offsets = vec![(raw.into(), 6)];
        profile
    }

    fn asked(profile: &Profile) -> Vec<Outcome> {
        OddOffset.examine(profile, &Background::default())
    }

    #[test]
    fn own_commits_with_an_odd_offset_are_found() {
        let outcomes = asked(&profile(OWN, "+051800"));
        let [Outcome::Finding(finding)] = outcomes.as_slice() else {
            panic!("{outcomes:?}")
        };
        assert!(is_whole(finding));
        assert_eq!(facts(finding), ["3", "43", "+051800"]);
        assert_eq!(finding.observations.as_slice().len(), 3);
    }

    #[test]
    fn other_peoples_offsets_and_few_commits_are_not() {
        assert!(asked(&profile(OTHER, "+051800")).is_empty());
        let few = Case::claiming("").at(0..5, 60);
        assert_eq!(amount(&few.asked(&OddOffset)), Some((10, 20)));
    }

    #[test]
    fn words_in_place_of_an_offset_are_not_repeated() {
        let shows = |raw, text| assert_eq!(shown(raw), text);
        shows("+9999", "+9999");
        shows("", "none at all");
        shows("ann@example.org", "no number");
    }
}
