//! `same-career`: employers, titles and dates in the same order under two names.
//!
//! # What it looks at
//! Steps of employment in documents: start, end, employer, title. Candidates share employer and year in several steps;
//! the heaviest common sequence of the two careers is then found exactly.
//!
//! # Why it can mean a link
//! Many people work at one employer at one time. Hardly two leave one employer for the same next one in the same months
//! with the same titles, and then again.
//!
//! # Innocent explanations
//! Colleagues; one person applying twice; a published sample that both filled in.
//!
//! # Limits
//! Reads dates in eight languages and ordinary layouts; where a line is not understood, there is no step. Employers
//! whose names are ordinary words are not told apart and do not count.
//!
//! # References
//! Fellegi and Sunter 1969.

use crate::detect::Detector;
use crate::detect::split_group::LONELY_VALUES;
use crate::detect::split_group::Split;
use crate::features::career_match::CareerMatch;
use crate::features::career_match::common;
use crate::features::career_match::compare;
use crate::link::Background;
use crate::link::Candidate;
use crate::link::Join;
use crate::link::KeySink;
use crate::model::{
    Card, CareerStep, Document, Evidence, Exhibit, Explanation, Fact, Family, Measure, Observation,
    Observations, Outcome, Profile, Provenance, Relation, SetAside, Subjects, combine,
};

/// Fewer steps have no order.
const MIN_STEPS: u32 = 2;

/// The lowest score in the calibration table.
const MIN_SCORE: f64 = 2.0;

/// Steps of a chain that colleagues do not explain: three with dates, or two to the month at both ends and with titles.
const CHAIN: usize = 3;

/// See [`CHAIN`].
const EXACT_CHAIN: usize = 2;

/// A word that so many of the reference's 24,616 résumés hold names no employer: "Solutions", "Bank", "Company". One in
/// fifty; a choice.
const COMMON_WORD: u32 = 500;

/// Keys that two steps share at least: start and end year of two one-word employers.
const MIN_KEYS: f32 = 4.0;

/// Most words of an employer that make keys.
const KEY_WORDS: usize = 6;

/// Longest line drawn in the report, in characters.
const SHOWN: usize = 160;

static CARD: Card = Card {
    id: "same-career",
    title: "The same career under two names",
    family: Family::Text,
    looks_at: "Employers, job titles and dates of employment in both documents. Steps whose employer and dates agree are \
               counted in their order; places, studies and referees are left out.",
    why: "Many people have worked at one employer at one time. Hardly two have then gone to the same next employer in the \
          same month under the same title, and from there to the same third.",
    innocent: &[
        "Colleagues who were hired together and moved on together, for instance when a firm was bought or closed.",
        "One person applied twice, under two spellings of the name.",
        "Both filled in the same published sample and left its employers standing.",
        "A trainee programme that sends everybody through the same employers at the same dates.",
    ],
    question: "Who did you report to at the second employer on your résumé, and what made you move on from there when you did?",
    limits: "One shared employer is a colleague and is set aside. Dates and employers that its rules do not read give no \
             steps; needs two. Employers whose names are ordinary words do not count. An invented career with other \
             employers is not seen.",
    base_rate: "Of 174,345 pairs of real English résumés of presumably different people held back (looked at \
                once, for the rule on dates from January to January), 10 had two or more steps with a score of 2 or more even when every employer is taken for the same, and none \
                had 3.5; of 185,136 others 14 and 2, the latter two versions of one person's.",
    references: &["Fellegi and Sunter 1969, A theory for record linkage"],
};

/// The detector.
pub(in crate::detect) struct SameCareer;

