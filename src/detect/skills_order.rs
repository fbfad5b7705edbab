//! `skills-order`: the same skills in the same order under two names.
//!
//! # What it looks at
//! Lists under a heading of skills: neighbours that stand in both lists in the same order, where the alphabet does not
//! explain it.
//!
//! # Why it can mean a link
//! Nobody's list of skills has a natural order; a copied list keeps the order of its source.
//!
//! # Innocent explanations
//! A course or agency hands out the list; both copied a job advertisement; a template's own list.
//!
//! # Limits
//! Sorted lists say nothing, short ones too little. It never weighs more than moderate support.
//!
//! # References
//! Kendall 1938.

use crate::detect::Detector;
use crate::detect::split_group::LONELY_VALUES;
use crate::detect::split_group::Split;
use crate::detect::split_group::common;
use crate::features::skills::MIN_ITEMS;
use crate::features::skills::common_order;
use crate::features::skills::common_turns;
use crate::features::skills::turns;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::Key;
use crate::link::KeySink;
use crate::model::{
    Card, Document, Evidence, Explanation, Fact, Family, Measure, Observation, Observations,
    Outcome, Profile, Provenance, Relation, SkillList, Subjects,
};

/// The lowest score in the calibration table.
const MIN_SCORE: f64 = 4.0;

/// Two words that so many of the reference's 24,616 résumés hold are neighbours in many lists ("Word, Excel"). One in
/// fifty; a choice.
const COMMON_WORD: u32 = 500;

/// What a turn of two such words weighs.
const COMMON_TURN: f64 = 0.25;

static CARD: Card = Card {
    id: "skills-order",
    title: "The same skills in the same order",
    family: Family::Text,
    looks_at: "Lists under a heading of skills. Counted are neighbours that both lists have in the same order, except where \
               the second follows the first in the alphabet; two very common words count for a quarter.",
    why: "A list of skills has no natural order. Two people who know the same things write them down differently; a copied \
          list keeps the order of its source.",
    innocent: &[
        "One course, bootcamp or agency handed out the list.",
        "Both took the list from one job advertisement.",
        "A template or a program filled it in.",
        "One person applied twice.",
    ],
    question: "Which of the skills on your list did you use last, and for what?",
    limits: "Sorted lists say nothing, nor does a shuffled copy. Needs a heading of skills and six items. Never more than \
             moderate support, and always explained by a course or a template.",
    base_rate: "Of 359,481 pairs of real English résumés of presumably different people two reached the lowest score, one of them by \
                two versions of one person's; of the half held back for the check (174,345 pairs) none did.",
    references: &["Kendall 1938, A new measure of rank correlation"],
};

/// The detector.
pub(in crate::detect) struct SkillsOrder;

impl Detector for SkillsOrder {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass {
            min: MIN_SCORE as f32,
        }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        let lists = profile.skills.iter().flatten();
        lists.flat_map(turns).for_each(|turn| sink.both(turn.0));
    }

    /// A key is a turn, whose words it does not tell: their commonness is judged when the lists are compared.
    fn weight(&self, _key: Key, _background: &Background) -> f32 {
        1.0
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        if profile.skills.iter().all(Vec::is_empty) {
            return vec![Outcome::TooLittle {
                have: 0,
                need: MIN_ITEMS as u32,
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => best(a, b, background).map_or_else(Vec::new, |m| vec![m.evidence()]),
            None => groups(candidate, background),
        }
    }
}

/// A list with the document it stands in.
#[derive(Clone, Copy)]
struct Listed<'a> {
    profile: &'a Profile,
    document: &'a Document,
    list: &'a SkillList,
}

impl Listed<'_> {
    fn observation(&self) -> Observation {
        let text = self.document.text.as_str();
        let (from, to) = (self.list.at.0 as usize, self.list.at.1 as usize);
        Observation {
            at: Provenance::new(&self.document.source, self.document.text.place(from)),
            fact: Fact::Text(text[from..to].trim().to_string()),
        }
    }
}

/// Two lists that share turns.
struct Match<'a> {
    a: Listed<'a>,
    b: Listed<'a>,
    score: f64,
}

