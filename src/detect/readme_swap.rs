//! # What it looks at
//! The READMEs of two applicants' repositories.
//! # Why it can mean a link
//! Whoever passes a copied project off as their own changes names and addresses in it and leaves the rest.
//! # Innocent explanations
//! Forks, course starters, generators, teams in which everybody keeps a copy under their own name.
//! # Limits
//! Short READMEs say nothing, and one that was written anew is not seen.
//! # References
//! Measured rates in `corpora/calibration/readme-swap.json`.
//!
//! The score is the number of words that are the same, times the likeness of the two texts.

use crate::detect::Detector;
use crate::detect::code_origin::REWRITTEN;
use crate::detect::code_origin::SAME_COMMITS;
use crate::detect::code_origin::is_of_others;
use crate::detect::code_origin::is_rewritten;
use crate::features::readme::have_same_title;
use crate::features::readme::likeness;
use crate::features::readme::marks;
use crate::features::readme::num_words;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Evidence;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::History;
use crate::model::Measure;
use crate::model::ObjectId;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Outcome;
use crate::model::Owner;
use crate::model::Place;
use crate::model::Profile;
use crate::model::Provenance;
use crate::model::Readme;
use crate::model::Relation;
use crate::model::SetAside;
use crate::model::Subjects;
use std::collections::BTreeSet;

static CARD: Card = Card {
    id: "readme-swap",
    title: "The same README with other people's names in it",
    family: Family::Code,
    looks_at: "The README of each repository, with names, handles, addresses, phone numbers and links taken out: two that have \
               the same title and the same words and name different people.",
    why: "Whoever passes a project off under a second name changes the author's name and links in its README and leaves the \
          rest as it is.",
    innocent: &[
        "One forked or copied the other's project and put in their own name, without the other's knowledge.",
        "Both handed in the same exercise of a course, whose README has places for a name.",
        "Both worked on one project, and each keeps a copy under their own name.",
        "A program or template wrote both READMEs.",
    ],
    question: "This README is also in somebody else's repository, with another name in it. Who wrote the project first?",
    limits: "Needs 120 words that are the same, and an address, handle or name on each side that the other does not have. READMEs \
             that say they belong to a course, a tutorial or a generator are explained by that; those that a shipped table of \
             templates knows, and those that many of the pool hold, are set aside. Names are found only behind words such as \
             \"by\" or \"author\".",
    base_rate: "None of 18,528 pairs of READMEs of 193 unrelated owners of public repositories was alike in this way; 26 were alike \
                in their words but named nobody else. Of the same READMEs with every person replaced, 61 % reached the score.",
    references: &[
        "Schleimer, Wilkerson, Aiken 2003, Winnowing: local algorithms for document fingerprinting",
        "corpora/calibration/readme-swap.json (what was counted)",
    ],
};

/// Fewest words of a README, personal strings apart: a choice; shorter ones are a title and two commands.
const MIN_WORDS: usize = 120;
/// Least share of the runs of four words that are the same: one word in eighty may differ.
const MIN_LIKENESS: f64 = 0.95;
/// Shared fingerprints worth a look: those of some 60 words.
const MIN_SHARED: f32 = 12.0;
/// Share of a README's fingerprints that must be rare.
const MIN_RARE: f64 = 0.5;

const MANY: &str = "many of the pool hold this README: a course's or a generator's";
const PAIR: &str = "The README of {a}'s repository {0} and that of {b}'s repository {1} have the same title and {2} words in \
    common; of the names, addresses and links in them, {3} stand only in the first and {4} only in the second.";

/// See the card.
pub(in crate::detect) struct ReadmeSwap;

/// A README with the repository it stands in.
struct Side<'a> {
    profile: &'a Profile,
    owner: &'a Owner,
    history: &'a History,
    readme: &'a Readme,
}

impl Detector for ReadmeSwap {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: MIN_SHARED }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for side in sides(profile).filter(|s| num_words(s.readme) >= MIN_WORDS) {
            marks(side.readme).into_iter().for_each(|m| sink.both(m));
        }
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        match background.code_marks.contains(key) {
            true => 0.0,
            false => 1.0,
        }
    }

    fn examine(&self, profile: &Profile, _: &Background) -> Vec<Outcome> {
        let longest = sides(profile).map(|s| num_words(s.readme)).max();
        match longest {
            None => vec![Outcome::CouldNotLook {
                why: "no repository with a README was given",
            }],
            Some(have) if have < MIN_WORDS => vec![Outcome::TooLittle {
                have: have as u32,
                need: MIN_WORDS as u32,
            }],
            Some(_) => Vec::new(),
        }
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b, background).into_iter().collect(),
            None => {
                let who = candidate.members.iter();
                vec![Outcome::SetAside(SetAside {
                    detector: CARD.id,
                    subjects: who.map(|p| p.applicant.clone()).collect(),
                    what: Fact::Text("common README".into()),
                    why: MANY,
                })]
            }
        }
    }
}