impl Detector for SameCareer {
    fn card(&self) -> &'static Card {
        &CARD
    }

    fn join(&self) -> Join {
        Join::Mass { min: MIN_KEYS }
    }

    fn keys(&self, profile: &Profile, sink: &mut KeySink) {
        for step in profile.careers.iter().flatten() {
            let mut ends = vec![(0, step.from)];
            ends.extend(step.to.map(|to| (1, to)));
            for (side, date) in ends {
                let mut dates = vec![u64::from(date.year) << 8];
                if date.month > 0 {
                    dates.push(u64::from(date.year) << 8 | u64::from(date.month));
                }
                for date in dates {
                    for &word in step.employer.iter().take(KEY_WORDS) {
                        sink.both(combine(combine(side, date), word));
                    }
                }
            }
        }
    }

    fn examine(&self, profile: &Profile, _background: &Background) -> Vec<Outcome> {
        if profile.documents.is_empty() {
            return vec![Outcome::CouldNotLook {
                why: "no document could be read",
            }];
        }
        let have = profile.careers.iter().map(Vec::len).max().unwrap_or(0) as u32;
        if have < MIN_STEPS {
            return vec![Outcome::TooLittle {
                have,
                need: MIN_STEPS,
            }];
        }
        Vec::new()
    }

    fn compare(&self, candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
        match candidate.as_pair() {
            Some((a, b)) => best(a, b, background).map_or_else(Vec::new, |m| vec![m.outcome()]),
            None => groups(candidate, background),
        }
    }
}

/// Whether two steps name one employer: more than half of the words of the shorter name agree, one of them uncommon.
fn same_employer(a: &CareerStep, b: &CareerStep, background: &Background) -> bool {
    let (shared, least) = common(&a.employer, &b.employer);
    let uncommon = |word: &&u64| {
        b.employer.binary_search(word).is_ok()
            && background.phrases.frequency(combine(1, **word)) < COMMON_WORD
    };
    2 * shared > least && a.employer.iter().any(|word| uncommon(&word))
}

/// One side of a match.
struct Side<'a> {
    profile: &'a Profile,
    document: &'a Document,
    steps: &'a [CareerStep],
}

impl Side<'_> {
    /// The line in which a step's dates stand.
    fn line(&self, step: usize) -> String {
        let text = self.document.text.as_str();
        let (from, to) = self.steps[step].at;
        let start = text[..from as usize].rfind('\n').map_or(0, |n| n + 1);
        let end = text[to as usize..]
            .find('\n')
            .map_or(text.len(), |n| to as usize + n);
        let line = text[start..end]
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ");
        line.chars().take(SHOWN).collect()
    }

    fn observation(&self, step: usize) -> Observation {
        let place = self.document.text.place(self.steps[step].at.0 as usize);
        Observation {
            at: Provenance::new(&self.document.source, place),
            fact: Fact::Text(self.line(step)),
        }
    }
}

/// Two careers with steps in common.
struct Match<'a> {
    a: Side<'a>,
    b: Side<'a>,
    found: CareerMatch,
    /// Different employers among the steps that agree.
    employers: usize,
}

/// The strongest match between documents of two applicants; `None` without a step in common.
fn best<'a>(a: &'a Profile, b: &'a Profile, background: &Background) -> Option<Match<'a>> {
    let sides = |profile: &'a Profile| {
        let both = profile.documents.iter().zip(&profile.careers);
        both.map(move |(document, steps)| Side {
            profile,
            document,
            steps,
        })
    };
    let mut best: Option<Match<'a>> = None;
    for x in sides(a) {
        for y in sides(b) {
            let same = |s: &CareerStep, t: &CareerStep| same_employer(s, t, background);
            let found = compare(x.steps, y.steps, same);
            if found.score > best.as_ref().map_or(0.0, |m| m.found.score) {
                let employers = employers(&found, x.steps, background);
                let a = Side { ..x };
                best = Some(Match {
                    a,
                    b: y,
                    found,
                    employers,
                });
            }
        }
    }
    best
}

/// How many different employers the steps on the left side of a match name. A step within the time of another one counts
/// with it: a consultant names the firm and its client for the same months.
fn employers(found: &CareerMatch, steps: &[CareerStep], background: &Background) -> usize {
    let mut different: Vec<&CareerStep> = Vec::new();
    for &(i, _) in &found.pairs {
        if !different
            .iter()
            .any(|d| same_employer(d, &steps[i], background) || overlaps(d, &steps[i]))
        {
            different.push(&steps[i]);
        }
    }
    different.len()
}

/// Whether two employments share more than the month in which one follows the other.
fn overlaps(a: &CareerStep, b: &CareerStep) -> bool {
    let (first, second) = if a.from <= b.from { (a, b) } else { (b, a) };
    first.from == second.from || first.to.is_none_or(|end| end > second.from)
}