/// The strongest match between lists of two applicants.
fn best<'a>(a: &'a Profile, b: &'a Profile, background: &Background) -> Option<Match<'a>> {
    let lists = |profile: &'a Profile| {
        let documents = profile.documents.iter().zip(&profile.skills);
        documents.flat_map(move |(document, lists)| {
            lists.iter().map(move |list| Listed {
                profile,
                document,
                list,
            })
        })
    };
    let weight = |items: [u64; 2]| {
        let is_common = |item: &u64| background.phrases.frequency(*item) >= COMMON_WORD;
        if items.iter().all(is_common) {
            COMMON_TURN
        } else {
            1.0
        }
    };
    let mut best: Option<Match<'a>> = None;
    for x in lists(a) {
        for y in lists(b) {
            let score = common_turns(x.list, y.list, weight);
            if score >= MIN_SCORE && best.as_ref().is_none_or(|m| m.score < score) {
                best = Some(Match { a: x, b: y, score });
            }
        }
    }
    best
}

impl Match<'_> {
    fn evidence(&self) -> Outcome {
        let subjects = Subjects::pair(&self.a.profile.applicant, &self.b.profile.applicant);
        self.evidence_about(
            subjects,
            "{0} skills stand in both lists, {1} of them in one order. Neighbours that no alphabet puts there weigh {2} \
             together, where a pair of uncommon words weighs 1.",
        )
    }

    fn evidence_about(&self, subjects: Subjects, template: &'static str) -> Outcome {
        let (order, common) = common_order(&self.a.list.items, &self.b.list.items);
        let facts = [
            common.to_string(),
            order.to_string(),
            self.score.to_string(),
        ];
        Outcome::Evidence(Box::new(Evidence::new(
            &CARD,
            subjects,
            Measure {
                table: "skills-order",
                score: self.score,
            },
            Explanation::new(template, facts.map(Fact::Number).to_vec()),
            vec![Relation::Template, Relation::Agency],
            Observations::new(self.a.observation(), [self.b.observation()]),
        )))
    }
}

/// Splits a group.
fn groups(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let split = Split {
        candidate,
        lonely: LONELY_VALUES,
    };
    split.outcomes(
        |leader, other, _: &[Match<'_>]| best(leader, other, background),
        |leader, matches| group_evidence(leader, &matches),
        || {
            let why = "many lists have these neighbours, and no two have enough in one order";
            common(&CARD, candidate, "common skills", why)
        },
    )
}

/// The weakest match speaks for the group.
fn group_evidence(leader: &Profile, matches: &[Match<'_>]) -> Option<Outcome> {
    if let [pair] = matches {
        return Some(pair.evidence());
    }
    let weakest = matches.iter().min_by(|m, n| m.score.total_cmp(&n.score))?;
    let members = matches.iter().map(|m| m.b.profile.applicant.clone());
    Some(weakest.evidence_about(
        Subjects::group(members.chain([leader.applicant.clone()]))?,
        "All of these lists share an order with one of them; in the one that shares least {0} skills stand in both, {1} of \
         them in one order. Neighbours that no alphabet puts there weigh {2} together, where a pair of uncommon words weighs 1.",
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::detect::text_fixture;
    use crate::features::skills::lists;

    const OWN: &str = "Skills\nTidal charts, Rust, Kafka, Berth planning, Terraform, Crane safety, SQL, Post-quantum knots, Git\n";

    fn profile(id: &str, text: &str) -> Profile {
        Profile {
            skills: vec![lists(text)],
            ..text_fixture::profile(id, &[text])
        }
    }

    fn outcomes(texts: &[&str]) -> Vec<Outcome> {
        let named = texts.iter().enumerate();
        let profiles: Vec<Profile> = named.map(|(i, t)| profile(&format!("a{i}"), t)).collect();
        let candidate = Candidate {
            members: profiles.iter().collect(),
            keys: vec![],
        };
        SkillsOrder.compare(&candidate, &Background::shipped())
    }

    #[test]
    fn one_order_is_evidence_that_a_course_explains() {
        let all = outcomes(&[OWN, OWN]);
        let [Outcome::Evidence(e)] = all.as_slice() else {
            panic!("{all:?}")
        };
        assert!(e.measure.score >= MIN_SCORE);
        assert_eq!(e.explained_by, [Relation::Template, Relation::Agency]);
    }

    #[test]
    fn a_sorted_list_and_another_order_say_nothing() {
        let sorted = "Skills\nAnsible, Bash, C, Docker, Git, Kafka, Rust, SQL, Terraform\n";
        let other = "Skills\nGit, Kafka, SQL, Rust, Crane safety, Tidal charts, Terraform, Berth planning, Post-quantum knots\n";
        assert!(outcomes(&[sorted, sorted]).is_empty());
        assert!(outcomes(&[OWN, other]).is_empty());
    }

    #[test]
    fn a_course_is_one_group() {
        let all = outcomes(&[OWN, OWN, OWN]);
        assert!(
            matches!(all.as_slice(), [Outcome::Evidence(e)] if e.subjects.as_slice().len() == 3)
        );
    }
}
