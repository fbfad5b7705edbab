//! Counts the different names that stand on the applicant's own commits.
//!
//! # What it looks at
//! The opaque keys of the names of own commits (equal for the same words in any order, case or diacritics), and whether
//! the claimed name is among them. The names themselves are not read here.
//!
//! # Why it can mean something
//! One address used under several people's names is what a shared account, or one hand behind several, leaves behind.
//!
//! # Innocent explanations
//! Marriage, transliteration, a nickname, a second name, a shared machine.
//!
//! # Limits
//! It does not say how much the names differ: any measure of that treats names of different scripts and customs unequally.
//!
//! # References
//! `corpora/calibration/consistency-findings.json`; `docs/consistency.md`.

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
use std::collections::BTreeMap;

static CARD: Card = Card {
    id: "name-spellings",
    title: "Several different names stand on the applicant's own commits",
    family: Family::Identity,
    looks_at: "How many different names the applicant's own commits carry, as opaque keys that are equal for the same words in any \
               order, case or diacritics, and whether the claimed name is one of them.",
    why: "An address that is used under four names or more may be an account that several people share, or several that one person \
          uses. It is worth a question only beside something else.",
    innocent: &[
        "Marriage, divorce or another change of name.",
        "The name is written in two scripts, or transliterated in two ways.",
        "A nickname or login on one machine and the full name on another; a second given name; initials.",
        "A machine that several people use, or a pair who commit in turn.",
        "A name typed into a new machine in haste, or a tool that wrote its own.",
    ],
    question: "Your commits carry several names. Could you tell me how they came about?",
    limits: "Needs 20 own commits that carry a name (host names and placeholders are none). It is context: the names are neither \
             compared with each other nor with e-mail addresses, because every measure of likeness would judge names of different \
             scripts and customs unequally. The report shows the commits, not a rank.",
    base_rate: "8 of 976 authors of public repositories carry four names or more (0.8 %, 95 % interval 0.4 to 1.6 %), 48 three or more \
                (4.9 %), 250 two or more (26 %; corpora/programs/measure_consistency.rs).",
    references: &[
        "corpora/calibration/consistency-findings.json (the counts)",
        "docs/consistency.md (why nothing is compared)",
    ],
};

const PROPOSITIONS: [&str; 2] = [
    "one person set the name in several ways",
    "several people used the address, or one used several names on purpose",
];
const WITH_CLAIM: &str =
    "{0} different names stand on {1} own commits; the claimed name is one of them.";
const WITHOUT_CLAIM: &str =
    "{0} different names stand on {1} own commits; the claimed name is not among them.";
const NO_CLAIM: &str = "{0} different names stand on {1} own commits; no name is claimed.";
/// With three it would be too many ordinary people (consistency-findings.json).
const MIN_NAMES: usize = 4;
/// Own commits that carry a name.
const MIN_COMMITS: usize = 20;

/// See the card.
pub(in crate::detect) struct NameSpellings;

impl Detector for NameSpellings {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        let own = match own_or_why(profile) {
            Ok(own) => own,
            Err(why) => return could_not(why),
        };
        let mut by_name: BTreeMap<u64, Vec<OwnCommit<'_>>> = BTreeMap::new();
        for commit in own {
            let ident = &commit.history.idents[commit.commit.author.ident as usize];
            if ident.name_key != 0 {
                by_name.entry(ident.name_key).or_default().push(commit);
            }
        }
        let num: usize = by_name.values().map(Vec::len).sum();
        if num < MIN_COMMITS {
            return too_little(num, MIN_COMMITS);
        }
        if by_name.len() < MIN_NAMES {
            return Vec::new();
        }
        let parts = parts(profile, &by_name, num);
        parts.map(|p| found(self, profile, p)).into_iter().collect()
    }
}

fn parts(
    profile: &Profile,
    by_name: &BTreeMap<u64, Vec<OwnCommit<'_>>>,
    num: usize,
) -> Option<FindingParts> {
    let template = match profile.name {
        None => NO_CLAIM,
        Some(name) if by_name.contains_key(&name.0) => WITH_CLAIM,
        Some(_) => WITHOUT_CLAIM,
    };
    // The first commit of each name, by time: the order says nothing of the names.
    let mut firsts: Vec<&OwnCommit<'_>> = by_name.values().filter_map(|c| c.first()).collect();
    firsts.sort_by_key(|o| (o.commit.author.seconds, o.commit.id));
    let shown = firsts.iter().take(MAX_SOURCES).map(|o| {
        let time = Fact::Time(in_utc(o.commit.author.seconds));
        at_commit(o.history, o.commit, time)
    });
    Some(FindingParts {
        base_rate: base_rate(CARD.id),
        sample: num as u32,
        propositions: PROPOSITIONS,
        explanation: Explanation::new(template, vec![number(by_name.len()), number(num)]),
        observations: Observations::from_vec(shown.collect())?,
        exhibits: Vec::new(),
    })
}

#[cfg(test)]
#[path = "name_spellings_tests.rs"]
mod tests;