impl Match<'_> {
    /// Several steps at several employers that weigh enough.
    fn is_evidence(&self) -> bool {
        self.found.pairs.len() >= 2 && self.found.score >= MIN_SCORE
    }

    /// Colleagues explain what happened at one employer, and a move together.
    fn is_chain(&self) -> bool {
        self.employers >= 2 && (self.found.pairs.len() >= CHAIN || self.found.exact >= EXACT_CHAIN)
    }

    fn outcome(&self) -> Outcome {
        if !self.is_evidence() {
            return set_aside([&self.a, &self.b].map(|s| s.profile).into_iter());
        }
        let subjects = Subjects::pair(&self.a.profile.applicant, &self.b.profile.applicant);
        self.evidence(
            subjects,
            "{0} steps of both careers agree in employer and dates, in the same order, at {1} employers; {2} of them to \
             the month at both ends and in title. Together they weigh {3}, where a step that agrees in everything weighs 1.5.",
        )
    }

    fn evidence(&self, subjects: Subjects, template: &'static str) -> Outcome {
        let table = if self.employers >= 2 {
            "same-career"
        } else {
            "same-career/one-employer"
        };
        let explained_by = if self.is_chain() {
            Vec::new()
        } else {
            vec![Relation::Colleagues]
        };
        let facts = vec![
            Fact::Number(self.found.pairs.len().to_string()),
            Fact::Number(self.employers.to_string()),
            Fact::Number(self.found.exact.to_string()),
            Fact::Number(format!("{}", self.found.score)),
        ];
        let steps = self.found.pairs.iter();
        let seen = steps.flat_map(|&(i, j)| [self.a.observation(i), self.b.observation(j)]);
        let measure = Measure {
            table,
            score: self.found.score,
        };
        let observations = Observations::from_vec(seen.collect()).expect("a match has steps");
        let evidence = Evidence::new(
            &CARD,
            subjects,
            measure,
            Explanation::new(template, facts),
            explained_by,
            observations,
        );
        let comparisons = self.a.profile.careers.len() * self.b.profile.careers.len();
        Outcome::Evidence(Box::new(
            evidence
                .best_of(comparisons)
                .with_exhibits(vec![self.exhibit()]),
        ))
    }

    fn exhibit(&self) -> Exhibit {
        let row = |&(i, j): &(usize, usize)| vec![self.a.line(i), self.b.line(j)];
        Exhibit::Table {
            caption: "Steps of both careers that agree, as written".into(),
            head: [&self.a, &self.b]
                .map(|s| s.document.source.path.clone())
                .to_vec(),
            rows: self.found.pairs.iter().map(row).collect(),
        }
    }
}

/// Colleagues: noticed, and no evidence.
fn set_aside<'a>(members: impl Iterator<Item = &'a Profile>) -> Outcome {
    let mut subjects: Vec<_> = members.map(|p| p.applicant.clone()).collect();
    subjects.sort();
    Outcome::SetAside(SetAside {
        detector: CARD.id,
        subjects,
        what: Fact::Text("an employer in common".into()),
        why: "they worked at one employer at one time, as colleagues do, and no more steps agree",
    })
}

/// Splits a group.
fn groups(candidate: &Candidate<'_>, background: &Background) -> Vec<Outcome> {
    let split = Split {
        candidate,
        lonely: LONELY_VALUES,
    };
    split.outcomes(
        |leader, other, _: &[Match<'_>]| best(leader, other, background).filter(Match::is_evidence),
        |leader, matches| group_evidence(leader, &matches),
        || set_aside(candidate.members.iter().copied()),
    )
}

/// The weakest match speaks for the group.
fn group_evidence(leader: &Profile, matches: &[Match<'_>]) -> Option<Outcome> {
    if let [pair] = matches {
        return Some(pair.outcome());
    }
    let weakest = matches.iter().min_by(|m, n| {
        (m.is_chain(), m.found.score)
            .partial_cmp(&(n.is_chain(), n.found.score))
            .expect("scores are numbers")
    })?;
    let members = matches.iter().map(|m| m.b.profile.applicant.clone());
    Some(weakest.evidence(
        Subjects::group(members.chain([leader.applicant.clone()]))?,
        "All of these careers share steps with one of them; those that share least have {0} in common, in the same order, \
         at {1} employers, {2} of them to the month at both ends and in title. Together they weigh {3}, where a step that \
         agrees in everything weighs 1.5.",
    ))
}

#[cfg(test)]
mod tests;