fn sides(profile: &Profile) -> impl Iterator<Item = Side<'_>> {
    let repositories = profile.histories.iter().zip(&profile.owners);
    let all = repositories.zip(&profile.repositories);
    all.filter_map(move |((history, owner), traces)| {
        Some(Side {
            profile,
            owner,
            history,
            readme: traces.readme.as_ref()?,
        })
    })
}

/// The strongest match of the READMEs of two applicants.
fn pair(a: &Profile, b: &Profile, background: &Background) -> Option<Outcome> {
    let mut best: Option<(f64, Side<'_>, Side<'_>)> = None;
    let mut comparisons = 0;
    for left in sides(a) {
        for right in sides(b) {
            comparisons += 1;
            let found = score(left.readme, right.readme);
            let is_better = |s: &f64| best.as_ref().is_none_or(|b| *s > b.0);
            if let Some(score) = found.filter(is_better) {
                best = Some((score, Side { ..left }, right));
            }
        }
    }
    let (score, left, right) = best?;
    let set_aside = |why| {
        Outcome::SetAside(SetAside {
            detector: CARD.id,
            subjects: vec![a.applicant.clone(), b.applicant.clone()],
            what: Fact::Path(left.history.source.path.clone()),
            why,
        })
    };
    Some(match why_not(&left, &right, background) {
        Some(why) => set_aside(why),
        None => Outcome::Evidence(Box::new(evidence(&left, &right, score, comparisons))),
    })
}

/// The number of words two READMEs share, times their likeness; `None` where they are not one README with other people.
fn score(a: &Readme, b: &Readme) -> Option<f64> {
    let words = num_words(a).min(num_words(b));
    let (only_a, only_b) = only(a, b);
    if words < MIN_WORDS || only_a == 0 || only_b == 0 || !have_same_title(a, b) {
        return None;
    }
    let likeness = likeness(a, b);
    (likeness >= MIN_LIKENESS).then_some(words as f64 * likeness)
}

/// How many personal strings stand in one README only.
fn only(a: &Readme, b: &Readme) -> (usize, usize) {
    let (a, b): (BTreeSet<_>, BTreeSet<_>) = (a.who.iter().collect(), b.who.iter().collect());
    (a.difference(&b).count(), b.difference(&a).count())
}

/// Why what two READMEs share says nothing.
fn why_not(left: &Side<'_>, right: &Side<'_>, background: &Background) -> Option<&'static str> {
    let commits: BTreeSet<ObjectId> = left.history.commits.iter().map(|c| c.id).collect();
    if right
        .history
        .commits
        .iter()
        .any(|c| commits.contains(&c.id))
    {
        return Some(SAME_COMMITS);
    }
    if is_rewritten(left.history, right.history) {
        return Some(REWRITTEN);
    }
    let marks = marks(left.readme);
    let is_rare = |mark: &&u64| background.code_weight(**mark) > 0.0;
    let rare = marks.iter().filter(is_rare).count() as f64;
    let is_known = [left, right]
        .iter()
        .any(|s| background.scaffold.contains(&s.readme.blob));
    (is_known || rare < MIN_RARE * marks.len() as f64).then_some(MANY)
}

fn explained_by(left: &Side<'_>, right: &Side<'_>) -> Vec<Relation> {
    let mut all = Vec::new();
    if left.readme.is_common || right.readme.is_common {
        all.extend([Relation::Template, Relation::Agency]);
    }
    let of_others = |s: &Side<'_>| is_of_others(s.profile, s.owner, s.history);
    if of_others(left) || of_others(right) {
        all.push(Relation::Fork);
    }
    all
}

fn evidence(left: &Side<'_>, right: &Side<'_>, score: f64, comparisons: usize) -> Evidence {
    let words = num_words(left.readme).min(num_words(right.readme));
    let (only_left, only_right) = only(left.readme, right.readme);
    let facts = vec![
        Fact::Path(left.history.source.path.clone()),
        Fact::Path(right.history.source.path.clone()),
        Fact::Number(words.to_string()),
        Fact::Number(only_left.to_string()),
        Fact::Number(only_right.to_string()),
    ];
    let observe = |side: &Side<'_>| {
        let place = Place::File {
            path: side.readme.path.clone(),
            blob: side.readme.blob,
        };
        Observation {
            fact: Fact::Path(side.readme.path.clone()),
            at: Provenance::new(&side.history.source, place),
        }
    };
    let seen = Observations::from_vec(vec![observe(left), observe(right)]).expect("two of them");
    let measure = Measure {
        table: "readme-swap",
        score,
    };
    let subjects = Subjects::pair(&left.profile.applicant, &right.profile.applicant);
    let told = Explanation::new(PAIR, facts);
    Evidence::new(
        &CARD,
        subjects,
        measure,
        told,
        explained_by(left, right),
        seen,
    )
    .best_of(comparisons)
}

#[cfg(test)]
mod tests;
