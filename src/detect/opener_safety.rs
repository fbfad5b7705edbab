//! Looks for files of a repository that may run something when a reviewer opens or installs it.
//!
//! # What it looks at
//! Editor tasks that start with the folder, install scripts and set-up commands that download or decode what they run,
//! code that is decoded from text, obfuscated, or pushed out of sight.
//! # Why it is worth knowing
//! A work sample is opened on a reviewer's own machine.
//! # Innocent explanations
//! Build tools, set-up scripts, exercises in obfuscation.
//! # Limits
//! Patterns of `features::openers`; nothing is run.
//! # References
//! Visual Studio Code's documentation of tasks; npm's of scripts.

use crate::detect::Detector;
use crate::link::Background;
use crate::model::BaseRate;
use crate::model::Card;
use crate::model::Explanation;
use crate::model::Fact;
use crate::model::Family;
use crate::model::Finding;
use crate::model::FindingParts;
use crate::model::History;
use crate::model::Observation;
use crate::model::Observations;
use crate::model::Opener;
use crate::model::Outcome;
use crate::model::Profile;

static CARD: Card = Card {
    id: "opener-safety",
    title: "Handle with care: opening this repository may run something",
    family: Family::Code,
    looks_at: "Editor tasks that start when the folder is opened; install scripts and set-up commands that download or decode \
               what they run; source that decodes text and runs it, bears an obfuscator's names, or stands far to the right \
               of what an editor shows. This says something of the files, not of the applicant.",
    why: "A work sample is opened on a reviewer's machine. Whoever knows beforehand that something may run can look at the \
          lines first, or open it where nothing can be harmed.",
    innocent: &[
        "A set-up script or editor task that the project's developers use every day.",
        "Tests, exercises or packed third-party code that decode text and run it.",
        "A line that a formatter or a merge left far to the right.",
        "The applicant's own machine was tampered with, or the file came with somebody else's template.",
    ],
    question: "What does this script do, and does your project need it to run by itself?",
    limits: "Patterns only: other ways to run something are not seen, and vendored, minified and generated files and files of \
             more than 1 MB are not looked into. Nothing of a repository is ever run.",
    base_rate: "1 of 281 public repositories (0.4 %, 95 % interval 0.1 to 2.0 %; corpora/programs/measure_openers.py): a set-up \
                script that downloads what it runs.",
    references: &[
        "Visual Studio Code documentation: Tasks, run behavior",
        "npm documentation: scripts, life cycle operation order",
        "Python documentation: eval and exec",
    ],
};

/// Measured on public repositories (see the card).
const BASE_RATE: BaseRate = BaseRate {
    rate: 0.0036,
    low: 0.0006,
    high: 0.0199,
    n: 281,
};

/// Places named.
const SHOWN: usize = 12;

const PROPOSITIONS: [&str; 2] = [
    "the files do what the project's developers need",
    "a file runs something that whoever opens it does not expect",
];

/// See the card.
pub(in crate::detect) struct OpenerSafety;

impl Detector for OpenerSafety {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.histories.is_empty() {
            let why = "no repository was given";
            return vec![Outcome::CouldNotLook { why }];
        }
        let histories = profile.histories.iter().zip(&profile.repositories);
        histories
            .filter_map(|(history, traces)| parts(history, &traces.openers))
            .map(|parts| Outcome::Finding(Box::new(Finding::new(&CARD, &profile.applicant, parts))))
            .collect()
    }
}

fn parts(history: &History, openers: &[Opener]) -> Option<FindingParts> {
    let see = |opener: &Opener| Observation {
        fact: Fact::Text(opener.kind.in_words().into()),
        at: opener.at.clone(),
    };
    let seen = openers.iter().take(SHOWN).map(see).collect();
    Some(FindingParts {
        base_rate: BASE_RATE,
        sample: openers.len() as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(
            "Handle with care: {0} places in {1} may run something when the repository is opened or installed. Look at them \
             first, or open it where nothing can be harmed.",
            vec![
                Fact::Number(openers.len().to_string()),
                Fact::Path(history.source.path.clone()),
            ],
        ),
        observations: Observations::from_vec(seen)?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::code_fixture::{applicant, several};
    use crate::model::OpenerKind;
    use crate::model::Place;
    use crate::model::Provenance;
    use crate::model::RepositoryTraces;

    #[test]
    fn a_place_that_runs_is_told_and_none_is_nothing() {
        let made = several(2, "a", "a", "a@example.com");
        let mut profile = applicant("a", "a", &["a@example.com"], &made, Vec::new());
        profile.repositories = vec![RepositoryTraces::default()];
        assert!(
            OpenerSafety
                .examine(&profile, &Background::default())
                .is_empty()
        );
        let at = Provenance::new(&profile.histories[0].source, Place::Whole);
        let kind = OpenerKind::EditorTask;
        profile.repositories[0].openers.push(Opener { kind, at });
        let outcomes = OpenerSafety.examine(&profile, &Background::default());
        assert!(matches!(outcomes.as_slice(), [Outcome::Finding(f)] if f.sample == 1));
        let none = applicant("b", "b", &[], &[], Vec::new());
        assert!(matches!(
            OpenerSafety
                .examine(&none, &Background::default())
                .as_slice(),
            [Outcome::CouldNotLook { .. }]
        ));
    }
}
