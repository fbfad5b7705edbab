//! Two versions of one résumé: where they cannot both be right.
//!
//! Versions differ for good reasons: steps are added, left out, reworded, a job ends. Only these are contradictions:
//! - one employment with the same title, the only one at its employer in both, whose start or end differs by half a year
//!   or more (two years where a month is not told);
//! - one span of months with one title at two employers, neither of which the other version names;
//! - one degree, the only one of its level in both, from two schools in one year, or from one school in years two or more apart;
//! - one school and one year with two levels of degree.
//!
//! Employers, titles and schools are compared as sets of words (`features::career`), so another wording of a name may pass
//! for another employer only where it shares no word with the first.

use crate::features::career;
use crate::features::career_match::common;
use crate::features::degree::Degree;
use crate::features::degree::degrees;
use crate::features::token::tokens;
use crate::model::{CareerStep, YearMonth};
use std::collections::BTreeSet;

/// Months between two starts or ends that are no rounding.
const MONTHS_APART: i32 = 6;
/// Years between two dates without a month that are no rounding.
const YEARS_APART: i32 = 2;

/// A version, read.
#[derive(Debug)]
pub struct Version {
    steps: Vec<CareerStep>,
    degrees: Vec<Degree>,
    words: BTreeSet<u64>,
}

/// What the two versions disagree on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum About {
    /// Start or end of one employment.
    Dates,
    /// The employer of one span.
    Employer,
    /// School, year or level of one degree.
    Degree,
}

/// One thing said in two ways, each with the byte at which it stands in its version.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Contradiction {
    /// What it is about.
    pub about: About,
    /// The first version's way.
    pub first: (String, usize),
    /// The other's.
    pub second: (String, usize),
}

impl Version {
    /// Reads a text.
    pub fn new(text: &str) -> Self {
        Self {
            steps: career::steps(text),
            degrees: degrees(text),
            words: tokens(text).into_iter().map(|t| t.hash).collect(),
        }
    }

    /// Whether there is anything to compare.
    pub fn is_empty(&self) -> bool {
        self.steps.is_empty() && self.degrees.is_empty()
    }

    /// Whether both tell at least one employment alike: two versions of one career, not two documents of another kind.
    pub fn shares_a_step(&self, other: &Self) -> bool {
        self.steps.iter().any(|a| {
            let same = |b: &&CareerStep| (a.from, a.to) == (b.from, b.to) && same_employer(a, b);
            other.steps.iter().any(|b| same(&b))
        })
    }

    fn names_all(&self, words: &[u64]) -> bool {
        words.iter().all(|w| self.words.contains(w))
    }

    fn at_employer<'a>(&'a self, step: &'a CareerStep) -> impl Iterator<Item = &'a CareerStep> {
        self.steps.iter().filter(|s| same_employer(s, step))
    }
}

/// Everything on which the two cannot both be right, sorted.
pub fn contradictions(a: &Version, b: &Version) -> Vec<Contradiction> {
    let mut found: BTreeSet<Contradiction> = BTreeSet::new();
    for x in &a.steps {
        found.extend(b.steps.iter().filter_map(|y| of_steps(a, b, x, y)));
    }
    for x in &a.degrees {
        found.extend(b.degrees.iter().filter_map(|y| of_degrees(a, b, x, y)));
    }
    found.into_iter().collect()
}

fn of_steps(a: &Version, b: &Version, x: &CareerStep, y: &CareerStep) -> Option<Contradiction> {
    if x.title.is_empty() || x.title != y.title || x.employer.is_empty() || y.employer.is_empty() {
        return None;
    }
    let about = if same_employer(x, y) {
        let only = a.at_employer(x).count() == 1 && b.at_employer(y).count() == 1;
        let ends = x.to.zip(y.to).is_some_and(|(x, y)| is_far(x, y));
        (only && (is_far(x.from, y.from) || ends)).then_some(About::Dates)
    } else {
        let told = x.from.month > 0 && x.to.is_some_and(|to| to.month > 0);
        let same_span = (x.from, x.to) == (y.from, y.to);
        let apart = common(&x.employer, &y.employer).0 == 0
            && !b.names_all(&x.employer)
            && !a.names_all(&y.employer);
        (told && same_span && apart && a.shares_a_step(b)).then_some(About::Employer)
    };
    Some(Contradiction {
        about: about?,
        first: (x.span(), x.at.0 as usize),
        second: (y.span(), y.at.0 as usize),
    })
}

fn of_degrees(a: &Version, b: &Version, x: &Degree, y: &Degree) -> Option<Contradiction> {
    let only =
        |v: &Version, d: &Degree| v.degrees.iter().filter(|o| o.level == d.level).count() == 1;
    if !only(a, x) || !only(b, y) || x.school.is_empty() || y.school.is_empty() {
        return None;
    }
    let (shared, least) = common(&x.school, &y.school);
    let same_school = 2 * shared >= least;
    let years = i32::from(x.year).abs_diff(i32::from(y.year));
    let differs = if x.level == y.level {
        let two_schools = shared == 0 && !b.names_all(&x.school) && !a.names_all(&y.school);
        (same_school && years >= YEARS_APART as u32) || (two_schools && years == 0)
    } else {
        let both = |v: &Version, d: &Degree| v.degrees.iter().any(|o| o.level == d.level);
        same_school && years == 0 && !both(b, x) && !both(a, y)
    };
    let told = |d: &Degree| (format!("{}, {}", d.level.name(), d.year), d.at);
    differs.then(|| Contradiction {
        about: About::Degree,
        first: told(x),
        second: told(y),
    })
}

/// At least half of the words of the shorter name.
fn same_employer(a: &CareerStep, b: &CareerStep) -> bool {
    let (shared, least) = common(&a.employer, &b.employer);
    shared > 0 && 2 * shared >= least
}

fn is_far(a: YearMonth, b: YearMonth) -> bool {
    let months = |d: YearMonth| i32::from(d.year) * 12 + i32::from(d.month);
    if a.month > 0 && b.month > 0 {
        (months(a) - months(b)).abs() >= MONTHS_APART
    } else {
        (i32::from(a.year) - i32::from(b.year)).abs() >= YEARS_APART
    }
}

#[cfg(test)]
#[path = "versions_tests.rs"]
mod tests;
