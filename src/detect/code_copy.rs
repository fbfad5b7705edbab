//! # What it looks at
//! Source files of two applicants' repositories, at the tips and in some earlier versions, as winnowed fingerprints of
//! their syntax: names and literals by class, comments and layout left out.
//! # Why it can mean a link
//! Code that was taken over stays the same code when names are changed, functions reordered and files split.
//! # Innocent explanations
//! Starters, courses, tutorials, a library that one side includes, colleagues.
//! # Limits
//! Rewritten logic is not seen. Repositories with common commits are set aside: git itself declares the copy.
//! # References
//! Schleimer, Wilkerson, Aiken 2003; measured rates in `corpora/calibration/code-copy.json`.
//!
//! Candidates share fingerprints that neither public code nor more than a handful of the pool holds; each pair is then
//! compared exactly (`features::code::copied`). The score is the mass of the shared stretches less what a stretch that
//! comes about by chance has.

mod explain;
mod group;
mod side;
mod tell;

use crate::detect::Detector;
use crate::detect::code_copy::side::Match;
use crate::detect::code_copy::side::Repository;
use crate::detect::code_copy::side::Side;
use crate::detect::code_copy::side::may_count;
use crate::detect::code_copy::side::most_own;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::Card;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Outcome;
use crate::model::Profile;
use crate::model::SetAside;

static CARD: Card = Card {
    id: "code-copy",
    title: "Stretches of the same code in two applicants' repositories",
    family: Family::Code,
    looks_at: "The syntax of source files in two applicants' repositories, as they stand now and as they stood at up to \
               64 moments of their history. Names, numbers, \
               texts, comments and layout do not count. Code of public templates and packages, code that many of the pool \
               hold, vendored and generated files are left out.",
    why: "Code that was taken over stays the same code when its names are changed, its functions reordered, its files split \
          or joined. Two people who solve the same task write it differently.",
    innocent: &[
        "Both started from one template, course or tutorial and kept its code.",
        "Both copied the same part from a public collection, an answer on a forum or a code assistant.",
        "One includes a library that the other wrote.",
        "Both worked on one project and each kept a part of it.",
        "One applicant copied from the other's public repository without the other's knowledge.",
    ],
    question: "This part of your repository is also in somebody else's. Could you explain how it works, and which part of it \
               you wrote yourself?",
    limits: "Needs 100 different fingerprints on both sides, about 300 lines of code. A program that was written anew after \
             another's is not seen. Two repositories with common commits are set aside as a fork or a common upstream. \
             Public code that is not in the shipped table looks like somebody's own where few of the pool have it. A language \
             without a grammar is compared by words and signs.",
    base_rate: "31 of 10,458 pairs of small public repositories of 167 unrelated owners reached the lowest score, six more than 320 \
                and none 640; of 3,403 pairs held back 7, 1 and none did. 135 of 152 planted copies (all of a repository's files to a \
                tenth of them) reached it.",
    references: &[
        "Schleimer, Wilkerson, Aiken 2003, Winnowing: local algorithms for document fingerprinting",
        "Abouelhoda and Ohlebusch 2005, Chaining algorithms for multiple genome comparison",
        "Karnalim, Budi, Toba, Joy 2019, Source code plagiarism detection in academia with information retrieval",
        "Vovk and Wang 2021, E-values: calibration, combination and applications",
    ],
};

/// Fewest different fingerprints of a repository that is compared (METHODS: code).
const MIN_MARKS: usize = 100;

/// Shared fingerprints worth an exact comparison: a stretch of some 25 lines.
const MIN_SHARED: f32 = 30.0;

/// See the card.
pub(in crate::detect) struct CodeCopy;

impl Detector for CodeCopy {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: MIN_SHARED }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        let prints = profile.code.iter().flatten().filter(|u| may_count(u));
        for print in prints.filter_map(|u| u.print.as_ref()) {
            print.marks.iter().for_each(|mark| sink.both(mark.hash));
        }
    }

    fn weight(&self, key: Key, background: &Background) -> f32 {
        match background.code_marks.contains(key) {
            true => 0.0,
            false => 1.0,
        }
    }

    fn examine(&self, profile: &Profile, background: &Background) -> Vec<Outcome> {
        if profile.histories.is_empty() {
            let why = "no repository was given";
            return vec![Outcome::CouldNotLook { why }];
        }
        let have = most_own(profile, background);
        match have < MIN_MARKS {
            true => vec![Outcome::TooLittle {
                have: have as u32,
                need: MIN_MARKS as u32,
            }],
            false => Vec::new(),
        }
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => pair(a, b, background),
            None => group::outcomes(candidate, background),
        }
    }
}

/// What ties two applicants: the strongest match of their repositories, and forks set aside.
fn pair(a: &Profile, b: &Profile, background: &Background) -> Vec<Outcome> {
    let (a, b) = Side::both(a, b, background);
    let weight = |mark| background.code_weight(mark);
    let mut outcomes = Vec::new();
    let mut best: Option<Match<'_>> = None;
    for (left, right) in a.repository_pairs(&b) {
        let Some(found) = Match::new(left, right, &weight) else {
            continue;
        };
        if let Some(why) = left.declared(right) {
            outcomes.push(set_aside(&a, &b, left, why));
        } else if best.as_ref().is_none_or(|best| found.score > best.score) {
            best = Some(found);
        }
    }
    let comparisons = a.repository_pairs(&b).count();
    outcomes.extend(best.map(|found| match found.ordinary(background) {
        Some(why) => set_aside(&a, &b, found.left, why),
        None => tell::pair(&a, &b, &found, comparisons),
    }));
    outcomes
}

fn set_aside(a: &Side<'_>, b: &Side<'_>, at: &Repository<'_>, why: &'static str) -> Outcome {
    Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects: vec![a.profile.applicant.clone(), b.profile.applicant.clone()],
        what: Fact::Path(at.history.source.path.clone()),
        why,
    })
}

#[cfg(test)]
mod tests;
